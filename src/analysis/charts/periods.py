"""The axis of months or years: each named below its middle, as far as there is room."""

from itertools import pairwise

import pandas as pd

from analysis.charts import style as theme
from analysis.charts.days import Days, are_apart, date_of, day_number, end_axis
from analysis.charts.sheet import SMALL, Paper, leading, text_width


def draw_periods(
    paper: Paper, days: Days, bands: list[tuple[float, float]], months: bool = False
) -> None:
    """Years, or months, below their middle: the ends, and as many between as have room.

    Where months are of several years the ends have theirs, and a January stands for its own.
    """
    ends, locale = [date_of(days.first), date_of(days.stop - 1)], paper.locale
    periods = [*pd.period_range(*ends, freq="M" if months else "Y")]
    texts = {each: str(each.year) for each in periods}
    if months:
        named = [each for each in periods if each.month > 1 or each.year == ends[0].year]
        texts |= {each: locale.short_month(each.start_time) for each in named}
    if months and ends[0].year != ends[1].year:
        for each in (periods[0], periods[-1]):
            parts = {"month": locale.short_month(each.start_time), "year": str(each.year)}
            texts[each] = locale("month of year", **parts)
    y = paper.top + 0.03 + leading(SMALL) / 2
    for period, start in _labelled(paper, days, periods, texts).items():
        paper.write(start, y, texts[period], SMALL, colour=theme.GREY)
        edge = days.at(day_number(period.start_time))
        for band in bands:
            paper.line([edge, edge], band, colour=theme.LIGHT, thick=0.5, zorder=0.5)
    end_axis(paper, days.x)


def _labelled(
    paper: Paper, days: Days, periods: list[pd.Period], texts: dict[pd.Period, str]
) -> dict[pd.Period, float]:
    """Where labels begin: at the ends, and between them in as small steps as have room."""
    months, spans = periods[0].freqstr.startswith("M"), {}
    for at in periods:
        middle = days.at((day_number(at.start_time) + day_number((at + 1).start_time)) / 2)
        wide = text_width(texts[at], SMALL)
        start = min(max(middle - wide / 2, paper.left), paper.left + paper.across - wide)
        spans[at] = start, start + wide
    outer = [at for at in periods[::-1] if at == periods[0] or at == periods[-1]]
    outer = outer if len(outer) < 2 or are_apart(*map(spans.get, outer)) else outer[-1:]
    for step in (1, 2, 3, 6, 12) if months else (1, 2, 5, 10, 20, 50):
        number = {at: 12 * at.year + at.month - 1 if months else at.year for at in periods}
        inner = [at for at in periods[1:-1] if number[at] % step == 0]
        free = [at for at in inner if all(are_apart(spans[at], spans[end]) for end in outer)]
        near = any(not are_apart(spans[one], spans[other]) for one, other in pairwise(free))
        if not near and (step > 1 or free == inner):
            return {at: spans[at][0] for at in (*outer, *free)}
    return {at: spans[at][0] for at in outer}
