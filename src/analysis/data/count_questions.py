"""What counts leave open, such as an incident published after a total of its days."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from math import inf
from typing import NamedTuple

from analysis.data.dataset import Dataset
from analysis.data.links import links, list_names, split_ids
from analysis.data.outcome import Family, outcome
from analysis.data.records import Count
from analysis.data.relations import Relations, least_counted
from countbounds import stretches

_PAIRED = 200
"""So many incidents are compared with one another."""


class Question(NamedTuple):
    """A question: what it is about, in which tallies and statements, and its words."""

    kind: str
    tallies: tuple[str, ...]
    events: tuple[str, ...]
    text: str


def questions_about_counts(dataset: Dataset) -> Iterator[Question]:
    """What the rules took for granted, and what two counts could share."""
    found = outcome(dataset, "primary")
    yield from _about_replay(found.questions)
    for ask in (_about_late_incidents, _about_like_incidents, _about_rounded_totals):
        for family in found.families:
            yield from ask(family)
    yield from _about_links(dataset)


def _about_replay(questions: Iterable[tuple]) -> Iterator[Question]:
    """What the rules took for granted where pages left it open."""
    for kind, *about in questions:
        if kind == "nesting":
            part, whole = about
            text = (
                f"tally {part} seems to lie in {whole}, but numbers of one page leave no room for "
                f"it there, so the two are kept apart. Write {whole} in apart_from of {part}; or "
                f"correct a number, and write {whole} in its subset_of"
            )
            yield Question(kind, (part, whole), (), text)
            continue
        names = tuple(count.event_ids[0] for count in about)
        one, *others = names
        text = _REPLAYED[kind].format(one=one, other=list_names(others), days=about[1].days)
        yield Question(kind, (*dict.fromkeys(c.tally for c in about),), names, text)


_REPLAYED = {
    "repeats": "{one} gives the number of {other} again, after its source gave a newer one, and "
    "is taken for a late copy. If it is one, write {other} in its same_as; if the source returned "
    "to this number, write the newer statement there",
    "days": "{one} tells {other} again, on days that do not overlap; it is counted once, somewhere "
    "in {days}. If they are the same people, correct the days or write those of both; if not, "
    "empty same_as",
    "differ": "{one} and {other} give different numbers for the same days, and neither page is "
    "known to be the later: the lower low and the higher high stand. Write the hours in "
    "source_date, or give the doubtful one the reading aside",
    "clash": "{one} leaves no room for {other}, and no page is known to be the later: none of them "
    "is an upper limit any more. Write the hours in source_date, or give the doubtful one the "
    "reading aside",
}


def _about_late_incidents(family: Family) -> Iterator[Question]:
    """Incidents published after a total that holds their day: among those counted, or others."""
    totals = [c for c in family.stated if c.kind == "toll" and c.binds]
    incidents = [c for c in family.stated if c.kind == "incident" and c.binds] if totals else []
    for late in incidents:
        wholes = {late.tally, *family.relations.wholes[late.tally]}
        around = [each for each in totals if each.tally in wholes and late.within(each)]
        asked = [
            total.event_ids[0]
            for total in around
            if total.published_before(late) and not _is_answered(late, total, around, family)
        ]
        if asked:
            text = (
                f"{late.event_ids[0]} was published after {list_names(asked)}, which counted "
                f"its days before. If these people were counted there, write "
                f"{list_names(asked)} in its counted_in; if not, in its apart_from"
            )
            yield Question("late", (late.tally,), (late.event_ids[0], *asked), text)


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
    """Incidents of one tally from several pages that may be of the same people.

    Those that share a day, and those of neighbouring days that give the same number.
    """
    apart = family.relations.apart_from.canonical_ids
    for tally, counts in _by_tally(family, "incident").items():
        for near in _neighbours([count for count in counts if count.low > 0]):
            if asked := _may_be_the_same(near, apart):
                names = [count.event_ids[0] for count in asked]
                low = sum(int(count.low) for count in asked)
                text = (
                    f"{list_names(names)} of tally {tally}, for the same or neighbouring days, "
                    f"come from several pages and are added up to at least {low:,}. Do some of "
                    f"them tell of the same people (same_as), or are they others (apart_from)?"
                )
                yield Question("incidents", (tally,), (*names,), text)


def _by_tally(family: Family, kind: str) -> dict[str, list[Count]]:
    """The counts of a kind that still bind, as pages state them, by tally."""
    found: dict[str, list[Count]] = defaultdict(list)
    for count in family.stated:
        if count.kind == kind and count.binds:
            found[count.tally].append(count)
    return found


def _neighbours(counts: list[Count]) -> list[list[Count]]:
    """Counts whose days meet or follow one another, in groups."""
    counts = sorted(counts, key=lambda each: each.order)
    found = stretches([each.start for each in counts], [each.end + 2 for each in counts])
    return [[counts[at] for at in places] for places in found]


def _may_be_the_same(counts: list[Count], apart: Collection[tuple[str, str]]) -> list[Count]:
    """Counts of a group that another page may tell again, as far as nobody has said."""
    if len({count.page.report_id for count in counts}) < 2:
        return []
    if len(counts) > _PAIRED:
        return counts
    asked: set[Count] = set()
    for one, other in combinations(counts, 2):
        ids = one.canonical_id, other.canonical_id
        near = one.overlaps(other) or (one.stated == other.stated and other.start <= one.end + 1)
        same_page = {page.report_id for page in one.pages} & {p.report_id for p in other.pages}
        if near and not same_page and len({*ids}) > 1 and not {ids, ids[::-1]} & apart:
            asked |= {one, other}
    return [count for count in counts if count in asked]


def _about_rounded_totals(family: Family) -> Iterator[Question]:
    """Open totals below exact ones that were published before: rounded, or corrected."""
    for tally, counts in _by_tally(family, "toll").items():
        exact = [count for count in counts if count.high < inf and count.low > 0]
        for later in (count for count in counts if exact and count.high == inf):
            older = [c for c in exact if c.published_before(later) and c.within(later)]
            if _are_more(older, later, family.relations):
                names = [count.event_ids[0] for count in older]
                said = list_names([f"{each.written} ({each.event_ids[0]})" for each in older])
                text = (
                    f"{later.event_ids[0]} says {later.written}, less than "
                    f"{said} before it, which goes on counting. If the later one only rounds, "
                    f"name what it rounds in its counted_in; if it corrects, in its same_as"
                )
                yield Question("rounded", (tally,), (later.event_ids[0], *names), text)


def _are_more(older: list[Count], later: Count, relations: Relations) -> bool:
    """Whether older totals are more than a later one, and no row says how they go with it."""
    if any(relations.counted_in.hold(later, count) for count in older):
        return False
    if sum(count.low for count in older) <= later.low:
        return False
    return least_counted(older, later, relations) > later.low


def _about_links(dataset: Dataset) -> Iterator[Question]:
    """Links to a count of another tally that is no relay of it, and wholes of other sources."""
    events = dataset.events.set_index("event_id")
    for column in ("same_as", "supersedes"):
        for one, other in links(dataset.events, "event_id", column).items():
            if other not in events.index:
                continue  # published later
            tallies, lows = events.loc[[one, other], "tally_id"], events.loc[[one, other], "low"]
            if tallies.notna().all() and len({*tallies}) > 1 and len({*lows.dropna()}) > 1:
                text = (
                    f"{one} names {other} in {column}, a statement of another tally with another "
                    f"number{', so that nothing changes' * (column == 'same_as')}. Is it the right "
                    f"one?"
                )
                yield Question("link", (*tallies,), (one, other), text)
    source = dataset.tallies.set_index("tally_id")["source_original"].fillna("").to_dict()
    for part, cell in links(dataset.tallies, "tally_id", "subset_of").items():
        for whole in split_ids(cell):
            if source[part] != source[whole]:
                text = (
                    f"tallies {part} and {whole}: what one source counts says nothing of another's "
                    f"total. Take {whole} out of subset_of of {part}"
                )
                yield Question("source", (part, whole), (), text)
