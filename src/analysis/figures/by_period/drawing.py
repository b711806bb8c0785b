"""The drawing of the figure of periods: a column a period, apart from them what is of none."""

from typing import NamedTuple

import pandas as pd

from analysis.charts import style as theme
from analysis.charts.bars import draw_fade
from analysis.charts.days import Days, day_number, days_between, draw_days, draw_periods
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap
from analysis.charts.stairs import Panel
from analysis.figures import figure
from analysis.figures.by_period.columns import UNITS
from analysis.figures.by_period.numbers import ByPeriod
from analysis.figures.by_period.words import names_of, reaches_of, texts_of, total_of
from analysis.figures.colours import row_colour
from analysis.language.locales import Locale

_GUTTER = {1: {"page": 0.8, "column": 0.62}, 2: {"page": 0.62}}
"""Inches of what stands apart, where panels stand in so many columns."""
_TALL, _BESIDE, _MANY = 0.92, 0.42, 3
"""Inches of the first panel and of the others; of more panels all are low, and two stand side by
side where there is room."""
_SHARE, _LEAST = 0.76, 0.012
"""Of a period that its column takes; inches that the lowest column is high."""
_TOTAL = 0.5
"""Of the figure's width that how many in all may take."""


class _Cell(NamedTuple):
    """A panel: its name, rows, the greatest number it shows, and its colour."""

    name: str
    rows: pd.DataFrame
    reach: float
    colour: str


def draw(paper: Paper, found: ByPeriod) -> None:
    """A panel for each row, all over the same periods, side by side where they are many."""
    frames = found.panels.values()
    colours = [_colour_of(found, own.iloc[0]) for own in frames]
    cells = [*map(_Cell, names_of(found, paper.locale), frames, reaches_of(found), colours)]
    number = _number_beside(paper, found, cells)
    drawn: list[list[Panel]] = [[] for _ in range(number)]
    for start in range(0, len(cells), number):
        row = cells[start : start + number]
        tall = _TALL if start == 0 and len(cells) <= _MANY else _BESIDE
        above = max(_above(cell, tall) for cell in row)
        for at in paper.columns(number):
            if at < len(row):
                _draw_heading(paper, found, row[at])
        for at in paper.columns(number):
            if at < len(row):
                days = _days(paper, found, cells, number)
                panel = Panel(paper, days, row[at].reach, tall, above, most=2 if start else 3)
                _draw_columns(panel, found, row[at].rows, row[at].colour)
                drawn[at].append(panel)
    for at in paper.columns(number):
        paper.top = drawn[at][-1].base
        _draw_axis(paper, found, drawn[at], cells[at::number])


def _above(cell: _Cell, tall: float) -> float:
    """Inches above a panel that its arrows and numbers take."""
    level = cell.rows[["low", "high"]].max(axis=1).astype(float)
    arrow = theme.ARROW * (cell.rows["high"].isna() & cell.rows["low"].gt(0))
    taken = arrow + leading(SMALL) + 0.05 - (1 - level / cell.reach) * tall
    return max(0.05, float(taken.max()))


def _number_beside(paper: Paper, found: ByPeriod, cells: list[_Cell]) -> int:
    """Two where a page has many panels, whose numbers still have room above their columns."""
    if not paper.page or len(cells) <= _MANY:
        return 1
    drawn = pd.concat(cell.rows for cell in cells).dropna(subset="period_start")
    texts = [texts_of(row, paper.locale)[-1] for row in drawn.itertuples()]  # the shortest
    for _ in paper.columns(2):
        days = _days(paper, found, cells, 2)
    room = days.wide / len(pd.period_range(*found.axis, freq=UNITS[found.unit]))
    return 2 if max(text_width(text, SMALL) for text in texts) + 0.02 <= room else 1


def _days(paper: Paper, found: ByPeriod, cells: list[_Cell], number: int) -> Days:
    """The periods between the numbers of the axis and what stands apart."""
    room = max(text_width(paper.locale.number(int(cell.reach)), SMALL) for cell in cells) + 0.08
    behind = _GUTTER[number][paper.chart.width] * _has_rest(cells)
    return days_between(*found.axis, paper.left + room, paper.across - room - behind)


def _has_rest(cells: list[_Cell]) -> bool:
    """Whether any number is of no period."""
    return any(cell.rows["period_start"].isna().any() for cell in cells)


def _draw_heading(paper: Paper, found: ByPeriod, cell: _Cell) -> None:
    """The name of a panel, and how many in all at the end of its line."""
    look = {"bold": True, "colour": theme.letters(cell.colour)}
    paper.top += 0.05
    middle = paper.top + leading(NORMAL) / 2
    total = total_of(found, cell.rows, paper.locale)
    if text_width(total, NORMAL, True) > _TOTAL * paper.across:
        total = total_of(found, cell.rows, paper.locale, short=True)
    wide = paper.write(paper.left + paper.across, middle, total, side="end", **look)
    paper.paragraph(cell.name, across=paper.across - wide - 0.15, **look)


def _draw_axis(paper: Paper, found: ByPeriod, panels: list[Panel], cells: list[_Cell]) -> None:
    """The periods below the last of some panels, and what stands apart from them."""
    days, bands = panels[0].days, [panel.band for panel in panels]
    x, top, before = days.x + days.wide + 0.08, paper.top, len(paper.taken)
    if found.unit in ("month", "year"):
        draw_periods(paper, days, bands, months=found.unit == "month")
    else:
        draw_days(paper, days, bands)
    if _has_rest(cells):
        is_long = max(right for _, _, right, _ in paper.taken[before:]) + 0.06 > x
        _label_left(paper, found, x, top + leading(SMALL) * is_long)


def _label_left(paper: Paper, found: ByPeriod, x: float, top: float) -> None:
    """Under what stands apart: that no period is given."""
    for line in wrap(paper.locale(f"without {found.unit}"), paper.left + paper.across - x, SMALL):
        paper.write(x, top + 0.03 + leading(SMALL) / 2, line, SMALL, colour=theme.GREY)
        top += leading(SMALL)
    paper.top = max(paper.top, top + 0.03)


def _draw_columns(panel: Panel, found: ByPeriod, rows: pd.DataFrame, colour: str) -> None:
    """A column a period with its number, and apart from them one of no period."""
    paper, days, texts = panel.paper, panel.days, []
    for row in rows.itertuples():
        x, wide = days.x + days.wide + 0.14, 0.2
        if pd.notna(row.period_start):
            ends = day_number(row.period_start), day_number(row.period_end) + 1
            start, stop = map(days.at, ends)
            wide = min((stop - start) * _SHARE, 0.5)
            x = (start + stop - wide) / 2
        top = _draw_column(panel, row, (x, wide), colour)
        paper.take(x + wide / 2, (panel.base + top) / 2, wide, panel.base - top)
        texts.append((x + wide / 2, top, row))
    room = days.wide / max(1, len(rows["period_start"].dropna()))
    longest = max(text_width(texts_of(row, paper.locale)[0], SMALL) for _, _, row in texts)
    for x, top, row in sorted(texts, key=lambda each: each[1]):
        link = _link(row, -1, paper.locale)
        look = {"colour": theme.letters(colour), "link": link, "bold": pd.isna(row.period_start)}
        said = texts_of(row, paper.locale)  # a range in all columns, or in none
        said = said[-1:] if longest > room else said
        paper.beside(x, top, said, [(0, -1)], gap=0.015, **look)


def _link(row, which: int, locale: Locale) -> str | None:
    """Where the words are of one of the statements that a number is made of."""
    return figure.link_to(locale, None if pd.isna(row.event_id) else row.event_id.split(";")[which])


def _draw_column(panel: Panel, row, place: tuple[float, float], colour: str) -> float:
    """A column, solid as far as it is certain, a tint as far as it may reach; gives its top.

    What is open fades under an arrow. Of no period nothing else is known, so that the number
    stands above its tint.
    """
    paper, (x, wide), top = panel.paper, place, panel.y(row.low)
    top = min(top, panel.base - _LEAST) if row.low else top
    link, is_rest = _link(row, 0, paper.locale), pd.isna(row.period_start)
    if row.low:
        paper.box(x, top, wide, panel.base - top, colour, "column", link)
    elif pd.notna(row.high) and row.high == 0:
        paper.line([x, x + wide], [panel.base] * 2, "zero", link, colour=colour, thick=1.2)
    if pd.isna(row.high) and row.low:
        draw_fade(paper, (x, top), (wide, -theme.STRIP), colour)
        paper.arrow(x + wide / 2, top, (0, -theme.ARROW), theme.letters(colour))
        return top - theme.ARROW
    if pd.notna(row.high) and row.high > row.low:
        upper = panel.y(row.high)
        paper.box(x, upper, wide, top - upper, theme.tint(colour), "may be", link)
        return upper if is_rest or not row.low else top
    return top


def _colour_of(found: ByPeriod, row: pd.Series) -> str:
    """That of a party; where the figure is by something else that of each value of it."""
    tallies, by = found.dataset.tallies.set_index("tally_id"), found.by
    value = tallies.loc[row["tally_id"], by] if by else None
    return row_colour(found.dataset, row["party_id"], by, value)
