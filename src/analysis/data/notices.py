"""What later pages did to earlier numbers, in words for whoever codes.

What a source revises is no error; but a slip looks the same, so each number that no longer counts
is named with the one that took it back.
"""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from analysis.data.counts import MOST, as_said
from analysis.data.dataset import Dataset, cached
from analysis.data.outcome import Family, outcome
from analysis.data.records import Count
from analysis.data.relations import least_counted
from analysis.data.wording import days_of, list_names


def find_notices(dataset: Dataset) -> Iterator[str]:
    """What was taken back, withdrawn or lowered, a sentence each, by publication."""
    written = dict(zip(dataset.events["event_id"], dataset.events["count"], strict=True))
    withdrawn_by = _withdrawing_rows(dataset)
    for family in outcome(dataset, "primary").families:
        stated = [count for count in family.counts if not count.basis]
        by_event = {name: count for count in stated for name in count.event_ids}
        together = _together(family)
        for count in sorted(stated, key=lambda each: each.order):
            newer = by_event.get(count.because or count.reduced_by)
            if count.status == "withdrawn":
                again = (row for name in count.event_ids for row in withdrawn_by.get(name, ()))
                rows = dict.fromkeys([count.because, *again])
                yield f"{_named(count, written)} is withdrawn by {list_names(rows)}"
            elif count.status == "taken_back" and count not in together:
                yield _taken_back(count, newer, written)
            elif count.reduced:
                yield _reduced(count, newer, written)
        for newer, older in _by_newer(together).items():
            counted = [
                each
                for each in stated
                if each is not newer and each.within(newer) and not newer.published_before(each)
            ]
            total = least_counted(counted, newer, family.relations)
            yield _taken_back_together(older, newer, int(total), written)


def _withdrawing_rows(dataset: Dataset) -> dict[str, list[str]]:
    """The rows that withdraw a count, by its name; the first one withdraws it, others agree."""
    events = dataset.events[
        dataset.events["reading"].isna() | (dataset.events["reading"] == "primary")
    ]
    return events.groupby("supersedes", sort=False)["event_id"].agg(list).to_dict()


@cached
def taken_back_together(dataset: Dataset) -> dict[str, int]:
    """Statements that only with others are more than a later total, each with that total's least.

    Nobody said that any of them was wrong.
    """
    return {
        name: int(newer.low)
        for family in outcome(dataset, "primary").families
        for count, newer in _together(family).items()
        for name in count.event_ids
    }


def _together(family: Family) -> dict[Count, Count]:
    """Counts that only with others are more than a later total, each with that total."""
    stated = sorted((c for c in family.counts if not c.basis), key=lambda count: count.order)
    by_event = {name: count for count in stated for name in count.event_ids}
    taken_back = (count for count in stated if count.status == "taken_back")
    pairs = ((count, by_event.get(count.because)) for count in taken_back)
    return {
        count: newer for count, newer in pairs if newer and _is_too_many_with_others(count, newer)
    }


def _by_newer(together: dict[Count, Count]) -> dict[Count, list[Count]]:
    found: dict[Count, list[Count]] = defaultdict(list)
    for count, newer in together.items():
        found[newer].append(count)
    return found


def _named(count: Count, written: dict[str, str]) -> str:
    """A count by its statement, its number and when it was published."""
    return f"{count.event_ids[0]} ({written[count.event_ids[0]]}, published {_published(count)})"


def _published(count: Count) -> str:
    last = pd.Timestamp(count.page.latest - 1, unit="us")
    return f"{last.day} {last:%B %Y}"


def _taken_back(count: Count, newer: Count | None, written: dict[str, str]) -> str:
    older, name = _named(count, written), count.event_ids[0]
    if newer is None or newer is count:
        return f"{older} no longer counts: later words of its source leave no room for it"
    less, same = _named(newer, written), count.same_days(newer)
    if count.canonical_id == newer.canonical_id:
        return f"{less} counts the people of {older} again, and fewer: {name} no longer counts"
    if _inside_total(count, newer):
        days = "the same days" if same else days_of(newer)
        return f"{less} is less than {older} for {days}: {name} no longer counts. {_SLIP}"
    return f"{less} leaves no room for {older}: {name} no longer counts. {_SLIP}"


_SLIP = "If that is a slip, give the wrong one the reading aside"


def _taken_back_together(
    older: list[Count], newer: Count, total: int, written: dict[str, str]
) -> str:
    names = list_names([_named(count, written) for count in older])
    return (
        f"{_named(newer, written)} is less than the {total:,} that are counted in {days_of(newer)} "
        f"together, so these no longer count: {names}. {_SLIP}; if not, nothing needs to be done"
    )


def _inside_total(count: Count, newer: Count) -> bool:
    """Whether a count lies within the days of a newer total of its tally."""
    return newer.kind == "toll" and newer.tally == count.tally and count.within(newer)


def _is_too_many_with_others(count: Count, newer: Count) -> bool:
    """Whether a newer total has room for a count by itself, though not for all before it."""
    most = newer.low if count.same_days(newer) else min(newer.stated[1], MOST)
    again = count.canonical_id == newer.canonical_id
    return not again and _inside_total(count, newer) and count.low <= most


def _reduced(count: Count, newer: Count | None, written: dict[str, str]) -> str:
    left = as_said(int(count.binding_low), None)
    by = f"that {newer.event_ids[0]} lowered" if newer else "that was lowered"
    return (
        f"{_named(count, written)} held a number {by} by {int(count.reduced):,}: it now says "
        f"{left}. If its source tells it again, add a row"
    )
