"""Every number of a text, with the word that qualifies it: at least, more than, up to, about.

Numbers and number words are found by :mod:`analysis.language.number_words`. A number that cannot
be a count of people by its form (a date, a share, an age, a telephone) says why.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.draft.dates import Time
from analysis.draft.words import Lexicon, Text, count_words
from analysis.language.number_words import find_numbers, place_numbers

_MILLIONS = re.compile(r"\b(\d+)[.,٫](\d+)\s+(?:millions?|مليون)\b")
_OTHER = re.compile(r"\b\d{1,2}\s?h(?:\s?\d\d)?\b|\b\d{2,4}-\d{3,5}(?:-\d+)?\b|\+\d[\d -]{6,}\d")
_RANGE = re.compile(r"(?<=\d)\s?-\s?(?=\d)")
_DIGITS = re.compile(r"\d+(?:[.,:٫٬/-]\d+)*")
_BETWEEN = ("between", "entre", "بين", "ما بين")


class Number(NamedTuple):
    """A number: where it stands and, ``begin`` to ``end``, with its qualifier; all that it says.

    ``values`` are persons, two for a range. ``reason`` says why it is no count of people.
    """

    start: int
    stop: int
    values: tuple[int, ...]
    qualifier: str = "exact"
    begin: int = 0
    end: int = 0
    reason: str = ""

    @property
    def count(self) -> str:
        """The count as tables have it."""
        if self.qualifier == "between":
            return f"{self.values[0]} to {self.values[1]}"
        number = str(self.values[0])
        return number if self.qualifier == "exact" else f"{self.qualifier} {number}"


def find_qualified(text: Text, times: list[Time]) -> list[Number]:
    """The numbers of a text in its order; those of days and times with the reason.

    >>> from analysis.draft.words import read_text
    >>> text = read_text("At least 43 died, between 20 and 25 are missing.", "en")
    >>> [each.count for each in find_qualified(text, [])]
    ['at least 43', '20 to 25']
    """
    masked, words = text.plain, text.words
    for start, stop, *_ in times:
        masked = _masked(masked, start, stop)
    for other in _OTHER.finditer(masked):
        masked = _masked(masked, *other.span())
    for share in words.find("share", masked):
        sign = "%".ljust(share.stop - share.start, ";")
        masked = masked[: share.start] + sign + masked[share.stop :]
    placed = sorted(_placed(masked, words))
    placed = sorted([*placed, *_ones_in_lists(placed, masked, words)])
    numbers = _ranged(placed, text)
    numbers = sorted([*numbers, *_no_counts(numbers, masked, text, times)])
    starts = [*(each.start for each in numbers[1:]), len(text.plain) + 99]
    ends = [0, *(each.stop for each in numbers)]
    return [
        _qualified(last, number, following, text)
        for last, number, following in zip(ends, numbers, starts, strict=False)
    ]


def _no_counts(found: list[Number], masked: str, text: Text, times: list[Time]) -> Iterator[Number]:
    """What else looks like a number, with the reason why it is none of people."""
    plain = text.plain
    taken = {at for each in found for at in range(each.start, each.stop)}
    spans = {match.span(): _by_form(masked, plain, match) for match in _DIGITS.finditer(plain)}
    for mark in text.find("vague"):
        spans[mark.start, mark.stop] = "no number"
    for time in times:
        for _, start, stop in place_numbers(plain[time.start : time.stop], text.words.language):
            if not re.search(r"\d", plain[time.start + start : time.start + stop]):
                spans[time.start + start, time.start + stop] = "a date or a time"
    for (start, stop), reason in spans.items():
        if taken.isdisjoint(range(start, stop)):
            yield Number(start, stop, (), reason=reason)


def _masked(plain: str, start: int, stop: int) -> str:
    return plain[:start] + ";" * (stop - start) + plain[stop:]


def _placed(plain: str, words: Lexicon) -> Iterator[Number]:
    """Numbers as digits or words, dozens and decimal millions."""
    special = []
    for start, stop, value in words.find("dozen", plain):
        qualifier = "about" if value[0] == "~" else "exact"
        special.append(Number(start, stop, (int(value.lstrip("~")),), qualifier))
        plain = _masked(plain, start, stop)
    for start, stop, _ in words.find("one", plain):
        start += re.search(r"\b(?:une?|واحد)\b.*$", plain[start:stop]).start()
        special.append(Number(start, stop, (1,)))
        plain = _masked(plain, start, stop)
    for match in _MILLIONS.finditer(plain):
        value = round(float(f"{match[1]}.{match[2]}") * 10**6)
        special.append(Number(*match.span(), (value,)))
        plain = _masked(plain, *match.span())
    yield from special
    plain = _RANGE.sub(lambda dash: " ; "[: len(dash[0])].rjust(len(dash[0]), ";"), plain)
    last = 0
    for value, start, stop in place_numbers(plain, words.language):
        if last and value == 2 and not plain[last:start].strip():  # an Arabic dual, and "two"
            continue
        first, last = _trimmed(plain, value, start, stop, words.language)
        yield Number(first, last, (value,))


def _ones_in_lists(found: list[Number], plain: str, words: Lexicon) -> Iterator[Number]:
    """The articles that end a list of people counted: "quatre hommes et un enfant"."""

    def names_people(stretch: str) -> bool:
        return words.opens("group", stretch) or words.opens("harm", stretch)

    for start, stop, _ in words.find("one_in_list", plain):
        before = max((each.stop for each in found if each.start < stop), default=None)
        if before is not None and before <= start and names_people(plain[stop : stop + 30]):
            item = plain[before:start]
            if names_people(item) and count_words(item) <= 3 and not re.search("[.!?;:]", item):
                yield Number(start + plain[start:stop].rindex("un"), stop, (1,))


def _trimmed(plain: str, value: int, start: int, stop: int, language: str) -> tuple[int, int]:
    """A number without signs around it and without the letters that Arabic joins to it."""
    inside = re.search(r"\w(?:.*\w)?", plain[start:stop], re.DOTALL)
    start, stop = start + inside.start(), start + inside.end()
    digits = re.match(r"[^\W\d]+(?=\d)", plain[start:stop])
    if digits:
        return start + digits.end(), stop
    while "-" in plain[start:stop]:  # a 300-strong group
        shorter = start + plain[start:stop].rindex("-")
        if find_numbers(plain[start:shorter], language) != [value]:
            break
        stop = shorter
    joined = plain[start] in "وف" and not plain.startswith(("واحد", "فرد"), start)
    if joined and find_numbers(plain[start + 1 : stop], language) == [value]:
        start += 1
    return start, stop


def _by_form(masked: str, plain: str, match: re.Match) -> str:
    """Why digits are no count by their form."""
    before, after = plain[: match.start()][-2:], masked[match.end() :][:12]
    if masked[match.start()] == ";":
        return "a date, a time or a telephone number"
    if re.match(r"\s?[%٪]", after):
        return "a share"
    if ":" in match[0] or re.match(r"\s?h\b", after):
        return "a time"
    if re.match(r"-(?:year|ans)", after):
        return "an age"
    return "part of a name" if re.search(r"[^\W\d]-?$", before) else "not a whole number"


def _ranged(found: list[Number], text: Text) -> list[Number]:
    """Two numbers that are the ends of one count, as one."""
    plain, joined = text.plain, []
    forms = [[*map(str.strip, form.split("{n}")[:2])] for form, _ in text.words.rows["between"]]
    for each in found:
        last = joined[-1] if joined else None
        if last and _is_range(last, each, plain, forms, text.find("toll", 0, last.start)):
            lead = max((lead for lead, _ in forms if _led(plain, last, lead)), key=len)
            begin = plain.rindex(lead, 0, last.start) if lead else last.start
            values = (last.values[0], each.values[0])
            joined[-1] = Number(last.start, each.stop, values, "between", begin, each.stop)
        else:
            joined.append(each)
    return joined


def _is_range(last: Number, each: Number, plain: str, forms: list, tolls: list) -> bool:
    """Whether the words around two numbers make one count of them; no toll rose from one to two."""
    between = plain[last.stop : each.start].strip()
    if len(last.values) != 1 or len(each.values) != 1 or last.values >= each.values:
        return False
    rose = tolls and not re.search("[.!?]", plain[tolls[-1].stop : last.start])
    if re.search(r"\bby\s$", plain[: last.start]):  # the toll rose by five to 32
        return False
    leads = [lead for lead, middle in forms if middle == between and _led(plain, last, lead)]
    return any(lead in _BETWEEN or not rose for lead in leads)


def _led(plain: str, number: Number, lead: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(lead)}\s*$", plain[: number.start]) is not None


def _qualified(last: int, number: Number, following: int, text: Text) -> Number:
    """A number with the qualifier before or after it."""
    if number.qualifier == "between" or not number.values:
        return number._replace(begin=number.begin or number.start, end=number.stop)
    words = text.words
    number = number._replace(begin=number.start, end=number.stop)
    before = text.before("before", number.start, last)
    if before:
        return number._replace(qualifier=before.value, begin=before.start)
    pattern = rf"\+|-plus\b|\s*(?:[^\W\d]+\s+){{0,2}}?(?:{words.pattern('after')})(?!\w)"
    after = re.match(pattern, text.plain[number.stop :])
    if after and following > number.stop + after.end() + 1:
        value = words.value("after", after) if after.lastgroup else "at least"
        return number._replace(qualifier=value, end=number.stop + after.end())
    return number
