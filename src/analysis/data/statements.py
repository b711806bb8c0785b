"""What each counted statement means now: the one table that bounds, figures and checks read.

A source's latest number stands. Its earlier number remains a minimum, unless the latest is lower.
Reports are replayed in the order of publication (:mod:`.replay`).
"""

from datetime import date
from math import inf

import numpy as np
import pandas as pd

from analysis.data.counts import whole_numbers
from analysis.data.dataset import Dataset, cached
from analysis.data.labels import labelled
from analysis.data.links import links, origin
from analysis.data.notices import taken_back_together
from analysis.data.outcome import READINGS, check_reading, outcome, set_aside
from analysis.data.publication import published_by
from analysis.data.questions import questions_by_event
from analysis.data.records import Count
from countbounds import EVER

STANDING = ("stands", "from_below", "reduced", "replaced")
"""What became of counts that nobody lowered: a replaced stock was right for its day."""
LOWERED = ("taken_back", "withdrawn")
"""What became of counts whose source says less now, or that they were wrong."""
_MINUTE = 60 * 10**6
"""In microseconds."""


def statements(
    dataset: Dataset,
    *,
    as_of: date | str | None = None,
    reading: str = "primary",
    labels: bool | str = False,
) -> pd.DataFrame:
    """What each count of a dataset says now, and what became of it.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD) or time (YYYY-MM-DDTHH:MM).
    reading : {"primary", "wide"}
        Which statements to take besides those that belong to every reading.
    labels : bool or str
        Whether names stand behind the ids: True in English, or a language code.

    Returns
    -------
    pandas.DataFrame
        One row a count, by publication; its copies are only in ``event_ids``.

        ``event_ids`` (``;`` between, the first to publish it first; of a calculated count those
        that it follows from), ``tally_id``, ``count_kind``, ``date_start`` (NaT where none is
        given), ``date_end``, ``count`` (as said), ``low`` and ``high`` (persons, Int64, as stated;
        a missing high means at least), ``binding_low`` and ``binding_high`` (persons, Int64: what
        bounds use, missing where nothing binds), ``published_from`` and ``published_until`` (the
        first and the last moment at which it can have been published), ``status``, ``because``
        (the ``event_id`` that changed it; of several that withdraw it the first), ``calculated``
        (True where no report states it, but the numbers of one report say it together) and
        ``question`` (what :func:`analysis.doubts` asks about it, a word each).

        ``status`` is one of ``stands``; ``from_below`` (its source counted these days again, so
        it is no upper limit any more); ``reduced`` (a number that it held was lowered);
        ``taken_back`` (a later total of its source states less); ``withdrawn`` (its source says
        that it was wrong); ``aside``; ``replaced`` (an older stock).

    Raises
    ------
    ValueError
        When there is no such reading or language, or the day is none.

    Examples
    --------
    >>> import analysis
    >>> found = analysis.statements(analysis.load("data/report"), labels=True)
    >>> found.loc[found["label"] == "Islamic State fighters (clashes)", "count"].item()
    '61'
    """
    check_reading(reading)
    dataset = published_by(dataset, as_of)
    return labelled(dataset, _table(dataset, reading).copy(), labels)


@cached
def counts(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The statements of a reading, a row a count, without calculated ones."""
    table = statements(dataset, reading=reading)
    return table[~table["calculated"]].reset_index(drop=True)


@cached
def status_of(dataset: Dataset, reading: str) -> dict[str, str]:
    """What became of each row of ``events`` that counts in a reading."""
    table = counts(dataset, reading)
    pairs = zip(table["event_ids"].str.split(";"), table["status"], strict=True)
    return {name: status for names, status in pairs for name in names}


@cached
def first_statements(dataset: Dataset) -> dict[str, str]:
    """For each row of ``events`` the one that its ``same_as`` leads back to, itself without any."""
    names, target = dataset.events["event_id"], links(dataset.events, "event_id", "same_as")
    return dict(zip(names, names, strict=True)) | {name: origin(name, target) for name in target}


@cached
def first_published(dataset: Dataset) -> dict[str, str]:
    """For each row of ``events`` the one that its count was first published by."""
    found = dict(first_statements(dataset))
    for reading in reversed(READINGS):
        for cell in counts(dataset, reading)["event_ids"]:
            names = cell.split(";")
            found |= dict.fromkeys(names, names[0])
    return found


def as_stated(dataset: Dataset) -> pd.Series:
    """Whether a row of ``events`` holds a count that stands as it is stated, in any reading."""
    names, together = dataset.events["event_id"], taken_back_together(dataset)
    lowered = {name for reading in READINGS for name in lowered_in(dataset, reading)}
    return (standing(dataset) | names.isin(together.keys())) & ~names.isin(lowered)


@cached
def lowered_in(dataset: Dataset, reading: str) -> frozenset[str]:
    """Rows of ``events`` that their source lowered or withdrew, each for itself.

    Of counts that only together are more than a later total nobody said which is wrong.
    """
    status = status_of(dataset, reading)
    lowered = {name for name, became in status.items() if became in LOWERED}
    return frozenset(lowered - taken_back_together(dataset).keys())


@cached
def standing(dataset: Dataset, reading: str | None = None) -> pd.Series:
    """Whether a row of ``events`` holds a count that stands in a reading, or in any."""
    asked = READINGS if reading is None else (reading,)
    known = {
        name
        for each in asked
        for name, status in status_of(dataset, each).items()
        if status in STANDING
    }
    return dataset.events["event_id"].isin(known)


def standing_rows(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The rows of ``events`` that hold a count of people harmed which stands in a reading."""
    events = dataset.events
    return events[standing(dataset, reading) & (events["count_kind"] != "stock")]


@cached
def _table(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The table of :func:`statements`, of a dataset as it is."""
    found = outcome(dataset, reading)
    counts = [count for family in found.families for count in family.counts]
    counts += [count for own in found.stocks.values() for count in own]
    counts += set_aside(dataset)
    counts.sort(key=lambda count: count.order)
    asked = questions_by_event(dataset)
    columns = {
        "event_ids": [";".join(count.event_ids) for count in counts],
        "tally_id": [count.tally for count in counts],
        "count_kind": [count.kind for count in counts],
        "date_start": _days([count.start for count in counts]),
        "date_end": _days([count.end for count in counts]),
        "count": [count.text for count in counts],
        "low": whole_numbers([count.stated[0] for count in counts]),
        "high": whole_numbers([count.stated[1] for count in counts]),
        "binding_low": whole_numbers([c.binding_low if c.binds else inf for c in counts]),
        "binding_high": whole_numbers([c.binding_high if c.binds else inf for c in counts]),
        "published_from": pd.to_datetime([count.report.earliest for count in counts], unit="us"),
        "published_until": pd.to_datetime([c.report.latest - _MINUTE for c in counts], unit="us"),
        "status": [_status(count) for count in counts],
        "because": [_because(count) for count in counts],
        "calculated": [bool(count.basis) for count in counts],
        "question": [_questions(count, asked) for count in counts],
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


def _because(count: Count) -> str | None:
    """The statement that changed a count; of several numbers that fell with it the first's."""
    return count.because or next(iter(count.reduced_by), None) or count.opened_by


def _questions(count: Count, asked: dict[str, list[str]]) -> str | None:
    """The kinds of question that are open about a count, a calculated one having none."""
    names = () if count.basis else count.event_ids
    return "; ".join(dict.fromkeys(kind for name in names for kind in asked.get(name, ()))) or None


def _days(numbers: list[int]) -> np.ndarray:
    """Days since 1970 as dates, NaT for none."""
    days = np.array(numbers, "int64")
    return np.where(days == EVER, np.datetime64("NaT"), days.astype("datetime64[D]"))
