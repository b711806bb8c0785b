"""Solving each family once, and naming as few statements as cannot all be true.

The rows to name come from QuickXplain (Junker 2004, "QuickXplain: Preferred explanations and
relaxations for over-constrained problems", AAAI-04): without any one of them the rest fit.
A contradiction within one source is for a person to judge: the doubtful statement gets the
reading ``aside`` and stays out of the bounds, never averaged with the others.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.families import Family, find_families
from analysis.bounds.parts import UndecidedError
from analysis.bounds.solver import ImpossibleError, Solution, solve
from analysis.data.cut import published_by
from analysis.data.dataset import Dataset
from analysis.data.problems import ContradictionError
from analysis.data.tellings import first_published, roots

_EVENT = ["event_id", "report_id", "tally_id", "date_start", "date_end", "low", "high", "note"]
_REPORT = ["report_id", "source_office", "source_date", "url"]


def solved(dataset: Dataset, family: Family) -> Solution:
    """The solution of a family, worked out once for all readings and days with the same content.

    Raises ContradictionError, which names a smallest set of statements that cannot all be true, and
    UndecidedError when whether parts fit into their wholes could not be decided.
    """
    if not len(family.event_id):
        return Solution([])
    content = family.content()
    if content not in dataset.solutions:
        try:
            dataset.solutions[content] = solve(family)
        except ImpossibleError as error:
            dataset.solutions[content] = smallest_clash(family, error.rows)
        except UndecidedError as error:
            dataset.solutions[content] = error
    found = dataset.solutions[content]
    if isinstance(found, UndecidedError):
        raise found
    if isinstance(found, Solution):
        return found
    named = dataset.events[dataset.events["event_id"].isin(family.event_id[found])]
    lines = [*map(_line, named.itertuples()), *_asked(dataset, named)]
    raise ContradictionError([*named["event_id"]], lines)


def solutions(dataset: Dataset, family: Family) -> list[Solution | None]:
    """The solution in each of the family's readings; None of a primary that contradicts itself."""
    first, *others = family.readings
    found = [solved(dataset, first)]
    for other in others:
        try:
            found.append(solved(dataset, other))
        except ContradictionError:
            found.append(None)
    return found


def find_contradictions(dataset: Dataset, reading: str = "primary") -> list[ContradictionError]:
    """What clashes in a reading, one smallest set of statements for each family that does."""
    found = []
    for family in find_families(dataset, reading):
        try:
            solved(dataset, family)
        except ContradictionError as error:
            found.append(error)
    return found


def contradictions(
    dataset: Dataset, reading: str = "primary", as_of: date | str | None = None
) -> pd.DataFrame:
    """Statements that cannot all be true: a smallest set of them for each family that has one.

    Returns
    -------
    pandas.DataFrame
        One row a statement of a set: ``tally_id`` (the outermost of the family), ``event_id``,
        ``statement``, in words, and ``advice`` (missing where there is none).

    Raises
    ------
    UndecidedError
        When whether parts fit into their wholes could not be decided.
    """
    dataset = published_by(dataset, as_of)
    tally = dataset.events.set_index("event_id")["tally_id"].map(roots(dataset))
    rows = [
        (tally[name], name, line, " ".join(error.lines[len(error.event_ids) :]) or None)
        for error in find_contradictions(dataset, reading)
        for name, line in zip(error.event_ids, error.lines, strict=False)
    ]
    columns = ["tally_id", "event_id", "statement", "advice"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def find_disputed(dataset: Dataset) -> pd.DataFrame:
    """Each counted statement set aside, and a smallest set of statements that contradict it.

    Here it is shown that the clash is real, with both pages.

    Returns
    -------
    pandas.DataFrame
        One row a statement: ``aside`` (the ``event_id`` set aside), ``event_id`` (itself first,
        then those against it), ``report_id``, ``tally_id``, ``date_start``, ``date_end``, ``low``,
        ``high`` (persons), ``note``, ``source_original`` (who counted), ``source_office``,
        ``source_date`` and ``url`` of the page. A statement that contradicts nothing stands alone.
    """
    events = dataset.events
    aside = events[(events["reading"] == "aside") & events["low"].notna()]
    pairs = [
        (name, each)
        for name in aside["event_id"]
        for each in [name, *(other for other in _against(dataset, name) if other != name)]
    ]
    found = pd.DataFrame(pairs, columns=["aside", "event_id"], dtype="str")
    found = found.merge(events[_EVENT], on="event_id", how="left")
    source = dataset.tallies[["tally_id", "source_original"]]
    found = found.merge(source, on="tally_id", how="left")
    return found.merge(dataset.reports[_REPORT], on="report_id", how="left")


def _against(dataset: Dataset, event_id: str) -> list[str]:
    reading = dataset.events["reading"].mask(dataset.events["event_id"] == event_id)
    heard = replace(dataset, events=dataset.events.assign(reading=reading))
    days = sorted({*dataset.reports["source_date"].dropna()}, reverse=True)
    cuts = [published_by(heard, day.date()) for day in days]  # what is against it may be gone since
    if days:  # or be taken for an older count
        unordered = dataset.reports.assign(source_date=days[0], source_date_earliest=days[-1])
        cuts.append(replace(heard, reports=unordered, solutions={}))
    for cut in cuts:
        for error in find_contradictions(cut):
            if event_id in error.event_ids:
                return error.event_ids
    return []


def fit(family: Family, rows: np.ndarray) -> bool:
    """Whether the statements at some rows can all be true. Raises UndecidedError."""
    try:
        solve(family.take(rows))
    except ImpossibleError:
        return False
    return True


def smallest_clash(family: Family, rows: np.ndarray, taken: np.ndarray | None = None) -> np.ndarray:
    """As few of the statements at ``rows`` as cannot all be true, those ``taken`` being so."""

    def possible(some: list[int]) -> bool:
        try:
            return not some or fit(family, np.sort(some))
        except UndecidedError:  # what is named clashes all the same, perhaps with one too many
            return True

    def explain(background: list[int], grown: bool, rows: list[int]) -> list[int]:
        if grown and not possible(background):
            return []
        if len(rows) == 1:
            return rows
        half = len(rows) // 2
        second = explain([*background, *rows[:half]], half > 0, rows[half:])
        return explain([*background, *second], bool(second), rows[:half]) + second

    return np.sort(explain([] if taken is None else [*taken], False, [*np.sort(rows)]))


def _asked(dataset: Dataset, named: pd.DataFrame) -> list[str]:
    """What to ask of tolls of one tally and the same days that differ."""
    same = named[["count_kind", "tally_id", "date_start", "date_end"]].drop_duplicates()
    pages = named["report_id"].nunique()
    if not len(named) == pages == 2 or len(same) > 1 or same["count_kind"].iloc[0] != "toll":
        return []
    times = first_published(dataset).loc[named.index].sort_values("earliest")
    older, newer = named["event_id"].loc[times.index]
    if times["earliest"].iloc[1] < times["latest"].iloc[0]:
        return [
            "Which was published later is not known. Write the hour in source_date, or in the row "
            "of the later one the other in updates."
        ]
    return [
        f"{newer} was published later and is lower. If its source corrects {older}, write that in "
        f"supersedes; if one contradicts the other, give the doubtful one the reading aside."
    ]


def _line(row) -> str:
    high = "or more" if pd.isna(row.high) else f"to {row.high}"
    exact = pd.notna(row.high) and row.low == row.high
    count = row.low if exact else f"{row.low} {high}"
    first = "" if pd.isna(row.date_start) else f"{row.date_start:%Y-%m-%d} to "
    window = f"{first or 'up to '}{row.date_end:%Y-%m-%d}"
    return f"{row.event_id}: {row.count_kind} of {count}, {row.tally_id}, {window}"
