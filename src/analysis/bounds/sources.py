"""Who says what of the same people and days: the last word of each source.

The same people are those of one party, harm, group, cause, perpetrator and area; others only where
``pairs`` say so. Where a source states no number for the days, what its statements say of them is
calculated. Sources are set beside each other and never added.
"""

from collections.abc import Collection, Mapping
from datetime import date

import pandas as pd

from analysis.bounds.compared import Names, check_options, paired, wanted, with_relies
from analysis.bounds.solutions import find_families
from analysis.bounds.vintages import vintages
from analysis.bounds.windows import window_bounds
from analysis.data.counts import in_words
from analysis.data.dataset import Dataset
from analysis.data.nesting import SAID
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import published_by, read_days
from analysis.data.statements import first_statements

Days = tuple[pd.Timestamp, pd.Timestamp]
"""First and last day; the first is ``_OPEN`` where none is named."""

COLUMNS = ["panel", "source_original", "relies_on", "tally_id", "party_id", "harm", "event_ids"]
COLUMNS += ["date_start", "date_end", "stated", "low", "high", "status", "events", "reported"]
COLUMNS += ["same_day", "same_day_low", "same_day_high", "of_other"]
_PEOPLE, _STANDS = ["harm", *SAID], ("stands", "from_below", "replaced")
_OPEN = pd.Timestamp("1900-01-01").as_unit("us")


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
    check_options(harm, parties, pairs, other)
    both = [dataset] if other is None else [dataset, published_by(other, dataset.as_of)]
    rows = pd.concat([_published(each, at > 0) for at, each in enumerate(both)], ignore_index=True)
    rows = with_relies(rows, relies or {})
    window = None if days is None else read_days(days)
    if pairs:
        groups = paired(rows, both, pairs)
    else:
        people = wanted(rows, harm, parties).groupby(_PEOPLE, dropna=False)
        groups = [own for _, own in people if len(own["who"].unique()) > 1]
    panels = [_panel(own, both, window, bool(pairs)) for own in groups]
    panels = [rows for rows in panels if len(rows) > 1 and not rows["of_other"].all()]
    if not panels:
        raise NothingToDrawError(
            "nothing to set side by side: fewer than two sources count the same people "
            f"({', '.join(_PEOPLE)}) in the same days; name tallies of the same people in pairs, "
            "or see plot_reported for one source after the other"
        )
    if not pairs:
        panels = _of_most_sources(panels, parties is not None)
    rows = pd.concat(panels, keys=range(len(panels)), names=["panel"]).reset_index("panel")
    rows = rows.assign(relying=rows["relies_on"] != "")
    rows = rows.sort_values(["panel", "relying", "reported", "low"], ignore_index=True)
    whole = ["low", "high", "events", "same_day_low", "same_day_high"]
    days = dict.fromkeys(["date_start", "same_day"], "datetime64[us]")
    return rows[COLUMNS].astype(dict.fromkeys(whole, "Int64") | days)


def _published(dataset: Dataset, of_other: bool) -> pd.DataFrame:
    """What was published of each tally that does not contradict itself, and ``who`` counted it.

    Without a source the publisher counts.
    """
    clashing = {
        name for each in find_families(dataset) if each.contradictions for name in each.tallies
    }
    rows = vintages(dataset).rename(columns={"count": "stated"})
    rows = rows[~rows["tally_id"].isin(clashing)]
    tallies = dataset.tallies.set_index("tally_id")
    rows = rows.join(tallies[["source_original", *_PEOPLE]], on="tally_id")
    event, events = rows["event_ids"].str.split(";").str[0], dataset.events.set_index("event_id")
    office = event.map(events["report_id"]).map(
        dataset.reports.set_index("report_id")["source_office"]
    )
    source = rows["source_original"].fillna(office)
    first = event.map(first_statements(dataset))
    relayed = first.map(events["tally_id"]).map(tallies["source_original"])
    relies = relayed.where(relayed != source).fillna("")
    start = rows["date_start"].mask(rows["count_kind"] == "stock")
    return rows.assign(
        who=source.fillna("") + f" {of_other}",
        source_original=source,
        date_start=start,
        since=start.fillna(_OPEN),
        relies_on=relies,
        of_other=of_other,
        events=pd.NA,
    )


def _panel(
    own: pd.DataFrame, both: list[Dataset], days: Days | None, by_pairs: bool
) -> pd.DataFrame:
    """The last word of each source on some people, in the days asked for or those most counted."""
    if days is not None:
        spoken, answering = own[_is_of(own, days)], own
    else:
        totals = own[own["count_kind"] != "incident"]
        spoken = _most_counted(totals if by_pairs and len(totals) else own)
        answering = own if by_pairs else spoken
        if by_pairs and spoken["who"].nunique() < 2:
            days = _all_days(own)
        elif len(spoken["date_end"].unique()) == 1:
            days = spoken["since"].iloc[0], spoken["date_end"].iloc[0]
    if days is None:
        found = [_last_word(said) for _, said in spoken.groupby("who", sort=False)]
    else:
        words = (_word_on(said, days, both) for _, said in answering.groupby("who", sort=False))
        found = [row for row in words if row is not None]
    return _with_same_day(pd.DataFrame(found), spoken) if found else own[:0]


def _most_counted(own: pd.DataFrame) -> pd.DataFrame:
    """Counts of the same days, or totals from one first day on: those of most sources."""
    totals, days = own[own["count_kind"] != "incident"], ["count_kind", "since"]
    exact = [rows for _, rows in own.groupby([*days, "date_end"])]
    running = [rows for _, rows in totals.groupby(days)]

    def rank(rows: pd.DataFrame) -> tuple:
        same = len(rows["date_end"].unique()) == 1
        total = rows["count_kind"].iloc[0] != "incident"
        return rows["who"].nunique(), total, same, rows["date_end"].max()

    return max([*exact, *running], key=rank)


def _is_of(own: pd.DataFrame, days: Days) -> pd.Series:
    """Which counts are of just these days."""
    return (own["since"] == days[0]) & (own["date_end"] == days[1])


def _all_days(own: pd.DataFrame) -> Days:
    """From the first day of the first tally's widest total to the last day of any count since."""
    tally = own[own["tally_id"] == own["tally_id"].iloc[0]]
    tally = tally.assign(total=tally["count_kind"] != "incident")
    first = tally.sort_values(["total", "date_end"])["since"].iloc[-1]
    return first, own["date_end"][own["since"] >= first].max()


def _word_on(own: pd.DataFrame, days: Days, both: list[Dataset]) -> pd.Series | None:
    """What a source says of some days: its number for just these, else what follows from others."""
    same = own[_is_of(own, days)]
    alone = len(same[["tally_id", "thing"]].drop_duplicates()) == 1
    if alone and len(own["tally_id"].unique()) == 1:
        return _last_word(same)
    return _calculated(own, days, both[int(own["of_other"].iloc[0])])


def _last_word(own: pd.DataFrame) -> pd.Series:
    """The number that stands, of the latest day; a later one where its source withdrew that."""
    own = own.sort_values(["date_end", "low", "published_until"], kind="stable")
    standing = own[own["status"].isin(_STANDS)]
    if len(standing):
        last = standing.iloc[-1]
        own = own[own["published_until"] > last["published_until"]]
        own = own[own["status"] == "withdrawn"]
        return last if own.empty else own.iloc[-1]
    return own.iloc[-1]


def _calculated(own: pd.DataFrame, days: Days, dataset: Dataset) -> pd.Series | None:
    """What a source's counts of other days say of these; nothing where they say nothing."""
    first, last = days
    asked = (None if first == _OPEN else first), last
    ends = [window_bounds(dataset, name, *asked) for name in own["tally_id"].unique()]
    low, highs = sum(end[0] for end in ends), [end[1] for end in ends]
    high = None if None in highs else sum(highs)
    rows = own[(own["date_end"] >= first) & (own["since"] <= last)]
    if rows.empty or (not low and high is None):
        return None
    rows = rows.sort_values("published_until", kind="stable")
    inside = rows[(rows["since"] >= first) & (rows["date_end"] <= last)]
    stated = inside[(inside["low"] == low) & inside["high"].isna() & inside["status"].isin(_STANDS)]
    if high is None and len(stated):  # of fewer days, and of the others nothing is added
        return stated.iloc[-1]
    said = {"low": low, "high": high, "stated": in_words(low, high), "status": "calculated"}
    start = pd.NaT if first == _OPEN else first
    said |= {"date_start": start, "date_end": last, "event_ids": ";".join(rows["event_ids"])}
    if (rows["count_kind"] == "incident").all():
        said |= {"date_start": inside["date_start"].min(), "date_end": inside["date_end"].max()}
        said["events"] = len(inside[["tally_id", "thing"]].drop_duplicates())
    return pd.concat([rows.iloc[-1].drop([*said]), pd.Series(said)])


def _with_same_day(found: pd.DataFrame, spoken: pd.DataFrame) -> pd.DataFrame:
    """With what each source said on the last day on which two of them spoke of the same days."""
    dated = spoken["published_until"] - spoken["published_from"] < pd.Timedelta("1D")
    added = found["who"][found["status"] == "calculated"]
    said = spoken[dated & (spoken["status"] != "withdrawn") & ~spoken["who"].isin(added)]
    said = said.sort_values(["published_until", "low"])
    said = said.drop_duplicates(["who", "reported", "date_end"], keep="last")
    days = [rows for _, rows in said.groupby(["reported", "date_end"]) if len(rows) > 1]
    last = (days or [said[:0]])[-1].set_index("who")
    return found.assign(
        same_day=last["reported"].max(),
        same_day_low=found["who"].map(last["low"]),
        same_day_high=found["who"].map(last["high"]),
    )


def _of_most_sources(panels: list[pd.DataFrame], of_each_party: bool) -> list[pd.DataFrame]:
    """The people of whom most sources speak, of all or of each party."""

    def rank(rows: pd.DataFrame) -> tuple:
        everybody = rows["victim_group"].isna().iloc[0]
        return len(rows), rows["harm"].iloc[0] == "killed", everybody, rows["reported"].max()

    panels = sorted(panels, key=rank)
    best = {rows["party_id"].iloc[0]: rows for rows in panels}
    return [*best.values()] if of_each_party else panels[-1:]
