"""What counts allow together: whether they can all hold, and what follows from several.

Each question becomes a system of :mod:`countbounds`: the tallies of a family with what lies in
what, and some of the counts that were told of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from math import inf
from typing import NamedTuple

import numpy as np

from analysis.data.tellings import Count, Line, Page, Row
from countbounds import EVER, Solution, System, feasible, solve


class Rules(NamedTuple):
    """What the tables say of a family of tallies, besides its counts.

    ``among`` and ``apart`` are pairs of things: the first told late among those that the second
    counts, or beside them.
    """

    wholes: dict[str, frozenset[str]]
    written: dict[str, frozenset[str]]
    divisions: tuple[tuple[str, tuple[str, ...], bool], ...]  # whole, parts, complete
    beside: dict[str, tuple[str, ...]]
    among: frozenset[tuple[str, str]]
    apart: frozenset[tuple[str, str]]

    def guessed(self, clash: Collection[Count]) -> list[tuple[str, str]]:
        """Which tallies lie in one another though nobody wrote it down, if a clash rests on it."""
        names = sorted({count.tally for count in clash})
        pairs = [
            (part, whole)
            for part in names
            for whole in names
            if whole in self.wholes[part] - self.written[part]
        ]
        return pairs if pairs and fit(self.without(pairs), [*clash]) else []

    def without(self, pairs: Sequence[tuple[str, str]]) -> "Rules":
        """The same where some tallies do not lie in others."""
        gone = {*pairs}
        wholes = {
            name: frozenset(whole for whole in found if (name, whole) not in gone)
            for name, found in self.wholes.items()
        }
        return self._replace(wholes=wholes)

    def near(self, tallies: Collection[str]) -> "Rules":
        """The part of the family that some of its tallies can say anything of."""
        kept = {*tallies}.union(*(self.wholes[name] for name in tallies))
        size = 0
        while size < len(kept):
            size = len(kept)
            for whole, parts, _ in self.divisions:
                if kept & {whole, *parts}:
                    kept |= {whole, *parts, *self.wholes[whole]}
        own = {name: self.wholes[name] & kept for name in self.wholes if name in kept}
        divisions = tuple(each for each in self.divisions if each[0] in kept)
        return self._replace(wholes=own, divisions=divisions)


def system_of(rules: Rules, counts: Sequence[Count], highs: bool = True) -> System:
    """The counts as a system; without ``highs`` nothing bounds from above."""
    system = System()
    for name, wholes in rules.wholes.items():
        system.count(name, part_of=(*wholes,))
    for whole, parts, complete in rules.divisions:
        system.split(whole, parts, complete)
    for at, count in enumerate(counts):
        days = count.start, count.end + 1
        if count.kind == "incident":
            system.some(at, count.tally, *days, count.binding_low, same=count.thing)
        else:
            high = count.binding_high if highs else inf
            system.total(at, count.tally, *days, count.binding_low, high)
    for at, (total, more) in enumerate(_with_those_apart(rules, counts)):
        low = total.binding_low + more
        system.total(-1 - at, total.tally, total.start, total.end + 1, low)
    return system


def _with_those_apart(rules: Rules, counts: Sequence[Count]) -> Iterator[tuple[Count, float]]:
    """Totals, and how many incidents of a tally were told apart from each."""
    if not rules.apart:
        return
    incidents = [count for count in counts if count.kind == "incident"]
    for total in counts:
        more: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for each in incidents if total.kind == "toll" else ():
            inside = each.tally == total.tally or total.tally in rules.wholes[each.tally]
            if inside and (each.thing, total.thing) in rules.apart:
                known = more[each.tally]
                known[each.thing] = max(known[each.thing], each.binding_low)
        yield from ((total, sum(known.values())) for known in more.values())


def fit(rules: Rules, counts: Sequence[Count]) -> bool:
    """Whether counts can all hold."""
    if all(count.binding_high == inf for count in counts):
        return True  # more people can always be added
    return feasible(system_of(rules, counts))


def fit_on_one_day(rules: Rules, lines: dict[str, Line]) -> bool:
    """Whether all people can have been harmed on one day that all windows share.

    Only that they can is known by it, not that they cannot.
    """
    if rules.divisions or rules.apart:
        return False
    if max(line.first for line in lines.values()) > min(line.last for line in lines.values()):
        return False
    return all(
        max(line.peak, line.incidents) <= lines[name].room
        for tally, line in lines.items()
        for name in (tally, *rules.wholes[tally])
        if name in lines
    )


def stretches_that_clash(rules: Rules, rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Days (first, and after the last) whose numbers cannot all hold as they were first told.

    Where they can, no page can ever contradict an older one, whatever was taken back or let go.
    """
    counts = [Count.of(row) for row in rows if row.low is not None]
    if not counts or fit(rules, counts):
        return []
    counts.sort(key=lambda count: count.start)
    stretches: list[list[Count]] = []
    stop = EVER - 1
    for count in counts:
        if count.start >= stop:
            stretches.append([])
        stretches[-1].append(count)
        stop = max(stop, count.end + 1)
    return [
        (own[0].start, max(count.end for count in own) + 1)
        for own in stretches
        if not fit(rules, own)
    ]


def newest_clash(rules: Rules, counts: Sequence[Count]) -> list[Count]:
    """A smallest set of counts that cannot all hold, of new ones rather than old; none if all can.

    What can be left out is left out, the oldest first.
    """
    if not counts or fit(rules, counts):
        return []
    left, needed = sorted(counts, key=lambda count: count.order), []
    while left and (not needed or fit(rules, needed)):
        least, most = 0, len(left)  # so many of the oldest can be left out, and cannot
        while most - least > 1:
            half = (least + most) // 2
            if fit(rules, [*needed, *left[half:]]):
                most = half
            else:
                least = half
        needed.append(left[least])
        left = left[least + 1 :]
    return needed


def least_counted(counts: Sequence[Count], within: Count, rules: Rules) -> float:
    """How many people of its tally counts add up to within the days of one."""
    own = rules._replace(wholes={within.tally: frozenset()}, divisions=())
    counts = [count for count in counts if count.tally == within.tally]
    solution = solve(system_of(own, counts, highs=False))
    return solution.between(within.tally, within.start, within.end + 1)[0]


def calculated_from(rules: Rules, told: Sequence[Count], page: Page) -> Iterator[Count]:
    """What the numbers of one page say together: 41 in all, 4 of them on Monday, so 37 before."""
    if not _say_more_together(rules, told):
        return
    near = rules.near({count.tally for count in told})
    system = system_of(near, told)
    if not feasible(system):
        return
    days = {count.start for count in told if count.start > EVER} | {c.end + 1 for c in told}
    edges = np.array(sorted(days))
    least = _least_by_window(near, solve(system), edges)
    alone = _least_by_window(near, solve(system_of(near, told, highs=False)), edges)
    ids = [count.event_ids[0] for count in told]
    for name in near.wholes:
        known = np.maximum(alone[name], _of_shorter_windows(least[name]))
        for part in near.wholes:
            if name in near.wholes[part]:
                known = np.maximum(known, least[part])
        for whole, parts, _ in near.divisions:
            if whole == name:
                known = np.maximum(known, sum(least[part] for part in parts))
        for first, stop in zip(*np.nonzero(least[name] > known), strict=True):
            days = int(edges[first]), int(edges[stop]) - 1
            thing = f"{' + '.join(ids)} ({name}, {days})"
            said = float(least[name][first, stop]), inf
            yield Count(ids, thing, name, "toll", *days, said, [page], basis=(*told,))


def _least_by_window(rules: Rules, solution: Solution, edges: np.ndarray) -> dict[str, np.ndarray]:
    """The least of each tally from one of some days to before another, by their places."""
    early, late = np.triu_indices(len(edges), 1)
    found = {name: np.zeros((len(edges), len(edges))) for name in rules.wholes}
    for name, least in found.items():
        least[early, late] = solution.between(name, edges[early], edges[late])[0]
    return found


def _say_more_together(rules: Rules, told: Sequence[Count]) -> bool:
    """Whether counts could say more together than each by itself."""
    if len(told) < 2 or all(count.binding_high == inf for count in told):
        return False
    tallies = {count.tally for count in told}
    divided = any(tallies & {whole, *parts} for whole, parts, _ in rules.divisions)
    return divided or len({(count.start, count.end) for count in told}) > 1


def _of_shorter_windows(least: np.ndarray) -> np.ndarray:
    """What two shorter stretches of days, one after the other, have at least."""
    found = np.zeros_like(least)
    for middle in range(1, len(least) - 1):
        both = least[:, middle, None] + least[middle]
        found[:middle, middle + 1 :] = np.maximum(
            found[:middle, middle + 1 :], both[:middle, middle + 1 :]
        )
    return found
