"""The figure from the numbers of the text to the total: what counts, what is inside what.

It is for one text: of more numbers than a reader follows the figure by party says the result.
"""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import (
    chosen_harm,
    days_spanned,
    default_harm,
    ledger_drawn,
    no_primary_count,
)
from analysis.bounds.parties import parties_of
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
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
) -> figure.FigureData:
    """From the numbers in the text to the total: which counts, and which is inside which.

    Of all parties, or of ``parties`` or ``tallies`` (with their parts) alone. ``depth`` says inside
    how many others a number is. A text of more than 15 numbers has none.

    Examples
    --------
    >>> import analysis
    >>> figure = analysis.plot_ledger(analysis.load("data/report"))
    >>> figure.numbers["low"].sum().item(), figure.numbers["counted"].sum().item()
    (160, 145)
    """
    named = tallies_of(dataset, parties, tallies)
    if tallies is None or named.empty:
        harm = harm or default_harm(dataset)
        rows = ledger_drawn(dataset, harm), *readings.totals_of(dataset, harm)
        drawn, summed, loosest = (
            each[each["party_id"].isin(named["party_id"])].reset_index(drop=True) for each in rows
        )
    else:
        harm = chosen_harm(dataset, named["tally_id"], harm)
        drawn = ledger_drawn(dataset, harm, named["tally_id"])
        table = parties_of(dataset)
        wholes = table.named(named["tally_id"])
        summed = loosest = table.together(wholes)
        if len(summed) == len(wholes):
            loosest = wholes.assign(low=wholes["wide_low"], high=wholes["wide_high"])
    if drawn.empty or summed.empty:
        raise no_primary_count(dataset, harm)
    if len(drawn) > _MOST:
        raise NothingToDrawError(
            f"nothing to draw: {len(drawn)} numbers ({harm}) are more than the {_MOST} that one "
            "ledger shows; see plot_by_party for what they come to"
        )
    events = dataset.events.set_index("event_id")
    drawn = drawn.join(events[["date_start", "date_end"]], on="event_id")
    rests, sums = figure.rests_on(dataset, drawn), {"summed": summed, "loosest": loosest}
    return figure.FigureData(dataset, _by_holder(drawn), rests, harm, days_spanned(drawn), **sums)


def _by_holder(drawn: pd.DataFrame) -> pd.DataFrame:
    """Each number that counts and behind it those inside it, at any depth."""
    first = drawn.sort_values("counted", key=lambda counted: counted == 0, kind="stable")
    first = first.drop_duplicates("tally_id")
    place = dict(zip(first["tally_id"], first.index, strict=True))
    place |= dict(zip(drawn["event_id"], drawn.index, strict=True))
    inside = drawn["inside"].dropna()
    holder = {at: place[of] for at, of in inside.items() if of in place}
    chains = [chain(at, holder)[::-1] for at in drawn.index]
    found = drawn.assign(depth=[len(each) - 1 for each in chains])
    return found.loc[sorted(drawn.index, key=chains.__getitem__)].reset_index(drop=True)


def words(found: figure.FigureData, locale: Locale) -> figure.FigureText:
    """All numbers added, and what is supported."""
    drawn, sums, naive = found.numbers, found.summed, int(found.numbers["low"].sum())
    title = people = readings.people_in(sums, found.harm, locale)
    added = readings.one_source(sums) and naive
    if added:
        name = "title ledger" if naive > sums["low"].sum() else "title ledger same"
        title = locale(name, naive=naive, people=people)
    labels, rows = naming.tally_labels(found.dataset, locale), []
    for row in drawn.itertuples():
        count = wording.count(found.dataset, row, locale)
        count = locale("labelled", label=labels[row.tally_id], count=count)
        reason = reason_in_words(row, drawn, labels, locale)
        rows.append(locale("windowed", count=count, window=reason))
    notes = left_out_in_words(found.dataset, drawn["event_id"], locale, found.harm)
    strict, loosest = (locale.count(*readings.sum_of(each)) for each in (sums, found.loosest))
    if added and strict != loosest:
        people = readings.people_in(found.loosest, found.harm, locale)
        notes.append(locale("note loosest", rows=people))
    return figure.FigureText(title, rows, "what ledger", notes=notes)


def reason_in_words(row, drawn: pd.DataFrame, labels: dict[str, str], locale: Locale) -> str:
    """What a number adds to the total, and the number that it is inside of."""
    reason = locale.term("reason", row.reason)
    if pd.notna(row.inside) and row.reason != "withdrawn":  # by what has no number
        of = labels.get(row.inside, row.inside)
        holders = drawn[(drawn["event_id"] == row.inside) | (drawn["tally_id"] == row.inside)]
        if len(holders):
            holder = holders.sort_values("counted").iloc[-1]
            of = locale.count(holder["low"], holder["high"])
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


class _Entry(NamedTuple):
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
    entries = _entries(found, paper.locale)
    sums = _sums(found, paper.locale) if readings.one_source(found.summed) else []
    wide = [text_width(each.count, LARGE, True) + _INDENT * each.depth for each in entries + sums]
    for entry in entries:
        _draw_entry(paper, entry, _GAP + max(wide))
    if sums:
        paper.top += 0.03
        paper.line([paper.left, paper.left + paper.across], [paper.top] * 2)
        paper.top += 0.03
    for entry in sums:
        _draw_entry(paper, entry, _GAP + max(wide))


def _entries(found: figure.FigureData, locale: Locale) -> list[_Entry]:
    """The numbers of the text, each with its days and why it adds nothing."""
    labels, colours = naming.tally_labels(found.dataset, locale), tally_colours(found.dataset)
    entries = []
    for row in found.numbers.itertuples():
        adds = adds_to_total(row, found.numbers)
        window = locale.window(row.date_start, row.date_end, found.spans_years)
        text = locale("windowed", count=labels[row.tally_id], window=window)
        if not adds or row.reason != "counted":
            text = locale.join([text, reason_in_words(row, found.numbers, labels, locale)], "list")
        colour = letters(colours[row.tally_id]) if adds else GREY
        count = wording.count(found.dataset, row, locale)
        link = figure.link_to(locale, row.event_id)
        struck = row.reason in ("taken back", "withdrawn")
        entries.append(_Entry(count, text, colour, adds, row.depth, link, struck))
    return entries


def _sums(found: figure.FigureData, locale: Locale) -> list[_Entry]:
    """What is supported, and struck through the sum of all numbers where it is more."""
    drawn, total = found.numbers, readings.sum_of(found.summed)
    entries = [_Entry(locale.count(*total), locale("supported"), INK, adds=True)]
    naive = int(drawn["low"].sum())
    if naive > total[0]:
        gaps = (drawn["low"] - drawn["counted"])[drawn["counted"] < drawn["low"]]
        few = 1 < len(gaps) <= 4 and not drawn["reason"].isin(["taken back", "withdrawn"]).any()
        count, parts = locale.number(naive), locale.join(map(locale.number, gaps), "sum")
        about = {"naive": count, "twice": naive - int(total[0]), "parts": parts}
        text = locale("naive explained" if few else "naive", **about)
        entries.append(_Entry(count, text, struck=True))
    return entries


def _draw_entry(paper: Paper, entry: _Entry, room: float) -> None:
    """A count in the column of numbers, and what it is behind it."""
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
