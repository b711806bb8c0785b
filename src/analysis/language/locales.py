"""A language: its messages, terms, counts, days and lists.

Messages stand in a catalogue a language (``en.po``, ``ar.po``, …), found by a key that says what
they are for; terms such as a harm or a source by their kind, the context, and their name in
datasets. What differs by language besides its words is in the catalogue too (how a day and a date
are written, what stands between two numbers, spaces that may not break), or in CLDR: plural forms,
names of months, the sign between thousands, the direction. Digits are Western in all of them.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import cache
from gettext import c2py
from importlib.resources import files
from numbers import Integral

import babel
import pandas as pd
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po

from analysis import LANGUAGES

_OTHERS = "".join(map(chr, range(32, 127))) + "\u200f\u2068\u2069"
"""Letters of every language: those of names and numbers, and signs of direction."""
_BREAK = re.compile(r"(?<!\d) (?!\([A-Z]{2}|[12]\d{3}(?!\d))")

_NESTED = re.compile(r"\(([^()]*?)\s*\(([^()]*)\)")


@cache
def locale_of(code: str) -> "Locale":
    """The language with a code, always the same object; ValueError where there is none."""
    if code not in LANGUAGES:
        raise ValueError(f"language is {code!r}; languages are {', '.join(LANGUAGES)}")
    return Locale(code)


class Locale:
    """A language, written in ``letters`` and a ``direction``; get one with :func:`locale_of`.

    Called with the key of a message, it gives the message with its gaps filled:

    >>> english, arabic = locale_of("en"), locale_of("ar")
    >>> english("at least", low=43)
    'at least 43'
    """

    def __init__(self, code: str) -> None:
        self.code = code
        cldr = babel.Locale.parse(code)
        self.direction = cldr.text_direction
        self.right_to_left = self.direction == "rtl"
        self._thousands = cldr.number_symbols["latn"]["group"]
        with files("analysis.language").joinpath(f"{code}.po").open("rb") as lines:
            catalogue = read_po(lines, locale=code, abort_invalid=True)
        self._plural = c2py(catalogue.plural_expr)
        self._messages = {}
        for each in (each for each in catalogue if each.id):
            name = each.id[0] if each.pluralizable else each.id
            self._messages[each.context, name] = each.string
        written = map("".join, self._messages.values())  # of plural forms, all
        months = [_month(number, self("months")) for number in range(1, 13)]
        self.letters = frozenset("".join([*written, *months, _OTHERS]))
        self._terms: dict[str, dict[str, str]] = {}

    def with_terms(self, terms: pd.DataFrame) -> "Locale":
        """The language with the terms of a dataset (its table ``terms``), which go first."""
        if terms.empty:
            return self
        locale = copy(self)
        own = {name: row.dropna().to_dict() for name, row in terms.set_index("term").iterrows()}
        locale._terms = self._terms | own
        return locale

    def __call__(self, message: str, /, **parts: object) -> str:
        """A message with its gaps filled; one with plural forms agrees with its ``number``."""
        written = self._messages[None, message]
        if isinstance(written, tuple):
            written = written[self._plural(int(parts["number"]))]
        numbers = {name: part for name, part in parts.items() if isinstance(part, Integral)}
        parts |= {name: self.number(part) for name, part in numbers.items()}
        return self._unnested(written.format(**parts))

    def _unnested(self, text: str) -> str:
        """Brackets in or behind brackets as items of a list: (civilians, bombardment)."""
        between = self._messages[None, "list"]
        text = text.replace(") (", between)
        while (inner := _NESTED.search(text)) is not None:
            items = between.join(filter(None, inner.groups()))
            text = f"{text[: inner.start()]}({items}{text[inner.end() :]}"
        return text

    def number(self, number: int) -> str:
        """A whole number, its thousands set apart.

        >>> locale_of("en").number(1234)
        '1,234'
        """
        return f"{number:,}".replace(",", self._thousands)

    def people(self, harm: str, low: int, high: int | None) -> str:
        """So many people harmed, the noun in the form that goes with their number.

        >>> people = locale_of("en").people
        >>> people("killed", 1, 1), people("killed", 145, None), people("killed", 43, 86)
        ('1 person killed', 'at least 145 people killed', '43 to 86 people killed')
        """
        if not self.has_forms(harm):
            return self("people harmed", count=self.count(low, high), harm=self.term("harm", harm))
        if pd.isna(high) or low in (0, high):
            return self._within(low, high, lambda number: self(f"people {harm}", number=number))
        forms = self._messages[None, f"people {harm}"]
        form = forms[self._plural(int(high))]
        if "{number}" not in form:  # as where two are a dual
            form = forms[self._plural(3)]
        return form.format(number=self("range", low=int(low), high=int(high)))

    def has_forms(self, name: str) -> bool:
        """Whether the noun for people of a harm or group has forms that go with a number."""
        return (None, f"people {name}") in self._messages

    def term(self, kind: str, name: str) -> str:
        """A term of a kind, such as "harm" or "source"; one that is not known, as it is.

        >>> locale_of("en").term("harm", "injured"), locale_of("en").term("harm", "abducted")
        ('injured', 'abducted')
        """
        written = self._terms.get(name, {})
        forms = ["short", "label"] if kind == "short source" else ["label"]
        own, *others = ([f"{form}_{code}" for form in forms] for code in (self.code, *LANGUAGES))
        found = [*map(written.get, own), self._messages.get((kind, name))]
        found += [written.get(column) for columns in others for column in columns]
        return self.apart(next(filter(None, found), name))

    def label(self, row: Mapping[str, str], name: str) -> str:
        """The label in a row of a table; in another language where it has none, else ``name``."""
        labels = [row.get(f"label_{code}") for code in (self.code, *LANGUAGES)]
        return self.apart(next(filter(pd.notna, [*labels, name])))

    def apart(self, text: str) -> str:
        """A text of the other direction, isolated so that its brackets and numbers stay with it.

        Source: Unicode Bidirectional Algorithm (https://unicode.org/reports/tr9/#Isolates).
        """
        ways = {unicodedata.bidirectional(sign) for sign in text}
        own, other = ({"R", "AL"}, {"L"}) if self.right_to_left else ({"L"}, {"R", "AL"})
        foreign = ways & other and not ways & own and text[0] != "\u2068"
        return f"\u2068{text}\u2069" if foreign else text

    def knows(self, kind: str, name: str) -> bool:
        """Whether the term has a name in this language, of the dataset or the catalogue."""
        own = f"label_{self.code}" in self._terms.get(name, {})
        return own or (kind, name) in self._messages

    def count(self, low: int, high: int | None) -> str:
        """A count in words (persons); a missing high is "at least".

        >>> count = locale_of("en").count
        >>> count(41, 41), count(43, None), count(0, 37), count(0, None)
        ('41', 'at least 43', 'at most 37', 'not stated')
        """
        return self._within(low, high, self.number)

    def _within(self, low: int, high: int | None, worded: Callable[[int], str]) -> str:
        """A count whose numbers are worded in some way."""
        if pd.isna(high):
            return self("at least", low=worded(int(low))) if low else self("not stated")
        if low == high:
            return worded(int(low))
        ends = {"low": worded(int(low)), "high": worded(int(high))}
        return self("range" if low else "at most", **ends)

    def day(self, date: datetime.date, year: bool = True, short: bool = False) -> str:
        """A date, with or without its year; a short one has one name of its month, for an axis.

        >>> locale_of("ar").day(datetime.date(2018, 7, 24), year=False)
        '24 تموز/يوليو'
        """
        day = self("day", number=date.day)
        month = self.short_month(date) if short else self.month(date)
        parts = {"day": day, "month": month, "year": str(date.year)}
        return self("date" if year else "date without year", **parts)

    def short_month(self, date: datetime.date) -> str:
        """One name of a month, for an axis."""
        return self.month(date).split("/")[0]

    def month(self, date: datetime.date) -> str:
        """Name of a date's month; both names where newspapers differ, as in Arabic."""
        return _month(date.month, self("months"))

    def window(self, start: datetime.date, end: datetime.date, year: bool = True) -> str:
        """The days from ``start`` to ``end``; up to ``end`` where no first day is given.

        >>> locale_of("en").window(datetime.date(2018, 7, 18), datetime.date(2018, 7, 23))
        '18 to 23 July 2018'
        """
        last = self.day(end, year)
        if pd.isna(start):
            return self("up to", date=last)
        if start == end:
            return last
        if (start.year, start.month) == (end.year, end.month):
            return self("days", first=self("day", number=start.day), last=last)
        return self("days", first=self.day(start, year and start.year != end.year), last=last)

    def source(self, name: str, missing: str = "no source") -> str:
        """Who counted, in the short form; ``missing`` is the message where nobody is named."""
        return self(missing) if pd.isna(name) else self.term("short source", name)

    def join(self, parts: Iterable[str], between: str = "clauses") -> str:
        """Parts of a sentence one after the other, as "clauses" or as a "list"."""
        return self(between).join(parts)

    def line(self, text: str) -> str:
        """A line that stands by itself: where it is not the script that says so, a mark does."""
        begins = unicodedata.bidirectional(text[:1] or " ") in ("R", "AL")
        marked = self.right_to_left and not begins and re.search(r"[^\d,]", text)
        return f"\u200f{text}" if marked else text

    def listed(self, items: Iterable[str]) -> str:
        """A list in a sentence, as CLDR joins its last two.

        >>> locale_of("en").listed(["11 children", "10 women"])
        '11 children and 10 women'
        """
        return format_list([*items], locale=self.code)

    @staticmethod
    def capital(text: str) -> str:
        """A text with its first letter as a sentence begins."""
        return text[:1].upper() + text[1:]


def pieces(text: str) -> list[str]:
    """The parts of a text between which a line may break.

    A number stays with the word after it, an acronym in brackets with the name before, a year with
    its month; what else may not break has no-break spaces in the catalogue.

    >>> pieces("11 children, the Observatory (SOHR) said")
    ['11 children,', 'the', 'Observatory (SOHR)', 'said']
    """
    return _BREAK.split(text)


@cache
def _month(number: int, locales: str) -> str:
    day = datetime.date(2018, number, 1)
    return "/".join(format_date(day, "LLLL", locale=locale) for locale in locales.split("/"))
