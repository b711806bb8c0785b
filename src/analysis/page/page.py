"""The page for people who never open a notebook: figures, tables and method in one HTML file.

Here it is gathered as plain texts and rows of texts. How it looks, all HTML and the escaping of
what comes from a dataset are the matter of the template ``index.html.j2``. Figures are part of the
page, so that their text can be searched; every number in them leads to the row of its statement.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import analysis
from analysis import LANGUAGES
from analysis.bounds.drawn import main_harm
from analysis.charts.export import share
from analysis.charts.pictures import faces, inline_svg, used_letters
from analysis.charts.sheet import WIDTHS, Chart
from analysis.data.dataset import Dataset, load
from analysis.data.files import file_in, write_whole
from analysis.data.problems import NothingToDrawError
from analysis.data.tellings import superseded
from analysis.figures import by_party
from analysis.figures.ledger import reason_in_words
from analysis.figures.naming import doubts_in_words, label, place_of, source_line, tally_labels
from analysis.figures.several import several
from analysis.language.languages import Language, language_of
from analysis.page.settings import Settings

Plot = Callable[..., Chart]
"""What draws a figure of a dataset, given language and width."""
Rows = list[list[str]]
"""The cells of a table on the page."""


def write_pages(settings: Settings) -> list[Path]:
    """Write ``report.<language>.html`` in every language, each whole or not at all.

    The figures are inside the file; links lead to where :func:`analysis.export_figure` writes
    them in the same folder, where the first of them is written once more to be passed on:
    ``<language>/share.png`` (1200 x 630) and ``share.pdf`` (one page of A4). The project's own page
    tells of one report and of the fortnight. A NothingToDrawError where nothing is counted.
    """
    dataset, written = load(settings.data), []
    if dataset.events["low"].isna().all():
        said = "no statement has a count, and the page shows counts; write one into events"
        raise NothingToDrawError(f"{settings.data}: {said}")
    others = dataset if settings.notebooks else load(settings.several)
    plots = own_plots(dataset)
    if len(others.reports) > 1:
        plots |= several(settings.several, settings.prefix, others).plots
    else:
        others = None
    for code in LANGUAGES:
        charts = draw_all(plots, code)
        folder = settings.figures / code
        written.append(settings.figures / f"report.{code}.html")
        write_whole(written[-1], page_html(dataset, code, charts, others, folder).encode())
        for *_, chart in [*charts.values()][:1]:
            for name, content in share(chart).items():
                write_whole(file_in(folder, name), content)
    return written


def own_plots(dataset: Dataset) -> dict[str, Plot]:
    """The figures on the page of every dataset, by the name of their files; the first leads."""
    names = ("by_party", "over_time", "by_day", "statements", "ledger")
    return {name: partial(getattr(analysis, f"plot_{name}"), dataset) for name in names}


def draw_all(plots: dict[str, Plot], language: str) -> dict[str, list[Chart]]:
    """The figures that there are, each in every width."""
    charts = {}
    for name, plot in plots.items():
        with suppress(NothingToDrawError):
            charts[name] = [plot(language=language, width=width) for width in WIDTHS]
    return charts


def page_html(
    dataset: Dataset,
    language: str,
    charts: dict[str, list[Chart]],
    others: Dataset | None = None,
    folder: Path | None = None,
) -> str:
    """The page with some figures; of ``others`` it shows what their pages give together.

    It offers those files of a figure that are in a folder, all where none is named.
    """
    say = language_of(language).with_terms(dataset.terms)
    parts = _opening(dataset, say)
    parts["own"] = [*own_plots(dataset)]
    drawn = [chart for each in charts.values() for chart in each]
    parts["faces"] = Markup(faces(used_letters(drawn)) if drawn else "")
    parts["pictures"] = {name: _picture(name, each, folder) for name, each in charts.items()}
    told = dataset if others is None else others
    parts["doubts"] = doubts_in_words(told, say.with_terms(told.terms))
    shown = {name: each[0].event_ids for name, each in charts.items()}
    parts["tables"] = {"counting": _counting(dataset, say)}
    parts["statements"] = _statements(dataset, say, shown)
    if others is not None:
        days = others.reports["source_date"].dt.normalize()
        parts |= {"pages": len(days), "days": say.window(days.min(), days.max())}
        say_others = say.with_terms(others.terms)
        parts["tables"] |= _tables_of_others(others, say_others)
        known = {*dataset.events["event_id"]}
        parts["statements"] += _statements(others, say_others, shown, known)
    folder = FileSystemLoader(Path(__file__).parent)
    look = {"trim_blocks": True, "lstrip_blocks": True}
    template = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, **look)
    template.filters["host"] = lambda address: urlsplit(address).netloc
    return template.get_template("index.html.j2").render(say=say, files=dataset.sha256, **parts)


def _picture(name: str, charts: list[Chart], folder: Path | None) -> dict[str, object]:
    """A figure: which one, its caption, its drawings in all widths, the files there are of it."""
    drawings = [Markup(inline_svg(chart)) for chart in charts]
    told = {"figure": charts[0].name, "caption": charts[0].caption, "drawings": drawings}
    endings = ("csv", "png", "svg", "pdf", "html")
    there = [each for each in endings if not folder or (folder / f"{name}.{each}").exists()]
    return told | {"files": [f"{name}.{each}" for each in there]}


def _opening(dataset: Dataset, say: Language) -> dict[str, object]:
    """The heading, the finding in a sentence, and the sources of all that is stated."""
    told_of = dataset.events.loc[dataset.events["low"].notna(), "event_id"]
    parts = {"sources": source_line(dataset, dataset.tallies["tally_id"], told_of, say)}
    try:
        found = by_party.numbers(dataset)
    except NothingToDrawError:
        title = say("page heading statements")
        return parts | {"title": title, "finding": say("nothing counted")}
    told = by_party.words(found, say)
    place = place_of(dataset, [*found.numbers["tally_id"]], say)
    where = say.join([*[place] * bool(place), say.window(*found.days)], "list")
    harm = say.term("harm", found.harm)
    return parts | {"title": say("page title", harm=harm, where=where), "finding": told.title}


def _counting(dataset: Dataset, say: Language) -> Rows:
    """What each number adds to the total, and why."""
    labels, counting = tally_labels(dataset, say), []
    try:
        numbers = analysis.ledger(dataset, main_harm(dataset))
    except NothingToDrawError:
        return []
    for row in numbers.itertuples():
        count, why = say.count(row.low, row.high), reason_in_words(row, numbers, labels, say)
        counting.append([labels[row.tally_id], count, say.number(row.counted), why])
    return counting


def _statements(
    dataset: Dataset, say: Language, shown: dict[str, list[str]], known: set[str] = frozenset()
) -> list[dict[str, object]]:
    """Every statement that is not ``known`` yet: its identifier, cells, page, figures it is in."""
    labels, found = tally_labels(dataset, say), []
    cited = dataset.tallies.set_index("tally_id")["source_original"]
    readings = dataset.events["reading"].mask(superseded(dataset), "corrected")
    pages = dataset.reports.set_index("report_id")
    for row, reading in zip(dataset.events.itertuples(), readings, strict=True):
        if row.event_id in known:
            continue
        what, number = say.term("event type", _text(row.event_type)), ""
        source = span = ""
        if pd.notna(row.low):
            what, number = labels[row.tally_id], say.count(row.low, row.high)
            if pd.notna(cited[row.tally_id]):
                source = say.source(cited[row.tally_id])
        days = say.window(row.date_start, row.date_end) if pd.notna(row.date_end) else ""
        reading = say(f"page reading {reading}") if pd.notna(reading) else ""
        if pd.notna(row.char_start):
            span = say("range", low=str(row.char_start), high=str(row.char_end))
        told = _told_by(pages.loc[row.report_id], say)
        place = [_text(row.paragraph), span]
        cells = [what, number, days, reading, *place, source, *told, _text(row.note)]
        inside = [name for name, event_ids in shown.items() if row.event_id in event_ids]
        found.append({"id": f"s-{row.event_id}", "cells": cells, "figures": inside})
    return found


def _tables_of_others(dataset: Dataset, say: Language) -> dict[str, Rows]:
    """Sums of several pages, each source counted once; what is set aside and why; the pages."""
    labels, parties = tally_labels(dataset, say), dataset.parties.set_index("party_id")
    together, disputed, pages = [], [], []
    for row in analysis.totals(dataset).itertuples():
        named = pd.notna(row.source_original)
        source = say.term("source", row.source_original) if named else say("no source")
        counted = [label(parties, row.party_id, say), say.term("harm", row.harm)]
        numbers = [say.count(row.low, row.high), say.number(row.naive_sum)]
        together.append([source, *counted, *numbers])
    for row in analysis.find_disputed(dataset).itertuples():
        said = [labels[row.tally_id], say.count(row.low, row.high)]
        days = say.window(row.date_start, row.date_end)
        status = say("page reading aside") if row.aside == row.event_id else ""
        disputed.append([*said, days, status, *_told_by(row, say)[1:]])
    for row in dataset.reports.sort_values("source_date", kind="stable").itertuples():
        pages.append(_told_by(row, say))
    return {"others": together, "disputed": disputed, "pages": pages}


def _told_by(report, say: Language) -> list[str]:
    """When a page was published, by whom, and where it stands."""
    office = say.term("office", _text(report.source_office))
    return [say.day(report.source_date), office, _text(report.url)]


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)
