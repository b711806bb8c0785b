"""Totals that count nobody twice.

A total adds the tallies of one source that are part of no other; running totals, repeats and
parts are already inside. The naive sum of all numbers stands beside it to show what adding up
the text would give.
"""

from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.daily import Asked, bounds_frame, own_days
from analysis.bounds.families import Family, find_families, find_spans
from analysis.data.cut import published_by, rows_of_reading, stated_only
from analysis.data.dataset import Dataset, once
from analysis.data.tellings import roots

GROUP = ["source_original", "party_id", "harm"]


def totals(
    dataset: Dataset,
    reading: str = "primary",
    as_of: date | str | None = None,
    by: str | None = None,
) -> pd.DataFrame:
    """Bounds on the people harmed, by source, party and harm.

    ``reading`` and ``as_of`` as for :func:`analysis.casualty_bounds`; ``by`` "month" or "year"
    gives them for each in which something is stated of the tallies that are added.

    Returns
    -------
    pandas.DataFrame
        ``source_original`` (missing where the report cites nobody), ``party_id``, ``harm``,
        ``low``, ``high`` (persons, Int64; a missing high means no upper bound) and ``naive_sum``
        (persons: every stated number added, as it should not be); with ``by`` in its place
        ``date``, the first day of the month or year.

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    """
    return as_totals(summands(dataset, reading, as_of, by))


def summands(
    dataset: Dataset, reading: str, as_of: date | str | None, by: str | None
) -> pd.DataFrame:
    """What totals of a dataset, or of parts of it put together, are made of."""
    if by not in (None, "month", "year"):
        raise ValueError(f"by is one of month, year, or None, not {by!r}")
    return cut_summands(published_by(dataset, as_of), reading, by).copy()


@once
def cut_summands(dataset: Dataset, reading: str, by: str | None) -> pd.DataFrame:
    """Columns as of totals; by period also ``tallies``, how many, and without date those of all."""
    tallies = dataset.tallies.set_index("tally_id")
    if by:
        whole = [whole_days(family) for family in find_families(dataset, reading)]
        found = bounds_frame(dataset, whole, by)[["tally_id", "date", "low", "high"]]
        each = pd.DataFrame({"tally_id": found["tally_id"].unique()}).assign(low=0, high=0)
        found = pd.concat([found, each.astype({"low": "Int64", "high": "Int64"})])
        found["tallies"] = pd.array(np.ones(len(found)), dtype="Int64")
    else:
        found = tally_totals(dataset, reading)
        found = found[found["tally_id"].map(tallies["subset_of"]).isna()]
        stated = rows_of_reading(stated_only(dataset), reading)
        naive = stated["low"].groupby(stated["tally_id"].map(roots(dataset))).sum()
        found["naive_sum"] = found["tally_id"].map(naive).fillna(0).astype("Int64")
    found = found.join(tallies[GROUP], on="tally_id").drop(columns="tally_id")
    return added_up(found[[*GROUP, *found.columns.difference(GROUP, sort=False)]])


def as_totals(found: pd.DataFrame) -> pd.DataFrame:
    """Totals of what they are made of; by period none is closed that lacks one of the tallies."""
    if "tallies" not in found:
        return found
    whole = found["date"].isna()
    every = found.loc[whole, [*GROUP, "tallies"]].rename(columns={"tallies": "every"})
    found = found[~whole].merge(every, on=GROUP, how="left")
    found["high"] = found["high"].mask(found["tallies"] < found["every"])
    return found.drop(columns=["tallies", "every"])


def added_up(rows: pd.DataFrame) -> pd.DataFrame:
    """Counts (Int64) of rows that are alike in all else as sums: missing where one is."""
    group = [*rows.columns[rows.dtypes != "Int64"]]
    each = rows.groupby(group, dropna=False, sort=False)
    sums = each.sum()
    return sums.mask(each.count().lt(each.size(), axis=0)).reset_index()


def whole_days(family: Family) -> Asked:
    """The days of a whole in each reading, those of its parts being its own."""
    return family, 0, find_spans(family, range(len(family.tallies)))


@once
def tally_totals(dataset: Dataset, reading: str = "primary") -> pd.DataFrame:
    """Bounds on everybody of each tally, parts included: ``tally_id``, ``low``, ``high``.

    Persons, Int64, a missing high meaning no upper bound: for a tally that is part of no other over
    all the days of its family, for a part over its own. Raises ContradictionError.
    """
    whole = {family.root: whole_days(family) for family in find_families(dataset, reading)}
    asked = own_days(dataset, reading) | whole
    names = [name for name in dataset.tallies["tally_id"] if name in asked]
    found = bounds_frame(dataset, [asked[name] for name in names], by=None)
    ends = {"cumulative_low": "low", "cumulative_high": "high"}
    return found[["tally_id", *ends]].rename(columns=ends)
