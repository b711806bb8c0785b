"""When reports were published, and what was published by a time.

A report was published within a day, a minute or the time between two, so that of two reports the
later one is known only where these times do not overlap.
"""

import re
from dataclasses import replace
from datetime import date, datetime, time

import pandas as pd

from analysis.data.dataset import Dataset, cached
from analysis.data.times import published_from_until


def day_of(written: date | str, name: str) -> pd.Timestamp:
    """A day as it was written; a ValueError that tells its ``name`` where it is none."""
    try:
        if isinstance(written, date) and not pd.isna(written):
            return pd.Timestamp(written).normalize()
        return pd.Timestamp(date.fromisoformat(written))
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {written!r}; write a day as YYYY-MM-DD") from None


def read_days(days: tuple[date | str, date | str]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """A first and a last day as they were written; a ValueError where they are none."""
    if isinstance(days, str) or len(days) != 2:
        raise ValueError(f"days is {days!r}; write a first and a last day")
    first, last = (day_of(day, "a day of days") for day in days)
    if last < first:
        raise ValueError(f"days end on {days[1]}, before they start on {days[0]}")
    return first, last


def published_times(dataset: Dataset) -> pd.DataFrame:
    """When each report (index) can have been published: from ``earliest`` to before ``latest``."""
    return published_from_until(dataset.reports.set_index("report_id"))


def published_by(dataset: Dataset, as_of: date | str | None) -> Dataset:
    """What was published by the end of a day: reports, and the statements they make.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str
        The day, as a string YYYY-MM-DD, or the time, YYYY-MM-DDTHH:MM: then reports of that minute
        count, and reports that show no hour from the next day. None leaves the dataset as it is.

    Returns
    -------
    Dataset
        Its ``as_of`` says up to when; tallies and parties are all there.

    Raises
    ------
    TypeError
        When no dataset is given, but a folder for instance.
    ValueError
        When the day is none.

    Examples
    --------
    >>> import analysis
    >>> dataset = analysis.load("data/fortnight")
    >>> early = analysis.published_by(dataset, "2018-07-24")
    >>> len(early.reports), len(dataset.reports)
    (8, 18)
    """
    if not isinstance(dataset, Dataset):
        raise TypeError(f"a dataset is meant, not {dataset!r}; analysis.load(FOLDER) gives one")
    if as_of is None:
        return dataset
    until = _until(as_of)
    if dataset.as_of is not None:
        until = min(until, _until(dataset.as_of), key=_end)
    return _published_by(dataset, until)


def _until(as_of: date | str) -> date | pd.Timestamp:
    """The day, or the minute, up to which reports count."""
    if isinstance(as_of, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", as_of):
        as_of = pd.to_datetime(as_of, errors="coerce")
        if pd.isna(as_of) or as_of == as_of.normalize():
            raise ValueError("as_of is no time of a day; write T00:01 to T23:59, or the day alone")
    if isinstance(as_of, datetime) and as_of.time() != time(0):
        return pd.Timestamp(as_of).floor("min")
    return day_of(as_of, "as_of").date()


def _end(until: date | pd.Timestamp) -> pd.Timestamp:
    """The moment from which reports count no longer."""
    long = "1min" if isinstance(until, datetime) else "1D"
    return pd.Timestamp(until) + pd.Timedelta(long)


@cached
def _published_by(dataset: Dataset, until: date | pd.Timestamp) -> Dataset:
    end = _end(until)
    there = (published_times(dataset)["latest"] <= end).to_numpy()
    reports = dataset.reports[there]
    events = dataset.events[dataset.events["report_id"].isin(reports["report_id"])]
    known = {"reports": reports.reset_index(drop=True), "events": events.reset_index(drop=True)}
    return replace(dataset, **known, as_of=until)
