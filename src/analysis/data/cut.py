"""Which rows of a dataset count: published by a day, in a reading, stated, and not corrected.

A toll is what its source had counted when it was published: a later, higher one of the same days
updates it. A cut is a dataset of fewer reports and statements; nothing is changed or added.
"""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from analysis.data.dataset import Dataset, once
from analysis.data.links import among
from analysis.data.tellings import (
    first_published,
    first_tellings,
    further_among,
    published_times,
    roots,
    superseded,
    thing_links,
)

READINGS = ("primary", "wide")
_NEVER = np.iinfo("int64").min


def day_of(written: date | str, name: str) -> pd.Timestamp:
    """A day as it was written; a ValueError that tells its ``name`` where it is none."""
    try:
        if isinstance(written, date) and not pd.isna(written):
            return pd.Timestamp(written).normalize()
        return pd.Timestamp(date.fromisoformat(written))
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {written!r}; write a day as YYYY-MM-DD") from None


def published_by(dataset: Dataset, as_of: date | str | None) -> Dataset:
    """What was published by the end of a day: reports, and the statements they make.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str
        The day, as a string YYYY-MM-DD, or the time, YYYY-MM-DDTHH:MM: then pages that show no hour
        count from the next day. None leaves the dataset as it is.

    Raises
    ------
    ValueError
        When the day is none.
    """
    if as_of is None:
        return dataset
    if dataset.sums:
        raise ValueError("these are sums of an archive as of one day; ask for its summary(as_of=…)")
    timed = isinstance(as_of, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", as_of)
    day = pd.Timestamp(as_of) if timed else day_of(as_of, "as_of")
    if dataset.as_of is not None:
        day = min(day, pd.Timestamp(dataset.as_of))
    return _published_by(dataset, day)


@once
def _published_by(dataset: Dataset, day: pd.Timestamp) -> Dataset:
    whole = day == day.normalize()
    end = day + pd.Timedelta("1D" if whole else "1min")
    reports = dataset.reports[(published_times(dataset)["latest"] <= end).to_numpy()]
    events = _retold(dataset, dataset.events["report_id"].isin(reports["report_id"]), steps=False)
    known = {"reports": reports.reset_index(drop=True), "events": events.reset_index(drop=True)}
    return replace(dataset, **known, as_of=day.date() if whole else day)


def _retold(dataset: Dataset, kept: pd.Series, steps: bool = True) -> pd.DataFrame:
    """The statements kept; those that told again what is left out now tell each other again.

    What a thing counts further or corrects is then said by the first telling that is kept; what
    only a telling says that is left out, though the first is not, is not said. ``steps`` as for
    :func:`.tellings.further_of`: what a later page corrects without naming it is not known before.
    """
    events, some = dataset.events, dataset.events[kept]
    told = events["event_id"].map(first_tellings(dataset))
    linked = events["supersedes"].notna()
    unsaid = ~kept & linked & told.isin(some["event_id"])
    if unsaid.any():
        said = events["supersedes"].mask(unsaid)
        dataset = replace(dataset, events=events.assign(supersedes=said))
    told = told[kept]
    heads = some["same_as"].isna() | ~some["same_as"].isin(some["event_id"])
    head = some["event_id"][heads].groupby(told[heads]).first().to_dict()
    lead = told.map(head)
    again = {"same_as": some["same_as"].mask(heads, lead.where(lead != some["event_id"]))}
    said = {"supersedes": among(thing_links(dataset, "supersedes"), head.keys())}
    for name, older in said.items():
        own = some[name].where(some[name].isin(some["event_id"]))
        again[name] = own.mask(heads & own.isna(), told.map(older).map(head).astype("str"))
    return some.assign(**{name: cells.astype("str") for name, cells in again.items()})


@once
def updated(dataset: Dataset, reading: str) -> pd.Series:
    """Whether a count of ``events`` no longer binds from above, because its source counted on.

    A later toll that allows more than an older one of the same tally and days (or names it in
    ``updates``) shows that the source counted on: of these days no older toll of the tally, of
    what it is part of or of its parts is known to be complete. In the wide reading no toll is
    that has a later count of any of them, whatever its days.
    """
    events = dataset.events
    pages = events["report_id"].to_numpy(object)
    linked = [not events["same_as"].array.isna().all()]
    alone = (pages == pages[:1]).all()
    counted = counting(dataset) if reading == "wide" else in_reading(dataset, reading)
    tolls = counted.to_numpy() & (events["count_kind"].to_numpy(object) == "toll")
    bound = pd.Series(tolls & ~events["high"].array.isna(), events.index)
    if alone or not bound.any():  # nothing came later
        return bound & False
    same = ["tally_id", "date_start", "date_end"]
    if reading == "primary" and not any(linked) and not events.loc[tolls, same].duplicated().any():
        return bound & False
    rows = events.loc[counted, ["event_id", *same, "count_kind", "high"]]
    rows = rows.join(first_published(dataset).astype("int64"))
    rows["first"] = rows["event_id"].map(first_tellings(dataset))
    rows["older"] = rows["first"].map(further_among(dataset, {*rows["first"]})).astype("str")
    rows["family"] = rows["tally_id"].map(roots(dataset))
    if reading == "wide":
        last = rows.groupby("family")["earliest"].transform("max")
    else:
        last = _counted_on(rows)
    later = (last >= rows["latest"]) | rows["first"].isin(rows["older"])
    return bound & later.reindex(bound.index, fill_value=False)


def _counted_on(rows: pd.DataFrame) -> pd.Series:
    """For each count when its source last counted further of its family and days, as a number."""
    tellings = rows.groupby("first")
    ways = {"date_start": "max", "date_end": "min", "high": "min"}
    same = rows.assign(**{name: tellings[name].transform(way) for name, way in ways.items()})
    newer = rows.dropna(subset="older").groupby("older")["earliest"].max()
    last = same["first"].map(newer).fillna(_NEVER).astype("int64").to_numpy(copy=True)
    days = ["date_start", "date_end"]
    high = same["high"].to_numpy("float64", na_value=np.inf)
    early, late = (same[name].to_numpy() for name in ("earliest", "latest"))
    group = same.groupby(["tally_id", *days], dropna=False).ngroup().to_numpy()
    tolls = np.flatnonzero(same["count_kind"].to_numpy(object) == "toll")
    tolls = tolls[np.argsort(group[tolls], kind="stable")]
    for some in np.split(tolls, np.flatnonzero(np.diff(group[tolls])) + 1):
        if len(some) > 1:
            passed = (late[some][:, None] <= early[some]) & (high[some][:, None] < high[some])
            more = some[passed.any(axis=0)]
            last[more] = np.maximum(last[more], early[more])
    family = same.groupby(["family", *days], dropna=False).ngroup().to_numpy()
    return pd.Series(last, rows.index).groupby(family).transform("max")


@once
def counting(dataset: Dataset) -> pd.Series:
    """Whether a statement holds a count that some reading takes: not set aside nor superseded."""
    events, corrected = dataset.events, superseded(dataset).to_numpy()
    aside = events["reading"].to_numpy(object) == "aside"
    return pd.Series(~(events["low"].array.isna() | corrected | aside), events.index)


@once
def in_reading(dataset: Dataset, reading: str) -> pd.Series:
    """Whether a row of ``events`` holds a count in a reading and is not superseded."""
    if reading not in READINGS:
        raise ValueError(f"reading is one of {', '.join(READINGS)}, not {reading!r}")
    counted, own = counting(dataset), dataset.events["reading"].array
    ours = own.isna() | (np.asarray(own, object) == reading)
    return pd.Series(counted.to_numpy() & ours, counted.index)


def rows_of_reading(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The rows of ``events`` that hold a count in a reading and are not superseded."""
    return dataset.events[in_reading(dataset, reading)]


@once
def stated_only(dataset: Dataset) -> Dataset:
    """The dataset without derived counts, what was corrected being gone with them."""
    stated = ~superseded(dataset)
    return dataset if stated.all() else replace(dataset, events=_retold(dataset, stated))


def without_superseded(dataset: Dataset) -> Dataset:
    """The dataset without what was corrected, so that leaving rows out revives nothing."""
    return replace(dataset, events=_retold(dataset, ~superseded(dataset)))
