"""Whole numbers for tallies and their parts together: whether there are any, and how far they go.

Shortest paths look at each tally by itself. That numbers exist for all of them together, no part
being larger on any day than its whole, is shown by an example where one is found by trying, and
otherwise by a program (HiGHS): a linear one, and where its answer is in fractions an integer one.
Sums of parts that share nobody are no differences, so there the program also says how far a number
can go; examples it has found spare it most questions.
"""

from collections.abc import Callable

import numpy as np

from analysis.bounds.families import Division
from analysis.bounds.graph import Graph, Paths

Parts = list[tuple[int, int]]
"""Places of tallies, a part and its whole."""
_FITS, _NONE_FITS = 0, 2
"""What ``scipy.optimize.milp`` gives as status: solved, and proven to have no solution."""
_SECONDS, _EXACT = 60, 10**9
"""How long a program may take, and the counts below which its tolerances cannot hide a person."""


class UndecidedError(RuntimeError):
    """A program that was neither solved nor proven impossible: no contradiction, no bounds."""

    def __str__(self) -> str:
        """What the program said, in a sentence."""
        return (
            f"whether parts fit into their wholes could not be decided (HiGHS: {self.args[0]}); "
            "this says nothing of the statements"
        )


def parts_fit(graphs: list[Graph], paths: list[Paths], parts: Parts) -> bool:
    """Whether whole numbers exist for every step and tally, no part being larger than its whole.

    ``paths`` are what follows of each tally from the graphs of all. Raises UndecidedError.
    """
    days = np.unique(np.concatenate([graph.days for graph in graphs]))
    for count in (_least, _greatest):
        steps = [np.diff(count(own, days)) for own in paths]
        if all((steps[part] <= steps[whole]).all() for part, whole in parts):
            return True

    def below(count: Callable[[Paths, np.ndarray], np.ndarray]) -> bool:
        """Whether parts fit under what their wholes were given, each on its own."""
        whole_of = dict(parts)
        chosen = {top: count(own, days) for top, own in enumerate(paths) if top not in whole_of}
        while whole_of:
            part = next(part for part, whole in whole_of.items() if whole in chosen)
            room = np.diff(chosen[whole_of.pop(part)])
            found = graphs[part].joined(days[:-1], days[1:], room).paths()
            if found is None:
                return False
            chosen[part] = count(found, days)
        return True

    return below(_least) or below(_greatest) or Program(graphs, parts).fits()


def _least(paths: Paths, days: np.ndarray) -> np.ndarray:
    """The least cumulative counts, which keep to all statements on their own tally."""
    return paths.between(np.full(len(days), days[0]), days)[0]


def _greatest(paths: Paths, days: np.ndarray) -> np.ndarray:
    """The greatest cumulative counts, and where nothing bounds them more than all that is known."""
    lengths, ahead = paths.lengths, paths.ahead
    more = lengths.max(initial=0, where=np.isfinite(lengths)) + np.ptp(ahead) + 1
    before = np.full(len(lengths), np.inf)
    np.minimum.at(before, paths.node, -ahead)
    least = (lengths + before[:, None]).min(axis=0)[paths.node] + ahead
    counts = np.minimum(paths.at(0, np.arange(len(ahead))), more + least)
    return counts[np.searchsorted(paths.days, days)]


class Program:
    """Cumulative counts of all tallies by each day, a variable each, and what limits them."""

    def __init__(
        self, graphs: list[Graph], parts: Parts, divisions: tuple[Division, ...] = ()
    ) -> None:
        from scipy.sparse import eye_array, kron, vstack

        self.days = np.unique(np.concatenate([graph.days for graph in graphs]))
        self._counts = eye_array(len(self.days) * len(graphs), format="csr")
        self.found = np.empty((0, self._counts.shape[0]))  # the answers so far, a row each
        signs, exact = _steps(len(graphs), parts, divisions)
        step = np.diff(np.eye(len(self.days)), axis=0)
        rows, most = [kron(signs, step)], [np.zeros(len(signs) * len(step))]
        for tally, graph in enumerate(graphs):
            before, after = (self._at(tally, days) for days in (graph.start, graph.stop))
            rows.append(self._counts[after] - self._counts[before])
            most.append(graph.most)
        self._rows, self._most = vstack(rows).tocsr(), np.concatenate(most)
        self._least = np.full(len(self._most), -np.inf)
        self._least[: len(most[0])][np.repeat(exact, len(step))] = 0

    def _at(self, tally: int, days: np.ndarray) -> np.ndarray:
        return tally * len(self.days) + np.searchsorted(self.days, days)

    def fits(self) -> bool:
        """Whether there are any whole numbers. Raises UndecidedError."""
        return self._farthest(np.zeros(self._counts.shape[0])) is not None

    def tighten(self, tally: int, paths: Paths, start: np.ndarray, stop: np.ndarray) -> None:
        """Make exact the lengths that the numbers of a tally in some windows are read off."""
        lengths, at = paths.lengths, self._at(tally, paths.days)
        early, late = (places.ravel() for places in paths.ends(start, stop))
        asked = np.isfinite(lengths[early, late]) & (early != late)
        early, late = np.unique(np.array([early[asked], late[asked]]), axis=1)
        together = True
        while len(early):
            # a length holds already; where an answer reaches it, it is as tight as can be
            reached = (self.found[:, at[late]] - self.found[:, at[early]]).max(axis=0)
            left = reached < lengths[early, late]
            early, late = early[left], late[left]
            if len(early):
                some = slice(None) if together else slice(1)
                best = self._counts[at[late[some]]] - self._counts[at[early[some]]]
                enough = -np.inf if together else lengths[early[0], late[0]]
                answer = self._farthest(best.sum(axis=0), enough)
                values = answer[at[late]] - answer[at[early]]
                if not together:
                    lengths[early[0], late[0]] = values[0]
                together &= bool((values == lengths[early, late]).any())

    def _fits_all(self, counts: np.ndarray) -> np.ndarray:
        """Whether rows of counts keep to all limits."""
        sums = counts @ self._rows.T
        return ((sums >= self._least) & (sums <= self._most)).all(axis=-1)

    def _farthest(self, weights: np.ndarray, enough: float = -np.inf) -> np.ndarray | None:
        """Whole numbers with the greatest weighted sum, or with enough, kept; None without any."""
        from scipy.optimize import LinearConstraint, milp

        limits = LinearConstraint(self._rows, self._least, self._most)
        for whole_numbers, presolve in ((0, True), (0, False), (1, False)):
            found = milp(
                -weights,
                integrality=np.full(len(weights), whole_numbers),
                constraints=limits,
                options={"presolve": presolve, "time_limit": _SECONDS, "mip_rel_gap": 0},
            )
            # Presolve of HiGHS has been seen to lose solutions of small programs like these.
            if found.status == _NONE_FITS and not presolve and np.abs(self._most).max() < _EXACT:
                return None
            if found.status == _FITS:
                counts = np.rint(found.x)
                near = np.abs(counts - found.x).max() < 1e-6 or not weights.any()
                far = not presolve or weights @ counts >= enough
                if near and far and self._fits_all(counts):
                    self.found = np.vstack([self.found, counts])
                    return counts
        raise UndecidedError(found.message)


def _steps(
    size: int, parts: Parts, divisions: tuple[Division, ...]
) -> tuple[list[np.ndarray], list[bool]]:
    """Sums of the steps of tallies that are never above zero, and whether they are zero.

    Where parts add up to their whole nothing more need be said of how it compares with them.
    """
    own = np.eye(size)
    added = {(part, whole) for whole, among, complete in divisions if complete for part in among}
    sums = [-own[tally] for tally in {*range(size)} - {whole for _, whole in added}]
    sums += [own[part] - own[whole] for part, whole in {*parts} - added]
    over = [own[[*among]].sum(axis=0) - own[whole] for whole, among, _ in divisions]
    return [*sums, *over], [*(False for _ in sums), *(complete for *_, complete in divisions)]
