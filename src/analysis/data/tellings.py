"""What statements say of one another (told again, counted further, corrected), and when.

A page was published within a day, a minute or the time between two, so that of two pages the
later one is known only where these times do not overlap.
"""

from collections.abc import Set

import pandas as pd

from analysis.data.dataset import Dataset, once
from analysis.data.links import among, chain, origin, origins
from analysis.data.times import published_from_until


@once
def first_tellings(dataset: Dataset) -> dict[str, str]:
    """For each statement the telling that its chain of ``same_as`` goes back to."""
    return origins(dataset.events, "event_id", "same_as")


@once
def roots(dataset: Dataset) -> dict[str, str]:
    """For each tally the outermost one that it is part of, itself where it is part of none."""
    return origins(dataset.tallies, "tally_id", "subset_of")


def thing_links(dataset: Dataset, column: str) -> dict[str, str]:
    """What a column says of first tellings, whichever telling says it: the earliest that does."""
    first, latest_first = first_tellings(dataset), _naming(dataset, column)[::-1]
    return {first[newer]: older for older, newer in latest_first.items()}


@once
def _naming(dataset: Dataset, column: str) -> pd.Series:
    """The statements that name others in a column, by first tellings of those; earliest first."""
    if column not in dataset.events or dataset.events[column].array.isna().all():
        return pd.Series(dtype="str")
    first = first_tellings(dataset)
    told = dataset.events[dataset.events[column].isin([*first])]
    told = told.join(published_times(dataset), on="report_id").sort_values(["latest", "event_id"])
    return told.set_index(told[column].map(first))["event_id"].astype("str")


@once
def further_of(dataset: Dataset, steps: bool = True) -> dict[str, str]:
    """For first tellings the one that they count further; it never leads back.

    A correction stands in the place of what it corrects: it counts further what that did, and what
    counts that further leads on to the correction. Without ``steps`` only what it names is taken
    for corrected.
    """
    updates, corrects = (thing_links(dataset, name) for name in ("updates", "supersedes"))
    if not updates and not corrects:
        return {}
    first, instead, taken, further = first_tellings(dataset), {}, {}, {}
    mistakes: dict[str, list[str]] = {}
    corrected = corrections(dataset) if steps else _naming(dataset, "supersedes")
    for older, correcting in corrected.items():
        instead.setdefault(older, first[correcting])
        mistakes.setdefault(first[correcting], []).append(older)
    for newer in corrects:
        mistaken = [older for each in chain(newer, corrects) for older in mistakes.get(each, [])]
        gone = dict.fromkeys([newer, *mistaken])
        theirs = (updates[name] for name in gone if updates.get(name, newer) not in gone)
        taken[newer] = next(theirs, None)
    for name, older in (*(updates | taken).items(), *instead.items()):
        own = further.pop(name, None)
        leads_back = older is None or origin(older, further) == name
        further |= {name: own if leads_back else older}
    return {newer: older for newer, older in further.items() if older is not None}


def further_among(dataset: Dataset, there: Set[str], steps: bool = True) -> dict[str, str]:
    """For first tellings there the one there that they count further, others passed over."""
    found = among(further_of(dataset, steps), there)
    corrects = among(thing_links(dataset, "supersedes"), there)
    return {name: older for name, older in found.items() if corrects.get(older) != name}


@once
def corrections(dataset: Dataset) -> pd.Series:
    """The statements (``event_id``) that correct others, by the first tellings that they correct.

    The earliest published first. A source that corrects a toll corrects with it what it had counted
    on the way there: older tolls of the tally, in its days, that state more than the correction
    allows and were not told again since.
    """
    named, first = _naming(dataset, "supersedes"), first_tellings(dataset)
    if named.empty:
        return named
    tolls = dataset.events[dataset.events["count_kind"] == "toll"]
    tolls = tolls[tolls["reading"] != "aside"].join(published_times(dataset), on="report_id")
    tolls = tolls.assign(thing=tolls["event_id"].map(first)).sort_values(["latest", "event_id"])
    same = tolls.groupby("thing")
    tolls = tolls.assign(until=same["latest"].transform("max"), most=same["high"].transform("min"))
    both = tolls[tolls["event_id"].isin(named)].merge(tolls, "inner", "tally_id")
    own = both["event_id_x"].map(pd.Series(named.index, named)) == both["thing_y"]
    stepped = both[
        both["event_id_x"].isin(both.loc[own, "event_id_x"])
        & (both["low_y"] > both["most_x"]).fillna(value=False)
        & (both["until_y"] <= both["earliest_x"])
        & (both["date_start_x"].isna() | (both["date_start_y"] >= both["date_start_x"]))
        & (both["date_end_y"] <= both["date_end_x"])
        & (both["reading_x"].isna() | (both["reading_x"] == both["reading_y"]))
    ]
    return pd.concat([named, stepped.set_index("thing_y")["event_id_x"]]).astype("str")


@once
def superseded(dataset: Dataset) -> pd.Series:
    """Whether a statement of ``events``, or one that it tells again, is corrected by another."""
    corrected, events = {*corrections(dataset).index}, dataset.events
    told = events["event_id"].map(first_tellings(dataset)).isin(corrected) if corrected else False
    return pd.Series(told, events.index, dtype=bool)


def published_times(dataset: Dataset) -> pd.DataFrame:
    """When each report (index) can have been published: from ``earliest`` to before ``latest``."""
    return published_from_until(dataset.reports.set_index("report_id"))


@once
def first_published(dataset: Dataset) -> pd.DataFrame:
    """For each statement of ``events`` when its count was first told: as ``published_times``."""
    first = dataset.events["event_id"].map(first_tellings(dataset))
    times = published_times(dataset).loc[dataset.events["report_id"]]
    return times.groupby(first.to_numpy()).transform("min").set_axis(dataset.events.index)
