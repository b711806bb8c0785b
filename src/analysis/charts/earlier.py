"""What a later row shows of an earlier one, and days that nothing is known of yet."""

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts import style as theme
from analysis.charts.sheet import Chart, text_width, wrap
from analysis.charts.stairs import Steps, day_width, draw_levels

_EARLIER = {"color": theme.INK, "linewidth": 0.8, "linestyle": (0, (3, 1.5))}


def earlier_limits(known: Steps, before: Steps) -> list[tuple[Steps, np.ndarray]]:
    """Limits of the date before that were others, the lower and the upper: on which days, which."""
    _, then, now = np.intersect1d(before.days, known.days, return_indices=True)
    before, known = before.where(then), known.where(now)
    found = []
    for was, is_now in ((before.low, known.low), (before.high, known.high)):
        other = ~np.isnan(was) & (was != is_now)
        found.append((before.where(other), was[other]))
    return found


def draw_earlier(axes: Axes, known: Steps, before: Steps) -> None:
    """Limits as from :func:`earlier_limits`, as thin broken lines."""
    around = [patheffects.withStroke(linewidth=2, foreground="white")]
    for days, limits in earlier_limits(known, before):
        draw_levels(axes, days, limits, path_effects=around, zorder=3, **_EARLIER)


def blank_days(axes: Axes, chart: Chart, days: np.ndarray) -> None:
    """Neither grid nor ground on days that nothing is known of; words where there is room."""
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
