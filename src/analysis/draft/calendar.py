"""Weekdays, dates, months and years in a text, reckoned from the day it was published."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from babel import Locale

from analysis.draft.words import LANGUAGES, Text, lexicon, read_text


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
    ordinals = "|".join(sorted(_ordinals(language), key=len, reverse=True))
    day = rf"(?:\d{{1,2}}{'|' * bool(ordinals)}{ordinals})"
    year = r"(?:19|20)\d\d\b"
    to = lexicon(language).plain_pattern("frame_to")
    before = lexicon(language).plain_pattern("year")
    weekday = "|".join(days)
    suffix, of = r"(?:st|nd|rd|th|er)?", r"(?:of\s+|من\s+|شهر\s+)?"
    named = rf"(?:(?P<{{}}>{weekday}),?\s+)?"
    until = rf"{suffix}\s*(?:-|{to}\s*)\s*"
    forms = [
        rf"(?:{named.format('w1')}\b(?P<a1>\d{{1,2}}){until}|(?<!\d)){named.format('w2')}"
        rf"(?P<a2>{day}){suffix}\s+{of}(?P<a3>{month})(?:,?\s+(?P<a4>{year}))?",
        rf"{named.format('w3')}(?P<b3>{month})\.?\s+(?:(?P<b1>{day})\s*(?:-|{to}\s*)\s*)?"
        rf"(?P<b2>{day}){suffix}\b(?!\s*[,.]?\d)(?:,?\s+(?P<b4>{year}))?",
        rf"(?P<weekday>{weekday})\b(?!\s+عشر)",
        r"(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)|(?P<numeric>\b\d\d?/\d\d?/(?:19|20)\d\d\b)",
        rf"(?P<c3>{month})(?:\s+(?P<c4>{year}))?",
        rf"(?:(?<=\s)|^)(?P<lead>{before}\s+)(?P<year>{year})",
    ]
    joined = r"(?<!\w)[وفب]?" if language == "ar" else r"(?<!\w)"
    return re.compile(f"{joined}(?:{'|'.join(forms)})"), days, months


@cache
def _ordinals(language: str) -> dict[str, int]:
    """The days of a month as ordinals in words: "the third of June"."""
    forms = lexicon(language).rows.get("ordinal", ())
    return {form: int(value) for form, value in forms}


def _number(said: str | None) -> int | None:
    if said is None or said.isdigit():
        return said and int(said)
    return next(_ordinals(code)[said] for code in LANGUAGES if said in _ordinals(code))


def find_points(text: Text, published: date, language: str) -> Iterator[Time]:
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
        days_of_month = [_number(match[f"{form}{place}"]) for place in (1, 2)]
        last = _past(year, month, days_of_month[1], published, match[f"{form}4"])
        first = last.replace(day=days_of_month[0]) if days_of_month[0] else last
        return first, last, first == last, "date"
    except ValueError:  # 31 June
        return None


def _past(year: int, month: int, day: int, published: date, stated: str | None) -> date:
    found = date(year, month, day)
    return found if stated or found <= published else date(year - 1, month, day)
