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
    drawn, sums = ledger_drawn(dataset, harm), totals(dataset).query("harm == @harm")
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


Columns = tuple[float, float, float] | None


def draw(chart: Chart, found: Found, telling: Telling) -> None:
    """A row a number, and below a line the sums, where there is one source to sum."""
    say, sums = chart.say, found.totals
    entries = _entries(found, say)
    rows, naive = len(entries), int(found.numbers["low"].sum())
    if len(sums["source_original"].unique()) == 1:
        colours, still_open = party_colours(found.dataset.parties), sums["high"].isna().any()
        ends = zip(sums["low"], sums["party_id"].map(colours), strict=True)
        parts = [(low, theme.solid(colour, "white")) for low, colour in ends]
        total, added = summed(sums, say), [(naive, theme.outlined(theme.GREY))]
        entries.append(Entry(total, say("supported"), "", theme.INK, parts, still_open))
        entries.append(Entry(f"{naive:,}", say("naive"), "", theme.GREY, added))
    columns = _columns(chart, entries)
    room = columns[-1] if columns else chart.across - 0.3
    heads = [[] if columns else _head(chart, entry) for entry in entries]
    heights = [0.2 if columns else sheet.tall_of(head) + 0.19 for head in heads]
    samples = [
        (theme.solid(theme.GREY), say("key counts")),
        (theme.outlined(theme.GREY), say("key inside")),
    ]
    foot = sheet.key_height(chart, samples)
    tall = sum(heights) + 0.12 + foot
    place = sheet.frame(chart, telling.subtitle, [chart.source, say("bounds")], tall + 0.05)
    paper = sheet.paper_axes(chart, *place, tall)
    scale = room / max(naive, int(sums["low"].sum()), 1)
    top = tall - 0.05
    for at, (entry, head, height) in enumerate(zip(entries, heads, heights, strict=True)):
        if at == rows:
            paper.plot([SIDE, SIDE + chart.across], [top, top], color=theme.GREY, lw=0.6)
        _draw_row(paper, entry, columns, head, top - 0.06 * (at >= rows), scale)
        top -= height
    sheet.key(chart, paper, samples, foot)


def _entries(found: Found, say: Language) -> list[Entry]:
    """The numbers in the order of their tallies, those that count first."""
    labels, colours = tally_labels(found.dataset, say), party_colours(found.dataset.parties)
    order = {name: place for place, name in enumerate(found.dataset.tallies["tally_id"])}
    ordered = found.numbers.assign(order=found.numbers["tally_id"].map(order)).sort_values(
        ["order", "counted", "low"], ascending=[True, False, False], kind="stable"
    )
    entries = []
    for row in ordered.itertuples():
        count, name = say.count(row.low, row.high), labels[row.tally_id]
        colour = colours[row.party_id]
        reason = reason_in_words(row, found.numbers, labels, say)
        bars = [(row.low, (theme.solid if row.counted else theme.outlined)(colour))]
        inset = 0.1 * pd.notna(row.subset_of)
        entries.append(Entry(count, name, reason, colour, bars, pd.isna(row.high), inset))
    return entries


def _columns(chart: Chart, entries: list[Entry]) -> Columns:
    """Where names and bars start, in inches, and room for these; nothing where it is too little."""
    texts = zip(*(entry[:3] for entry in entries), strict=True)
    number, name, reason = (
        max(sheet.text_width(chart, text, 7.5, weight) for text in column)
        for column, weight in zip(texts, ("bold", "normal", "normal"), strict=True)
    )
    at = SIDE + 0.1 + number + 0.15
    bar = at + name + 0.2
    room = SIDE + chart.across - bar - reason - 0.3
    return (at, bar, room) if room >= 1.2 else None


def _head(chart: Chart, entry: Entry) -> list[Line]:
    """Number and name above a bar; below them what it adds where it has no room beside them."""
    width, said = chart.across - 0.1, f"{entry.number}  {entry.name}"
    lines = [Line(said, 7.5, colour=entry.colour)]
    if sheet.text_width(chart, f"{said}   {entry.reason}", 7.7) + 0.2 > width:
        lines.append(Line(entry.reason, 7.5, colour=theme.GREY))
    return sheet.broken(chart, lines, width)


def _draw_row(
    paper: Axes, entry: Entry, columns: Columns, head: list[Line], top: float, scale: float
) -> None:
    """Number, name, bar to scale and what it adds: in columns, or below lines with the words."""
    chart, reason = paper.figure, Line(entry.reason, 7.5, colour=theme.GREY)
    if columns:
        name_at, start, _ = columns
        number = Line(entry.number, 7.5, "bold", entry.colour)
        sheet.write(paper, chart, number, SIDE + entry.inset, top, va="top")
        sheet.write(paper, chart, Line(entry.name, 7.5), name_at + entry.inset, top, va="top")
        base = top - 0.125
    else:
        start = SIDE + entry.inset
        base = sheet.write_lines(paper, chart, head, start, top) - 0.12
    for persons, look in entry.bars:
        paper.add_patch(Rectangle((start, base), persons * scale, 0.1, **look))
        start += persons * scale
    if entry.still_open:
        open_arrow(paper, start, base + 0.05, 0.16, entry.colour)
        start += 0.18
    if columns:
        sheet.write(paper, chart, reason, start + 0.07, top, va="top")
    elif len(head) == 1:
        sheet.write(paper, chart, reason, SIDE + chart.across, top, va="top", ha=chart.far)
