"""Who says what of the same people and days: the last number of each source.

The same people are those of one party, harm, group, cause, perpetrator and area; others only where
``pairs`` say so. Where a source states no number for the days, it is calculated from its statements
of other days. Sources stand beside each other and are never added.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.bounds.drawn import chosen_harm
from analysis.bounds.solutions import find_families
from analysis.bounds.vintages import vintages
from analysis.bounds.windows import window_bounds
from analysis.data.counts import in_words
from analysis.data.dataset import Dataset
from analysis.data.nesting import ATTRIBUTES
from analysis.data.outcome import nesting
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import published_by, read_days
from analysis.data.statements import first_statements
from analysis.figures import figure

Names = str | Collection[str]
Days = tuple[pd.Timestamp, pd.Timestamp]
"""First and last day; the first is ``_OPEN`` where none is named."""

COLUMNS = ["panel", "source_original", "relies_on", "tally_id", "party_id", "harm", "event_ids"]
COLUMNS += ["date_start", "date_end", "stated", "low", "high", "status", "events", "reported"]
COLUMNS += ["same_day", "same_day_low", "same_day_high", "of_other"]
STANDS = ("stands", "from_below", "replaced", "calculated")
_PEOPLE = ["harm", "party_id", *ATTRIBUTES]
_OPEN = pd.Timestamp("1900-01-01").as_unit("us")


@dataclass(frozen=True)
class Compared(figure.FigureData):
    """What each source says last, a panel for some people and days; ``other`` is the dataset.

    ``status`` is "calculated" where no page states the number (persons), ``events`` how many
    incidents it adds; ``reported`` is the day it was published. ``same_day`` is the last day on
    which two sources spoke of these people, with the number of each. ``relies_on`` are sources
    (``;`` between); ``of_other`` are rows of another dataset.
    """

    other: Dataset | None = None


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
    days: tuple[date | str, date | str] | None = None,
    pairs: Mapping[str, Names] | None = None,
    other: Dataset | None = None,
    relies: Mapping[str, Names] | None = None,
) -> Compared:
    """Who says what of the same people and days: a row a source, with the day it said so.

    They are the people (party, harm, group, cause, perpetrator and area) and days of whom most
    sources speak, for each of ``parties`` where they are named; of ``tallies`` all that several
    sources count. Each of ``pairs`` is a tally with those that count the same people under another
    cause, perpetrator or area; they can be tallies of an ``other`` dataset. ``days`` (first, last)
    are those asked about: where a source states no number for just these, what its statements say
    of them is calculated. ``relies`` names for a source those that it cites ({"UCDP": "SOHR"}), so
    that it is no second witness. There is nothing to draw where fewer than two sources speak of the
    same people and days.

    Examples
    --------
    >>> import analysis
    >>> dataset, other = analysis.load("data/fortnight"), analysis.load("data/ucdp")
    >>> pairs = {"sohr_islamic_state": "ucdp-234-killed-dyad-14620"}
    >>> figure = analysis.plot_sources(dataset, pairs=pairs, other=other)
    >>> figure.numbers["source_original"].tolist()
    ['SOHR', 'UCDP']
    """
    _check_options(harm or parties or tallies, pairs, other)
    both = [dataset] if other is None else [dataset, published_by(other, dataset.as_of)]
    rows = pd.concat([_published(each, at > 0) for at, each in enumerate(both)], ignore_index=True)
    rows = _with_relies(rows, relies or {})
    window = None if days is None else read_days(days)
    if tallies is not None:
        chosen_harm(dataset, tallies, harm)
        rows = rows[rows["tally_id"].isin(tallies)]
    groups = _paired(rows, both, pairs) if pairs else _of_people(rows, harm, parties)
    panels = [_panel(own, both, window, bool(pairs)) for own in groups]
    panels = [own for own in panels if len(own) > 1 and not own["of_other"].all()]
    if not panels:
        raise NothingToDrawError(
            "nothing to set side by side: fewer than two sources count the same people "
            f"({', '.join(_PEOPLE)}) in the same days; name tallies of the same people in pairs, "
            "or see plot_reported for one source after the other"
        )
    if not pairs:
        panels = sorted(panels, key=_rank)
    if tallies is not None:
        panels = panels[::-1]
    elif not pairs:
        last = {own["party_id"].iloc[0]: own for own in panels}
        panels = panels[-1:] if parties is None else [*last.values()]
    drawn = _in_order(panels)
    span = drawn["date_start"].min(skipna=False), drawn["date_end"].max()
    named = ";".join(drawn["event_ids"][~drawn["of_other"]]).split(";")
    about = {"panels": dict([*drawn.groupby("panel")]), "other": other}
    return Compared(dataset, drawn, [*dict.fromkeys(named)], drawn["harm"].iloc[0], span, **about)


def _check_options(asked: object, pairs: object, other: object) -> None:
    """Whether options fit together; a ValueError says what to write."""
    if pairs is not None and not isinstance(pairs, Mapping):
        raise ValueError(
            f"pairs is {pairs!r}; write tallies and those of the same people: {{a: b}}"
        )
    if pairs and asked:
        raise ValueError("pairs name who is compared; leave out harm, parties and tallies")
    if other is not None and not isinstance(other, Dataset):
        raise ValueError(f"other is {other!r}; write a dataset, as load gives it")


def _in_order(panels: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all panels, the oldest first and who relies on others last."""
    rows = pd.concat(panels, keys=range(len(panels)), names=["panel"]).reset_index("panel")
    rows = rows.assign(relying=rows["relies_on"] != "")
    rows = rows.sort_values(["panel", "relying", "reported", "low"], ignore_index=True)
    whole = ["low", "high", "events", "same_day_low", "same_day_high"]
    types = dict.fromkeys(["date_start", "same_day"], "datetime64[us]")
    return rows[COLUMNS].astype(dict.fromkeys(whole, "Int64") | types)


def _published(dataset: Dataset, of_other: bool) -> pd.DataFrame:
    """What was published of each tally that does not contradict itself, and ``who`` counted it.

    Without a source the publisher counts.
    """
    families = (each for each in find_families(dataset) if each.contradictions)
    clashing = [name for each in families for name in each.tallies]
    rows = vintages(dataset).rename(columns={"count": "stated"})
    rows = rows[~rows["tally_id"].isin(clashing)]
    tallies, events = dataset.tallies.set_index("tally_id"), dataset.events.set_index("event_id")
    rows = rows.join(tallies[["source_original", *_PEOPLE]], on="tally_id")
    event = rows["event_ids"].str.split(";").str[0]
    offices = dataset.reports.set_index("report_id")["source_office"]
    source = rows["source_original"].fillna(event.map(events["report_id"]).map(offices))
    first = event.map(first_statements(dataset))
    relayed = first.map(events["tally_id"]).map(tallies["source_original"])
    start = rows["date_start"].mask(rows["count_kind"] == "stock")
    return rows.assign(
        who=source.fillna("") + f" {of_other}",
        source_original=source,
        date_start=start,
        since=start.fillna(_OPEN),
        relies_on=relayed.where(relayed != source).fillna(""),
        of_other=of_other,
        events=pd.NA,
    )


def _with_relies(rows: pd.DataFrame, relies: Mapping[str, Names]) -> pd.DataFrame:
    """With those on whom a source relies as the user says."""
    known = [*rows["source_original"].dropna().unique()]
    for source, names in relies.items():
        cited = _as_list(names)
        if missing := [name for name in [source, *cited] if name not in known]:
            raise ValueError(f"relies: no source {missing[0]!r}; there are: {', '.join(known)}")
        rows.loc[rows["source_original"] == source, "relies_on"] = ";".join(cited)
    return rows


def _of_people(
    rows: pd.DataFrame, harm: str | None, parties: Collection[str] | None
) -> list[pd.DataFrame]:
    """What is published of the same people by several, of a harm and of some parties."""
    asked = {"harm": None if harm is None else [harm], "party_id": parties}
    for column, names in asked.items():
        known = [*rows[column].unique()]
        if missing := [name for name in names or () if name not in known]:
            raise ValueError(f"no count of {column} {missing[0]!r}; there are: {', '.join(known)}")
        rows = rows if names is None else rows[rows[column].isin(names)]
    people = rows.groupby(_PEOPLE, dropna=False)
    return [own for _, own in people if len(own["who"].unique()) > 1]


def _paired(
    rows: pd.DataFrame, both: list[Dataset], pairs: Mapping[str, Names]
) -> Iterator[pd.DataFrame]:
    """What is published of each tally and of those paired with it, of the other dataset first."""
    others = {*both[1].tallies["tally_id"]} if len(both) > 1 else {}
    for first, names in pairs.items():
        paired = [(int(name in others), name) for name in _as_list(names)]
        chosen = [*dict.fromkeys([(0, first), *paired])]
        own = pd.concat(_of_tally(rows, both[at], at, name) for at, name in chosen)
        if len(harms := {*own["harm"]}) > 1:
            raise ValueError(f"tallies count different things: {', '.join(sorted(harms))}")
        for at, name in chosen:
            for whole in sorted(nesting(both[at]).wholes[name]):
                if (at, whole) in chosen:
                    raise ValueError(f"tally {name!r} is part of {whole!r}; name one of them")
        yield own


def _of_tally(rows: pd.DataFrame, dataset: Dataset, at: int, name: str) -> pd.DataFrame:
    rows = rows[(rows["tally_id"] == name) & (rows["of_other"] == bool(at))]
    if rows.empty:
        there = ", ".join(dataset.tallies["tally_id"])
        raise ValueError(f"pairs: no statement counts tally {name!r}; there are: {there}")
    return rows


def _as_list(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else [*names]


def _rank(panel: pd.DataFrame) -> tuple:
    """People of whom most sources speak come last."""
    killed, everybody = panel["harm"].iloc[0] == "killed", panel["victim_group"].isna().iloc[0]
    return len(panel), killed, everybody, panel["reported"].max()


def _panel(
    own: pd.DataFrame, both: list[Dataset], days: Days | None, by_pairs: bool
) -> pd.DataFrame:
    """The last number of each source on some people, in the days asked for or most counted."""
    answering = own
    if days is not None:
        spoken = own[_is_of(own, days)]
    else:
        totals = own[own["count_kind"] != "incident"]
        spoken = _most_counted(totals if by_pairs and len(totals) else own)
        answering = own if by_pairs else spoken
        if by_pairs and spoken["who"].nunique() < 2:
            days = _all_days(own)
        elif len(spoken["date_end"].unique()) == 1:
            days = spoken["since"].iloc[0], spoken["date_end"].iloc[0]
    if days is None:
        found = [_last_number(said) for _, said in spoken.groupby("who", sort=False)]
    else:
        answers = (_number_of(said, days, both) for _, said in answering.groupby("who", sort=False))
        found = [row for row in answers if row is not None]
    return _with_same_day(pd.DataFrame(found), spoken) if found else own[:0]


def _most_counted(own: pd.DataFrame) -> pd.DataFrame:
    """Counts of the same days, or totals from one first day on: those of most sources."""
    totals, days = own[own["count_kind"] != "incident"], ["count_kind", "since"]
    exact = [rows for _, rows in own.groupby([*days, "date_end"])]
    running = [rows for _, rows in totals.groupby(days)]

    def rank(rows: pd.DataFrame) -> tuple:
        total, ends = rows["count_kind"].iloc[0] != "incident", rows["date_end"].unique()
        return rows["who"].nunique(), total, len(ends) == 1, max(ends)

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


def _number_of(own: pd.DataFrame, days: Days, both: list[Dataset]) -> pd.Series | None:
    """A source's number for just these days, else what follows from its others."""
    same = own[_is_of(own, days)]
    alone = len(same[["tally_id", "incident"]].drop_duplicates()) == 1
    if alone and len(own["tally_id"].unique()) == 1:
        return _last_number(same)
    return _calculated(own, days, both[int(own["of_other"].iloc[0])])


def _last_number(own: pd.DataFrame) -> pd.Series:
    """The number that stands, of the latest day; a later one where its source withdrew that."""
    own = own.sort_values(["date_end", "low", "published_until"], kind="stable")
    standing = own[own["status"].isin(STANDS)]
    if standing.empty:
        return own.iloc[-1]
    last = standing.iloc[-1]
    later = own["published_until"] > last["published_until"]
    withdrawn = own[later & (own["status"] == "withdrawn")]
    return last if withdrawn.empty else withdrawn.iloc[-1]


def _calculated(own: pd.DataFrame, days: Days, dataset: Dataset) -> pd.Series | None:
    """What a source's counts of other days say of these; nothing where they say nothing."""
    first, last = days
    start = pd.NaT if first == _OPEN else first
    asked = None if first == _OPEN else first, last
    ends = [window_bounds(dataset, name, *asked) for name in own["tally_id"].unique()]
    low, highs = sum(end[0] for end in ends), [end[1] for end in ends]
    high = None if None in highs else sum(highs)
    rows = own[(own["date_end"] >= first) & (own["since"] <= last)]
    if rows.empty or (not low and high is None):
        return None
    rows = rows.sort_values("published_until", kind="stable")
    inside = rows[(rows["since"] >= first) & (rows["date_end"] <= last)]
    stated = inside[(inside["low"] == low) & inside["high"].isna() & inside["status"].isin(STANDS)]
    if high is None and len(stated):  # of fewer days, and of the others nothing is added
        return stated.iloc[-1]
    said = {"low": low, "high": high, "stated": in_words(low, high), "status": "calculated"}
    said |= {"date_start": start, "date_end": last, "event_ids": ";".join(rows["event_ids"])}
    if (rows["count_kind"] == "incident").all():
        said |= {"date_start": inside["date_start"].min(), "date_end": inside["date_end"].max()}
        said["events"] = len(inside[["tally_id", "incident"]].drop_duplicates())
    return pd.concat([rows.iloc[-1].drop([*said]), pd.Series(said)])


def _with_same_day(found: pd.DataFrame, spoken: pd.DataFrame) -> pd.DataFrame:
    """With each source's number of the last day on which two of them spoke of the same days."""
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
