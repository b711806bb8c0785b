"""Numbers of the figure of periods: which tallies have a panel, and what each period has."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.bounds.drawn import check_counted
from analysis.bounds.totals import Sums
from analysis.bounds.vintages import vintages
from analysis.data.dataset import Dataset
from analysis.data.nesting import BY
from analysis.data.notices import taken_back_together
from analysis.data.outcome import nesting
from analysis.data.problems import NothingToDrawError
from analysis.figures import figure, panels
from analysis.figures.by_period.columns import (
    UNITS,
    columns_of_sums,
    find_columns,
    periods_of,
    span_of,
    usual_unit,
)

COLUMNS = ["panel", "tally_id", "source_original", "harm", "period_start", "period_end", "said"]
COLUMNS += ["low", "high", "event_id"]
_PANELS = 6


@dataclass(frozen=True)
class ByPeriod(figure.FigureData):
    """``panels`` are columns of a tally, last what no period is given of (NaT) where there is any.

    Panels are of the values of ``by``, if any; ``apart`` are tallies without any column. The
    ``axis`` has the periods, ``days`` are all that something shown is about. Those of an archive
    are ``sums`` of parties and know no tally.
    """

    unit: str = "month"
    by: str | None = None
    apart: tuple[str, ...] = ()
    axis: tuple[pd.Timestamp, pd.Timestamp] | None = None
    sums: bool = False


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
    by: str | None = None,
    unit: str | None = None,
    source: str | None = None,
    sums: Sums | None = None,
) -> ByPeriod:
    """How many in each day, week, month or year: what each period's report said.

    A panel for each party, or with ``by`` ("attributed_to", "area", "victim_group", "cause") for
    each of these, behind everybody. ``parties`` are those who are counted, or with
    ``by="attributed_to"`` those held responsible. The ``unit`` follows from the days of the
    statements where none is given. What no period is given of stands apart. With ``source`` only
    those whom it counted are shown. ``sums`` are those of an archive, whose summary has them: its
    parties by year. There is nothing to draw where nothing is stated of any single period.

    Examples
    --------
    >>> import analysis
    >>> figure = analysis.plot_by_period(analysis.load("data/fortnight"), unit="day")
    >>> figure.numbers["tally_id"].unique().tolist()
    ['sohr_civilians', 'sohr_executed']
    """
    for name, given, allowed in (("by", by, BY), ("unit", unit, UNITS)):
        if given is not None and given not in allowed:
            raise ValueError(f"{name} is one of {', '.join(allowed)}, or None, not {given!r}")
    if sums is not None:
        if not (tallies is None and by is None and unit in (None, "year")):
            raise ValueError("sums of an archive are by party and year; leave out tallies and by")
        known = figure.known_sums(dataset, sums)
        return _of_sums(dataset, columns_of_sums(known, harm, parties, source))
    rows = _statements(dataset)
    chosen = _chosen(dataset, rows, harm, parties, tallies, by, source)
    inside = rows[rows["tally_id"].isin(_with_parts(dataset, chosen))]
    main = panels.main_harm(rows[rows["tally_id"].isin(chosen)]["harm"])
    unit = unit or usual_unit(inside[inside["harm"] == main])
    span = span_of(inside, unit)
    columns = [find_columns(dataset, rows, name, span) for name in chosen]
    columns = [own for own in columns if own is not None]
    found = [own for own in columns if own["period_start"].notna().any()]
    if len({day for own in found for day in own["period_start"].dropna()}) < 2:
        raise NothingToDrawError(_why_nothing(dataset, chosen, unit, main))
    if by:  # the greatest first, so that none of them is left out
        found.sort(key=lambda own: own["total_low"].iloc[0], reverse=True)
    drawn, about = _drawn(found if by else panels.in_order(dataset, found, main))
    apart = (own["tally_id"].iloc[0] for own in columns if own["period_start"].isna().all())
    rests = inside[inside["tally_id"].isin(_with_parts(dataset, drawn["tally_id"]))]
    event_ids = [*rests["event_ids"].str.split(";").explode().unique()]
    about |= {"apart": (*apart,), "unit": unit, "by": by}
    days = drawn["since"].min(), drawn["until"].max()
    return ByPeriod(dataset, drawn[COLUMNS], event_ids, main, days, **about)


def _of_sums(dataset: Dataset, found: list[pd.DataFrame]) -> ByPeriod:
    """Years of an archive, which has no statements at hand."""
    if not found:
        raise NothingToDrawError("nothing to draw: no number of a single year")
    drawn, about = _drawn(found)
    harm, days = drawn["harm"].iloc[0], about["axis"]
    about |= {"unit": "year", "sums": True, "sources": [*drawn["source_original"].unique()]}
    about["tally_ids"] = [*dataset.tallies["tally_id"]]
    shown = drawn[[name for name in COLUMNS if name != "tally_id"] + ["party_id"]]
    return ByPeriod(dataset, shown, [], harm, days, **about)


def _drawn(found: list[pd.DataFrame]) -> tuple[pd.DataFrame, dict]:
    """The rows of as many panels as there is room for, and what is known of these."""
    shown, left_out = panels.shown(found, _PANELS)
    drawn = panels.numbered(shown)
    axis = drawn["period_start"].min(), drawn["period_end"].max()
    return drawn, {"panels": shown, "left_out": left_out, "axis": axis}


def _with_parts(dataset: Dataset, tallies: Collection[str]) -> set[str]:
    """Some tallies and all that they hold."""
    return {*tallies}.union(*(nesting(dataset).parts[name] for name in tallies))


def _statements(dataset: Dataset) -> pd.DataFrame:
    """Counts that still say something, with whom they count.

    Those too that only ``together`` are more than a later total: none of them was said to be wrong.
    """
    tallies = dataset.tallies.set_index("tally_id")
    later = {
        name: (int(each.low), each.start, each.end)
        for name, each in taken_back_together(dataset).items()
    }
    columns = ["later_total", "later_start", "later_end"]
    later = pd.DataFrame.from_dict(later, orient="index", columns=columns).astype("Int64")
    rows = vintages(dataset).rename(columns={"count": "stated"})
    rows = rows.join(tallies[["harm", "party_id", "source_original", *BY]], on="tally_id")
    rows = rows.assign(event_id=rows["event_ids"].str.split(";").str[0])
    rows = rows.join(later, on="event_id").assign(together=rows["event_id"].isin(later.index))
    return rows[(rows["count_kind"] != "stock") & (rows["binding_low"].notna() | rows["together"])]


def _chosen(
    dataset: Dataset,
    rows: pd.DataFrame,
    harm: str | None,
    parties: Collection[str] | None,
    tallies: Collection[str] | None,
    by: str | None,
    source: str | None,
) -> list[str]:
    """The tallies of the panels; a ValueError where there are none."""
    column = by if by == "attributed_to" else "party_id"
    harmed = parties if column == "party_id" else None
    if parties is not None and harmed is None:
        panels.check_given(dataset, column, parties)
    check_counted(dataset, panels.tallies_of(dataset, harmed, tallies, harm)["tally_id"])
    there = dataset.tallies[dataset.tallies["tally_id"].isin(rows["tally_id"])]
    if source is not None:
        there = there[there["source_original"] == source]
        if there.empty:
            known = ", ".join(dataset.tallies["source_original"].dropna().unique())
            raise ValueError(f"no source {source!r} of a count; it is one of {known}")
    harms = ["killed", *figure.CASUALTIES] if harm is None else [harm]
    asked = there[there["harm"].isin(harms)]
    if parties is not None:
        asked = asked[asked[column].isin(parties)]
    if tallies is not None:
        found = [name for name in dict.fromkeys(tallies) if name in {*asked["tally_id"]}]
    elif by is None:
        found = [*_wholes(dataset, asked, rows)]
    else:
        found = [*_by(dataset, asked, rows, by)]
    if not found:
        known = (f"{name} {', '.join(there[name].unique())}" for name in ("harm", "party_id"))
        known = f"no count of what was asked for; there are: {'; '.join(known)}"
        raise NothingToDrawError(f"nothing to draw: {known}")
    return found


def _wholes(dataset: Dataset, tallies: pd.DataFrame, rows: pd.DataFrame) -> Iterator[str]:
    """For each party and harm the widest tally of the source with most statements."""
    number, wholes = rows["tally_id"].value_counts(), nesting(dataset).wholes
    everybody = tallies[tallies["victim_group"].isna()]
    tallies = everybody if len(everybody) else tallies
    for _, own in tallies.groupby(["party_id", "harm"], sort=False):
        names = [name for name in own["tally_id"] if not wholes[name] & {*own["tally_id"]}]
        yield max(names, key=lambda name: number[name])


def _by(dataset: Dataset, tallies: pd.DataFrame, rows: pd.DataFrame, by: str) -> Iterator[str]:
    """Tallies that name a value of ``by``, of the source with most, behind what holds them all."""
    others = [name for name in BY if name not in (by, "area")]
    named = tallies[tallies[by].notna()]
    plain = named[named[others].isna().all(axis=1)]
    named, wholes = plain if len(plain) else named, nesting(dataset).wholes
    if named.empty:
        return
    named = named[
        named["source_original"].fillna("") == named["source_original"].fillna("").mode()[0]
    ]
    held = [wholes[name] & {*rows["tally_id"]} for name in named["tally_id"]]
    shared = frozenset.intersection(*held)
    yield from sorted(each for each in shared if not wholes[each] & shared)[:1]
    of = dict(zip(named["tally_id"], named[by], strict=True))
    for name in of:
        if all(of.get(whole) != of[name] for whole in wholes[name]):
            yield name


def _why_nothing(dataset: Dataset, chosen: list[str], unit: str, harm: str) -> str:
    """What an error says: that there are no two periods, or that a later number took them back."""
    rows = vintages(dataset)
    rows = rows[rows["tally_id"].isin(chosen) & (rows["count_kind"] != "stock")]
    first, last = (periods_of(rows[f"date_{end}"], unit) for end in ("start", "end"))
    rows = rows[(first == last) & rows["date_start"].notna()]
    gone = rows[rows["binding_low"].isna()]
    day = gone["published_until"].max()
    known = rows[rows["published_until"] <= day]
    message = f"nothing to draw: no two numbers of one {unit} each ({harm})"
    if len(periods_of(known["date_end"], unit).unique()) < 2:
        return f"{message}; see plot_reported"
    names, later = (
        ", ".join(gone[column].dropna().str.split(";").explode().unique())
        for column in ("event_ids", "because")
    )
    were = "were" if len(gone) > 1 else "was"
    return (
        f"{message} still stand; {names} {were} taken back by {later}. "
        f"With as_of={str(day.date())!r} they are drawn as first reported"
    )
