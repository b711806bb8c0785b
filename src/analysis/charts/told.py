"""Counts at the time that they were published: a mark each, and a line of the total that stood.

A filled dot stands; a hollow one was counted further, a cross corrected, a square is contradicted.
"""

from collections.abc import Callable
from functools import partial
from math import isnan
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.charts import style as theme
from analysis.charts.marks import Sheet, around, write_beside
from analysis.charts.sheet import Chart
from analysis.charts.stairs import up_arrow

_SIZE, _ARROW, _GAP = 7, 0.13, 0.05
_THIN = {"linewidth": 0.8, "color": theme.GREY, "markersize": 4, "zorder": 1.8}
_FORMS = {"stands": "o", "updated": "o", "superseded": "X", "aside": "s"}


class Told(NamedTuple):
    """A count: when it can have been published (days since 1970), its ends (persons), what of it.

    ``high`` is not a number where nothing bounds from above; ``level`` is the total that stood from
    then on; of ``texts`` the first that has room is written beside it.
    """

    at: float
    since: float
    until: float
    low: int
    high: float
    level: float
    kind: str
    texts: list[str]


def draw_told(axes: Axes, chart: Chart, told: list[Told], colour: str) -> None:
    """Counts in the order of their times, on axes with their limits set."""
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True, steps=[1, 2, 5, 10]))
    sheet = Sheet(axes, chart)
    if any(one.at % 1 != 0.5 for one in told):  # hours, so where a day begins
        first, stop = (int(edge) for edge in sorted(axes.get_xlim()))
        reach = axes.get_ylim()[1]
        axes.vlines(range(first, stop + 1), 0, reach, theme.LIGHT, linewidth=0.5, zorder=0)
    days, levels = _line(axes, told)
    axes.plot(days, levels, drawstyle="steps-post", color=colour, linewidth=1.6, zorder=2)
    for one in told:
        if one.until > one.since:
            axes.plot([one.since, one.until], [one.low] * 2, marker="|", **_THIN)
        if one.high > one.low:
            axes.plot([one.at] * 2, [one.low, one.high], marker="_", **_THIN)
        if isnan(one.high):
            look = {"color": theme.GREY, "linewidth": 1, "mutation_scale": 5}
            up_arrow(axes, one.at, one.low, one.low + _ARROW / sheet.person, **look)
        axes.plot([one.at], [one.low], **_look(one.kind, colour))
    taken = np.array([*_taken(sheet, told, days, levels)]).reshape(-1, 4)
    side = -1 if chart.mirrored else 1  # what rises leaves room before and over it
    ways = [(0, 1), (-side, 1), (-side, 0), (side, -1), (0, -1), (side, 0)]
    for one in _first_to_write(told):
        place, rise = sheet.inches(one.at, one.low), _ARROW if isnan(one.high) else 0
        if one.high > one.low:
            rise = (one.high - one.low) * sheet.person
        taken = write_beside(sheet, chart, one.texts, place, taken, ways, _GAP, rise, _SIZE)


def told_looks(told: list[Told]) -> dict[str, Callable]:
    """What draws samples of the signs that are there, for the key."""
    kinds = {one.kind for one in told}
    signs = {kind: kind in kinds for kind in _FORMS}
    signs |= {"open": any(isnan(one.high) for one in told), "total": True}
    signs |= {"range": any(one.high > one.low for one in told)}
    signs |= {"time": any(one.until > one.since for one in told)}
    return {f"told {sign}": partial(_sample, sign) for sign, there in signs.items() if there}


def _line(axes: Axes, told: list[Told]) -> tuple[list[float], list[float]]:
    """The total that stood, up to the end of the axis."""
    stood = [(one.at, one.level) for one in told if one.kind != "aside"]
    days, levels = zip(*stood, strict=True) if stood else ((), ())
    return [*days, max(axes.get_xlim())], [*levels, *levels[-1:]]


def _look(kind: str, colour: str) -> dict:
    filled = kind == "stands"
    edge = "white" if filled or kind == "superseded" else colour if kind == "updated" else theme.INK
    face = colour if filled else theme.INK if kind == "superseded" else "white"
    look = {"marker": _FORMS[kind], "markerfacecolor": face, "markeredgecolor": edge}
    size, thick = (6.4, 0.6) if kind == "superseded" else (4.8, 0.5 if filled else 1.1)
    return look | {"markersize": size, "markeredgewidth": thick, "zorder": 4, "linewidth": 0}


def _first_to_write(told: list[Told]) -> list[Told]:
    """The last and the first, then those that changed the total most, then the others."""
    steps = np.abs(np.diff([one.level for one in told], prepend=0))
    ends = {0: np.inf, len(told) - 1: np.inf}
    rank = [ends.get(place, step) for place, step in enumerate(steps)]
    return [told[place] for place in np.argsort(rank, kind="stable")[::-1] if told[place].texts]


def _taken(sheet: Sheet, told: list[Told], days: list[float], levels: list[float]):
    """Where nothing may be written: on marks, arrows, whiskers and the line."""
    for one in told:
        across, up = sheet.inches(one.at, one.low)
        yield around(across, up, 0.08, 0.08)
        if isnan(one.high):
            yield around(across, up + _ARROW / 2, 0.06, _ARROW)
        elif one.high > one.low:
            tall = (one.high - one.low) * sheet.person
            yield around(across, up + tall / 2, 0.06, tall)
        if one.until > one.since:
            yield sheet.level(one.since, one.until, one.low, 0.02)
    for place in range(len(days) - 1):
        yield sheet.level(days[place], days[place + 1], levels[place], 0.03)
        (across, up), (_, top) = (
            sheet.inches(days[place + 1], levels[each]) for each in (place, place + 1)
        )
        yield around(across, (up + top) / 2, 0.03, abs(top - up))


def _sample(sign: str, axes: Axes, chart: Chart, start: float, at: float) -> None:
    """A sign of the key."""
    middle = start + 0.1
    if sign == "total":
        axes.plot([start, start + 0.2], [at, at], color=theme.GREY, linewidth=1.6)
    elif sign == "open":
        up_arrow(
            axes, middle, at - 0.06, at + 0.07, color=theme.GREY, linewidth=1, mutation_scale=5
        )
    elif sign == "time":
        axes.plot([start, start + 0.2], [at, at], marker="|", **_THIN)
    elif sign == "range":
        axes.plot([middle] * 2, [at - 0.05, at + 0.05], marker="_", **_THIN)
    else:
        axes.plot([middle], [at], **_look(sign, theme.GREY))
