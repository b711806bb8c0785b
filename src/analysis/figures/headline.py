"""The figure that tells a story of days in one picture: what was certain by the end of each."""

from collections.abc import Collection
from datetime import date

import numpy as np

from analysis.charts.days import Days, days_between, draw_days
from analysis.charts.sheet import NORMAL, Chart, Paper, leading, text_width, wrap
from analysis.charts.signs import Counts, Sample, Steps, count_room, draw_counts
from analysis.charts.style import letters
from analysis.data.dataset import Dataset
from analysis.figures import common, over_time
from analysis.figures.naming import party_colours, short_names
from analysis.language.languages import Language

_TALL, _GUTTER = {"page": 2.1, "column": 1.9}, {"page": 1.7, "column": 1.05}
"""Inches of the plot, and at most of the names behind it."""
_MOST = 5
"""So many lines are drawn, the highest."""


def plot_headline(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    tallies: Collection[str] | None = None,
    as_of: date | str | None = None,
) -> Chart:
    """At least how many by the end of each day, in one plot: a line each, named at its end.

    Upper limits are ticks at the last day. Parameters as for :func:`plot_over_time`.
    """
    options = {"harm": harm, "tallies": tallies}
    steps = numbers, words, draw
    return common.make("headline", steps, dataset, language, width, as_of, **options)


def numbers(
    dataset: Dataset, harm: str | None = None, tallies: Collection[str] | None = None
) -> over_time.OverTime:
    """Bounds of the tallies asked for, else of those that reach the highest numbers."""
    found = over_time.numbers(dataset, harm, tallies)
    if len(found.panels) <= _MOST or tallies is not None:
        return found
    last = over_time.last_days(found.drawn).set_index("tally_id")["cumulative_low"]
    return over_time.numbers(dataset, harm, last[[*found.panels]].nlargest(_MOST).index)


def words(found: over_time.OverTime, say: Language) -> common.Telling:
    """Each line's last count in the title and in the alt text."""
    labels, rows = short_names(found.dataset, found.panels, say), []
    for name, own in found.panels.items():
        last = over_time.last_days(own[own["tally_id"] == name]).iloc[0]
        count = say.count(last["cumulative_low"], last["cumulative_high"])
        rows.append(say("headline row", label=labels[name], count=count))
    day = say.day(found.drawn["date"].max(), year=False)
    harm = say.term("harm", found.harm)
    title = say("title headline", day=day, harm=harm, rows=say.join(rows, "list"))
    title = common.read_strictly(title, found.summed, found.loosest, say)
    what, notes = say("what over time", harm=harm), [say("note headline")]
    days = over_time.span_of(found.drawn)
    told = [say("windowed", count=row, window=say("up to", date=day)) for row in rows]
    return common.telling_of(title, told, found, say, what=what, days=days, notes=notes)


def draw(paper: Paper, found: over_time.OverTime, telling: common.Telling) -> list[Sample]:
    """Lines from the lowest to the highest at the end, their names behind them."""
    say, labels = paper.say, short_names(found.dataset, found.panels, paper.say)
    colours = party_colours(found.dataset)
    lines = []
    for name, rows in found.panels.items():
        own = over_time.primary(rows[rows["tally_id"] == name])
        steps, last = over_time.steps_of(own), own.iloc[-1]
        count = say.count(last["cumulative_low"], last["cumulative_high"])
        link = common.link_to_last(found.dataset, name, say)
        lines.append((steps, labels[name], count, colours[own["party_id"].iloc[0]], link))
    reach = max(max(steps.low.max(), np.nanmax([0, *steps.high])) for steps, *_ in lines)
    room, width = count_room(reach), paper.chart.width
    widest = max(
        max(text_width(name), text_width(count, NORMAL, True)) for _, name, count, *_ in lines
    )
    gutter = min(widest + 0.1, _GUTTER[width])
    span = over_time.span_of(found.drawn)
    days = days_between(*span, paper.left + room, paper.across - room - gutter, 9)
    counts = Counts(paper.top + 0.1 + _TALL[width], _TALL[width], max(reach, 1))
    bands = [(paper.top, counts.base + 0.02)]
    draw_counts(paper, days, counts, 4)
    paper.top = counts.base
    for steps, _, _, colour, _ in lines:
        _draw_line(paper, days, counts, steps, colour)
    bottom = _draw_names(paper, days, counts, lines, gutter)
    draw_days(paper, days, bands)
    paper.top = max(paper.top, bottom)
    return common.key_of(
        say, line=True, limit=any(steps.low[-1] < steps.high[-1] < np.inf for steps, *_ in lines)
    )


def _draw_line(paper: Paper, days: Days, counts: Counts, steps: Steps, colour: str) -> None:
    known = steps.where(steps.low > 0)
    if not len(known.days):
        return
    xs = [days.at(day) for day in np.stack([known.days, known.stops], axis=1).ravel()]
    ys = counts.at(np.repeat(known.low, 2))
    paper.line(xs, ys, "certain", colour=colour, thick=2.2, solid_joinstyle="miter")
    if steps.low[-1] < steps.high[-1] < np.inf:
        at, top = days.at(steps.stops[-1]), counts.at(steps.high[-1])
        paper.line([at - 0.08, at + 0.03], [top] * 2, "limit", colour=colour, thick=1.4)


def _draw_names(paper: Paper, days: Days, counts: Counts, lines: list, gutter: float) -> float:
    """Name and count behind each line's end, none above the plot; gives where they end."""
    lines = sorted(lines, key=lambda line: line[0].low[-1])
    blocks = [[*wrap(name, gutter - 0.06), count] for _, name, count, *_ in lines]
    floor, tops = counts.base + 0.1, []
    for texts, (steps, *_) in zip(blocks, lines, strict=True):
        tall = leading(NORMAL) * len(texts)
        floor = min(counts.at(steps.low[-1]) - tall / 2, floor - tall - 0.02)
        tops.append(floor)
    ceiling = counts.base - counts.tall - 0.1
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = max(tops[at], ceiling)
        ceiling = tops[at] + leading(NORMAL) * len(blocks[at]) + 0.02
        for place, text in enumerate(blocks[at]):
            y = tops[at] + leading(NORMAL) * (place + 0.5)
            look = {"colour": letters(lines[at][3]), "link": lines[at][4]}
            look["bold"] = place == len(blocks[at]) - 1
            paper.write(days.at(days.stop) + 0.06, y, text, **look)
    return max(top + leading(NORMAL) * len(block) for top, block in zip(tops, blocks, strict=True))
