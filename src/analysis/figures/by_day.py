"""The figure of the days: of which a number is known, and over which days the others stretch."""

from dataclasses import dataclass

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.charts.days import Days, day_number, days_between, draw_days, draw_windows
from analysis.charts.sheet import SMALL, Paper, leading
from analysis.charts.style import DASHES, GREY, letters
from analysis.data.dataset import Dataset
from analysis.figures import common, naming, readings, statements
from analysis.language.languages import Language

_DROPPED = ["derived", "low_derived", "high_derived", "report_id", "char_start", "count_kind"]
_DROPPED += ["same_as", "place", "first", "inside"]
_TALL = 0.4
"""Inches of the highest column."""


@dataclass(frozen=True)
class ByDay(common.Found):
    """``numbers`` are days of which anything is certain and counts over several days (``kind``).

    ``daily`` has both readings of every day.
    """

    daily: pd.DataFrame


def numbers(dataset: Dataset) -> ByDay:
    """Columns on the days of which a number is known; other counts as brackets over their days.

    Whatever is counted has a row, also what is never added to another.
    """
    harm = bounds.main_harm(dataset)
    harms = [harm, *bounds.other_harms(dataset, harm)]
    daily = pd.concat([bounds.over_time_drawn(dataset, name) for name in harms])
    daily = daily[daily["subset_of"].isna()].drop(columns=["cumulative_low", "cumulative_high"])
    wide = daily[daily["reading"] == "wide"].set_index(["tally_id", "date"])[["low", "high"]]
    known = daily[(daily["reading"] == "primary") & (daily["low"] > 0)]
    known = known.join(wide.add_prefix("wide_"), on=["tally_id", "date"])
    told = statements.numbers(dataset)
    windows = statements.rows_shown(dataset, told.numbers)
    single = windows[windows["date_start"] == windows["date_end"]]
    single = single.sort_values("low", kind="stable")  # the greatest is what the day rests on
    words_of = single.groupby(["tally_id", "date_end"])["event_id"].last()
    known = known.join(words_of, on=["tally_id", "date"]).assign(kind="day")
    windows = windows[windows["inside"].isna() & (windows["date_start"] != windows["date_end"])]
    shown = pd.concat([known, windows.assign(kind="span")])
    shown = shown.drop(columns=_DROPPED).astype({"tellings": "Int64"})
    of = dict([*shown.groupby("tally_id")])
    panels = {name: of[name] for name in dataset.tallies["tally_id"] if name in of}
    about = {"panels": panels, "summed": readings.totals_of(dataset, harm)[0]}
    daily = daily[daily["harm"] == harm]
    return ByDay(dataset, shown, told.event_ids, harm, told.days, daily, **about)


def words(found: ByDay, say: Language) -> common.Telling:
    """Of how many people the day is known; days and windows of each tally in the alt text."""
    people = readings.people_in(found.summed, found.harm, say)
    title = readings.with_days("title by day", people, found.summed, found.daily, say)
    labels, rows = naming.tally_labels(found.dataset, say), []
    for name, own in found.panels.items():
        said, over = [], int((own["kind"] == "span").sum())
        for row in own[own["kind"] == "day"][:3].itertuples():
            count, day = readings.total_in_words(row, say), say.day(row.date, year=False)
            said.append(say("on day", count=count, window=day))
        said += [say("over days", number=over)] * bool(over)
        rows.append(say("labelled", label=labels[name], count=say.join(said)))
    return common.Telling(title, rows, "what by day")


def draw(paper: Paper, found: ByDay) -> None:
    """A row a tally: columns, below them brackets."""
    harms, bands = found.dataset.tallies.set_index("tally_id")["harm"], []
    days = days_between(*found.days, paper.left, paper.across)
    known = found.numbers[found.numbers["kind"] == "day"]
    reach = known.groupby("harm")["low"].max()
    for name, rows in found.panels.items():
        colour, top = statements.draw_heading(paper, found.dataset, name), paper.top
        own, over = (rows[rows["kind"] == kind] for kind in ("day", "span"))
        if harms[name] in common.CASUALTIES:
            _columns(paper, days, own, colour, reach.get(harms[name], 1))
        else:  # a small mark a day, its number beside it
            own = own.assign(date_start=own["date"], date_end=own["date"])
            windows = [
                common.window_of(row, readings.total_in_words(row, paper.say), paper.say)
                for row in own.itertuples()
            ]
            draw_windows(paper, days, windows, GREY)
        _brackets(paper, days, over, letters(colour))
        bands.append((top, paper.top))
    draw_days(paper, days, bands)


def _columns(paper: Paper, days: Days, rows: pd.DataFrame, colour: str, reach: int) -> None:
    """A column a day, to one scale for all of a harm, its number above it."""
    if rows.empty:
        return
    paper.top += leading(SMALL)
    base, say = paper.top + _TALL, paper.say
    for row in rows.itertuples():
        start, tall = days.at(day_number(row.date)), row.low / reach * _TALL
        margin, link = min(0.04, days.day * 0.1), common.link_to(say, row.event_id)
        ends = start + margin, start + days.day - margin
        paper.box(ends[0], base - tall, ends[1] - ends[0], tall, colour, "day", link)
        if row.wide_low < row.low:
            y = base - max(row.wide_low / reach * _TALL, 0.02)
            paper.line(ends, [y, y], "loosest", colour="white", linestyle=DASHES)
        texts = [readings.total_in_words(row, say), say.count(row.low, row.high)]
        middle = start + days.day / 2
        look = {"gap": 0.01, "bold": True, "link": link}
        if not paper.beside(middle, base - tall, texts, [(0, -1)], **look):
            paper.beside(middle, base - tall, texts[-1:], [(1, -1), (-1, -1)], **look)
    paper.top = base + 0.02


def _brackets(paper: Paper, days: Days, rows: pd.DataFrame, colour: str) -> None:
    """The counts over several days, the shortest first."""
    rows = rows.assign(length=rows["date_end"] - rows["since"])
    rows = rows.sort_values(["length", "date_end"], kind="stable")
    windows = []
    for row in rows.itertuples():
        look = DASHES if row.reading == "wide" else "-"
        text = statements.count_told(row, paper.say)
        windows.append(common.window_of(row, text, paper.say, look))
    draw_windows(paper, days, windows, colour)


plot_by_day = common.figure("by_day", numbers, words, draw)
