"""Rows that name other rows: their chains, how they are listed, what is wrong with the names."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

import pandas as pd

from analysis.data import codebook
from analysis.data.cells import as_seen, problems_in
from analysis.data.problems import Problem

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
    """For each row that names another in a column that other one."""
    naming = rows[[key, column]].dropna(subset=column)
    return dict(zip(naming[key].tolist(), naming[column].tolist(), strict=True))


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


def find_reference_problems(tables: dict[str, pd.DataFrame], whole: set[str]) -> Iterator[Problem]:
    """Identifiers that no row has, and chains of rows that lead back to themselves.

    Only tables in ``whole``, read to the last row, can tell that an identifier is unknown.
    """
    for table, rows in tables.items():
        for column in codebook.TABLES[table]:
            if column.refers_to in whole and len(cells := rows[column.name].dropna()):
                known = tables[column.refers_to][codebook.key(column.refers_to)].dropna()
                yield from problems_in(table, cells, _unknown(cells, column, {*known}))
                if column.refers_to == table:
                    yield from _find_circles(table, rows[codebook.key(table)], cells)


def _unknown(cells: pd.Series, column: codebook.Column, known: set[str]) -> dict[str, str]:
    """What is wrong with the cells of a column that name a row which is not there."""
    key = codebook.key(column.refers_to)
    where = f"is not in {column.refers_to}.csv; write a {key} that stands there"
    where += ", ';' between several" * (column.kind == "ids")
    faults, similar = {}, {}
    for cell in cells.unique():
        names = _names(cell) if column.kind == "ids" else [cell]
        unknown = dict.fromkeys(repr(name) for name in names if name not in known)
        if unknown:
            faults[cell] = f"{' and '.join(unknown)} {where}"
            similar = similar or {as_seen(name): name for name in sorted(known, reverse=True)}
            meant = [similar[as_seen(name)] for name in names if as_seen(name) in similar]
            if meant and known.isdisjoint(names):
                odd = "" if cell.isascii() else f" (it is written {cell!a})"
                faults[cell] += f"; did you mean {meant[0]!r}?{odd}"
    return faults


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(";")]


def _find_circles(table: str, names: pd.Series, cells: pd.Series) -> Iterator[Problem]:
    """Rows whose cells lead, row by row, back to themselves: each circle once.

    That one is apart from another holds both ways; it is no circle but in a row by itself.
    """
    names = names[cells.index]
    lines = dict(zip(names[::-1], names.index[::-1], strict=True))
    targets = {name: _names(cell) for name, cell in zip(names, cells, strict=True)}
    if cells.name == "apart_from":
        targets = {name: [name] * (name in others) for name, others in targets.items()}
    for circle in _circles(targets):
        way = f"{' → '.join(circle)} leads back to itself"
        message = f"{way}; leave {cells.name} empty in one of these rows"
        yield Problem(f"{table}.csv", lines[circle[0]], cells.name, message)


def _circles(targets: dict[str, list[str]]) -> Iterator[list[str]]:
    """The ways that lead back to where they began; no name is passed twice."""
    walked: set[str] = set()
    for start in targets:
        path = {start: iter(targets[start])}
        while path and start not in walked:
            name = next(reversed(path))
            following = next(path[name], None)
            if following is None:
                walked.add(name)
                del path[name]
            elif following in path:
                way = [*path]
                yield [*way[way.index(following) :], following]
            elif following in targets and following not in walked:
                path[following] = iter(targets[following])
