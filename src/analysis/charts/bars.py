"""Bars of counts and brackets over days: solid is certain, the tint possible, what is open fades.

Bars of one figure are of one height: area must not say what the number does not.
"""

from typing import NamedTuple

from pandas import isna

from analysis.charts import style as theme
from analysis.charts.days import Days
from analysis.charts.sheet import SMALL, Paper, text_width

_LANE = 0.16


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
    sign: str = "certain",
) -> float:
    """A bar from ``place`` (its upper corner), ``scale`` inches a person; gives where it ends.

    ``edge`` parts it from a bar that it lies on.
    """
    (x, y), (low, high, wide) = place, counts
    small = 0.65 if tall < 0.1 else 1  # so that an arrow is not louder than its bar
    arrow, strip = small * theme.ARROW, small * theme.STRIP
    middle, look = y + tall / 2, {"edgecolor": edge or "none", "linewidth": 0.7 * bool(edge)}
    end = x + low * scale
    if low:
        paper.box(x, y, low * scale, tall, colour, sign, link, **look)
    if isna(high) and low:
        for at, tint in enumerate(theme.fading(colour)):
            paper.box(end + at * strip / theme.FADES, y, strip / theme.FADES, tall, tint, "open")
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
    sign = "open_start" if open_start else "window"
    paper.line([start, stop], [y, y], sign, look.pop("link", None), colour=colour, **look)
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

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.stop - self.start == 1


def _ends(days: Days, window: Window) -> tuple[float, float]:
    """Where a window begins and ends; a single day has a square in its middle."""
    start = days.x if isna(window.start) else days.at(window.start)
    stop, middle = days.at(window.stop), (start + days.at(window.stop)) / 2
    return (middle - 0.04, middle + 0.04) if window.is_day else (start, stop)


def draw_window(
    paper: Paper, days: Days, window: Window, y: float, colour: str, thick: float = 0.8
) -> tuple[float, float]:
    """A square for a single day, a bracket over several; gives where it begins and ends."""
    start, stop = _ends(days, window)
    if window.is_day:
        paper.box(start, y - 0.04, 0.08, 0.08, colour, "day", window.link)
    else:
        look = {"link": window.link, "linestyle": window.linestyle, "thick": thick}
        ends, open_start = (start + 0.02, stop - 0.02), isna(window.start)
        draw_span(paper, ends, y, colour, open_start=open_start, **look)
    return start, stop


def draw_windows(
    paper: Paper, days: Days, windows: list[Window], colour: str, most: int = 8
) -> None:
    """Windows with their counts, in lanes where they meet.

    Those that find no room in ``most`` lanes are counted in a line of text.
    """
    lanes: list[list[tuple[float, float]]] = []
    left_out = 0
    for window in windows:
        wide = text_width(window.text, SMALL)
        ends, at = _with_text(paper, _ends(days, window), wide)
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
        start, stop = draw_window(paper, days, window, y, colour)
        if start < at + wide and at < stop:  # on the bracket
            paper.box(at - 0.04, y - 0.06, wide + 0.08, 0.12, "white", zorder=4)
        paper.write(at, y, window.text, SMALL, link=window.link)
    paper.top += _LANE * len(lanes)
    if left_out:
        said = paper.say("more windows", number=left_out)
        paper.paragraph(said, SMALL, colour=theme.GREY)


def _with_text(paper: Paper, ends: tuple[float, float], wide: float) -> tuple:
    """Where a bracket with its count begins and ends, and the count: on it, behind or before it."""
    start, stop = ends
    on_it = ends[0], max(stop, start + wide)
    middle = max((start + stop - wide) / 2, start)
    if wide + 0.3 <= stop - start:
        return on_it, middle
    if stop + wide + 0.05 <= paper.left + paper.across:
        return (start, stop + wide + 0.05), stop + 0.05
    if start - wide - 0.05 >= paper.left:
        return (start - wide - 0.05, stop), start - wide - 0.05
    return on_it, middle
