"""What the tables leave open and a number may rest on: each a question that a row answers.

Nobody is counted twice where the tables say what is inside what. Where they leave it open the
rules decide, and what they decided on is asked, once, until somebody writes the answer down.
"""

from collections import defaultdict
from datetime import date

import pandas as pd

from analysis.data.count_questions import questions_about_counts
from analysis.data.dataset import Dataset, cached
from analysis.data.publication import published_by
from analysis.data.tally_questions import questions_about_tallies
from analysis.data.wording import Question

BETWEEN = ("tallies", "parties", "names")
"""Kinds about tallies that need not bear on one another."""
COLUMNS = ["kind", "tally_ids", "event_ids", "doubt"]


def doubts(dataset: Dataset, *, as_of: date | str | None = None) -> pd.DataFrame:
    """What a person should answer before totals are used: a question a row.

    Every question can be answered in the tables, and an answered one is silent.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str, optional
        Only what was published by that day or time.

    Returns
    -------
    pandas.DataFrame
        ``kind`` (what it is about), ``tally_ids`` and ``event_ids`` concerned (``;`` between) and
        ``doubt``, the question in words.

    Examples
    --------
    >>> import analysis
    >>> len(analysis.doubts(analysis.load("data/report")))
    0
    """
    found = find_questions(published_by(dataset, as_of))
    rows = [(each.kind, ";".join(each.tallies), ";".join(each.events), each.text) for each in found]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


@cached
def find_questions(dataset: Dataset) -> list[Question]:
    """All that a person should answer before the numbers are used."""
    return [*questions_about_counts(dataset), *questions_about_tallies(dataset)]


@cached
def questions_by_event(dataset: Dataset) -> dict[str, list[str]]:
    """For each statement what kinds of question are open about it."""
    found: dict[str, list[str]] = defaultdict(list)
    for question in find_questions(dataset):
        for name in question.events:
            found[name].append(question.kind)
    return found
