"""Totals that count nobody twice, and the ledger of what each number adds to them.

A total adds the tallies of one source that are part of no other; running totals, repeats and
parts are already inside. The naive sum of all numbers stands beside it to show what adding up
the text would give.
"""

from contextlib import suppress
from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.daily import no_narrower, own_days, profile, solve_or_explain
from analysis.bounds.solver import solve
from analysis.bounds.statements import Family, find_families, merge_tellings, rows_of_reading
from analysis.data.dataset import Dataset, published_by
from analysis.data.problems import ContradictionError

GROUP = ["source_original", "party_id", "harm"]


def totals(
    dataset: Dataset, reading: str = "primary", as_of: date | str | None = None
) -> pd.DataFrame:
    """Bounds on the people harmed, by source, party and harm.

    ``reading`` and ``as_of`` as for :func:`analysis.casualty_bounds`.

    Returns
    -------
    pandas.DataFrame
        ``source_original`` (missing where the report cites nobody), ``party_id``, ``harm``,
        ``low``, ``high`` (persons, Int64; a missing high means no upper bound) and ``naive_sum``
        (persons: every stated number added, as it should not be).

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    """
    dataset = published_by(dataset, as_of)
    tallies = dataset.tallies.set_index("tally_id")
    found = tally_totals(dataset, reading)
    whole = found[found["tally_id"].map(tallies["subset_of"]).isna()]
    whole = whole.join(tallies[GROUP], on="tally_id")
    whole["naive_sum"] = whole["tally_id"].map(_naive_sums(dataset, reading)).astype("Int64")
    groups = whole.groupby(GROUP, dropna=False, sort=False)[["low", "high", "naive_sum"]]
    return groups.agg(lambda counts: counts.sum(skipna=False)).reset_index()


def _naive_sums(dataset: Dataset, reading: str) -> dict[str, int]:
    rows = rows_of_reading(dataset, reading)
    stated = rows[rows["count_basis"].fillna("stated") != "derived"].set_index("event_id")["low"]
    return {
        family.root: int(stated.reindex(family.statements["event_id"]).sum())
        for family in find_families(dataset, reading)
    }


def tally_totals(dataset: Dataset, reading: str = "primary") -> pd.DataFrame:
    """Bounds on everybody of each tally, parts of tallies included.

    Returns
    -------
    pandas.DataFrame
        ``tally_id``, ``low``, ``high`` (persons, Int64; a missing high means no upper bound): for
        a tally that is part of no other over all the days of its family, for a part over its own.
        Those of the wide reading contain those of the primary one.

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    """
    found = _tally_totals(dataset, reading)
    if reading == "wide":
        with suppress(ContradictionError):
            primary = _tally_totals(dataset, "primary")
            found = no_narrower(found, primary, ["tally_id"], ["low", "high"])
    return found


def _tally_totals(dataset: Dataset, reading: str) -> pd.DataFrame:
    rows = []
    for family in find_families(dataset, reading):
        blocks = solve_or_explain(dataset, family)
        spans = {tally_id: (since, days[-1] + 1) for tally_id, since, days in own_days(family)}
        merged = merge_tellings(family.statements)
        spans[family.root] = (merged["start"].min(), merged["stop"].max())
        for tally_id, (first, stop) in spans.items():
            found = profile(family, blocks, tally_id, first)
            at = np.searchsorted(found.nodes, stop)
            rows.append([tally_id, found.low[at], found.high[at]])
    found = pd.DataFrame(rows, columns=["tally_id", "low", "high"])
    found = found.astype({"low": "float64", "high": "float64"})
    found["high"] = found["high"].where(np.isfinite(found["high"]))
    place = {tally_id: place for place, tally_id in enumerate(dataset.tallies["tally_id"])}
    ordered = found.sort_values("tally_id", key=lambda ids: ids.map(place), ignore_index=True)
    return ordered.astype({"tally_id": "str", "low": "Int64", "high": "Int64"})


def ledger(
    dataset: Dataset,
    harm: str = "killed",
    reading: str = "primary",
    as_of: date | str | None = None,
) -> pd.DataFrame:
    """What each counted statement adds to the total, and what already contains it.

    Statements are taken from the widest tally down, tolls before incidents, great numbers before
    small; each counts with what it adds to the least total that the ones before it support. The
    column ``counted`` therefore adds up to the ``low`` of :func:`totals`. ``reading`` and
    ``as_of`` as for :func:`analysis.casualty_bounds`.

    Returns
    -------
    pandas.DataFrame
        One row a counted statement, in the order of ``events``: ``event_id``, ``tally_id``,
        ``low``, ``high``, ``counted`` (persons, Int64), ``inside`` (the statement or tally that
        already contains it, missing where none does) and ``reason``.

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    """
    dataset = published_by(dataset, as_of)
    tallies = dataset.tallies.set_index("tally_id")
    entries = {}
    for family in find_families(dataset, reading):
        if tallies.loc[family.root, "harm"] == harm:
            solve_or_explain(dataset, family)
            entries |= _entries(family, rows_of_reading(dataset, reading))
    rows = rows_of_reading(dataset, reading)
    rows = rows[rows["event_id"].isin(entries)]
    found = pd.DataFrame(
        [entries[event_id] for event_id in rows["event_id"]],
        columns=["counted", "inside", "reason"],
        index=rows.index,
    ).astype({"counted": "Int64", "inside": "str", "reason": "str"})
    return rows[["event_id", "tally_id", "low", "high"]].join(found).reset_index(drop=True)


def _entries(family: Family, rows: pd.DataFrame) -> dict[str, tuple]:
    derived = set(rows.loc[rows["count_basis"] == "derived", "event_id"])
    ordered = _by_weight(family, derived)
    counted = dict(zip(ordered["event_id"], _added(family, ordered), strict=True))
    ordered["counted"] = ordered["event_id"].map(counted)
    return {
        row.event_id: (row.counted, *_why(row, family, ordered, derived))
        for row in ordered.itertuples()
    }


def _by_weight(family: Family, derived: set[str]) -> pd.DataFrame:
    depth = {tally_id: _depth(tally_id, family.parents) for tally_id in family.parents}
    statements = family.statements.assign(
        depth=family.statements["tally_id"].map(depth),
        derived=family.statements["event_id"].isin(derived),
        copy=family.statements["first"] != family.statements["event_id"],
    )
    return statements.sort_values(
        ["depth", "derived", "copy", "toll", "low", "start"],
        ascending=[True, True, True, False, False, True],
        kind="stable",
    )


def _depth(tally_id: str, parents: dict[str, str | None]) -> int:
    whole = parents[tally_id]
    return 0 if whole is None else 1 + _depth(whole, parents)


def _added(family: Family, ordered: pd.DataFrame) -> list[int]:
    """What each statement adds to the least total; nothing more once the total is reached."""
    goal = _least_total(family)
    reached, added = 0, []
    for place in range(1, len(ordered) + 1):
        before = reached
        if reached < goal:
            reached = _least_total(family._replace(statements=ordered.iloc[:place]))
        added.append(int(reached - before))
    return added


def _least_total(family: Family) -> float:
    return profile(family, solve(family), family.root, family.statements["start"].min()).low[-1]


def _why(row, family: Family, ordered: pd.DataFrame, derived: set[str]) -> tuple:
    """What a statement is inside of, and why it counts as it does (``words.REASONS``)."""
    counting = ordered[(ordered["counted"] > 0) & (ordered["event_id"] != row.event_id)]
    near = counting[(counting["start"] < row.stop) & (counting["stop"] > row.start)]
    around = near[(near["start"] <= row.start) & (near["stop"] >= row.stop)]
    holder = [*around["event_id"], *near["event_id"], None][0]
    if row.counted >= row.low:
        return None, "counted"
    if row.counted > 0:
        return holder, "partly inside another count"
    if row.first != row.event_id and row.first in {*ordered["event_id"]}:
        return row.first, "told again"
    if row.event_id in derived:
        return holder, "derived from other counts"
    if row.tally_id != family.root:
        return family.parents[row.tally_id], "part of a larger tally"
    return holder, "inside a larger count" if len(around) else "overlaps another count"
