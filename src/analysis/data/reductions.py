"""R5: what held a lowered count falls by as much from below, and is open above.

A holder is a total of the same tally or of a whole, published with the count or after it and before
the correction; or a part that was published with the count.
"""

from collections import defaultdict

from analysis.data.history import History
from analysis.data.records import Count


def reduce_holders(history: History) -> None:
    """Work out again by how much each count is reduced, where any count has changed."""
    if not history.changed:
        return
    lowered: dict[Count, dict[Count, float]] = defaultdict(dict)
    for count in history.counts:
        difference = count.stated[0] - _lowered_to(count) if count.lowered_by else 0
        if difference > 0:
            for holder in history.published(count.page.earliest, count.lowered_by.page.earliest):
                if _falls_with(history, holder, count):
                    lowered[holder][count] = difference
    for holder in history.counts:
        if holder in lowered or holder.reduced:
            _reduce(history, holder, lowered.get(holder, {}))
    history.reduced = [count for count in history.counts if count.reduced]
    history.refresh(history.changed)
    history.changed.clear()


def _reduce(history: History, holder: Count, lowered: dict[Count, float]) -> None:
    """Reduce a holder by what each count was lowered by, once for those that lie in one another."""
    outer = [c for c in lowered if not any(_lies_in(history, c, other) for other in lowered)]
    by_days: dict[tuple, float] = defaultdict(float)
    for count in outer:
        days = count.tally, count.start, count.end
        by_days[days] = max(by_days[days], lowered[count])
    holder.reduced = sum(by_days.values())
    holder.reduced_by = outer[0].because if outer else None
    if outer:
        history.changed.add(holder.tally)


def _lowered_to(count: Count) -> float:
    """The number that a lowered count has come down to."""
    last = count.lowered_by
    while last.lowered_by is not None and last.lowered_by.low < last.low:
        last = last.lowered_by
    return last.stated[0]


def _falls_with(history: History, holder: Count, count: Count) -> bool:
    """Whether a count falls with another that it held, or that it was published with as a part."""
    wholes, correction = history.relations.wholes, count.lowered_by
    same_tally = holder.tally == count.tally
    is_whole, is_part = holder.tally in wholes[count.tally], count.tally in wholes[holder.tally]
    if not (same_tally or is_whole or is_part) or not holder.binds:
        return False
    if holder in (count, correction) or holder.canonical_id == count.canonical_id:
        return False
    if any(page.earliest >= correction.page.earliest for page in holder.pages):
        return False  # it was published again with the correction or after it
    if not same_tally and _people_moved(history, count):
        return False
    if count in holder.basis and holder.within(count):
        return True
    together = holder.published_with(count)
    if is_part:
        return together and holder.within(count)
    since = together or (not holder.published_before(count) and holder.published_before(correction))
    if holder.kind != "toll" or not count.within(holder) or not since:
        return False
    if same_tally:
        return not holder.same_days(count)
    return not _is_confirmed(history, holder, correction)


def _people_moved(history: History, count: Count) -> bool:
    """Whether the page that lowers a count states another part of its division too."""
    return any(
        count.lowered_by.page in each.pages
        for name in history.relations.siblings.get(count.tally, ())
        for each in history.timelines[name].counts
    )


def _is_confirmed(history: History, holder: Count, correction: Count) -> bool:
    """Whether its source gave no less for its days, with the correction of a part or later."""
    earliest = correction.page.earliest
    later = (each for each in history.published(earliest) if each.page.earliest >= earliest)
    return any(is_no_less(total, holder) for total in later)


def is_no_less(total: Count, holder: Count) -> bool:
    """Whether a total gives at least as many as another of its tally, for days that hold it."""
    same = total.tally == holder.tally and total.kind == "toll" and not total.basis
    return same and holder.within(total) and total.low >= holder.low


def _lies_in(history: History, one: Count, other: Count) -> bool:
    """Whether a lowered count lies in another that was lowered."""
    same_tally = one.tally == other.tally
    if same_tally and one.same_days(other):
        return False
    nested = same_tally or other.tally in history.relations.wholes[one.tally]
    return nested and one.within(other)
