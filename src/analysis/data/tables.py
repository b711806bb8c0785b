"""Read one CSV file of a dataset as text cells, strictly.

Python's own csv module in strict mode goes through the file first, because it tells on which line
a quote was opened or a row has too few cells; pandas, which is faster and more lenient, takes the
cells of files that pass. What spreadsheets commonly do to a file (semicolons, UTF-16, Windows code
pages) is recognised and named, so that it can be saved again as it should.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd

from analysis.data import codebook
from analysis.data.problems import Problem

_SAVE = "save it as CSV UTF-8 (comma delimited)"
_SEPARATORS = {
    ";": ("semicolons", "; if Excel writes semicolons again, save it from LibreOffice"),
    "\t": ("tabs", ""),
}


class _UnreadableError(Exception):
    """A file that cannot be read at all: line and message."""


def read_table(folder: Path, table: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Text cells of a table, the index being the line in the file, and what is wrong with it.

    With problems the cells are those that can still be told apart: columns the table has, rows
    that have as many cells as the header. None where there are no such.
    """
    path = folder / f"{table}.csv"
    if not path.is_file():
        where = "the folder does not exist" if not folder.is_dir() else "the file is missing"
        return None, [Problem(path.name, None, None, f"{where}; {expected(table)}")]
    try:
        content = path.read_bytes()
        text = _text(content)
        _refuse_other_separators(text, table)
        return as_table(*_rows(text, content), table, "file")
    except _UnreadableError as error:
        line, message = error.args
        return None, [Problem(path.name, line, None, message)]


def expected(table: str, what: str = " columns") -> str:
    """The columns that a table has, to be said where they are missing."""
    return f"expected{what}: {','.join(codebook.columns(table))}"


def as_table(
    rows: pd.DataFrame, widths: pd.Series, table: str, place: str
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The columns that a table has, their names in the first row, and what is wrong with others.

    ``widths`` tells how many cells each line of the place, a file or a sheet, has.
    """
    name = f"{table}.csv"
    if rows.empty:
        return None, [Problem(name, 1, None, f"the {place} is empty; {expected(table)}")]
    header = rows.iloc[0].str.strip()
    problems = [
        Problem(name, widths.index[0], column, f"{said}; {expected(table, '')}")
        for column, said in _find_wrong_columns([*header], codebook.columns(table))
    ]
    for line, width in widths[widths != len(header)].items():
        said = f"has {width} cells where the header has {len(header)}"
        mend = "is a comma missing, or one too many outside quotes?"
        problems.append(Problem(name, line, None, f"{said}; {mend}"))
    known = (header.isin(codebook.columns(table)) & ~header.duplicated()).to_numpy()
    cells = rows.iloc[1:].set_axis(header, axis=1)
    return cells.loc[:, known] if known.any() else None, problems


def _find_wrong_columns(header: list[str], wanted: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((column, "the column is missing") for column in wanted if column not in header)
    for place, column in enumerate(header):
        if column not in wanted:
            yield column or f"({place + 1})", "unknown column"
        elif column in header[:place]:
            yield column, "the column is there twice"


def _text(content: bytes) -> str:
    zeros = max(content[start:200:2].count(0) for start in (0, 1))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > 20:
        raise _UnreadableError(1, f"looks like UTF-16; {_SAVE}")
    if b"\0" in content:
        line = _line(content[: content.index(b"\0")])
        raise _UnreadableError(line, "holds a NUL byte, the file is damaged; export it again")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        arabic = _share_of_arabic(content.decode("cp1256", errors="replace")) > 0.5
        page = "Windows-1256 (Arabic)" if arabic else "a Windows or Mac code page"
        line = _line(content[: error.start])
        raise _UnreadableError(line, f"is not UTF-8; looks like {page}; {_SAVE}") from None


def _line(before: bytes) -> int:
    return len(re.findall(rb"\r\n|\r|\n", before)) + 1


def _share_of_arabic(text: str) -> float:
    foreign = [sign for sign in text if ord(sign) > 127]
    return sum("\u0600" <= sign <= "\u06ff" for sign in foreign) / max(len(foreign), 1)


def _refuse_other_separators(text: str, table: str) -> None:
    first = re.search(r"[^\r\n]+", text)
    head = first.group() if first else ""
    for sign, (name, more) in _SEPARATORS.items():
        enough = len(codebook.columns(table)) // 2
        if head.count(sign) >= enough and head.count(sign) > head.count(","):
            line = _line(text[: first.start()].encode())
            message = f"looks as if saved with {name} between cells; {_SAVE}{more}"
            raise _UnreadableError(line, message)


def _rows(text: str, content: bytes) -> tuple[pd.DataFrame, pd.Series]:
    """Rows with as many cells as the first, and how many cells every row has, by line.

    Blank rows are left out of both.
    """
    old_mac = "\r" in text and re.search(r"\r(?!\n)", text)  # pandas takes it another way
    widths = pd.Series(dtype=int) if old_mac else _widths(text)
    width = widths.max()
    if widths.any() and widths.isin([0, width]).all():
        rows = pd.read_csv(
            io.BytesIO(content),
            header=None,
            names=range(width),
            index_col=False,
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
        ).set_axis(widths.index)
        unsure = rows[[not cell.strip() for cell in rows[0].to_numpy()]]
        blank = unsure.index[[not any(map(str.strip, cells)) for cells in unsure.to_numpy()]]
        return (rows.drop(blank), widths.drop(blank)) if len(blank) else (rows, widths)
    records = {line: cells for line, cells in _records(text) if any(map(str.strip, cells))}
    widths = pd.Series({line: len(cells) for line, cells in records.items()}, dtype=int)
    even = widths.index[widths == widths.head(1).sum()]
    return pd.DataFrame([records[line] for line in even], even, dtype=object), widths


def _widths(text: str) -> pd.Series:
    """How many cells each row has; the index is the line it starts on."""
    lines = text.split("\n")
    reader = csv.reader(lines if lines[-1] else lines[:-1], strict=True)
    with suppress(csv.Error):
        widths = [*map(len, reader)]
        if len(widths) == reader.line_num:
            return pd.Series(widths, range(1, len(widths) + 1))
    return pd.Series({line: len(cells) for line, cells in _records(text)}, dtype=int)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row; slower than :func:`_widths`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        endless = "unexpected end" in str(error) or "field limit" in str(error)
        what = "opened and never closed" if endless else "opened or closed in the wrong place"
        mend = 'put one at each end of the cell, and inside it write "" for "'
        raise _UnreadableError(line, f'a quote (") is {what}; {mend}') from None
