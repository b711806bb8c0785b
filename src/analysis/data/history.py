"""The counts of one family of tallies as far as its reports have been published.

R5: what held a lowered count falls by as much from below, and is open above. A holder is a total of
the same tally or of a whole, published with the count or after it and before the correction; or a
part that was published with the count.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf
from operator import attrgetter

from analysis.data.records import Count
from analysis.data.relations import Relations
from countbounds import EVER

_END = attrgetter("end")


@dataclass
class Timeline:
    """The counts of one tally, as they are published.

    ``peak`` is the greatest number that binds from below, ``room`` the least that binds from
    above, ``incidents`` the sum of single incidents. All windows share the days from
    ``shared_first`` to ``shared_last``, none where these do not ascend.
    """

    counts: list[Count] = field(default_factory=list)
    totals: dict[tuple[int, int], list[Count]] = field(default_factory=lambda: defaultdict(list))
    peak: float = 0
    room: float = inf
    incidents: float = 0
    shared_first: int = EVER
    shared_last: int = -EVER
    _by_end: list[Count] = field(default_factory=list)
    _unopened: list[Count] = field(default_factory=list)  # totals not counted again, by their end

    def add(self, count: Count) -> None:
        """Add a count, as it is now; one that binds no longer is kept, but bounds nothing."""
        self.counts.append(count)
        insort(self._by_end, count, key=_END)
        if count.kind == "toll" and not count.basis:
            self.totals[count.start, count.end].append(count)
            if not count.opened_by:
                insort(self._unopened, count, key=_END)
        if not count.binds:
            return
        self.shared_first = max(self.shared_first, count.start)
        self.shared_last = min(self.shared_last, count.end)
        if count.kind == "incident":
            self.incidents += count.binding_low
        else:
            self.peak = max(self.peak, count.binding_low)
            self.room = min(self.room, count.binding_high)

    def unopened(self, count: Count) -> list[Count]:
        """The older totals that a count meets, whose days nobody has counted again so far."""
        return [
            older
            for older in self._unopened[bisect_left(self._unopened, count.start, key=_END) :]
            if older.overlaps(count)
            and older.published_before(count)
            and older.canonical_id != count.canonical_id
        ]

    def open(self, older: list[Count], because: str) -> None:
        """Let the upper ends of some totals go, because their days were counted again."""
        older = [each for each in older if not each.opened_by]
        for each in older:
            each.open(because)
        if older:
            self._unopened = [each for each in self._unopened if not each.opened_by]
            self.room = min((each.binding_high for each in self._unopened), default=inf)

    def ending(self, start: int, end: int) -> list[Count]:
        """The counts whose last day lies in a window."""
        first, stop = (bisect_left(self._by_end, day, key=_END) for day in (start, end + 1))
        return self._by_end[first:stop]


class History:
    """All counts of a family in the order of publication, and those of each tally by themselves.

    ``changed`` are tallies whose counts became others, ``reduced`` the counts that held a lowered
    one.
    """

    def __init__(self, relations: Relations) -> None:
        self.relations = relations
        self.counts: list[Count] = []
        self.timelines: dict[str, Timeline] = defaultdict(Timeline)
        self.changed: set[str] = set()
        self.reduced: list[Count] = []
        self._times: list[int] = []  # when each of the counts was out

    def add(self, count: Count) -> None:
        """Add a count that is published now."""
        self.counts.append(count)
        self._times.append(count.report.latest)
        self.timelines[count.tally].add(count)

    def take_back(
        self, count: Count, because: str, by: Count | None = None, status: str = "taken_back"
    ) -> None:
        """Say that a count counts no longer, so that what held it falls with it."""
        count.take_back(because, by, status)
        self.changed.add(count.tally)

    def published(self, after: int, until: float = inf) -> list[Count]:
        """The counts whose reports were out after a moment, and by another."""
        return self.counts[bisect_right(self._times, after) : bisect_right(self._times, until)]

    def refresh(self, tallies: Iterable[str]) -> None:
        """Work out again what the counts of some tallies come to."""
        for tally in tallies:
            timeline = Timeline()
            for count in self.timelines[tally].counts:
                timeline.add(count)
            self.timelines[tally] = timeline

    # R5: what held a lowered count falls with it

    def reduce_holders(self) -> None:
        """Work out again by how much each count is reduced, where any count has changed."""
        if not self.changed:
            return
        lowered: dict[Count, dict[Count, float]] = defaultdict(dict)
        for count in self.counts:
            difference = count.stated[0] - _lowered_to(count) if count.lowered_by else 0
            if difference > 0:
                since, until = count.report.earliest, count.lowered_by.report.earliest
                for holder in self.published(since, until):
                    if self._falls_with(holder, count):
                        lowered[holder][count] = difference
        for holder in self.counts:
            if holder in lowered or holder.reduced:
                self._reduce(holder, lowered.get(holder, {}))
        self.reduced = [count for count in self.counts if count.reduced]
        self.refresh(self.changed)
        self.changed.clear()

    def _reduce(self, holder: Count, lowered: dict[Count, float]) -> None:
        """Reduce a holder by what each count was lowered by, counting nobody twice."""
        outer = [c for c in lowered if not any(self._lies_in(c, other) for other in lowered)]
        by_days: dict[tuple, float] = defaultdict(float)
        because: dict[tuple, str] = {}
        for count in outer:
            days = count.tally, count.start, count.end
            by_days[days] = max(by_days[days], lowered[count])
            because.setdefault(days, count.because)
        holder.reduced = sum(by_days.values())
        holder.reduced_by = (*because.values(),)
        if outer:
            self.changed.add(holder.tally)

    def _falls_with(self, holder: Count, count: Count) -> bool:
        """Whether a count falls with another that it held, or was published with as a part."""
        wholes, same_tally = self.relations.wholes, holder.tally == count.tally
        is_whole, is_part = holder.tally in wholes[count.tally], count.tally in wholes[holder.tally]
        if not (same_tally or is_whole or is_part) or not _can_fall(holder, count):
            return False
        if not same_tally and self._people_moved(count):
            return False
        if count in holder.basis and holder.within(count):
            return True
        if is_part:
            return holder.published_with(count) and holder.within(count)
        if not _held(holder, count):
            return False
        if same_tally:
            return not holder.same_days(count)
        return not self._is_confirmed(holder, count.lowered_by)

    def _people_moved(self, count: Count) -> bool:
        """Whether the report that lowers a count states another part of its division too."""
        return any(
            count.lowered_by.report in each.reports
            for name in self.relations.siblings.get(count.tally, ())
            for each in self.timelines[name].counts
        )

    def _is_confirmed(self, holder: Count, correction: Count) -> bool:
        """Whether its source gave no less for its days, with the correction of a part or later."""
        earliest = correction.report.earliest
        later = (each for each in self.published(earliest) if each.report.earliest >= earliest)
        return any(is_no_less(total, holder) for total in later)

    def _lies_in(self, one: Count, other: Count) -> bool:
        """Whether a lowered count lies in another that was lowered."""
        same_tally = one.tally == other.tally
        if same_tally and one.same_days(other):
            return False
        nested = same_tally or other.tally in self.relations.wholes[one.tally]
        return nested and one.within(other)


def _can_fall(holder: Count, count: Count) -> bool:
    """Whether a count is of other people than a lowered one, and not published again since."""
    correction = count.lowered_by
    if holder in (count, correction) or holder.canonical_id == count.canonical_id:
        return False
    since = correction.report.earliest
    return holder.binds and all(report.earliest < since for report in holder.reports)


def _held(holder: Count, count: Count) -> bool:
    """Whether a total counted the people of a lowered count, being of the time before it fell."""
    after = not holder.published_before(count) and holder.published_before(count.lowered_by)
    is_known = after or holder.published_with(count)
    return holder.kind == "toll" and count.within(holder) and is_known


def _lowered_to(count: Count) -> float:
    """The number that a lowered count has come down to."""
    last = count.lowered_by
    while last.lowered_by is not None and last.lowered_by.low < last.low:
        last = last.lowered_by
    return last.stated[0]


def is_no_less(total: Count, holder: Count) -> bool:
    """Whether a total gives at least as many as another of its tally, for days that hold it."""
    same = total.tally == holder.tally and total.kind == "toll" and not total.basis
    return same and holder.within(total) and total.low >= holder.low
