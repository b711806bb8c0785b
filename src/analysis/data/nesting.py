"""R1: which tallies hold which others, and which divisions they make up.

A tally holds every other tally of its source and harm that says the same and more: an empty
``victim_group``, ``cause``, ``attributed_to`` or ``area`` means any, parties and areas hold those
that are ``part_of`` them. ``subset_of`` adds what these columns cannot say, ``apart_from`` takes
away what they only seem to say. So a tally can lie in several wholes at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from graphlib import TopologicalSorter
from itertools import combinations, product
from typing import NamedTuple

import pandas as pd

from analysis.data.dataset import Dataset, cached
from analysis.data.links import chain, joined, links, pairs, split_ids

SAID = ("party_id", "victim_group", "cause", "attributed_to", "area")
"""What a tally says of its people, besides who counted and what happened to them."""


class Division(NamedTuple):
    """Parts of a whole that share nobody; a complete division adds up to the whole."""

    name: str
    whole: str | None  # None where no tally holds all parts
    parts: tuple[str, ...]
    complete: bool


class Nesting(NamedTuple):
    """How the tallies of a dataset lie in one another.

    ``wholes`` has for each tally all that hold it, ``parts`` for each all that it holds, at any
    depth; ``written`` the wholes that ``subset_of`` leads to. ``follows`` are the pairs (part,
    whole) that nobody wrote down. ``families`` are connected tallies: what is said of one can limit
    another.
    """

    wholes: dict[str, frozenset[str]]
    parts: dict[str, frozenset[str]]
    written: dict[str, frozenset[str]]
    follows: frozenset[tuple[str, str]]
    divisions: tuple[Division, ...]
    families: tuple[tuple[str, ...], ...]

    def nearest(self, tally_id: str) -> list[str]:
        """The wholes of a tally that lie in no other of its wholes reached by way of it, sorted."""
        return sorted(_smallest(self.wholes[tally_id], self.wholes))

    def holder(self, tally_id: str) -> str | None:
        """The one whole that a tally is drawn inside: of those written down, or else a nearest."""
        nearest = self.nearest(tally_id)
        named = [whole for whole in nearest if whole in self.written[tally_id]]
        return next(iter([*named, *nearest]), None)

    def outermost(self) -> list[str]:
        """The tallies that lie in no other, in the order of the table."""
        return [name for name, found in self.wholes.items() if not found]


@cached
def nesting(dataset: Dataset) -> Nesting:
    """The nesting of all tallies of a dataset."""
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
    return Nesting(
        wholes, parts_of(wholes), named, frozenset(follows), divisions, (*map(tuple, families),)
    )


def outermost(dataset: Dataset, tallies: Collection[str]) -> tuple[list[str], str]:
    """The tallies that lie in no other one named, and whether they can be added.

    They are ``chosen`` then; ``shared`` where connected tallies can have people in common, being no
    parts of one division.
    """
    nested = nesting(dataset)
    named = [name for name in dict.fromkeys(tallies) if not nested.wholes[name] & {*tallies}]
    family = {name: at for at, names in enumerate(nested.families) for name in names}
    shared = any(
        family[one] == family[other] and not _are_apart(nested, one, other)
        for one, other in combinations(named, 2)
    )
    return named, "shared" if shared else "chosen"


def _are_apart(nested: Nesting, one: str, other: str) -> bool:
    """Whether two tallies are, or lie in, different parts of a division."""
    around = [{name, *nested.wholes[name]} for name in (one, other)]
    held = ([{*each.parts} & names for names in around] for each in nested.divisions)
    return any(first and second and not first & second for first, second in held)


def parts_of(wholes: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """For each tally all that it holds, of those that hold each."""
    found: dict[str, set[str]] = {name: set() for name in wholes}
    for part, own in wholes.items():
        for whole in own:
            found[whole].add(part)
    return {name: frozenset(parts) for name, parts in found.items()}


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
    columns = dataset.tallies[["tally_id", "source_original", "harm", *SAID]]
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
