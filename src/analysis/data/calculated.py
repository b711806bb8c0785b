"""What the numbers of one page say together: 41 in all, 4 of them on Monday, so 37 before."""

from collections.abc import Iterator, Sequence
from math import inf

import numpy as np

from analysis.data.records import Count, Page
from analysis.data.relations import Relations, solution_of
from countbounds import EVER, Solution


def calculated_from(relations: Relations, stated: Sequence[Count], page: Page) -> Iterator[Count]:
    """A count for each least that no number of a page says by itself."""
    if not _say_more_together(relations, stated):
        return
    near = relations.near({count.tally for count in stated})
    both, lows = solution_of(near, stated), solution_of(near, stated, highs=False)
    if both is None:
        return
    days = {count.start for count in stated if count.start > EVER} | {c.end + 1 for c in stated}
    edges = np.array(sorted(days))
    least, alone = (_least_by_window(near, solution, edges) for solution in (both, lows))
    ids = [count.event_ids[0] for count in stated]
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
            canonical_id = f"{' + '.join(ids)} ({name}, {days})"
            low = float(least[name][first, stop])
            yield Count(
                ids, canonical_id, name, "toll", *days, (low, inf), [page], basis=(*stated,)
            )


def _least_by_window(
    relations: Relations, solution: Solution, edges: np.ndarray
) -> dict[str, np.ndarray]:
    """The least of each tally from one of some days to before another, by their places."""
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


def _of_shorter_windows(least: np.ndarray) -> np.ndarray:
    """What two shorter stretches of days, one after the other, have at least."""
    found = np.zeros_like(least)
    for middle in range(1, len(least) - 1):
        both = least[:, middle, None] + least[middle]
        later = np.s_[:middle, middle + 1 :]
        found[later] = np.maximum(found[later], both[later])
    return found
