"""Bars of counts: certain from zero, possible to the upper bound, an arrow where none is given."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from pandas import isna

from analysis.charts import style as theme
from analysis.charts.sheet import Chart

Span = tuple[float, float]


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


def draw_edge(axes: Axes, at: float, ends: Span) -> None:
    """A number that bars are held against, dashed from one to the other."""
    axes.plot([at, at], ends, color="white", linewidth=2.4)
    axes.plot([at, at], ends, color=theme.INK, linewidth=1.1, linestyle=(0, (2.5, 1.5)))
