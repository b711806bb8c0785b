"""The figure of a number that stands still: a group inside its whole, statement by statement."""

from datetime import date
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.bounds import drawn
from analysis.bounds.stale import find_standing_still
from analysis.charts import style as theme
from analysis.charts.bars import open_arrow
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    body_axes,
    broken,
    frame,
    key,
    key_height,
    paper_axes,
    text_width,
    write_lines,
)
from analysis.data.dataset import Dataset, published_by
from analysis.figures import captions_standing as captions
from analysis.figures.captions_sources import cited
from analysis.language import words

_BAR, _PART, _ROOM, _RISE, _AXIS = 0.24, 0.15, 0.04, 0.2, 0.25
_ARROW = 0.06  # of the axis
"""Heights of a bar, of the group inside it, of the space around it, between bars, for the axis."""


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
            "nothing to draw: no group's number stands still while that of its whole grows "
            f"({harm}, primary reading)"
        )
    telling = captions.tell_standing_still(dataset, found, language)
    with mpl.rc_context(theme.style()):
        chart.title, chart.caption, chart.alt = telling.title, telling.caption, telling.alt
        chart.numbers, chart.event_ids = found, captions.event_ids_of(found)
        chart.source = cited(dataset, chart.event_ids, language)
        colours = theme.party_colours(dataset.parties)
        reach = _reach(found)
        panels = [_panel(chart, dataset, rows, reach) for _, rows in found.groupby("finding")]
        tall = sum(panel.tall for panel in panels)
        samples = _key(dataset, found, colours, language)
        foot = key_height(chart, samples) + _AXIS
        notes = [chart.source, words.phrase("note standing", language)]
        bottom, height = frame(chart, telling.subtitle, notes, tall + foot)
        across = chart.get_figwidth() - 2 * SIDE
        axes = body_axes(chart, bottom, height, (SIDE, foot, across, tall))
        _count_axis(axes, chart, reach, tall)
        top = tall
        for panel in panels:
            _draw(axes, chart, panel, top, colours, reach)
            top -= panel.tall
        paper = paper_axes(chart, bottom, height, tall + foot)
        key(chart, paper, samples, foot - _AXIS - 0.08)
    return chart


class Panel(NamedTuple):
    """One group of people: its heading; of each pair the lines above, the rise before it.

    ``inside`` says what is written on the bars, for group and whole.
    """

    head: list[Line]
    rows: list
    lines: list[list[Line]]
    rises: list[str]
    inside: list[tuple[str, str]]

    @property
    def tall(self) -> float:
        """Height in inches."""
        lines = [*self.head, *(line for above in self.lines for line in above)]
        each = _BAR + 2 * _ROOM
        rises = _RISE * (len(self.rows) - 1)
        return sum(line.tall for line in lines) + each * len(self.rows) + rises + 0.14


def _reach(found: pd.DataFrame) -> float:
    """How many persons the axis spans."""
    return 1.1 * float(max(found[["whole_low", "whole_high", "low", "high"]].max().max(), 1))


def _panel(chart: Chart, dataset: Dataset, finding: pd.DataFrame, reach: float) -> Panel:
    """Numbers stand on their bars; in the lines above where one has no room there."""
    language, across = chart.language, chart.get_figwidth() - 2 * SIDE - 0.1
    head = [Line(captions.finding_heading(dataset, finding, language), 8, "bold")]
    rows = [*finding.itertuples()]
    inside = [(_part_count(chart, row, reach), _whole_count(row, language)) for row in rows]
    fit = all(_fits(chart, row, said, reach) for row, said in zip(rows, inside, strict=True))
    above = captions.days_in_words if fit else captions.pair_in_words
    lines = [
        broken(chart, [Line(above(dataset, finding, at, language), 7.5)], across)
        for at in range(len(rows))
    ]
    rises = [captions.rise_in_words(dataset, finding, at, language) for at in range(1, len(rows))]
    said = inside if fit else [("", "")] * len(rows)
    return Panel(broken(chart, head, across), rows, lines, ["", *rises], said)


def _whole_count(row, language: str) -> str:
    count = words.count(row.whole_low, row.whole_high, language)
    return words.phrase("in all", language, count=count)


def _part_count(chart: Chart, row, reach: float) -> str:
    """The group's count; its number alone where there is no room for "at least" on the bar.

    The open arrow says so too.
    """
    count = words.count(row.low, row.high, chart.language)
    inches = (chart.get_figwidth() - 2 * SIDE) / reach
    short = pd.isna(row.high) and text_width(chart, count, 8, "bold") + 0.14 > row.low * inches
    return f"{row.low:,}" if short else count


def _fits(chart: Chart, row, said: tuple[str, str], reach: float) -> bool:
    inches = (chart.get_figwidth() - 2 * SIDE) / reach
    part, whole = (text_width(chart, text, 8, "bold") + 0.14 for text in said)
    whole += _ARROW * reach * inches * pd.isna(row.high)
    return part < row.low * inches and whole < (row.whole_low - row.low) * inches


def _count_axis(axes: Axes, chart: Chart, reach: float, tall: float) -> None:
    axes.set(xlim=(reach, 0) if chart.mirrored else (0, reach), ylim=(0, tall), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(6 if chart.width == "page" else 4, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="x", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)


def _draw(
    axes: Axes, chart: Chart, panel: Panel, top: float, colours: dict[str, str], reach: float
) -> None:
    write_lines(axes, chart, panel.head, 0, top)
    top -= sum(line.tall for line in panel.head)
    pad = 0.07 * reach / (chart.get_figwidth() - 2 * SIDE)
    rows = zip(panel.rows, panel.lines, panel.rises, panel.inside, strict=True)
    for row, lines, rise, said in rows:
        if rise:
            _write_rise(axes, chart, rise, row, top, reach)
            _edge(axes, row.low, (top, top - _RISE))
            top -= _RISE
        write_lines(axes, chart, lines, 0, top)
        top -= sum(line.tall for line in lines) + _ROOM
        colour, base = colours[row.party_id], top - _BAR
        _bar(axes, (row.whole_low, row.whole_high), (base, _BAR), colour, reach)
        inset = (base + (_BAR - _PART) / 2, _PART)
        _bar(axes, (row.low, row.high), inset, theme.tint(colour, 0.3), reach, edge="white")
        _edge(axes, row.low, (top + _ROOM, base - _ROOM))
        middle = base + _BAR / 2
        _write(axes, said[0], (pad, middle), 8, theme.INK, chart.near)
        _write(axes, said[1], (row.whole_low - pad, middle), 8, "white", chart.far)
        top -= _BAR + _ROOM


def _write_rise(axes: Axes, chart: Chart, rise: str, row, top: float, reach: float) -> None:
    """Beside the edge that stands still, on whose far side the whole grows."""
    inches = (chart.get_figwidth() - 2 * SIDE) / reach
    fits = row.low * inches + text_width(chart, rise, 7, "bold") + 0.1 < reach * inches
    start = row.low + 0.07 / inches if fits else 0
    _write(axes, rise, (start, top - _RISE / 2), 7, theme.GREY, chart.near)


def _write(
    axes: Axes, text: str, at: tuple[float, float], size: float, colour: str, side: str
) -> None:
    plate = theme.plate() if colour == theme.GREY else None
    common = {"ha": side, "va": "center_baseline", "weight": "bold", "bbox": plate}
    axes.text(*at, text, size=size, color=colour, **common)


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
        open_arrow(axes, low, base + tall / 2, reach * _ARROW, edge or colour)
    elif high > low:
        axes.add_patch(Rectangle((low, base), high - low, tall, **theme.hatched(edge or colour)))


def _edge(axes: Axes, at: int, ends: tuple[float, float]) -> None:
    """The edge that stands still, dashed from bar to bar, with a gap where words stand."""
    axes.plot([at, at], ends, color="white", linewidth=2.4, zorder=2)
    style = {"linewidth": 1.1, "linestyle": (0, (2.5, 1.5)), "zorder": 2}
    axes.plot([at, at], ends, color=theme.INK, **style)


def _key(
    dataset: Dataset, found: pd.DataFrame, colours: dict[str, str], language: str
) -> list[tuple[dict, str]]:
    row = found.iloc[0]
    colour = colours[row["party_id"]]
    groups = [
        captions.group_word(dataset, rows.iloc[0], language) for _, rows in found.groupby("finding")
    ]
    named = words.join([*dict.fromkeys(groups)], language, "list")
    part = theme.solid(theme.tint(colour, 0.3)) | {"edgecolor": colour}
    return [
        (theme.solid(colour), words.phrase("key whole", language)),
        (part, words.phrase("key group", language, groups=named)),
    ]
