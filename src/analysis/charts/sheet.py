"""The sheet that every figure is drawn on, measured in inches from where reading begins.

A drawing goes from the top down and is as high as it gets; text is measured, so that nothing is
cut off in either width or language. In languages that run from the right all is mirrored.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from itertools import product

import numpy as np
from matplotlib.artist import Artist
from matplotlib.ft2font import LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from analysis.charts import style as theme
from analysis.charts.chart import Chart
from analysis.language.locales import pieces

SMALL, NORMAL, LARGE, HUGE = 7, 7.5, 9.5, 11.5
"""Sizes of letters, in points; of the largest is the finding on a card."""

Box = tuple[float, float, float, float]
_MARGIN, _BETWEEN = 0.07, 0.25
_LEADING, BASELINE = 1.38, 0.38
"""Of a letter's size: the height of a line, and how far below its middle letters stand."""
_APART = "\u2068", "\u2069"
_AROUND = ((0, -1), (1, 0), (-1, 0), (1, -1), (-1, -1), (0, 1), (1, 1), (-1, 1))
"""Sides of a place that words can stand at: across and down."""


def leading(size: float) -> float:
    """Height of a line of text, in inches."""
    return size * _LEADING / 72


@functools.lru_cache(8192)
def text_width(text: str, size: float = NORMAL, bold: bool = False) -> float:
    """Width of a line of text, in inches."""
    font = theme.typeface(bold)
    font.set_size(size * 10, 100)  # large, because glyphs are fitted to pixels at small sizes
    font.set_text(text, flags=LoadFlags.NO_HINTING)
    return font.get_width_height()[0] / 64 / 100 / 10


def wrap(text: str, width: float, size: float = NORMAL, bold: bool = False) -> list[str]:
    """Lines no wider than ``width`` inches, where words allow it.

    Numbers stay with the word after them, acronyms in brackets with the name before.
    """
    lines: list[str] = []
    for word in pieces(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [*_isolated(lines)]


def _isolated(lines: list[str]) -> Iterator[str]:
    """Lines in which what is set apart from the other direction begins and ends anew."""
    inside = 0
    for line in lines:
        begun = _APART[0] * inside + line
        inside = begun.count(_APART[0]) - begun.count(_APART[1])
        yield begun + _APART[1] * inside


class Paper:
    """What a figure is drawn on: ``x`` from the side where lines begin, ``y`` from the top down.

    ``top`` is how far down it is filled; text lies between ``left`` and ``left + across``. Words
    written by :meth:`beside` meet nothing that is ``taken``: boxes of left, top, right, bottom.
    ``shown`` are the signs that a key has to name: each mark says which it is.
    """

    left = _MARGIN

    def __init__(self, chart: Chart) -> None:
        self.chart, self.locale = chart, chart.locale
        self.page = chart.width == "page"
        self.top, self.across = _MARGIN, chart.get_figwidth() - 2 * _MARGIN
        self.axes = chart.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        wide = chart.get_figwidth()
        self.axes.set(xlim=(wide, 0) if self.locale.right_to_left else (0, wide), ylim=(1, 0))
        self._sides = {"middle": "center", "start": "left", "end": "right"}
        if self.locale.right_to_left:
            self._sides |= {"start": "right", "end": "left"}
        self.taken: list[tuple[float, ...]] = []
        self.shown: set[str] = set()

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float = NORMAL,
        *,
        bold: bool = False,
        colour: str = theme.INK,
        side: str = "start",
        link: str | None = None,
        struck: bool = False,
        on: float | None = None,
    ) -> float:
        """A line of text from ``x`` on, its middle at ``y``; gives its width in inches.

        It stands on one line with others of its size at that ``y``, or with those of a size that
        it stands ``on``, however tall some of its letters are.
        """
        text = self.locale.line(text)
        wide, tall = text_width(text, size, bold), leading(size)
        letters = {"size": size, "weight": "bold" if bold else "normal", "color": colour}
        place = {"ha": self._sides[side], "va": "baseline", "zorder": 6}
        foot = y + BASELINE * (on or size) / 72
        self.axes.text(x, foot, text, url=link, **letters, **place)
        start = x - {"start": 0, "middle": wide / 2, "end": wide}[side]
        if struck:
            self.line([start, start + wide], [y, y], "struck", colour=colour, thick=0.8)
        self.taken.append((start, y - tall / 2, start + wide, y + tall / 2))
        return wide

    def paragraph(
        self,
        text: str,
        size: float = NORMAL,
        *,
        x: float | None = None,
        across: float | None = None,
        **look,
    ) -> None:
        """A text from ``top`` down, broken into lines."""
        x = self.left if x is None else x
        tall = leading(size) * (1.1 if self.locale.right_to_left else 1)  # dots below
        across = self.left + self.across - x if across is None else across
        for line in wrap(text, across, size, look.get("bold", False)):
            self.write(x, self.top + leading(size) / 2, line, size, **look)
            self.top += tall

    def columns(self, number: int) -> Iterator[int]:
        """Parts of the width, each as if it was all of it; what follows goes below the longest."""
        left, across, top, ends = self.left, self.across, self.top, []
        wide = (across - _BETWEEN * (number - 1)) / number
        for at in range(number):
            self.left, self.across, self.top = left + at * (wide + _BETWEEN), wide, top
            yield at
            ends.append(self.top)
        self.left, self.across, self.top = left, across, max(ends)

    def heading(self, text: str, colour: str = theme.INK) -> None:
        """What the rows below are about."""
        self.top += 0.05
        self.paragraph(text, bold=True, colour=theme.letters(colour))

    def beside(
        self,
        x: float,
        y: float,
        texts: Iterable[str],
        ways: Iterable[tuple[int, int]] = _AROUND,
        *,
        size: float = SMALL,
        gap: float = 0.05,
        fits: Callable[[Box], bool] = bool,
        **look,
    ) -> Box | None:
        """The first of the texts that meets nothing at some side of a place; else nothing.

        ``fits`` says of a box (left, top, right, bottom) whether words may stand there.
        """
        tall, bold = leading(size), look.get("bold", False)
        left, top, right, bottom = np.array(self.taken).reshape(-1, 4).T
        for text, (across, down) in product(texts, ways):
            wide = text_width(text, size, bold)
            start = x + across * (wide / 2 + gap) - wide / 2
            if across == 0:  # as far inside as needed
                start = max(min(start, self.left + self.across - wide), self.left)
            upper = y + down * (tall / 2 + gap * (across == 0)) - tall / 2
            meets = (left < start + wide + 0.02) & (right > start - 0.02)
            meets &= (top < upper + tall) & (bottom > upper)
            inside = start >= self.left and start + wide <= self.left + self.across + 1e-9
            box = start, upper, start + wide, upper + tall
            if inside and not meets.any() and fits(box):
                self.write(start, upper + tall / 2, text, size, **look)
                return box
        return None

    def take(self, x: float, y: float, wide: float, tall: float) -> None:
        """No words on a box, given by its middle."""
        self.taken.append((x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))

    def shape(self, xs, ys, colour: str, sign: str = "", link: str | None = None, **look) -> None:
        """A filled shape; ``sign`` names what it means."""
        look = {"facecolor": colour, "edgecolor": "none", "linewidth": 0, "zorder": 2} | look
        self._add(Polygon(np.column_stack([xs, ys]), closed=True, **look), sign, link)

    def shapes(self, corners, colour: str, sign: str = "", link: str | None = None) -> None:
        """Filled shapes of as many corners each, as one; ``sign`` names what they mean."""
        path = Path.make_compound_path_from_polys(np.array(corners))
        self._add(PathPatch(path, facecolor=colour, linewidth=0, zorder=2), sign, link)

    def box(self, x: float, y: float, wide: float, tall: float, colour: str, *named, **look):
        """A filled box from its upper corner, as :meth:`shape`."""
        corners = [x, x + wide, x + wide, x], [y, y, y + tall, y + tall]
        self.shape(*corners, colour, *named, **look)

    def line(
        self,
        xs,
        ys,
        sign: str = "",
        link: str | None = None,
        *,
        colour: str = theme.INK,
        thick: float = 0.8,
        **look,
    ) -> None:
        """A line through points."""
        look = {"color": colour, "linewidth": thick, "zorder": 3} | look
        self._add(Line2D(xs, ys, **look), sign, link)

    def arrow(self, x: float, y: float, to: tuple[float, float], colour: str, **look) -> None:
        """An arrow from a place by so many inches across and down."""
        across, down = to
        end, head = np.array([x + across, y + down]), 0.045
        along = np.array([across, down]) / np.hypot(across, down) * head
        wings = [end - along + turn * along[::-1] * [-0.8, 0.8] for turn in (1, -1)]
        look = {"thick": 1.1, "solid_joinstyle": "miter"} | look
        self.line([x, end[0]], [y, end[1]], "arrow", colour=colour, **look)
        self.line(*np.array([wings[0], end, wings[1]]).T, colour=colour, **look)

    def _add(self, artist: Artist, sign: str, link: str | None) -> None:
        self.shown.add(sign)
        artist.set(label=f"_{sign}", url=link, clip_on=False)
        self.axes.add_artist(artist)

    def finish(self) -> None:
        """Set the height of the figure to what is filled."""
        height = self.top + _MARGIN
        self.chart.set_figheight(height)
        self.axes.set_ylim(height, 0)
