"""What follows of a system: how many of a count any window holds, and what cannot all be.

Counts that nothing joins are solved apart. Where statements clash a smallest set of them is named
(Junker 2004, "QuickXplain: Preferred explanations and relaxations for over-constrained problems",
AAAI-04): without any one of them the rest hold.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from countbounds.line import ClashError, Joined
from countbounds.program import Undecided
from countbounds.system import EVER, Statements, Sum, System

_EXACT = 2**53
"""Whole numbers up to here are exact as floating-point ones."""


class Infeasible(ValueError):
    """Statements that cannot all hold: without any one of ``ids`` the rest of them can."""

    def __init__(self, system: System, suspects: Sequence[Hashable]) -> None:
        super().__init__(system, suspects)
        self._system, self._suspects = system, suspects

    @cached_property
    def ids(self) -> list[Hashable]:
        """A smallest set of them, found when it is asked for; later ones are left out first."""
        return smallest_clash(self._suspects[::-1], self._possible)[::-1]

    def _possible(self, ids: list[Hashable]) -> bool:
        """Whether the statements of some ids can all hold."""
        said, chosen = self._system.statements(), {*ids}
        rows = np.array([each in chosen for each in self._system.ids], dtype=bool)[said.number]
        try:
            _solved(self._system, said.take(rows))
        except ClashError:
            return False
        except Undecided:  # what is named clashes all the same, perhaps with one too many
            pass
        return True

    def __str__(self) -> str:
        """Which, in a sentence."""
        return f"these cannot all hold: {', '.join(map(repr, self.ids))}"


class Solution:
    """What a system that can hold allows; made by ``solve``."""

    def __init__(self, places: dict[Hashable, int], joined: list[tuple[Joined, int]]) -> None:
        self._places, self._joined = places, joined

    def between(
        self, name: Hashable, first: ArrayLike | None, stop: ArrayLike, exact: bool = True
    ) -> tuple[int | float, int | float] | tuple[np.ndarray, np.ndarray]:
        """The least and the greatest number of a count in a window, or in each of some windows.

        Parameters
        ----------
        name
            A count.
        first, stop
            The first day of a window, None for from ever, and the day after its last; or an array
            of days for either.
        exact
            Whether no program is spared that shows how far numbers go. Without, bounds hold but
            may be looser than the truth where counts lie in others.

        Returns
        -------
        low, high
            Two numbers, or two arrays; ``high`` is infinite where nothing bounds from above. A
            window without a day holds nothing.

        Raises
        ------
        ValueError
            When there is no such count.
        Undecided
            When a program found no answer in time.
        """
        if name not in self._places:
            raise ValueError(f"no count {name!r} in the system")
        alone = np.ndim(stop) == 0 and (first is None or np.ndim(first) == 0)
        joined, place = self._joined[self._places[name]]
        start, end = np.broadcast_arrays(EVER if first is None else first, stop)
        start, end = (days.astype("int64").ravel() for days in (start, end))
        low, high = joined.between(place, start, np.maximum(start, end), exact)
        high[end <= start] = 0
        if alone:
            return int(low[0]), float(high[0]) if np.isinf(high[0]) else int(high[0])
        return low, high


def solve(system: System) -> Solution:
    """Find what all statements of a system say together.

    Raises
    ------
    Infeasible
        When they cannot all hold.
    Undecided
        When a program found no answer in time.
    ValueError
        When a count is part of one that was never named, or of itself.

    Examples
    --------
    >>> from countbounds import System, solve
    >>> system = System()
    >>> system.count("birds")
    >>> system.total("May", "birds", 0, 31, low=40, high=40)
    >>> system.some("a flock", "birds", 10, 12, low=25)
    >>> solve(system).between("birds", 12, 31)
    (0, 15)
    """
    try:
        return _solved(system, system.statements())
    except ClashError as clash:
        suspects = dict.fromkeys(system.ids[number] for number in clash.numbers)
        raise Infeasible(system, [*suspects]) from None


def smallest_clash(items: Sequence, possible: Callable[[list], bool]) -> list:
    """A set of items that cannot all be, in their order; without any one of them the others can.

    It is not always the fewest, and empty where all can be. The first items are left out where
    others clash without them. ``possible`` says of some items
    whether they can all be.
    """
    left, needed = [*items], []
    if not left or possible(left):
        return []
    while left and (not needed or possible(needed)):
        least, most = 0, len(left)  # so many of the first can be left out, and cannot
        while most - least > 1:
            half = (least + most) // 2
            if possible([*needed, *left[half:]]):
                most = half
            else:
                least = half
        needed.append(left[least])
        left = left[least + 1 :]
    return needed


def _solved(system: System, said: Statements) -> Solution:
    """What some statements of a system say together; ClashError where they cannot all hold."""
    if said.low.sum() + said.high[np.isfinite(said.high)].sum() > _EXACT:
        raise Undecided("numbers above 2^53 together, whose sums would be rounded")
    sums, size = system.sums(), len(system.places)
    family, place = _families(sums, size)
    order = np.argsort(family[said.count], kind="stable")
    ends = np.searchsorted(family[said.count][order], np.arange(size + 1))
    local: dict[int, list[Sum]] = {}
    for whole, parts, complete in sums:
        own = local.setdefault(family[whole], [])
        own.append((place[whole], tuple(place[part] for part in parts), complete))
    counts = np.bincount(family, minlength=size)
    found: dict[int, Joined] = {}
    for each in np.flatnonzero(counts):
        own = said.take(order[ends[each] : ends[each + 1]])
        own = own._replace(count=place[own.count])
        found[each] = Joined(own, int(counts[each]), local.get(each, []))
        found[each].check()
    pairs = [(found[family[at]], int(place[at])) for at in range(size)]
    return Solution(system.places, pairs)


def _families(sums: list[Sum], size: int) -> tuple[np.ndarray, np.ndarray]:
    """Family number of each count, and its position within that family."""
    family = np.arange(size)
    for whole, parts, _ in sums:
        for part in parts:
            family[family == family[part]] = family[whole]
    order = np.argsort(family, kind="stable")
    place = np.empty(size, dtype="int64")
    place[order] = np.arange(size) - np.searchsorted(family[order], family[order])
    return family, place
