"""The figure from the numbers of the text to the total: what counts, what is inside what."""

from datetime import date
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.bounds.drawn import ledger_drawn, main_harm
from analysis.bounds.totals import totals
from analysis.charts import sheet
from analysis.charts import style as theme
from analysis.charts.bars import open_arrow
from analysis.charts.sheet import SIDE, Chart, Line
from analysis.data.dataset import Dataset
from analysis.figures.common import Found, Telling, make, rests_on, summed, summed_title, telling_of
from analysis.figures.naming import party_colours, tally_labels
from analysis.language.languages import Language


def plot_ledger(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    as_of: date | str | None = None,
) -> Chart:
    """From the numbers in the text to the total: which counts, and which is inside which.

    Parameters as for :func:`~analysis.figures.common.make`.
    """
    return make("ledger", (numbers, words, draw), dataset, language, width, as_of, harm=harm)


def numbers(dataset: Dataset, harm: str | None = None) -> Found:
    """What each number of the text adds to the totals."""
    harm = harm or main_harm(dataset)
    drawn = ledger_drawn(dataset, harm)
    all_sums = totals(dataset)
    sums = all_sums[all_sums["harm"] == harm]
    return Found(dataset, drawn, rests_on(dataset, drawn), harm, sums)


def words(found: Found, say: Language) -> Telling:
    """All numbers added, and what is supported."""
    drawn, sums, naive = found.numbers, found.totals, found.numbers["low"].sum()
    name = "title ledger" if naive > sums["low"].sum() else "title ledger same"
    title = summed_title(name, sums, found.harm, say, naive=f"{naive:,}")
    labels = tally_labels(found.dataset, say)
    rows = []
    for row in drawn.itertuples():
        count = say("labelled", label=labels[row.tally_id], count=say.count(row.low, row.high))
        reason = reason_in_words(row, drawn, labels, say)
        rows.append(say("windowed", count=count, window=reason))
    parts = {"harm": say.term("harm", found.harm), "total": summed(sums, say)}
    return telling_of("ledger", title, rows, found, say, **parts)


def reason_in_words(row, drawn: pd.DataFrame, labels: dict[str, str], say: Language) -> str:
    """What a number adds to the total, and what it is inside of."""
    reason = say.term("reason", row.reason)
    if row.counted or row.reason == "counted":
        whole = row.counted == row.low
        adds = say("adds", count=say.count(row.low, row.high) if whole else f"{row.counted:,}")
        return adds if row.reason == "counted" else f"{adds}: {reason}"
    if pd.isna(row.inside):
        return reason
    of = labels.get(row.inside, row.inside)
    for holder in drawn[drawn["event_id"] == row.inside].itertuples():
        of = say.count(holder.low, holder.high)
    return f"{reason} {of}"


class Entry(NamedTuple):
    """A row: number, name, what it adds; bars one after the other (persons, look), open or not."""

    number: str
    name: str
    reason: str
    colour: str
    bars: list[tuple[int, dict]]
    still_open: bool = False
    inset: float = 0


class Places(NamedTuple):
    """Where the columns of the list start, in inches, and how long its longest bar may be."""

    one_line: bool
    name: float
    bar: float
    room: float

    def height(self, head: list[Line]) -> float:
        """Height of a row in inches, ``head`` being the lines above its bar."""
        return 0.2 if self.one_line else sheet.tall_of(head) + 0.19


def draw(chart: Chart, found: Found, telling: Telling) -> None:
    """A row a number, and below a line the sums, where there is one source to sum."""
    say, sums = chart.say, found.totals
    rows = _entries(found, say)
    single = len(sums["source_original"].unique()) == 1
    entries = [*rows, *(_sums(found, say) if single else [])]
    places = _columns(chart, entries)
    heads = [_head(chart, places, entry) for entry in entries]
    samples = [
        (theme.solid(theme.GREY), say("key counts")),
        (theme.outlined(theme.GREY), say("key inside")),
    ]
    foot = sheet.key_height(chart, samples)
    tall = sum(map(places.height, heads)) + 0.12 + foot
    place = sheet.frame(chart, telling.subtitle, [chart.source, say("bounds")], tall + 0.05)
    paper = sheet.paper_axes(chart, *place, tall)
    scale = places.room / max(int(found.numbers["low"].sum()), int(sums["low"].sum()), 1)
    top = tall - 0.05
    for at, (entry, head) in enumerate(zip(entries, heads, strict=True)):
        if at == len(rows):
            paper.plot([SIDE, SIDE + chart.across], [top, top], color=theme.GREY, lw=0.6)
        _draw_row(paper, chart, places, entry, head, top - 0.06 * (at >= len(rows)), scale)
        top -= places.height(head)
    sheet.key(chart, paper, samples, foot)


def _entries(found: Found, say: Language) -> list[Entry]:
    """The numbers in the order of their tallies, those that count first."""
    labels = tally_labels(found.dataset, say)
    colours = party_colours(found.dataset.parties)
    order = {name: place for place, name in enumerate(found.dataset.tallies["tally_id"])}
    ordered = found.numbers.assign(order=found.numbers["tally_id"].map(order)).sort_values(
        ["order", "counted", "low"], ascending=[True, False, False], kind="stable"
    )
    return [
        Entry(
            say.count(row.low, row.high),
            labels[row.tally_id],
            reason_in_words(row, found.numbers, labels, say),
            colours[row.party_id],
            [(row.low, (theme.solid if row.counted else theme.outlined)(colours[row.party_id]))],
            pd.isna(row.high),
            0.1 * pd.notna(row.subset_of),
        )
        for row in ordered.itertuples()
    ]


def _sums(found: Found, say: Language) -> list[Entry]:
    """What is supported, in the colours of its parties, and all numbers added."""
    colours, sums = party_colours(found.dataset.parties), found.totals
    parts = [(row.low, theme.solid(colours[row.party_id], "white")) for row in sums.itertuples()]
    still_open, naive = sums["high"].isna().any(), int(found.numbers["low"].sum())
    added = [(naive, theme.outlined(theme.GREY))]
    return [
        Entry(summed(sums, say), say("supported"), "", theme.INK, parts, still_open),
        Entry(f"{naive:,}", say("naive"), "", theme.GREY, added),
    ]


def _columns(chart: Chart, entries: list[Entry]) -> Places:
    """Columns as wide as their words; on two lines where one has no room for bars."""
    number, name, reason = (
        max(sheet.text_width(chart, text, 7.5, weight) for text in texts)
        for weight, texts in (
            ("bold", [entry.number for entry in entries]),
            ("normal", [entry.name for entry in entries]),
            ("normal", [entry.reason for entry in entries]),
        )
    )
    at = SIDE + 0.1 + number + 0.15
    bar = at + name + 0.2
    room = SIDE + chart.across - bar - reason - 0.3
    if room >= 1.2:
        return Places(True, at, bar, room)
    return Places(False, 0, SIDE, chart.across - 0.3)


def _head(chart: Chart, places: Places, entry: Entry) -> list[Line]:
    """Number and name above a bar; below them what it adds where it has no room beside them."""
    if places.one_line:
        return []
    width, said = chart.across - 0.1, f"{entry.number}  {entry.name}"
    lines = [Line(said, 7.5, colour=entry.colour)]
    if sheet.text_width(chart, f"{said}   {entry.reason}", 7.7) + 0.2 > width:
        lines.append(Line(entry.reason, 7.5, colour=theme.GREY))
    return sheet.broken(chart, lines, width)


def _draw_row(
    paper: Axes,
    chart: Chart,
    places: Places,
    entry: Entry,
    head: list[Line],
    top: float,
    scale: float,
) -> None:
    """Number, name, bar to scale and what it adds, on one line or with the words above."""
    reason = Line(entry.reason, 7.5, colour=theme.GREY)
    start, base = places.bar, top - 0.125
    if places.one_line:
        number = Line(entry.number, 7.5, "bold", entry.colour)
        sheet.write(paper, chart, number, SIDE + entry.inset, top, va="top")
        name = Line(entry.name, 7.5)
        sheet.write(paper, chart, name, places.name + entry.inset, top, va="top")
    else:
        start = SIDE + entry.inset
        base = sheet.write_lines(paper, chart, head, start, top) - 0.12
    for persons, look in entry.bars:
        paper.add_patch(Rectangle((start, base), persons * scale, 0.1, **look))
        start += persons * scale
    if entry.still_open:
        open_arrow(paper, start, base + 0.05, 0.16, entry.colour)
        start += 0.18
    if places.one_line:
        sheet.write(paper, chart, reason, start + 0.07, top, va="top")
    elif len(head) == 1:
        sheet.write(paper, chart, reason, SIDE + chart.across, top, va="top", ha=chart.far)
