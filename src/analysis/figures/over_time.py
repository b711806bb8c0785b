"""The figure of the casualties over time: staircases of what is certain and what is possible."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.marks import statement_marks
from analysis.bounds.revisions import chosen_drawn, chosen_harm, outermost
from analysis.charts.days import day_number, draw_days, draw_windows
from analysis.charts.sheet import Paper
from analysis.charts.stairs import Course, Panel, days_of_panels, draw_courses
from analysis.charts.style import INK, letters
from analysis.data.dataset import Dataset
from analysis.data.outcome import READINGS
from analysis.figures import common, naming, readings
from analysis.language.languages import Language

_TALL, _FEW = 0.5, 3
"""Inches of a row; so many single days have a number of their own."""


@dataclass(frozen=True)
class OverTime(common.Found):
    """Bounds (``drawn``) and marks, together ``numbers``; panels of a tally and its parts each.

    ``added`` says whether the title adds up all, chosen ones, or such as may have people in common;
    ``ends`` are the bounds of each tally by its last day.
    """

    drawn: pd.DataFrame
    marks: pd.DataFrame | None
    added: str
    ends: pd.DataFrame


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    tallies: Collection[str] | None = None,
    statements: bool = False,
) -> OverTime:
    """Cumulative bounds: at least and at most how many by the end of each day.

    A row each for ``tallies``, parts of others among them, else for all that are part of no
    other. With ``statements`` what is stated is marked: running totals as dots, and in a strip
    below counts of some days only.
    """
    if tallies is None:
        added, harm = "all", harm or bounds.main_harm(dataset)
        drawn = bounds.over_time_drawn(dataset, harm)
        sums = readings.totals_of(dataset, harm)
        chains = bounds.chains_drawn(readings.primary(drawn))
        whole = [name for name, of in chains.items() if of == [name]]
    else:
        whole = [*dict.fromkeys(tallies)]
        harm, drawn = chosen_harm(dataset, whole, harm), chosen_drawn(dataset, whole)
        own = drawn[drawn["tally_id"].isin(whole)]
        sums = [readings.last_sums(own, name) for name in READINGS]
        alone, added = outermost(dataset, whole)
        added = added if len(alone) == len(whole) else "shared"
    shown, marks = drawn, None
    if statements:
        marks = pd.concat([statement_marks(dataset, name) for name in whole], ignore_index=True)
        shown = pd.concat([drawn, marks], ignore_index=True)
    strictly = {*readings.primary(drawn)["tally_id"]}
    panels = {name: bounds.with_parts(drawn, name) for name in whole if name in strictly}
    if not panels:
        raise bounds.nothing_strictly(dataset, harm)
    about = {"panels": panels, "summed": sums[0], "loosest": sums[1]}
    about["ends"] = readings.last_bounds(drawn)
    rests, days = common.rests_on(dataset, drawn), readings.span_of(drawn)
    return OverTime(dataset, shown, rests, harm, days, drawn, marks, added, **about)


def words(found: OverTime, say: Language) -> common.Telling:
    """The sum in the title, where there is one; where each row ends in the alt text."""
    drawn, alone = found.drawn, found.added != "shared"
    title = readings.people_in(found.summed, found.harm, say, found.added)
    if alone and readings.one_source(found.summed):
        daily = drawn[drawn["tally_id"].isin(found.panels)]
        title = readings.with_days("title over time", title, found.summed, daily, say)
        sums = ([readings.sum_of(rows)] for rows in (found.summed, found.loosest))
        title = readings.read_strictly(title, *sums, say)
    rows = []
    for course in courses(found, say):
        said = say("labelled", label=course.name, count=course.count)
        said = say("windowed", count=said, window=course.until)
        rows.append(say.join([said, *course.more]))
    if found.marks is not None and (marks := int((found.marks["mark"] != "part").sum())):
        rows.append(say("alt marks", number=marks))
    return common.Telling(title, rows, "what over time", persons=alone)


def courses(found: OverTime, say: Language, parted: bool = True) -> list[Course]:
    """Of each row its bounds by the last day, the loosest reading, parts, and its staircase."""
    labels = naming.tally_labels(found.dataset, say, found.drawn["tally_id"])
    colours, rows = naming.tally_colours(found.dataset), []
    for name, drawn in found.panels.items():
        last, own = found.ends, drawn[drawn["tally_id"] == name]
        row, link = last.loc[name], common.link_to_last(found.dataset, name, say)
        inside = last.index.isin(drawn["tally_id"].unique()) & (last.index != name) & parted
        parts = [
            naming.part_in_words(found.dataset, part.Index, (part.low, part.high), say)
            for part in last[inside].itertuples()
            if part.low > 0 or pd.notna(part.high)
        ]
        more = [*filter(None, [readings.loosest_in_words(row, say)])]
        more += [say("of them", text=say.listed(parts))] * bool(parts)
        steps = (readings.steps_of(own[own["reading"] == reading]) for reading in READINGS)
        count, reach = say.count(row.low, row.high), _reach(own, found.marks)
        until = say("up to", date=say.day(row.date, year=False))
        rows.append(Course(labels[name], count, more, colours[name], link, *steps, reach, until))
    return rows


def _reach(rows: pd.DataFrame, marks: pd.DataFrame | None) -> float:
    """The greatest count (persons) of a row, of any kind."""
    ends = [rows[["cumulative_low", "cumulative_high"]]]
    if marks is not None:
        stated = (marks["tally_id"] == rows["tally_id"].iloc[0]) & (marks["mark"] == "total")
        ends.append(marks.loc[stated, ["stated_low", "stated_high"]])
    return max([1, *(float(each.max().max()) for each in ends if each.notna().any(axis=None))])


def draw(paper: Paper, found: OverTime) -> None:
    """A row a tally, one below the other over the same days."""
    rows, panels = courses(found, paper.say), []
    days = days_of_panels(paper, found.days, [row.reach for row in rows])
    tall = _TALL + 0.12 * (found.marks is not None)
    drawn = draw_courses(paper, days, rows, tall)
    for row, (name, own), panel in zip(rows, found.panels.items(), drawn, strict=True):
        if found.marks is None:
            _draw_single_days(panel, own[own["tally_id"] == name], row.link)
        else:
            _draw_marks(panel, found.marks[found.marks["tally_id"] == name], row.colour)
        panels.append(panel)
    draw_days(paper, days, [panel.band for panel in panels])


def _draw_single_days(panel: Panel, rows: pd.DataFrame, link: str | None) -> None:
    """A few days of which exactly so many are known: the number over the step."""
    rows, say = readings.primary(rows), panel.paper.say
    known = rows[(rows["low"] > 0) & (rows["low"] == rows["high"])]
    for row in known.itertuples() if len(known) <= _FEW else ():
        x, y = panel.x(day_number(row.date)) + panel.days.day / 2, panel.y(row.cumulative_low)
        text = say("known on day", count=int(row.low), window=say.day(row.date, year=False))
        panel.paper.beside(x, y, [text], [(0, -1), (-1, -1), (1, -1)], link=link)


def _draw_marks(panel: Panel, marks: pd.DataFrame, colour: str) -> None:
    """Running totals as dots on their last day, numbers beside them; other counts in a strip."""
    paper, shown = panel.paper, []
    look = {"marker": "o", "markersize": 3.6, "markeredgecolor": "white", "markeredgewidth": 0.5}
    for row in marks[marks["mark"] == "total"].itertuples():
        x, y = panel.x(day_number(row.date) + 0.5), panel.y(row.stated_low)
        link = common.link_to(paper.say, row.event_id)
        paper.line([x], [y], "statement", link, colour=letters(colour), zorder=4, **look)
        paper.take(x, y, 0.07, 0.07)
        shown.append((x, y, paper.say.count(row.stated_low, row.stated_high), link))
    for x, y, text, link in shown[::-1]:
        paper.beside(x, y, [text], [(0, -1), (-1, -1), (-1, 0)], link=link)
    strip = marks[marks["mark"] == "days"].sort_values(["date_start", "date"])
    strip = strip.assign(date_end=strip["date"])
    windows = [
        common.window_of(row, paper.say.count(row.stated_low, row.stated_high), paper.say)
        for row in strip.itertuples()
    ]
    paper.top += 0.03
    draw_windows(paper, panel.days, windows, INK)


plot_over_time = common.figure("over_time", numbers, words, draw)
