"""What the tables hold: every column, its type, its allowed values and its meaning.

``codebook.csv`` beside this module defines the columns once: reading, every check, the notes of a
new workbook and ``data/codebook.md`` (``python -m analysis codebook``) follow it. Names follow the
UCDP Georeferenced Event Dataset where it has the same thing, and ACLED's sub-event names where one
fits: the first six event types.

Sources: Sundberg and Melander 2013 (UCDP GED, https://doi.org/10.1177/0022343313484347);
ACLED Codebook (https://acleddata.com/methodology/acled-codebook).
"""

import csv
from pathlib import Path
from typing import Literal, NamedTuple

from analysis import LANGUAGES

Kind = Literal["id", "text", "int", "count", "date", "time", "number", "ids", "address"]


class Column(NamedTuple):
    """One column: its name, kind of content, and what a cell may hold."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    refers_to: str = ""
    examples: tuple[str, ...] = ()


def _read() -> dict[str, tuple[Column, ...]]:
    tables: dict[str, list[Column]] = {}
    with Path(__file__).with_name("codebook.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            row["required"] = row["required"] == "yes"
            for name in ("allowed", "examples"):
                row[name] = (*filter(None, row[name].split("; ")),)
            columns = tables.setdefault(row.pop("table"), [])
            columns += _in_languages(Column(**row), {each.name for each in columns})
    return {table: (*columns,) for table, columns in tables.items()}


def _in_languages(column: Column, there: set[str]) -> list[Column]:
    """A column whose name ends with LANG, in each language that is not there; another as it is."""
    if not column.name.endswith("LANG"):
        return [column]
    names = {column.name.replace("LANG", code): each for code, each in LANGUAGES.items()}
    return [
        column._replace(name=name, meaning=column.meaning.replace("LANGUAGE", language))
        for name, language in names.items()
        if name not in there
    ]


TABLES = _read()
OPTIONAL = ("areas", "terms")
"""Tables that a dataset may do without."""
RETIRED = {"events": {"count_basis": "", "updates": "same_as"}}
"""Columns that older datasets have, and the column that each is read as where that is empty."""


def columns(table: str) -> list[str]:
    """Column names of a table, in the order of the file."""
    return [column.name for column in TABLES[table]]


def column(table: str, name: str) -> Column:
    """The column of a table that has a name."""
    return next(column for column in TABLES[table] if column.name == name)


def key(table: str) -> str:
    """Name of the column that identifies a row."""
    return TABLES[table][0].name


def meaning(column: Column) -> str:
    """What a column holds, in plain words."""
    values = f"{_values(column)}. ".replace("`", "").lstrip(". ")
    need = " Required." if column.required else ""
    return f"{_KINDS[column.kind]}. {values}{column.meaning}{need}".replace(".csv", "")


_KINDS = {
    "id": "identifier",
    "text": "text",
    "int": "whole number",
    "count": "count, in digits or words",
    "date": "date, YYYY-MM-DD",
    "time": "date, YYYY-MM-DD, or with the time, YYYY-MM-DDTHH:MM, and the offset, +HH:MM",
    "number": "number",
    "ids": "identifiers, `;` between",
    "address": "text, a web address where it begins with http",
}


def _values(column: Column) -> str:
    if column.examples:
        return "free; in use: " + ", ".join(column.examples)
    if column.refers_to:
        return f"a `{key(column.refers_to)}` of `{column.refers_to}.csv`"
    return ", ".join(column.allowed)


def codebook_markdown() -> str:
    """The codebook for people: one Markdown table a CSV file."""
    text = ""
    for table, columns in TABLES.items():
        head = "| column | type | values | meaning |\n|---|---|---|---|\n"
        text += f"\n### `{table}.csv`\n\n{head}"
        for each in columns:
            need = " **Required.**" * each.required
            cells = f"`{each.name}`", _KINDS[each.kind], _values(each), each.meaning + need
            text += f"| {' | '.join(cells)} |\n"
    return text.removeprefix("\n")
