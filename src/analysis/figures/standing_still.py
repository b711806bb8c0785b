"""The figure of a number that stands still: a group inside its whole, statement by statement."""

from analysis.bounds.drawn import main_harm
from analysis.bounds.stale import find_standing_still
from analysis.charts.bars import PART, Range, Row, Rows, draw_range
from analysis.charts.sheet import SMALL, Paper, text_width
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures import common, naming
from analysis.language.languages import Language

_TALL = 0.18


def numbers(
    dataset: Dataset, harm: str | None = None, *, tallies: list[str] | None = None
) -> common.Found:
    """A group's number that stands still while that of its whole grows, pair by pair.

    Of ``tallies`` with their parts, where they are named. Raises ValueError when nothing stands
    still.
    """
    harm = harm or main_harm(dataset)
    found = find_standing_still(dataset, harm=harm, tallies=tallies)
    if found.empty:
        raise NothingToDrawError(
            "nothing to draw: no group's number stands still while that of its whole grows "
            f"({harm}, primary reading)"
        )
    pairs = found[["whole_event_id", "event_id"]].to_numpy().ravel()
    days = found["date_start"].min(), found["date_end"].max()
    return common.Found(dataset, found, [*dict.fromkeys(pairs)], harm, days)


def words(found: common.Found, say: Language) -> common.Telling:
    """The first run in the title; every pair, and that this may not be so, in the alt text."""
    runs = [[*rows.itertuples()] for _, rows in found.numbers.groupby("finding")]
    start, end = runs[0][0], runs[0][-1]
    title = say(
        "title standing",
        label=naming.label(found.dataset.parties.set_index("party_id"), start.party_id, say),
        harm=say.term("harm", start.harm),
        first=say.count(start.whole_low, start.whole_high),
        last=say.count(end.whole_low, end.whole_high),
        group=_group(found.dataset, start, say),
        count=say.count(end.low, end.high),
    )
    rows = []
    for run in runs:
        pairs = [
            say("labelled", label=say.window(row.date_start, row.date_end, year=False), count=text)
            for row in run
            for text in [_pair_in_words(found.dataset, row, say)]
        ]
        heading = say.capital(_group(found.dataset, run[0], say))
        rows.append(say("labelled", label=heading, count=say.join(pairs)))
    return common.Telling(title, rows, "what standing", notes=[say("note standing")])


def _pair_in_words(dataset: Dataset, row, say: Language) -> str:
    whole, part = say.count(row.whole_low, row.whole_high), say.count(row.low, row.high)
    return say("inside", count=whole, group=_group(dataset, row, say), part=part)


def _group(dataset: Dataset, row, say: Language) -> str:
    """The group in words; by the name of its tally, if any, where the vocabulary lacks it."""
    tallies = dataset.tallies.set_index("tally_id")
    unnamed = tallies.loc[row.tally_id].filter(like="label_").isna().all()
    if say.knows("group", row.victim_group) or unnamed:
        return say.term("group", row.victim_group)
    return naming.label(tallies, row.tally_id, say)


def draw(paper: Paper, found: common.Found) -> None:
    """A block a run: in each row the days, the bar of the whole and the group's inside it."""
    say, pairs, colours = paper.say, found.numbers, naming.tally_colours(found.dataset)
    drawn = {
        row.Index: Row(
            Range.of(row.whole_low, row.whole_high),
            say.count(row.whole_low, row.whole_high),
            colours[row.tally_id],
            window,
            link=common.link_to(say, row.whole_event_id),
            ground=True,
        )
        for row, window in zip(pairs.itertuples(), _windows(found, say), strict=True)
    }
    rows = Rows(paper, drawn.values(), _TALL)
    for _, run in pairs.groupby("finding", sort=False):
        first = next(run.itertuples())
        group = say.capital(_group(found.dataset, first, say))
        source = say.source(first.source_original)
        paper.heading(say("windowed", count=group, window=source), colours[first.tally_id])
        for row in run.itertuples():
            _draw_group(paper, rows, rows.draw(drawn[row.Index]), row, found)


def _windows(found: common.Found, say: Language) -> list[str]:
    """The days of each row; whose they are, where a run is of several tallies."""
    labels, windows = naming.tally_labels(found.dataset, say, sourced=False), []
    several = found.numbers.groupby("finding")["whole_tally_id"].transform("nunique") > 1
    for row, alone in zip(found.numbers.itertuples(), ~several, strict=True):
        days = say.window(row.date_start, row.date_end, year=False)
        windows.append(days if alone else say.join([days, labels[row.whole_tally_id]], "list"))
    return windows


def _draw_group(paper: Paper, rows: Rows, middle: float, row, found: common.Found) -> None:
    """The group's bar inside that of its whole, its number beside it or below."""
    say, link, ends = paper.say, common.link_to(paper.say, row.event_id), (row.low, row.high)
    place, look = (rows.start, middle - PART / 2), (PART, link, "white", "group")
    colour = naming.tally_colours(found.dataset)[row.tally_id]
    end = draw_range(paper, place, rows.scale, Range.of(*ends), colour, *look)
    text = say("part", group=_group(found.dataset, row, say), count=say.count(*ends))
    if say.has_forms(row.victim_group):
        text = say.people(row.victim_group, *ends)
    if end + 0.06 + text_width(text, SMALL, True) < rows.start + row.whole_low * rows.scale:
        paper.write(end + 0.05, middle, text, SMALL, bold=True, link=link)
    else:
        paper.paragraph(text, SMALL, x=rows.start, link=link)


plot_standing_still = common.figure("standing_still", numbers, words, draw)
