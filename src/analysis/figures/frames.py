"""Bounds over days as they are drawn and told: steps, last days, what the loosest reading says."""

import numpy as np
import pandas as pd

from analysis.charts.stairs import Steps
from analysis.language.languages import Language


def primary(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the primary reading."""
    return rows[rows["reading"] == "primary"]


def last_days(rows: pd.DataFrame) -> pd.DataFrame:
    """The last day of each tally, in the primary reading."""
    return primary(rows).groupby("tally_id", sort=False).tail(1)


def reach_of(rows: pd.DataFrame, marks: pd.DataFrame | None = None) -> float:
    """The greatest count (persons) of any kind."""
    ends = [rows[["cumulative_low", "cumulative_high"]].max().max()]
    if marks is not None:
        totals_stated = marks[marks["mark"] == "total"]
        ends.append(totals_stated[["stated_low", "stated_high"]].max().max())
    return max([float(end) for end in ends if pd.notna(end)] + [1])


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


def last_sums(rows: pd.DataFrame) -> pd.DataFrame:
    """What each tally counts up to its last day, as ``low`` and ``high``."""
    last = rows.groupby("tally_id", sort=False).tail(1)
    return last.assign(low=last["cumulative_low"], high=last["cumulative_high"])


def loosest_in_words(rows: pd.DataFrame, say: Language) -> list[str]:
    """What the loosest reading says of a tally by its last day, where it differs."""
    last = rows.groupby("reading")[["cumulative_low", "cumulative_high"]].tail(1).fillna(-1)
    readings = rows.loc[last.index, "reading"]
    counts = {name: tuple(ends) for name, ends in zip(readings, last.to_numpy(), strict=True)}
    wide = counts.get("wide", counts["primary"])
    if wide == counts["primary"]:
        return []
    return [say("wide", count=say.count(wide[0], None if wide[1] < 0 else wide[1]))]


def differs(drawn: pd.DataFrame) -> bool:
    """Whether the loosest reading says other than the primary of any tally and day."""
    ends = ["tally_id", "date", "cumulative_low", "cumulative_high"]
    return not drawn.duplicated(ends, keep=False).all()
