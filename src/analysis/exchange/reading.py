"""Tables that others made, as rows of text: CSV of any separator and encoding, JSON, workbooks.

Cells mean what those of a dataset's workbook mean (:mod:`analysis.data.workbook`): one that can
mean one thing only is read so, one that can mean two is named. A code page is a guess, and said.
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
from analysis.data.codebook import Column, Kind
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import quote_fault, read_records
from analysis.data.workbook import cell_text, read_first_sheet
from analysis.exchange.encoding import encoding_of, unreadable

Row = dict[str, str]
"""Cells as text by the name of their column."""
Cells = Iterator[tuple[int, list[object]]]
"""Line (row, record) and cells, the header first."""

RUNS = re.compile(r"[=@\t\r]|[+-](?![\d\s.,]*$)")
"""How a text begins that a spreadsheet takes for a formula; a number is none."""

_WIDEST = 50_000_000  # characters a cell of sources may have; csv stops at 131,072
_PLAIN = Column("", "text", "", required=False)


class Asked(NamedTuple):
    """What a user says of a table: its encoding, names of columns, values that all rows have."""

    encoding: str | None = None
    columns: Mapping[str, str] = {}  # ours: theirs
    given: Mapping[str, str] = {}


NOTHING = Asked()


class Record(NamedTuple):
    """A row, its line, and columns with what cannot be read there; no cells if all is amiss."""

    line: int
    row: Row
    wrong: list[tuple[str | None, str]]


class Table(NamedTuple):
    """A table as problems name it, its columns, its records, and what is to be said of it.

    What is said is complete when all records have been read.
    """

    name: str
    columns: list[str]
    records: Iterator[Record]
    said: list[str]

    def error(self, *found: tuple[str | None, str]) -> DatasetError:
        """What is wrong with the table as a whole, or with its columns."""
        line = 1 if self.columns else None
        return DatasetError([Problem(self.name, line, *each) for each in found], self.name)


def open_table(
    path: Path,
    kinds: Mapping[str, Kind],
    asked: Asked = NOTHING,
    older: Mapping[str, Sequence[str]] = {},
) -> Table:
    """A table whose columns are of these kinds, text where nothing is said.

    ``older`` are names that a column has in other versions. Names of columns are in small letters,
    ``_`` for blanks. A row of HXL tags under the header is no record. A DatasetError where the file
    cannot be read.
    """
    read = {".json": _read_json, ".xlsx": _read_workbook}.get(path.suffix.lower(), _read_csv)
    name, rows, epoch, said = read(path, asked.encoding)
    theirs = [_as_name(cell) for cell in next(rows, (1, []))[1]]
    columns = _rename(theirs, asked, older, Table(name, theirs, iter(()), said))
    table = Table(
        name, [*columns, *(each for each in asked.given if each not in columns)], rows, said
    )
    return table._replace(records=_records(table, columns, kinds, asked.given, epoch))


def _as_name(cell: object) -> str:
    return re.sub(r"[\s-]+", "_", str(cell or "").strip().lower())


def _rename(
    names: list[str], asked: Asked, older: Mapping[str, Sequence[str]], table: Table
) -> list[str]:
    """Names of columns as they are called here."""
    columns = [*names]
    for new, others in older.items():
        there = [other for other in others if other in columns]
        if new not in columns and there:
            columns[columns.index(there[0])] = new
    for new, old in asked.columns.items():
        if _as_name(old) not in columns:
            raise table.error((old, f"there is no such column; there are: {', '.join(names)}"))
        at = columns.index(_as_name(old))
        columns = [f"{each}_before" if each == new else each for each in columns]
        columns[at] = new
    return columns


def _records(
    table: Table,
    columns: list[str],
    kinds: Mapping[str, Kind],
    values: Mapping[str, str],
    epoch: datetime.datetime,
) -> Iterator[Record]:
    """Records of a table; what is said of it gets the cells that a spreadsheet would run."""
    runs: dict[str, list[str]] = {}
    rows = table.records
    first = next(rows, None)
    if first and not _is_tags(first[1]):
        rows = chain([first], rows)
    elif first:
        table.said.append(f"row {first[0]}, of HXL tags, is no record")
    for line, cells in rows:
        if len(cells) != len(columns):
            wrong = f"has {len(cells)} cells where the header has {len(columns)}"
            yield Record(line, {}, [(None, wrong)])
            continue
        row, wrong = {}, []
        for name, cell in zip(columns, cells, strict=True):
            row[name], amiss = _text(cell, kinds.get(name, "text"), epoch)
            if amiss:
                wrong.append((name, amiss))
            elif row[name][:1] in "=+-@\t\r" and RUNS.match(row[name]):
                runs.setdefault(name, []).append(row[name])
        if any(row.values()):
            yield Record(line, row | values, wrong)
    for name, texts in runs.items():
        many = f" and {len(texts) - 1} more" * (len(texts) > 1)
        table.said.append(f"{name}: {texts[0]!r}{many} would be run by a spreadsheet as a formula")


def _text(cell: object, kind: Kind, epoch: datetime.datetime) -> tuple[str, str | None]:
    """What a cell means, and what is wrong with it."""
    if isinstance(cell, _Amiss):
        return "", cell.said
    if isinstance(cell, list | dict):
        return "", "holds several values; write one"
    plain = isinstance(cell, str) and kind == "text"
    text, said = (cell.strip(), None) if plain else cell_text(cell, kind, epoch)
    if not said and not text.isprintable():
        text = " ".join(text.split())  # a break of lines within a name
        said = fault(_PLAIN, text)
    return text, said


class _Amiss(NamedTuple):
    """A cell of a workbook that holds no value."""

    said: str


def _is_tags(cells: Iterable[object]) -> bool:
    """Whether each cell that is not empty is an HXL tag, as HDX puts them under the header."""
    texts = [text for cell in cells if (text := str(cell or "").strip())]
    return bool(texts) and all(re.match(r"#[a-z]", text) for text in texts)


Opened = tuple[str, Cells, datetime.datetime, list[str]]
"""The name of a table, its rows, the day from which it counts days, and what is said of it."""
_EPOCH = datetime.datetime(1899, 12, 30)


def _read_workbook(path: Path, _: str | None) -> Opened:
    """The first sheet; others are named."""
    sheet, rows, faults = read_first_sheet(path)
    others = [name for name in sheet.parent.sheetnames if name != sheet.title]
    said = [f"sheet {sheet.title} is read, not: {', '.join(others)}"] if others else []

    def cells() -> Cells:
        width = max((column for _, column in rows), default=0)
        for line in sorted({line for line, _ in rows}):
            places = [(line, at) for at in range(1, width + 1)]
            yield line, [_Amiss(faults[at]) if at in faults else rows.get(at) for at in places]

    return f"{path.name}[{sheet.title}]", cells(), sheet.parent.epoch, said


def _read_json(path: Path, encoding: str | None) -> Opened:
    """A list of objects, by itself or as the only list of an object; problems count records."""
    encoding, said = (encoding, []) if encoding else encoding_of(path)
    try:
        found = json.loads(path.read_text(encoding=encoding))
    except json.JSONDecodeError as error:
        message = f"is no JSON from column {error.colno} of this line on; export it again"
        raise unreadable(path, error.lineno, message) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise unreadable(path, None, "cannot be read as JSON; export it again") from None
    lists = [found] if isinstance(found, list) else []
    if isinstance(found, dict):
        lists = [each for each in found.values() if isinstance(each, list)]
    if len(lists) != 1 or not all(isinstance(each, dict) for each in lists[0]):
        raise unreadable(path, None, "holds no single list of records; write [{…}, {…}], one a row")
    names = [*dict.fromkeys(name for each in lists[0] for name in each)]
    rows = ((at, [each.get(name) for name in names]) for at, each in enumerate(lists[0], start=1))
    return f"{path.name}[records]", chain([(0, names)], rows), _EPOCH, said


def _read_csv(path: Path, encoding: str | None) -> Opened:
    encoding, said = (encoding, []) if encoding else encoding_of(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            header = next((line for line in file if line.strip()), "")
    except (UnicodeDecodeError, LookupError) as error:
        raise unreadable(path, None, f"cannot be read in this encoding ({error})") from None
    separator = max(",;\t|", key=lambda sign: len(next(csv.reader([header], delimiter=sign), "")))
    return path.name, _csv_rows(path, encoding, separator), _EPOCH, said


def _csv_rows(path: Path, encoding: str, separator: str) -> Cells:
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
