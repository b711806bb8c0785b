"""Check the cells of a table: what one may hold, and the identifiers that it may refer to.

A column is its distinct texts and which of them each row has, so that each is looked at once.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.data import codebook
from analysis.data.problems import Problem

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_FINE = {"int": r"[0-9]{0,15}", "date": "", "id": r"[^\s;]*", "ids": "(?s:.*)", "text": "(?s:.*)"}


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
    meant = [text.strip() for text in written]
    if kind in ("int", "date"):
        meant = [text.translate(_DIGITS) for text in meant]
    if meant == written:
        return Texts(written, codes)
    again, distinct = pd.factorize(np.array(meant, dtype=object))
    return Texts(distinct.tolist(), again[codes])


def find_cell_problems(table: str, cells: Cells) -> Iterator[Problem]:
    """What is wrong with single cells: empty, misspelt, repeated, not among the allowed values.

    Of each cell the first fault is said.
    """
    for column in codebook.TABLES[table]:
        if column.name in cells.columns:
            faults = _faults(column, cells.columns[column.name].distinct)
            if column.name == codebook.key(table):
                yield from _find_repeated(table, cells, faults)
            else:
                yield from _said(table, column.name, cells, faults)


def _said(table: str, name: str, cells: Cells, faults: dict[int, str]) -> Iterator[Problem]:
    """A problem for each cell of a column whose text has a fault."""
    codes = cells.columns[name].codes
    for row in np.isin(codes, [*faults]).nonzero()[0] if faults else ():
        yield Problem(f"{table}.csv", int(cells.lines[row]), name, faults[codes[row]])


def _find_repeated(table: str, cells: Cells, faults: dict[int, str]) -> Iterator[Problem]:
    """Faults of identifiers, the first one of those that are there twice being none of them."""
    name = codebook.key(table)
    distinct, codes = cells.columns[name]
    again = pd.Series(codes).duplicated().to_numpy() & _filled(distinct, codes)
    said = "stands on an earlier line already; give each row a name of its own"
    for row in again.nonzero()[0]:
        message = f"{distinct[codes[row]]!r} {said}"
        yield Problem(f"{table}.csv", int(cells.lines[row]), name, message)
    once = Cells(cells.lines[~again], {name: Texts(distinct, codes[~again])})
    yield from _said(table, name, once, faults)


def _filled(texts: list[str], codes: np.ndarray) -> np.ndarray:
    return np.array([*map(bool, texts)], dtype=bool)[codes]


def _faults(column: codebook.Column, texts: list[str]) -> dict[int, str]:
    """What is wrong with texts in a column, wherever they stand there, by their place."""
    faults = {}
    if not (column.required or column.allowed or column.kind in ("int", "date", "id")):
        return faults
    fine = re.compile(_FINE[column.kind]).fullmatch
    for place, text in enumerate(texts):
        if text == "" and column.required:
            faults[place] = "is empty; write one, every row needs it"
        elif text and column.allowed and text not in column.allowed:
            *others, last = column.allowed
            choice = f"{', '.join(others)} or {last}"
            faults[place] = f"{text!r} is not a value of this column; write {choice}"
        elif not fine(text) and (said := _fault(text, column.kind)):
            faults[place] = f"{text!r} {said}"
    return faults


def _fault(text: str, kind: codebook.Kind) -> str | None:
    if kind == "id":
        return "holds a blank or ';'; write identifiers without, such as daraa_civilians"
    if kind == "int":
        if re.fullmatch(r"[-−][0-9]+", text):
            return "is negative; a number here is zero or more"
        if re.fullmatch(r"[0-9]+", text):
            return "is too large; write at most 15 digits"
        return "is not a whole number; write digits"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return "is not a date; write YYYY-MM-DD, such as 2018-07-24"
    try:
        date.fromisoformat(text)
    except ValueError:
        return "is no day of the calendar; correct day or month"
    return None


def find_reference_problems(tables: dict[str, Cells], whole: set[str]) -> Iterator[Problem]:
    """Identifiers that no row has, and chains of rows that lead back to themselves.

    Only tables in ``whole``, read to the last row, can tell that an identifier is unknown.
    """
    for table, cells in tables.items():
        for column in codebook.TABLES[table]:
            if not any(cells.columns.get(column.name, Texts([], None)).distinct):
                continue
            if column.refers_to in whole:
                known = tables[column.refers_to].columns[codebook.key(column.refers_to)].distinct
                faults = _unknown(cells.columns[column.name].distinct, column, {*known} - {""})
                yield from _said(table, column.name, cells, faults)
            if table in whole and column.name in ("subset_of", "same_as", "supersedes"):
                yield from _find_circles(table, column.name, cells)


def _unknown(texts: list[str], column: codebook.Column, known: set[str]) -> dict[int, str]:
    there = f"in {column.refers_to}.csv; write a {codebook.key(column.refers_to)} that stands there"
    several = column.kind == "ids"
    faults = {}
    for place, text in enumerate(texts):
        if text and text not in known:
            names = [name.strip() for name in text.split(";")] if several else [text]
            missing = dict.fromkeys(repr(name) for name in names if name not in known)
            if missing:
                what = " and ".join(missing)
                faults[place] = f"{what} is not {there}" + ", ';' between several" * several
    return faults


def _find_circles(table: str, column: str, cells: Cells) -> Iterator[Problem]:
    """Rows whose ``column`` leads, row by row, back to themselves: each circle once."""
    (ids, id_codes), (texts, codes) = cells.columns[codebook.key(table)], cells.columns[column]
    linked = _filled(texts, codes).nonzero()[0]
    target = {ids[id_codes[row]]: texts[codes[row]] for row in linked}
    line = {ids[id_codes[row]]: int(cells.lines[row]) for row in reversed(linked)}
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
            yield Problem(f"{table}.csv", line[name], column, message)
