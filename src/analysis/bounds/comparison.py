"""Beside cumulative bounds, what another source's incidents add up to: a verdict for each day.

The other dataset is independent, and its counts are incidents that can be added up, as event
datasets code them. Both count from one day on, the first that the tally's bounds cover. An
incident lies somewhere in its window: surely by the end of the window, possibly from its first
day. So its low counts from its last day on and its high from its first; one that may have been
before the first day counts into the greatest number only.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.bounds.daily import whole_numbers
from analysis.bounds.drawn import over_time_drawn
from analysis.bounds.solutions import check_family, family_of
from analysis.bounds.standing import STANDING, counts, roots, standing_rows
from analysis.data.dataset import Dataset
from analysis.data.links import origins
from analysis.data.nesting import nesting

Pairs = Mapping[str, str | Sequence[str]]

COLUMNS = ["tally_id", "date", "cumulative_low", "cumulative_high"]
COLUMNS += ["other_low", "other_high", "verdict"]
VERDICTS = ("inside", "open", "outside")


def compare_over_time(dataset: Dataset, other: Dataset, pairs: Pairs) -> pd.DataFrame:
    """Cumulative bounds (persons) of tallies, and what incidents of another dataset add up to.

    ``pairs`` gives for a tally of ``dataset`` the one or several of ``other`` that count the same
    people. The columns are those of the primary reading in the figure over time, and ``other_low``,
    ``other_high`` (a missing high is "at least") and ``verdict``: ``inside`` where all that the
    other allows lies within the bounds, ``outside`` where nothing does, ``open`` where it cannot be
    said; missing where the bounds say nothing. Raises ValueError when tallies cannot be compared.
    """
    harm = paired_harm(dataset, other, pairs)
    bounds = over_time_drawn(dataset, harm).query("reading == 'primary'")
    found = []
    for tally_id, names in pairs.items():
        own = bounds[bounds["tally_id"] == tally_id].reset_index(drop=True)
        if own.empty:
            raise ValueError(f"nothing is stated of tally {tally_id!r} in the primary reading")
        if _told(dataset, tally_id)["date_start"].isna().any():
            raise ValueError(f"tally {tally_id!r} counts from a day that is not given")
        low, high = _sum_incidents(other, as_list(names), own["date"])
        joined = own.assign(other_low=whole_numbers(low), other_high=whole_numbers(high))
        found.append(joined.assign(verdict=find_verdicts(joined)))
    return pd.concat(found, ignore_index=True)


def as_list(names: str | Sequence[str]) -> list[str]:
    """The tallies that one is paired with."""
    return [names] if isinstance(names, str) else [*names]


def find_verdicts(numbers: pd.DataFrame) -> pd.Series:
    """Verdict for each row of bounds and sums (columns as in :data:`COLUMNS`, persons)."""
    low, high, least, most = (
        numbers[f"{whose}_{end}"].to_numpy("float64", na_value=np.inf)
        for whose in ("cumulative", "other")
        for end in ("low", "high")
    )
    cases = [(low <= least) & (most <= high), (least > high) | (most < low)]
    verdict = np.select(cases, ["inside", "outside"], "open")
    stated = (low > 0) | np.isfinite(high)
    return pd.Series(verdict, index=numbers.index, dtype="str").where(stated)


def _sum_incidents(other: Dataset, names: list[str], dates: pd.Series) -> np.ndarray:
    """Least and greatest number by the end of each day, since the first of them."""
    first = dates.iloc[0].to_datetime64()
    sums = np.zeros((2, len(dates)))
    for name in names:
        check_family(other, family_of(other, name, "primary"))
        rows = _told(other, name)
        start, last = (
            (rows[end].to_numpy("datetime64[D]") - first).astype("timedelta64[D]").astype("int64")
            for end in ("date_start", "date_end")
        )
        start = np.where(rows["date_start"].isna(), -1, start)
        low, high = (rows[end].to_numpy("float64", na_value=np.inf) for end in ("low", "high"))
        surely = (start >= 0) & (last < len(dates))
        possibly = (last >= 0) & (start < len(dates))
        sums[0] += np.bincount(last[surely], low[surely], len(dates))
        sums[1] += np.bincount(start[possibly].clip(min=0), high[possibly], len(dates))
    return np.cumsum(sums, axis=1)


def _told(dataset: Dataset, tally_id: str) -> pd.DataFrame:
    """What is stated of a tally in the primary reading: of each thing its latest count."""
    table = counts(dataset, "primary")
    own = table[(table["tally_id"] == tally_id) & table["status"].isin(STANDING)]
    things = origins(dataset.events, "event_id", "same_as")
    thing = own["event_ids"].str.split(";").str[0].map(things)
    latest = own["published_until"] == own.groupby(thing)["published_until"].transform("max")
    ways = {"low": "min", "high": _greatest, "date_start": _first, "date_end": "max"}
    return own[latest].groupby(thing[latest], sort=False).agg(ways)


def _greatest(highs: pd.Series) -> object:
    return highs.max(skipna=False)


def _first(days: pd.Series) -> object:
    return days.min(skipna=False)


def paired_harm(dataset: Dataset, other: Dataset, pairs: Pairs) -> str:
    """What happened to the people of all pairs.

    Raises ValueError when there is no pair, a tally is unknown or has no count, pairs differ in
    what happened, the other's counts are no incidents, or one of its tallies is part of another.
    """
    if not pairs:
        raise ValueError("nothing to compare: pairs names no tally")
    harms = {}
    for tally_id, names in pairs.items():
        harms[_harm(dataset, tally_id)] = True
        for name in as_list(names):
            harms[_harm(other, name)] = True
            _check_incidents(other, name, as_list(names))
    if len(harms) > 1:
        raise ValueError(f"tallies count different things: {', '.join(harms)}")
    return next(iter(harms))


def _harm(dataset: Dataset, tally_id: str) -> str:
    """What a tally counts, a part what its whole counts."""
    tallies = dataset.tallies.set_index("tally_id")
    if tally_id not in tallies.index:
        raise ValueError(f"no tally {tally_id!r}; there are: {', '.join(tallies.index)}")
    return tallies.loc[roots(dataset)[tally_id], "harm"]


def _check_incidents(other: Dataset, name: str, names: list[str]) -> None:
    """Whether a tally can be added to the others that it is named with."""
    counted = standing_rows(other, "primary").query("tally_id == @name")
    if counted.empty:
        raise ValueError(f"no count in tally {name!r} of the other dataset")
    if (counted["count_kind"] != "incident").any():
        raise ValueError(f"tally {name!r} of the other dataset has totals; only incidents add up")
    for whole in sorted(nesting(other).wholes[name] & {*names}):
        raise ValueError(f"tally {name!r} is part of {whole!r}; name one of them")
    if names.count(name) > 1:
        raise ValueError(f"a tally is named twice: {', '.join(names)}")
