"""What the statements on a tally allow for any window of days, and which of them say so."""

from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.contradictions import fit, smallest_clash, solutions
from analysis.bounds.families import BEFORE, Family, family_of
from analysis.bounds.solver import widest
from analysis.data.cut import day_of, published_by
from analysis.data.dataset import Dataset

_FIRST = pd.Timestamp("1970-01-01")


def window_bounds(
    dataset: Dataset,
    tally_id: str,
    start: date | str | None,
    end: date | str,
    reading: str = "primary",
    as_of: date | str | None = None,
) -> tuple[int, int | None]:
    """Tightest bounds on the people of a tally harmed from ``start`` to ``end``.

    ``start`` None is before any day that is named. Those of the wide reading contain those of the
    primary one, as for :func:`analysis.casualty_bounds`.

    Returns
    -------
    (int, int or None)
        At least and at most how many persons; None where nothing bounds from above.

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    """
    dataset = published_by(dataset, as_of)
    window, family = _days(start, end), family_of(dataset, tally_id, reading)
    if family is None:
        return 0, None
    place, found = family.tallies.index(tally_id), filter(None, solutions(dataset, family))
    low, high = widest([one.between(place, *window) for one in found])[:, 0]
    return int(low), int(high) if np.isfinite(high) else None


def find_limits(
    dataset: Dataset,
    tally_id: str,
    start: date | str | None,
    end: date | str,
    low: int,
    high: int | None = None,
    reading: str = "primary",
) -> list[str]:
    """A smallest set of statements (``event_id``) that leave no room for so many in a window.

    None where there is room in the reading. The wide one has room where it or the primary has
    some, so what leaves none is named of each; of a primary that contradicts itself nothing is.
    """
    family = family_of(dataset, tally_id, reading)
    if family is None:
        return []
    most, place = np.inf if high is None else high, family.tallies.index(tally_id)
    told = max(each.told.max(initial=0) for each in family.readings) + 1
    toll = ("", place, True, False, *_days(start, end), low, most, told, False)
    named: set[str] = set()
    for some, solution in zip(family.readings, solutions(dataset, family), strict=True):
        columns = (np.append(values, cell) for values, cell in zip(some[5:], toll, strict=True))
        asked = Family(*some[:5], *columns)  # its last statement is a toll for the window
        known = np.flatnonzero(np.isin(asked.event_id, [*named, ""]))
        if solution is None or not fit(asked, known):
            continue
        rows = np.arange(len(some.event_id))
        if fit(asked, np.append(rows, len(rows))):
            return []
        named |= {*some.event_id[smallest_clash(asked, rows, np.array([len(rows)]))]}
    return [name for name in dataset.events["event_id"] if name in named]


def _days(start: date | str | None, end: date | str) -> tuple[int, int]:
    """A window in days since 1970, its end being the day after the last."""
    last = (day_of(end, "end") - _FIRST).days
    first = BEFORE - 1 if start is None else (day_of(start, "start") - _FIRST).days
    if last < first:
        raise ValueError(f"the window ends on {end}, before it starts on {start}")
    return first, last + 1
