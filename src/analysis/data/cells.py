"""Check the cells of a table: what one may hold, and the identifiers that it may refer to.

A column is its distinct texts and which of them each row has, so that each is looked at once.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.data import codebook
from analysis.data.problems import Problem

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FINE = {"id": r"[^\s;]+", "int": "[0-9]{1,15}", "date": _DAY}
_FINE |= {"time": f"{_DAY}(T[0-9]{{2}}:[0-9]{{2}})?", "number": r"-?[0-9]+(\.[0-9]+)?"}
_SAID = {
    "id": {"": "holds a blank or ';'; write identifiers without, such as daraa_civilians"},
    "int": {
        r"[0-9]+\Z": "is too large; write at most 15 digits",
        r"[-−][0-9]+\Z": "is negative; a number here is zero or more",
        "": "is not a whole number; write digits",
    },
    "date": {"": "is not a date; write YYYY-MM-DD, such as 2018-07-24"},
    "time": {"": "is not a date; write YYYY-MM-DD, such as 2018-07-24, or 2018-07-24T14:00"},
    "number": {"": "is not a number; write digits, such as 32.75"},
}
"""What is said of a text that is not fine: at the first pattern that it begins with."""


class Texts(NamedTuple):
    """A column: its distinct texts, and for each row the place of its text among them."""

    distinct: list[str]
    codes: np.ndarray


class Cells(NamedTuple):
    """A table as it is meant: the line in the file of each row, and the columns that are there."""

    lines: pd.Index
    columns: dict[str, Texts]


def as_meant(table: str, rows: pd.DataFrame) -> Cells:
    """Strip blanks around a cell, read Arabic-Indic digits in numbers and dates."""
    columns = [column for column in codebook.TABLES[table] if column.name in rows]
    read = {column.name: _meant(rows[column.name].to_numpy(), column.kind) for column in columns}
    return Cells(rows.index, read)


def _meant(texts: np.ndarray, kind: codebook.Kind) -> Texts:
    codes, distinct = pd.factorize(texts)
    written = distinct.tolist()
    digits = _DIGITS if kind in ("int", "date", "time", "number") else {}
    meant = [text.strip().translate(digits) if digits else text.strip() for text in written]
    if meant == written:
        return Texts(written, codes)
    again, distinct = pd.factorize(np.array(meant, dtype=object))
    return Texts(distinct.tolist(), again[codes])


def find_cell_problems(table: str, cells: Cells) -> Iterator[Problem]:
    """What is wrong with single cells: empty, misspelt, repeated, not among the allowed values.

    Of each cell the first fault is said; an identifier that is there twice is wrong the second
    time, whatever it is.
    """
    for column in codebook.TABLES[table]:
        if column.name not in cells.columns:
            continue
        distinct, codes = cells.columns[column.name]
        faults = _faults(column, distinct)
        if column.name == codebook.key(table):
            filled = np.array([*map(bool, distinct)], dtype=bool)[codes]
            codes = np.where(pd.Series(codes).duplicated() & filled, -1 - codes, codes)
            said = "stands on an earlier line already; give each row a name of its own"
            faults |= {place: f"{distinct[-1 - place]!r} {said}" for place in codes[codes < 0]}
        yield from _said(table, column.name, cells.lines, codes, faults)


def _said(
    table: str, column: str, lines: pd.Index, codes: np.ndarray, faults: dict[int, str]
) -> Iterator[Problem]:
    """A problem for each cell of a column whose text has a fault."""
    for row in np.isin(codes, [*faults]).nonzero()[0] if faults else ():
        yield Problem(f"{table}.csv", int(lines[row]), column, faults[codes[row]])


def _faults(column: codebook.Column, texts: list[str]) -> dict[int, str]:
    """What is wrong with texts in a column, wherever they stand there, by their place."""
    if not (column.required or column.allowed or column.kind in _FINE):
        return {}
    dated = column.kind in ("date", "time")
    sure = re.compile("(?!)" if dated else _FINE.get(column.kind, "(?!)")).fullmatch
    found = {place: fault(column, text) for place, text in enumerate(texts) if not sure(text)}
    return {place: said for place, said in found.items() if said}


def fault(column: codebook.Column, text: str) -> str | None:
    """What is wrong with a text in a column."""
    if not text:
        return "is empty; write one, every row needs it" if column.required else None
    if column.allowed and text not in column.allowed:
        choice = " or ".join(", ".join(column.allowed).rsplit(", ", 1))
        return f"{text!r} is not a value of this column; write {choice}"
    if not re.fullmatch(_FINE.get(column.kind, "(?s:.*)"), text):
        said = (said for start, said in _SAID[column.kind].items() if re.match(start, text))
        return f"{text!r} {next(said)}"
    if column.kind in ("date", "time"):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return f"{text!r} is no day of the calendar; correct day or month"
        if text.endswith("T00:00"):
            return f"{text!r} is midnight, between two days; write T00:01, or the day alone"
    return None


def find_reference_problems(tables: dict[str, Cells], whole: set[str]) -> Iterator[Problem]:
    """Identifiers that no row has, and chains of rows that lead back to themselves.

    Only tables in ``whole``, read to the last row, can tell that an identifier is unknown.
    """
    for table, cells in tables.items():
        for column in codebook.TABLES[table]:
            distinct, codes = cells.columns.get(column.name, ((), None))
            if any(distinct) and column.refers_to in whole:
                known = tables[column.refers_to].columns[codebook.key(column.refers_to)].distinct
                faults = _unknown(distinct, column, {*known} - {""})
                yield from _said(table, column.name, cells.lines, codes, faults)
            if any(distinct) and column.refers_to == table in whole and column.kind == "id":
                yield from _find_circles(table, column.name, cells)


def _unknown(texts: list[str], column: codebook.Column, known: set[str]) -> dict[int, str]:
    there = f"in {column.refers_to}.csv; write a {codebook.key(column.refers_to)} that stands there"
    several = column.kind == "ids"
    faults = {}
    for place, text in enumerate(texts):
        names = [name.strip() for name in text.split(";")] if several else [text]
        missing = dict.fromkeys(repr(name) for name in names if name not in known)
        if text and missing:
            what = " and ".join(missing)
            faults[place] = f"{what} is not {there}" + ", ';' between several" * several
    return faults


def _find_circles(table: str, column: str, cells: Cells) -> Iterator[Problem]:
    """Rows whose ``column`` leads, row by row, back to themselves: each circle once."""
    names, targets = (
        np.array(distinct, dtype=object)[codes]
        for distinct, codes in (cells.columns[codebook.key(table)], cells.columns[column])
    )
    linked = targets != ""
    target = dict(zip(names[linked], targets[linked], strict=True))
    line = dict(zip(names[linked][::-1], cells.lines[linked][::-1], strict=True))
    seen: set[str] = set()
    for name in target:
        path = []
        while name in target and name not in seen:
            seen.add(name)
            path.append(name)
            name = target[name]
        if name in path:
            way = " → ".join([*path[path.index(name) :], name])
            message = f"{way} leads back to itself; leave {column} empty in one of these rows"
            yield Problem(f"{table}.csv", int(line[name]), column, message)
