"""Vintages: what each report said of the same people and days, and how that changed.

The words are epidemiology's: a reference period (the days counted), a report date, and the lag
between the last day counted and the report. A number that a later report repeats is no revision.
"""

from datetime import date

import numpy as np
import pandas as pd

from analysis.data.dataset import Dataset, cached
from analysis.data.labels import labelled
from analysis.data.publication import published_by
from analysis.data.statements import first_statements, statements

PERIOD = ["tally_id", "count_kind", "date_start", "date_end", "incident"]
_DAY = pd.Timedelta(days=1)


def vintages(dataset: Dataset) -> pd.DataFrame:
    """Every published count of a reference period, oldest first; nothing calculated, nothing aside.

    Columns of :func:`analysis.statements`, ``reported`` (the day of the report), ``lag`` (days
    from the last day counted to the report) and ``incident``, what tells incidents of the same days
    apart (empty for totals and stocks).
    """
    rows = statements(dataset)
    rows = rows[~rows["calculated"] & (rows["status"] != "aside")]
    reported = rows["published_until"].dt.normalize()
    lag = (reported - rows["date_end"]) // _DAY
    incident = rows["event_ids"].str.split(";").str[0].map(first_statements(dataset))
    incident = incident.where(rows["count_kind"] == "incident", "")
    named = rows.assign(reported=reported, lag=lag.astype("Int64"), incident=incident)
    return named.reset_index(drop=True)


def revisions(
    dataset: Dataset, *, as_of: date | str | None = None, labels: bool | str = False
) -> pd.DataFrame:
    """How often each count was published again with another number, and by how much it moved.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD) or time (YYYY-MM-DDTHH:MM).
    labels : bool or str
        Whether names stand behind the ids: True in English, or a language code.

    Returns
    -------
    pandas.DataFrame
        One row a tally and reference period (an incident has one of its own), by tally and by
        last day.

        ``tally_id``, ``count_kind``; ``date_start`` (NaT where none is given) and ``date_end``,
        the reference period; ``first`` and ``latest`` (persons, Int64: the first and the latest
        number, its low where it is a range; ``latest`` is missing where it was withdrawn),
        ``first_report`` and ``latest_report`` (dates: the days they were published), ``reports``
        (how many numbers were published, repeats left out), ``revisions`` (how many of these
        differ from the one before), ``spread`` (persons, Int64: greatest minus least number) and
        ``lags`` (text: days from the last day counted to each report, ``;`` between).

    Raises
    ------
    ValueError
        When the day is none, or there is no such language.

    Examples
    --------
    >>> import analysis
    >>> found = analysis.revisions(analysis.load("data/report"))
    >>> int(found.set_index("tally_id")["latest"]["islamic_state_clashes"])
    61
    """
    return labelled(dataset, _revisions(published_by(dataset, as_of)).copy(), labels)


@cached
def _revisions(dataset: Dataset) -> pd.DataFrame:
    rows = vintages(dataset)
    order = {name: at for at, name in enumerate(dataset.tallies["tally_id"])}
    groups = rows.groupby(PERIOD, dropna=False, sort=False)
    found = groups.agg(
        first=("low", "first"),
        latest=("low", "last"),
        first_report=("reported", "first"),
        latest_report=("reported", "last"),
        reports=("low", "size"),
        revisions=("low", _changes),
        spread=("low", lambda low: low.max() - low.min()),
        lags=("lag", lambda lag: ";".join(map(str, lag))),
        status=("status", "last"),
    ).reset_index()
    found["latest"] = found["latest"].mask(found["status"] == "withdrawn")
    found = found.astype({"lags": "str", "reports": "int64", "revisions": "int64"})
    found = found.astype(dict.fromkeys(["first", "latest", "spread"], "Int64"))
    ranked = found.assign(place=found["tally_id"].map(order))
    ranked = ranked.sort_values(["place", "date_end", "date_start"], kind="stable")
    return ranked.drop(columns=["place", "incident", "status"]).reset_index(drop=True)


def _changes(counts: pd.Series) -> int:
    """How often a number differs from the one before."""
    return int(np.count_nonzero(np.diff(counts.to_numpy("int64"))))
