"""A figure as a bundle of files: PNG, SVG and PDF in two widths, the numbers as CSV, a manifest.

Title, description and source stand inside the files too. The same figure gives the same bytes
every time.
"""

import json
from collections.abc import Callable
from importlib.metadata import version
from itertools import product
from pathlib import Path

import pandas as pd

from analysis import LANGUAGES
from analysis.charts.pictures import pdf, png, svg, used_letters
from analysis.charts.share import snippet
from analysis.charts.sheet import WIDTHS, Chart
from analysis.data.files import hold, write_whole

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
    """Write a figure in every language and both widths, and enter it in the manifest.

    Parameters
    ----------
    plot : callable
        One of the ``plot_…`` functions.
    dataset : Dataset
    folder : path
        Gets ``<language>/<name>.png``, ``.svg``, ``.pdf`` (page width), the same as
        ``<name>-column``, ``<name>.csv`` (the numbers drawn; counts in persons, dates ISO 8601),
        ``<name>.html`` (to be pasted into a page of one's own) and an entry a language in
        ``manifest.json``.
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
        contents = {f"{stem}.png": png(chart), f"{stem}.pdf": pdf(chart)}
        contents[f"{stem}.svg"] = svg(chart, letters)
        if chart.width == "page":
            contents[f"{called}.html"] = snippet(chart, called).encode()
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


def _enter(path: Path, name: str, chart: Chart) -> None:
    entry = {
        "title": chart.title,
        "caption": chart.caption,
        "alt": chart.alt,
        "source": chart.source,
        "credit": chart.say("credit", source=chart.source),
        "event_ids": chart.event_ids,
        "dataset_sha256": chart.sha256,
        **chart.beside,
        "libraries": {name: version(name) for name in LIBRARIES},
    }
    with hold(path):  # notebooks run side by side
        manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        manifest[f"{chart.language}/{name}"] = entry
        pictures = {name: path.parent / f"{name}.png" for name in sorted(manifest)}
        there = {name: manifest[name] for name in pictures if pictures[name].exists()}
        write_whole(path, (json.dumps(there, ensure_ascii=False, indent=1) + "\n").encode())
