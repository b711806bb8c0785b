"""Bounds on any tallies over time, and by what was known on several days.

A tally that nothing is stated of itself still has what its parts say. To compare what was known
by different days, all of them count from the same day.
"""

from collections.abc import Collection
from datetime import date

import pandas as pd

from analysis.bounds.daily import bounds_frame
from analysis.bounds.drawn import both_readings, inside, main_harm, stated_roots, whole_of
from analysis.bounds.solutions import Readings, Span, family_of
from analysis.bounds.standing import kept_parts, roots
from analysis.data.dataset import Dataset, once
from analysis.data.nesting import nesting
from analysis.data.publication import day_of, published_by


def chosen_harm(dataset: Dataset, tallies: Collection[str], harm: str | None = None) -> str:
    """What the tallies of a figure count.

    Raises ValueError when there is no such tally, nothing is stated of it, or they do not count the
    same harm.
    """
    _check_list("tallies", tallies)
    main_harm(dataset)  # raises where nothing is counted
    root, stated = roots(dataset), stated_roots(dataset)
    for name in tallies:
        if name not in root:
            raise ValueError(f"no tally {name!r} in the dataset")
        if not stated.keys() & inside(dataset, [name]):
            raise ValueError(f"nothing is stated of the tally {name!r}")
    known = dataset.tallies.set_index("tally_id")["harm"]
    harms = [*dict.fromkeys(known[root[name]] for name in tallies)]
    if len(harms) != 1 or harm not in (None, harms[0]):
        asked = "one harm" if harm is None else f"people {harm!r}"
        raise ValueError(f"a figure shows {asked}; these tallies count: {', '.join(harms)}")
    return harms[0]


def outermost(dataset: Dataset, tallies: Collection[str]) -> tuple[list[str], str]:
    """The tallies that lie in no other one named, and whether they can be added.

    They are ``chosen`` then; ``shared`` where tallies that bear on one another can have people in
    common.
    """
    nested = nesting(dataset)
    named = [name for name in dict.fromkeys(tallies) if not nested.wholes[name] & {*tallies}]
    family = {name: at for at, names in enumerate(nested.families) for name in names}
    alone = len({family[name] for name in named}) == len(named)
    return named, "chosen" if alone else "shared"


def _check_list(name: str, given: Collection[object]) -> None:
    if isinstance(given, str) or not given:
        raise ValueError(f"{name} is {given!r}; write a list with at least one")


def chosen_drawn(dataset: Dataset, tallies: Collection[str]) -> pd.DataFrame:
    """Bounds on chosen tallies and their parts: columns as for the figure over time.

    The days go on as long as anything is stated of a tally or its parts.
    """
    named = inside(dataset, tallies)
    found = [both_readings(dataset, _bounds_with_parts, name) for name in named]
    return pd.concat(found, ignore_index=True)


def known_when_drawn(
    dataset: Dataset, dates: Collection[pd.Timestamp], tallies: Collection[str]
) -> pd.DataFrame:
    """Bounds on tallies by what was published up to each of several days (``as_of``).

    Columns as for the figure over time. Cumulative bounds count, in every row, from the day that
    they count from by the last date. Days that nothing was known about have no row.
    """
    last = published_by(dataset, max(dates).date())
    found = []
    for day in sorted(dates):
        cut = published_by(dataset, day.date())
        known = [both_readings(cut, _bounds_with_parts, name, last) for name in tallies]
        found += [each.assign(as_of=day) for each in known]
    drawn = pd.concat(found, ignore_index=True)
    return drawn[["as_of", *drawn.columns.drop("as_of")]]


def known_days(
    dataset: Dataset, dates: Collection[date | str] | None, tallies: Collection[str] | None
) -> list[pd.Timestamp]:
    """The days to compare, in order; else the first and last on which a count was published."""
    for name, given in (("dates", dates), ("tallies", tallies)):
        if given is not None:
            _check_list(name, given)
    if dates is not None:
        return sorted({day_of(day, "a day of dates") for day in dates})
    events, named = dataset.events, whole_of(dataset) if tallies is None else tallies
    counted = events["low"].notna() & (events["reading"] != "aside")
    counted = events[counted & events["tally_id"].isin(inside(dataset, named))]
    told = dataset.reports["report_id"].isin(counted["report_id"])
    published = dataset.reports.loc[told, "source_date"].dt.normalize()
    return sorted({published.min(), published.max()})


def find_days(dataset: Dataset, tally_id: str, reading: str) -> list[Span]:
    """The days of a tally and its parts in each reading; none where nothing is stated of them."""
    family = _agreeing(dataset, tally_id, reading)
    return family.spans([tally_id, *kept_parts(dataset)[tally_id]]) if family else []


def _agreeing(dataset: Dataset, tally_id: str, reading: str) -> Readings | None:
    """The family of a tally, where its statements do not contradict one another."""
    family = family_of(dataset, tally_id, reading)
    return None if family is None or family.contradictions else family


@once
def _bounds_with_parts(
    dataset: Dataset, reading: str, tally_id: str, last: Dataset | None = None
) -> pd.DataFrame:
    """Bounds of a tally as long as its parts go on, counted since it does in the ``last`` cut."""
    spans = find_days(dataset, tally_id, reading)
    if not spans:
        return bounds_frame([])
    later = find_days(last, tally_id, reading) if last is not None else []
    for at, since in enumerate((later * 2)[: len(spans)]):
        spans[at] = spans[at]._replace(since=since.since, first=max(since.first, spans[at].told))
    return bounds_frame([(family_of(dataset, tally_id, reading), tally_id, spans)])
