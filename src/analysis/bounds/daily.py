"""Bounds that hold on every day, from the shortest paths through the statements.

:mod:`analysis.bounds.solver` says how statements become paths; here they are read off day by day, for each
reading, as of any day.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds.contradictions import ImpossibleError, contradiction
from analysis.bounds.solver import Block, only_incidents, solve
from analysis.bounds.statements import Family, find_families, merge_tellings
from analysis.data.dataset import Dataset, published_by
from analysis.data.problems import ContradictionError

COLUMNS = ("low", "high", "cumulative_low", "cumulative_high")


class Profile(NamedTuple):
    """Bounds of one tally: a value for each step between nodes, and for each node since a day."""

    nodes: np.ndarray
    step_low: np.ndarray
    step_high: np.ndarray
    low: np.ndarray
    high: np.ndarray


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
    """
    dataset = published_by(dataset, as_of)
    bounds = _bounds(dataset, reading)
    if reading == "wide":
        with suppress(ContradictionError):
            bounds = no_narrower(bounds, _bounds(dataset, "primary"))
    return bounds


def no_narrower(
    wide: pd.DataFrame,
    primary: pd.DataFrame,
    key: Sequence[str] = ("tally_id", "date"),
    columns: Sequence[str] = COLUMNS,
) -> pd.DataFrame:
    """Bounds that also contain those of the primary reading, in the rows that have both."""
    other = wide[[*key]].merge(primary.assign(both=True), on=[*key], how="left")
    both = other["both"].notna()
    open_end = np.iinfo("int64").max
    loosest = {}
    for name in columns:
        one, two = (bounds[name].fillna(open_end) for bounds in (wide, other))
        farther = one >= two if name.endswith("high") else one <= two
        loosest[name] = one.where(farther | ~both, two).replace(open_end, pd.NA)
    return wide.assign(**loosest)


def _bounds(dataset: Dataset, reading: str) -> pd.DataFrame:
    found = [
        (tally_id, *daily(profile(family, blocks, tally_id, since), days))
        for family in find_families(dataset, reading)
        for blocks in [solve_or_explain(dataset, family)]
        for tally_id, since, days in own_days(family)
    ]
    place = {tally_id: place for place, tally_id in enumerate(dataset.tallies["tally_id"])}
    found.sort(key=lambda one: place[one[0]])
    bounds = np.concatenate([values for *_, values in found], axis=1) if found else np.empty((4, 0))
    days = [days for _, days, _ in found]
    return pd.DataFrame(
        {
            "tally_id": np.repeat([tally_id for tally_id, *_ in found], [len(d) for d in days]),
            "date": np.concatenate([*days, np.array([], "int64")]).astype("datetime64[D]"),
            **{name: whole_numbers(values) for name, values in zip(COLUMNS, bounds, strict=True)},
        }
    ).astype({"tally_id": "str"})


def find_contradictions(dataset: Dataset, reading: str = "primary") -> list[ContradictionError]:
    """What clashes in a reading, one smallest set of statements for each family that does."""
    found = []
    for family in find_families(dataset, reading):
        try:
            solve_or_explain(dataset, family)
        except ContradictionError as error:
            found.append(error)
    return found


def solve_or_explain(dataset: Dataset, family: Family) -> list[Block]:
    """Solve a family, or raise a ContradictionError that names the rows that clash."""
    try:
        return solve(family)
    except ImpossibleError as impossible:
        raise contradiction(dataset, family, impossible.event_ids, solve) from None


def profile(family: Family, blocks: list[Block], tally_id: str, since: int) -> Profile:
    """Bounds of a tally at the nodes of its family, cumulative ones since the day ``since``."""
    if only_incidents(family):
        return _profile_of_incidents(merge_tellings(family.statements))
    nodes, steps, sums = [blocks[0].nodes[:1]], [], [np.zeros((2, 1))]
    for block in blocks:
        paths = block.paths[tally_id]
        if nodes[-1][-1] < block.nodes[0]:  # nothing is stated of the time between
            nodes.append(block.nodes[:1])
            steps.append([[0], [np.inf]])
            sums.append(sums[-1][:, -1:] + [[0], [np.inf if since < block.nodes[0] else 0]])
        index = np.arange(len(block.nodes))
        entry = min(np.searchsorted(block.nodes, since), index[-1])
        counted = index[1:] > entry
        more = np.where(counted, [-paths[1:, entry], paths[entry, 1:]], 0)
        nodes.append(block.nodes[1:])
        steps.append([-paths[index[1:], index[:-1]], paths[index[:-1], index[1:]]])
        sums.append(sums[-1][:, -1:] + more)
    return Profile(
        np.concatenate(nodes), *np.concatenate(steps, axis=1), *np.concatenate(sums, axis=1)
    )


def _profile_of_incidents(rows: pd.DataFrame) -> Profile:
    """A tally with incidents alone has no upper bounds, and its lower ones are plain sums."""
    nodes = np.unique(rows[["start", "stop"]])
    start, stop = np.searchsorted(nodes, rows["start"]), np.searchsorted(nodes, rows["stop"])
    within = np.where(stop == start + 1, rows["low"], 0)
    open_end = np.full(len(nodes), np.inf)
    return Profile(
        nodes,
        np.bincount(start, within, len(nodes) - 1),
        open_end[1:],
        np.cumsum(np.bincount(stop, rows["low"], len(nodes))),
        np.where(np.arange(len(nodes)) == 0, 0, open_end),
    )


def own_days(family: Family) -> Iterator[tuple[str, int, np.ndarray]]:
    """Each tally that has statements, since when it counts, and its days.

    The days run from the first to the last of a window. A count without a first day goes back
    before them.
    """
    for tally_id, own in merge_tellings(family.statements).groupby("tally_id", sort=False):
        first = own["start"].where(~own["open"], own["stop"] - 1).min()
        yield tally_id, own["start"].min(), np.arange(first, own["stop"].max())


def daily(found: Profile, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The four bounds on each day; inside a longer step nothing tells on which day it was."""
    step = np.searchsorted(found.nodes, days, side="right") - 1
    last = days + 1 == found.nodes[step + 1]
    alone = last & (days == found.nodes[step])
    low = np.where(alone, found.step_low[step], 0)
    reached = np.where(last, found.low[step + 1], found.low[step])
    return days, np.array([low, found.step_high[step], reached, found.high[step + 1]])


def whole_numbers(values: np.ndarray) -> pd.arrays.IntegerArray:
    """Numbers of persons, missing where nothing bounds them."""
    known = np.isfinite(values)
    return pd.arrays.IntegerArray(np.where(known, values, 0).astype("int64"), ~known)
