"""The signs of what is known: certain carries the ink, possible is light, open has no edge.

Solid from zero to the lower bound; a flat tint up to the upper one; where none is given a strip of
tint of one size without an edge, with an arrow; dashed lines for the loosest reading, dotted ones
for what rests on a derived count. Where nothing is stated nothing is drawn.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator
from pandas import isna

from analysis.charts import style as theme
from analysis.charts.days import Days
from analysis.charts.sheet import SMALL, Paper, leading, text_width

_STRIP, _ARROW, _FADES, _LANE = 0.12, 0.2, 4, 0.16
"""What is open: inches of the strip and of the arrow, in how many steps it fades; of a lane."""


class Steps(NamedTuple):
    """Runs of days (since 1970) from ``days`` to before ``stops`` with the same bounds (persons).

    ``derived_low`` and ``derived_high`` say whether one rests on derived counts; a missing upper
    bound is not a number.
    """

    days: np.ndarray
    stops: np.ndarray
    low: np.ndarray
    high: np.ndarray
    derived_low: np.ndarray
    derived_high: np.ndarray

    def where(self, chosen: np.ndarray) -> "Steps":
        """Only some of them."""
        return Steps(*(column[chosen] for column in self))

    def runs(self) -> "Steps":
        """Days in a row with the same bounds as one."""
        fresh = np.append(True, self.days[1:] != self.stops[:-1])[: len(self.days)]
        for column in self[2:]:
            fresh |= np.diff(np.nan_to_num(column.astype(float), nan=-1), prepend=-2) != 0
        last = np.append(fresh[1:], True)[: len(fresh)]
        return self.where(fresh)._replace(stops=self.stops[last])


class Counts(NamedTuple):
    """Counts up from ``base``: ``tall`` inches for as many as ``reach``."""

    base: float
    tall: float
    reach: float

    def at(self, count: float) -> float:
        """Where a count stands."""
        return self.base - count / self.reach * self.tall


def draw_counts(paper: Paper, days: Days, counts: Counts, most: int = 3) -> None:
    """Light lines at round numbers, named where reading begins; the days' axis leaves room."""
    ticks = MaxNLocator(most, integer=True, steps=[1, 2, 5, 10]).tick_values(0, counts.reach)
    for tick in ticks[ticks <= counts.reach]:
        look = {"colour": theme.LIGHT, "thick": 0.5, "zorder": 0.4}
        paper.line([days.x, days.at(days.stop)], [counts.at(tick)] * 2, **look)
        text = f"{tick:,.0f}"
        paper.write(days.x - 0.05, counts.at(tick), text, SMALL, side="end", colour=theme.GREY)


def count_room(reach: float) -> float:
    """Inches that the numbers of an axis take."""
    return text_width(f"{reach:,.0f}", SMALL) + 0.08


def draw_stairs(
    paper: Paper,
    days: Days,
    counts: Counts,
    steps: Steps,
    colour: str,
    wide: Steps | None = None,
    link: str | None = None,
) -> None:
    """A staircase of bounds; ``wide`` are those of the loosest reading."""
    if wide is not None:
        _draw_loosest(paper, days, counts, steps, wide, colour)
    steps = steps.runs()
    low, is_open = steps.low, np.isnan(steps.high)
    _fill(paper, days, counts, steps, (np.zeros(len(low)), low), colour, "certain", link)
    high = np.where(is_open, low, steps.high)
    _fill(paper, days, counts, steps, (low, high), theme.tint(colour), "possible")
    some = is_open & (low > 0)
    strip = _STRIP / counts.tall * counts.reach * some / _FADES
    for at, tint in enumerate(_fading(colour)):
        _fill(paper, days, counts, steps, (low + at * strip, low + (at + 1) * strip), tint, "open")
    for start, stop in _stretches(steps, some):
        at = start + 0.85 * (stop - start)
        level = low[np.searchsorted(steps.days, at, "right") - 1]
        paper.arrow(days.at(at), counts.at(level), (0, -_ARROW), theme.letters(colour))
        paper.take(days.at(at), counts.at(level) - _ARROW / 2, 0.12, _ARROW)
    above = steps.derived_high & (steps.high > low)
    for column, chosen in ((2, steps.derived_low & (low > 0)), (3, above)):
        for run in zip(*steps.where(chosen).runs(), strict=True):
            ends = [days.at(run[0]), days.at(run[1])], [counts.at(run[column])] * 2
            paper.line(*ends, colour="white", thick=1.6)
            paper.line(*ends, "derived", colour=theme.INK, thick=1.2, linestyle=theme.DOTS)


def _fading(colour: str) -> list[str]:
    """Ever lighter tints, so that what is open has no edge."""
    return [theme.tint(colour, 0.34 * (1 - at / _FADES)) for at in range(_FADES)]


def _fill(paper: Paper, days: Days, counts: Counts, steps: Steps, ends, colour: str, *named: str):
    """What lies between two levels on each day, a shape for each stretch of days that has any."""
    lower, upper = ends
    for start, stop in _stretches(steps, upper > lower):
        own = (steps.days >= start) & (steps.days < stop)
        across = np.stack([steps.days[own], steps.stops[own]], axis=1).ravel()
        xs = days.x + (across - days.first) * days.day
        one, other = (counts.at(np.repeat(level[own], 2)) for level in (lower, upper))
        paper.shape([*xs, *xs[::-1]], [*one, *other[::-1]], colour, *named)


def _stretches(steps: Steps, chosen: np.ndarray) -> list[tuple[int, int]]:
    """First day of each stretch of chosen days in a row, and the day after its last."""
    own = steps.where(chosen)
    if not len(own.days):
        return []
    cut = np.flatnonzero(own.days[1:] != own.stops[:-1])
    starts, stops = own.days[[0, *(cut + 1)]], own.stops[[*cut, -1]]
    return [*zip(starts.tolist(), stops.tolist(), strict=True)]


def _draw_loosest(
    paper: Paper, days: Days, counts: Counts, steps: Steps, wide: Steps, party: str
) -> None:
    """Dashed lines where the loosest reading says other than the steps."""
    primary = {day: ends for day, *ends in zip(steps.days, steps.low, steps.high, strict=True)}
    ink = theme.letters(party)
    for name, column in (("low", 0), ("high", 1)):
        level = getattr(wide, name)
        own = np.array([primary.get(day, (np.nan, np.nan))[column] for day in wide.days])
        differs = ~np.isnan(level) & (level != own) & ((level > 0) | (own > 0))
        within = (name == "low") & (level < own)  # on the solid, so in white
        look = {"thick": 1, "linestyle": theme.DASHES, "zorder": 3}
        for chosen, colour in ((differs & ~within, ink), (differs & within, "white")):
            for start, stop, *ends in zip(*wide.where(chosen).runs(), strict=True):
                xs, y = [days.at(start), days.at(stop)], counts.at(ends[column])
                lift = 0.02 if colour == "white" else 0  # none at all stays in sight
                paper.line(xs, [y - lift] * 2, "loosest", colour=colour, **look)
    highs = np.array([primary.get(day, (0, np.nan))[1] for day in wide.days])
    for start, stop in _stretches(wide, np.isnan(wide.high) & ~np.isnan(highs)):
        at = start + 0.85 * (stop - start)
        top = counts.at(highs[np.searchsorted(wide.days, at, "right") - 1])
        paper.arrow(days.at(at), top, (0, -_ARROW), ink, linestyle=theme.DASHES)
        paper.take(days.at(at), top - _ARROW / 2, 0.12, _ARROW)


class Range(NamedTuple):
    """A count between two numbers (persons), and the loosest reading's ends where they differ."""

    low: float
    high: float
    wide: tuple[float, float] | None = None

    @classmethod
    def of(cls, low, high, wide: tuple | None = None) -> "Range":
        """Of ends that may be missing as pandas has it."""
        ends, loosest = ((low, _number(high)), wide and (wide[0], _number(wide[1])))
        same = wide is None or (loosest[0] == low and str(loosest[1]) == str(ends[1]))
        return cls(*ends, None if same else loosest)

    @property
    def is_open(self) -> bool:
        """Whether nothing bounds it from above, but something does from below."""
        return isna(self.high) and self.low > 0

    @property
    def reach(self) -> float:
        """The greatest number that it names."""
        ends = [self.low, self.high, *(self.wide or ())]
        return max((end for end in ends if not isna(end)), default=0)


def _number(count: object) -> float:
    return float("nan") if isna(count) else float(count)


def draw_range(
    paper: Paper,
    place: tuple[float, float],
    scale: float,
    counts: Range,
    colour: str,
    tall: float = 0.17,
    link: str | None = None,
    edge: str | None = None,
) -> float:
    """A bar from ``place`` (its upper corner), ``scale`` inches a person; gives where it ends.

    ``edge`` parts it from a bar that it lies on.
    """
    (x, y), (low, high, wide) = place, counts
    small = 0.65 if tall < 0.1 else 1  # so that an arrow is not louder than its bar
    arrow, strip = small * _ARROW, small * _STRIP
    middle, look = y + tall / 2, {"edgecolor": edge or "none", "linewidth": 0.7 * bool(edge)}
    end = x + low * scale
    if low:
        paper.box(x, y, low * scale, tall, colour, "certain", link, **look)
    if isna(high) and low:
        for at, tint in enumerate(_fading(colour)):
            paper.box(end + at * strip / _FADES, y, strip / _FADES, tall, tint, "open")
        paper.arrow(end, middle, (arrow, 0), theme.letters(colour))
    elif not isna(high) and high > low:
        wide_end = (high - low) * scale
        paper.box(end, y, wide_end, tall, theme.tint(colour), "possible", link, **look)
        end += wide_end
    end += arrow * bool(isna(high) and low)
    if wide is not None:
        dashed = {"colour": theme.letters(colour), "linestyle": theme.DASHES, "thick": 0.9}
        for level in {level for level in wide if not isna(level)} - {low, high}:
            at = x + level * scale
            shown = dashed | {"colour": "white", "thick": 1.2} if level < low else dashed
            paper.line([at, at], [y - 0.015, y + tall + 0.015], "loosest", link, **shown)
            end = max(end, at)
        if isna(wide[1]) and not isna(high):
            paper.arrow(end, middle, (arrow, 0), dashed["colour"], linestyle=theme.DASHES)
            end += arrow
    return end


def draw_span(paper: Paper, ends: tuple[float, float], y: float, colour: str, **look) -> None:
    """A bracket over days, ``open_start`` where since when is not said."""
    start, stop = ends
    open_start = look.pop("open_start", False)
    paper.line([start, stop], [y, y], "window", look.pop("link", None), colour=colour, **look)
    look.pop("linestyle", None)
    for at in [stop] if open_start else [start, stop]:
        paper.line([at, at], [y - 0.04, y + 0.04], colour=colour, **look)
    if open_start:
        paper.arrow(start + 0.1, y, (-0.1, 0), colour, thick=0.8)


class Window(NamedTuple):
    """A count over the days (since 1970) from ``start``, which is missing where it is not said."""

    start: float
    stop: float
    text: str
    link: str | None
    linestyle: object = "-"


def draw_windows(
    paper: Paper, days: Days, windows: list[Window], colour: str, most: int = 8
) -> None:
    """Brackets with their counts, squares for single days, in lanes where they meet.

    Those that find no room in ``most`` lanes are counted in a line of text.
    """
    lanes: list[list[tuple[float, float]]] = []
    left_out, edge = 0, paper.left + paper.across
    for window in windows:
        start = days.x if isna(window.start) else days.at(window.start)
        stop, wide = days.at(window.stop), text_width(window.text, SMALL)
        single = window.stop - window.start == 1
        if single:
            start, stop = ((start + stop) / 2 + side for side in (-0.04, 0.04))
        within = wide + 0.3 <= stop - start
        behind = within or stop + wide + 0.05 <= edge
        ends = (
            (start, stop + (wide + 0.05) * (not within)) if behind else (start - wide - 0.05, stop)
        )
        if ends[0] < paper.left:  # no room on either side: over the bracket
            within, ends = True, (start, max(stop, start + wide))
        free = [
            all(ends[1] + 0.06 < one or other + 0.06 < ends[0] for one, other in lane)
            for lane in lanes
        ]
        lane = free.index(True) if any(free) else len(lanes)
        if lane == most:
            left_out += 1
            continue
        lanes += [[]] * (lane == len(lanes))
        lanes[lane] = [*lanes[lane], ends]
        y = paper.top + _LANE * (lane + 0.5)
        look = {"open_start": isna(window.start), "link": window.link}
        if single:
            paper.box(start, y - 0.04, 0.08, 0.08, colour, "day", window.link)
        else:
            look["linestyle"] = window.linestyle
            draw_span(paper, (start + 0.02, stop - 0.02), y, colour, **look)
        at = (
            max((start + stop) / 2, ends[0] + wide / 2)
            if within
            else stop + 0.05
            if behind
            else ends[0]
        )
        if within:
            paper.box(at - wide / 2 - 0.04, y - 0.06, wide + 0.08, 0.12, "white", zorder=4)
        side = "middle" if within else "start"
        paper.write(at, y, window.text, SMALL, side=side, link=window.link)
    paper.top += _LANE * len(lanes)
    if left_out:
        said = paper.say("more windows", number=left_out)
        paper.paragraph(said, SMALL, colour=theme.GREY)


Sample = tuple[Callable[[Paper, float, float], None], str]
"""What draws a sign at a place (its start, its middle), 0.24 inches wide, and what it means."""

_GREY = "#7a7a7a"


def _certain(paper: Paper, x: float, y: float) -> None:
    paper.box(x, y - 0.05, 0.24, 0.1, _GREY)


def _possible(paper: Paper, x: float, y: float) -> None:
    paper.box(x, y - 0.05, 0.24, 0.1, theme.tint(_GREY))


def _open(paper: Paper, x: float, y: float) -> None:
    draw_range(paper, (x, y - 0.05), 0.04, Range(1, np.nan), _GREY, 0.1)


def _loosest(paper: Paper, x: float, y: float) -> None:
    look = {"colour": theme.INK, "linestyle": theme.DASHES, "thick": 0.9}
    paper.line([x, x + 0.24], [y, y], **look)


def _derived(paper: Paper, x: float, y: float) -> None:
    paper.line([x, x + 0.24], [y, y], colour=theme.INK, thick=1.2, linestyle=theme.DOTS)


def _window(paper: Paper, x: float, y: float) -> None:
    draw_span(paper, (x, x + 0.24), y, _GREY)


def _open_start(paper: Paper, x: float, y: float) -> None:
    draw_span(paper, (x, x + 0.24), y, _GREY, open_start=True)


def _edge(paper: Paper, x: float, y: float) -> None:
    paper.line([x + 0.12] * 2, [y - 0.06, y + 0.06], colour=theme.INK, thick=1.1)


def _day(paper: Paper, x: float, y: float) -> None:
    paper.box(x + 0.07, y - 0.05, 0.1, 0.1, _GREY)


def _statement(paper: Paper, x: float, y: float) -> None:
    paper.line([x, x + 0.18], [y, y], colour=_GREY, thick=0.5)
    paper.line([x + 0.18], [y], colour=_GREY, marker="o", markersize=3.6)


def _line(paper: Paper, x: float, y: float) -> None:
    paper.line([x, x + 0.24], [y, y], colour=_GREY, thick=2.2)


def _limit(paper: Paper, x: float, y: float) -> None:
    paper.line([x + 0.06, x + 0.18], [y, y], colour=_GREY, thick=1.4)


def _whole(paper: Paper, x: float, y: float) -> None:
    paper.box(x, y - 0.06, 0.24, 0.12, theme.tint(_GREY, 0.45))


def _group(paper: Paper, x: float, y: float) -> None:
    _whole(paper, x, y)
    paper.box(x, y - 0.035, 0.12, 0.07, _GREY)


SIGNS = {
    "certain": _certain,
    "possible": _possible,
    "open": _open,
    "loosest": _loosest,
    "derived": _derived,
    "window": _window,
    "open_start": _open_start,
    "edge": _edge,
    "day": _day,
    "statement": _statement,
    "line": _line,
    "limit": _limit,
    "whole": _whole,
    "group": _group,
}


def draw_key(paper: Paper, samples: list[Sample]) -> None:
    """Signs with their meaning, in rows from ``top`` down; moves on."""
    x, tall = paper.left, leading(SMALL) + 0.03
    paper.top += 0.04
    for draw, text in samples:
        wide = 0.3 + text_width(text, SMALL)
        if x > paper.left and x + wide > paper.left + paper.across:
            x, paper.top = paper.left, paper.top + tall
        middle = paper.top + tall / 2
        draw(paper, x, middle)
        paper.write(x + 0.3, middle, text, SMALL, colour=theme.GREY)
        x += wide + 0.16
    paper.top += tall * bool(samples)
