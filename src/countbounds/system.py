"""What is said of several counts: which lie in which, how they split, and totals over windows.

Everything is kept as arrays with an element a statement, so that a system of many thousand
statements is made without a call for each. Nothing is worked out here; what is asked of a system
is asked of ``solve``.
"""

from collections.abc import Hashable, Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

EVER = -(2**53)
"""The first day of a window from ever, in arrays, where ``None`` cannot stand."""

_KINDS = ("int64", "int64", "int64", "float64", "float64", "int64", "int64")
"""Of the columns of statements, in their order."""

Sum = tuple[int, tuple[int, ...], bool]
"""A whole, its parts and whether they add up to it."""


class Statements(NamedTuple):
    """Statements as arrays, an element each."""

    count: np.ndarray  # the place of its name
    first: np.ndarray
    stop: np.ndarray
    low: np.ndarray
    high: np.ndarray  # infinite where nothing bounds from above
    same: np.ndarray  # what `some` items are versions of, -1 for a total
    number: np.ndarray  # the place of its id

    def take(self, rows: np.ndarray) -> "Statements":
        """Some of them."""
        return Statements(*(values[rows] for values in self))


class System:
    """Counts, how they lie in one another, and what is said of them.

    On each day of an endless line each count has some whole number, zero or more. Days are
    integers; a window is all days from ``first`` up to but not with ``stop``.

    Examples
    --------
    >>> from countbounds import System, solve
    >>> system = System()
    >>> system.count("visitors")
    >>> system.count("children", part_of=["visitors"])
    >>> system.total("week", "visitors", 0, 7, low=900, high=1000)
    >>> system.total("Monday", "children", 0, 1, low=120)
    >>> solve(system).between("visitors", 1, 7)
    (0, 880)
    """

    def __init__(self) -> None:
        self.places: dict[Hashable, int] = {}
        self.ids: list[Hashable] = []
        self._wholes: list[tuple[Hashable, ...]] = []
        self._splits: list[tuple[Hashable, tuple[Hashable, ...], bool]] = []
        self._same: dict[Hashable, int] = {}
        self._blocks: list[Statements] = []

    def count(self, name: Hashable, part_of: Iterable[Hashable] = ()) -> None:
        """Name a count, and the counts that hold all of its items on each day.

        Parameters
        ----------
        name
            Anything that can be the key of a dict.
        part_of
            Names of counts, which may be given later. ``solve`` raises ValueError where one never
            is, and where a count would be part of itself.

        Raises
        ------
        ValueError
            When there is a count of that name.
        """
        if name in self.places:
            raise ValueError(f"there is a count {name!r} already")
        self._wholes.append(_names(part_of))
        self.places[name] = len(self.places)

    def split(self, whole: Hashable, parts: Iterable[Hashable], complete: bool = False) -> None:
        """Say that some parts of a count share no item, and whether they are all of it.

        The parts need not be named as such in ``count``.
        """
        parts = _names(parts)
        if len({*parts}) < len(parts):
            raise ValueError(f"a part stands twice in the split of {whole!r}: {parts}")
        self._splits.append((whole, parts, complete))

    def total(
        self,
        id: Hashable,
        name: Hashable,
        first: int | None,
        stop: int,
        low: float = 0,
        high: float = np.inf,
    ) -> None:
        """Say that a count is from ``low`` to ``high`` over a window, all days of it together.

        Parameters
        ----------
        id
            What ``Infeasible`` names; statements with the same id stand or fall together.
        name
            A count; ValueError where there is none of that name.
        first, stop
            The first day, None for from ever (then only ``low`` binds), and the day after the last.
        low, high
            Whole numbers; ``high`` may be infinite.
        """
        self.totals([id], [name], EVER if first is None else first, stop, low, high)

    def some(
        self,
        id: Hashable,
        name: Hashable,
        first: int | None,
        stop: int,
        low: float,
        same: Hashable | None = None,
    ) -> None:
        """Say that ``low`` items of a count lie in a window, none of them in another ``some``.

        Over any range of days items add up whose windows lie inside it. Those with an equal
        ``same`` are versions: of them only the greatest inside the range counts.
        Items of a part are items of its whole too, and may be the whole's own ``some``.
        """
        self.somes([id], [name], EVER if first is None else first, stop, low, [same])

    def totals(
        self,
        ids: Sequence[Hashable],
        names: Hashable | Sequence[Hashable],
        first: ArrayLike,
        stop: ArrayLike,
        low: ArrayLike = 0,
        high: ArrayLike = np.inf,
    ) -> None:
        """``total`` for arrays; one name, day or number stands for all, ``EVER`` for from ever."""
        self._add_block(ids, names, first, stop, low, high, -1)

    def somes(
        self,
        ids: Sequence[Hashable],
        names: Hashable | Sequence[Hashable],
        first: ArrayLike,
        stop: ArrayLike,
        low: ArrayLike,
        same: Sequence[Hashable | None] | None = None,
    ) -> None:
        """``some`` for arrays."""
        keys = same if same is not None else [None] * len(ids)
        versions = [
            self._same.setdefault(object() if key is None else key, len(self._same)) for key in keys
        ]
        self._add_block(ids, names, first, stop, low, np.inf, versions)

    def statements(self) -> Statements:
        """All statements, in the order in which they were given."""
        if not self._blocks:
            return Statements(*np.zeros((7, 0), dtype="int64"))
        if len(self._blocks) > 1:
            self._blocks = [Statements(*map(np.concatenate, zip(*self._blocks, strict=True)))]
        return self._blocks[0]

    def sums(self) -> list[Sum]:
        """How counts lie in others, by their places, without what follows from the rest.

        Raises ValueError where a whole was never named, or a count would be part of itself.
        """
        splits = [
            (self._place(whole), tuple(map(self._place, parts)), complete)
            for whole, parts, complete in self._splits
        ]
        wholes = [{*map(self._place, names)} for names in self._wholes]
        for whole, parts, _ in splits:
            for part in parts:
                wholes[part].add(whole)
        above: list[set[int]] = [set() for _ in wholes]
        for part in self._wholes_first(wholes):
            above[part] = wholes[part].union(*(above[whole] for whole in wholes[part]))
        said = {(part, whole) for whole, parts, _ in splits for part in parts}
        alone = [
            (whole, (part,), False)
            for part, tops in enumerate(wholes)
            for whole in sorted(tops)
            if (part, whole) not in said and not any(whole in above[top] for top in tops)
        ]
        return splits + alone

    def _wholes_first(self, wholes: list[set[int]]) -> list[int]:
        try:
            return [*TopologicalSorter(dict(enumerate(wholes))).static_order()]
        except CycleError as error:
            names = [*self.places]
            circle = ", ".join(repr(names[place]) for place in error.args[1][1:])
            raise ValueError(f"counts are part of themselves: {circle}") from None

    def _place(self, name: Hashable) -> int:
        if name not in self.places:
            raise ValueError(f"no count {name!r}; name it by count() first")
        return self.places[name]

    def _add_block(self, ids, names, first, stop, low, high, same) -> None:
        several = not isinstance(names, (str, bytes)) and isinstance(names, Iterable)
        places = [self._place(name) for name in names] if several else [self._place(names)]
        values = [places, first, stop, low, high, same, np.arange(len(ids)) + len(self.ids)]
        block = Statements(
            *(_column(each, len(ids), kind) for each, kind in zip(values, _KINDS, strict=True))
        )
        block.high[block.first == EVER] = np.inf
        for row in np.flatnonzero(~_sound(*block[1:5]))[:1]:
            raise ValueError(_wrong(ids[row], *(values[row] for values in block[1:5])))
        self._blocks.append(block)
        self.ids += [*ids]


def _column(values: ArrayLike, size: int, kind: str) -> np.ndarray:
    """Values as an array with an element a statement; one value stands for all."""
    values = np.asarray(values)
    if values.size not in (1, size):
        raise ValueError(f"{size} ids need as many names, days and numbers, or one of each")
    found = np.empty(size, kind)
    found[:] = values
    return found


def _names(names: Iterable[Hashable]) -> tuple[Hashable, ...]:
    if isinstance(names, str):
        raise ValueError(f"a list of names is meant; write [{names!r}]")
    return tuple(names)


def _sound(first, stop, low, high):
    """Whether a window has days and its numbers are whole, zero or more, and in order."""
    return (first < stop) & (low >= 0) & (low <= high) & (low % 1 == 0) & (np.floor(high) == high)


def _wrong(id: Hashable, *said: float) -> str:
    first, stop, low, high = said
    return (
        f"{id!r}: from {low:g} to {high:g} in the window from {first} to {stop}; stop is a day "
        "after first, low and high are whole numbers, zero or more, and high is not below low"
    )
