"""A figure as a bundle of files: PNG and SVG in two widths, PDF, the numbers as CSV, a manifest.

Title, description and source stand inside the files too. The same figure gives the same bytes
every time. It can be used elsewhere: in a page of one's own, passed on as a picture, on paper.
"""

import json
from collections.abc import Callable
from functools import partial
from html import escape
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import overload
from urllib.parse import quote

import matplotlib as mpl
import numpy as np
import pandas as pd

from analysis import LANGUAGES
from analysis.charts import style as theme
from analysis.charts.chart import CARD, WIDTHS, Chart
from analysis.charts.pictures import pdf, png, svg
from analysis.charts.sheet import leading, wrap
from analysis.data.files import file_in, hold, write_whole

LIBRARIES = ("matplotlib", "numpy", "pandas", "scipy")
_PERSONS = ("low", "high", "counted")
"""Counts: columns of these names, or that end so (``cumulative_low``)."""
_A4 = np.array([210, 297]) / 25.4
_PIXELS, _LETTERS = 100, 9


@overload
def export_figure(figure: Chart, folder: str | Path, *, name: str | None = None) -> list[Path]: ...


@overload
def export_figure(
    figure: Callable[..., Chart],
    dataset: object,
    folder: str | Path,
    name: str | None = None,
    **options: object,
) -> list[Path]: ...


def export_figure(
    figure: Chart | Callable[..., Chart],
    *given: object,
    name: str | None = None,
    **options: object,
) -> list[Path]:
    """Write a figure in every language and both widths, and enter it in the manifest.

    ``export_figure(figure, folder)`` takes a figure that is drawn,
    ``export_figure(plot, dataset, folder, …)`` the function that draws it.

    Parameters
    ----------
    figure : Chart or callable
        What a ``plot_…`` function gave, or the function itself.
    dataset : Dataset
        With a function, what it draws.
    folder : path
        Gets ``<language>/<name>.png``, ``.svg``, ``.pdf`` (page width), ``<name>-column.png`` and
        ``.svg``, ``<name>.csv`` (the numbers drawn; counts in persons, dates ISO 8601) and an
        entry a language in ``manifest.json``, whose ``html`` can be pasted into a page of one's
        own.
    name : str, optional
        What the files are called, in letters, digits, ``-``, ``_`` and ``.``; as the figure where
        nothing else is said.
    **options
        Passed on to the function.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ValueError
        When the name could lead out of the folder.
    TypeError
        When it is called in neither way.

    Examples
    --------
    >>> import analysis, tempfile
    >>> figure = analysis.plot_by_party(analysis.load("data/report"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = analysis.export_figure(figure, folder, name="parties")
    >>> sorted({path.suffix for path in written}), len(written)
    (['.csv', '.pdf', '.png', '.svg'], 18)
    """
    if isinstance(figure, Chart):
        (folder,), draw = given, figure.redraw
    else:
        dataset, folder, *named = given
        name, draw = (named[0] if named else name), partial(figure, dataset, **options)
    charts = [draw(language=code, width=width) for code, width in product(LANGUAGES, WIDTHS)]
    return write_charts(charts, Path(folder), name or charts[0].name)


def write_charts(charts: list[Chart], folder: Path, name: str) -> list[Path]:
    """Write a figure that is drawn in every language and both widths; gives the files."""
    written = []
    for chart in charts:
        stem = name if chart.width == "page" else f"{name}-{chart.width}"
        contents = {f"{stem}.png": png(chart), f"{stem}.svg": svg(chart)}
        if chart.width == "page":  # which print uses, and what is the same in both
            contents[f"{stem}.pdf"] = pdf(chart)
            contents[f"{stem}.csv"] = numbers_csv(chart.numbers).encode()
        for file, content in contents.items():
            written.append(file_in(folder / chart.language, file))
            write_whole(written[-1], content)
        if chart.width == "page":
            _enter(folder / "manifest.json", name, chart)
    return written


def numbers_csv(numbers: pd.DataFrame) -> str:
    """The numbers drawn as CSV, the unit in the header: ``low_persons``; hours where known."""
    counts = [name for name in numbers.columns if name.split("_")[-1] in _PERSONS]
    named = numbers.rename(columns={name: f"{name}_persons" for name in counts})
    for name in named.select_dtypes("datetime"):
        named[name] = named[name].dt.strftime("%Y-%m-%dT%H:%M").str.removesuffix("T00:00")
    return named.to_csv(index=False, lineterminator="\n")


def _enter(path: Path, name: str, chart: Chart) -> None:
    """Enter a figure in the manifest; entries whose picture is gone are dropped."""
    entry = {
        "title": chart.title,
        "caption": chart.caption,
        "alt": chart.alt,
        "source": chart.source,
        "credit": chart.locale("credit", source=chart.source),
        "html": snippet(chart, name),
        "event_ids": chart.event_ids,
        "dataset_sha256": chart.sha256,
        **chart.manifest,
        "libraries": {name: version(name) for name in LIBRARIES},
    }
    with hold(path):  # notebooks run side by side
        manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        manifest[f"{chart.language}/{name}"] = entry
        for gone in [each for each in manifest if not (path.parent / f"{each}.png").exists()]:
            del manifest[gone]
        text = json.dumps(dict(sorted(manifest.items())), ensure_ascii=False, indent=1)
        write_whole(path, f"{text}\n".encode())


def snippet(chart: Chart, name: str) -> str:
    """The figure for a page of one's own: picture, its size and alt text, caption and source."""
    wide, tall = (round(length * _PIXELS) for length in chart.get_size_inches())
    alt, *words = map(escape, (chart.alt, f"{chart.title}.", chart.caption, chart.source))
    return (
        f'<figure lang="{chart.language}" dir="{chart.locale.direction}">\n'
        f'<img src="{quote(name)}.png" width="{wide}" height="{tall}" alt="{alt}" />\n'
        f"<figcaption>{' '.join(words)}</figcaption>\n</figure>\n"
    )


def share(chart: Chart) -> dict[str, bytes]:
    """A figure to be passed on: a card of 1200 x 630 pixels, and one page of A4 with its words."""
    card, own = (chart.redraw(language=chart.language, width=each) for each in (CARD, chart.width))
    return {"share.png": png(card), "share.pdf": _one_page(own)}


def _one_page(chart: Chart) -> bytes:
    """The figure set at the head of a page, the caption and the alt text below it, as PDF.

    A page is longer than A4 where the figure is.
    """
    (wide, tall), (axes,), head = chart.get_size_inches(), chart.axes, 0.8
    paper = np.array([_A4[0], max(_A4[1], head + tall + 3)])
    side = (paper[0] - wide) / 2
    chart.set_size_inches(*paper)
    corner = side / paper[0], 1 - (head + tall) / paper[1]
    axes.set_position((*corner, *((wide, tall) / paper)))
    top = head + tall + 0.3
    at, edge = (side + wide, "right") if chart.locale.right_to_left else (side, "left")
    with mpl.rc_context(theme.style()):
        for text in (chart.caption, chart.alt):
            for line in wrap(text, wide, _LETTERS):
                place = at / paper[0], 1 - top / paper[1]
                chart.text(*place, line, size=_LETTERS, ha=edge, va="top")
                top += leading(_LETTERS)
            top += 0.1
        return pdf(chart)
