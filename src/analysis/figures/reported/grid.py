"""The grid of epidemiologists: periods counted across, reports down, blank where nothing was said.

Each cell is what one report said of one period, the darker the nearer it is to the highest number
of that period; so a column that darkens downwards was counted on.
"""

import pandas as pd

from analysis.charts import style as theme
from analysis.charts.sheet import SMALL, Paper, leading, text_width
from analysis.figures import figure
from analysis.language.locales import Locale

_TALL, _THIN, _ROOM = 0.17, 0.06, 20
"""Inches of a row; of one of more rows than there is room for."""


def draw_grid(paper: Paper, rows: pd.DataFrame, colour: str) -> None:
    """What reports said of periods that were counted again, from ``top`` down.

    ``rows`` have ``date_start``, ``date_end``, ``reported`` (days), ``low`` (persons) and
    ``event_id``.
    """
    locale, reports = paper.locale, sorted(rows["reported"].unique())
    periods = rows[["date_start", "date_end"]].drop_duplicates().sort_values("date_end")
    tall = _TALL if len(reports) <= _ROOM else _THIN
    named = {day: locale.day(day, short=True) for day in reports}
    x = paper.left + max(text_width(text, SMALL) for text in named.values()) + 0.08
    wide, top = (paper.left + paper.across - x) / len(periods), paper.top
    column = {ends: at for at, ends in enumerate(periods.itertuples(index=False, name=None))}
    most = rows.groupby(["date_start", "date_end"], dropna=False)["low"].transform("max")
    for row, greatest in zip(rows.itertuples(), most, strict=True):
        place = x + column[row.date_start, row.date_end] * wide
        y = top + reports.index(row.reported) * tall
        share = 0.12 + 0.5 * (row.low / max(greatest, 1)) ** 4  # most differ by little
        link = figure.link_to(locale, row.event_id)
        paper.box(place, y, wide - 0.02, tall - 0.02, theme.tint(colour, share), "cell", link)
        text = locale.number(int(row.low))
        if tall == _TALL and text_width(text, SMALL) <= wide - 0.03:
            middle = place + wide / 2 - 0.01, y + tall / 2 - 0.01
            paper.write(*middle, text, SMALL, side="middle", link=link)
    every = 1 if tall == _TALL else -(-len(reports) // _ROOM)
    for at, day in [*enumerate(reports)][::every]:
        paper.write(paper.left, top + (at + 0.5) * tall, named[day], SMALL, colour=theme.GREY)
    paper.top = top + len(reports) * tall
    _label_periods(paper, [*column], x, wide)


def _label_periods(paper: Paper, periods: list[tuple], x: float, wide: float) -> None:
    """Under the columns their months or last days, the first and the last before all others."""
    locale, y, placed = paper.locale, paper.top + 0.02 + leading(SMALL) / 2, []
    order = dict.fromkeys([0, len(periods) - 1, *range(len(periods))])
    for at in order:
        text = _named(periods[at], at in (0, len(periods) - 1), locale)
        across = text_width(text, SMALL)
        start = min(max(x + (at + 0.5) * wide - across / 2, x), paper.left + paper.across - across)
        if all(start >= other[1] + 0.08 or start + across + 0.08 <= other[0] for other in placed):
            paper.write(start, y, text, SMALL, colour=theme.GREY)
            placed.append((start, start + across))
    paper.top += 0.06 + leading(SMALL)


def _named(period: tuple, year: bool, locale: Locale) -> str:
    """A month by its name, other days by the last of them."""
    start, end = period
    month = pd.notna(start) and start.day == 1 and end == start + pd.offsets.MonthEnd(0)
    if not month:
        return locale("up to", date=locale.day(end, year, short=True))
    name = locale.short_month(start)
    return locale("month of year", month=name, year=str(start.year)) if year else name
