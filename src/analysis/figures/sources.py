"""The figure of sources side by side: what each says of the same days, contradictions marked."""

from datetime import date
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.bounds.drawn import main_harm
from analysis.bounds.sources import contradictory_pairs, listed, sources_drawn
from analysis.charts import sheet
from analysis.charts import style as theme
from analysis.charts.bars import count_axis, draw_bar, draw_edge
from analysis.charts.sheet import SIDE, Chart, Line
from analysis.data.dataset import Dataset
from analysis.figures.common import Telling, cited, make, telling_of
from analysis.figures.naming import label, party_colours
from analysis.figures.source_blocks import Block, Row, find_blocks
from analysis.language.languages import Language

_BAR, _ROW, _GAP, _ABOVE, _AXIS, _ARROW = 0.15, 0.21, 0.2, 0.06, 0.25, 0.2
"""Heights of a bar, its row, the space below a window, above a line and below all, in inches."""


def plot_sources(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    party_id: str | None = None,
    windows: list[tuple[str | None, str]] | None = None,
    cause: str | None = None,
    reading: str = "primary",
    as_of: date | str | None = None,
) -> Chart:
    """Sources side by side: for each window what every source allows, contradictions explained.

    Parameters as for :func:`~analysis.figures.common.make`, and:

    Parameters
    ----------
    party_id : str, optional
        Whom they count; the first party that several sources count.
    windows : list of (str or None, str), optional
        First and last day of each, YYYY-MM-DD; a first day of None is before any that is
        named. The whole span of the statements where nothing is said.
    cause : str, optional
        Only counts of this cause; those of every cause and part where nothing is said.
    reading : {"primary", "wide"}

    Raises
    ------
    ValueError
        When fewer than two sources count such people, or none of them in the windows.
    """
    asked = {"harm": harm, "party_id": party_id, "windows": windows, "cause": cause}
    steps = numbers, words, draw
    return make("sources", steps, dataset, language, width, as_of, **asked, reading=reading)


class Compared(NamedTuple):
    """What sources allow of whom, by window, and the statements that the bounds rest on."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    reading: str
    party_id: str


def numbers(dataset: Dataset, harm: str | None, reading: str, **asked: object) -> Compared:
    """Bounds of every source in every window."""
    harm = harm or main_harm(dataset)
    drawn = sources_drawn(dataset, harm, reading=reading, **asked)
    cells = [*drawn["low_from"], *drawn["high_from"]]
    event_ids = dict.fromkeys(name for cell in cells for name in listed(cell))
    parties = dataset.tallies.set_index("tally_id")["party_id"]
    party_id = parties[drawn["tally_id"].iloc[0]]
    return Compared(dataset, drawn, [*event_ids], harm, reading, party_id)


def words(found: Compared, say: Language) -> Telling:
    """The contradiction in the title, where there is one; every count in the alt text."""
    blocks = find_blocks(found.dataset, found.numbers, say)
    against = sum(bool(block.pairs) for block in blocks)
    title, parts = _title(found, against, len(blocks), say)
    parties = found.dataset.parties.set_index("party_id")
    narrow = found.numbers.query("against != narrow").empty
    parts |= {"label": label(parties, found.party_id, say), "harm": say.term("harm", found.harm)}
    causes = found.numbers["cause"].unique()
    cause = causes[0] if len(causes) == 1 and pd.notna(causes[0]) else None
    shown = {"": True, " cause": cause, " against": against, " wide": found.reading == "wide"}
    term = say.term("cause", cause)
    subtitle = [say(f"sub side by side{name}", cause=term) for name in shown if shown[name]]
    also = {"subtitle": " ".join(subtitle), "note": _note(found, blocks, say)}
    also["source"] = cited(found.dataset, found.event_ids, say)
    rows = []
    for block in blocks:
        counts = [
            say(
                "labelled",
                label=say("windowed", count=row.name, window=row.published),
                count=row.count,
            )
            for row in block.rows.values()
        ]
        said = [say.join(counts, "list")] if counts else []
        said += [line.text.rstrip(".") for line in block.notes]
        rows.append(say("labelled", label=block.window, count=". ".join(said)))
    title = say.capital(say(title, **parts))
    if narrow and contradictory_pairs(found.numbers):
        title = say("narrowly", title=title)
    return telling_of("side by side", title, rows, found, say, **also)


def _title(found: Compared, against: int, windows: int, say: Language) -> tuple[str, dict]:
    """The title's message and what fills it: the only contradiction, or how many periods."""
    pairs = contradictory_pairs(found.numbers)
    if len(pairs) == 1:
        ((limiting, other),) = pairs
        later = "" if pd.isna(day := limiting.counted_after) else say.day(day, year=False)
        return f"title side by side {'later' if limiting.differs else 'pair'}", {
            "day": later,
            "window": say.window(other.window_first, other.window_last, year=False),
            "limiting": say.source(limiting.source_original),
            "other": say.source(other.source_original),
            "most": f"{limiting.high:,}",
            "count": say.count(other.low, other.high),
        }
    if not against and pairs:
        return "title side by side differ", {}
    among = " against" if windows == 1 else " one" if against == 1 else " some"
    parts = {"number": against, "windows": windows}
    return f"title side by side{among if against else ''}", parts


def _note(found: Compared, blocks: list[Block], say: Language) -> str:
    """Why counts of sources can differ, and that nothing is decided between them."""
    against = any(block.pairs for block in blocks)
    judged = (found.numbers["within"] != "").all()
    said = [say("note sources judged" if judged else "note sources")]
    return " ".join([*said, *[say("note sources against")] * against])


class Places(NamedTuple):
    """Where bars start and their room, in inches; inches a person; the longest, in persons."""

    one_line: bool
    start: float
    room: float
    scale: float
    longest: int


def _height(above: list[Line]) -> float:
    return _ROW + sheet.tall_of(above) + _ABOVE * bool(above)


def draw(chart: Chart, found: Compared, telling: Telling) -> None:
    """A row a source, window by window; dashed lines where they contradict each other."""
    blocks = find_blocks(found.dataset, found.numbers, chart.say)
    places = _places(chart, [row for block in blocks for row in block.rows.values()])
    lines = [_lines(chart, block, places.one_line) for block in blocks]
    colour, shown = party_colours(found.dataset.parties)[found.party_id], found.numbers
    samples = []
    if (shown["low"] > 0).any():
        samples.append((theme.solid(colour), chart.say("key certain")))
    if (shown["high"] > shown["low"]).any():
        samples.append((theme.hatched(colour), chart.say("key possible")))
    top = sum(tall for *_, tall in lines) - _GAP / 2
    box, notes = (
        (places.start, places.room, top),
        [_note(found, blocks, chart.say), chart.say("bounds")],
    )
    axes, paper = sheet.lay_out(chart, telling.subtitle, notes, samples, box, _AXIS)
    reach = places.room / places.scale
    count_axis(axes, chart, reach)
    ticks = MaxNLocator(5, integer=True).tick_values(0, places.longest)
    ticks = [tick for tick in ticks if tick <= reach]
    axes.set_xticks(ticks)
    axes.grid(visible=False)
    axes.spines["bottom"].set_bounds(0, max(ticks[-1], places.longest))
    for block, (*written, tall) in zip(blocks, lines, strict=True):
        _draw_block((axes, paper), block, written, top, places, colour)
        top -= tall
    sheet.key(chart, paper, samples, -_AXIS - 0.08)


def _places(chart: Chart, rows: list[Row]) -> Places:
    """Bars beside the names where that leaves them room, else below."""
    across = SIDE + chart.across
    start = SIDE + max(_beside(chart, row) + _wide(chart, row) for row in rows) + 0.15
    longest = max(max(row.end for row in rows), 1)
    scale = min(
        (across - start - _after(row) - sheet.text_width(chart, *row.line[:3])) / max(row.end, 1)
        for row in rows
    )
    if scale * longest >= 1.5:
        return Places(True, start, across - start, scale, longest)
    return Places(False, SIDE, chart.across, (chart.across - _ARROW) / longest, longest)


def _beside(chart: Chart, row: Row) -> float:
    """Inches from the start of a name to the day beside it."""
    return sheet.text_width(chart, row.name, 7.5) + 0.07


def _wide(chart: Chart, row: Row) -> float:
    return sheet.text_width(chart, row.published, 7)


def _after(row: Row) -> float:
    """Inches from the end of a bar to what is written of it."""
    return 0.07 + _ARROW * (row.high is None)


def _lines(chart: Chart, block: Block, one_line: bool) -> tuple:
    """The heading, lines above each bar where there is no room beside it, notes, the height."""
    say, above = chart.say, []
    for row in block.rows.values():
        text = say("labelled", label=say.capital(row.name), count=row.said)
        day = Line(row.published, 7, colour=theme.GREY)
        above.append([] if one_line else [row.line._replace(text=text), day])
    groups = [Line(block.window, 8, "bold")], *above, block.notes
    head, *above, notes = (sheet.broken(chart, lines, chart.across - 0.1) for lines in groups)
    return head, above, notes, sheet.tall_of([*head, *notes]) + sum(map(_height, above)) + _GAP


def _draw_block(
    on: tuple[Axes, Axes], block: Block, written: list, top: float, places: Places, colour: str
) -> None:
    """One window from ``top`` down, on axes and the paper over them."""
    (axes, paper), (head, above, notes) = on, written
    chart, bases = axes.figure, {}
    first = low = sheet.write_lines(paper, chart, head, SIDE, top)
    for (name, row), lines in zip(block.rows.items(), above, strict=True):
        sheet.write_lines(paper, chart, lines, SIDE, low - _ABOVE)
        low -= _height(lines)
        base = bases[name] = low + (_ROW - _BAR) / 2
        draw_bar(axes, (row.low, row.high), (base, _BAR), colour, 0.17 / places.scale)
        if places.one_line:
            title, middle = Line(chart.say.capital(row.name), 7.5), base + _BAR / 2
            sheet.write(paper, chart, title, SIDE, middle)
            day = Line(row.published, 7, colour=theme.GREY)
            sheet.write(paper, chart, day, SIDE + _beside(chart, row), middle)
            end = row.end + _after(row) / places.scale
            sheet.write(axes, chart, row.line, end, middle, bbox=theme.plate())
    axes.vlines(axes.get_xticks(), low, first, theme.LIGHT, linewidth=0.5, zorder=0)
    for limiting, other in block.pairs:
        base, beyond = bases[limiting], bases[other]
        ends = (base, beyond + _BAR) if beyond > base else (base + _BAR, beyond)
        draw_edge(axes, block.rows[limiting].high, ends)
    sheet.write_lines(paper, chart, notes, SIDE, low - 0.02)
