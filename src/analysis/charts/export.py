"""A figure as a bundle of files: PNG, SVG and PDF in two widths, the numbers as CSV, a manifest.

Title, description and source stand inside the files too. The same figure gives the same bytes
every time, and a file is written whole or not at all.
"""

import base64
import hashlib
import io
import json
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from html import escape
from importlib.metadata import version
from itertools import product
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.text import Text

from analysis.charts import style as theme
from analysis.charts.sheet import WIDTHS, Chart
from analysis.language.languages import LANGUAGES

fcntl = None
with suppress(ImportError):  # not on Windows
    import fcntl

LIBRARIES = ("matplotlib", "numpy", "pandas", "scipy", "seaborn")
_PERSONS = ("low", "high", "counted")
"""Counts: columns of these names, or that end so (``cumulative_low``)."""


def export_figure(
    plot: Callable[..., Chart],
    dataset: object,
    folder: str | Path,
    name: str | None = None,
    **options: object,
) -> list[Path]:
    """Write a figure in both languages and widths, and enter it in the manifest.

    Parameters
    ----------
    plot : callable
        One of the ``plot_…`` functions.
    dataset : Dataset
    folder : path
        Gets ``<language>/<name>.png``, ``.svg``, ``.pdf`` (page width), the same as
        ``<name>-column``, ``<name>.csv`` (the numbers drawn; counts in persons, dates ISO 8601)
        and an entry a language in ``manifest.json``.
    name : str, optional
        What the files are called; as the figure where nothing else is said.
    **options
        Passed on to ``plot``.

    Returns
    -------
    list of Path
        The files written.
    """
    both = product(LANGUAGES, WIDTHS)
    charts = [plot(dataset, language=code, width=width, **options) for code, width in both]
    letters = used_letters(charts)
    written = []
    for chart in charts:
        called = name or chart.name
        stem = called if chart.width == "page" else f"{called}-{chart.width}"
        contents = {f"{stem}.png": _png(chart), f"{stem}.pdf": _pdf(chart)}
        contents[f"{stem}.svg"] = svg(chart, letters)
        contents[f"{called}.csv"] = numbers_csv(chart.numbers).encode()
        for file, content in contents.items():
            path = Path(folder) / chart.language / file
            write_whole(path, content)
            written += [path] * (path not in written)
        _enter(Path(folder) / "manifest.json", called, chart)
    return written


def numbers_csv(numbers: pd.DataFrame) -> str:
    """The numbers drawn as CSV, the unit in the header: ``low_persons``; hours where known."""
    counts = [name for name in numbers.columns if name.split("_")[-1] in _PERSONS]
    named = numbers.rename(columns={name: f"{name}_persons" for name in counts})
    for name in named.select_dtypes("datetime"):
        if (hours := named[name] != named[name].dt.normalize()).any():
            days, times = (named[name].dt.strftime(f"%Y-%m-%d{form}") for form in ("", "T%H:%M"))
            named[name] = days.mask(hours & named[name].notna(), times)
    return named.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or, when the process is killed, as it was before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as unfinished:
            unfinished.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _save(chart: Chart, ending: str, metadata: dict, **style: object) -> bytes:
    content = io.BytesIO()
    with mpl.rc_context(theme.style() | style):
        chart.savefig(content, format=ending, metadata=metadata)
    return content.getvalue()


def _png(chart: Chart) -> bytes:
    said = {"Title": chart.title, "Description": chart.alt, "Source": chart.source}
    return _save(chart, "png", said | {"Software": None})


def _pdf(chart: Chart) -> bytes:
    """Typefaces are cut ten times faster without what shapes text: it is shaped already."""
    from fontTools.subset import Options

    said = {"Title": chart.title, "Subject": chart.alt, "Keywords": chart.source}
    usual = Options._drop_tables_default
    Options._drop_tables_default = [*usual, "GDEF", "GPOS", "GSUB"]
    try:
        return _save(chart, "pdf", said | {"CreationDate": None}, **{"pdf.fonttype": 42})
    finally:
        Options._drop_tables_default = usual


def used_letters(charts: list[Chart]) -> str:
    """The letters that figures write, each once."""
    texts = [text for chart in charts for text in chart.texts]
    for axes in (axes for chart in charts for axes in chart.axes):
        texts += axes.findobj(Text) if axes.axison else axes.texts
    return "".join(sorted({*"".join(text.get_text() for text in texts)}))


def svg(chart: Chart, letters: str) -> bytes:
    """A chart as SVG that names and describes itself, with the typeface of ``letters`` inside."""
    style = {"svg.hashsalt": chart.name, "svg.fonttype": "none"}
    drawing = _save(chart, "svg", {"Date": None}, **style).decode()
    described = escape(f"{chart.alt} {chart.source}")
    said = f"<title>{escape(chart.title)}</title>\n<desc>{described}</desc>"
    faces = "".join(
        f"@font-face{{font-family:'{theme.FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{_subset(name, letters)})}}"
        for name, weight in (("Regular", 400), ("SemiBold", 700))
    )
    look = f"<style>{faces}text{{unicode-bidi:plaintext}}</style>"
    opening = f' role="img" lang="{chart.language}">\n{said}\n{look}\n'
    head, rest = re.split(r"(?<=<svg)(?=\s)", drawing, maxsplit=1)
    return f"{head}{rest.replace('>', opening, 1)}".encode()


@cache
def _subset(name: str, letters: str) -> str:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(theme.FONTS / f"IBMPlexSansArabic-{name}.ttf", recalcTimestamp=False)
    chosen = subset.Subsetter(subset.Options(flavor="woff", layout_features=["*"], hinting=False))
    chosen.populate(text=letters)
    chosen.subset(font)
    font.flavor = "woff"
    content = io.BytesIO()
    font.save(content)
    return base64.b64encode(content.getvalue()).decode()


def _enter(path: Path, name: str, chart: Chart) -> None:
    entry = {
        "title": chart.title,
        "caption": chart.caption,
        "alt": chart.alt,
        "source": chart.source,
        "event_ids": chart.event_ids,
        "dataset_sha256": chart.sha256,
        **chart.beside,
        "libraries": {name: version(name) for name in LIBRARIES},
    }
    # No other process is in here for the same file: notebooks run side by side. The lock is a file
    # outside the figures' folder; without such locks (Windows) they run one after the other.
    owner = os.getuid() if fcntl else ""
    lock = hashlib.sha256(f"{owner} {path.resolve()}".encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"casualty-analysis-{lock}.lock").open("w") as held:
        if fcntl:
            fcntl.flock(held, fcntl.LOCK_EX)  # until the file is closed
        manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        manifest[f"{chart.language}/{name}"] = entry
        pictures = {name: path.parent / f"{name}.png" for name in sorted(manifest)}
        there = {name: manifest[name] for name in pictures if pictures[name].exists()}
        write_whole(path, (json.dumps(there, ensure_ascii=False, indent=1) + "\n").encode())
