"""Bounds on any tallies over time.

A tally that nothing is stated of itself still has what its parts say.
"""

from collections.abc import Collection
from itertools import combinations

import pandas as pd

from analysis.bounds.drawn import both_readings, inside, main_harm, stated_roots
from analysis.bounds.solutions import Readings, Span, family_of
from analysis.bounds.standing import kept_parts, roots
from analysis.bounds.windows import bounds_frame
from analysis.data.dataset import Dataset, once
from analysis.data.nesting import Nesting, nesting
from analysis.data.problems import NothingToDrawError


def chosen_harm(dataset: Dataset, tallies: Collection[str], harm: str | None = None) -> str:
    """What the tallies of a figure count.

    Raises ValueError when there is no such tally, nothing is stated of it, or they do not count the
    same harm.
    """
    _check_list("tallies", tallies)
    main_harm(dataset)  # raises where nothing is counted
    root, stated = roots(dataset), stated_roots(dataset)
    for name in tallies:
        if name not in root:
            raise ValueError(f"no tally {name!r} in the dataset")
        if not stated.keys() & inside(dataset, [name]):
            raise NothingToDrawError(f"nothing to draw: nothing is stated of the tally {name!r}")
    known = dataset.tallies.set_index("tally_id")["harm"]
    harms = [*dict.fromkeys(known[root[name]] for name in tallies)]
    if len(harms) != 1 or harm not in (None, harms[0]):
        asked = "one harm" if harm is None else f"people {harm!r}"
        raise ValueError(f"a figure shows {asked}; these tallies count: {', '.join(harms)}")
    return harms[0]


def outermost(dataset: Dataset, tallies: Collection[str]) -> tuple[list[str], str]:
    """The tallies that lie in no other one named, and whether they can be added.

    They are ``chosen`` then; ``shared`` where tallies that bear on one another can have people in
    common, being no parts of one division.
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
    for division in nested.divisions:
        parts = [
            {part for part in division.parts if name == part or name in nested.parts[part]}
            for name in (one, other)
        ]
        if all(parts) and not parts[0] & parts[1]:
            return True
    return False


def _check_list(name: str, given: Collection[object]) -> None:
    if isinstance(given, str) or not given:
        raise ValueError(f"{name} is {given!r}; write a list with at least one")


def chosen_drawn(dataset: Dataset, tallies: Collection[str]) -> pd.DataFrame:
    """Bounds on chosen tallies and their parts: columns as for the figure over time.

    The days go on as long as anything is stated of a tally or its parts.
    """
    named = inside(dataset, tallies)
    found = [both_readings(dataset, _bounds_with_parts, name) for name in named]
    return pd.concat(found, ignore_index=True)


def find_days(dataset: Dataset, tally_id: str, reading: str) -> list[Span]:
    """The days of a tally and its parts in each reading; none where nothing is stated of them."""
    family = _agreeing(dataset, tally_id, reading)
    return family.spans([tally_id, *kept_parts(dataset)[tally_id]]) if family else []


def _agreeing(dataset: Dataset, tally_id: str, reading: str) -> Readings | None:
    """The family of a tally, where its statements do not contradict one another."""
    family = family_of(dataset, tally_id, reading)
    return None if family is None or family.contradictions else family


@once
def _bounds_with_parts(dataset: Dataset, reading: str, tally_id: str) -> pd.DataFrame:
    """Bounds of a tally as long as its parts go on."""
    spans = find_days(dataset, tally_id, reading)
    if not spans:
        return bounds_frame([])
    return bounds_frame([(family_of(dataset, tally_id, reading), tally_id, spans)])
