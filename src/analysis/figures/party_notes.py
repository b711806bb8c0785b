"""What stands below the bars of parties: the loosest reading, other sources, other harms."""

import pandas as pd

from analysis.figures import common, naming, readings, wording
from analysis.language.languages import Language

_LISTED = 3
"""So many are listed, the others counted."""


def loosest(found: common.Found, say: Language) -> list[str]:
    """One line of what the loosest reading of the words allows, where that differs."""
    said, before = [], False
    for row in found.numbers.itertuples():
        differs = readings.range_of(row).wide is not None
        if differs and not (row.depth and before):
            name = _in_sentence(found, row._replace(subset_of=None), say)
            said.append(say("headline row", label=name, count=_wide(row, say)))
        before = differs if not row.depth else before or differs
    if not said:
        return []
    said = _few(said, say)
    low, high = (found.summed[f"wide_{end}"].sum(skipna=False) for end in ("low", "high"))
    if low < found.summed["low"].sum() and len(found.summed) > 1:
        said.append(say("in all", count=say.count(low, high)))
    return [say("note loosest", rows=say.join(said))]


def _wide(row, say: Language) -> str:
    """A count in the loosest reading."""
    if pd.isna(row.wide_high) and row.wide_low == row.low:
        return say("or more", low=int(row.low))
    return say.count(row.wide_low, row.wide_high)


def not_added(found: common.Found, say: Language) -> list[str]:
    """What other sources count of these people, and who is counted for something else."""
    notes, status = [], found.dataset.parties.set_index("party_id")["status"]
    for name, rows in (("also counted", found.others), ("apart", found.apart)):
        said = []
        for row in rows.itertuples():
            who = _in_sentence(found, row, say)
            if name == "apart":
                people = say.people(row.harm, row.low, row.high)
                told = [*[who] * (status[row.party_id] != "unknown"), *_cited(found, row, say)]
                window = say.join(told, "list")
                said.append(say("windowed", count=people, window=window) if told else people)
            else:
                count = say("headline row", label=who, count=say.count(row.low, row.high))
                told = [wording.source(row.source_original, say), *_own_days(found, row, say)]
                said.append(say("windowed", count=count, window=say.join(told, "list")))
        notes += [say(name, counts=say.join(_few(said, say)))] * bool(said)
    return notes


def _own_days(found: common.Found, row, say: Language) -> list[str]:
    """The days of a row where they are not the figure's."""
    days = row.date_start, row.date_end
    if pd.Series(days).equals(pd.Series(found.days)):
        return []
    years = pd.notna(found.days[0]) and found.several_years
    return [say.window(*days, years)]


def _few(said: list[str], say: Language) -> list[str]:
    """The first few of a list, and how many more there are."""
    more = len(said) - _LISTED
    return [*said[:_LISTED], *[say("more counts", number=more)] * (more > 0)]


def _cited(found: common.Found, row, say: Language) -> list[str]:
    """Who counted, where it is not who counted what is drawn."""
    same = {*found.summed["source_original"].fillna("")}
    source = "" if pd.isna(row.source_original) else row.source_original
    return [] if source in same else [say.source(row.source_original)]


def name_of(found: common.Found, row, say: Language) -> str:
    """Whom a row counts: the value of what the figure is by, else who they are."""
    value = getattr(row, found.by, None) if found.by else None
    if value is not None and pd.notna(value):
        return naming.name_by(found.dataset, found.by, value, say)
    return naming.row_name(found.dataset, row, say)


def _in_sentence(found: common.Found, row, say: Language) -> str:
    """Whom a row counts, inside a sentence."""
    return naming.name_in_sentence(found.dataset, row, naming.row_name(found.dataset, row, say))
