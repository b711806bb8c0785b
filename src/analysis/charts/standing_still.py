"""The figure of a number that stands still: a group inside its whole, statement by statement."""

from datetime import date
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis import captions_standing as captions
from analysis import drawn, theme, words
from analysis.captions_sources import cited
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    body_axes,
    broken,
    frame,
    key,
    key_height,
    open_arrow,
    paper_axes,
    text_width,
    write_lines,
)
from analysis.dataset import Dataset, published_by
from analysis.standing_still import find_standing_still

_BAR, _PART, _ROOM, _RISE, _AXIS = 0.24, 0.15, 0.04, 0.18, 0.25


def plot_standing_still(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    tallies: list[str] | None = None,
    as_of: date | str | None = None,
) -> Chart:
    """A group's number that stands still while that of its whole grows, pair by pair.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.
    tallies : list of str, optional
        Only these tallies and their parts.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD).

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        When nothing stands still.
    """
    chart = Chart("standing_still", language, width)
    dataset = published_by(dataset, as_of)
    harm = harm or drawn.main_harm(dataset)
    found = find_standing_still(dataset, harm, tallies)
    if found.empty:
        raise ValueError(
            f"nothing to draw: no group's number of people {harm} stands still while its whole grows"
        )
    telling = captions.tell_standing_still(dataset, found, language)
    with mpl.rc_context(theme.style()):
        chart.title, chart.caption, chart.alt = telling.title, telling.caption, telling.alt
        chart.numbers, chart.event_ids = found, captions.event_ids_of(found)
        chart.source = cited(dataset, chart.event_ids, language)
        colours = theme.party_colours(dataset.parties)
        panels = [_panel(chart, dataset, rows) for _, rows in found.groupby("finding")]
        tall = sum(panel.tall for panel in panels)
        samples = _key(dataset, found, colours, language)
        foot = key_height(chart, samples) + _AXIS
        notes = [chart.source, words.phrase("note standing", language)]
        bottom, height = frame(chart, telling.subtitle, notes, tall + foot)
        across = chart.get_figwidth() - 2 * SIDE
        axes = body_axes(chart, bottom, height, (SIDE, foot, across, tall))
        reach = _count_axis(axes, chart, found, tall)
        top = tall
        for panel in panels:
            _draw(axes, chart, panel, top, colours, reach)
            top -= panel.tall
        paper = paper_axes(chart, bottom, height, tall + foot)
        key(chart, paper, samples, foot - _AXIS - 0.08)
    return chart


class Panel(NamedTuple):
    """One group of people: its heading; of each pair the lines above, the rise before it."""

    head: list[Line]
    rows: list
    lines: list[list[Line]]
    rises: list[str]

    @property
    def tall(self) -> float:
        """Height in inches."""
        lines = [*self.head, *(line for above in self.lines for line in above)]
        each = _BAR + 2 * _ROOM
        rises = _RISE * (len(self.rows) - 1)
        return sum(line.tall for line in lines) + each * len(self.rows) + rises + 0.14


def _panel(chart: Chart, dataset: Dataset, finding: pd.DataFrame) -> Panel:
    language, across = chart.language, chart.get_figwidth() - 2 * SIDE
    head = [Line(captions.finding_heading(dataset, finding, language), 8, "bold")]
    lines = [
        broken(chart, [Line(captions.pair_in_words(dataset, finding, at, language), 7.5)], across)
        for at in range(len(finding))
    ]
    rises = [
        captions.rise_in_words(dataset, finding, at, language) for at in range(1, len(finding))
    ]
    return Panel(broken(chart, head, across), [*finding.itertuples()], lines, ["", *rises])


def _count_axis(axes: Axes, chart: Chart, found: pd.DataFrame, tall: float) -> float:
    longest = max(found[["whole_low", "whole_high", "low", "high"]].max().max(), 1)
    reach = longest * 1.1
    axes.set(xlim=(reach, 0) if chart.mirrored else (0, reach), ylim=(0, tall), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(6 if chart.width == "page" else 4, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="x", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    return float(reach)


def _draw(
    axes: Axes, chart: Chart, panel: Panel, top: float, colours: dict[str, str], reach: float
) -> None:
    write_lines(axes, chart, panel.head, 0, top)
    top -= sum(line.tall for line in panel.head)
    bases = []
    for row, lines, rise in zip(panel.rows, panel.lines, panel.rises, strict=True):
        if rise:
            _write_rise(axes, chart, rise, row, top - _RISE / 2, reach)
            top -= _RISE
        write_lines(axes, chart, lines, 0, top)
        top -= sum(line.tall for line in lines) + _ROOM
        colour = colours[row.party_id]
        _bar(axes, (row.whole_low, row.whole_high), (top - _BAR, _BAR), colour, reach)
        inset = (top - (_BAR + _PART) / 2, _PART)
        _bar(axes, (row.low, row.high), inset, theme.tint(colour, 0.3), reach, edge="white")
        bases.append((top, top - _BAR))
        top -= _BAR + _ROOM
    _edge(axes, panel.rows[0].low, bases)


def _write_rise(axes: Axes, chart: Chart, rise: str, row, at: float, reach: float) -> None:
    """Beside the edge that stands still, on whose far side the whole grows."""
    inches = (chart.get_figwidth() - 2 * SIDE) / reach
    fits = row.low * inches + text_width(chart, rise, 7, "bold") + 0.1 < reach * inches
    start = row.low + 0.06 / inches if fits else 0
    axes.text(
        start,
        at,
        rise,
        size=7,
        weight="bold",
        color=theme.GREY,
        ha=chart.near,
        va="center_baseline",
        bbox=theme.plate(),
    )


def _bar(
    axes: Axes,
    count: tuple[int, int | None],
    span: tuple[float, float],
    colour: str,
    reach: float,
    edge: str | None = None,
) -> None:
    """From zero: certain, possible, open."""
    (low, high), (base, tall) = count, span
    look = theme.solid(colour) | ({"edgecolor": edge} if edge else {})
    axes.add_patch(Rectangle((0, base), low, tall, **look))
    if pd.isna(high):
        open_arrow(axes, low, base + tall / 2, reach * 0.06, edge or colour)
    elif high > low:
        axes.add_patch(Rectangle((low, base), high - low, tall, **theme.hatched(edge or colour)))


def _edge(axes: Axes, at: int, bases: list[tuple[float, float]]) -> None:
    """The edge that stands still, a dashed line from the first bar to the last."""
    ends = (bases[0][0] + 0.03, bases[-1][1] - 0.03)
    axes.plot([at, at], ends, color="white", linewidth=2.4, zorder=3)
    style = {"linewidth": 1.1, "linestyle": (0, (2.5, 1.5)), "zorder": 3}
    axes.plot([at, at], ends, color=theme.INK, **style)


def _key(
    dataset: Dataset, found: pd.DataFrame, colours: dict[str, str], language: str
) -> list[tuple[dict, str]]:
    row = found.iloc[0]
    colour = colours[row["party_id"]]
    groups = [
        captions.group_word(dataset, rows.iloc[0], language)
        for _, rows in found.groupby("finding")
    ]
    named = words.join([*dict.fromkeys(groups)], language, "list")
    part = theme.solid(theme.tint(colour, 0.3)) | {"edgecolor": colour}
    return [
        (theme.solid(colour), words.phrase("key whole", language)),
        (part, words.phrase("key group", language, groups=named)),
    ]
