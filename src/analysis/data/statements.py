"""What each counted statement means now: the one table that bounds, figures and checks read.

The latest word of a source stands; what it said before goes on counting from below, unless the
later word says less. Pages are replayed in the order of publication (:mod:`.replay`).
"""

from datetime import date
from math import inf

import numpy as np
import pandas as pd

from analysis.data.counts import as_said
from analysis.data.dataset import Dataset, once
from analysis.data.outcome import check_reading, outcome, set_aside
from analysis.data.publication import published_by
from analysis.data.questions import questions_by_event
from analysis.data.records import Count
from countbounds import EVER

_MINUTE = 60 * 10**6
"""In microseconds."""


def statements(
    dataset: Dataset,
    *,
    as_of: date | str | None = None,
    reading: str = "primary",
    labels: bool = False,
) -> pd.DataFrame:
    """What each count of a dataset says now, and what became of it.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD) or time (YYYY-MM-DDTHH:MM).
    reading : {"primary", "wide"}
        Which statements to take besides those that belong to every reading.
    labels : bool
        Whether to add ``label``, the English name of the tally.

    Returns
    -------
    pandas.DataFrame
        One row a count, by publication; its copies are only in ``event_ids``.

        ``event_ids`` (``;`` between, the first telling first; of a calculated count those that it
        follows from), ``tally_id``, ``count_kind``, ``date_start`` (NaT where none is given),
        ``date_end``, ``count`` (as said), ``low`` and ``high`` (persons, Int64, as stated; a
        missing high means at least), ``binding_low`` and ``binding_high`` (persons, Int64: what
        bounds use, missing where nothing binds), ``published_from`` and ``published_until`` (the
        first and the last moment at which it can have been published), ``status``, ``because``
        (the ``event_id`` that changed it), ``calculated`` (True where no page states it, but the
        numbers of one page say it together) and ``question`` (what :func:`analysis.doubts` asks
        about it, a word each).

        ``status`` is one of ``stands``; ``from_below`` (its source counted these days again, so
        it is no upper limit any more); ``reduced`` (a number that it held was lowered);
        ``taken_back`` (a later total of its source states less); ``withdrawn`` (its source says
        that it was wrong); ``aside``; ``replaced`` (an older stock).

    Raises
    ------
    ValueError
        When there is no such reading, or the day is none.

    Examples
    --------
    >>> import analysis
    >>> dataset = analysis.load("data/report")
    >>> analysis.statements(dataset)[["tally_id", "count", "status"]].head(2)  # doctest: +SKIP
    """
    check_reading(reading)
    dataset = published_by(dataset, as_of)
    table = _table(dataset, reading).copy()
    if labels:
        label = dataset.tallies.set_index("tally_id")["label_en"]
        table.insert(2, "label", table["tally_id"].map(label).fillna(table["tally_id"]))
    return table


@once
def _table(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The table of :func:`statements`, of a dataset as it is cut."""
    found = outcome(dataset, reading)
    counts = [count for family in found.families for count in family.counts]
    counts += [count for own in found.stocks.values() for count in own]
    counts += set_aside(dataset)
    counts.sort(key=lambda count: count.order)
    written = dict(zip(dataset.events["event_id"], dataset.events["count"], strict=True))
    asked = questions_by_event(dataset)
    columns = {
        "event_ids": [";".join(count.event_ids) for count in counts],
        "tally_id": [count.tally for count in counts],
        "count_kind": [count.kind for count in counts],
        "date_start": _days([count.start for count in counts]),
        "date_end": _days([count.end for count in counts]),
        "count": [_said(count, written) for count in counts],
        "low": _persons([count.stated[0] for count in counts]),
        "high": _persons([count.stated[1] for count in counts]),
        "binding_low": _persons([c.binding_low if c.binds else inf for c in counts]),
        "binding_high": _persons([c.binding_high if c.binds else inf for c in counts]),
        "published_from": pd.to_datetime([count.page.earliest for count in counts], unit="us"),
        "published_until": pd.to_datetime([c.page.latest - _MINUTE for c in counts], unit="us"),
        "status": [_status(count) for count in counts],
        "because": [count.because or count.reduced_by or count.opened_by for count in counts],
        "calculated": [bool(count.basis) for count in counts],
        "question": [
            None
            if count.basis
            else "; ".join(dict.fromkeys(q for n in count.event_ids for q in asked.get(n, ())))
            or None
            for count in counts
        ],
    }
    text = ["event_ids", "tally_id", "count_kind", "count", "status", "because", "question"]
    days = ["date_start", "date_end", "published_from", "published_until"]
    types = dict.fromkeys(text, "str") | dict.fromkeys(days, "datetime64[us]")
    return pd.DataFrame(columns).astype(types | {"calculated": bool})


def _status(count: Count) -> str:
    if count.status != "stands":
        return count.status
    if count.reduced:
        return "reduced"
    return "from_below" if count.opened_by else "stands"


def _said(count: Count, written: dict[str, str]) -> str:
    """A count as it is written, a calculated one in the same form."""
    return as_said(int(count.stated[0]), None) if count.basis else written[count.event_ids[0]]


def _persons(numbers: list[float]) -> pd.arrays.IntegerArray:
    """Whole numbers, missing where they are infinite."""
    values = np.array(numbers, "float64")
    known = np.isfinite(values)
    return pd.arrays.IntegerArray(np.where(known, values, 0).astype("int64"), ~known)


def _days(numbers: list[int]) -> np.ndarray:
    """Days since 1970 as dates, NaT for none."""
    days = np.array(numbers, "int64")
    return np.where(days == EVER, np.datetime64("NaT"), days.astype("datetime64[D]"))
