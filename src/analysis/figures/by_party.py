"""The figure of everybody harmed, by party: equal bars, parts inside, what is never added apart."""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import (
    by_party_drawn,
    depth_first,
    main_harm,
    nothing_strictly,
    other_harms,
    with_parts,
)
from analysis.bounds.revisions import chosen_harm, outermost
from analysis.charts.bars import draw_range
from analysis.charts.key import Sample
from analysis.charts.sheet import LARGE, NORMAL, SMALL, Paper, leading, text_width
from analysis.charts.style import GREY, letters
from analysis.data.dataset import Dataset
from analysis.figures.common import (
    CASUALTIES,
    Telling,
    figure,
    key_of_ranges,
    link_to_last,
    one_source,
    people_in,
    range_of,
    read_strictly,
    rests_on,
    sum_of,
    total_in_words,
)
from analysis.figures.naming import part_in_words, party_colours, tally_labels
from analysis.language.languages import Language

_BAR, _PART, _INDENT = 0.18, 0.08, 0.12


class ByParty(NamedTuple):
    """Totals of each tally in both readings, and the days that those of the harm are of."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    days: tuple[pd.Timestamp, pd.Timestamp]
    chosen: str

    @property
    def own(self) -> pd.DataFrame:
        """Those of the harm that is asked for, which are added."""
        return self.numbers[self.numbers["harm"] == self.harm]

    @property
    def apart(self) -> pd.DataFrame:
        """Those of other harms."""
        return self.numbers[self.numbers["harm"] != self.harm]

    @property
    def whole(self) -> pd.DataFrame:
        """Those that are part of no other."""
        return self.own[self.own["depth"] == 0]


def numbers(
    dataset: Dataset, harm: str | None = None, *, tallies: Collection[str] | None = None
) -> ByParty:
    """Bars of everybody harmed, by party.

    Of all tallies that are part of no other, or of ``tallies``. Parts stand inside their party;
    what is given as "at least" is left open. Who is counted for something else, such as those
    executed or evacuated, stands apart and is never added.
    """
    harm = harm or (main_harm(dataset) if tallies is None else chosen_harm(dataset, tallies))
    drawn, chosen = by_party_drawn(dataset, harm), "all"
    if tallies is not None:
        names, chosen = outermost(dataset, tallies)
        drawn = pd.concat([with_parts(drawn, name) for name in names])
        if drawn.empty:
            raise nothing_strictly(harm)
    others = [by_party_drawn(dataset, other) for other in other_harms(dataset, harm)]
    events = dataset.events[dataset.events["event_id"].isin(rests_on(dataset, drawn))]
    days = events["date_start"].fillna(events["date_end"]).min(), events["date_end"].max()
    shown = depth_first(pd.concat([drawn, *others]))
    return ByParty(dataset, shown, rests_on(dataset, shown), harm, days, chosen)


def words(found: ByParty, say: Language) -> Telling:
    """Everybody in the title, and civilians apart where they are some of them."""
    whole = found.whole
    people = people_in(whole, found.harm, say)
    if found.chosen == "chosen" and one_source(whole):
        people = say("in counts shown", people=people)
    title = say.capital(people)
    status = found.dataset.parties.set_index("party_id")["status"]
    civilians = whole[whole["party_id"].map(status) == "civilian"]
    alone = one_source(whole) and found.chosen != "shared"
    if alone and 0 < len(civilians) < len(whole):
        among = say.people("civilian", *sum_of(civilians))
        title = say("title civilians", total=title, civilians=among)
    told = [whole, civilians]
    wide = [rows.assign(low=rows["wide_low"], high=rows["wide_high"]) for rows in told]
    title = read_strictly(title, [*map(sum_of, told)], [*map(sum_of, wide)], say)
    if found.chosen == "shared":
        title = say("title shared", harm=say.term("harm", found.harm))
    rows = rows_in_words(found, say)
    rows += [text] if (text := _apart(found, found.apart, say)) else []
    persons = say.count(*sum_of(whole)) if alone else ""
    what = say("what by party", harm=say.term("harm", found.harm))
    return Telling(title, rows, what, found.days, persons=persons)


def rows_in_words(found: ByParty, say: Language) -> list[str]:
    """Each party's total with its parts, and what the loosest reading says where it differs."""
    labels, rows = tally_labels(found.dataset, say), []
    for row in found.own.itertuples():
        said = say("labelled", label=labels[row.tally_id], count=total_in_words(row, say))
        if row.depth:
            said = _part_in_words(found, row, say)
            rows[-1] = say.join([rows[-1], say("of them", text=said)], "list")
        else:
            rows.append(said)
    return rows


def _part_in_words(found: ByParty, row, say: Language) -> str:
    """A part with its count, and what the loosest reading says of it where that differs."""
    ends, wide = (row.low, row.high), (row.wide_low, row.wide_high)
    said = part_in_words(found.dataset, row.tally_id, ends, say)
    if say.count(*wide) == say.count(*ends):
        return said
    return say("windowed", count=said, window=say("wide", count=say.count(*wide)))


def _apart(found: ByParty, rows: pd.DataFrame, say: Language) -> str:
    """Who is counted for something else, in a sentence; nothing where nobody is."""
    labels, rows = tally_labels(found.dataset, say), rows[rows["depth"] == 0]
    told = [
        say("windowed", count=say.people(row.harm, row.low, row.high), window=labels[row.tally_id])
        for row in rows.itertuples()
    ]
    return say("apart", counts=say.join(told)) if told else ""


def draw(paper: Paper, found: ByParty) -> list[Sample]:
    """A bar a tally, its parts as thin ones inside its length; a source a block."""
    say, colours = paper.say, party_colours(found.dataset)
    labels, sourced = (tally_labels(found.dataset, say, each) for each in (False, True))
    shown = pd.concat([found.own, found.apart[found.apart["harm"].isin(CASUALTIES)]])
    ranges = [range_of(row) for row in found.own.itertuples()]
    counts = [say.count(row.low, row.high) for row in shown.itertuples()]
    loosest = [_loosest(row, say) for row in shown.itertuples()]
    beside = 0.4 + max(
        text_width(text, LARGE, True)
        + (0.1 + text_width(wide, SMALL)) * (paper.page and bool(wide))
        for text, wide in zip(counts, loosest, strict=True)
    )
    reach = max(max(one.reach for one in ranges), 1)
    scale = max(paper.across - beside, 0.45 * paper.across) / reach
    several, before = not one_source(found.whole), ("", "")
    for row, counted in zip(shown.itertuples(), counts, strict=True):
        source, apart = row.source_original, row.harm != found.harm
        fresh = row.harm != before[1] if apart else several and (source, row.harm) != before
        if not row.depth and fresh:
            paper.top += 0.05
            named = say.term("harm", row.harm) if apart else say.source(source)
            heading = say("apart", counts=named) if apart else named
            paper.paragraph(say.capital(heading), SMALL, colour=GREY)
        before = (source, row.harm)
        # What is never added has a bar of its own only where it is no longer than the others.
        fits = range_of(row).reach <= reach
        name = (sourced if apart else labels)[row.tally_id]
        if row.depth:
            name = _part_in_words(found, row, say)
        link = link_to_last(found.dataset, row.tally_id, say)
        _draw_row(paper, row, (name, counted, link), colours, scale * fits)
    if text := _apart(found, found.apart[~found.apart["harm"].isin(CASUALTIES)], say):
        paper.top += 0.05
        paper.paragraph(text, SMALL, colour=GREY)
    drawn = [one for one in map(range_of, shown.itertuples()) if one.reach <= reach]
    return key_of_ranges(say, drawn)


def _loosest(row, say: Language) -> str:
    """What the loosest reading says of a whole, where it differs."""
    if row.depth or total_in_words(row, say) == say.count(row.low, row.high):
        return ""
    return say("wide", count=say.count(row.wide_low, row.wide_high))


def _draw_row(
    paper: Paper, row, texts: tuple[str, str, str | None], colours: dict, scale: float
) -> None:
    (name, counted, link), colour, part = texts, colours[row.party_id], row.depth > 0
    x = paper.left + _INDENT * max(row.depth - 1, 0)
    if part:
        tall = leading(SMALL) + 0.02
        middle = paper.top + tall / 2
        end = paper.left
        if scale:
            place = paper.left, middle - _PART / 2
            end = draw_range(paper, place, scale, range_of(row), colour, _PART, link)
        text = name
        wide = text_width(text, SMALL)
        start = max(end + 0.08, x)
        if start + wide > paper.left + paper.across:
            paper.top += tall * bool(scale)
            paper.paragraph(text, SMALL, x=x + 0.1, link=link)
            return
        paper.write(start, middle, text, SMALL, link=link)
        paper.top += tall
        return
    paper.top += 0.04
    paper.paragraph(name, NORMAL, bold=True, colour=letters(colour))
    paper.top += 0.02
    end, middle = paper.left, paper.top + _BAR / 2
    if scale:
        end = draw_range(paper, (paper.left, paper.top), scale, range_of(row), colour, _BAR, link)
    look = {"bold": True, "colour": letters(colour), "link": link}
    end += 0.07 + paper.write(end + 0.07, middle, counted, LARGE, **look)
    paper.top += _BAR + 0.02
    if wide := _loosest(row, paper.say):  # behind the count, or below
        if end + 0.1 + text_width(wide, SMALL) <= paper.left + paper.across:
            paper.write(end + 0.1, middle, wide, SMALL, colour=GREY)
        else:
            paper.paragraph(wide, SMALL, colour=GREY)


plot_by_party = figure("by_party", numbers, words, draw)
