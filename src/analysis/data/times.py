"""When reports were published, so that the later of two is known.

``source_date`` is the time that the report shows, on its own clock, so that its day is the day that
readers saw. Where reports name their offset from UTC (``source_date_offset``, minutes), times are
put on one clock to be compared: that of most reports. A day without an hour then lasts from where
it began first, among the clocks there are, to where it ended last.
"""

import numpy as np
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
    >>> reports = pd.DataFrame({"source_date": shown, "source_date_earliest": pd.NaT})
    >>> [*published_from_until(reports)["latest"].astype("str")]
    ['2024-03-22 01:31:00', '2024-03-23 00:00:00']
    """
    latest, shown = (reports[name].to_numpy("datetime64[us]") for name in _SHOWN)
    whole_day = latest == latest.astype("datetime64[D]")
    until = latest + np.where(whole_day, np.timedelta64(1, "D"), np.timedelta64(1, "m"))
    times = {"earliest": np.where(np.isnat(shown), latest, shown), "latest": until}
    if set(OFFSETS) & {*reports}:
        times |= _on_one_clock(times, ~np.isnat(shown), with_offsets(reports))
    return pd.DataFrame(times, reports.index)


def _on_one_clock(times: dict, shown: np.ndarray, reports: pd.DataFrame) -> dict[str, np.ndarray]:
    """Times as the clock of most reports shows them; ``shown`` is where an earliest is written."""
    until, since = (reports[name] for name in OFFSETS)
    written = pd.concat([until, since]).dropna()
    if written.empty:
        return times
    clock = written.mode().min()
    offsets = {
        "earliest": since.where(shown, until).fillna(written.max()),
        "latest": until.fillna(written.min()),
    }
    return {
        name: times[name] + (clock - offset).to_numpy("int64").astype("timedelta64[m]")
        for name, offset in offsets.items()
    }
