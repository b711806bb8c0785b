"""The page for people who never open a notebook: figures, tables and method in one HTML file.

Here it is gathered as plain texts and rows of texts. How it looks, all HTML and the escaping of
what comes from a dataset are the matter of the template ``index.html.j2``.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

import analysis
from analysis.bounds.disputed import find_disputed
from analysis.bounds.drawn import main_harm, with_root
from analysis.bounds.ledger import ledger
from analysis.bounds.statements import superseded
from analysis.bounds.totals import totals
from analysis.charts.export import svg, used_letters, write_whole
from analysis.charts.sheet import WIDTHS, Chart
from analysis.data.dataset import Dataset, load
from analysis.figures import by_party
from analysis.figures.ledger import reason_in_words
from analysis.figures.naming import label, source_line, tally_labels
from analysis.language.languages import LANGUAGES, Language, language_of
from analysis.page.settings import Settings

Plot = Callable[..., Chart]
"""What draws a figure of a dataset, given language and width."""


def write_pages(settings: Settings) -> list[Path]:
    """Write the page of a dataset in every language, ``report.<language>.html``.

    The project's own page tells also of other pages of the same days, and of UCDP.
    """
    dataset, example = load(settings.data), ()
    if settings.notebooks is None:
        example = load(settings.named("fortnight")), load(settings.named("ucdp"))
    return [write_page(dataset, settings.figures, code, example) for code in LANGUAGES]


def write_page(dataset: Dataset, folder: Path, language: str, example: Sequence = ()) -> Path:
    """Write the page of a dataset in a language, whole or not at all.

    The figures are inside the file; links lead to where :func:`analysis.export_figure` writes
    them in the same folder. ``example`` is the fortnight and UCDP's dataset, if it tells of them.
    """
    plots = own_plots(dataset) | (fortnight_plots(*example) if example else {})
    path = Path(folder) / f"report.{language}.html"
    write_whole(path, page_html(dataset, language, plots, *example[:1]).encode())
    return path


def own_plots(dataset: Dataset) -> dict[str, Plot]:
    """The figures on the page of every dataset, by the name of their files."""
    names = ("over_time", "by_party", "statements", "ledger")
    return {name: partial(getattr(analysis, f"plot_{name}"), dataset) for name in names}


def fortnight_plots(fortnight: Dataset, ucdp: Dataset) -> dict[str, Plot]:
    """The figures of the fortnight on the project's own page, by the name of their files."""
    pairs = {
        "civilians_bombardment": "ucdp-civilians-killed-dyad-14620",
        "sohr_government_forces": "ucdp-118-killed-dyad-14620",
        "sohr_islamic_state": "ucdp-234-killed-dyad-14620",
    }
    known = {"dates": ["2018-07-24", "2018-08-01"], "tallies": [*pairs]}
    spans = [("2018-07-20", "2018-07-20"), ("2018-07-21", "2018-07-23")]
    windows = [*spans, ("2018-07-30", "2018-07-30")]
    bombed = {"party_id": "civilians", "cause": "bombardment", "windows": windows}
    return {
        "fortnight_known_when": partial(analysis.plot_known_when, fortnight, **known),
        "fortnight_sources": partial(analysis.plot_sources, fortnight, **bombed),
        "fortnight_standing_still": partial(analysis.plot_standing_still, fortnight),
        "fortnight_beside_ucdp": partial(analysis.plot_beside, fortnight, other=ucdp, pairs=pairs),
    }


def page_html(
    dataset: Dataset, language: str, plots: dict[str, Plot], others: Dataset | None = None
) -> str:
    """The page with some figures; of ``others`` it shows what their pages give together."""
    say = language_of(language)
    pictures = {name: _picture(plot, language) for name, plot in plots.items()}
    texts = _opening(dataset, say)
    tables = {"counting": _counting(dataset, say), "statements": _statements(dataset, say)}
    if others is not None:
        days = others.reports["source_date"]
        texts |= {"pages": len(days), "days": say.window(days.min(), days.max())}
        tables |= {"others": _together(others, say), "disputed": _disputed(others, say)}
        tables["pages"] = _published(others, say)
    files = dataset.sha256
    return _template().render(say=say, pictures=pictures, tables=tables, files=files, **texts)


@cache
def _template() -> Template:
    options = {"autoescape": True, "undefined": StrictUndefined}
    options |= {"trim_blocks": True, "lstrip_blocks": True}
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), **options)
    environment.filters["host"] = lambda address: urlsplit(address).netloc
    return environment.get_template("index.html.j2")


def _picture(plot: Plot, language: str) -> dict[str, str]:
    """A figure: which one, its texts, and as data in both widths."""
    charts = [plot(language=language, width=width) for width in WIDTHS]
    letters, said = used_letters(charts), charts[0]
    drawings = {chart.width: base64.b64encode(svg(chart, letters)).decode() for chart in charts}
    return {"figure": said.name, "alt": said.alt, "caption": said.caption, **drawings}


def _opening(dataset: Dataset, say: Language) -> dict[str, str]:
    """Title of the document, the answer in one line, sources of the answer and of all."""
    found, labels = by_party.numbers(dataset), tally_labels(dataset, say)
    told, drawn = by_party.words(found, say), with_root(found.numbers)
    whole = drawn[drawn["root"] == drawn["tally_id"]]
    rows = [by_party.row_in_words(row, labels, say) for row in whole.itertuples()]
    return {
        "title": told.title,
        "answer": say.capital(f"{say.term('harm', found.harm)}: {say.join(rows)}."),
        "source": told.source,
        "sources": source_line(dataset, [*dataset.tallies["tally_id"]], say),
    }


def _counting(dataset: Dataset, say: Language) -> Iterator[list[str]]:
    """What counts and why: the ledger."""
    labels = tally_labels(dataset, say)
    numbers = ledger(dataset, main_harm(dataset))
    for row in numbers.itertuples():
        why = reason_in_words(row, numbers, labels, say)
        yield [labels[row.tally_id], say.count(row.low, row.high), f"{row.counted:,}", why]


def _statements(dataset: Dataset, say: Language) -> Iterator[list[str]]:
    """Every statement: what and how many, days, reading, where its words stand, source, note."""
    labels = tally_labels(dataset, say)
    cited = dataset.tallies.set_index("tally_id")["source_original"]
    readings = dataset.events["reading"].mask(superseded(dataset.events), "corrected")
    for row, reading in zip(dataset.events.itertuples(), readings, strict=True):
        what, number, source = say.term("event type", _text(row.event_type)), "", ""
        if pd.notna(row.low):
            what, source = labels[row.tally_id], _text(cited[row.tally_id])
            number = say.count(row.low, row.high)
        if row.count_basis == "derived":
            number = say("derived", count=number)
        days = say.window(row.date_start, row.date_end) if pd.notna(row.date_end) else ""
        reading = say(f"page reading {reading}") if pd.notna(reading) else ""
        span = f"{row.char_start}-{row.char_end}" if pd.notna(row.char_start) else ""
        place = [_text(row.paragraph), span]
        yield [what, number, days, reading, *place, source, _text(row.note)]


def _together(dataset: Dataset, say: Language) -> Iterator[list[str]]:
    """What several pages give together: each source's numbers, counted once and added up."""
    parties = dataset.parties.set_index("party_id")
    for row in totals(dataset).itertuples():
        named = pd.notna(row.source_original)
        source = say.term("source", row.source_original) if named else say("no source")
        who, harm = label(parties, row.party_id, say), say.term("harm", row.harm)
        yield [source, who, harm, say.count(row.low, row.high), f"{row.naive_sum:,}"]


def _disputed(dataset: Dataset, say: Language) -> Iterator[list[str]]:
    """Statements set aside, each with what contradicts it and both pages."""
    labels = tally_labels(dataset, say)
    for row in find_disputed(dataset).itertuples():
        said = [labels[row.tally_id], say.count(row.low, row.high)]
        days = say.window(row.date_start, row.date_end)
        status = say("page reading aside") if row.aside == row.event_id else ""
        yield [*said, days, status, _text(row.source_office), _text(row.url)]


def _published(dataset: Dataset, say: Language) -> Iterator[list[str]]:
    """Every report with its day of publication and address."""
    for row in dataset.reports.sort_values("source_date", kind="stable").itertuples():
        yield [say.day(row.source_date), _text(row.source_office), _text(row.url)]


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)
