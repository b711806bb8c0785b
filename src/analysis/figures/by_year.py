"""The figure of years: how many of each party in each, for datasets and archives of many years."""

import numpy as np
import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.standing import standing
from analysis.bounds.sums import Sums
from analysis.charts.days import day_number, draw_periods
from analysis.charts.sheet import Paper
from analysis.charts.stairs import Course, Steps, days_of_panels, draw_courses
from analysis.data.dataset import Dataset
from analysis.data.outcome import READINGS
from analysis.figures import common, naming, readings
from analysis.language.languages import Language

_MOST = 6
"""So many rows are drawn, those with the highest numbers."""
_SHARE = 0.86
"""The share of a year that its column takes."""
_WHO = ["source_original", "party_id"]


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    source: str | None = None,
    sums: Sums | None = None,
) -> common.Found:
    """At least and at most how many people of each party in each year.

    A column a year, a row a party, of several sources a row each, since sources are never added;
    with ``source`` only those that it counted. A year of which nothing is stated stays blank.
    ``sums`` are those of an archive, whose summary has them.
    """
    known = common.known_sums(dataset, sums)
    harms = [*known.totals(None)["harm"].unique()]
    harm = harm or ("killed" if "killed" in harms else next(iter(harms), ""))
    if not harms:
        harm = bounds.main_harm(dataset)  # raises, and says what is missing
    years, whole = (rows[rows["harm"] == harm] for rows in map(known.totals, ("year", None)))
    counted = whole["source_original"].dropna().unique()
    if source is not None:
        if source not in counted:
            raise ValueError(f"no source {source!r} of people {harm}; it is {', '.join(counted)}")
        years, whole = (rows[rows["source_original"] == source] for rows in (years, whole))
    summed, loosest = (whole[whole["reading"] == reading] for reading in READINGS)
    ranked = summed.sort_values("low", ascending=False, kind="stable")[_WHO]
    if ranked.empty:
        raise bounds.nothing_strictly(dataset, harm)
    years = years.merge(ranked, on=_WHO)
    every = pd.concat([years, whole.assign(date=pd.NaT)])
    rows = ranked.head(_MOST).merge(every, on=_WHO).groupby(_WHO, dropna=False, sort=False)
    tallies = dataset.tallies[dataset.tallies["harm"] == harm].merge(ranked, on=_WHO)["tally_id"]
    rests = dataset.events["tally_id"].isin(tallies) & standing(dataset)
    about = {"summed": summed, "loosest": loosest, "tally_ids": [*tallies]}
    about |= {"panels": dict([*rows]), "left_out": len(ranked) - _MOST}
    if sums is not None:
        about["sources"] = [*ranked.head(_MOST)["source_original"]]
    event_ids = [*dataset.events.loc[rests, "event_id"]]
    days = years["date"].min(), years["date"].max() + pd.offsets.YearEnd(1)
    return common.Found(dataset, every, event_ids, harm, days, **about)


def words(found: common.Found, say: Language) -> common.Telling:
    """All years in the title, and the highest of them, where one source counted."""
    title = readings.people_in(found.summed, found.harm, say)
    if readings.one_source(found.summed):
        sums = [_sums(found, reading) for reading in READINGS]
        year = sums[0]["low"][:-1].idxmax()
        placed = sums[0]["low"][:-1].sum() == sums[0]["low"].iloc[-1] > 0
        if placed and len(sums[0]) > 2 and found.left_out <= 0:
            count = say.count(*sums[0].loc[year])
            title = say("title by year", people=title, year=f"{year:%Y}", count=count)
        ends = ([*each.itertuples(index=False, name=None)] for each in sums)
        title = readings.read_strictly(title, *ends, say)
    rows = []
    for course, drawn in zip(_courses(found, say), found.panels.values(), strict=True):
        count = say.join([course.count, *[say.join(course.more)] * bool(course.more)], "list")
        told = say("labelled", label=course.name, count=count)
        rows.append(say.join(filter(None, [told, _highest(drawn, say)])))
    ends = [f"{day:%Y}" for day in found.days]
    when = say("range", low=ends[0], high=ends[1]) if ends[0] != ends[1] else ends[0]
    return common.Telling(title, rows, "what by year", persons=True, when=when)


def _sums(found: common.Found, reading: str) -> pd.DataFrame:
    """Bounds of all shown in each year, and last of all years."""
    rows = found.numbers[found.numbers["reading"] == reading]
    years = rows.groupby("date", dropna=False)[["low", "high"]]
    return years.agg(lambda counts: counts.sum(skipna=False))


def _years(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of a year, without those of all."""
    return rows.dropna(subset="date")


def _highest(rows: pd.DataFrame, say: Language) -> str:
    """The year for which most are certain in a row, if any are."""
    years = readings.primary(_years(rows))
    top = years.loc[years["low"].idxmax()]
    count = say.count(top["low"], top["high"])
    return say("most in year", year=f"{top['date']:%Y}", count=count) if top["low"] else ""


def _courses(found: common.Found, say: Language) -> list[Course]:
    """Each row with its count in all years.

    Besides how many are in counts of several years only, and what the loosest reading says.
    """
    parties = found.dataset.parties.set_index("party_id")
    colours = naming.party_colours(found.dataset)
    several, courses = len({source for source, _ in found.panels}) > 1, []
    for (source, party), rows in found.panels.items():
        name = naming.label(parties, party, say)
        if several:
            name = say("windowed", count=name, window=say.source(source))
        years, whole = _years(rows), rows[rows["date"].isna()].set_index("reading")
        count, wide = (say.count(*whole.loc[each, ["low", "high"]]) for each in READINGS)
        unplaced = whole.loc["primary", "low"] - readings.primary(years)["low"].sum()
        more = [say("of several years", count=say.number(int(unplaced)))] * bool(unplaced)
        more += [say("wide", count=wide)] * (wide != count)
        stated = years["low"].any() or years["high"].notna().any()
        of = (years[years["reading"] == each] for each in READINGS)
        steps = [_columns(each) if stated else None for each in of]
        reach = max(1, float(years[["low", "high"]].max().max()))
        courses.append(Course(name, count, more, colours[party], None, *steps, reach))
    return courses


def draw(paper: Paper, found: common.Found) -> None:
    """A row a party, one below the other over the same years."""
    courses = _courses(found, paper.say)
    days = days_of_panels(paper, found.days, [course.reach for course in courses])
    bands = [panel.band for panel in draw_courses(paper, days, courses)]
    draw_periods(paper, days, bands)


def _columns(rows: pd.DataFrame) -> Steps:
    """Bounds of years as columns, a gap between two."""
    start = np.array([day_number(day) for day in rows["date"]])
    end = np.array([day_number(day + pd.offsets.YearBegin(1)) for day in rows["date"]])
    low, high = (rows[name].to_numpy("float64", na_value=np.nan) for name in ("low", "high"))
    return Steps(start, start + (end - start) * _SHARE, low, high)


plot_by_year = common.figure("by_year", numbers, words, draw)
