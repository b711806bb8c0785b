"""What later reports did to earlier numbers, in words for whoever codes.

What a source revises is no error; but a slip looks the same, so each number that no longer counts
is named with the one that took it back.
"""

from collections.abc import Iterator

import pandas as pd

from analysis.data.counts import MOST, in_words
from analysis.data.dataset import Dataset, cached
from analysis.data.links import list_names
from analysis.data.outcome import Family, outcome
from analysis.data.records import Count
from analysis.data.relations import least_counted


def find_notices(dataset: Dataset) -> Iterator[str]:
    """What was taken back, withdrawn or lowered, a sentence each, by publication."""
    withdrawn_by = _withdrawing_rows(dataset)
    for family in outcome(dataset, "primary").families:
        by_event = _by_event(family)
        together, known = too_many_together(family), became_known(family)
        for count in family.published:
            if count.status == "withdrawn":
                again = (row for name in count.event_ids for row in withdrawn_by.get(name, ()))
                rows = dict.fromkeys([count.because, *again])
                yield f"{_named(count)} is withdrawn by {list_names(rows)}"
            elif count.status == "taken_back" and count not in together | known:
                yield _taken_back(count, by_event.get(count.because))
            elif count.reduced and count.binds:
                yield _reduced(count, by_event, family)
        yield from _became_known(known)
        for newer in dict.fromkeys(together.values()):
            older = [count for count in together if together[count] is newer]
            counted = [
                each
                for each in family.published
                if each is not newer and each.within(newer) and not newer.published_before(each)
            ]
            total = least_counted(counted, newer, family.relations)
            yield _taken_back_together(older, newer, int(total))


def _withdrawing_rows(dataset: Dataset) -> dict[str, list[str]]:
    """The rows that withdraw a count, by its name; the first one withdraws it, others agree."""
    events = dataset.events[
        dataset.events["reading"].isna() | (dataset.events["reading"] == "primary")
    ]
    return events.groupby("supersedes", sort=False)["event_id"].agg(list).to_dict()


@cached
def taken_back_together(dataset: Dataset) -> dict[str, Count]:
    """Statements that only with others are more than a later total, each with that total.

    Nobody said that any of them was wrong.
    """
    return {
        name: newer
        for family in outcome(dataset, "primary").families
        for count, newer in too_many_together(family).items()
        for name in count.event_ids
    }


def too_many_together(family: Family) -> dict[Count, Count]:
    """Counts that only with others are more than a later total, each with that total."""
    pairs = _taken_back_by(family).items()
    return {count: newer for count, newer in pairs if _is_too_many_with_others(count, newer)}


def _by_event(family: Family) -> dict[str, Count]:
    """The counts that reports state, by each statement of them."""
    return {name: count for count in family.published for name in count.event_ids}


def _taken_back_by(family: Family) -> dict[Count, Count]:
    """Counts that a later one took back, each with that one."""
    by_event = _by_event(family)
    return {
        count: by_event[count.because]
        for count in family.published
        if count.status == "taken_back" and count.because in by_event
    }


def became_known(family: Family) -> dict[Count, Count]:
    """Fewer of a part than before, as of those not yet identified, each with the later total.

    The other parts of its division rose on the same reports, none fell, and by no less together.
    """
    found = {}
    for count, newer in _taken_back_by(family).items():
        if newer.tally == count.tally:
            others = family.relations.siblings.get(count.tally, ())
            parts = [each for each in family.published if each.tally in others]
            after = {c.tally: c.stated[0] for c in parts if c.report == newer.report}
            before = {c.tally: c.stated[0] for c in parts if c.report == count.report}
            rises = [after[name] - before[name] for name in before if name in after]
            fewer = count.stated[0] - newer.stated[0]
            if rises and min(rises) >= 0 and sum(rises) >= fewer > 0:
                found[count] = newer
    return found


def _became_known(known: dict[Count, Count]) -> Iterator[str]:
    """Parts that are fewer now because people became known, a sentence each."""
    for tally in dict.fromkeys(count.tally for count in known):
        own = [pair for pair in known.items() if pair[0].tally == tally]
        counts = dict.fromkeys(count for pair in own for count in pair)
        numbers = ", then ".join(count.text for count in counts)
        yield f"{tally} is fewer now: {numbers}; the other parts of its division rose"


def _named(count: Count) -> str:
    """A count by its statement, its number and when it was published."""
    return f"{count.event_id} ({count.text}, published {_published(count)})"


def _published(count: Count) -> str:
    last = pd.Timestamp(count.report.latest - 1, unit="us")
    return f"{last.day} {last:%B %Y}"


def _taken_back(count: Count, newer: Count | None) -> str:
    older, name = _named(count), count.event_id
    if newer is None or newer is count:
        return f"{older} no longer counts: later words of its source leave no room for it"
    less, same = _named(newer), count.same_days(newer)
    if count.canonical_id == newer.canonical_id:
        return f"{less} counts the people of {older} again, and fewer: {name} no longer counts"
    if _inside_total(count, newer):
        days = "the same days" if same else newer.days
        return f"{less} is less than {older} for {days}: {name} no longer counts. {_SLIP}"
    return f"{less} leaves no room for {older}: {name} no longer counts. {_SLIP}"


_SLIP = "If that is a slip, give the wrong one the reading aside"


def _taken_back_together(older: list[Count], newer: Count, total: int) -> str:
    names = list_names([_named(count) for count in older])
    return (
        f"{_named(newer)} is less than the {total:,} that are counted in {newer.days} "
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


def _reduced(count: Count, by_event: dict[str, Count], family: Family) -> str:
    """That a count says less, as a number that it held, or of its whole published with it, fell."""
    newer = [by_event.get(name) for name in count.reduced_by]
    wholes = family.relations.wholes[count.tally]
    held = dict.fromkeys(
        "was published with" if each and each.tally in wholes else "held" for each in newer
    )
    names = list_names(dict.fromkeys(each.event_id for each in newer if each))
    lowered = f"that {names} lowered" if names else "that was lowered"
    number, together = ("a number", "") if len(newer) == 1 else ("numbers", " together")
    now = in_words(int(count.binding_low), None)
    return (
        f"{_named(count)} {' or '.join(held)} {number} {lowered} by {int(count.reduced):,}"
        f"{together}: it now says {now}. If its source repeats it, add a row"
    )
