"""What makes a figure: its numbers worked out once, its words, then its drawing.

A figure is a module with three steps, handed to :func:`make_plot`. The words are made from the
frame that is drawn, so that they cannot disagree with the picture.
"""

import pickle
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from functools import partial
from inspect import Parameter, Signature, signature
from typing import NamedTuple
from urllib.parse import quote

import matplotlib as mpl
import pandas as pd

from analysis.bounds.drawn import last_stated
from analysis.bounds.totals import Sums, sums_of
from analysis.charts.chart import CARD, Chart
from analysis.charts.days import Window, day_number
from analysis.charts.key import draw_key
from analysis.charts.sheet import HUGE, LARGE, SMALL, Paper, leading, wrap
from analysis.charts.style import GREY, style
from analysis.data.dataset import Dataset
from analysis.data.problems import ContradictionError, NothingToDrawError
from analysis.data.publication import published_by
from analysis.data.statements import standing
from analysis.figures import naming, readings
from analysis.figures.notes import contradicting_in_words, doubts_in_words
from analysis.figures.options import check_options, check_published, documented
from analysis.figures.readable import readable
from analysis.language.locales import Locale

CASUALTIES = ("killed", "injured", "executed", "missing", "captured", "abducted", "disappeared")
"""Harms of which bars are drawn; people moved are a line of text, no louder than the dead."""
_WORDS = 90
"""How many words an alt text has at most, where one row leaves it the choice."""


@dataclass(frozen=True)
class FigureData:
    """What a figure draws of some days; figures that need more have their own class.

    ``panels`` are the numbers of each of its rows where those are of several days, ``left_out`` so
    many rows not drawn. ``summed`` is what the title adds up, ``loosest`` the same in the loosest
    reading. The tallies shown are ``tally_ids`` where ``numbers`` name none; ``sources`` are
    those of sums, which know no pages.
    """

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    days: tuple[pd.Timestamp, pd.Timestamp]
    _: KW_ONLY
    panels: dict[Hashable, pd.DataFrame] = field(default_factory=dict)
    left_out: int = 0
    summed: pd.DataFrame | None = None
    loosest: pd.DataFrame | None = None
    tally_ids: Sequence[str] = ()
    sources: Sequence[str | None] = ()

    @property
    def events(self) -> pd.DataFrame:
        """The statements that it rests on."""
        events = self.dataset.events
        return events[events["event_id"].isin({*self.event_ids})]

    @property
    def spans_years(self) -> bool:
        """Whether its days are of several years, so that each has its year."""
        return pd.notna(self.days[0]) and self.days[0].year != self.days[1].year

    @property
    def tallies_shown(self) -> Sequence[str]:
        """The tallies of the numbers."""
        return self.numbers["tally_id"].unique() if "tally_id" in self.numbers else self.tally_ids


class FigureText(NamedTuple):
    """What a figure says in one language.

    ``rows`` are sentences for the alt text. ``what`` names the message of the subtitle, ``parts``
    fill its gaps besides the harm; ``notes`` stand below the drawing. ``shorter`` are titles to try
    where the first takes more than two lines. ``persons`` says whether the manifest gives the sum
    of ``summed``. Left empty, ``source`` is every page of what is drawn and ``when`` the figure's
    days. ``adds`` says whether numbers are added, so that doubts about a sum are listed.
    """

    title: str
    rows: Sequence[str]
    what: str
    parts: Mapping[str, str] | None = None
    notes: Sequence[str] = ()
    source: str = ""
    persons: bool = False
    when: str = ""
    adds: bool = True
    shorter: Sequence[str] = ()


def make_plot(
    name: str, numbers: Callable, words: Callable, draw: Callable, card: Callable | None = None
) -> Callable[..., Chart]:
    """The public ``plot_…`` function of a figure, whose files are called ``name``.

    ``numbers(dataset, …)`` gives what is drawn, worked out once; its options are those of the
    public function. ``words(found, locale)`` gives a :class:`FigureText`,
    ``draw(paper, found)`` draws it and gives samples of signs that are only its own, for the
    key; ``card(paper, found, tall)`` draws as much as fits on a share card, in ``tall`` inches.
    """
    own = signature(numbers)

    def plot(
        dataset: Dataset,
        *,
        language: str = "en",
        width: str = "page",
        as_of: date | str | None = None,
        **options: object,
    ) -> Chart:
        check_options(plot, dataset, options)
        chart = Chart(name, language, width)
        chart.redraw = partial(plot, dataset, as_of=as_of, **options)
        options = own.bind(dataset, **options).arguments
        del options["dataset"]  # what was published of it is drawn
        chart.locale = _with_terms(chart.locale, (*options.values(), dataset))
        chart.sha256, published = dataset.sha256, published_by(dataset, as_of)
        check_published(dataset, published)
        key = ("figure", name, *options, *map(_hashable, options.values()))
        found = published.cached(key, lambda: _numbers_or_why_not(numbers, published, options))
        if isinstance(found, _WhyNot):
            raise found.kind(*deepcopy(found.args))
        text = words(found, chart.locale)
        subtitle = _subtitle(found, text, chart.locale)
        below = _describe(chart, found, text, subtitle, options.get("tallies"))
        with mpl.rc_context(style()):
            if width == CARD:
                _draw_card(Paper(chart), found, subtitle, card)
            else:
                _draw_page(Paper(chart), found, subtitle, draw, below)
        return chart

    shared, given = [*signature(plot).parameters.values()][:-1], [*own.parameters.values()][1:]
    given = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in given]
    plot.__signature__ = Signature([*shared, *given], return_annotation=Chart)
    plot.__name__ = plot.__qualname__ = f"plot_{name}"
    plot.__module__ = numbers.__module__
    plot.__doc__ = documented(numbers.__doc__, plot.__signature__)
    return plot


class _WhyNot(NamedTuple):
    """The error that says why a figure doesn't suit a dataset, as what a new one is made of."""

    kind: type[ValueError]
    args: tuple


def _numbers_or_why_not(
    numbers: Callable, dataset: Dataset, options: Mapping[str, object]
) -> FigureData | _WhyNot:
    """What a figure draws; or why it doesn't suit, so that this too is worked out once."""
    try:
        return numbers(dataset, **options)
    except (NothingToDrawError, ContradictionError) as error:
        return _WhyNot(type(error), error.args)


def _with_terms(locale: Locale, options: Iterable[object]) -> Locale:
    """The language with the terms of every dataset that is drawn."""
    for each in options:
        if isinstance(each, Dataset):
            add = partial(locale.with_terms, each.terms)
            locale = each.cached(("terms", locale), add)
    return locale


def _hashable(option: object) -> Hashable:
    """An option as part of a key: itself, or its content where it can change."""
    try:
        hash(option)
    except TypeError:
        return pickle.dumps(option)
    return option


def _describe(
    chart: Chart,
    found: FigureData,
    text: FigureText,
    subtitle: list[str],
    tallies: Collection[str] | None,
) -> list[str]:
    """Fill in the texts and tables of a chart; gives the lines below the drawing."""
    locale, dataset, shown = chart.locale, found.dataset, found.tallies_shown
    left_out = [locale("and others", number=found.left_out) + "."] * (found.left_out > 0)
    contradicting = contradicting_in_words(dataset, locale, tallies, shown)
    notes = [*text.notes, *left_out, *contradicting]
    doubts = doubts_in_words(dataset, locale, shown) if text.adds else []
    chart.title = _title(chart, text)
    chart.caption = " ".join([*doubts, locale("bounds")])
    chart.alt = _alt_text([f"{chart.title}.", *subtitle], text.rows, notes, locale)
    if found.sources:
        chart.source = naming.source_of_sums(dataset, found.sources, locale)
    else:
        chart.source = text.source or naming.source_line(dataset, found.events, locale)
    chart.numbers, chart.event_ids = found.numbers.copy(), [*found.event_ids]
    chart.readable = partial(readable, dataset, found.numbers, locale)
    can_add = text.persons and readings.one_source(found.summed)
    persons = locale.count(*readings.sum_of(found.summed)) if can_add else ""
    chart.manifest = {"persons": persons, "reading": "primary"}
    return [*notes, *doubts, chart.source]


def _title(chart: Chart, text: FigureText) -> str:
    """The first of the titles that takes at most two lines; else the last."""
    size = HUGE if chart.width == CARD else LARGE + (chart.width == "page")
    for title in map(chart.locale.capital, (text.title, *text.shorter)):
        if len(wrap(title, chart.get_figwidth() - 2 * Paper.left, size, True)) <= 2:
            break
    return title


def _subtitle(found: FigureData, text: FigureText, locale: Locale) -> list[str]:
    """What the figure shows; where and when those were harmed: a sentence each."""
    what = locale(text.what, harm=locale.term("harm", found.harm), **(text.parts or {}))
    place = naming.place_of(found.dataset, found.tallies_shown, locale)
    when = text.when or locale.window(*found.days)
    where = locale.join(filter(None, [place, when]), "list")
    return [locale.capital(what) + ".", locale.capital(where) + "."]


def _draw_page(
    paper: Paper, found: FigureData, subtitle: list[str], draw: Callable, below: list[str]
) -> None:
    """Title and subtitle, the drawing with its key, and the lines below it."""
    paper.paragraph(paper.chart.title, LARGE + paper.page, bold=True)
    paper.chart.below_title = paper.top
    paper.paragraph(" ".join(subtitle), colour=GREY)
    paper.top += 0.09
    draw_key(paper, draw(paper, found) or {})
    paper.top += 0.05
    for line in below:
        paper.paragraph(line, SMALL, colour=GREY)
    paper.finish()


def _draw_card(paper: Paper, found: FigureData, subtitle: list[str], card: Callable | None) -> None:
    """The finding large, what of the figure there is room for, and the source at the foot."""
    chart, height = paper.chart, paper.chart.get_figheight()
    paper.paragraph(chart.title, HUGE, bold=True)
    for line in subtitle:
        paper.paragraph(line, SMALL, colour=GREY)
    lines = wrap(chart.source, paper.across, SMALL)
    foot = height - paper.left - leading(SMALL) * len(lines)
    paper.top += 0.05
    if card:
        card(paper, found, foot - 0.04 - paper.top)
    paper.top = foot
    paper.paragraph(chart.source, SMALL, colour=GREY)
    paper.axes.set_ylim(height, 0)


def known_sums(dataset: Dataset, sums: Sums | None) -> Sums:
    """The sums of a dataset, or those of an archive as of the same day."""
    if sums is None:
        return sums_of(dataset)
    if sums.as_of != dataset.as_of:
        raise ValueError("these are sums of an archive as of one day; ask for its summary(as_of=…)")
    return sums


def link_to(locale: Locale, event_id: str | None) -> str | None:
    """Where the words of a statement are: its row on the page beside the figures."""
    known = pd.notna(event_id) and event_id
    return f"../report.{locale.code}.html#s-{quote(event_id)}" if known else None


def window_of(row, locale: Locale) -> Window:
    """A statement's days, as they are drawn."""
    start = float("nan") if pd.isna(row.date_start) else day_number(row.date_start)
    return Window(start, day_number(row.date_end) + 1, link_to(locale, row.event_id))


def link_to_last(dataset: Dataset, tally_id: str, locale: Locale) -> str | None:
    """Where the words of a tally's latest count are."""
    return link_to(locale, last_stated(dataset).get(tally_id))


def rests_on(dataset: Dataset, numbers: pd.DataFrame) -> list[str]:
    """The statements with a count of the tallies shown."""
    shown = dataset.events["tally_id"].isin(numbers["tally_id"]) & standing(dataset)
    return [*dataset.events.loc[shown, "event_id"]]


def _alt_text(opening: list[str], rows: Sequence[str], notes: Sequence[str], locale: Locale) -> str:
    """The opening, as many rows and notes as there is room for, and where all numbers are."""
    where, listed = locale("alt where"), []
    sentences = [locale.capital(row).rstrip(".") + "." for row in rows]
    room = _WORDS - _words_in(" ".join([*opening, where]))
    for sentence in (*sentences, *notes):
        room -= _words_in(sentence)
        if room < 0 and listed:
            break
        listed.append(sentence)
    if len(listed) < len(rows):
        more = locale("more counts", number=len(rows) - len(listed))
        listed.append(locale.capital(more) + ".")
    return " ".join([*opening, *listed, where])


def _words_in(text: str) -> int:
    """How many words a text has; signs set off by a space, as in French, are none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())
