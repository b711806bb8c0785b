"""R1: which tallies hold which others, and which divisions they make up.

A tally holds every other tally of its source and harm that says the same and more: an empty
``victim_group``, ``cause``, ``attributed_to`` or ``area`` means any, parties and areas hold those
that are ``part_of`` them. ``subset_of`` adds what these columns cannot say, ``apart_from`` takes
away what they only seem to say. So a tally can lie in several wholes at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from itertools import combinations, product
from typing import NamedTuple

import pandas as pd

from analysis.data.dataset import Dataset, cached
from analysis.data.links import chain, joined, links, origin, pairs, split_ids

ATTRIBUTES = ("victim_group", "cause", "attributed_to", "area")
"""What a tally can say of its people besides their party and what happened to them."""
BY = ("attributed_to", "area", "victim_group", "cause")
"""The same, in the order in which ``by`` offers them."""


class Division(NamedTuple):
    """Parts of a whole that share nobody; a complete division adds up to the whole."""

    name: str
    whole: str | None  # None where no tally holds all parts
    parts: tuple[str, ...]
    complete: bool


@dataclass(frozen=True)
class Nesting:
    """How the tallies of a dataset lie in one another.

    ``wholes`` has for each tally all that hold it, at any depth; ``written`` those that
    ``subset_of`` leads to. ``follows`` are the pairs (part, whole) that nobody wrote down.
    ``families`` are connected tallies: what is said of one can limit another.
    """

    wholes: dict[str, frozenset[str]]
    written: dict[str, frozenset[str]]
    follows: frozenset[tuple[str, str]]
    divisions: tuple[Division, ...]
    families: tuple[tuple[str, ...], ...]

    @cached_property
    def parts(self) -> dict[str, frozenset[str]]:
        """For each tally all that it holds, at any depth."""
        found: dict[str, set[str]] = {name: set() for name in self.wholes}
        for part, own in self.wholes.items():
            for whole in own:
                found[whole].add(part)
        return {name: frozenset(parts) for name, parts in found.items()}

    def nearest(self, tally_id: str) -> list[str]:
        """The smallest wholes of a tally, sorted."""
        return sorted(_smallest(self.wholes[tally_id], self.wholes))

    @cached_property
    def holders(self) -> dict[str, str]:
        """The whole that each part is drawn inside: a nearest one, of those written down first."""
        found = {}
        for name in filter(self.wholes.get, self.wholes):
            nearest = self.nearest(name)
            named = [whole for whole in nearest if whole in self.written[name]]
            found[name] = [*named, *nearest][0]
        return found

    @cached_property
    def roots(self) -> dict[str, str]:
        """For each tally the outermost that it is drawn inside, itself where it lies in none."""
        return {name: origin(name, self.holders) for name in self.wholes}

    def outermost(self, tallies: Collection[str] | None = None) -> list[str]:
        """Of some tallies, or of all in their order, those that lie in no other of them."""
        named = dict.fromkeys(self.wholes if tallies is None else tallies)
        return [name for name in named if not self.wholes[name] & named.keys()]

    def may_share(self, tallies: Collection[str]) -> bool:
        """Whether some can have people in common: connected ones, in no two parts of a division."""
        family = {name: at for at, names in enumerate(self.families) for name in names}
        return any(
            family[one] == family[other] and not self._are_apart(one, other)
            for one, other in combinations(tallies, 2)
        )

    def _are_apart(self, one: str, other: str) -> bool:
        """Whether two tallies are, or lie in, different parts of a division."""
        around = [{name, *self.wholes[name]} for name in (one, other)]
        held = ([{*each.parts} & names for names in around] for each in self.divisions)
        return any(first and second and not first & second for first, second in held)


@cached
def coded_nesting(dataset: Dataset) -> Nesting:
    """The nesting of all tallies as the tables have it, whatever their numbers."""
    direct: dict[str, set[str]] = {name: set() for name in dataset.tallies["tally_id"]}
    for part, whole in pairs(dataset.tallies, "tally_id", "subset_of"):
        direct[part].add(whole)
    named, apart = closure(direct), apart_pairs(dataset.tallies, "tally_id")
    inferred = {*_inferred(dataset)} - apart
    follows = {
        (part, whole)
        for part, whole in inferred
        if whole not in named[part] and not _leads_back(part, whole, named, inferred)
    }
    for part, whole in follows:
        direct[part].add(whole)
    wholes = closure(direct) if follows else named
    divisions = (*_divisions(dataset.tallies, wholes),)
    families = joined(wholes, ((part, whole) for part in wholes for whole in wholes[part]))
    return Nesting(wholes, named, frozenset(follows), divisions, (*map(tuple, families),))


def closure(direct: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    """For each name all that its chains lead to.

    >>> sorted(closure({"a": {"b"}, "b": {"c"}, "c": set()})["a"])
    ['b', 'c']
    """
    found: dict[str, frozenset[str]] = {}
    for name in TopologicalSorter(direct).static_order():
        found[name] = frozenset(direct[name]).union(*(found[each] for each in direct[name]))
    return {name: found[name] for name in direct}


def _leads_back(part: str, whole: str, named: dict, inferred: set[tuple[str, str]]) -> bool:
    """Whether a whole is written to lie in its part, or in what lies in that."""
    return any(each == part or (each, part) in inferred for each in named[whole])


def apart_pairs(rows: pd.DataFrame, key: str) -> set[tuple[str, str]]:
    """Pairs of tallies, or of parties, that share nobody, both ways round."""
    named = {*pairs(rows, key, "apart_from")}
    return named | {(other, one) for one, other in named}


def _inferred(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Pairs (part, whole) that follow from what tallies say."""
    party, area = (
        links(rows, key, "part_of")
        for rows, key in ((dataset.parties, "party_id"), (dataset.areas, "area_id"))
    )
    known: dict[tuple, list[str]] = defaultdict(list)
    columns = dataset.tallies[["tally_id", "source_original", "harm", "party_id", *ATTRIBUTES]]
    rows = columns.astype(object).fillna("").itertuples(index=False, name=None)
    keyed = [(name, source, harm, _attributes(said)) for name, source, harm, *said in rows]
    for name, source, harm, said in keyed:
        known[source, harm, said].append(name)
    for name, source, harm, said in keyed:
        for whole_said in product(*_wider(said, party, area)):
            if whole_said != said:
                yield from ((name, whole) for whole in known.get((source, harm, whole_said), ()))


def _attributes(said: list[str]) -> tuple[str, ...]:
    """What a tally says, several parties held responsible being one set."""
    party, group, cause, blamed, area = said
    return party, group, cause, ";".join(sorted({*split_ids(blamed)})), area


def _wider(said: tuple[str, ...], party: dict, area: dict) -> list[list[str]]:
    """For each attribute what a tally can say that holds this one."""
    victims, group, cause, blamed, place = said
    by = party if ";" not in blamed else {}
    return [
        chain(victims, party),
        _or_any([group]),
        _or_any([cause]),
        _or_any(chain(blamed, by)),
        _or_any(chain(place, area)),
    ]


def _or_any(names: Iterable[str]) -> list[str]:
    return [*dict.fromkeys([*names, ""])]


def _divisions(tallies: pd.DataFrame, wholes: dict[str, frozenset[str]]) -> Iterator[Division]:
    divided = tallies[~tallies["division"].array.isna()]
    if divided.empty:
        return
    for (_, _, name), rows in divided.groupby(
        ["source_original", "harm", "division"], sort=False, dropna=False
    ):
        for own in _of_one_whole(rows, wholes):
            parts = (*own["tally_id"],)
            shared = frozenset.intersection(*(wholes[part] for part in parts))
            if named := [{*split_ids(cell)} for cell in own["subset_of"] if split_ids(cell)]:
                shared &= set.intersection(*named)
            least = sorted(_smallest(shared, wholes))
            complete = bool((own["division_complete"] == "yes").any())
            yield Division(name, least[0] if least else None, parts, complete)


def _smallest(some: Collection[str], wholes: dict[str, frozenset[str]]) -> set[str]:
    """Of some tallies those that hold no other of them."""
    return {whole for whole in some if not any(whole in wholes[other] for other in some)}


def _of_one_whole(rows: pd.DataFrame, wholes: dict[str, frozenset[str]]) -> Iterator[pd.DataFrame]:
    """Parts of divisions of one name, those together that share a whole.

    It is one that they name, or else a smallest that follows.
    """
    named = [
        {*split_ids(cell)} or _smallest(wholes[name], wholes) or {None}
        for name, cell in zip(rows["tally_id"], rows["subset_of"], strict=True)
    ]
    held = [(at, whole) for at, own in enumerate(named) for whole in own]
    for group in joined([*range(len(named)), *{}.fromkeys(whole for _, whole in held)], held):
        yield rows.iloc[[at for at in group if isinstance(at, int)]]
