"""The axis of days, and windows over it.

The first day and the last are always named, between them as many as have room.
"""

import datetime
from collections.abc import Iterator
from itertools import pairwise, product
from typing import NamedTuple

import pandas as pd

from analysis.charts import style as theme
from analysis.charts.sheet import SMALL, Paper, leading, text_width
from analysis.charts.years import label_years
from analysis.language.locales import Locale

_EPOCH = pd.Timestamp("1970-01-01")
_APART = 0.08
Ticks = list[tuple[datetime.date, str]]


def day_number(date: datetime.date) -> int:
    """Days since 1 January 1970: where the day starts on an axis."""
    return (pd.Timestamp(date) - _EPOCH).days


class Days(NamedTuple):
    """Days (since 1970) from the ``first`` to before ``stop``, at ``x``, ``wide`` inches."""

    first: int
    stop: int
    x: float
    wide: float

    @property
    def day(self) -> float:
        """Inches that a day takes."""
        return self.wide / (self.stop - self.first)

    def at(self, day: float) -> float:
        """Where a day begins; a day beyond an end is at that end."""
        return self.x + (min(max(day, self.first), self.stop) - self.first) * self.day


def days_between(first: pd.Timestamp, last: pd.Timestamp, x: float, wide: float) -> Days:
    """The axis from a first to a last day."""
    return Days(day_number(first), day_number(last) + 1, x, wide)


def draw_days(paper: Paper, days: Days, bands: list[tuple[float, float]]) -> None:
    """Labels from ``top`` down, and light lines over ``bands`` (from, to) where they begin.

    Where names of months would leave no room for days beside them, they stand below these.
    """
    dates = [date_of(day) for day in range(days.first, days.stop)]
    if _has_room_below(paper, days, dates):
        _label_in_two_rows(paper, days, bands, dates)
    else:
        paper.top += leading(SMALL) * (label_days(paper, days, bands) - 1)
    end_axis(paper, days.x)


def _has_room_below(paper: Paper, days: Days, dates: list[datetime.date]) -> bool:
    """Whether every day has room for its number, but not for its month beside it."""
    locale, years = paper.locale, dates[0].year != dates[-1].year
    numbers = max(text_width(locale("day", number=date.day), SMALL) for date in dates)
    ends = [locale.day(date, years, short=True) for date in (dates[0], dates[-1])]
    named = max(text_width(text, SMALL) for text in ends)
    beside = (named + numbers) / 2 + _APART
    return len(dates) > 2 and numbers + 0.03 <= days.day < beside


def _label_in_two_rows(
    paper: Paper, days: Days, bands: list[tuple[float, float]], dates: list[datetime.date]
) -> None:
    """Every day's number in its middle; below the month of the first, the last and each new one."""
    locale, years, placed = paper.locale, dates[0].year != dates[-1].year, []
    tall, y = leading(SMALL), paper.top + 0.03 + leading(SMALL) / 2
    for at, date in enumerate(dates):
        middle = days.at(days.first + at + 0.5)
        look = {"side": "middle", "colour": theme.GREY}
        paper.write(middle, y, locale("day", number=date.day), SMALL, **look)
        for band in bands:
            ends = [days.at(days.first + at)] * 2
            paper.line(ends, band, colour=theme.LIGHT, thick=0.5, zorder=0.5)
    for band in bands:
        paper.line([days.at(days.stop)] * 2, band, colour=theme.LIGHT, thick=0.5, zorder=0.5)
    named = [date for date in dates[1:-1] if date.day == 1]
    for date in (dates[0], dates[-1], *named):
        month = locale.short_month(date)
        text = locale("month of year", month=month, year=str(date.year)) if years else month
        wide, middle = text_width(text, SMALL), days.at(day_number(date) + 0.5)
        start = min(max(middle - wide / 2, paper.left), paper.left + paper.across - wide)
        if all(are_apart((start, start + wide), other) for other in placed):
            paper.write(start, y + tall, text, SMALL, colour=theme.GREY)
            placed.append((start, start + wide))
    paper.top += tall


def label_days(
    paper: Paper, days: Days, bands: list[tuple[float, float]], years: bool | None = None
) -> int:
    """The labels and lines of some days; with ``years`` the first and the last have theirs.

    Where years between them have no room they stand in a row of their own. Gives how many rows.
    """
    first, last = date_of(days.first), date_of(days.stop - 1)
    years = first.year != last.year if years is None else years
    shown, begun = _fitting(paper, days, years), []
    named = {text for _, (_, text) in shown}
    if years and {str(year) for year in range(first.year + 1, last.year)} - named:
        january = [datetime.date(year, 1, 1) for year in range(first.year, last.year + 1)]
        begun = [days.at(day_number(date)) for date in january]
        label_years(paper, dict(zip(begun, range(first.year, last.year + 1), strict=True)))
        shown = _fitting(paper, days, False)
    middle = paper.top + 0.03 + leading(SMALL) / 2
    for (start, _), (_, text) in shown:
        paper.write(start, middle, text, SMALL, colour=theme.GREY)
    starts = {days.at(day_number(date)) for _, (date, _) in shown} | {days.at(days.stop), *begun}
    for at, band in product(sorted(starts), bands):
        paper.line([at, at], band, colour=theme.LIGHT, thick=0.5, zorder=0.5)
    return 2 if begun else 1


def _fitting(paper: Paper, days: Days, years: bool) -> list[tuple[tuple[float, float], tuple]]:
    """The labels of the first day and the last, and of as many between as have room."""
    dates, locale = [*dict.fromkeys([date_of(days.first), date_of(days.stop - 1)])], paper.locale
    ends = [(date, locale.day(date, years, short=True)) for date in dates]
    single = days.day >= 0.1
    placed = [_place(paper, days, each, single) for each in ends]
    if len(placed) > 1 and placed[0][1] + _APART > placed[1][0]:  # no room for both months
        ends[0] = ends[0][0], str(dates[0].day)
        placed[0] = _place(paper, days, ends[0], single)
    shown = [*zip(placed, ends, strict=True)]
    for ticks in _choices(dates[0], dates[-1], locale, years):
        spans = [(_place(paper, days, each, single), each) for each in ticks]
        free = [
            (span, each)
            for span, each in spans
            if each[0] not in dates and all(are_apart(span, end) for end in placed)
        ]
        free = _with_months(paper, days, free, ends, single)
        free = [each for each in free if all(are_apart(each[0], end) for end in placed)]
        if all(one[1] + _APART <= other[0] for (one, _), (other, _) in pairwise(free)):
            return [*shown, *free]
    return shown


def _with_months(paper: Paper, days: Days, free: list, ends: Ticks, single: bool) -> list:
    """Labels between the ends, each number of a day having its month where none before has it."""
    month, named = ends[0][0].month, []
    for span, (date, text) in free:
        if text == str(date.day) and date.month != month:
            tick = date, paper.locale.day(date, year=False, short=True)
            named.append((_place(paper, days, tick, single), tick))
        else:
            named.append((span, (date, text)))
        month = date.month
    return named


def end_axis(paper: Paper, x: float) -> None:
    """Below the labels; where lines are read from the right also which way time goes."""
    paper.top += 0.05 + leading(SMALL)
    if paper.locale.right_to_left:  # newspapers differ in it
        place = x, paper.top + leading(SMALL) / 2
        paper.write(*place, paper.locale("time"), SMALL, colour=theme.GREY)
        paper.top += leading(SMALL)


def _place(paper: Paper, days: Days, tick: tuple, single: bool) -> tuple[float, float]:
    """Where a label begins and ends: under its day, or from where its day begins."""
    date, wide = tick[0], text_width(tick[1], SMALL)
    start = days.at(day_number(date))
    if single:
        start += days.day / 2 - wide / 2
    elif date == date_of(days.stop - 1):
        start = days.at(days.stop) - wide
    right = min(paper.left + paper.across, days.at(days.stop) + 0.04) - wide  # names stand behind
    start = min(max(start, paper.left), right)
    return start, start + wide


def are_apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two labels have room between them."""
    return one[1] + _APART <= other[0] or other[1] + _APART <= one[0]


def _choices(
    first: datetime.date, last: datetime.date, locale: Locale, years: bool
) -> Iterator[Ticks]:
    """Which days could be labelled between the ends, from all to a few."""
    dates = [*pd.date_range(first, last).date]
    for step in (1, 2, 7) if len(dates) <= 62 else ():
        yield [
            (date, locale.day(date, year=False, short=True) if date.day == 1 else str(date.day))
            for date in dates[::step]
        ]
    months = [date for date in dates if date.day == 1]
    for step in (1, 2, 3, 6):
        chosen = [date for date in months if (date.month - 1) % step == 0]
        yield [
            (date, str(date.year) if years and date.month == 1 else locale.short_month(date))
            for date in chosen
        ]
    january = [date for date in months if date.month == 1]
    for step in (1, 2, 5, 10, 20, 50):
        yield [(date, str(date.year)) for date in january[::step]]


def date_of(day: int) -> datetime.date:
    """The day that is so many after 1 January 1970."""
    return (_EPOCH + pd.Timedelta(days=day)).date()


def draw_span(paper: Paper, ends: tuple[float, float], y: float, colour: str, **look) -> None:
    """A bracket over days, ``open_start`` where since when is not said."""
    start, stop = ends
    open_start = look.pop("open_start", False)
    sign = "open_start" if open_start else "window"
    paper.line([start, stop], [y, y], sign, look.pop("link", None), colour=colour, **look)
    for at in [stop] if open_start else [start, stop]:
        paper.line([at, at], [y - 0.04, y + 0.04], colour=colour, **look)
    if open_start:
        paper.arrow(start + 0.1, y, (-0.1, 0), colour, thick=0.8)


class Window(NamedTuple):
    """Days (since 1970) of a count from ``start``, which is missing where it is not said."""

    start: float
    stop: float
    link: str | None

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.stop - self.start == 1


def _ends(days: Days, window: Window) -> tuple[float, float]:
    """Where a window begins and ends; a single day has a square in its middle."""
    start = days.x if pd.isna(window.start) else days.at(window.start)
    stop, middle = days.at(window.stop), (start + days.at(window.stop)) / 2
    return (middle - 0.04, middle + 0.04) if window.is_day else (start, stop)


def draw_window(
    paper: Paper, days: Days, window: Window, y: float, colour: str, thick: float = 0.8
) -> tuple[float, float]:
    """A square for a single day, a bracket over several; gives where it begins and ends."""
    start, stop = _ends(days, window)
    if window.is_day:
        paper.box(start, y - 0.04, 0.08, 0.08, colour, "day", window.link)
    else:
        look = {"link": window.link, "thick": thick}
        ends, open_start = (start + 0.02, stop - 0.02), pd.isna(window.start)
        draw_span(paper, ends, y, colour, open_start=open_start, **look)
    return start, stop
