"""The figure of what is stated: each number large at the start of a row, a bracket over its days.

Rows go by time. Of very many numbers each tally has one row with its latest.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import days_spanned, statements_drawn
from analysis.bounds.ledger import HELD, ledger_of
from analysis.charts import style as theme
from analysis.charts.days import Days, day_number, days_between, draw_days, draw_windows
from analysis.charts.sheet import LARGE, NORMAL, SMALL, Paper, leading, text_width
from analysis.data.dataset import Dataset
from analysis.data.links import links, origin
from analysis.data.outcome import READINGS, nesting
from analysis.data.problems import NothingToDrawError
from analysis.data.statements import first_published
from analysis.figures import figure, naming, wording
from analysis.figures.colours import tally_colours
from analysis.figures.notes import left_out_in_words
from analysis.figures.panels import tallies_of
from analysis.language.locales import Locale

_MOST, _TALLIES = 40, 12
"""Of more numbers only tallies are drawn, so many at most."""
_SHARE = {"page": 0.4, "column": 0.42}
"""How much of the width numbers and names take at most."""
_WORDS = ["report_id", "tally_id", "place"]
"""Which words a number was coded from; two readings of the same words are one row."""
_WINDOW = ["date_start", "date_end", "low", "high"]


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
    rows, looser = _read_once(_published_once(dataset, drawn))
    rows = rows.assign(since=rows["date_start"].fillna(days[0]))
    order = {"by": ["since", "date_end", "low"], "ascending": [True, True, False]}
    rows = rows.sort_values(**order, kind="stable", ignore_index=True)
    if len(rows) <= _MOST:
        about = {"rows": _with_wholes(dataset, rows)}
    else:
        shown = _rows_of_tallies(dataset, rows)
        left_out = len(rows["tally_id"].unique()) - len(shown)
        about = {"rows": shown, "left_out": left_out, "every": rows}
    return Stated(dataset, drawn, rests, "", days, looser=looser, **about)


def _published_once(dataset: Dataset, drawn: pd.DataFrame) -> pd.DataFrame:
    """Reports of one count with the same days and number as one row; ``times``: of how many."""
    rows = drawn.assign(
        first=drawn["event_id"].map(first_published(dataset)),
        stated=drawn["event_id"].map(dataset.events.set_index("event_id")["count"]),
    )
    rows = rows.assign(place=_places(rows))
    same = ["first", *_WINDOW, "reading"]
    times = rows.groupby(same, dropna=False)["report_id"].transform("nunique")
    return rows.assign(times=times)[~rows.duplicated(same)]


def _places(rows: pd.DataFrame) -> pd.Series:
    """Where the words of a number are in their report.

    Readings of the same words of which that is not given find each other by their turn in those of
    one report and tally.
    """
    turn = rows.groupby(["report_id", "tally_id", "reading"], dropna=False).cumcount()
    place = rows["event_id"].where(rows["reading"].isna(), "reading " + turn.astype("str"))
    return place.where(rows["char_start"].isna(), "at " + rows["char_start"].astype("str"))


def _read_once(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Rows without the loosest reading of words that have another; how many read looser so."""
    loosest, words = rows["reading"] == "wide", pd.MultiIndex.from_frame(rows[_WORDS])
    both = loosest & words.isin(words[~loosest])
    pairs = rows.loc[both, [*_WORDS, *_WINDOW]].merge(rows[~loosest], on=_WORDS)
    differ = [pairs[f"{name}_x"].ne(pairs[f"{name}_y"]).fillna(True) for name in _WINDOW]
    return rows[~both], int(pd.concat(differ, axis=1).any(axis=1).sum())


def _with_wholes(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows ``inside`` the outermost number of their report that holds them, as the ledger has it.

    ``of_own`` says that it is one of their own tally.
    """
    event = rows.set_index("event_id")
    harms = dataset.tallies.set_index("tally_id").loc[event["tally_id"], "harm"].unique()
    found = pd.concat(ledger_of(dataset, harm, READINGS[0]) for harm in harms)
    held = links(found[found["reason"].isin(HELD)], "event_id", "inside")
    report = event["report_id"].to_dict()
    of_report = {part: whole for part, whole in held.items() if _are_same(report, part, whole)}
    inside = {name: origin(name, of_report) for name in of_report}
    rows = rows.assign(inside=rows["event_id"].map(inside).astype("str"))
    return rows.assign(of_own=rows["inside"].map(event["tally_id"]) == rows["tally_id"])


def _are_same(report: dict[str, str], part: str, whole: str) -> bool:
    """Whether two statements are of one report."""
    return part in report and report[part] == report.get(whole)


def _rows_of_tallies(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each of the widest tallies: its latest number, how many there are, all their days.

    A number stands for its tally (``whole``) where its days hold those of all the others.
    """
    names, own = dataset.tallies["tally_id"], rows.groupby("tally_id")
    depth = {name: len(wholes) for name, wholes in nesting(dataset).wholes.items()}
    latest = rows.sort_values(["date_end", "low"], kind="stable")
    latest = latest.drop_duplicates("tally_id", keep="last").set_index("tally_id", drop=False)
    latest = latest.assign(times=own.size(), inside=None, of_own=False, first=own["since"].min())
    latest["whole"] = latest["since"] <= latest["first"]
    latest["depth"] = latest["tally_id"].map(depth)
    latest["days"] = own["date_end"].max() - latest["first"]
    widest = latest.sort_values(["depth", "days"], ascending=[True, False], kind="stable")
    shown = {*widest.index[:_TALLIES]}
    return widest.loc[[name for name in names if name in shown]].reset_index(drop=True)


def words(found: Stated, locale: Locale) -> figure.FigureText:
    """How many numbers there are and how few of single days; the first of them in the alt text."""
    stated = found.numbers[found.numbers["reading"] != "wide"]
    labels, rows = naming.tally_labels(found.dataset, locale), []
    for row in pd.concat(_blocks(found)).itertuples():
        start = row.first if found.of_tallies else row.date_start
        window = locale.window(start, row.date_end, found.spans_years)
        count = locale("windowed", count=_count(row, found.of_tallies, locale), window=window)
        rows.append(locale("labelled", label=labels[row.tally_id], count=count))
    notes = left_out_in_words(found.dataset, found.event_ids, locale)
    notes += [locale("note looser", number=found.looser)] * bool(found.looser)
    what = "what statements tallies" if found.of_tallies else "what statements"
    notes = [" ".join(notes)] if notes else []
    return figure.FigureText(_title(found, stated, locale), rows, what, notes=notes)


def _title(found: Stated, stated: pd.DataFrame, locale: Locale) -> str:
    """How many numbers there are in how many reports, and how many of single days."""
    if len(stated) == 1:
        return locale("title one statement", count=wording.quoted(found.rows.iloc[0], locale))
    single = int((stated["date_start"] == stated["date_end"]).sum())
    days = locale("for one day", number=single) if single else locale("for no day")
    if single == len(stated):
        days = locale("each for one day")
    number = stated["report_id"].nunique()
    name = "title statements" if number < 2 else "title statements several"
    counts, reports = (
        locale("counts stated", number=len(stated)),
        locale("in reports", number=number),
    )
    return locale(name, counts=counts, days=days, reports=reports)


def _count(row, of_tallies: bool, locale: Locale) -> str:
    """A number as its page says it, so many of them where a longer one of its tally holds it.

    Of a tally without one that holds the others it is how many there are.
    """
    if of_tallies and not row.whole:
        return locale("counts stated", number=int(row.times))
    count = wording.quoted(row, locale)
    return locale("of them", text=count) if row.of_own else count


class _Line(NamedTuple):
    """A number, what stands small behind it, and its windows; a ``part`` is smaller."""

    count: str
    more: str
    part: bool
    windows: list

    @property
    def wide(self) -> float:
        """Inches that its words would take in one line."""
        if self.part:
            return 0.12 + text_width(self.count, SMALL)
        more = 0.08 + text_width(self.more, SMALL) if self.more else 0
        return text_width(self.count, LARGE, True) + more


def draw(paper: Paper, found: Stated) -> None:
    """A block a tally, or a party with its tallies; below the lane of what has no number."""
    locale, bands = paper.locale, []
    lines = {row.Index: _line(found, row, locale) for row in found.rows.itertuples()}
    lanes = [] if found.of_tallies else [*_lanes(found, locale)]
    room = [line.wide for line in lines.values()] + [text_width(name, SMALL) for name, _ in lanes]
    room = min(max(room) + 0.12, paper.across * _SHARE[paper.chart.width])
    if found.of_tallies and not paper.page:
        room = 0.0  # names are long: days stand below them
    days = days_between(*found.days, paper.left + room, paper.across - room)
    for block in _blocks(found):
        colour = _draw_heading(paper, found, block["tally_id"].iloc[0])
        top = paper.top
        for at in block.index:
            _draw_line(paper, days, lines[at], colour)
        bands.append((top, paper.top))
    if lanes:
        paper.top += 0.05
        paper.paragraph(locale("uncounted"), SMALL, colour=theme.GREY)
        top = paper.top
        _draw_lanes(paper, days, lanes)
        bands.append((top, paper.top))
    draw_days(paper, days, bands)


def _line(found: Stated, row, locale: Locale) -> _Line:
    """What is written of a row; a part is named, as it stands below another's number."""
    label = naming.tally_labels(found.dataset, locale)[row.tally_id]
    count, more, windows = _count(row, found.of_tallies, locale), [], [row]
    part = pd.notna(row.inside)
    if found.of_tallies:
        own = found.every[found.every["tally_id"] == row.tally_id]
        windows = [*own.drop_duplicates(["since", "date_end"]).itertuples()]
        more = [
            label,
            *[locale("latest of", number=int(row.times))] * (row.times > 1 and row.whole),
        ]
    elif part and not row.of_own:
        count = locale("labelled", label=locale.capital(label), count=count)
    elif row.times > 1:
        more = [locale("in reports", number=int(row.times))]
    return _Line(count, locale.join(more, "list"), part, windows)


def _blocks(found: Stated) -> Iterator[pd.DataFrame]:
    """Rows of each tally, or of each party and harm, in the order of the tables; parts below."""
    rows = found.rows.reset_index().set_index("event_id", drop=False)
    whole = rows.loc[rows["inside"].where(rows["inside"].notna(), rows["event_id"])]
    place = dict(zip(found.dataset.tallies["tally_id"], found.dataset.tallies.index, strict=True))
    rows = rows.assign(
        whom=whole["tally_id"].map(place).to_numpy(),
        outer=whole["index"].to_numpy(),
        rank=rows["inside"].notna() * (2 - rows["of_own"]),
    )
    if found.of_tallies:
        rows["whom"] = rows.groupby(["party_id", "harm"])["whom"].transform("min")
    order = ["whom", "outer", "rank"]  # "of them" stands below the number that it is of
    rows = rows.sort_values(order, kind="stable").set_index("index")
    yield from (block for _, block in rows.groupby("whom"))


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


def _draw_line(paper: Paper, days: Days, line: _Line, colour: str) -> None:
    """A number and its days, what else is known behind it or below; a part smaller."""
    ink, before, below = theme.letters(colour), paper.top, days.x == paper.left
    room = paper.across if below else days.x - paper.left - 0.08
    size = SMALL if line.part else NORMAL if colour == theme.GREY else LARGE
    link = figure.link_to(paper.locale, line.windows[-1].event_id)
    wide, indent = text_width(line.count, size, not line.part) + 0.08, 0.12 * line.part
    beside = wide + text_width(line.more, SMALL) <= room
    paper.top += 0.01
    if line.more and beside:
        paper.write(paper.left + wide, paper.top + leading(size) / 2, line.more, SMALL, on=size)
    look = {"colour": ink, "link": link, "bold": not line.part}
    paper.paragraph(line.count, size, x=paper.left + indent, across=room - indent, **look)
    if line.more and not beside:
        paper.paragraph(line.more, SMALL, across=room)
    paper.top += 0.11 if below else 0.01
    middle = paper.top - 0.06 if below else (before + paper.top) / 2
    windows = [figure.window_of(row, paper.locale) for row in line.windows]
    draw_windows(paper, days, windows, middle, ink, 0.8 if line.part else 1.1)


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
            ends = [start + 0.02, stop - 0.02]
            paper.line(ends, [middle, middle], "event", colour=theme.LIGHT, thick=2.2)


plot_statements = figure.make_plot("statements", numbers, words, draw)
