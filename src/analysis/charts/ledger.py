"""The figure from the numbers of the text to the total: what counts, what is inside what."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis import captions, drawn, theme, words
from analysis.charts.sheet import (
    SIDE,
    Chart,
    frame,
    open_arrow,
    paper_axes,
    say,
    text_width,
)
from analysis.dataset import Dataset
from analysis.totals import totals


def plot_ledger(
    dataset: Dataset, language: str = "en", width: str = "page", harm: str | None = None
) -> Chart:
    """From the numbers in the text to the total: which counts, and which is inside which.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.

    Returns
    -------
    Chart
    """
    chart = Chart("ledger", language, width)
    harm = harm or drawn.main_harm(dataset)
    numbers = drawn.ledger_drawn(dataset, harm)
    summed = totals(dataset).query("harm == @harm")
    telling = captions.tell_ledger(dataset, numbers, summed, harm, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        labels = words.tally_labels(dataset, language)
        colours = theme.party_colours(dataset.parties)
        ordered = _by_party(numbers, dataset)
        line = 0.2 if width == "page" else 0.32
        tall = line * (len(ordered) + 2) + 0.12
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], tall + 0.05
        )
        paper = paper_axes(chart, bottom, height, tall)
        naive, total = int(numbers["low"].sum()), int(summed["low"].sum())
        scale = _bar_room(chart) / max(naive, total, 1)
        top = tall - 0.05
        for row in ordered.itertuples():
            colour = colours[row.party_id]
            look = theme.solid(colour) if row.counted else theme.outlined(colour)
            said = words.count(row.low, row.high, language)
            said = (
                said,
                labels[row.tally_id],
                captions.ledger_reason(row, numbers, labels, language),
            )
            _ledger_row(
                paper,
                chart,
                top,
                said,
                [(row.low * scale, look)],
                pd.isna(row.high),
                inset=0.1 * pd.notna(row.subset_of),
            )
            top -= line
        if len(summed["source_original"].unique()) == 1:
            paper.plot([SIDE, chart.get_figwidth() - SIDE], [top, top], color=theme.GREY, lw=0.6)
            _ledger_sums(paper, chart, top - 0.06, line, summed, naive, scale, colours)
    return chart


def _ledger_sums(
    paper: Axes,
    chart: Chart,
    top: float,
    line: float,
    summed: pd.DataFrame,
    naive: int,
    scale: float,
    colours: dict[str, str],
) -> None:
    total = captions.summed(summed["low"], summed["high"], chart.language)
    bars = [(row.low * scale, theme.solid(colours[row.party_id])) for row in summed.itertuples()]
    name = words.phrase("supported", chart.language)
    _ledger_row(paper, chart, top, (total, name, ""), bars, summed["high"].isna().any())
    name = words.phrase("naive", chart.language)
    bars = [(naive * scale, theme.dotted(theme.GREY))]
    _ledger_row(paper, chart, top - line, (f"{naive:,}", name, ""), bars, False)


def _bar_room(chart: Chart) -> float:
    return chart.get_figwidth() - (2.9 if chart.width == "page" else 0.5)


def _ledger_row(
    paper: Axes,
    chart: Chart,
    top: float,
    said: tuple[str, str, str],
    bars: list[tuple[float, dict]],
    still_open: bool,
    inset: float = 0,
) -> None:
    """Number, name and bar to scale, then what it adds; on two lines in a column."""
    number, name, reason = said
    page = chart.width == "page"
    colour = bars[0][1]["edgecolor"] if len(bars) == 1 else theme.INK
    common = {"ha": chart.near, "va": "top", "size": 7.5}
    at = SIDE + inset
    paper.text(at, top, number, weight="bold", color=colour, **common)
    after = 0.82 if page else text_width(chart, number, 7.5, "bold") + 0.08
    paper.text(at + after, top, name, **common)
    start, base = (2.6, top - 0.125) if page else (at, top - 0.25)
    for wide, look in bars:
        paper.add_patch(Rectangle((start, base), wide, 0.1, **look))
        start += wide
    if still_open:
        open_arrow(paper, start, base + 0.05, 0.16, colour)
        start += 0.18
    if page:
        paper.text(start + 0.07, top, reason, color=theme.GREY, **common)
    else:
        far = chart.get_figwidth() - SIDE
        paper.text(far, top, reason, color=theme.GREY, **(common | {"ha": chart.far}))


def _by_party(numbers: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    order = {tally_id: place for place, tally_id in enumerate(dataset.tallies["tally_id"])}
    return numbers.assign(order=numbers["tally_id"].map(order)).sort_values(
        ["order", "counted", "low"], ascending=[True, False, False], kind="stable"
    )
