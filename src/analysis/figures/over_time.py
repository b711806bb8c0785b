"""The figure of the casualties over time: staircases of what is certain and what is possible."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.marks import statement_marks
from analysis.bounds.revisions import chosen_drawn, chosen_harm, outermost
from analysis.bounds.totals import totals
from analysis.charts.bars import draw_windows
from analysis.charts.days import day_number, draw_days
from analysis.charts.sheet import SMALL, Paper
from analysis.charts.stairs import Panel, days_of_panels, draw_heading, draw_stairs
from analysis.charts.style import INK, letters
from analysis.data.cut import READINGS
from analysis.data.dataset import Dataset
from analysis.figures import common
from analysis.figures.frames import last_bounds, last_sums, primary, span_of, steps_of
from analysis.figures.naming import part_in_words, tally_colours, tally_labels
from analysis.language.languages import Language

_TALL, _OPEN, _CRUSHED, _FEW = 0.5, 0.2, 4, 3
"""Inches of a row, and above it where no limit is given; a scale of its own where a row would be
less than a fourth of the highest; so many single days have a number of their own."""


class OverTime(NamedTuple):
    """What is drawn: bounds and marks (together ``numbers``), and rows, a tally and its parts each.

    ``summed`` is what the title adds up, ``loosest`` the same in the loosest reading; ``added``
    says whether those are all, chosen ones, or such as may have people in common.
    """

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    drawn: pd.DataFrame
    marks: pd.DataFrame | None
    panels: dict[str, pd.DataFrame]
    added: str
    summed: pd.DataFrame
    loosest: pd.DataFrame
    by_rule: bool = False


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
        sums = [totals(dataset, name) for name in READINGS]
        summed, loosest = (rows[rows["harm"] == harm] for rows in sums)
        chains = bounds.chains_drawn(primary(drawn))
        whole = [name for name, of in chains.items() if of == [name]]
    else:
        whole = [*dict.fromkeys(tallies)]
        harm, drawn = chosen_harm(dataset, whole, harm), chosen_drawn(dataset, whole)
        own = drawn[drawn["tally_id"].isin(whole)]
        summed, loosest = (last_sums(own, name) for name in READINGS)
        alone, added = outermost(dataset, whole)
        added = added if len(alone) == len(whole) else "shared"
    shown, marks = drawn, None
    if statements:
        marks = pd.concat([statement_marks(dataset, name) for name in whole], ignore_index=True)
        shown = pd.concat([drawn, marks], ignore_index=True)
    strictly = {*primary(drawn)["tally_id"]}
    whole = [name for name in whole if name in strictly]
    if not whole:
        raise bounds.nothing_strictly(harm)
    panels = {tally_id: bounds.with_parts(drawn, tally_id) for tally_id in whole}
    rests = common.rests_on(dataset, drawn)
    return OverTime(dataset, shown, rests, harm, drawn, marks, panels, added, summed, loosest)


def words(found: OverTime, say: Language) -> common.Telling:
    """The sum in the title, where there is one; where each row ends in the alt text."""
    drawn, harm, persons = found.drawn, say.term("harm", found.harm), ""
    title = common.people_in(found.summed, found.harm, say)
    if found.added == "shared":
        title = say("title shared", harm=harm)
    elif common.one_source(found.summed):
        people = say("in counts shown", people=title) if found.added == "chosen" else title
        daily = drawn[drawn["tally_id"].isin(found.panels)]
        title = common.with_days("title over time", people, found.summed, daily, say)
        sums = ([common.sum_of(rows)] for rows in (found.summed, found.loosest))
        title = common.read_strictly(title, *sums, say)
        persons = say.count(*common.sum_of(found.summed))
    labels, rows = tally_labels(found.dataset, say, drawn["tally_id"]), []
    for name, count, day, behind in _ends(found, say):
        said = say("labelled", label=labels[name], count=count)
        said = say("windowed", count=said, window=say("up to", date=day))
        rows.append(say.join([said, *behind]))
    if found.marks is not None and (marks := int((found.marks["mark"] != "part").sum())):
        rows.append(say("alt marks", number=marks))
    if drawn["derived"].any():
        rows.append(say("alt derived"))
    what = say("what over time", harm=harm)
    return common.Telling(title, rows, what, span_of(drawn), persons=persons)


def _ends(found: OverTime, say: Language) -> list[tuple[str, str, str, list[str]]]:
    """Of each row the tally, its bounds by the last day, that day, the loosest reading, parts."""
    ends = []
    for name, rows in found.panels.items():
        last = last_bounds(rows)
        row = last.loc[name]
        parts = [
            part_in_words(found.dataset, part.Index, (part.low, part.high), say)
            for part in last.drop(name).itertuples()
            if part.low > 0 or pd.notna(part.high)
        ]
        behind = [text for text in [common.loosest_in_words(row, say)] if text]
        behind += [say("of them", text=say.listed(parts))] * bool(parts)
        ends.append((name, say.count(row.low, row.high), say.day(row.date, year=False), behind))
    return ends


def draw(paper: Paper, found: OverTime) -> None:
    """A row a tally, one below the other over the same days."""
    say, colours = paper.say, tally_colours(found.dataset)
    labels = tally_labels(found.dataset, say, found.drawn["tally_id"])
    reaches = {name: _reach(found, name) for name in found.panels}
    greatest, panels = max(reaches.values()), []
    apart = min(reaches.values()) < greatest / _CRUSHED
    days = days_of_panels(paper, span_of(found.drawn), reaches.values())
    for name, count, _, behind in _ends(found, say):
        link = common.link_to_last(found.dataset, name, say)
        draw_heading(paper, labels[name], count, colours[name], link)
        if more := [*[say("own scale")] * apart, *behind]:
            paper.paragraph(say.join(more), SMALL)
        rows = found.panels[name]
        rows = rows[rows["tally_id"] == name]
        steps, wide = (steps_of(rows[rows["reading"] == reading]) for reading in READINGS)
        tall = _TALL + 0.12 * (found.marks is not None)
        above = _OPEN * bool(np.isnan([*steps.high, *wide.high]).any()) + 0.04
        panel = Panel(paper, days, reaches[name] if apart else greatest, tall, above)
        draw_stairs(panel, steps, colours[name], wide, link)
        if found.marks is None:
            _draw_single_days(panel, primary(rows), link)
        else:
            _draw_marks(panel, found.marks[found.marks["tally_id"] == name], colours[name])
        panels.append(panel)
    draw_days(paper, days, [panel.band for panel in panels])


def _reach(found: OverTime, name: str) -> float:
    """The greatest count (persons) of a row, of any kind."""
    rows, marks = found.panels[name], found.marks
    ends = [rows.loc[rows["tally_id"] == name, ["cumulative_low", "cumulative_high"]]]
    if marks is not None:
        totals_stated = (marks["tally_id"] == name) & (marks["mark"] == "total")
        ends.append(marks.loc[totals_stated, ["stated_low", "stated_high"]])
    return max([1, *(float(each.max().max()) for each in ends if each.notna().any(axis=None))])


def _draw_single_days(panel: Panel, rows: pd.DataFrame, link: str | None) -> None:
    """A few days of which exactly so many are known: the number over the step."""
    known, say = rows[(rows["low"] > 0) & (rows["low"] == rows["high"])], panel.paper.say
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
