"""Reports and counts as they are replayed; stocks (R8), of which the latest stands alone.

A report that repeats a number publishes the same count again (a copy); one that gives another
number for the same people has recounted them (a version).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

import numpy as np

from countbounds import EVER

RELAY = "relay"
"""Kind of a row that only takes away a number which another tally had passed on."""


class Report(NamedTuple):
    """When a report can have been published (``earliest`` to before ``latest``), and by whom."""

    report_id: str
    earliest: int
    latest: int
    office: str | None

    def before(self, other: "Report") -> bool:
        """Whether this report was surely published before another."""
        return self.latest <= other.earliest


@dataclass(eq=False, slots=True)
class Count:
    """One count: its days, its number as stated, and what has become of it.

    ``low`` and ``high`` are as stated, or what reports of one time that differ leave of them; a row
    that only withdraws another (``supersedes``) states None. ``canonical_id`` is the same for all
    that count the same people. The days are since 1970, ``end`` the last. ``text`` is the
    number in words, ``linked`` whether the table says which count it repeats, ``basis`` are the
    counts of one report that a calculated one follows from.
    """

    event_ids: list[str]
    canonical_id: str
    tally: str | None
    kind: str | None
    start: int
    end: int
    stated: tuple[float | None, float]
    reports: list[Report]
    text: str | None = None
    supersedes: str | None = None
    linked: bool = False
    basis: tuple["Count", ...] = ()
    first_report: Report | None = None  # where its people were first counted, in whatever number
    low: float = 0
    high: float = inf
    status: str = "stands"
    because: str | None = None
    lowered_by: "Count | None" = None
    opened_by: str | None = None
    reduced: float = 0
    reduced_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.low, self.high = self.stated
        self.first_report = self.first_report or self.report

    @property
    def event_id(self) -> str:
        """The statement that published it first."""
        return self.event_ids[0]

    @property
    def has_number(self) -> bool:
        """Whether it states a number."""
        return self.stated[0] is not None

    @property
    def report(self) -> Report:
        """The report that published it first."""
        return self.reports[0]

    @property
    def order(self) -> tuple:
        """By publication, those of one time by ``event_id``, calculated ones last."""
        time = self.report.latest, bool(self.basis)
        return *time, self.event_id, self.tally, self.start, self.end

    @property
    def binds(self) -> bool:
        """Whether it still counts, at least from below."""
        return self.status == "stands"

    @property
    def binding_low(self) -> float:
        """The least that it says of its days now."""
        return max(0, self.low - self.reduced)

    @property
    def binding_high(self) -> float:
        """The most that it says of its days now."""
        if self.opened_by or self.reduced or self.kind != "toll" or self.start == EVER:
            return inf
        return self.high

    @property
    def days(self) -> str:
        """Its days, in words."""
        first, last = (str(np.int64(day).astype("datetime64[D]")) for day in (self.start, self.end))
        if self.start == EVER:
            return f"to {last}"
        return first if first == last else f"{first} to {last}"

    def stand_in(self, low: float | None = None, **changes: object) -> "Count":
        """A count in its place, of at least ``low``; without one it only withdraws another."""
        lists = {"event_ids": [*self.event_ids], "reports": [*self.reports], "first_report": None}
        return replace(self, stated=(low, self.stated[1]), **lists | changes)

    def published_before(self, other: "Count") -> bool:
        """Whether it was surely published before another."""
        return self.report.before(other.report)

    def published_with(self, other: "Count") -> bool:
        """Whether both were published at one time."""
        return self.report[1:3] == other.report[1:3]

    def within(self, other: "Count") -> bool:
        """Whether its days lie within those of another."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Count") -> bool:
        """Whether it has a day in common with another."""
        return self.start <= other.end and other.start <= self.end

    def same_days(self, other: "Count") -> bool:
        """Whether its days are those of another."""
        return self.start == other.start and self.end == other.end

    def widen(self, other: "Count") -> None:
        """Let the lower low and the higher high of two counts stand, neither being the later."""
        for one, rival in ((self, other), (other, self)):
            one.low, one.high = min(one.low, rival.stated[0]), max(one.high, rival.stated[1])

    def take_back(
        self, because: str, by: "Count | None" = None, status: str = "taken_back"
    ) -> None:
        """Say that it counts no longer, and what its source states ``by`` now."""
        if self.status == "withdrawn":
            return
        if self.binds:
            self.lowered_by = by
        if self.binds or status == "withdrawn":
            self.because = because
        self.status = status

    def open(self, because: str) -> None:
        """Let its upper end go, because its source recounted these days."""
        self.opened_by = self.opened_by or because


def copied_by(count: Count, versions: list[Count]) -> Count | None:
    """The version that a count copies: of the same number, unless its office returns to that."""
    known = next((each for each in versions if each.stated == count.stated), None)
    if known is None or known is versions[-1]:
        return known
    newest = versions[-1].report
    returns = newest.office == count.report.office and newest.before(count.report)
    return None if returns else known


class Links(NamedTuple):
    """Pairs of statements, and of what they count, of which the first names the second."""

    events: frozenset[tuple[str, str]] = frozenset()
    canonical_ids: frozenset[tuple[str, str]] = frozenset()

    def hold(self, one: Count, other: Count) -> bool:
        """Whether a count names another, or an older version of it than its own first one."""
        if not self.events:
            return False
        if any((name, each) in self.events for name in one.event_ids for each in other.event_ids):
            return True
        older = other.report.before(one.first_report)
        return older and (one.canonical_id, other.canonical_id) in self.canonical_ids


def stocks_of(rows: Iterable[Count]) -> list[Count]:
    """The counts of one stock, by their days."""
    versions: dict[tuple[str, int], list[Count]] = defaultdict(list)
    by_event: dict[str, Count] = {}
    waiting: list[Count] = []  # they withdraw what no report has stated so far
    for row in sorted(rows, key=lambda row: (row.report.latest, row.event_id)):
        if row.has_number:
            by_event[row.event_id] = _added(row, versions[row.canonical_id, row.end])
        waiting += [row] * bool(row.supersedes)
        for each in [each for each in waiting if each.supersedes in by_event]:
            by_event[each.supersedes].take_back(each.event_id, status="withdrawn")
            waiting.remove(each)
    counts = sorted({*by_event.values()}, key=lambda count: (count.end, *count.order))
    latest = _standing(counts)
    for count in counts:
        if count.binds and count not in latest:
            count.status, count.because = "replaced", latest[0].event_id
    return counts


def _added(count: Count, versions: list[Count]) -> Count:
    """The count as it is kept: the older one that it is a copy of, or itself."""
    known = None if count.supersedes else copied_by(count, versions)
    if known:
        known.event_ids.append(count.event_id)
        known.reports.append(count.report)
    else:
        for older in versions:
            if older.report == count.report and not count.supersedes:  # one count in two words
                older.widen(count)
        versions.append(count)
    return known or count


def _standing(counts: list[Count]) -> list[Count]:
    """The latest published of the latest day; several where none is the later."""
    counts = [count for count in counts if count.status != "withdrawn"]
    last = max((count.end for count in counts), default=None)
    latest = [count for count in counts if count.end == last]
    return [count for count in latest if not any(map(count.published_before, latest))]


def number_of(counts: list[Count]) -> tuple[float, float]:
    """The number that counts of one stock leave standing: anything where there is none.

    Where reports of one time differ, it is between their ends.
    """
    standing = _standing(counts)
    lows, highs = [count.low for count in standing], [count.high for count in standing]
    low, high = max(lows, default=0), min(highs, default=inf)
    return (low, high) if low <= high else (min(lows), max(highs))
