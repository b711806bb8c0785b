"""Graphs of days, whose shortest paths are the tightest bounds on one tally.

An edge from day u to day v of length w says that S(v) - S(u) is at most w, S being the number of
people harmed before a day. Long graphs are mostly sparse, running totals above all: there the
number by each day that leaves most to later ones is found first (Johnson 1977, "Efficient
algorithms for shortest paths in sparse networks", JACM 24), and days between which the number of
people is known exactly are one node.
"""

from typing import NamedTuple

import numpy as np

_SMALL = 64
"""Days of a graph up to which nothing is gained by what is done for long ones."""


class Paths(NamedTuple):
    """Least upper bounds ``lengths[i, j]`` of S(days[j]) - S(days[i]), infinite where none is."""

    days: np.ndarray
    lengths: np.ndarray

    def between(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """Low and high of windows, as far as they lie between the first and the last of the days.

        Between two of the days nothing tells when it was, so that a window holds at least what
        lies between the days inside it, and at most what lies between those around it.
        """
        (inner, before), (after, beyond) = self.ends(start, stop)
        low = np.where(after < inner, -self.lengths[inner, after], 0)
        return np.array([low, self.lengths[before, beyond]])

    def ends(self, start: np.ndarray, stop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """From and to which days the least and the greatest number of each window is read off."""
        start, stop = np.clip(np.array([start, stop]), self.days[0], self.days[-1])
        inner, after = self._before(stop), np.searchsorted(self.days, start)
        before, beyond = self._before(start), np.searchsorted(self.days, stop)
        return np.array([inner, before]), np.array([after, beyond])

    def square(self, days: np.ndarray) -> np.ndarray:
        """Lengths between all of some days, which ascend and lie between the first and the last."""
        found = self.lengths[self._before(days)[:, None], np.searchsorted(self.days, days)]
        return np.minimum(found, 0, out=found, where=np.tri(len(days), dtype=bool))

    def _before(self, days: np.ndarray) -> np.ndarray:
        return np.searchsorted(self.days, days, side="right") - 1


class Graph(NamedTuple):
    """Direct upper bounds ``edges[i, j]`` of S(days[j]) - S(days[i]), infinite where none is."""

    days: np.ndarray  # ascending
    edges: np.ndarray

    @classmethod
    def over(cls, days: np.ndarray) -> "Graph":
        """A graph in which nothing is known but that S never falls."""
        edges = np.full((len(days), len(days)), np.inf)
        np.fill_diagonal(edges, 0)
        later = np.arange(1, len(days))
        edges[later, later - 1] = 0
        return cls(days, edges)

    def joined(self, start: np.ndarray, stop: np.ndarray, most: np.ndarray) -> "Graph":
        """The graph with more edges, and with the days that they need."""
        days = np.union1d(self.days, np.union1d(start, stop))
        joined = Graph.over(days)
        own = np.searchsorted(days, self.days)
        joined.edges[own[:, None], own] = np.minimum(joined.edges[own[:, None], own], self.edges)
        ends = np.searchsorted(days, start), np.searchsorted(days, stop)
        np.minimum.at(joined.edges, ends, most)
        return joined

    def paths(self) -> Paths | None:
        """Lengths of the shortest paths; None where a cycle is negative."""
        if len(self.days) > _SMALL:
            return self._sparse_paths()
        lengths = self.edges.copy()
        for node in range(len(lengths)):  # Floyd and Warshall
            np.minimum(lengths, lengths[:, node, None] + lengths[node], out=lengths)
        return None if (np.diagonal(lengths) < 0).any() else Paths(self.days, lengths)

    def _sparse_paths(self) -> Paths | None:
        from scipy.sparse import coo_array, csgraph

        start, stop = np.nonzero(np.isfinite(self.edges))
        edges = coo_array((self.edges[start, stop], (start, stop)), self.edges.shape).tocsr()
        try:  # every day is reached from the last
            ahead = csgraph.bellman_ford(edges, indices=len(self.days) - 1)
        except csgraph.NegativeCycleError:
            return None
        slack = edges.data + ahead[start] - ahead[stop]  # never negative
        known = slack == 0  # there and back again: the number between two days
        ties = coo_array((known[known], (start[known], stop[known])), edges.shape)
        size, tied = csgraph.connected_components(ties, connection="strong")
        between = np.full((size, size), np.inf)
        np.minimum.at(between, (tied[start], tied[stop]), slack)
        lengths = csgraph.dijkstra(csgraph.csgraph_from_dense(between, null_value=np.inf))
        return Paths(self.days, lengths[tied[:, None], tied] - ahead[:, None] + ahead)
