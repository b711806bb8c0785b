"""The counted statements of a reading, ready for the arithmetic.

Rows of ``events`` become windows of whole days and bounds on a number of persons; two tellings
of one thing become one statement; statements on tallies that are parts of one another become a
family, because they bind each other.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.links import first_tellings, origin

READINGS = ("primary", "wide")


class Family(NamedTuple):
    """A tally that is part of no other, all its parts, and what is stated of them.

    ``statements`` as from :func:`counted_statements`; ``parents`` gives for each tally the one it
    is part of, None for the ``root``.
    """

    root: str
    parents: dict[str, str | None]
    statements: pd.DataFrame


def rows_of_reading(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The rows of ``events`` that hold a count in a reading and are not superseded.

    Raises
    ------
    ValueError
        When there is no such reading.
    """
    if reading not in READINGS:
        raise ValueError(f"reading is one of {', '.join(READINGS)}, not {reading!r}")
    events = dataset.events
    taken = events["reading"].isna() | (events["reading"] == reading)
    return events[taken & events["low"].notna() & ~superseded(events)]


def counting(events: pd.DataFrame) -> pd.Series:
    """Whether a statement holds a count that some reading takes: not set aside nor superseded."""
    return events["low"].notna() & (events["reading"] != "aside") & ~superseded(events)


def superseded(events: pd.DataFrame) -> pd.Series:
    """Whether a statement, or one that it tells again, is corrected by another of ``events``."""
    first = events["event_id"].map(first_tellings(events))
    corrected = first[events["event_id"].isin(events["supersedes"].dropna())]
    return first.isin(corrected)


def stated_only(dataset: Dataset) -> Dataset:
    """The dataset without derived counts, what was corrected being gone with them."""
    events = dataset.events
    stated = events["count_basis"].fillna("stated") != "derived"
    return replace(dataset, events=events[stated & ~superseded(events)])


def without_superseded(dataset: Dataset) -> Dataset:
    """The dataset without what was corrected, so that leaving rows out revives nothing."""
    return replace(dataset, events=dataset.events[~superseded(dataset.events)])


def counted_statements(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The counted rows of a reading, as numbers.

    Returns
    -------
    pandas.DataFrame
        ``event_id``, ``tally_id``, ``toll`` (bool), ``open`` (bool, no first day is given),
        ``start`` and ``stop`` (days since 1 January 1970, stop being the day after the last),
        ``low``, ``high`` (persons, infinity where nothing bounds from above), ``first`` (the
        telling that a chain of ``same_as`` goes back to, be it of this reading or not).

    A window without a first day starts on a day of its own before all others.
    """
    rows = rows_of_reading(dataset, reading)
    known = rows["date_start"].fillna(rows["date_end"])
    start = rows["date_start"].fillna(known.min() - pd.Timedelta(days=1))
    return pd.DataFrame(
        {
            "event_id": rows["event_id"],
            "tally_id": rows["tally_id"],
            "toll": rows["count_kind"] == "toll",
            "open": rows["date_start"].isna(),
            "start": start.to_numpy("datetime64[D]").astype("int64"),
            "stop": rows["date_end"].to_numpy("datetime64[D]").astype("int64") + 1,
            "low": rows["low"].to_numpy("float64"),
            "high": rows["high"].to_numpy("float64", na_value=np.inf),
            "first": rows["event_id"].map(first_tellings(dataset.events)),
        }
    )


def merge_tellings(statements: pd.DataFrame) -> pd.DataFrame:
    """One row for all tellings of one thing: windows and counts intersected.

    An intersection can be empty (``start >= stop`` or ``low > high``): the tellings clash.
    """
    if not statements["first"].duplicated().any():
        return statements
    how = {"event_id": "first", "tally_id": "first", "toll": "first", "open": "min"}
    how |= {"start": "max", "stop": "min", "low": "max", "high": "min"}
    return statements.groupby("first", sort=False).agg(how).reset_index()


def find_families(dataset: Dataset, reading: str = "primary") -> list[Family]:
    """Families of tallies with something stated of them, in the order of ``tallies``."""
    tallies = dataset.tallies
    whole = [None if pd.isna(name) else name for name in tallies["subset_of"]]
    parents = dict(zip(tallies["tally_id"], whole, strict=True))
    root = {tally_id: origin(tally_id, parents) for tally_id in parents}
    members: dict[str, dict[str, str | None]] = {}
    for tally_id, top in root.items():
        members.setdefault(top, {})[tally_id] = parents[tally_id]
    counted = counted_statements(dataset, reading)
    by_root = dict(list(counted.groupby(counted["tally_id"].map(root), sort=False)))
    return [Family(top, tied, by_root[top]) for top, tied in members.items() if top in by_root]
