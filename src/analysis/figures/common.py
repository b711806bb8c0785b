"""What every figure is made by: its numbers worked out once, its words, then its drawing.

A figure is a module with three steps, handed to :func:`figure`. The words are made from the frame
that is drawn, so that they cannot disagree with the picture.
"""

import pickle
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
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
from analysis.data.publication import published_by
from analysis.data.statements import standing
from analysis.figures import naming, readings
from analysis.figures.asked import check_asked, check_published, documented
from analysis.figures.folded import readable
from analysis.figures.notes import contradicting_in_words, doubts_in_words
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
    reading. The tallies shown are ``tally_ids`` where ``numbers`` name none; ``sources`` counted
    what is a sum, of no pages.
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
    reading: str = "primary"

    @property
    def spans_years(self) -> bool:
        """Whether its days are of several years, so that each is said with its year."""
        return self.days[0].year != self.days[1].year


class FigureText(NamedTuple):
    """What a figure says in one language, ``rows`` being what the alt text lists.

    ``what`` it shows is a message, whose gaps beside the harm ``parts`` fill, with ``notes`` below;
    the ``caption`` says what the figure does not, the manifest how many ``persons`` the title adds
    up where they can be added; ``shorter`` titles are for where one takes more than two lines. The
    ``source`` names every page of what is drawn where nothing else
    is said; so is ``when`` the days. A figure that ``adds`` nothing is not asked whether it may.
    """

    title: str
    rows: Sequence[str]
    what: str
    parts: Mapping[str, str] | None = None
    notes: Sequence[str] = ()
    caption: Sequence[str] = ()
    source: str = ""
    persons: bool = False
    when: str = ""
    adds: bool = True
    shorter: Sequence[str] = ()


def figure(
    name: str, numbers: Callable, words: Callable, draw: Callable, card: Callable | None = None
) -> Callable[..., Chart]:
    """The public ``plot_…`` function of a figure, whose files are called ``name``.

    ``numbers(dataset, …)`` gives what is drawn, worked out once; what it can be asked for, the
    public function can. ``words(found, locale)`` gives a :class:`FigureText`,
    ``draw(paper, found)`` draws it and gives samples of signs that are only its own, for the
    key; ``card(paper, found, tall)`` draws as much as fits on a share card, in ``tall`` inches.
    """
    asked = signature(numbers)

    def plot(
        dataset: Dataset,
        *,
        language: str = "en",
        width: str = "page",
        as_of: date | str | None = None,
        **options: object,
    ) -> Chart:
        check_asked(plot, plot.__signature__, dataset, options)
        chart = Chart(name, language, width)
        chart.redraw = partial(plot, dataset, as_of=as_of, **options)
        options = asked.bind(dataset, **options).arguments
        del options["dataset"]  # drawn is what was published of it
        for each in (*options.values(), dataset):
            if isinstance(each, Dataset):
                said = partial(chart.locale.with_terms, each.terms)
                chart.locale = each.cached(("terms", chart.locale), said)
        chart.sha256, published = dataset.sha256, published_by(dataset, as_of)
        check_published(dataset, published)
        key = ("figure", name, *options, *map(_fixed, options.values()))
        found = published.cached(key, lambda: numbers(published, **options))
        drawing = draw if width != CARD else card or _nothing
        _write(chart, found, words(found, chart.locale), drawing, options.get("tallies"))
        return chart

    plot.__name__ = plot.__qualname__ = f"plot_{name}"
    plot.__module__, plot.__signature__ = numbers.__module__, _signature(plot, asked)
    plot.__doc__ = documented(numbers.__doc__, plot.__signature__)
    return plot


def known_sums(dataset: Dataset, sums: Sums | None) -> Sums:
    """The sums of a dataset, or those of an archive as of the same day."""
    if sums is None:
        return sums_of(dataset)
    if sums.as_of != dataset.as_of:
        raise ValueError("these are sums of an archive as of one day; ask for its summary(as_of=…)")
    return sums


def _signature(plot: Callable, asked: Signature) -> Signature:
    """What every figure can be asked for, and what this one can."""
    shared = [*signature(plot).parameters.values()]
    own = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in asked.parameters.values()]
    return Signature([*shared[:-1], *own[1:]], return_annotation=Chart)


def _write(
    chart: Chart,
    found: FigureData,
    telling: FigureText,
    draw: Callable,
    asked: Collection[str] | None = None,
) -> None:
    """Title and subtitle, the drawing with its key, notes and source; the texts beside them."""
    locale, dataset, numbers = chart.locale, found.dataset, found.numbers
    tally_ids = numbers["tally_id"].unique() if "tally_id" in numbers else found.tally_ids
    rests = dataset.events["event_id"].isin(found.event_ids)
    cited = dataset.events.loc[rests, "tally_id"].unique()
    place = naming.place_of(dataset, tally_ids, locale)
    doubts = doubts_in_words(dataset, locale, tally_ids) if telling.adds else []
    what = locale(telling.what, harm=locale.term("harm", found.harm), **(telling.parts or {}))
    if found.reading == "wide":
        what = locale.join([what, locale("key loosest")], "list")
    when = telling.when or locale.window(*found.days)
    where = locale.join([*[place] * bool(place), when], "list")
    subtitle = locale("sentences", first=locale.capital(what), then=locale.capital(where)) + "."
    others = [locale("and others", number=found.left_out) + "."] * (found.left_out > 0)
    told = [*telling.notes, *others, *contradicting_in_words(dataset, locale, asked, tally_ids)]
    chart.title = _title(chart, telling)
    chart.caption = " ".join([*telling.caption, *doubts, locale("bounds")])
    chart.alt = _alt_text([f"{chart.title}.", subtitle], telling.rows, told, locale)
    if found.sources:
        chart.source = naming.source_of_sums(dataset, found.sources, locale)
    else:
        chart.source = telling.source or naming.source_line(dataset, cited, found.event_ids, locale)
    chart.numbers, chart.event_ids = numbers.copy(), [*found.event_ids]
    chart.readable = partial(readable, dataset, numbers, locale)
    added = telling.persons and readings.one_source(found.summed)
    persons = locale.count(*readings.sum_of(found.summed)) if added else ""
    chart.manifest = {"persons": persons, "reading": found.reading}
    with mpl.rc_context(style()):
        paper = Paper(chart)
        if chart.width == CARD:
            _draw_card(paper, found, (what, where), draw)
            return
        paper.paragraph(chart.title, LARGE + paper.page, bold=True)
        chart.below_title = paper.top
        paper.paragraph(subtitle, colour=GREY)
        paper.top += 0.09
        draw_key(paper, draw(paper, found) or {})
        paper.top += 0.05
        for text in (*told, *doubts, chart.source):
            paper.paragraph(text, SMALL, colour=GREY)
        paper.finish()


def _title(chart: Chart, telling: FigureText) -> str:
    """The first of the titles that takes two lines; else the last."""
    size = HUGE if chart.width == CARD else LARGE + (chart.width == "page")
    for title in map(chart.locale.capital, (telling.title, *telling.shorter)):
        if len(wrap(title, chart.get_figwidth() - 2 * Paper.left, size, True)) <= 2:
            break
    return title


def _draw_card(paper: Paper, found: FigureData, told: tuple[str, str], card: Callable) -> None:
    """The finding large, what of the figure there is room for, and the source at the foot."""
    chart, locale = paper.chart, paper.locale
    height = chart.get_figheight()
    paper.paragraph(chart.title, HUGE, bold=True)
    for text in told:
        paper.paragraph(locale.capital(text) + ".", SMALL, colour=GREY)
    lines = wrap(chart.source, paper.across, SMALL)
    foot = height - paper.left - leading(SMALL) * len(lines)
    paper.top += 0.05
    card(paper, found, foot - 0.04 - paper.top)
    paper.top = foot
    paper.paragraph(chart.source, SMALL, colour=GREY)
    paper.axes.set_ylim(height, 0)


def _nothing(paper: Paper, found: FigureData, tall: float) -> None:
    """The card of a figure that has no drawing for one."""


def _fixed(option: object) -> Hashable:
    """An option as part of a key: itself, or its content where it can change."""
    try:
        hash(option)
    except TypeError:
        return pickle.dumps(option)
    return option


def link_to(locale: Locale, event_id: str | None) -> str | None:
    """Where the words of a statement are: its row on the page beside the figures."""
    known = event_id is not None and pd.notna(event_id) and event_id
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
    where, told = locale("alt where"), []
    sentences = [locale.capital(row).rstrip(".") + "." for row in rows]
    room = _WORDS - _words_in(" ".join([*opening, where]))
    for text in (*sentences, *notes):
        room -= _words_in(text)
        if room < 0 and told:
            break
        told.append(text)
    if len(told) < len(rows):
        told.append(locale.capital(locale("more counts", number=len(rows) - len(told))) + ".")
    return " ".join([*opening, *told, where])


def _words_in(text: str) -> int:
    """How many words a text has; signs set off by a space, as in French, are none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())
