"""Bars of counts and rows of them: solid is certain, the tint possible, what is open fades.

Bars of one figure are of one height: area must not say what the number does not. They have one
scale; names stand in a column before the bars where both have room, else each above its bar. What
has no room behind a bar stands below it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pandas import isna

from analysis.charts import style as theme
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width

_VEILS = 24
_TALL, _GAP, _SHORT = 0.12, 0.04, 0.85
"""Inches of a bar, between rows, and of grey words that are short, such as a day."""


class Range(NamedTuple):
    """A count between two numbers (persons); ``high`` is missing where no limit is given."""

    low: float
    high: float

    @property
    def reach(self) -> float:
        """The greatest number that it names."""
        return self.low if isna(self.high) else self.high


def draw_range(
    paper: Paper,
    place: tuple[float, float],
    scale: float,
    counts: Range,
    colour: str,
    tall: float = 0.17,
    link: str | None = None,
) -> float:
    """A bar from ``place`` (its upper corner), ``scale`` inches a person; gives where it ends."""
    (x, y), (low, high) = place, counts
    end = x + low * scale
    if low:
        paper.box(x, y, low * scale, tall, colour, "certain", link)
    if isna(high) and low:
        small = 0.65 if tall < 0.1 else 1  # so that an arrow is not louder than its bar
        draw_fade(paper, (end, y), (small * theme.STRIP, tall), colour)
        paper.arrow(end, y + tall / 2, (small * theme.ARROW, 0), theme.letters(colour))
        end += small * theme.ARROW
    elif not isna(high) and high > low:
        paper.box(end, y, (high - low) * scale, tall, theme.tint(colour), "possible", link)
        end += (high - low) * scale
    return end


def draw_fade(
    paper: Paper, place: tuple[float, float], size: tuple[float, float], colour: str
) -> None:
    """What is open: a tint that fades without an edge, along a bar or, upwards, above a column.

    It is made of veils, each a little longer than the one before; a ``size`` upwards is negative.
    """
    wide, tall = size
    for at in range(_VEILS):
        share, look = (at + 1) / _VEILS, {"alpha": 0.5 / _VEILS, "zorder": 2.5}
        ends = (wide, tall * share) if tall < 0 else (wide * share, tall)
        paper.box(*place, *ends, colour, "open", **look)


class Row(NamedTuple):
    """A bar (none where there are no ``counts``), its count in words, its name, ``more`` in grey.

    A count that stands no longer is ``struck`` through.
    """

    counts: Range | None
    count: str
    colour: str
    name: str
    more: str = ""
    link: str | None = None
    struck: bool = False


class _Rows:
    """Where the bars of some rows start, and their ``scale``, inches a person."""

    def __init__(self, paper: Paper, rows: Sequence[Row]) -> None:
        self.paper = paper
        names = 0.1 + max(text_width(row.name, SMALL) for row in rows)
        room = paper.across - max(map(self._behind, rows))
        self.named = room - names >= paper.across / 4
        self.start = paper.left + names * self.named
        reach = max([1, *(row.counts.reach for row in rows if row.counts is not None)])
        self.scale = max(room - names * self.named, paper.across / 4) / reach

    def _behind(self, row: Row) -> float:
        """The room that a row's words take behind its bar; on a column long grey ones go below."""
        more = text_width(row.more, SMALL)
        beside = bool(row.more) and (self.paper.page or more < _SHORT)
        return 0.4 + text_width(row.count, NORMAL, True) + (0.1 + more) * beside

    def draw(self, row: Row) -> None:
        """A row from ``top`` down."""
        paper, tall, end = self.paper, max(_TALL, leading(NORMAL)) + _GAP, self.start
        if not self.named:
            paper.paragraph(row.name, SMALL, colour=theme.GREY)
        middle = paper.top + tall / 2
        if self.named:
            paper.write(paper.left, middle, row.name, SMALL, colour=theme.GREY)
        if row.counts is not None:
            place = self.start, middle - _TALL / 2
            end = draw_range(paper, place, self.scale, row.counts, row.colour, _TALL, row.link)
        paper.top += tall
        look = {"bold": True, "colour": theme.letters(row.colour), "link": row.link}
        end = self._write(end + 0.07, middle, row.count, NORMAL, struck=row.struck, **look)
        if row.more:
            self._write(end + 0.1, middle, row.more, SMALL, colour=theme.GREY)

    def _write(self, x: float, y: float, text: str, size: float, **look) -> float:
        """A text behind a bar, else below; gives where the next can begin."""
        right = self.paper.left + self.paper.across
        if x + text_width(text, size, look.get("bold", False)) <= right:
            return x + self.paper.write(x, y, text, size, **look)
        self.paper.paragraph(text, size, x=self.start, **look)
        return right


def draw_blocks(paper: Paper, names: Sequence[str], blocks: Sequence[Sequence[Row]]) -> None:
    """Rows of one scale, under the names of their blocks where there are several."""
    rows = _Rows(paper, [row for block in blocks for row in block])
    for name, block in zip(names, blocks, strict=True):
        if len(blocks) > 1:
            paper.heading(name, block[0].colour)
        for row in block:
            rows.draw(row)
