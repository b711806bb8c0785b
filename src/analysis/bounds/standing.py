"""Which rows of ``events`` still say something, and which of them tell one count.

Read from :func:`analysis.statements`: what a source lowered or withdrew, and what is set aside,
stands no longer.
"""

import pandas as pd

from analysis.data.dataset import Dataset, once
from analysis.data.links import origin, origins
from analysis.data.nesting import nesting
from analysis.data.outcome import READINGS, outcome
from analysis.data.statements import statements

STANDING = ("stands", "from_below", "reduced", "replaced")
LOWERED = ("taken_back", "withdrawn")
"""What became of a count: it still counts for something; its source says less now."""


@once
def counts(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The statements of a reading, a row a count, without calculated ones."""
    table = statements(dataset, reading=reading)
    return table[~table["calculated"]].reset_index(drop=True)


@once
def status_of(dataset: Dataset, reading: str) -> dict[str, str]:
    """What became of each row of ``events`` that counts in a reading."""
    table = counts(dataset, reading)
    pairs = zip(table["event_ids"].str.split(";"), table["status"], strict=True)
    return {name: status for names, status in pairs for name in names}


@once
def first_tellings(dataset: Dataset) -> dict[str, str]:
    """For each row of ``events`` the one that told its count first."""
    found = origins(dataset.events, "event_id", "same_as")
    for reading in reversed(READINGS):
        for cell in counts(dataset, reading)["event_ids"]:
            names = cell.split(";")
            found |= dict.fromkeys(names, names[0])
    return found


def as_stated(dataset: Dataset) -> pd.Series:
    """Whether a row of ``events`` holds a count that stands as it is stated, in any reading."""
    lowered = {
        name
        for reading in READINGS
        for name, status in status_of(dataset, reading).items()
        if status in LOWERED
    }
    return standing(dataset) & ~dataset.events["event_id"].isin(lowered)


@once
def standing(dataset: Dataset, reading: str | None = None) -> pd.Series:
    """Whether a row of ``events`` holds a count that stands in a reading, or in any."""
    asked = READINGS if reading is None else (reading,)
    known = {
        name
        for each in asked
        for name, status in status_of(dataset, each).items()
        if status in STANDING
    }
    return dataset.events["event_id"].isin(known)


def standing_rows(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The rows of ``events`` that hold a count of people harmed which stands in a reading."""
    events = dataset.events
    return events[standing(dataset, reading) & (events["count_kind"] != "stock")]


@once
def kept_wholes(dataset: Dataset) -> dict[str, frozenset[str]]:
    """For each tally those that hold it, without nestings that numbers of one page rule out."""
    kept = dict(nesting(dataset).wholes)
    for family in outcome(dataset, READINGS[0]).families:
        kept |= {name: family.relations.wholes[name] for name in family.tallies}
    return kept


@once
def kept_parts(dataset: Dataset) -> dict[str, frozenset[str]]:
    """For each tally those that it holds, in the same way."""
    found = {name: set() for name in kept_wholes(dataset)}
    for part, wholes in kept_wholes(dataset).items():
        for whole in wholes:
            found[whole].add(part)
    return {name: frozenset(parts) for name, parts in found.items()}


@once
def holders(dataset: Dataset) -> dict[str, str]:
    """For each tally that lies in another the one that it is drawn inside."""
    nested, found = nesting(dataset), {}
    for name, wholes in kept_wholes(dataset).items():
        nearest = [each for each in nested.nearest(name) if each in wholes]
        whole = nested.holder(name)
        if wholes:
            found[name] = whole if whole in wholes else min(nearest or wholes)
    return found


@once
def roots(dataset: Dataset) -> dict[str, str]:
    """For each tally the outermost one that it is drawn inside, itself where it lies in none."""
    return {name: origin(name, holders(dataset)) for name in dataset.tallies["tally_id"]}
