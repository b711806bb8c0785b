"""Whole numbers for several counts together: whether there are any, and how far they go.

What is said of counts that lie in each other is no system of differences: bounds passed along sums
hold, but need not be reached. There a program (HiGHS) decides, a linear one, and where its answer
is in fractions an integer one. Answers that it has found spare it most questions.
"""

import numpy as np

from countbounds.edges import Edges
from countbounds.paths import FAR
from countbounds.system import Sum

_FITS, _NONE_FITS = 0, 2
"""What ``scipy.optimize.milp`` gives as status: solved, and proven to have no solution."""
_SECONDS, _EXACT = 60, 10**9
"""How long a program may take, and the numbers below which its tolerances cannot hide an item."""


class Undecided(RuntimeError):
    """A program that was neither solved nor proven impossible: no contradiction, no bounds."""

    def __str__(self) -> str:
        """What the program said, in a sentence."""
        return (
            f"whether all of this can hold could not be decided ({self.args[0]}); "
            "this says nothing of the statements"
        )


class Program:
    """Numbers of items of each count before each day, a variable each, and what limits them."""

    def __init__(self, edges: Edges, named: int, sums: list[Sum], acyclic: bool) -> None:
        from scipy.sparse import eye_array, kron, vstack

        self._acyclic = acyclic  # then what bounds passed along sums leave open has no end
        self._days = len(edges.days)
        self._counts = eye_array(self._days * named, format="csr")
        self._found = np.empty((0, self._days * named))  # the answers so far, a row each
        own, wholes = np.eye(named), {whole for whole, _, _ in sums}
        signs = [-own[count] for count in range(named) if count not in wholes]
        least = [-np.inf] * len(signs) + [0 if complete else -np.inf for _, _, complete in sums]
        signs += [own[[*parts]].sum(axis=0) - own[whole] for whole, parts, _ in sums]
        step = np.diff(np.eye(self._days), axis=0)
        before, after = self._at(edges.count, edges.start), self._at(edges.count, edges.stop)
        rows = [kron(np.array(signs), step), self._counts[after] - self._counts[before]]
        self._rows = vstack(rows).tocsr()
        self._most = np.concatenate([np.zeros(len(signs) * len(step)), edges.most])
        self._least = np.concatenate(
            [np.repeat(least, len(step)), np.full(len(edges.most), -np.inf)]
        )

    def _at(self, count: int | np.ndarray, day: np.ndarray) -> np.ndarray:
        return count * self._days + day

    def fits(self) -> bool:
        """Whether there are any whole numbers. Raises Undecided."""
        return self._farthest(np.zeros(self._counts.shape[0])) is not None

    def lengths(
        self, count: int, start: np.ndarray, stop: np.ndarray, outer: np.ndarray
    ) -> np.ndarray:
        """The greatest S(stop) - S(start) of a count there is, where ``outer`` is no less."""
        lengths = outer.copy()
        if np.isinf(outer).any() and not self._acyclic:
            grows = np.append(0, np.cumsum(self.grows(count)))
            lengths[np.isinf(outer) & (grows[stop] == grows[start])] = FAR
        start, stop = self._at(count, start), self._at(count, stop)
        left = np.flatnonzero(np.isfinite(lengths) & (start != stop))
        together = True
        while len(left):
            # an outer bound holds already; where an answer reaches it, it is as tight as can be
            reached = (self._found[:, stop[left]] - self._found[:, start[left]]).max(
                axis=0, initial=-np.inf
            )
            left = left[reached < lengths[left]]
            if len(left):
                some = left if together else left[:1]
                best = (self._counts[stop[some]] - self._counts[start[some]]).sum(axis=0)
                answer = self._farthest(best, -np.inf if together else lengths[some[0]])
                values = answer[stop[left]] - answer[start[left]]
                if not together:
                    lengths[left[0]] = values[0]
                together &= bool((values == lengths[left]).any())
        return lengths

    def grows(self, count: int) -> np.ndarray:
        """Whether a count is endless from above, for each step from one day to the next."""
        from scipy.optimize import LinearConstraint, milp

        own = self._counts[self._at(count, np.arange(self._days))]
        rows = [LinearConstraint(self._rows, self._least, 0 * self._most)]
        rows.append(LinearConstraint(own[1:] - own[:-1], ub=1))
        found = milp((own[0] - own[-1]).toarray().ravel(), constraints=rows)
        if found.status != _FITS:
            raise Undecided(f"HiGHS: {found.message}")
        return np.diff(own @ found.x) > 0.5

    def _fits_all(self, counts: np.ndarray) -> bool:
        """Whether counts keep to all limits."""
        sums = self._rows @ counts
        return bool(((sums >= self._least) & (sums <= self._most)).all())

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
                    self._found = np.vstack([self._found, counts])
                    return counts
        raise Undecided(f"HiGHS: {found.message}")
