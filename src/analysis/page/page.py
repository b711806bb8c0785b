"""The page for people who never open a notebook: figures, tables and method in one HTML file.

Here it is gathered as plain texts and rows of texts. How it looks, all HTML and the escaping of
what comes from a dataset are the matter of the template ``index.html.j2``. Figures are part of the
page, so that their text can be searched; every number in them leads to the row of its statement.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis import LANGUAGES
from analysis.bounds.drawn import main_harm
from analysis.charts.chart import WIDTHS, Chart
from analysis.charts.export import share, write_charts
from analysis.charts.pictures import dark_colours, faces, inline_svg, letters_of
from analysis.data.dataset import Dataset, load
from analysis.data.files import file_in, write_whole
from analysis.data.problems import ContradictionError, NothingToDrawError
from analysis.data.statements import standing, statements
from analysis.figures.choices import Figures, chosen_figures
from analysis.figures.naming import place_of, source_line
from analysis.figures.notes import doubts_in_words
from analysis.language.locales import Locale, locale_of
from analysis.page import tables
from analysis.page.settings import Settings

ORDER = ("by_party", "reported", "sources", "over_time", "by_period", "statements", "ledger")
"""The story: the finding, how it came about, who says so, then what it is made of."""
CLOSELY = ("statements", "ledger")
"""What the project's own page shows of the one report that it began with."""
EARLIER = 4
"""On how many earlier days the lead is shown as it was known then."""
PLACE = ("published", "published by", "paragraph", "characters", "page")
"""What a number in a figure says of where its words stand."""


def write_pages(settings: Settings, *, figures: bool = False) -> list[Path]:
    """Write ``report.<language>.html`` in every language, each whole or not at all.

    The figures are inside the file; links lead to where :func:`analysis.export_figure` writes
    them in the same folder, where the first of them is written once more to be passed on:
    ``<language>/share.png`` (1200 x 630) and ``share.pdf`` (one page of A4). With ``figures`` all
    figures of the dataset are written there too, each drawn once. The project's own page tells of
    the fortnight, and closely of one report. A NothingToDrawError where nothing is counted.
    """
    dataset = load(settings.several)
    if dataset.events["low"].isna().all():
        said = "no statement has a count, and the page shows counts; write one into events"
        raise NothingToDrawError(f"{settings.data}: {said}")
    main = chosen_figures(settings.several, dataset, settings.prefix)
    closely = None if settings.notebooks else chosen_figures(settings.data)
    told = [(main, [name for name in ORDER if not closely or name not in CLOSELY])]
    told += [(closely, [*CLOSELY])] if closely else []
    drawn = _draw_in_every_language([(each, [*ORDER]) for each, _ in told] if figures else told)
    written = _write_figures(drawn, settings.figures) if figures else []
    shown = [each.prefix + name for each, names in told for name in names]
    for code, found in drawn.items():
        charts = {name: found[name] for name in shown if name in found}
        folder = settings.figures / code
        text = page_html(dataset, code, charts, closely and closely.dataset, folder)
        written.append(settings.figures / f"report.{code}.html")
        write_whole(written[-1], text.encode())
        for *_, chart in [*charts.values()][:1]:
            for name, content in share(chart).items():
                write_whole(file_in(folder, name), content)
    return written


def _draw_in_every_language(
    asked: list[tuple[Figures, list[str]]],
) -> dict[str, dict[str, list[Chart]]]:
    """Some figures of some datasets by language; what does not suit one is tried once."""
    drawn: dict[str, dict[str, list[Chart]]] = {}
    for code in LANGUAGES:
        drawn[code], suiting = {}, []
        for figures, names in asked:
            found = draw_all(figures, code, names)
            suiting.append((figures, [both[0].name for both in found.values()]))
            drawn[code] |= found
        asked = suiting
    return drawn


def _write_figures(drawn: dict[str, dict[str, list[Chart]]], folder: Path) -> list[Path]:
    """Write figures that are drawn in every language; gives the files."""
    each = {
        name: [chart for found in drawn.values() for chart in found[name]] for name in drawn["en"]
    }
    return [path for name, charts in each.items() for path in write_charts(charts, folder, name)]


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
    parts, lead = _opening(dataset, locale), next(iter(charts), None)
    parts["headline"] = charts[lead][0].title if lead else parts["about"]
    earlier = _earlier(dataset, charts[lead][0]) if lead else {}
    drawn = [*[chart for each in charts.values() for chart in each], *earlier.values()]
    shown = {name: each[0].event_ids for name, each in charts.items()}
    rows = {"statements": tables.statements(dataset, locale, shown)}
    stands = {row["id"]: _where_it_stands(row["cells"], locale) for row in rows["statements"]}
    pictures = {name: _picture(name, charts[name], folder, name != lead, stands) for name in charts}
    known = [
        (
            locale("page known", day=locale.day(day), title=chart.title),
            _drawing(chart, False, stands),
        )
        for day, chart in earlier.items()
    ]
    colours = dark_colours("".join(map(str, [*pictures.values(), *known])))
    parts |= {"pictures": pictures, "lead": lead, "known": known, "dark": Markup(colours)}
    parts["faces"] = Markup(faces(letters_of(drawn)) if drawn else "")
    parts["doubts"] = doubts_in_words(dataset, locale)
    detail = dataset if closely is None else closely
    if any(chart.name == "ledger" for chart in drawn):  # which says no more than so many numbers
        rows["counting"] = tables.counting(detail, locale.with_terms(detail.terms))
    if len(dataset.reports) > 1:
        days = dataset.reports["source_date"].dt.normalize()
        parts |= {"pages": len(days), "days": locale.window(days.min(), days.max())}
        rows |= tables.of_several(dataset, locale)
    parts |= {"tables": rows, "columns": tables.COLUMNS, "languages": _languages()}
    parts["labels"] = Markup("".join(_stacked(name, locale) for name in rows))
    parts["printed"] = Markup(_stacked("statements", locale))
    parts["sections"] = _sections(
        [pictures[name]["figure"] for name in charts if name != lead], rows
    )
    folder = FileSystemLoader(Path(__file__).parent)
    look = {"trim_blocks": True, "lstrip_blocks": True}
    template = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, **look)
    template.filters["host"] = lambda address: urlsplit(address).netloc
    return template.get_template("index.html.j2").render(
        locale=locale, files=dataset.sha256, **parts
    )


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


def _where_it_stands(cells: list[str], locale: Locale) -> str:
    """When and by whom a number was published, and where its words stand."""
    by_column = dict(zip(tables.COLUMNS["statements"], cells, strict=False))
    by_column["page"] = urlsplit(by_column["page"]).netloc
    told = [(locale(f"page column {name}"), by_column[name]) for name in PLACE if by_column[name]]
    return locale.join([locale("labelled", label=name, count=cell) for name, cell in told], "list")


def _drawing(chart: Chart, titled: bool, stands: dict[str, str]) -> Markup:
    """A figure as part of the page, whose numbers say where their words stand."""

    def told(link: re.Match) -> str:
        return f"{link[0]}<title>{escape(stands[unquote(link[1])])}</title>"

    return Markup(re.sub(r'<a href="#(s-[^"]*)"[^>]*>', told, inline_svg(chart, titled)))


def _picture(
    name: str, charts: list[Chart], folder: Path | None, titled: bool, stands: dict[str, str]
) -> dict[str, object]:
    """A figure: which one, its caption, its drawings in all widths, the files there are of it."""
    drawings = [_drawing(chart, titled, stands) for chart in charts]
    told = {"figure": charts[0].name, "caption": charts[0].caption, "drawings": drawings}
    endings = ("csv", "png", "svg", "pdf")
    there = [each for each in endings if not folder or (folder / f"{name}.{each}").exists()]
    return told | {"files": [f"{name}.{each}" for each in there]}


def _opening(dataset: Dataset, locale: Locale) -> dict[str, object]:
    """The finding as headline, what it is about, and the sources of all that is stated."""
    counted = dataset.events[standing(dataset)]
    told_of = dataset.events.loc[dataset.events["low"].notna(), "event_id"]
    parts = {"sources": source_line(dataset, dataset.tallies["tally_id"], told_of, locale)}
    if counted.empty:
        return parts | {"about": locale("nothing counted")}
    stated = dataset.tallies[dataset.tallies["tally_id"].isin(counted["tally_id"])]
    place = place_of(dataset, stated["tally_id"], locale)
    main = dataset.tallies.loc[dataset.tallies["harm"] == main_harm(dataset), "tally_id"]
    told = counted[counted["tally_id"].isin(main) & (counted["count_kind"] != "stock")]
    told = counted if told.empty else told
    first = told["date_start"].min() if told["date_start"].notna().any() else pd.NaT
    days = locale.window(first, told["date_end"].max())
    where = locale.join([*[place] * bool(place), days], "list")
    harm = locale.term("harm", main_harm(dataset))
    return parts | {"about": locale("page title", harm=harm, where=where)}


def _sections(figures: list[str], rows: dict[str, list]) -> list[str]:
    """The parts of the page below its opening, in order, as headings name them."""
    own = [name for name in ("others", "disputed") if rows.get(name)]
    pages = ["pages"] * ("pages" in rows)
    return [*figures, *own, "statements table", *pages, "method", "citing"]


def _languages() -> list[tuple[str, str, str]]:
    """Each language of the page: its code, its own name, the direction of its script."""
    each = map(locale_of, LANGUAGES)
    return [
        (locale.code, locale("language"), "rtl" if locale.right_to_left else "ltr")
        for locale in each
    ]


def _stacked(table: str, locale: Locale) -> str:
    """Rules that put the name of its column before each cell, where a table is stacked."""
    rules = []
    for number, column in enumerate(tables.COLUMNS[table], 1):
        name = locale("labelled", label=locale(f"page column {column}"), count="")
        content = name.replace("\\", "").replace('"', "").replace("<", "")
        rules.append(f'.{table} td:nth-child({number})::before{{content:"{content}"}}')
    return "".join(rules)
