"""Totals that count nobody twice.

A total adds the tallies of one source that are part of no other; running totals, repeats and
parts are already inside. The naive sum of all numbers stands beside it to show what adding up
the text would give.
"""

from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.contradictions import solutions
from analysis.bounds.daily import own_spans, whole_numbers
from analysis.bounds.families import Family, find_families, merge_tellings
from analysis.bounds.solver import widest
from analysis.data.cut import published_by, roots, rows_of_reading, stated_only
from analysis.data.dataset import Dataset, once

GROUP = ["source_original", "party_id", "harm"]


def totals(
    dataset: Dataset, reading: str = "primary", as_of: date | str | None = None
) -> pd.DataFrame:
    """Bounds on the people harmed, by source, party and harm.

    ``reading`` and ``as_of`` as for :func:`analysis.casualty_bounds`.

    Returns
    -------
    pandas.DataFrame
        ``source_original`` (missing where the report cites nobody), ``party_id``, ``harm``,
        ``low``, ``high`` (persons, Int64; a missing high means no upper bound) and ``naive_sum``
        (persons: every stated number added, as it should not be).

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    """
    dataset = published_by(dataset, as_of)
    tallies = dataset.tallies.set_index("tally_id")
    found = tally_totals(dataset, reading)
    whole = found[found["tally_id"].map(tallies["subset_of"]).isna()]
    whole = whole.join(tallies[GROUP], on="tally_id")
    stated = rows_of_reading(stated_only(dataset), reading)
    naive = stated["low"].groupby(stated["tally_id"].map(roots(dataset))).sum()
    whole["naive_sum"] = whole["tally_id"].map(naive).fillna(0).astype("Int64")
    groups = whole.groupby(GROUP, dropna=False, sort=False)[["low", "high", "naive_sum"]]
    return groups.agg(lambda counts: counts.sum(skipna=False)).reset_index()


def tally_totals(dataset: Dataset, reading: str = "primary") -> pd.DataFrame:
    """Bounds on everybody of each tally, parts included: ``tally_id``, ``low``, ``high``.

    Persons, Int64, a missing high meaning no upper bound: for a tally that is part of no other over
    all the days of its family, for a part over its own. Raises ContradictionError.
    """
    return _tally_totals(dataset, reading).copy()


@once
def _tally_totals(dataset: Dataset, reading: str) -> pd.DataFrame:
    found = {}
    for family in find_families(dataset, reading):
        for place, spans in own_spans(family).items():
            windows = [(span.since, span.stop) for span in spans]
            found[family.tallies[place]] = _counted(dataset, family, place, windows)
        found[family.root] = whole_total(dataset, family)
    names = [name for name in dataset.tallies["tally_id"] if name in found]
    bounds = np.concatenate([np.empty((2, 0)), *(found[name] for name in names)], axis=1)
    low, high = map(whole_numbers, bounds)
    return pd.DataFrame({"tally_id": pd.array(names, dtype="str"), "low": low, "high": high})


def whole_total(dataset: Dataset, family: Family) -> np.ndarray:
    """At least and at most how many people of a family, over all its days in each reading."""
    windows = [whole_span(each) if len(each.event_id) else None for each in family.readings]
    other = next(filter(None, windows))
    return _counted(dataset, family, 0, [window or other for window in windows])


def _counted(
    dataset: Dataset, family: Family, place: int, windows: list[tuple[int, int]]
) -> np.ndarray:
    """What each reading counts of a tally over its own days."""
    each = zip(solutions(dataset, family), windows, strict=True)
    return widest([one.between(place, *window) for one, window in each if one is not None])


def whole_span(family: Family) -> tuple[int, int]:
    """The days of a family: its first, and the day after its last."""
    merged = merge_tellings(family)
    return merged.start.min(), merged.stop.max()
