"""The toll as reported: each count once, when it was first published, and what became of it.

A count stands, was counted further since (``updated``: more were found, or the days went on), was
corrected by its source (``superseded``) or is contradicted and set aside (``aside``). Counts of
some of the days only are no running total and left out, as are derived ones.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.bounds.drawn import inside, whole_of
from analysis.bounds.marks import TELLINGS, is_running
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.data.tellings import (
    corrections,
    first_tellings,
    further_among,
    published_times,
    superseded,
)

COLUMNS = ["tally_id", "source_original", "event_id", "event_ids", "published_earliest"]
COLUMNS += ["published_latest", "low", "high", "date_start", "date_end", "status", "pages"]
STATUSES = ("stands", "updated", "superseded", "aside")
_WAYS = TELLINGS | {"event_ids": ";".join, "status": "max", "pages": "nunique"}
_WAYS |= dict.fromkeys(["earliest", "latest", "corrected"], "min")
_MOST, _BEFORE = 3, pd.Timestamp(1, 1, 1)


def find_reported(dataset: Dataset, tallies: Collection[str]) -> pd.DataFrame:
    """One row a count (persons) by tally and publication: ``COLUMNS`` and ``corrected``.

    ``event_ids`` are all its tellings, on so many ``pages``; the times of publication are a day or
    have an hour, as coded. ``corrected`` is when its correction was published (NaT: never).
    """
    counts = _tolls(dataset, tallies).groupby("told", sort=False).agg(_WAYS)
    chosen = []
    for name in tallies:
        own = counts[counts["tally_id"] == name]
        own = own.sort_values(["earliest", "latest", "low"])
        heard = own[own["status"] < 2]
        own = own[is_running(own, heard if len(heard) else own)]
        further = (own["status"] == 0) & _counted_further(own)
        chosen.append(own.assign(status=own["status"].mask(further, 1)))
    found = pd.concat(chosen, ignore_index=True)
    source = dataset.tallies.set_index("tally_id")["source_original"]
    found["source_original"] = found["tally_id"].map(source)
    found["status"] = found["status"].map(dict(enumerate(STATUSES))).astype("str")
    found["published_earliest"] = found["earliest"]
    whole = found["latest"] == found["latest"].dt.normalize()
    whole &= found["latest"] - found["earliest"] >= pd.Timedelta("1D")  # no page of 23:59
    last = pd.to_timedelta(whole.map({True: "1D", False: "1min"}))
    found["published_latest"] = found["latest"] - last
    return found[[*COLUMNS, "corrected"]]


def with_times(reported: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """By tally the counts in order of the days (since 1970) ``at`` which they stand on an axis.

    They can have been published from ``since`` to ``until``, the same where only days are known of
    all. ``level`` is the total that stood from then on: the greatest published and not corrected.
    """
    earliest, latest = (_days(reported[f"published_{name}"]) for name in ("earliest", "latest"))
    hour = (earliest == latest) & (latest % 1 > 0)
    at, until = _at(latest), latest.where(latest % 1 > 0, latest + 1)
    if not hour.any():  # a day is as exact as it gets
        alone = until - earliest == 1
        earliest, until = earliest.mask(alone, at), until.mask(alone, at)
    found = reported.assign(at=at, since=earliest, until=until)
    return {name: _with_level(rows) for name, rows in found.groupby("tally_id", sort=False)}


def _with_level(counts: pd.DataFrame) -> pd.DataFrame:
    rows = counts.sort_values(["at", "low"], ignore_index=True)
    heard, levels = rows[rows["status"] != "aside"], []
    corrected = _at(_days(heard["corrected"]))
    for row in rows.itertuples():
        still = ~(corrected <= row.at)
        levels.append(heard.loc[still & (heard.index <= row.Index), "low"].max())
    return rows.assign(level=pd.array(levels, dtype="Float64").to_numpy("float64", na_value=0))


def standing_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Of the timed counts of a tally the first that stood, and the one that stands at last."""
    heard = rows[rows["status"] != "aside"]
    last = heard[heard["low"] == heard["level"].iloc[-1]]
    last = last.sort_values("corrected", na_position="first", kind="stable")
    return pd.concat([heard.iloc[:1], (last if len(last) else heard[::-1]).iloc[:1]])


def _at(days: pd.Series) -> pd.Series:
    """The hour, or the middle of a day."""
    return days.where(days % 1 > 0, days + 0.5)


def _days(times: pd.Series) -> pd.Series:
    return (times - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)


def most_reported(dataset: Dataset, harm: str) -> list[str]:
    """The tallies of everybody whose counts were published on most days, three at most.

    Raises NothingToDrawError when none was counted on two days.
    """
    named = dataset.tallies[dataset.tallies["victim_group"].isna()]["tally_id"]
    within = inside(dataset, whole_of(dataset, harm))
    named = [*named[named.isin(within)]]
    found = published_on(find_reported(dataset, named)) if named else pd.Series(dtype=int)
    if not (found > 1).any():
        raise NothingToDrawError(f"nothing to draw: no toll was published on two days ({harm})")
    return [*found[found > 1].nlargest(_MOST).index]


def published_on(reported: pd.DataFrame) -> pd.Series:
    """On how many days counts of each tally were first published."""
    taken = reported[reported["status"] != "aside"]
    days = taken["published_latest"].dt.normalize()
    return days.groupby(taken["tally_id"], sort=False).nunique()


def _tolls(dataset: Dataset, tallies: Collection[str]) -> pd.DataFrame:
    """Stated tolls of the tallies; ``told`` is the same for all tellings of one."""
    events, origin = dataset.events, first_tellings(dataset)
    first, aside = events["event_id"].map(origin), events["reading"] == "aside"
    times = published_times(dataset).loc[events["report_id"]].set_axis(events.index)
    named = first.isin(further_among(dataset, {*first[~aside & ~superseded(dataset)]}).values())
    told = dataset.reports.set_index("report_id")["source_date"]
    by = corrections(dataset).map(events.set_index("event_id")["report_id"]).map(told)
    corrected = pd.to_datetime(first.map(by.groupby(level=0).min().to_dict()))
    rows = events.assign(
        told=first.mask(aside, "aside " + first + " " + events["low"].astype("str")),
        status=named.astype(int),
        event_ids=events["event_id"],
        pages=events["report_id"],
        inferred=events["date_basis"] == "inferred",
        corrected=corrected.astype(told.dtype).mask(aside),
        **times,
    )
    rows["status"] = rows["status"].mask(superseded(dataset), 2).mask(aside, 3)
    stated = rows["low"].notna() & (rows["count_kind"] == "toll") & (rows["reading"] != "wide")
    return rows[stated & rows["tally_id"].isin(tallies)]


def _counted_further(counts: pd.DataFrame) -> np.ndarray:
    """Whether a later count of the tally, which stands or stood, has their days and more people.

    Or allows more; or has more days and no fewer people.
    """
    start, end = counts["date_start"].fillna(_BEFORE).to_numpy(), counts["date_end"].to_numpy()
    low, high = (counts[each].to_numpy("float64", na_value=np.inf) for each in ("low", "high"))
    early, late = counts["earliest"].to_numpy(), counts["latest"].to_numpy()
    heard = (counts["status"] < 2).to_numpy() & (early >= late[:, None])
    around = (start <= start[:, None]) & (end >= end[:, None])
    longer = (end - start > (end - start)[:, None]) & (low >= low[:, None])
    more = (low > low[:, None]) | (high > high[:, None])
    return (heard & around & (longer | more)).any(axis=1)
