"""Bars of counts: certain from zero, possible to the upper bound, an arrow where none is given."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from pandas import isna

from analysis.charts import style as theme
from analysis.charts.sheet import Chart, body_axes

Span = tuple[float, float]


def count_axes(
    chart: Chart, bottom: float, height: float, box: tuple[float, ...], reach: float
) -> Axes:
    """Axes of counts from zero to ``reach``; the place as for :func:`body_axes`.

    Up and down they are measured in inches.
    """
    axes = body_axes(chart, bottom, height, box)
    axes.set(xlim=(reach, 0) if chart.mirrored else (0, reach), ylim=(0, box[3]), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(6 if chart.width == "page" else 4, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="x", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    return axes


def draw_bar(
    axes: Axes, count: Span, place: Span, colour: str, arrow: float, edge: str | None = None
) -> None:
    """A bar of a count (low, high), ``place`` being its bottom and height.

    ``arrow`` is the length of one, on the axis; ``edge`` the colour of what is not certain, where
    it is another.
    """
    (low, high), (base, tall), other = count, place, edge or colour
    axes.add_patch(Rectangle((0, base), low, tall, **theme.solid(colour, edge)))
    if isna(high):
        open_arrow(axes, low, base + tall / 2, arrow, other)
    elif high > low:
        axes.add_patch(Rectangle((low, base), high - low, tall, **theme.hatched(other)))


def open_arrow(
    axes: Axes, start: float, at: float, length: float, colour: str, **look: float
) -> None:
    """An arrow onwards from a bar's end: at least, no upper bound."""
    look = {"linewidth": 1.6, "mutation_scale": 9, "shrinkA": 0, "shrinkB": 0, **look}
    look |= {"arrowstyle": "->", "color": colour}
    axes.annotate("", (start + length, at), (start, at), arrowprops=look, annotation_clip=False)


def draw_edge(axes: Axes, at: float, ends: Span) -> None:
    """A number that bars are held against, dashed from one to the other."""
    axes.plot([at, at], ends, color="white", linewidth=2.4)
    axes.plot([at, at], ends, color=theme.INK, linewidth=1.1, linestyle=(0, (2.5, 1.5)))
