"""What a person should answer before totals are used."""

from datetime import date

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.labels import labelled
from analysis.data.publication import published_by
from analysis.data.questions import Question, find_questions

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
