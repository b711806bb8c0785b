"""Statements told at one time that cannot all be true, and those that are set aside.

Whatever a source revises is no contradiction: its latest word stands. Only what one page says, or
pages of which neither is the later, can contradict itself, for a person to judge.
"""

from datetime import date

import pandas as pd

from analysis.bounds.solutions import clash_lines, contradiction, find_families
from analysis.data.dataset import Dataset
from analysis.data.labels import labelled
from analysis.data.outcome import check_reading
from analysis.data.problems import ContradictionError
from analysis.data.publication import published_by


def find_contradictions(dataset: Dataset, reading: str = "primary") -> list[ContradictionError]:
    """What clashes in a reading: each smallest set of statements that cannot all be true."""
    return [
        contradiction(dataset, [clash])
        for family in find_families(dataset, reading)
        for clash in family.contradictions
    ]


def contradictions(
    dataset: Dataset,
    *,
    reading: str = "primary",
    as_of: date | str | None = None,
    labels: bool | str = False,
) -> pd.DataFrame:
    """Statements told at one time that cannot all be true: every smallest set of them.

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
        first of the tallies that bear on one another), ``event_id``, ``statement``, in words, and
        ``advice``: the sums, and what can be done.

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
