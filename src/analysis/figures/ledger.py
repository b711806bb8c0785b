"""The figure from the numbers of the text to the total: what counts, what is inside what."""

from datetime import date
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.bounds import drawn
from analysis.bounds.totals import totals
from analysis.charts import style as theme
from analysis.charts.bars import open_arrow
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    broken,
    frame,
    key,
    key_height,
    paper_axes,
    text_width,
    write_lines,
)
from analysis.data.dataset import Dataset, published_by
from analysis.figures import captions, naming
from analysis.figures.captions import say
from analysis.language import words


def plot_ledger(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    as_of: date | str | None = None,
) -> Chart:
    """From the numbers in the text to the total: which counts, and which is inside which.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD).

    Returns
    -------
    Chart
    """
    dataset = published_by(dataset, as_of)
    chart = Chart("ledger", language, width)
    harm = harm or drawn.main_harm(dataset)
    numbers = drawn.ledger_drawn(dataset, harm)
    summed = totals(dataset).query("harm == @harm")
    telling = captions.tell_ledger(dataset, numbers, summed, harm, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        labels = naming.tally_labels(dataset, language)
        colours = theme.party_colours(dataset.parties)
        ordered = _by_party(numbers, dataset)
        rows = [
            (
                words.count(row.low, row.high, language),
                labels[row.tally_id],
                captions.ledger_reason(row, numbers, labels, language),
            )
            for row in ordered.itertuples()
        ]
        single = len(summed["source_original"].unique()) == 1
        sums = _sums(summed, int(numbers["low"].sum()), language) if single else []
        samples = _ledger_key(language)
        places = _columns(chart, [*rows, *sums])
        heads = [_head(chart, places, said) for said in (*rows, *sums)]
        foot = key_height(chart, samples)
        tall = sum(map(places.height, heads)) + 0.12 + foot
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], tall + 0.05
        )
        paper = paper_axes(chart, bottom, height, tall)
        scale = places.room / max(int(numbers["low"].sum()), int(summed["low"].sum()), 1)
        top = tall - 0.05
        for row, said, head in zip(ordered.itertuples(), rows, heads, strict=False):
            colour = colours[row.party_id]
            look = theme.solid(colour) if row.counted else theme.outlined(colour)
            inset = 0.1 * pd.notna(row.subset_of)
            bars = [(row.low * scale, look)]
            _row(paper, chart, places, top, said, head, bars, pd.isna(row.high), inset)
            top -= places.height(head)
        if sums:
            paper.plot([SIDE, chart.get_figwidth() - SIDE], [top, top], color=theme.GREY, lw=0.6)
            bars = [
                (row.low * scale, theme.solid(colours[row.party_id]) | {"edgecolor": "white"})
                for row in summed.itertuples()
            ]
            still_open = summed["high"].isna().any()
            _row(paper, chart, places, top - 0.06, sums[0], heads[-2], bars, still_open)
            top -= places.height(heads[-2])
            bars = [(int(numbers["low"].sum()) * scale, theme.outlined(theme.GREY))]
            _row(paper, chart, places, top - 0.06, sums[1], heads[-1], bars, False)
        key(chart, paper, samples, foot)
    return chart


class Places(NamedTuple):
    """Where the columns of the list start, in inches, and how long its longest bar may be."""

    one_line: bool
    name: float
    bar: float
    room: float

    def height(self, head: list[Line]) -> float:
        """Height of a row in inches, ``head`` being the lines above its bar."""
        return 0.2 if self.one_line else sum(line.tall for line in head) + 0.19


def _columns(chart: Chart, rows: list[tuple[str, str, str]]) -> Places:
    """Columns as wide as their words; on two lines where one has no room for bars."""
    number, name, reason = (
        max(text_width(chart, text, 7.5, weight) for text in texts)
        for texts, weight in zip(zip(*rows, strict=True), ("bold", "normal", "normal"), strict=True)
    )
    at = SIDE + 0.1 + number + 0.15
    bar = at + name + 0.2
    room = chart.get_figwidth() - SIDE - bar - reason - 0.3
    if room >= 1.2:
        return Places(True, at, bar, room)
    return Places(False, 0, SIDE, chart.get_figwidth() - 2 * SIDE - 0.3)


def _head(chart: Chart, places: Places, said: tuple[str, str, str]) -> list[Line]:
    """Number and name above a bar; below them what it adds where it has no room beside them."""
    number, name, reason = said
    width = chart.get_figwidth() - 2 * SIDE - 0.1
    lines = [Line(f"{number}  {name}", 7.5)]
    if text_width(chart, f"{number}  {name}   {reason}", 7.7) + 0.2 > width:
        lines.append(Line(reason, 7.5, colour=theme.GREY))
    return [] if places.one_line else broken(chart, lines, width)


def _sums(summed: pd.DataFrame, naive: int, language: str) -> list[tuple[str, str, str]]:
    total = captions.summed(summed["low"], summed["high"], language)
    return [
        (total, words.phrase("supported", language), ""),
        (f"{naive:,}", words.phrase("naive", language), ""),
    ]


def _ledger_key(language: str) -> list[tuple[dict, str]]:
    looks = {"key counts": theme.solid(theme.GREY), "key inside": theme.outlined(theme.GREY)}
    return [(look, words.phrase(name, language)) for name, look in looks.items()]


def _row(
    paper: Axes,
    chart: Chart,
    places: Places,
    top: float,
    said: tuple[str, str, str],
    head: list[Line],
    bars: list[tuple[float, dict]],
    still_open: bool,
    inset: float = 0,
) -> None:
    """Number, name, bar to scale and what it adds, on one line or with the words above."""
    number, name, reason = said
    colour = bars[0][1]["edgecolor"]
    colour = theme.INK if colour == "white" else colour  # sums have white gaps between parties
    common = {"ha": chart.near, "va": "top", "size": 7.5}
    start, base = places.bar, top - 0.125
    if places.one_line:
        paper.text(SIDE + inset, top, number, weight="bold", color=colour, **common)
        paper.text(places.name + inset, top, name, **common)
    else:
        first = head[0]._replace(weight="normal", colour=colour)
        write_lines(paper, chart, [first, *head[1:]], SIDE + inset, top)
        start, base = SIDE + inset, top - sum(line.tall for line in head) - 0.12
    for wide, look in bars:
        paper.add_patch(Rectangle((start, base), wide, 0.1, **look))
        start += wide
    if still_open:
        open_arrow(paper, start, base + 0.05, 0.16, colour)
        start += 0.18
    if places.one_line:
        paper.text(start + 0.07, top, reason, color=theme.GREY, **common)
    elif len(head) == 1:
        far = chart.get_figwidth() - SIDE
        paper.text(far, top, reason, color=theme.GREY, **(common | {"ha": chart.far}))


def _by_party(numbers: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    order = {tally_id: place for place, tally_id in enumerate(dataset.tallies["tally_id"])}
    return numbers.assign(order=numbers["tally_id"].map(order)).sort_values(
        ["order", "counted", "low"], ascending=[True, False, False], kind="stable"
    )
