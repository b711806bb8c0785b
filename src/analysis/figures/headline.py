"""The figure that tells a story of days in one picture: what was certain by the end of each."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds.drawn import whole_of
from analysis.charts.days import draw_days
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap
from analysis.charts.stairs import Panel, Steps, days_of_panels
from analysis.charts.style import letters
from analysis.data.dataset import Dataset
from analysis.figures import common, over_time
from analysis.figures.frames import last_bounds, primary, span_of, steps_of
from analysis.figures.naming import short_names, tally_colours
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
    most = _ends(found)["low"].nlargest(_MOST).index
    chosen = over_time.numbers(dataset, harm, tallies=most)
    return chosen._replace(by_rule=True)


def _ends(found: over_time.OverTime) -> pd.DataFrame:
    """Where each line ends."""
    return last_bounds(found.drawn).loc[[*found.panels]]


def words(found: over_time.OverTime, say: Language) -> common.Telling:
    """Each line's last count in the title and, with its day and reading, in the alt text."""
    ends, lines, rows, told = _ends(found), _lines(found, say), [], []
    for row, line in zip(ends.itertuples(), lines, strict=True):
        rows.append(say("headline row", label=line.name, count=line.count))
        day = say("up to", date=say.day(row.date, year=False))
        said = [say("windowed", count=rows[-1], window=day), common.loosest_in_words(row, say)]
        told.append(say.join(filter(None, said), "list"))
    harm = say.term("harm", found.harm)
    title = say("title headline", harm=harm, rows=say.join(rows, "list"))
    readings = (ends[[f"{name}low", f"{name}high"]].to_numpy() for name in ("", "wide_"))
    title = common.read_strictly(title, *readings, say)
    notes = [say("note headline")]
    left_out = len(whole_of(found.dataset, found.harm)) - len(found.panels)
    if left_out > 0 and found.by_rule:
        notes.append(say("and others", number=left_out) + ".")
    what = say("what over time", harm=harm)
    return common.Telling(title, told, what, span_of(found.drawn), notes)


class Line(NamedTuple):
    """A line, and what stands behind its end: name, count, in small letters what else is said."""

    steps: Steps
    name: str
    count: str
    behind: list[str]
    colour: str
    link: str | None

    def texts(self, across: float) -> list[tuple[str, float, bool]]:
        """What stands behind it in lines of some inches: each with its size, and whether bold."""
        named = [(line, NORMAL, False) for line in wrap(self.name, across)]
        more = [line for text in self.behind for line in wrap(text, across, SMALL)]
        return [*named, (self.count, NORMAL, True), *((line, SMALL, False) for line in more)]


def _lines(found: over_time.OverTime, say: Language) -> list[Line]:
    names, colours = short_names(found.dataset, say, found.panels), tally_colours(found.dataset)
    ends, lines = _ends(found), []
    for row in ends.itertuples():
        own = found.drawn[found.drawn["tally_id"] == row.Index]
        day = say("up to", date=say.day(row.date, year=False))
        behind = [common.loosest_in_words(row, say), day * bool((ends["date"] != row.date).any())]
        said = names[row.Index], say.count(row.low, row.high), [text for text in behind if text]
        link = common.link_to_last(found.dataset, row.Index, say)
        lines.append(Line(steps_of(primary(own)), *said, colours[row.Index], link))
    return lines


def draw(paper: Paper, found: over_time.OverTime) -> None:
    """Lines from the lowest to the highest at the end, their names behind them."""
    lines, width = _lines(found, paper.say), paper.chart.width
    reach = max(1, *(np.nanmax([*line.steps.low, *line.steps.high]) for line in lines))
    wide = max(text_width(*text) for line in lines for text in line.texts(np.inf))
    gutter = min(wide + 0.1, _GUTTER[width])
    days = days_of_panels(paper, span_of(found.drawn), [reach], gutter)
    panel = Panel(paper, days, reach, _TALL[width], 0.1, most=4)
    for line in lines:
        _draw_line(panel, line)
    bottom = _draw_names(panel, sorted(lines, key=lambda line: line.steps.low[-1]), gutter - 0.06)
    draw_days(paper, days, [panel.band])
    paper.top = max(paper.top, bottom)


def _draw_line(panel: Panel, line: Line) -> None:
    steps = line.steps
    known = steps.where(steps.low > 0)
    if len(known.days):
        xs = [panel.x(day) for day in np.stack([known.days, known.stops], axis=1).ravel()]
        look = {"colour": line.colour, "thick": 2.2, "solid_joinstyle": "miter"}
        panel.paper.line(xs, panel.y(np.repeat(known.low, 2)), "line", line.link, **look)
    if 0 < steps.low[-1] < steps.high[-1] < np.inf:
        x, y = panel.x(steps.stops[-1]), panel.y(steps.high[-1])
        panel.paper.line([x - 0.08, x + 0.03], [y, y], "limit", colour=line.colour, thick=1.4)


def _draw_names(panel: Panel, lines: list[Line], across: float) -> float:
    """Name and count behind each line's end, none above the plot; gives where they end."""
    texts = [line.texts(across) for line in lines]
    talls = [sum(leading(size) for _, size, _ in each) + 0.03 for each in texts]
    floor, tops = panel.base - 0.02, []
    for line, tall in zip(lines, talls, strict=True):
        floor = min(panel.y(line.steps.low[-1]) - tall / 2, floor - tall)
        tops.append(floor)
    ceiling, x = panel.y(panel.reach) - 0.1, panel.x(panel.days.stop) + 0.06
    for at in reversed(range(len(lines))):
        top = tops[at] = max(tops[at], ceiling)
        ceiling = top + talls[at]
        look = {"colour": letters(lines[at].colour), "link": lines[at].link}
        for text, size, bold in texts[at]:
            top += leading(size)
            panel.paper.write(x, top - leading(size) / 2, text, size, bold=bold, **look)
    return tops[0] + talls[0]


plot_headline = common.figure("headline", numbers, words, draw)
