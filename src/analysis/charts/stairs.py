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
    """Bounds (persons) between ``edges``, days since 1970; a missing upper bound is NaN."""

    edges: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def by_day(cls, first: int, low: np.ndarray, high: np.ndarray) -> "Steps":
        """Bounds of each day from a first one on; days of the same bounds are one step."""
        changes = np.diff(np.nan_to_num([low, high], nan=-1)).any(axis=0)
        starts = np.flatnonzero(np.append(True, changes))
        return cls(first + np.append(starts, len(low)), low[starts], high[starts])

    @property
    def reach(self) -> float:
        """The greatest count, at least one."""
        return float(max(1, self.low.max(), np.nan_to_num(self.high).max()))


class Staircase(NamedTuple):
    """A row of a figure: a name, its count, what else is known (``more``), and a staircase.

    ``above`` it stands what this row and those below are about.
    """

    name: str
    count: str
    more: list[str]
    colour: str
    link: str | None
    steps: Steps
    above: str = ""


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
        look = {"side": "end", "colour": theme.GREY}
        for tick in ticks[ticks <= reach]:
            ends, y = [days.x, days.at(days.stop)], self.y(tick)
            paper.line(ends, [y, y], colour=theme.LIGHT, thick=0.5, zorder=0.4)
            paper.write(days.x - 0.05, y, paper.locale.number(int(tick)), SMALL, **look)

    def x(self, day: float) -> float:
        """Where a day begins."""
        return self.days.at(day)

    def y(self, count: float) -> float:
        """Where a count stands."""
        return self.base - count / self.reach * self.tall


def days_of_panels(
    paper: Paper, span: tuple[pd.Timestamp, pd.Timestamp], reaches: Iterable[float]
) -> Days:
    """Days behind the numbers of the panels' axes."""
    room = max(text_width(paper.locale.number(int(reach)), SMALL) for reach in reaches) + 0.08
    return days_between(*span, paper.left + room, paper.across - room)


def own_scales(staircases: Iterable[Staircase]) -> bool:
    """Whether rows have a scale each: one would be less than a fourth of the highest."""
    reaches = [staircase.steps.reach for staircase in staircases]
    return min(reaches) < max(reaches) / _CRUSHED


def draw_staircases(
    paper: Paper, days: Days, staircases: Collection[Staircase], tall: float
) -> Iterator[Panel]:
    """Rows one below the other over the same days; gives the panel of each."""
    highest = max(staircase.steps.reach for staircase in staircases)
    apart = own_scales(staircases)
    for staircase in staircases:
        if staircase.above:
            paper.heading(staircase.above, staircase.colour)
        _draw_heading(paper, staircase)
        reach = staircase.steps.reach if apart else highest
        panel = Panel(paper, days, reach, tall, _above(staircase.steps, reach, tall) + 0.04)
        _draw_stairs(panel, staircase)
        yield panel


def _draw_heading(paper: Paper, staircase: Staircase) -> None:
    """The name of a row, its count at the end of the line, between them what else is known."""
    paper.top += 0.06
    middle, end = paper.top + leading(NORMAL + 1) / 2, paper.left + paper.across
    look = {"bold": True, "colour": theme.letters(staircase.colour)}
    count = {"side": "end", "link": staircase.link} | look
    room = paper.across - 0.2 - paper.write(end, middle, staircase.count, NORMAL + 1, **count)
    more, named = paper.locale.join(staircase.more), text_width(staircase.name, NORMAL, True) + 0.12
    paper.top += (leading(NORMAL + 1) - leading(NORMAL)) / 2
    beside = named + text_width(more, SMALL) <= room
    if more and beside:
        paper.write(paper.left + named, middle, more, SMALL, on=NORMAL + 1)
    paper.paragraph(staircase.name, across=room, on=NORMAL + 1, **look)
    if more and not beside:
        paper.paragraph(paper.locale.capital(more), SMALL)


def _above(steps: Steps, reach: float, tall: float) -> float:
    """Inches above a row that an arrow takes where no limit is given."""
    level = np.max(steps.low, initial=0, where=np.isnan(steps.high))
    return max(0.0, theme.ARROW - (1 - level / reach) * tall) if level else 0.0


def _draw_stairs(panel: Panel, staircase: Staircase) -> None:
    """What is certain, what is possible, and what fades out under an arrow."""
    steps, colour = staircase.steps, staircase.colour
    low, is_open = steps.low, np.isnan(steps.high)
    _fill(panel, steps.edges, np.zeros(len(low)), low, colour, "certain", staircase.link)
    high = np.where(is_open, low, steps.high)
    _fill(panel, steps.edges, low, high, theme.tint(colour), "possible")
    strip = theme.STRIP / panel.tall * panel.reach * is_open / theme.FADES
    for at, tint in [*enumerate(theme.fading(colour), 1)][::-1]:  # one on the other, so no seams
        _fill(panel, steps.edges, low, low + at * strip, tint, "open")
    for first, stop in _runs(is_open):
        start, end = steps.edges[[first, stop]]
        day = start + 0.85 * (end - start)
        x, y = panel.x(day), panel.y(low[np.searchsorted(steps.edges, day, "right") - 1])
        panel.paper.arrow(x, y, (0, -theme.ARROW), theme.letters(colour))
        panel.paper.take(x, y - theme.ARROW / 2, 0.12, theme.ARROW)


def _fill(
    panel: Panel, edges: np.ndarray, lower: np.ndarray, upper: np.ndarray, colour: str, *named
) -> None:
    """What lies between two levels, a shape for each run of steps where something does."""
    for first, stop in _runs(upper > lower):
        across = np.repeat(edges[first : stop + 1], 2)[1:-1]
        xs = panel.days.x + (across - panel.days.first) * panel.days.day
        one, other = (panel.y(np.repeat(level[first:stop], 2)) for level in (lower, upper))
        panel.paper.shape([*xs, *xs[::-1]], [*one, *other[::-1]], colour, *named)


def _runs(chosen: np.ndarray) -> np.ndarray:
    """Where each run of chosen steps begins, and what is behind it."""
    return np.flatnonzero(np.diff(chosen, prepend=False, append=False)).reshape(-1, 2)


def name_areas(panels: Iterable[Panel], staircases: Iterable[Staircase]) -> None:
    """What the solid part and the tint mean, written in the first row with room, not in a key."""
    for panel, staircase in zip(panels, staircases, strict=True):
        paper, steps = panel.paper, staircase.steps
        is_dark = theme.letters(staircase.colour) == staircase.colour
        ground = np.zeros(len(steps.low))
        areas = {
            "certain": (ground, steps.low, "white" if is_dark else theme.INK),
            "possible": (steps.low, steps.high, theme.INK),
        }
        for sign, (lower, upper, ink) in areas.items():
            if sign not in paper.shown:
                continue
            text = paper.locale(f"key {sign}")
            place = _find_room(panel, steps.edges, lower, upper, text_width(text, SMALL) + 0.1)
            if place and paper.beside(*place, [text], [(0, 0)], colour=ink):
                paper.shown.discard(sign)


def _find_room(
    panel: Panel, edges: np.ndarray, lower: np.ndarray, upper: np.ndarray, wide: float
) -> tuple[float, float] | None:
    """The middle of the tallest band between two levels that a line of text fits in."""
    across = panel.days.x + (edges - panel.days.first) * panel.days.day
    starts, stops = across[:-1], across[1:]
    bottoms, tops = panel.y(lower), panel.y(upper)
    tallest, found = leading(SMALL), None
    for x in [*starts, *stops - wide]:
        if x < across[0] - 0.001 or x + wide > across[-1] + 0.001:
            continue
        inside = (starts < x + wide) & (stops > x)
        top, bottom = tops[inside].max(), bottoms[inside].min()
        if bottom - top > tallest:
            tallest, found = bottom - top, (x + wide / 2, (top + bottom) / 2)
    return found
