"""The figure of the days: of which a number is known, and over which days the others stretch."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.totals import totals
from analysis.charts.days import Days, day_number, days_between, draw_days
from analysis.charts.sheet import NORMAL, SMALL, Chart, Paper, leading
from analysis.charts.signs import Sample, draw_windows
from analysis.charts.style import GREY, letters
from analysis.data.dataset import Dataset
from analysis.figures import common, statements
from analysis.figures.naming import party_colours, tally_labels
from analysis.language.languages import Language

_TALL, _LANE = 0.4, 0.16
"""Inches of columns and of a row of marks."""


def plot_by_day(
    dataset: Dataset, language: str = "en", width: str = "page", *, as_of: date | str | None = None
) -> Chart:
    """Columns on the days of which a number is known; other counts as brackets over their days.

    Whatever is counted has a row, also what is never added to another. Parameters as for
    :func:`~analysis.figures.common.make`.
    """
    return common.make("by_day", (numbers, words, draw), dataset, language, width, as_of)


class ByDay(NamedTuple):
    """What is known of single days (``numbers``), and the statements over several (``windows``)."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    windows: pd.DataFrame
    summed: pd.DataFrame


def numbers(dataset: Dataset) -> ByDay:
    """Days of which anything is certain, by tally that is part of no other; stated windows."""
    harm = bounds.main_harm(dataset)
    harms = [harm, *bounds.other_harms(dataset, harm)]
    daily = pd.concat([bounds.over_time_drawn(dataset, name) for name in harms])
    daily = daily[(daily["reading"] == "primary") & daily["subset_of"].isna()]
    daily = daily[daily["low"] > 0].drop(columns=["cumulative_low", "cumulative_high"])
    told = statements.numbers(dataset)
    windows = statements.rows_shown(dataset, told.numbers)
    windows = windows[windows["inside"].isna() & (windows["date_start"] != windows["date_end"])]
    summed = totals(dataset)
    return ByDay(dataset, daily, told.event_ids, harm, windows, summed[summed["harm"] == harm])


def words(found: ByDay, say: Language) -> common.Telling:
    """Of how many people the day is known; days and windows of each tally in the alt text."""
    known = found.numbers[found.numbers["harm"] == found.harm]
    people = common.people_in(found.summed, found.harm, say)
    title = say.capital(common.with_days("title by day", people, known, say))
    labels, rows = tally_labels(found.dataset, say), []
    for name in _tallies(found):
        own = found.numbers[found.numbers["tally_id"] == name]
        days = [
            say("on day", count=say.count(row.low, row.high), window=say.day(row.date, year=False))
            for row in own.itertuples()
        ]
        over = found.windows[found.windows["tally_id"] == name]
        said = [*days[:3], *([say("over days", number=len(over))] if len(over) else [])]
        rows.append(say("labelled", label=labels[name], count=say.join(said)))
    days = bounds.days_spanned(statements.numbers(found.dataset).numbers)
    return common.telling_of(title, rows, found, say, what=say("what by day"), days=days)


def _tallies(found: ByDay) -> list[str]:
    shown = {*found.numbers["tally_id"], *found.windows["tally_id"]}
    return [name for name in found.dataset.tallies["tally_id"] if name in shown]


def draw(paper: Paper, found: ByDay, telling: common.Telling) -> list[Sample]:
    """A row a tally: columns, below them brackets."""
    say, labels = paper.say, tally_labels(found.dataset, paper.say)
    party = found.dataset.tallies.set_index("tally_id")
    colours = party["party_id"].map(party_colours(found.dataset))
    span = bounds.days_spanned(statements.numbers(found.dataset).numbers)
    days = days_between(*span, paper.left, paper.across, 9)
    reach = found.numbers.loc[found.numbers["harm"].isin(common.CASUALTIES), "low"].max()
    bands = []
    for name in _tallies(found):
        colour, harm = colours[name], say.term("harm", party["harm"][name])
        paper.top += 0.05
        said = say("harmed by", label=labels[name], harm=harm)
        paper.paragraph(said, NORMAL, bold=True, colour=letters(colour))
        top, own = paper.top, found.numbers[found.numbers["tally_id"] == name]
        if party["harm"][name] in common.CASUALTIES:
            _columns(paper, days, own, colour, reach)
        else:
            _squares(paper, days, own)
        _brackets(paper, days, found.windows[found.windows["tally_id"] == name], letters(colour))
        bands.append((top, paper.top))
    draw_days(paper, days, bands)
    since = found.windows["date_start"]
    there = {"window": since.notna().any(), "open_start": since.isna().any()}
    return common.key_of(say, day=len(found.numbers) > 0, **there)


def _squares(paper: Paper, days: Days, rows: pd.DataFrame) -> None:
    """Those who are no casualties: a small mark a day, its number beside it."""
    for row in rows.itertuples():
        x, y = days.at(day_number(row.date) + 0.5), paper.top + _LANE / 2
        paper.box(x - 0.04, y - 0.04, 0.08, 0.08, GREY, "day")
        text = [paper.say.count(row.low, row.high), f"{row.low:,}"]
        paper.beside(x, y, text, [(-1, 0), (1, 0)], gap=0.1)
    paper.top += _LANE * (len(rows) > 0)


def _columns(paper: Paper, days: Days, rows: pd.DataFrame, colour: str, reach: int) -> None:
    """A column a day, to one scale for all parties, its number above it."""
    if rows.empty:
        return
    paper.top += leading(SMALL)
    base = paper.top + _TALL
    for row in rows.itertuples():
        start, tall = days.at(day_number(row.date)), row.low / reach * _TALL
        margin = min(0.04, days.day * 0.1)
        paper.box(start + margin, base - tall, days.day - 2 * margin, tall, colour, "certain")
        text, middle = paper.say.count(row.low, row.high), start + days.day / 2
        paper.beside(middle, base - tall, [text, f"{row.low:,}"], [(0, -1)], gap=0.01, bold=True)
    paper.top = base + 0.02


def _brackets(paper: Paper, days: Days, rows: pd.DataFrame, colour: str) -> None:
    """The counts over several days, the shortest first; those without room as a line of text."""
    rows = rows.assign(length=rows["date_end"] - rows["since"])
    rows = rows.sort_values(["length", "date_end"], kind="stable")
    windows = [
        common.window_of(row, statements.count_told(row, paper.say), paper.say)
        for row in rows.itertuples()
    ]
    if left_out := draw_windows(paper, days, windows, colour):
        paper.paragraph(paper.say("more windows", number=left_out), SMALL, colour=GREY)
