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
from analysis.charts.days import Days, day_number, days_between, draw_days
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width
from analysis.charts.stairs import Counts, count_room, draw_counts, draw_stairs
from analysis.charts.style import GREY, INK, letters
from analysis.data.cut import READINGS
from analysis.data.dataset import Dataset
from analysis.figures import common
from analysis.figures.frames import (
    last_days,
    last_sums,
    loosest_in_words,
    primary,
    reach_of,
    span_of,
    steps_of,
)
from analysis.figures.naming import part_in_words, party_colours, shown_labels
from analysis.language.languages import Language

_TALL, _OPEN, _CRUSHED, _FEW = 0.5, 0.2, 4, 3
"""Inches of a row, and above it where no limit is given; a scale of its own where a row would be
less than a fourth of the highest; so many single days have a number of their own."""


class OverTime(NamedTuple):
    """What is drawn: bounds and marks (together ``numbers``), rows, and what the title sums."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    drawn: pd.DataFrame
    marks: pd.DataFrame | None
    panels: dict[str, pd.DataFrame]
    title: str
    summed: pd.DataFrame
    loosest: pd.DataFrame
    by_rule: bool = False

    def labels(self, say: Language) -> dict[str, str]:
        """Names of the tallies, with the source where the figure has several."""
        return shown_labels(self.dataset, self.drawn["tally_id"], say)


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
        title, harm = "all", harm or bounds.main_harm(dataset)
        drawn = bounds.over_time_drawn(dataset, harm)
        sums = [totals(dataset, name) for name in READINGS]
        summed, loosest = (rows[rows["harm"] == harm] for rows in sums)
        rooted = bounds.with_root(primary(drawn))
        whole = [*rooted.loc[rooted["root"] == rooted["tally_id"], "tally_id"].unique()]
    else:
        whole = [*dict.fromkeys(tallies)]
        harm, drawn = chosen_harm(dataset, whole, harm), chosen_drawn(dataset, whole)
        own = drawn[drawn["tally_id"].isin(whole)]
        summed, loosest = (last_sums(own[own["reading"] == name]) for name in READINGS)
        added, title = outermost(dataset, whole)
        title = title if len(added) == len(whole) else "shared"
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
    return OverTime(dataset, shown, rests, harm, drawn, marks, panels, title, summed, loosest)


def words(found: OverTime, say: Language) -> common.Telling:
    """The sum in the title, where there is one; where each row ends in the alt text."""
    drawn = found.drawn
    title, persons = say("title shared", harm=say.term("harm", found.harm)), ""
    if found.title != "shared":
        whole = drawn["tally_id"].isin(found.panels)
        people = common.people_in(found.summed, found.harm, say)
        title = people
        if common.one_source(found.summed):
            if found.title == "chosen":
                people = say("in counts shown", people=people)
            title = common.with_days("title over time", people, found.summed, drawn[whole], say)
            sums = ([common.sum_of(rows)] for rows in (found.summed, found.loosest))
            title = common.read_strictly(title, *sums, say)
            persons = say.count(*common.sum_of(found.summed))
    what = say("what over time", harm=say.term("harm", found.harm))
    rows = [_row_in_words(found, name, rows, say) for name, rows in found.panels.items()]
    if found.marks is not None and (drawn_marks := int((found.marks["mark"] != "part").sum())):
        rows.append(say("alt marks", number=drawn_marks))
    if drawn["derived"].any():
        rows.append(say("alt derived"))
    return common.Telling(title, rows, what, span_of(drawn), persons=persons)


def _row_in_words(found: OverTime, name: str, rows: pd.DataFrame, say: Language) -> str:
    """Bounds by the last day, the loosest reading where it differs, and the parts."""
    last = last_days(rows).set_index("tally_id")
    ends = ["cumulative_low", "cumulative_high"]
    said = say("labelled", label=found.labels(say)[name], count=say.count(*last.loc[name, ends]))
    day = say.day(last.loc[name, "date"], year=False)
    texts = [say("windowed", count=said, window=say("up to", date=day))]
    texts += loosest_in_words(rows[rows["tally_id"] == name], say)
    return say.join([*texts, *_parts(found, name, last, say)])


def _parts(found: OverTime, name: str, last: pd.DataFrame, say: Language) -> list[str]:
    """What is known of the parts by their last days, in words."""
    parts = last.drop(name).reset_index()
    stated = parts[(parts["cumulative_low"] > 0) | parts["cumulative_high"].notna()]
    rows = stated[["tally_id", "cumulative_low", "cumulative_high"]].itertuples(index=False)
    told = [part_in_words(found.dataset, part, ends, say) for part, *ends in rows]
    return [say("of them", text=say.join(told, "list"))] if told else []


def draw(paper: Paper, found: OverTime) -> None:
    """A row a tally, one below the other over the same days."""
    say, labels = paper.say, found.labels(paper.say)
    colours = party_colours(found.dataset)
    stairs, reaches = {}, {}
    for name, rows in found.panels.items():
        own = rows[rows["tally_id"] == name]
        stairs[name] = [steps_of(own[own["reading"] == each]) for each in ("primary", "wide")]
        marks = found.marks[found.marks["tally_id"] == name] if found.marks is not None else None
        reaches[name] = reach_of(own, marks)
    greatest = max(reaches.values())
    apart = min(reaches.values()) < greatest / _CRUSHED
    room = max(map(count_room, reaches.values()))
    days = days_between(*span_of(found.drawn), paper.left + room, paper.across - room)
    bands = []
    for name, rows in found.panels.items():
        paper.top += 0.06
        colour, last = colours[rows["party_id"].iloc[0]], last_days(rows).set_index("tally_id")
        count = say.count(*last.loc[name, ["cumulative_low", "cumulative_high"]])
        link = common.link_to_last(found.dataset, name, say)
        _heading(paper, (labels[name], count, apart and say("own scale")), letters(colour), link)
        wide = loosest_in_words(rows[rows["tally_id"] == name], say)
        for text in [*wide, *_parts(found, name, last, say)]:
            paper.paragraph(text, SMALL, colour=INK)
        primary_steps, wide = stairs[name]
        tall = _TALL + 0.12 * (found.marks is not None)
        above = _OPEN * bool(np.isnan([*primary_steps.high, *wide.high]).any()) + 0.04
        counts = Counts(paper.top + above + tall, tall, reaches[name] if apart else greatest)
        bands.append((counts.at(counts.reach), counts.base + 0.02))
        draw_counts(paper, days, counts)
        draw_stairs(paper, days, counts, primary_steps, colour, wide, link)
        paper.top = counts.base
        if found.marks is not None:
            own = found.marks[found.marks["tally_id"] == name]
            _draw_marks(paper, days, counts, own[own["mark"] == "total"], colour)
            strip = own[own["mark"] == "days"].sort_values(["date_start", "date"])
            windows = [
                common.window_of(row, say.count(row.stated_low, row.stated_high), say)
                for row in strip.itertuples()
            ]
            paper.top += 0.03
            draw_windows(paper, days, windows, INK)
        else:
            _draw_single_days(paper, days, counts, rows[rows["tally_id"] == name], link)
    draw_days(paper, days, bands)


def _heading(paper: Paper, texts: tuple, colour: str, link: str | None) -> None:
    """Name and count on one line where both have room, and whether the scale is another."""
    name, count, scale = texts
    wide = text_width(count, NORMAL + 1, True)
    if text_width(name, NORMAL, True) + wide + 0.2 > paper.across:
        paper.paragraph(name, NORMAL, bold=True, colour=colour)
        name = ""
    middle = paper.top + leading(NORMAL + 1) / 2
    end = paper.left + paper.across
    taken = paper.write(paper.left, middle, name, NORMAL, bold=True, colour=colour) if name else 0
    look = {"bold": True, "colour": colour, "side": "end", "link": link}
    paper.write(end, middle, count, NORMAL + 1, **look)
    paper.top += leading(NORMAL + 1)
    if scale and taken + wide + text_width(scale, SMALL) + 0.3 < paper.across:
        paper.write(paper.left + taken + 0.1, middle, scale, SMALL, colour=GREY)
    elif scale:
        paper.paragraph(scale, SMALL, colour=GREY)


def _draw_single_days(
    paper: Paper, days: Days, counts: Counts, rows: pd.DataFrame, link: str | None
) -> None:
    """A few days of which exactly so many are known: the number over the step."""
    known = primary(rows)
    known = known[(known["low"] > 0) & (known["low"] == known["high"])]
    for row in known.itertuples() if len(known) <= _FEW else ():
        at, level = days.at(day_number(row.date)), row.cumulative_low
        text = paper.say("on day", count=f"{row.low:,}", window=paper.say.day(row.date, year=False))
        ways = [(0, -1), (-1, -1), (1, -1)]
        paper.beside(at + days.day / 2, counts.at(level), [text], ways, link=link)


def _draw_marks(paper: Paper, days: Days, counts: Counts, marks: pd.DataFrame, colour: str) -> None:
    """A dot on the last day that a running total covers, its number beside it."""
    shown, say = [], paper.say
    for row in marks.itertuples():
        at, y = days.at(day_number(row.date) + 0.5), counts.at(row.stated_low)
        link = common.link_to(say, row.event_id)
        look = {"marker": "o", "markersize": 3.6, "markeredgecolor": "white", "zorder": 4}
        paper.line(
            [at], [y], "statement", link, colour=letters(colour), markeredgewidth=0.5, **look
        )
        paper.take(at, y, 0.07, 0.07)
        shown.append((at, y, say.count(row.stated_low, row.stated_high), link))
    for at, y, text, link in shown[::-1]:
        paper.beside(at, y, [text], [(0, -1), (-1, -1), (-1, 0)], link=link)


plot_over_time = common.figure("over_time", numbers, words, draw)
