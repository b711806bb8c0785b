"""What is added up, or named alike, without the tables saying that it may be.

Nobody is counted twice where the tables say what is inside what. Where they leave it open the sum
stands, and what makes it doubtful is listed, for a person to answer in the table.
"""

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.drawn import nested, stated_roots
from analysis.bounds.families import Family, find_families, merge_tellings, touching
from analysis.bounds.solver import net_of_updates
from analysis.data.cut import published_by
from analysis.data.dataset import Dataset, once
from analysis.data.links import links, origin
from analysis.data.tellings import first_tellings, further_of

COLUMNS = ["doubt", "tally_ids", "event_ids", "reports", "date_start", "date_end", "low"]
_MANY, _NAMED = 1000, 10
"""Incidents looked at pair by pair, and statements that a question names, at most."""

BETWEEN = ("tallies", "names")

_ASKED = {
    "incidents": "incidents of {days} from {reports} reports are added up to at least {low}: "
    "{events}. Are they the same, told again (same_as), counted further (updates), or other "
    "people (apart_from)?",
    "tallies": "these tallies could hold the same people and are added up. Is one part of the "
    "other (subset_of)? Or do cause, victim_group or area (with areas.csv) tell them apart?",
    "names": "figures call these tallies by one name; give each a label of its own",
    "link": "{events} corrects or updates a statement of another tally; is it the right one?",
    "source": "the second is part of the first, which another source counts; what one source "
    "counts says nothing of another's total. Leave subset_of empty",
    "group": "counts a group of people and is part of no tally; write in subset_of whose. Where "
    "its source counts no others, make the group a party of its own",
}


def doubts(dataset: Dataset, as_of: date | str | None = None) -> pd.DataFrame:
    """What a person should answer before totals are used: a question a row.

    ``kind`` is what it is about, ``doubt`` the question; those of kinds ``BETWEEN`` are about
    tallies that need not be parts of one another.
    """
    found = find_doubts(published_by(dataset, as_of))
    lines = pd.Series([*map(_line, found.itertuples())], dtype="str")
    return pd.DataFrame({"kind": found["doubt"], "doubt": lines})


def _line(row) -> str:
    """A doubt as a question to the coder."""
    days = {f"{day:%Y-%m-%d}": 1 for day in (row.date_start, row.date_end) if pd.notna(day)}
    events = row.event_ids.split(";")
    more = f" and {len(events) - _NAMED} more" if len(events) > _NAMED else ""
    said = _ASKED[row.doubt].format(
        days=" to ".join(days),
        reports=row.reports,
        low=row.low,
        events=", ".join(events[:_NAMED]) + more,
    )
    return f"{row.tally_ids.replace(';', ', ')}: {said}"


@once
def find_doubts(dataset: Dataset) -> pd.DataFrame:
    """What the tables leave open, and a total may rest on: a row a doubt.

    ``doubt`` is a key of what is asked above. ``tally_ids`` and ``event_ids`` concerned (``;``
    between), ``reports`` (how many), ``date_start`` and ``date_end`` of their days, ``low``
    (persons, Int64: the least that incidents add up to).
    """
    found = [*_incidents(dataset), *_tallies(dataset), *_links(dataset)]
    rows = pd.DataFrame(found, columns=COLUMNS)
    days = dict.fromkeys(["date_start", "date_end"], "datetime64[us]")
    return rows.astype(dict.fromkeys(COLUMNS[:3], "str") | {"low": "Int64"} | days)


def _incidents(dataset: Dataset) -> Iterator[tuple]:
    """Incidents of one tally from several reports that share a day, and nothing says what."""
    events, first = dataset.events, first_tellings(dataset)
    if events["report_id"].nunique() < 2 or "incident" not in {*events["count_kind"]}:
        return
    pages = events.groupby(events["event_id"].map(first))["report_id"].agg(frozenset)
    pages = {name: pages[told] for name, told in first.items()}
    thing = {name: origin(told, further_of(dataset)) for name, told in first.items()}
    apart = {
        frozenset(thing.get(each.strip()) for each in (row.event_id, name))
        for row in events[events["apart_from"].notna()].itertuples()
        for name in row.apart_from.split(";")
    }

    def asked(one: str, other: str) -> bool:
        things = frozenset((thing[one], thing[other]))
        return len(things) > 1 and things not in apart and not pages[one] & pages[other]

    def reports(some: Family) -> int:
        return len({page for name in some.event_id for page in pages[name]})

    for family in find_families(dataset, "primary"):
        merged = net_of_updates(merge_tellings(family))
        for some in map(merged.take, _together(merged)):
            doubtful = some.take(_unanswered(some, asked)) if reports(some) > 1 else some
            if reports(doubtful) > 1:
                span = np.array([doubtful.start.min(), doubtful.stop.max() - 1])
                start, end = span.astype("datetime64[D]").astype("datetime64[us]")
                days = pd.NaT if doubtful.open.any() else start, end
                told = ";".join(doubtful.event_id), reports(doubtful)
                yield "incidents", some.tallies[some.tally[0]], *told, *days, doubtful.low.sum()


def _together(merged: Family) -> Iterator[np.ndarray]:
    """Row numbers of incidents of one tally whose days meet, one after the other."""
    counted = ~merged.toll & (merged.low > 0)
    for tally in np.unique(merged.tally[counted]):
        rows = np.flatnonzero(counted & (merged.tally == tally))
        for some in touching(merged.start[rows], merged.stop[rows]):
            if len(some) > 1:
                yield rows[np.sort(some)]


def _unanswered(some: Family, asked: Callable[[str, str], bool]) -> np.ndarray:
    """Incidents that share a day with another that is ``asked`` about."""
    if len(some.low) > _MANY:
        return np.ones(len(some.low), dtype=bool)
    meet = (some.start[:, None] < some.stop) & (some.start < some.stop[:, None])
    doubtful = np.zeros(len(some.low), dtype=bool)
    for one, other in zip(*np.triu(meet, 1).nonzero(), strict=True):
        if asked(some.event_id[one], some.event_id[other]):
            doubtful[[one, other]] = True
    return doubtful


def _tallies(dataset: Dataset) -> list[tuple]:
    """Doubts about two tallies, and groups that are part of none."""
    stated = stated_roots(dataset)
    used = dataset.tallies["tally_id"].isin({*stated, *stated.values()})
    tallies = dataset.tallies[used].fillna({"source_original": ""})
    alone = tallies[tallies["victim_group"].notna() & tallies["subset_of"].isna()]
    found = [_doubt("group", name) for name in alone["tally_id"]]
    other = tallies["subset_of"].map(tallies.set_index("tally_id")["source_original"])
    foreign = tallies[other.notna() & (other != tallies["source_original"])]
    found += [_doubt("source", row.subset_of, row.tally_id) for row in foreign.itertuples()]
    party = dataset.parties.set_index("party_id")
    mixed = {*party.index[party["status"] == "mixed"]}
    known, whole = {*dataset.areas["area_id"]}, links(dataset.areas, "area_id", "part_of")
    labels = [
        _shown(tallies, column).fillna(tallies["party_id"].map(_shown(party, column)).astype("str"))
        for column in tallies.filter(like="label_")
    ]
    for _, rows in tallies.groupby(["source_original", "harm"]):
        for label in labels:
            alike = label[rows.index][label.duplicated(keep=False)[rows.index]]
            asked = [_doubt("names", *ids) for _, ids in rows["tally_id"].groupby(alike)]
            found += [each for each in asked if ";" in each[1] and each not in found]
        outer = [*rows[rows["subset_of"].isna()].itertuples()]
        found += [
            _doubt("tallies", one.tally_id, other.tally_id)
            for at, one in enumerate(outer)
            for other in outer[:at]
            if (one.party_id == other.party_id or one.party_id in mixed or other.party_id in mixed)
            and _could_share(one, other, known, whole)
        ]
    return found


def _could_share(one, other, known: set[str], whole: dict[str, str]) -> bool:
    """Whether two tallies can hold the same people, as far as cause, group and area say."""
    causes = {one.cause, other.cause}
    groups = {one.victim_group, other.victim_group}
    if any(len({cell for cell in cells if pd.notna(cell)}) > 1 for cells in (causes, groups)):
        return False
    areas = one.area, other.area
    return not {*areas} <= known or nested(*areas, whole)


def _links(dataset: Dataset) -> list[tuple]:
    events = dataset.events
    tally = dict(zip(events["event_id"], events["tally_id"], strict=True))
    return [
        _doubt("link", tally[newer], tally[older], told=newer)
        for column in ("supersedes",)
        for newer, older in links(events, "event_id", column).items()
        if pd.notna([tally[newer], tally[older]]).all() and tally[newer] != tally[older]
    ]


def _shown(rows: pd.DataFrame, column: str) -> pd.Series:
    """Labels as a language shows them: in its column, else in another."""
    labels = rows.filter(like="label_")
    cells = labels[sorted(labels, key=lambda name: name != column)].to_numpy(object)
    return pd.Series([next(filter(pd.notna, row), None) for row in cells], rows.index, dtype="str")


def _doubt(what: str, *tallies: str, told: str = "") -> tuple:
    return what, ";".join(tallies), told, 0, pd.NaT, pd.NaT, None
