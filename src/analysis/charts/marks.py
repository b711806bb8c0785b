"""Marks of statements on a staircase, with their numbers where there is room.

A dot is a running total, a ring one of a part; a box stands on the axis over the days that a count
is of, so that nobody takes it for a total. An arrow upwards is "at least".
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import product
from math import isnan
from typing import NamedTuple

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from analysis.charts import style as theme
from analysis.charts.sheet import Chart, text_width
from analysis.charts.stairs import up_arrow

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

    def level(self, start: float, stop: float, number: float, tall: float) -> Box:
        """What a level line of some height takes."""
        (one, up), (other, _) = self.inches(start, number), self.inches(stop, number)
        return around((one + other) / 2, up, abs(other - one), tall)


def draw_marks(axes: Axes, chart: Chart, marks: list[Mark], colour: str) -> None:
    """Marks on axes with their limits set, then the numbers beside them."""
    sheet = Sheet(axes, chart)
    for kind in ("total", "part"):  # in one line with gaps: a range is two dots or rings, joined
        shown = [(sheet.middle(mark), mark.numbers) for mark in marks if mark.kind == kind]
        days = [day for at, ends in shown for day in (*[at] * len(ends), np.nan)]
        numbers = [number for _, ends in shown for number in (*ends, np.nan)]
        if shown:
            axes.plot(days[:-1], numbers[:-1], zorder=4, **_look(kind, colour))
    for mark in marks:
        if mark.kind == "days":
            _draw_box(sheet, mark)
        if isnan(mark.high):  # with a white rim, so that it shows on any ground
            look = {"color": theme.INK if mark.kind == "days" else colour, "linewidth": 1}
            look |= {"mutation_scale": 5, "path_effects": _AROUND, "zorder": 3.5}
            up_arrow(axes, sheet.middle(mark), mark.low, mark.low + _ARROW / sheet.person, **look)
    taken = np.array([*_taken(sheet, marks)]).reshape(-1, 4)
    for kind in ("total", "part", "days"):
        for mark in marks:
            for number in mark.numbers if mark.kind == kind else ():
                taken = _write_number(sheet, chart, mark, number, taken)


def mark_looks(marks: list[Mark]) -> dict:
    """What draws samples of the marks that are there, for the key."""
    samples = {kind: partial(_dot_sample, kind) for kind in ("total", "part")}
    samples["days"] = _box_sample
    there = {mark.kind for mark in marks}
    return {kind: sample for kind, sample in samples.items() if kind in there}


def _look(kind: str, colour: str) -> dict:
    inner, edge, thick = ("white", colour, 1.1) if kind == "part" else (colour, "white", 0.6)
    look = {"markerfacecolor": inner, "markeredgecolor": edge, "markeredgewidth": thick}
    return look | {"marker": "o", "markersize": 4.4, "linewidth": 1, "color": colour}


def _draw_box(sheet: Sheet, mark: Mark) -> None:
    """The days that a count is of; without a first day the box is open towards the past."""
    start, stop, low = sheet.start(mark), mark.stop, mark.low
    corners = [(start, 0), (start, low), (stop, low), (stop, 0)][isnan(mark.start) :]
    look = {"color": theme.INK, "linewidth": 0.8, "zorder": 3, "path_effects": _AROUND}
    sheet.axes.plot(*zip(*corners, strict=True), **look)


def around(across: float, up: float, wide: float, tall: float) -> Box:
    """A box around its middle."""
    return across - wide / 2, up - tall / 2, across + wide / 2, up + tall / 2


def _taken(sheet: Sheet, marks: list[Mark]) -> Iterator[Box]:
    """Where no number may stand: on marks, words, and thick lines, which are exact numbers."""
    for mark in marks:
        for number in mark.numbers:
            across, up = sheet.inches(sheet.middle(mark), number)
            if mark.kind != "days":
                yield around(across, up, 2 * _RADIUS, 2 * _RADIUS)
            if isnan(mark.high):
                yield around(across, up + _ARROW / 2, _RADIUS, _ARROW)
        if mark.kind == "days":
            yield sheet.level(sheet.start(mark), mark.stop, mark.low, 0.01)
            for side in (sheet.start(mark), mark.stop):
                across, up = sheet.inches(side, mark.low)
                yield around(across, up / 2, 0.01, up)
    axes = sheet.axes
    for text in axes.texts:
        if text.get_text():
            extent = text.get_window_extent().translated(-axes.bbox.x0, -axes.bbox.y0)
            yield extent.transformed(axes.figure.dpi_scale_trans.inverted()).extents
    for lines in axes.collections:
        if isinstance(lines, LineCollection) and (width := lines.get_linewidth()[0]) > 2:
            for (start, number), (stop, _) in lines.get_segments():
                yield sheet.level(start, stop, number, width / 72)


def _write_number(
    sheet: Sheet, chart: Chart, mark: Mark, number: int, taken: np.ndarray
) -> np.ndarray:
    """A number beside its mark, over it where it is a box."""
    place, days = sheet.inches(sheet.middle(mark), number), mark.kind == "days"
    ways, gap = (_BESIDE[:1], 0.02) if days else (_BESIDE, _RADIUS + 0.01)
    rise = _ARROW if isnan(mark.high) else 0
    return write_beside(sheet, chart, [f"{number:,}"], place, taken, ways, gap, rise)


def write_beside(
    sheet: Sheet,
    chart: Chart,
    texts: list[str],
    place: tuple[float, float],
    taken: np.ndarray,
    ways: Iterable[tuple[int, int]] = _BESIDE,
    gap: float = _RADIUS + 0.01,
    rise: float = 0,
    size: float = _SIZE,
) -> np.ndarray:
    """The first of the texts that meets nothing at some side of a place (inches); else nothing.

    ``taken`` are the boxes that may not be met, one a row; comes back with the text's own.
    ``rise`` is what stands over the place.
    """
    (across, up), tall = place, _TALL * size / _SIZE
    for text, (aside, above) in product(texts, ways):
        wide = text_width(chart, text, size) + 0.03
        at = across + aside * (wide / 2 + gap)
        if aside == 0:  # beside the edge of the axes, as far inside as needed
            at = min(max(at, wide / 2), sheet.wide - wide / 2)
        lift = rise if (aside, above) == (0, 1) else 0
        box = around(at, up + above * (tall / 2 + gap) + lift, wide, tall)
        inside = box[0] >= -0.001 and box[2] <= sheet.wide + 0.001
        left, bottom, right, top = taken.T
        apart = (left > box[2]) | (right < box[0]) | (bottom > box[3]) | (top < box[1])
        if inside and box[1] >= 0 and box[3] <= sheet.tall and apart.all():
            middle = (box[1] + box[3]) / 2 / sheet.person
            look = {"size": size, "ha": "center", "va": "center", "zorder": 5}
            look |= {"bbox": theme.plate() | {"pad": 0.2}}
            sheet.axes.text(at / sheet.day + sheet.first, middle, text, **look)
            return np.vstack([taken, box])
    return taken


def _dot_sample(kind: str, axes: Axes, chart: Chart, start: float, at: float) -> None:
    axes.plot([start + 0.1], [at], **_look(kind, theme.GREY))


def _box_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    across, up = np.array([(0.05, 0.05, 0.15, 0.15), (-0.05, 0.05, 0.05, -0.05)])
    axes.plot(start + across, at + up, color=theme.INK, linewidth=0.8)
