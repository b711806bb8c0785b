"""The figure from the numbers of the text to the total: what counts, what is inside what."""

import pandas as pd

from analysis.bounds.drawn import ledger_drawn, main_harm, nothing_strictly
from analysis.bounds.totals import totals
from analysis.charts.sheet import LARGE, NORMAL, SMALL, Paper, leading, text_width
from analysis.charts.style import GREY, INK, letters
from analysis.data.dataset import Dataset
from analysis.figures.common import (
    Found,
    Telling,
    figure,
    link_to,
    one_source,
    people_in,
    read_strictly,
    rests_on,
    sum_of,
)
from analysis.figures.naming import party_colours, tally_labels
from analysis.language.languages import Language

_INDENT, _GAP, _MOST, _ROWS = 0.16, 0.12, 12, 60
"""Inches; of those inside one other, and of all, so many are drawn."""


def numbers(dataset: Dataset, harm: str | None = None) -> Found:
    """From the numbers in the text to the total: which counts, and which is inside which.

    ``depth`` says inside how many others a number is.
    """
    harm = harm or main_harm(dataset)
    drawn, sums = ledger_drawn(dataset, harm), totals(dataset).query("harm == @harm")
    if drawn.empty or sums.empty:
        raise nothing_strictly(harm)
    return Found(dataset, _by_holder(drawn), rests_on(dataset, drawn), harm, sums)


def _by_holder(drawn: pd.DataFrame) -> pd.DataFrame:
    """Each number that counts and behind it those inside it, at any depth."""
    inside = drawn["inside"].to_dict()
    by_event = dict(zip(drawn["event_id"], drawn.index, strict=True))
    counted = drawn[drawn["counted"] > 0]
    by_tally = dict(zip(counted["tally_id"][::-1], counted.index[::-1], strict=True))
    holder = {at: by_event.get(of, by_tally.get(of)) for at, of in inside.items() if pd.notna(of)}
    chains = {}
    for at in drawn.index:
        chain = [at]
        while holder.get(chain[-1]) not in (None, *chain):
            chain.append(holder[chain[-1]])
        chains[at] = chain[::-1]
    order = sorted(drawn.index, key=lambda at: [(drawn.index.get_loc(each)) for each in chains[at]])
    found = drawn.loc[order]
    return found.assign(depth=[len(chains[at]) - 1 for at in order]).reset_index(drop=True)


def words(found: Found, say: Language) -> Telling:
    """All numbers added, and what is supported."""
    drawn, sums, naive = found.numbers, found.totals, found.numbers["low"].sum()
    name = "title ledger" if naive > sums["low"].sum() else "title ledger same"
    people = people_in(sums, found.harm, say)
    title = say(name, naive=f"{naive:,}", people=people) if one_source(sums) else people
    wide = totals(found.dataset, "wide")
    wide = wide[wide["harm"] == found.harm]
    title = read_strictly(title, [sum_of(sums)], [sum_of(wide)], say)
    labels, rows = tally_labels(found.dataset, say), []
    for row in drawn.itertuples():
        count = say("labelled", label=labels[row.tally_id], count=say.count(row.low, row.high))
        reason = reason_in_words(row, drawn, labels, say)
        rows.append(say("windowed", count=count, window=reason))
    days = found.dataset.events.set_index("event_id").loc[drawn["event_id"]]
    span = days["date_start"].fillna(days["date_end"]).min(), days["date_end"].max()
    what = say("what ledger", harm=say.term("harm", found.harm))
    return Telling(title, rows, what, span)


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


def draw(paper: Paper, found: Found) -> None:
    """A row a number, those inside another indented and grey; below the sums and the gap."""
    say, drawn, sums = paper.say, found.numbers, found.totals
    labels, colours = tally_labels(found.dataset, say), party_colours(found.dataset)
    events = found.dataset.events.set_index("event_id")
    counts = [say.count(row.low, row.high) for row in drawn.itertuples()]
    shown = _drawn(drawn)
    room = max(
        text_width(text, LARGE, True) + _INDENT * depth
        for text, depth in zip(counts, drawn["depth"], strict=True)
    )
    naive = int(drawn["low"].sum())
    alone = one_source(sums)
    if alone:
        room = max(room, text_width(say.count(*sum_of(sums)), LARGE, True))
    room += _GAP
    for row, count in zip(drawn.itertuples(), counts, strict=True):
        if not shown[row.Index]:
            continue
        adds, event = row.counted > 0, events.loc[row.event_id]
        colour = letters(colours[row.party_id]) if adds else GREY
        window = say.window(event["date_start"], event["date_end"], year=False)
        text = say("windowed", count=labels[row.tally_id], window=window)
        if not adds or row.reason != "counted":
            text = say.join([text, reason_in_words(row, drawn, labels, say)], "list")
        entry = (count, text, colour, adds, link_to(say, row.event_id))
        _draw_row(paper, entry, room, _INDENT * row.depth)
    if not shown.all():
        paper.paragraph(say("more counts", number=int((~shown).sum())), SMALL, colour=GREY)
    if alone:
        paper.top += 0.03
        ends = [paper.left, paper.left + paper.across]
        paper.line(ends, [paper.top] * 2, colour=INK, thick=0.8)
        paper.top += 0.03
        total = int(sums["low"].sum())
        _draw_row(paper, (say.count(*sum_of(sums)), say("supported"), INK, True, None), room, 0)
        if naive > total:
            inner = drawn[drawn["counted"] < drawn["low"]]
            twice = [
                f"{low - counted:,}"
                for low, counted in zip(inner["low"], inner["counted"], strict=True)
            ]
            parts = {
                "naive": f"{naive:,}",
                "twice": f"{naive - total:,}",
                "parts": " + ".join(twice),
            }
            few = 1 < len(twice) <= 4
            text = say("naive explained" if few else "naive", **parts)
            _draw_row(paper, (f"{naive:,}", text, GREY, False, None), room, 0, struck=True)


def _drawn(drawn: pd.DataFrame) -> pd.Series:
    """Whether a number is drawn: of those inside another the first few."""
    holder = (drawn["depth"] == 0).cumsum()
    few = (drawn["counted"] > 0) | (drawn.groupby(holder).cumcount() <= _MOST)
    return few & (few.cumsum() <= _ROWS)


def _draw_row(paper: Paper, entry: tuple, room: float, indent: float, struck: bool = False) -> None:
    count, text, colour, adds, link = entry
    size = LARGE if adds or struck else NORMAL
    tall = leading(LARGE) + 0.02 if adds or struck else leading(NORMAL)
    middle = paper.top + tall / 2
    look = {"bold": adds, "colour": colour, "link": link, "struck": struck}
    paper.write(paper.left + indent, middle, count, size, **look)
    start, before = paper.left + room + indent, paper.top
    paper.top += (tall - leading(NORMAL)) / 2
    paper.paragraph(text, NORMAL if adds else SMALL, x=start, colour=INK if adds else GREY)
    paper.top = max(paper.top, before + tall)


plot_ledger = figure("ledger", numbers, words, draw)
