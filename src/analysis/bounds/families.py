"""Families of tallies, as arrays: what is solved together, and nothing else.

Statements on tallies that are parts of one another bind each other, so they form a family. A family
is arrays alone: whoever holds one can solve it, in this process or another, and two families with
the same content have the same solution, whichever reading or day of publication they come from.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.data.cut import first_tellings, in_reading, roots
from analysis.data.dataset import Dataset

BEFORE = -(10**9)
"""The day on which a window without a first day starts: before any that is named."""
_COLUMNS = ["event_id", "tally_id", "count_kind", "date_start", "date_end", "low", "high"]


class Family(NamedTuple):
    """A tally that is part of no other, all its parts, and the statements on them.

    ``parents`` gives for each of ``tallies`` the place of the one it is part of, -1 for the first,
    which is the root. All others are arrays with an element a statement, in the order of
    ``events``: its ``event_id``, the place of its ``tally``, if it is a ``toll`` and if it
    is ``open`` (without a first day), ``start`` and ``stop`` (days since 1970, stop being the day
    after the last), ``low`` and ``high`` (persons, infinite where nothing bounds from above),
    ``told`` (the same number for all tellings of one thing), and whether it tells something
    ``again``.
    """

    tallies: tuple[str, ...]
    parents: tuple[int, ...]
    event_id: np.ndarray
    tally: np.ndarray
    toll: np.ndarray
    open: np.ndarray
    start: np.ndarray
    stop: np.ndarray
    low: np.ndarray
    high: np.ndarray
    told: np.ndarray
    again: np.ndarray

    @property
    def root(self) -> str:
        """The tally that is part of no other."""
        return self.tallies[0]

    @property
    def only_incidents(self) -> bool:
        """Whether nothing is stated but incidents of one tally; they add up to its bounds."""
        return len(self.tallies) == 1 and not self.toll.any()

    def take(self, rows: np.ndarray) -> "Family":
        """The family with some of its statements, in the order of ``rows``."""
        return Family(*self[:2], *(values[rows] for values in self[2:]))

    def content(self) -> tuple:
        """What the solution depends on: equal contents have equal solutions."""
        told = np.unique(self.told, return_inverse=True)[1]
        return self.parents, *(values.tobytes() for values in (*self[3:10], told))

    def inside(self, place: int) -> list[int]:
        """The places of a tally and all its parts."""
        found = [place]
        for whole in found:
            found += [part for part, of in enumerate(self.parents) if of == whole]
        return found


class Span(NamedTuple):
    """The days of a tally, since 1970: since when it counts, its first day, that of its parts too.

    ``stop`` is the day after the last of all; a count without a first day goes back before it.
    """

    since: int
    first: int
    told: int
    stop: int


def find_span(merged: Family, places: list[int]) -> Span | None:
    """The days of a tally and its parts, whose places follow its own; None where none is stated.

    Tellings are merged before. Where nothing is stated of the tally itself, its parts stand for it.
    """
    stated = np.isin(merged.tally, places)
    if not stated.any():
        return None
    start, stop = merged.start[stated], merged.stop[stated]
    first = np.where(merged.open[stated], stop - 1, start)
    own = merged.tally[stated] == places[0]
    own |= not own.any()
    return Span(start[own].min(), first[own].min(), first.min(), stop.max())


def merge_tellings(family: Family) -> Family:
    """One statement for all tellings of one thing: windows and counts intersected.

    An intersection can be empty (``start >= stop`` or ``low > high``): the tellings clash.
    """
    order = np.argsort(family.told, kind="stable")
    told, first = np.unique(family.told[order], return_index=True)
    if len(told) == len(order):
        return family
    ways = {"open": np.logical_and, "start": np.maximum, "stop": np.minimum}
    ways |= {"low": np.maximum, "high": np.minimum}
    joined = {name: way.reduceat(getattr(family, name)[order], first) for name, way in ways.items()}
    return family.take(order[first])._replace(**joined)


def find_families(dataset: Dataset, reading: str = "primary") -> list[Family]:
    """Families with something stated of them in a reading, in the order of ``tallies``."""
    return dataset.once(("families", reading), lambda: _find_families(dataset, reading))


def family_of(dataset: Dataset, tally_id: str, reading: str) -> Family | None:
    """The family of a tally; None where nothing is stated of it in the reading.

    Raises ValueError when there is no such tally.
    """
    root = roots(dataset)
    if tally_id not in root:
        raise ValueError(f"no tally {tally_id!r} in the dataset")
    families = find_families(dataset, reading)
    return next((family for family in families if family.root == root[tally_id]), None)


def _find_families(dataset: Dataset, reading: str) -> list[Family]:
    rows = dataset.events.loc[in_reading(dataset, reading), _COLUMNS]
    if rows.empty:
        return []
    root = roots(dataset)
    members: dict[str, list[str]] = {top: [top] for top in root.values()}
    for tally_id, top in root.items():
        members[top] += [tally_id] * (tally_id != top)
    place = {name: at for names in members.values() for at, name in enumerate(names)}
    whole = dict(zip(dataset.tallies["tally_id"], dataset.tallies["subset_of"], strict=True))
    columns = _columns(dataset, rows, place)
    number = {top: at for at, top in enumerate(members)}
    owner = rows["tally_id"].map({name: number[top] for name, top in root.items()}).to_numpy()
    by_owner, names, families = np.argsort(owner, kind="stable"), [*members], []
    tops, begin = np.unique(owner[by_owner], return_index=True)
    for top, found in zip(tops, np.split(by_owner, begin[1:]), strict=True):
        _, *parts = tallies = members[names[top]]
        parents = (-1, *(place[whole[part]] for part in parts))
        families.append(Family(tuple(tallies), parents, *(each[found] for each in columns)))
    return families


def _columns(dataset: Dataset, rows: pd.DataFrame, place: dict[str, int]) -> tuple:
    """The arrays of all families, a statement each in the order of ``events``."""
    first = rows["event_id"].map(first_tellings(dataset))
    start = rows["date_start"].to_numpy("datetime64[D]").astype("int64")
    still_open = rows["date_start"].isna().to_numpy()
    return (
        rows["event_id"].to_numpy(object),
        rows["tally_id"].map(place).to_numpy("int64"),
        (rows["count_kind"] == "toll").to_numpy(bool),
        still_open,
        np.where(still_open, BEFORE, start),
        rows["date_end"].to_numpy("datetime64[D]").astype("int64") + 1,
        rows["low"].to_numpy("float64"),
        rows["high"].to_numpy("float64", na_value=np.inf),
        pd.factorize(first)[0],
        (first != rows["event_id"]).to_numpy(bool),
    )
