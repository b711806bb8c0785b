"""The figure of everybody harmed, by party: equal bars, parts inside, what is never added apart."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.revisions import chosen_harm, outermost
from analysis.charts.bars import Row, Rows
from analysis.charts.sheet import LARGE, SMALL, Paper
from analysis.charts.style import GREY
from analysis.data.dataset import Dataset
from analysis.figures import common, naming, readings
from analysis.language.languages import Language

_TALL = 0.18


@dataclass(frozen=True)
class ByParty(common.Found):
    """Totals of each tally in both readings; ``added`` says what those ``summed`` are."""

    added: str

    @property
    def own(self) -> pd.DataFrame:
        """Those of the harm that is asked for, which are added."""
        return self.numbers[self.numbers["harm"] == self.harm]

    @property
    def apart(self) -> pd.DataFrame:
        """Those of other harms."""
        return self.numbers[self.numbers["harm"] != self.harm]


def numbers(
    dataset: Dataset, harm: str | None = None, *, tallies: Collection[str] | None = None
) -> ByParty:
    """Bars of everybody harmed, by party.

    Of all tallies that are part of no other, or of ``tallies``. Parts stand inside their party;
    what is given as "at least" is left open. Who is counted for something else, such as those
    executed or evacuated, stands apart and is never added.
    """
    harm = harm or (bounds.main_harm(dataset) if tallies is None else chosen_harm(dataset, tallies))
    drawn, added = bounds.by_party_drawn(dataset, harm), "all"
    if tallies is not None:
        names, added = outermost(dataset, tallies)
        drawn = pd.concat([bounds.with_parts(drawn, name) for name in names])
        if drawn.empty:
            raise bounds.nothing_strictly(dataset, harm)
    others = [bounds.by_party_drawn(dataset, other) for other in bounds.other_harms(dataset, harm)]
    events = dataset.events[dataset.events["event_id"].isin(common.rests_on(dataset, drawn))]
    shown = pd.concat([drawn, *others])
    source, _ = pd.factorize(shown["source_original"], use_na_sentinel=False)
    shown = bounds.depth_first(shown.iloc[source.argsort(kind="stable")])
    days = bounds.days_spanned(events)
    whole = shown[(shown["harm"] == harm) & (shown["depth"] == 0)]
    rests = common.rests_on(dataset, shown)
    return ByParty(dataset, shown, rests, harm, days, added, summed=whole)


def words(found: ByParty, say: Language) -> common.Telling:
    """Everybody in the title, and civilians apart where they are some of them."""
    whole = found.summed
    title = say.capital(readings.people_in(whole, found.harm, say, found.added))
    status = found.dataset.parties.set_index("party_id")["status"]
    civilians = whole[whole["party_id"].map(status) == "civilian"]
    alone = found.added != "shared"
    if alone and readings.one_source(whole) and 0 < len(civilians) < len(whole):
        among = say.people("civilian", *readings.sum_of(civilians))
        title = say("title civilians", total=title, civilians=among)
    both = [[readings.sum_of(rows, of) for rows in (whole, civilians)] for of in ("", "wide_")]
    if alone:
        title = readings.read_strictly(title, *both, say)
    rows = rows_in_words(found, say)
    rows += [text] if (text := _apart(found, found.apart, say)) else []
    return common.Telling(title, rows, "what by party", persons=alone)


def rows_in_words(found: ByParty, say: Language) -> list[str]:
    """Each party's total with its parts, and what the loosest reading says where it differs."""
    labels, rows = naming.tally_labels(found.dataset, say, found.numbers["tally_id"]), []
    for _, block in found.own.groupby((found.own["depth"] == 0).cumsum()):
        whole, *inside = block.itertuples()
        count = readings.total_in_words(whole, say)
        said = [say("labelled", label=labels[whole.tally_id], count=count)]
        parts = [_part_in_words(found, row, say) for row in inside]
        said += [say("of them", text=say.listed(parts))] * bool(parts)
        rows.append(say.join(said, "list"))
    return rows


def _part_in_words(found: ByParty, row, say: Language) -> str:
    """A part with its count, and what the loosest reading says of it where that differs."""
    said = naming.part_in_words(found.dataset, row.tally_id, (row.low, row.high), say)
    return readings.with_loosest(said, row, say)


def _apart(found: ByParty, rows: pd.DataFrame, say: Language) -> str:
    """Who is counted for something else, in a sentence; nothing where nobody is."""
    named, told = (found.dataset, say, found.numbers["tally_id"]), []
    label, cited = (naming.tally_labels(*named, sourced=each) for each in (False, True))
    for row in rows[rows["depth"] == 0].itertuples():
        who = label[row.tally_id]
        if who != cited[row.tally_id]:
            who = say.join([who, say.source(row.source_original)], "list")
        told.append(say("windowed", count=say.people(row.harm, row.low, row.high), window=who))
    return say("apart", counts=say.join(told)) if told else ""


def draw(paper: Paper, found: ByParty) -> None:
    """A bar a tally, its parts as thin ones inside its length; a source a block."""
    say = paper.say
    named = found.dataset, say, found.numbers["tally_id"]
    labels = [naming.tally_labels(*named, sourced=each) for each in (False, True)]
    bars = found.apart["harm"].isin(common.CASUALTIES)
    shown = pd.concat([found.own, found.apart[bars]])
    reach = max(1, *(readings.range_of(row).reach for row in found.own.itertuples()))
    drawn = [_row(found, row, reach, say) for row in shown.itertuples()]
    for at, row in enumerate(shown.itertuples()):  # a part has a bar where its whole has one
        if row.depth and drawn[at - 1].counts is None:
            drawn[at] = drawn[at]._replace(counts=None)
    rows, before = Rows(paper, drawn, _TALL, LARGE), None
    for row, bar in zip(shown.itertuples(), drawn, strict=True):
        block = _block(found, row, say)
        if not row.depth:
            if block and block != before:
                paper.top += 0.05
                paper.paragraph(block, SMALL, colour=GREY)
            before = block
            paper.heading(labels[row.harm != found.harm][row.tally_id], bar.colour)
        rows.draw(bar)
    if text := _apart(found, found.apart[~bars], say):
        paper.top += 0.05
        paper.paragraph(text, SMALL, colour=GREY)


def _block(found: ByParty, row, say: Language) -> str:
    """What a block of bars has above it: who counted, or what is never added."""
    if row.harm != found.harm:
        return say("apart harm", harm=say.term("harm", row.harm))
    alone = readings.one_source(found.summed)
    return "" if alone else say.capital(say.source(row.source_original))


def _row(found: ByParty, row, reach: float, say: Language) -> Row:
    """The bar of a tally: none of what is never added where it is longer than the others."""
    counts = readings.range_of(row)
    colour = naming.tally_colours(found.dataset)[row.tally_id]
    link = common.link_to_last(found.dataset, row.tally_id, say)
    fits = counts if counts.reach <= reach else None
    if row.depth:
        return Row(fits, _part_in_words(found, row, say), colour, link=link, part=True)
    wide = readings.loosest_in_words(row, say)
    return Row(fits, say.count(row.low, row.high), colour, more=wide, link=link)


plot_by_party = common.figure("by_party", numbers, words, draw)
