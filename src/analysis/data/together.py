"""What the numbers of one page say together: 41 in all, 4 of them on Monday, so 37 before."""

from collections.abc import Iterator, Sequence
from math import inf

import numpy as np

from analysis.data.clashes import Rules, allowed
from analysis.data.tellings import Count, Page
from countbounds import EVER, Solution


def calculated_from(rules: Rules, told: Sequence[Count], page: Page) -> Iterator[Count]:
    """A count for each least that no number of a page says by itself."""
    if not _say_more_together(rules, told):
        return
    near = rules.near({count.tally for count in told})
    both, lows = allowed(near, told), allowed(near, told, highs=False)
    if both is None:
        return
    days = {count.start for count in told if count.start > EVER} | {c.end + 1 for c in told}
    edges = np.array(sorted(days))
    least = _least_by_window(near, both, edges)
    alone = _least_by_window(near, lows, edges)
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
    if any(tallies & {whole, *parts} for whole, parts, _ in rules.divisions):
        return True
    return any(
        one.binding_high < inf and one.meets(other) and not one.same_days(other)
        for one in told
        for other in told
    )


def _of_shorter_windows(least: np.ndarray) -> np.ndarray:
    """What two shorter stretches of days, one after the other, have at least."""
    found = np.zeros_like(least)
    for middle in range(1, len(least) - 1):
        both = least[:, middle, None] + least[middle]
        found[:middle, middle + 1 :] = np.maximum(
            found[:middle, middle + 1 :], both[:middle, middle + 1 :]
        )
    return found
