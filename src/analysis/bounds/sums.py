"""What figures of many years add up: sums of a dataset, or those of its parts put together."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.bounds.coverage import cut_coverage
from analysis.bounds.totals import added_up, as_totals, cut_summands
from analysis.data.dataset import Dataset
from analysis.data.outcome import READINGS


class Sums(NamedTuple):
    """Sums of what was published by a day, contradictory families left out.

    ``years`` and ``whole`` are what totals by year and of all days are made of, by reading;
    ``months`` how many counts each source gives of each month.
    """

    as_of: date | None
    years: dict[str, pd.DataFrame]
    whole: dict[str, pd.DataFrame]
    months: pd.DataFrame

    def totals(self, by: str | None) -> pd.DataFrame:
        """Totals in both readings (column ``reading``), by year or of all days."""
        sums = self.years if by else self.whole
        summed = {name: as_totals(rows) for name, rows in sums.items()}
        rows = pd.concat(summed, names=["reading"]).reset_index("reading").reset_index(drop=True)
        return rows.sort_values("date", kind="stable") if by else rows


def sums_of(dataset: Dataset) -> Sums:
    """The sums of a dataset as it is cut."""
    years, whole = (
        {reading: cut_summands(dataset, reading, by) for reading in READINGS}
        for by in ("year", None)
    )
    return Sums(dataset.as_of, years, whole, cut_coverage(dataset))


def sums_together(parts: Iterable[Sums]) -> Sums:
    """The sums of parts that share no family, added up."""
    parts = [*parts]
    years = {reading: _together(each.years[reading] for each in parts) for reading in READINGS}
    whole = {reading: _together(each.whole[reading] for each in parts) for reading in READINGS}
    return Sums(parts[0].as_of, years, whole, _together(each.months for each in parts))


def _together(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return added_up(pd.concat(frames, ignore_index=True))
