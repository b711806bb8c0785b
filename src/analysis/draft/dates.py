"""Weekdays, dates, months and years in a text, reckoned from the day it was published."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from babel import Locale

from analysis.draft.words import Text, in_plain_letters, lexicon

_YEAR = r"(?:19|20)\d\d\b"


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


class Calendar:
    """Weekdays, dates, months and years by their names in a language."""

    def __init__(self, language: str) -> None:
        self.words = lexicon(language)
        locales = [
            Locale.parse(each) for each in {"ar": ("ar_SY", "ar_EG")}.get(language, (language,))
        ]
        widths = ("wide", "abbreviated") if language == "en" else ("wide",)
        self.months = {
            in_plain_letters(name).rstrip("."): number
            for locale in locales
            for width in widths
            for number, name in locale.months["format"][width].items()
        }
        weekdays = sorted(locales[0].days["format"]["wide"].items())
        self.weekdays = [in_plain_letters(name) for _, name in weekdays]
        self.ordinals = {form: int(day) for form, day in self.words.rows.get("ordinal", ())}
        self.pattern = self._pattern()

    def _pattern(self) -> re.Pattern:
        """What matches days, months and years, joined letters of Arabic before them."""
        month = _any_of(self.months)
        month = rf"{month}\b(?:\s*/\s*{month})?"
        day = _any_of([r"\d{1,2}", *self.ordinals], escaped=True)
        to, before = (self.words.plain_pattern(kind) for kind in ("frame_to", "year"))
        weekday = "|".join(self.weekdays)
        suffix, of = r"(?:st|nd|rd|th|er)?", r"(?:of\s+|من\s+|شهر\s+)?"
        named = rf"(?:(?P<{{}}>{weekday}),?\s+)?"
        until = rf"{suffix}\s*(?:-|{to}\s*)\s*"
        forms = [
            rf"(?:{named.format('w1')}\b(?P<a1>\d{{1,2}}){until}|(?<!\d)){named.format('w2')}"
            rf"(?P<a2>{day}){suffix}\s+{of}(?P<a3>{month})(?:,?\s+(?P<a4>{_YEAR}))?",
            rf"{named.format('w3')}(?P<b3>{month})\.?\s+(?:(?P<b1>{day})\s*(?:-|{to}\s*)\s*)?"
            rf"(?P<b2>{day}){suffix}\b(?!\s*[,.]?\d)(?:,?\s+(?P<b4>{_YEAR}))?",
            rf"(?P<weekday>{weekday})\b(?!\s+عشر)",
            r"(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)|(?P<numeric>\b\d\d?/\d\d?/(?:19|20)\d\d\b)",
            rf"(?P<c3>{month})(?:\s+(?P<c4>{_YEAR}))?",
            rf"(?:(?<=\s)|^)(?P<lead>{before}\s+)(?P<year>{_YEAR})",
        ]
        joined = "[وفب]?" if self.words.language == "ar" else ""
        return re.compile(rf"(?<!\w){joined}(?:{'|'.join(forms)})")

    def points(self, text: Text, published: date) -> Iterator[Time]:
        """Weekdays, dates, months and years of a text."""
        for match in self.pattern.finditer(text.plain):
            name = match["weekday"] or match["a3"] or match["b3"] or match["c3"]
            first = match.start() + match[0].index(name) if name else 0
            if name and self.words.language == "en" and not text.raw[text.places[first]].isupper():
                continue  # "may" and "march" are words too
            try:
                span = self._span(match, published)
            except ValueError:  # 31 June
                continue
            groups = [each for each in match.re.groupindex if match[each] and each != "lead"]
            yield Time(min(map(match.start, groups)), match.end(), *span)

    def _span(self, match: re.Match, published: date) -> tuple[date, date, bool, str]:
        """First and last day of what was matched, whether it is a day, and what it is."""
        if match["weekday"]:
            back = (published.weekday() - self.weekdays.index(match["weekday"])) % 7
            day = published - timedelta(back)
            return day, day, True, "weekday"
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
            return day, day, True, "date"
        if match["numeric"]:
            number, month, year = map(int, match["numeric"].split("/"))
            day = date(year, month, number)
            return day, day, True, "date"
        if match["year"]:
            year = int(match["year"])
            return date(year, 1, 1), date(year, 12, 31), False, "year_name"
        form = "a" if match["a3"] else "b" if match["b3"] else "c"
        month, stated = self.months[re.split(r"\s*/", match[f"{form}3"])[0]], match[f"{form}4"]
        year = int(stated or published.year)
        if not stated and date(year, month, 1) > published:
            year -= 1
        if form == "c":
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(1), False, "month_name"
        begin, end = (self._day_of_month(match[f"{form}{place}"]) for place in (1, 2))
        last = date(year, month, end)
        if last > published and not stated:
            last = date(year - 1, month, end)
        first = last.replace(day=begin or end)
        return first, last, first == last, "date"

    def _day_of_month(self, words: str | None) -> int | None:
        if words is None or words.isdigit():
            return words and int(words)
        return self.ordinals[words]


def _any_of(forms: Iterable[str], escaped: bool = False) -> str:
    """What matches any of some forms, longer ones first."""
    forms = sorted(forms if escaped else map(re.escape, forms), key=len, reverse=True)
    return f"(?:{'|'.join(forms)})"


calendar_of = cache(Calendar)
"""The calendar of a language, made once."""
