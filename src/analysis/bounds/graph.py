"""Graphs of days, whose shortest paths are the tightest bounds on one tally.

An edge from day u to day v of length w says that S(v) - S(u) is at most w, S being the number of
people harmed before a day. Long graphs are mostly sparse, running totals above all, so nodes with
few neighbours are taken out first and put back last (Planken, de Weerdt and van der Krogt 2012,
"Computing all-pairs shortest paths by leveraging low treewidth", JAIR 43): the work grows nearly
in proportion to the statements.
"""

import heapq
from typing import NamedTuple

import numpy as np

_SMALL = 64
"""Nodes of a graph up to which nothing is gained by taking any out."""
_FEW = 8
"""Neighbours: a node with more stays in."""


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
        edges = self.edges
        out, near = _taken_out(edges) if len(edges) > _SMALL else ([], {})
        order = np.array([*({*range(len(edges))} - {*out}), *reversed(out)])
        place = np.argsort(order)
        lengths = edges[order[:, None], order]
        others = {place[node]: place[[*near[node]]] for node in out}
        for at, few in others.items():
            square = few[:, None], few
            lengths[square] = np.minimum(lengths[square], lengths[square[0], at] + lengths[at, few])
        inner = lengths[: len(order) - len(out), : len(order) - len(out)]
        for node in range(len(inner)):  # Floyd and Warshall, between those that stay in
            np.minimum(inner, inner[:, node, None] + inner[node], out=inner)
        if (np.diagonal(lengths) < 0).any():
            return None
        for at, few in reversed(others.items()):
            if len(few):
                lengths[at, :at] = (lengths[at, few][:, None] + lengths[few, :at]).min(axis=0)
                lengths[:at, at] = (lengths[few, at][:, None] + lengths.T[few, :at]).min(axis=0)
        return Paths(self.days, lengths[place[:, None], place])


def _taken_out(edges: np.ndarray) -> tuple[list[int], dict[int, set[int]]]:
    """Nodes with few neighbours in the order in which they go, and their neighbours by then."""
    near: dict[int, set[int]] = {node: set() for node in range(len(edges))}
    for one, other in zip(*(ends.tolist() for ends in np.nonzero(np.isfinite(edges))), strict=True):
        if one != other:
            near[one].add(other)
            near[other].add(one)
    queue = [(len(others), node) for node, others in near.items()]
    heapq.heapify(queue)
    out: dict[int, None] = {}
    while queue:
        degree, node = heapq.heappop(queue)
        if degree > _FEW:
            break
        if node in out or degree != len(near[node]):
            continue  # it has others by now, and stands in the queue with them
        out[node] = None
        for other in near[node]:
            near[other] |= near[node]
            near[other] -= {node, other}
            heapq.heappush(queue, (len(near[other]), other))
    return [*out], near
