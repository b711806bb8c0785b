"""The counted statements of a reading, ready for the arithmetic.

Rows of ``events`` become windows of whole days and bounds on a number of persons; two tellings
of one thing become one statement; statements on tallies that are parts of one another become a
family, because they bind each other.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.data import cut
from analysis.data.cut import (  # noqa: F401
    READINGS,
    first_tellings,
    roots,
    rows_of_reading,
    stated_only,
    without_superseded,
)
from analysis.data.dataset import Dataset


class Family(NamedTuple):
    """A tally that is part of no other, all its parts, and what is stated of them.

    ``statements`` as from :func:`counted_statements`; ``parents`` gives for each tally the one it
    is part of, None for the ``root``.
    """

    root: str
    parents: dict[str, str | None]
    statements: pd.DataFrame


def superseded(events: pd.DataFrame) -> pd.Series:
    """Until whoever asks hands over the dataset: :func:`analysis.data.cut.superseded`."""
    return cut.superseded(Dataset(None, None, None, events))


def counting(events: pd.DataFrame) -> pd.Series:
    """Until whoever asks hands over the dataset: :func:`analysis.data.cut.counting`."""
    return cut.counting(Dataset(None, None, None, events))


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
            "first": rows["event_id"].map(first_tellings(dataset)),
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
    root = roots(dataset)
    members: dict[str, dict[str, str | None]] = {}
    for tally_id, top in root.items():
        members.setdefault(top, {})[tally_id] = parents[tally_id]
    counted = counted_statements(dataset, reading)
    by_root = dict(list(counted.groupby(counted["tally_id"].map(root), sort=False)))
    return [Family(top, tied, by_root[top]) for top, tied in members.items() if top in by_root]
