"""What statements say of one another: told again, counted further, corrected; and when each was.

A page was published within a day, a minute or the time between two, so that of two pages the
later one is known only where these times do not overlap.
"""

from collections.abc import Set

import pandas as pd

from analysis.data.dataset import Dataset, once
from analysis.data.links import among, links, origin, origins


@once
def first_tellings(dataset: Dataset) -> dict[str, str]:
    """For each statement the telling that its chain of ``same_as`` goes back to."""
    return origins(dataset.events, "event_id", "same_as")


@once
def roots(dataset: Dataset) -> dict[str, str]:
    """For each tally the outermost one that it is part of, itself where it is part of none."""
    return origins(dataset.tallies, "tally_id", "subset_of")


def things(dataset: Dataset, column: str) -> dict[str, str]:
    """What a column says of first tellings, whichever telling says it: the first that does."""
    first, named = first_tellings(dataset), links(dataset.events, "event_id", column)
    last_first = reversed(named.items())
    return {first[newer]: first[older] for newer, older in last_first if older in first}


@once
def further_of(dataset: Dataset) -> dict[str, str]:
    """For first tellings the one that they count further; it never leads back.

    A correction stands in the place of what it corrects: it counts further what that did, and what
    counts that further leads on to the correction.
    """
    updates, corrects = (things(dataset, name) for name in ("updates", "supersedes"))
    taken, further = {}, {}
    for newer in corrects:
        corrected = [newer]
        while (older := corrects.get(corrected[-1])) is not None and older not in corrected:
            corrected.append(older)
        theirs = (updates[name] for name in corrected if updates.get(name, newer) not in corrected)
        taken[newer] = next(theirs, None)
    instead = {older: newer for newer, older in reversed(corrects.items())}
    for name, older in (*(updates | taken).items(), *instead.items()):
        own = further.pop(name, None)
        leads_back = older is None or origin(older, further) == name
        further |= {name: own if leads_back else older}
    return {newer: older for newer, older in further.items() if older is not None}


def further_among(dataset: Dataset, there: Set[str]) -> dict[str, str]:
    """For first tellings there the one there that they count further, others passed over."""
    found = among(further_of(dataset), there)
    corrects = among(things(dataset, "supersedes"), there)
    return {name: older for name, older in found.items() if corrects.get(older) != name}


@once
def corrections(dataset: Dataset) -> pd.Series:
    """By what each first telling that was corrected is: ``event_id`` of rows, in their order.

    A source that corrects a toll corrects with it what it had counted on the way there: older
    tolls of the tally, in its days, that state more than the correction allows and were not told
    again since.
    """
    events, first = dataset.events, first_tellings(dataset)
    named = links(events, "event_id", "supersedes")
    told = pd.Series([*named], [first.get(older) for older in named.values()], dtype="str")
    new = events["event_id"].isin([*named]) & events["high"].notna()
    tolls = (events["count_kind"] == "toll") & events["tally_id"].isin(events["tally_id"][new])
    if not (new & tolls).any():
        return told
    asked = ["event_id", "report_id", "tally_id", "date_start", "date_end", "low", "high"]
    rows = events.loc[tolls, [*asked, "reading"]].join(published_times(dataset), on="report_id")
    tellings = rows.groupby(rows["event_id"].map(first))
    rows["earliest"] = tellings["earliest"].transform("min")
    rows["latest"] = tellings["latest"].transform("max")
    both = rows[new[tolls]].merge(rows, on="tally_id", suffixes=("", "_older"))
    own = both.loc[both["event_id_older"] == both["event_id"].map(named), "event_id"]
    both = both[
        both["event_id"].isin(own)
        & (both["low_older"] > both["high"])
        & (both["latest_older"] <= both["earliest"])
        & (both["date_start"].isna() | (both["date_start_older"] >= both["date_start"]))
        & (both["date_end_older"] <= both["date_end"])
        & (both["reading"].isna() | (both["reading"] == both["reading_older"]))
    ]
    stepped = pd.Series(both["event_id"].to_numpy(), both["event_id_older"].map(first), dtype="str")
    return pd.concat([told, stepped])


@once
def superseded(dataset: Dataset) -> pd.Series:
    """Whether a statement of ``events``, or one that it tells again, is corrected by another."""
    corrected, events = {*corrections(dataset).index}, dataset.events
    told = events["event_id"].map(first_tellings(dataset)).isin(corrected) if corrected else False
    return pd.Series(told, events.index, dtype=bool)


def published_times(dataset: Dataset) -> pd.DataFrame:
    """When each report (index) can have been published: from ``earliest`` to before ``latest``."""
    reports = dataset.reports.set_index("report_id")
    latest = reports["source_date"]
    earliest = reports["source_date_earliest"].astype(latest.dtype).fillna(latest)
    long = (latest == latest.dt.normalize()).map({True: "1D", False: "1min"})
    times = pd.DataFrame({"earliest": earliest, "latest": latest + pd.to_timedelta(long)})
    return times.astype("datetime64[us]")


@once
def first_published(dataset: Dataset) -> pd.DataFrame:
    """For each statement of ``events`` when its count was first told: as ``published_times``."""
    first = dataset.events["event_id"].map(first_tellings(dataset))
    times = published_times(dataset).loc[dataset.events["report_id"]]
    return times.groupby(first.to_numpy()).transform("min").set_axis(dataset.events.index)
