"""Bars behind their names: what is certain, how far it may reach, and pale what lies behind it.

Names stand in a column, those of parts indented; all bars begin at one line and have one scale. A
count stands at the end of its bar; what has no room there stands below it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pandas import isna

from analysis.charts import style as theme
from analysis.charts.bars import Range, draw_range
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap

PALE = "#e6e6e6"
_PART, _INDENT, _APART, _GAP = 0.08, 0.11, 0.12, 0.06
"""Inches of the bar of a part, of a step inside, behind the names, and before words."""
_SHARES, _LINES, _LEAST = (0.34, 0.42), 2, 0.3
"""Of the width, what names take: the least that breaks none into more lines than these, where one
does; of the room behind them, what the longest bar has."""
_SECOND = 0.7
"""Grey words stand behind the bars where these keep such a share of their length."""


class NamedBar(NamedTuple):
    """A bar, its name and its count; ``more`` stands in grey behind it, ``pale`` is behind it.

    A bar of a ``depth`` is part of the one before; ``above`` is written over the row, ``below``
    its name.
    """

    name: str
    count: str
    counts: Range
    colour: str
    more: str = ""
    pale: int = 0
    pale_count: str = ""
    depth: int = 0
    link: str | None = None
    above: str = ""
    below: str = ""


class NamedBars:
    """Where bars start and their ``scale``, inches a person; ``size`` is that of whole counts."""

    def __init__(self, paper: Paper, bars: Sequence[NamedBar], tall: float, size: float) -> None:
        self.paper, self.tall, self.size = paper, tall, size
        self.names = self._names_room(bars)
        self.start = paper.left + self.names + _APART
        self.room = paper.left + paper.across - self.start
        beside, alone = (self._scale(bars, more) for more in (True, False))
        self.scale = beside if beside >= _SECOND * alone else alone

    def _names_room(self, bars: Sequence[NamedBar]) -> float:
        """Inches that names and what stands below them take: as much as the longest line."""
        for share in _SHARES:
            self.names = share * self.paper.across
            named = [[look for *_, look in self._lines(bar) if "bold" in look] for bar in bars]
            if max(map(len, named)) <= _LINES:
                break
        return max(
            _INDENT * bar.depth + text_width(text, size, look.get("bold", False))
            for bar in bars
            for text, size, look in self._lines(bar)
        )

    def _lines(self, bar: NamedBar) -> list[tuple[str, float, dict]]:
        """The name of a row, broken into lines, and what stands below it."""
        size, bold = (SMALL, False) if bar.depth else (NORMAL, True)
        colour = theme.letters(bar.colour) if bold else theme.INK
        look = {"bold": bold, "link": bar.link, "colour": colour}
        across = self.names - _INDENT * bar.depth + 0.01
        lines = [(text, size, look) for text in wrap(bar.name, across, size, bold)]
        below = wrap(bar.below, across, SMALL) if bar.below else []
        return [*lines, *((text, SMALL, {"colour": theme.GREY}) for text in below)]

    def _scale(self, bars: Sequence[NamedBar], more: bool) -> float:
        """The longest that bars can be, so that all their words stand behind them.

        They are not much shortened for words that can stand below, only for their counts.
        """
        scale = longest = self.room / max(1, *(max(bar.counts.reach, bar.pale) for bar in bars))
        for bar in bars:
            behind = self._behind(bar, more)
            if bar.pale:
                added = _GAP + text_width(bar.pale_count, SMALL)
                inside = (self.room - added) / bar.pale
                beside = (self.room - added - behind) / max(bar.pale, bar.counts.reach)
                scale = min(scale, inside if self._is_inside(bar, inside, more) else beside)
            else:
                scale = min(scale, (self.room - behind) / max(bar.counts.reach, 1))
        return min(max(scale, _LEAST * longest), *(self._longest(bar) for bar in bars))

    def _longest(self, bar: NamedBar) -> float:
        """The scale at which the count of a bar stands just behind it and the pale one."""
        return (self.room - self._behind(bar, more=False)) / max(1, bar.pale, bar.counts.reach)

    def _behind(self, bar: NamedBar, more: bool = True) -> float:
        """Inches that the arrow of a bar, its count and what else is known of it take."""
        wide = _GAP + theme.ARROW * bool(isna(bar.counts.high))
        wide += text_width(bar.count, self._size(bar), not bar.depth)
        return wide + (_GAP + text_width(bar.more, SMALL)) * bool(more and bar.more)

    def _is_inside(self, bar: NamedBar, scale: float, more: bool = True) -> bool:
        """Whether these words stand on the pale bar: they never cross its end."""
        return (bar.pale - bar.counts.reach) * scale >= self._behind(bar, more) + _GAP

    def _size(self, bar: NamedBar) -> float:
        return SMALL if bar.depth else self.size

    def _height(self, bar: NamedBar) -> float:
        tall = _PART if bar.depth else self.tall
        lines = len(self._lines(bar))
        named = leading(SMALL) * lines + 0.03 * bool(lines > 1 and bar.depth)
        return max(tall + 0.03, leading(self._size(bar)), named)

    def heights(self, bars: Sequence[NamedBar]) -> float:
        """Inches that whole bars take which have all their words beside them."""
        return sum(self._height(bar) + 0.05 for bar in bars)

    def draw(self, bar: NamedBar) -> None:
        """A row from ``top`` down."""
        paper, tall = self.paper, _PART if bar.depth else self.tall
        if bar.above:
            paper.top += 0.05
            paper.paragraph(bar.above, SMALL, colour=theme.GREY)
        paper.top += 0 if bar.depth else 0.05
        lines, step, high = self._lines(bar), leading(SMALL), self._height(bar)
        middle, top = paper.top + high / 2, paper.top + (high - step * len(lines)) / 2
        for at, (text, size, look) in enumerate(lines):
            x = paper.left + _INDENT * bar.depth
            paper.write(x, top + step * at + step / 2, text, size, **look)
        place = self.start, middle - tall / 2
        if bar.pale:
            paper.box(*place, bar.pale * self.scale, tall, PALE, "naive", zorder=1)
        end = draw_range(paper, place, self.scale, bar.counts, bar.colour, tall, bar.link)
        paper.top += high
        self._write_behind(bar, end + _GAP, middle)

    def _write_behind(self, bar: NamedBar, x: float, middle: float) -> None:
        """The count, what else is known, and how far the pale bar goes; below what has no room."""
        paper, size, below = self.paper, self._size(bar), []
        colour = theme.INK if bar.depth else theme.letters(bar.colour)
        pale = self.start + bar.pale * self.scale + _GAP
        if bar.pale and not self._is_inside(bar, self.scale):
            x = max(x, pale)
        look = {"bold": not bar.depth, "link": bar.link, "colour": colour}
        x += paper.write(x, middle, bar.count, size, **look) + _GAP
        for text, start in ((bar.more, x), (bar.pale_count, pale)):
            x = max(x, start)
            if text and x + text_width(text, SMALL) <= paper.left + paper.across + 1e-6:
                x += paper.write(x, middle, text, SMALL, colour=theme.GREY, on=size) + _GAP
            elif text:
                below.append(text)
        end = paper.top
        paper.top = middle + max(leading(size), 0 if bar.depth else self.tall) / 2
        for text in below:
            paper.paragraph(text, SMALL, x=self.start, colour=theme.GREY)
        paper.top = max(paper.top, end)


def draw_named_bars(
    paper: Paper, bars: Sequence[NamedBar], tall: float = 0.19, size: float = 9.5
) -> None:
    """Rows one below the other."""
    drawn = NamedBars(paper, bars, tall, size)
    for bar in bars:
        drawn.draw(bar)
