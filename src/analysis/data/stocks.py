"""Stocks, how many there are on a day (missing, displaced): the latest stands, none is added."""

from collections import defaultdict
from collections.abc import Iterable
from math import inf

from analysis.data.tellings import Count, Row, told_again


def stocks_of(rows: Iterable[Row]) -> list[Count]:
    """The counts of one stock, by their days."""
    versions: dict[tuple[str, int], list[Count]] = defaultdict(list)
    by_event: dict[str, Count] = {}
    unheard: list[Row] = []  # they withdraw what no page has told so far
    for row in sorted(rows, key=lambda row: (row.page.latest, row.event_id)):
        if row.low is not None:
            count, told = Count.of(row), versions[row.thing, row.end]
            known = None if row.supersedes else told_again(count, told)
            if known:
                known.event_ids.append(row.event_id)
                known.pages.append(row.page)
            else:
                told.append(count)
            by_event[row.event_id] = known or count
        unheard += [row] * bool(row.supersedes)
        for each in [each for each in unheard if each.supersedes in by_event]:
            by_event[each.supersedes].lower(each.event_id, status="withdrawn")
            unheard.remove(each)
    found = [count for told in versions.values() for count in told]
    found.sort(key=lambda count: (count.end, *count.order))
    latest = _standing(found)
    for count in found:
        if count.binds and count not in latest:
            count.status, count.because = "replaced", latest[0].event_ids[0]
    return found


def _standing(counts: list[Count]) -> list[Count]:
    """Of counts of one stock the latest told of the latest day; several where none is the later."""
    counts = [count for count in counts if count.status != "withdrawn"]
    last = max((count.end for count in counts), default=None)
    latest = [count for count in counts if count.end == last]
    return [count for count in latest if not any(count.told_before(each) for each in latest)]


def number_of(counts: list[Count]) -> tuple[float, float]:
    """The number that counts of one stock leave standing: anything where there is none.

    Where pages of one time differ, it is between their ends.
    """
    told = _standing(counts)
    low, high = (
        max((count.low for count in told), default=0),
        min((count.high for count in told), default=inf),
    )
    if low > high:
        low, high = min(count.low for count in told), max(count.high for count in told)
    return low, high
