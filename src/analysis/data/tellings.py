"""Counts as pages tell them: one object for one thing as its source counted it at one time.

A page that repeats a number tells the same count again (a copy); one that gives another number
for the same people has counted them again (a version).
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from countbounds import EVER

RELAY = "relay"
"""Kind of a row that only takes away a number which another tally had passed on."""


class Page(NamedTuple):
    """A page: when it can have been published (``earliest`` to before ``latest``), and by whom."""

    report_id: str
    earliest: int
    latest: int
    office: str | None

    def before(self, other: "Page") -> bool:
        """Whether this page was surely published before another."""
        return self.latest <= other.earliest


class Row(NamedTuple):
    """A statement as the tables have it; ``low`` is None where it only withdraws another."""

    event_id: str
    thing: str  # the same for all rows that count the same people
    tally: str | None
    kind: str | None
    start: int
    end: int
    low: float | None
    high: float
    page: Page
    supersedes: str | None
    linked: bool = False  # whether the table says which count it tells again


@dataclass(eq=False, slots=True)
class Count:
    """One count: its days, its number as stated, and what has become of it.

    ``low`` and ``high`` are as stated, or what pages of one time that differ leave of them. The
    days are since 1970, ``end`` the last. ``basis`` are the counts of one page that a calculated
    one follows from.
    """

    event_ids: list[str]
    thing: str
    tally: str
    kind: str
    start: int
    end: int
    said: tuple[float, float]
    pages: list[Page]
    basis: tuple["Count", ...] = ()
    first_page: Page | None = None  # where its people were first counted, in whatever number
    low: float = 0
    high: float = inf
    status: str = "stands"
    because: str | None = None
    lowered_by: "Count | None" = None
    opened_by: str | None = None
    fallen: float = 0
    fallen_by: str | None = None

    def __post_init__(self) -> None:
        self.low, self.high = self.said
        self.first_page = self.first_page or self.page

    @classmethod
    def of(cls, row: Row) -> "Count":
        """The count that a row states."""
        said = row.low, row.high
        return cls(
            [row.event_id], row.thing, row.tally, row.kind, row.start, row.end, said, [row.page]
        )

    @property
    def page(self) -> Page:
        """The page that told it first."""
        return self.pages[0]

    @property
    def order(self) -> tuple:
        """By publication, those of one time by ``event_id``, calculated ones last."""
        return (
            self.page.latest,
            bool(self.basis),
            self.event_ids[0],
            self.tally,
            self.start,
            self.end,
        )

    @property
    def binds(self) -> bool:
        """Whether it still counts, at least from below."""
        return self.status == "stands"

    @property
    def binding_low(self) -> float:
        """The least that it says of its days now."""
        return max(0, self.low - self.fallen)

    @property
    def binding_high(self) -> float:
        """The most that it says of its days now."""
        if self.opened_by or self.fallen or self.kind != "toll" or self.start == EVER:
            return inf
        return self.high

    def told_before(self, other: "Count") -> bool:
        """Whether it was surely told before another."""
        return self.page.before(other.page)

    def told_with(self, other: "Count") -> bool:
        """Whether both were told at one time."""
        return self.page[1:3] == other.page[1:3]

    def inside(self, other: "Count") -> bool:
        """Whether its days lie within those of another."""
        return other.start <= self.start and self.end <= other.end

    def meets(self, other: "Count") -> bool:
        """Whether it has a day in common with another."""
        return self.start <= other.end and other.start <= self.end

    def same_days(self, other: "Count") -> bool:
        """Whether its days are those of another."""
        return self.start == other.start and self.end == other.end

    def lower(self, because: str, by: "Count | None" = None, status: str = "taken_back") -> None:
        """Say that it counts no longer, and what its source states ``by`` now."""
        if self.binds:
            self.lowered_by = by
        if self.binds or self.status != "withdrawn" == status:
            self.because = because
        self.status = "withdrawn" if "withdrawn" in (status, self.status) else status

    def open(self, because: str) -> None:
        """Let its upper end go, because its source counted these days again."""
        self.opened_by = self.opened_by or because


def told_again(count: Count, versions: list[Count]) -> Count | None:
    """The version of a thing with the same number: told again, unless its office returns to it."""
    known = next((each for each in versions if each.said == count.said), None)
    if known is None or known is versions[-1]:
        return known
    newest = versions[-1].page
    returns = newest.office == count.page.office and newest.before(count.page)
    return None if returns else known


class Links(NamedTuple):
    """Pairs of statements, and of what they count, of which the first names the second."""

    events: frozenset[tuple[str, str]] = frozenset()
    things: frozenset[tuple[str, str]] = frozenset()

    def hold(self, one: Count, other: Count) -> bool:
        """Whether a count names another, or an older version of it than its own first one."""
        if not self.events:
            return False
        if any((name, each) in self.events for name in one.event_ids for each in other.event_ids):
            return True
        older = other.page.before(one.first_page)
        return older and (one.thing, other.thing) in self.things


@dataclass
class Line:
    """The counts of one tally, as they are told.

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
    _ends: list[tuple[int, int]] = field(default_factory=list)  # last days, and places of counts
    _latest: list[tuple[int, int]] = field(default_factory=list)  # of totals not counted again

    def add(self, count: Count) -> None:
        """Add a count that is told."""
        place = count.end, len(self.counts)
        insort(self._ends, place)
        self.counts.append(count)
        if count.kind == "toll" and not count.basis:
            self.totals[count.start, count.end].append(count)
            insort(self._latest, place)
        self._note(count)

    def refresh(self) -> None:
        """Work out again what all its counts come to."""
        self.peak, self.room, self.incidents, self.first, self.last = 0, inf, 0, EVER, -EVER
        self.totals.clear()
        self._ends = sorted((count.end, at) for at, count in enumerate(self.counts))
        self._latest = [
            (end, at)
            for end, at in self._ends
            if self.counts[at].kind == "toll"
            and not self.counts[at].basis
            and not self.counts[at].opened_by
        ]
        for count in self.counts:
            if count.kind == "toll" and not count.basis:
                self.totals[count.start, count.end].append(count)
            if count.binds:
                self._note(count)

    def _note(self, count: Count) -> None:
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
            for _, at in self._latest[bisect_left(self._latest, (count.start, -1)) :]
            if (older := self.counts[at]).meets(count)
            and older.told_before(count)
            and older.thing != count.thing
        ]

    def open(self, older: list[Count], because: str) -> None:
        """Let the upper ends of some totals go, because their days were counted again."""
        for each in older:
            each.open(because)
        if older:
            self._latest = [pair for pair in self._latest if not self.counts[pair[1]].opened_by]
            self.room = min((self.counts[at].binding_high for _, at in self._latest), default=inf)

    def ending(self, start: int, end: int | None = None) -> Iterator[Count]:
        """The counts whose last day lies in a window."""
        for last, at in self._ends[bisect_left(self._ends, (start, -1)) :]:
            if end is not None and last > end:
                return
            yield self.counts[at]
