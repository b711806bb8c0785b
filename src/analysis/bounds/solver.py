"""Shortest paths through the statements on a family of tallies: the tightest bounds there are.

For a tally, S(d) is the unknown number of people harmed before day d. Every statement bounds a
difference S(v) - S(u), so statements are edges of a graph and the lengths of its shortest paths
are the tightest bounds, in whole numbers (systems of difference constraints: Cormen et al.,
Introduction to Algorithms, section 24.4; a cycle of negative length is a contradiction). Only the
edges of windows are nodes, and stretches that no window crosses are solved apart, so a long
archive costs no more than its busiest stretch.
"""

from typing import NamedTuple

import numpy as np
from scipy.sparse.csgraph import NegativeCycleError, csgraph_from_dense, floyd_warshall

from analysis.bounds.contradictions import ImpossibleError, parts_fit
from analysis.bounds.statements import Family, merge_tellings

_PASSES = 200


class Block(NamedTuple):
    """A stretch whose ends no window crosses.

    ``paths[tally_id][i, j]`` is the least upper bound of S(nodes[j]) - S(nodes[i]).
    """

    nodes: np.ndarray
    paths: dict[str, np.ndarray]


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
    if only_incidents(family):
        return []
    stated = {name: merged[name].to_numpy() for name in merged.columns}
    return [_solve_block(stated, rows, family) for rows in _blocks(stated)]


def only_incidents(family: Family) -> bool:
    """Whether nothing is stated but incidents of one tally; their sums need no paths."""
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
