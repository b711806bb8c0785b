"""What later pages did to earlier numbers, in words for whoever codes.

Nothing that a source revises is an error; but a slip looks the same, so each number that counts no
longer is named with the one that did it.
"""

from collections.abc import Iterator

import pandas as pd

from analysis.data.counts import MOST, as_said
from analysis.data.dataset import Dataset
from analysis.data.outcome import Family, outcome
from analysis.data.questions import days_of
from analysis.data.tellings import Count


def find_notices(dataset: Dataset) -> Iterator[str]:
    """What was taken back, withdrawn or lowered, a sentence each, by publication."""
    written = dict(zip(dataset.events["event_id"], dataset.events["count"], strict=True))
    for family in outcome(dataset, "primary").families:
        by_event = {name: count for count in family.counts for name in count.event_ids}
        for count in sorted(family.counts, key=lambda each: each.order):
            if count.basis:
                continue
            newer = by_event.get(count.because or count.fallen_by)
            if count.status == "withdrawn":
                yield f"{_named(count, written)} is withdrawn by {count.because}"
            elif count.status == "taken_back":
                yield _taken_back(count, newer, written)
            elif count.fallen:
                yield _reduced(count, newer, written)


def _named(count: Count, written: dict[str, str]) -> str:
    """A count by its statement, its number and when it was published."""
    return f"{count.event_ids[0]} ({written[count.event_ids[0]]}, published {_published(count)})"


def _published(count: Count) -> str:
    last = pd.Timestamp(count.page.latest - 1, unit="us")
    return f"{last.day} {last:%B %Y}"


def _taken_back(count: Count, newer: Count | None, written: dict[str, str]) -> str:
    older, name = _named(count, written), count.event_ids[0]
    if newer is None or newer is count:
        return f"{older} counts no longer: later words of its source leave no room for it"
    less, same = _named(newer, written), count.same_days(newer)
    if count.thing == newer.thing:
        return f"{less} counts the people of {older} again, and fewer: {name} counts no longer"
    total = newer.kind == "toll" and newer.tally == count.tally and count.inside(newer)
    if total and count.low > (newer.low if same else min(newer.said[1], MOST)):
        days = "the same days" if same else days_of(newer)
        return f"{less} is less than {older} for {days}: {name} counts no longer. {_SLIP}"
    if total:
        return (
            f"{less} is less than what was counted before in {days_of(newer)}, taken together: "
            f"{older} counts no longer. {_SLIP}"
        )
    return f"{less} leaves no room for {older}: {name} counts no longer. {_SLIP}"


_SLIP = "A slip? Give the wrong one the reading aside"


def _reduced(count: Count, newer: Count | None, written: dict[str, str]) -> str:
    left = as_said(int(count.binding_low), None)
    by = f", which {newer.event_ids[0]} lowered" if newer else ""
    return (
        f"{_named(count, written)} held a number{by}, by {int(count.fallen):,}: it says {left} "
        f"now. If its source tells it again, add a row"
    )
