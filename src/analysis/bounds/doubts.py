"""What is added up, or named alike, without the tables saying that it may be.

Nobody is counted twice where the tables say what is inside what. Where they leave it open the sum
stands, and what makes it doubtful is listed, for a person to answer in the table.
"""

import itertools

import numpy as np
import pandas as pd

from analysis.bounds.drawn import wholes_of
from analysis.bounds.families import (
    Family,
    find_families,
    first_counted,
    merge_tellings,
    net_of_updates,
)
from analysis.data.cut import counting, roots
from analysis.data.dataset import Dataset

COLUMNS = ["doubt", "tally_ids", "event_ids", "reports", "date_start", "date_end", "low"]
_MANY, _NAMED = 2000, 10
"""Incidents looked at pair by pair, and statements that a question names, at most."""

_ASKED = {
    "incidents": "incidents of {days} from {reports} reports are added up to at least {low}: "
    "{events}. Are they the same, told again (same_as), counted further (updates), or other "
    "people (apart_from)?",
    "tallies": "these tallies could hold the same people and are added up. Is one part of the "
    "other (subset_of)? Or do cause, area or victim_group tell them apart?",
    "names": "figures call these tallies by one name; give each a label of its own",
    "link": "{events} corrects or updates a statement of another tally; is it the right one?",
    "group": "counts a group of people and is part of no tally; write in subset_of whose, with a "
    "tally of everybody where there is none",
}


def doubt_lines(dataset: Dataset) -> list[str]:
    """Each doubt as a question to the coder."""
    lines = []
    for row in find_doubts(dataset).itertuples():
        days = {f"{day:%Y-%m-%d}": 1 for day in (row.date_start, row.date_end) if pd.notna(day)}
        events = row.event_ids.split(";")
        more = f" and {len(events) - _NAMED} more" if len(events) > _NAMED else ""
        said = _ASKED[row.doubt].format(
            days=" to ".join(days),
            reports=row.reports,
            low=row.low,
            events=", ".join(events[:_NAMED]) + more,
        )
        lines.append(f"{row.tally_ids.replace(';', ', ')}: {said}")
    return lines


def find_doubts(dataset: Dataset) -> pd.DataFrame:
    """What the tables leave open, and a total may rest on.

    Returns
    -------
    pandas.DataFrame
        One row a doubt. ``doubt`` is ``incidents`` (of one tally, from different reports, that
        share a day and are added), ``tallies`` (of one source and party that could share people
        and are added), ``names`` (two tallies that figures call the same), ``link`` (a row that
        corrects or updates one of another tally) or ``group`` (part of a party and of no tally);
        ``tally_ids`` and ``event_ids`` concerned (``;`` between), ``reports`` (how many),
        ``date_start`` and ``date_end`` of their days, ``low`` (persons, Int64: the least that
        incidents add up to).
    """
    return dataset.once("doubts", lambda: _find_doubts(dataset)).copy()


def _find_doubts(dataset: Dataset) -> pd.DataFrame:
    found = [*_incidents(dataset), *_tallies(dataset), *_links(dataset)]
    rows = pd.DataFrame(found, columns=COLUMNS)
    days = dict.fromkeys(["date_start", "date_end"], "datetime64[us]")
    return rows.astype(dict.fromkeys(COLUMNS[:3], "str") | {"low": "Int64"} | days)


def _incidents(dataset: Dataset) -> list[tuple]:
    reports = dict(dataset.events[["event_id", "report_id"]].to_numpy())
    if len({*reports.values()}) < 2:
        return []
    apart = dataset.events[dataset.events["apart_from"].notna()]
    other = {
        frozenset((row.event_id, name.strip()))
        for row in apart.itertuples()
        for name in row.apart_from.split(";")
    }
    found = []
    for family in find_families(dataset, "primary"):
        merged = net_of_updates(merge_tellings(family))
        things = first_counted(merged)
        for rows in _together(merged):
            told, page = (
                merged.take(rows),
                np.array([reports[merged.event_id[row]] for row in rows]),
            )
            doubtful = _unanswered(told, page, things[rows], other)
            if doubtful.any():
                told, pages = told.take(doubtful), len({*page[doubtful]})
                tally, span = told.tallies[told.tally[0]], (told.start.min(), told.stop.max() - 1)
                first, last = np.array(span).astype("datetime64[D]").astype("datetime64[us]")
                first = pd.NaT if told.open.any() else first
                names = ";".join(told.event_id)
                found.append(("incidents", tally, names, pages, first, last, int(told.low.sum())))
    return found


def _together(merged: Family) -> list[np.ndarray]:
    """Row numbers of incidents of one tally whose days meet, one after the other."""
    found = []
    for tally in np.unique(merged.tally[~merged.toll]):
        rows = np.flatnonzero((merged.tally == tally) & ~merged.toll & (merged.low > 0))
        rows = rows[np.argsort(merged.start[rows], kind="stable")]
        reached = np.maximum.accumulate(merged.stop[rows])
        apart = np.flatnonzero(merged.start[rows][1:] >= reached[:-1]) + 1
        found += [np.sort(some) for some in np.split(rows, apart) if len(some) > 1]
    return found


def _unanswered(
    told: Family, page: np.ndarray, things: np.ndarray, apart: set[frozenset]
) -> np.ndarray:
    """Incidents that share a day with one of another report, and nothing says what they share."""
    if len({*page}) < 2:
        return np.zeros(len(page), dtype=bool)
    if len(page) > _MANY:
        return np.ones(len(page), dtype=bool)
    doubtful = (told.start[:, None] < told.stop) & (told.start < told.stop[:, None])
    doubtful &= (page[:, None] != page) & (things[:, None] != things)
    for one, another in zip(*doubtful.nonzero(), strict=True):
        if frozenset((told.event_id[one], told.event_id[another])) in apart:
            doubtful[one, another] = False
    return doubtful.any(axis=1)


def _tallies(dataset: Dataset) -> list[tuple]:
    """Doubts about two tallies, and groups that are part of none."""
    root = roots(dataset)
    stated = {*dataset.events.loc[counting(dataset), "tally_id"]}
    used = stated | {root[name] for name in stated}
    tallies = dataset.tallies[dataset.tallies["tally_id"].isin(used)]
    party = dataset.parties.set_index("party_id")
    whole = dataset.areas.set_index("area_id")["part_of"]
    alone = tallies[tallies["victim_group"].notna() & tallies["subset_of"].isna()]
    found = [_doubt("group", name) for name in alone["tally_id"]]
    same = tallies.fillna({"source_original": ""}).groupby(["source_original", "harm"])
    for _, rows in same:
        for column, other in itertools.permutations(("label_en", "label_ar"), 2):
            label = rows[column].fillna(rows[other]).fillna(rows["party_id"].map(party[column]))
            for _, alike in rows[label.notna()].groupby(label[label.notna()]):
                if len(alike) > 1 and _doubt("names", *alike["tally_id"]) not in found:
                    found.append(_doubt("names", *alike["tally_id"]))
        outer = [*rows[rows["subset_of"].isna()].itertuples()]
        found += [
            _doubt("tallies", one.tally_id, other.tally_id)
            for at, one in enumerate(outer)
            for other in outer[:at]
            if one.party_id == other.party_id and _could_share(one, other, whole)
        ]
    return found


def _could_share(one, other, whole: pd.Series) -> bool:
    """Whether two tallies of a party can hold the same people, as far as the tables say."""
    causes = {one.cause, other.cause}
    groups = {one.victim_group, other.victim_group}
    if any(len({cell for cell in cells if pd.notna(cell)}) > 1 for cells in (causes, groups)):
        return False
    return pd.isna(one.area) or pd.isna(other.area) or nested(one.area, other.area, whole)


def nested(one: str, other: str, whole: pd.Series) -> bool:
    """Whether one of two areas is the other or lies in it; ``whole`` is ``part_of`` by area."""
    around = [{area, *(wholes_of(area, whole) if area in whole else ())} for area in (one, other)]
    return other in around[0] or one in around[1]


def _links(dataset: Dataset) -> list[tuple]:
    tally = dataset.events.set_index("event_id")["tally_id"]
    found = []
    for column in ("supersedes", "updates"):
        rows = dataset.events[dataset.events[column].notna()]
        older = rows[column].map(tally)
        across = rows[(older != rows["tally_id"]).fillna(value=False).to_numpy(dtype=bool)]
        found += [
            _doubt("link", row.tally_id, tally[getattr(row, column)], told=row.event_id)
            for row in across.itertuples()
        ]
    return found


def _doubt(what: str, *tallies: str, told: str = "") -> tuple:
    return what, ";".join(tallies), told, 0, pd.NaT, pd.NaT, None
