"""Rows that name other rows: their pairs, chains and groups, and how names are listed."""

from collections.abc import Collection, Hashable, Iterable, Mapping

import pandas as pd

_NAMED = 10
"""So many names are listed."""


def chain(name: Hashable, target: Mapping) -> list:
    """What the chain from ``name`` leads through, itself first; in a circle, until it closes.

    >>> chain("c", {"c": "b", "b": "a"})
    ['c', 'b', 'a']
    """
    names = {name: None}
    while (following := target.get(name)) is not None and following not in names:
        names[name := following] = None
    return [*names]


def origin(name: str, target: dict[str, str | None]) -> str:
    """Where the chain from ``name`` ends; in a circle, the last one before it closes.

    >>> origin("c", {"c": "b", "b": "a"})
    'a'
    """
    return chain(name, target)[-1]


def links(rows: pd.DataFrame, key: str, column: str) -> dict[str, str]:
    """Map each row's id to the id in ``column``; rows with an empty cell are left out."""
    naming = rows[[key, column]].dropna(subset=column)
    return dict(zip(naming[key].tolist(), naming[column].tolist(), strict=True))


def pairs(rows: pd.DataFrame, key: str, column: str) -> list[tuple[str, str]]:
    """Each row that names others in a column, ``;`` between, with each of those."""
    cells = links(rows, key, column).items()
    return [(name, other) for name, cell in cells for other in split_ids(cell)]


def joined(names: Iterable[Hashable], pairs: Iterable[tuple]) -> list[list]:
    """Names in groups: those that pairs join, directly or by way of others, as they are given.

    >>> joined("abcd", ["ca", "dc"])
    [['a', 'c', 'd'], ['b']]
    """
    group = {name: [name] for name in names}
    order = {name: at for at, name in enumerate(group)}
    for one, other in pairs:
        few, many = sorted((group[one], group[other]), key=len)
        if few is not many:
            many += few
            group |= dict.fromkeys(few, many)
    groups = {id(each): each for each in group.values()}
    return [sorted(each, key=order.get) for each in groups.values()]


def split_ids(cell: object) -> list[str]:
    """The identifiers in a cell, ``;`` between them.

    >>> split_ids("a; b"), split_ids(None)
    (['a', 'b'], [])
    """
    names = cell.split(";") if isinstance(cell, str) else []
    return [name.strip() for name in names if name.strip()]


def list_names(names: Collection[str]) -> str:
    """Some names, and how many more there are.

    >>> list_names(["a", "b"])
    'a, b'
    """
    names = [*names]
    more = f" and {len(names) - _NAMED:,} more" * (len(names) > _NAMED)
    return ", ".join(names[:_NAMED]) + more
