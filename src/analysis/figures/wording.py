"""Counts, those counted and who counted, as they stand in a title or beside a number."""

import pandas as pd

from analysis.data.counts import ascii_digits
from analysis.data.dataset import Dataset, cached
from analysis.data.statements import standing
from analysis.figures import naming
from analysis.language.locales import Locale


def quoted(row, locale: Locale, short: bool = False) -> str:
    """A count as its page says it: more than 60, not at least 61; a ``short`` one is 61+.

    ``row`` has ``stated`` (the page's words), ``low`` and ``high``.
    """
    digits = int("".join(filter(str.isdecimal, ascii_digits(str(row.stated)))) or 0)
    if short and pd.isna(row.high):
        return locale("open short", low=int(row.low))
    if pd.isna(row.high) and digits == row.low - 1:
        return locale("more than", low=digits)
    if row.low == 0 and pd.notna(row.high) and digits == row.high + 1:
        return locale("fewer than", high=digits)
    return locale.count(row.low, row.high)


def count(dataset: Dataset, row, locale: Locale) -> str:
    """A row's count as its page says it, where its tally has one statement of just this number.

    ``row`` has ``tally_id``, ``low`` and ``high``.
    """
    texts = _stated_texts(dataset).get(
        (row.tally_id, row.low, row.high if pd.notna(row.high) else 0)
    )
    if texts is None:
        return locale.count(row.low, row.high)
    return quoted(pd.Series({"stated": texts, "low": row.low, "high": row.high}), locale)


@cached
def _stated_texts(dataset: Dataset) -> dict[tuple, str]:
    """Words of each count that still stands, by its tally and ends."""
    rows = dataset.events[standing(dataset)]
    keys = zip(rows["tally_id"], rows["low"], rows["high"].fillna(0), strict=True)
    return dict(zip(keys, rows["count"], strict=True))


def source(name: object, locale: Locale) -> str:
    """Who counted, in the short form."""
    return locale("unnamed source") if pd.isna(name) else locale.source(name)


def who(dataset: Dataset, tally_id: str, locale: Locale) -> str:
    """Whom a tally counts and what happened to them, as a title begins; a part by its own name."""
    tally = dataset.tallies.set_index("tally_id").loc[tally_id]
    party = dataset.parties.set_index("party_id").loc[tally["party_id"]]
    is_party = tally[["victim_group", "cause", "attributed_to"]].isna().all()
    if is_party and pd.notna(naming.inline_form(party, locale)):
        return who_of_party(dataset, tally["party_id"], tally["harm"], locale)
    return with_harm(naming.in_sentence(dataset, tally_id, locale), tally["harm"], locale, "who")


def who_of_party(dataset: Dataset, party_id: str, harm: str, locale: Locale) -> str:
    """A whole party and what happened to it, as a title begins."""
    party = dataset.parties.set_index("party_id").loc[party_id]
    inline, harm = naming.inline_form(party, locale), locale.term("harm", harm)
    if pd.notna(inline):
        return locale("who inline", who=inline, harm=harm)
    return locale("who", label=locale.label(party, party_id), harm=harm)


def people(dataset: Dataset, row, locale: Locale, *, at_least: bool = False) -> str | None:
    """So many of those whom a tally counts, in a sentence; None where it needs a label.

    ``row`` has ``tally_id``, ``party_id`` and ``low``; with ``at_least`` also ``high``.
    """
    tally = dataset.tallies.set_index("tally_id").reindex([row.tally_id]).iloc[0]
    party = dataset.parties.set_index("party_id").loc[row.party_id]
    ends = row.low, row.high if at_least else row.low
    noun, cause, inline = *tally[["victim_group", "cause"]], naming.inline_form(tally, locale)
    if pd.notna(inline):
        return locale("counted people", count=locale.count(*ends), who=inline)
    if pd.isna(noun):  # some of the civilians are named
        is_civilians = party["status"] == "civilian" and pd.isna(party["part_of"])
        noun = "civilian" if is_civilians else ""
    if pd.notna(tally["attributed_to"]) or not locale.has_forms(noun):
        return None
    if pd.isna(cause):
        return locale.people(noun, *ends)
    if not locale.knows("cause", cause):
        return None
    return naming.of_cause(locale.people(noun, *ends), cause, locale)


def with_harm(name: str, harm: str, locale: Locale, message: str = "harmed by") -> str:
    """A label and what happened to these people, where it does not say so itself."""
    term = locale.term("harm", harm)
    if term.casefold() in name.casefold():
        return name
    is_everybody = name.casefold() == locale("everybody").casefold()
    return locale("harmed" if is_everybody else message, label=name, harm=term)


def certain(low: int, high: int | None) -> tuple[int, int | None]:
    """A range for a title: exact, or at least; how far it may go stands in the drawing."""
    return low, low if pd.notna(high) and high == low else None


def by_source(title: str, source: object, locale: Locale, message: str = "title says") -> str:
    """A title with who counted, where a source is named."""
    return title if pd.isna(source) else locale(message, title=title, source=locale.source(source))
