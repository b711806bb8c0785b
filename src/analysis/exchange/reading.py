"""Tables that others made, as rows of text under the columns of a format (``columns.csv``).

Cells mean what those of a dataset's workbook mean (:mod:`analysis.data.workbook`): one that can
mean one thing only is read so, one that can mean two is named.

Of a column ``cell`` is that of a dataset which an import fills from it (``-``: others' sentences,
which stay out of datasets), ``note`` its place in the note of a statement, ``other_names`` what it
is called in other versions; the rest is as in the codebook.
"""

import csv
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from analysis.data.cells import fault
from analysis.data.codebook import Column as DataColumn
from analysis.data.codebook import Kind
from analysis.data.problems import DatasetError, Problem
from analysis.data.workbook import cell_text
from analysis.exchange.sheets import NoValue, Sheet, read_sheet

Row = dict[str, str]
"""Cells as text by the name of their column."""

FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s.,]*$)")
"""The beginning of a text that a spreadsheet runs as a formula; a number is none."""

_TEXT = DataColumn("", "text", "")


class Column(NamedTuple):
    """One column of a format."""

    name: str
    kind: Kind
    required: bool
    cell: str
    note: int
    other_names: tuple[str, ...]
    allowed: tuple[str, ...]
    meaning: str


def columns_of(format_name: str) -> dict[str, Column]:
    """The columns of a format by their name.

    >>> columns_of("claims")["cumulative"].allowed
    ('true', 'false')
    """
    found = {}
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            row["required"], row["note"] = row["required"] == "yes", int(row["note"] or 0)
            for several in ("allowed", "other_names"):
                row[several] = (*filter(None, row[several].split(";")),)
            if row.pop("format") == format_name:
                found[row["name"]] = Column(**row)
    return found


def required(columns: dict[str, Column]) -> list[str]:
    """Names of the columns that a table of a format must have."""
    return [name for name, column in columns.items() if column.required]


class ReadOptions(NamedTuple):
    """How a table is to be read: its encoding, names of columns, cells that all rows have."""

    encoding: str | None = None
    columns: Mapping[str, str] = {}  # ours: theirs
    given: Mapping[str, str] = {}


PLAIN = ReadOptions()


class Record(NamedTuple):
    """A row, its line, and the faults of its columns; without cells if it cannot be read."""

    line: int
    row: Row
    faults: list[tuple[str | None, str]]


class Table(NamedTuple):
    """A table with the name that problems give it, its columns, records and notes.

    Notes are complete when all records have been read.
    """

    name: str
    columns: list[str]
    records: Iterator[Record]
    notes: list[str]

    def error(self, *faults: tuple[str | None, str]) -> DatasetError:
        """An error that names faults of the whole table, or of its columns."""
        line = 1 if self.columns else None
        return DatasetError([Problem(self.name, line, *each) for each in faults], self.name)


def open_table(path: Path, known: Mapping[str, Column] = {}, options: ReadOptions = PLAIN) -> Table:
    """A table with columns of a format; others hold text.

    Names of columns are in small letters, ``_`` for blanks. A row of HXL tags under the header is
    no record. A DatasetError where the file cannot be read.
    """
    sheet = read_sheet(path, options.encoding)
    names = [_as_name(cell) for cell in next(sheet.rows, (1, []))[1]]
    table = Table(sheet.name, names, iter(()), sheet.notes)
    columns = _rename(table, options, known)
    given = [name for name in options.given if name not in columns]
    records = _records(sheet, columns, known, options.given)
    return table._replace(columns=[*columns, *given], records=records)


def _as_name(cell: object) -> str:
    return re.sub(r"[\s-]+", "_", str(cell or "").strip().lower())


def _rename(table: Table, options: ReadOptions, known: Mapping[str, Column]) -> list[str]:
    """The columns of a table by our names."""
    columns = [*table.columns]
    for name, column in known.items():
        there = [other for other in column.other_names if other in columns]
        if name not in columns and there:
            columns[columns.index(there[0])] = name
    for name, theirs in options.columns.items():
        if _as_name(theirs) not in columns:
            there = ", ".join(table.columns)
            raise table.error((theirs, f"there is no such column; there are: {there}"))
        place = columns.index(_as_name(theirs))
        columns = [f"{each}_before" if each == name else each for each in columns]
        columns[place] = name
    return columns


def _records(
    sheet: Sheet, columns: list[str], known: Mapping[str, Column], given: Mapping[str, str]
) -> Iterator[Record]:
    """The records of a sheet; notes get cells that a spreadsheet would run."""
    formulas: dict[str, list[str]] = {}
    kinds = {name: column.kind for name, column in known.items()}
    for number, (line, cells) in enumerate(sheet.rows):
        if number == 0 and _is_tags(cells):
            sheet.notes.append(f"row {line}, of HXL tags, is no record")
            continue
        if len(cells) != len(columns):
            said = f"has {len(cells)} cells where the header has {len(columns)}"
            yield Record(line, {}, [(None, said)])
            continue
        row, faults = {}, []
        for name, cell in zip(columns, cells, strict=True):
            row[name], said = _text(cell, kinds.get(name, "text"), sheet.epoch)
            if said:
                faults.append((name, said))
            elif row[name][:1] in "=+-@\t\r" and FORMULA.match(row[name]):
                formulas.setdefault(name, []).append(row[name])
        if any(row.values()) or faults:
            yield Record(line, row | given, faults)
    for name, texts in formulas.items():
        many = f" and {len(texts) - 1} more" * (len(texts) > 1)
        sheet.notes.append(f"{name}: {texts[0]!r}{many} would be run by a spreadsheet as a formula")


def _text(cell: object, kind: Kind, epoch: datetime.datetime) -> tuple[str, str | None]:
    """The text of a cell as it is meant, and its fault."""
    if isinstance(cell, NoValue):
        return "", cell.said
    if isinstance(cell, list | dict):
        return "", "holds several values; write one"
    plain = isinstance(cell, str) and kind == "text"
    text, said = (cell.strip(), None) if plain else cell_text(cell, kind, epoch)
    if not said and not text.isprintable():
        text = " ".join(text.split())  # a break of lines within a name
        said = fault(_TEXT, text)
    return text, said


def _is_tags(cells: Iterable[object]) -> bool:
    """Whether each cell that is not empty is an HXL tag, as HDX puts them under the header."""
    texts = [text for cell in cells if (text := str(cell or "").strip())]
    return bool(texts) and all(re.match(r"#[a-z]", text) for text in texts)
