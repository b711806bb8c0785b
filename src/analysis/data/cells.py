"""Check the cells of a table: what one may hold, and the identifiers that it may refer to.

Columns are categories of text, so that each distinct text is looked at once; the index is the
line in the file.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

import pandas as pd

from analysis.data import codebook
from analysis.data.problems import Problem


def find_cell_problems(table: str, cells: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong with single cells: empty, misspelt, repeated, not among the allowed values.

    ``cells`` holds text, its index the line in the file. Of each cell the first fault is said.
    """
    for column in codebook.TABLES[table]:
        if column.name not in cells:
            continue
        texts = cells[column.name]
        if column.name == codebook.key(table):
            again = texts.duplicated() & (texts != "")
            said = "stands on an earlier line already; give each row a name of its own"
            for line, text in texts[again].items():
                yield Problem(f"{table}.csv", line, column.name, f"{text!r} {said}")
            texts = texts[~again]
        faults = {text: said for text in texts.cat.categories if (said := _fault(text, column))}
        for line, text in texts[texts.isin([*faults])].items() if faults else ():
            yield Problem(f"{table}.csv", line, column.name, faults[text])


def _fault(text: str, column: codebook.Column) -> str | None:
    """What is wrong with a text in a column, wherever it stands there."""
    if text == "":
        return "is empty; write one, every row needs it" if column.required else None
    said = None
    if column.allowed and text not in column.allowed:
        *others, last = column.allowed
        said = f"is not a value of this column; write {', '.join(others)} or {last}"
    elif column.kind == "int":
        said = _fault_of_number(text)
    elif column.kind == "date":
        said = _fault_of_day(text)
    elif column.kind == "id" and re.search(r"[\s;]", text):
        said = "holds a blank or ';'; write identifiers without, such as daraa_civilians"
    return f"{text!r} {said}" if said else None


def _fault_of_number(text: str) -> str | None:
    if re.fullmatch(r"[-−][0-9]+", text):
        return "is negative; a number here is zero or more"
    if not re.fullmatch(r"[0-9]+", text):
        return "is not a whole number; write digits"
    return "is too large; write at most 15 digits" if len(text) > 15 else None


def _fault_of_day(text: str) -> str | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return "is not a date; write YYYY-MM-DD, such as 2018-07-24"
    try:
        date.fromisoformat(text)
    except ValueError:
        return "is no day of the calendar; correct day or month"
    return None


def find_reference_problems(cells: dict[str, pd.DataFrame], whole: set[str]) -> list[Problem]:
    """Identifiers that no row has, and chains of rows that lead back to themselves.

    Only tables in ``whole``, read to the last row, can tell that an identifier is unknown.
    """
    problems = []
    for table, rows in cells.items():
        for column in codebook.TABLES[table]:
            if column.refers_to in whole and column.name in rows:
                known = cells[column.refers_to][codebook.key(column.refers_to)].cat.categories
                problems += _unknown(rows[column.name], column, known, f"{table}.csv")
    linked = [("tallies", "subset_of"), ("events", "same_as"), ("events", "supersedes")]
    for table, column in linked:
        if table in whole and column in cells[table]:
            problems += find_circles(cells[table], table, column)
    return problems


def _unknown(
    cells: pd.Series, column: codebook.Column, known: pd.Index, file: str
) -> Iterator[Problem]:
    there = f"in {column.refers_to}.csv; write a {codebook.key(column.refers_to)} that stands there"
    several = column.kind == "ids"
    names = {
        text: [name.strip() for name in text.split(";")] if several else [text]
        for text in cells.cat.categories
        if text
    }
    unknown = {*chain(*names.values())}.difference(name for name in known if name)
    if not unknown:
        return
    for line, text in cells[cells.isin([*names])].items():
        missing = [repr(name) for name in names[text] if name in unknown]
        if missing:
            what = " and ".join(dict.fromkeys(missing))
            message = f"{what} is not {there}" + ", ';' between several" * several
            yield Problem(file, line, column.name, message)


def find_circles(cells: pd.DataFrame, table: str, column: str) -> Iterator[Problem]:
    """Rows whose ``column`` leads, row by row, back to themselves: each circle once."""
    linked = cells[cells[column] != ""]
    names = [*linked[codebook.key(table)]]
    target = dict(zip(names, linked[column], strict=True))
    line = dict(zip(reversed(names), reversed(linked.index), strict=True))
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
