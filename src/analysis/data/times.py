"""When reports were published, so that it can be told which of two is the later one.

``source_date`` is the time that the page shows, on its own clock, so that its day is the day that
readers saw. Where pages name their offset from UTC (``source_date_offset``, minutes), times are
put on one clock to be compared: that of most pages. A day without an hour then lasts from where
it began first, among the clocks there are, to where it ended last.
"""

import pandas as pd

_SHOWN = ("source_date", "source_date_earliest")
OFFSETS = [f"{name}_offset" for name in _SHOWN]
"""Columns of ``reports`` that are there where times are written with an offset."""


def with_offsets(reports: pd.DataFrame) -> pd.DataFrame:
    """Reports with a column for each offset, empty where none is written."""
    lacking = [name for name in OFFSETS if name not in reports]
    return reports.assign(**{name: pd.array([None] * len(reports), "Int64") for name in lacking})


def published_from_until(reports: pd.DataFrame) -> pd.DataFrame:
    """From when (``earliest``) to before when (``latest``) each can have been published.

    >>> shown = pd.to_datetime(["2024-03-22T01:30", "2024-03-22T00:00"])
    >>> pages = pd.DataFrame({"source_date": shown, "source_date_earliest": pd.NaT})
    >>> [*published_from_until(pages)["latest"].astype("str")]
    ['2024-03-22 01:31:00', '2024-03-23 00:00:00']
    """
    latest, shown = reports["source_date"], reports["source_date_earliest"]
    earliest = shown.astype(latest.dtype).fillna(latest)
    lasting = (latest == latest.dt.normalize()).map({True: "1D", False: "1min"})
    times = pd.DataFrame({"earliest": earliest, "latest": latest + pd.to_timedelta(lasting)})
    until, since = (with_offsets(reports)[name] for name in OFFSETS)
    written = pd.concat([until, since]).dropna()
    if written.empty:
        return times.astype("datetime64[us]")
    clock = written.mode().min()
    since = since.where(shown.notna(), until).fillna(written.max())
    for name, offset in (("earliest", since), ("latest", until.fillna(written.min()))):
        times[name] += pd.to_timedelta((clock - offset).astype("int64"), unit="min")
    return times.astype("datetime64[us]")
