"""Marks of statements on a staircase, with their numbers where there is room.

A dot is a running total, a ring one of a part; a box stands on the axis over the days that a count
is of, so that nobody takes it for a total. An arrow upwards is "at least".
"""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from analysis.bounds.marks import DAYS, PART, TOTAL
from analysis.charts import style as theme
from analysis.charts.days import day_number
from analysis.charts.sheet import Chart, Sample, text_width
from analysis.language import words

_SIZE, _TALL, _RADIUS, _ARROW = 6.5, 0.11, 0.04, 0.13
_BESIDE = ((0, 1), (-1, 0), (1, 0), (0, -1), (-1, 1), (1, 1), (-1, -1), (1, -1))


class Sheet(NamedTuple):
    """The axes of a panel, and how many inches a day and a person take on them."""

    axes: Axes
    day: float
    person: float

    @classmethod
    def of(cls, axes: Axes, chart: Chart) -> "Sheet":
        """Axes with their limits set."""
        place = axes.get_position()
        first, last = axes.get_xlim()
        across = place.width * chart.get_figwidth() / (last - first)
        return cls(axes, across, place.height * chart.get_figheight() / axes.get_ylim()[1])

    def inches(self, at: float, number: float) -> tuple[float, float]:
        """Where a day and a number stand, from the lower left corner."""
        return (at - self.axes.get_xlim()[0]) * self.day, number * self.person


def draw_marks(axes: Axes, chart: Chart, marks: pd.DataFrame, colour: str) -> None:
    """Marks as from :func:`analysis.bounds.marks.statement_marks`, on axes with their limits set."""
    sheet = Sheet.of(axes, chart)
    for row in marks.itertuples():
        if row.mark == DAYS:
            _draw_box(sheet, row)
        else:
            _draw_dot(sheet, row, colour)
    taken = [box for row in marks.itertuples() for box in _taken(sheet, row)]
    taken += [_box_of(axes, text) for text in axes.texts if text.get_text()]
    taken += [_line_box(sheet, line) for line in axes.lines if line.get_linewidth() > 2]
    for kind in (TOTAL, PART, DAYS):
        for row in marks[marks["mark"] == kind].itertuples():
            for number in _ends(row):
                _write_number(sheet, chart, row, number, taken)


def mark_key(marks: pd.DataFrame, language: str) -> list[Sample]:
    """What the marks mean, of those that are there."""
    samples = {TOTAL: _dot_sample, PART: _ring_sample, DAYS: _box_sample}
    entries = [
        (sample, f"key {mark}") for mark, sample in samples.items() if (marks["mark"] == mark).any()
    ]
    return [(sample, words.phrase(name, language)) for sample, name in entries]


def _ends(row) -> list[int]:
    """The numbers of a mark: one, or both ends of a range."""
    if row.mark != DAYS and pd.notna(row.stated_high) and row.stated_high > row.stated_low:
        return [row.stated_low, row.stated_high]
    return [row.stated_low]


def _middle(sheet: Sheet, row) -> float:
    """Where a mark stands on the axis: on its last day, or over the middle of a box."""
    stop = day_number(row.date) + 1
    return (_start(sheet, row) + stop) / 2 if row.mark == DAYS else stop - 0.5


def _start(sheet: Sheet, row) -> float:
    edge = min(sheet.axes.get_xlim())
    return edge if pd.isna(row.date_start) else max(day_number(row.date_start), edge)


def _look(mark: str, colour: str) -> dict:
    hollow = mark == PART
    return {
        "marker": "o",
        "markersize": 4.4,
        "markerfacecolor": "white" if hollow else colour,
        "markeredgecolor": colour if hollow else "white",
        "markeredgewidth": 1.1 if hollow else 0.6,
        "linewidth": 1,
        "color": colour,
    }


def _draw_dot(sheet: Sheet, row, colour: str) -> None:
    at, ends = _middle(sheet, row), _ends(row)
    if pd.isna(row.stated_high):
        _arrow(sheet, at, row.stated_low, colour)
    sheet.axes.plot([at] * len(ends), ends, zorder=4, **_look(row.mark, colour))


def _draw_box(sheet: Sheet, row) -> None:
    """The days that a count is of; without a first day the box is open towards the past."""
    start, stop, low = _start(sheet, row), day_number(row.date) + 1, row.stated_low
    corners = [(start, 0), (start, low), (stop, low), (stop, 0)]
    corners = corners[1:] if pd.isna(row.date_start) else corners
    around = [patheffects.withStroke(linewidth=2, foreground="white")]
    look = {"color": theme.INK, "linewidth": 0.8, "zorder": 3, "path_effects": around}
    sheet.axes.plot(*zip(*corners, strict=True), **look)
    if pd.isna(row.stated_high):
        _arrow(sheet, (start + stop) / 2, low, theme.INK)


def _arrow(sheet: Sheet, at: float, low: float, colour: str) -> None:
    """Upwards from a mark, with a white rim so that it shows on any ground."""
    around = [patheffects.withStroke(linewidth=2, foreground="white")]
    look = {"arrowstyle": "->", "color": colour, "linewidth": 1, "mutation_scale": 5}
    look |= {"shrinkA": 0, "shrinkB": 0, "path_effects": around}
    top = low + _ARROW / sheet.person
    sheet.axes.annotate("", (at, top), (at, low), arrowprops=look, zorder=3.5)


def _around(across: float, up: float, wide: float, tall: float) -> Bbox:
    return Bbox.from_bounds(across - wide / 2, up - tall / 2, wide, tall)


def _box_of(axes: Axes, text) -> Bbox:
    """What a text takes, in inches from the axes' corner."""
    return (
        text.get_window_extent()
        .translated(-axes.bbox.x0, -axes.bbox.y0)
        .transformed(axes.figure.dpi_scale_trans.inverted())
    )


def _line_box(sheet: Sheet, line) -> Bbox:
    """What a thick line takes: an exact number, which no other may cover."""
    ends = (sheet.inches(at, line.get_ydata()[0]) for at in line.get_xdata())
    (one, up), (other, _) = ends
    return _around((one + other) / 2, up, abs(other - one), line.get_linewidth() / 72)


def _taken(sheet: Sheet, row) -> Iterator[Bbox]:
    """Where no number may stand: on marks, their arrows and the lines of boxes."""
    for number in _ends(row):
        across, up = sheet.inches(_middle(sheet, row), number)
        if row.mark != DAYS:
            yield _around(across, up, 2 * _RADIUS, 2 * _RADIUS)
        if pd.isna(row.stated_high):
            yield _around(across, up + _ARROW / 2, _RADIUS, _ARROW)
    if row.mark == DAYS:
        (one, up), (other, _) = (
            sheet.inches(at, row.stated_low)
            for at in (_start(sheet, row), day_number(row.date) + 1)
        )
        yield _around((one + other) / 2, up, abs(other - one), 0.01)
        yield from (_around(side, up / 2, 0.01, up) for side in (one, other))


def _write_number(sheet: Sheet, chart: Chart, row, number: int, taken: list[Bbox]) -> None:
    """A number beside its mark, at the first place where it meets nothing; else nowhere."""
    text = f"{number:,}"
    wide = text_width(chart, text, _SIZE) + 0.03
    limits = Bbox.from_extents(
        *sheet.inches(sheet.axes.get_xlim()[0], 0),
        *sheet.inches(sheet.axes.get_xlim()[1], sheet.axes.get_ylim()[1]),
    )
    across, up = sheet.inches(_middle(sheet, row), number)
    beside = 0.02 if row.mark == DAYS else _RADIUS + 0.01
    for aside, above in _BESIDE[:1] if row.mark == DAYS else _BESIDE:
        rise = _ARROW if pd.isna(row.stated_high) and (aside, above) == (0, 1) else 0
        at = (
            across + aside * (wide / 2 + beside),
            up + above * (_TALL / 2 + beside) + rise,
        )
        if aside == 0:  # beside the edge of the axes, as far inside as needed
            at = min(max(at[0], limits.x0 + wide / 2), limits.x1 - wide / 2), at[1]
        box = _around(*at, wide, _TALL)
        inside = (
            limits.x0 - 0.001 <= box.x0
            and box.x1 <= limits.x1 + 0.001
            and box.y0 >= 0
            and box.y1 <= limits.y1
        )
        if inside and not any(box.overlaps(other) for other in taken):
            day = at[0] / sheet.day + sheet.axes.get_xlim()[0]
            sheet.axes.text(
                day,
                at[1] / sheet.person,
                text,
                size=_SIZE,
                ha="center",
                va="center",
                zorder=5,
                bbox=theme.plate() | {"pad": 0.2},
            )
            taken.append(box)
            return


def _dot_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    axes.plot([start + 0.1], [at], **_look(TOTAL, theme.GREY))


def _ring_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    axes.plot([start + 0.1], [at], **_look(PART, theme.GREY))


def _box_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    across, up = zip((0.05, -0.05), (0.05, 0.05), (0.15, 0.05), (0.15, -0.05), strict=True)
    axes.plot([start + x for x in across], [at + y for y in up], color=theme.INK, linewidth=0.8)
