"""R6: which counts cannot all hold, and how the latest word of a source settles it."""

from collections.abc import Collection, Sequence
from math import inf

from analysis.data.history import History
from analysis.data.records import Count
from analysis.data.relations import Relations, solution_of
from countbounds import smallest_clash, stretches


def fit(relations: Relations, counts: Sequence[Count]) -> bool:
    """Whether counts can all hold."""
    if all(count.binding_high == inf for count in counts):
        return True  # more people can always be added
    return solution_of(relations, counts) is not None


def by_stretch(counts: Sequence[Count]) -> list[list[Count]]:
    """Counts whose days meet, directly or by way of others, together: the earliest first."""
    found = stretches([count.start for count in counts], [count.end + 1 for count in counts])
    return [[counts[at] for at in places] for places in found]


def stretches_that_clash(relations: Relations, rows: Sequence[Count]) -> list[tuple[int, int]]:
    """Days (first, and after the last) whose numbers cannot all hold as they were first stated.

    Where they can, no report can ever contradict an older one, whatever was taken back or let go.
    """
    counts = [row for row in rows if row.has_number]
    if not counts or fit(relations, counts):
        return []
    return [
        (own[0].start, max(count.end for count in own) + 1)
        for own in by_stretch(counts)
        if not fit(relations, own)
    ]


def settle(
    history: History, doubtful: list[tuple[int, int]] | None
) -> tuple[list[list[Count]], list[tuple]]:
    """Let the latest word stand where the words of a source cannot all hold.

    ``doubtful`` are the days in which they may clash, None for any. Gives the counts of one report
    that contradict each other, a smallest set each, and what is asked.
    """
    contradictions, questions = [], []
    if doubtful == [] or _fit_on_one_day(history):
        return contradictions, questions
    counts = [count for count in history.counts if count.binds and _is_in(count, doubtful)]
    while clash := _newest_clash(history.relations, counts):
        last = max(count.report.earliest for count in clash)
        old = [count for count in clash if count.report.latest <= last]
        if old:
            _give_way(history, old, clash)
        elif not _are_of_one_report(clash):  # none is the later: the upper ends of all go
            _give_way(history, clash, clash)
            questions.append(("clash", *clash))
        elif pairs := _unwritten_nestings(history.relations, clash):
            history.relations = history.relations.without(pairs)
            questions += [("nesting", *pair) for pair in pairs]
        else:
            contradictions.append(clash)
            counts = [count for count in counts if count not in clash]
        counts = [count for count in counts if count.binds]
    return contradictions, questions


def _newest_clash(relations: Relations, counts: Sequence[Count]) -> list[Count]:
    """A smallest set of counts that cannot all hold, of new ones rather than old; none if all can.

    What can be left out is left out, the oldest first, of one time what is calculated.
    """
    if fit(relations, counts):
        return []
    ordered = sorted(counts, key=lambda count: (count.report.latest, not count.basis, count.order))
    return smallest_clash(ordered, lambda some: fit(relations, some))


def _fit_on_one_day(history: History) -> bool:
    """Whether all people can have been harmed on one day that all windows share.

    Only that they can is known by it, not that they cannot.
    """
    relations, timelines = history.relations, history.timelines
    if relations.divisions or relations.apart_from.events or not timelines:
        return not timelines
    first = max(each.shared_first for each in timelines.values())
    if first > min(each.shared_last for each in timelines.values()):
        return False
    return all(
        max(own.peak, own.incidents) <= timelines[name].room
        for tally, own in timelines.items()
        for name in (tally, *relations.wholes[tally])
        if name in timelines
    )


def _is_in(count: Count, days: list[tuple[int, int]] | None) -> bool:
    """Whether a count has a day in some stretches of days."""
    return days is None or any(first <= count.end and count.start < stop for first, stop in days)


def _give_way(history: History, old: list[Count], clash: list[Count]) -> None:
    """Open the upper ends of the older ones; if that does not do, take them back."""
    because = {count: _because_of(count, old, clash) for count in old}
    limits = [count for count in old if count.binding_high < inf]
    for count in limits:
        count.open(because[count])
    if not limits or not fit(history.relations, clash):
        for count in old:
            count.take_back(because[count])
    history.refresh({count.tally for count in old})


def _because_of(count: Count, old: list[Count], clash: list[Count]) -> str:
    """The newest statement that an older one gives way to, of its own tally if there is one."""
    new = [each for each in clash if each not in old]
    others = new or [each for each in clash if each is not count]
    same_tally = [each for each in others if each.tally == count.tally]
    return (same_tally or others)[-1].event_id


def _are_of_one_report(counts: list[Count]) -> bool:
    return bool(set.intersection(*({*count.reports} for count in counts)))


def _unwritten_nestings(relations: Relations, clash: Collection[Count]) -> list[tuple[str, str]]:
    """The pairs by which tallies of a clash lie in one another, if it rests on such alone."""
    names = {count.tally for count in clash}
    within = names.union(*(relations.wholes[name] for name in names))
    pairs = [
        (part, whole)
        for part, whole in sorted(relations.follows)
        if part in within and names & {whole, *relations.wholes[whole]}
    ]
    return pairs if pairs and fit(relations.without(pairs), [*clash]) else []
