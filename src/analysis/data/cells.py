"""Check the cells of a table: what one may hold, and the identifiers that it may refer to.

A table is a frame whose index is the line in the file. Its columns are categoricals, the distinct
texts and which of them each row has, so that each text is looked at once.
"""

import re
from collections.abc import Iterator
from datetime import datetime

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


def as_meant(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Strip blanks around a cell, read Arabic-Indic digits in numbers and dates."""
    read = {}
    for column in codebook.TABLES[table]:
        if column.name in rows:
            codes, written = pd.factorize(rows[column.name].to_numpy())
            meant = [text.strip() for text in written]
            if column.kind in ("int", "date", "time", "number"):
                meant = [text.translate(_DIGITS) for text in meant]
            places, texts = pd.Index(meant, dtype=object).factorize()
            read[column.name] = pd.Categorical.from_codes(places[codes], texts, validate=False)
    return pd.DataFrame(read, rows.index)


def find_cell_problems(table: str, cells: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong with single cells: empty, misspelt, repeated, not among the allowed values."""
    for column in codebook.TABLES[table]:
        if column.name not in cells:
            continue
        texts = cells[column.name]
        if column.name == codebook.key(table):  # wrong the second time, whatever it is
            again = texts.duplicated() & (texts != "")
            said = "stands on an earlier line already; give each row a name of its own"
            faults = {text: f"{text!r} {said}" for text in texts[again]}
            yield from _said(table, texts[again], faults)
            texts = texts[~again]
        yield from _said(table, texts, _faults(column, texts))


def _said(table: str, texts: pd.Series, faults: dict[str, str]) -> Iterator[Problem]:
    """A problem for each cell of a column whose text has a fault."""
    for line, text in texts[texts.isin([*faults])].items() if faults else ():
        yield Problem(f"{table}.csv", line, texts.name, faults[text])


def _faults(column: codebook.Column, texts: pd.Series) -> dict[str, str]:
    """What is wrong with texts in a column, wherever they stand there."""
    if not (column.required or column.allowed or column.kind in _FINE):
        return {}
    dated = column.kind in ("date", "time")  # the calendar is asked too
    sure = re.compile("(?!)" if dated else _FINE.get(column.kind, "(?!)")).fullmatch
    found = {text: fault(column, text) for text in texts.cat.categories if not sure(text)}
    return {text: said for text, said in found.items() if said}


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


def find_reference_problems(tables: dict[str, pd.DataFrame], whole: set[str]) -> Iterator[Problem]:
    """Identifiers that no row has, and chains of rows that lead back to themselves.

    Only tables in ``whole``, read to the last row, can tell that an identifier is unknown.
    """
    for table, cells in tables.items():
        for column in codebook.TABLES[table]:
            if column.name not in cells or column.refers_to not in whole:
                continue
            texts = cells[column.name]
            known = tables[column.refers_to][codebook.key(column.refers_to)].cat.categories
            yield from _said(table, texts, _unknown(texts, column, {*known} - {""}))
            if column.refers_to == table and column.kind == "id":
                yield from _find_circles(table, cells[codebook.key(table)], texts[texts != ""])


def _unknown(texts: pd.Series, column: codebook.Column, known: set[str]) -> dict[str, str]:
    """Texts in a column that name a row which is not there."""
    there = f"in {column.refers_to}.csv; write a {codebook.key(column.refers_to)} that stands there"
    several = column.kind == "ids"
    faults = {}
    for text in texts.cat.categories:
        names = [name.strip() for name in text.split(";")] if several else [text]
        missing = dict.fromkeys(repr(name) for name in names if name not in known)
        if text and missing:
            what = " and ".join(missing)
            faults[text] = f"{what} is not {there}" + ", ';' between several" * several
    return faults


def _find_circles(table: str, names: pd.Series, targets: pd.Series) -> Iterator[Problem]:
    """Rows whose targets lead, row by row, back to themselves: each circle once."""
    names = names[targets.index]
    target = dict(zip(names, targets, strict=True))
    line = dict(zip(names[::-1], names.index[::-1], strict=True))
    seen: set[str] = set()
    for name in target:
        path = []
        while name in target and name not in seen:
            seen.add(name)
            path.append(name)
            name = target[name]
        if name in path:
            way = " → ".join([*path[path.index(name) :], name])
            mend = f"leave {targets.name} empty in one of these rows"
            message = f"{way} leads back to itself; {mend}"
            yield Problem(f"{table}.csv", line[name], targets.name, message)
