"""The counts of one family of tallies as far as its pages have been published."""

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
    above, ``incidents`` the sum of single incidents. All windows share the days from ``first`` to
    ``last``, none where these do not ascend.
    """

    counts: list[Count] = field(default_factory=list)
    totals: dict[tuple[int, int], list[Count]] = field(default_factory=lambda: defaultdict(list))
    peak: float = 0
    room: float = inf
    incidents: float = 0
    first: int = EVER
    last: int = -EVER
    _by_end: list[Count] = field(default_factory=list)
    _unopened: list[Count] = field(default_factory=list)  # totals not counted again, by their end

    def add(self, count: Count) -> None:
        """Add a count, as it is now."""
        self.counts.append(count)
        insort(self._by_end, count, key=_END)
        if count.kind == "toll" and not count.basis:
            self.totals[count.start, count.end].append(count)
            if not count.opened_by:
                insort(self._unopened, count, key=_END)
        if not count.binds:
            return
        self.first, self.last = max(self.first, count.start), min(self.last, count.end)
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
        self._times.append(count.page.latest)
        self.timelines[count.tally].add(count)

    def lower(
        self, count: Count, because: str, by: Count | None = None, status: str = "taken_back"
    ) -> None:
        """Say that a count counts no longer, so that what held it falls with it."""
        count.lower(because, by, status)
        self.changed.add(count.tally)

    def published(self, after: int, until: float = inf) -> list[Count]:
        """The counts whose pages were out after a moment, and by another."""
        return self.counts[bisect_right(self._times, after) : bisect_right(self._times, until)]

    def refresh(self, tallies: Iterable[str]) -> None:
        """Work out again what the counts of some tallies come to."""
        for tally in tallies:
            timeline = Timeline()
            for count in self.timelines[tally].counts:
                timeline.add(count)
            self.timelines[tally] = timeline
