"""Read a dataset that is one workbook (.xlsx), as Excel, LibreOffice or Google Sheets save it.

A sheet for each table gives the same text cells as :mod:`.tables` gives of a CSV file, so that all
checks are the same; other sheets are not looked at. What a cell means is decided by
:mod:`.spreadsheet`; here are found cells without a value: empty formulas, errors, merged cells.
"""

import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.data import codebook
from analysis.data.problems import DatasetError, Problem
from analysis.data.spreadsheet import cell_text
from analysis.data.tables import Read, as_table, missing

if TYPE_CHECKING:  # most datasets are no workbook, and openpyxl takes its time
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MEGABYTES = 100
"""A workbook of 100,000 statements unpacks to less."""

Contents = dict[tuple[int, int], object]
"""Something of cells of a sheet, by row and column."""


def find_workbook(path: Path) -> Path | None:
    """The workbook that a path means, None where it means a folder of CSV files.

    A folder means its workbook when it has exactly one and none of the four CSV files. A
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
    """A problem of a table, said of its sheet where the table is one."""
    if not book:
        return problem
    sheet = f"{book.name}[{problem.file.removesuffix('.csv')}]"
    return problem._replace(file=sheet, message=with_sheets(problem.message, book))


def with_sheets(said: str, book: Path | None) -> str:
    """What is said of tables, their sheets named where they are those of a workbook.

    >>> with_sheets("harm 'hurt': say in terms.csv what it is", Path("dataset.xlsx"))
    "harm 'hurt': say in sheet terms what it is"
    """
    return re.sub(rf"\b({'|'.join(codebook.TABLES)})\.csv", r"sheet \1", said) if book else said


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
    said = f"the sheet is missing (there are: {', '.join(written.sheetnames)})"
    read = {
        table: _read_sheet(kept[table], results[kept[table].title], table)
        if table in kept
        else missing(table, said)
        for table in codebook.TABLES
    }
    return read, (*_find_hidden(sheet for sheet in written if sheet in kept.values()),)


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
        said = f"unpacks to {size / 10**6:,.0f} MB, and at most {_MEGABYTES} are read"
        raise _error(path, f"{said}; save its sheets as CSV files")
    try:
        with warnings.catch_warnings(action="ignore"):  # styles and extensions that we don't use
            return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)
    except Exception:  # a broken file makes openpyxl raise whatever its parts raise
        said = "cannot be read, the file is damaged or no workbook; save it as .xlsx again"
        raise _error(path, said) from None


def _read_sheet(sheet: "Worksheet", results: "Worksheet", table: str) -> Read:
    from openpyxl.utils import get_column_letter

    values, faults = _values(sheet, results)
    lines, places = (sorted({place[axis] for place in values}) for axis in (0, 1))
    for head in [(lines[0], place) for place in places]:
        values[head] = str(values.get(head, f"({get_column_letter(head[1])})")).strip()
    grid = [[values.get((line, place)) for place in places] for line in lines]
    rows, widths = pd.DataFrame(grid, lines, dtype=object), pd.Series(len(places), lines)
    cells, problems = as_table(rows, widths, table, "sheet")
    for name in cells:
        place, kind = places[grid[0].index(name)], codebook.column(table, name).kind
        read = [cell_text(content, kind, results.parent.epoch) for content in cells[name]]
        cells[name] = pd.Series([text for text, _ in read], cells.index, dtype=object)
        for line, (_, found) in zip(cells.index, read, strict=True):
            if said := faults.get((line, place), found):
                problems.append(Problem(f"{table}.csv", line, name, said))
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
        said = f"is in the merged cells {area.coord}; unmerge them, write into each"
        if (area.min_row, area.min_col) in values:
            rows = lines & {*range(area.min_row, area.max_row + 1)}
            columns = range(area.min_col, area.max_col + 1)
            faults |= dict.fromkeys(itertools.product(rows, columns), said)
    return values, faults
