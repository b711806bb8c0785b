"""Start a dataset: tables with a worked example of what one has, and how to go on.

There is an example of one report, of a toll that rises and falls, of a monitor's months and of a
running total, each with only the columns that it needs. As CSV files, or as one workbook whose
cells already know what a column may hold. Nothing that is there is ever overwritten.
"""

import datetime
import io
import unicodedata
from codecs import BOM_UTF8
from pathlib import Path

import pandas as pd
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis import LANGUAGES
from analysis.data import codebook
from analysis.data.codebook import Column
from analysis.data.files import write_new
from analysis.data.tables import read_table

EXAMPLES = Path(__file__).parent / "examples"
"""A folder for each kind of material: an invented case, and how to code such a one."""

KINDS = ("report", "rising", "monthly", "running")
TABLES = ("reports", "parties", "tallies", "terms", "events")
"""The tables that each example has."""

BOOK = "dataset.xlsx"
HOW_TO = {
    "HOW-TO.md" if code == "en" else f"HOW-TO.{code}.md": "how-to" + f" {code}" * (code != "en")
    for code in LANGUAGES
}
"""Files that say how to code, and the sheets that say it in a workbook."""

LAST_ROW = 5000
"""As far down as drop-downs and checks of the workbook reach; longer tables load all the same."""

_FORMATS = {"int": ("0", int), "date": ("yyyy-mm-dd", datetime.date.fromisoformat)}
_WIDTHS = {"int": 11, "number": 11, "date": 13, "time": 18, "text": 20, "note": 60}  # ids: 24


def start(
    folder: Path, excel: bool = False, like: str = "report", full: bool = False
) -> list[Path]:
    """Write a new dataset, valid as it is: a worked example; gives the files written.

    Parameters
    ----------
    folder : Path
        Where to write it.
    excel : bool
        One workbook in place of CSV files and those of how to code.
    like : {"report", "rising", "monthly", "running"}
        The material that the example is of.
    full : bool
        Write every column of the codebook, not only those that the example needs.

    Raises
    ------
    FileExistsError
        Where one of the files is there, or a dataset of the other kind: then nothing is written.
    """
    tables = [f"{table}.csv" for table in TABLES]
    names = [BOOK] if excel else [*tables, *HOW_TO]
    other = (f"{table}.csv" for table in codebook.TABLES)
    there = [folder / name for name in {*names, *other} if (folder / name).exists()]
    if folder.is_dir():
        there += [path for path in folder.iterdir() if path.suffix.lower() == ".xlsx"]
    if there or (folder.exists() and not folder.is_dir()):
        raise FileExistsError(f"{min(there, default=folder)} is there already; nothing was written")
    if excel:
        return write_new(folder, {BOOK: _workbook(like, full)})
    files = {f"{table}.csv": _table(like, table, full) for table in TABLES}
    files |= {name: how_to(like, name).encode() for name in HOW_TO}
    return write_new(folder, files)


def how_to(like: str, name: str) -> str:
    """How to code a kind of material, in the language of a file name, and what comes next."""
    pages = EXAMPLES / like / name, EXAMPLES / name.replace("HOW-TO", "STEPS")
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def _example(like: str, table: str, full: bool) -> pd.DataFrame:
    """A table of an example: the columns that it needs, in its order, or all of the codebook."""
    rows, _ = read_table(EXAMPLES / like, table)
    return rows.reindex(columns=codebook.columns(table)) if full else rows


def _table(like: str, table: str, full: bool) -> bytes:
    """A table of an example; the byte-order mark makes Excel read Arabic as it is."""
    text = _example(like, table, full).to_csv(index=False, lineterminator="\n")
    return BOM_UTF8 + text.encode()


def _workbook(like: str, full: bool) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, title in HOW_TO.items():
        _write_lines(book.create_sheet(title), how_to(like, name))
    for table in TABLES:
        sheet = book.create_sheet(table)
        sheet.freeze_panes = "B2"
        for place, (name, texts) in enumerate(_example(like, table, full).items(), 1):
            _write_column(sheet, codebook.column(table, name), place, texts.dropna())
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_lines(sheet: Worksheet, text: str) -> None:
    """A text in Markdown, a line a row, from the side where its script begins."""
    sheet.column_dimensions["A"].width = 110
    first = next(filter(str.isalpha, text))
    sheet.sheet_view.rightToLeft = unicodedata.bidirectional(first) in ("R", "AL")
    for row, line in enumerate(text.replace("`", "").splitlines(), 1):
        heading = line.startswith("#")
        cell = sheet.cell(row, 1, line.lstrip("# ") if heading else line)
        cell.font = Font(bold=heading)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _write_column(sheet: Worksheet, column: Column, place: int, texts: pd.Series) -> None:
    """Header with a note, format, allowed values, and the example's cells by their lines."""
    letter = get_column_letter(place)
    number_format, read = _FORMATS.get(column.kind, ("@", str))
    width = _WIDTHS.get(column.name, _WIDTHS.get(column.kind, 24))
    sheet.column_dimensions[letter].width = max(width, len(column.name) + 3)
    sheet.column_dimensions[letter].number_format = number_format
    head = sheet.cell(1, place, column.name)
    head.font = Font(bold=True)
    head.fill = PatternFill("solid", fgColor="FFE7E6E6" if column.required else "FFF5F5F5")
    head.comment = Comment(codebook.meaning(column), "codebook", height=140, width=320)
    rule = _validation(column)
    if rule:
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
    for line, text in texts.items():
        sheet.cell(line, place, read(text) if text else None).number_format = number_format


def _validation(column: Column) -> DataValidation | None:
    """What may be entered: a drop-down, a whole number or a date."""
    choices = column.allowed or column.examples
    if choices or column.refers_to in TABLES:
        listed = f"{column.refers_to}!$A$2:$A${LAST_ROW}"
        free = bool(column.examples) or column.kind == "ids"  # then the list only proposes
        formula = f'"{",".join(choices)}"' if choices else listed
        return DataValidation("list", formula, allow_blank=True, showErrorMessage=not free)
    if column.kind == "int":
        at_least = {"operator": "greaterThanOrEqual", "error": "a whole number, zero or more"}
        return DataValidation("whole", "0", allow_blank=True, showErrorMessage=True, **at_least)
    return None
