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
from analysis.bounds.totals import GROUP, as_totals, cut_summands, tally_totals
from analysis.bounds.wholes import holders
from analysis.data.dataset import Dataset
from analysis.data.publication import published_by
from analysis.data.questions import doubts
from analysis.data.statements import STANDING, statements
from analysis.language.languages import Language, language_of

_LAST = ("stands", "reduced")


class _Told(NamedTuple):
    """What a dataset says by tally: bounds, statements, the row of the tally, the party's label."""

    tallies: pd.DataFrame
    bounds: pd.DataFrame
    totals: pd.DataFrame
    rows: pd.DataFrame
    parties: dict[str, str]
    holders: dict[str, str]
    english: Language


def summary_lines(
    dataset: Dataset, reading: str = "primary", as_of: date | str | None = None
) -> list[str]:
    """The lines that ``summary`` prints of a dataset, as of a day or time.

    Raises ValueError when the day is none or there is no such reading.
    """
    cut = published_by(dataset, as_of)
    told = _read(cut, reading)
    lines = [line for source in _sources(told) for line in _source_lines(source, told)]
    lines += [f"left out: {clash}" for clash in find_contradictions(cut, reading)]
    return lines + [f"asked: {question}" for question in doubts(cut)["doubt"]]


def _read(cut: Dataset, reading: str) -> _Told:
    english = language_of("en").with_terms(cut.terms)
    parties = cut.parties.set_index("party_id", drop=False)
    rows = statements(cut, reading=reading)
    return _Told(
        cut.tallies.set_index("tally_id", drop=False).fillna({"source_original": ""}),
        tally_totals(cut, reading).set_index("tally_id"),
        as_totals(cut_summands(cut, reading, None)).fillna({"source_original": ""}),
        rows[~rows["calculated"]],
        {name: english.label(row, name) for name, row in parties.iterrows()},
        holders(cut),
        english,
    )


def _sources(told: _Told) -> list[str]:
    """The sources of tallies that something is said of, in the order of the tallies."""
    stated = told.tallies["tally_id"].isin(told.rows["tally_id"])
    return [*dict.fromkeys(told.tallies.loc[stated, "source_original"])]


def _source_lines(source: str, told: _Told) -> Iterator[str]:
    """A source, then its tallies: those of one party and harm together, parts under their whole."""
    yield told.english.source(source) if source else "No source named"
    own = told.tallies[told.tallies["source_original"] == source]
    outer = own[~own["tally_id"].isin(told.holders)]
    for (party, harm), roots in outer.groupby(["party_id", "harm"], sort=False):
        names = [*roots["tally_id"]]
        group = _inside(names, told)
        depth = 1
        if len(names) > 1 and (added := _group_total(source, party, harm, told)):
            yield f"  {told.parties[party]}, {harm}, all together: {added}"
            depth = 2
        for name in names:
            yield from _tally_lines(name, depth, told)
        yield from _if_added(group, source, party, harm, told)


def _inside(names: list[str], told: _Told) -> list[str]:
    """Some tallies and those drawn inside them."""
    parts = [part for part, whole in told.holders.items() if whole in names]
    return [*names, *_inside(parts, told)] if parts else names


def _group_total(source: str, party: str, harm: str, told: _Told) -> str:
    """The bounds of everybody whom a source counts of a party, in words."""
    found = told.totals
    for column, value in zip(GROUP, (source, party, harm), strict=True):
        found = found[found[column] == value]
    return "; ".join(told.english.count(row.low, row.high) for row in found.itertuples())


def _tally_lines(name: str, depth: int, told: _Told) -> Iterator[str]:
    """The last word on a tally, then on its parts."""
    said = _last_word(name, depth, told)
    if said:
        yield "  " * depth + said
    for part, whole in told.holders.items():
        if whole == name:
            yield from _tally_lines(part, depth + bool(said), told)


def _last_word(name: str, depth: int, told: _Told) -> str:
    """Whom a tally counts, how many, for which days and when that was published."""
    rows = told.rows[told.rows["tally_id"] == name]
    whom = _whom(told.tallies.loc[name], depth, told)
    standing = rows[rows["status"].isin(STANDING)]
    stocks = standing[(standing["count_kind"] == "stock") & (standing["status"] == "stands")]
    if not stocks.empty:
        last = stocks.iloc[-1]
        return (
            f"{whom} on {_day(last['date_end'], told)}: {_count(last, told)}, {_when(last, told)}"
        )
    if standing.empty:
        return f"{whom}: {_taken_back(rows.iloc[-1], told)}" if len(rows) else ""
    if name not in told.bounds.index:
        return f"{whom}: left out"
    count = _count(told.bounds.loc[name], told)
    lowered = rows[(rows["status"] == "taken_back") & (rows["low"] > standing["low"].iloc[-1])]
    more = f"; lowered from {lowered.iloc[-1]['count']}" if len(lowered) else ""
    withdrawn = rows.loc[rows["status"] == "withdrawn", "count"]
    more += f"; withdrawn: {', '.join(withdrawn)}" if len(withdrawn) else ""
    inside = told.rows[told.rows["tally_id"].isin(_inside([name], told))]
    inside = inside[inside["status"].isin(STANDING) & (inside["count_kind"] != "stock")]
    return f"{whom}: {count}, {_days(inside, told)}, {_when(inside.iloc[-1], told)}{more}"


def _whom(tally: pd.Series, depth: int, told: _Told) -> str:
    """Whom a tally counts; of one that lies in no other what happened to them too."""
    party, group = told.parties[tally["party_id"]], tally["victim_group"]
    said = party if pd.isna(group) else f"{party}, {group}"
    label = told.english.label(tally, said)
    return f"{label}, {tally['harm']}" if depth == 1 else label


def _count(row: pd.Series, told: _Told) -> str:
    return told.english.count(row["low"], None if pd.isna(row["high"]) else row["high"])


def _days(rows: pd.DataFrame, told: _Told) -> str:
    """The days that statements of a tally and its parts count, from the first to the last."""
    last = rows["date_end"].max()
    if rows["date_start"].isna().all():
        return f"up to {_day(last, told)}"
    return told.english.window(rows["date_start"].min().date(), last.date())


def _day(day: pd.Timestamp, told: _Told) -> str:
    return told.english.day(day.date())


def _when(row: pd.Series, told: _Told) -> str:
    return f"published {_day(row['published_until'], told)}"


def _taken_back(row: pd.Series, told: _Told) -> str:
    """A number of a source that has no other: withdrawn, or set aside."""
    return f"{row['count']}, {_when(row, told)}, {row['status'].replace('_', ' ')}"


def _if_added(group: list[str], source: str, party: str, harm: str, told: _Told) -> Iterator[str]:
    """What last words that overlap would give if they were added, as they must not be."""
    rows = told.rows[told.rows["tally_id"].isin(group) & told.rows["status"].isin(_LAST)]
    rows = rows[rows["count_kind"] != "stock"]
    bounds = told.bounds.reindex(told.tallies.index)
    least = bounds.loc[[name for name in group if name not in told.holders], "low"].sum()
    added = rows["low"].sum()
    if len(rows) > 1 and added > least:
        yield f"    all these numbers added: {told.english.number(int(added))}; they overlap"
