"""When pages were published, and what was published by a time.

A page was published within a day, a minute or the time between two, so that of two pages the
later one is known only where these times do not overlap.
"""

import re
from dataclasses import replace
from datetime import date

import pandas as pd

from analysis.data.dataset import Dataset, once
from analysis.data.times import published_from_until


def day_of(written: date | str, name: str) -> pd.Timestamp:
    """A day as it was written; a ValueError that tells its ``name`` where it is none."""
    try:
        if isinstance(written, date) and not pd.isna(written):
            return pd.Timestamp(written).normalize()
        return pd.Timestamp(date.fromisoformat(written))
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {written!r}; write a day as YYYY-MM-DD") from None


def published_times(dataset: Dataset) -> pd.DataFrame:
    """When each report (index) can have been published: from ``earliest`` to before ``latest``."""
    return published_from_until(dataset.reports.set_index("report_id"))


def published_by(dataset: Dataset, as_of: date | str | None) -> Dataset:
    """What was published by the end of a day: reports, and the statements they make.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str
        The day, as a string YYYY-MM-DD, or the time, YYYY-MM-DDTHH:MM: then pages of that minute
        count, and pages that show no hour from the next day. None leaves the dataset as it is.

    Raises
    ------
    ValueError
        When the day is none.
    """
    if as_of is None:
        return dataset
    timed = isinstance(as_of, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", as_of)
    day = pd.Timestamp(as_of) if timed else day_of(as_of, "as_of")
    if dataset.as_of is not None:
        day = min(day, pd.Timestamp(dataset.as_of))
    return _published_by(dataset, day)


@once
def _published_by(dataset: Dataset, day: pd.Timestamp) -> Dataset:
    whole = day == day.normalize()
    end = day + pd.Timedelta("1D" if whole else "1min")
    there = (published_times(dataset)["latest"] <= end).to_numpy()
    reports = dataset.reports[there]
    events = dataset.events[dataset.events["report_id"].isin(reports["report_id"])]
    known = {"reports": reports.reset_index(drop=True), "events": events.reset_index(drop=True)}
    return replace(dataset, **known, as_of=day.date() if whole else day)
