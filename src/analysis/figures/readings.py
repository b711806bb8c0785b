"""Counts and bounds as figures draw and tell them, and what the loosest reading says of them."""

from collections.abc import Sequence

import pandas as pd

from analysis.bounds.totals import as_totals, summands_of
from analysis.data.dataset import Dataset
from analysis.data.outcome import READINGS
from analysis.language.locales import Locale


def primary(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the primary reading."""
    return rows[rows["reading"] == "primary"]


def span_of(drawn: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day."""
    return drawn["date"].min(), drawn["date"].max()


def last_sums(drawn: pd.DataFrame, reading: str, by: Sequence[str] = ("tally_id",)) -> pd.DataFrame:
    """What each tally counts up to its last day, as ``low`` and ``high``."""
    last = drawn[drawn["reading"] == reading].groupby([*by], sort=False).tail(1)
    return last.assign(low=last["cumulative_low"], high=last["cumulative_high"])


def last_bounds(drawn: pd.DataFrame, *by: str) -> pd.DataFrame:
    """Tallies (index) by their last day: ``low``, ``high``; in the loosest reading ``wide_…``."""
    key = ["tally_id", *by]
    last, wide = (last_sums(drawn, reading, key).set_index(key) for reading in READINGS)
    return last.join(wide[["low", "high"]].add_prefix("wide_"))


def totals_of(dataset: Dataset, harm: str) -> list[pd.DataFrame]:
    """Totals of people harmed so, in each reading."""
    sums = (as_totals(summands_of(dataset, reading, None)) for reading in READINGS)
    return [rows[rows["harm"] == harm] for rows in sums]


def sum_of(rows: pd.DataFrame, reading: str = "") -> tuple[int, int | None]:
    """The sum of ``low`` and of ``high`` (of ``wide_…``), missing where one is."""
    return rows[f"{reading}low"].sum(), rows[f"{reading}high"].sum(skipna=False)


def people_in(rows: pd.DataFrame, harm: str, locale: Locale, added: str = "all") -> str:
    """How many people rows of one source add up to; sources are never added.

    Nor are ``shared`` rows, which can have people in common; others than ``all`` are ``chosen``.
    """
    if added == "shared":
        return locale("title shared", harm=locale.term("harm", harm))
    if not one_source(rows):
        return locale("people by source", harm=locale.term("harm", harm))
    low, high = sum_of(rows)
    people = locale.people(harm, low, high)
    if pd.isna(high) and not low:
        people = locale("people not stated", harm=locale.term("harm", harm))
    return locale("in counts shown", people=people) if added == "chosen" else people


def one_source(rows: pd.DataFrame) -> bool:
    """Whether all are of one source, so that they may be added."""
    return rows["source_original"].unique().size <= 1


def is_looser(row) -> bool:
    """Whether the loosest reading of a row (``wide_low``, ``wide_high``) says something else."""
    ends = pd.array([row.low, row.high, row.wide_low, row.wide_high], dtype="Int64")
    return not ends[:2].equals(ends[2:])


def loosest(row, locale: Locale) -> str:
    """A row's count in the loosest reading."""
    if pd.isna(row.wide_high) and row.wide_low == row.low:
        return locale("or more", low=int(row.low))
    return locale.count(row.wide_low, row.wide_high)
