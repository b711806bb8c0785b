"""Panels beside and below each other: lines over them, room for counts and days, a key below."""

from collections.abc import Callable
from typing import NamedTuple

from matplotlib.axes import Axes

from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    Sample,
    body_axes,
    broken,
    frame,
    key,
    key_height,
    paper_axes,
    tall_of,
    text_width,
    write_lines,
)

_BETWEEN = 0.12


class Panel(NamedTuple):
    """Lines above a panel, and what draws it on its axes, told whether it begins a row."""

    head: list[Line]
    draw: Callable[[Axes, bool], None]


class Row(NamedTuple):
    """Panels beside each other, under lines of their own where there are any."""

    panels: list[Panel]
    head: list[Line] = []  # noqa: RUF012 - never changed

    @property
    def highest(self) -> float:
        """Height of the lines over its highest panel, in inches."""
        return max(tall_of(panel.head) for panel in self.panels)


class Grid(NamedTuple):
    """How panels are laid out, in inches.

    Attributes
    ----------
    tall, below : float
        Height of a panel, and of what is written below it.
    counts : float
        Room for the counts of a row; of each panel where they stand ``apart``.
    lead, gap : float
        Space above the lines over a panel, and between them and the panel.
    even, standing : bool
        Whether all rows have one height, and lines stand on their panels, not hang above.
    """

    tall: float
    below: float
    counts: float
    lead: float = 0.06
    gap: float = 0.06
    apart: bool = False
    even: bool = True
    standing: bool = False


def in_rows(panels: list[Panel], most: int) -> list[Row]:
    """Panels in rows of so many at most."""
    return [Row(panels[place : place + most]) for place in range(0, len(panels), most)]


def count_room(chart: Chart, *counts: float) -> float:
    """Room that the widest of these counts takes beside an axis, in inches."""
    return max(text_width(chart, f"{count:,.0f}", 7) for count in counts) + 0.08


def draw_panels(
    chart: Chart, rows: list[Row], grid: Grid, subtitle: str, samples: list[Sample], *notes: str
) -> None:
    """The whole figure: title, rows of panels, key, source and notes."""
    counts, room = (grid.counts, 0) if grid.apart else (0, grid.counts)
    across = (chart.across - room) / max(len(row.panels) for row in rows)
    rows = [_broken(chart, row, across - _BETWEEN) for row in rows]
    highest = max(row.highest for row in rows)
    heads = [tall_of(row.head) + (highest if grid.even else row.highest) for row in rows]
    foot = key_height(chart, samples) + 0.05
    steps = [grid.tall + (head + grid.gap) + (grid.below + grid.lead) for head in heads]
    top = sum(steps) + foot
    place = (*frame(chart, subtitle, [chart.source, *notes], top), top)
    paper = paper_axes(chart, *place)
    for row, head, step in zip(rows, heads, steps, strict=True):
        write_lines(paper, chart, row.head, SIDE, top - 0.06)
        top -= step
        up = top + grid.below
        over = up + grid.tall + (head + grid.gap) - tall_of(row.head)
        for column, panel in enumerate(row.panels):
            start = SIDE + room + column * across
            down = (highest - tall_of(panel.head)) * grid.standing
            write_lines(paper, chart, panel.head, start, over - down)
            box = (start + counts, up, across - counts - _BETWEEN, grid.tall)
            panel.draw(body_axes(chart, *place[:2], box), column == 0)
    key(chart, paper, samples, foot - 0.05)


def _broken(chart: Chart, row: Row, across: float) -> Row:
    panels = [panel._replace(head=broken(chart, panel.head, across)) for panel in row.panels]
    return Row(panels, broken(chart, row.head, chart.across))
