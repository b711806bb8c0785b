"""A figure with controls: as known at a time, of some parties, with the words behind its numbers.

What the controls show is there without them too: the figure and its table stand in the notebook
for whoever reads it where nothing runs.
"""

import os
from collections.abc import Iterable
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
from analysis.page.tables import COLUMNS, statements

STILL = "CASUALTY_STILL"
"""The environment variable that leaves out the controls, where notebooks are rerun for readers."""
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
        if language not in LANGUAGES:
            raise ValueError(f"language is {language!r}; languages are {', '.join(LANGUAGES)}")
        if dataset.reports.empty:
            raise ValueError("the dataset has no report, so nothing is known at any time")
        self.dataset, self.chart, self.shown = dataset, None, pd.DataFrame()
        times = sorted(dataset.reports["source_date"].dropna().unique())
        self.as_of = ipywidgets.SelectionSlider(
            options=_labelled_times(times, language), index=len(times) - 1, continuous_update=False
        )
        self.figure = ipywidgets.Dropdown(options=FIGURES, value=figure)
        self.parties = ipywidgets.SelectMultiple(options=_counted_parties(dataset, language))
        self.language = ipywidgets.ToggleButtons(
            options=[(name, code) for code, name in LANGUAGES.items()], value=language
        )
        self.picture, self.table = Picture(), ipywidgets.HTML()
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
        typeface = ipywidgets.HTML(f"<style>{all_faces()}</style>")
        super().__init__([typeface, *controls, self.picture, self.table])

    @property
    def event_id(self) -> str:
        """The statement that was pointed at, empty where none is."""
        return self.picture.event_id

    @property
    def _say(self) -> Locale:
        return locale_of(self.language.value).with_terms(self.dataset.terms)

    def _name_controls(self) -> None:
        """Names of the controls and of what they offer, in the language chosen."""
        for name in ("as_of", "figure", "parties", "language"):
            getattr(self, name).description = self._say(f"control {name}")
        figures = [(self._say(f"page heading {name}"), name) for name in FIGURES]
        _offer(self.figure, figures)
        _offer(self.parties, _counted_parties(self.dataset, self.language.value))
        times = [value for _, value in self.as_of.options]
        _offer(self.as_of, _labelled_times(map(pd.Timestamp, times), self.language.value))

    def _translate(self, _: dict) -> None:
        """Say all in another language; what is chosen stays so."""
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
            self.chart, drawing = None, f"<p>{escape(str(error))}</p>"
        with self.picture.hold_sync():
            self.picture.event_id, self.picture.drawing = "", drawing
        self._filter()

    def _filter(self, _: dict | None = None) -> None:
        """Show the rows of the figure's statements, or of the one that was pointed at."""
        published = published_by(self.dataset, self.as_of.value)
        wanted = [self.event_id] if self.event_id else self.chart.event_ids if self.chart else []
        self.shown = _rows(published, wanted, self._say)
        self.table.value = _as_html(self.shown, self._say)

    def still(self) -> str:
        """The figure and its table as HTML that needs no controls."""
        if self.chart is None:
            return f'<div class="casualty-still">{self.picture.drawing}</div>'
        shown = picture_html(self.chart, self.chart.alt) + self.table.value
        return f'<div class="casualty-still">{shown}</div>'

    def _ipython_display_(self) -> None:
        display(HTML(self.still()))
        if not os.environ.get(STILL):
            display(self._repr_mimebundle_(), raw=True)


def _offer(control: ipywidgets.Widget, options: list[tuple]) -> None:
    """Other words for what a control offers, what is chosen staying so."""
    chosen = control.index
    control.options = options
    control.index = chosen


def _labelled_times(times: Iterable[pd.Timestamp], language: str) -> list[tuple[str, str]]:
    """Times of publication as they are said, and as ``as_of`` takes them."""
    locale, found = locale_of(language), {}
    for time in times:
        hour = f"{time:%H:%M}" if time != time.normalize() else ""
        value = f"{time:%Y-%m-%d}" + f"T{hour}" * bool(hour)
        found[value] = locale.join([locale.day(time), *[hour] * bool(hour)], "list")
    return [(label, value) for value, label in found.items()]


def _counted_parties(dataset: Dataset, language: str) -> list[tuple[str, str]]:
    """Labels and ids of parties that are counted as victims."""
    locale = locale_of(language)
    parties = dataset.parties[dataset.parties["party_id"].isin(dataset.tallies["party_id"])]
    return [(locale.label(row, row["party_id"]), row["party_id"]) for _, row in parties.iterrows()]


def _rows(dataset: Dataset, event_ids: list[str], locale: Locale) -> pd.DataFrame:
    """The table of some statements, as the page words them."""
    place = [COLUMNS["statements"].index(name) for name in _SHOWN]
    rows = {
        row["id"].removeprefix("s-"): [row["cells"][at] for at in place]
        for row in statements(dataset, locale, {})
    }
    found = {name: rows[name] for name in event_ids if name in rows}
    columns = [locale(f"page column {name}") for name in _SHOWN]
    shown = pd.DataFrame.from_dict(found, orient="index", columns=columns, dtype="str")
    return shown.rename_axis("event_id")


def _as_html(rows: pd.DataFrame, locale: Locale) -> str:
    """Rows as a table, columns without a cell left out."""
    filled = rows.loc[:, (rows != "").any()]
    direction = "rtl" if locale.right_to_left else "ltr"
    table = filled.to_html(index=False, border=0, justify="start")
    return (
        f'<div lang="{locale.code}" dir="{direction}"><p>{locale("control hint")}</p>{table}</div>'
    )
