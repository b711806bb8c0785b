"""What the four tables hold: every column, its type, its allowed values and its meaning.

A dataset is a folder of four UTF-8 CSV files, or a workbook with four sheets. ``codebook.csv``
beside this module defines their columns once; the loader checks against it, ``data/README.md`` is
written from it (``python -m analysis codebook``) and so are the notes and drop-downs of a new
workbook. Names follow the UCDP Georeferenced Event Dataset where it has the same thing, and
ACLED's sub-event names where one fits: the first six event types.

Sources: Sundberg and Melander 2013 (UCDP GED, https://doi.org/10.1177/0022343313484347);
ACLED Codebook (https://acleddata.com/methodology/acled-codebook).
"""

import csv
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["id", "text", "int", "date", "ids"]


class Column(NamedTuple):
    """One column: its name, kind of content, and what a cell may hold."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    refers_to: str = ""
    examples: tuple[str, ...] = ()


def _column(row: dict[str, str]) -> Column:
    listed = {
        name: tuple(row[name].split("; ")) if row[name] else () for name in ("allowed", "examples")
    }
    return Column(**row | listed | {"required": row["required"] == "yes"})


def _read() -> dict[str, tuple[Column, ...]]:
    with Path(__file__).with_name("codebook.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row.pop("table"), _column(row)) for row in csv.DictReader(file)]
    tables = dict.fromkeys(table for table, _ in rows)
    return {name: tuple(column for table, column in rows if table == name) for name in tables}


TABLES = _read()


def columns(table: str) -> list[str]:
    """Column names of a table, in the order of the file.

    >>> columns("parties")
    ['party_id', 'label_en', 'label_ar', 'status', 'note']
    """
    return [column.name for column in TABLES[table]]


def column(table: str, name: str) -> Column:
    """The column of a table that has a name."""
    return next(column for column in TABLES[table] if column.name == name)


def key(table: str) -> str:
    """Name of the column that identifies a row.

    >>> key("tallies")
    'tally_id'
    """
    return TABLES[table][0].name


def meaning(column: Column) -> str:
    """What a column holds, in plain words.

    >>> meaning(TABLES["parties"][0])
    'identifier. Name of the party, unique. Required.'
    """
    values = f"{_values(column)}. ".replace("`", "").lstrip(". ")
    need = " Required." if column.required else ""
    return f"{_KINDS[column.kind]}. {values}{column.meaning}{need}".replace(".csv", "")


def codebook_markdown() -> str:
    """The codebook for people: one Markdown table a CSV file."""
    return "\n".join(_table_markdown(table) for table in TABLES)


def _table_markdown(table: str) -> str:
    head = f"### `{table}.csv`\n\n| column | type | values | meaning |\n|---|---|---|---|\n"
    return head + "".join(_row_markdown(column) for column in TABLES[table])


_KINDS = {
    "id": "identifier",
    "text": "text",
    "int": "whole number",
    "date": "date, YYYY-MM-DD",
    "ids": "identifiers, `;` between",
}


def _values(column: Column) -> str:
    if column.examples:
        return "free; in use: " + ", ".join(column.examples)
    if column.refers_to:
        return f"a `{key(column.refers_to)}` of `{column.refers_to}.csv`"
    return ", ".join(column.allowed)


def _row_markdown(column: Column) -> str:
    need = " **Required.**" if column.required else ""
    kind, values = _KINDS[column.kind], _values(column)
    return f"| `{column.name}` | {kind} | {values} | {column.meaning}{need} |\n"
