"""What counts allow together: whether they can all hold, and what follows from several.

Each question becomes a system of :mod:`countbounds`: the tallies of a family with what lies in
what, and some of the counts that were told of them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from math import inf
from typing import NamedTuple

from analysis.data.nesting import closure
from analysis.data.tellings import Count, Line, Links, Row
from countbounds import EVER, Infeasible, Solution, System, solve

_KEPT = 8
"""Solutions of a family that are kept at a time."""


class Rules(NamedTuple):
    """What the tables say of a family of tallies, besides its counts.

    ``wholes`` follow from those ``written`` and from ``follows``, pairs that nobody wrote down.
    ``among`` are incidents told late that are among those that a total counts, ``apart`` those
    that are beside them.
    """

    wholes: dict[str, frozenset[str]]
    written: dict[str, frozenset[str]]
    follows: frozenset[tuple[str, str]]
    divisions: tuple[tuple[str, tuple[str, ...], bool], ...]  # whole, parts, complete
    beside: dict[str, tuple[str, ...]]
    among: Links
    apart: Links
    solved: dict  # solutions of systems, by their content; None where one cannot hold

    def guessed(self, clash: Collection[Count]) -> list[tuple[str, str]]:
        """The pairs by which tallies of a clash lie in one another, if it rests on such alone."""
        names = {count.tally for count in clash}
        within = names.union(*(self.wholes[name] for name in names))
        pairs = [
            (part, whole)
            for part, whole in sorted(self.follows)
            if part in within and names & {whole, *self.wholes[whole]}
        ]
        return pairs if pairs and fit(self.without(pairs), [*clash]) else []

    def without(self, pairs: Sequence[tuple[str, str]]) -> "Rules":
        """The same where some tallies do not lie in others as far as anybody knows."""
        follows = self.follows.difference(pairs)
        direct = {name: {*found} for name, found in self.written.items()}
        for part, whole in follows:
            direct[part].add(whole)
        wholes = closure(direct)
        divisions = tuple(
            (whole, parts, complete)
            for whole, parts, complete in self.divisions
            if all(whole in wholes[part] for part in parts)
        )
        return self._replace(wholes=wholes, follows=follows, divisions=divisions, solved={})

    def made_of(self, tally: str) -> list[str]:
        """The parts that make a tally up, and those that make these up."""
        found: list[str] = []
        for whole, parts, complete in self.divisions:
            if complete and whole == tally:
                for part in parts:
                    found += [part, *self.made_of(part)]
        return found

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
        if len(own) == len(self.wholes):
            return self
        return self._replace(wholes=own, divisions=divisions, solved={})


def allowed(rules: Rules, counts: Sequence[Count], highs: bool = True) -> Solution | None:
    """What counts allow together, None where they cannot all hold; solved once.

    Without ``highs`` nothing bounds from above.
    """
    totals = [
        (count.tally, count.start, count.end + 1, count.binding_low, count.binding_high)
        for count in counts
        if count.kind == "toll"
    ]
    totals += _with_those_apart(rules, counts)
    incidents = [
        (count.tally, count.start, count.end + 1, count.binding_low, count.thing)
        for count in counts
        if count.kind == "incident"
    ]
    content = tuple(totals), tuple(incidents), highs
    if content not in rules.solved:
        while len(rules.solved) >= _KEPT:
            del rules.solved[next(iter(rules.solved))]
        rules.solved[content] = _solved(rules, *content)
    return rules.solved[content]


def _solved(rules: Rules, totals: tuple, incidents: tuple, highs: bool) -> Solution | None:
    system = System()
    for name, wholes in rules.wholes.items():
        system.count(name, part_of=(*wholes,))
    for whole, parts, complete in rules.divisions:
        system.split(whole, parts, complete)
    if totals:
        *columns, most = zip(*totals, strict=True)
        system.totals(range(len(totals)), *columns, most if highs else inf)
    if incidents:
        *columns, things = zip(*incidents, strict=True)
        system.somes(range(len(incidents)), *columns, same=things)
    try:
        return solve(system)
    except Infeasible:
        return None


def _with_those_apart(rules: Rules, counts: Sequence[Count]) -> Iterator[tuple]:
    """Totals with the incidents of a tally that were told apart from each, over the days of all."""
    if not rules.apart.events:
        return
    incidents = [count for count in counts if count.kind == "incident"]
    for total in counts:
        apart: dict[str, list[Count]] = defaultdict(list)
        for each in incidents if total.kind == "toll" and not total.basis else ():
            inside = each.tally == total.tally or total.tally in rules.wholes[each.tally]
            if inside and rules.apart.hold(each, total):
                apart[each.tally].append(each)
        for own in apart.values():
            starts = {min(total.start, each.start) for each in own}
            ends = {max(total.end, each.end) for each in own}
            for start, end in product(starts, ends):
                more: dict[str, float] = defaultdict(float)
                for each in own:
                    if start <= each.start and each.end <= end:
                        more[each.thing] = max(more[each.thing], each.binding_low)
                yield total.tally, start, end + 1, total.binding_low + sum(more.values()), inf


def fit(rules: Rules, counts: Sequence[Count]) -> bool:
    """Whether counts can all hold."""
    if all(count.binding_high == inf for count in counts):
        return True  # more people can always be added
    return allowed(rules, counts) is not None


def fit_on_one_day(rules: Rules, lines: dict[str, Line]) -> bool:
    """Whether all people can have been harmed on one day that all windows share.

    Only that they can is known by it, not that they cannot.
    """
    if rules.divisions or rules.apart.events or not lines:
        return not lines
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
    return [
        (own[0].start, max(count.end for count in own) + 1)
        for own in in_stretches(counts)
        if not fit(rules, own)
    ]


def in_stretches(counts: Sequence[Count]) -> list[list[Count]]:
    """Counts whose days meet, directly or by way of others, together: the earliest first."""
    stretches: list[list[Count]] = []
    stop = EVER - 1
    for count in sorted(counts, key=lambda count: count.start):
        if count.start >= stop:
            stretches.append([])
        stretches[-1].append(count)
        stop = max(stop, count.end + 1)
    return stretches


def newest_clash(rules: Rules, counts: Sequence[Count]) -> list[Count]:
    """A smallest set of counts that cannot all hold, of new ones rather than old; none if all can.

    What can be left out is left out, the oldest first, of one time what is calculated.
    """
    if not counts or fit(rules, counts):
        return []
    left = sorted(counts, key=lambda count: (count.page.latest, not count.basis, count.order))
    needed: list[Count] = []
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
    counts = [count for count in counts if count.tally == within.tally]
    if all(count.kind == "toll" for count in counts):
        return _most_without_overlap(counts)
    own = rules._replace(wholes={within.tally: frozenset()}, divisions=(), solved={})
    solution = allowed(own, counts, highs=False)
    return solution.between(within.tally, within.start, within.end + 1)[0]


def _most_without_overlap(totals: Sequence[Count]) -> float:
    """The greatest sum of totals of which no two have a day in common."""
    ends, sums = [-inf], [0.0]  # the greatest sum of those that end by a day
    for total in sorted(totals, key=lambda total: total.end):
        before = sums[bisect_left(ends, total.start) - 1]
        ends.append(total.end)
        sums.append(max(sums[-1], before + total.binding_low))
    return sums[-1]
