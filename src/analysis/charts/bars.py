"""Bars of counts: certain from zero, possible to the upper bound, an arrow where none is given.

And bars of numbers over days: in lanes where they do not meet, their words on or beside them.
"""

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from pandas import isna

from analysis.charts import style as theme
from analysis.charts.sheet import Chart, Line, tall_of, text_width, write, write_lines

_BAR, _PART, _GAP = 0.21, 0.16, 0.06
"""Heights of a bar, of a part inside it and of the space below, in inches."""

Span = tuple[float, float]
"""From one count, height or beginning of a day (days since 1970) to another."""


def count_axis(axes: Axes, chart: Chart, reach: float) -> None:
    """Counts along axes, from zero to ``reach``."""
    axes.set_xlim((reach, 0) if chart.mirrored else (0, reach))
    axes.xaxis.set_major_locator(MaxNLocator(6 if chart.width == "page" else 4, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="x", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)


def draw_bar(
    axes: Axes, count: Span, place: Span, colour: str, arrow: float, edge: str | None = None
) -> None:
    """A bar of a count (low, high), ``place`` being its bottom and height, ``arrow`` a length.

    ``edge`` is the colour of what is not certain, where it is another.
    """
    (low, high), (base, tall), other = count, place, edge or colour
    axes.add_patch(Rectangle((0, base), low, tall, **theme.solid(colour, edge)))
    if isna(high):
        open_arrow(axes, low, base + tall / 2, arrow, other)
    elif high > low:
        axes.add_patch(Rectangle((low, base), high - low, tall, **theme.hatched(other)))


def open_arrow(axes: Axes, start: float, at: float, length: float, colour: str, **look) -> None:
    """An arrow onwards from a bar's end: at least, no upper bound."""
    look = {"linewidth": 1.6, "mutation_scale": 9, "shrinkA": 0, "shrinkB": 0, **look}
    look |= {"arrowstyle": "->", "color": colour}
    axes.annotate("", (start + length, at), (start, at), arrowprops=look, annotation_clip=False)


def arrow_out(axes: Axes, edge: float, at: float, length: float, colour: str) -> None:
    """A small arrow back from an edge: since when is not said."""
    open_arrow(axes, edge, at, -length, colour, linewidth=0.9, mutation_scale=6)


def draw_edge(axes: Axes, at: float, ends: Span) -> None:
    """A number that bars are held against, dashed from one to the other."""
    axes.plot([at, at], ends, color="white", linewidth=2.4)
    axes.plot([at, at], ends, color=theme.INK, linewidth=1.1, linestyle=(0, (2.5, 1.5)))


class Bar(NamedTuple):
    """A number over its window (``still_open`` without a first day), what is on and inside it."""

    span: Span
    text: str
    look: dict
    loosest: Span | None = None
    parts: tuple[tuple[Span, str], ...] = ()
    still_open: bool = False

    @property
    def tall(self) -> float:
        """Height in inches."""
        return _BAR + _PART * len(self.parts)


class Group(NamedTuple):
    """Bars in lanes under a heading, in one colour."""

    head: list[Line]
    colour: str
    lanes: list[list[Bar]]

    @property
    def tall(self) -> float:
        """Height in inches, heading included."""
        bars = sum(max(bar.tall for bar in lane) + _GAP for lane in self.lanes)
        return tall_of(self.head) + 0.04 + bars


class Days(NamedTuple):
    """The axis of days of a chart, between its margins: its ends (days since 1970)."""

    chart: Chart
    first: int
    stop: int

    @property
    def inches(self) -> float:
        """How wide a day is."""
        return self.chart.across / (self.stop - self.first)

    def place(self, span: Span, line: Line) -> tuple[Span, bool]:
        """Where a line begins and ends, and whether on its bar; else behind or before that."""
        wide = (text_width(self.chart, line.text, line.size, line.weight) + 0.08) / self.inches
        start, stop = max(span[0], self.first), min(span[1], self.stop)
        if wide <= stop - start:
            return (start, start + wide), True
        if stop + wide <= self.stop:
            return (stop, stop + wide), False
        if start - wide >= self.first:
            return (start - wide, start), False
        return (max(self.stop - wide, self.first), self.stop), False

    def write(self, axes: Axes, span: Span, at: float, line: Line) -> None:
        """A line on a bar in its colour, or beside it where that is too short."""
        (start, stop), inside = self.place(span, line)
        gap = 0.04 / self.inches
        before = not inside and stop <= span[0]
        look = {"ha": self.chart.far if before else self.chart.near}
        line = line if inside else line._replace(colour=theme.INK)
        if line.colour != "white":
            look["bbox"] = theme.plate()
        write(axes, self.chart, line, stop - gap if before else start + gap, at, **look)

    def lanes(self, bars: list[Bar]) -> list[list[Bar]]:
        """Bars that do not meet, nor what is written beside them, share a lane."""
        lanes: list[list[tuple[Bar, Span]]] = []
        for bar in bars:
            (start, stop), _ = self.place(bar.span, Line(bar.text, 8, "bold"))
            start, stop = min(start, bar.span[0]), max(stop, bar.span[1])
            for lane in lanes:
                others, taken = zip(*lane, strict=True)
                layered = any(each.loosest or each.parts for each in (bar, *others))
                if not layered and all(start >= last or stop <= first for first, last in taken):
                    lane.append((bar, (start, stop)))
                    break
            else:
                lanes.append([(bar, (start, stop))])
        return [[bar for bar, _ in lane] for lane in lanes]


def draw_group(axes: Axes, days: Days, group: Group, top: float) -> None:
    """A heading and below it the lanes, from ``top`` (inches) down."""
    base = write_lines(axes, days.chart, group.head, days.first, top) - 0.04
    for lane in group.lanes:
        for bar in lane:
            _draw_over_days(axes, days, bar, base - bar.tall, group.colour)
        base -= max(bar.tall for bar in lane) + _GAP


def _draw_over_days(axes: Axes, days: Days, bar: Bar, base: float, colour: str) -> None:
    if bar.loosest:
        _box(axes, bar.loosest, base - 0.02, bar.tall + 0.04, theme.loose(colour))
    _box(axes, bar.span, base, bar.tall, bar.look)
    if bar.still_open:
        arrow_out(axes, days.first, base + bar.tall / 2, 0.09 / days.inches, colour)
    for place, (span, text) in enumerate(bar.parts):
        low = base + 0.02 + _PART * (len(bar.parts) - 1 - place)
        _box(axes, span, low, _PART - 0.02, theme.hatched(colour, 0.4))
        days.write(axes, span, low + _PART / 2 - 0.01, Line(text, 7))
    ink = "white" if bar.look == theme.solid(colour) else theme.INK
    line = Line(bar.text, 8, "bold", ink)
    days.write(axes, bar.span, base + bar.tall - _BAR / 2, line)


def _box(axes: Axes, span: Span, base: float, tall: float, look: dict) -> None:
    axes.add_patch(Rectangle((span[0], base), span[1] - span[0], tall, **look))
