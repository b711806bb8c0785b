"""The drawing of the toll as reported: lines of what stood, dots of what was published."""

from itertools import zip_longest

import numpy as np
import pandas as pd

from analysis.charts import style as theme
from analysis.charts.breaks import Moments, draw_moments, lay_out
from analysis.charts.days import centred, write_free
from analysis.charts.sheet import SMALL, Paper, leading, text_width
from analysis.charts.stairs import Panel
from analysis.figures import figure, naming
from analysis.figures.colours import party_colours
from analysis.figures.reported import known_days, labels
from analysis.figures.reported.labels import Line, days_of, lines_of
from analysis.figures.reported.numbers import Reported, is_main
from analysis.figures.reported.words import MANY, names_of
from analysis.language.locales import Locale

_ROOM, _TALLEST, _LEAST = {"page": 1.8, "column": 2.2}, 1.6, 0.35
"""Inches for all plots and headings together; of a plot that stands for what the figure is about
at most and at least."""
_BESIDE, _HEADING = (0.55, 0.3), 0.1
"""Inches of what stands beside that, where there is one or more of it; of a heading."""
_ROW, _THIN_ROW, _MOST_ROWS = 0.17, 0.06, 20
"""Inches of a row of the grid; of one of more rows than there is room for."""
_POKES = 0.08
"""Where the next total is so near (inches) a stroke at the end would stick out of its dot."""


def draw(paper: Paper, found: Reported) -> None:
    """A panel for each people over the same days of publication, or bars of what was known."""
    names = names_of(found, paper.locale)
    if found.asked:
        known_days.draw(paper, found, known_days.names_of(found, names, paper.locale))
        return
    frames, colours = [*found.panels.values()], party_colours(found.dataset)
    reaches = [max(1, float(own[["low", "high"]].max().max())) for own in frames]
    panels = lines_of(frames, colours, paper.locale)
    moments = _lay_out(paper, pd.concat(frames), reaches, panels)
    bands, heights = [], _heights(found, paper)
    for name, lines, reach, tall in zip(names, panels, reaches, heights, strict=True):
        if len(panels) > 1:
            paper.heading(name, lines[0].colour if len(lines) == 1 else theme.INK)
        if not paper.page:
            labels.write_above(paper, lines, paper.locale)
        above = 0.06 if len(panels) > 1 else 0.2  # beside a heading numbers have room
        panel = Panel(paper, moments, reach, tall, above, most=4 if tall > 1 else 2)
        bands.append(panel.band)
        _keep_free(panel, room=0.24 if len(bands) == len(panels) else 0.1)
        _draw_panel(panel, lines)
    draw_moments(paper, moments, bands)
    if found.grid is not None:
        first = found.grid.iloc[0]
        name = naming.tally_name(found.dataset, first["tally_id"], paper.locale)
        paper.heading(paper.locale("heading grid", label=name), colours[first["party_id"]])
        _draw_grid(paper, found.grid, colours[first["party_id"]])


def _lay_out(
    paper: Paper, drawn: pd.DataFrame, reaches: list[float], panels: list[list[Line]]
) -> Moments:
    """The days of publication, between the numbers of the axis and the names behind."""
    before = max(text_width(paper.locale.number(int(reach)), SMALL) for reach in reaches) + 0.08
    behind = max(labels.gutter(paper, lines) for lines in panels)
    times = [*drawn["at"], *days_of(drawn["ended"].dropna())]
    return lay_out(paper, times, paper.left + before, paper.across - before - behind)


def _heights(found: Reported, paper: Paper) -> list[float]:
    """Inches of each panel: high where it is what the figure is about."""
    mains = [is_main(own, found.harm) for own in found.panels.values()]
    number = mains.count(False)
    beside = _BESIDE[number > 1]
    room = _ROOM[paper.chart.width] - _HEADING * len(mains) - beside * number
    tall = max(_LEAST, min(room / max(1, sum(mains)), _TALLEST))
    return [tall if main else beside for main in mains]


def _keep_free(panel: Panel, room: float) -> None:
    """No number on the axis of counts, nor in the ``room`` below: labels of days or a heading."""
    paper, days = panel.paper, panel.days
    paper.take(days.x + days.wide / 2, panel.base + room / 2, days.wide, room)
    top = panel.band[0] - 0.2
    wide, middle = days.x - paper.left + 0.1, (paper.left + days.x) / 2
    paper.take(middle, (top + panel.base) / 2, wide, panel.base - top)


def _draw_panel(panel: Panel, lines: list[Line]) -> None:
    """Lines of what stood, dots, names of sources, then as many numbers as find room."""
    dots = []
    for line in lines:
        _draw_line(panel, line, tail=len(lines) > 1)
    crossed = len(panel.paper.taken)
    for line in lines:
        rows = line.rows
        shown = rows.iloc[labels.numbered(rows)] if len(rows) > MANY else rows
        for row in shown.itertuples():
            _draw_dot(panel, row, line)
            dots.append((panel.x(row.at), panel.y(row.low)))
    labels.write_all(panel, lines, np.array(dots), crossed)


def _draw_line(panel: Panel, line: Line, tail: bool) -> None:
    """A line that rises with the total that stood, and ends where one was ended.

    With a ``tail`` it is thin where its source published nothing any more.
    """
    paper, points, colour = panel.paper, [], line.colour
    for stretch, following in zip_longest(line.stretches, line.stretches[1:]):
        xs, y = [panel.x(stretch.start), panel.x(stretch.stop)], panel.y(stretch.level)
        is_tail = tail and following is None and not stretch.ended
        points += [(x, y) for x in (xs[:1] if is_tail else xs)]
        paper.take(sum(xs) / 2, y, xs[1] - xs[0], 0.03)
        rise = panel.y(following.level) - y if following else np.inf
        joined = following is not None and following.start <= stretch.stop
        if following and not stretch.ended:
            paper.take(xs[1], y + rise / 2, 0.03, abs(rise))
        if stretch.ended and not (joined and abs(rise) <= _POKES):
            paper.take(xs[1], y, 0.04, 0.1)
            paper.line(xs[1:] * 2, [y - 0.05, y + 0.05], "end", colour=theme.INK, thick=1.2)
        if stretch.ended or following is None:
            paper.line(*zip(*points, strict=True), "total", colour=colour, thick=1.6)
            points = []
        if is_tail:
            paper.line(xs, [y, y], "tail", colour=colour, thick=0.7)


def _draw_dot(panel: Panel, row, line: Line) -> None:
    """A published total; a range is an upright line, the time it may be of a thin one."""
    paper, x, y, colour = panel.paper, panel.x(row.at), panel.y(row.low), line.colour
    if not line.stretches:
        paper.line([x, x], [panel.base, y], "stem", colour=theme.tint(colour), thick=2.2)
        paper.take(x, (panel.base + y) / 2, 0.06, panel.base - y)
    if row.at - row.since > 0.01:
        paper.line([panel.x(row.since), x], [y, y], "time", colour=theme.GREY, thick=0.6)
    if pd.notna(row.high) and row.high > row.low:
        top = panel.y(row.high)
        look = {"colour": colour, "thick": 0.9, "marker": "_", "markersize": 4}
        paper.line([x, x], [y, top], "range", **look)
        paper.take(x, (y + top) / 2, 0.08, y - top)
    ended, link = pd.notna(row.ended), figure.link_to(paper.locale, row.event_id)
    look = {"marker": line.marker, "markersize": 4.6, "markeredgecolor": colour}
    look |= {"markeredgewidth": 1, "markerfacecolor": "white" if ended else colour}
    paper.line([x], [y], "ended" if ended else "dot", link, colour=colour, zorder=5, **look)
    paper.take(x, y, 0.08, 0.08)


def _draw_grid(paper: Paper, rows: pd.DataFrame, colour: str) -> None:
    """The grid of epidemiologists: periods counted across, reports down, blank where nothing is.

    A cell is the darker the nearer it is to the highest number of its period; so a column that
    darkens downwards was counted on.
    """
    locale, reports = paper.locale, sorted(rows["reported"].unique())
    periods = rows[["date_start", "date_end"]].drop_duplicates().sort_values("date_end")
    tall = _ROW if len(reports) <= _MOST_ROWS else _THIN_ROW
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
        if tall == _ROW and text_width(text, SMALL) <= wide - 0.03:
            middle = place + wide / 2 - 0.01, y + tall / 2 - 0.01
            paper.write(*middle, text, SMALL, side="middle", link=link)
    every = 1 if tall == _ROW else -(-len(reports) // _MOST_ROWS)
    for at, day in [*enumerate(reports)][::every]:
        paper.write(paper.left, top + (at + 0.5) * tall, named[day], SMALL, colour=theme.GREY)
    paper.top = top + len(reports) * tall
    _label_periods(paper, [*column], x, wide)


def _label_periods(paper: Paper, periods: list[tuple], x: float, wide: float) -> None:
    """Under the columns their months or last days, the first and the last before all others."""
    labels = []
    for at in dict.fromkeys([0, len(periods) - 1, *range(len(periods))]):
        text = _named(periods[at], at in (0, len(periods) - 1), paper.locale)
        labels.append(centred(paper, text, x + (at + 0.5) * wide, left=x))
    write_free(paper, labels, paper.top + 0.02 + leading(SMALL) / 2)
    paper.top += 0.06 + leading(SMALL)


def _named(period: tuple, year: bool, locale: Locale) -> str:
    """A month by its name, other days by the last of them."""
    start, end = period
    month = pd.notna(start) and start.day == 1 and end == start + pd.offsets.MonthEnd(0)
    if not month:
        return locale("up to", date=locale.day(end, year, short=True))
    name = locale.short_month(start)
    return locale("month of year", month=name, year=str(start.year)) if year else name
