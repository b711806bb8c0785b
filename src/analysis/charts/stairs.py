"""Staircases of cumulative bounds: what is certain, and what is possible, on every day."""

from collections.abc import Iterable
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.ticker import MaxNLocator

from analysis.charts import style as theme
from analysis.charts.days import date_axis
from analysis.charts.sheet import Chart, text_width

_BUTT = {"capstyle": "butt"}


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


def draw_staircase(axes: Axes, chart: Chart, panel: Staircase, reach: float) -> None:
    """Steps of a tally, its parts inside, on axes up to ``reach`` persons."""
    draw_stairs(axes, chart, panel.wide, theme.loose(panel.colour), None)
    draw_stairs(axes, chart, panel.primary, theme.hatched(panel.colour), panel.colour)
    _range_label(axes, chart, panel.primary.runs())
    for part in panel.parts:
        closed = ~np.isnan(part.high)
        look = theme.hatched(panel.colour, 0.45)
        draw_stairs(axes, chart, part.where(closed), look, panel.colour)
        _open_part(axes, part.where(~closed).runs(), panel.colour, reach)


def draw_axes(
    axes: Axes, chart: Chart, span: tuple[pd.Timestamp, ...], reach: float, labelled: bool
) -> None:
    """A date axis and a count axis up to ``reach`` persons, its counts written if ``labelled``."""
    date_axis(axes, chart, *span)
    axes.set_ylim(0, reach)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    sides = {f"label{side}": labelled and side == chart.near for side in ("left", "right")}
    axes.tick_params(axis="y", length=0, **sides)
    axes.grid(axis="y", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)


def draw_stairs(axes: Axes, chart: Chart, steps: Steps, look: dict, line: str | None) -> None:
    """A step a day: the certain below, the possible up to the upper bound, open where none is.

    What is exact is drawn in the colour of ``line``, else of the filling.
    """
    runs, reach = steps.runs(), axes.get_ylim()[1]
    is_open = np.isnan(runs.high)
    for chosen, edge in ((is_open, {}), (~is_open, {"edgecolor": line} if line else {})):
        _fill(axes, runs.where(chosen), reach, look | edge | {"linewidth": 0})
    if line:
        caps = {"capstyle": mpl.rcParams["lines.solid_capstyle"]}
        closed = runs.where(~is_open)
        draw_levels(axes, closed, closed.high, color=line, linewidth=0.5, zorder=2, **caps)
    sure = runs.low == runs.high
    if line:
        sure |= is_open & (runs.low > 0)
    bold = {"color": line or look["facecolor"], "linewidth": 2.4, "zorder": 2.5 if line else 2}
    for derived, style in ((False, "-"), (True, (0, (1, 0.8)))):
        chosen = runs.where(sure & (runs.derived == derived))
        draw_levels(axes, chosen, chosen.low, linestyle=style, **bold, **_BUTT)
    if line:
        _up_arrows(axes, chart, runs.where(is_open), line)


def _fill(axes: Axes, runs: Steps, reach: float, look: dict) -> None:
    top = np.where(np.isnan(runs.high), reach, runs.high)
    across = np.stack([runs.days, runs.stops, runs.stops, runs.days], axis=1)
    corners = np.stack([across, np.stack([runs.low, runs.low, top, top], axis=1)], axis=2)
    if len(corners):
        axes.add_collection(PolyCollection(corners, **look), autolim=False)


def draw_levels(axes: Axes, runs: Steps, at: Iterable[float], **look: object) -> None:
    """A level line for each run of days, in a collection."""
    ends = [[(x, y), (stop, y)] for x, stop, y in zip(runs.days, runs.stops, at, strict=True)]
    if ends:
        axes.add_collection(LineCollection(ends, **look), autolim=False)


def _open_part(axes: Axes, runs: Steps, line: str, reach: float) -> None:
    """At least so many of a part: a line and a short arrow, as its whole is open there as well."""
    runs = runs.where(runs.low > 0)
    draw_levels(axes, runs, runs.low, color=line, linewidth=1.2, zorder=2, **_BUTT)
    for at, low in [*zip((runs.days + runs.stops) / 2, runs.low, strict=True)][-1:]:
        look = {"arrowstyle": "->", "color": line, "linewidth": 0.9, "mutation_scale": 6}
        ends = (at, low + 0.08 * reach), (at, low)
        axes.annotate("", *ends, arrowprops=look | {"shrinkA": 0, "shrinkB": 0})


def _up_arrows(axes: Axes, chart: Chart, runs: Steps, line: str) -> None:
    """An arrow a run, as far as they stand apart: a thousand would hide what they stand on."""
    apart = 0.06 / day_width(axes, chart)
    before = -np.inf
    for at, low in zip((runs.days + runs.stops) / 2, runs.low, strict=True):
        if at - before >= apart:
            up_arrow(axes, at, low, line)
            before = at


def day_width(axes: Axes, chart: Chart) -> float:
    """Inches that a day takes."""
    first, last = sorted(axes.get_xlim())
    return axes.get_position().width * chart.get_figwidth() / (last - first)


def up_arrow(axes: Axes, at: float, low: float, line: str) -> None:
    """An arrow from a count to the top of the panel: at least."""
    reach = axes.get_ylim()[1]
    foot = max(low + 0.02 * reach, 0.8 * reach)
    look = {"arrowstyle": "->", "color": line, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (at, reach), (at, foot), arrowprops=look)


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
