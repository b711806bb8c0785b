"""The figure of a number that stands still: a group inside its whole, statement by statement."""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.drawn import main_harm
from analysis.bounds.stale import find_standing_still
from analysis.charts import sheet
from analysis.charts import style as theme
from analysis.charts.bars import count_axis, draw_bar, draw_edge
from analysis.charts.sheet import SIDE, Chart, Line
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures.common import Found, Telling, cited, make, telling_of
from analysis.figures.naming import label, party_colours, tally_labels
from analysis.language.languages import Language

_BAR, _PART, _ROOM, _RISE = 0.24, 0.15, 0.04, 0.2
"""Heights of a bar, of the group inside it, of the space around it and between bars, in inches."""
_ARROW = 0.06  # of the axis


def plot_standing_still(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    tallies: list[str] | None = None,
    as_of: date | str | None = None,
) -> Chart:
    """A group's number that stands still while that of its whole grows, pair by pair.

    Parameters as for :func:`~analysis.figures.common.make`; ``tallies`` with their parts.

    Raises
    ------
    ValueError
        When nothing stands still.
    """
    asked = {"harm": harm, "tallies": tallies}
    steps = numbers, words, draw
    return make("standing_still", steps, dataset, language, width, as_of, **asked)


def numbers(dataset: Dataset, harm: str | None = None, tallies: list[str] | None = None) -> Found:
    """Pairs of a group's number and its whole's, run by run; the statements, each once."""
    harm = harm or main_harm(dataset)
    found = find_standing_still(dataset, harm, tallies)
    if found.empty:
        raise NothingToDrawError(
            "nothing to draw: no group's number stands still while that of its whole grows "
            f"({harm}, primary reading)"
        )
    pairs = found[["whole_event_id", "event_id"]].to_numpy().ravel()
    return Found(dataset, found, [*dict.fromkeys(pairs)], harm)


def words(found: Found, say: Language) -> Telling:
    """The first run in the title; every pair, and that this may not be so, in the alt text."""
    runs = _runs(found, say)
    start, end = runs[0].rows[0], runs[0].rows[-1]
    title = say(
        "title standing",
        label=label(found.dataset.parties.set_index("party_id"), start.party_id, say),
        harm=say.term("harm", start.harm),
        first=say.count(start.whole_low, start.whole_high),
        last=say.count(end.whole_low, end.whole_high),
        group=runs[0].groups[0],
        count=say.count(start.low, start.high),
    )
    rows = [text for run in runs for text in (run.heading, *run.pairs)]
    also = {"note": say("note standing"), "source": cited(found.dataset, found.event_ids, say)}
    return telling_of("standing", say.capital(title), rows, found, say, **also)


class Run(NamedTuple):
    """Pairs of one group: its name, who counts it; of each pair its days, these with counts.

    The days say what the whole counts, where that is not always the same.
    """

    rows: list
    groups: list[str]
    heading: str
    days: list[str]
    pairs: list[str]


def _runs(found: Found, say: Language) -> list[Run]:
    labels, runs = tally_labels(found.dataset, say, sourced=False), []
    for _, rows in found.numbers.groupby("finding"):
        rows = [*rows.itertuples()]
        groups = [_group(found.dataset, row, say) for row in rows]
        source = say.source(rows[0].source_original)
        alike = len({row.whole_tally_id for row in rows}) == 1
        days, pairs = [], []
        for row, group in zip(rows, groups, strict=True):
            text = say.capital(say.window(row.date_start, row.date_end, year=not days))
            days.append(text if alike else say.join([text, labels[row.whole_tally_id]], "list"))
            whole, part = say.count(row.whole_low, row.whole_high), say.count(row.low, row.high)
            said = say("inside", count=whole, group=group, part=part)
            pairs.append(say("labelled", label=days[-1], count=said))
        heading = say("windowed", count=say.capital(groups[0]), window=source)
        runs.append(Run(rows, groups, heading, days, pairs))
    return runs


def _group(dataset: Dataset, row, say: Language) -> str:
    """The group in words; by the name of its tally, if any, where the vocabulary lacks it."""
    tallies = dataset.tallies.set_index("tally_id")
    unnamed = tallies.loc[row.tally_id, ["label_en", "label_ar"]].isna().all()
    if say.knows("group", row.victim_group) or unnamed:
        return say.term("group", row.victim_group)
    return label(tallies, row.tally_id, say)


def draw(chart: Chart, found: Found, telling: Telling) -> None:
    """A panel a run, its pairs one below the other."""
    ends = found.numbers[["whole_low", "whole_high", "low", "high"]]
    reach = 1.1 * float(max(ends.max().max(), 1))
    say, runs = chart.say, _runs(found, chart.say)
    panels = []
    for run in runs:
        heading = [Line(run.heading, 8, "bold")]
        head, pairs = sheet.broken(chart, heading, chart.across - 0.1), _pairs(chart, run, reach)
        lines = [*head, *(line for _, above, *_ in pairs for line in above)]
        bars = (_BAR + 2 * _ROOM) * len(pairs) + _RISE * (len(pairs) - 1)
        panels.append((head, pairs, sheet.tall_of(lines) + bars + 0.14))
    colours = party_colours(found.dataset.parties)
    colour, groups = colours[runs[0].rows[0].party_id], dict.fromkeys(run.groups[0] for run in runs)
    part, groups = theme.solid(theme.tint(colour, 0.3), colour), say.join(groups, "list")
    samples = [(theme.solid(colour), say("key whole")), (part, say("key group", groups=groups))]
    top = sum(tall for _, _, tall in panels)
    box, notes = (SIDE, chart.across, top), [say("note standing")]
    axes, paper = sheet.lay_out(chart, telling.subtitle, notes, samples, box, 0.25)
    count_axis(axes, chart, reach)
    for head, pairs, tall in panels:
        below = sheet.write_lines(axes, chart, head, 0, top)
        for pair in pairs:
            below = _draw_pair(axes, chart, pair, below, colours[pair[0].party_id], reach)
        top -= tall
    sheet.key(chart, paper, samples, -0.25 - 0.08)


def _pairs(chart: Chart, run: Run, reach: float) -> list[tuple]:
    """Of each pair its row, the lines above, what is written on its bars, the rise before it."""
    above, inside = run.days, [_inside(chart, row, reach) for row in run.rows]
    if not all(inside):  # where one number has no room on its bar, all stand above
        above, inside = run.pairs, [("", "")] * len(run.rows)
    lines = [sheet.broken(chart, [Line(text, 7.5)], chart.across - 0.1) for text in above]
    rises = [""]
    for (before, row), group in zip(pairwise(run.rows), run.groups[1:], strict=True):
        whole, part = row.whole_low - before.whole_low, row.low - before.low
        rises.append(chart.say("rise", whole=f"{whole:,}", group=group, part=f"{part:,}"))
    return [*zip(run.rows, lines, inside, rises, strict=True)]


def _inside(chart: Chart, row, reach: float) -> tuple[str, str] | None:
    """The counts of group and whole, where both have room on their bars."""

    def wide(text: str) -> float:
        return (sheet.text_width(chart, text, 8, "bold") + 0.14) * reach / chart.across

    part = chart.say.count(row.low, row.high)
    if pd.isna(row.high) and wide(part) > row.low:
        part = f"{row.low:,}"  # the open arrow says "at least" too
    whole = chart.say("in all", count=chart.say.count(row.whole_low, row.whole_high))
    room = row.whole_low - row.low - _ARROW * reach * pd.isna(row.high)
    return (part, whole) if wide(part) < row.low and wide(whole) < room else None


def _draw_pair(
    axes: Axes, chart: Chart, pair: tuple, top: float, colour: str, reach: float
) -> None:
    (row, above, inside, rise), person = pair, reach / chart.across
    if rise:  # beside the edge that stands still, on whose far side the whole grows
        wide = sheet.text_width(chart, rise, 7, "bold") + 0.1
        start = row.low + 0.07 * person if row.low + wide * person < reach else 0
        line = Line(rise, 7, "bold", theme.GREY)
        sheet.write(axes, chart, line, start, top - _RISE / 2, bbox=theme.plate())
        draw_edge(axes, row.low, (top, top - _RISE))
        top -= _RISE
    top = sheet.write_lines(axes, chart, above, 0, top) - _ROOM
    base, arrow = top - _BAR, reach * _ARROW
    draw_bar(axes, (row.whole_low, row.whole_high), (base, _BAR), colour, arrow)
    inset = base + (_BAR - _PART) / 2, _PART
    draw_bar(axes, (row.low, row.high), inset, theme.tint(colour, 0.3), arrow, "white")
    draw_edge(axes, row.low, (top + _ROOM, base - _ROOM))
    part, whole = (Line(text, 8, "bold") for text in inside)
    pad, middle = 0.07 * person, base + _BAR / 2
    sheet.write(axes, chart, part, pad, middle)
    whole = whole._replace(colour="white")
    sheet.write(axes, chart, whole, row.whole_low - pad, middle, ha=chart.far)
    return top - (_BAR + _ROOM)
