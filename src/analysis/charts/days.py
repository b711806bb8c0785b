"""The axis of days, months or years, and windows over it.

The first and the last are always named, between them as many as have room.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.charts import style as theme
from analysis.charts.sheet import SMALL, Paper, leading, text_width
from analysis.language.locales import Locale

_EPOCH = pd.Timestamp("1970-01-01")
_APART = 0.08
_MANY = 100
"""Of more windows in a row none can be pointed at."""
Bands = list[tuple[float, float]]
"""From where to where (inches from the top) light lines run over panels."""


def day_number(date: datetime.date) -> int:
    """Days since 1 January 1970: where the day starts on an axis."""
    return (pd.Timestamp(date) - _EPOCH).days


def date_of(day: int) -> datetime.date:
    """The day that is so many after 1 January 1970."""
    return (_EPOCH + pd.Timedelta(days=day)).date()


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

    @property
    def ends(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day."""
        return date_of(self.first), date_of(self.stop - 1)

    def at(self, day: float) -> float:
        """Where a day begins; a day beyond an end is at that end."""
        return self.x + (min(max(day, self.first), self.stop) - self.first) * self.day


class Label(NamedTuple):
    """A text of an axis from ``start`` on (inches), about the time that begins with ``date``."""

    start: float
    text: str
    date: datetime.date | None = None

    @property
    def stop(self) -> float:
        """Where it ends."""
        return self.start + text_width(self.text, SMALL)

    def is_apart(self, others: Iterable["Label"]) -> bool:
        """Whether there is room between it and each of the others."""
        return all(
            self.stop + _APART <= each.start or each.stop + _APART <= self.start for each in others
        )


def days_between(first: pd.Timestamp, last: pd.Timestamp, x: float, wide: float) -> Days:
    """The axis from a first to a last day."""
    return Days(day_number(first), day_number(last) + 1, x, wide)


def centred(
    paper: Paper, text: str, middle: float, date: datetime.date | None = None, left: float = 0
) -> Label:
    """A label below the ``middle`` of what it names, as far inside as needed."""
    wide = text_width(text, SMALL)
    least, most = max(paper.left, left), paper.left + paper.across - wide
    return Label(min(max(middle - wide / 2, least), most), text, date)


def write_free(paper: Paper, labels: Iterable[Label], y: float) -> None:
    """Labels in a row at ``y``: the first, and each that has room beside those before."""
    written: list[Label] = []
    for label in labels:
        if label.is_apart(written):
            paper.write(label.start, y, label.text, SMALL, colour=theme.GREY)
            written.append(label)


def draw_days(paper: Paper, days: Days, bands: Bands) -> None:
    """Labels from ``top`` down, and light lines over ``bands`` where they begin.

    Where names of months would leave no room for days beside them, they stand below these.
    """
    if _has_room_below(paper, days):
        _label_in_two_rows(paper, days, bands)
    else:
        paper.top += leading(SMALL) * (label_days(paper, days, bands) - 1)
    end_axis(paper, days.x)


def end_axis(paper: Paper, x: float, name: str = "time") -> None:
    """Below the labels; where lines are read from the right also which way days, months go."""
    paper.top += 0.05 + leading(SMALL)
    if paper.locale.right_to_left:  # newspapers differ in it
        place = x, paper.top + leading(SMALL) / 2
        paper.write(*place, paper.locale(name), SMALL, colour=theme.GREY)
        paper.top += leading(SMALL)


def _draw_edges(paper: Paper, edges: Iterable[float], bands: Bands) -> None:
    for edge, band in product(edges, bands):
        paper.line([edge, edge], band, colour=theme.LIGHT, thick=0.5, zorder=0.5)


def _has_room_below(paper: Paper, days: Days) -> bool:
    """Whether every day has room for its number, but not for its month beside it."""
    locale, (first, last) = paper.locale, days.ends
    dates = pd.date_range(first, last)
    numbers = max(text_width(locale("day", number=day), SMALL) for day in {*dates.day})
    ends = [locale.day(date, first.year != last.year, short=True) for date in (first, last)]
    beside = (max(text_width(text, SMALL) for text in ends) + numbers) / 2 + _APART
    return len(dates) > 2 and numbers + 0.03 <= days.day < beside


def _label_in_two_rows(paper: Paper, days: Days, bands: Bands) -> None:
    """Every day's number in its middle; below the month of the first, the last and each new one."""
    locale, (first, last) = paper.locale, days.ends
    y = paper.top + 0.03 + leading(SMALL) / 2
    for day in range(days.first, days.stop):
        look = {"side": "middle", "colour": theme.GREY}
        text = locale("day", number=date_of(day).day)
        paper.write(days.at(day + 0.5), y, text, SMALL, **look)
    _draw_edges(paper, map(days.at, range(days.first, days.stop + 1)), bands)
    begun = [date for date in pd.date_range(first, last).date[1:-1] if date.day == 1]
    labels = []
    for date in (first, last, *begun):
        text = locale.short_month(date)
        if first.year != last.year:
            text = locale("month of year", month=text, year=str(date.year))
        labels.append(centred(paper, text, days.at(day_number(date) + 0.5)))
    write_free(paper, labels, y + leading(SMALL))
    paper.top += leading(SMALL)


def label_days(paper: Paper, days: Days, bands: Bands, years: bool | None = None) -> int:
    """The labels and lines of some days; with ``years`` the first and the last have theirs.

    Where years between them have no room they stand in a row of their own. Gives how many rows.
    """
    first, last = days.ends
    years = first.year != last.year if years is None else years
    labels, january = _day_labels(paper, days, years), []
    named = {label.text for label in labels}
    if years and {str(year) for year in range(first.year + 1, last.year)} - named:
        january = [datetime.date(year, 1, 1) for year in range(first.year, last.year + 1)]
        _label_years(paper, days, january)
        labels = _day_labels(paper, days, False)
    y = paper.top + 0.03 + leading(SMALL) / 2
    for label in labels:
        paper.write(label.start, y, label.text, SMALL, colour=theme.GREY)
    starts = [label.date for label in labels] + january
    edges = {days.at(day_number(date)) for date in starts} | {days.at(days.stop)}
    _draw_edges(paper, sorted(edges), bands)
    return 2 if january else 1


def _label_years(paper: Paper, days: Days, january: list[datetime.date]) -> None:
    """Years in a second row from where each begins: the ends, and as many between as have room.

    A first one that is short gives way towards the margin.
    """
    labels = []
    for date in january:
        text, x = str(date.year), days.at(day_number(date))
        start = min(x, paper.left + paper.across - text_width(text, SMALL))
        labels.append(Label(start, text, date))
    first, *between, last = labels
    if between:
        room = days.at(day_number(between[0].date)) - _APART - text_width(first.text, SMALL)
        first = first._replace(start=max(min(first.start, room), paper.left))
    write_free(paper, (first, last, *between), paper.top + 0.03 + 1.5 * leading(SMALL))


def _day_labels(paper: Paper, days: Days, years: bool) -> list[Label]:
    """The labels of the first day and the last, and of as many between as have room."""
    dates, locale = [*dict.fromkeys(days.ends)], paper.locale
    ends = [_below_day(paper, days, date, locale.day(date, years, short=True)) for date in dates]
    if len(ends) > 1 and ends[0].stop + _APART > ends[1].start:  # no room for both months
        ends[0] = _below_day(paper, days, dates[0], str(dates[0].day))
    return _fitting(ends, _choices(paper, days, ends, years))


def _fitting(ends: list[Label], choices: Iterable[list[Label]]) -> list[Label]:
    """The ends, and the first choice of labels between them that have room beside each other."""
    for labels in choices:
        free = [label for label in labels if label.is_apart(ends)]
        if all(one.stop + _APART <= other.start for one, other in pairwise(free)):
            return [*ends, *free]
    return ends


def _below_day(paper: Paper, days: Days, date: datetime.date, text: str) -> Label:
    """A label under its day, or from where its day begins."""
    wide, start = text_width(text, SMALL), days.at(day_number(date))
    if days.day >= 0.1:
        start += days.day / 2 - wide / 2
    elif date == days.ends[1]:
        start = days.at(days.stop) - wide
    right = min(paper.left + paper.across, days.at(days.stop) + 0.04) - wide  # names stand behind
    return Label(min(max(start, paper.left), right), text, date)


def _choices(paper: Paper, days: Days, ends: list[Label], years: bool) -> Iterator[list[Label]]:
    """Which days could be labelled between the ends, from all to a few."""
    locale, dates = paper.locale, pd.date_range(*days.ends).date
    months = [date for date in dates if date.day == 1]
    january = [date for date in months if date.month == 1]
    for step in (1, 2, 7) if len(dates) <= 62 else ():
        yield _numbers_of_days(paper, days, dates[::step], ends)
    for step in (1, 2, 3, 6):
        labels = []
        for date in [date for date in months if (date.month - 1) % step == 0]:
            text = str(date.year) if years and date.month == 1 else locale.short_month(date)
            labels.append(_below_day(paper, days, date, text))
        yield labels
    for step in (1, 2, 5, 10, 20, 50):
        yield [_below_day(paper, days, date, str(date.year)) for date in january[::step]]


def _numbers_of_days(
    paper: Paper, days: Days, dates: Iterable[datetime.date], ends: list[Label]
) -> list[Label]:
    """Numbers of days between the ends, each with its month where none before has it."""
    month, labels = ends[0].date.month, []
    for date in dates:
        is_new = date.day == 1 or date.month != month
        text = paper.locale.day(date, year=False, short=True) if is_new else str(date.day)
        label = _below_day(paper, days, date, text)
        if label.is_apart(ends):
            labels.append(label)
            month = date.month
    return labels


def draw_periods(paper: Paper, days: Days, bands: Bands, months: bool = False) -> None:
    """Years, or months, below their middle: the ends, and as many between as have room.

    Where months are of several years the ends have theirs, and a January stands for its own.
    """
    periods = pd.period_range(*days.ends, freq="M" if months else "Y")
    labels = []
    for period in periods:
        middle = (day_number(period.start_time) + day_number((period + 1).start_time)) / 2
        text = _name_of(period, periods, paper.locale) if months else str(period.year)
        labels.append(centred(paper, text, days.at(middle), period.start_time))
    first, last = labels[0], labels[-1]
    ends = [last, first] if last.is_apart([first]) else [first]
    shown = _fitting(ends, _choices_of_periods(labels[1:-1], ends, months))
    for label in shown:
        y = paper.top + 0.03 + leading(SMALL) / 2
        paper.write(label.start, y, label.text, SMALL, colour=theme.GREY)
    _draw_edges(paper, [days.at(day_number(label.date)) for label in shown], bands)
    end_axis(paper, days.x, "time months" if months else "time years")


def _name_of(month: pd.Period, months: pd.PeriodIndex, locale: Locale) -> str:
    """A month, with its year at the ends of several years; a January between them is its year."""
    name, several = locale.short_month(month.start_time), months[0].year != months[-1].year
    if several and month in (months[0], months[-1]):
        return locale("month of year", month=name, year=str(month.year))
    return str(month.year) if month.month == 1 and month.year != months[0].year else name


def _choices_of_periods(
    labels: list[Label], ends: list[Label], months: bool
) -> Iterator[list[Label]]:
    """Which periods could be labelled between the ends: all, or in steps that divide a year."""
    if all(label.is_apart(ends) for label in labels):
        yield labels
    for step in (2, 3, 6, 12) if months else (2, 5, 10, 20, 50):
        numbers = [
            12 * label.date.year + label.date.month - 1 if months else label.date.year
            for label in labels
        ]
        yield [label for label, number in zip(labels, numbers, strict=True) if number % step == 0]


def draw_spans(
    paper: Paper, spans: Iterable[tuple[float, float]], y: float, colour: str, **look
) -> None:
    """Brackets from one place to another, ``open_start`` where since when is not said."""
    open_start = look.pop("open_start", False)
    sign, link = "open_start" if open_start else "window", look.pop("link", None)
    points: list[tuple[float, float]] = []
    for start, stop in spans:
        stroke = [(start, y), (stop, y), (stop, y - 0.04), (stop, y + 0.04)]
        if not open_start:
            stroke = [(start, y - 0.04), (start, y + 0.04), *stroke]
        points += [*stroke, (np.nan, np.nan)]
    xs, ys = zip(*points[:-1], strict=True)
    paper.line(xs, ys, sign, link, colour=colour, **look)
    if open_start:
        paper.arrow(min(xs) + 0.1, y, (-0.1, 0), colour, thick=0.8)


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
    return (middle - 0.04, middle + 0.04) if window.is_day else (start + 0.02, stop - 0.02)


def draw_windows(
    paper: Paper, days: Days, windows: Sequence[Window], y: float, colour: str, thick: float = 0.8
) -> None:
    """A square for each single day and a bracket over several, each leading to its words.

    Of very many, which lie on one another, all are drawn as one and lead nowhere.
    """
    together = [windows] if len(windows) > _MANY else [[each] for each in windows]
    for some in together:
        link = some[0].link if len(some) == 1 else None
        _draw_as_one(paper, days, some, y, colour, link=link, thick=thick)


def _draw_as_one(
    paper: Paper, days: Days, windows: Sequence[Window], y: float, colour: str, **look
) -> None:
    """Windows in three pieces at most: single days, those with a first day, those without."""
    upper, lower = y - 0.04, y + 0.04
    singles = [_ends(days, each) for each in windows if each.is_day]
    if singles:
        corners = [[(a, upper), (b, upper), (b, lower), (a, lower)] for a, b in singles]
        paper.shapes(corners, colour, "day", look["link"])
    longer = [each for each in windows if not each.is_day]
    for is_open in (False, True):
        spans = [_ends(days, each) for each in longer if pd.isna(each.start) == is_open]
        if spans:
            draw_spans(paper, spans, y, colour, open_start=is_open, **look)
