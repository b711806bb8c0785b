"""The drawing of the toll as reported: lines of what stood, dots of what was published."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.charts import style as theme
from analysis.charts.breaks import draw_moments, lay_out
from analysis.charts.sheet import SMALL, Paper, text_width
from analysis.charts.stairs import Panel
from analysis.figures import figure, naming
from analysis.figures.colours import party_colours
from analysis.figures.reported import known_days, labels
from analysis.figures.reported.grid import draw_grid
from analysis.figures.reported.numbers import SOURCES, Reported, days_since
from analysis.figures.reported.words import MANY, names_of

_TALL, _BESIDE, _ROOM = {1: 1.6, 2: 0.95, 3: 0.48}, 0.48, 0.1
"""Inches of a plot of so many, of what stands beside it, and what each of these leaves the one."""
_MARKERS = ("o", "s", "^", "D", "v", "P")
"""Signs of sources, so that they are told apart in grey."""
_POKES = 0.08
"""Where the next total is so near (inches) a stroke at the end would stick out of its dot."""


def draw(paper: Paper, found: Reported) -> None:
    """A panel for each people over the same days of publication, or bars of what was known."""
    names = names_of(found, paper.locale)
    if found.asked:
        known_days.draw(paper, found, known_days.names_of(found, names, paper.locale))
        return
    colours = party_colours(found.dataset)
    reaches = [max(1, float(own[["low", "high"]].max().max())) for own in found.panels.values()]
    room = max(text_width(paper.locale.number(int(reach)), SMALL) for reach in reaches) + 0.08
    gutter = max(labels.gutter(paper, own) for own in found.panels.values())
    drawn = pd.concat(found.panels.values())
    times = [*drawn["at"], *_at(drawn["ended"].dropna())]
    moments = lay_out(paper, times, paper.left + room, paper.across - room - gutter)
    bands, talls, sources = [], _heights(found), [*drawn["source_original"].fillna("").unique()]
    for name, own, reach, tall in zip(names, found.panels.values(), reaches, talls, strict=True):
        colour = colours[own["party_id"].iloc[0]]
        markings = _markings(own, colour, sources)
        if len(talls) > 1:
            paper.heading(name, colour if len(markings) == 1 else theme.INK)
        if not paper.page:
            labels.write_above(paper, own, markings)
        panel = Panel(paper, moments, reach, tall, 0.2, most=4 if tall > 1 else 2)
        below = 0.24 if len(bands) == len(talls) - 1 else 0.1  # labels of the axis, or a heading
        paper.take(moments.x + moments.wide / 2, panel.base + below / 2, moments.wide, below)
        bands.append(panel.band)
        edge = panel.band[0] - 0.2, panel.base
        paper.take((paper.left + moments.x) / 2, sum(edge) / 2, room + 0.02, edge[1] - edge[0])
        _draw_panel(panel, own, markings)
    draw_moments(paper, moments, bands)
    if found.grid is not None:
        first = found.grid["tally_id"].iloc[0]
        name = naming.tally_name(found.dataset, first, paper.locale)
        colour = colours[found.grid["party_id"].iloc[0]]
        paper.heading(paper.locale("heading grid", label=name), colour)
        draw_grid(paper, found.grid, colour)


def _heights(found: Reported) -> list[float]:
    """Inches of each panel: high where it is what the figure is about."""
    main = [
        own["harm"].iloc[0] == found.harm and not own["again"].iloc[0]
        for own in found.panels.values()
    ]
    tall = _TALL.get(sum(main), 0.8)
    tall -= _ROOM * (len(main) - 1) * (sum(main) == 1)
    return [tall if each else _BESIDE for each in main]


def _at(times: pd.Series) -> pd.Series:
    """Where times of reports are on the axis: their minute, or the middle of their day."""
    days = days_since(times)
    return days.where(days % 1 > 0, days + 0.5)


def _draw_panel(panel: Panel, rows: pd.DataFrame, markings: list[labels.Marking]) -> None:
    """Lines of what stood, dots, names of sources, then as many numbers as there are to be."""
    groups, ends, dots = [*rows.groupby("tally_id", sort=False)], [], []
    for (_, own), (shade, marker) in zip(groups, markings, strict=True):
        stood = [*_standing(own, panel.days.stop)] if own["count_kind"].iloc[0] != "stock" else []
        _draw_line(panel, stood, shade, tail=len(groups) > 1)
        shown = own.iloc[labels.numbered(own)] if len(own) > MANY else own
        for row in shown.itertuples():
            _draw_dot(panel, row, shade, marker, stem=not stood)
            dots.append((panel.x(row.at), panel.y(row.low)))
        ends.append((own, shade, stood))
    if len(groups) > 1 and panel.paper.page:
        labels.name_sources(panel, rows, ends, np.array(dots))
    for own, shade, _ in ends:
        labels.write_numbers(panel, own, shade, np.array(dots), alone=len(groups) == 1)


def _markings(rows: pd.DataFrame, colour: str, sources: list[str]) -> list[labels.Marking]:
    """For each tally of a panel its people's colour, and the shade and marker of its source."""
    dark, light = theme.mixed(colour, theme.INK, 0.6), theme.tint(colour, 0.62)
    shades = [colour, dark, light, theme.INK, colour, dark]
    markings, taken = [*zip(shades, _MARKERS, strict=True)], []
    for name in rows.drop_duplicates("tally_id")["source_original"].fillna(""):
        own = markings[sources.index(name) % SOURCES]
        free = [look for look in markings if look not in taken]
        taken.append(own if own in free else free[0])
    return taken


def _standing(rows: pd.DataFrame, stop: float) -> Iterator[tuple[float, float, int, bool]]:
    """Stretches in which a total stood: from, until, how many, and whether it was ended then.

    A vaguer, lower number lowers nothing.
    """
    level, start, end = None, 0.0, stop
    ended = _at(rows["ended"]).fillna(np.inf)
    for at, low, until in zip(rows["at"], rows["low"], ended, strict=True):
        if level is not None and end <= at:
            yield start, end, level, True
            level = None
        if level is not None and low < level:
            continue
        if level is not None:
            yield start, at, level, False
        level, start, end = low, at, until
    if level is not None:
        yield start, min(end, stop), level, end < stop


def _draw_line(
    panel: Panel, stood: list[tuple[float, float, int, bool]], colour: str, tail: bool
) -> None:
    """A line that rises with the total that stood, and ends where one was ended.

    With a ``tail`` it is thin where its source said nothing any more.
    """
    paper, points = panel.paper, []
    nexts = [(start, level) for start, _, level, _ in [*stood[1:], (np.inf, 0, 0, False)]]
    for (start, stop, level, ended), (since, then) in zip(stood, nexts, strict=False):
        xs, y = [panel.x(start), panel.x(stop)], panel.y(level)
        is_tail = tail and not ended and stop == stood[-1][1]
        points += [(x, y) for x in (xs[:1] if is_tail else xs)]
        paper.take(sum(xs) / 2, y, xs[1] - xs[0], 0.03)
        if ended and (since > stop or abs(panel.y(then) - y) > _POKES):
            paper.take(xs[1], y, 0.04, 0.1)
            paper.line(xs[1:] * 2, [y - 0.05, y + 0.05], "end", colour=theme.INK, thick=1.2)
        if ended or stop == stood[-1][1]:
            paper.line(*zip(*points, strict=True), "total", colour=colour, thick=1.6)
            points = []
        if is_tail:
            paper.line(xs, [y, y], "tail", colour=colour, thick=0.7)
    for (_, end, low, ended), (_, _, level, _) in pairwise(stood):
        if not ended:
            middle, tall = (panel.y(low) + panel.y(level)) / 2, panel.y(low) - panel.y(level)
            paper.take(panel.x(end), middle, 0.03, abs(tall))


def _draw_dot(panel: Panel, row, colour: str, marker: str, stem: bool) -> None:
    """A published total; a range is an upright line, the time it may be of a thin one."""
    paper, x, y = panel.paper, panel.x(row.at), panel.y(row.low)
    if stem:
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
    look = {"marker": marker, "markersize": 4.6, "markeredgecolor": colour, "markeredgewidth": 1}
    look["markerfacecolor"] = "white" if ended else colour
    paper.line([x], [y], "ended" if ended else "dot", link, colour=colour, zorder=5, **look)
    paper.take(x, y, 0.08, 0.08)
