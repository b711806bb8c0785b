"""The ledger: what each number of the text adds to the total, and what already contains it."""

from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.daily import bounds_frame
from analysis.bounds.families import Family, find_families
from analysis.bounds.solver import solve
from analysis.bounds.totals import whole_days
from analysis.data.cut import published_by, rows_of_reading
from analysis.data.dataset import Dataset, once
from analysis.data.links import origin


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
    return _ledger(published_by(dataset, as_of), harm, reading).copy()


@once
def _ledger(dataset: Dataset, harm: str, reading: str) -> pd.DataFrame:
    rows = rows_of_reading(dataset, reading)
    harms = dataset.tallies.set_index("tally_id")["harm"]
    derived = rows["event_id"].to_numpy(object)[:0]
    families = [
        family
        for family in find_families(dataset, reading)
        if harms[family.root] == harm and len(family.event_id)
    ]
    whole = bounds_frame(dataset, [whole_days(family) for family in families], by=None)
    entries = [
        _entries(family, goal, np.isin(family.event_id, derived))
        for family, goal in zip(families, whole["cumulative_low"], strict=True)
    ]
    types = {"event_id": "str", "counted": "Int64", "inside": "str", "reason": "str"}
    columns = [np.concatenate(each) for each in zip(*entries, strict=True)] or [[]] * len(types)
    found = pd.DataFrame(dict(zip(types, columns, strict=True))).astype(types)
    shown = rows[["event_id", "tally_id", "low", "high"]]
    return shown.merge(found, on="event_id")


def _entries(family: Family, goal: float, derived: np.ndarray) -> tuple[np.ndarray, ...]:
    """Statements, what each adds to the total, what it is inside of and why it counts so."""
    order = _by_weight(family, derived)
    counted = np.empty(len(order))
    counted[order] = _added(family.take(order), goal)
    inside = np.full(len(order), None, dtype=object)
    reason = np.full(len(order), "counted", dtype=object)
    for row in np.flatnonzero(counted < family.low):
        inside[row], reason[row] = _why(row, family, counted, order, derived)
    return family.event_id, counted, inside, reason


def _by_weight(family: Family, derived: np.ndarray) -> np.ndarray:
    """Row numbers from the widest tally down: stated, told first, tolls, great numbers, early."""
    depth = np.zeros(len(family.tallies), dtype=int)
    for place in range(len(depth)):
        depth[family.inside(place)] += 1
    depths = depth[family.tally]
    name = np.unique(family.event_id, return_inverse=True)[1]  # whatever the order of the rows
    tolls_first = (family.start, -family.low, ~family.toll, family.again, derived, depths)
    return np.lexsort((name, *tolls_first))


def _added(ordered: Family, goal: float) -> np.ndarray:
    """What each statement adds to the least total; nothing more once the total is reached."""
    if ordered.only_incidents and ordered.also is None:
        # Each adds what it knows of beyond earlier tellings of the same.
        if not ordered.again.any() and not ordered.links:
            return ordered.low
        lows, older = pd.Series(ordered.low), ordered.counted_further()
        things = np.array([origin(told, older) for told in ordered.told])
        known = lows.groupby(things).cummax().groupby(things).shift(fill_value=0)
        return (lows - known).clip(lower=0).to_numpy()
    reached, added = 0.0, np.zeros(len(ordered.low))
    taken = np.zeros(len(added), dtype=bool)
    for place in range(len(added)):
        if reached >= goal:
            break
        told = ordered.told == ordered.told[place]
        if not taken[place]:  # all tellings go in together
            taken |= told
            some = ordered.take(np.flatnonzero(taken))
            days = some.start.min(), some.stop.max()
            before, least = reached, solve(some).between(0, *days)[0, 0]
            reached = min(goal, least)  # in the wide reading no more than the primary one needs
            added[told] = _shared(reached - before, ordered.low[told])
    return added


def _shared(people: float, lows: np.ndarray) -> np.ndarray:
    """What each telling of one thing adds: as many as it knows of beyond those before it."""
    known = np.minimum(np.maximum.accumulate(lows), people)
    parts = np.diff(known, prepend=0)
    parts[-1] += people - known[-1]
    return parts


def _why(
    row: int, family: Family, counted: np.ndarray, order: np.ndarray, derived: np.ndarray
) -> tuple[str | None, str]:
    """What a statement is inside of, and why it counts as it does."""
    start, stop = family.start, family.stop
    others = order[(counted[order] > 0) & (order != row)]
    near = others[(start[others] < stop[row]) & (stop[others] > start[row])]
    around = near[(start[near] <= start[row]) & (stop[near] >= stop[row])]
    holder = next((family.event_id[other] for other in (*around, *near)), None)
    if counted[row] > 0:
        return holder, "partly inside another count"
    first = np.flatnonzero((family.told == family.told[row]) & ~family.again)
    if family.again[row] and len(first):
        return family.event_id[first[0]], "told again"
    newer = [told for told, back in family.counted_further().items() if back == family.told[row]]
    if newer:
        return family.event_id[np.flatnonzero(family.told == newer[0])[0]], "counted further"
    if derived[row]:
        return holder, "derived from other counts"
    if family.tally[row] > 0:
        return family.tallies[family.parents[family.tally[row]]], "part of a larger tally"
    return holder, "inside a larger count" if len(around) else "overlaps another count"
