"""From the statements on a family of tallies to the tightest bounds there are, in whole numbers.

For a tally, S(d) is the unknown number of people harmed before day d. Every statement bounds a
difference S(v) - S(u), so statements are edges of a graph and the lengths of its shortest paths
are the tightest bounds (systems of difference constraints: Cormen et al., Introduction to
Algorithms, section 24.4; a cycle of negative length is a contradiction). Only the ends of windows
are nodes, and stretches that no window crosses are solved apart. Long stretches are mostly sparse,
running totals above all, so nodes with few neighbours are taken out first and put back last (Planken,
de Weerdt and van der Krogt 2012, "Computing all-pairs shortest paths by leveraging low treewidth",
JAIR 43): the work grows nearly in proportion to the statements.
"""

import heapq
from typing import NamedTuple

import numpy as np

from analysis.bounds.families import Family, merge_tellings
from analysis.bounds.parts import parts_fit

_SMALL = 64
"""Nodes: stretches are joined up to this many, and solved by plain relaxation up to this many."""
_FEW = 8
"""Neighbours: a node with more stays in the core."""
_PASSES = 200


class ImpossibleError(Exception):
    """The statements at ``rows`` of a family hold a contradiction, somewhere among them."""

    def __init__(self, rows: np.ndarray) -> None:
        super().__init__()
        self.rows = rows


class Stretch(NamedTuple):
    """A stretch of days whose ends no window crosses.

    ``paths[tally, i, j]`` is the least upper bound of S(nodes[j]) - S(nodes[i]).
    """

    nodes: np.ndarray
    paths: np.ndarray

    def between(self, tally: int, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """Low and high from one day to another, the parts of windows that lie in the stretch."""
        nodes, paths = self.nodes, self.paths[tally]
        start, stop = (np.clip(days, nodes[0], nodes[-1]) for days in (start, stop))
        inner = np.searchsorted(nodes, start), np.searchsorted(nodes, stop, side="right") - 1
        outer = np.searchsorted(nodes, start, side="right") - 1, np.searchsorted(nodes, stop)
        low = np.where(inner[0] < inner[1], -paths[inner[::-1]], 0)
        return np.array([low, np.where(start < stop, paths[outer], 0)])


class Solution(NamedTuple):
    """What the statements on a family allow.

    ``incidents`` takes the place of ``stretches`` where nothing else is stated, of one tally.
    """

    stretches: list[Stretch]
    incidents: Family | None = None

    def between(self, tally: int, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """At least and at most how many people of a tally (its place) in each window of days.

        Parameters
        ----------
        tally : int
        start, stop : array of int
            First day and the day after the last, since 1970.

        Returns
        -------
        array of float, 2 by windows
            Persons; infinite where nothing bounds them from above.
        """
        start, stop = np.broadcast_arrays(start, stop)
        if self.incidents is not None:
            return _sums(self.incidents, start, stop)
        found, left = np.zeros((2, len(start))), (stop - start).astype("float64")
        for stretch in self.stretches:
            first, last = stretch.nodes[[0, -1]]
            if first < stop.max(initial=first) and start.min(initial=last) < last:
                found += stretch.between(tally, start, stop)
                left -= np.maximum(np.minimum(stop, last) - np.maximum(start, first), 0)
        found[1, left > 0] = np.inf  # nothing is stated of some of these days
        return found


def _sums(rows: Family, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Incidents have no upper bounds, and their lower ones are the sums of those inside."""
    low = np.zeros(len(start))
    if len(start) and (start == start[0]).all():
        inside = rows.start >= start[0]
        low = _summed(rows.stop[inside], rows.low[inside], stop)
    else:  # a window of some length holds a row where it starts from stop - length to start
        for length in np.unique(stop - start):
            own, short = stop - start == length, rows.stop - rows.start <= length
            ends = np.concatenate([rows.stop[short] - length, rows.start[short] + 1])
            low[own] = _summed(ends, np.outer([1, -1], rows.low[short]).ravel(), start[own])
    return np.array([low, np.full(len(low), np.inf)])


def _summed(days: np.ndarray, counts: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Sums of counts up to each day asked for."""
    order = np.argsort(days, kind="stable")
    sums = np.concatenate([[0], np.cumsum(counts[order])])
    return sums[np.searchsorted(days[order], asked, side="right")]


def solve(family: Family) -> Solution:
    """Shortest paths of a family, stretch by stretch. Arrays in, arrays out, nothing else read.

    Raises
    ------
    ImpossibleError
        When statements of a stretch cannot all be true.
    UndecidedError
        When an integer program could not be decided.
    """
    merged = merge_tellings(family)
    empty = (merged.start >= merged.stop) | (merged.low > merged.high)
    if empty.any():
        raise ImpossibleError(np.flatnonzero(np.isin(family.told, merged.told[empty])))
    if merged.only_incidents:
        return Solution([], merged)
    stretches: list[Stretch] = []
    for group in _joined(_stretches(merged)):
        solved = _solve_stretch(merged.take(np.concatenate(group)))
        for rows in [] if solved else group:  # which one of them is impossible?
            if _solve_stretch(merged.take(rows)) is None:
                raise ImpossibleError(np.flatnonzero(np.isin(family.told, merged.told[rows])))
        stretches.append(solved)
    return Solution(stretches)


def _stretches(family: Family) -> list[np.ndarray]:
    """Row numbers of each stretch."""
    rows = np.argsort(family.start, kind="stable")
    reached = np.maximum.accumulate(family.stop[rows])
    apart = family.start[rows][1:] >= reached[:-1]
    return np.split(rows, np.flatnonzero(apart) + 1)


def _joined(stretches: list[np.ndarray]) -> list[list[np.ndarray]]:
    """Stretches in groups that are solved as quickly as each of them."""
    groups: list[list[np.ndarray]] = []
    size = _SMALL
    for rows in stretches:
        if size + 2 * len(rows) > _SMALL:
            groups.append([])
            size = 0
        groups[-1].append(rows)
        size += 2 * len(rows)
    return groups


def _solve_stretch(rows: Family) -> Stretch | None:
    """The stretch that some statements span; None where they cannot all be true."""
    nodes = np.unique([rows.start, rows.stop])
    edges = np.array([_edges(rows, place, nodes) for place in range(len(rows.tallies))])
    parts = [(part, whole) for part, whole in enumerate(rows.parents) if whole >= 0]
    paths = _settle(edges, parts)
    if paths is None:
        return None
    alone = (rows.tally == rows.tally[0]).all()
    return Stretch(nodes, paths) if alone or parts_fit(edges, paths, parts, shortest) else None


def _edges(rows: Family, place: int, nodes: np.ndarray) -> np.ndarray:
    """Direct upper bounds of S(j) - S(i) for one tally, infinite where there is none.

    Tolls bind both ways, sums of incidents backwards, and S never falls from day to day. What
    follows from other edges is left out.
    """
    edges = np.full((len(nodes), len(nodes)), np.inf)
    step = np.arange(len(nodes) - 1)
    np.fill_diagonal(edges, 0)
    edges[step + 1, step] = 0
    own = rows.tally == place
    start, stop = (np.searchsorted(nodes, days[own]) for days in (rows.start, rows.stop))
    toll, low, high = rows.toll[own], rows.low[own], rows.high[own]
    if not toll.all():
        least = np.zeros_like(edges)
        np.add.at(least, (start[~toll], stop[~toll]), low[~toll])
        least = np.cumsum(np.cumsum(least[::-1], axis=0)[::-1], axis=1)
        more = np.triu(least, 1) > 0
        more[:, 1:] &= least[:, 1:] > least[:, :-1]
        more[:-1] &= least[:-1] > least[1:]
        before, after = np.nonzero(more)
        edges[after, before] = -least[before, after]
    np.minimum.at(edges, (stop[toll], start[toll]), -low[toll])
    # at most so many of an open window, since nobody says when it begins
    high = np.where(rows.open[own], np.inf, high)
    np.minimum.at(edges, (start[toll], stop[toll]), high[toll])
    return edges


def _settle(edges: np.ndarray, parts: list[tuple[int, int]]) -> np.ndarray | None:
    """Shortest paths of all tallies, least numbers passed up and greatest ones down.

    Stopping after any number of passes leaves bounds that hold. None where a cycle is negative.
    """
    paths = shortest(edges)
    later = np.triu(np.ones(edges.shape[1:], dtype=bool), 1)
    for _ in range(_PASSES if parts else 0):
        if paths is None:
            return None
        tighter = paths.copy()
        for part, whole in parts:
            np.minimum(tighter[part], tighter[whole], out=tighter[part], where=later)
            np.minimum(tighter[part], tighter[whole], out=tighter[whole], where=later.T)
        changed = tighter < paths
        if not changed.any():
            return paths
        if edges.shape[1] > _SMALL:  # keep the graph sparse
            changed &= _essential(tighter)
        edges = np.where(changed, np.minimum(tighter, edges), edges)
        paths = shortest(edges)
    return paths


def _essential(paths: np.ndarray) -> np.ndarray:
    """Which bounds do not follow from the first or last step between the nodes and the rest."""
    needed = np.ones(paths.shape, dtype=bool)
    size = paths.shape[1]
    for side in (1, -1):
        step = np.diagonal(paths, side, axis1=1, axis2=2)
        here, there = (slice(None, -1), slice(1, None))[::side]
        first = step[:, :, None] + paths[:, there] > paths[:, here]
        last = paths[:, :, here] + step[:, None] > paths[:, :, there]
        beyond = np.tri(size, k=-2, dtype=bool)
        beyond = beyond.T if side == 1 else beyond
        needed[:, here] &= first | ~beyond[here]
        needed[:, :, there] &= last | ~beyond[:, there]
    return needed


def shortest(edges: np.ndarray) -> np.ndarray | None:
    """Lengths of the shortest paths between all nodes, tally by tally; None: a cycle is negative.

    ``edges[tally, i, j]`` is the length of an edge, infinite where there is none.
    """
    size = edges.shape[1]
    if size <= _SMALL:
        paths = _relaxed(edges.copy())
        return None if _has_negative_cycle(paths) else paths
    out, neighbours = _taken_out(edges)
    order = np.concatenate([np.setdiff1d(np.arange(size), out), out[::-1]]).astype(int)
    place = np.empty(size, dtype=int)
    place[order] = np.arange(size)
    paths = edges[:, order[:, None], order]
    for node in out:
        near, at = place[[*neighbours[node]]], place[node]
        through = paths[:, near, at, None] + paths[:, at, None, near]
        square = np.ix_(range(len(paths)), near, near)
        paths[square] = np.minimum(paths[square], through)
    if _has_negative_cycle(paths):
        return None
    core = size - len(out)
    paths[:, :core, :core] = _relaxed(paths[:, :core, :core])
    if _has_negative_cycle(paths):
        return None
    for at in range(core, size):
        near = place[[*neighbours[order[at]]]]
        paths[:, at, :at] = (paths[:, at, near, None] + paths[:, near, :at]).min(1, initial=np.inf)
        back = paths[:, :at, near] + paths[:, None, near, at]
        paths[:, :at, at] = back.min(2, initial=np.inf)
    return paths[:, place[:, None], place]


def _taken_out(edges: np.ndarray) -> tuple[np.ndarray, dict[int, set[int]]]:
    """Nodes with few neighbours in the order in which they go, and their neighbours by then."""
    tied = np.isfinite(edges).any(axis=0)
    tied |= tied.T
    np.fill_diagonal(tied, False)
    near = {node: {*np.flatnonzero(row).tolist()} for node, row in enumerate(tied)}
    queue = [(len(others), node) for node, others in near.items()]
    heapq.heapify(queue)
    out = []
    left = set(near)
    while queue:
        degree, node = heapq.heappop(queue)
        if node not in left or degree != len(near[node]):
            continue
        if degree > _FEW:
            break
        out.append(node)
        left.remove(node)
        for other in near[node]:
            near[other] |= near[node]
            near[other] -= {node, other}
            heapq.heappush(queue, (len(near[other]), other))
    return np.array(out, dtype=int), near


def _relaxed(paths: np.ndarray) -> np.ndarray:
    """Paths over any node in between, one node after the other (Floyd and Warshall)."""
    for node in range(paths.shape[1]):
        np.minimum(paths, paths[:, :, node, None] + paths[:, None, node], out=paths)
    return paths


def _has_negative_cycle(paths: np.ndarray) -> bool:
    return bool((np.diagonal(paths, axis1=1, axis2=2) < 0).any())
