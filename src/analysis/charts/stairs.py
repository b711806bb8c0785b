"""Staircases of cumulative bounds: solid is certain, the tint possible, what is open fades out.

Dashed lines show where the loosest reading says otherwise, dotted ones what rests on a derived
count. Where nothing is stated nothing is drawn.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator

from analysis.charts import style as theme
from analysis.charts.days import Days
from analysis.charts.sheet import SMALL, Paper, text_width


class Steps(NamedTuple):
    """Runs of days (since 1970) from ``days`` to before ``stops`` with the same bounds (persons).

    ``low_derived`` and ``high_derived`` say whether one rests on derived counts; a missing upper
    bound is not a number.
    """

    days: np.ndarray
    stops: np.ndarray
    low: np.ndarray
    high: np.ndarray
    low_derived: np.ndarray
    high_derived: np.ndarray

    def where(self, chosen: np.ndarray) -> "Steps":
        """Only some of them."""
        return Steps(*(column[chosen] for column in self))

    def runs(self) -> "Steps":
        """Days in a row with the same bounds as one."""
        fresh = np.append(True, self.days[1:] != self.stops[:-1])[: len(self.days)]
        for column in self[2:]:
            fresh |= np.diff(np.nan_to_num(column.astype(float), nan=-1), prepend=-2) != 0
        last = np.append(fresh[1:], True)[: len(fresh)]
        return self.where(fresh)._replace(stops=self.stops[last])


class Counts(NamedTuple):
    """Counts up from ``base``: ``tall`` inches for as many as ``reach``."""

    base: float
    tall: float
    reach: float

    def at(self, count: float) -> float:
        """Where a count stands."""
        return self.base - count / self.reach * self.tall


def draw_counts(paper: Paper, days: Days, counts: Counts, most: int = 3) -> None:
    """Light lines at round numbers, named where reading begins; the days' axis leaves room."""
    ticks = MaxNLocator(most, integer=True, steps=[1, 2, 5, 10]).tick_values(0, counts.reach)
    for tick in ticks[ticks <= counts.reach]:
        look = {"colour": theme.LIGHT, "thick": 0.5, "zorder": 0.4}
        paper.line([days.x, days.at(days.stop)], [counts.at(tick)] * 2, **look)
        text = f"{tick:,.0f}"
        paper.write(days.x - 0.05, counts.at(tick), text, SMALL, side="end", colour=theme.GREY)


def count_room(reach: float) -> float:
    """Inches that the numbers of an axis take."""
    return text_width(f"{reach:,.0f}", SMALL) + 0.08


def draw_stairs(
    paper: Paper,
    days: Days,
    counts: Counts,
    steps: Steps,
    colour: str,
    wide: Steps | None = None,
    link: str | None = None,
) -> None:
    """A staircase of bounds; ``wide`` are those of the loosest reading."""
    if wide is not None:
        _draw_loosest(paper, days, counts, steps, wide, colour)
    steps = steps.runs()
    low, is_open = steps.low, np.isnan(steps.high)
    _fill(paper, days, counts, steps, (np.zeros(len(low)), low), colour, "certain", link)
    high = np.where(is_open, low, steps.high)
    _fill(paper, days, counts, steps, (low, high), theme.tint(colour), "possible")
    some = is_open & (low > 0)
    strip = theme.STRIP / counts.tall * counts.reach * some / theme.FADES
    for at, tint in enumerate(theme.fading(colour)):
        _fill(paper, days, counts, steps, (low + at * strip, low + (at + 1) * strip), tint, "open")
    for start, stop in _stretches(steps, some):
        at = start + 0.85 * (stop - start)
        level = low[np.searchsorted(steps.days, at, "right") - 1]
        paper.arrow(days.at(at), counts.at(level), (0, -theme.ARROW), theme.letters(colour))
        paper.take(days.at(at), counts.at(level) - theme.ARROW / 2, 0.12, theme.ARROW)
    above = steps.high_derived & (steps.high > low)
    for column, chosen in ((2, steps.low_derived & (low > 0)), (3, above)):
        own = steps.where(chosen)
        for start, stop, level in _levels(own, own[column]):
            ends = [days.at(start), days.at(stop)], [counts.at(level)] * 2
            paper.line(*ends, colour="white", thick=1.6)
            paper.line(*ends, "derived", colour=theme.INK, thick=1.2, linestyle=theme.DOTS)


def _fill(paper: Paper, days: Days, counts: Counts, steps: Steps, ends, colour: str, *named: str):
    """What lies between two levels on each day, a shape for each stretch of days that has any."""
    lower, upper = ends
    for start, stop in _stretches(steps, upper > lower):
        own = (steps.days >= start) & (steps.days < stop)
        across = np.stack([steps.days[own], steps.stops[own]], axis=1).ravel()
        xs = days.x + (across - days.first) * days.day
        one, other = (counts.at(np.repeat(level[own], 2)) for level in (lower, upper))
        paper.shape([*xs, *xs[::-1]], [*one, *other[::-1]], colour, *named)


def _stretches(steps: Steps, chosen: np.ndarray) -> list[tuple[int, int]]:
    """First day of each stretch of chosen days in a row, and the day after its last."""
    own = steps.where(chosen)
    if not len(own.days):
        return []
    cut = np.flatnonzero(own.days[1:] != own.stops[:-1])
    starts, stops = own.days[[0, *(cut + 1)]], own.stops[[*cut, -1]]
    return [*zip(starts.tolist(), stops.tolist(), strict=True)]


def _levels(steps: Steps, level: np.ndarray) -> list[tuple[float, float, float]]:
    """Days in a row with one level, whatever the other bound is: from, to, level."""
    alike = np.zeros(len(level), dtype=bool)
    runs = Steps(steps.days, steps.stops, level, level, alike, alike).runs()
    return [*zip(runs.days, runs.stops, runs.low, strict=True)]


def _draw_loosest(
    paper: Paper, days: Days, counts: Counts, steps: Steps, wide: Steps, party: str
) -> None:
    """Dashed lines where the loosest reading says other than the steps."""
    primary = {day: ends for day, *ends in zip(steps.days, steps.low, steps.high, strict=True)}
    ink = theme.letters(party)
    for name, column in (("low", 0), ("high", 1)):
        level = getattr(wide, name)
        own = np.array([primary.get(day, (np.nan, np.nan))[column] for day in wide.days])
        differs = ~np.isnan(level) & (level != own) & ((level > 0) | (own > 0))
        within = (name == "low") & (level < own)  # on the solid, so in white
        look = {"thick": 1, "linestyle": theme.DASHES, "zorder": 3}
        for chosen, colour in ((differs & ~within, ink), (differs & within, "white")):
            for start, stop, at in _levels(wide.where(chosen), level[chosen]):
                xs, y = [days.at(start), days.at(stop)], counts.at(at)
                lift = 0.02 if colour == "white" else 0  # none at all stays in sight
                paper.line(xs, [y - lift] * 2, "loosest", colour=colour, **look)
    highs = np.array([primary.get(day, (0, np.nan))[1] for day in wide.days])
    for start, stop in _stretches(wide, np.isnan(wide.high) & ~np.isnan(highs)):
        at = start + 0.85 * (stop - start)
        top = counts.at(highs[np.searchsorted(wide.days, at, "right") - 1])
        paper.arrow(days.at(at), top, (0, -theme.ARROW), ink, linestyle=theme.DASHES)
        paper.take(days.at(at), top - theme.ARROW / 2, 0.12, theme.ARROW)
