"""What the statements on a tally allow for any window of days, and which of them say so."""

from contextlib import suppress
from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.contradictions import ImpossibleError, smallest_clash
from analysis.bounds.daily import solve_or_explain
from analysis.bounds.solver import solve
from analysis.bounds.statements import Family, find_families
from analysis.data.dataset import Dataset, day_of, published_by
from analysis.data.problems import ContradictionError

_ASKED = ""  # an identifier that no statement can have


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
    low, high = _bounds(dataset, tally_id, start, end, reading)
    if reading == "wide":
        with suppress(ContradictionError):
            other_low, other_high = _bounds(dataset, tally_id, start, end, "primary")
            low, high = min(low, other_low), max(high, other_high)
    return low, int(high) if np.isfinite(high) else None


def find_limits(
    dataset: Dataset,
    tally_id: str,
    start: date | str | None,
    end: date | str,
    low: int,
    high: int | None = None,
    reading: str = "primary",
) -> list[str]:
    """A smallest set of statements that leave no room for ``low`` to ``high`` people in a window.

    Returns
    -------
    list of str
        Their ``event_id``, in the order of ``events``; empty where there is room.
    """
    family = find_family(dataset, tally_id, reading)
    if family is None:
        return []
    family, first, stop = _placed(family, start, end)
    asked = asked_for(family, tally_id, first, stop, low, np.inf if high is None else high)
    try:
        solve(asked)
    except ImpossibleError:
        return smallest_clash(asked, [*family.statements["event_id"]], solve, [_ASKED])
    return []


def find_family(dataset: Dataset, tally_id: str, reading: str) -> Family | None:
    """The family of a tally; None where nothing is stated of it in the reading.

    Raises
    ------
    ValueError
        When there is no such tally.
    """
    if tally_id not in {*dataset.tallies["tally_id"]}:
        raise ValueError(f"no tally {tally_id!r} in the dataset")
    families = find_families(dataset, reading)
    return next((family for family in families if tally_id in family.parents), None)


def asked_for(
    family: Family, tally_id: str, start: int, stop: int, low: float = 0, high: float = np.inf
) -> Family:
    """The family with a toll for the window, which binds nothing unless a count is given."""
    window = {"start": start, "stop": stop, "low": float(low), "high": float(high)}
    row = {"event_id": _ASKED, "tally_id": tally_id, "toll": True, "open": False, "first": _ASKED}
    asked = pd.DataFrame([row | window])[family.statements.columns]
    return family._replace(statements=pd.concat([family.statements, asked], ignore_index=True))


def _bounds(
    dataset: Dataset, tally_id: str, start: date | str | None, end: date | str, reading: str
) -> tuple[int, float]:
    family = find_family(dataset, tally_id, reading)
    if family is None:
        return 0, np.inf
    solve_or_explain(dataset, family)
    family, first, stop = _placed(family, start, end)
    for block in solve(asked_for(family, tally_id, first, stop)):
        at = np.searchsorted(block.nodes, [first, stop])
        if block.nodes[0] <= first and stop <= block.nodes[-1]:
            paths = block.paths[tally_id]
            return int(-paths[at[1], at[0]]), paths[at[0], at[1]]
    raise AssertionError("no stretch holds the window asked for")


def _placed(family: Family, start: date | str | None, end: date | str) -> tuple[Family, int, int]:
    """The window in days since 1970, and the family with its open windows starting before it."""
    stop = _day(end, "end") + 1
    if start is None:
        return family, min(family.statements["start"].min(), stop) - 1, stop
    first = _day(start, "start")
    if stop <= first:
        raise ValueError(f"the window ends on {end}, before it starts on {start}")
    return open_before(family, first), first, stop


def open_before(family: Family, first: int) -> Family:
    """The family with windows that lack a first day starting before a day (since 1970)."""
    own = family.statements
    before = own["start"].mask(own["open"], own["start"].clip(upper=first - 1))
    return family._replace(statements=own.assign(start=before))


def _day(written: date | str, name: str) -> int:
    return (day_of(written, name) - pd.Timestamp("1970-01-01")).days
