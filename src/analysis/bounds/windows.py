"""Bounds of tallies over windows of days: any one, or each day, month or year.

Every number is read off the solution of a family (:mod:`.solutions`): the people of a tally between
two days.
"""

from datetime import date
from math import inf

import numpy as np
import pandas as pd

from analysis.bounds.contradictions import check_consistent, check_family
from analysis.bounds.solutions import (
    FamilyBounds,
    ReadingBounds,
    Span,
    family_of,
    find_families,
    widest,
)
from analysis.data.counts import whole_numbers
from analysis.data.dataset import Dataset, cached
from analysis.data.labels import labelled
from analysis.data.outcome import check_reading, stock_at
from analysis.data.publication import day_of, published_by
from countbounds import EVER

_FIRST = pd.Timestamp("1970-01-01")
COLUMNS = ("low", "high", "cumulative_low", "cumulative_high")
PERIODS = {"day": "datetime64[D]", "month": "datetime64[M]", "year": "datetime64[Y]"}
"""What bounds can be given by, and how NumPy calls it."""
Asked = tuple[FamilyBounds, str, list[Span]]
"""A family, a tally in it, and the days asked about in each reading."""


def window_bounds(
    dataset: Dataset,
    tally_id: str,
    start: date | str | None,
    end: date | str,
    *,
    reading: str = "primary",
    as_of: date | str | None = None,
) -> tuple[int, int | None]:
    """Tightest bounds on the people of a tally harmed from ``start`` to ``end``.

    Parameters
    ----------
    dataset : Dataset
    tally_id : str
    start, end : datetime.date or str
        First and last day (YYYY-MM-DD); ``start`` None is before any day that is named. Of a stock
        it does not matter.
    reading, as_of
        As for :func:`analysis.casualty_bounds`.

    Returns
    -------
    (int, int or None)
        At least and at most how many persons; None where nothing bounds from above. Of a stock the
        number last counted up to ``end``.

    Raises
    ------
    ContradictionError
        When statements on the tally, or on what bears on it, cannot all be true.
    ValueError
        When there is no such tally or reading, or a day is none.

    Examples
    --------
    >>> import analysis
    >>> dataset = analysis.load("data/report")
    >>> analysis.window_bounds(dataset, "civilians_bombardment", "2018-07-18", "2018-07-22")
    (37, 37)
    """
    check_reading(reading)
    published = published_by(dataset, as_of)
    first, stop = _window(start, end)
    family = family_of(published, tally_id, reading)
    if stock := stock_at(published, tally_id, stop - 1, reading):
        low, high = stock
    elif family is None:
        low, high = 0, inf
    else:
        check_family(published, family)
        low, high = family.between(tally_id, np.array([first]), np.array([stop]))[:, 0]
    return int(low), int(high) if np.isfinite(high) else None


def _window(start: date | str | None, end: date | str) -> tuple[int, int]:
    """A window in days since 1970, its end being the day after the last."""
    last = (day_of(end, "end") - _FIRST).days
    first = EVER if start is None else (day_of(start, "start") - _FIRST).days
    if last < first:
        raise ValueError(f"the window ends on {end}, before it starts on {start}")
    return first, last + 1


def casualty_bounds(
    dataset: Dataset,
    *,
    reading: str = "primary",
    as_of: date | str | None = None,
    by: str = "day",
    labels: bool | str = False,
) -> pd.DataFrame:
    """Bounds on the people harmed, by tally and day, month or year.

    Parameters
    ----------
    dataset : Dataset
    reading : {"primary", "wide"}
        Which statements to take besides those that belong to every reading. The wide reading
        allows whatever it or the primary one allows, so its bounds contain the primary ones.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD) or time (YYYY-MM-DDTHH:MM), before later
        corrections.
    by : {"day", "month", "year"}
        With months or years, ``date`` is the first day of each, and ``low`` and ``high`` are of all
        its days: tighter than sums of bounds by day, and open where nothing is stated of some.
    labels : bool or str
        Whether names stand behind the ids: True in English, or a language code.

    Returns
    -------
    pandas.DataFrame
        One row a tally and day, from the tally's first window day to its last: ``tally_id``,
        ``date``, ``low`` and ``high`` (persons harmed that day), ``cumulative_low`` and
        ``cumulative_high`` (persons harmed from the tally's first window day to the end of that
        day; from before that, where a window has no first day; in the wide reading each of the
        two readings counts from its own first day to its own last). Int64; a missing high means
        that nothing bounds the number from above. Stocks are left out. Where tallies lie in one
        another, numbers by day may be looser than the words allow, never tighter.

    Raises
    ------
    ContradictionError
        When statements published at one time cannot all be true; it names them.
    ValueError
        When there is no such reading, period or language, or the day is none.

    Examples
    --------
    >>> import analysis
    >>> bounds = analysis.casualty_bounds(analysis.load("data/report"))
    >>> int(bounds.query("tally_id == 'civilians_bombardment'")["cumulative_low"].iloc[-1])
    41
    """
    if by not in PERIODS:
        raise ValueError(f"by is one of {', '.join(PERIODS)}, not {by!r}")
    check_reading(reading)
    published = published_by(dataset, as_of)
    check_consistent(published, reading)
    return labelled(dataset, daily_bounds(published, reading, by).copy(), labels)


@cached
def daily_bounds(dataset: Dataset, reading: str, by: str = "day") -> pd.DataFrame:
    """Bounds of every tally with statements, in the order of ``tallies``; none that contradict."""
    return bounds_frame(days_of_tallies(dataset, reading), by)


def days_of_tallies(
    dataset: Dataset, reading: str, parts: dict[str, frozenset[str]] | None = None
) -> list[Asked]:
    """The days of each tally that has statements, or whose parts have, in each of its readings.

    The days of ``parts`` count as those of the tally that holds them; of none without them.
    """
    asked = {}
    for family in find_families(dataset, reading):
        for name in () if family.contradictions else family.tallies:
            if spans := family.spans([name, *(parts[name] if parts else ())]):
                asked[name] = (family, name, spans)
    return [asked[name] for name in dataset.tallies["tally_id"] if name in asked]


def bounds_frame(asked: list[Asked], by: str | None = "day") -> pd.DataFrame:
    """Bounds of tallies over their days, by nothing in one row each: columns as promised above."""
    names, days, values = [], [np.array([], "int64")], [np.empty((4, 0))]
    for family, tally, spans in asked:
        counting = [*zip(family.bounded, spans, strict=True)]
        start, stop = period_edges(
            min(span.first for span in spans), max(span.stop for span in spans), by
        )
        values.append([*family.between(tally, start, stop), *_so_far(tally, counting, stop)])
        days.append(start)
        names += [tally] * len(start)
    numbers = zip(COLUMNS, np.concatenate(values, axis=1), strict=True)
    return pd.DataFrame(
        {
            "tally_id": pd.array(names, dtype="str"),
            "date": np.concatenate(days).astype("datetime64[D]"),
            **{name: whole_numbers(each) for name, each in numbers},
        }
    )


def period_edges(first: int, stop: int, by: str | None) -> tuple[np.ndarray, np.ndarray]:
    """The days, whole months or years from a first day to before another: first days, and ends.

    >>> [days.tolist() for days in period_edges(20, 70, "month")]
    [[0, 31, 59], [31, 59, 90]]
    """
    if by is None:
        return np.array([first]), np.array([stop])
    days, periods = PERIODS["day"], PERIODS[by]
    ends = np.array([first, max(first, stop - 1)]).astype(days).astype(periods).astype(int)
    each = np.arange(ends[0], ends[1] + 1)
    return tuple(some.astype(periods).astype(days).astype(int) for some in (each, each + 1))


def _so_far(tally: str, counting: list[tuple[ReadingBounds, Span]], stop: np.ndarray) -> np.ndarray:
    """What each reading counts from its own first day to before another, and no further.

    Where one begins after the other has counted some, no day has less than a day before it.
    """
    found = []
    for bounded, span in counting:
        since = np.full(len(stop), span.since)
        counts = bounded.between(tally, since, np.clip(stop, span.since + 1, span.stop))
        found.append(np.where(stop <= span.since, [[np.inf], [-np.inf]], counts))
    low, high = widest(found)
    return np.array([np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high)])
