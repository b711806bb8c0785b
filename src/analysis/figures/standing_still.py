"""The figure of a number that stands still: a group inside its whole, statement by statement."""

from analysis.bounds.drawn import main_harm
from analysis.bounds.stale import find_standing_still
from analysis.charts.bars import Range, draw_range
from analysis.charts.key import Sample
from analysis.charts.sheet import NORMAL, SMALL, Paper, text_width
from analysis.charts.style import GREY, letters, tint
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures.common import Found, Telling, cited, figure, key_of, link_to
from analysis.figures.naming import label, party_colours, tally_labels
from analysis.language.languages import Language

_BAR, _PART = 0.17, 0.09


def numbers(
    dataset: Dataset, harm: str | None = None, *, tallies: list[str] | None = None
) -> Found:
    """A group's number that stands still while that of its whole grows, pair by pair.

    Of ``tallies`` with their parts, where they are named. Raises ValueError when nothing stands
    still.
    """
    harm = harm or main_harm(dataset)
    found = find_standing_still(dataset, harm, tallies)
    if found.empty:
        raise NothingToDrawError(
            "nothing to draw: no group's number stands still while that of its whole grows "
            f"({harm}, primary reading)"
        )
    pairs = found[["whole_event_id", "event_id"]].to_numpy().ravel()
    return Found(dataset, found, [*dict.fromkeys(pairs)], harm)


def words(found: Found, say: Language) -> Telling:
    """The first run in the title; every pair, and that this may not be so, in the alt text."""
    runs = [[*rows.itertuples()] for _, rows in found.numbers.groupby("finding")]
    start, end = runs[0][0], runs[0][-1]
    title = say(
        "title standing",
        label=label(found.dataset.parties.set_index("party_id"), start.party_id, say),
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
    days = found.numbers["date_start"].min(), found.numbers["date_end"].max()
    what = say("what standing", harm=say.term("harm", start.harm))
    source = cited(found.dataset, found.event_ids, say)
    return Telling(title, rows, what, days, [say("note standing")], source=source)


def _pair_in_words(dataset: Dataset, row, say: Language) -> str:
    whole, part = say.count(row.whole_low, row.whole_high), say.count(row.low, row.high)
    return say("inside", count=whole, group=_group(dataset, row, say), part=part)


def _group(dataset: Dataset, row, say: Language) -> str:
    """The group in words; by the name of its tally, if any, where the vocabulary lacks it."""
    tallies = dataset.tallies.set_index("tally_id")
    unnamed = tallies.loc[row.tally_id, ["label_en", "label_ar"]].isna().all()
    if say.knows("group", row.victim_group) or unnamed:
        return say.term("group", row.victim_group)
    return label(tallies, row.tally_id, say)


def draw(paper: Paper, found: Found) -> list[Sample]:
    """A block a run: in each row the days, the bar of the whole and the group's inside it."""
    say, numbers = paper.say, found.numbers
    colours = party_colours(found.dataset)
    labels = tally_labels(found.dataset, say, sourced=False)
    windows = [say.window(row.date_start, row.date_end, year=False) for row in numbers.itertuples()]
    wholes = [say.count(row.whole_low, row.whole_high) for row in numbers.itertuples()]
    for _, run in numbers.reset_index(drop=True).groupby("finding"):
        if len({*run["whole_tally_id"]}) > 1:
            for at, whole in run["whole_tally_id"].items():
                windows[at] = say.join([windows[at], labels[whole]], "list")
    named = max(text_width(text, SMALL) for text in windows) + 0.1
    one_line = named <= paper.across / 3
    start = paper.left + named * one_line
    beside = max(text_width(text, NORMAL, True) for text in wholes) + 0.35
    reach = max(numbers[["whole_low", "whole_high"]].max().max(), 1)
    scale = (paper.left + paper.across - start - beside) / reach
    before = None
    for row, window, whole in zip(numbers.itertuples(), windows, wholes, strict=True):
        colour, group = colours[row.party_id], _group(found.dataset, row, say)
        if row.finding != before:
            paper.top += 0.06
            source = say.source(row.source_original)
            heading = say("windowed", count=say.capital(group), window=source)
            paper.paragraph(heading, NORMAL, bold=True, colour=letters(colour))
            before = row.finding
        if one_line:
            paper.write(paper.left, paper.top + 0.03 + _BAR / 2, window, SMALL, colour=GREY)
        else:
            paper.paragraph(window, SMALL, colour=GREY)
        _draw_pair(paper, row, (start, scale), colour, (whole, group))
    return key_of(
        say,
        whole=True,
        group=True,
        open=bool(numbers[["high", "whole_high"]].isna().any(axis=None)),
    )


def _draw_pair(
    paper: Paper, row, place: tuple[float, float], colour: str, texts: tuple[str, str]
) -> None:
    """The whole's bar, light, with the group's dark inside it."""
    (start, scale), (whole, group), say = place, texts, paper.say
    y, link = paper.top + 0.03, link_to(say, row.event_id)
    counts = Range.of(row.whole_low, row.whole_high)
    ground = tint(colour, 0.45)
    end = draw_range(
        paper, (start, y), scale, counts, ground, _BAR, link_to(say, row.whole_event_id)
    )
    inner = Range.of(row.low, row.high)
    place = start, y + (_BAR - _PART) / 2
    inside = draw_range(paper, place, scale, inner, colour, _PART, link, edge="white")
    ends = row.low, row.high
    text = say("part", group=group, count=say.count(*ends))
    if say.has_forms(row.victim_group):
        text = say.people(row.victim_group, *ends)
    middle = y + _BAR / 2
    if inside + 0.06 + text_width(text, SMALL, True) < start + row.whole_low * scale:
        paper.write(inside + 0.05, middle, text, SMALL, bold=True, link=link)
        text = ""
    paper.write(end + 0.06, middle, whole, bold=True, colour=letters(colour))
    paper.top = y + _BAR + 0.02
    if text:  # no room beside the group's bar
        paper.paragraph(text, SMALL, x=start, link=link)


plot_standing_still = figure("standing_still", numbers, words, draw)
