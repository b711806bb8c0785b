"""From the statements on a family of tallies to the tightest bounds there are, in whole numbers.

For a tally, S(d) is the unknown number of people harmed before day d. Statements bound differences
S(v) - S(u): they are edges of a graph, and the lengths of its shortest paths the tightest bounds
(Cormen et al., Introduction to Algorithms, section 24.4; a cycle of negative length contradicts
itself). Stretches that no window crosses are solved apart. Between a tally and its parts least
numbers are passed up and greatest ones down until nothing changes.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from analysis.bounds.families import Division, Family, merge_tellings, touching
from analysis.bounds.graph import Graph, Paths
from analysis.bounds.parts import Parts, Program, parts_fit
from analysis.data.links import chain

_TOGETHER = 64
"""Ends of windows: stretches are solved together up to this many."""
_PASSES = 200


class ImpossibleError(Exception):
    """The statements at ``rows`` of a family hold a contradiction, somewhere among them."""

    def __init__(self, rows: np.ndarray) -> None:
        super().__init__(rows)
        self.rows = rows


Stretch = tuple[list[Paths], Program | None]
"""Days whose ends no window crosses: the paths of each tally of a family, and where parts share
nobody a program that tells which of their lengths are not the shortest."""


class Solution(NamedTuple):
    """What the statements on a family allow."""

    stretches: list[Stretch]
    incidents: Family | None = None  # in their place, where nothing else is stated of one tally

    def between(self, tally: int, start: int | np.ndarray, stop: int | np.ndarray) -> np.ndarray:
        """At least and at most how many people of a tally (its place) in each window of days.

        ``start`` and ``stop`` are days since 1970, stop the day after the last; a number is
        infinite where nothing bounds it from above.
        """
        start, stop = np.broadcast_arrays(*np.atleast_1d(start, stop))
        if self.incidents is not None:
            return _sums(self.incidents, start, stop)
        found, left = np.zeros((2, len(start))), (stop - start).astype("float64")
        for all_paths, program in self.stretches:
            paths = all_paths[tally]
            first, last = paths.days[[0, -1]]
            if first < stop.max(initial=first) and start.min(initial=last) < last:
                if program is not None:
                    program.tighten(tally, paths, start, stop)
                found += paths.between(start, stop)
                left -= np.maximum(np.minimum(stop, last) - np.maximum(start, first), 0)
        found[1, left > 0] = np.inf  # nothing is stated of some of these days
        return found


def widest(counts: list[np.ndarray]) -> np.ndarray:
    """Least and greatest of several ``between``: what either reading allows."""
    low, high = np.swapaxes(np.array(counts), 0, 1)
    return np.array([low.min(axis=0), high.max(axis=0)])


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

    Raises ImpossibleError when statements of a stretch cannot all be true, and UndecidedError when
    an integer program could not be decided.
    """
    merged = merge_tellings(family)
    empty = (merged.start >= merged.stop) | (merged.low > merged.high)
    if empty.any():
        raise ImpossibleError(np.flatnonzero(np.isin(family.told, merged.told[empty])))
    merged = net_of_updates(merged)
    if (merged.start >= merged.stop).any():
        raise ImpossibleError(np.arange(len(family.told)))
    if merged.only_incidents:
        return Solution([], merged)
    stretches: list[Stretch] = []
    for group in _stretches(merged):
        every = np.concatenate(group)
        solved = _solve_stretch(merged.take(every))
        if solved is None:
            alone = (rows for rows in group if _solve_stretch(merged.take(rows)) is None)
            told = merged.told[next(alone, every)]
            raise ImpossibleError(np.flatnonzero(np.isin(family.told, told)))
        stretches.append(solved)
    return Solution(stretches)


def net_of_updates(merged: Family) -> Family:
    """Incidents that count others further, of which only those that they add are left.

    Tellings are merged before. All people of the older one are among those of the newer, so that
    they were harmed within the days of both, which can be none (``start >= stop``); so it stands
    too where the newer cannot be as many.
    """
    place = {told: at for at, told in enumerate(merged.told)}
    older = {place[told]: place[back] for told, back in merged.counted_further().items()}
    if not older:
        return merged
    start, stop, known = merged.start.copy(), merged.stop.copy(), merged.low.copy()
    for newer, *others in sorted((chain(at, older) for at in older), key=len):
        known[newer] = max(known[newer], known[others[0]])
        start[others] = np.maximum(start[others], merged.start[newer])
        stop[others] = np.minimum(stop[others], merged.stop[newer])
    added = known.copy()
    added[[*older]] -= known[[*older.values()]]
    lost = known > merged.high  # fewer in the newer than in the older
    stop = np.where(lost, start, stop)
    some = (start < stop) | (added > 0) | lost  # nobody can be on no day
    return merged._replace(start=start, stop=stop, low=added).take(np.flatnonzero(some))


def _stretches(family: Family) -> list[list[np.ndarray]]:
    """Row numbers of each stretch, in groups that are solved as quickly as each of them."""
    groups: list[list[np.ndarray]] = []
    size = _TOGETHER
    for stretch in touching(family.start, family.stop):
        if size + 2 * len(stretch) > _TOGETHER:
            groups.append([])
            size = 0
        groups[-1].append(stretch)
        size += 2 * len(stretch)
    return groups


def _solve_stretch(rows: Family) -> Stretch | None:
    """The stretch that some statements span; None where they cannot all be true."""
    graphs = [_graph(rows, place) for place in range(len(rows.tallies))]
    parts = [(part, whole) for part, whole in enumerate(rows.parents) if whole >= 0]
    paths = _settled(graphs, parts, rows.divisions)
    if paths is None:
        return None
    if (rows.tally == rows.tally[0]).all():  # alone
        return paths, None
    if not rows.divisions:
        return (paths, None) if parts_fit(graphs, paths, parts) else None
    program = Program(graphs, parts, rows.divisions)
    return ([own.by_day() for own in paths], program) if program.fits() else None


def _graph(rows: Family, place: int) -> Graph:
    """What is stated of one tally: tolls bind both ways, sums of incidents backwards."""
    tolls = rows.take((rows.tally == place) & rows.toll)
    incidents = rows.take((rows.tally == place) & ~rows.toll)
    # at most so many of an open window, since nobody says when it begins
    high = np.where(tolls.open, np.inf, tolls.high)
    edges = [(tolls.stop, tolls.start, -tolls.low), (tolls.start, tolls.stop, high)]
    graph = Graph(np.array([rows.start.min(), rows.stop.max()]))
    if len(incidents.low):
        days = np.unique([incidents.start, incidents.stop])
        sums = np.zeros((len(days), len(days)))
        ends = np.searchsorted(days, incidents.start), np.searchsorted(days, incidents.stop)
        np.add.at(sums, ends, incidents.low)
        sums = np.cumsum(np.cumsum(sums[::-1], axis=0)[::-1], axis=1)
        edges.append(_passed(Paths.of(days, -sums.T), graph.paths(), upper=False))
    return graph.joined(*map(np.concatenate, zip(*edges, strict=True)))


def _settled(
    graphs: list[Graph], parts: Parts, divisions: tuple[Division, ...]
) -> list[Paths] | None:
    """Shortest paths of all tallies, least numbers passed up and greatest ones down.

    Between parts that share nobody and their whole sums are passed, and what they leave. Stopping
    after any number of passes leaves bounds that hold. None where a cycle is negative.
    """
    graphs, paths = [*graphs], [graph.paths() for graph in graphs]
    if None in paths:
        return None
    heard: dict[int, Paths] = {}
    for _ in range(_PASSES):
        changed = False
        for at, (giver, taker, upper) in enumerate(_givers(paths, parts, divisions)):
            if heard.get(at) is giver:
                continue
            heard[at] = giver
            edges = _passed(giver, paths[taker], upper)
            if len(edges[0]):
                graphs[taker] = graphs[taker].joined(*edges)
                paths[taker] = graphs[taker].paths()
                changed = True
            if paths[taker] is None:
                return None
        if not changed:
            break
    return paths


def _givers(
    paths: list[Paths], parts: Parts, divisions: tuple[Division, ...]
) -> Iterator[tuple[Paths, int, bool]]:
    """Lengths, the tally that they hold for, and whether upper or lower bounds."""
    for part, whole in parts:
        yield paths[whole], part, True
        yield paths[part], whole, False
    for whole, among, complete in divisions:
        days = np.unique(np.concatenate([paths[tally].days for tally in (whole, *among)]))
        for taker in (whole, *among):
            left = sum(paths[tally].square(days) for tally in among if tally != taker)
            if taker != whole:  # at most the greatest of the whole, the least of the others less
                left = paths[whole].square(days) + np.transpose(left)
            for upper in (True, False):
                if complete or upper == (taker != whole):
                    yield Paths.of(days, left), taker, upper


def _passed(giver: Paths, taker: Paths, upper: bool) -> tuple[np.ndarray, ...]:
    """Upper or lower bounds of one tally that another lacks: start, stop, length.

    What follows from the first or last step between the giver's days, and the rest, is left out,
    and what follows from the same number over a day more (an upper bound) or less (a lower one).
    """

    def length(early: np.ndarray, late: np.ndarray) -> np.ndarray:
        return giver.at(early, late) if upper else giver.at(late, early)

    start, stop = giver.windows(upper)
    early, late = (start, stop) if upper else (stop, start)
    lacking = giver.at(early, late) < taker.known(giver.days, early, late)
    start, stop = start[lacking], stop[lacking]
    given, second, before = length(start, stop), start + 1, stop - 1
    kept = length(start, second) + length(second, stop) > given
    kept &= length(start, before) + length(before, stop) > given
    kept |= second == stop
    if upper:
        after, first = np.minimum(stop + 1, len(giver.days) - 1), np.maximum(start - 1, 0)
        kept &= (given != length(start, after)) | (length(stop, after) <= 0)
        kept &= (given != length(first, stop)) | (length(first, start) <= 0)
    else:
        kept &= (given != length(second, stop)) & (given != length(start, before))
    days = giver.days[start[kept]], giver.days[stop[kept]]
    return *(days if upper else days[::-1]), given[kept]
