"""The figure of the casualties over time: staircases of what is certain and what is possible."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis import captions, drawn, theme, words
from analysis.charts.dates import axis_room, date_axis, day_number
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    body_axes,
    broken,
    frame,
    key,
    key_height,
    paper_axes,
    say,
    text_width,
    write_lines,
)
from analysis.dataset import Dataset
from analysis.totals import totals


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
    summed = totals(dataset).query("harm == @harm")
    telling = captions.tell_over_time(dataset, numbers, summed, harm, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        numbers = drawn.with_root(numbers)
        primary = numbers[numbers["reading"] == "primary"]
        whole = [*primary.loc[primary["root"] == primary["tally_id"], "tally_id"].unique()]
        per_row = min(len(whole), 3 if width == "page" else 1)
        rows = -(-len(whole) // per_row)
        tall, gap = (1.75, 0.06) if width == "page" else (1.15, 0.06)
        heads = {tally_id: _head(dataset, numbers, tally_id, language) for tally_id in whole}
        gap += (below := axis_room(chart, numbers["date"].min(), numbers["date"].max()))
        samples = _time_key(numbers, language)
        foot = key_height(chart, samples) + 0.05
        highest = numbers[["cumulative_low", "cumulative_high"]].max().max()
        reach = max(highest, 1) * 1.15
        room = text_width(chart, f"{reach:,.0f}", 7) + 0.08
        across = (chart.get_figwidth() - 2 * SIDE - room) / per_row
        heads = {name: broken(chart, head, across - 0.12) for name, head in heads.items()}
        gap += max(sum(line.tall for line in head) for head in heads.values()) + 0.06
        body = rows * (tall + gap) + foot
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], body
        )
        paper = paper_axes(chart, bottom, height, body)
        for place, tally_id in enumerate(whole):
            row, column = divmod(place, per_row)
            box = (
                SIDE + room + column * across,
                body - (row + 1) * (tall + gap) + below,
                across - 0.12,
                tall,
            )
            axes = body_axes(chart, bottom, height, box)
            _time_panel(axes, chart, dataset, numbers, tally_id, reach, first=column == 0)
            head = heads[tally_id]
            top = box[1] + tall + sum(line.tall for line in head) + 0.06
            write_lines(paper, chart, head, box[0], top)
        key(chart, paper, samples, foot - 0.05)
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
    date_axis(axes, chart, numbers["date"].min(), numbers["date"].max())
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
    _range_label(axes, chart, primary)
    for _, rows in _parts(numbers, tally_id):
        inner = rows[rows["reading"] == "primary"]
        _stairs(axes, inner, theme.hatched(colour, 0.45), colour, reach)


def _head(dataset: Dataset, numbers: pd.DataFrame, tally_id: str, language: str) -> list[Line]:
    """Name, count by the last day, and those of the parts."""
    labels = words.tally_labels(dataset, language)
    last = numbers[numbers["reading"] == "primary"].groupby("tally_id").tail(1)
    last = last.set_index("tally_id")
    colour = theme.party_colours(dataset.parties)[last.loc[tally_id, "party_id"]]

    def count(name: str) -> str:
        row = last.loc[name]
        return words.count(row.cumulative_low, row.cumulative_high, language)

    parts = [
        Line(words.phrase("of them", language, label=labels[part], count=count(part)), 6.5)
        for part, _ in _parts(numbers, tally_id)
        if part in last.index
    ]
    return [
        Line(labels[tally_id], 8, "bold", colour),
        Line(count(tally_id), 8, "normal", colour),
        *parts,
    ]


def _parts(numbers: pd.DataFrame, tally_id: str) -> list[tuple[str, pd.DataFrame]]:
    inside = numbers[(numbers["root"] == tally_id) & (numbers["tally_id"] != tally_id)]
    return list(inside.groupby("tally_id", sort=False))


def _inches(axes: Axes, chart: Chart) -> float:
    return axes.get_position().width * chart.get_figwidth()


def _runs(bounds: pd.DataFrame) -> list[tuple[int, int, float, float, bool]]:
    """Stretches of days with the same bounds: first day, day after the last, bounds, derived."""
    columns = bounds[["cumulative_low", "cumulative_high", "derived"]].astype("object")
    columns = columns.where(columns.notna(), -1)
    number = (columns != columns.shift()).any(axis=1).cumsum()
    runs = []
    for _, days in bounds.groupby(number):
        first = days.iloc[0]
        high = np.nan if pd.isna(first.cumulative_high) else float(first.cumulative_high)
        start = day_number(first.date)
        runs.append((start, start + len(days), float(first.cumulative_low), high, first.derived))
    return runs


def _stairs(axes: Axes, bounds: pd.DataFrame, look: dict, line: str | None, reach: float) -> None:
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
            _up_arrow(axes, (start + stop) / 2, low, reach, line)


def _up_arrow(axes: Axes, at: float, low: float, reach: float, line: str) -> None:
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


def _time_key(numbers: pd.DataFrame, language: str) -> list[tuple[dict, str]]:
    grey = theme.GREY
    entries = [(theme.solid(grey), "key low"), (theme.hatched(grey), "key band")]
    if numbers["derived"].any():
        entries.append((theme.dotted(grey), "key derived"))
    bounds = ["tally_id", "date", "cumulative_low", "cumulative_high"]
    if not numbers.duplicated(bounds, keep=False).all():
        entries.append((theme.loose(grey), "key wide"))
    return [(look, words.phrase(name, language)) for look, name in entries]
