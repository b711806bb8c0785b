"""Which months each source gives counts of: where an archive is dense, and where it has gaps."""

from datetime import date

import numpy as np
import pandas as pd

from analysis.data.dataset import Dataset, cached
from analysis.data.labels import labelled
from analysis.data.publication import published_by
from analysis.data.statements import standing


def coverage(
    dataset: Dataset, *, as_of: date | str | None = None, labels: bool | str = False
) -> pd.DataFrame:
    """How many counts each source gives of each month.

    Counts of all readings are taken, those set aside, lowered or withdrawn are not.

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
        One row a source and month of which something is stated: ``source_original`` (missing where
        nobody is named), ``date`` (first day of the month), ``within`` (counts whose days all lie
        in the month) and ``across`` (counts of longer spans that the month is part of; one without
        a first day is counted in its last month). Int64.

    Raises
    ------
    ValueError
        When the day is none, or there is no such language.

    Examples
    --------
    >>> import analysis
    >>> found = analysis.coverage(analysis.load("data/report"))
    >>> found[["source_original", "within", "across"]].iloc[0].astype(str).tolist()
    ['SOHR', '9', '0']
    """
    return labelled(dataset, coverage_of(published_by(dataset, as_of)).copy(), labels)


@cached
def coverage_of(dataset: Dataset) -> pd.DataFrame:
    """Coverage of a dataset, as it is."""
    events = dataset.events[standing(dataset)]
    source = dataset.tallies.set_index("tally_id")["source_original"]
    place, names = pd.factorize(events["tally_id"].map(source), use_na_sentinel=False)
    last = events["date_end"].to_numpy("datetime64[M]").astype(int)
    start = events["date_start"].to_numpy("datetime64[M]").astype(int)
    start = np.where(events["date_start"].isna(), last, start)
    across = ((start < last) | events["date_start"].isna()).astype(int)
    origin = start.min(initial=0)
    counts = np.zeros((2, len(names), last.max(initial=origin) - origin + 2), int)
    np.add.at(counts, (across, place, start - origin), 1)
    np.add.at(counts, (across, place, last - origin + 1), -1)
    counts = counts.cumsum(axis=2)
    who, month = counts.any(axis=0).nonzero()
    return pd.DataFrame(
        {
            "source_original": pd.array(names[who], dtype="str"),
            "date": (month + origin).astype("datetime64[M]").astype("datetime64[s]"),
            "within": pd.array(counts[0, who, month], dtype="Int64"),
            "across": pd.array(counts[1, who, month], dtype="Int64"),
        }
    )
