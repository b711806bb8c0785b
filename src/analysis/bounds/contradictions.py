"""Statements that cannot all be true: finding them, and naming as few as possible.

A clash is found in two ways: a cycle of negative length in a tally's own graph, and, where
tallies are parts of one another, an integer program that finds no way to fit the parts in. The
rows to name come from QuickXplain (Junker 2004, "QuickXplain: Preferred explanations and
relaxations for over-constrained problems", AAAI-04): without any one of them the rest fit.
"""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from analysis.bounds.statements import Family
from analysis.data.dataset import Dataset
from analysis.data.problems import ContradictionError


class ImpossibleError(Exception):
    """The statements ``event_ids`` hold a contradiction, somewhere among them."""

    def __init__(self, event_ids: Iterable[str]) -> None:
        super().__init__()
        self.event_ids = list(event_ids)


def contradiction(
    dataset: Dataset, family: Family, event_ids: list[str], solve: Callable[[Family], object]
) -> ContradictionError:
    """The error that names a smallest clashing set among ``event_ids``, with windows and counts."""
    named = smallest_clash(family, event_ids, solve)
    rows = dataset.events[dataset.events["event_id"].isin(named)].set_index("event_id")
    lines = [_line(event_id, row) for event_id, row in rows.iterrows()]
    return ContradictionError([*rows.index], lines)


def smallest_clash(
    family: Family,
    event_ids: list[str],
    solve: Callable[[Family], object],
    background: Iterable[str] = (),
) -> list[str]:
    """As few of ``event_ids`` as cannot all be true, those of ``background`` being taken so."""

    def possible(some: list[str]) -> bool:
        taken = family.statements[family.statements["event_id"].isin(some)]
        try:
            return taken.empty or solve(family._replace(statements=taken)) is not None
        except ImpossibleError:
            return False

    named = {*_quick_explain([*background], False, event_ids, possible)}
    return [event_id for event_id in event_ids if event_id in named]


def _quick_explain(
    background: list[str], grown: bool, rows: list[str], possible: Callable[[list[str]], bool]
) -> list[str]:
    if grown and not possible(background):
        return []
    if len(rows) == 1:
        return rows
    half = len(rows) // 2
    second = _quick_explain([*background, *rows[:half]], half > 0, rows[half:], possible)
    first = _quick_explain([*background, *second], bool(second), rows[:half], possible)
    return first + second


def _line(event_id: str, row: pd.Series) -> str:
    high = "or more" if pd.isna(row["high"]) else f"to {row['high']}"
    exact = pd.notna(row["high"]) and row["low"] == row["high"]
    count = row["low"] if exact else f"{row['low']} {high}"
    first = "" if pd.isna(row["date_start"]) else f"{row['date_start']:%Y-%m-%d} to "
    window = f"{first or 'up to '}{row['date_end']:%Y-%m-%d}"
    return f"{event_id}: {row['count_kind']} of {count}, {row['tally_id']}, {window}"


def parts_fit(
    edges: dict[str, np.ndarray], paths: dict[str, np.ndarray], parents: dict[str, str | None]
) -> bool:
    """Whether numbers exist for every step and tally, no part being larger than its whole.

    The least and the greatest cumulative counts are tried first: each keeps to its own tally's
    statements, and mostly to the others'.
    """
    parts = [(part, whole) for part, whole in parents.items() if whole is not None]
    least = {tally_id: -found[:, 0] for tally_id, found in paths.items()}
    most = {tally_id: found[0] for tally_id, found in paths.items()}
    for sums in (least, most):
        if all(np.isfinite(cumulative).all() for cumulative in sums.values()):
            steps = {tally_id: np.diff(cumulative) for tally_id, cumulative in sums.items()}
            if all((steps[part] <= steps[whole]).all() for part, whole in parts):
                return True
    return _program_fits(edges, parts)


def _program_fits(edges: dict[str, np.ndarray], parts: list[tuple[str, str]]) -> bool:
    """The same question as an integer program: one variable a tally and node, S(node)."""
    size = len(next(iter(edges.values())))
    place = {tally_id: at * size for at, tally_id in enumerate(edges)}
    rows, most = [], []
    for tally_id, direct in edges.items():
        before, after = np.nonzero(np.isfinite(direct))
        rows.append(place[tally_id] + np.array([after, before]))
        most.append(direct[before, after])
    width = len(edges) * size
    limits = [
        LinearConstraint(_differences(np.concatenate(rows, axis=1), width), ub=np.concatenate(most))
    ]
    step = np.array([np.arange(1, size), np.arange(size - 1)])
    for part, whole in parts:
        share = _differences(place[part] + step, width) - _differences(place[whole] + step, width)
        limits.append(LinearConstraint(share, ub=0))
    # Presolve of HiGHS has been seen to lose solutions of small programs like these.
    options = {"presolve": False}
    whole = np.ones(width)
    found = milp(np.zeros(width), integrality=whole, constraints=limits, options=options)
    return found.status == 0


def _differences(ends: np.ndarray, width: int) -> csr_array:
    """One row a pair of columns: the first less the second."""
    number = np.arange(ends.shape[1])
    signs = np.repeat([1.0, -1.0], len(number))
    return coo_array((signs, (np.tile(number, 2), ends.ravel())), (len(number), width)).tocsr()
