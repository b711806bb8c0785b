"""Families of tallies, as arrays: what is solved together, and nothing else.

Statements on tallies that are parts of one another bind each other, so they form a family. A family
is arrays alone: whoever holds one can solve it, in this process or another, and two families with
the same content have the same solution, whichever reading or day of publication they come from.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.data.cut import in_reading, updated
from analysis.data.dataset import Dataset, once
from analysis.data.links import among
from analysis.data.links import links as linked
from analysis.data.tellings import first_tellings, further_of, roots

BEFORE = -(10**9)
"""The day on which a window without a first day starts: before any that is named."""
Division = tuple[int, tuple[int, ...], bool]
"""A whole, its parts that share nobody (places in a family), and whether they add up to it."""


class Family(NamedTuple):
    """A tally that is part of no other, all its parts, and the statements on them.

    From ``event_id`` on these are arrays with an element a statement, in the order of ``events``.
    """

    tallies: tuple[str, ...]
    parents: tuple[int, ...]  # for each tally the place of the one it is part of, -1 for the root
    divisions: tuple[Division, ...]
    # which incident (``told``) counts which further, here or not
    links: tuple[tuple[int, int], ...]
    also: "Family | None"  # beside one of the wide reading that of the primary, if it differs
    event_id: np.ndarray
    tally: np.ndarray  # its place
    toll: np.ndarray
    open: np.ndarray  # whether it is without a first day
    start: np.ndarray  # days since 1970
    stop: np.ndarray  # the day after the last
    low: np.ndarray
    high: np.ndarray  # infinite where nothing bounds from above
    told: np.ndarray  # the same number for all tellings of one thing
    again: np.ndarray  # whether it tells something again

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
        return Family(*self[:5], *(values[rows] for values in self[5:]))

    def content(self) -> tuple:
        """What the solution depends on: equal contents have equal solutions."""
        names, told = np.unique(self.told, return_inverse=True)
        further = ((*np.searchsorted(names, pair),) for pair in self.counted_further().items())
        arrays = (*self[6:13], told)
        return self.parents, self.divisions, *further, *(each.tobytes() for each in arrays)

    def counted_further(self) -> dict[int, int]:
        """For each incident (``told``) the one that it counts further, among those that are here.

        Where several do so of one, as the readings of a row can, the greater counts the lesser.
        """
        newer: dict[int, list[int]] = {}
        here = {*self.told.tolist()} if self.links else set()
        for told, back in among(dict(self.links), here).items():
            newer.setdefault(back, []).append(told)
        low = {told: self.low[self.told == told].max() for some in newer.values() for told in some}
        return {
            later: earlier
            for first, some in newer.items()
            for earlier, later in pairwise([first, *sorted(some, key=lambda at: (low[at], at))])
        }

    @property
    def readings(self) -> list["Family"]:
        """The family as each reading has it that is looked at: in the wide one also the primary."""
        return [self._replace(also=None), *([] if self.also is None else [self.also])]

    def inside(self, place: int) -> list[int]:
        """The places of a tally and all its parts."""
        found = [place]
        for whole in found:
            found += [part for part, of in enumerate(self.parents) if of == whole]
        return found


class Span(NamedTuple):
    """The days of a tally, since 1970."""

    since: int  # before the first day, where a count has none
    first: int
    told: int  # the first day of its parts too
    stop: int  # the day after the last of all


def find_spans(family: Family, own: Sequence[int], parts: Sequence[int] = ()) -> list[Span]:
    """The days of a tally and of its parts in each reading, by places; none where none is stated.

    Where one reading says nothing of them, those of the other.
    """
    spans = [_span(merge_tellings(each), own, parts) for each in family.readings]
    other = next(filter(None, spans), None)
    return [span or other for span in spans] if other else []


def _span(merged: Family, own: Sequence[int], parts: Sequence[int]) -> Span | None:
    asked = np.zeros((2, len(merged.tallies)), dtype=bool)
    asked[:, [*own]] = asked[1, [*parts]] = True
    ours, stated = asked[:, merged.tally]
    if not stated.any():
        return None
    start, stop = merged.start[stated], merged.stop[stated]
    first = np.where(merged.open[stated], stop - 1, start)
    ours = ours[stated] | (not ours.any())  # then its parts stand for it
    return Span(start[ours].min(), first[ours].min(), first.min(), stop.max())


def touching(start: np.ndarray, stop: np.ndarray) -> list[np.ndarray]:
    """Row numbers of windows whose days meet, one after the other."""
    rows = np.argsort(start, kind="stable")
    reached = np.maximum.accumulate(stop[rows])
    return np.split(rows, np.flatnonzero(start[rows][1:] >= reached[:-1]) + 1)


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


@once
def find_families(dataset: Dataset, reading: str = "primary") -> list[Family]:
    """Families with something stated of them in a reading, in the order of ``tallies``.

    What the primary reading allows the wide one allows too: its families have those of the primary
    beside them, and there are those that only the primary says something of.
    """
    root = roots(dataset)
    primary = find_families(dataset, "primary") if reading == "wide" else []
    narrow = {family.root: family for family in primary}
    members: dict[str, list[str]] = {top: [top] for top in root.values()}
    for name, top in root.items():
        members[top] += [name] * (name != top)
    place = {name: at for names in members.values() for at, name in enumerate(names)}
    whole = linked(dataset.tallies, "tally_id", "subset_of")
    divisions, links = _divisions(dataset, place, root), _links(dataset, root)
    tally_ids, columns = _columns(dataset, place, reading)
    number = {top: at for at, top in enumerate(members)}
    tops = np.array([number[root[name]] for name in tally_ids], dtype=int)
    rows = np.argsort(tops, kind="stable")
    stated = np.split(rows, np.searchsorted(tops[rows], np.arange(1, len(members))))
    families = [
        Family(
            (*names,),
            (-1, *(place[whole[part]] for part in names[1:])),
            (*divisions.get(top, ()),),
            (*links.get(top, ()),),
            None,
            *(values[own] for values in columns),
        )
        for (top, names), own in zip(members.items(), stated, strict=False)
        if len(own) or top in narrow
    ]
    if reading == "primary":
        return families
    return [_beside(family, narrow.get(family.root)) for family in families]


def _beside(wide: Family, primary: Family | None) -> Family:
    """A family of the wide reading with what the primary one says: nothing, something, the same."""
    if primary is None:
        return wide._replace(also=wide.take(np.array([], dtype=int)))
    return wide if wide.content() == primary.content() else wide._replace(also=primary)


def family_of(dataset: Dataset, tally_id: str, reading: str) -> Family | None:
    """The family of a tally; None where nothing is stated of it in the reading."""
    root = roots(dataset)
    if tally_id not in root:
        raise ValueError(f"no tally {tally_id!r} in the dataset")
    families = find_families(dataset, reading)
    return next((family for family in families if family.root == root[tally_id]), None)


def _divisions(
    dataset: Dataset, place: dict[str, int], root: dict[str, str]
) -> dict[str, list[Division]]:
    """The divisions of each family, by its root; a single part is one where it is complete."""
    divided, found = dataset.tallies["division"].notna(), {}
    if not divided.any():
        return found
    parts = dataset.tallies[divided]
    for (whole, _), rows in parts.groupby(["subset_of", "division"], sort=False):
        complete = bool((rows["division_complete"] == "yes").all())
        if len(rows) > 1 or complete:
            division = place[whole], (*rows["tally_id"].map(place),), complete
            found.setdefault(root[whole], []).append(division)
    return found


def _links(dataset: Dataset, root: dict[str, str]) -> dict[str, list[tuple[int, int]]]:
    """Which incidents count which further, in whatever reading, by the root of their family."""
    further, found = further_of(dataset), {}
    if not further:
        return found
    number, rows = _numbers(dataset), dataset.events[dataset.events["count_kind"] == "incident"]
    tally = dict(zip(rows["event_id"], rows["tally_id"], strict=True))
    for newer, older in further.items():
        # a count of another tally says nothing of how many more this one holds
        if newer in tally and tally[newer] == tally.get(older):
            found.setdefault(root[tally[newer]], []).append((number[newer], number[older]))
    return found


@once
def _numbers(dataset: Dataset) -> dict[str, int]:
    """A number for each thing that is told, by its first telling."""
    firsts = dict.fromkeys(first_tellings(dataset).values())
    return {name: at for at, name in enumerate(firsts)}


def _columns(
    dataset: Dataset, place: dict[str, int], reading: str
) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Tallies, and the arrays of all families, a statement each in the order of ``events``."""
    events, kept = dataset.events, np.flatnonzero(in_reading(dataset, reading))
    event_id, tally_id, kind = (
        events[name].to_numpy(object)[kept] for name in ("event_id", "tally_id", "count_kind")
    )
    start, end = (
        events[name].to_numpy("datetime64[D]")[kept] for name in ("date_start", "date_end")
    )
    low, high = (
        events[name].to_numpy("float64", na_value=np.inf)[kept] for name in ("low", "high")
    )
    first, numbers = first_tellings(dataset), _numbers(dataset)
    told = [first[name] for name in event_id]
    return tally_id, (
        event_id,
        np.array([place[name] for name in tally_id], dtype="int64"),
        kind == "toll",
        np.isnat(start),
        np.where(np.isnat(start), BEFORE, start.astype("int64")),
        end.astype("int64") + 1,
        low,
        np.where(updated(dataset, reading).to_numpy()[kept], np.inf, high),
        np.array([numbers[name] for name in told], dtype="int64"),
        np.array(told, dtype=object) != event_id,
    )
