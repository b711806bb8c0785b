"""Words of the figure of periods: the period with most, each panel's total, names and numbers."""

import pandas as pd

from analysis.data.counts import read_count
from analysis.figures import figure, naming, wording
from analysis.figures.by_period.columns import TOGETHER, UNITS
from analysis.figures.by_period.numbers import ByPeriod
from analysis.language.locales import Locale

_CRUSHED = 4
"""How many times as high as a panel another is that crushes it."""


def words(found: ByPeriod, locale: Locale) -> figure.FigureText:
    """The period with most in the title; each panel's total and highest period in the alt text."""
    names, rows = names_of(found, locale), []
    for name, own in zip(names, found.panels.values(), strict=True):
        top, told = _highest(own), [total_of(found, own, locale)]
        told.append(
            locale("most in period", period=_period(found, top, locale), count=_count(top, locale))
        )
        if (left := own[own["period_start"].isna()]).size:
            told.append(_left(left.iloc[0], found.unit, locale))
        rows.append(locale("labelled", label=name, count=locale.join(told)))
    what = locale(f"each {found.unit}")
    if found.by:
        what = locale(f"by {found.by}", what=what)
    (title, *shorter), notes = _titles(found, found.panels[0], locale), _notes(found, locale)
    about = {"adds": False, "shorter": shorter}
    return figure.FigureText(title, rows, "what by period", {"what": what}, notes, **about)


def _titles(found: ByPeriod, rows: pd.DataFrame, locale: Locale) -> list[str]:
    """The period of a panel with most people, as far as that is known, and who counted them."""
    top, by = _highest(rows), "title says"
    message = f"title stated {found.unit}"
    if pd.isna(top["said"]):
        message, by = f"title calculated {found.unit}", "title from"
    if _is_most(found, rows, top):
        message, by = f"title most {found.unit}", "title says"
    parts = {"who": _who(found, top, locale), "period": _period(found, top, locale)}
    title = locale(message, count=_count(top, locale, certain=True), **parts)
    return [wording.by_source(title, top["source_original"], locale, by), title]


def _who(found: ByPeriod, row: pd.Series, locale: Locale) -> str:
    """Whom a period's number counts, as a title begins."""
    if found.sums:
        return wording.who_of_party(found.dataset, row["party_id"], row["harm"], locale)
    return wording.who(found.dataset, row["tally_id"], locale)


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


def _count(row: pd.Series, locale: Locale, *, certain: bool = False) -> str:
    """What was said of a period, else how many it has, or how many are ``certain``."""
    if pd.isna(row["said"]):
        ends = row["low"], row["high"]
        return locale.count(*(wording.certain(*ends) if certain else ends))
    return wording.quoted(_as_stated(row), locale)


def _as_stated(row: pd.Series) -> pd.Series:
    """A period's number as its page has it, whatever a later total leaves room for."""
    low, high = read_count(row["said"])
    high = None if row["kind"] == "incident" else high  # some of the period, and no more is said
    return pd.Series({"stated": row["said"], "low": low, "high": pd.NA if high is None else high})


def total_of(found: ByPeriod, rows: pd.DataFrame, locale: Locale, *, short: bool = False) -> str:
    """How many in all; of fewer days than the figure shows with these, or ``short`` as a least."""
    first = rows.iloc[0]
    low, high = first[["total_low", "total_high"]]
    count = locale.count(*wording.certain(low, high))
    if first["opened"] or (first["since"], first["until"]) == found.days:
        return locale("in all", count=count)
    if short:
        return locale("in all", count=locale.count(low, None))
    return locale("in all of days", count=count, days=locale.window(first["since"], first["until"]))


def _left(row: pd.Series, unit: str, locale: Locale) -> str:
    return locale("windowed", count=number_of(row, locale), window=locale(f"without {unit}"))


def number_of(row, locale: Locale) -> str:
    """How many are of no period: so many more, up to so many, or at least so many."""
    if pd.isna(row.high):
        return locale("open short", low=int(row.low))
    if row.low < row.high:
        most = locale.number(int(row.high))
        return locale.count(row.low, row.high) if row.low else locale("more at most", count=most)
    return locale("more", count=locale.number(int(row.low)))


def _period(found: ByPeriod, row: pd.Series, locale: Locale) -> str:
    first, last = row["period_start"], row["period_end"]
    if found.unit == "month":
        return locale("month of year", month=locale.month(first), year=str(first.year))
    return str(first.year) if found.unit == "year" else locale.window(first, last)


def names_of(found: ByPeriod, locale: Locale) -> list[str]:
    """The name of each panel: its party, or the value of what the figure is by."""
    names, harms = [], {own["harm"].iloc[0] for own in found.panels.values()}
    sources = len(found.numbers["source_original"].unique()) if found.sums else 1
    for own in found.panels.values():
        harm = own["harm"].iloc[0]
        if found.sums:
            parties = found.dataset.parties.set_index("party_id")
            name = naming.label(parties, own["party_id"].iloc[0], locale)
            source = wording.source(own["source_original"].iloc[0], locale)
            name = locale("windowed", count=name, window=source) if sources > 1 else name
        else:
            name = _name(found, own["tally_id"].iloc[0], locale)
        names.append(name)
        if len(harms) > 1:
            names[-1] = wording.with_harm(name, harm, locale)
    return names


def _name(found: ByPeriod, tally_id: str, locale: Locale) -> str:
    dataset = found.dataset
    value = dataset.tallies.set_index("tally_id").loc[tally_id].get(found.by) if found.by else None
    if value is None or pd.isna(value):
        return naming.tally_name(dataset, tally_id, locale)
    return naming.name_by(dataset, found.by, value, locale)


def _name_in_sentence(found: ByPeriod, tally_id: str, locale: Locale) -> str:
    tally = found.dataset.tallies.set_index("tally_id").loc[tally_id]
    if tally["harm"] != found.harm:
        return naming.without_capital(wording.who(found.dataset, tally_id, locale), no_name=True)
    if found.by:
        return naming.without_capital(_name(found, tally_id, locale))
    return naming.in_sentence(found.dataset, tally_id, locale)


def _notes(found: ByPeriod, locale: Locale) -> list[str]:
    """What a tint means, sums that a later total differs from, what has no period, and scales."""
    drawn, notes = found.numbers, []
    periods = drawn[drawn["period_start"].notna()]
    if (periods["high"] > periods["low"]).any():
        notes.append(locale("note tint"))
    for name, own in zip(names_of(found, locale), found.panels.values(), strict=True):
        first = own.iloc[0]
        if not found.sums and pd.notna(first["later_total"]):
            counts = {"told": int(first["told"]), "total": int(first["later_total"])}
            notes.append(locale("note later total", label=name, **counts))
    if len({*reaches_of(found)}) > 1:
        notes.append(locale("note scales"))
    if found.apart:
        labels = [_name_in_sentence(found, name, locale) for name in found.apart]
        notes.append(
            locale(
                "apart periods",
                text=locale.capital(locale(f"without {found.unit}")),
                labels=locale.listed(labels),
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


def texts_of(row, locale: Locale) -> list[str]:
    """What can stand above a column: what was said of its period."""
    if pd.isna(row.period_start):
        return [number_of(row, locale)]
    if pd.isna(row.said):
        exact = pd.notna(row.high) and row.low == row.high
        return [locale.number(int(row.low)) if exact else locale("open short", low=int(row.low))]
    if row.kind == TOGETHER and row.low < row.high:
        least = [locale("open short", low=int(row.low))] * bool(row.low)
        return [locale.count(row.low, row.high), *least]
    return [wording.quoted(_as_stated(pd.Series(row._asdict())), locale, short=True)]
