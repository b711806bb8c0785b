"""The figure of what was known when: the same staircases by what several days had published."""

from collections.abc import Collection
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds import drawn
from analysis.bounds import revisions as known
from analysis.charts import style as theme
from analysis.charts.days import axis_room
from analysis.charts.earlier import blank_days, draw_earlier, earlier_limits, earlier_sample
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    Sample,
    body_axes,
    broken,
    frame,
    key,
    key_height,
    paper_axes,
    text_width,
    write_lines,
)
from analysis.charts.stairs import draw_panel
from analysis.data.dataset import Dataset, published_by
from analysis.figures import captions_several, naming
from analysis.figures.captions import say
from analysis.figures.over_time import time_key
from analysis.language import words


class Cell(NamedTuple):
    """A panel: by which day, of which tally, and the lines above it."""

    as_of: pd.Timestamp
    tally_id: str
    head: list[Line]


class Row(NamedTuple):
    """Panels beside each other, under a line of their own where there is one."""

    head: list[Line]
    cells: list[Cell]


def plot_known_when(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    dates: Collection[date | str] | None = None,
    tallies: Collection[str] | None = None,
) -> Chart:
    """What was known by several days: cumulative bounds, a row a day and a column a tally.

    Thin lines repeat the limits known by the date before, where they were others. In the column
    width each tally has rows of its own.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.
    dates : list of datetime.date or str, optional
        The days (YYYY-MM-DD); else the first and the last on which a count was published.
    tallies : list of str, optional
        Which tallies; else those that are part of no other.

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        When a day is none, there is no such tally, nothing is stated of it, or they count
        different harm.
    """
    chart = Chart("known_when", language, width)
    days = known.known_days(dataset, dates, tallies)
    if (dataset.reports["source_date"] > days[-1]).any():
        dataset = published_by(dataset, days[-1].date())
    tallies = [*dict.fromkeys(tallies)] if tallies is not None else drawn.whole_of(dataset, harm)
    harm = known.chosen_harm(dataset, tallies, harm)
    numbers = known.known_when_drawn(dataset, days, tallies)
    telling = captions_several.tell_known_when(dataset, numbers, harm, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        span = numbers["date"].min(), numbers["date"].max()
        highest = numbers[["cumulative_low", "cumulative_high"]].max().max()
        reach = max(highest, 1) * 1.15
        room = text_width(chart, f"{reach:,.0f}", 7) + 0.08
        rows = _rows(dataset, chart, numbers, days, tallies)
        across = (chart.get_figwidth() - 2 * SIDE - room) / max(len(row.cells) for row in rows)
        rows = [_broken(chart, row, across) for row in rows]
        tall, below = 1.25 if width == "page" else 1.0, axis_room(chart, *span)
        samples = _key(numbers, language)
        foot = key_height(chart, samples) + 0.05
        body = sum(_above(row) + tall + below for row in rows) + foot
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], body
        )
        paper = paper_axes(chart, bottom, height, body)
        top = body
        for row in rows:
            write_lines(paper, chart, row.head, SIDE, top - 0.06)
            top -= _above(row) + tall
            for place, cell in enumerate(row.cells):
                box = (SIDE + room + place * across, top, across - 0.12, tall)
                head = top + _above(row) + tall - sum(line.tall for line in row.head) - 0.08
                write_lines(paper, chart, cell.head, box[0], head)
                axes = body_axes(chart, bottom, height, box)
                _draw_cell(axes, chart, dataset, numbers, cell, reach, span, place == 0)
            top -= below
        key(chart, paper, samples, foot - 0.05)
    return chart


def _rows(
    dataset: Dataset,
    chart: Chart,
    numbers: pd.DataFrame,
    days: list[pd.Timestamp],
    tallies: list[str],
) -> list[Row]:
    """On a page a row a day, with three tallies at most; in a column a row a tally."""
    labels = naming.shown_labels(dataset, tallies, chart.language)
    colours = theme.party_colours(dataset.parties)
    party = dataset.tallies.set_index("tally_id")["party_id"].map(colours)
    by = {day: Line(captions_several.known_by(day, chart.language), 8, "bold") for day in days}
    named = {name: Line(labels[name], 8, "bold", party[name]) for name in tallies}
    said = {
        (day, name): [
            Line(text, 7.5, colour=party[name])
            for text in _counts(numbers, day, name, chart.language)
        ]
        for day in days
        for name in tallies
    }
    if chart.width == "page":
        groups = [tallies[place : place + 3] for place in range(0, len(tallies), 3)]
        return [
            Row([by[day]], [Cell(day, name, [named[name], *said[day, name]]) for name in group])
            for group in groups
            for day in days
        ]
    beside = 2 if len(days) <= 2 else 1
    return [
        Row(
            [named[name]] if place == 0 else [],
            [
                Cell(day, name, [by[day]._replace(size=7), *said[day, name]])
                for day in days[place : place + beside]
            ],
        )
        for name in tallies
        for place in range(0, len(days), beside)
    ]


def _counts(numbers: pd.DataFrame, as_of: pd.Timestamp, tally_id: str, language: str) -> list[str]:
    """What was known up to the last day of the date before, in hindsight, and up to the last."""
    own = _known(numbers, as_of, tally_id)
    if own.empty:
        return [words.phrase("nothing yet", language)]
    rows = numbers[numbers["tally_id"] == tally_id]
    before = rows.loc[rows["as_of"] < as_of, "as_of"].max()
    days = dict.fromkeys([_known(rows, before, tally_id)["date"].max(), own["date"].max()])
    return [
        words.phrase(
            "count by",
            language,
            count=words.count(row.cumulative_low, row.cumulative_high, language),
            date=words.day(row.date, language, year=False),
        )
        for row in own[own["date"].isin([*days])].itertuples()
    ]


def _known(numbers: pd.DataFrame, as_of: pd.Timestamp, tally_id: str) -> pd.DataFrame:
    """The bounds of a panel in the primary reading."""
    own = (numbers["as_of"] == as_of) & (numbers["tally_id"] == tally_id)
    return numbers[own & (numbers["reading"] == "primary")]


def _broken(chart: Chart, row: Row, across: float) -> Row:
    cells = [cell._replace(head=broken(chart, cell.head, across - 0.12)) for cell in row.cells]
    return Row(broken(chart, row.head, chart.get_figwidth() - 2 * SIDE), cells)


def _above(row: Row) -> float:
    """Height of what stands above the panels of a row, in inches."""
    highest = max(sum(line.tall for line in cell.head) for cell in row.cells)
    return sum(line.tall for line in row.head) + highest + 0.12


def _draw_cell(
    axes: Axes,
    chart: Chart,
    dataset: Dataset,
    numbers: pd.DataFrame,
    cell: Cell,
    reach: float,
    span: tuple[pd.Timestamp, pd.Timestamp],
    first: bool,
) -> None:
    """A panel: its staircase, the limits known before, and blank days where nothing is known."""
    rows = numbers[numbers["tally_id"] == cell.tally_id]
    own = rows[rows["as_of"] == cell.as_of].assign(root=cell.tally_id)
    if own.empty:  # axes alone
        own = rows.assign(root=cell.tally_id, reading="none")
    draw_panel(axes, chart, dataset, own, cell.tally_id, reach, first, span)
    before = rows.loc[rows["as_of"] < cell.as_of, "as_of"].max()
    known_then = (_known(rows, day, cell.tally_id) for day in (cell.as_of, before))
    draw_earlier(axes, earlier_limits(*known_then))
    blank_days(axes, chart, rows[rows["as_of"] == cell.as_of])


def _key(numbers: pd.DataFrame, language: str) -> list[Sample]:
    """Key of staircases, and of the limits known before where any were others."""
    entries = time_key(numbers, language)
    groups = numbers[numbers["reading"] == "primary"].groupby("tally_id")
    for _, rows in groups:
        known_by = [known_then for _, known_then in rows.groupby("as_of")]
        if any(len(earlier_limits(*pair[::-1])) for pair in pairwise(known_by)):
            return [*entries, (earlier_sample, words.phrase("key earlier", language))]
    return entries
