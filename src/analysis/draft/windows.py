"""The days that the words of a text allow, reckoned from the day it was published.

A weekday is its last one up to that day, a month all of it, "since" runs to publication. Days are
the outermost ones: "in less than a week" is the six days before publication and the day itself.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from babel import Locale

from analysis.draft.words import Text, lexicon, read_text
from analysis.language.number_words import find_numbers


class Time(NamedTuple):
    """Words of time, their first and last day, and whether they name a day rather than a span.

    Without a first day the words only say until when.
    """

    start: int
    stop: int
    first: date | None
    last: date
    day: bool
    rule: str = ""


def find_times(text: Text, published: date, language: str) -> list[Time]:
    """The words of time in a text, in its order.

    >>> text = read_text("Two died on Monday and forty since 19 June.")
    >>> [(str(each.first), str(each.last)) for each in find_times(text, date(2018, 7, 24), "en")]
    [('2018-07-23', '2018-07-23'), ('2018-06-19', '2018-07-24')]
    """
    rules = [*_rules(text, published, language)]
    points = [
        point
        for point in _points(text, published, language)
        if not any(each.start < point.stop and point.start < each.stop for each in rules)
    ]
    framed = _framed(points, text.plain, published, language)
    found: list[Time] = []
    for each in sorted([*rules, *framed]):
        if found and found[-1].rule == "overnight" and each.start - found[-1].stop < 5:
            found.pop()  # in the night from Thursday to Friday
        found.append(_in_context(each, found, published))
    return found


def _rules(text: Text, published: date, language: str) -> Iterator[Time]:
    """Words of time that need no calendar: yesterday, in the past two weeks, so far this year."""
    words = lexicon(language)
    for start, stop, rule in words.find("time", text.plain):
        said = text.plain[start:stop]
        first, last = _rule(rule, _length(said, language), published)
        yield Time(start, stop, first, last, rule in ("yesterday", "today", "ago"), rule)


def _length(said: str, language: str) -> tuple[int, bool]:
    """The days that a number of units has, and whether they are counted in hours."""
    words = lexicon(language)
    units = words.find("unit", said)
    if not units:
        return 0, False
    unit = units[-1]
    number = find_numbers(said[: unit.start] + ";" + said[unit.stop :], language) or [1]
    if unit.value == "hour":
        return -(-number[0] // 24), True
    return number[0] * int(unit.value), False


def _rule(rule: str, length: tuple[int, bool], published: date) -> tuple[date, date]:
    days, hours = length
    back = published - timedelta(days)
    monday = published - timedelta(published.weekday())
    month_end = published.replace(day=1) - timedelta(1)
    past_year = published.year - 1
    return {
        "past": (back, published),
        "less": (back + timedelta(not hours), published),
        "ago": (back, back),
        "yesterday": (published - timedelta(1),) * 2,
        "today": (published, published),
        "overnight": (published - timedelta(1), published),
        "year": (date(published.year, 1, 1), published),
        "month": (published.replace(day=1), published),
        "week": (monday, published),
        "last_week": (monday - timedelta(7), monday - timedelta(1)),
        "last_month": (month_end.replace(day=1), month_end),
        "last_year": (date(past_year, 1, 1), date(past_year, 12, 31)),
        "the_month": (month_end.replace(day=1), month_end),
        "same": (back, published),
    }[rule]


def _in_context(time: Time, earlier: list[Time], published: date) -> Time:
    """The month or period that an earlier sentence named, where the words point back to it."""
    if time.rule == "the_month":
        named = [each for each in earlier if each.rule in ("month_name", "last_month")]
    elif time.rule == "same":
        named = [each for each in earlier if not each.day]
    else:
        return time
    return time._replace(first=named[-1].first, last=named[-1].last) if named else time


@cache
def _calendar(language: str) -> tuple[re.Pattern, list[str], dict[str, int]]:
    """What matches days and months, the names of weekdays from Monday, and months by name."""
    locales = [Locale.parse(each) for each in {"ar": ("ar_SY", "ar_EG")}.get(language, (language,))]
    widths = ("wide", "abbreviated") if language == "en" else ("wide",)
    months = {
        read_text(name).plain.rstrip("."): number
        for locale in locales
        for width in widths
        for number, name in locale.months["format"][width].items()
    }
    days = [read_text(name).plain for _, name in sorted(locales[0].days["format"]["wide"].items())]
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    month = rf"(?:{month})\b(?:\s*/\s*(?:{month}))?"
    day, year = r"\d{1,2}", r"(?:19|20)\d\d\b"
    to = lexicon(language).plain_pattern("frame_to")
    before = lexicon(language).plain_pattern("year")
    forms = [
        rf"(?P<weekday>{'|'.join(days)})\b",
        r"(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)|(?P<numeric>\b\d\d?/\d\d?/(?:19|20)\d\d\b)",
        rf"(?:\b(?P<a1>{day})(?:st|nd|rd|th|er)?\s*(?:-|{to}\s*)\s*|(?<!\d))(?P<a2>{day})(?:st|nd|rd|th|er)?\s+(?:of\s+|من\s+|شهر\s+)?"
        rf"(?P<a3>{month})(?:,?\s+(?P<a4>{year}))?",
        rf"(?P<b3>{month})\.?\s+(?:(?P<b1>{day})\s*(?:-|{to}\s*)\s*)?(?P<b2>{day})(?:st|nd|rd|th)?\b(?!\s*[,.]?\d)"
        rf"(?:,?\s+(?P<b4>{year}))?",
        rf"(?P<c3>{month})(?:\s+(?P<c4>{year}))?",
        rf"(?:(?<=\s)|^)(?P<lead>{before}\s+)(?P<year>{year})",
    ]
    joined = r"(?<!\w)[وفب]?" if language == "ar" else r"(?<!\w)"
    return re.compile(f"{joined}(?:{'|'.join(forms)})"), days, months


def _points(text: Text, published: date, language: str) -> Iterator[Time]:
    """Weekdays, dates, months and years."""
    pattern, days, months = _calendar(language)
    for match in pattern.finditer(text.plain):
        name = match["weekday"] or match["a3"] or match["b3"] or match["c3"]
        first = match.start() + match[0].index(name) if name else 0
        if name and language == "en" and not text.raw[text.places[first]].isupper():
            continue  # "may" and "march" are words too
        span = _span(match, days, months, published)
        if span:
            groups = [each for each in match.re.groupindex if match[each] and each != "lead"]
            yield Time(min(map(match.start, groups)), match.end(), *span)


def _span(match: re.Match, days: list, months: dict, published: date) -> tuple | None:
    """First and last day of what was matched, whether it is a day, and what it is."""
    try:
        if match["weekday"]:
            back = (published.weekday() - days.index(match["weekday"])) % 7
            return (published - timedelta(back),) * 2 + (True, "weekday")
        if match["iso"]:
            return (date.fromisoformat(match["iso"]),) * 2 + (True, "date")
        if match["numeric"]:
            day, month, year = map(int, match["numeric"].split("/"))
            return (date(year, month, day),) * 2 + (True, "date")
        if match["year"]:
            year = int(match["year"])
            return date(year, 1, 1), date(year, 12, 31), False, "year_name"
        form = "a" if match["a3"] else "b" if match["b3"] else "c"
        month = months[re.split(r"\s*/", match[f"{form}3"])[0]]
        year = int(match[f"{form}4"] or published.year)
        if not match[f"{form}4"] and date(year, month, 1) > published:
            year -= 1
        if form == "c":
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(1), False, "month_name"
        last = _past(year, month, int(match[f"{form}2"]), published, match[f"{form}4"])
        first = last.replace(day=int(match[f"{form}1"])) if match[f"{form}1"] else last
        return first, last, first == last, "date"
    except ValueError:  # 31 June
        return None


def _past(year: int, month: int, day: int, published: date, stated: str | None) -> date:
    found = date(year, month, day)
    return found if stated or found <= published else date(year - 1, month, day)


def _framed(points: list[Time], plain: str, published: date, language: str) -> Iterator[Time]:
    """Days between two points, since one or until one; others as they are."""
    words = lexicon(language)
    filler = rf"\s*(?:{words.plain_pattern('filler')}\s+)*"

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
            last = min(following.last, published)
            first = point.first
            if first > last:  # from Thursday to Friday, from November to March
                days = 7 if point.rule == "weekday" else 365 * (first.year - last.year or 1)
                first = first - timedelta(days)
            yield Time(point.start, following.stop, first, last, False, "from")
        elif led("since", point.start):
            yield point._replace(last=published, day=False, rule="since")
        elif led("until", point.start) and not plain.startswith("'s", point.stop):
            yield point._replace(first=None, day=False, rule="until")
        else:
            late = re.match(rf"\s*{words.plain_pattern('night')}\b", plain[point.stop :])
            night = timedelta(bool(late and point.day))
            yield point._replace(last=min(point.last + night, max(point.last, published)))
