"""The page for people who never open a notebook: figures, tables and method in one HTML file.

Here it is gathered as plain texts and tables of texts. How it looks, all HTML and the escaping of
what comes from a dataset are the matter of the template ``index.html.j2``. Figures are part of the
page, so that their text can be searched; every number in them leads to the row of its statement.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from analysis import LANGUAGES
from analysis.bounds.drawn import default_harm
from analysis.charts.chart import WIDTHS, Chart
from analysis.charts.pictures import dark_colours, faces, inline_svg, letters_of
from analysis.data.dataset import Dataset, load
from analysis.data.files import file_in, write_whole
from analysis.data.problems import ContradictionError, NothingToDrawError
from analysis.data.statements import standing, statements
from analysis.figures.choices import Figures, chosen_figures
from analysis.figures.export import share, write_charts
from analysis.figures.naming import place_of, source_line
from analysis.figures.notes import doubts_in_words
from analysis.language.locales import Locale, locale_of
from analysis.page import tables
from analysis.page.settings import Settings

STORY = ("by_party", "reported", "sources", "over_time", "by_period")
"""The finding, how it came about, who counted it, then when."""
CLOSELY = ("statements", "ledger")
"""What the finding is made of: the project's own page shows it of one report."""
ORDER = STORY + CLOSELY
EARLIER = 4
"""On how many earlier days the lead is shown as it was known then."""
PLACE = ["published", "published by", "paragraph", "characters", "page"]
"""The columns that say of a number in a figure where its words stand."""


def write_pages(settings: Settings, *, figures: bool = False) -> list[Path]:
    """Write ``report.<language>.html`` in every language, each whole or not at all.

    The figures are inside the file; links lead to where :func:`analysis.export_figure` writes
    them in the same folder, where the first of them is also written to be passed on:
    ``<language>/share.png`` (1200 x 630) and ``share.pdf`` (one page of A4). With ``figures`` all
    figures of the dataset are written there too, each drawn once. The project's own page shows
    the fortnight, and one report closely. A NothingToDrawError where nothing is counted.
    """
    dataset = load(settings.timeline_data)
    if dataset.events["low"].isna().all():
        message = "no statement has a count, and the page shows counts; write one into events"
        raise NothingToDrawError(f"{settings.data}: {message}")
    main = chosen_figures(settings.timeline_data, dataset, settings.prefix)
    closely = None if settings.notebooks else chosen_figures(settings.data)
    parts = [(main, STORY), (closely, CLOSELY)] if closely else [(main, ORDER)]
    shown = [chosen.prefix + name for chosen, names in parts for name in names]
    written = []
    for code in LANGUAGES:
        drawn: dict[str, list[Chart]] = {}
        for chosen, names in parts:
            drawn |= draw_all(chosen, code, ORDER if figures else names)
        for name, charts in drawn.items() if figures else ():
            written += write_charts(charts, settings.figures, name)
        on_page = {name: drawn[name] for name in shown if name in drawn}
        folder, path = settings.figures / code, settings.figures / f"report.{code}.html"
        html = page_html(dataset, code, on_page, closely and closely.dataset, folder)
        write_whole(path, html.encode())
        written.append(path)
        for _, narrow in [*on_page.values()][:1]:
            for name, content in share(narrow).items():
                write_whole(file_in(folder, name), content)
    return written


def draw_all(
    figures: Figures, language: str, names: Iterable[str] = ORDER
) -> dict[str, list[Chart]]:
    """The figures that suit a dataset, by the names of their files, each in every width."""
    charts = {}
    for name in names:
        with suppress(NothingToDrawError, ContradictionError):
            both = [figures.plot(name, language=language, width=width) for width in WIDTHS]
            charts[figures.prefix + name] = both
    return charts


def page_html(
    dataset: Dataset,
    language: str,
    charts: dict[str, list[Chart]],
    closely: Dataset | None = None,
    folder: Path | None = None,
) -> str:
    """The page with some figures; of one report that is shown ``closely`` it has the ledger too.

    It offers those files of a figure that are in a folder, all where none is named.
    """
    locale = locale_of(language).with_terms(dataset.terms)
    lead, about = next(iter(charts), None), _about(dataset, locale)
    rows = _tables(dataset, dataset if closely is None else closely, locale, charts)
    places = _where_words_stand(rows["statements"], locale)
    rows = {name: _without_empty(table) for name, table in rows.items()}
    drawings = {
        name: [_drawing(chart, name != lead, places) for chart in both]
        for name, both in charts.items()
    }
    pictures = {
        name: _picture(name, both[0], drawings[name], folder) for name, both in charts.items()
    }
    earlier = _earlier(dataset, charts[lead][0]) if lead else {}
    known = {
        locale("page known", day=locale.day(day), title=chart.title): _drawing(chart, False, places)
        for day, chart in earlier.items()
    }
    drawn = [*chain(*charts.values()), *earlier.values()]
    published = dataset.reports["source_date"].dt.normalize()
    return _template().render(
        locale=locale,
        languages=[*map(locale_of, LANGUAGES)],
        headline=charts[lead][0].title if lead else about,
        about=about,
        lead=lead,
        pictures=pictures,
        known=known,
        doubts=doubts_in_words(dataset, locale),
        sections=_sections([pictures[name]["figure"] for name in charts if name != lead], rows),
        tables=rows,
        pages=len(published),
        days=locale.window(published.min(), published.max()),
        sources=_sources(dataset, locale),
        files=dataset.sha256,
        faces=Markup(faces(letters_of(drawn, LANGUAGES)) if drawn else ""),
        dark=Markup(dark_colours("".join([*chain(*drawings.values()), *known.values()]))),
        labels=Markup("".join(_stacked(name, table, locale) for name, table in rows.items())),
        printed=Markup(_stacked("statements", rows["statements"], locale)),
    )


@cache
def _template() -> Template:
    folder = FileSystemLoader(Path(__file__).parent)
    spaces = {"trim_blocks": True, "lstrip_blocks": True}
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, **spaces)
    environment.filters["host"] = lambda address: urlsplit(address).netloc
    return environment.get_template("index.html.j2")


def _tables(
    dataset: Dataset, closely: Dataset, locale: Locale, charts: dict[str, list[Chart]]
) -> dict[str, pd.DataFrame]:
    """The tables that the page has; the ledger's of a dataset that is shown ``closely``."""
    shown = {name: {*both[0].event_ids} for name, both in charts.items()}
    rows = {"statements": tables.statements(dataset, locale, shown)}
    if any(both[0].name == "ledger" for both in charts.values()):  # no more than so many numbers
        rows["counting"] = tables.counting(closely, locale.with_terms(closely.terms))
    if len(dataset.reports) > 1:
        for table in (tables.others, tables.disputed, tables.pages):
            rows[table.__name__] = table(dataset, locale)
    return rows


def _earlier(dataset: Dataset, lead: Chart) -> dict[pd.Timestamp, Chart]:
    """The lead as it was known on the days on which its numbers changed most, oldest first."""
    rows = statements(dataset)
    rows = rows[rows["event_ids"].str.split(";").map({*lead.event_ids}.intersection).astype(bool)]
    rows = rows.assign(day=rows["published_until"].dt.normalize(), low=rows["low"].astype(float))
    stated = rows.pivot_table(index="day", columns="tally_id", values="low", aggfunc="max")
    stated = stated.ffill().fillna(0)
    changes = (stated - stated.shift(fill_value=0)).abs().sum(axis=1)
    changes = changes[changes.index < dataset.reports["source_date"].max().normalize()]
    charts = {}
    for day in sorted(changes.nlargest(EARLIER).index):
        with suppress(NothingToDrawError, ContradictionError):
            charts[day] = lead.redraw(language=lead.language, width="column", as_of=day.date())
    return charts


def _where_words_stand(rows: pd.DataFrame, locale: Locale) -> dict[str, str]:
    """When and by whom each statement was published, and where its words are in that page."""
    rows = rows[PLACE].assign(page=rows["page"].map(lambda address: urlsplit(address).netloc))
    named = {name: locale(f"page column {name}") for name in PLACE}
    places = {}
    for event_id, *cells in rows.itertuples():
        labelled = zip(named.values(), cells, strict=True)
        parts = [locale("labelled", label=name, count=cell) for name, cell in labelled if cell]
        places[event_id] = locale.join(parts, "list")
    return places


def _drawing(chart: Chart, titled: bool, places: Mapping[str, str]) -> Markup:
    """A figure as part of the page, whose numbers say where their words stand."""

    def with_place(link: re.Match) -> str:
        return f"{link[0]}<title>{escape(places[unquote(link[1])])}</title>"

    return Markup(re.sub(r'<a href="#s-([^"]*)"[^>]*>', with_place, inline_svg(chart, titled)))


def _picture(
    name: str, chart: Chart, drawings: list[Markup], folder: Path | None
) -> dict[str, object]:
    """A figure: which one, its caption, its drawings in all widths, the files there are of it."""
    files = [f"{name}.{ending}" for ending in ("csv", "png", "svg", "pdf")]
    files = [file for file in files if folder is None or (folder / file).exists()]
    named = {"figure": chart.name, "caption": chart.caption}
    return named | {"drawings": drawings, "files": files}


def _about(dataset: Dataset, locale: Locale) -> str:
    """What the page is about: harm, place and days."""
    counted = dataset.events[standing(dataset)]
    if counted.empty:
        return locale("nothing counted")
    harm, tallies = default_harm(dataset), dataset.tallies
    place = place_of(
        dataset, tallies.loc[tallies["tally_id"].isin(counted["tally_id"]), "tally_id"], locale
    )
    main = counted["tally_id"].isin(tallies.loc[tallies["harm"] == harm, "tally_id"])
    rows = counted[main & (counted["count_kind"] != "stock")]
    rows = counted if rows.empty else rows
    days = locale.window(rows["date_start"].min(), rows["date_end"].max())
    where = locale.join(filter(None, [place, days]), "list")
    return locale("page title", harm=locale.term("harm", harm), where=where)


def _sources(dataset: Dataset, locale: Locale) -> str:
    """Who counted and published all that is stated."""
    return source_line(dataset, dataset.events[dataset.events["low"].notna()], locale)


def _sections(figures: list[str], rows: dict[str, pd.DataFrame]) -> list[str]:
    """The parts of the page below its opening, in order, as headings name them."""
    own = [name for name in ("others", "disputed") if name in rows and len(rows[name])]
    pages = ["pages"] * ("pages" in rows)
    return [*figures, *own, "statements table", *pages, "method", "citing"]


def _without_empty(table: pd.DataFrame) -> pd.DataFrame:
    """A table without the columns in which no row has anything."""
    return table.loc[:, table.map(len).any()]


def _stacked(name: str, table: pd.DataFrame, locale: Locale) -> str:
    """Rules that put the name of its column before each cell, where a table is stacked."""
    rules = []
    for number, column in enumerate(table.columns, 1):
        heading = locale("labelled", label=locale(f"page column {column}"), count="")
        content = heading.replace("\\", "").replace('"', "").replace("<", "")
        rules.append(f'.{name} td:nth-child({number})::before{{content:"{content}"}}')
    return "".join(rules)
