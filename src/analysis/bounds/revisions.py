"""Bounds on any tallies over time, and by what was known on several days.

A tally that nothing is stated of itself still has what its parts say. To compare what was known
by different days, all of them count from the same day.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds.daily import Span, bounds_frame, no_narrower
from analysis.bounds.drawn import WHO, main_harm, mark_derived, stated_tallies, whole_of
from analysis.bounds.families import family_of, merge_tellings
from analysis.data.cut import READINGS, day_of, published_by, roots, stated_only
from analysis.data.dataset import Dataset


class Days(NamedTuple):
    """The days of a tally and its parts, since 1970.

    Since when it counts, its first day, that of its parts too, and the day after the last of all.
    """

    since: int
    first: int
    told: int
    stop: int


def chosen_harm(dataset: Dataset, tallies: Collection[str], harm: str | None = None) -> str:
    """What the tallies of a figure count.

    Raises
    ------
    ValueError
        When there is no such tally, nothing is stated of it, or they do not count the same harm.
    """
    if isinstance(tallies, str) or not tallies:
        raise ValueError(f"tallies is {tallies!r}; write a list with at least one")
    main_harm(dataset)  # raises where nothing is counted
    root = roots(dataset)
    stated = stated_tallies(dataset)
    for name in tallies:
        if name not in root:
            raise ValueError(f"no tally {name!r} in the dataset")
        if not stated & {name, *parts_of(dataset, name)}:
            raise ValueError(f"nothing is stated of the tally {name!r}")
    known = dataset.tallies.set_index("tally_id")["harm"]
    harms = [*dict.fromkeys(known[root[name]] for name in tallies)]
    if len(harms) != 1 or harm not in (None, harms[0]):
        asked = "one harm" if harm is None else f"people {harm!r}"
        raise ValueError(f"a figure shows {asked}; these tallies count: {', '.join(harms)}")
    return harms[0]


def parts_of(dataset: Dataset, tally_id: str) -> list[str]:
    """Tallies that are part of a tally, at any depth, in the order of ``tallies``."""
    whole = dataset.tallies.set_index("tally_id")["subset_of"]
    found = [tally_id]
    for name in found:
        found += [each for each in whole.index[whole == name] if each not in found]
    return [name for name in whole.index if name in found[1:]]


def chosen_drawn(dataset: Dataset, tallies: Collection[str]) -> pd.DataFrame:
    """Bounds on chosen tallies and their parts: columns as for the figure over time.

    The days go on as long as anything is stated of a tally or its parts.
    """
    named = {each for name in tallies for each in (name, *parts_of(dataset, name))}
    found = [
        _both_readings(dataset, name, {}) for name in dataset.tallies["tally_id"] if name in named
    ]
    return _joined(dataset, found)


def known_when_drawn(
    dataset: Dataset, dates: Collection[pd.Timestamp], tallies: Collection[str]
) -> pd.DataFrame:
    """Bounds on tallies by what was published up to each of several days (``as_of``).

    Columns as for the figure over time. Cumulative bounds count, in every row, from the day that
    they count from by the last date. Days that nothing was known about have no row.
    """
    last = published_by(dataset, max(dates).date())
    since = {
        (name, reading): find_days(last, name, reading) for name in tallies for reading in READINGS
    }
    found = [
        _both_readings(published_by(dataset, day.date()), name, since).assign(as_of=day)
        for day in sorted(dates)
        for name in tallies
    ]
    drawn = _joined(dataset, found)
    return drawn[["as_of", *drawn.columns.drop("as_of")]]


def known_days(
    dataset: Dataset, dates: Collection[date | str] | None, tallies: Collection[str] | None
) -> list[pd.Timestamp]:
    """The days to compare, in order; else the first and last on which a count was published."""
    for name, given in (("dates", dates), ("tallies", tallies)):
        if given is not None and (isinstance(given, str) or not given):
            raise ValueError(f"{name} is {given!r}; write a list with at least one")
    if dates is not None:
        return sorted({day_of(day, "a day of dates") for day in dates})
    if tallies is None:
        tallies = whole_of(dataset)
    inside = {each for name in tallies for each in (name, *parts_of(dataset, name))}
    events = dataset.events
    counted = events["low"].notna() & (events["reading"] != "aside")
    counted = events[counted & events["tally_id"].isin(inside)]
    told = dataset.reports["report_id"].isin(counted["report_id"])
    published = dataset.reports.loc[told, "source_date"]
    return sorted({published.min(), published.max()})


def find_days(dataset: Dataset, tally_id: str, reading: str) -> Days | None:
    """The days of a tally and its parts; None where nothing is stated of them."""
    family = family_of(dataset, tally_id, reading)
    if family is None:
        return None
    place = family.tallies.index(tally_id)
    merged = merge_tellings(family)
    stated = merged.take(np.isin(merged.tally, family.inside(place)))
    if not len(stated.low):
        return None
    first = np.where(stated.open, stated.stop - 1, stated.start)
    own = stated.tally == place
    own |= not own.any()
    return Days(stated.start[own].min(), first[own].min(), first.min(), stated.stop.max())


def _both_readings(
    dataset: Dataset, tally_id: str, since: Mapping[tuple[str, str], Days | None]
) -> pd.DataFrame:
    """Bounds of a tally in each reading, counted since the start of its days where one is given."""
    with_derived = _by_reading(dataset, tally_id, since)
    bare = _by_reading(stated_only(dataset), tally_id, since)
    readings = [
        mark_derived(bounds.assign(reading=reading), bare[reading])
        for reading, bounds in with_derived.items()
    ]
    return pd.concat(readings, ignore_index=True)


def _by_reading(
    dataset: Dataset, tally_id: str, since: Mapping[tuple[str, str], Days | None]
) -> dict[str, pd.DataFrame]:
    """Bounds of a tally in each reading; those of the wide one contain the primary ones."""
    found = {
        reading: _bounds(dataset, tally_id, reading, since.get((tally_id, reading)))
        for reading in READINGS
    }
    return found | {"wide": no_narrower(found["wide"], found["primary"])}


def _bounds(dataset: Dataset, tally_id: str, reading: str, since: Days | None) -> pd.DataFrame:
    own = find_days(dataset, tally_id, reading)
    if own is None:
        return bounds_frame(dataset, [])
    family = family_of(dataset, tally_id, reading)
    span = Span(own.since, own.first, own.stop)
    if since is not None:
        span = Span(since.since, max(since.first, own.told), own.stop)
    return bounds_frame(dataset, [(family, family.tallies.index(tally_id), span)])


def _joined(dataset: Dataset, found: list[pd.DataFrame]) -> pd.DataFrame:
    drawn = pd.concat(found, ignore_index=True)
    return drawn.join(dataset.tallies.set_index("tally_id")[WHO], on="tally_id")
