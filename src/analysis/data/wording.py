"""How questions and notices name statements and days."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from analysis.data.records import Count
from countbounds import EVER

_NAMED = 10
"""So many names are listed."""


class Question(NamedTuple):
    """A question: what it is about, in which tallies and statements, and its words."""

    kind: str
    tallies: tuple[str, ...]
    events: tuple[str, ...]
    text: str


def list_names(names: Collection[str]) -> str:
    """Some names, and how many more there are.

    >>> list_names(["a", "b"])
    'a, b'
    """
    names = [*names]
    more = f" and {len(names) - _NAMED:,} more" * (len(names) > _NAMED)
    return ", ".join(names[:_NAMED]) + more


def days_of(count: Count) -> str:
    """The days of a count, in words."""
    first, last = (str(np.int64(day).astype("datetime64[D]")) for day in (count.start, count.end))
    if count.start == EVER:
        return f"to {last}"
    return first if first == last else f"{first} to {last}"
