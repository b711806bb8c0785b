"""From statements to edges: upper bounds of what a count grows by from one day to another.

With S(d) the number of items before day d, a total says that S(stop) - S(first) is at most its
high and S(first) - S(stop) at most minus its low. Items that are no versions of each
other add up over every range of days that holds their windows; of these ranges only those are kept
that say more than shorter ones do together.
"""

from typing import NamedTuple

import numpy as np

from countbounds.system import Statements


class Edges(NamedTuple):
    """Upper bounds ``most`` of S(days[stop]) - S(days[start]), besides that S never falls."""

    days: np.ndarray  # ascending
    count: np.ndarray
    start: np.ndarray
    stop: np.ndarray
    most: np.ndarray

    @classmethod
    def of(cls, statements: Statements) -> "Edges":
        """All that some statements say directly."""
        days, ends = np.unique([statements.first, statements.stop], return_inverse=True)
        first, stop = ends.reshape(2, -1)
        total, bound = statements.same < 0, statements.high < np.inf
        columns = [
            (statements.count[total], stop[total], first[total], -statements.low[total]),
            (statements.count[bound], first[bound], stop[bound], statements.high[bound]),
        ]
        for count in np.unique(statements.count[~total]):
            some = ~total & (statements.count == count)
            places, (early, late) = np.unique([first[some], stop[some]], return_inverse=True)
            rows, columns_, low = _ranges(early, late, statements.low[some], statements.same[some])
            columns.append((np.full(len(low), count), places[columns_], places[rows], -low))
        return cls(days, *map(np.concatenate, zip(*columns, strict=True)))

    def as_one(self) -> "Edges":
        """The same, as if all of it were said of one count."""
        return self._replace(count=0 * self.count)


def _ranges(
    early: np.ndarray, late: np.ndarray, low: np.ndarray, same: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First and last places of ranges, and how many items lie in them at least."""
    size = late.max() + 1
    order = np.argsort(same, kind="stable")
    _, begin, versions = np.unique(same[order], return_index=True, return_counts=True)
    alone = order[begin[versions == 1]]
    inside = np.zeros((size, size))
    np.add.at(inside, (early[alone], late[alone]), low[alone])
    inside = np.cumsum(np.cumsum(inside[::-1], axis=0)[::-1], axis=1)
    for at in np.flatnonzero(versions > 1):
        own = order[begin[at] : begin[at] + versions[at]]
        most = np.zeros((size, size))
        np.maximum.at(most, (early[own], late[own]), low[own])
        inside += np.maximum.accumulate(np.maximum.accumulate(most[::-1])[::-1], axis=1)
    shorter = np.zeros((size, size))
    step = np.append(np.diagonal(inside, 1), 0)
    shorter[:-1] = inside[1:] + step[:-1, None]
    shorter[:, 1:] = np.maximum(shorter[:, 1:], inside[:, :-1] + step[:-1])
    kept = np.triu(inside > shorter, 2) | (np.triu(np.tri(size, k=1), 1) * inside > 0)
    rows, columns = np.nonzero(kept)
    return rows, columns, inside[rows, columns]
