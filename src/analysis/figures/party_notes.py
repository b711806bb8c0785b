"""What stands below the bars of parties: the loosest reading, other sources, other harms."""

import pandas as pd

from analysis.figures import common, naming, readings, wording
from analysis.language.locales import Locale

_LISTED = 3
"""So many are listed, the others counted."""


def loosest(found: common.FigureData, locale: Locale) -> list[str]:
    """One line of what the loosest reading of the words allows, where that differs."""
    said, before = [], False
    for row in found.numbers.itertuples():
        differs = readings.is_looser(row)
        if differs and not (row.depth and before):
            name = _in_sentence(found, row._replace(subset_of=None), locale)
            said.append(locale("headline row", label=name, count=_wide(row, locale)))
        before = differs if not row.depth else before or differs
    if not said:
        return []
    said = _few(said, locale)
    low, high = (found.summed[f"wide_{end}"].sum(skipna=False) for end in ("low", "high"))
    if low < found.summed["low"].sum() and len(found.summed) > 1:
        said.append(locale("in all", count=locale.count(low, high)))
    return [locale("note loosest", rows=locale.join(said))]


def _wide(row, locale: Locale) -> str:
    """A count in the loosest reading."""
    if pd.isna(row.wide_high) and row.wide_low == row.low:
        return locale("or more", low=int(row.low))
    return locale.count(row.wide_low, row.wide_high)


def not_added(found: common.FigureData, locale: Locale) -> list[str]:
    """What other sources count of these people, and who is counted for something else."""
    notes, status = [], found.dataset.parties.set_index("party_id")["status"]
    for name, rows in (("also counted", found.others), ("apart", found.apart)):
        said = []
        for row in rows.itertuples():
            who = _in_sentence(found, row, locale)
            if name == "apart":
                people = locale.people(row.harm, row.low, row.high)
                told = [*[who] * (status[row.party_id] != "unknown"), *_cited(found, row, locale)]
                window = locale.join(told, "list")
                said.append(locale("windowed", count=people, window=window) if told else people)
            else:
                count = locale("headline row", label=who, count=locale.count(row.low, row.high))
                told = [wording.source(row.source_original, locale), *_own_days(found, row, locale)]
                said.append(locale("windowed", count=count, window=locale.join(told, "list")))
        notes += [locale(name, counts=locale.join(_few(said, locale)))] * bool(said)
    return notes


def _own_days(found: common.FigureData, row, locale: Locale) -> list[str]:
    """The days of a row where they are not the figure's."""
    days = row.date_start, row.date_end
    if pd.Series(days).equals(pd.Series(found.days)):
        return []
    years = pd.notna(found.days[0]) and found.spans_years
    return [locale.window(*days, years)]


def _few(said: list[str], locale: Locale) -> list[str]:
    """The first few of a list, and how many more there are."""
    more = len(said) - _LISTED
    return [*said[:_LISTED], *[locale("more counts", number=more)] * (more > 0)]


def _cited(found: common.FigureData, row, locale: Locale) -> list[str]:
    """Who counted, where it is not who counted what is drawn."""
    same = {*found.summed["source_original"].fillna("")}
    source = "" if pd.isna(row.source_original) else row.source_original
    return [] if source in same else [locale.source(row.source_original)]


def name_of(found: common.FigureData, row, locale: Locale) -> str:
    """Whom a row counts: the value of what the figure is by, else who they are."""
    value = getattr(row, found.by, None) if found.by else None
    if value is not None and pd.notna(value):
        return naming.name_by(found.dataset, found.by, value, locale)
    return naming.row_name(found.dataset, row, locale)


def _in_sentence(found: common.FigureData, row, locale: Locale) -> str:
    """Whom a row counts, inside a sentence."""
    return naming.name_in_sentence(found.dataset, row, naming.row_name(found.dataset, row, locale))
