"""The drawing of the figure of periods: a column a period, apart from them what is of none."""

import pandas as pd

from analysis.charts import style as theme
from analysis.charts.bars import draw_fade
from analysis.charts.days import Days, day_number, days_between, draw_days
from analysis.charts.periods import draw_periods
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap
from analysis.charts.stairs import Panel
from analysis.figures import common
from analysis.figures.by_period.numbers import ByPeriod
from analysis.figures.by_period.words import is_open, names_of, reaches_of, texts_of, total_of
from analysis.figures.colours import row_colour
from analysis.language.languages import Language

_TALL, _BESIDE, _GUTTER = {"page": 0.95, "column": 0.9}, 0.42, {"page": 0.8, "column": 0.62}
"""Inches of the first panel, of the others, and of what stands apart."""
_SHARE, _LEAST = 0.76, 0.012
"""Of a period that its column takes; inches that the lowest column is high."""
_TOTAL = 0.5
"""Of the figure's width that how many in all may take."""


def draw(paper: Paper, found: ByPeriod) -> None:
    """A panel for each row, all over the same periods."""
    say, width, reaches, bands = paper.say, paper.chart.width, reaches_of(found), []
    room = max(text_width(say.number(int(reach)), SMALL) for reach in reaches) + 0.08
    left = [own["period_start"].isna().any() for own in found.panels.values()]
    behind = _GUTTER[width] * any(left)
    days = days_between(*found.axis, paper.left + room, paper.across - room - behind)
    colours = _colours(found)
    for at, (name, own) in enumerate(zip(names_of(found, say), found.panels.values(), strict=True)):
        look = {"bold": True, "colour": theme.letters(colours[at])}
        paper.top += 0.05
        middle = paper.top + leading(NORMAL) / 2
        total = total_of(found, own, say)
        if text_width(total, NORMAL, True) > _TOTAL * paper.across:
            total = total_of(found, own, say, short=True)
        wide = paper.write(paper.left + paper.across, middle, total, side="end", **look)
        paper.paragraph(name, across=paper.across - wide - 0.15, **look)
        tall = _BESIDE if at else _TALL[width]
        above = leading(SMALL) + 0.05 + theme.ARROW * is_open(own)
        panel = Panel(paper, days, reaches[at], tall, above, most=2 if at else 3)
        bands.append(panel.band)
        _draw_columns(panel, found, own, colours[at])
    top = paper.top + leading(SMALL) * (not paper.page)  # the last label of the axis is long
    if found.unit in ("month", "year"):
        draw_periods(paper, days, bands, months=found.unit == "month")
    else:
        draw_days(paper, days, bands)
    if behind:
        _label_left(paper, found, days, top)


def _label_left(paper: Paper, found: ByPeriod, days: Days, top: float) -> None:
    """Under what stands apart: that no period is given."""
    x = days.x + days.wide + 0.08
    for line in wrap(paper.say(f"without {found.unit}"), paper.left + paper.across - x, SMALL):
        paper.write(x, top + 0.03 + leading(SMALL) / 2, line, SMALL, colour=theme.GREY)
        top += leading(SMALL)
    paper.top = max(paper.top, top + 0.03)


def _draw_columns(panel: Panel, found: ByPeriod, rows: pd.DataFrame, colour: str) -> None:
    """A column a period with its number, and apart from them one of no period."""
    paper, days, texts = panel.paper, panel.days, []
    for row in rows.itertuples():
        if pd.isna(row.period_start):
            x, wide = days.x + days.wide + 0.14, 0.2
        else:
            start, stop = (
                days.at(day_number(row.period_start)),
                days.at(day_number(row.period_end) + 1),
            )
            wide = min((stop - start) * _SHARE, 0.5)
            x = (start + stop - wide) / 2
        top = _draw_column(panel, row, (x, wide), colour)
        paper.take(x + wide / 2, (panel.base + top) / 2, wide, panel.base - top)
        texts.append((x + wide / 2, top, row))
    room = days.wide / max(1, len(rows["period_start"].dropna()))
    longest = max(text_width(texts_of(row, paper.say)[0], SMALL) for _, _, row in texts)
    for x, top, row in sorted(texts, key=lambda each: each[1]):
        link = _link(row, -1, paper.say)
        look = {"colour": theme.letters(colour), "link": link, "bold": pd.isna(row.period_start)}
        said = texts_of(row, paper.say)  # a range in all columns, or in none
        said = said[-1:] if longest > room else said
        paper.beside(x, top, said, [(0, -1)], gap=0.015, **look)


def _link(row, which: int, say: Language) -> str | None:
    """Where the words are of one of the statements that a number is made of."""
    return common.link_to(say, None if pd.isna(row.event_id) else row.event_id.split(";")[which])


def _draw_column(panel: Panel, row, place: tuple[float, float], colour: str) -> float:
    """A column, solid as far as it is certain, a tint as far as it may reach; gives its top.

    What is open fades under an arrow. Of no period nothing else is known, so that the number
    stands above its tint.
    """
    paper, (x, wide), top = panel.paper, place, panel.y(row.low)
    top = min(top, panel.base - _LEAST) if row.low else top
    link, is_rest = _link(row, 0, paper.say), pd.isna(row.period_start)
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
        paper.box(x, upper, wide, top - upper, theme.tint(colour, 0.22), "may be", link)
        return upper if is_rest or not row.low else top
    return top


def _colours(found: ByPeriod) -> list[str]:
    """Those of parties; where the figure is by something else that of each value of it."""
    tallies = found.dataset.tallies.set_index("tally_id")
    firsts = [own.iloc[0] for own in found.panels.values()]
    values = [tallies.loc[row["tally_id"], found.by] if found.by else None for row in firsts]
    return [
        row_colour(found.dataset, row["party_id"], found.by, value)
        for row, value in zip(firsts, values, strict=True)
    ]
