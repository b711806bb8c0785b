"""A figure to be used elsewhere: in a page of one's own, passed on as a picture, on paper."""

import io
from html import escape
from urllib.parse import quote

import matplotlib as mpl
import numpy as np
from PIL import Image

from analysis.charts import style as theme
from analysis.charts.pictures import pdf
from analysis.charts.sheet import Chart, leading, wrap

_SHARED = (1200, 630)
_A4 = np.array([210, 297]) / 25.4
_PIXELS, _LETTERS = 100, 9


def snippet(chart: Chart, name: str) -> str:
    """The figure for a page of one's own: picture, its size and alt text, caption and source."""
    wide, tall = (round(length * _PIXELS) for length in chart.get_size_inches())
    alt, *said = map(escape, (chart.alt, f"{chart.title}.", chart.caption, chart.source))
    direction = "rtl" if chart.say.right_to_left else "ltr"
    return (
        f'<figure lang="{chart.language}" dir="{direction}">\n'
        f'<img src="{quote(name)}.png" width="{wide}" height="{tall}" alt="{alt}" />\n'
        f"<figcaption>{' '.join(said)}</figcaption>\n</figure>\n"
    )


def share(chart: Chart) -> dict[str, bytes]:
    """A figure to be passed on: a PNG of 1200 x 630 pixels, and one page of A4 with its words."""
    wide, tall = chart.get_size_inches()
    content, shared = io.BytesIO(), io.BytesIO()
    chart.savefig(content, format="png", dpi=max(min(1160 / wide, 590 / tall), 30))
    with mpl.rc_context(theme.style()):
        page = _one_page(chart)
    picture, ground = Image.open(content).convert("RGB"), Image.new("RGB", _SHARED, "white")
    picture.thumbnail((1160, 590))
    places = zip(ground.size, picture.size, strict=True)
    ground.paste(picture, tuple((whole - part) // 2 for whole, part in places))
    ground.save(shared, "png")
    return {"share.png": shared.getvalue(), "share.pdf": page}


def _one_page(chart: Chart) -> bytes:
    """The figure at the head of a page, the caption and the alt text below it.

    A page is longer than A4 where the figure is.
    """
    (wide, tall), (axes,), head = chart.get_size_inches(), chart.axes, 0.8
    paper = np.array([_A4[0], max(_A4[1], head + tall + 3)])
    side = (paper[0] - wide) / 2
    chart.set_size_inches(*paper)
    corner = side / paper[0], 1 - (head + tall) / paper[1]
    axes.set_position((*corner, *((wide, tall) / paper)))
    texts, top = [], head + tall + 0.3
    at, edge = (side + wide, "right") if chart.say.right_to_left else (side, "left")
    for text in (chart.caption, chart.alt):
        for line in wrap(text, wide, _LETTERS):
            place = at / paper[0], 1 - top / paper[1]
            texts.append(chart.text(*place, line, size=_LETTERS, ha=edge, va="top"))
            top += leading(_LETTERS)
        top += 0.1
    try:
        return pdf(chart)
    finally:
        for text in texts:
            text.remove()
        chart.set_size_inches(wide, tall)
        axes.set_position((0, 0, 1, 1))
