"""Chains of rows: which one a row goes back to, by a column that names another row."""

from collections.abc import Hashable, Mapping

import pandas as pd


def chain(name: Hashable, target: Mapping) -> list:
    """What the chain from ``name`` leads through, itself first; in a circle, until it closes.

    >>> chain("c", {"c": "b", "b": "a"})
    ['c', 'b', 'a']
    """
    found = {name: None}
    while (following := target.get(name)) is not None and following not in found:
        found[name := following] = None
    return [*found]


def origin(name: str, target: dict[str, str | None]) -> str:
    """Where the chain from ``name`` ends; in a circle, the last one before it closes.

    >>> origin("c", {"c": "b", "b": "a"})
    'a'
    """
    return chain(name, target)[-1]


def links(rows: pd.DataFrame, key: str, column: str) -> dict[str, str]:
    """For each row that names another in a column that other one."""
    there = ~rows[column].array.isna()
    if not there.any():
        return {}
    named = (rows[name].to_numpy(object)[there] for name in (key, column))
    return dict(zip(*named, strict=True))
