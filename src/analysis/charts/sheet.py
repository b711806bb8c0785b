"""The sheet that every figure is drawn on: title, source line, axes, left to right or back.

Sizes are in inches and text is measured, so that nothing is cut off in either width or language.
"""

import functools
import io
import re
from collections.abc import Callable
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts import style as theme
from analysis.language.languages import language_of

WIDTHS = {"page": 175, "column": 85}
"""Widths in print, in millimetres."""

Box = tuple[float, ...]
SIDE = 0.1
_MARGIN = 0.06
_LEADING = 1.32
_STACKED = {"va": "top", "linespacing": 1.15}
_RIGHT_TO_LEFT = "\u200f"
_LATIN_FIRST = re.compile(r"[^\u0600-\u06ff]*[A-Za-z].*[\u0600-\u06ff]")
_PIXELS = 220
_BREAK = re.compile(r"(?<!\d) (?!\([A-Za-z])")


class Chart(Figure):
    """A figure that carries what it says: title, caption, alt text and source, in its language.

    They are made from ``numbers``, what is drawn (persons, dates), which rests on the statements
    ``event_ids`` of the dataset whose files have these ``sha256``; ``beside`` is the same of a
    dataset drawn beside it. Lines of text start ``near``; ``across`` are inches between margins.
    """

    def __init__(self, name: str, language: str, width: str) -> None:
        self.say = language_of(language)
        if width not in WIDTHS:
            raise ValueError(f"width is {width!r}; widths are {' and '.join(WIDTHS)}")
        super().__init__(figsize=(WIDTHS[width] / 25.4, 3), facecolor="white")
        FigureCanvasAgg(self)
        self.name, self.language, self.width = name, language, width
        self.title = self.caption = self.alt = self.source = self.sha256 = ""
        self.numbers, self.event_ids, self.beside = pd.DataFrame(), [], {}
        self.mirrored = self.say.right_to_left
        self.near, self.far = ("right", "left") if self.mirrored else ("left", "right")
        self.across = self.get_figwidth() - 2 * SIDE

    def _repr_mimebundle_(self, **_: object) -> tuple[dict, dict]:
        """What a notebook shows: a PNG at its width in print, with alt text."""
        picture = io.BytesIO()
        with mpl.rc_context(theme.style()):
            self.savefig(picture, format="png", dpi=_PIXELS, metadata={"Software": None})
        shown = {"alt": self.alt, "width": round(self.get_figwidth() * 110)}
        data = {"image/png": picture.getvalue(), "text/plain": self.alt}
        return data, {"image/png": shown}


def text_width(chart: Chart, text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text, in inches."""
    return _width(text, size, weight)


@functools.lru_cache(4096)
def _width(text: str, size: float, weight: str) -> float:
    # Measured large, because glyphs are fitted to pixels at small sizes.
    font = font_manager.FontProperties(family=theme.FAMILIES, size=size * 10, weight=weight)
    with mpl.rc_context(theme.style()):
        renderer = RendererAgg(1, 1, 100)
        return renderer.get_text_width_height_descent(text, font, ismath=False)[0] / 100 / 10


def wrap(chart: Chart, text: str, size: float, width: float, weight: str = "normal") -> str:
    """Break a text into lines no wider than ``width`` inches.

    Numbers stay with the word after them, acronyms in brackets with the name before.
    """
    lines: list[str] = []
    for word in _BREAK.split(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(chart, longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if chart.mirrored and len(lines) > 1:  # also those that begin with Latin letters
        lines = [_RIGHT_TO_LEFT + line if _LATIN_FIRST.match(line) else line for line in lines]
    return "\n".join(lines)


Sample = tuple[dict | Callable[[Axes, Chart, float, float], None], str]
"""An entry of a key: the look of a patch, or what draws 0.2 inches from a start at a height."""


class Line(NamedTuple):
    """A line of text: what it says, its size in points, its weight and its colour."""

    text: str
    size: float
    weight: str = "normal"
    colour: str = theme.INK

    @property
    def tall(self) -> float:
        """Height in inches, all its breaks counted."""
        return (self.text.count("\n") + 1) * self.size * _LEADING / 72


def broken(chart: Chart, lines: list[Line], width: float) -> list[Line]:
    """The same lines, broken where they are wider than ``width`` inches."""
    texts = (wrap(chart, line.text, line.size, width, line.weight) for line in lines)
    return [line._replace(text=text) for line, text in zip(lines, texts, strict=True)]


def tall_of(lines: list[Line]) -> float:
    """Height of lines one below the other, in inches."""
    return sum(line.tall for line in lines)


def write_lines(axes: Axes, chart: Chart, lines: list[Line], x: float, top: float) -> float:
    """Lines one below the other on axes of inches, from ``top``; gives where they end."""
    end = top - tall_of(lines)
    for line in lines:
        write(axes, chart, line, x, top, bbox=theme.plate(), **_STACKED)
        top -= line.tall
    return end


def write(where: Axes | Chart, chart: Chart, line: Line, x: float, y: float, **look) -> None:
    """A line from a place on, its middle at that height where ``look`` says nothing else."""
    look = {"ha": chart.near, "va": "center_baseline"} | look
    where.text(x, y, line.text, size=line.size, weight=line.weight, color=line.colour, **look)


def frame(chart: Chart, subtitle: str, footer: list[str], body: float) -> tuple[float, float]:
    """Write title, subtitle and footer (each text on lines of its own), and set the height.

    ``body`` is what the drawing needs; gives its bottom and the figure's height, all in inches.
    """
    large = 10.5 if chart.width == "page" else 9.5
    width = chart.get_figwidth() - 2 * _MARGIN
    head = [Line(chart.title, large, "bold"), Line(subtitle, 7.5, colour=theme.GREY)]
    head = broken(chart, head, width)
    foot = broken(chart, [Line(text, 6.5, colour=theme.GREY) for text in footer], width)
    above, below = (sum(line.tall for line in lines) + 0.1 for lines in (head, foot))
    height = 2 * _MARGIN + above + body + below
    chart.set_figheight(height)
    side = chart.get_figwidth() - _MARGIN if chart.mirrored else _MARGIN
    for lines, top in ((head, height - _MARGIN), (foot, _MARGIN + below - 0.1)):
        for line in lines:
            write(chart, chart, line, side / chart.get_figwidth(), top / height, **_STACKED)
            top -= line.tall
    return _MARGIN + below, height


def body_axes(chart: Chart, bottom: float, height: float, box: Box) -> Axes:
    """Axes at a box of inches (start, bottom, width, height) from the body's starting corner."""
    start, up, wide, tall = box
    across = chart.get_figwidth()
    left = across - start - wide if chart.mirrored else start
    place = left / across, (bottom + up) / height, wide / across, tall / height
    axes = chart.add_axes(place)
    axes.spines[["top", "right", "left"]].set_visible(False)
    if chart.mirrored:
        axes.yaxis.tick_right()
    return axes


def paper_axes(chart: Chart, bottom: float, height: float, body: float) -> Axes:
    """Axes without lines over the whole body, measured in inches from its starting corner."""
    axes = chart.add_axes((0, bottom / height, 1, body / height))
    axes.set_axis_off()
    reach = (0, chart.get_figwidth())
    axes.set(xlim=reach[::-1] if chart.mirrored else reach, ylim=(0, body))
    return axes


def lay_out(
    chart: Chart, subtitle: str, notes: list[str], samples: list[Sample], box: Box, below: float
) -> tuple[Axes, Axes]:
    """The sheet around axes at ``box`` (start, width, height), with room below them for a key.

    ``below`` is the room for their labels. Gives the axes, and paper over all, each measured in
    inches up from where the axes stand.
    """
    start, wide, tall = box
    foot = key_height(chart, samples) + below
    place = frame(chart, subtitle, [chart.source, *notes], tall + foot)
    axes = body_axes(chart, *place, (start, foot, wide, tall))
    axes.set(ylim=(0, tall), yticks=[])
    paper = paper_axes(chart, *place, tall + foot)
    paper.set_ylim(-foot, tall)
    return axes, paper


def key(chart: Chart, axes: Axes, entries: list[Sample], top: float) -> None:
    """Small samples with their meaning, in a row that breaks."""
    for (look, text), (across, down) in zip(entries, _key_places(chart, entries), strict=True):
        if callable(look):
            look(axes, chart, across, top - down - 0.05)
        else:
            axes.add_patch(Rectangle((across, top - down - 0.1), 0.2, 0.1, **look))
        line = Line(text, 6.5, colour=theme.GREY)
        write(axes, chart, line, across + 0.25, top - down - 0.05)


def key_height(chart: Chart, entries: list[Sample]) -> float:
    """Height that :func:`key` takes, in inches."""
    return max((down for _, down in _key_places(chart, entries)), default=0) + 0.2


def _key_places(chart: Chart, entries: list[Sample]) -> list[tuple[float, float]]:
    across, down, places = _MARGIN, 0.0, []
    for _, text in entries:
        wide = 0.25 + text_width(chart, text, 6.5)
        if places and across + wide > chart.get_figwidth() - _MARGIN:
            across, down = _MARGIN, down + 0.16
        places.append((across, down))
        across += wide + 0.18
    return places
