"""Tables that others made, as rows of text: CSV of any separator and encoding, JSON, workbooks.

Cells mean what those of a dataset's workbook mean (:mod:`analysis.data.workbook`): one that can
mean one thing only is read so, one that can mean two is named. A code page is a guess, and noted.
"""

import csv
import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from analysis.data.cells import fault
from analysis.data.codebook import Column as DataColumn
from analysis.data.codebook import Kind
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import quote_fault, read_records
from analysis.data.workbook import cell_text, read_first_sheet
from analysis.exchange.columns import Column
from analysis.exchange.encoding import find_encoding, unreadable

Row = dict[str, str]
"""Cells as text by the name of their column."""

FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s.,]*$)")
"""The beginning of a text that a spreadsheet runs as a formula; a number is none."""

_WIDEST = 50_000_000  # characters a cell of sources may have; csv stops at 131,072
_TEXT = DataColumn("", "text", "")
_EPOCH = datetime.datetime(1899, 12, 30)


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


class _Sheet(NamedTuple):
    """A table before its columns are known: lines with cells, the header first."""

    name: str
    rows: Iterator[tuple[int, Sequence[object]]]
    notes: list[str]
    epoch: datetime.datetime = _EPOCH  # the day from which it counts days


def open_table(path: Path, known: Mapping[str, Column] = {}, options: ReadOptions = PLAIN) -> Table:
    """A table with columns of a format; others hold text.

    Names of columns are in small letters, ``_`` for blanks. A row of HXL tags under the header is
    no record. A DatasetError where the file cannot be read.
    """
    read = {".json": _read_json, ".xlsx": _read_workbook}.get(path.suffix.lower(), _read_csv)
    sheet = read(path, options.encoding)
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
    sheet: _Sheet, columns: list[str], known: Mapping[str, Column], given: Mapping[str, str]
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


class _NoValue(NamedTuple):
    """A cell of a workbook without a value, and why."""

    said: str


def _text(cell: object, kind: Kind, epoch: datetime.datetime) -> tuple[str, str | None]:
    """The text of a cell as it is meant, and its fault."""
    if isinstance(cell, _NoValue):
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


def _read_workbook(path: Path, _: str | None) -> _Sheet:
    """The first sheet; others are named."""
    sheet, values, faults = read_first_sheet(path)
    others = [name for name in sheet.parent.sheetnames if name != sheet.title]
    notes = [f"sheet {sheet.title} is read, not: {', '.join(others)}"] if others else []
    cells = values | {place: _NoValue(said) for place, said in faults.items()}
    width = max((column for _, column in values), default=0)
    lines = sorted({line for line, _ in values})
    rows = ((line, [cells.get((line, at + 1)) for at in range(width)]) for line in lines)
    return _Sheet(f"{path.name}[{sheet.title}]", rows, notes, sheet.parent.epoch)


def _read_json(path: Path, encoding: str | None) -> _Sheet:
    """A list of objects, by itself or as the only list of an object; problems count records."""
    encoding, notes = (encoding, []) if encoding else find_encoding(path)
    try:
        content = json.loads(path.read_text(encoding=encoding))
    except json.JSONDecodeError as error:
        message = f"is no JSON from column {error.colno} of this line on; export it again"
        raise unreadable(path, error.lineno, message) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise unreadable(path, None, "cannot be read as JSON; export it again") from None
    found = content.values() if isinstance(content, dict) else [content]
    lists = [each for each in found if isinstance(each, list)]
    if len(lists) != 1 or not all(isinstance(each, dict) for each in lists[0]):
        raise unreadable(path, None, "holds no single list of records; write [{…}, {…}], one a row")
    names = [*dict.fromkeys(name for each in lists[0] for name in each)]
    rows = ((at, [each.get(name) for name in names]) for at, each in enumerate(lists[0], start=1))
    return _Sheet(f"{path.name}[records]", chain([(0, names)], rows), notes)


def _read_csv(path: Path, encoding: str | None) -> _Sheet:
    encoding, notes = (encoding, []) if encoding else find_encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            header = next((line for line in file if line.strip()), "")
    except (UnicodeDecodeError, LookupError) as error:
        raise unreadable(path, None, f"cannot be read in this encoding ({error})") from None
    separator = max(",;\t|", key=lambda sign: len(next(csv.reader([header], delimiter=sign), "")))
    return _Sheet(path.name, _csv_rows(path, encoding, separator), notes)


def _csv_rows(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    before = csv.field_size_limit(_WIDEST)
    try:
        with path.open(encoding=encoding, newline="") as file:
            for line, cells in read_records(file, separator):
                if any(map(str.strip, cells)):
                    yield line, cells
    except UnicodeDecodeError as error:
        raise unreadable(path, error.line, f"is not in {encoding} from here on") from None
    except csv.Error as error:
        raise unreadable(path, error.line, quote_fault(error)) from None
    finally:
        csv.field_size_limit(before)
