"""The figure that tells a story of days in one picture: what was certain by the end of each."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from analysis.bounds.drawn import whole_of
from analysis.charts.days import draw_days
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap
from analysis.charts.stairs import Course, Panel, days_of_panels
from analysis.charts.style import letters
from analysis.data.dataset import Dataset
from analysis.figures import common, naming, over_time, readings
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
    most = found.ends["low"].loc[[*found.panels]].nlargest(_MOST).index
    chosen = over_time.numbers(dataset, harm, tallies=most)
    return replace(chosen, left_out=len(whole_of(dataset, found.harm)) - len(chosen.panels))


def words(found: over_time.OverTime, say: Language) -> common.Telling:
    """Each line's last count in the title and, with its day and reading, in the alt text."""
    ends, rows, told = found.ends.loc[[*found.panels]], [], []
    for row, line in zip(ends.itertuples(), _lines(found, say), strict=True):
        rows.append(say("headline row", label=line.name, count=line.count))
        said = say("windowed", count=rows[-1], window=line.until)
        told.append(say.join(filter(None, [said, readings.loosest_in_words(row, say)]), "list"))
    harm = say.term("harm", found.harm)
    title = say("title headline", harm=harm, rows=say.join(rows, "list"))
    both = (ends[[f"{name}low", f"{name}high"]].to_numpy() for name in ("", "wide_"))
    title = readings.read_strictly(title, *both, say)
    return common.Telling(title, told, "what over time", notes=[say("note headline")])


def _lines(found: over_time.OverTime, say: Language) -> list[Course]:
    """Each line, behind its end its name, its count and in small letters what else is said."""
    names, lines = naming.short_names(found.dataset, say, found.panels), []
    ends, courses = found.ends.loc[[*found.panels]], over_time.courses(found, say, parted=False)
    for row, line in zip(ends.itertuples(), courses, strict=True):
        until = line.until * bool((ends["date"] != row.date).any())
        more = [*filter(None, [readings.loosest_in_words(row, say), until])]
        lines.append(line._replace(name=names[row.Index], more=more))
    return lines


def _texts(line: Course, across: float) -> list[tuple[str, float, bool]]:
    """What stands behind a line, in so many inches: each with its size, and whether bold."""
    named = [(text, NORMAL, False) for text in wrap(line.name, across)]
    more = [text for said in line.more for text in wrap(said, across, SMALL)]
    return [*named, (line.count, NORMAL, True), *((text, SMALL, False) for text in more)]


def draw(paper: Paper, found: over_time.OverTime) -> None:
    """Lines from the lowest to the highest at the end, their names behind them."""
    lines, width = _lines(found, paper.say), paper.chart.width
    reach = max(1, *(np.nanmax([*line.steps.low, *line.steps.high]) for line in lines))
    wide = max(text_width(*text) for line in lines for text in _texts(line, np.inf))
    gutter = min(wide + 0.1, _GUTTER[width])
    days = days_of_panels(paper, found.days, [reach], gutter)
    panel = Panel(paper, days, reach, _TALL[width], 0.1, most=4)
    for line in lines:
        _draw_line(panel, line)
    bottom = _draw_names(panel, sorted(lines, key=lambda line: line.steps.low[-1]), gutter - 0.06)
    draw_days(paper, days, [panel.band])
    paper.top = max(paper.top, bottom)


def _draw_line(panel: Panel, line: Course) -> None:
    steps = line.steps
    known = steps.where(steps.low > 0)
    if len(known.days):
        xs = [panel.x(day) for day in np.stack([known.days, known.stops], axis=1).ravel()]
        look = {"colour": line.colour, "thick": 2.2, "solid_joinstyle": "miter"}
        panel.paper.line(xs, panel.y(np.repeat(known.low, 2)), "line", line.link, **look)
    if 0 < steps.low[-1] < steps.high[-1] < np.inf:
        x, y = panel.x(steps.stops[-1]), panel.y(steps.high[-1])
        panel.paper.line([x - 0.08, x + 0.03], [y, y], "limit", colour=line.colour, thick=1.4)


def _draw_names(panel: Panel, lines: list[Course], across: float) -> float:
    """Name and count behind each line's end, none above the plot; gives where they end."""
    texts = [_texts(line, across) for line in lines]
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
