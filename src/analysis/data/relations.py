"""What the tables say of a family of tallies, and what counts say and allow together with it.

Each question becomes a system of :mod:`countbounds`: the tallies of a family with what lies in
what, and some of the counts that were published of them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import inf

import numpy as np

from analysis.data.counts import in_words
from analysis.data.nesting import closure
from analysis.data.records import Count, Links, Report
from countbounds import EVER, Infeasible, Solution, System, solve

_KEPT = 8
"""Solutions of a family that are kept at a time."""


@dataclass(frozen=True, eq=False)
class Relations:
    """What the tables say of a family of tallies, besides its counts.

    ``wholes`` follow from those ``written`` and from ``follows``, pairs that nobody wrote down;
    ``siblings`` are the other parts of a tally's division. ``counted_in`` are incidents published
    late that are among those that a total counts, ``apart_from`` those that are not.
    """

    wholes: dict[str, frozenset[str]]
    written: dict[str, frozenset[str]]
    follows: frozenset[tuple[str, str]]
    divisions: tuple[tuple[str, tuple[str, ...], bool], ...]  # whole, parts, complete
    siblings: dict[str, tuple[str, ...]]
    counted_in: Links
    apart_from: Links
    solved: dict = field(default_factory=dict, init=False)  # by content, None if that cannot hold

    def without(self, pairs: Sequence[tuple[str, str]]) -> "Relations":
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
        return replace(self, wholes=wholes, follows=follows, divisions=divisions)

    def made_of(self, tally: str) -> list[str]:
        """The parts that make a tally up, and those that make these up."""
        found: list[str] = []
        for whole, parts, complete in self.divisions:
            if complete and whole == tally:
                for part in parts:
                    found += [part, *self.made_of(part)]
        return found

    def near(self, tallies: Collection[str]) -> "Relations":
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
        return replace(self, wholes=own, divisions=divisions)


def solution_of(
    relations: Relations, counts: Sequence[Count], highs: bool = True
) -> Solution | None:
    """What counts allow together, None where they cannot all hold; the last few are kept.

    Without ``highs`` nothing bounds from above.
    """
    totals = [
        (count.tally, count.start, count.end + 1, count.binding_low, count.binding_high)
        for count in counts
        if count.kind == "toll"
    ]
    totals += _with_those_apart(relations, counts)
    incidents = [
        (count.tally, count.start, count.end + 1, count.binding_low, count.canonical_id)
        for count in counts
        if count.kind == "incident"
    ]
    content = tuple(totals), tuple(incidents), highs
    if content not in relations.solved:
        while len(relations.solved) >= _KEPT:
            del relations.solved[next(iter(relations.solved))]
        relations.solved[content] = _solved(relations, *content)
    return relations.solved[content]


def _solved(relations: Relations, totals: tuple, incidents: tuple, highs: bool) -> Solution | None:
    system = System()
    for name, wholes in relations.wholes.items():
        system.count(name, part_of=(*wholes,))
    for whole, parts, complete in relations.divisions:
        system.split(whole, parts, complete)
    if totals:
        *columns, most = zip(*totals, strict=True)
        system.totals(range(len(totals)), *columns, most if highs else inf)
    if incidents:
        *columns, same = zip(*incidents, strict=True)
        system.somes(range(len(incidents)), *columns, same=same)
    try:
        return solve(system)
    except Infeasible:
        return None


def _with_those_apart(relations: Relations, counts: Sequence[Count]) -> Iterator[tuple]:
    """Totals with the incidents that are apart from each, over the days of all."""
    if not relations.apart_from.events:
        return
    incidents = [count for count in counts if count.kind == "incident"]
    for total in counts:
        apart: dict[str, list[Count]] = defaultdict(list)
        for each in incidents if total.kind == "toll" and not total.basis else ():
            inside = each.tally == total.tally or total.tally in relations.wholes[each.tally]
            if inside and relations.apart_from.hold(each, total):
                apart[each.tally].append(each)
        for own in apart.values():
            starts = {min(total.start, each.start) for each in own}
            ends = {max(total.end, each.end) for each in own}
            for start, end in product(starts, ends):
                more: dict[str, float] = defaultdict(float)
                for each in own:
                    if start <= each.start and each.end <= end:
                        more[each.canonical_id] = max(more[each.canonical_id], each.binding_low)
                yield total.tally, start, end + 1, total.binding_low + sum(more.values()), inf


def calculated_from(
    relations: Relations, stated: Sequence[Count], report: Report
) -> Iterator[Count]:
    """A count for each least that no number of a report says by itself."""
    if not _say_more_together(relations, stated):
        return
    near = relations.near({count.tally for count in stated})
    both, lows = solution_of(near, stated), solution_of(near, stated, highs=False)
    if both is None:
        return
    starts = {count.start for count in stated if count.start > EVER}
    edges = np.array(sorted(starts | {count.end + 1 for count in stated}))
    least, alone = (_least_by_window(near, solution, edges) for solution in (both, lows))
    ids = [count.event_id for count in stated]
    for name in near.wholes:
        known = np.maximum(alone[name], _follows_from_less(near, name, least))
        for first, stop in zip(*np.nonzero(least[name] > known), strict=True):
            days = int(edges[first]), int(edges[stop]) - 1
            canonical_id = f"{' + '.join(ids)} ({name}, {days})"
            low = float(least[name][first, stop])
            about = ids, canonical_id, name, "toll", *days, (low, inf), [report]
            yield Count(*about, text=in_words(int(low), None), basis=(*stated,))


def _least_by_window(
    relations: Relations, solution: Solution, edges: np.ndarray
) -> dict[str, np.ndarray]:
    """Least number of each tally between every two of ``edges``.

    A matrix: its rows are first days, its columns the days after the last.
    """
    early, late = np.triu_indices(len(edges), 1)
    found = {name: np.zeros((len(edges), len(edges))) for name in relations.wholes}
    for name, least in found.items():
        least[early, late] = solution.between(name, edges[early], edges[late])[0]
    return found


def _say_more_together(relations: Relations, stated: Sequence[Count]) -> bool:
    """Whether counts could say more together than each by itself."""
    if len(stated) < 2 or all(count.binding_high == inf for count in stated):
        return False
    tallies = {count.tally for count in stated}
    if any(tallies & {whole, *parts} for whole, parts, _ in relations.divisions):
        return True
    return any(
        one.binding_high < inf and one.overlaps(other) and not one.same_days(other)
        for one in stated
        for other in stated
    )


def _follows_from_less(relations: Relations, name: str, least: dict[str, np.ndarray]) -> np.ndarray:
    """What a tally has at least by its parts, by their sum, or by shorter windows of its own."""
    known = [_of_shorter_windows(least[name])]
    known += [least[part] for part, wholes in relations.wholes.items() if name in wholes]
    known += [
        sum(least[part] for part in parts)
        for whole, parts, _ in relations.divisions
        if whole == name
    ]
    return np.max(known, axis=0)


def _of_shorter_windows(least: np.ndarray) -> np.ndarray:
    """What two shorter stretches of days, one after the other, have at least."""
    found = np.zeros_like(least)
    for middle in range(1, len(least) - 1):
        both = least[:, middle, None] + least[middle]
        later = np.s_[:middle, middle + 1 :]
        found[later] = np.maximum(found[later], both[later])
    return found


def least_counted(counts: Sequence[Count], within: Count, relations: Relations) -> float:
    """How many people of its tally counts add up to within the days of one."""
    counts = [count for count in counts if count.tally == within.tally]
    if all(count.kind == "toll" for count in counts):
        return _most_without_overlap(counts)
    own = replace(relations, wholes={within.tally: frozenset()}, divisions=())
    solution = solution_of(own, counts, highs=False)
    return solution.between(within.tally, within.start, within.end + 1)[0]


def _most_without_overlap(totals: Sequence[Count]) -> float:
    """The greatest sum of totals of which no two have a day in common."""
    ends, sums = [-inf], [0.0]  # the greatest sum of those that end by a day
    for total in sorted(totals, key=lambda total: total.end):
        before = sums[bisect_left(ends, total.start) - 1]
        ends.append(total.end)
        sums.append(max(sums[-1], before + total.binding_low))
    return sums[-1]
