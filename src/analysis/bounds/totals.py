"""Totals that count nobody twice.

A total adds the tallies of one source that are part of no other; running totals, repeats and
parts are already inside. The naive sum of all numbers stands beside it to show what adding up
the text would give.
"""

from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.contradictions import solved
from analysis.bounds.daily import bounds_in, own_spans, whole_numbers
from analysis.bounds.families import Family, find_families, merge_tellings
from analysis.data.cut import published_by, roots, rows_of_reading, stated_only
from analysis.data.dataset import Dataset

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
    return bounds_in(dataset, reading, _find_totals)


def _find_totals(dataset: Dataset, reading: str) -> pd.DataFrame:
    found = {}
    for family in find_families(dataset, reading):
        solution = solved(dataset, family)
        spans = {place: (span.since, span.stop) for place, span in own_spans(family).items()}
        for place, window in (spans | {0: whole_span(family)}).items():
            found[family.tallies[place]] = solution.between(place, *window)
    names = [name for name in dataset.tallies["tally_id"] if name in found]
    bounds = np.concatenate([np.empty((2, 0)), *(found[name] for name in names)], axis=1)
    low, high = map(whole_numbers, bounds)
    return pd.DataFrame({"tally_id": pd.array(names, dtype="str"), "low": low, "high": high})


def whole_span(family: Family) -> tuple[int, int]:
    """The days of a family: its first, and the day after its last."""
    merged = merge_tellings(family)
    return merged.start.min(), merged.stop.max()
