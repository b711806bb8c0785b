"""The line of days of counts that are joined, in stretches that no window crosses.

Each stretch is solved by the simplest means that does: those that are one window all at once, those
whose windows begin together day by day, others by shortest paths. Where what is passed along sums
need not be reached a program says how far numbers go.
"""

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from countbounds.edges import Edges
from countbounds.paths import Cells, LongPaths, Paths, Running, SumGraph
from countbounds.program import Program
from countbounds.system import EVER, Statements, Sum

_TOGETHER = 64
"""Ends of windows: stretches are solved together up to this many."""
_DENSE = 400
"""Days of a stretch up to which shortest paths between all of them are found."""


class ClashError(Exception):
    """Somewhere among the statements of these numbers is a contradiction."""

    def __init__(self, numbers: np.ndarray) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class Joined:
    """Counts that lie in each other, by their places, and what is said of them."""

    def __init__(self, statements: Statements, named: int, sums: list[Sum]) -> None:
        self.statements, self.sums = statements, sums
        self.sum_graph = SumGraph.of(named, sums)
        self.lines: dict[int, Line] = {}
        self._only_lows = bool(sums) and not _splits(sums) and bool(np.isinf(statements.high).all())

    def check(self) -> None:
        """Raise ClashError where not all of this can hold."""
        if not self._only_lows and len(self.statements.low):
            self._line(0)

    def between(self, count: int, first: np.ndarray, stop: np.ndarray, exact: bool) -> np.ndarray:
        """Low and high of windows, some of them from ever."""
        if self._empty[count]:
            return np.zeros((2, len(first)))
        at = 0 if self._only_lows else count
        return self._line(count).between(at, first, stop, exact)

    @cached_property
    def _empty(self) -> list[bool]:
        """Which counts have no item on any day, as when parts are a whole with others and alone."""
        named, sums, acyclic = self.sum_graph.named, self.sums, self.sum_graph.acyclic
        if acyclic:
            return [False] * named
        free = Program(Edges(np.arange(2), *np.zeros((4, 0), dtype="int64")), named, sums, False)
        return [not free.grows(count)[0] for count in range(named)]

    def _line(self, count: int) -> "Line":
        count = count if self._only_lows else 0
        if count not in self.lines:
            if self._only_lows:  # nothing keeps others from being as many as need be
                own = self.statements.take(self._inside(count))
                self.lines[count] = Line(own, SumGraph.of(self.sum_graph.named, []), [], True)
            else:
                self.lines[count] = Line(self.statements, self.sum_graph, self.sums)
        return self.lines[count]

    def _inside(self, count: int) -> np.ndarray:
        inside = [count]
        for whole in inside:
            inside += [parts[0] for top, parts, _ in self.sums if top == whole]
        return np.flatnonzero(np.isin(self.statements.count, inside))


class Line:
    """Stretches of days, one after the other."""

    def __init__(
        self, statements: Statements, sum_graph: SumGraph, sums: list[Sum], as_one: bool = False
    ) -> None:
        self._statements, self._sum_graph = statements, sum_graph
        self._sums, self._as_one = sums, as_one
        dated = statements.take(np.flatnonzero(statements.first != EVER))
        self.cells, self.stretches = None, []
        parts = [dated.take(rows) for rows in stretches(dated.first, dated.stop)]
        self._first = np.array([each.first.min() for each in parts], dtype="int64")
        self._stop = np.array([each.stop.max() for each in parts], dtype="int64")
        if as_one or sum_graph.acyclic:
            cells = [each for each in parts if _is_one(each)]
            parts = [each for each in parts if not _is_one(each)]
            if cells:
                self._add_cells(Statements(*map(np.concatenate, zip(*cells, strict=True))))
        self.stretches = [self._stretch(each) for each in _grouped(parts)]
        if not sum_graph.acyclic and len(dated.low) < len(statements.low):
            self._ever  # noqa: B018 - sums can leave nothing to a count on any day

    def _add_cells(self, statements: Statements) -> None:
        self.cells = Cells(statements, self._sum_graph)
        if self._as_one:
            self.cells.low = self.cells.low.max(axis=0, keepdims=True)
            self.cells.high = self.cells.high[:1]
        elif (wrong := self.cells.clashes()).any():
            first = self.cells.first[np.argmax(wrong)]
            raise ClashError(statements.number[statements.first == first])

    def _stretch(self, statements: Statements) -> "Stretch":
        edges = Edges.of(statements)
        if self._as_one:
            return Stretch(edges.as_one(), SumGraph.of(1, []), [])
        found = Stretch(edges, self._sum_graph, self._sums)
        if not found.possible():
            raise ClashError(statements.number)
        return found

    @cached_property
    def _ever(self) -> "Stretch":
        """All statements together, as what is from ever needs them."""
        return self._stretch(self._statements)

    def between(self, count: int, first: np.ndarray, stop: np.ndarray, exact: bool) -> np.ndarray:
        """Low and high of windows, some of them from ever."""
        found, ever = self._sum(count, first, stop, exact), first == EVER
        if ever.any() and (self._statements.first == EVER).any():
            found[0, ever] = self._ever.between(count, first[ever], stop[ever], exact)[0]
        return found

    def _sum(self, count: int, first: np.ndarray, stop: np.ndarray, exact: bool) -> np.ndarray:
        found = np.zeros((2, len(first)))
        if self.cells is not None:
            found += self.cells.between(count, first, stop)
        for stretch in self.stretches:
            here = (first < stretch.days[-1]) & (stretch.days[0] < stop)
            if here.any():
                found[:, here] += stretch.between(count, first[here], stop[here], exact)
        found[1, self._covered(stop) - self._covered(first) < stop - first] = np.inf
        return found

    def _covered(self, days: np.ndarray) -> np.ndarray:
        """How many days before some are in a stretch."""
        whole = np.append(0, np.cumsum(self._stop - self._first))
        ended = np.searchsorted(self._stop, days, side="right")
        inside = np.append(self._first, np.iinfo("int64").max)[ended]
        return whole[ended] + np.maximum(days - inside, 0)


class Stretch:
    """Days that are solved together."""

    def __init__(self, edges: Edges, sum_graph: SumGraph, sums: list[Sum]) -> None:
        self.days, self._edges, self._sum_graph, self._sums = edges.days, edges, sum_graph, sums
        is_running = bool(((edges.start == 0) | (edges.stop == 0)).all())
        paths = Paths if len(edges.days) <= _DENSE else LongPaths
        self._bounds = (Running if is_running else paths)(edges, sum_graph)
        # with parts of one whole alone what runs from the first day on is exact, as is proved by
        # taking parts out: they leave to the whole what they grow by at least from day to day
        self._exact_since = is_running and _one_whole(sums) and self._bounds.settled
        self._exact = not sums

    def possible(self) -> bool:
        """Whether all statements can hold. Raises Undecided."""
        # where all is said of one count, others can be as many as it, or none
        alone = self._sum_graph.acyclic and len(np.unique(self._edges.count)) < 2
        if not self._bounds.possible or self._exact or self._exact_since or alone:
            return self._bounds.possible
        return self._program.fits()

    @cached_property
    def _program(self) -> Program:
        return Program(self._edges, self._sum_graph.named, self._sums, self._sum_graph.acyclic)

    def between(self, count: int, first: np.ndarray, stop: np.ndarray, exact: bool) -> np.ndarray:
        """Low and high of windows, as far as they lie in the stretch.

        Between two of its days nothing tells when it was, so that a window holds at least what
        lies between the days inside it, and at most what lies between those around it.
        """
        first, stop = np.clip(np.array([first, stop]), self.days[0], self.days[-1])
        inner, beyond = np.searchsorted(self.days, [first, stop])
        before, after = np.searchsorted(self.days, [first, stop], side="right") - 1
        inner = np.minimum(inner, after)  # a window within a single step
        low = self._bounds.at(count, inner, after)[0]
        high = self._bounds.at(count, before, beyond)[1]
        if exact and not self._exact:
            some = (before > 0) | (not self._exact_since)
            if some.any():
                asked = np.array([inner, after, before, beyond])[:, some]
                low[some] = -self._program.lengths(count, asked[1], asked[0], -low[some])
                high[some] = self._program.lengths(count, asked[2], asked[3], high[some])
        return np.array([low, high])


def _splits(sums: list[Sum]) -> bool:
    """Whether any part is known to share no item with another, or to be all of its whole."""
    return any(complete or len(parts) > 1 for _, parts, complete in sums)


def _one_whole(sums: list[Sum]) -> bool:
    """Whether there is one whole, with parts that may share items."""
    return len({whole for whole, _, _ in sums}) == 1 and not _splits(sums)


def _is_one(statements: Statements) -> bool:
    """Whether all windows are the same."""
    first, stop = statements.first, statements.stop
    return bool((first == first[0]).all() and (stop == stop[0]).all())


def stretches(first: ArrayLike, stop: ArrayLike) -> list[np.ndarray]:
    """The places of windows that meet, directly or by way of others, the earliest stretch first.

    Windows that begin on one day keep their order.

    >>> [places.tolist() for places in stretches([5, 0, 2], [6, 3, 4])]
    [[1, 2], [0]]
    """
    first, stop = np.asarray(first, "int64"), np.asarray(stop, "int64")
    if not len(first):
        return []
    rows = np.argsort(first, kind="stable")
    reached = np.maximum.accumulate(stop[rows])
    return np.split(rows, np.flatnonzero(first[rows][1:] >= reached[:-1]) + 1)


def _grouped(stretches: list[Statements]) -> list[Statements]:
    """Stretches, several together where that is as quick as each of them."""
    groups: list[list[Statements]] = []
    size = _TOGETHER
    for stretch in stretches:
        running = (stretch.first == stretch.first.min()).all()
        size += 2 * len(stretch.low)
        if running or size > _TOGETHER:
            groups.append([])
            size = _TOGETHER if running else 2 * len(stretch.low)
        groups[-1].append(stretch)
    return [Statements(*map(np.concatenate, zip(*group, strict=True))) for group in groups]
