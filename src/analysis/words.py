"""What figures say, made from numbers: counts, dates, names, titles' parts, in both languages.

Phrases come from :mod:`analysis.phrases`, terms from :mod:`analysis.vocabulary`, names of parties
and tallies from the dataset.
"""

import datetime
from collections.abc import Collection
from dataclasses import replace

import pandas as pd
from babel.dates import format_date

from analysis import phrases, vocabulary
from analysis.dataset import Dataset
from analysis.links import origin
from analysis.statements import counting

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


def label(rows: pd.DataFrame, name: str, language: str) -> str:
    """Name of the party or tally ``name``: its label, else that of the other language, else itself.

    ``rows`` is ``parties`` or ``tallies`` with its identifier as index.
    """
    row = rows.loc[name]
    labels = [row[f"label_{each}"] for each in (language, *LANGUAGES)]
    return next((text for text in labels if pd.notna(text)), name)


def source(name: str, language: str, missing: str = "no source") -> str:
    """Who counted, in the short form; ``missing`` is the phrase where nobody is named.

    >>> source("SOHR", "ar"), source(None, "en"), source(None, "en", "unnamed source")
    ('المرصد', 'no source named', 'an unnamed source')
    """
    if pd.isna(name):
        return phrase(missing, language)
    return term(vocabulary.SHORT_SOURCES, name, language)


def tally_labels(dataset: Dataset, language: str, sourced: bool = True) -> dict[str, str]:
    """Shown name of every tally: its label, else that of its party.

    The source stands behind it where several sources count people of the same harm, unless
    ``sourced`` is false.
    """
    tallies = dataset.tallies.set_index("tally_id")
    parties = dataset.parties.set_index("party_id")
    whole = {name: None if pd.isna(of) else of for name, of in tallies["subset_of"].items()}
    root = tallies.index.map(lambda name: origin(name, whole))
    stated = dataset.events.loc[counting(dataset.events), "tally_id"].unique()
    told = root.isin([origin(name, whole) for name in stated if name in whole])
    sources = tallies[told].groupby("harm")["source_original"].unique()
    labels = {}
    for tally_id, row in tallies.iterrows():
        named = pd.notna(row["label_en"]) or pd.notna(row["label_ar"])
        rows, name = (tallies, tally_id) if named else (parties, row["party_id"])
        labels[tally_id] = label(rows, name, language)
        if sourced and len(sources.get(row["harm"], [])) > 1:
            cited = source(row["source_original"], language)
            labels[tally_id] = phrase("windowed", language, count=labels[tally_id], window=cited)
    return labels


def shown_labels(dataset: Dataset, tallies: Collection[str], language: str) -> dict[str, str]:
    """Names of the tallies of a figure, with the source only where the figure has several."""
    shown = dataset.tallies[dataset.tallies["tally_id"].isin(tallies)]
    return tally_labels(replace(dataset, tallies=shown), language)


def join(parts: list[str], language: str, between: str = "clauses") -> str:
    """Parts of a sentence, one after the other."""
    return phrase(between, language).join(parts)


def source_names(dataset: Dataset, tally_ids: list[str], language: str) -> list[str]:
    """Full names of those who counted the tallies shown, as far as they are named."""
    tallies = dataset.tallies[dataset.tallies["tally_id"].isin(tally_ids)]
    named = tallies["source_original"].dropna().unique()
    return [term(vocabulary.SOURCES, name, language) for name in named]


def source_line(dataset: Dataset, tally_ids: list[str], language: str) -> str:
    """Who counted, who published it and when, for the tallies shown, and up to which day."""
    tallies = dataset.tallies[dataset.tallies["tally_id"].isin(tally_ids)]
    counted = dataset.events[counting(dataset.events)]
    counted = counted[counted["tally_id"].isin(tally_ids)]
    reports = dataset.reports[dataset.reports["report_id"].isin(counted["report_id"])]
    cited = source_names(dataset, tally_ids, language)
    labels = tally_labels(dataset, language, sourced=False)
    without = tallies.loc[tallies["source_original"].isna(), "tally_id"].map(labels).unique()
    if len(without):
        cited.append(phrase("uncited", language, labels=join([*without], language, "list")))
    parts = {"sources": join(cited, language)}
    first, last = reports["source_date"].min(), reports["source_date"].max()
    parts["date"] = window(first, last, language)
    parts["known"] = ""
    if dataset.as_of is not None:
        parts["known"] = phrase("as published", language, date=day(dataset.as_of, language))
    if len(reports) > 1:
        return phrase("sources", language, number=len(reports), **parts)
    offices = reports["source_office"].dropna()
    office = phrase("office", language, office=offices.iloc[0]) if len(offices) else ""
    return phrase("source", language, office=office, **parts)
