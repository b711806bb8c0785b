"""Read a dataset that is one workbook (.xlsx), as Excel, LibreOffice or Google Sheets save it.

A sheet for each table gives the same text cells as :mod:`.tables` gives of a CSV file, so that all
checks are the same; other sheets are not read. A cell that can mean one thing only is read so (4.0
as 4, 24/07/2018 as 24 July, because there is no month 24); one that can mean two things (1,000 or
03/07/2018) is named, and so is one without a value (a formula without a result, an error, a merged
cell) or that the spreadsheet has made into something else. What is plainly wrong stays for
:mod:`.cells` to name.
"""

import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.data import codebook
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import Read, as_table, missing

if TYPE_CHECKING:  # most datasets are no workbook, and openpyxl takes its time
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MEGABYTES = 100
"""A workbook of 100,000 statements unpacks to less."""

_FIRST_DAY = datetime(1899, 12, 30)
"""The day from which workbooks count days, but files of old Macs."""
_INVISIBLE = r"[\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+"
_EDGES = re.compile(f"^{_INVISIBLE}|{_INVISIBLE}$")
_MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})" + _MIDNIGHT)
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})" + _MIDNIGHT)
_SERIAL = re.compile(r"\d{5}")  # 1927 to 2173; fewer or more digits are a year, or a slip
_GROUPED = re.compile(r"(\d{1,3}([,.٬'’\s])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,٫]0+)?")
_TWO_COUNTS = re.compile(r"(\d{1,3})([,.])(\d{3})")
_ZERO_DECIMALS = re.compile(r"(\d+)[.,٫]0+")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # control characters in XML of Office

Text = tuple[str, str | None]
"""The text of a cell, and what is wrong with it (None: it is read as meant)."""
Contents = dict[tuple[int, int], object]
"""Something of cells of a sheet, by row and column."""


def find_workbook(path: Path) -> Path | None:
    """The workbook that a path means, None where it means a folder of CSV files.

    A folder means its workbook when it has exactly one and no CSV file of a table. A
    DatasetError where it could be several workbooks, or is a file of another kind.
    """
    if not path.exists():
        what = "file" if path.suffix.lower() == ".xlsx" else "folder"
        raise _error(path, f"the {what} does not exist")
    if path.is_file() and path.suffix.lower() != ".xlsx":
        mend = "name the folder of the CSV files, or save it as Excel workbook (.xlsx)"
        raise _error(path, f"is neither a folder nor an .xlsx workbook; {mend}")
    if not path.is_dir():
        return path if path.suffix.lower() == ".xlsx" else None
    if any((path / f"{table}.csv").exists() for table in codebook.TABLES):
        return None
    books = sorted(
        file
        for file in path.iterdir()
        if file.suffix.lower() == ".xlsx" and not file.name.startswith((".", "~$"))  # lock files
    )
    if len(books) > 1:
        names = ", ".join(book.name for book in books)
        raise _error(path, f"holds several workbooks: {names}; name the one that is meant")
    return books[0] if books else None


def _error(path: Path, message: str) -> DatasetError:
    return DatasetError([Problem(path.name or str(path), None, None, message)], path)


def in_workbook(problem: Problem, book: Path | None) -> Problem:
    """A problem of a table, with the name of its sheet where the table is one."""
    if not book:
        return problem
    sheet = f"{book.name}[{problem.file.removesuffix('.csv')}]"
    return problem._replace(file=sheet, message=with_sheets(problem.message, book))


def with_sheets(message: str, book: Path | None) -> str:
    """A message about tables, which are called sheets where they are those of a workbook.

    >>> with_sheets("harm 'hurt': say in terms.csv what it is", Path("dataset.xlsx"))
    "harm 'hurt': say in sheet terms what it is"
    """
    files = rf"\b({'|'.join(codebook.TABLES)})\.csv"
    return re.sub(files, r"sheet \1", message) if book else message


def read_workbook(path: Path) -> tuple[dict[str, Read], tuple[str, ...]]:
    """For each table its text cells and what is wrong with them, as :func:`tables.read_table`.

    And in a sentence each what the workbook hides, though it is read.
    """
    written = _open(path)
    sheets = {sheet.title.strip().lower(): sheet for sheet in written.worksheets}
    kept = {table: sheets[table] for table in codebook.TABLES if table in sheets}
    cells = (cell for sheet in kept.values() for cell in sheet._cells.values())
    formulas = any(cell.data_type == "f" for cell in cells)
    results = _open(path, data_only=True) if formulas else written
    lacking = f"the sheet is missing (there are: {', '.join(written.sheetnames)})"
    reads = {table: missing(table, lacking) for table in codebook.TABLES} | {
        table: _read_sheet(sheet, results[sheet.title], table) for table, sheet in kept.items()
    }
    return reads, (*_find_hidden(sheet for sheet in written if sheet in kept.values()),)


def read_first_sheet(path: Path) -> tuple["Worksheet", Contents, Contents]:
    """The first sheet of any workbook, and as :func:`_values` what its cells hold and lack."""
    sheet = _open(path).worksheets[0]
    return sheet, *_values(sheet, _open(path, data_only=True)[sheet.title])


def _find_hidden(sheets: Iterable["Worksheet"]) -> Iterator[str]:
    """Rows and columns that sheets do not show, or show as struck out."""
    for sheet in sheets:
        styled = (cell for cell in sheet._cells.values() if cell.has_style)
        hidden = {
            "hidden sheet": [sheet.title] * (sheet.sheet_state != "visible"),
            "hidden rows": [str(at) for at, row in sheet.row_dimensions.items() if row.hidden],
            "hidden columns": [at for at, each in sheet.column_dimensions.items() if each.hidden],
            "struck out": [cell.coordinate for cell in styled if cell.font.strike],
        }
        for what, places in hidden.items():
            if places:
                more = f" and {len(places) - 5} more" * (len(places) > 5)
                yield f"{sheet.title}: {what} {', '.join(places[:5])}{more}: read like all others"


def _open(path: Path, data_only: bool = False) -> "Workbook":
    import openpyxl

    try:
        content = path.read_bytes()
        size = sum(each.file_size for each in zipfile.ZipFile(path).infolist())
    except zipfile.BadZipFile:
        size = 0
    except OSError as error:
        raise _error(path, f"cannot be opened ({error.strerror}); close it elsewhere") from None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _error(path, "has a password or is an old .xls; save it as .xlsx without a password")
    if size > _MEGABYTES * 10**6:
        large = f"unpacks to {size / 10**6:,.0f} MB, and at most {_MEGABYTES} are read"
        raise _error(path, f"{large}; save its sheets as CSV files")
    try:
        with warnings.catch_warnings(action="ignore"):  # styles and extensions that we don't use
            return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)
    except Exception:  # a broken file makes openpyxl raise whatever its parts raise
        damaged = "cannot be read, the file is damaged or no workbook; save it as .xlsx again"
        raise _error(path, damaged) from None


def _read_sheet(sheet: "Worksheet", results: "Worksheet", table: str) -> Read:
    from openpyxl.utils import get_column_letter

    values, faults = _values(sheet, results)
    lines, places = (sorted({place[axis] for place in values}) for axis in (0, 1))
    for head in [(lines[0], place) for place in places]:
        values[head] = str(values.get(head, f"({get_column_letter(head[1])})")).strip()
    grid = [[values.get((line, place)) for place in places] for line in lines]
    cells, problems = as_table(pd.DataFrame(grid, lines, dtype=object), table, "sheet")
    for name in cells:
        place, kind = places[grid[0].index(name)], codebook.column(table, name).kind
        texts = {
            line: cell_text(value, kind, results.parent.epoch)
            for line, value in cells[name].items()
        }
        cells[name] = pd.Series([text for text, _ in texts.values()], cells.index, dtype=object)
        for line, (_, wrong) in texts.items():
            if wrong := faults.get((line, place), wrong):
                problems.append(Problem(f"{table}.csv", line, name, wrong))
    return cells, problems


def _values(sheet: "Worksheet", results: "Worksheet") -> tuple[Contents, Contents]:
    """Contents of the cells that are not blank, and what to say of those without a value."""
    values, faults = {}, {}
    for place, cell in sorted(sheet._cells.items()):  # sheet.rows makes one for every place
        result = results._cells.get(place, cell)
        value = result.value
        if result.data_type == "e":
            faults[place] = f"{value} is an error; write the value"
        elif cell.data_type == "f" and value is None and result.data_type == "n":
            faults[place] = "is a formula without a result in the file; write the value"
            value = cell.value  # no blank cell
        if value is not None and str(value).strip():
            values[place] = value
    lines = {line for line, _ in values}
    for area in sheet.merged_cells.ranges:
        merged = f"is in the merged cells {area.coord}; unmerge them, write into each"
        if (area.min_row, area.min_col) in values:
            rows = lines & {*range(area.min_row, area.max_row + 1)}
            columns = range(area.min_col, area.max_col + 1)
            faults |= dict.fromkeys(itertools.product(rows, columns), merged)
    return values, faults


def cell_text(value: object, kind: codebook.Kind, epoch: datetime = _FIRST_DAY) -> Text:
    """What a cell means in a column of a kind, as the text that a CSV file would hold.

    ``epoch`` is the day from which the workbook counts days.

    >>> cell_text(4.0, "int"), cell_text("24/07/2018", "date")
    (('4', None), ('2018-07-24', None))
    >>> cell_text("03/07/2018", "date")
    ('03/07/2018', "'03/07/2018' can be 2018-03-07 or 2018-07-03; write YYYY-MM-DD")
    """
    if isinstance(value, (date, time, timedelta)):
        return _typed_as_time(value, kind)
    text = _plain(value)
    if kind == "text":
        return text.strip(), None
    text = _EDGES.sub("", text)
    if kind in ("date", "time"):
        return _date(text, epoch)
    return _count(text) if kind == "int" else (text, None)


def _typed_as_time(value: date | time | timedelta, kind: codebook.Kind) -> Text:
    text = str(value).removesuffix(" 00:00:00")
    if kind == "time" and isinstance(value, datetime):
        return text.removesuffix(":00").replace(" ", "T"), None
    if kind in ("date", "time"):
        return text, None
    what = "date" if isinstance(value, date) else "time"
    wanted = "number" if kind in ("int", "number") else "text"
    mend = f"format it as {wanted} and write what is meant"
    return text, f"the spreadsheet holds a {what} here, {text}; {mend}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text)


def _date(text: str, epoch: datetime) -> Text:
    if _SERIAL.fullmatch(text):
        return str((epoch + timedelta(days=int(text))).date()), None
    orders = []
    if parts := _YEAR_FIRST.fullmatch(text):
        orders = [(parts[1], parts[3], parts[4])]
    elif parts := _YEAR_LAST.fullmatch(text):
        orders = [(parts[4], parts[3], parts[1]), (parts[4], parts[1], parts[3])]
    days = set()
    for order in orders:
        with suppress(ValueError):
            days.add(str(date(*map(int, order))))
    if len(days) > 1:
        return text, f"{text!r} can be {' or '.join(sorted(days))}; write YYYY-MM-DD"
    return (days or {text}).pop(), None


def _count(text: str) -> Text:
    if parts := _TWO_COUNTS.fullmatch(text):
        whole, sign, decimals = parts.groups()
        other = f"{whole}.{decimals}".rstrip("0").rstrip(".")
        return text, f"{text!r} can be {whole}{decimals} or {other}; write digits without {sign!r}"
    number = _GROUPED.fullmatch(text) or _ZERO_DECIMALS.fullmatch(text)
    return re.sub(r"\D", "", number[1]) if number else text, None
