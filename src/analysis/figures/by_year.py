"""The figure of years: how many of each party in each, for datasets and archives of many years."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.totals import totals
from analysis.charts.days import day_number, draw_periods
from analysis.charts.sheet import SMALL, Paper
from analysis.charts.stairs import Panel, Steps, days_of_panels, draw_heading, draw_stairs
from analysis.data.cut import READINGS, counting
from analysis.data.dataset import Dataset
from analysis.figures import common
from analysis.figures.frames import primary
from analysis.figures.naming import label, party_colours
from analysis.language.languages import Language

_MOST = 6
"""So many rows are drawn, those with the highest numbers."""
_TALL, _OPEN, _CRUSHED, _SHARE = 0.5, 0.2, 4, 0.86
"""Inches of a row, and above it where no limit is given; a scale of its own where a row would be
less than a fourth of the highest; the share of a year that its column takes."""
_WHO = ["source_original", "party_id"]


class ByYear(NamedTuple):
    """What is drawn: ``numbers`` of each year, and of all (``whole``, there without date).

    ``rows`` are sources and parties as they are shown, the highest first; ``left_out`` so many not.
    """

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    tally_ids: list[str]
    harm: str
    whole: pd.DataFrame
    rows: list[tuple[str | None, str]]
    left_out: int


def numbers(dataset: Dataset, harm: str | None = None, *, source: str | None = None) -> ByYear:
    """At least and at most how many people of each party in each year.

    A column a year, a row a party, of several sources a row each, since sources are never added;
    with ``source`` only those that it counted. A year of which nothing is stated stays blank.
    """
    found = {by: _both_readings(dataset, by) for by in ("year", None)}
    harm = harm or bounds.main_harm(dataset)
    years, whole = (rows[rows["harm"] == harm] for rows in found.values())
    counted = whole["source_original"].dropna().unique()
    if source is not None:
        if source not in counted:
            raise ValueError(f"no source {source!r} of people {harm}; it is {', '.join(counted)}")
        years, whole = (rows[rows["source_original"] == source] for rows in (years, whole))
    ranked = primary(whole).sort_values("low", ascending=False, kind="stable")
    if ranked.empty:
        raise bounds.nothing_strictly(harm)
    rows = [*ranked[_WHO].itertuples(index=False, name=None)]
    every = pd.concat([years.merge(ranked[_WHO], on=_WHO), whole.assign(date=pd.NaT)])
    tallies = dataset.tallies[dataset.tallies["harm"] == harm].merge(ranked[_WHO], on=_WHO)
    tally_ids = [*tallies["tally_id"]]
    rests = dataset.events["tally_id"].isin(tally_ids) & counting(dataset)
    event_ids, left_out = [*dataset.events.loc[rests, "event_id"]], max(0, len(rows) - _MOST)
    return ByYear(dataset, every, event_ids, tally_ids, harm, whole, rows[:_MOST], left_out)


def _both_readings(dataset: Dataset, by: str | None) -> pd.DataFrame:
    each = {reading: totals(dataset, reading, by=by) for reading in READINGS}
    rows = pd.concat(each, names=["reading"]).reset_index("reading").reset_index(drop=True)
    return rows.sort_values("date", kind="stable") if by else rows


def words(found: ByYear, say: Language) -> common.Telling:
    """All years in the title, and the highest of them, where one source counted."""
    strict, harm, persons = primary(found.whole), say.term("harm", found.harm), ""
    title = common.people_in(strict, found.harm, say)
    if common.one_source(strict):
        persons = say.count(*common.sum_of(strict))
        sums = [_sums(found, reading) for reading in READINGS]
        year = sums[0]["low"][:-1].idxmax()
        placed = sums[0]["low"][:-1].sum() == sums[0]["low"].iloc[-1] > 0
        if placed and len(sums[0]) > 2 and not found.left_out:
            count = say.count(*sums[0].loc[year])
            title = say("title by year", people=title, year=f"{year:%Y}", count=count)
        ends = ([*each.itertuples(index=False, name=None)] for each in sums)
        title = common.read_strictly(title, *ends, say)
    rows = []
    for (name, *count), who in zip(_rows(found, say), found.rows, strict=True):
        told = say("labelled", label=name, count=say.join(filter(None, count), "list"))
        rows.append(say.join(filter(None, [told, _highest(found, who, say)])))
    notes = [say("and others", number=found.left_out) + "."] * bool(found.left_out)
    days = _span(found)
    ends = [f"{day:%Y}" for day in days]
    when = say("range", low=ends[0], high=ends[1]) if ends[0] != ends[1] else ends[0]
    what, said = say("what by year", harm=harm), {"persons": persons, "when": when}
    if found.dataset.sums:
        named = (source for source, _ in found.rows)
        said["source"] = common.source_of_sums(found.dataset, named, say)
    return common.Telling(title, rows, what, days, notes, **said)


def _sums(found: ByYear, reading: str) -> pd.DataFrame:
    """Bounds of all shown in each year, and last of all years."""
    years, whole = (
        rows.loc[rows["reading"] == reading, ["low", "high"]]
        for rows in (found.numbers.dropna(subset="date").set_index("date"), found.whole)
    )
    years = years.groupby("date").agg(lambda counts: counts.sum(skipna=False))
    return pd.concat([years, whole.sum(skipna=False).to_frame().T])


def _span(found: ByYear) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First day of the first year, last day of the last."""
    years = found.numbers["date"].dropna()
    return years.min(), years.max() + pd.offsets.YearEnd(1)


def _highest(found: ByYear, who: tuple[str | None, str], say: Language) -> str:
    """The year for which most are certain in a row, if any are."""
    rows = primary(_of(found, who))
    top = rows.loc[rows["low"].idxmax()]
    count = say.count(top["low"], top["high"])
    return say("most in year", year=f"{top['date']:%Y}", count=count) if top["low"] else ""


def _of(found: ByYear, who: tuple[str | None, str]) -> pd.DataFrame:
    """The years of a row."""
    return _own(found.numbers.dropna(subset="date"), who)


def _own(rows: pd.DataFrame, who: tuple[str | None, str]) -> pd.DataFrame:
    """Those of a source and party."""
    source, party = who
    of = rows["source_original"]
    return rows[(of.isna() if pd.isna(source) else of == source) & (rows["party_id"] == party)]


def _rows(found: ByYear, say: Language) -> list[tuple[str, str, str]]:
    """What each row is called, its count in all years, and what is to be said of it besides.

    That is how many are in counts of several years only, and what the loosest reading says.
    """
    parties = found.dataset.parties.set_index("party_id")
    several, told = len({source for source, _ in found.rows}) > 1, []
    for who in found.rows:
        source, party = who
        name = label(parties, party, say)
        if several:
            name = say("windowed", count=name, window=say.source(source))
        ends = _own(found.whole, who).set_index("reading")[["low", "high"]]
        count, wide = (say.count(*ends.loc[reading]) for reading in READINGS)
        unplaced = ends.loc["primary", "low"] - primary(_of(found, who))["low"].sum()
        more = [say("of several years", count=say.number(int(unplaced)))] if unplaced else []
        more += [say("wide", count=wide)] if wide != count else []
        told.append((name, count, say.join(more)))
    return told


def draw(paper: Paper, found: ByYear) -> None:
    """A row a party, one below the other over the same years."""
    colours, say = party_colours(found.dataset), paper.say
    of = {who: _of(found, who) for who in found.rows}
    reaches = {who: max(1, float(of[who][["low", "high"]].max().max())) for who in found.rows}
    greatest, panels = max(reaches.values()), []
    apart = min(reaches.values()) < greatest / _CRUSHED
    days = days_of_panels(paper, _span(found), reaches.values())
    for who, (name, count, said) in zip(found.rows, _rows(found, say), strict=True):
        colour = colours[who[1]]
        draw_heading(paper, name, count, colour)
        drawn = of[who]["low"].any() or of[who]["high"].notna().any()
        if more := [*[say("own scale")] * bool(apart and drawn), *filter(None, [said])]:
            paper.paragraph(say.join(more), SMALL)
        if drawn:
            steps, wide = (_columns(of[who][of[who]["reading"] == each]) for each in READINGS)
            above = _OPEN * bool(np.isnan([*steps.high, *wide.high]).any()) + 0.04
            panel = Panel(paper, days, reaches[who] if apart else greatest, _TALL, above)
            draw_stairs(panel, steps, colour, wide)
            panels.append(panel)
    draw_periods(paper, days, [panel.band for panel in panels])


def _columns(rows: pd.DataFrame) -> Steps:
    """Bounds of years as columns, a gap between two."""
    start = np.array([day_number(day) for day in rows["date"]])
    end = np.array([day_number(day + pd.offsets.YearBegin(1)) for day in rows["date"]])
    low, high = (rows[name].to_numpy("float64", na_value=np.nan) for name in ("low", "high"))
    none = np.zeros(len(rows), dtype=bool)
    return Steps(start, start + (end - start) * _SHARE, low, high, none, none)


plot_by_year = common.figure("by_year", numbers, words, draw)
