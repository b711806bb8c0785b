"""An axis of moments with breaks: room where things happen, little where nothing does.

Moments are days since 1970, with the hour as a fraction. A stretch in which nothing happens, and
which is long beside the others, is cut out; each piece that is left has its first and last day
named, so that nobody reads across a break as if time went on evenly.
"""

from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.charts import style as theme
from analysis.charts.days import Bands, Days, date_of, end_axis, label_days
from analysis.charts.sheet import SMALL, Paper, leading, text_width

_GAP, _APART, _ROOM = 0.24, 0.16, 0.2
"""Inches of a break, between two labels, and of what pieces have beside their labels."""
_SHARE, _TIMES, _MOST = 0.4, 5, 2
"""A break is such a share of what is left, so many times the usual stretch; two at most."""


class Moments(NamedTuple):
    """Pieces of an axis of days one behind the other."""

    pieces: tuple[Days, ...]

    @property
    def first(self) -> int:
        """The first day."""
        return self.pieces[0].first

    @property
    def stop(self) -> int:
        """The day after the last."""
        return self.pieces[-1].stop

    @property
    def x(self) -> float:
        """Where the axis begins."""
        return self.pieces[0].x

    @property
    def wide(self) -> float:
        """Inches from where it begins to where it ends."""
        last = self.pieces[-1]
        return last.x + last.wide - self.x

    @property
    def years(self) -> bool:
        """Whether it goes from one year to another."""
        return date_of(self.first).year != date_of(self.stop - 1).year

    def at(self, day: float) -> float:
        """Where a moment is; what lies in a break is at its end."""
        for piece in self.pieces:
            if day <= piece.stop:
                return piece.at(day)
        return self.pieces[-1].at(day)


def find_breaks(moments: Collection[float]) -> list[tuple[float, float]]:
    """The stretches to cut out of some moments, from one of them to the next, the longest first.

    >>> find_breaks([0, 1, 2, 4, 5, 500])
    [(5.0, 500.0)]
    >>> find_breaks([0, 28, 210, 245, 597, 920])
    []
    """
    found: list[tuple[float, float]] = []
    points = sorted({float(moment) for moment in moments})
    stretches = sorted(pairwise(points), key=lambda ends: ends[0] - ends[1])
    left = points[-1] - points[0]
    usual = max(1.0, float(np.median(np.diff(points)))) if len(points) > 2 else left
    for start, stop in stretches[:_MOST]:
        if stop - start < max(_SHARE * left, _TIMES * usual, 3):
            break
        found.append((start, stop))
        left -= stop - start
    return found


def lay_out(paper: Paper, moments: Collection[float], x: float, wide: float) -> Moments:
    """The axis of some moments from ``x`` on, ``wide`` inches.

    Each piece has room for its labels, and more by how much happens in it; there are as many
    breaks as leave that.
    """
    points, breaks = np.array(sorted(moments)), find_breaks(moments)
    years = date_of(int(points[0])).year != date_of(int(points[-1])).year
    while True:
        spans = _spans(points, sorted(breaks))
        least = np.array([_label_room(paper, *span, years) for span in spans])
        room = wide - _GAP * len(breaks) - least.sum()
        if room >= _ROOM or not breaks:
            break
        breaks.pop()
    weights = np.array([((points >= one) & (points <= other)).sum() - 1 for one, other in spans])
    if room < 0 or not weights.any():
        least, room, weights = 0, wide - _GAP * len(breaks), np.ones(len(spans))
    wides = least + room * weights / weights.sum()
    starts = x + np.cumsum([0, *(wides[:-1] + _GAP)])
    ends = zip(spans, starts.tolist(), wides.tolist(), strict=True)
    return Moments(tuple(Days(*span, start, across) for span, start, across in ends))


def _spans(points: np.ndarray, breaks: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """The days of each piece: the first, and the day after the last."""
    ends = np.array([points[0], *np.ravel(breaks), points[-1]])
    return [(int(start), int(stop) + 1) for start, stop in ends.reshape(-1, 2) // 1]


def _label_room(paper: Paper, first: int, stop: int, years: bool) -> float:
    """Inches that the labels of a piece take: the last day with its month, the first with room."""
    last = text_width(paper.locale.day(date_of(stop - 1), years, short=True), SMALL) + _APART
    return last + (stop - first > 1) * (text_width("00", SMALL) + _APART)


def draw_moments(paper: Paper, moments: Moments, bands: Bands) -> None:
    """Labels from ``top`` down, light lines over ``bands`` (from, to), two strokes at a break."""
    base = bands[-1][1]
    rows = max([label_days(paper, piece, bands, moments.years) for piece in moments.pieces])
    for piece in moments.pieces[1:]:
        middle = piece.x - _GAP / 2
        for x in (middle - 0.025, middle + 0.025):
            paper.line([x - 0.03, x + 0.03], [base + 0.05, base - 0.05], colour=theme.GREY)
        for upper, lower in bands:
            look = {"colour": "#f4f4f4", "zorder": 0.3}
            paper.box(middle - _GAP / 2, upper, _GAP, lower - upper, **look)
    paper.top += leading(SMALL) * (rows - 1)
    end_axis(paper, moments.x)
