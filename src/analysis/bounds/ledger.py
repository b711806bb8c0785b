"""The ledger: what each number of the text adds to the total, and what already contains it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

import pandas as pd

from analysis.bounds.contradictions import check_consistent
from analysis.bounds.solutions import ALL, FamilyBounds, find_families, with_all
from analysis.data.clashes import by_stretch
from analysis.data.dataset import Dataset, cached
from analysis.data.labels import labelled
from analysis.data.outcome import check_reading, counted_rows
from analysis.data.problems import check_known
from analysis.data.publication import published_by
from analysis.data.records import Count
from analysis.data.relations import solution_of

COLUMNS = ["event_id", "tally_id", "low", "high", "counted", "inside", "reason"]
HELD = _LARGER_TALLY, _LARGER_COUNT = "part of a larger tally", "inside a larger count"
"""Reasons of counts that add nothing, because another one counts all of their people."""


def ledger(
    dataset: Dataset,
    *,
    harm: str = "killed",
    reading: str = "primary",
    as_of: date | str | None = None,
    labels: bool | str = False,
) -> pd.DataFrame:
    """What each counted statement adds to the total, and why.

    Statements are taken from the widest tally down, tolls before incidents, great numbers before
    small; each counts with what it adds to the least total that the ones before it support, and
    never with more than it states. The column ``counted`` therefore adds up to the ``low`` of
    :func:`totals`, where no tally lies in those of two parties.

    Parameters
    ----------
    dataset : Dataset
    harm : str
        What happened to the people; the datasets' own words, see ``dataset.tallies``.
    reading, as_of
        As for :func:`analysis.casualty_bounds`.
    labels : bool or str
        Whether names stand behind the ids: True in English, or a language code.

    Returns
    -------
    pandas.DataFrame
        One row a counted statement, in the order of ``events``: ``event_id``, ``tally_id``,
        ``low``, ``high``, ``counted`` (persons, Int64), ``reason`` (why it counts with so many) and
        ``inside`` (the statement or tally that the reason names: what holds or overlaps it, what
        it repeats, or what updated, lowered or withdrew it; missing where nothing does).

    Raises
    ------
    ContradictionError
        When statements published at one time cannot all be true.
    ValueError
        When no tally of the dataset counts people harmed so, or there is no such reading.

    Examples
    --------
    >>> import analysis
    >>> ledger = analysis.ledger(analysis.load("data/report"))
    >>> ledger["counted"].sum().item()
    145
    """
    check_reading(reading)
    published = published_by(dataset, as_of)
    check_harm(harm, dataset.tallies["harm"].unique())
    check_consistent(published, reading)
    return labelled(dataset, ledger_of(published, harm, reading).copy(), labels)


def check_harm(harm: str, harms: Collection[str]) -> None:
    """A ValueError where nothing is counted of a harm; where nothing is counted any will do."""
    if len(harms):
        check_known("tally of people", [harm], harms)


@cached
def ledger_of(
    dataset: Dataset, harm: str, reading: str, tallies: frozenset[str] | None = None
) -> pd.DataFrame:
    """The ledger of a dataset as it is, without families that contradict themselves.

    Of some ``tallies`` alone it leads to how many they are together.
    """
    rows = counted_rows(dataset, reading)
    harms = dataset.tallies.set_index("tally_id")["harm"]
    rows = rows[(rows["tally_id"].map(harms) == harm).to_numpy(dtype=bool)]
    entries: dict[str, tuple[float, str | None, str]] = {}
    for family in find_families(dataset, reading):
        if not family.contradictions and harms[family.tallies[0]] == harm:
            own = [name for name in family.tallies if tallies is None or name in tallies]
            wholes = {name: family.relations.wholes[name] & {*own} for name in own}
            entries |= _entries(family, wholes)
    known = rows[rows["event_id"].isin(entries)]
    found = known[["event_id", "tally_id", "low", "high"]].reset_index(drop=True)
    columns = {"counted": "Int64", "inside": "str", "reason": "str"}
    added = [entries[name] for name in found["event_id"]]
    return found.join(pd.DataFrame(added, found.index, [*columns]).astype(columns))


def _entries(
    family: FamilyBounds, wholes: dict[str, frozenset[str]]
) -> dict[str, tuple[float, str | None, str]]:
    """What each statement of some tallies of a family adds, what holds it, and why."""
    counts = family.bounded[0].family.counts
    stated = [count for count in counts if not count.basis and count.tally in wholes]
    binding = sorted((c for c in stated if c.binds), key=lambda count: _weight(count, wholes))
    counted = _added(family, binding, wholes) if binding else {}
    reasons = _Reasons(counted, wholes)
    return {
        name: (0 if at else counted.get(count, 0), *reasons.find(count, at > 0))
        for count in stated
        for at, name in enumerate(count.event_ids)
    }


def _weight(count: Count, wholes: dict[str, frozenset[str]]) -> tuple:
    """From the widest tally down: tolls first, great numbers, early days."""
    depth = len(wholes[count.tally])
    return depth, count.kind != "toll", -count.low, count.start, count.event_id


def _added(
    family: FamilyBounds, binding: Sequence[Count], wholes: dict[str, frozenset[str]]
) -> dict[Count, float]:
    """What each count adds to the least total, none more than it states."""
    own = family.bounded[0].family
    only_incidents = all(count.kind == "incident" for count in own.binding)
    if len(family.tallies) == 1 and len(family.bounded) == 1 and only_incidents:
        return _incidents(binding)
    outer = tuple(name for name in family.tallies if name in wholes and not wholes[name])
    spans = family.spans([*wholes])
    goals = [
        each.together(outer, [span.since], [span.stop])[0, 0]
        for each, span in zip(family.bounded, spans, strict=True)
    ]
    goal, days, reached = min(goals), ([spans[0].since], [spans[0].stop]), 0.0
    counted = dict.fromkeys(binding, 0.0)
    relations = with_all(own.relations, outer)
    stretch = {count: at for at, some in enumerate(by_stretch(binding)) for count in some}
    entered: dict[int, list[Count]] = defaultdict(list)
    for count in binding:
        if reached >= goal:
            break
        here = entered[stretch[count]]
        here.append(count)
        least = solution_of(relations, here, highs=False)
        least = least.between(outer[0] if len(outer) == 1 else ALL, *days)[0][0]
        more = least - sum(counted[each] for each in here)
        counted[count] = min(more, goal - reached, count.binding_low)
        reached += counted[count]
    for count in binding:  # what one report says together is shared by those that say it
        more = min(goal - reached, count.binding_low - counted[count])
        counted[count] += more
        reached += more
    return counted


def _incidents(binding: Sequence[Count]) -> dict[Count, float]:
    """Incidents of one tally are different people, versions of one are the same."""
    counted, known = {}, defaultdict(float)
    for count in binding:
        counted[count] = max(0.0, count.binding_low - known[count.canonical_id])
        known[count.canonical_id] += counted[count]
    return counted


class _Reasons:
    """Why each count of some tallies adds what it adds: nothing, where another holds it."""

    def __init__(self, counted: dict[Count, float], wholes: dict[str, frozenset[str]]) -> None:
        self.counted, self.wholes = counted, wholes
        self.adding = [count for count, people in counted.items() if people > 0]
        self.by_tally, self.by_people = defaultdict(list), defaultdict(list)
        for count in sorted(counted, key=_extent):
            self.by_tally[count.tally].append(count)
        for count in counted:
            self.by_people[count.canonical_id].append(count)

    def find(self, count: Count, repeated: bool) -> tuple[str | None, str]:
        """The statement or tally that the reason names, and the reason."""
        if not count.binds:
            return count.because, "withdrawn" if count.status == "withdrawn" else "taken back"
        if repeated:
            return count.event_id, "repeated"
        if self.counted[count] == count.low:
            return None, "counted"
        near = [each for each in self.adding if each is not count and each.overlaps(count)]
        around = [each for each in near if count.within(each)]
        holder = next((each.event_id for each in (*around, *near)), None)
        if self.counted[count] > 0:
            return holder, "partly inside another count"
        versions = self.by_people[count.canonical_id]
        newer = next((each for each in versions if count.published_before(each)), None)
        if newer:
            return newer.event_id, "updated"
        total = self._total_around(count)
        if own := self.wholes[count.tally]:
            nearest = min(own, key=lambda name: (-len(self.wholes[name]), name))
            return total or nearest, _LARGER_TALLY
        return total or holder, _LARGER_COUNT if around else "overlaps another count"

    def _total_around(self, count: Count) -> str | None:
        """The smallest total of the same or a larger tally over all days of a count."""
        totals = (
            next((each for each in self.by_tally[name] if _holds(each, count)), None)
            for name in {count.tally, *self.wholes[count.tally]}
        )
        found = [each for each in totals if each]
        return min(found, key=_extent).event_id if found else None


def _extent(count: Count) -> tuple:
    """What puts the smallest of several counts first: few days, few people."""
    return count.end - count.start, count.low, count.event_id


def _holds(other: Count, count: Count) -> bool:
    """Whether a total holds another count, over all its days."""
    is_total = other.kind == "toll" and other is not count and other.low >= count.low
    return is_total and count.within(other)
