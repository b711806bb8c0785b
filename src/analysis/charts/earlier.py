"""What a later row shows of an earlier one, and days that nothing is known of yet."""

import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts import style as theme
from analysis.charts.days import day_number
from analysis.charts.sheet import Chart, text_width, wrap
from analysis.language import words

_EARLIER = {"color": theme.INK, "linewidth": 0.8, "linestyle": (0, (3, 1.5))}


def earlier_limits(known: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Limits of the date before that were others: ``date`` and ``limit`` (persons)."""
    both = before.merge(known, on="date", how="left", suffixes=("", "_now"))
    found = []
    for name in ("cumulative_low", "cumulative_high"):
        was, now = (both[column].astype("Float64") for column in (name, f"{name}_now"))
        other = was.notna() & (now.isna() | (was != now).fillna(True))
        other &= both["cumulative_low_now"].notna()
        found.append(pd.DataFrame({"date": both["date"], "limit": both[name]})[other])
    return pd.concat(found, ignore_index=True)


def draw_earlier(axes: Axes, limits: pd.DataFrame) -> None:
    """Limits as from :func:`earlier_limits`, as thin broken lines."""
    around = [patheffects.withStroke(linewidth=2, foreground="white")]
    for row in limits.itertuples():
        day = day_number(row.date)
        axes.plot([day, day + 1], [row.limit] * 2, path_effects=around, zorder=3, **_EARLIER)


def blank_days(axes: Axes, chart: Chart, rows: pd.DataFrame) -> None:
    """Neither grid nor ground on days that nothing is known of; words where there is room."""
    first, stop = sorted(int(edge) for edge in axes.get_xlim())
    days = [day_number(date) for date in rows["date"].unique()]
    start, end = (min(days), max(days) + 1) if days else (first, first)
    axes.spines["bottom"].set_bounds(start, end)
    tall = axes.get_ylim()[1]
    for one, other in ((first, start), (end, stop)):
        axes.add_patch(
            Rectangle((one, 0), other - one, tall, facecolor="white", edgecolor="none", zorder=0.7)
        )
    room = (stop - end) * axes.get_position().width * chart.get_figwidth() / (stop - first) - 0.1
    text = wrap(chart, words.phrase("nothing yet", chart.language), 6.5, room)
    if max(text_width(chart, line, 6.5) for line in text.split("\n")) <= room:
        look = {"size": 6.5, "color": theme.GREY, "ha": "center", "va": "center"}
        axes.text((end + stop) / 2, 0.45 * tall, text, linespacing=1.15, **look)


def earlier_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    """A sample of such a line for the key."""
    axes.plot([start, start + 0.2], [at, at], **_EARLIER)
