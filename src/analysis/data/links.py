"""Chains of rows: which one a row goes back to, by a column that names another row."""

import pandas as pd


def origin(name: str, target: dict[str, str | None]) -> str:
    """Where the chain from ``name`` ends; in a circle, the last one before it closes.

    >>> origin("c", {"c": "b", "b": "a"})
    'a'
    """
    seen = {name}
    while (following := target.get(name)) is not None and following not in seen:
        seen.add(name := following)
    return name


def origins(rows: pd.DataFrame, key: str, column: str) -> dict[str, str]:
    """For each row the one that its chain of ``column`` goes back to, itself where it has none."""
    linked = rows[rows[column].notna()]
    target = dict(zip(linked[key], linked[column], strict=True))
    itself = dict(zip(rows[key], rows[key], strict=True))
    return itself | {name: origin(name, target) for name in target}
