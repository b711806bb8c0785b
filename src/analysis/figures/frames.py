"""Bounds over days as they are drawn and told: steps, last days, what the loosest reading says."""

import numpy as np
import pandas as pd

from analysis.charts.stairs import Steps
from analysis.data.cut import READINGS


def primary(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the primary reading."""
    return rows[rows["reading"] == "primary"]


def span_of(drawn: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day."""
    return drawn["date"].min(), drawn["date"].max()


def steps_of(rows: pd.DataFrame) -> Steps:
    """Cumulative bounds of one tally in one reading, as drawn."""
    days = rows["date"].to_numpy("datetime64[D]").astype("int")
    low, high = (
        rows[f"cumulative_{end}"].to_numpy("float64", na_value=np.nan) for end in ("low", "high")
    )
    derived = (rows[f"{end}_derived"].to_numpy("bool") for end in ("low", "high"))
    return Steps(days, days + 1, low, high, *derived)


def last_sums(drawn: pd.DataFrame, reading: str) -> pd.DataFrame:
    """What each tally counts up to its last day, as ``low`` and ``high``."""
    last = drawn[drawn["reading"] == reading].groupby("tally_id", sort=False).tail(1)
    return last.assign(low=last["cumulative_low"], high=last["cumulative_high"])


def last_bounds(drawn: pd.DataFrame) -> pd.DataFrame:
    """Tallies (index) by their last day: ``low``, ``high``; in the loosest reading ``wide_…``."""
    last, wide = (last_sums(drawn, reading).set_index("tally_id") for reading in READINGS)
    return last.join(wide[["low", "high"]].add_prefix("wide_"))
