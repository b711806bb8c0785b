"""What the statements on a tally allow for any window of days, and which of them say so."""

from contextlib import suppress
from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds import solve, solve_or_explain
from analysis.contradictions import ImpossibleError, smallest_clash
from analysis.dataset import Dataset
from analysis.problems import ContradictionError
from analysis.statements import Family, find_families

_ASKED = ""  # an identifier that no statement can have


def window_bounds(
    dataset: Dataset, tally_id: str, start: date | str, end: date | str, reading: str = "primary"
) -> tuple[int, int | None]:
    """Tightest bounds on the people of a tally harmed from ``start`` to ``end``.

    Returns
    -------
    (int, int or None)
        At least and at most how many persons; None where nothing bounds from above.

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    """
    low, high = _bounds(dataset, tally_id, *_days(start, end), reading)
    if reading == "wide":
        with suppress(ContradictionError):
            other_low, other_high = _bounds(dataset, tally_id, *_days(start, end), "primary")
            low, high = min(low, other_low), max(high, other_high)
    return low, int(high) if np.isfinite(high) else None


def _bounds(
    dataset: Dataset, tally_id: str, first: int, stop: int, reading: str
) -> tuple[int, float]:
    family = _family(dataset, tally_id, reading)
    if family is None:
        return 0, np.inf
    solve_or_explain(dataset, family)
    for block in solve(asked_for(family, tally_id, first, stop)):
        at = np.searchsorted(block.nodes, [first, stop])
        if block.nodes[0] <= first and stop <= block.nodes[-1]:
            paths = block.paths[tally_id]
            return int(-paths[at[1], at[0]]), paths[at[0], at[1]]
    raise AssertionError("no stretch holds the window asked for")


def find_limits(
    dataset: Dataset,
    tally_id: str,
    start: date | str,
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
    family = _family(dataset, tally_id, reading)
    if family is None:
        return []
    asked = asked_for(family, tally_id, *_days(start, end), low, np.inf if high is None else high)
    try:
        solve(asked)
    except ImpossibleError:
        return smallest_clash(asked, [*family.statements["event_id"]], solve, [_ASKED])
    return []


def _family(dataset: Dataset, tally_id: str, reading: str) -> Family | None:
    if tally_id not in {*dataset.tallies["tally_id"]}:
        raise ValueError(f"no tally {tally_id!r} in the dataset")
    families = find_families(dataset, reading)
    return next((family for family in families if tally_id in family.parents), None)


def _days(start: date | str, end: date | str) -> tuple[int, int]:
    first, last = (
        pd.Timestamp(day).to_datetime64().astype("datetime64[D]") for day in (start, end)
    )
    if last < first:
        raise ValueError(f"the window ends on {end}, before it starts on {start}")
    return int(first.astype("int64")), int(last.astype("int64")) + 1


def asked_for(
    family: Family, tally_id: str, start: int, stop: int, low: float = 0, high: float = np.inf
) -> Family:
    """The family with a toll for the window, which binds nothing unless a count is given."""
    window = {"start": start, "stop": stop, "low": float(low), "high": float(high)}
    row = {"event_id": _ASKED, "tally_id": tally_id, "toll": True, "open": False, "first": _ASKED}
    asked = pd.DataFrame([row | window])[family.statements.columns]
    return family._replace(statements=pd.concat([family.statements, asked], ignore_index=True))
