"""Staircases of cumulative bounds: what is certain, and what is possible, on every day."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.charts import style as theme
from analysis.charts.days import date_axis, day_number
from analysis.charts.sheet import Chart, text_width
from analysis.data.dataset import Dataset
from analysis.language import words


def draw_panel(
    axes: Axes,
    chart: Chart,
    dataset: Dataset,
    numbers: pd.DataFrame,
    tally_id: str,
    reach: float,
    first: bool,
    span: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> None:
    """Axes and staircases of one tally, its parts inside; counts are labelled where ``first``.

    ``span`` is the first and last day of the axis, those of ``numbers`` where none is given.
    """
    colour = theme.party_colours(dataset.parties)[
        numbers.loc[numbers["tally_id"] == tally_id, "party_id"].iloc[0]
    ]
    days = numbers["date"] if span is None else pd.Series(span)
    draw_axes(axes, chart, days, reach, first)
    own = numbers[numbers["tally_id"] == tally_id]
    wide, primary = (own[own["reading"] == name] for name in ("wide", "primary"))
    draw_stairs(axes, wide, theme.loose(colour), None, reach)
    draw_stairs(axes, primary, theme.hatched(colour), colour, reach)
    _range_label(axes, chart, primary)
    for _, rows in find_parts(numbers, tally_id):
        inner = rows[rows["reading"] == "primary"]
        draw_stairs(
            axes,
            inner[inner["cumulative_high"].notna()],
            theme.hatched(colour, 0.45),
            colour,
            reach,
        )
        _open_part(axes, inner[inner["cumulative_high"].isna()], colour, reach)


def draw_axes(axes: Axes, chart: Chart, dates: pd.Series, reach: float, labelled: bool) -> None:
    """A date axis and a count axis up to ``reach`` persons, its counts written if ``labelled``."""
    date_axis(axes, chart, dates.min(), dates.max())
    axes.set_ylim(0, reach)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.tick_params(
        axis="y",
        length=0,
        labelleft=labelled and not chart.mirrored,
        labelright=labelled and chart.mirrored,
    )
    axes.grid(axis="y", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)


def find_parts(numbers: pd.DataFrame, tally_id: str) -> list[tuple[str, pd.DataFrame]]:
    """Parts of a tally, with their rows."""
    inside = numbers[(numbers["root"] == tally_id) & (numbers["tally_id"] != tally_id)]
    return list(inside.groupby("tally_id", sort=False))


def _inches(axes: Axes, chart: Chart) -> float:
    return axes.get_position().width * chart.get_figwidth()


def _runs(bounds: pd.DataFrame) -> list[tuple[int, int, float, float, bool]]:
    """Stretches of days with the same bounds: first day, day after the last, bounds, derived."""
    columns = bounds[["cumulative_low", "cumulative_high", "derived"]].astype("object")
    columns = columns.where(columns.notna(), -1)
    apart = bounds["date"].diff() > pd.Timedelta(days=1)
    number = ((columns != columns.shift()).any(axis=1) | apart).cumsum()
    runs = []
    for _, days in bounds.groupby(number):
        first = days.iloc[0]
        high = np.nan if pd.isna(first.cumulative_high) else float(first.cumulative_high)
        start = day_number(first.date)
        runs.append((start, start + len(days), float(first.cumulative_low), high, first.derived))
    return runs


def draw_stairs(
    axes: Axes, bounds: pd.DataFrame, look: dict, line: str | None, reach: float
) -> None:
    """A step a day: the certain below, the possible up to the upper bound, open where none is."""
    if bounds.empty:
        return
    exact = line or look["edgecolor"]
    if line is None:
        exact = look["facecolor"]
    for start, stop, low, high, derived in _runs(bounds):
        top = reach if np.isnan(high) else high
        edge = {"edgecolor": line or "none", "linewidth": 0.5 if line else 0}
        if np.isnan(high):
            edge = {"linewidth": 0}
        fill = look | ({} if np.isnan(high) or line is None else edge) | {"linewidth": 0}
        axes.fill_between([start, stop], low, top, **fill)
        if line and not np.isnan(high):
            axes.plot([start, stop], [high, high], color=line, linewidth=0.5)
        if low == high or (np.isnan(high) and low > 0 and line):
            style = (0, (1, 0.8)) if derived else "-"
            axes.plot(
                [start, stop],
                [low, low],
                color=exact,
                linewidth=2.4,
                linestyle=style,
                solid_capstyle="butt",
                dash_capstyle="butt",
                zorder=2.5 if line else 2,
            )
        if line and np.isnan(high):
            up_arrow(axes, (start + stop) / 2, low, reach, line)


def _open_part(axes: Axes, bounds: pd.DataFrame, line: str, reach: float) -> None:
    """At least so many of a part: a line and a short arrow, as its whole is open there as well."""
    runs = [run for run in _runs(bounds) if run[2] > 0]
    for start, stop, low, _, _ in runs:
        axes.plot([start, stop], [low, low], color=line, linewidth=1.2, solid_capstyle="butt")
    for start, stop, low, _, _ in runs[-1:]:
        look = {"arrowstyle": "->", "color": line, "linewidth": 0.9, "mutation_scale": 6}
        ends = ((start + stop) / 2, low + 0.08 * reach), ((start + stop) / 2, low)
        axes.annotate("", *ends, arrowprops=look | {"shrinkA": 0, "shrinkB": 0})


def up_arrow(axes: Axes, at: float, low: float, reach: float, line: str) -> None:
    """An arrow from a count to the top of the panel: at least."""
    foot = max(low + 0.02 * reach, 0.8 * reach)
    look = {"arrowstyle": "->", "color": line, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (at, reach), (at, foot), arrowprops=look)


def _range_label(axes: Axes, chart: Chart, bounds: pd.DataFrame) -> None:
    """The widest open question of a band, in words, where there is room for them."""
    open_runs = [run for run in _runs(bounds) if run[2] != run[3]]
    if not open_runs:
        return
    start, stop, low, high, _ = max(open_runs, key=lambda run: run[1] - run[0])
    text = words.count(int(low), None if np.isnan(high) else int(high), chart.language)
    first, last = sorted(axes.get_xlim())
    room = _inches(axes, chart) * (stop - start) / (last - first)
    tall = (axes.get_ylim()[1] if np.isnan(high) else high) - low
    if text_width(chart, text, 7.5) + 0.1 > room or tall < 0.25 * axes.get_ylim()[1]:
        return
    axes.text(
        (start + stop) / 2,
        low + 0.6 * tall,
        text,
        ha="center",
        va="center",
        size=7.5,
        bbox=theme.plate(),
    )
