"""A figure with controls: as known at a time, of some parties, with the words behind its numbers.

What the controls show is there without them too: the figure and its table stand in the notebook
for whoever reads it where nothing runs.
"""

import os
from collections.abc import Callable
from html import escape
from pathlib import Path

import anywidget
import ipywidgets
import pandas as pd
import traitlets
from IPython.display import HTML, display

import analysis
from analysis import LANGUAGES
from analysis.charts.pictures import all_faces, inline_svg, picture_html
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import published_by
from analysis.figures.choices import FIGURES
from analysis.language.locales import Locale, locale_of
from analysis.page.tables import statements

STILL = "CASUALTY_STILL"
"""The environment variable that leaves out the controls, where notebooks are rerun for readers."""
_PICTURE_STYLE = ".casualty-picture svg text { unicode-bidi: plaintext }"
"""Each line of a drawing in its own direction, as in its file and on the page."""
_ROWS_STYLE = """<style>
table.casualty-rows.dataframe :is(td, th) {
  text-align: start; vertical-align: top; line-height: 1.35; padding: 0.25em 0.5em;
}
</style>"""
_SHOWN = ["what", "number", "days", "published", "published by", "source", "reading"]
_SHOWN += ["paragraph", "characters", "note"]


class Picture(anywidget.AnyWidget):
    """A drawing whose numbers can be pointed at; ``event_id`` is the last one's statement."""

    _esm = Path(__file__).with_name("picture.js")
    drawing = traitlets.Unicode().tag(sync=True)
    event_id = traitlets.Unicode().tag(sync=True)


class Explorer(ipywidgets.VBox):
    """The controls, the figure and its table; :func:`analysis.explore` makes one.

    Attributes
    ----------
    as_of, figure, parties, language : ipywidgets widgets
        The controls, whose ``value`` is what is shown.
    picture : Picture
        The figure, as SVG in ``drawing``.
    chart : Chart or None
        The figure itself; None where nothing can be drawn, and ``picture`` says why.
    shown : pandas.DataFrame
        The rows of the table, index ``event_id``.
    """

    def __init__(self, dataset: Dataset, figure: str, language: str) -> None:
        published_by(dataset, None)  # raises where it is none
        if figure not in FIGURES:
            raise ValueError(f"figure is {figure!r}; figures are {', '.join(FIGURES)}")
        locale_of(language)  # raises where there is none
        if dataset.reports.empty:
            raise ValueError("the dataset has no report, so nothing is known at any time")
        self.dataset, self.chart, self.shown = dataset, None, pd.DataFrame()
        times = sorted(dataset.reports["source_date"].dropna().unique())
        times = [*dict.fromkeys(f"{time:%Y-%m-%dT%H:%M}".removesuffix("T00:00") for time in times)]
        self.as_of = ipywidgets.SelectionSlider(
            options=times, value=times[-1], continuous_update=False
        )
        self.figure = ipywidgets.Dropdown(options=FIGURES, value=figure)
        counted = dataset.parties["party_id"].isin(dataset.tallies["party_id"])
        self.parties = ipywidgets.SelectMultiple(options=[*dataset.parties["party_id"][counted]])
        self.language = ipywidgets.ToggleButtons(
            options=[(locale_of(code)("language"), code) for code in LANGUAGES], value=language
        )
        self.language.style.button_width = "9em"
        self.language.add_class("widget-inline-hbox")  # its name beside it, as of the others
        self.picture, self.table = Picture().add_class("casualty-picture"), ipywidgets.HTML()
        controls = [self.as_of, self.figure, self.parties, self.language]
        for each in controls:
            each.style.description_width = "7em"
            each.layout.width = "44em"
        self.parties.rows = min(5, len(self.parties.options))
        self._name_controls()
        self._redraw()
        for each in controls[:3]:
            each.observe(self._redraw, "value")
        self.language.observe(self._translate, "value")
        self.picture.observe(self._filter, "event_id")
        style = ipywidgets.HTML(f"<style>{all_faces()}{_PICTURE_STYLE}</style>")
        super().__init__([style, *controls, self.picture, self.table])

    @property
    def event_id(self) -> str:
        """The statement that was pointed at, empty where none is."""
        return self.picture.event_id

    @property
    def _locale(self) -> Locale:
        return locale_of(self.language.value).with_terms(self.dataset.terms)

    def _name_controls(self) -> None:
        """Names of the controls and of what they offer, in the language chosen."""
        locale, parties = self._locale, self.dataset.parties.set_index("party_id")
        for name in ("as_of", "figure", "parties", "language"):
            getattr(self, name).description = locale(f"control {name}")
        _rename(self.figure, lambda name: locale(f"page heading {name}"))
        _rename(self.parties, lambda name: locale.label(parties.loc[name], name))
        _rename(self.as_of, lambda time: _time_in_words(time, locale))

    def _translate(self, _: dict) -> None:
        """Name and draw all in another language; what is chosen stays so."""
        controls = self.as_of, self.figure, self.parties
        for each in controls:  # other words for a choice are no other choice
            each.unobserve(self._redraw, "value")
        self._name_controls()
        for each in controls:
            each.observe(self._redraw, "value")
        self._redraw()

    def _redraw(self, _: dict | None = None) -> None:
        """Draw what is chosen, and list the statements that it rests on."""
        plot = getattr(analysis, f"plot_{self.figure.value}")
        published = published_by(self.dataset, self.as_of.value)
        asked = {"parties": [*self.parties.value]} if self.parties.value else {}
        try:
            self.chart = plot(published, language=self.language.value, **asked)
            drawing = inline_svg(self.chart)
        except (NothingToDrawError, analysis.ContradictionError) as error:
            message = f"<p>{self._locale('control nothing')}</p>"
            reason = f'<p lang="en" dir="ltr"><small>{escape(str(error))}</small></p>'
            self.chart, drawing = None, self._in_language(message, reason)
        with self.picture.hold_sync():
            self.picture.event_id, self.picture.drawing = "", drawing
        self._filter()

    def _filter(self, _: dict | None = None) -> None:
        """Show the rows of the figure's statements, or of the one that was pointed at."""
        published, locale = published_by(self.dataset, self.as_of.value), self._locale
        wanted = [self.event_id] if self.event_id else self.chart.event_ids if self.chart else []
        rows = statements(published, locale, {})[_SHOWN]
        rows = rows.loc[[name for name in dict.fromkeys(wanted) if name in rows.index]]
        self.shown = rows.rename(columns=lambda name: locale(f"page column {name}"))
        hint = f"<p>{locale('control hint')}</p>" if self.chart else ""
        self.table.value = self._in_language(hint, self._rows())

    def _rows(self) -> str:
        """The rows shown as HTML: columns without a cell left out, each cell in its direction."""
        filled = self.shown.loc[:, (self.shown != "").any()]
        cells = filled.map(lambda cell: cell and f"\u2068{cell}\u2069".replace("\u00a0", " "))
        return _ROWS_STYLE + cells.to_html(
            index=False, border=0, justify="start", classes="casualty-rows"
        )

    def _in_language(self, *parts: str, named: str = "casualty-controls") -> str:
        """HTML with the language and direction of what it says."""
        locale = self._locale
        opening = f'<div class="{named}" lang="{locale.code}" dir="{locale.direction}">'
        return f"{opening}{''.join(parts)}</div>"

    def still(self) -> str:
        """The figure and its table as HTML that needs no controls."""
        if self.chart is None:
            return self._in_language(self.picture.drawing, named="casualty-still")
        figure = picture_html(self.chart, self.chart.alt)
        return self._in_language(figure, self._rows(), named="casualty-still")

    def _ipython_display_(self) -> None:
        display(HTML(self.still()))
        if not os.environ.get(STILL):
            display(self._repr_mimebundle_(), raw=True)


def _rename(control: ipywidgets.Widget, name: Callable[[str], str]) -> None:
    """Other names for what a control offers, what is chosen staying so."""
    chosen = control.index
    values = [each if isinstance(each, str) else each[1] for each in control.options]
    control.options = [(name(value), value) for value in values]
    control.index = chosen


def _time_in_words(time: str, locale: Locale) -> str:
    """A time of publication, its hour where it is known."""
    hour = time.partition("T")[2]
    return locale.line(locale.join(filter(None, [locale.day(pd.Timestamp(time)), hour]), "list"))
