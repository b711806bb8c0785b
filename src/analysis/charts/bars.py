"""Bars of counts and rows of them: solid is certain, the tint possible, what is open fades.

Bars of one figure are of one height: area must not say what the number does not. They have one
scale; names stand in a column before the bars where both have room, else each above its bar. What
has no room behind a bar stands below it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pandas import isna

from analysis.charts import style as theme
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width

PART = 0.08
"""Inches that the bar of a part is high."""
_VEILS = 24
_GAP, _SHORT = 0.04, 0.85
"""Inches between rows, and of grey words that are short, such as a day."""


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
) -> float:
    """A bar from ``place`` (its upper corner), ``scale`` inches a person; gives where it ends."""
    (x, y), (low, high, wide) = place, counts
    small = 0.65 if tall < 0.1 else 1  # so that an arrow is not louder than its bar
    arrow, strip = small * theme.ARROW, small * theme.STRIP
    middle = y + tall / 2
    end = x + low * scale
    if low:
        paper.box(x, y, low * scale, tall, colour, "certain", link)
    if isna(high) and low:
        draw_fade(paper, (end, y), (strip, tall), colour)
        paper.arrow(end, middle, (arrow, 0), theme.letters(colour))
    elif not isna(high) and high > low:
        wide_end = (high - low) * scale
        paper.box(end, y, wide_end, tall, theme.tint(colour), "possible", link)
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


def draw_fade(
    paper: Paper, place: tuple[float, float], size: tuple[float, float], colour: str
) -> None:
    """What is open: a tint that fades without an edge, along a bar or, upwards, above a column.

    It is made of veils, each a little shorter than the one before; a ``size`` upwards is negative.
    """
    wide, tall = size
    for at in range(_VEILS):
        share, look = (at + 1) / _VEILS, {"alpha": 0.5 / _VEILS, "zorder": 2.5}
        ends = (wide, tall * share) if tall < 0 else (wide * share, tall)
        paper.box(*place, *ends, colour, "open", **look)


class Row(NamedTuple):
    """A bar (none where there are no ``counts``), its count in words, its name, ``more`` in grey.

    A ``part`` is thin and its count in plain letters; a count that stands no longer is ``struck``
    through.
    """

    counts: Range | None
    count: str
    colour: str
    name: str = ""
    more: str = ""
    link: str | None = None
    part: bool = False
    struck: bool = False


class Rows:
    """Where the bars of some rows start, and their ``scale``, inches a person.

    They are ``tall`` inches high, their counts of a ``size``; ``reach`` is what else must fit.
    """

    def __init__(
        self,
        paper: Paper,
        rows: Iterable[Row],
        tall: float = 0.12,
        size: float = NORMAL,
        reach: float = 1,
    ) -> None:
        self.paper, self.tall, self.size, rows = paper, tall, size, [*rows]
        names = 0.1 + max((text_width(row.name, SMALL) for row in rows), default=0)
        room = paper.across - max((self._behind(row) for row in rows if not row.part), default=0)
        self.named = names > 0.1 and room - names >= paper.across / 4
        self.start = paper.left + names * self.named
        reach = max([reach, *(row.counts.reach for row in rows if row.counts is not None)])
        self.scale = max(room - names * self.named, paper.across / 4) / reach

    def _behind(self, row: Row) -> float:
        """The room that a row's words take behind its bar; on a column long grey ones go below."""
        more = text_width(row.more, SMALL)
        beside = bool(row.more) and (self.paper.page or more < _SHORT)
        return 0.4 + text_width(row.count, self.size, True) + (0.1 + more) * beside

    def draw(self, row: Row) -> float:
        """A row from ``top`` down; gives the middle of its bar."""
        paper, tall, size = self.paper, self.tall, self.size
        look = {"bold": True, "colour": theme.letters(row.colour), "link": row.link}
        look |= {"struck": row.struck}
        if row.part:
            tall, size, look = PART, SMALL, {"link": row.link}
        if not self.named and row.name:
            paper.paragraph(row.name, SMALL, colour=theme.GREY)
        high = max(tall, leading(size)) + _GAP
        middle, end = paper.top + high / 2, self.start
        if self.named:
            paper.write(paper.left, middle, row.name, SMALL, colour=theme.GREY)
        if row.counts is not None:
            place = self.start, middle - tall / 2
            end = draw_range(paper, place, self.scale, row.counts, row.colour, tall, row.link)
        paper.top += high
        end = self.write(end + 0.07, middle, row.count, size, **look)
        if row.more:
            self.write(end + 0.1, middle, row.more, SMALL, colour=theme.GREY)
        return middle

    def write(self, x: float, y: float, text: str, size: float, **look) -> float:
        """A text behind a bar, else below; gives where the next can begin."""
        paper = self.paper
        if x + text_width(text, size, look.get("bold", False)) <= paper.left + paper.across:
            return x + paper.write(x, y, text, size, **look)
        paper.paragraph(text, size, x=self.start, **look)
        return paper.left + paper.across
