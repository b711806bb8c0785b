"""A figure as a picture: PNG, PDF and SVG, which name and describe themselves.

The same figure gives the same bytes every time.
"""

import base64
import io
import re
import sys
from collections.abc import Iterable
from functools import cache
from html import escape

import matplotlib as mpl
import numpy as np
from fontTools import subset
from fontTools.ttLib import TTFont, registerCustomTableClass, unregisterCustomTableClass
from fontTools.ttLib.tables.otBase import BaseTTXConverter
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis.charts import style as theme
from analysis.charts.chart import CARD, CARD_DPI, Chart
from analysis.language.locales import locale_of

_LINK = re.compile(r'<a xlink:href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_COLOUR = re.compile(r"((?:fill|stroke|stop-color): ?)#([0-9a-f]{6})\b")
_SHOWN = 220
"""Dots an inch of what a notebook shows, half as many where it is looked at."""
_SVG_STYLE = "text{unicode-bidi:plaintext}"
_MANY = 8_000
"""Colours of a picture that has no few that matter; figures have some 2,000."""
_SHAPING = ("GDEF", "GPOS", "GSUB")


def _save(chart: Chart, ending: str, metadata: dict, **style: object) -> bytes:
    content = io.BytesIO()
    with mpl.rc_context(style):
        chart.savefig(content, format=ending, metadata=metadata)
    return content.getvalue()


def png(chart: Chart) -> bytes:
    """A chart as PNG, its words in the file."""
    words = {"Title": chart.title, "Description": chart.alt, "Source": chart.source}
    return _png(chart, CARD_DPI if chart.width == CARD else 300, words)


def _png(figure: Figure, dpi: int, words: dict[str, str], **options: object) -> bytes:
    drawn, content, metadata = io.BytesIO(), io.BytesIO(), PngInfo()
    figure.savefig(drawn, format="tiff", dpi=dpi, **options)  # as it is, which is quick
    for name, text in words.items():
        metadata.add_itxt(name, text)
    with Image.open(drawn) as picture:
        few = _few_colours(np.asarray(picture.convert("RGBA")))
    few.save(content, "png", dpi=(dpi, dpi), pnginfo=metadata)
    return content.getvalue()


def _few_colours(pixels: np.ndarray) -> Image.Image:
    """A picture in 256 colours, less than half as large.

    Three of four are those that cover most, as they are; the others, at the edges of letters, stand
    for their likes. A picture that is all edges, as a photograph, is left as it is.
    """
    packed = pixels.view(np.uint32)[..., 0]
    inked = packed != 0xFFFFFFFF
    found, which, covers = np.unique(packed[inked], return_inverse=True, return_counts=True)
    if len(found) > _MANY:
        return Image.fromarray(pixels).convert("RGB")
    colours = found.view(np.uint8).reshape(-1, 4)[:, :3]
    most = colours[np.argsort(-covers, kind="stable")[:191]]
    most = np.append([[255, 255, 255]], most, axis=0).astype(np.uint8)
    others = Image.fromarray(np.append(most, colours, axis=0)[np.newaxis]).quantize(64)
    palette = np.append(most, np.reshape(others.getpalette(), (-1, 3)), axis=0).astype(int)
    nearest = ((colours[:, np.newaxis] - palette) ** 2).sum(axis=2).argmin(axis=1)
    indices = np.zeros(inked.shape, np.uint8)
    indices[inked] = nearest[which]
    picture = Image.fromarray(indices).convert("P")
    picture.putpalette(palette.astype(np.uint8).tobytes())
    return picture


def picture_html(figure: Figure, alt: str) -> str:
    """A figure as a picture that says what it shows."""
    options = {} if isinstance(figure, Chart) else {"bbox_inches": "tight"}
    picture = _png(figure, _SHOWN, {}, **options)
    encoded = base64.b64encode(picture).decode()
    wide = int.from_bytes(picture[16:20]) // 2  # half of what the header says
    return f'<img src="data:image/png;base64,{encoded}" width="{wide}" alt="{escape(alt)}">'


def chart_html(chart: Chart) -> str:
    """A chart with its caption, its numbers in a table that can be unfolded."""
    locale = chart.locale
    table = chart.readable().to_html(index=False, border=0, justify="start")
    return (
        f'<figure lang="{locale.code}" dir="{chart.locale.direction}" style="margin: 0">'
        f"{picture_html(chart, chart.alt)}\n<figcaption>{escape(chart.caption)}</figcaption>"
        f"<details><summary>{locale('figure numbers')}</summary>{table}</details></figure>"
    )


class Described:
    """A figure of any library that a notebook shows with its alt text; see :func:`described`."""

    def __init__(self, figure: Figure, alt: str) -> None:
        self.figure, self.alt = figure, alt

    def __repr__(self) -> str:
        return f"<Figure: {self.alt}>"

    def _repr_html_(self) -> str:
        return picture_html(self.figure, self.alt)


def described(figure: Figure, alt: str) -> Described:
    """A Matplotlib figure that a notebook shows with an alt text, once.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        For instance ``axes.figure`` of what seaborn drew.
    alt : str
        What it shows, in words, for those who don't see it.

    Returns
    -------
    Described
        What a cell ends with.

    Raises
    ------
    ValueError
        When there are no words.

    Examples
    --------
    >>> import analysis
    >>> from matplotlib.figure import Figure
    >>> analysis.described(Figure(), "An empty figure.").alt
    'An empty figure.'
    """
    if not alt.strip():
        raise ValueError("alt is empty; say what the figure shows")
    if pyplot := sys.modules.get("matplotlib.pyplot"):  # else a notebook shows it a second time
        pyplot.close(figure)
    return Described(figure, alt)


class Shaping(BaseTTXConverter):
    """A table of a typeface that shapes text, which a PDF has no use for: it is shaped already."""

    def prune_pre_subset(self, font: object, options: object) -> bool:
        """Whether it stays in a typeface that is cut."""
        return False


def pdf(chart: Chart) -> bytes:
    """A chart as PDF, its words in the file."""
    words = {"Title": chart.title, "Subject": chart.alt, "Keywords": chart.source}
    for table in _SHAPING:  # typefaces are cut twice as fast without
        registerCustomTableClass(table, __name__, Shaping.__name__)
    try:
        return _save(chart, "pdf", words | {"CreationDate": None}, **{"pdf.fonttype": 42})
    finally:
        for table in _SHAPING:
            unregisterCustomTableClass(table)


def letters_of(charts: list[Chart], languages: Iterable[str] = ()) -> str:
    """The letters of the languages of figures, or of ``languages``, and what they write besides.

    They are the same of most figures of a language, for which the typeface is then cut once.
    """
    texts = [text.get_text() for chart in charts for axes in chart.axes for text in axes.texts]
    known = [chart.locale.letters for chart in charts]
    known += [locale_of(code).letters for code in languages]
    return "".join(sorted({*"".join(texts)}.union(*known)))


def svg(chart: Chart) -> bytes:
    """A chart as SVG that names and describes itself, with its typeface inside."""
    described = escape(f"{chart.alt} {chart.source}")
    words = f"<title>{escape(chart.title)}</title>\n<desc>{described}</desc>"
    style = f"<style>{faces(letters_of([chart]))}{_SVG_STYLE}</style>"
    opening = f' role="img" lang="{chart.language}">\n{words}\n{style}\n'
    head, rest = re.split(r"(?<=<svg)(?=\s)", _drawing(chart), maxsplit=1)
    return f"{head}{rest.replace('>', opening, 1)}".encode()


def inline_svg(chart: Chart, titled: bool = True) -> str:
    """A chart as part of a page, which has the typeface and colours: links stay on that page.

    One that is not ``titled`` begins below its title, which then is the page's own.
    """
    wide, tall = (72 * length for length in chart.get_size_inches())
    top = 0 if titled else 72 * chart.below_title
    box = f"0 {top:g} {wide:g} {tall - top:g}"
    opening = f'<svg class="{chart.width}" viewBox="{box}" role="group" lang="{chart.language}"'
    opening += f' aria-label="{escape(chart.alt)}">'
    rest = re.split(r"</metadata>", _without_title(chart, top), maxsplit=1)[1]
    rest = re.sub(r'(<g) id="[^"]*"', r"\1", rest)  # not the same ones in every figure
    rest = re.sub(r'"\.\./report\.\w+\.html#', '"#', rest).replace("xlink:href", "href")
    rest = _COLOUR.sub(r"\1var(--c\2,#\2)", rest)
    return opening + re.sub(r"\n\s*", "\n", rest)


def _without_title(chart: Chart, top: float) -> str:
    """The drawing without the words above ``top`` (points)."""
    texts = [text for text in chart.axes[0].texts if 72 * text.get_position()[1] < top]
    try:
        for text in texts:
            text.set_visible(False)
        return _drawing(chart)
    finally:
        for text in texts:
            text.set_visible(True)


def dark_colours(drawings: str) -> str:
    """Rules of a style sheet for the colours of drawings on a dark ground.

    Light and dark change places, so that what is certain goes on carrying the ink.
    """
    found = sorted({*re.findall(r"var\(--c(\w{6}),", drawings)})
    return "".join(f"--c{colour}:{theme.on_dark(f'#{colour}')};" for colour in found)


def _drawing(chart: Chart) -> str:
    """What Matplotlib writes, the tab key stopping once for each place that links lead to.

    That is at words where there are some; a mark that has none is named by what it leads to.
    """
    style = {"svg.hashsalt": f"{chart.name} {chart.width}", "svg.fonttype": "none"}
    drawing = _save(chart, "svg", {"Date": None}, **style).decode()
    in_words = {place for place, inner in _LINK.findall(drawing) if "<text" in inner}
    stops: set[str] = set()

    def with_stop(link: re.Match) -> str:
        place, inner = link.groups()
        is_mark = "<text" not in inner
        if place in stops or (is_mark and place in in_words):
            attributes = ' tabindex="-1"' + ' aria-hidden="true"' * is_mark
        else:
            stops.add(place)
            attributes = f' aria-label="{place.partition("#s-")[2]}"' * is_mark
        return f'<a xlink:href="{place}"{attributes}>{inner}</a>'

    return _LINK.sub(with_stop, drawing)


def faces(letters: str) -> str:
    """The typeface cut to some letters, as rules of a style sheet."""
    return "".join(
        f"@font-face{{font-family:'{theme.FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{_subset(name, letters)})}}"
        for name, weight in (("Regular", 400), ("SemiBold", 700))
    )


@cache
def all_faces() -> str:
    """The typeface whole, as rules of a style sheet."""
    letters = TTFont(theme.FONTS / "IBMPlexSansArabic-Regular.ttf", lazy=True).getBestCmap()
    return faces("".join(map(chr, letters)))


@cache
def _subset(name: str, letters: str) -> str:
    path = theme.FONTS / f"IBMPlexSansArabic-{name}.ttf"
    font = TTFont(path, recalcTimestamp=False, lazy=True)
    chosen = subset.Subsetter(subset.Options(hinting=False))
    chosen.populate(text=letters)
    chosen.subset(font)
    font.flavor = "woff"
    content = io.BytesIO()
    font.save(content)
    return base64.b64encode(content.getvalue()).decode()
