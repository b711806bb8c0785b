"""The figure of the casualties over time: staircases of what is certain and what is possible."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis import captions, drawn, theme, words
from analysis.charts.sheet import (
    SIDE,
    Chart,
    body_axes,
    date_axis,
    day_number,
    frame,
    key,
    key_height,
    paper_axes,
    say,
)
from analysis.dataset import Dataset


def plot_over_time(
    dataset: Dataset, language: str = "en", width: str = "page", harm: str | None = None
) -> Chart:
    """Cumulative bounds by party, as staircases: what is certain, and what is possible.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.

    Returns
    -------
    Chart
    """
    chart = Chart("over_time", language, width)
    harm = harm or drawn.main_harm(dataset)
    numbers = drawn.over_time_drawn(dataset, harm)
    telling = captions.tell_over_time(dataset, numbers, harm, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        whole = [*numbers.loc[numbers["subset_of"].isna(), "tally_id"].unique()]
        per_row = min(len(whole), 3 if width == "page" else 1)
        rows = -(-len(whole) // per_row)
        tall, gap = (1.75, 0.7) if width == "page" else (1.15, 0.68)
        samples = _time_key(numbers, language)
        foot = key_height(chart, samples) + 0.05
        body = rows * (tall + gap) + foot
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], body
        )
        across = (chart.get_figwidth() - 2 * SIDE - 0.25) / per_row
        reach = numbers[["cumulative_low", "cumulative_high"]].max().max() * 1.15
        for place, tally_id in enumerate(whole):
            row, column = divmod(place, per_row)
            box = (
                SIDE + 0.25 + column * across,
                body - (row + 1) * (tall + gap) + 0.36,
                across - 0.12,
                tall,
            )
            axes = body_axes(chart, bottom, height, box)
            _time_panel(axes, chart, dataset, numbers, tally_id, reach, first=column == 0)
        key(chart, paper_axes(chart, bottom, height, body), samples, foot - 0.05)
    return chart


def _time_panel(
    axes: Axes,
    chart: Chart,
    dataset: Dataset,
    numbers: pd.DataFrame,
    tally_id: str,
    reach: float,
    first: bool,
) -> None:
    colour = theme.party_colours(dataset.parties)[
        numbers.loc[numbers["tally_id"] == tally_id, "party_id"].iloc[0]
    ]
    labels = words.tally_labels(dataset, chart.language)
    date_axis(axes, chart, numbers["date"].min(), numbers["date"].max(), 8)
    axes.set_ylim(0, reach)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.tick_params(
        axis="y",
        length=0,
        labelleft=first and not chart.mirrored,
        labelright=first and chart.mirrored,
    )
    axes.grid(axis="y", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    own = numbers[numbers["tally_id"] == tally_id]
    wide, primary = (own[own["reading"] == name] for name in ("wide", "primary"))
    _stairs(axes, wide, theme.loose(colour), None, reach)
    _stairs(axes, primary, theme.hatched(colour), colour, reach)
    _range_label(axes, primary, chart.language)
    last = primary.iloc[-1]
    count = words.count(last.cumulative_low, last.cumulative_high, chart.language)
    axes.set_title(labels[tally_id], loc=chart.near, size=8, weight="bold", color=colour, pad=15)
    axes.text(
        0 if not chart.mirrored else 1,
        1.02,
        count,
        size=8,
        color=colour,
        ha=chart.near,
        va="bottom",
        transform=axes.transAxes,
    )
    for part, rows in numbers[numbers["subset_of"] == tally_id].groupby("tally_id", sort=False):
        inner = rows[rows["reading"] == "primary"]
        _stairs(axes, inner, theme.hatched(colour, 0.45), colour, reach)
        end = inner.iloc[-1]
        said = words.count(end.cumulative_low, end.cumulative_high, chart.language)
        text = words.phrase("of them", chart.language, label=labels[part], count=said)
        top = inner[["cumulative_low", "cumulative_high"]].max().max()  # no high: "at least"
        first, last = (day_number(inner["date"].iloc[place]) for place in (0, -1))
        late = first > day_number(numbers["date"].mean())  # then there is room before it only
        axes.annotate(
            text,
            (last + 1 if late else first, top),
            xytext=(-2 if chart.mirrored != late else 2, 2),
            textcoords="offset points",
            ha=chart.far if late else chart.near,
            size=6.5,
            bbox=theme.plate(),
        )


def _stairs(axes: Axes, bounds: pd.DataFrame, look: dict, line: str | None, reach: float) -> None:
    """A step a day: the certain below, the possible up to the upper bound, open where none is."""
    if bounds.empty:
        return
    start = day_number(bounds["date"].iloc[0])
    edges = start + np.arange(len(bounds) + 1)
    low = bounds["cumulative_low"].to_numpy("float64")
    high = bounds["cumulative_high"].to_numpy("float64", na_value=np.nan)
    low, above = (
        np.append(each, each[-1]) for each in (low, np.where(np.isnan(high), reach, high))
    )
    axes.fill_between(edges, low, above, step="post", **(look | {"linewidth": 0}))
    if line is None:
        return
    axes.fill_between(
        edges, low, above, step="post", facecolor="none", edgecolor=line, linewidth=0.5
    )
    for edge, least, most in zip(edges, low, high, strict=False):
        if least == most or (np.isnan(most) and least > 0):
            axes.plot(
                [edge, edge + 1], [least, least], color=line, linewidth=2.4, solid_capstyle="butt"
            )
        if np.isnan(most):
            axes.annotate(
                "",
                (edge + 0.5, reach),
                (edge + 0.5, reach * 0.9),
                arrowprops={
                    "arrowstyle": "->",
                    "color": line,
                    "linewidth": 0.8,
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )


def _range_label(axes: Axes, bounds: pd.DataFrame, language: str) -> None:
    """The widest open question of a band, in words, where there is room for them."""
    low, high = bounds["cumulative_low"], bounds["cumulative_high"]
    run = ((low != low.shift()) | (high != high.shift())).fillna(value=True).cumsum()
    days = bounds.groupby(run).filter(lambda rows: len(rows) >= 3 and (rows["high"].notna().all()))
    if days.empty or days["cumulative_low"].iloc[0] == days["cumulative_high"].iloc[0]:
        return
    first = days.iloc[0]
    length = (days["cumulative_high"] == first.cumulative_high).sum()
    axes.text(
        day_number(first.date) + length / 2,
        first.cumulative_low + 0.6 * (first.cumulative_high - first.cumulative_low),
        words.count(first.cumulative_low, first.cumulative_high, language),
        ha="center",
        va="center",
        size=7.5,
        bbox=theme.plate(),
    )


def _time_key(numbers: pd.DataFrame, language: str) -> list[tuple[dict, str]]:
    grey = theme.GREY
    entries = [(theme.solid(grey), "key low"), (theme.hatched(grey), "key band")]
    if numbers["reading"].eq("wide").any():
        entries.append((theme.loose(grey), "key wide"))
    return [(look, words.phrase(name, language)) for look, name in entries]
