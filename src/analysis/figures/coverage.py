"""The figure of coverage: which sources have counts of which months, and where nobody has."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds.coverage import coverage
from analysis.bounds.drawn import main_harm
from analysis.charts.days import day_number, days_between, draw_periods
from analysis.charts.key import Draw, boxed, lined
from analysis.charts.sheet import SMALL, Paper, leading
from analysis.charts.style import GREY, INK
from analysis.data.cut import counting
from analysis.data.dataset import Dataset
from analysis.figures import common
from analysis.language.languages import Language

_MOST = 12
"""So many sources are drawn, those with most months."""
_TALL, _YEARS = 0.09, 3
"""Inches of a lane, and from how many years on these are named, not months."""


class Coverage(NamedTuple):
    """What is drawn: counts by source and month; sources in order, ``left_out`` so many of them."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    tally_ids: list[str]
    sources: list[str | None]
    left_out: int


def numbers(dataset: Dataset) -> Coverage:
    """Of which months each source gives counts.

    A lane a source: solid months have counts of days that lie in them, a thin line runs through
    those that only counts of longer spans reach into. A month of which nothing is stated is blank.
    """
    found = coverage(dataset).sort_values(["source_original", "date"], ignore_index=True)
    if found.empty:
        main_harm(dataset)  # raises, and says what is missing
    months = found.groupby("source_original", dropna=False, sort=False)[["within", "across"]]
    ranked = months.agg(lambda counts: (counts > 0).sum())
    ranked = ranked.sort_values(["within", "across"], ascending=False)
    sources = [None if pd.isna(name) else name for name in ranked.index]
    event_ids = [*dataset.events.loc[counting(dataset), "event_id"]]
    tallies, left_out = [*dataset.tallies["tally_id"]], max(0, len(sources) - _MOST)
    return Coverage(dataset, found, event_ids, tallies, sources[:_MOST], left_out)


def words(found: Coverage, say: Language) -> common.Telling:
    """For how many months any source has counts of their own; each source in the alt text."""
    first, last = found.numbers["date"].min(), found.numbers["date"].max()
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    own = found.numbers[found.numbers["within"] > 0]
    title = say("title coverage", known=own["date"].nunique(), months=months)
    rows = [
        say("labelled", label=say.source(source), count=_own_months(rows, say))
        for source, rows in _by_source(found)
    ]
    if gaps := months - found.numbers["date"].nunique():
        rows.insert(0, say("months without", number=gaps))
    notes = [say("and others", number=found.left_out) + "."] * bool(found.left_out)
    source = common.source_of_sums(found.dataset, found.sources, say)
    days = first, last + pd.offsets.MonthEnd(1)
    return common.Telling(title, rows, say("what coverage"), days, notes, source=source)


def _by_source(found: Coverage) -> list[tuple[str | None, pd.DataFrame]]:
    """The sources that are shown, with their months."""
    of = dict([*found.numbers.groupby("source_original", dropna=False)])
    return [(name, of[np.nan if name is None else name]) for name in found.sources]


def _own_months(rows: pd.DataFrame, say: Language) -> str:
    """How many months have counts of their own."""
    return say("own months", number=int((rows["within"] > 0).sum()))


def draw(paper: Paper, found: Coverage) -> dict[str, Draw]:
    """A lane a source over the same months."""
    first, last = found.numbers["date"].min(), found.numbers["date"].max() + pd.offsets.MonthEnd(1)
    days, top = days_between(first, last, paper.left, paper.across), paper.top
    for source, rows in _by_source(found):
        middle = paper.top + leading(SMALL) / 2 + 0.05
        count, end = _own_months(rows, paper.say), paper.left + paper.across
        room = paper.across - 0.2 - paper.write(end, middle, count, SMALL, side="end", colour=GREY)
        paper.top += 0.05
        paper.paragraph(paper.say.source(source), SMALL, across=room)
        y = paper.top + _TALL / 2 + 0.01
        for start, stop in _runs(rows[rows["within"] == 0]):
            paper.line([days.at(start), days.at(stop)], [y, y], "across", colour=INK, thick=0.8)
        for start, stop in _runs(rows[rows["within"] > 0]):
            wide = days.at(stop) - days.at(start)
            paper.box(days.at(start), y - _TALL / 2, wide, _TALL, GREY, "month")
        paper.top += _TALL + 0.02
    draw_periods(paper, days, [(top, paper.top)], months=last.year - first.year < _YEARS)
    return {"month": boxed(GREY, tall=_TALL), "across": lined(colour=INK, thick=0.8)}


def _runs(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """First day of each run of months, and the day after its last."""
    start, stop = rows["date"], rows["date"] + pd.offsets.MonthBegin(1)
    run = (start != stop.shift()).cumsum()
    ends = zip(start.groupby(run).first(), stop.groupby(run).last(), strict=True)
    return [(day_number(first), day_number(after)) for first, after in ends]


plot_coverage = common.figure("coverage", numbers, words, draw)
