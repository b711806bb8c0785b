"""Keys: samples of the signs that a figure shows, each with its meaning."""

from collections.abc import Callable
from functools import partial

import numpy as np

from analysis.charts import style as theme
from analysis.charts.bars import Range, draw_range
from analysis.charts.days import draw_spans
from analysis.charts.sheet import SMALL, Paper, leading, text_width

Draw = Callable[[Paper, float, float], None]
"""What draws a sign at a place (its start, its middle), 0.24 inches wide."""

_GREY, _WIDE = "#7a7a7a", 0.24


def boxed(colour: str = _GREY, wide: float = _WIDE, tall: float = 0.1, **look) -> Draw:
    """A sample that is a box."""
    start = (_WIDE - wide) / 2
    return lambda paper, x, y: paper.box(x + start, y - tall / 2, wide, tall, colour, **look)


def lined(*ends: float, upright: bool = False, **look) -> Draw:
    """A sample that is a line from one share of its width to another, or one upright."""
    look = {"colour": _GREY} | look

    def draw(paper: Paper, x: float, y: float) -> None:
        xs = [x + _WIDE * end for end in ends or (0, 1)]
        paper.line(xs, [y - 0.06, y + 0.06] if upright else [y] * len(xs), **look)

    return draw


def _open(paper: Paper, x: float, y: float) -> None:
    draw_range(paper, (x, y - 0.05), 0.04, Range(1, np.nan), _GREY, 0.1)


def _spanned(paper: Paper, x: float, y: float, **look) -> None:
    draw_spans(paper, [(x, x + _WIDE)], y, _GREY, **look)


SIGNS: dict[str, Draw] = {
    "line": lined(thick=2.2),
    "limit": lined(0.25, 0.75, thick=1.4),
    "certain": boxed(),
    "possible": boxed(theme.tint(_GREY)),
    "open": _open,
    "day": boxed(wide=0.1),
    "window": _spanned,
    "open_start": partial(_spanned, open_start=True),
}
"""What each sign looks like, in the order of keys; the message ``key SIGN`` says what it means."""


def draw_key(paper: Paper, own: dict[str, Draw]) -> None:
    """The signs that a figure shows, ``own`` ones among them, in rows from ``top`` down."""
    x, tall = paper.left, leading(SMALL) + 0.03
    samples = {sign: draw for sign, draw in (SIGNS | own).items() if sign in paper.shown}
    paper.top += 0.04
    for sign, draw in samples.items():
        text = paper.locale(f"key {sign}")
        wide = 0.3 + text_width(text, SMALL)
        if x > paper.left and x + wide > paper.left + paper.across:
            x, paper.top = paper.left, paper.top + tall
        middle = paper.top + tall / 2
        draw(paper, x, middle)
        paper.write(x + 0.3, middle, text, SMALL, colour=theme.GREY)
        x += wide + 0.16
    paper.top += tall * bool(samples)
