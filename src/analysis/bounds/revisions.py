"""Bounds on any tallies, for figures: over time, and by what was known on several days.

A tally that nothing is stated of itself still has what its parts say. To compare what was known
by different days, all of them count from the same day.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds.daily import (
    COLUMNS,
    daily,
    no_narrower,
    profile,
    solve_or_explain,
    whole_numbers,
)
from analysis.bounds.drawn import WHO, main_harm, mark_derived, root_of, whole_of
from analysis.bounds.intervals import asked_for, find_family, open_before
from analysis.bounds.solver import solve
from analysis.bounds.statements import READINGS, Family, counting, merge_tellings, stated_only
from analysis.data.dataset import Dataset, day_of, published_by


class Span(NamedTuple):
    """Since when a tally counts, its first day, that of its parts too, and the day after the last.

    Days since 1970. ``still_open``: it counts since a day that no statement gives.
    """

    since: int
    first: int
    told: int
    stop: int
    still_open: bool


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
    known = dataset.tallies.set_index("tally_id")
    root = root_of(known["subset_of"])
    stated = {*dataset.events.loc[counting(dataset.events), "tally_id"]}
    for name in tallies:
        if name not in known.index:
            raise ValueError(f"no tally {name!r} in the dataset")
        if not stated & {*_inside(name, known["subset_of"])}:
            raise ValueError(f"nothing is stated of the tally {name!r}")
    harms = [*dict.fromkeys(known["harm"].reindex(root.reindex(tallies)))]
    if len(harms) != 1 or harm not in (None, harms[0]):
        asked = "one harm" if harm is None else f"people {harm!r}"
        raise ValueError(f"a figure shows {asked}; these tallies count: {', '.join(harms)}")
    return harms[0]


def parts_of(dataset: Dataset, tally_id: str) -> list[str]:
    """Tallies that are part of a tally, at any depth, in the order of ``tallies``."""
    return _inside(tally_id, dataset.tallies.set_index("tally_id")["subset_of"])[1:]


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
        (name, reading): find_span(last, name, reading) for name in tallies for reading in READINGS
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
    counted = dataset.events[
        dataset.events["low"].notna()
        & (dataset.events["reading"] != "aside")
        & dataset.events["tally_id"].isin(inside)
    ]
    told = dataset.reports["report_id"].isin(counted["report_id"])
    published = dataset.reports.loc[told, "source_date"]
    return sorted({published.min(), published.max()})


def _inside(tally_id: str, whole: pd.Series) -> list[str]:
    """A tally and all its parts, the tally first."""
    found = [tally_id]
    for name in found:
        found += [each for each in whole.index[whole == name] if each not in found]
    return [tally_id, *(name for name in whole.index if name in found[1:])]


def _both_readings(
    dataset: Dataset, tally_id: str, since: dict[tuple[str, str], Span | None]
) -> pd.DataFrame:
    """Bounds of a tally in each reading, counted since its span's start where one is given."""
    with_derived = _by_reading(dataset, tally_id, since)
    bare = _by_reading(stated_only(dataset), tally_id, since)
    readings = [
        mark_derived(bounds.assign(reading=reading), bare[reading])
        for reading, bounds in with_derived.items()
    ]
    return pd.concat(readings, ignore_index=True)


def _by_reading(
    dataset: Dataset, tally_id: str, since: dict[tuple[str, str], Span | None]
) -> dict[str, pd.DataFrame]:
    """Bounds of a tally in each reading; those of the wide one contain the primary ones."""
    found = {
        reading: _bounds(dataset, tally_id, reading, since.get((tally_id, reading))).assign(
            tally_id=tally_id
        )
        for reading in READINGS
    }
    return found | {"wide": no_narrower(found["wide"], found["primary"])}


def _bounds(dataset: Dataset, tally_id: str, reading: str, since: Span | None) -> pd.DataFrame:
    family = find_family(dataset, tally_id, reading)
    own = family and _span(family, tally_id)
    days, values = np.array([], "int64"), np.empty((4, 0))
    if own:
        days = np.arange(max(since.first, own.told) if since else own.first, own.stop)
    if len(days):
        start = _start(family, own, since or own)
        solve_or_explain(dataset, family)
        asked = asked_for(open_before(family, start), tally_id, start, own.stop)
        values = daily(profile(asked, solve(asked), tally_id, start), days)[1]
    numbers = {name: whole_numbers(each) for name, each in zip(COLUMNS, values, strict=True)}
    return pd.DataFrame({"date": days.astype("datetime64[D]"), **numbers})


def _start(family: Family, own: Span, since: Span) -> int:
    """The day to count from; before all others where what is known does not reach so far back."""
    if not since.still_open:
        return since.since
    return own.since if own.still_open else family.statements["start"].min() - 1


def find_span(dataset: Dataset, tally_id: str, reading: str) -> Span | None:
    """Since when a tally counts; None where nothing is stated of it."""
    family = find_family(dataset, tally_id, reading)
    return family and _span(family, tally_id)


def _span(family: Family, tally_id: str) -> Span | None:
    """From the tally's own first day, or that of its parts, as long as any of them goes on."""
    merged = merge_tellings(family.statements)
    inside = _inside(tally_id, pd.Series(family.parents))
    stated = merged[merged["tally_id"].isin(inside)]
    if stated.empty:
        return None
    first = stated["start"].where(~stated["open"], stated["stop"] - 1)
    own = stated["tally_id"] == tally_id
    own |= not own.any()
    since = stated.loc[own, "start"].min()
    still_open = stated.loc[own & (stated["start"] == since), "open"].any()
    return Span(since, first[own].min(), first.min(), stated["stop"].max(), bool(still_open))


def _joined(dataset: Dataset, found: list[pd.DataFrame]) -> pd.DataFrame:
    drawn = pd.concat(found, ignore_index=True)
    drawn = drawn[["tally_id", *drawn.columns.drop("tally_id")]].astype({"tally_id": "str"})
    return drawn.join(dataset.tallies.set_index("tally_id")[WHO], on="tally_id")
