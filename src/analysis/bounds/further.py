"""Incidents that count others further: of the same people, and some more."""

import numpy as np

from analysis.bounds.families import Family
from analysis.data.links import chain, origin


def net_of_updates(merged: Family) -> Family:
    """Incidents that count others further, of which only those that they add are left.

    Tellings are merged before. All people of the older one are among those of the newer, so that
    they were harmed within the days of both, which can be none (``start >= stop``); so it stands
    too where the newer cannot be as many.
    """
    place = {told: at for at, told in enumerate(merged.told)}
    older = {place[told]: place[back] for told, back in merged.counted_further().items()}
    if not older:
        return merged
    start, stop, known = merged.start.copy(), merged.stop.copy(), merged.low.copy()
    for newer, *others in sorted((chain(at, older) for at in older), key=len):
        known[newer] = max(known[newer], known[others[0]])
        start[others] = np.maximum(start[others], merged.start[newer])
        stop[others] = np.minimum(stop[others], merged.stop[newer])
    added = known.copy()
    added[[*older]] -= known[[*older.values()]]
    lost = known > merged.high  # fewer in the newer than in the older
    stop = np.where(lost, start, stop)
    some = (start < stop) | (added > 0) | lost  # nobody can be on no day
    return merged._replace(start=start, stop=stop, low=added).take(np.flatnonzero(some))


def first_counted(family: Family) -> np.ndarray:
    """For each statement the first one (``told``) of those that count each other further."""
    older = family.counted_further()
    return np.array([origin(told, older) for told in family.told])
