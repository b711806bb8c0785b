"""From statements to the tightest bounds that hold on every day.

For a tally, S(d) is the unknown number of people harmed before day d. Every statement bounds a
difference S(v) - S(u), so statements are edges of a graph and the lengths of its shortest paths
are the tightest bounds, in whole numbers (systems of difference constraints: Cormen et al.,
Introduction to Algorithms, section 24.4; a cycle of negative length is a contradiction). Only the
edges of windows are nodes, and stretches that no window crosses are solved apart, so a long
archive costs no more than its busiest stretch.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import NegativeCycleError, csgraph_from_dense, floyd_warshall

from analysis.contradictions import ImpossibleError, contradiction, parts_fit
from analysis.dataset import Dataset, published_by
from analysis.problems import ContradictionError
from analysis.statements import Family, find_families, merge_tellings

COLUMNS = ("low", "high", "cumulative_low", "cumulative_high")
_PASSES = 200


class Block(NamedTuple):
    """A stretch whose ends no window crosses.

    ``paths[tally_id][i, j]`` is the least upper bound of S(nodes[j]) - S(nodes[i]).
    """

    nodes: np.ndarray
    paths: dict[str, np.ndarray]


class Profile(NamedTuple):
    """Bounds of one tally: a value for each step between nodes, and for each node since a day."""

    nodes: np.ndarray
    step_low: np.ndarray
    step_high: np.ndarray
    low: np.ndarray
    high: np.ndarray


def casualty_bounds(
    dataset: Dataset, reading: str = "primary", as_of: date | str | None = None
) -> pd.DataFrame:
    """Tightest bounds on the people harmed, by tally and day.

    Parameters
    ----------
    dataset : Dataset
    reading : {"primary", "wide"}
        Which statements to take besides those that belong to every reading. The bounds of the
        wide reading contain those of the primary one: where a window of the wide reading would
        say more of a day than the primary does, the primary's bound stands.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD), before later corrections.

    Returns
    -------
    pandas.DataFrame
        One row a tally and day, from the tally's first window day to its last (the windows of
        two tellings of one thing being intersected first): ``tally_id``,
        ``date``, ``low`` and ``high`` (persons harmed that day), ``cumulative_low`` and
        ``cumulative_high`` (persons harmed from the tally's first window day to the end of that
        day; from before that, where a window has no first day). Int64; a missing high means that
        nothing bounds the number from above.

    Raises
    ------
    ContradictionError
        When statements cannot all be true; it names a smallest set of them.
    """
    dataset = published_by(dataset, as_of)
    bounds = _bounds(dataset, reading)
    if reading == "wide":
        with suppress(ContradictionError):
            bounds = no_narrower(bounds, _bounds(dataset, "primary"))
    return bounds


def no_narrower(wide: pd.DataFrame, primary: pd.DataFrame) -> pd.DataFrame:
    """Bounds that also contain those of the primary reading, on the days that have both."""
    day = ["tally_id", "date"]
    other = wide[day].merge(primary.assign(both=True), on=day, how="left")
    both = other["both"].notna()
    open_end = np.iinfo("int64").max
    loosest = {}
    for name in COLUMNS:
        one, two = (bounds[name].fillna(open_end) for bounds in (wide, other))
        farther = one >= two if name.endswith("high") else one <= two
        loosest[name] = one.where(farther | ~both, two).replace(open_end, pd.NA)
    return wide.assign(**loosest)


def _bounds(dataset: Dataset, reading: str) -> pd.DataFrame:
    found = [
        (tally_id, *daily(profile(family, blocks, tally_id, since), days))
        for family in find_families(dataset, reading)
        for blocks in [solve_or_explain(dataset, family)]
        for tally_id, since, days in own_days(family)
    ]
    place = {tally_id: place for place, tally_id in enumerate(dataset.tallies["tally_id"])}
    found.sort(key=lambda one: place[one[0]])
    bounds = np.concatenate([values for *_, values in found], axis=1) if found else np.empty((4, 0))
    days = [days for _, days, _ in found]
    return pd.DataFrame(
        {
            "tally_id": np.repeat([tally_id for tally_id, *_ in found], [len(d) for d in days]),
            "date": np.concatenate([*days, np.array([], "int64")]).astype("datetime64[D]"),
            **{name: whole_numbers(values) for name, values in zip(COLUMNS, bounds, strict=True)},
        }
    ).astype({"tally_id": "str"})


def find_contradictions(dataset: Dataset, reading: str = "primary") -> list[ContradictionError]:
    """What clashes in a reading, one smallest set of statements for each family that does."""
    found = []
    for family in find_families(dataset, reading):
        try:
            solve_or_explain(dataset, family)
        except ContradictionError as error:
            found.append(error)
    return found


def solve_or_explain(dataset: Dataset, family: Family) -> list[Block]:
    """Solve a family, or raise a ContradictionError that names the rows that clash."""
    try:
        return solve(family)
    except ImpossibleError as impossible:
        raise contradiction(dataset, family, impossible.event_ids, solve) from None


def solve(family: Family) -> list[Block]:
    """Shortest paths of a family, stretch by stretch, none where :func:`profile` needs none.

    Raises
    ------
    ImpossibleError
        When statements of a stretch cannot all be true.
    """
    merged = merge_tellings(family.statements)
    empty = (merged["start"] >= merged["stop"]) | (merged["low"] > merged["high"])
    if empty.any():
        tellings = family.statements["first"].isin(merged.loc[empty, "first"])
        raise ImpossibleError(family.statements.loc[tellings, "event_id"])
    if _only_incidents(family):
        return []
    stated = {name: merged[name].to_numpy() for name in merged.columns}
    return [_solve_block(stated, rows, family) for rows in _blocks(stated)]


def _only_incidents(family: Family) -> bool:
    return len(family.parents) == 1 and not family.statements["toll"].any()


def _blocks(stated: dict[str, np.ndarray]) -> list[np.ndarray]:
    """Row numbers of each stretch."""
    rows = np.argsort(stated["start"], kind="stable")
    reached = np.maximum.accumulate(stated["stop"][rows])
    apart = stated["start"][rows][1:] >= reached[:-1]
    return np.split(rows, np.flatnonzero(apart) + 1)


def _solve_block(stated: dict[str, np.ndarray], rows: np.ndarray, family: Family) -> Block:
    stated = {name: values[rows] for name, values in stated.items()}
    nodes = np.unique([stated["start"], stated["stop"]])
    edges = {
        tally_id: _edges(stated, stated["tally_id"] == tally_id, nodes)
        for tally_id in family.parents
    }
    try:
        paths = _settle(edges, family.parents)
    except NegativeCycleError:
        possible = False
    else:
        alone = len({*stated["tally_id"]}) == 1
        possible = alone or parts_fit(edges, paths, family.parents)
    if not possible:
        tellings = family.statements["first"].isin(stated["first"])
        raise ImpossibleError(family.statements.loc[tellings, "event_id"])
    return Block(nodes, paths)


def _edges(stated: dict[str, np.ndarray], own: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    """Direct upper bounds of S(j) - S(i): tolls both ways, sums of incidents backwards."""
    start, stop = (np.searchsorted(nodes, stated[name][own]) for name in ("start", "stop"))
    toll, low, high = (stated[name][own] for name in ("toll", "low", "high"))
    high = np.where(stated["open"][own], np.inf, high)  # at most so many, since nobody says when
    least = np.zeros((len(nodes), len(nodes)))
    np.add.at(least, (start[~toll], stop[~toll]), low[~toll])
    least = np.cumsum(np.cumsum(least[::-1], axis=0)[::-1], axis=1)
    np.maximum.at(least, (start[toll], stop[toll]), low[toll])
    edges = np.full_like(least, np.inf)
    before, after = np.triu_indices(len(nodes), 1)
    edges[after, before] = -least[before, after]
    np.minimum.at(edges, (start[toll], stop[toll]), high[toll])
    return edges


def _settle(edges: dict[str, np.ndarray], parents: dict[str, str | None]) -> dict[str, np.ndarray]:
    """Shortest paths of all tallies, least numbers passed up and greatest ones down.

    Stopping after any number of passes leaves bounds that hold.
    """
    paths = {tally_id: _shortest(direct) for tally_id, direct in edges.items()}
    parts = [(part, whole) for part, whole in parents.items() if whole is not None]
    for _ in range(_PASSES):
        changed = False
        for part, whole in parts:
            later = np.triu(np.ones_like(paths[part], dtype=bool))
            for giver, taker, at in ((whole, part, later), (part, whole, ~later)):
                if (paths[giver] < paths[taker])[at].any():
                    tighter = np.where(at, np.minimum(paths[giver], paths[taker]), paths[taker])
                    paths[taker] = _shortest(tighter)
                    changed = True
        if not changed:
            break
    return paths


def _shortest(edges: np.ndarray) -> np.ndarray:
    # A dense array would lose edges of weight zero, so the graph names what is no edge.
    return floyd_warshall(csgraph_from_dense(edges, null_value=np.inf))


def profile(family: Family, blocks: list[Block], tally_id: str, since: int) -> Profile:
    """Bounds of a tally at the nodes of its family, cumulative ones since the day ``since``."""
    if _only_incidents(family):
        return _profile_of_incidents(merge_tellings(family.statements))
    nodes, steps, sums = [blocks[0].nodes[:1]], [], [np.zeros((2, 1))]
    for block in blocks:
        paths = block.paths[tally_id]
        if nodes[-1][-1] < block.nodes[0]:  # nothing is stated of the time between
            nodes.append(block.nodes[:1])
            steps.append([[0], [np.inf]])
            sums.append(sums[-1][:, -1:] + [[0], [np.inf if since < block.nodes[0] else 0]])
        index = np.arange(len(block.nodes))
        entry = min(np.searchsorted(block.nodes, since), index[-1])
        counted = index[1:] > entry
        more = np.where(counted, [-paths[1:, entry], paths[entry, 1:]], 0)
        nodes.append(block.nodes[1:])
        steps.append([-paths[index[1:], index[:-1]], paths[index[:-1], index[1:]]])
        sums.append(sums[-1][:, -1:] + more)
    return Profile(
        np.concatenate(nodes), *np.concatenate(steps, axis=1), *np.concatenate(sums, axis=1)
    )


def _profile_of_incidents(rows: pd.DataFrame) -> Profile:
    """A tally with incidents alone has no upper bounds, and its lower ones are plain sums."""
    nodes = np.unique(rows[["start", "stop"]])
    start, stop = np.searchsorted(nodes, rows["start"]), np.searchsorted(nodes, rows["stop"])
    within = np.where(stop == start + 1, rows["low"], 0)
    open_end = np.full(len(nodes), np.inf)
    return Profile(
        nodes,
        np.bincount(start, within, len(nodes) - 1),
        open_end[1:],
        np.cumsum(np.bincount(stop, rows["low"], len(nodes))),
        np.where(np.arange(len(nodes)) == 0, 0, open_end),
    )


def own_days(family: Family) -> Iterator[tuple[str, int, np.ndarray]]:
    """Each tally that has statements, since when it counts, and its days.

    The days run from the first to the last of a window. A count without a first day goes back
    before them.
    """
    for tally_id, own in merge_tellings(family.statements).groupby("tally_id", sort=False):
        first = own["start"].where(~own["open"], own["stop"] - 1).min()
        yield tally_id, own["start"].min(), np.arange(first, own["stop"].max())


def daily(found: Profile, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The four bounds on each day; inside a longer step nothing tells on which day it was."""
    step = np.searchsorted(found.nodes, days, side="right") - 1
    last = days + 1 == found.nodes[step + 1]
    alone = last & (days == found.nodes[step])
    low = np.where(alone, found.step_low[step], 0)
    reached = np.where(last, found.low[step + 1], found.low[step])
    return days, np.array([low, found.step_high[step], reached, found.high[step + 1]])


def whole_numbers(values: np.ndarray) -> pd.arrays.IntegerArray:
    """Numbers of persons, missing where nothing bounds them."""
    known = np.isfinite(values)
    return pd.arrays.IntegerArray(np.where(known, values, 0).astype("int64"), ~known)
