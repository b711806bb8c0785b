"""Marks of statements on a staircase, with their numbers where there is room.

A dot is a running total, a ring one of a part; a box stands on the axis over the days that a count
is of, so that nobody takes it for a total. An arrow upwards is "at least".
"""

from collections.abc import Iterator
from math import isnan
from typing import NamedTuple

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from analysis.charts import style as theme
from analysis.charts.sheet import Chart, Sample, text_width

_SIZE, _TALL, _RADIUS, _ARROW = 6.5, 0.11, 0.04, 0.13
_BESIDE = ((0, 1), (-1, 0), (1, 0), (0, -1), (-1, 1), (1, 1), (-1, -1), (1, -1))
_AROUND = [patheffects.withStroke(linewidth=2, foreground="white")]

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in inches from the axes' corner."""


class Mark(NamedTuple):
    """A statement: "total", "part" or "days"; its window, days since 1970; its count (persons).

    Where no first day or no upper bound is given, that is not a number.
    """

    kind: str
    start: float
    stop: int
    low: int
    high: float

    @property
    def numbers(self) -> list[int]:
        """One, or both ends of a range."""
        ranges = self.kind != "days" and self.high > self.low
        return [self.low, int(self.high)] if ranges else [self.low]


class Sheet:
    """The axes of a panel, their limits set, and how many inches a day and a person take."""

    def __init__(self, axes: Axes, chart: Chart) -> None:
        place, (self.first, last) = axes.get_position(), axes.get_xlim()
        self.axes, self.edge = axes, min(self.first, last)
        self.wide = place.width * chart.get_figwidth()
        self.tall = place.height * chart.get_figheight()
        self.day, self.person = self.wide / (last - self.first), self.tall / axes.get_ylim()[1]

    def inches(self, at: float, number: float) -> tuple[float, float]:
        """Where a day and a number stand, from the lower left corner."""
        return (at - self.first) * self.day, number * self.person

    def start(self, mark: Mark) -> float:
        """Where a window begins, as far as it is on the axis."""
        return self.edge if isnan(mark.start) else max(mark.start, self.edge)

    def middle(self, mark: Mark) -> float:
        """Where a mark stands on the axis: on its last day, or over the middle of a box."""
        return (self.start(mark) + mark.stop) / 2 if mark.kind == "days" else mark.stop - 0.5


def draw_marks(axes: Axes, chart: Chart, marks: list[Mark], colour: str) -> None:
    """Marks on axes with their limits set, then the numbers beside them."""
    sheet = Sheet(axes, chart)
    _draw_dots(sheet, marks, colour)
    for mark in marks:
        if mark.kind == "days":
            _draw_box(sheet, mark)
        if isnan(mark.high):
            ink = theme.INK if mark.kind == "days" else colour
            _arrow(sheet, sheet.middle(mark), mark.low, ink)
    boxes = [box for mark in marks for box in _taken(sheet, mark)]
    boxes += [_box_of(axes, text) for text in axes.texts if text.get_text()]
    taken = np.array([*boxes, *_exact_lines(sheet)]).reshape(-1, 4)
    for kind in ("total", "part", "days"):
        for mark in marks:
            for number in mark.numbers if mark.kind == kind else ():
                taken = _write_number(sheet, chart, mark, number, taken)


def mark_key(chart: Chart, marks: list[Mark]) -> list[Sample]:
    """What the marks mean, of those that are there."""
    samples = {"total": _dot_sample, "part": _ring_sample, "days": _box_sample}
    there = {mark.kind for mark in marks}
    return [(look, chart.say(f"key {kind}")) for kind, look in samples.items() if kind in there]


def _look(kind: str, colour: str) -> dict:
    hollow = kind == "part"
    return {
        "marker": "o",
        "markersize": 4.4,
        "markerfacecolor": "white" if hollow else colour,
        "markeredgecolor": colour if hollow else "white",
        "markeredgewidth": 1.1 if hollow else 0.6,
        "linewidth": 1,
        "color": colour,
    }


def _draw_dots(sheet: Sheet, marks: list[Mark], colour: str) -> None:
    """Dots and rings, each kind in one line with gaps: a range is two of them, joined."""
    for kind in ("total", "part"):
        shown = [(sheet.middle(mark), mark.numbers) for mark in marks if mark.kind == kind]
        days = [day for at, ends in shown for day in (*[at] * len(ends), np.nan)]
        numbers = [number for _, ends in shown for number in (*ends, np.nan)]
        if shown:
            sheet.axes.plot(days[:-1], numbers[:-1], zorder=4, **_look(kind, colour))


def _draw_box(sheet: Sheet, mark: Mark) -> None:
    """The days that a count is of; without a first day the box is open towards the past."""
    start, stop, low = sheet.start(mark), mark.stop, mark.low
    corners = [(start, 0), (start, low), (stop, low), (stop, 0)][isnan(mark.start) :]
    look = {"color": theme.INK, "linewidth": 0.8, "zorder": 3, "path_effects": _AROUND}
    sheet.axes.plot(*zip(*corners, strict=True), **look)


def _arrow(sheet: Sheet, at: float, low: float, colour: str) -> None:
    """Upwards from a mark, with a white rim so that it shows on any ground."""
    look = {"arrowstyle": "->", "color": colour, "linewidth": 1, "mutation_scale": 5}
    look |= {"shrinkA": 0, "shrinkB": 0, "path_effects": _AROUND}
    top = low + _ARROW / sheet.person
    sheet.axes.annotate("", (at, top), (at, low), arrowprops=look, zorder=3.5)


def _around(across: float, up: float, wide: float, tall: float) -> Box:
    return across - wide / 2, up - tall / 2, across + wide / 2, up + tall / 2


def _box_of(axes: Axes, text) -> Box:
    """What a text takes."""
    extent = text.get_window_extent().translated(-axes.bbox.x0, -axes.bbox.y0)
    return extent.transformed(axes.figure.dpi_scale_trans.inverted()).extents


def _between(sheet: Sheet, start: float, stop: float, number: float, tall: float) -> Box:
    """What a level line of some height takes."""
    (one, up), (other, _) = sheet.inches(start, number), sheet.inches(stop, number)
    return _around((one + other) / 2, up, abs(other - one), tall)


def _exact_lines(sheet: Sheet) -> Iterator[Box]:
    """What thick lines take: exact numbers, which no other may cover."""
    for lines in sheet.axes.collections:
        if isinstance(lines, LineCollection) and lines.get_linewidth()[0] > 2:
            for (start, number), (stop, _) in lines.get_segments():
                yield _between(sheet, start, stop, number, lines.get_linewidth()[0] / 72)


def _taken(sheet: Sheet, mark: Mark) -> Iterator[Box]:
    """Where no number may stand: on marks, their arrows and the lines of boxes."""
    for number in mark.numbers:
        across, up = sheet.inches(sheet.middle(mark), number)
        if mark.kind != "days":
            yield _around(across, up, 2 * _RADIUS, 2 * _RADIUS)
        if isnan(mark.high):
            yield _around(across, up + _ARROW / 2, _RADIUS, _ARROW)
    if mark.kind == "days":
        yield _between(sheet, sheet.start(mark), mark.stop, mark.low, 0.01)
        for side in (sheet.start(mark), mark.stop):
            across, up = sheet.inches(side, mark.low)
            yield _around(across, up / 2, 0.01, up)


def _write_number(
    sheet: Sheet, chart: Chart, mark: Mark, number: int, taken: np.ndarray
) -> np.ndarray:
    """A number beside its mark, at the first place where it meets nothing; else nowhere.

    ``taken`` are the boxes that may not be met, one a row; comes back with the number's own.
    """
    text = f"{number:,}"
    wide = text_width(chart, text, _SIZE) + 0.03
    across, up = sheet.inches(sheet.middle(mark), number)
    days = mark.kind == "days"
    beside = 0.02 if days else _RADIUS + 0.01
    for aside, above in _BESIDE[:1] if days else _BESIDE:
        rise = _ARROW if isnan(mark.high) and (aside, above) == (0, 1) else 0
        at = across + aside * (wide / 2 + beside)
        if aside == 0:  # beside the edge of the axes, as far inside as needed
            at = min(max(at, wide / 2), sheet.wide - wide / 2)
        box = _around(at, up + above * (_TALL / 2 + beside) + rise, wide, _TALL)
        inside = box[0] >= -0.001 and box[2] <= sheet.wide + 0.001
        if inside and box[1] >= 0 and box[3] <= sheet.tall and not _meets(box, taken):
            middle = (box[1] + box[3]) / 2 / sheet.person
            look = {"size": _SIZE, "ha": "center", "va": "center", "zorder": 5}
            look |= {"bbox": theme.plate() | {"pad": 0.2}}
            sheet.axes.text(at / sheet.day + sheet.first, middle, text, **look)
            return np.vstack([taken, box])
    return taken


def _meets(box: Box, others: np.ndarray) -> bool:
    left, bottom, right, top = others.T
    apart = (left > box[2]) | (right < box[0]) | (bottom > box[3]) | (top < box[1])
    return not apart.all()


def _dot_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    axes.plot([start + 0.1], [at], **_look("total", theme.GREY))


def _ring_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    axes.plot([start + 0.1], [at], **_look("part", theme.GREY))


def _box_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    across, up = zip((0.05, -0.05), (0.05, 0.05), (0.15, 0.05), (0.15, -0.05), strict=True)
    axes.plot([start + x for x in across], [at + y for y in up], color=theme.INK, linewidth=0.8)
