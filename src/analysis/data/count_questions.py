"""What counts leave open, such as an incident published after a total of its days."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations
from math import inf

from analysis.data.dataset import Dataset
from analysis.data.links import links, list_names
from analysis.data.outcome import Family, outcome
from analysis.data.problems import Question
from analysis.data.records import Count
from analysis.data.relations import least_counted
from countbounds import stretches

_PAIRED = 200
"""So many incidents are compared with one another."""


def questions_about_counts(dataset: Dataset) -> Iterator[Question]:
    """What the rules took for granted, and what two counts could share."""
    found = outcome(dataset, "primary")
    for taken in found.questions:
        yield _about_replay(*taken)
    for ask in (_about_late_incidents, _about_like_incidents, _about_rounded_totals):
        for family in found.families:
            yield from ask(family)
    yield from _about_links(dataset)


def _about_replay(kind: str, *about: Count | str) -> Question:
    """What the rules took for granted where reports left it open, of counts or of two tallies."""
    counts = () if kind == "nesting" else about
    events = _names(counts)
    tallies = (*dict.fromkeys(count.tally for count in counts),) or about
    one, *others = events or about
    days = counts[1].days if counts else None
    text = _TAKEN_FOR_GRANTED[kind].format(one=one, other=list_names(others), days=days)
    return Question(kind, tallies, events, text)


_TAKEN_FOR_GRANTED = {
    "nesting": "tally {one} seems to lie in {other}, but numbers of one page leave no room for it "
    "there, so the two are kept apart. Write {other} in apart_from of {one}; or correct a number, "
    "and write {other} in its subset_of",
    "repeats": "{one} repeats the number of {other}, after its source gave a newer one, and "
    "is taken for a late copy. If it is one, write {other} in its same_as; if the source returned "
    "to this number, write the newer statement there",
    "days": "{one} repeats {other}, on days that do not overlap; it is counted once, somewhere "
    "in {days}. If they are the same people, correct the days or write those of both; if not, "
    "empty same_as",
    "differ": "{one} and {other} give different numbers for the same days, and neither page is "
    "known to be the later: the lower low and the higher high stand. Write the hours in "
    "source_date, or give the doubtful one the reading aside",
    "clash": "{one} leaves no room for {other}, and no page is known to be the later: none of them "
    "is an upper limit any more. Write the hours in source_date, or give the doubtful one the "
    "reading aside",
}


def _names(counts: Collection[Count]) -> tuple[str, ...]:
    """The first statement of each count."""
    return tuple(count.event_id for count in counts)


def _binding(family: Family, kind: str) -> dict[str, list[Count]]:
    """The counts of a kind that still bind, as reports state them, by tally."""
    found: dict[str, list[Count]] = defaultdict(list)
    for count in family.published:
        if count.kind == kind and count.binds:
            found[count.tally].append(count)
    return found


def _about_late_incidents(family: Family) -> Iterator[Question]:
    """Incidents published after a total that holds their day: among those counted, or others."""
    binding = [count for count in family.published if count.binds]
    totals = [count for count in binding if count.kind == "toll"]
    for late in (count for count in binding if totals and count.kind == "incident"):
        wholes = {late.tally, *family.relations.wholes[late.tally]}
        around = [each for each in totals if each.tally in wholes and late.within(each)]
        older = [each for each in around if each.published_before(late)]
        if asked := _names(
            [each for each in older if not _is_answered(late, each, around, family)]
        ):
            text = (
                f"{late.event_id} was published after {list_names(asked)}, which counted "
                f"its days before. If these people were counted there, write "
                f"{list_names(asked)} in its counted_in; if not, in its apart_from"
            )
            yield Question("late", (late.tally,), (late.event_id, *asked), text)


def _is_answered(late: Count, total: Count, around: list[Count], family: Family) -> bool:
    """Whether it is said how an incident goes with a total, or a later total goes on from that."""
    said = family.relations.counted_in, family.relations.apart_from
    return any(links.hold(late, total) for links in said) or any(
        newer.tally == total.tally
        and newer.start == total.start
        and total.within(newer)
        and total.published_before(newer)
        and not newer.published_before(late)
        for newer in around
    )


def _about_like_incidents(family: Family) -> Iterator[Question]:
    """Incidents of one tally from several reports that may be of the same people.

    Those that share a day, and those of neighbouring days that give the same number.
    """
    apart = family.relations.apart_from.canonical_ids
    for tally, counts in _binding(family, "incident").items():
        counts = sorted((each for each in counts if each.low > 0), key=lambda each: each.order)
        windows = [each.start for each in counts], [each.end + 2 for each in counts]
        for near in stretches(*windows):  # days that meet or follow one another
            if asked := _may_be_the_same([counts[at] for at in near], apart):
                low = sum(int(count.low) for count in asked)
                text = (
                    f"{list_names(_names(asked))} of tally {tally}, for the same or neighbouring "
                    f"days, come from several pages and are added up to at least {low:,}. Are some "
                    f"of them the same people (same_as), or different people (apart_from)?"
                )
                yield Question("incidents", (tally,), _names(asked), text)


def _may_be_the_same(counts: list[Count], apart: Collection[tuple[str, str]]) -> list[Count]:
    """Counts of a group that another report may repeat, as far as nobody has said."""
    if len({count.report.report_id for count in counts}) < 2:
        return []
    if len(counts) > _PAIRED:
        return counts
    asked: set[Count] = set()
    for one, other in combinations(counts, 2):
        ids = one.canonical_id, other.canonical_id
        near = one.overlaps(other) or (one.stated == other.stated and other.start <= one.end + 1)
        same_report = _report_ids(one) & _report_ids(other)
        if near and not same_report and len({*ids}) > 1 and not {ids, ids[::-1]} & apart:
            asked |= {one, other}
    return [count for count in counts if count in asked]


def _report_ids(count: Count) -> set[str]:
    return {report.report_id for report in count.reports}


def _about_rounded_totals(family: Family) -> Iterator[Question]:
    """Open totals below exact ones that were published before: rounded, or corrected."""
    relations = family.relations
    for tally, counts in _binding(family, "toll").items():
        exact = [count for count in counts if count.high < inf and count.low > 0]
        for later in (count for count in counts if exact and count.high == inf):
            older = [c for c in exact if c.published_before(later) and c.within(later)]
            if any(relations.counted_in.hold(later, count) for count in older):
                continue
            if (
                sum(count.low for count in older) > later.low  # quick, and most often not so
                and least_counted(older, later, relations) > later.low
            ):
                said = list_names([f"{each.text} ({each.event_id})" for each in older])
                text = (
                    f"{later.event_id} says {later.text}, less than "
                    f"{said} before it, which goes on counting. If the later one only rounds, "
                    f"name what it rounds in its counted_in; if it corrects, in its same_as"
                )
                yield Question("rounded", (tally,), _names([later, *older]), text)


def _about_links(dataset: Dataset) -> Iterator[Question]:
    """Links to a count of another tally that is no relay of it."""
    counted = dataset.events[["event_id", "tally_id", "low"]].dropna().set_index("event_id")
    tally, low = counted["tally_id"].to_dict(), counted["low"].to_dict()
    for column in ("same_as", "supersedes"):
        for one, other in links(dataset.events, "event_id", column).items():
            if not {one, other} <= tally.keys():
                continue  # published later, or without a number
            if tally[one] != tally[other] and low[one] != low[other]:
                text = (
                    f"{one} names {other} in {column}, a statement of another tally with another "
                    f"number{', so that nothing changes' * (column == 'same_as')}. Is it the right "
                    f"one?"
                )
                yield Question("link", (tally[one], tally[other]), (one, other), text)
