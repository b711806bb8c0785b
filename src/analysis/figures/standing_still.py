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
from analysis.charts.bars import count_axes, draw_bar, draw_edge
from analysis.charts.sheet import SIDE, Chart, Line, Sample
from analysis.data.dataset import Dataset
from analysis.figures.common import Found, Telling, cited, make, telling_of
from analysis.figures.naming import label, party_colours, tally_labels
from analysis.language.languages import Language

_BAR, _PART, _ROOM, _RISE, _AXIS = 0.24, 0.15, 0.04, 0.2, 0.25
"""Heights of a bar, of the group inside it, of the space around it, between bars, for the axis."""
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
        raise ValueError(
            "nothing to draw: no group's number stands still while that of its whole grows "
            f"({harm}, primary reading)"
        )
    pairs = found[["whole_event_id", "event_id"]].to_numpy().ravel()
    return Found(dataset, found, [*dict.fromkeys(pairs)], harm)


def words(found: Found, say: Language) -> Telling:
    """The first run in the title; every pair, and that this may not be so, in the alt text."""
    dataset, findings = found.dataset, _findings(found)
    start, end = findings[0][0], findings[0][-1]
    title = say(
        "title standing",
        label=label(dataset.parties.set_index("party_id"), start.party_id, say),
        harm=say.term("harm", start.harm),
        first=say.count(start.whole_low, start.whole_high),
        last=say.count(end.whole_low, end.whole_high),
        group=_group(dataset, start, say),
        count=say.count(start.low, start.high),
    )
    rows = []
    for pairs in findings:
        named = _days(dataset, pairs, say)
        said = [_pair(dataset, row, days, say) for row, days in zip(pairs, named, strict=True)]
        rows += [_heading(dataset, pairs[0], say), *said]
    also = {"note": say("note standing"), "source": cited(dataset, found.event_ids, say)}
    return telling_of("standing", say.capital(title), rows, found, say, **also)


def _findings(found: Found) -> list[list]:
    return [[*rows.itertuples()] for _, rows in found.numbers.groupby("finding")]


def _group(dataset: Dataset, row, say: Language) -> str:
    """The group in words; by the name of its tally, if any, where the vocabulary lacks it."""
    tallies = dataset.tallies.set_index("tally_id")
    unnamed = tallies.loc[row.tally_id, ["label_en", "label_ar"]].isna().all()
    if say.knows("group", row.victim_group) or unnamed:
        return say.term("group", row.victim_group)
    return label(tallies, row.tally_id, say)


def _heading(dataset: Dataset, row, say: Language) -> str:
    """Which group, and who counts it."""
    group = say.capital(_group(dataset, row, say))
    return say("windowed", count=group, window=say.source(row.source_original))


def _days(dataset: Dataset, pairs: list, say: Language) -> list[str]:
    """Days of each pair, and what its whole counts where that is not always the same."""
    labels = tally_labels(dataset, say, sourced=False)
    days = [
        say.capital(say.window(row.date_start, row.date_end, year=at == 0))
        for at, row in enumerate(pairs)
    ]
    if len({row.whole_tally_id for row in pairs}) == 1:
        return days
    named = zip(days, pairs, strict=True)
    return [say.join([said, labels[row.whole_tally_id]], "list") for said, row in named]


def _pair(dataset: Dataset, row, days: str, say: Language) -> str:
    """Days, the whole and the group among it."""
    whole, part = say.count(row.whole_low, row.whole_high), say.count(row.low, row.high)
    said = say("inside", count=whole, group=_group(dataset, row, say), part=part)
    return say("labelled", label=days, count=said)


def _rise(dataset: Dataset, before, row, say: Language) -> str:
    """How much the numbers rose from the pair before."""
    whole, part = row.whole_low - before.whole_low, row.low - before.low
    return say("rise", whole=f"{whole:,}", group=_group(dataset, row, say), part=f"{part:,}")


class Pair(NamedTuple):
    """A group in its whole: the lines above, what is written on the two, the rise before."""

    row: NamedTuple
    above: list[Line]
    inside: tuple[str, str]
    rise: str


class Panel(NamedTuple):
    """One group of people: its heading and its pairs."""

    head: list[Line]
    pairs: list[Pair]

    @property
    def tall(self) -> float:
        """Height in inches."""
        lines = [*self.head, *(line for pair in self.pairs for line in pair.above)]
        bars = (_BAR + 2 * _ROOM) * len(self.pairs) + _RISE * (len(self.pairs) - 1)
        return sheet.tall_of(lines) + bars + 0.14


def draw(chart: Chart, found: Found, telling: Telling) -> None:
    """A panel a run, its pairs one below the other."""
    ends = found.numbers[["whole_low", "whole_high", "low", "high"]]
    reach = 1.1 * float(max(ends.max().max(), 1))
    panels = [_panel(chart, found.dataset, rows, reach) for rows in _findings(found)]
    tall = sum(panel.tall for panel in panels)
    colours = party_colours(found.dataset.parties)
    samples = _key(found, colours, chart.say)
    foot = sheet.key_height(chart, samples) + _AXIS
    notes = [chart.source, chart.say("note standing")]
    place = sheet.frame(chart, telling.subtitle, notes, tall + foot)
    axes = count_axes(chart, *place, (SIDE, foot, chart.across, tall), reach)
    top = tall
    for panel in panels:
        below = sheet.write_lines(axes, chart, panel.head, 0, top)
        for pair in panel.pairs:
            below = _draw_pair(axes, chart, pair, below, colours[pair.row.party_id], reach)
        top -= panel.tall
    paper = sheet.paper_axes(chart, *place, tall + foot)
    sheet.key(chart, paper, samples, foot - _AXIS - 0.08)


def _panel(chart: Chart, dataset: Dataset, rows: list, reach: float) -> Panel:
    """Numbers stand on their bars; in the lines above where one has no room there."""
    say, across = chart.say, chart.across - 0.1
    head = sheet.broken(chart, [Line(_heading(dataset, rows[0], say), 8, "bold")], across)
    above, inside = _days(dataset, rows, say), [_inside(chart, row, reach) for row in rows]
    if not all(inside):
        named = zip(rows, above, strict=True)
        above = [_pair(dataset, row, days, say) for row, days in named]
        inside = [("", "")] * len(rows)
    lines = [sheet.broken(chart, [Line(text, 7.5)], across) for text in above]
    rises = [_rise(dataset, *two, say) for two in pairwise(rows)]
    return Panel(head, [*map(Pair, rows, lines, inside, ["", *rises])])


def _inside(chart: Chart, row, reach: float) -> tuple[str, str] | None:
    """The counts of group and whole, where both have room on their bars.

    Where there is none for "at least", the group's number alone; the open arrow says so too.
    """

    def wide(text: str) -> float:
        return (sheet.text_width(chart, text, 8, "bold") + 0.14) * reach / chart.across

    part = chart.say.count(row.low, row.high)
    if pd.isna(row.high) and wide(part) > row.low:
        part = f"{row.low:,}"
    whole = chart.say("in all", count=chart.say.count(row.whole_low, row.whole_high))
    room = row.whole_low - row.low - _ARROW * reach * pd.isna(row.high)
    return (part, whole) if wide(part) < row.low and wide(whole) < room else None


def _draw_pair(axes: Axes, chart: Chart, pair: Pair, top: float, colour: str, reach: float) -> None:
    row, person = pair.row, reach / chart.across
    if pair.rise:  # beside the edge that stands still, on whose far side the whole grows
        wide = sheet.text_width(chart, pair.rise, 7, "bold") + 0.1
        start = row.low + 0.07 * person if row.low + wide * person < reach else 0
        line = Line(pair.rise, 7, "bold", theme.GREY)
        sheet.write(axes, chart, line, start, top - _RISE / 2, bbox=theme.plate())
        draw_edge(axes, row.low, (top, top - _RISE))
        top -= _RISE
    top = sheet.write_lines(axes, chart, pair.above, 0, top) - _ROOM
    base, arrow = top - _BAR, reach * _ARROW
    draw_bar(axes, (row.whole_low, row.whole_high), (base, _BAR), colour, arrow)
    inset = base + (_BAR - _PART) / 2, _PART
    draw_bar(axes, (row.low, row.high), inset, theme.tint(colour, 0.3), arrow, "white")
    draw_edge(axes, row.low, (top + _ROOM, base - _ROOM))
    part, whole = (Line(text, 8, "bold") for text in pair.inside)
    pad, middle = 0.07 * person, base + _BAR / 2
    sheet.write(axes, chart, part, pad, middle)
    whole = whole._replace(colour="white")
    sheet.write(axes, chart, whole, row.whole_low - pad, middle, ha=chart.far)
    return top - (_BAR + _ROOM)


def _key(found: Found, colours: dict[str, str], say: Language) -> list[Sample]:
    first = [pairs[0] for pairs in _findings(found)]
    groups = dict.fromkeys(_group(found.dataset, row, say) for row in first)
    colour = colours[first[0].party_id]
    part = theme.solid(theme.tint(colour, 0.3), colour)
    return [
        (theme.solid(colour), say("key whole")),
        (part, say("key group", groups=say.join(groups, "list"))),
    ]
