"""Each family of tallies solved once for a reading, whoever asks.

The least number of a window is a sum of what was counted in it; the greatest is what the upper
ends that still stand leave over those sums. So no upper end makes a least number, unless one report
states both.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from math import inf
from typing import NamedTuple

import numpy as np

from analysis.data.dataset import Dataset, cached
from analysis.data.outcome import Family, nesting, outcome
from analysis.data.problems import check_known
from analysis.data.records import Count
from analysis.data.relations import Relations, solution_of
from countbounds import EVER, Solution

ALL = "(all)"
"""A tally that holds several others of a family which may share people."""


class Span(NamedTuple):
    """The days of a tally, since 1970."""

    since: int  # before the first day, where a count has none
    first: int
    stop: int  # the day after the last of all


class ReadingBounds:
    """The bounds of a family in one reading."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self._of_all: dict[tuple[str, ...], Solution] = {}

    @cached_property
    def _least(self) -> Solution:
        if len({count.report for count in self.family.counts}) == 1:
            return self._most  # the numbers of one report bound each other from below too
        return solution_of(self.family.relations, self.family.binding, highs=False)

    @cached_property
    def _most(self) -> Solution:
        counts = self.family.limiting
        nothing_above = all(count.binding_high == inf for count in counts)
        return solution_of(self.family.relations, counts, highs=not nothing_above)

    def between(self, tally: str, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """At least and at most how many people of a tally in each window of days.

        ``stop`` is the day after the last; a number is infinite where nothing bounds it. A single
        window is exact; of many, where parts make up a whole, some may be looser than need be.
        """
        exact = len(start) == 1
        low = self._least.between(tally, start, stop, exact)[0]
        return np.array([low, self._most.between(tally, start, stop, exact)[1]])

    def together(self, tallies: tuple[str, ...], start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """As :meth:`between`, of all people of several tallies, which may share some."""
        if len(tallies) == 1:
            return self.between(tallies[0], start, stop)
        low = self._least_of_all(tallies).between(ALL, start, stop, len(start) == 1)[0]
        return np.array([low, sum(self.between(name, start, stop)[1] for name in tallies)])

    def _least_of_all(self, tallies: tuple[str, ...]) -> Solution:
        if tallies not in self._of_all:
            relations = with_all(self.family.relations, tallies)
            self._of_all[tallies] = solution_of(relations, self.family.binding, highs=False)
        return self._of_all[tallies]

    @property
    def content(self) -> list[tuple]:
        """What the bounds depend on."""
        counts = self.family.counts
        return [(each.order, each.binding_low, each.binding_high, each.status) for each in counts]

    def without_counts(self) -> "ReadingBounds":
        """The family where nothing is stated of it: anything is possible."""
        return ReadingBounds(self.family._replace(counts=(), contradictions=()))

    def span(self, tallies: Collection[str]) -> Span | None:
        """The days of some tallies together; None where nothing is stated of them."""
        counts = [count for count in self.family.binding if count.tally in tallies]
        if not counts:
            return None
        return Span(
            min(count.start for count in counts),
            min(map(_first_day, counts)),
            max(count.end for count in counts) + 1,
        )


def _first_day(count: Count) -> int:
    return count.start if count.start > EVER else count.end


class FamilyBounds:
    """A family in each reading that an answer is about: a wide one contains the primary one."""

    def __init__(self, bounded: list[ReadingBounds]) -> None:
        self.bounded = bounded

    @property
    def tallies(self) -> tuple[str, ...]:
        """The tallies of the family, in the order of the table."""
        return self.bounded[0].family.tallies

    @property
    def relations(self) -> Relations:
        """How its tallies lie in one another."""
        return self.bounded[0].family.relations

    @property
    def contradictions(self) -> list[tuple[Count, ...]]:
        """Counts that cannot all be true, in any of the readings, each set once."""
        found = {}
        for each in self.bounded:
            for clash in each.family.contradictions:
                found.setdefault(tuple(count.event_id for count in clash), clash)
        return [*found.values()]

    def spans(self, tallies: Collection[str]) -> list[Span]:
        """The days in each reading; where one says nothing of them, those of the other."""
        spans = [each.span(tallies) for each in self.bounded]
        other = next(filter(None, spans), None)
        return [span or other for span in spans] if other else []

    def spans_with_parts(self, names: Collection[str]) -> list[Span]:
        """The days of some tallies and of all that lie in them, in each reading."""
        wholes = self.relations.wholes
        return self.spans([*names, *(part for part in wholes if wholes[part] & {*names})])

    def between(self, tally: str, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """Least and greatest of each window, as any of the readings allows."""
        return widest([each.between(tally, start, stop) for each in self.bounded])

    def together(self, tallies: tuple[str, ...], start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """The same of all people of several tallies, which may share some."""
        return widest([each.together(tallies, start, stop) for each in self.bounded])


def with_all(relations: Relations, tallies: Collection[str]) -> Relations:
    """Relations with one more tally, :data:`ALL`, which some others lie in."""
    if len(tallies) < 2:
        return relations
    inside = {name for name, found in relations.wholes.items() if found & {*tallies}} | {*tallies}
    wholes = {
        name: found | {ALL} if name in inside else found for name, found in relations.wholes.items()
    }
    return replace(relations, wholes=wholes | {ALL: frozenset()})


def widest(counts: list[np.ndarray]) -> np.ndarray:
    """Least and greatest of several ``between``: what either reading allows."""
    low, high = np.swapaxes(np.array(counts), 0, 1)
    return np.array([low.min(axis=0), high.max(axis=0)])


@cached
def find_families(dataset: Dataset, reading: str = "primary") -> list[FamilyBounds]:
    """The families that something is stated of, in the order of ``tallies``."""
    stated = {each.tallies[0]: each for each in outcome(dataset, reading).families}
    own = {top: ReadingBounds(family) for top, family in stated.items()}
    if reading == "primary":
        return [FamilyBounds([own[top]]) for top in _in_order(dataset, own)]
    primary = {each.tallies[0]: each.bounded[0] for each in find_families(dataset, "primary")}
    found = {}
    for top in own.keys() | primary.keys():
        wide, narrow = own.get(top), primary.get(top)
        wide, narrow = wide or narrow.without_counts(), narrow or wide.without_counts()
        found[top] = [narrow] if wide.content == narrow.content else [wide, narrow]
    return [FamilyBounds(found[top]) for top in _in_order(dataset, found)]


def _in_order(dataset: Dataset, tops: Collection[str]) -> list[str]:
    """First tallies of families, in the order of the table."""
    return [names[0] for names in nesting(dataset).families if names[0] in tops]


def family_of(dataset: Dataset, tally_id: str, reading: str) -> FamilyBounds | None:
    """The family of a tally; None where nothing is stated of it in the reading."""
    check_known("tally", [tally_id], [*dataset.tallies["tally_id"]])
    families = {name: each for each in find_families(dataset, reading) for name in each.tallies}
    return families.get(tally_id)
