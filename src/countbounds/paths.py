"""Bounds on counts over a stretch of days that no window of another stretch crosses.

Shortest paths along the days give the tightest bounds on one count (Cormen et al., Introduction to
Algorithms, section 24.4). Where counts lie in others every such relation is a sum: a whole is its
parts and a rest that has no name. So bounds are passed along sums, from parts to whole and back,
until nothing changes: over each window for paths, over the days so far where all windows begin on
one day, and once for all where a stretch is one window.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from countbounds.edges import Edges
from countbounds.system import Statements, Sum

_PASSES = 100
_AT_ONCE = 256
"""Days from which paths are measured together, so that no table of all days is ever made."""
FAR = 1e15
"""More than any number that is bounded."""


class SumGraph(NamedTuple):
    """Counts, unnamed rests among them, each whole being the sum of its parts."""

    named: int  # how many counts have a name: the first ones
    size: int
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    acyclic: bool  # then bounds passed along sums are exact on a single window

    @classmethod
    def of(cls, named: int, sums: list[Sum]) -> "SumGraph":
        """Those of some counts that are joined to each other."""
        size, whole_sums = named, []
        for whole, parts, complete in sums:
            whole_sums.append((whole, parts if complete else (*parts, size)))
            size += not complete
        ends = sum(1 + len(parts) for _, parts in whole_sums)
        return cls(named, size, tuple(whole_sums), ends == size + len(whole_sums) - 1)

    def with_all_rests(self) -> "SumGraph":
        """The same, and what each whole is without each count that lies in it at all."""
        inside = {(whole, part) for whole, parts in self.sums for part in parts}
        more = inside
        while more:
            more = {(top, part) for top, whole in inside for of, part in more if of == whole}
            more -= inside
            inside |= more
        direct = {(whole, part) for whole, parts in self.sums if len(parts) == 2 for part in parts}
        pairs = sorted(pair for pair in inside - direct if max(pair) < self.named)
        rests = [(whole, (part, self.size + at)) for at, (whole, part) in enumerate(pairs)]
        return self._replace(size=self.size + len(rests), sums=(*self.sums, *rests))

    def settle(self, low: np.ndarray, high: np.ndarray) -> bool:
        """Pass bounds along sums, an array of windows for each count; whether any changed.

        Where a low is above its high, or has no end, there is nothing more to find.
        """
        changed = False
        for _ in range(_PASSES if self.sums else 0):
            moved = False
            for whole, parts in self.sums:
                moved |= _raise(low, whole, sum(low[part] for part in parts))
                moved |= _lower(high, whole, sum(high[part] for part in parts))
                for part in parts:
                    others = [other for other in parts if other != part]
                    moved |= _raise(low, part, low[whole] - sum(high[other] for other in others))
                    moved |= _lower(high, part, high[whole] - sum(low[other] for other in others))
            changed |= moved
            if not moved or (low > high).any() or low.max() > FAR:
                break
        return changed


def _raise(low: np.ndarray, at: int, other: np.ndarray) -> bool:
    more = bool((other > low[at]).any())
    if more:
        np.maximum(low[at], other, out=low[at])
    return more


def _lower(high: np.ndarray, at: int, other: np.ndarray) -> bool:
    less = bool((other < high[at]).any())
    if less:
        np.minimum(high[at], other, out=high[at])
    return less


class Cells:
    """Stretches that are one window each, whatever is said of them."""

    def __init__(self, statements: Statements, sum_graph: SumGraph) -> None:
        self.first, cell = np.unique(statements.first, return_inverse=True)
        self.stop = np.empty_like(self.first)
        self.stop[cell] = statements.stop
        self.low = np.zeros((sum_graph.size, len(self.first)))
        self.high = np.full(self.low.shape, np.inf)
        total = statements.same < 0
        np.maximum.at(self.low, (statements.count[total], cell[total]), statements.low[total])
        np.minimum.at(self.high, (statements.count, cell), statements.high)
        some = np.flatnonzero(~total)
        some = some[np.argsort(-statements.low[some], kind="stable")]  # of versions the greatest
        keys = np.array([statements.count, cell, statements.same])[:, some]
        some = some[np.unique(keys, axis=1, return_index=True)[1]]
        items = np.zeros(self.low.shape)
        np.add.at(items, (statements.count[some], cell[some]), statements.low[some])
        np.maximum(self.low, items, out=self.low)
        sum_graph.settle(self.low, self.high)

    def clashes(self) -> np.ndarray:
        """Which of them hold a contradiction."""
        return (self.low > self.high).any(axis=0)

    def between(self, count: int, first: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """Low and high of windows, as far as they lie in these stretches."""
        start, end = np.searchsorted(self.first, first), np.searchsorted(self.stop, stop, "right")
        low = _between(self.low[count], start, end)
        start, end = np.searchsorted(self.stop, first, "right"), np.searchsorted(self.first, stop)
        high = self.high[count]
        endless = _between(np.isinf(high), start, end) > 0
        most = _between(np.where(np.isinf(high), 0, high), start, end)
        return np.array([low, np.where(endless, np.inf, most)])


def _between(values: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    sums = np.append(0, np.cumsum(values))
    return sums[np.maximum(start, stop)] - sums[start]


class Running:
    """A stretch in which all windows begin on the first day: bounds of each count by each day.

    No count falls from one day to the next, and sums hold of all days so far;
    nothing else is known.
    """

    def __init__(self, edges: Edges, sum_graph: SumGraph) -> None:
        self.sum_graph = sum_graph = sum_graph.with_all_rests()
        shape = sum_graph.size, len(edges.days)
        self.low, self.high = np.zeros(shape), np.full(shape, np.inf)
        self.high[:, 0] = 0
        upper = edges.start == 0
        np.minimum.at(self.high, (edges.count[upper], edges.stop[upper]), edges.most[upper])
        np.maximum.at(self.low, (edges.count[~upper], edges.start[~upper]), -edges.most[~upper])
        for _ in range(_PASSES):
            np.maximum.accumulate(self.low, axis=1, out=self.low)
            self.high = np.minimum.accumulate(self.high[:, ::-1], axis=1)[:, ::-1]
            changed = sum_graph.settle(self.low, self.high)
            self.possible = bool((self.low <= self.high).all())
            self.settled = not changed
            if self.settled or not self.possible:
                break

    def at(self, count: int, early: np.ndarray, late: np.ndarray) -> np.ndarray:
        """Low and high from some days to others, by their places."""
        low = np.maximum(self.low[:, late] - self.high[:, early], 0)
        high = self.high[:, late] - self.low[:, early]
        self.sum_graph.settle(low, high)
        return np.array([low[count], high[count]])


class Paths:
    """A stretch of a few days: shortest paths between all of them for each count."""

    def __init__(self, edges: Edges, sum_graph: SumGraph) -> None:
        size = len(edges.days)
        self.lengths = np.full((sum_graph.size, size, size), np.inf)
        self.lengths[:, np.tri(size, dtype=bool)] = 0  # S never falls
        np.minimum.at(self.lengths, (edges.count, edges.start, edges.stop), edges.most)
        early, late = np.triu_indices(size, 1)
        self.possible = self._close()
        for _ in range(_PASSES):
            if not sum_graph.sums or not self.possible:
                break
            low, high = -self.lengths[:, late, early], self.lengths[:, early, late]
            if not sum_graph.settle(low, high):
                break
            self.lengths[:, late, early], self.lengths[:, early, late] = -low, high
            self.possible = bool((low <= high).all()) and self._close()

    def _close(self) -> bool:
        lengths, size = self.lengths, self.lengths.shape[1]
        only_lows = bool(np.isinf(lengths[:, ~np.tri(size, dtype=bool)]).all())
        for node in range(size):  # Floyd and Warshall
            # without highs paths only lead from later days to earlier ones
            late, early = (slice(node + 1, None), slice(node)) if only_lows else (slice(None),) * 2
            by_way = lengths[:, late, node, None] + lengths[:, None, node, early]
            np.minimum(lengths[:, late, early], by_way, out=lengths[:, late, early])
        return bool((np.diagonal(lengths, axis1=1, axis2=2) >= 0).all())

    def at(self, count: int, early: np.ndarray, late: np.ndarray) -> np.ndarray:
        """Low and high from some days to others, by their places."""
        return np.array([-self.lengths[count, late, early], self.lengths[count, early, late]])


class LongPaths:
    """A stretch of many days: shortest paths from those days that are asked about.

    They are found by Johnson's algorithm (1977, "Efficient algorithms for shortest paths in sparse
    networks", JACM 24); bounds are passed along sums over the windows asked about, and no others.
    """

    def __init__(self, edges: Edges, sum_graph: SumGraph) -> None:
        self.sum_graph = sum_graph
        self.graphs = [_sparse(edges, count) for count in range(sum_graph.size)]
        self.possible = all(_paths(graph, [0]) is not None for graph in self.graphs)

    def at(self, count: int, early: np.ndarray, late: np.ndarray) -> np.ndarray:
        """Low and high from some days to others, by their places."""
        graphs = self.graphs if self.sum_graph.sums else [self.graphs[count]]
        low = -np.array([_lengths(graph, late, early) for graph in graphs])
        high = np.array([_lengths(graph, early, late) for graph in graphs])
        self.sum_graph.settle(low, high)
        at = count if self.sum_graph.sums else 0
        return np.array([low[at], high[at]])


def _lengths(graph, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    found = np.empty(len(start))
    sources, row = np.unique(start, return_inverse=True)
    for begin in range(0, len(sources), _AT_ONCE):
        here = (begin <= row) & (row < begin + _AT_ONCE)
        lengths = _paths(graph, sources[begin : begin + _AT_ONCE])
        found[here] = lengths[row[here] - begin, stop[here]]
    return found


def _paths(graph, sources: ArrayLike) -> np.ndarray | None:
    """Lengths of shortest paths; None where a cycle is negative."""
    from scipy.sparse.csgraph import NegativeCycleError, johnson

    try:
        return johnson(graph, indices=sources)
    except NegativeCycleError:
        return None


def _sparse(edges: Edges, count: int):
    """A graph for scipy; of several edges between two nodes the shortest counts by itself."""
    from scipy.sparse import csr_array

    own, later = edges.count == count, np.arange(1, len(edges.days))  # S never falls
    start, stop = np.append(edges.start[own], later), np.append(edges.stop[own], later - 1)
    length = np.append(edges.most[own], 0.0 * later)
    order = np.argsort(start, kind="stable")
    rows = np.searchsorted(start[order], np.arange(len(edges.days) + 1))
    return csr_array((length[order], stop[order], rows), (len(edges.days),) * 2)
