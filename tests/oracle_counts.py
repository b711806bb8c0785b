"""What rows state, for the oracle: numbers, days, times and counts (rules R2 and R9)."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

INF = float("inf")
BEGINNING, END = 0, 10**7
"""Days before and after all others: a count without a first day starts at the beginning."""


# R9: a count as it is written


def read_count(row: dict) -> tuple[int, float] | None:
    """Low and high as a row states them, None where it states no count."""
    if not row.get("count"):
        low, high = row.get("low"), row.get("high")
        return (int(low), int(high) if high else INF) if low else None
    text = row["count"].strip().lower()
    first, *more = [int(number) for number in re.findall(r"\d+", text)]
    if more:
        return first, more[0]
    if re.search(r"at least|≥|\+", text):
        return first, INF
    if "more than" in text:
        return first + 1, INF
    if re.search("up to|at most|≤", text):
        return 0, first
    return (0, first - 1) if "fewer than" in text else (first, first)


def read_day(text: str | None) -> int:
    return date.fromisoformat(text).toordinal() if text else BEGINNING


def write_day(day: int) -> str:
    return "" if day == BEGINNING else date.fromordinal(day).isoformat()


def first_day(row) -> int:
    return read_day(row.get("date_start"))


def last_day(row) -> int:
    return read_day(row.get("date_end"))


def read_time(text: str) -> tuple[datetime, datetime]:
    """From when to before when: a day without an hour lasts all day."""
    start = datetime.fromisoformat(text)
    return start, start + (timedelta(days=1) if len(text) == 10 else timedelta(minutes=1))


def ids(cell: str | None) -> list[str]:
    return [each for each in (cell or "").split(";") if each]


@dataclass(frozen=True)
class Page:
    """A published text: between which times it appeared, and whose it is."""

    report_id: str
    earliest: datetime
    latest: datetime
    office: str

    def is_before(self, other: "Page") -> bool:
        return self.latest <= other.earliest


@dataclass(eq=False)
class Count:
    """One thing counted, as its source counted it at one time; rows that copy it are among ids."""

    event_ids: list[str]
    tally: str
    kind: str
    start: int
    end: int
    said: tuple[int, float]
    pages: list[Page]
    thread: str
    calculated: bool = False
    basis: tuple = ()  # the counts that a calculated one follows from
    low: int = field(init=False)  # as stated, or the lower of two pages of one time
    high: float = field(init=False)
    fallen: int = 0  # by how much it fell with what it held
    let_go: bool = False  # its upper end binds no longer
    gone: str = ""  # why it binds no longer: taken_back or withdrawn
    lowered_by: "Count | None" = None

    def __post_init__(self):
        self.low, self.high = self.said

    def widen(self, other: "Count") -> None:
        """The lower low and the higher high of two, neither of which is the later."""
        for one, rival in ((self, other), (other, self)):
            one.low, one.high = min(one.low, rival.said[0]), max(one.high, rival.said[1])

    @property
    def page(self) -> Page:
        """The page that told it first."""
        return self.pages[0]

    @property
    def order(self):
        """By publication, those that are calculated first."""
        return self.page.latest, not self.calculated, self.event_ids[0], self.tally, *self.days

    @property
    def days(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def binding_low(self) -> int:
        return max(0, self.low - self.fallen)

    @property
    def binding_high(self) -> float:
        binds = self.kind == "toll" and self.start != BEGINNING
        return self.high if binds and not self.let_go and not self.fallen else INF

    def is_before(self, other: "Count") -> bool:
        return self.page.is_before(other.page)

    def is_inside(self, other: "Count") -> bool:
        return other.start <= self.start and self.end <= other.end

    def meets(self, other: "Count") -> bool:
        return self.start <= other.end and other.start <= self.end

    def lower(self, by: "Count | None", why: str = "taken_back") -> None:
        """Bind no longer. What is withdrawn later says so; what lowered it stays the first."""
        self.lowered_by = self.lowered_by if self.gone else by
        self.gone = "withdrawn" if "withdrawn" in (why, self.gone) else why
