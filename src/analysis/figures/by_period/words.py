"""Words of the figure of periods: the period with most, each panel's total, names and numbers."""

from collections.abc import Iterator

import pandas as pd

from analysis.data.counts import read_count
from analysis.figures import figure, naming, wording
from analysis.figures.by_period.columns import TOGETHER, UNITS
from analysis.figures.by_period.numbers import ByPeriod
from analysis.language.locales import Locale

_CRUSHED = 4
"""How many times as high as a panel another is that crushes it."""


def words(found: ByPeriod, locale: Locale) -> figure.FigureText:
    """The period with most in the title; each panel's total and highest or only one in the alt."""
    title, *shorter = _titles(found, found.panels[0], locale)
    rows = []
    for name, own in zip(names_of(found, locale), found.panels.values(), strict=True):
        top, of_none = _highest(own), own[own["period_start"].isna()]
        counts = [total_of(found, own, locale)]
        count, period = _count(top, locale), _period(found, top, locale)
        if own["period_start"].count() > 1:
            counts.append(locale("most in period", count=count, period=period))
        elif (only := locale("windowed", count=count, window=period)) not in counts:
            counts.append(only)
        for row in of_none.itertuples():
            parts = {"count": number_of(row, locale), "window": locale(f"without {found.unit}")}
            counts.append(locale("windowed", **parts))
        rows.append(locale("labelled", label=name, count=locale.join(counts)))
    what = locale(f"each {found.unit}")
    what = locale(f"by {found.by}", what=what) if found.by else what
    about = {"adds": False, "shorter": shorter}
    notes = " ".join(_notes(found, locale))
    notes = [notes] if notes else []
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
    counted = known["low"].mask(known["kind"] == TOGETHER, known["high"])
    return known.loc[counted.idxmax()]


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
    if first["hides_days"] or (first["since"], first["until"]) == found.days:
        return locale("in all", count=count)
    if short:
        return locale("in all", count=locale.count(low, None))
    return locale("in all of days", count=count, days=locale.window(first["since"], first["until"]))


def _known_of_total(found: ByPeriod, rows: pd.DataFrame, locale: Locale) -> str:
    """Of how many of a total a period is known, where columns show fewer; or nothing."""
    counted, total = rows[["in_periods", "total_low"]].iloc[0]
    if rows["period_start"].isna().any() or not 0 < counted < total:
        return ""
    return locale(f"known {found.unit}", known=locale.count(counted, None))


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
    """The name of each panel, with what happened to its people where panels differ in it."""
    firsts = [own.iloc[0] for own in found.panels.values()]
    names = [_name(found, row, locale) for row in firsts]
    if len({row["harm"] for row in firsts}) == 1:
        return names
    pairs = zip(names, firsts, strict=True)
    return [wording.with_harm(name, row["harm"], locale) for name, row in pairs]


def _name(found: ByPeriod, row: pd.Series, locale: Locale) -> str:
    """The party of a sum (of several sources with who counted), else what it is by, or a tally."""
    dataset = found.dataset
    if found.sums:
        name = naming.label(dataset.parties.set_index("party_id"), row["party_id"], locale)
        source = wording.source(row["source_original"], locale)
        return locale("windowed", count=name, window=source) if len(found.sources) > 1 else name
    tally = dataset.tallies.set_index("tally_id").loc[row["tally_id"]]
    if found.by and pd.notna(tally[found.by]):
        return naming.name_by(dataset, found.by, tally[found.by], locale)
    return naming.tally_name(dataset, row["tally_id"], locale)


def _name_in_sentence(found: ByPeriod, row: pd.Series, locale: Locale) -> str:
    if row["harm"] != found.harm:
        name = wording.who(found.dataset, row["tally_id"], locale)
        return naming.without_capital(name, no_name=True)
    if found.by:
        return naming.without_capital(_name(found, row, locale))
    return naming.in_sentence(found.dataset, row["tally_id"], locale)


def _notes(found: ByPeriod, locale: Locale) -> Iterator[str]:
    """What a tint means, sums unlike a later total, of how many a period is known, and scales."""
    periods = found.numbers.dropna(subset="period_start")
    if (periods["high"] > periods["low"]).any():
        yield locale("note tint")
    for name, own in zip(names_of(found, locale), found.panels.values(), strict=True):
        if not found.sums and pd.notna(total := own["later_total"].iloc[0]):
            counts = {"told": int(own["counted"].iloc[0]), "total": int(total)}
            yield locale("note later total", label=name, **counts)
    for name, own in zip(names_of(found, locale), found.panels.values(), strict=True):
        if known := _known_of_total(found, own, locale):
            yield locale("note known", label=name, known=known)
    if len({*reaches_of(found)}) > 1:
        yield locale("note scales")
    if found.apart:
        tallies = found.dataset.tallies.set_index("tally_id", drop=False).loc[[*found.apart]]
        labels = [_name_in_sentence(found, row, locale) for _, row in tallies.iterrows()]
        text = locale.capital(locale(f"without {found.unit}"))
        yield locale("apart periods", text=text, labels=locale.listed(labels))


def reaches_of(found: ByPeriod) -> list[float]:
    """How high each panel goes: as the others of its harm, unless one would crush another."""
    panels = found.panels.values()
    own = pd.Series([max(1.0, float(rows[["low", "high"]].max().max())) for rows in panels])
    of_harm = own.groupby([rows["harm"].iloc[0] for rows in panels])
    most = of_harm.transform("max")
    return own.where(of_harm.transform("min") < most / _CRUSHED, most).tolist()


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
