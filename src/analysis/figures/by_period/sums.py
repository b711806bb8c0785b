"""Columns of what an archive adds up: each party's people in each year, for the figure of periods.

An archive's sums name no statements: they know how many each source counted of a party in a year.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.bounds.totals import Sums, as_totals
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures.by_period.columns import left_of


def find_columns(
    dataset: Dataset,
    sums: Sums,
    harm: str | None,
    parties: Collection[str] | None,
    source: str | None,
) -> list[pd.DataFrame]:
    """For each source and party, the highest first: years, and last what is of no year (NaT)."""
    years, whole = as_totals(sums.years), sums.whole
    harm = harm or ("killed" if "killed" in {*whole["harm"]} else next(iter(whole["harm"]), None))
    whole = whole[whole["harm"] == harm]
    if whole.empty:
        raise NothingToDrawError(f"nothing to draw: no count of people {harm or 'harmed'}")
    if source is not None and source not in {*whole["source_original"]}:
        there = ", ".join(whole["source_original"].dropna().unique())
        raise ValueError(f"no source {source!r} of people {harm}; it is {there}")
    if source is not None:
        whole = whole[whole["source_original"] == source]
    if parties is not None:
        whole = whole[whole["party_id"].isin(parties)]
    years = years[years["harm"] == harm]
    ranked = whole.sort_values("low", ascending=False, kind="stable")
    found = [_columns(row, years) for row in ranked.itertuples()]
    return [own for own in found if own["period_start"].notna().any()]


def _columns(total, years: pd.DataFrame) -> pd.DataFrame:
    """Years of which something is known of one party by one source, and what is of none."""
    same = years["party_id"] == total.party_id
    same &= years["source_original"].fillna("") == (
        "" if pd.isna(total.source_original) else total.source_original
    )
    own = years[same & ((years["low"] > 0) | years["high"].notna())]
    own = own.sort_values("date")
    found = own[["date", "low", "high"]].rename(columns={"date": "period_start"})
    found["period_end"] = found["period_start"] + pd.offsets.YearEnd(0)
    told, reach = int(found["low"].sum()), found["high"].sum(skipna=False)
    high, reach = (np.inf if pd.isna(end) else int(end) for end in (total.high, reach))
    least, most = left_of((int(total.low), high), told, reach)
    if most:
        most = pd.NA if np.isinf(most) else most
        rest = {"period_start": pd.NaT, "period_end": pd.NaT, "low": least, "high": most}
        rest = pd.DataFrame([rest]).astype(found.dtypes)
        found = pd.concat([found, rest], ignore_index=True)
    about = {"total_low": int(total.low), "total_high": total.high, "opened": True}
    about |= {"source_original": total.source_original, "harm": total.harm}
    about |= {"party_id": total.party_id, "tally_id": None, "said": None, "event_id": None}
    ends = {"since": own["date"].min(), "until": found["period_end"].max()}
    found = found.reset_index(drop=True).assign(**about, **ends)
    return found.assign(kind=np.where(found["period_start"].notna(), "calculated", "rest"))
