"""The figure of what is stated: each number large at the start of a row, a bracket over its days.

Rows go by time. Of very many numbers each tally has one row with its latest.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.bounds.drawn import days_spanned, statements_drawn
from analysis.charts import style as theme
from analysis.charts.days import Days, day_number, days_between, draw_days, draw_window
from analysis.charts.sheet import LARGE, NORMAL, SMALL, Paper, leading, text_width
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures import figure, naming, wording
from analysis.figures.colours import tally_colours
from analysis.figures.notes import left_out_in_words
from analysis.figures.panels import tallies_of
from analysis.figures.stated_rows import rows_of_tallies, rows_stated
from analysis.language.locales import Locale

_MOST = 40
"""Of more numbers only tallies are drawn."""
_SHARE = {"page": 0.4, "column": 0.42}
"""How much of the width numbers and names take at most."""


@dataclass(frozen=True)
class Stated(figure.FigureData):
    """``rows`` are what is drawn: a number each, or a tally each where there are too many.

    Of tallies ``every`` number is kept, whose days are drawn. So many numbers are ``looser``:
    their words can be read in a wider way too.
    """

    rows: pd.DataFrame = None
    every: pd.DataFrame | None = None
    looser: int = 0

    @property
    def of_tallies(self) -> bool:
        """Whether each row is a tally."""
        return self.every is not None


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
) -> Stated:
    """What is stated: each number as a row, its days beside it, in order of time.

    Of all that is counted, or of a ``harm``, of ``parties``, of ``tallies`` alone.
    Above 40 numbers each tally has one row: the days of all its numbers, and the one that holds the
    others where there is one, else how many there are. Statements without a
    number stand below, as a lane of events. A window without a first day comes from before the
    axis.

    Examples
    --------
    >>> import analysis
    >>> figure = analysis.plot_statements(analysis.load("data/report"), language="ar")
    >>> figure.language, len(figure.numbers)
    ('ar', 10)
    """
    own = tallies_of(dataset, parties, tallies, harm)["tally_id"]
    drawn = statements_drawn(dataset)
    drawn = drawn[drawn["tally_id"].isin(own)]
    on_a_day = drawn["count_kind"] == "stock"  # how many there are on the last day
    drawn = drawn.assign(date_start=drawn["date_start"].mask(on_a_day, drawn["date_end"]))
    if drawn.empty:
        raise NothingToDrawError("nothing to draw: no number of these people is stated")
    rests, days = [*drawn["event_id"]], days_spanned(drawn)
    rows, looser = rows_stated(dataset, drawn, days[0])
    about = {"rows": rows, "looser": looser}
    if len(rows) > _MOST:
        of_tallies, every = rows_of_tallies(dataset, rows), rows
        left_out = len(rows["tally_id"].unique()) - len(of_tallies)
        about |= {"rows": of_tallies, "left_out": left_out, "every": every}
    return Stated(dataset, drawn, rests, "", days, **about)


def words(found: Stated, locale: Locale) -> figure.FigureText:
    """How many numbers there are and how few of single days; the first of them in the alt text."""
    drawn = found.numbers
    stated = drawn[drawn["reading"] != "wide"]
    single = int((stated["date_start"] == stated["date_end"]).sum())
    number = stated["report_id"].nunique()
    counts = locale("counts stated", number=len(stated))
    days = locale("for one day", number=single) if single else locale("for no day")
    days = locale("each for one day") if single == len(stated) else days
    name = "title statements" if number < 2 else "title statements several"
    title = locale(name, counts=counts, days=days, reports=locale("in reports", number=number))
    labels, rows = naming.tally_labels(found.dataset, locale), []
    for row in found.rows.itertuples():
        start = row.first if found.of_tallies else row.date_start
        window = locale.window(start, row.date_end, found.spans_years)
        count = locale("windowed", count=_count(row, found.of_tallies, locale), window=window)
        rows.append(locale("labelled", label=labels[row.tally_id], count=count))
    if len(stated) == 1:
        title = locale("title one statement", count=wording.quoted(found.rows.iloc[0], locale))
    notes = left_out_in_words(found.dataset, drawn["event_id"], locale)
    notes += [locale("note looser", number=found.looser)] * bool(found.looser)
    what = "what statements tallies" if found.of_tallies else "what statements"
    return figure.FigureText(title, rows, what, notes=[" ".join(notes)] if notes else [])


def _count(row, named: bool, locale: Locale) -> str:
    """A number as its page says it; of a tally without one that holds the others, how many."""
    if named and not row.whole:
        return locale("counts stated", number=int(row.tellings))
    return wording.quoted(row, locale)


def draw(paper: Paper, found: Stated) -> None:
    """A block a tally, or a party with its tallies; below the lane of what has no number."""
    locale, rows = paper.locale, found.rows
    labels = naming.tally_labels(found.dataset, locale)
    texts = [_texts(row, labels, found.of_tallies, locale) for row in rows.itertuples()]
    lanes = [] if found.of_tallies else [*_lanes(found, locale)]
    room = [_room(*each) for each in texts] + [text_width(label, SMALL) for label, _ in lanes]
    room = min(max(room) + 0.12, paper.across * _SHARE[paper.chart.width])
    if found.of_tallies and not paper.page:
        room = 0.0  # names are long: days stand below them
    days, bands = days_between(*found.days, paper.left + room, paper.across - room), []
    told = dict(zip(rows.index, texts, strict=True))
    for block in _blocks(found):
        colour = _draw_heading(paper, found, block["tally_id"].iloc[0])
        top = paper.top
        for row in block.itertuples():
            _draw_row(paper, days, _windows(found, row), colour, told[row.Index])
            for part in rows[rows["inside"] == row.event_id].itertuples():
                _draw_row(paper, days, [part], colour, told[part.Index])
        bands.append((top, paper.top))
    if lanes:
        paper.top += 0.05
        paper.paragraph(locale("uncounted"), SMALL, colour=theme.GREY)
        top = paper.top
        _draw_lanes(paper, days, lanes)
        bands.append((top, paper.top))
    draw_days(paper, days, bands)


def _blocks(found: Stated) -> Iterator[pd.DataFrame]:
    """Rows of each tally, or of each party and harm, in the order of the tables."""
    tallies = found.dataset.tallies.reset_index().set_index("tally_id")
    whom = found.rows["tally_id"].map(tallies["index"])
    if found.of_tallies:
        outer = found.rows[["party_id", "harm"]].assign(whom=whom)
        whom = outer.groupby(["party_id", "harm"])["whom"].transform("min")
    shown = found.rows.assign(whom=whom)
    yield from (block for _, block in shown[shown["inside"].isna()].groupby("whom"))


def _draw_heading(paper: Paper, found: Stated, tally_id: str) -> str:
    """Who is counted and what happened to them; gives their colour, grey where it did no harm."""
    dataset, locale = found.dataset, paper.locale
    tally = dataset.tallies.set_index("tally_id").loc[tally_id]
    casualty = tally["harm"] in figure.CASUALTIES
    colour = tally_colours(dataset)[tally_id] if casualty else theme.GREY
    label = naming.tally_labels(dataset, locale)[tally_id]
    if found.of_tallies:
        label = naming.label(dataset.parties.set_index("party_id"), tally["party_id"], locale)
    paper.heading(wording.with_harm(label, tally["harm"], locale), colour)
    return colour


def _texts(row, labels: dict[str, str], named: bool, locale: Locale) -> tuple[str, str, bool]:
    """A number, what stands small behind it, and whether it is a part's, which is named first."""
    count = _count(row, named, locale)
    if named:
        more = [locale("latest of", number=int(row.tellings))] * (row.tellings > 1 and row.whole)
        return count, locale.join([labels[row.tally_id], *more], "list"), False
    if pd.notna(row.inside):
        return locale("labelled", label=locale.capital(labels[row.tally_id]), count=count), "", True
    return count, locale("in reports", number=int(row.tellings)) if row.tellings > 1 else "", False


def _room(count: str, more: str, part: bool) -> float:
    """Inches that a row's words would take in one line."""
    if part:
        return 0.12 + text_width(count, SMALL)
    return text_width(count, LARGE, True) + (0.08 + text_width(more, SMALL)) * bool(more)


def _windows(found: Stated, row) -> list:
    """The rows whose days are drawn: that of a number, or those of all numbers of a tally."""
    if not found.of_tallies:
        return [row]
    own = found.every[found.every["tally_id"] == row.tally_id]
    return [*own.drop_duplicates(["since", "date_end"]).itertuples()]


def _draw_row(
    paper: Paper, days: Days, rows: list, colour: str, texts: tuple[str, str, bool]
) -> None:
    """A number and its days, what is said of it behind it or below; a part smaller."""
    (count, more, part), ink, before = texts, theme.letters(colour), paper.top
    below = days.x == paper.left
    room = paper.across if below else days.x - paper.left - 0.08
    size = SMALL if part else NORMAL if colour == theme.GREY else LARGE
    look = {
        "colour": ink,
        "link": figure.link_to(paper.locale, rows[-1].event_id),
        "bold": not part,
    }
    wide, indent = text_width(count, size, not part) + 0.08, 0.12 * part
    beside = bool(more) and wide + text_width(more, SMALL) <= room
    paper.top += 0.01
    if beside:
        paper.write(paper.left + wide, paper.top + leading(size) / 2, more, SMALL)
    paper.paragraph(count, size, x=paper.left + indent, across=room - indent, **look)
    if more and not beside:
        paper.paragraph(more, SMALL, across=room)
    paper.top += 0.11 if below else 0.01
    middle = paper.top - 0.06 if below else (before + paper.top) / 2
    for row in rows:
        window = figure.window_of(row, paper.locale)
        draw_window(paper, days, window, middle, ink, 0.8 if part else 1.1)


def _lanes(found: Stated, locale: Locale) -> Iterator[tuple[str, pd.DataFrame]]:
    """Dated statements without a number, of these days: each type of event and its rows."""
    events, (first, last) = found.dataset.events, found.days
    single = events["same_as"].isna() & (events["reading"] != "aside")
    rows = events[events["low"].isna() & events["date_end"].notna() & single]
    rows = rows.fillna({"date_start": first, "event_type": "Background"})
    rows = rows[(rows["date_end"] >= first) & (rows["date_start"] <= last)]
    for name, lane in rows.groupby("event_type", sort=False):
        label, earliest = locale.term("event type", name), lane["date_start"].min()
        if earliest < first:
            since = locale.day(earliest, year=earliest.year != first.year)
            label = locale("since", label=label, date=since)
        yield label, lane


def _draw_lanes(paper: Paper, days: Days, lanes: list[tuple[str, pd.DataFrame]]) -> None:
    """Thin grey marks over the days of each type of event, behind its name."""
    for label, lane in lanes:
        before = paper.top
        paper.paragraph(label, SMALL, across=days.x - paper.left - 0.06, colour=theme.GREY)
        middle = (before + paper.top) / 2
        for row in lane.itertuples():
            start, stop = days.at(day_number(row.date_start)), days.at(day_number(row.date_end) + 1)
            look = {"colour": theme.LIGHT, "thick": 2.2}
            paper.line([start + 0.02, stop - 0.02], [middle, middle], "event", **look)


plot_statements = figure.make_plot("statements", numbers, words, draw)
