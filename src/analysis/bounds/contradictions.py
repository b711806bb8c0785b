"""Statements published at one time that cannot all be true, and those that are set aside.

Whatever a source revises is no contradiction: its latest word stands. Only what one report says, or
reports of which neither is the later, can contradict itself, for a person to judge.
"""

from datetime import date

import pandas as pd

from analysis.bounds.solutions import FamilyBounds, find_families
from analysis.data.dataset import Dataset
from analysis.data.labels import labelled
from analysis.data.outcome import check_reading, nesting
from analysis.data.problems import ContradictionError
from analysis.data.publication import published_by
from analysis.data.records import Count


def contradictions(
    dataset: Dataset,
    *,
    reading: str = "primary",
    as_of: date | str | None = None,
    labels: bool | str = False,
) -> pd.DataFrame:
    """Statements published at one time that cannot all be true: every smallest set of them.

    Parameters
    ----------
    dataset : Dataset
    reading, as_of
        As for :func:`analysis.casualty_bounds`.
    labels : bool or str
        Whether names stand behind the ids: True in English, or a language code.

    Returns
    -------
    pandas.DataFrame
        One row a statement of a set: ``clash`` (the number of the set, from 1), ``tally_id`` (the
        first of the connected tallies), ``event_id``, ``statement``, in words, and ``advice``: the
        sums, and what can be done.

    Raises
    ------
    ValueError
        When there is no such reading or language, or the day is none.

    Examples
    --------
    >>> import analysis
    >>> len(analysis.contradictions(analysis.load("data/report")))
    0
    """
    check_reading(reading)
    dataset = published_by(dataset, as_of)
    rows, clashes = [], 0
    for family in find_families(dataset, reading):
        for clash in family.contradictions:
            clashes += 1
            names = [name for count in clash for name in count.event_ids]
            lines = clash_lines(dataset, clash)
            advice = " ".join(lines[len(names) :])
            about = clashes, family.tallies[0]
            rows += [(*about, *each, advice) for each in zip(names, lines, strict=False)]
    columns = {"clash": "int64"} | dict.fromkeys(
        ["tally_id", "event_id", "statement", "advice"], "str"
    )
    return labelled(dataset, pd.DataFrame(rows, columns=[*columns]).astype(columns), labels)


def find_contradictions(dataset: Dataset, reading: str = "primary") -> list[ContradictionError]:
    """What clashes in a reading: each smallest set of statements that cannot all be true."""
    return [
        contradiction(dataset, [clash])
        for family in find_families(dataset, reading)
        for clash in family.contradictions
    ]


def check_consistent(dataset: Dataset, reading: str) -> None:
    """Raise a ContradictionError where statements published at one time cannot all be true."""
    for family in find_families(dataset, reading):
        check_family(dataset, family)


def check_family(dataset: Dataset, family: FamilyBounds) -> None:
    """Raise a ContradictionError where statements of a family cannot all be true."""
    if family.contradictions:
        raise contradiction(dataset, family.contradictions)


def contradiction(dataset: Dataset, clashes: list[tuple[Count, ...]]) -> ContradictionError:
    """The error that names the statements that clash, with their sums and what can be done."""
    named = [name for clash in clashes for count in clash for name in count.event_ids]
    lines = [line for clash in clashes for line in clash_lines(dataset, clash)]
    return ContradictionError([name for name in dataset.events["event_id"] if name in named], lines)


def clash_lines(dataset: Dataset, clash: tuple[Count, ...]) -> list[str]:
    """Statements that cannot all be true, a line each, and what can be done."""
    events = dataset.events.set_index("event_id")
    lines = [
        f"{name} in {events.loc[name, 'report_id']}: {count.tally} {events.loc[name, 'count']} "
        f"{count.days} ({count.kind})"
        for count in clash
        for name in count.event_ids
    ]
    return [*lines, *_sums(clash, nesting(dataset).wholes), _ADVICE]


_ADVICE = (
    "One of these numbers, its days or its tally is wrong. Correct it, or give the doubtful row "
    "the reading aside. If the tallies do not lie in one another, name one in apart_from of the "
    "other."
)


def _sums(clash: tuple[Count, ...], wholes: dict[str, frozenset[str]]) -> list[str]:
    """What the parts of a clash come to, where one of its counts holds all others."""
    for holder in clash:
        parts = [count for count in clash if count is not holder]
        held = all(
            count.within(holder)
            and (count.tally == holder.tally or holder.tally in wholes[count.tally])
            for count in parts
        )
        if held and len(parts) > 1:
            total = int(sum(count.low for count in parts))
            numbers = " + ".join(f"{int(count.low):,}" for count in parts)
            return [f"{numbers} = {total:,}, and {holder.event_id} has {int(holder.low):,}"]
    return []
