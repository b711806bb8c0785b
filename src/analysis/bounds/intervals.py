"""What the statements on a tally allow for any window of days, and which of them say so."""

from copy import copy
from datetime import date
from math import inf

import numpy as np
import pandas as pd

from analysis.bounds.solutions import Bounded, check_family, family_of
from analysis.data.clashes import newest_clash
from analysis.data.dataset import Dataset
from analysis.data.outcome import check_reading, stock_at
from analysis.data.publication import day_of, published_by
from analysis.data.tellings import Count
from countbounds import EVER

_FIRST = pd.Timestamp("1970-01-01")


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
    cut = published_by(dataset, as_of)
    window, family = _days(start, end), family_of(cut, tally_id, reading)
    if stock := stock_at(cut, tally_id, window[1] - 1, reading):
        low, high = stock
    elif family is None:
        low, high = 0, inf
    else:
        check_family(cut, family)
        low, high = family.between(tally_id, *np.array([window]).T)[:, 0]
    return int(low), int(high) if np.isfinite(high) else None


def find_limits(
    dataset: Dataset,
    tally_id: str,
    start: date | str | None,
    end: date | str,
    low: int,
    high: int | None = None,
    *,
    reading: str = "primary",
) -> list[str]:
    """A smallest set of statements (``event_id``) that leave no room for so many in a window.

    None where there is room in the reading. The wide one has room where it or the primary has
    some, so what leaves none is named of each.
    """
    family = family_of(dataset, tally_id, reading)
    if family is None:
        return []
    first, stop = _days(start, end)
    said = low, inf if high is None else high
    named: set[str] = set()
    for bounded in family.bounded:
        limits = _limits(bounded, tally_id, (first, stop - 1), said)
        if not limits:
            return []
        named |= {name for count in limits for name in count.event_ids}
    return [name for name in dataset.events["event_id"] if name in named]


def _limits(bounded: Bounded, tally_id: str, days: tuple[int, int], said: tuple) -> list[Count]:
    """Counts that leave no room for what is asked; none where there is room."""
    counts = bounded.family.binding
    if not counts:
        return []
    newest = max((count.page for count in counts), key=lambda page: page.latest)
    asked = Count([""], "", tally_id, "toll", *days, said, [newest])
    before = min(count.start if count.start > EVER else count.end for count in [*counts, asked]) - 1
    if asked.start == EVER:
        asked.start = before
    counts = [_from(count, before) for count in counts]
    clash = newest_clash(bounded.family.rules, [*counts, asked])
    return [count for count in clash if count is not asked]


def _from(count: Count, day: int) -> Count:
    """A count without a first day as from a day before all others; it binds from below only."""
    if count.start > EVER:
        return count
    dated = copy(count)
    dated.start, dated.opened_by = day, count.opened_by or count.event_ids[0]
    return dated


def _days(start: date | str | None, end: date | str) -> tuple[int, int]:
    """A window in days since 1970, its end being the day after the last."""
    last = (day_of(end, "end") - _FIRST).days
    first = EVER if start is None else (day_of(start, "start") - _FIRST).days
    if last < first:
        raise ValueError(f"the window ends on {end}, before it starts on {start}")
    return first, last + 1
