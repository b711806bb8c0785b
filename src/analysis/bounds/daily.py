"""Bounds that hold on every day, for each reading, as of any day.

Every number is read off the solution of a family (:mod:`analysis.bounds.solver`): the people of a
tally between two days.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.contradictions import solved
from analysis.bounds.families import Family, Span, find_families, find_span, merge_tellings
from analysis.data.cut import published_by
from analysis.data.dataset import Dataset, once
from analysis.data.problems import ContradictionError

COLUMNS = ("low", "high", "cumulative_low", "cumulative_high")
_OPEN = np.iinfo("int64").max


def casualty_bounds(
    dataset: Dataset, reading: str = "primary", as_of: date | str | None = None
) -> pd.DataFrame:
    """Tightest bounds on the people harmed, by tally and day.

    Parameters
    ----------
    dataset : Dataset
    reading : {"primary", "wide"}
        Which statements to take besides those that belong to every reading. The bounds of the
        wide reading contain those of the primary one: where a window of the wide reading would
        say more of a day than the primary does, the primary's bound stands.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD), before later corrections.

    Returns
    -------
    pandas.DataFrame
        One row a tally and day, from the tally's first window day to its last (the windows of
        two tellings of one thing being intersected first): ``tally_id``,
        ``date``, ``low`` and ``high`` (persons harmed that day), ``cumulative_low`` and
        ``cumulative_high`` (persons harmed from the tally's first window day to the end of that
        day; from before that, where a window has no first day). Int64; a missing high means that
        nothing bounds the number from above.

    Raises
    ------
    ContradictionError
        When statements cannot all be true; it names a smallest set of them.
    UndecidedError
        When whether parts fit into their wholes could not be decided.
    """
    return bounds_in(published_by(dataset, as_of), reading, daily_bounds).copy()


def bounds_in(
    dataset: Dataset, reading: str, find: Callable[..., pd.DataFrame], *asked
) -> pd.DataFrame:
    """What ``find(dataset, reading, *asked)`` gives; wide bounds contain the primary ones."""
    find = once(find)
    bounds = find(dataset, reading, *asked)
    if reading == "wide":
        with suppress(ContradictionError):
            bounds = _no_narrower(bounds, find(dataset, "primary", *asked))
    return bounds


def _no_narrower(wide: pd.DataFrame, primary: pd.DataFrame) -> pd.DataFrame:
    """Bounds that also contain those of the primary reading, in the rows that have both."""
    if wide.equals(primary):
        return wide
    key = [name for name in wide if name not in COLUMNS]
    other = wide[key].merge(primary.assign(both=True), on=key, how="left")
    loosest = {}
    for name in wide.columns.difference(key):
        one, two = (bounds[name].fillna(_OPEN) for bounds in (wide, other))
        farther = one >= two if name.endswith("high") else one <= two
        loosest[name] = one.where(farther | other["both"].isna(), two).replace(_OPEN, pd.NA)
    return wide.assign(**loosest)


def daily_bounds(dataset: Dataset, reading: str) -> pd.DataFrame:
    """Bounds of every tally with statements in a reading alone, in the order of ``tallies``."""
    asked = {
        family.tallies[place]: (family, place, span)
        for family in find_families(dataset, reading)
        for place, span in own_spans(family).items()
    }
    return bounds_frame(
        dataset, [asked[name] for name in dataset.tallies["tally_id"] if name in asked]
    )


def own_spans(family: Family) -> dict[int, Span]:
    """The days of each tally that has statements, its parts left out."""
    merged = merge_tellings(family)
    return {int(place): find_span(merged, [place]) for place in np.unique(merged.tally)}


def bounds_frame(dataset: Dataset, asked: list[tuple[Family, int, Span]]) -> pd.DataFrame:
    """Bounds of tallies, each a place in its family, over their days: columns as promised above."""
    names, days, values = [], [np.array([], "int64")], [np.empty((4, 0))]
    for family, place, span in asked:
        own = np.arange(span.first, span.stop)
        found = solved(dataset, family)
        counts = [found.between(place, since, own + 1) for since in (own, span.since)]
        values.append(np.concatenate(counts))
        days.append(own)
        names += [family.tallies[place]] * len(own)
    numbers = zip(COLUMNS, np.concatenate(values, axis=1), strict=True)
    return pd.DataFrame(
        {
            "tally_id": pd.array(names, dtype="str"),
            "date": np.concatenate(days).astype("datetime64[D]"),
            **{name: whole_numbers(each) for name, each in numbers},
        }
    )


def whole_numbers(values: np.ndarray) -> pd.arrays.IntegerArray:
    """Numbers of persons, missing where nothing bounds them."""
    known = np.isfinite(values)
    return pd.arrays.IntegerArray(np.where(known, values, 0).astype("int64"), ~known)
