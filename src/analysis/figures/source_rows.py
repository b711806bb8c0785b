"""Sources of one window as rows: what is written of each, and how long their bars may be."""

from typing import NamedTuple

import pandas as pd

from analysis.bounds import sources as drawn_sources
from analysis.charts import style as theme
from analysis.charts.sheet import SIDE, Chart, Line, broken, text_width
from analysis.data.dataset import Dataset
from analysis.figures import captions_sources as captions
from analysis.language import words

BAR, ROW, GAP, ABOVE = 0.15, 0.21, 0.2, 0.06
"""Heights of a bar, of its row, of the space below a window and above a line: inches."""
_ARROW = 0.2


class Row(NamedTuple):
    """A source in a window: its bounds, what is written of it, the lines above its bar."""

    low: int
    high: int | None
    tally_id: str
    name: str
    said: str
    weight: str
    head: list[Line]

    @property
    def end(self) -> int:
        """How far its bar reaches, in persons."""
        return self.low if self.high is None else self.high

    @property
    def tall(self) -> float:
        """Height in inches, the lines above the bar included."""
        return ROW + sum(line.tall for line in self.head) + ABOVE * bool(self.head)


class Block(NamedTuple):
    """The sources of one window, their contradictions (limiting row, other row), the notes."""

    head: list[Line]
    rows: list[Row]
    pairs: list[tuple[int, int]]
    notes: list[Line]

    @property
    def tall(self) -> float:
        """Height in inches."""
        lines = sum(line.tall for line in [*self.head, *self.notes])
        return lines + sum(row.tall for row in self.rows) + GAP

    def placed(self, chart: Chart, places: "Places") -> "Block":
        """The same with a line above each bar, where there is no room beside it."""
        if places.one_line:
            return self
        across = chart.get_figwidth() - 2 * SIDE - 0.1
        rows = []
        for row in self.rows:
            text = words.phrase("labelled", chart.language, label=row.name, count=row.said)
            rows.append(row._replace(head=broken(chart, [Line(text, 7.5, row.weight)], across)))
        return self._replace(rows=rows)


class Places(NamedTuple):
    """Where bars start and their room, in inches; inches a person; the longest, in persons."""

    one_line: bool
    start: float
    room: float
    scale: float
    longest: int


def find_block(chart: Chart, dataset: Dataset, block: pd.DataFrame) -> Block:
    """The rows of one window, whom they contradict, and the notes below."""
    language, across = chart.language, chart.get_figwidth() - 2 * SIDE - 0.1
    names = captions.row_names(dataset, block, language)
    shown = block.dropna(subset=["low"])
    rows = []
    for row in shown.itertuples():
        count = words.count(row.low, row.high, language)
        against = captions.contradicts(dataset, block, row, language)
        said = words.join([count, against], language, "list") if against else count
        high = None if pd.isna(row.high) else int(row.high)
        weight = "bold" if against else "normal"
        name = captions.capital(names[row.tally_id])
        rows.append(Row(int(row.low), high, row.tally_id, name, said, weight, []))
    at = {row.tally_id: place for place, row in enumerate(rows)}
    pairs = [
        (at[limiting.tally_id], at[other.tally_id])
        for limiting, other in drawn_sources.contradictory_pairs(block)
    ]
    window = words.window(block["window_first"].iloc[0], block["window_last"].iloc[0], language)
    said = captions.notes(dataset, block, language)
    explained = len({limiting for limiting, _ in pairs})
    notes = [Line(text, 7) for text in said[:explained]]
    notes += [Line(text, 7, colour=theme.GREY) for text in said[explained:]]
    head = [Line(captions.capital(window), 8, "bold")]
    return Block(broken(chart, head, across), rows, pairs, broken(chart, notes, across))


def find_places(chart: Chart, rows: list[Row]) -> Places:
    """Bars beside the names where that leaves them room, else below."""
    across = chart.get_figwidth() - SIDE
    start = SIDE + max(text_width(chart, row.name, 7.5) for row in rows) + 0.15
    scale = min(
        (across - start - room_after(row) - text_width(chart, row.said, 7.5, row.weight))
        / max(row.end, 1)
        for row in rows
    )
    longest = max(max(row.end for row in rows), 1)
    if scale * longest >= 1.5:
        return Places(True, start, across - start, scale, longest)
    room = across - SIDE
    return Places(False, SIDE, room, (room - _ARROW) / longest, longest)


def room_after(row: Row) -> float:
    """Inches from the end of a bar to what is written of it."""
    return 0.07 + _ARROW * (row.high is None)
