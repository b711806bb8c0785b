"""The toll as reported: each count once, when it was first published, and what became of it.

A count stands, was counted further since (``updated``: more were found, or the days went on), was
``lowered`` or withdrawn by its source, or is contradicted and set aside (``aside``). Counts of some
of the days only are no running total and left out.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.bounds.drawn import inside, whole_of
from analysis.bounds.marks import is_running, named_first
from analysis.bounds.standing import counts
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import published_times

COLUMNS = ["tally_id", "source_original", "event_id", "event_ids", "published_earliest"]
COLUMNS += ["published_latest", "low", "high", "date_start", "date_end", "status", "pages"]
STATUSES = {"stands": "stands", "from_below": "updated", "replaced": "updated", "aside": "aside"}
STATUSES |= dict.fromkeys(["reduced", "taken_back", "withdrawn"], "lowered")
_HEARD = ("stands", "updated")
_MOST, _BEFORE = 3, pd.Timestamp(1, 1, 1)


def find_reported(dataset: Dataset, tallies: Collection[str]) -> pd.DataFrame:
    """One row a count (persons) by tally and publication: ``COLUMNS``, ``corrected``, ``left``.

    ``event_ids`` are all its tellings, on so many ``pages``; the times of publication are a day or
    have an hour, as coded. ``corrected`` is when it was lowered (NaT: never), ``left`` how many it
    still counts since.
    """
    stated, chosen = _tolls(dataset, tallies), []
    for name in tallies:
        own = stated[stated["tally_id"] == name]
        own = own.sort_values(["published_from", "published_until", "low"])
        heard = own[own["status"].isin(_HEARD)]
        own = own[is_running(own, heard if len(heard) else own)]
        further = (own["status"] == "stands") & _counted_further(own)
        chosen.append(own.assign(status=own["status"].mask(further, "updated")))
    found = pd.concat(chosen, ignore_index=True)
    source = dataset.tallies.set_index("tally_id")["source_original"]
    found["source_original"] = found["tally_id"].map(source)
    found["published_earliest"] = found["published_from"]
    until = found["published_until"]
    end = until + pd.Timedelta("1min")
    whole = (end == end.dt.normalize()) & (end - found["published_from"] >= pd.Timedelta("1D"))
    found["published_latest"] = until.mask(whole, until.dt.normalize())
    return found[[*COLUMNS, "corrected", "left", "count_kind"]]


def with_times(reported: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """By tally the counts in order of the days (since 1970) ``at`` which they stand on an axis.

    They can have been published from ``since`` to ``until``, the same where only days are known of
    all. ``level`` is the total that stood from then on: the greatest published and not lowered; of
    a stock the number of the latest day.
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
    levels = [_level_at(rows[: at + 1], day) for at, day in enumerate(rows["at"])]
    return rows.assign(level=levels)


def _level_at(rows: pd.DataFrame, day: float) -> float:
    """The total that stands on a day, by the counts told up to it."""
    heard = rows[rows["status"] != "aside"]
    lowered = _at(_days(heard["corrected"])) <= day
    still = heard["low"].mask(lowered, heard["left"]).dropna().astype("float64")
    if (heard["count_kind"] == "stock").any():
        still = still[heard["date_end"].loc[still.index] == heard["date_end"].max()][-1:]
    return float(still.max()) if len(still) else 0.0


def total_stood(rows: pd.DataFrame) -> pd.DataFrame:
    """The days (since 1970) ``at`` which the total of timed counts changed, and its ``level``.

    It changes with each count, and when one is lowered.
    """
    heard = rows[rows["status"] != "aside"]
    days = _at(_days(heard["corrected"].dropna()))
    gone = [day for day in sorted({*days}) if day not in {*heard["at"]}]
    later = pd.DataFrame({"at": gone, "level": [_level_at(rows[rows["at"] <= d], d) for d in gone]})
    stood = pd.concat([heard[["at", "level"]], later.astype("float64")])
    return stood.sort_values("at", kind="stable", ignore_index=True)


def standing_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Of the timed counts of a tally the first that stood, and the one that stands at last."""
    heard = rows[rows["status"] != "aside"]
    last = heard[(heard["low"] == total_stood(rows)["level"].iloc[-1])]
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
    """Stated totals and stocks of the tallies, what became of each, and when it was lowered."""
    rows = counts(dataset, "primary")
    rows = rows[(rows["count_kind"] != "incident") & rows["tally_id"].isin(tallies)]
    reports = dataset.events.set_index("event_id")["report_id"]
    names = rows["event_ids"].str.split(";")
    times = published_times(dataset)["earliest"]
    lowered = rows["status"].isin(["reduced", "taken_back", "withdrawn"])
    by = rows["because"].where(lowered).map(reports).map(times)
    return named_first(dataset, rows).assign(
        status=rows["status"].map(STATUSES).astype("str"),
        pages=[reports[each].nunique() for each in names],
        corrected=by.astype("datetime64[us]"),
        left=rows["binding_low"].where(lowered),
    )


def _counted_further(counts: pd.DataFrame) -> np.ndarray:
    """Whether a later count of the tally, which stands or stood, has their days and more people.

    Or allows more; or has more days and no fewer people.
    """
    start, end = counts["date_start"].fillna(_BEFORE).to_numpy(), counts["date_end"].to_numpy()
    low, high = (counts[each].to_numpy("float64", na_value=np.inf) for each in ("low", "high"))
    early, late = counts["published_from"].to_numpy(), counts["published_until"].to_numpy()
    heard = counts["status"].isin(_HEARD).to_numpy() & (early > late[:, None])
    around = (start <= start[:, None]) & (end >= end[:, None])
    longer = (end - start > (end - start)[:, None]) & (low >= low[:, None])
    more = (low > low[:, None]) | (high > high[:, None])
    return (heard & around & (longer | more)).any(axis=1)
