"""What figures say, made from numbers: counts, dates, names, titles' parts, in both languages.

Phrases come from :mod:`analysis.language.phrases`, terms from :mod:`analysis.language.vocabulary`, names of parties
and tallies from the dataset.
"""

import datetime

import pandas as pd
from babel.dates import format_date

from analysis.language import phrases, vocabulary

LANGUAGES = ("en", "ar")


def phrase(name: str, language: str, **parts: object) -> str:
    """A phrase of the vocabulary with its gaps filled.

    >>> phrase("at least", "en", low=43)
    'at least 43'
    """
    return phrases.PHRASES[name][language].format(**parts)


def term(vocabulary_of: dict[str, vocabulary.Both], name: str, language: str) -> str:
    """A term in a language; one that the vocabulary lacks is shown as it is.

    >>> term(vocabulary.HARMS, "injured", "en"), term(vocabulary.HARMS, "abducted", "en")
    ('injured', 'abducted')
    """
    return vocabulary_of.get(name, {}).get(language, name)


def harm_word(harm: str, language: str) -> str:
    """What happened to people, as figures say it.

    >>> harm_word("killed", "en")
    'killed'
    """
    return term(vocabulary.HARMS, harm, language)


def reason(name: str, language: str) -> str:
    """A reason of the ledger, as figures say it."""
    return term(vocabulary.REASONS, name, language)


def count(low: int, high: int | None, language: str) -> str:
    """A count in words (persons); a missing high is "at least".

    >>> count(41, 41, "en"), count(43, None, "en"), count(0, 37, "en"), count(0, None, "en")
    ('41', 'at least 43', '0 to 37', 'not stated')
    """
    if pd.isna(high) and low == 0:
        return phrase("not stated", language)
    if pd.isna(high):
        return phrase("at least", language, low=f"{low:,}")
    if low == high:
        return f"{low:,}"
    return phrase("range", language, low=f"{low:,}", high=f"{high:,}")


def day(date: datetime.date, language: str, year: bool = True) -> str:
    """A date; Arabic months in the Levantine way with the other name beside it.

    >>> day(datetime.date(2018, 7, 24), "en"), day(datetime.date(2018, 7, 24), "ar", year=False)
    ('24 July 2018', '24 تموز/يوليو')
    """
    written = f"{date.day} {month(date, language)}"
    return f"{written} {date.year}" if year else written


def month(date: datetime.date, language: str) -> str:
    """Name of a month.

    >>> month(datetime.date(2018, 6, 1), "ar")
    'حزيران/يونيو'
    """
    locales = {"en": ["en_GB"], "ar": ["ar_SY", "ar_EG"]}[language]
    return "/".join(format_date(date, "LLLL", locale=locale) for locale in locales)


def window(start: datetime.date, end: datetime.date, language: str, year: bool = True) -> str:
    """The days from ``start`` to ``end``; up to ``end`` where no first day is given.

    >>> import datetime
    >>> window(datetime.date(2018, 7, 18), datetime.date(2018, 7, 23), "en")
    '18 to 23 July 2018'
    """
    if pd.isna(start):
        return phrase("up to", language, date=day(end, language, year))
    if start == end:
        return day(end, language, year)
    same_year = start.year == end.year
    whole = day(start, language, year=year and not same_year)
    first = str(start.day) if same_year and start.month == end.month else whole
    return phrase("days", language, first=first, last=day(end, language, year))


def source(name: str, language: str, missing: str = "no source") -> str:
    """Who counted, in the short form; ``missing`` is the phrase where nobody is named.

    >>> source("SOHR", "ar"), source(None, "en"), source(None, "en", "unnamed source")
    ('المرصد', 'no source named', 'an unnamed source')
    """
    if pd.isna(name):
        return phrase(missing, language)
    return term(vocabulary.SHORT_SOURCES, name, language)


def join(parts: list[str], language: str, between: str = "clauses") -> str:
    """Parts of a sentence, one after the other."""
    return phrase(between, language).join(parts)
