"""Whether the parts of tallies fit into their wholes.

Shortest paths look at each tally by itself. That numbers exist for all of them together, no part
being larger on any day than its whole, is shown by an example where one is found by trying, and
otherwise by a program (HiGHS): a linear one, and where its answer is in fractions an integer one.
"""

from collections.abc import Callable

import numpy as np

Shortest = Callable[[np.ndarray], np.ndarray | None]
_FITS, _NONE_FITS = 0, 2
"""What ``scipy.optimize.milp`` gives as status: solved, and proven to have no solution."""


class UndecidedError(RuntimeError):
    """A program that was neither solved nor proven impossible: no contradiction, no bounds."""

    def __init__(self, message: str) -> None:
        super().__init__(
            f"whether parts fit into their wholes could not be decided (HiGHS: {message}); "
            "this says nothing of the statements"
        )


def parts_fit(
    edges: np.ndarray, paths: np.ndarray, parts: list[tuple[int, int]], shortest: Shortest
) -> bool:
    """Whether whole numbers exist for every step and tally, no part being larger than its whole.

    Parameters
    ----------
    edges, paths : array of float, tallies by nodes by nodes
        Upper bounds of S(j) - S(i), direct ones and the lengths of the shortest paths.
    parts : list of (int, int)
        A part and what it is part of, as places among the tallies.
    shortest : callable
        Gives paths of edges, None where there are none.

    Raises
    ------
    UndecidedError
        When a program ends otherwise than solved or proven impossible.
    """
    for counts in (_least, _greatest):
        steps = np.diff(counts(paths))
        if all((steps[part] <= steps[whole]).all() for part, whole in parts):
            return True
        if _parts_after_wholes(edges, paths, parts, shortest, counts):
            return True
    return _program_fits(edges, parts)


def _least(paths: np.ndarray) -> np.ndarray:
    """The least cumulative counts, which keep to all statements on their own tally."""
    return -paths[..., :, 0]


def _greatest(paths: np.ndarray) -> np.ndarray:
    """The greatest cumulative counts, and where nothing bounds them more than all that is known."""
    more = np.abs(paths[np.isfinite(paths)]).max(initial=0) + 1
    return np.minimum(paths[..., 0, :], more + paths.min(axis=-2))


def _parts_after_wholes(
    edges: np.ndarray,
    paths: np.ndarray,
    parts: list[tuple[int, int]],
    shortest: Shortest,
    counts: Callable[[np.ndarray], np.ndarray],
) -> bool:
    """Whether numbers of the wholes leave room for their parts, chosen one after the other."""
    chosen = {tally: counts(paths[tally]) for tally in {*range(len(paths))} - {p for p, _ in parts}}
    step = np.arange(paths.shape[1] - 1)
    waiting = dict(parts)
    while waiting:
        part = next(part for part, whole in waiting.items() if whole in chosen)
        room = edges[part].copy()
        most = np.diff(chosen[waiting.pop(part)])
        room[step, step + 1] = np.minimum(room[step, step + 1], most)
        found = shortest(room[None])
        if found is None:
            return False
        chosen[part] = counts(found[0])
    return True


def _program_fits(edges: np.ndarray, parts: list[tuple[int, int]]) -> bool:
    """The same question as a program: one variable a tally and node, S(node)."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import coo_array

    tallies, size, _ = edges.shape
    width = tallies * size

    def differences(later: np.ndarray, earlier: np.ndarray) -> coo_array:
        row = np.arange(len(later))
        signs = np.repeat([1.0, -1.0], len(row))
        ends = np.concatenate([later, earlier])
        return coo_array((signs, (np.tile(row, 2), ends)), (len(row), width)).tocsr()

    tally, before, after = np.nonzero(np.isfinite(edges))
    limits = [
        LinearConstraint(
            differences(tally * size + after, tally * size + before),
            ub=edges[tally, before, after],
        )
    ]
    step = np.arange(size - 1)
    for part, whole in parts:
        own, other = (differences(at * size + step + 1, at * size + step) for at in (part, whole))
        limits.append(LinearConstraint(own - other, ub=0))
    for whole_numbers in (0, 1):
        # Presolve of HiGHS has been seen to lose solutions of small programs like these.
        found = milp(
            np.zeros(width),
            integrality=np.full(width, whole_numbers),
            constraints=limits,
            options={"presolve": False},
        )
        if found.status == _NONE_FITS:
            return False
        if found.status == _FITS and (whole_numbers or _holds(np.rint(found.x), limits)):
            return True
    raise UndecidedError(found.message)


def _holds(counts: np.ndarray, limits: list) -> bool:
    return all((limit.A @ counts <= limit.ub).all() for limit in limits)
