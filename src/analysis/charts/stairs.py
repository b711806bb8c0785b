"""Staircases of cumulative bounds: solid is certain, the tint possible, what is open fades out.

Where nothing is stated nothing is drawn.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.charts import style as theme
from analysis.charts.days import Days, days_between
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width

_CRUSHED = 4
"""How many times as high as a row another is that crushes it."""


class Steps(NamedTuple):
    """Runs of days (since 1970) from ``days`` to before ``stops`` with the same bounds (persons).

    A missing upper bound is not a number.
    """

    days: np.ndarray
    stops: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def where(self, chosen: np.ndarray) -> "Steps":
        """Only some of them."""
        return Steps(*(column[chosen] for column in self))

    def runs(self, *bounds: np.ndarray) -> "Steps":
        """Days in a row as one where all these of their bounds are the same."""
        fresh = np.append(True, self.days[1:] != self.stops[:-1])[: len(self.days)]
        for column in bounds:
            fresh |= np.diff(np.nan_to_num(column.astype(float), nan=-1), prepend=-2) != 0
        last = np.append(fresh[1:], True)[: len(fresh)]
        return self.where(fresh)._replace(stops=self.stops[last])


class Staircase(NamedTuple):
    """A row of a figure: a name, its count, what is said besides (``more``), and a staircase.

    ``reach`` is the greatest count to be shown.
    """

    name: str
    count: str
    more: list[str]
    colour: str
    link: str | None
    steps: Steps | None = None
    reach: float = 1


class Panel:
    """Days across and counts up from ``base``, ``tall`` inches for as many as ``reach``.

    It begins ``above`` inches below what is filled. Light lines stand at (``most``) round numbers,
    named where reading begins; ``band`` is what lines of days cross.
    """

    def __init__(
        self, paper: Paper, days: Days, reach: float, tall: float, above: float, most: int = 3
    ) -> None:
        self.paper, self.days, self.reach, self.tall = paper, days, reach, tall
        self.base = paper.top = paper.top + above + tall
        self.band = self.y(reach), self.base + 0.02
        ticks = MaxNLocator(most, integer=True, steps=[1, 2, 5, 10]).tick_values(0, reach)
        for tick in ticks[ticks <= reach]:
            ends, y = [days.x, days.at(days.stop)], self.y(tick)
            paper.line(ends, [y, y], colour=theme.LIGHT, thick=0.5, zorder=0.4)
            paper.write(
                days.x - 0.05,
                y,
                paper.locale.number(int(tick)),
                SMALL,
                side="end",
                colour=theme.GREY,
            )

    def x(self, day: float) -> float:
        """Where a day begins."""
        return self.days.at(day)

    def y(self, count: float) -> float:
        """Where a count stands."""
        return self.base - count / self.reach * self.tall


def days_of_panels(
    paper: Paper,
    span: tuple[pd.Timestamp, pd.Timestamp],
    reaches: Iterable[float],
    behind: float = 0,
) -> Days:
    """Days between the numbers of the panels' axes and ``behind`` inches at their end."""
    room = max(text_width(paper.locale.number(int(reach)), SMALL) for reach in reaches) + 0.08
    return days_between(*span, paper.left + room, paper.across - room - behind)


def draw_heading(paper: Paper, staircase: Staircase) -> None:
    """The name of a row, its count at the end of the line, between them what is said besides."""
    paper.top += 0.06
    middle, end = paper.top + leading(NORMAL + 1) / 2, paper.left + paper.across
    look = {"bold": True, "colour": theme.letters(staircase.colour)}
    wide = paper.write(
        end, middle, staircase.count, NORMAL + 1, side="end", link=staircase.link, **look
    )
    room, more = paper.across - wide - 0.2, paper.locale.join(staircase.more)
    paper.top += (leading(NORMAL + 1) - leading(NORMAL)) / 2
    named = text_width(staircase.name, NORMAL, True)
    beside = bool(more) and named + 0.12 + text_width(more, SMALL) <= room
    if beside:
        paper.write(paper.left + named + 0.12, paper.top + leading(NORMAL) / 2, more, SMALL)
    paper.paragraph(staircase.name, across=room, **look)
    if more and not beside:
        paper.paragraph(paper.locale.capital(more), SMALL)


def own_scales(reaches: Collection[float]) -> bool:
    """Whether rows have a scale each: one would be less than a fourth of the highest."""
    return min(reaches) < max(reaches) / _CRUSHED


def draw_staircases(
    paper: Paper, days: Days, staircases: list[Staircase], tall: float
) -> Iterator[Panel]:
    """Rows one below the other over the same days; gives the panel of each."""
    reaches = [staircase.reach for staircase in staircases]
    for staircase in staircases:
        draw_heading(paper, staircase)
        reach = staircase.reach if own_scales(reaches) else max(reaches)
        panel = Panel(paper, days, reach, tall, _above(staircase.steps, reach, tall) + 0.04)
        draw_stairs(panel, staircase.steps, staircase.colour, staircase.link)
        yield panel


def _above(steps: Steps, reach: float, tall: float) -> float:
    """Inches above a row that an arrow takes where no limit is given."""
    level = np.max(steps.low, initial=0, where=np.isnan(steps.high))
    return max(0.0, theme.ARROW - (1 - level / reach) * tall) if level else 0.0


def draw_stairs(panel: Panel, steps: Steps, colour: str, link: str | None = None) -> None:
    """A staircase of bounds."""
    steps = steps.runs(*steps[2:])
    low, is_open = steps.low, np.isnan(steps.high)
    _fill(panel, steps, (np.zeros(len(low)), low), colour, "certain", link)
    _fill(panel, steps, (low, np.where(is_open, low, steps.high)), theme.tint(colour), "possible")
    strip = theme.STRIP / panel.tall * panel.reach * is_open / theme.FADES
    for at, tint in [*enumerate(theme.fading(colour), 1)][::-1]:  # one on the other, so no seams
        _fill(panel, steps, (low, low + at * strip), tint, "open")
    _draw_arrows(panel, steps, is_open, low, colour=theme.letters(colour))


def _fill(panel: Panel, steps: Steps, ends: tuple, colour: str, *named: str | None) -> None:
    """What lies between two levels on each day, a shape for each stretch of days that has any."""
    lower, upper = ends
    runs = steps.where(upper > lower).runs()
    for start, stop in zip(runs.days, runs.stops, strict=True):
        own = (steps.days >= start) & (steps.days < stop)
        across = np.stack([steps.days[own], steps.stops[own]], axis=1).ravel()
        xs = panel.days.x + (across - panel.days.first) * panel.days.day
        one, other = (panel.y(np.repeat(level[own], 2)) for level in (lower, upper))
        panel.paper.shape([*xs, *xs[::-1]], [*one, *other[::-1]], colour, *named)


def _draw_arrows(panel: Panel, steps: Steps, chosen: np.ndarray, level: np.ndarray, **look) -> None:
    """An arrow up from a level, one for each stretch of days without an upper limit."""
    runs = steps.where(chosen).runs()
    for start, stop in zip(runs.days, runs.stops, strict=True):
        at = start + 0.85 * (stop - start)
        x, y = panel.x(at), panel.y(level[np.searchsorted(steps.days, at, "right") - 1])
        panel.paper.arrow(x, y, (0, -theme.ARROW), **look)
        panel.paper.take(x, y - theme.ARROW / 2, 0.12, theme.ARROW)


def name_areas(panels: Iterable[Panel], staircases: Iterable[Staircase]) -> None:
    """What the solid part and the tint mean, written in the first row with room, not in a key."""
    for panel, staircase in zip(panels, staircases, strict=True):
        paper, steps = panel.paper, staircase.steps
        steps, is_dark = steps.runs(*steps[2:]), theme.letters(staircase.colour) == staircase.colour
        areas = {
            "certain": (np.zeros(len(steps.low)), steps.low),
            "possible": (steps.low, steps.high),
        }
        inks = {"certain": "white" if is_dark else theme.INK, "possible": theme.INK}
        for sign in [name for name in areas if name in paper.shown]:
            text = paper.locale(f"key {sign}")
            place = _find_room(panel, steps, areas[sign], text_width(text, SMALL) + 0.1)
            if place and paper.beside(*place, [text], [(0, 0)], colour=inks[sign]):
                paper.shown.discard(sign)


def _find_room(panel: Panel, steps: Steps, ends: tuple, wide: float) -> tuple[float, float] | None:
    """The middle of the tallest band between two levels that a line of text fits in."""
    starts, stops = (
        panel.days.x + (days - panel.days.first) * panel.days.day for days in steps[:2]
    )
    bottoms, tops = map(panel.y, ends)
    tallest, found = leading(SMALL), None
    for x in [*starts, *stops - wide]:
        inside = (starts < x + wide) & (stops > x)
        covered = np.minimum(stops, x + wide) - np.maximum(starts, x)
        if covered[inside].sum() < wide - 0.001:
            continue
        top, bottom = tops[inside].max(), bottoms[inside].min()
        if bottom - top > tallest:
            tallest, found = bottom - top, (x + wide / 2, (top + bottom) / 2)
    return found
