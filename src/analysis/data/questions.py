"""What the tables leave open and a number may rest on: each a question that a row answers.

Nobody is counted twice where the tables say what is inside what. Where they leave it open the
rules decide, and what they decided on is asked, once, until somebody writes the answer down.
"""

from collections import defaultdict
from datetime import date

import pandas as pd

from analysis.data.count_questions import Question, questions_about_counts
from analysis.data.dataset import Dataset, cached
from analysis.data.labels import labelled
from analysis.data.publication import published_by
from analysis.data.tally_questions import questions_about_families, questions_between_tallies

COLUMNS = ["kind", "tally_ids", "event_ids", "doubt"]


def doubts(
    dataset: Dataset, *, as_of: date | str | None = None, labels: bool | str = False
) -> pd.DataFrame:
    """What a person should answer before totals are used: a question a row.

    Every question can be answered in the tables, and an answered one is silent.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str, optional
        Only what was published by that day or time.
    labels : bool or str
        Whether names stand behind the ids: True in English, or a language code.

    Returns
    -------
    pandas.DataFrame
        ``kind`` (what it is about), ``tally_ids`` and ``event_ids`` concerned (``;`` between) and
        ``doubt``, the question in words.

    Raises
    ------
    ValueError
        When the day is none, or there is no such language.

    Examples
    --------
    >>> import analysis
    >>> len(analysis.doubts(analysis.load("data/report")))
    0
    """
    return labelled(dataset, as_table(find_questions(published_by(dataset, as_of))), labels)


def as_table(found: list[Question]) -> pd.DataFrame:
    """Questions in rows."""
    rows = [(each.kind, ";".join(each.tallies), ";".join(each.events), each.text) for each in found]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


@cached
def find_questions(dataset: Dataset) -> list[Question]:
    """All that a person should answer before the numbers are used."""
    return [*find_family_questions(dataset), *questions_between_tallies(dataset)]


def find_family_questions(dataset: Dataset) -> list[Question]:
    """What is asked of tallies that bear on one another."""
    return [*questions_about_counts(dataset), *questions_about_families(dataset)]


@cached
def questions_by_event(dataset: Dataset) -> dict[str, list[str]]:
    """For each statement what kinds of question are open about it."""
    found: dict[str, list[str]] = defaultdict(list)
    for question in find_questions(dataset):
        for name in question.events:
            found[name].append(question.kind)
    return found
