"""Whether the parts of tallies fit into their wholes.

Shortest paths look at each tally by itself. That numbers exist for all of them together, no part
being larger on any day than its whole, is shown by an example where one is found by trying, and
otherwise by a program (HiGHS): a linear one, and where its answer is in fractions an integer one.
"""

from collections.abc import Callable

import numpy as np

from analysis.bounds.graph import Graph, Paths

_FITS, _NONE_FITS = 0, 2
"""What ``scipy.optimize.milp`` gives as status: solved, and proven to have no solution."""

_SECONDS, _EXACT = 60, 10**9
"""How long a program may take, and the counts below which its tolerances cannot hide a person."""


class UndecidedError(RuntimeError):
    """A program that was neither solved nor proven impossible: no contradiction, no bounds."""

    def __init__(self, message: str) -> None:
        super().__init__(message)

    def __str__(self) -> str:
        """What the program said, in a sentence."""
        return (
            f"whether parts fit into their wholes could not be decided (HiGHS: {self.args[0]}); "
            "this says nothing of the statements"
        )


def parts_fit(graphs: list[Graph], paths: list[Paths], parts: list[tuple[int, int]]) -> bool:
    """Whether whole numbers exist for every step and tally, no part being larger than its whole.

    ``graphs`` are what is stated of each tally, ``paths`` what follows, bounds of other tallies
    included; ``parts`` are places among them, a part and its whole. Raises UndecidedError.
    """
    days = np.unique(np.concatenate([graph.days for graph in graphs]))
    for count in (_least, _greatest):
        steps = [np.diff(count(own, days)) for own in paths]
        if all((steps[part] <= steps[whole]).all() for part, whole in parts):
            return True
    if any(_parts_after_wholes(graphs, paths, parts, days, way) for way in (_least, _greatest)):
        return True
    return _program_fits(graphs, parts, days)


def _least(paths: Paths, days: np.ndarray) -> np.ndarray:
    """The least cumulative counts, which keep to all statements on their own tally."""
    return paths.between(np.full(len(days), days[0]), days)[0]


def _greatest(paths: Paths, days: np.ndarray) -> np.ndarray:
    """The greatest cumulative counts, and where nothing bounds them more than all that is known."""
    lengths = paths.lengths
    more = np.abs(lengths[np.isfinite(lengths)]).max(initial=0) + 1
    counts = np.minimum(lengths[0], more + lengths.min(axis=0))
    return counts[np.searchsorted(paths.days, days)]


def _parts_after_wholes(
    graphs: list[Graph],
    paths: list[Paths],
    parts: list[tuple[int, int]],
    days: np.ndarray,
    count: Callable[[Paths, np.ndarray], np.ndarray],
) -> bool:
    """Whether numbers of the wholes leave room for their parts, chosen one after the other.

    ``count`` gives cumulative counts on some days, from the paths of a tally.
    """
    whole_of = dict(parts)
    chosen = {tally: count(own, days) for tally, own in enumerate(paths) if tally not in whole_of}
    while whole_of:
        part = next(part for part, whole in whole_of.items() if whole in chosen)
        room = np.diff(chosen[whole_of.pop(part)])
        found = graphs[part].joined(days[:-1], days[1:], room).paths()
        if found is None:
            return False
        chosen[part] = count(found, days)
    return True


def _program_fits(graphs: list[Graph], parts: list[tuple[int, int]], days: np.ndarray) -> bool:
    """The same question as a program: one variable a tally and day, S(day)."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import coo_array

    size, width = len(days), len(days) * len(graphs)

    def differences(later: np.ndarray, earlier: np.ndarray) -> coo_array:
        row = np.arange(len(later))
        signs = np.repeat([1.0, -1.0], len(row))
        ends = np.concatenate([later, earlier])
        return coo_array((signs, (np.tile(row, 2), ends)), (len(row), width)).tocsr()

    limits, step = [], np.arange(size - 1)
    for tally, graph in enumerate(graphs):
        at = tally * size + np.searchsorted(days, graph.days)
        before, after = np.nonzero(np.isfinite(graph.edges))
        most = graph.edges[before, after]
        limits.append(LinearConstraint(differences(at[after], at[before]), ub=most))
        falls = differences(tally * size + step, tally * size + step + 1)
        limits.append(LinearConstraint(falls, ub=0))
    for part, whole in parts:
        own, other = (differences(at * size + step + 1, at * size + step) for at in (part, whole))
        limits.append(LinearConstraint(own - other, ub=0))
    for whole_numbers in (0, 1):
        # Presolve of HiGHS has been seen to lose solutions of small programs like these.
        found = milp(
            np.zeros(width),
            integrality=np.full(width, whole_numbers),
            constraints=limits,
            options={"presolve": False, "time_limit": _SECONDS},
        )
        if found.status == _NONE_FITS and max(np.abs(limit.ub).max() for limit in limits) < _EXACT:
            return False
        if found.status == _FITS:
            counts = np.rint(found.x)
            if all((limit.A @ counts <= limit.ub).all() for limit in limits):
                return True
    raise UndecidedError(found.message)
