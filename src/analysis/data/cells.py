"""Check the cells of a table: what one may hold, and the identifiers that it may refer to.

What a single cell may hold is checked with pandera in lazy mode, each distinct text once: the
columns are categories of text, and the index is the line in the file.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

import numpy as np
import pandas as pd
import pandera.pandas as pandera

from analysis.data import codebook
from analysis.data.problems import Problem

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BLANK = re.compile(r"[\s;]")


def find_cell_problems(table: str, cells: pd.DataFrame) -> list[Problem]:
    """What is wrong with single cells: empty, misspelt, repeated, not among the allowed values.

    ``cells`` holds text, its index the line in the file.
    """
    known = [column for column in codebook.TABLES[table] if column.name in cells]
    schema = pandera.DataFrameSchema({column.name: _cell_rules(column, table) for column in known})
    return _failures(schema, table, cells)


def _cell_rules(column: codebook.Column, table: str) -> pandera.Column:
    rules = []
    if column.required:
        empty = "is empty; write one, every row needs it"
        rules.append(pandera.Check(lambda cells: cells != "", error=empty))
    if column.name == codebook.key(table):
        repeated = "{value!r} stands on an earlier line already; give each row a name of its own"
        rules.append(pandera.Check(_is_new, error=repeated))
    if column.allowed:
        choices = "{value!r} is not a value of this column; write " + _any_of(column.allowed)
        rules.append(_rule(lambda text: text in ("", *column.allowed), choices))
    rules += _KIND_RULES.get(column.kind, [])
    return pandera.Column(None, rules, nullable=True)


def _any_of(allowed: tuple[str, ...]) -> str:
    return ", ".join(allowed[:-1]) + f" or {allowed[-1]}"


def _is_new(cells: pd.Series) -> pd.Series:
    return ~cells.duplicated() | (cells == "")


def _rule(test: Callable[[str], bool], message: str) -> pandera.Check:
    """A check of each distinct text of a column."""

    def check(cells: pd.Series) -> pd.Series:
        passed = np.array([test(text) for text in cells.cat.categories], dtype=bool)
        return pd.Series(passed[cells.cat.codes], index=cells.index)

    return pandera.Check(check, error=message)


def _is_day(text: str) -> bool:
    try:
        return not _DATE.fullmatch(text) or bool(date.fromisoformat(text))
    except ValueError:
        return False


_KIND_RULES = {
    "int": [
        _rule(
            lambda text: not re.fullmatch(r"[-−][0-9]+", text),
            "{value!r} is negative; a number here is zero or more",
        ),
        _rule(
            lambda text: re.fullmatch(r"[0-9]*", text) is not None,
            "{value!r} is not a whole number; write digits",
        ),
        _rule(lambda text: len(text) < 16, "{value!r} is too large; write at most 15 digits"),
    ],
    "date": [
        _rule(
            lambda text: text == "" or _DATE.fullmatch(text) is not None,
            "{value!r} is not a date; write YYYY-MM-DD, such as 2018-07-24",
        ),
        _rule(_is_day, "{value!r} is no day of the calendar; correct day or month"),
    ],
    "id": [
        _rule(
            lambda text: _BLANK.search(text) is None,
            "{value!r} holds a blank or ';'; write identifiers without, such as daraa_civilians",
        )
    ],
}


def _failures(schema: pandera.DataFrameSchema, table: str, cells: pd.DataFrame) -> list[Problem]:
    try:
        schema.validate(cells, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.drop_duplicates(["index", "column"])  # the first rule says it
        return [
            Problem(f"{table}.csv", int(line), column, message.format(value=value))
            for line, column, message, value in zip(
                cases["index"], cases["column"], cases["check"], cases["failure_case"], strict=True
            )
        ]
    return []


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
