"""The command ``summary``: the last word of each source, and what is open about it.

Sources stand one below the other and are never added. Of each there are the people harmed, with the
days that are counted and the day of publication, parts under their whole, and what was counted on
one day, such as the missing, with that day.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.bounds.contradictions import find_contradictions
from analysis.bounds.parties import parties_of
from analysis.bounds.totals import GROUP, as_totals, cut_summands, tally_totals
from analysis.bounds.wholes import holders
from analysis.data.dataset import Dataset
from analysis.data.notices import became_known, too_many_together
from analysis.data.outcome import Family, outcome
from analysis.data.publication import published_by
from analysis.data.questions import doubts
from analysis.data.statements import STANDING, counts, first_statements
from analysis.figures.naming import tally_labels
from analysis.figures.wording import quoted
from analysis.language.locales import Locale, locale_of


class _Cut(NamedTuple):
    """What a dataset says by tally: bounds, statements, labels of tallies and parties."""

    cut: Dataset
    tallies: pd.DataFrame
    bounds: pd.DataFrame
    totals: pd.DataFrame
    rows: pd.DataFrame
    labels: dict[str, str]
    parties: dict[str, str]
    holders: dict[str, str]
    families: tuple[Family, ...]
    english: Locale


def summary_lines(
    dataset: Dataset, reading: str = "primary", as_of: date | str | None = None
) -> list[str]:
    """What ``summary`` says of a dataset, as of a day or time.

    Raises ValueError when the day is none or there is no such reading.
    """
    cut = published_by(dataset, as_of)
    lines = [line for own in last_words(cut, reading).values() for line in own]
    if not lines:
        lines = [f"nothing counted{f' as of {cut.as_of}' if cut.as_of else ''}"]
    lines += [f"left out: {clash}" for clash in find_contradictions(cut, reading)]
    clashing = [family for family in outcome(cut, reading).families if family.contradictions]
    numbers = sum(not count.basis for family in clashing for count in family.counts)
    tallies = sum(len(family.tallies) for family in clashing)
    lines += [f"left out: {numbers} numbers of {tallies} tallies in all"] * bool(clashing)
    return lines + [f"asked: {question}" for question in doubts(cut)["doubt"]]


def last_words(cut: Dataset, reading: str = "primary") -> dict[str, list[str]]:
    """For each source the line that names it, then a line for each tally that it counts."""
    told = _read(cut, reading)
    return {source: [*_source_lines(source, told)] for source in _sources(told)}


def _read(cut: Dataset, reading: str) -> _Cut:
    english = locale_of("en").with_terms(cut.terms)
    parties = cut.parties.set_index("party_id", drop=False)
    return _Cut(
        cut,
        cut.tallies.set_index("tally_id", drop=False).fillna({"source_original": ""}),
        tally_totals(cut, reading).set_index("tally_id"),
        as_totals(cut_summands(cut, reading, None)).fillna({"source_original": ""}),
        counts(cut, reading).rename(columns={"count": "stated"}),
        tally_labels(cut, english, sourced=False),
        {name: english.label(row, name) for name, row in parties.iterrows()},
        holders(cut),
        outcome(cut, reading).families,
        english,
    )


def _sources(told: _Cut) -> list[str]:
    """The sources of tallies that something is said of, in the order of the tallies."""
    stated = told.tallies["tally_id"].isin(told.rows["tally_id"])
    return [*dict.fromkeys(told.tallies.loc[stated, "source_original"])]


def _source_lines(source: str, told: _Cut) -> Iterator[str]:
    """A source, then its tallies: those of one party and harm together, parts under their whole."""
    yield told.english.source(source) if source else "No source named"
    own = told.tallies[told.tallies["source_original"] == source]
    outer = own[~own["tally_id"].isin(told.holders)]
    for (party, harm), roots in outer.groupby(["party_id", "harm"], sort=False):
        names = [*roots["tally_id"]]
        depth = 1
        if len(names) > 1 and (added := _group_total(source, party, harm, told)):
            yield f"  {told.parties[party]}, {harm}, all together: {added}"
            depth = 2
        for name in names:
            yield from _tally_lines(name, depth, told)
        yield from _if_added(_inside(names, told), told)


def _inside(names: list[str], told: _Cut) -> list[str]:
    """Some tallies and those drawn inside them."""
    parts = [part for part, whole in told.holders.items() if whole in names]
    return [*names, *_inside(parts, told)] if parts else names


def _group_total(source: str, party: str, harm: str, told: _Cut) -> str:
    """The bounds of everybody whom a source counts of a party, in words."""
    found = told.totals
    for column, value in zip(GROUP, (source, party, harm), strict=True):
        found = found[found[column] == value]
    return "; ".join(told.english.count(row.low, row.high) for row in found.itertuples())


def _tally_lines(name: str, depth: int, told: _Cut) -> Iterator[str]:
    """The last word on a tally, then on its parts."""
    said = _last_word(name, depth, told)
    if said:
        yield "  " * depth + said
    for part, whole in told.holders.items():
        if whole == name:
            yield from _tally_lines(part, depth + bool(said), told)


def _last_word(name: str, depth: int, told: _Cut) -> str:
    """Whom a tally counts, how many, for which days and when that was published."""
    rows = told.rows[told.rows["tally_id"] == name]
    whom = told.labels[name] + f", {told.tallies.loc[name, 'harm']}" * (depth == 1)
    standing = rows[rows["status"].isin(STANDING)]
    stocks = standing[(standing["count_kind"] == "stock") & (standing["status"] == "stands")]
    if not stocks.empty:
        last = stocks.iloc[-1]
        counted = f"{whom} on {_day(last['date_end'], told)}"
        return f"{counted}: {quoted(last, told.english)}, {_when(last, told)}"
    if standing.empty:
        return f"{whom}: {_taken_back(rows.iloc[-1], told)}" if len(rows) else ""
    if name not in told.bounds.index:
        return f"{whom}: left out"
    inside = told.rows[told.rows["tally_id"].isin(_inside([name], told))]
    inside = inside[inside["status"].isin(STANDING) & (inside["count_kind"] != "stock")]
    own = rows[rows["status"].isin(STANDING)]
    stated = _stated(name, inside, told)
    number = _count(name, inside, stated, told)
    rests_on = stated.head(1) if len(stated) else own if len(own) > 1 else inside
    when = _when(rests_on.iloc[-1], told)
    gone = _lowered(rows, stated.head(1), told)
    return f"{whom}: {number}, {_days(inside, told)}, {when}{gone}"


def _stated(name: str, rows: pd.DataFrame, told: _Cut) -> pd.DataFrame:
    """The statements of a tally and its parts that state its least, in the words of the last.

    A page that repeats the number of another is no later word of its source.
    """
    low = told.bounds.loc[name, "low"]
    stated = rows[(rows["binding_low"] == low) & (rows["low"] == low)]
    words = stated[["date_start", "date_end", "stated"]].astype("str")
    return stated[(words == words.tail(1).squeeze()).all(axis=1)]


def _count(name: str, rows: pd.DataFrame, stated: pd.DataFrame, told: _Cut) -> str:
    """The bounds of a tally, by statements of it and its parts, and whether a page states them.

    An upper end that only says how many its whole has is nobody's.
    """
    low, high = told.bounds.loc[name, ["low", "high"]]
    if pd.notna(high) and low < high and not parties_of(told.cut).has_limit(name):
        high = pd.NA
    if len(stated) or not low:
        words = {"stated": stated["stated"].iloc[-1] if low else "", "low": low, "high": high}
        return quoted(pd.Series(words), told.english)
    own = rows[rows["tally_id"] == name]
    many = len(own) > 1 and own["binding_low"].sum() >= low
    more = f" (calculated{f' from {len(own)} numbers' * int(many)})" if len(rows) > 1 else ""
    return told.english.count(low, high) + more


def _lowered(rows: pd.DataFrame, stated: pd.DataFrame, told: _Cut) -> str:
    """What a source said before of the same days that was more, and what it withdrew.

    People who became known are no fewer; numbers that only together are more are counted alone.
    """
    event_id = rows["event_ids"].str.split(";").str[0]
    together, known = (
        {name for family in told.families for count in find(family) for name in count.event_ids}
        for find in (too_many_together, became_known)
    )
    back = rows[(rows["status"] == "taken_back") & ~event_id.isin(known | together)]
    for low in stated["low"]:
        ours, theirs = (each[["date_start", "date_end"]].astype("str") for each in (stated, back))
        back = back[(theirs == ours.iloc[0]).all(axis=1) & (back["low"] > low)]
    withdrawn = rows[rows["status"] == "withdrawn"]
    found = {"lowered from": back.tail(len(stated)), "withdrawn:": withdrawn}
    words = "".join(
        f"; {words} {', '.join(quoted(row, told.english) for row in gone.itertuples())}"
        for words, gone in found.items()
        if len(gone)
    )
    many = event_id.isin(together).sum()
    return words + f"; {many} numbers of fewer days, together more, no longer count" * bool(many)


def _days(rows: pd.DataFrame, told: _Cut) -> str:
    """The days that statements of a tally and its parts count, from the first to the last."""
    last = rows["date_end"].max()
    if rows["date_start"].isna().all():
        return f"up to {_day(last, told)}"
    return told.english.window(rows["date_start"].min().date(), last.date())


def _day(day: pd.Timestamp, told: _Cut) -> str:
    return told.english.day(day.date())


def _when(row: pd.Series, told: _Cut) -> str:
    return f"published {_day(row['published_until'], told)}"


def _taken_back(row: pd.Series, told: _Cut) -> str:
    """A number of a source that has no other: withdrawn, or set aside."""
    return f"{quoted(row, told.english)}, {_when(row, told)}, {row['status'].replace('_', ' ')}"


def _if_added(group: list[str], told: _Cut) -> Iterator[str]:
    """What the numbers of one page give if they are added, as they must not be.

    A page that counts some people twice invites it: those of Monday beside those since Thursday.
    Of several pages nobody adds the totals, and a part stands under its whole.
    """
    rows = told.rows[told.rows["tally_id"].isin(group) & told.rows["status"].isin(STANDING)]
    rows = rows[rows["count_kind"] != "stock"]
    people = rows["event_ids"].str.split(";").str[0].map(first_statements(told.cut))
    rows = rows[~people.duplicated()]
    one_page = len(rows.drop_duplicates(["published_from", "published_until"])) == 1
    outer = [name for name in group if name not in told.holders]
    least, added = told.bounds["low"].reindex(outer).sum(skipna=False), rows["low"].sum()
    twice = one_page and rows["tally_id"].duplicated().any()
    if twice and pd.notna(least) and added > least:
        yield f"    all these numbers added: {told.english.number(int(added))}; they overlap"
