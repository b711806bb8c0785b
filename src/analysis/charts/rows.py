"""Rows of bars: a name, its bar, the count behind it; all bars of a figure have one scale.

Names stand in a column before the bars where both have room, else each above its bar. What has no
room behind a bar stands below it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from analysis.charts.bars import Range, draw_range
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width
from analysis.charts.style import GREY, letters, tint

PART = 0.08
"""Inches that the bar of a part is high."""
_GAP = 0.04


class Row(NamedTuple):
    """A bar (none where there are no ``counts``), its count in words, its name, ``more`` in grey.

    A ``part`` is thin and its count in plain letters; the bar of a ``ground`` is light.
    """

    counts: Range | None
    count: str
    colour: str
    name: str = ""
    more: str = ""
    link: str | None = None
    part: bool = False
    ground: bool = False


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
        """The room that a row's words take behind its bar; on a column the grey ones go below."""
        more = (0.1 + text_width(row.more, SMALL)) * (self.paper.page and bool(row.more))
        return 0.4 + text_width(row.count, self.size, True) + more

    def draw(self, row: Row) -> float:
        """A row from ``top`` down; gives the middle of its bar."""
        paper, tall, size = self.paper, self.tall, self.size
        look = {"bold": True, "colour": letters(row.colour), "link": row.link}
        if row.part:
            tall, size, look = PART, SMALL, {"link": row.link}
        if not self.named and row.name:
            paper.paragraph(row.name, SMALL, colour=GREY)
        high = max(tall, leading(size)) + _GAP
        middle, end = paper.top + high / 2, self.start
        if self.named:
            paper.write(paper.left, middle, row.name, SMALL, colour=GREY)
        if row.counts is not None:
            colour = tint(row.colour, 0.45) if row.ground else row.colour
            place = self.start, middle - tall / 2
            look_of_bar = tall, row.link, None, "whole" if row.ground else "certain"
            end = draw_range(paper, place, self.scale, row.counts, colour, *look_of_bar)
        paper.top += high
        end = self.write(end + 0.07, middle, row.count, size, **look)
        if row.more:
            self.write(end + 0.1, middle, row.more, SMALL, colour=GREY)
        return middle

    def write(self, x: float, y: float, text: str, size: float, **look) -> float:
        """A text behind a bar, else below; gives where the next can begin."""
        paper = self.paper
        if x + text_width(text, size, look.get("bold", False)) <= paper.left + paper.across:
            return x + paper.write(x, y, text, size, **look)
        paper.paragraph(text, size, x=self.start, **look)
        return paper.left + paper.across
