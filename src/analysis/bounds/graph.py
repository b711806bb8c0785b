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
    """Least upper bounds of the number from one of some days to another, infinite where none is.

    Days between which it is known exactly are one node: ``lengths[node[i], node[j]] + ahead[j] -
    ahead[i]`` bounds S(days[j]) - S(days[i]).
    """

    days: np.ndarray
    lengths: np.ndarray
    node: np.ndarray
    ahead: np.ndarray
    hub: int | None = None  # the node of the most bounds, where there are many
    past: bool = True  # whether any bound that matters does not go by way of it

    @classmethod
    def of(cls, days: np.ndarray, lengths: np.ndarray) -> "Paths":
        """Paths with a node a day."""
        return cls(days, lengths, np.arange(len(days)), np.zeros(len(days)))

    def at(self, early: np.ndarray, late: np.ndarray) -> np.ndarray:
        """Lengths from some days to others, by their places."""
        return (
            self.lengths[self.node[early], self.node[late]] + self.ahead[late] - self.ahead[early]
        )

    def between(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """Low and high of windows, as far as they lie between the first and the last of the days.

        Between two of the days nothing tells when it was, so that a window holds at least what
        lies between the days inside it, and at most what lies between those around it.
        """
        (inner, before), (after, beyond) = self.ends(start, stop)
        low = np.where(after < inner, -self.at(inner, after), 0)
        return np.array([low, self.at(before, beyond)])

    def windows(self, upper: bool) -> tuple[np.ndarray, np.ndarray]:
        """Places of an earlier and a later day whose bounds say all.

        Between others lies a sum of theirs, by way of a day of the hub, or as much as in a window
        around (an upper bound) or inside (a lower one).
        """
        if self.hub is None:
            return np.triu_indices(len(self.days), 1)
        places, hubs = np.arange(len(self.days)), np.flatnonzero(self.node == self.hub)
        to_hub, from_hub = self.at(places, hubs[0]), self.at(hubs[0], places)
        to_new, from_new = (counts[1:] != counts[:-1] for counts in (to_hub, from_hub))
        if upper:
            none = self.at(places[:-1], places[1:]) <= 0
            starts, stops = np.append(True, to_new | none), np.append(from_new | none, True)
        else:
            starts, stops = np.append(from_new, True), np.append(True, to_new)
        starts, stops = np.flatnonzero(starts), np.flatnonzero(stops)
        last = np.append(hubs, places[-1])[np.searchsorted(hubs, starts, side="right")]
        first, end = (np.searchsorted(stops, days, side="right") for days in (starts, last))
        near = np.arange((end - first).sum()) - np.repeat(np.cumsum(end - first) - end, end - first)
        start, stop = np.repeat(starts, end - first), stops[near]
        if not self.past or not (past_hub := self._past_hub(upper)).any():
            return start, stop
        early, late = np.nonzero(past_hub[self.node][:, self.node])
        later = early < late
        return np.append(start, early[later]), np.append(stop, late[later])

    def _past_hub(self, upper: bool) -> np.ndarray:
        """Earlier and later nodes between which the shortest path does not go by way of the hub."""
        past = self.lengths < self.lengths[:, [self.hub]] + self.lengths[self.hub]
        ends = np.full((4, len(past)), [[np.inf], [-np.inf]] * 2)
        for place, values in enumerate([np.arange(len(self.days)), self.ahead]):
            np.minimum.at(ends[2 * place], self.node, values)
            np.maximum.at(ends[2 * place + 1], self.node, values)
        first, last, least, most = ends
        if not upper:  # what is not below zero says only that S never falls
            past = (past & (self.lengths + least < most[:, None])).T
        return past & (first[:, None] < last)

    def known(self, days: np.ndarray, early: np.ndarray, late: np.ndarray) -> np.ndarray:
        """Lengths between some days, which ascend and lie between the first and the last."""
        found = self.at(self._before(days)[early], np.searchsorted(self.days, days)[late])
        return np.minimum(found, 0, out=found, where=early >= late)

    def ends(self, start: np.ndarray, stop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """From and to which days the least and the greatest number of each window is read off."""
        start, stop = np.clip(np.array([start, stop]), self.days[0], self.days[-1])
        inner, after = self._before(stop), np.searchsorted(self.days, start)
        before, beyond = self._before(start), np.searchsorted(self.days, stop)
        return np.array([inner, before]), np.array([after, beyond])

    def square(self, days: np.ndarray) -> np.ndarray:
        """Lengths between all of some days, which ascend and lie between the first and the last."""
        places = np.arange(len(days))
        return self.known(days, places[:, None], places)

    def by_day(self) -> "Paths":
        """The same with a node a day."""
        return Paths.of(self.days, self.square(self.days))

    def _before(self, days: np.ndarray) -> np.ndarray:
        return np.searchsorted(self.days, days, side="right") - 1


class Graph(NamedTuple):
    """Direct upper bounds ``most`` of S(stop) - S(start), besides that S never falls."""

    days: np.ndarray  # ascending
    start: np.ndarray = np.array([], dtype=int)
    stop: np.ndarray = np.array([], dtype=int)
    most: np.ndarray = np.array([])

    def joined(self, start: np.ndarray, stop: np.ndarray, most: np.ndarray) -> "Graph":
        """The graph with more bounds, and with the days that they need."""
        days = np.unique(np.concatenate([self.days, start, stop]))
        bound = np.isfinite(most)
        more = (np.compress(bound, values) for values in (start, stop, most))
        return Graph(days, *map(np.append, self[1:], more))

    def edges(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Places of days from and to which there are bounds, and these."""
        later = np.arange(1, len(self.days))
        start, stop = np.searchsorted(self.days, [self.start, self.stop])
        return np.append(start, later), np.append(stop, later - 1), np.append(self.most, 0 * later)

    def paths(self) -> Paths | None:
        """Lengths of the shortest paths; None where a cycle is negative."""
        if ((self.start == self.days[0]) | (self.stop == self.days[0])).all():
            return self._paths_since()
        start, stop, most = self.edges()
        if len(self.days) > _SMALL:
            return self._sparse_paths(start, stop, most)
        lengths = np.full((len(self.days),) * 2, np.inf)
        np.fill_diagonal(lengths, 0)
        np.minimum.at(lengths, (start, stop), most)
        for node in range(len(lengths)):  # Floyd and Warshall
            np.minimum(lengths, lengths[:, node, None] + lengths[node], out=lengths)
        return None if (np.diagonal(lengths) < 0).any() else Paths.of(self.days, lengths)

    def _paths_since(self) -> Paths | None:
        """The same where all bounds are of days from the first on: running totals.

        The number by a day is at least what any day before it has and at most what any later one
        has; between two days lies no more than that leaves, and all of it can.
        """
        size, upper = len(self.days), self.start == self.days[0]
        least, most = np.zeros(size), np.append(0, np.full(size - 1, np.inf))
        np.minimum.at(most, np.searchsorted(self.days, self.stop[upper]), self.most[upper])
        np.maximum.at(least, np.searchsorted(self.days, self.start[~upper]), -self.most[~upper])
        least, most = np.maximum.accumulate(least), np.minimum.accumulate(most[::-1])[::-1]
        if (least > most).any():
            return None
        open_, one = least < most, np.append(0, np.flatnonzero(least < most))
        room, ahead = (most - least)[one], least[one]
        lengths = ahead[:, None] - ahead
        lengths[~np.tri(len(one), dtype=bool)] = np.inf
        np.minimum(lengths, room, out=lengths)
        return Paths(self.days, lengths, np.where(open_, np.cumsum(open_), 0), least, 0, False)

    def _sparse_paths(self, start: np.ndarray, stop: np.ndarray, most: np.ndarray) -> Paths | None:
        from scipy.sparse import coo_array, csgraph

        ahead = _potentials(start, stop, most, len(self.days))
        if not len(ahead):
            return None
        slack = most + ahead[start] - ahead[stop]  # never negative
        known = slack == 0  # there and back again: the number between two days
        ties = coo_array((known[known], (start[known], stop[known])), (len(self.days),) * 2)
        size, node = csgraph.connected_components(ties, connection="strong")
        start, stop = node[start], node[stop]
        hub = int(np.bincount(np.append(start, stop)).argmax())
        to_hub = csgraph.dijkstra(_sparse(stop, start, slack, size), indices=hub)
        from_hub = csgraph.dijkstra(_sparse(start, stop, slack, size), indices=hub)
        past = (start != hub) & (stop != hub)  # without it there are mostly short stretches
        lengths = csgraph.dijkstra(_sparse(start[past], stop[past], slack[past], size))
        np.minimum(lengths, to_hub[:, None] + from_hub, out=lengths)
        return Paths(self.days, lengths, node, ahead, hub)


def _potentials(start: np.ndarray, stop: np.ndarray, most: np.ndarray, size: int) -> np.ndarray:
    """A number of people by each day that keeps to all bounds; none where there is none."""
    ahead = np.zeros(size)
    for _ in range(size + 1):  # mostly a few rounds do
        before = ahead.copy()
        np.minimum.at(ahead, stop, before[start] + most)
        if (ahead == before).all():
            return ahead
    return ahead[:0]


def _sparse(start: np.ndarray, stop: np.ndarray, length: np.ndarray, size: int):
    """A graph for scipy; of several edges between two nodes the shortest counts by itself."""
    from scipy.sparse import csr_array

    order = np.argsort(start, kind="stable")
    rows = np.searchsorted(start[order], np.arange(size + 1))
    return csr_array((length[order], stop[order], rows), (size, size))
