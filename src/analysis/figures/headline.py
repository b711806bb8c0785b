"""The figure that tells a story of days in one picture: what was certain by the end of each."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.bounds.drawn import whole_of
from analysis.charts.days import Days, days_between, draw_days
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap
from analysis.charts.stairs import Counts, Steps, count_room, draw_counts
from analysis.charts.style import letters
from analysis.data.cut import READINGS
from analysis.data.dataset import Dataset
from analysis.figures import common, frames, over_time
from analysis.figures.naming import party_colours, short_names
from analysis.language.languages import Language

_TALL, _GUTTER = {"page": 2.1, "column": 1.9}, {"page": 1.7, "column": 1.05}
"""Inches of the plot, and at most of the names behind it."""
_MOST = 5
"""So many lines are drawn, the highest."""


def numbers(
    dataset: Dataset, harm: str | None = None, *, tallies: Collection[str] | None = None
) -> over_time.OverTime:
    """At least how many by the end of each day, in one plot: a line each, named at its end.

    Lines are those of ``tallies``, else of those that reach the highest numbers. Upper limits are
    ticks at the last day.
    """
    found = over_time.numbers(dataset, harm, tallies=tallies)
    if len(found.panels) <= _MOST or tallies is not None:
        return found
    last = frames.last_days(found.drawn).set_index("tally_id")["cumulative_low"]
    most = last[[*found.panels]].nlargest(_MOST).index
    chosen = over_time.numbers(dataset, harm, tallies=most)
    return chosen._replace(by_rule=True)


def words(found: over_time.OverTime, say: Language) -> common.Telling:
    """Each line's last count in the title and, with its day and reading, in the alt text."""
    rows, told = [], []
    for name, count, day, wide in _ends(found, say):
        rows.append(say("headline row", label=name, count=count))
        up_to = say("up to", date=day)
        told.append(say.join([say("windowed", count=rows[-1], window=up_to), *wide], "list"))
    harm = say.term("harm", found.harm)
    title = say("title headline", harm=harm, rows=say.join(rows, "list"))
    readings = (rows[["low", "high"]].to_numpy().tolist() for rows in _last_bounds(found))
    title = common.read_strictly(title, *readings, say)
    notes = [say("note headline")]
    left_out = len(whole_of(found.dataset, found.harm)) - len(found.panels)
    if left_out > 0 and found.by_rule:
        notes.append(say("and others", number=left_out) + ".")
    what, days = say("what over time", harm=harm), frames.span_of(found.drawn)
    return common.Telling(title, told, what, days, notes)


def _ends(found: over_time.OverTime, say: Language) -> list[tuple[str, str, str, list[str]]]:
    """Name, last count and day of each line, and what the loosest reading says otherwise."""
    names, ends = short_names(found.dataset, found.panels, say), []
    for name, rows in found.panels.items():
        own = rows[rows["tally_id"] == name]
        last = frames.last_days(own).iloc[0]
        count = say.count(last["cumulative_low"], last["cumulative_high"])
        day = say.day(last["date"], year=False)
        ends.append((names[name], count, day, frames.loosest_in_words(own, say)))
    return ends


def _last_bounds(found: over_time.OverTime) -> list[pd.DataFrame]:
    """The last bounds of the lines, in both readings."""
    rows = found.drawn[found.drawn["tally_id"].isin(found.panels)]
    return [frames.last_sums(rows[rows["reading"] == name]) for name in READINGS]


def draw(paper: Paper, found: over_time.OverTime) -> None:
    """Lines from the lowest to the highest at the end, their names behind them."""
    say, colours = paper.say, party_colours(found.dataset)
    ends, lines = _ends(found, say), []
    apart = len({day for _, _, day, _ in ends}) > 1
    for (tally_id, rows), (name, count, day, wide) in zip(found.panels.items(), ends, strict=True):
        own = frames.primary(rows[rows["tally_id"] == tally_id])
        link = common.link_to_last(found.dataset, tally_id, say)
        behind = [*wide, *([say("up to", date=day)] if apart else [])]
        texts = name, count, behind, letters(colours[own["party_id"].iloc[0]]), link
        lines.append((frames.steps_of(own), texts, colours[own["party_id"].iloc[0]]))
    reach = max(max(steps.low.max(), np.nanmax([0, *steps.high])) for steps, *_ in lines)
    room, width = count_room(reach), paper.chart.width
    names = (
        [
            text_width(name),
            text_width(count, NORMAL, True),
            *(text_width(each, SMALL) for each in behind),
        ]
        for _, (name, count, behind, *_), _ in lines
    )
    widest = max(map(max, names))
    gutter = min(widest + 0.1, _GUTTER[width])
    span = frames.span_of(found.drawn)
    days = days_between(*span, paper.left + room, paper.across - room - gutter)
    counts = Counts(paper.top + 0.1 + _TALL[width], _TALL[width], max(reach, 1))
    bands = [(paper.top, counts.base + 0.02)]
    draw_counts(paper, days, counts, 4)
    paper.top = counts.base
    for steps, texts, colour in lines:
        _draw_line(paper, days, counts, steps, (colour, texts[4]))
    bottom = _draw_names(paper, days, counts, lines, gutter)
    draw_days(paper, days, bands)
    paper.top = max(paper.top, bottom)


def _draw_line(paper: Paper, days: Days, counts: Counts, steps: Steps, look: tuple) -> None:
    colour, link = look
    known = steps.where(steps.low > 0)
    if not len(known.days):
        return
    xs = [days.at(day) for day in np.stack([known.days, known.stops], axis=1).ravel()]
    ys = counts.at(np.repeat(known.low, 2))
    paper.line(xs, ys, "line", link, colour=colour, thick=2.2, solid_joinstyle="miter")
    if steps.low[-1] < steps.high[-1] < np.inf:
        at, top = days.at(steps.stops[-1]), counts.at(steps.high[-1])
        paper.line([at - 0.08, at + 0.03], [top] * 2, "limit", colour=colour, thick=1.4)


def _draw_names(paper: Paper, days: Days, counts: Counts, lines: list, gutter: float) -> float:
    """Name and count behind each line's end, none above the plot; gives where they end."""
    blocks = []
    for steps, (name, count, behind, colour, link), _ in sorted(
        lines, key=lambda each: each[0].low[-1]
    ):
        room = gutter - 0.06
        texts = [(line, NORMAL, False) for line in wrap(name, room)] + [(count, NORMAL, True)]
        texts += [(line, SMALL, False) for text in behind for line in wrap(text, room, SMALL)]
        blocks.append((counts.at(steps.low[-1]), texts, {"colour": colour, "link": link}))
    talls = [sum(leading(size) for _, size, _ in texts) + 0.03 for _, texts, _ in blocks]
    floor, tops = counts.base + 0.1, []
    for (level, *_), tall in zip(blocks, talls, strict=True):
        floor = min(level - tall / 2, floor - tall)
        tops.append(floor)
    ceiling = counts.base - counts.tall - 0.1
    for at in range(len(tops) - 1, -1, -1):
        top = tops[at] = max(tops[at], ceiling)
        ceiling = top + talls[at]
        for text, size, bold in blocks[at][1]:
            top += leading(size)
            y = top - leading(size) / 2
            paper.write(days.at(days.stop) + 0.06, y, text, size, bold=bold, **blocks[at][2])
    return ceiling if len(tops) == 1 else tops[0] + talls[0]


plot_headline = common.figure("headline", numbers, words, draw)
