"""Staircases of cumulative bounds: what is certain, and what is possible, on every day.

And what they show of an earlier one: its limits that were others, days nothing was known of.
"""

from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Rectangle

from analysis.charts import style as theme
from analysis.charts.sheet import Chart, text_width, wrap

_BUTT = {"capstyle": "butt", "zorder": 2}
_EARLIER = {"color": theme.INK, "linewidth": 0.8, "linestyle": (0, (3, 1.5))}


class Steps(NamedTuple):
    """Days (since 1970), bounds by the end of each (persons), whether they rest on derived counts.

    Or one row a run of days with the same bounds, ``days`` being its first and ``stops`` the day
    after its last. A missing upper bound is not a number.
    """

    days: np.ndarray
    low: np.ndarray
    high: np.ndarray
    derived: np.ndarray
    stops: np.ndarray

    @property
    def middles(self) -> np.ndarray:
        """The middle of each run."""
        return (self.days + self.stops) / 2

    def where(self, chosen: np.ndarray) -> "Steps":
        """Only some of the days."""
        return Steps(*(column[chosen] for column in self))

    def runs(self) -> "Steps":
        """Days with the same bounds as one."""
        fresh = np.diff(self.days, prepend=-1) > 1
        for column in (self.low, np.nan_to_num(self.high, nan=-1), self.derived.astype("int")):
            fresh |= np.diff(column, prepend=-2) != 0
        last = np.append(fresh[1:], True)[: len(fresh)]
        return self.where(fresh)._replace(stops=self.stops[last])


class Staircase(NamedTuple):
    """A panel: the steps of a tally in both readings, and those of its parts."""

    colour: str
    primary: Steps
    wide: Steps
    parts: list[Steps]


def draw_staircase(axes: Axes, chart: Chart, panel: Staircase) -> None:
    """Steps of a tally, its parts inside."""
    draw_stairs(axes, chart, panel.wide, theme.loose(panel.colour), None)
    draw_stairs(axes, chart, panel.primary, theme.hatched(panel.colour), panel.colour)
    _range_label(axes, chart, panel.primary.runs())
    for part in panel.parts:
        is_open = np.isnan(part.high)
        look = theme.hatched(panel.colour, 0.45)
        draw_stairs(axes, chart, part.where(~is_open), look, panel.colour)
        # At least so many of a part: a short arrow, as its whole is open there as well.
        runs = part.where(is_open & (part.low > 0)).runs()
        _draw_levels(axes, runs, runs.low, color=panel.colour, linewidth=1.2, **_BUTT)
        for at, low in [*zip(runs.middles, runs.low, strict=True)][-1:]:
            top = low + 0.08 * axes.get_ylim()[1]
            up_arrow(axes, at, low, top, color=panel.colour, linewidth=0.9, mutation_scale=6)


def draw_stairs(axes: Axes, chart: Chart, steps: Steps, look: dict, line: str | None) -> None:
    """A step a day: the certain below, the possible up to the upper bound, open where none is.

    What is exact is drawn in the colour of ``line``, else of the filling.
    """
    runs, reach = steps.runs(), axes.get_ylim()[1]
    is_open = np.isnan(runs.high)
    for chosen, edge in ((is_open, {}), (~is_open, {"edgecolor": line} if line else {})):
        days, low, high, _, stops = runs.where(chosen)
        top = np.where(np.isnan(high), reach, high)
        across = np.stack([days, stops, stops, days], axis=1)
        corners = np.stack([across, np.stack([low, low, top, top], axis=1)], axis=2)
        if len(corners):
            filled = PolyCollection(corners, **look | edge | {"linewidth": 0})
            axes.add_collection(filled, autolim=False)
    sure = runs.low == runs.high
    if line:
        caps = {"capstyle": mpl.rcParams["lines.solid_capstyle"], "zorder": 2}
        closed = runs.where(~is_open)
        _draw_levels(axes, closed, closed.high, color=line, linewidth=0.5, **caps)
        sure |= is_open & (runs.low > 0)
    bold = {"color": line or look["facecolor"], "linewidth": 2.4}
    for derived, style in ((False, "-"), (True, (0, (1, 0.8)))):
        chosen = runs.where(sure & (runs.derived == derived))
        place = _BUTT | {"zorder": 2.5 if line else 2, "linestyle": style}
        _draw_levels(axes, chosen, chosen.low, **bold, **place)
    # An arrow a run, as far as they stand apart: a thousand would hide what they stand on.
    before, apart, unbounded = -np.inf, 0.06 / day_width(axes, chart), runs.where(is_open)
    for at, low in zip(unbounded.middles, unbounded.low, strict=True):
        if line and at - before >= apart:
            arrow_to_top(axes, at, low, line)
            before = at


def _draw_levels(axes: Axes, runs: Steps, at: np.ndarray, **look: object) -> None:
    """A level line for each run of days, in a collection."""
    if len(at):
        ends = np.stack([runs.days, at, runs.stops, at], axis=1).reshape(-1, 2, 2)
        axes.add_collection(LineCollection(ends, **look), autolim=False)


def day_width(axes: Axes, chart: Chart) -> float:
    """Inches that a day takes."""
    first, last = sorted(axes.get_xlim())
    return axes.get_position().width * chart.get_figwidth() / (last - first)


def arrow_to_top(axes: Axes, at: float, low: float, line: str) -> None:
    """An arrow from a count to the top of the panel: at least."""
    reach = axes.get_ylim()[1]
    foot = max(low + 0.02 * reach, 0.8 * reach)
    up_arrow(axes, at, foot, reach, color=line, linewidth=1.2)


def up_arrow(axes: Axes, at: float, foot: float, top: float, zorder: float = 3, **look) -> None:
    """An arrow upwards over a day, from one count to another."""
    look = {"arrowstyle": "->", "shrinkA": 0, "shrinkB": 0} | look
    axes.annotate("", (at, top), (at, foot), arrowprops=look, zorder=zorder)


def _range_label(axes: Axes, chart: Chart, runs: Steps) -> None:
    """The widest open question of a band, in words, where there is room for them."""
    runs = runs.where(runs.low != runs.high)
    if not len(runs.days):
        return
    widest = np.argmax(runs.stops - runs.days)
    start, low, high, _, stop = (column[widest] for column in runs)
    text = chart.say.count(int(low), None if np.isnan(high) else int(high))
    tall = (axes.get_ylim()[1] if np.isnan(high) else high) - low
    room = (stop - start) * day_width(axes, chart)
    if text_width(chart, text, 7.5) + 0.1 <= room and tall >= 0.25 * axes.get_ylim()[1]:
        look = {"ha": "center", "va": "center", "size": 7.5, "bbox": theme.plate()}
        axes.text((start + stop) / 2, low + 0.6 * tall, text, **look)


def earlier_limits(known: Steps, before: Steps) -> list[tuple[Steps, np.ndarray]]:
    """Limits of the date before that were others, the lower and the upper: on which days, which."""
    _, then, now = np.intersect1d(before.days, known.days, return_indices=True)
    before, known = before.where(then), known.where(now)
    found = []
    for was, is_now in ((before.low, known.low), (before.high, known.high)):
        other = ~np.isnan(was) & (was != is_now)
        found.append((before.where(other), was[other]))
    return found


def draw_earlier(axes: Axes, chart: Chart, known: Steps, before: Steps, days: np.ndarray) -> None:
    """Earlier limits as thin broken lines; blank, with words, all but ``days``."""
    around = [patheffects.withStroke(linewidth=2, foreground="white")]
    for runs, limits in earlier_limits(known, before):
        _draw_levels(axes, runs, limits, path_effects=around, zorder=3, **_EARLIER)
    first, stop = sorted(int(edge) for edge in axes.get_xlim())
    start, end = (days.min(), days.max() + 1) if len(days) else (first, first)
    axes.spines["bottom"].set_bounds(start, end)
    tall = axes.get_ylim()[1]
    for one, other in ((first, start), (end, stop)):
        look = {"facecolor": "white", "edgecolor": "none", "zorder": 0.7}
        axes.add_patch(Rectangle((one, 0), other - one, tall, **look))
    room = (stop - end) * day_width(axes, chart) - 0.1
    text = wrap(chart, chart.say("nothing yet"), 6.5, room)
    if max(text_width(chart, line, 6.5) for line in text.split("\n")) <= room:
        look = {"size": 6.5, "color": theme.GREY, "ha": "center", "va": "center"}
        axes.text((end + stop) / 2, 0.45 * tall, text, linespacing=1.15, **look)


def earlier_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    """A sample of such a line for the key."""
    axes.plot([start, start + 0.2], [at, at], **_EARLIER)
