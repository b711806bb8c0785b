"""The days that the words of a text allow, reckoned from the day it was published.

A weekday is its last one up to that day, a month all of it, "since" runs to publication. Days are
the outermost ones: "in less than a week" is the six days before publication and the day itself.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import zip_longest

from analysis.draft.dates import Time, calendar_of
from analysis.draft.words import Lexicon, Text
from analysis.language.number_words import find_numbers

_DAY = timedelta(1)
_DAYS_OF_THEIR_OWN = ("yesterday", "today", "ago", "same_day", "next_day")


def find_times(text: Text, published: date) -> list[Time]:
    """The words of time in a text, in its order.

    >>> from analysis.draft.words import read_text
    >>> text = read_text("Two died on Monday and forty since 19 June.", "en")
    >>> [(str(each.first), str(each.last)) for each in find_times(text, date(2018, 7, 24))]
    [('2018-07-23', '2018-07-23'), ('2018-06-19', '2018-07-24')]
    """
    rules = [*_rules(text, published)]
    points = [
        point
        for point in calendar_of(text.words.language).points(text, published)
        if not any(each.start < point.stop and point.start < each.stop for each in rules)
    ]
    framed = _framed(points, text, published)
    found: list[Time] = []
    for each in sorted([*rules, *framed]):
        if found:
            between = text.plain[found[-1].stop : each.start]
            if joined := _joined(found[-1], each, between, published, text.words):
                found.pop()
                each = joined
        if in_context := _in_context(each, found, published):
            found.append(in_context)
    return [each for each in found if each.rule not in ("up_to", "week_of")]


def _rules(text: Text, published: date) -> Iterator[Time]:
    """Words of time that need no calendar: yesterday, in the past two weeks, so far this year."""
    words = text.words
    for start, stop, rule in text.find("time"):
        stretch = text.plain[start:stop]
        if words.find("some_units", stretch) and not find_numbers(stretch, words.language):
            continue  # "in the past days" are as many as one likes
        length = _length(stretch, words)
        if rule == "less" and length[0] > 366:
            continue  # children of less than five years
        first, last = _rule(rule, length, published)
        named = re.match(r"\s+(?:of |de |من |من عام |عام )?((?:19|20)\d\d)\b", text.plain[stop:])
        if named and rule in ("half_year", "quarter"):
            stop += named.end()
            end = date(int(named[1]), *((6, 30) if rule == "half_year" else (3, 31)))
            first, last = date(end.year, 1, 1), min(end, published)
        time = Time(start, stop, first, last, rule in _DAYS_OF_THEIR_OWN, rule)
        since = text.before("frame_since", start)
        yield time._replace(last=published, day=False) if since else time


def _length(stretch: str, words: Lexicon) -> tuple[int, bool]:
    """The days that a number of units has, and whether they are counted in hours."""
    units = words.find("unit", stretch)
    if not units:
        return 0, False
    unit = units[-1]
    others = f"{stretch[: unit.start]};{stretch[unit.stop :]}"
    number = find_numbers(others, words.language) or [1]
    if unit.value == "hour":
        return -(-number[0] // 24), True
    return number[0] * int(unit.value), False


def _rule(rule: str, length: tuple[int, bool], published: date) -> tuple[date, date]:
    """First and last day of what needs no calendar; ``length`` is in days."""
    days, hours = length
    back = published - timedelta(days)
    monday = published - timedelta(published.weekday())
    sunday = published - timedelta((published.weekday() + 1) % 7)
    month_end = published.replace(day=1) - _DAY
    past_year = published.year - 1
    this_year = date(published.year, 1, 1)
    return {
        "past": (back, published),
        "less": (back + timedelta(not hours), published),
        "up_to": (back + timedelta(not hours), published),
        "ago": (back, back),
        "yesterday": (published - _DAY,) * 2,
        "before_yesterday": (published - 2 * _DAY,) * 2,
        "today": (published, published),
        "overnight": (published - _DAY, published),
        "year": (this_year, published),
        "half_year": (this_year, min(published, date(published.year, 6, 30))),
        "quarter": (this_year, min(published, date(published.year, 3, 31))),
        "month": (published.replace(day=1), published),
        "week": (monday, published),
        "weekend": (sunday - _DAY, sunday),
        "last_week": (monday - timedelta(7), monday - _DAY),
        "last_month": (month_end.replace(day=1), month_end),
        "last_year": (date(past_year, 1, 1), date(past_year, 12, 31)),
        "the_month": (month_end.replace(day=1), month_end),
    }.get(rule, (back, published))


def _joined(before: Time, time: Time, between: str, published: date, words: Lexicon) -> Time | None:
    """Two times that say one together: overnight into Friday, in the month of May."""
    if len(between) >= 10 or re.search(r"[\d;]", between):
        return None
    linked = not re.sub(rf"{words.plain_pattern('filler')}|[-\s]", "", between)
    if before.rule == "overnight" and time.first:
        into = time.day and words.find("frame_to", between)
        first = time.first - _DAY * bool(into)
        last = min(time.last + _DAY * bool(time.day and not into), published)
        return time._replace(start=before.start, first=first, last=last, day=False)
    if before.rule == "up_to" and time.day:
        return before._replace(
            stop=time.stop, first=time.last - (before.last - before.first), last=time.last, rule=""
        )
    months = ("past", "month", "the_month"), ("month_name", "since")
    if before.rule in months[0] and time.rule in months[1] and linked:
        last = published if before.rule == "month" else time.last
        return time._replace(start=before.start, last=last)
    if before.rule == "week_of" and time.day:
        return before._replace(
            stop=time.stop, first=time.first, last=min(time.first + 6 * _DAY, published), rule=""
        )
    if before.day and time.rule == "weekday" and not between.strip():
        return time._replace(start=before.start)  # yesterday, Tuesday
    to = rf"\s*{words.plain_pattern('frame_to')}\s*(?:{words.plain_pattern('filler')}\s+)*"
    if before.rule == time.rule == "month_name" and re.fullmatch(to, between):
        return before._replace(stop=time.stop, last=time.last)
    return None


def _in_context(time: Time, earlier: list[Time], published: date) -> Time | None:
    """The month or period that an earlier sentence named, where the words point back to it."""
    if time.rule == "the_month":
        named = [each for each in earlier if each.rule in ("month_name", "last_month")]
    elif time.rule == "same":
        named = [each for each in earlier if not each.day]
    elif time.rule in ("same_day", "next_day"):
        named = [each for each in earlier if each.day]
        if not named:
            return None
        day = min(named[-1].last + _DAY * (time.rule == "next_day"), published)
        return time._replace(first=day, last=day)
    else:
        return time
    return time._replace(first=named[-1].first, last=named[-1].last) if named else time


def _framed(points: list[Time], text: Text, published: date) -> Iterator[Time]:
    """Days between two points, since one or until one; others as they are."""
    words, plain = text.words, text.plain
    filler = rf"\s*(?:{words.plain_pattern('filler')}[\s-]+)*"

    def led(frame: str, start: int) -> bool:
        event = rf"(?:(?:\w+\s+){{0,4}}{words.plain_pattern('began')}\s+)?" * (frame == "since")
        pattern = rf"{words.edge}{words.plain_pattern('frame_' + frame)}\s{event}{filler}$"
        return re.search(pattern, plain[max(0, start - 50) : start]) is not None

    taken = None
    for point, following in zip_longest(points, points[1:]):
        if point is taken:
            continue
        between = plain[point.stop : following.start] if following else ";"
        led_from = led("from", point.start)
        to = rf"\s*-?\s*{words.plain_pattern('frame_to')}{'?' * led_from}{filler}"
        days = following and point.day and following.day
        if following and (led_from or days) and re.fullmatch(to, between):
            taken = following
            yield _from_to(point, following, published)
        elif led("since", point.start):
            yield point._replace(last=published, day=False, rule="since")
        elif led("until", point.start) and not plain.startswith("'s", point.stop):
            yield point._replace(first=None, day=False, rule="until")
        else:
            late = re.match(rf"\s*{words.plain_pattern('night')}\b", plain[point.stop :])
            night = timedelta(bool(late and point.day))
            yield point._replace(last=min(point.last + night, max(point.last, published)))


def _from_to(point: Time, following: Time, published: date) -> Time:
    """The days from one point to another: from Thursday to Friday, from November to March."""
    first, last = point.first, min(following.last, published)
    if first > last:
        days = 7 if point.rule == "weekday" else 365 * (first.year - last.year or 1)
        first -= timedelta(days)
    return Time(point.start, following.stop, first, last, False, "from")
