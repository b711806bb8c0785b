"""The figure of sources side by side: what each says of the same days, contradictions marked."""

from datetime import date

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.bounds import drawn
from analysis.bounds import sources as drawn_sources
from analysis.charts import style as theme
from analysis.charts.bars import open_arrow
from analysis.charts.sheet import (
    SIDE,
    Chart,
    body_axes,
    frame,
    key,
    key_height,
    paper_axes,
    write_lines,
)
from analysis.data.dataset import Dataset, published_by
from analysis.figures import captions_sources as captions
from analysis.figures.source_rows import (
    ABOVE,
    BAR,
    GAP,
    ROW,
    Block,
    Places,
    Row,
    find_block,
    find_places,
    room_after,
)
from analysis.language import words

_AXIS = 0.25


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

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.
    party_id : str, optional
        Whom they count; the first party that several sources count.
    windows : list of (str or None, str), optional
        First and last day of each, YYYY-MM-DD; a first day of None is before any that is
        named. The whole span of the statements where nothing is said.
    cause : str, optional
        Only counts of this cause; those of every cause and part where nothing is said.
    reading : {"primary", "wide"}
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD).

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        When fewer than two sources count such people, or none of them in the windows.
    """
    chart = Chart("sources", language, width)
    dataset = published_by(dataset, as_of)
    harm = harm or drawn.main_harm(dataset)
    numbers = drawn_sources.sources_drawn(dataset, harm, party_id, windows, cause, reading)
    telling = captions.tell_sources(dataset, numbers, harm, language, reading)
    with mpl.rc_context(theme.style()):
        chart.title, chart.caption, chart.alt = telling.title, telling.caption, telling.alt
        chart.numbers, chart.event_ids = numbers, captions.event_ids_of(numbers)
        chart.source = captions.cited(dataset, chart.event_ids, language)
        colour = theme.party_colours(dataset.parties)[_party(dataset, numbers)]
        blocks = [find_block(chart, dataset, block) for _, block in captions.blocks(numbers)]
        places = find_places(chart, [row for block in blocks for row in block.rows])
        blocks = [block.placed(chart, places) for block in blocks]
        samples = _key(numbers, colour, language)
        foot = key_height(chart, samples) + _AXIS
        tall = sum(block.tall for block in blocks) - GAP / 2
        notes = [captions.note_on_sources(numbers, language), words.phrase("bounds", language)]
        bottom, height = frame(chart, telling.subtitle, [chart.source, *notes], tall + foot)
        box = (places.start, foot, places.room, tall)
        axes = body_axes(chart, bottom, height, box)
        ticks = _count_axis(axes, chart, places, tall)
        paper = paper_axes(chart, bottom, height, tall + foot)
        top = tall
        for block in blocks:
            _draw(axes, paper, chart, block, (top, foot), places, ticks, colour)
            top -= block.tall
        key(chart, paper, samples, foot - _AXIS - 0.08)
    return chart


def _party(dataset: Dataset, numbers: pd.DataFrame) -> str:
    tallies = dataset.tallies.set_index("tally_id")
    return tallies.loc[numbers["tally_id"].iloc[0], "party_id"]


def _count_axis(axes: Axes, chart: Chart, places: Places, tall: float) -> list[float]:
    """An axis from zero to where the longest bar ends; gives its ticks."""
    reach = places.room / places.scale
    axes.set(xlim=(reach, 0) if chart.mirrored else (0, reach), ylim=(0, tall))
    ticks = MaxNLocator(5, integer=True).tick_values(0, places.longest)
    ticks = [tick for tick in ticks if tick <= reach]
    axes.set(xticks=ticks, yticks=[])
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.spines["bottom"].set_bounds(0, max(ticks[-1], places.longest))
    return ticks


def _draw(
    axes: Axes,
    paper: Axes,
    chart: Chart,
    block: Block,
    at: tuple[float, float],
    places: Places,
    ticks: list[float],
    colour: str,
) -> None:
    """One window from ``top`` down, ``at`` being that and how far the axes stand up."""
    top, foot = at
    write_lines(paper, chart, block.head, SIDE, top + foot)
    first = top - sum(line.tall for line in block.head)
    low, bases = first, []
    for row in block.rows:
        write_lines(paper, chart, row.head, SIDE, low + foot - ABOVE)
        low -= row.tall
        bases.append(low + (ROW - BAR) / 2)
    axes.vlines(ticks, low, first, theme.LIGHT, linewidth=0.5, zorder=0)
    for row, base in zip(block.rows, bases, strict=True):
        _bar(axes, chart, row, base, places, colour)
        if places.one_line:
            middle = base + BAR / 2
            common = {"size": 7.5, "va": "center_baseline", "ha": chart.near}
            paper.text(SIDE, middle + foot, row.name, **common)
            end = row.end + room_after(row) / places.scale
            axes.text(end, middle, row.said, weight=row.weight, bbox=theme.plate(), **common)
    for limiting, other in block.pairs:
        _limit(axes, block.rows[limiting].high, bases[limiting], bases[other])
    write_lines(paper, chart, block.notes, SIDE, low + foot - 0.02)


def _bar(axes: Axes, chart: Chart, row: Row, base: float, places: Places, colour: str) -> None:
    """From zero: certain, possible, open."""
    axes.add_patch(Rectangle((0, base), row.low, BAR, **theme.solid(colour)))
    if row.end > row.low:
        look = theme.hatched(colour)
        axes.add_patch(Rectangle((row.low, base), row.end - row.low, BAR, **look))
    if row.high is None:
        open_arrow(axes, row.low, base + BAR / 2, 0.17 / places.scale, colour)


def _limit(axes: Axes, most: int, base: float, other: float) -> None:
    """A dashed line from the most that one source allows through the bar that goes beyond."""
    ends = (base, other + BAR) if other > base else (base + BAR, other)
    axes.plot([most, most], ends, color="white", linewidth=2.4)
    axes.plot([most, most], ends, color=theme.INK, linewidth=1.1, linestyle=(0, (2.5, 1.5)))


def _key(numbers: pd.DataFrame, colour: str, language: str) -> list[tuple[dict, str]]:
    shown = numbers.dropna(subset=["low"])
    entries = [
        (theme.solid(colour), "key certain", (shown["low"] > 0).any()),
        (theme.hatched(colour), "key possible", (shown["high"] > shown["low"]).any()),
    ]
    return [(look, words.phrase(name, language)) for look, name, there in entries if there]
