"""The parts of the page that people read without opening a notebook.

Each method gives one part as HTML for a notebook cell; nbconvert puts them together without the
code (``templates/page``). Whatever comes from a dataset is escaped.
"""

import base64
from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import urlsplit

import pandas as pd
from IPython.display import HTML

from analysis.bounds import drawn
from analysis.bounds.disputed import find_disputed
from analysis.bounds.statements import superseded
from analysis.bounds.ledger import ledger
from analysis.bounds.totals import totals
from analysis.charts.export import svg, used_letters
from analysis.charts.sheet import Chart
from analysis.data.dataset import Dataset
from analysis.figures import captions, naming
from analysis.language import page_phrases, vocabulary, words

Cell = tuple[str, str]
"""A table cell: text that is escaped, and its class ("", "code", "days", "long" or "link")."""


class Page:
    """The page of one dataset in one language.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    """

    def __init__(self, dataset: Dataset, language: str) -> None:
        self.dataset, self.language = dataset, language
        self.labels = naming.tally_labels(dataset, language)
        self.harm = drawn.main_harm(dataset)
        self.corrected = {*dataset.events.loc[superseded(dataset.events), "event_id"]}

    def _say(self, name: str, **parts: object) -> str:
        return escape(page_phrases.PAGE[name][self.language].format(**parts))

    def head(self) -> HTML:
        """Title and description of the document."""
        title = captions.tell_by_party(
            self.dataset, drawn.by_party_drawn(self.dataset, self.harm), self.harm, self.language
        ).title
        return HTML(
            f"<title>{escape(title)}</title>\n"
            f'<meta name="description" content="{self._say("question")}">'
        )

    def opening(self) -> HTML:
        """The question, and the answer in one line."""
        numbers = drawn.with_root(drawn.by_party_drawn(self.dataset, self.harm))
        whole = numbers[numbers["root"] == numbers["tally_id"]]
        rows = [captions.party_row(row, self.labels, self.language) for row in whole.itertuples()]
        answer = f"{words.harm_word(self.harm, self.language)}: {words.join(rows, self.language)}."
        source = naming.source_line(self.dataset, [*numbers["tally_id"]], self.language)
        return HTML(
            f"<h1>{self._say('question')}</h1>\n"
            f'<p class="standfirst">{escape(answer[0].upper() + answer[1:])}</p>\n'
            f"<p>{self._say('caveat')}</p>\n"
            f'<p class="small">{escape(source)}</p>'
        )

    def figure(
        self, plot: Callable[..., Chart], name: str | None = None, **options: object
    ) -> HTML:
        """A figure with heading, caption, alt text and links to its files.

        ``name`` and ``options`` as for :func:`analysis.export_figure`.
        """
        wide = plot(self.dataset, language=self.language, **options)
        narrow = plot(self.dataset, language=self.language, width="column", **options)
        letters = used_letters([wide, narrow])
        links = ", ".join(
            f'<a href="{self.language}/{name or wide.name}.{ending}">{ending.upper()}</a>'
            for ending in ("csv", "png", "svg", "pdf")
        )
        return HTML(
            f"<h2>{self._say(f'heading {wide.name}')}</h2>\n<figure>\n<picture>\n"
            f'<source media="(max-width: 40rem)" srcset="{_embedded(narrow, letters)}">\n'
            f'<img src="{_embedded(wide, letters)}" alt="{escape(wide.alt)}">\n</picture>\n'
            f"<figcaption>{escape(wide.caption)} {self._say('files')} {links}</figcaption>\n"
            "</figure>"
        )

    def counting(self) -> HTML:
        """What counts and why: the ledger as a table."""
        numbers = ledger(self.dataset, self.harm)
        rows = [
            [
                (self.labels[row.tally_id], ""),
                (words.count(row.low, row.high, self.language), ""),
                (f"{row.counted:,}", ""),
                (captions.ledger_reason(row, numbers, self.labels, self.language), ""),
            ]
            for row in numbers.itertuples()
        ]
        names = ("counted people", "number", "counts", "why")
        return HTML(
            f"<h2>{self._say('heading counting')}</h2>\n" + self._table(names, rows, "counting")
        )

    def statements(self) -> HTML:
        """Every statement: where in the report its words stand, days, number, source, note."""
        events = self.dataset.events
        tallies = self.dataset.tallies.set_index("tally_id")
        rows = [self._statement(row, tallies) for row in events.itertuples()]
        names = ("what", "number", "days", "reading", "paragraph", "characters", "source", "note")
        intro = (
            f"<h2>{self._say('heading statements table')}</h2>\n<p>{self._say('positions')}</p>\n"
        )
        return HTML(intro + self._table(names, rows, "statements"))

    def _statement(self, row, tallies: pd.DataFrame) -> list[Cell]:
        what, number, source = _event_type(row, self.language), "", ""
        if pd.notna(row.low):
            what = self.labels[row.tally_id]
            number = words.count(row.low, row.high, self.language)
            source = _text(tallies.loc[row.tally_id, "source_original"])
        if row.count_basis == "derived":
            number = words.phrase("derived", self.language, count=number)
        days = ""
        if pd.notna(row.date_end):
            days = words.window(row.date_start, row.date_end, self.language)
        reading = "" if pd.isna(row.reading) else self._say(f"reading {row.reading}")
        if row.event_id in self.corrected:
            reading = self._say("reading corrected")
        span = f"{row.char_start}-{row.char_end}" if pd.notna(row.char_start) else ""
        return [
            (what, ""),
            (number, ""),
            (days, "days"),
            (reading, ""),
            (_text(row.paragraph), ""),
            (span, "code"),
            (source, ""),
            (_text(row.note), "long"),
        ]

    def method(self) -> HTML:
        """How the numbers come about, and what they cannot say."""
        parts = "\n".join(f"<p>{self._say(f'method {number}')}</p>" for number in range(1, 5))
        return HTML(f"<h2>{self._say('heading method')}</h2>\n{parts}")

    def citing(self) -> HTML:
        """How to cite, and which dataset the page was made from."""
        source = naming.source_line(self.dataset, [*self.dataset.tallies["tally_id"]], self.language)
        prints = "".join(
            f'<li><code dir="ltr">{escape(name)} {value[:12]}</code></li>'
            for name, value in self.dataset.sha256.items()
        )
        return HTML(
            f"<h2>{self._say('heading citing')}</h2>\n<p>{self._say('cite')}</p>\n"
            f"<p>{escape(source)}</p>\n<p>{self._say('made from')}</p>\n"
            f'<ul class="small">{prints}</ul>'
        )

    def others(self) -> HTML:
        """What several pages give together: each source's numbers, counted once and added up."""
        reports, parties = self.dataset.reports, self.dataset.parties.set_index("party_id")
        days = words.window(
            reports["source_date"].min(), reports["source_date"].max(), self.language
        )
        rows = [
            [
                (self._source(row.source_original), ""),
                (naming.label(parties, row.party_id, self.language), ""),
                (words.harm_word(row.harm, self.language), ""),
                (words.count(row.low, row.high, self.language), ""),
                (f"{row.naive_sum:,}", ""),
            ]
            for row in totals(self.dataset).itertuples()
        ]
        names = ("source", "counted people", "what", "counted once", "all added")
        return HTML(
            f"<h2>{self._say('heading others')}</h2>\n"
            f"<p>{self._say('others', pages=len(reports), days=days)}</p>\n"
            + self._table(names, rows, "others")
        )

    def disputed(self) -> HTML:
        """Statements set aside, each with what contradicts it and both pages."""
        rows = [
            [
                (self.labels[row.tally_id], ""),
                (words.count(row.low, row.high, self.language), ""),
                (words.window(row.date_start, row.date_end, self.language), "days"),
                (self._say("reading aside") * (row.aside == row.event_id), ""),
                (_text(row.source_office), ""),
                (_text(row.url), "link"),
            ]
            for row in find_disputed(self.dataset).itertuples()
        ]
        names = ("counted people", "number", "days", "status", "published by", "page")
        return HTML(
            f"<h2>{self._say('heading disputed')}</h2>\n<p>{self._say('disputed')}</p>\n"
            + self._table(names, rows, "disputed")
        )

    def pages(self) -> HTML:
        """Every report with its day of publication and address."""
        rows = [
            [
                (words.day(row.source_date, self.language), "days"),
                (_text(row.source_office), ""),
                (_text(row.url), "link"),
            ]
            for row in self.dataset.reports.sort_values("source_date", kind="stable").itertuples()
        ]
        names = ("published", "published by", "page")
        heading = f"<h2>{self._say('heading pages')}</h2>\n"
        return HTML(heading + self._table(names, rows, "pages"))

    def _source(self, name: object) -> str:
        if pd.isna(name):
            return words.phrase("no source", self.language)
        return words.term(vocabulary.SOURCES, name, self.language)

    def _table(self, names: Iterable[str], rows: list[list[Cell]], caption: str) -> str:
        head = "".join(f'<th scope="col">{self._say(f"column {name}")}</th>' for name in names)
        body = "\n".join(
            "<tr>"
            + "".join(f'<td class="{cell[1]}"><bdi>{_shown(*cell)}</bdi></td>' for cell in row)
            + "</tr>"
            for row in rows
        )
        said = self._say(f"table {caption}")
        return (
            f'<div class="table" role="region" tabindex="0" aria-label="{said}">\n<table>\n'
            f"<caption>{said}</caption>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
        )


def _event_type(row, language: str) -> str:
    return words.term(vocabulary.EVENT_TYPES, _text(row.event_type), language)


def _shown(text: str, look: str) -> str:
    """A cell's text, escaped; an address on the web as a link called by its host."""
    if look == "link" and text.startswith(("https://", "http://")):
        return f'<a href="{escape(text)}">{escape(urlsplit(text).netloc)}</a>'
    return escape(text)


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)


def _embedded(chart: Chart, letters: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg(chart, letters)).decode()
