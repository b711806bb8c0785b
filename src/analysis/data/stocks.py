"""R8: stocks, how many there are on a day (missing, displaced). The latest stands alone."""

from collections import defaultdict
from collections.abc import Iterable
from math import inf

from analysis.data.records import Count, Row, copied_by


def stocks_of(rows: Iterable[Row]) -> list[Count]:
    """The counts of one stock, by their days."""
    versions: dict[tuple[str, int], list[Count]] = defaultdict(list)
    by_event: dict[str, Count] = {}
    waiting: list[Row] = []  # they withdraw what no page has stated so far
    for row in sorted(rows, key=lambda row: (row.page.latest, row.event_id)):
        if row.low is not None:
            by_event[row.event_id] = _added(row, versions[row.canonical_id, row.end])
        waiting += [row] * bool(row.supersedes)
        for each in [each for each in waiting if each.supersedes in by_event]:
            by_event[each.supersedes].lower(each.event_id, status="withdrawn")
            waiting.remove(each)
    counts = sorted({*by_event.values()}, key=lambda count: (count.end, *count.order))
    latest = _standing(counts)
    for count in counts:
        if count.binds and count not in latest:
            count.status, count.because = "replaced", latest[0].event_ids[0]
    return counts


def _added(row: Row, versions: list[Count]) -> Count:
    """The count of a row, which may be a copy of an older one."""
    count = Count.of(row)
    known = None if row.supersedes else copied_by(count, versions)
    if known:
        known.event_ids.append(row.event_id)
        known.pages.append(row.page)
    else:
        for older in versions:
            if older.page == count.page and not row.supersedes:  # one count in two words
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

    Where pages of one time differ, it is between their ends.
    """
    standing = _standing(counts)
    lows, highs = [count.low for count in standing], [count.high for count in standing]
    low, high = max(lows, default=0), min(highs, default=inf)
    return (low, high) if low <= high else (min(lows), max(highs))
