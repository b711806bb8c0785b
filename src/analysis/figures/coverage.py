"""The figure of coverage: which sources have counts of which months, and where nobody has."""

import pandas as pd

from analysis.bounds.drawn import default_harm
from analysis.bounds.totals import Sums
from analysis.charts.days import day_number, days_between, draw_periods
from analysis.charts.key import Draw, boxed, lined
from analysis.charts.sheet import SMALL, Paper, leading
from analysis.charts.style import GREY, INK
from analysis.data.dataset import Dataset
from analysis.data.statements import standing
from analysis.figures import figure
from analysis.language.locales import Locale

_MOST = 12
"""So many sources are drawn, those with most months."""
_TALL, _YEARS = 0.09, 3
"""Inches of a lane, and from how many years on these are named, not months."""


def numbers(dataset: Dataset, *, sums: Sums | None = None) -> figure.FigureData:
    """Of which months each source gives counts.

    A lane a source: solid months have counts of days that lie in them, a thin line runs through
    those that only counts of longer spans reach into. A month of which nothing is stated is blank.
    ``sums`` are those of an archive, whose summary has them.

    Examples
    --------
    >>> import analysis
    >>> figure = analysis.plot_coverage(analysis.load("data/fortnight"))
    >>> figure.numbers["date"].dt.strftime("%Y-%m").unique().tolist()
    ['2018-07', '2018-08']
    """
    found = figure.known_sums(dataset, sums).months
    found = found.sort_values(["source_original", "date"], ignore_index=True)
    if found.empty:
        default_harm(dataset)  # raises, and says what is missing
    months = found.groupby("source_original", dropna=False, sort=False)[["within", "across"]]
    ranked = months.agg(lambda counts: (counts > 0).sum())
    ranked = ranked.sort_values(["within", "across"], ascending=False)
    rows = ranked.index.to_frame(index=False).head(_MOST).merge(found)
    panels = dict([*rows.groupby("source_original", dropna=False, sort=False)])
    days = found["date"].min(), found["date"].max() + pd.offsets.MonthEnd(1)
    about = {"panels": panels, "left_out": len(ranked) - _MOST, "sources": [*panels]}
    about["tally_ids"] = [*dataset.tallies["tally_id"]]
    event_ids = [*dataset.events.loc[standing(dataset), "event_id"]]
    return figure.FigureData(dataset, found, event_ids, "", days, **about)


def words(found: figure.FigureData, locale: Locale) -> figure.FigureText:
    """For how many months any source has counts of their own; each source in the alt text."""
    first, last = found.days
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    own = found.numbers[found.numbers["within"] > 0]
    title = locale("title coverage", known=own["date"].nunique(), months=months)
    rows = [
        locale("labelled", label=locale.source(source), count=_own_months(rows, locale))
        for source, rows in found.panels.items()
    ]
    if gaps := months - found.numbers["date"].nunique():
        rows.insert(0, locale("months without", number=gaps))
    return figure.FigureText(title, rows, "what coverage")


def _own_months(rows: pd.DataFrame, locale: Locale) -> str:
    """How many months have counts of their own."""
    return locale("own months", number=int((rows["within"] > 0).sum()))


def draw(paper: Paper, found: figure.FigureData) -> dict[str, Draw]:
    """A lane a source over the same months."""
    first, last = found.days
    days, top = days_between(first, last, paper.left, paper.across), paper.top
    for source, rows in found.panels.items():
        middle = paper.top + leading(SMALL) / 2 + 0.05
        count, end = _own_months(rows, paper.locale), paper.left + paper.across
        room = paper.across - 0.2 - paper.write(end, middle, count, SMALL, side="end", colour=GREY)
        paper.top += 0.05
        paper.paragraph(paper.locale.source(source), SMALL, across=room)
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


plot_coverage = figure.make_plot("coverage", numbers, words, draw)
