"""The figure from the numbers of the text to the total: what counts, what is inside what.

It is for one text: of more numbers than a reader follows the figure by party says the result.
"""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import days_spanned, ledger_drawn, main_harm, nothing_strictly
from analysis.charts.sheet import LARGE, NORMAL, SMALL, Paper, leading, text_width
from analysis.charts.style import GREY, INK, letters
from analysis.data.dataset import Dataset
from analysis.data.links import chain
from analysis.data.problems import NothingToDrawError
from analysis.figures import figure, naming, readings, wording
from analysis.figures.colours import tally_colours
from analysis.figures.notes import left_out_in_words
from analysis.figures.panels import tallies_of
from analysis.language.locales import Locale

_INDENT, _GAP, _MOST = 0.16, 0.12, 15
"""Inches; so many numbers are drawn at most."""


def numbers(
    dataset: Dataset, harm: str | None = None, *, parties: Collection[str] | None = None
) -> figure.FigureData:
    """From the numbers in the text to the total: which counts, and which is inside which.

    Of all parties, or of ``parties`` alone. ``depth`` says inside how many others a number is.
    A text of more than 15 numbers has none.

    Examples
    --------
    >>> import analysis
    >>> figure = analysis.plot_ledger(analysis.load("data/report"))
    >>> figure.numbers["low"].sum().item(), figure.numbers["counted"].sum().item()
    (160, 145)
    """
    harm = harm or main_harm(dataset)
    own = tallies_of(dataset, parties)["party_id"]
    rows = ledger_drawn(dataset, harm), *readings.totals_of(dataset, harm)
    drawn, summed, loosest = (each[each["party_id"].isin(own)] for each in rows)
    drawn = drawn.reset_index(drop=True)
    if drawn.empty or summed.empty:
        raise nothing_strictly(dataset, harm)
    if len(drawn) > _MOST:
        raise NothingToDrawError(
            f"nothing to draw: {len(drawn)} numbers ({harm}) are more than the {_MOST} that one "
            "ledger shows; see plot_by_party for what they come to"
        )
    rests, sums = figure.rests_on(dataset, drawn), {"summed": summed, "loosest": loosest}
    days = days_spanned(dataset.events[dataset.events["event_id"].isin(drawn["event_id"])])
    return figure.FigureData(dataset, _by_holder(drawn), rests, harm, days, **sums)


def _by_holder(drawn: pd.DataFrame) -> pd.DataFrame:
    """Each number that counts and behind it those inside it, at any depth."""
    inside = drawn["inside"].to_dict()
    by_event = dict(zip(drawn["event_id"], drawn.index, strict=True))
    first = drawn.sort_values("counted", key=lambda counted: counted == 0, kind="stable")
    by_tally = dict(zip(first["tally_id"][::-1], first.index[::-1], strict=True))
    holder = {at: by_event.get(of, by_tally.get(of)) for at, of in inside.items() if pd.notna(of)}
    chains = {at: chain(at, holder)[::-1] for at in drawn.index}
    order = sorted(drawn.index, key=lambda at: [(drawn.index.get_loc(each)) for each in chains[at]])
    found = drawn.loc[order]
    return found.assign(depth=[len(chains[at]) - 1 for at in order]).reset_index(drop=True)


def words(found: figure.FigureData, locale: Locale) -> figure.FigureText:
    """All numbers added, and what is supported."""
    drawn, sums, naive = found.numbers, found.summed, found.numbers["low"].sum()
    name = "title ledger" if naive > sums["low"].sum() else "title ledger same"
    people = readings.people_in(sums, found.harm, locale)
    added = readings.one_source(sums) and naive
    title = locale(name, naive=int(naive), people=people) if added else people
    labels, rows = naming.tally_labels(found.dataset, locale), []
    for row in drawn.itertuples():
        count = locale(
            "labelled", label=labels[row.tally_id], count=wording.count(found.dataset, row, locale)
        )
        reason = reason_in_words(row, drawn, labels, locale)
        rows.append(locale("windowed", count=count, window=reason))
    notes = left_out_in_words(found.dataset, drawn["event_id"], locale, found.harm)
    sum_of = [readings.sum_of(rows) for rows in (sums, found.loosest)]
    if added and locale.count(*sum_of[0]) != locale.count(*sum_of[1]):
        notes.append(
            locale("note loosest", rows=readings.people_in(found.loosest, found.harm, locale))
        )
    return figure.FigureText(title, rows, "what ledger", notes=notes)


def reason_in_words(row, drawn: pd.DataFrame, labels: dict[str, str], locale: Locale) -> str:
    """What a number adds to the total, and the number that it is inside of."""
    reason = locale.term("reason", row.reason)
    if pd.notna(row.inside) and row.reason != "withdrawn":  # by what has no number
        of = labels.get(row.inside, row.inside)
        holders = drawn[(drawn["event_id"] == row.inside) | (drawn["tally_id"] == row.inside)]
        for holder in holders.sort_values("counted").itertuples():
            of = locale.count(holder.low, holder.high)
        reason = locale("reason of", reason=reason, of=of)
    if not row.counted and row.reason != "counted":
        return reason
    if not adds_to_total(row, drawn):
        return locale("counted apart")
    whole = row.counted == row.low
    adds = locale("adds", count=locale.count(row.low, row.high) if whole else int(row.counted))
    return adds if row.reason == "counted" else locale("labelled", label=adds, count=reason)


def adds_to_total(row, drawn: pd.DataFrame) -> bool:
    """Whether a number adds to the total of the source that counts most: no other is added."""
    sources = drawn["source_original"].fillna("")
    most = drawn["counted"].groupby(sources, sort=False).sum().idxmax()
    own = "" if pd.isna(row.source_original) else row.source_original
    return bool(row.counted > 0 and own == most)


class Entry(NamedTuple):
    """A number and what it is; large in ``colour`` where it ``adds`` to the total, else grey."""

    count: str
    text: str
    colour: str = GREY
    adds: bool = False
    depth: int = 0
    link: str | None = None
    struck: bool = False


def draw(paper: Paper, found: figure.FigureData) -> None:
    """A row a number, those inside another indented and grey; below the sums and the gap."""
    locale = paper.locale
    entries = _entries(found, locale)
    sums = _sums(found, locale) if readings.one_source(found.summed) else []
    room = _GAP + max(
        text_width(entry.count, LARGE, True) + _INDENT * entry.depth for entry in (*entries, *sums)
    )
    for entry in entries:
        _draw_entry(paper, entry, room)
    if sums:
        paper.top += 0.03
        paper.line([paper.left, paper.left + paper.across], [paper.top] * 2)
        paper.top += 0.03
    for entry in sums:
        _draw_entry(paper, entry, room)


def _entries(found: figure.FigureData, locale: Locale) -> list[Entry]:
    """The numbers of the text, each with its days and why it adds nothing."""
    labels, colours = naming.tally_labels(found.dataset, locale), tally_colours(found.dataset)
    events, entries = found.dataset.events.set_index("event_id"), []
    for row in found.numbers.itertuples():
        adds, event = adds_to_total(row, found.numbers), events.loc[row.event_id]
        window = locale.window(event["date_start"], event["date_end"], found.spans_years)
        text = locale("windowed", count=labels[row.tally_id], window=window)
        if not adds or row.reason != "counted":
            text = locale.join([text, reason_in_words(row, found.numbers, labels, locale)], "list")
        colour = letters(colours[row.tally_id]) if adds else GREY
        count = wording.count(found.dataset, row, locale)
        link = figure.link_to(locale, row.event_id)
        gone = row.reason in ("taken back", "withdrawn")
        entries.append(Entry(count, text, colour, adds, row.depth, link, gone))
    return entries


def _sums(found: figure.FigureData, locale: Locale) -> list[Entry]:
    """What is supported, and struck through the sum of all numbers where it is more."""
    drawn, total = found.numbers, int(found.summed["low"].sum())
    entries = [
        Entry(locale.count(*readings.sum_of(found.summed)), locale("supported"), INK, adds=True)
    ]
    naive = int(drawn["low"].sum())
    if naive > total:
        twice = (drawn["low"] - drawn["counted"])[drawn["counted"] < drawn["low"]]
        counts = {"naive": locale.number(naive), "twice": naive - total}
        parts = locale.join(map(locale.number, twice), "sum")
        inside = 1 < len(twice) <= 4 and not drawn["reason"].isin(["taken back", "withdrawn"]).any()
        text = locale("naive explained" if inside else "naive", parts=parts, **counts)
        entries.append(Entry(counts["naive"], text, struck=True))
    return entries


def _draw_entry(paper: Paper, entry: Entry, room: float) -> None:
    size = LARGE if entry.adds or (entry.struck and not entry.link) else NORMAL
    before, tall = paper.top, leading(size) + 0.02 * (size == LARGE)
    look = {"bold": entry.adds, "colour": entry.colour, "link": entry.link, "struck": entry.struck}
    x = paper.left + _INDENT * entry.depth
    paper.write(x, before + tall / 2, entry.count, size, **look)
    paper.top += (tall - leading(NORMAL)) / 2
    size, colour = (NORMAL, INK) if entry.adds else (SMALL, GREY)
    paper.paragraph(entry.text, size, x=x + room, colour=colour)
    paper.top = max(paper.top, before + tall)


plot_ledger = figure.make_plot("ledger", numbers, words, draw)
