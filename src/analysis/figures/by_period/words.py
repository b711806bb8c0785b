"""Words of the figure of periods: the period with most, each panel's total, names and numbers."""

import pandas as pd

from analysis.data.counts import read_count
from analysis.figures import common, naming, wording
from analysis.figures.by_period.columns import TOGETHER, UNITS
from analysis.figures.by_period.numbers import ByPeriod
from analysis.language.languages import Language

_CRUSHED = 4
"""How many times as high as a panel another is that crushes it."""


def words(found: ByPeriod, say: Language) -> common.Telling:
    """The period with most in the title; each panel's total and highest period in the alt text."""
    names, rows = names_of(found, say), []
    for name, own in zip(names, found.panels.values(), strict=True):
        top, told = _highest(own), [total_of(found, own, say)]
        told.append(say("most in period", period=_period(found, top, say), count=_count(top, say)))
        if (left := own[own["period_start"].isna()]).size:
            told.append(_left(left.iloc[0], found.unit, say))
        rows.append(say("labelled", label=name, count=say.join(told)))
    what = say(f"each {found.unit}")
    if found.by:
        what = say(f"by {found.by}", what=what)
    (title, *shorter), notes = _titles(found, found.panels[0], say), _notes(found, say)
    about = {"adds": False, "shorter": shorter}
    return common.Telling(title, rows, "what by period", {"what": what}, notes, **about)


def _titles(found: ByPeriod, rows: pd.DataFrame, say: Language) -> list[str]:
    """The period of a panel with most people, as far as that is known, and who counted them."""
    top, by = _highest(rows), "title says"
    message = f"title stated {found.unit}"
    if pd.isna(top["said"]):
        message, by = f"title calculated {found.unit}", "title from"
    if _is_most(found, rows, top):
        message, by = f"title most {found.unit}", "title says"
    parts = {"who": _who(found, top, say), "period": _period(found, top, say)}
    title = say(message, count=_count(top, say, certain=True), **parts)
    return [wording.by_source(title, top["source_original"], say, by), title]


def _who(found: ByPeriod, row: pd.Series, say: Language) -> str:
    """Whom a period's number counts, as a title begins."""
    if found.sums:
        return wording.who_of_party(found.dataset, row["party_id"], row["harm"], say)
    return wording.who(found.dataset, row["tally_id"], say)


def _highest(rows: pd.DataFrame) -> pd.Series:
    """The period with most people, of those that are certain."""
    known = rows[rows["period_start"].notna()]
    told = known["low"].mask(known["kind"] == TOGETHER, known["high"])
    return known.loc[told.idxmax()]


def _is_most(found: ByPeriod, rows: pd.DataFrame, top: pd.Series) -> bool:
    """Whether no other period can have had as many: each is stated and reaches less."""
    known = rows[rows["period_start"].notna()]
    if len(known) < len(rows) or len(known) < 2:
        return False
    span = pd.period_range(*found.axis, freq=UNITS[found.unit])
    others = known.drop(top.name)
    return len(known) == len(span) and bool((others["high"] < top["low"]).fillna(False).all())


def _count(row: pd.Series, say: Language, *, certain: bool = False) -> str:
    """What was said of a period, else how many it has, or how many are ``certain``."""
    if pd.isna(row["said"]):
        ends = row["low"], row["high"]
        return say.count(*(wording.certain(*ends) if certain else ends))
    return wording.said(_as_stated(row), say)


def _as_stated(row: pd.Series) -> pd.Series:
    """A period's number as its page has it, whatever a later total leaves room for."""
    low, high = read_count(row["said"])
    high = None if row["kind"] == "incident" else high  # some of the period, and no more is said
    return pd.Series({"stated": row["said"], "low": low, "high": pd.NA if high is None else high})


def total_of(found: ByPeriod, rows: pd.DataFrame, say: Language, *, short: bool = False) -> str:
    """How many in all; of fewer days than the figure shows with these, or ``short`` as a least."""
    first = rows.iloc[0]
    low, high = first[["total_low", "total_high"]]
    count = say.count(*wording.certain(low, high))
    if first["opened"] or (first["since"], first["until"]) == found.days:
        return say("in all", count=count)
    if short:
        return say("in all", count=say.count(low, None))
    return say("in all of days", count=count, days=say.window(first["since"], first["until"]))


def _left(row: pd.Series, unit: str, say: Language) -> str:
    return say("windowed", count=number_of(row, say), window=say(f"without {unit}"))


def number_of(row, say: Language) -> str:
    """How many are of no period: so many more, up to so many, or at least so many."""
    if pd.isna(row.high):
        return say("open short", low=int(row.low))
    if row.low < row.high:
        most = say.number(int(row.high))
        return say.count(row.low, row.high) if row.low else say("more at most", count=most)
    return say("more", count=say.number(int(row.low)))


def _period(found: ByPeriod, row: pd.Series, say: Language) -> str:
    first, last = row["period_start"], row["period_end"]
    if found.unit == "month":
        return say("month of year", month=say.month(first), year=str(first.year))
    return str(first.year) if found.unit == "year" else say.window(first, last)


def names_of(found: ByPeriod, say: Language) -> list[str]:
    """The name of each panel: its party, or the value of what the figure is by."""
    names, harms = [], {own["harm"].iloc[0] for own in found.panels.values()}
    sources = len(found.numbers["source_original"].unique()) if found.sums else 1
    for own in found.panels.values():
        harm = own["harm"].iloc[0]
        if found.sums:
            parties = found.dataset.parties.set_index("party_id")
            name = naming.label(parties, own["party_id"].iloc[0], say)
            source = wording.source(own["source_original"].iloc[0], say)
            name = say("windowed", count=name, window=source) if sources > 1 else name
        else:
            name = _name(found, own["tally_id"].iloc[0], say)
        names.append(name)
        if len(harms) > 1:
            names[-1] = wording.with_harm(name, harm, say)
    return names


def _name(found: ByPeriod, tally_id: str, say: Language) -> str:
    dataset = found.dataset
    value = dataset.tallies.set_index("tally_id").loc[tally_id].get(found.by) if found.by else None
    if value is None or pd.isna(value):
        return wording.label(dataset, tally_id, say)
    return naming.name_by(dataset, found.by, value, say)


def _name_in_sentence(found: ByPeriod, tally_id: str, say: Language) -> str:
    tally = found.dataset.tallies.set_index("tally_id").loc[tally_id]
    if tally["harm"] != found.harm:
        return naming.without_capital(wording.who(found.dataset, tally_id, say), no_name=True)
    if found.by:
        return naming.without_capital(_name(found, tally_id, say))
    return naming.in_sentence(found.dataset, tally_id, say)


def _notes(found: ByPeriod, say: Language) -> list[str]:
    """What a tint means, sums that a later total differs from, what has no period, and scales."""
    drawn, notes = found.numbers, []
    periods = drawn[drawn["period_start"].notna()]
    if (periods["high"] > periods["low"]).any():
        notes.append(say("note tint"))
    for name, own in zip(names_of(found, say), found.panels.values(), strict=True):
        first = own.iloc[0]
        if not found.sums and pd.notna(first["later_total"]):
            counts = {"told": int(first["told"]), "total": int(first["later_total"])}
            notes.append(say("note later total", label=name, **counts))
    if len({*reaches_of(found)}) > 1:
        notes.append(say("note scales"))
    if found.apart:
        labels = [_name_in_sentence(found, name, say) for name in found.apart]
        notes.append(
            say(
                "apart periods",
                text=say.capital(say(f"without {found.unit}")),
                labels=say.listed(labels),
            )
        )
    return [" ".join(notes)] if notes else []


def reaches_of(found: ByPeriod) -> list[float]:
    """How high each panel goes: as the others, unless one would crush it."""
    own = [max(1.0, float(rows[["low", "high"]].max().max())) for rows in found.panels.values()]
    harms = [rows["harm"].iloc[0] for rows in found.panels.values()]
    for harm in {*harms}:
        of = [reach for reach, each in zip(own, harms, strict=True) if each == harm]
        if min(of) >= max(of) / _CRUSHED:
            own = [
                max(of) if each == harm else reach for reach, each in zip(own, harms, strict=True)
            ]
    return own


def texts_of(row, say: Language) -> list[str]:
    """What can stand above a column: what was said of its period."""
    if pd.isna(row.period_start):
        return [number_of(row, say)]
    if pd.isna(row.said):
        exact = pd.notna(row.high) and row.low == row.high
        return [say.number(int(row.low)) if exact else say("open short", low=int(row.low))]
    if row.kind == TOGETHER and row.low < row.high:
        least = [say("open short", low=int(row.low))] * bool(row.low)
        return [say.count(row.low, row.high), *least]
    return [wording.said(_as_stated(pd.Series(row._asdict())), say, short=True)]
