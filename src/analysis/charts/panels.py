"""Panels of days and counts, beside and below each other: lines over them, a key below."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.charts import sheet
from analysis.charts import style as theme
from analysis.charts.days import axis_room, date_axis

_BETWEEN = 0.12


class Panel(NamedTuple):
    """Lines above a panel, how high its axis goes (persons), and what draws it on its axes."""

    head: list[sheet.Line]
    reach: float
    draw: Callable[[Axes], None]


class Row(NamedTuple):
    """Panels beside each other, under lines of their own where there are any."""

    panels: list[Panel]
    head: list[sheet.Line] = []  # noqa: RUF012 - never changed


class Grid(NamedTuple):
    """First and last day, and how panels are laid out, in inches.

    A panel is ``tall``; ``lead`` is the space above the lines over it, ``gap`` that between them
    and the panel. Counts are written once a row, or beside each panel where they stand ``apart``;
    rows are of one height where they are ``even``; lines hang above their panels or, ``standing``,
    stand on them.
    """

    span: tuple[pd.Timestamp, pd.Timestamp]
    tall: float
    lead: float = 0.06
    gap: float = 0.06
    apart: bool = False
    even: bool = True
    standing: bool = False


def in_rows(panels: list[Panel], most: int, head: list[sheet.Line] | None = None) -> list[Row]:
    """Panels in rows of so many at most, the first under a head."""
    places = range(0, len(panels), most)
    return [Row(panels[place : place + most], [] if place else head or []) for place in places]


def draw_panels(
    chart: sheet.Chart, rows: list[Row], grid: Grid, subtitle: str, looks: dict, *notes: str
) -> None:
    """The whole figure: title, rows of panels, source, notes, and a key that ``looks`` name."""
    reaches = {panel.reach for row in rows for panel in row.panels}
    widest = max(sheet.text_width(chart, f"{reach:,.0f}", 7) for reach in reaches) + 0.08
    counts, room = (widest, 0) if grid.apart else (0, widest)
    across = (chart.across - room) / max(len(row.panels) for row in rows)
    rows = [_broken(chart, row, across - _BETWEEN) for row in rows]
    over = [max(sheet.tall_of(panel.head) for panel in row.panels) for row in rows]
    highest, below = max(over), axis_room(chart, *grid.span)
    over = [highest if grid.even else tall for tall in over]
    heads = [sheet.tall_of(row.head) + tall for row, tall in zip(rows, over, strict=True)]
    samples = [(look, chart.say(f"key {name}")) for name, look in looks.items()]
    foot = sheet.key_height(chart, samples) + 0.05
    steps = [grid.tall + (head + grid.gap) + (below + grid.lead) for head in heads]
    top = sum(steps) + foot
    place = sheet.frame(chart, subtitle, [chart.source, *notes], top)
    paper = sheet.paper_axes(chart, *place, top)
    for row, head, step in zip(rows, heads, steps, strict=True):
        sheet.write_lines(paper, chart, row.head, sheet.SIDE, top - 0.06)
        top -= step
        up = top + below
        lines_top = up + grid.tall + (head + grid.gap) - sheet.tall_of(row.head)
        for column, panel in enumerate(row.panels):
            start = sheet.SIDE + room + column * across
            down = (highest - sheet.tall_of(panel.head)) * grid.standing
            sheet.write_lines(paper, chart, panel.head, start, lines_top - down)
            box = (start + counts, up, across - counts - _BETWEEN, grid.tall)
            axes = sheet.body_axes(chart, *place, box)
            _draw_axes(axes, chart, grid, panel.reach, grid.apart or column == 0)
            panel.draw(axes)
    sheet.key(chart, paper, samples, foot - 0.05)


def _broken(chart: sheet.Chart, row: Row, across: float) -> Row:
    panels = [panel._replace(head=sheet.broken(chart, panel.head, across)) for panel in row.panels]
    return Row(panels, sheet.broken(chart, row.head, chart.across))


def _draw_axes(axes: Axes, chart: sheet.Chart, grid: Grid, reach: float, labelled: bool) -> None:
    """A date axis and a count axis, its counts written if ``labelled``."""
    date_axis(axes, chart, *grid.span)
    axes.set_ylim(0, reach)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    sides = {f"label{side}": labelled and side == chart.near for side in ("left", "right")}
    axes.tick_params(axis="y", length=0, **sides)
    axes.grid(axis="y", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
