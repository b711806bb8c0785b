"""Axes of days: as many days, months or years labelled as there is room for."""

import datetime
from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.sheet import Chart, text_width
from analysis.language.languages import Language

_EPOCH = pd.Timestamp("1970-01-01")


def day_number(date: pd.Timestamp) -> int:
    """Days since 1 January 1970: where the day starts on a date axis."""
    return (date - _EPOCH).days


def date_axis(axes: Axes, chart: Chart, first: pd.Timestamp, last: pd.Timestamp) -> list[float]:
    """A day is the space between two numbers; as many are labelled as there is room for.

    Long stretches are labelled at the beginnings of months or years instead. Returns where the
    labelled days, months or years begin (days since 1970).
    """
    start, stop = day_number(first), day_number(last) + 1
    axes.set_xlim((stop, start) if chart.mirrored else (start, stop))
    room = axes.get_position().width * chart.get_figwidth()
    dates = [*pd.date_range(first, last).date]
    for chosen in _tick_choices(dates):
        if len(chosen) > 1 and 0.1 * len(chosen) > room:  # not even a digit each
            continue
        labels = _date_labels(chosen, chart.say)
        lines = {line for text in labels for line in text.split("\n")}
        widest = max(text_width(chart, line, 7) for line in lines)
        if len(chosen) == 1 or (widest + 0.06) * len(chosen) <= room:
            break
    ticks = [day_number(pd.Timestamp(date)) for date in chosen]
    single = len(chosen) == len(dates)
    places = [tick + 0.5 for tick in ticks] if single else ticks
    axes.set_xticks(places, labels, ha="center" if single else chart.near)
    axes.tick_params(axis="x", length=0)
    return ticks


def axis_room(chart: Chart, first: pd.Timestamp, last: pd.Timestamp) -> float:
    """Height of the labels of a date axis, in inches."""
    lines = 2 + chart.mirrored + (first.year != last.year)
    return 0.14 * lines + 0.06


def _tick_choices(dates: list[datetime.date]) -> Iterator[list[datetime.date]]:
    """Which days could be labelled, from all to a few."""
    yield dates
    for step in (2, 7):
        if len(dates) <= 62:
            yield dates[::step]
    months = [date for date in dates if date.day == 1]
    for step in (1, 2, 3, 6):
        yield [date for date in months if (date.month - 1) % step == 0] or dates[:1]
    years = [date for date in months if date.month == 1]
    for step in (1, 2, 5, 10):
        yield years[::step] or dates[:1]
    yield dates[:1]


def _date_labels(dates: list[datetime.date], say: Language) -> list[str]:
    """Day numbers, month below where it begins, year below where there are several."""
    days = any(date.day != 1 for date in dates) or len(dates) == 1
    years = dates[0].year != dates[-1].year
    labels, before = [], None
    for date in dates:
        lines = [str(date.day)] * days
        fresh = before is None or (date.month, date.year) != (before.month, before.year)
        names = say.month(date).split("/")
        lines += names if fresh else [" "] * len(names)
        if years:
            lines.append(str(date.year) if before is None or date.year != before.year else " ")
        labels.append("\n".join(lines))
        before = date
    return labels
