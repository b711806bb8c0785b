"""Who says what of the same people and days: the last word of each source.

The same people are those of one party, harm, group, cause, perpetrator and area; others only where
``pairs`` say so. Where a source states no number for the days, what its statements say of them is
calculated. Sources are set beside each other and never added.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

import pandas as pd

from analysis.bounds.intervals import window_bounds
from analysis.bounds.solutions import find_families
from analysis.bounds.vintages import vintages
from analysis.data.counts import as_said
from analysis.data.dataset import Dataset
from analysis.data.links import origins
from analysis.data.nesting import SAID, nesting
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import day_of, published_by

Names = str | Collection[str]
Days = tuple[pd.Timestamp, pd.Timestamp]
"""First and last day; the first is NaT where none is named."""

COLUMNS = ["panel", "source_original", "relies_on", "tally_id", "party_id", "harm", "event_ids"]
COLUMNS += ["date_start", "date_end", "stated", "low", "high", "status", "events", "reported"]
COLUMNS += ["same_day", "same_day_low", "same_day_high", "of_other"]
_PEOPLE, _STANDS = ["harm", *SAID], ("stands", "from_below", "replaced")
_DAYS = ["count_kind", "date_start", "date_end"]


def find_sources(
    dataset: Dataset,
    harm: str | None = None,
    parties: Collection[str] | None = None,
    days: tuple[date | str, date | str] | None = None,
    pairs: Mapping[str, Names] | None = None,
    other: Dataset | None = None,
    relies: Mapping[str, Names] | None = None,
) -> pd.DataFrame:
    """The last word of each source on the same people and days: ``COLUMNS``, the oldest first.

    A ``panel`` is of some people and days: those of whom most sources speak, of all or of each of
    ``parties``, else of each of ``pairs``. ``status`` is "calculated" where no page states the
    number (persons), ``events`` how many incidents it adds; ``reported`` is the day it was
    published. ``same_day`` is the last day on which two sources spoke of these people, with what
    each said. ``relies_on`` are sources (``;`` between); ``of_other`` are rows of another dataset.
    """
    both = [dataset] if other is None else [dataset, published_by(other, dataset.as_of)]
    told = pd.concat([_told(each).assign(of_other=at > 0) for at, each in enumerate(both)])
    told = _with_relies(told.reset_index(drop=True), relies or {})
    window = None if days is None else _asked_days(days)
    if pairs:
        groups = _paired(told, both, pairs)
    else:
        groups = [own for _, own in _wanted(told, harm, parties).groupby(_PEOPLE, dropna=False)]
    panels = [_panel(own, both, window, bool(pairs)) for own in groups]
    panels = [rows for rows in panels if len(rows) > 1 and not rows["of_other"].all()]
    if not panels:
        raise NothingToDrawError(
            "nothing to set side by side: fewer than two sources count the same people "
            f"({', '.join(_PEOPLE)}) in the same days; name tallies of the same people in pairs, "
            "or see plot_reported for one source after the other"
        )
    if not pairs:
        panels = _of_most_sources(panels, parties)
    rows = pd.concat(panels, keys=range(len(panels)), names=["panel"]).reset_index("panel")
    rows["relying"] = rows["relies_on"] != ""
    rows = rows.sort_values(["panel", "relying", "reported", "low"], ignore_index=True)
    return rows[COLUMNS].astype(dict.fromkeys(["low", "high", "events"], "Int64"))


def _told(dataset: Dataset) -> pd.DataFrame:
    """What was published of each tally that does not contradict itself, and ``who`` counted it."""
    clashing = {
        name for each in find_families(dataset) if each.contradictions for name in each.tallies
    }
    rows = vintages(dataset).rename(columns={"count": "stated"})
    rows = rows[~rows["tally_id"].isin(clashing)]
    tallies = dataset.tallies.set_index("tally_id")
    rows = rows.join(tallies[["source_original", *_PEOPLE]], on="tally_id")
    event = rows["event_ids"].str.split(";").str[0]
    first = event.map(origins(dataset.events, "event_id", "same_as"))
    counted = first.map(dataset.events.set_index("event_id")["tally_id"])
    relayed = counted.map(tallies["source_original"])
    relies = relayed.where(relayed != rows["source_original"]).fillna("")
    stock = rows["count_kind"] == "stock"
    return rows.assign(
        who=rows["source_original"].fillna("tally " + rows["tally_id"]),
        source_original=rows["source_original"].fillna(_office(dataset, event)),
        date_start=rows["date_start"].mask(stock),
        relies_on=relies,
        events=pd.NA,
    )


def _office(dataset: Dataset, events: pd.Series) -> pd.Series:
    """Who published some statements: without a source the publisher counts."""
    report = events.map(dataset.events.set_index("event_id")["report_id"])
    return report.map(dataset.reports.set_index("report_id")["source_office"])


def _with_relies(told: pd.DataFrame, relies: Mapping[str, Names]) -> pd.DataFrame:
    """With those on whom a source relies as the user says."""
    known = [*told["source_original"].dropna().unique()]
    for source, named in relies.items():
        others = _as_list(named)
        if missing := [name for name in [source, *others] if name not in known]:
            raise ValueError(f"relies: no source {missing[0]!r}; there are: {', '.join(known)}")
        told.loc[told["source_original"] == source, "relies_on"] = ";".join(others)
    return told


def _as_list(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else [*names]


def _asked_days(days: tuple[date | str, date | str]) -> Days:
    if isinstance(days, str) or len(days) != 2:
        raise ValueError(f"days is {days!r}; write a first and a last day")
    first, last = (day_of(day, "a day of days") for day in days)
    if last < first:
        raise ValueError(f"days end on {days[1]}, before they start on {days[0]}")
    return first, last


def _wanted(
    told: pd.DataFrame, harm: str | None, parties: Collection[str] | None
) -> pd.DataFrame:
    """What is told of the harm and parties asked for; a ValueError where there are none."""
    asked = {"harm": None if harm is None else [harm], "party_id": parties}
    for column, names in asked.items():
        if names is None:
            continue
        if isinstance(names, str):
            raise ValueError(f"parties is {names!r}; write a list")
        known = [*told[column].unique()]
        if missing := [name for name in names if name not in known]:
            raise ValueError(f"no count of {column} {missing[0]!r}; there are: {', '.join(known)}")
        told = told[told[column].isin(names)]
    return told


def _paired(
    told: pd.DataFrame, both: list[Dataset], pairs: Mapping[str, Names]
) -> Iterator[pd.DataFrame]:
    """What is told of each tally, then of those it is paired with, in the other dataset if there."""
    for name, names in pairs.items():
        chosen = [(0, name)]
        for each in _as_list(names):
            chosen.append((int(each in {*both[-1].tallies["tally_id"]}) * (len(both) - 1), each))
        own = [_of_tally(told, both[at], at, each) for at, each in dict.fromkeys(chosen)]
        if len(harms := {*pd.concat(own)["harm"]}) > 1:
            raise ValueError(f"tallies count different things: {', '.join(sorted(harms))}")
        for at, each in chosen:
            for whole in sorted(nesting(both[at]).wholes[each]):
                if (at, whole) in chosen:
                    raise ValueError(f"tally {each!r} is part of {whole!r}; name one of them")
        yield pd.concat(own)


def _of_tally(told: pd.DataFrame, dataset: Dataset, at: int, name: str) -> pd.DataFrame:
    rows = told[(told["tally_id"] == name) & (told["of_other"] == bool(at))]
    if rows.empty:
        there = ", ".join(dataset.tallies["tally_id"])
        raise ValueError(f"pairs: nothing is told of a tally {name!r}; there are: {there}")
    return rows


def _panel(
    own: pd.DataFrame, both: list[Dataset], days: Days | None, paired: bool
) -> pd.DataFrame:
    """The last word of each source on some people in the days asked for, or in those most told."""
    asked, totals = days is not None, own[own["count_kind"] != "incident"]
    if paired and len(totals):  # a day of many is not what two tallies are paired for
        spoken = _most_told(totals)
    else:
        spoken = _most_told(own)
    spoken = own[_is_of(own, days)] if asked else spoken
    if not asked and paired and spoken["who"].nunique() < 2:
        days = _all_days(own)
        spoken = own[_is_of(own, days)]
    elif not asked and spoken["date_end"].nunique() == 1:
        days = spoken["date_start"].iloc[0], spoken["date_end"].iloc[0]
    answering = own if asked or paired else spoken
    if days is None:
        found = [_last_word(said) for _, said in spoken.groupby("who", sort=False)]
    else:
        words = (_word_on(said, days, both) for _, said in answering.groupby("who", sort=False))
        found = [row for row in words if row is not None]
    return _with_same_day(pd.DataFrame(found), spoken) if found else own[:0]


def _most_told(own: pd.DataFrame) -> pd.DataFrame:
    """Counts of the same days, or totals from one first day on: those of most sources."""
    totals = own[own["count_kind"] != "incident"]
    exact = [rows for _, rows in own.groupby(_DAYS, dropna=False)]
    running = [rows for _, rows in totals.groupby(_DAYS[:-1], dropna=False)]

    def rank(rows: pd.DataFrame) -> tuple:
        same = rows["date_end"].nunique() == 1
        total = rows["count_kind"].iloc[0] != "incident"
        return rows["who"].nunique(), total, same, rows["date_end"].max()

    return max([*exact, *running], key=rank)


def _is_of(own: pd.DataFrame, days: Days) -> pd.Series:
    """Which counts are of just these days."""
    first, last = days
    starts = own["date_start"].isna() if pd.isna(first) else own["date_start"] == first
    return starts & (own["date_end"] == last)


def _all_days(own: pd.DataFrame) -> Days:
    """From the first day of the first tally's widest total to the last day of any count since."""
    tally = own[own["tally_id"] == own["tally_id"].iloc[0]]
    total = tally["count_kind"] != "incident"
    first = tally.assign(total=total).sort_values(["total", "date_end"])["date_start"].iloc[-1]
    later = own if pd.isna(first) else own[own["date_start"] >= first]
    return first, later["date_end"].max()


def _word_on(own: pd.DataFrame, days: Days, both: list[Dataset]) -> pd.Series | None:
    """What a source says of some days: its number for just these, else what follows from others."""
    same = own[_is_of(own, days)]
    alone = len(same[["tally_id", "thing"]].drop_duplicates()) == 1
    if alone and own["tally_id"].nunique() == 1:
        return _last_word(same)
    return _calculated(own, days, both[int(own["of_other"].iloc[0])])


def _last_word(own: pd.DataFrame) -> pd.Series:
    """The number that stands, of the latest day; one that was withdrawn where none does."""
    standing = own[own["status"].isin(_STANDS)]
    own = own if standing.empty else standing
    return own.sort_values(["date_end", "low", "published_until"], kind="stable").iloc[-1]


def _calculated(own: pd.DataFrame, days: Days, dataset: Dataset) -> pd.Series | None:
    """What a source's counts of other days say of these; nothing where they say nothing."""
    first, last = days
    asked = None if pd.isna(first) else first
    meets = own["date_end"] >= own["date_end"].min() if asked is None else own["date_end"] >= first
    meets &= own["date_start"].isna() | (own["date_start"] <= last)
    ends = [window_bounds(dataset, name, asked, last) for name in own["tally_id"].unique()]
    low, highs = sum(end[0] for end in ends), [end[1] for end in ends]
    high = None if None in highs else sum(highs)
    if not meets.any() or (not low and high is None):
        return None
    rows = own[meets].sort_values("published_until", kind="stable")
    said = {"low": low, "high": high, "stated": as_said(low, high), "status": "calculated"}
    said |= {"date_start": first, "date_end": last, "event_ids": ";".join(rows["event_ids"])}
    if (rows["count_kind"] == "incident").all():
        added = rows[(rows["date_end"] <= last) & ~(rows["date_start"] < first)]
        said |= {"date_start": added["date_start"].min(), "date_end": added["date_end"].max()}
        said["events"] = len(added[["tally_id", "thing"]].drop_duplicates())
    return pd.concat([rows.iloc[-1].drop([*said]), pd.Series(said)])


def _with_same_day(found: pd.DataFrame, spoken: pd.DataFrame) -> pd.DataFrame:
    """With what each source said on the last day on which two of them spoke."""
    dated = spoken["published_until"] - spoken["published_from"] < pd.Timedelta("1D")
    said = spoken[dated & (spoken["status"] != "withdrawn")]
    said = said.sort_values(["published_until", "low"])
    said = said.drop_duplicates(["who", "reported"], keep="last")
    sources = said.groupby("reported")["who"].nunique()
    day = sources.index[sources > 1].max()
    last = said[said["reported"] == day].set_index("who")
    return found.assign(
        same_day=day,
        same_day_low=found["who"].map(last["low"]),
        same_day_high=found["who"].map(last["high"]),
    )


def _of_most_sources(
    panels: list[pd.DataFrame], parties: Collection[str] | None
) -> list[pd.DataFrame]:
    """The people of whom most sources speak, of all or of each party that is asked for."""

    def rank(rows: pd.DataFrame) -> tuple:
        everybody = rows["victim_group"].isna().iloc[0]
        return len(rows), rows["harm"].iloc[0] == "killed", everybody, rows["reported"].max()

    if parties is None:
        return [max(panels, key=rank)]
    of = [(name, [rows for rows in panels if rows["party_id"].iloc[0] == name]) for name in parties]
    return [max(own, key=rank) for _, own in of if own]
