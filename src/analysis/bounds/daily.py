"""Bounds that hold on every day, for each reading, as of any day.

Every number is read off the solution of a family (:mod:`analysis.bounds.solver`): the people of a
tally between two days.
"""

from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.contradictions import solutions
from analysis.bounds.families import Family, Span, find_families, find_spans
from analysis.bounds.solver import Solution, widest
from analysis.data.cut import published_by
from analysis.data.dataset import Dataset, once

COLUMNS = ("low", "high", "cumulative_low", "cumulative_high")
PERIODS = {"day": "datetime64[D]", "month": "datetime64[M]", "year": "datetime64[Y]"}
"""What bounds can be given by, and how NumPy calls it."""
Asked = tuple[Family, int, list[Span]]
"""A family, the place of a tally in it, and the days asked about in each reading."""


def casualty_bounds(
    dataset: Dataset,
    reading: str = "primary",
    as_of: date | str | None = None,
    by: str = "day",
) -> pd.DataFrame:
    """Tightest bounds on the people harmed, by tally and day, month or year.

    Parameters
    ----------
    dataset : Dataset
    reading : {"primary", "wide"}
        Which statements to take besides those that belong to every reading. The wide reading
        allows whatever it or the primary one allows, so its bounds contain the primary ones.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD), before later corrections.
    by : {"day", "month", "year"}
        With months or years, ``date`` is the first day of each, and ``low`` and ``high`` are of all
        its days: tighter than sums of bounds by day, and open where nothing is stated of some.

    Returns
    -------
    pandas.DataFrame
        One row a tally and day, from the tally's first window day to its last (the windows of
        two tellings of one thing being intersected first): ``tally_id``,
        ``date``, ``low`` and ``high`` (persons harmed that day), ``cumulative_low`` and
        ``cumulative_high`` (persons harmed from the tally's first window day to the end of that
        day; from before that, where a window has no first day; in the wide reading each of the
        two readings counts from its own first day to its own last). Int64; a missing high means
        that nothing bounds the number from above.

    Raises
    ------
    ContradictionError
        When statements cannot all be true; it names a smallest set of them.
    UndecidedError
        When whether parts fit into their wholes could not be decided.
    """
    if by not in PERIODS:
        raise ValueError(f"by is one of {', '.join(PERIODS)}, not {by!r}")
    return daily_bounds(published_by(dataset, as_of), reading, by).copy()


@once
def daily_bounds(dataset: Dataset, reading: str, by: str = "day") -> pd.DataFrame:
    """Bounds of every tally with statements in a reading alone, in the order of ``tallies``."""
    asked = own_days(dataset, reading)
    names = [name for name in dataset.tallies["tally_id"] if name in asked]
    return bounds_frame(dataset, [asked[name] for name in names], by)


def own_days(dataset: Dataset, reading: str) -> dict[str, Asked]:
    """The days of each tally that has statements, its parts left out, in each of its readings."""
    return {
        name: (family, place, spans)
        for family in find_families(dataset, reading)
        for place, name in enumerate(family.tallies)
        if (spans := find_spans(family, [place]))
    }


def bounds_frame(dataset: Dataset, asked: list[Asked], by: str | None = "day") -> pd.DataFrame:
    """Bounds of tallies over their days, by nothing in one row each: columns as promised above."""
    names, days, values = [], [np.array([], "int64")], [np.empty((4, 0))]
    for family, place, spans in asked:
        both = zip(solutions(dataset, family), spans, strict=True)
        counting = [(one, span) for one, span in both if one is not None]
        start, stop = _periods(
            min(span.first for _, span in counting), max(span.stop for _, span in counting), by
        )
        each = widest([one.between(place, start, stop) for one, _ in counting])
        values.append([*each, *_so_far(place, counting, stop)])
        days.append(start)
        names += [family.tallies[place]] * len(start)
    numbers = zip(COLUMNS, np.concatenate(values, axis=1), strict=True)
    return pd.DataFrame(
        {
            "tally_id": pd.array(names, dtype="str"),
            "date": np.concatenate(days).astype("datetime64[D]"),
            **{name: whole_numbers(each) for name, each in numbers},
        }
    )


def _periods(first: int, stop: int, by: str | None) -> tuple[np.ndarray, np.ndarray]:
    """The days, whole months or years from a first day to before another: first days, and ends.

    >>> [days.tolist() for days in _periods(20, 70, "month")]
    [[0, 31, 59], [31, 59, 90]]
    """
    if by is None:
        return np.array([first]), np.array([stop])
    days, periods = PERIODS["day"], PERIODS[by]
    ends = np.array([first, max(first, stop - 1)]).astype(days).astype(periods).astype(int)
    each = np.arange(ends[0], ends[1] + (first < stop))  # none if two tellings share no day
    return tuple(some.astype(periods).astype(days).astype(int) for some in (each, each + 1))


def _so_far(place: int, counting: list[tuple[Solution, Span]], stop: np.ndarray) -> np.ndarray:
    """What each reading counts from its own first day to before another, and no further.

    Where one begins after the other has counted some, no day has less than a day before it.
    """
    found = []
    for one, span in counting:
        counts = one.between(place, span.since, np.clip(stop, span.since, span.stop))
        found.append(np.where(stop <= span.since, [[np.inf], [-np.inf]], counts))
    low, high = widest(found)
    return np.array([np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high)])


def whole_numbers(values: np.ndarray) -> pd.arrays.IntegerArray:
    """Numbers of persons, missing where nothing bounds them."""
    known = np.isfinite(values)
    return pd.arrays.IntegerArray(np.where(known, values, 0).astype("int64"), ~known)
