"""Read one CSV file of a dataset as text cells, strictly.

Python's own csv module in strict mode reads it, because it tells on which line a quote was opened
or a row has too few cells; pandas, which is faster and more lenient, takes files that are plain.
What spreadsheets commonly do to a file (semicolons, UTF-16, Windows code pages) is recognised and
named, so that it can be saved again as it should.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data import codebook
from analysis.data.problems import Problem

_NO_FILE = "the file is missing"
_SAVE = "save it as CSV UTF-8 (comma delimited)"
_BLANK = b'\xef\xbb\xbf", \t\r\n'
"""Signs of lines before the header: a byte-order mark, empty cells."""
_SEPARATORS = {
    ";": ("semicolons", "; if Excel writes semicolons again, save it from LibreOffice"),
    "\t": ("tabs", ""),
}

Read = tuple[pd.DataFrame, list[Problem]]
"""Text cells of a table, the index being the line, and what is wrong with it."""


class _UnreadableError(Exception):
    """A file that cannot be read at all: line and message."""


def read_table(folder: Path, table: str) -> Read:
    """Text cells of a table, the index being the line in the file, and what is wrong with it.

    With problems the cells are those of columns that the table has, in rows that have as many cells
    as the header.
    """
    path = folder / f"{table}.csv"
    return _read(path.read_bytes(), table) if path.is_file() else missing(table, _NO_FILE)


def read_pieces(folder: Path, table: str, size: int) -> Iterator[Read]:
    """The same in pieces of about ``size`` bytes, so that no more is held at once.

    Each piece has the problems of the header; one that cannot be read is the last.
    """
    path = folder / f"{table}.csv"
    if not path.is_file():
        yield missing(table, _NO_FILE)
        return
    with path.open("rb") as file:
        head = file.readline()
        while not head.strip(_BLANK) and (line := file.readline()):
            head += line
        first, before = _line(head), 0
        for content in _whole_rows(file, size):
            rows, problems = _read(head + content, table)
            rows.index += before
            lines = [each.line + before * (each.line >= first) for each in problems]
            yield rows, [each._replace(line=at) for each, at in zip(problems, lines, strict=True)]
            if rows.columns.empty:
                return
            before += _line(content) - 1


def _whole_rows(file: io.BufferedReader, size: int) -> Iterator[bytes]:
    """What is left of a file in pieces that end with a row; what has no rows is one piece."""
    lines = []

    def read_lines() -> Iterator[str]:
        for line in file:
            lines.append(line)
            yield line.decode("latin-1")

    start = file.tell()
    with suppress(csv.Error):  # raised when the piece is read
        for _ in csv.reader(read_lines()):
            if file.tell() - start >= size and file.peek():
                yield b"".join(lines)
                lines.clear()
                start = file.tell()
    yield b"".join([*lines, file.read()])


def _read(content: bytes, table: str) -> Read:
    try:
        rows, uneven = _rows(_text(content, table), content)
        return as_table(rows, table, "file", uneven)
    except _UnreadableError as error:
        line, message = error.args
    except csv.Error as error:
        line, message = error.line, quote_fault(error)
    return pd.DataFrame(), [Problem(f"{table}.csv", line, None, message)]


def quote_fault(error: csv.Error) -> str:
    """What is wrong with the quotes of a CSV file."""
    endless = "unexpected end" in str(error) or "field limit" in str(error)
    what = "opened and never closed" if endless else "opened or closed in the wrong place"
    return f'a quote (") is {what}; put one at each end of the cell, and inside it write "" for "'


def missing(table: str, message: str) -> Read:
    """What is read of a table that is not there: a problem where a dataset needs it."""
    problem = Problem(f"{table}.csv", None, None, f"{message}; expected columns: {_columns(table)}")
    return pd.DataFrame(), [] if table in codebook.OPTIONAL else [problem]


def _columns(table: str) -> str:
    return ",".join(codebook.columns(table))


def _names(table: str) -> list[str]:
    """Columns that a file may have."""
    return [*codebook.columns(table), *codebook.RETIRED.get(table, ())]


def as_table(
    rows: pd.DataFrame, table: str, place: str, uneven: dict[int, int] | None = None
) -> Read:
    """The columns that a table has, their names in the first row, and what is wrong with others.

    ``uneven`` tells how many cells the lines of the place, a file or a sheet, have that have more
    or fewer than the first.
    """
    name = f"{table}.csv"
    if rows.empty:
        message = f"the {place} is empty; expected columns: {_columns(table)}"
        return rows, [Problem(name, 1, None, message)]
    header = rows.iloc[0].str.strip()
    problems = [
        Problem(name, int(rows.index[0]), column, f"{wrong}; expected: {_columns(table)}")
        for column, wrong in _find_wrong_columns([*header], table)
    ]
    for line, width in (uneven or {}).items():
        wrong = f"has {width} cells where the header has {len(header)}"
        mend = "is a comma missing, or one too many outside quotes?"
        problems.append(Problem(name, line, None, f"{wrong}; {mend}"))
    known = (header.isin(_names(table)) & ~header.duplicated()).to_numpy()
    cells = rows.iloc[1:].set_axis([*header], axis=1)
    if known.all():
        return cells, problems  # no copy
    return cells.loc[:, known] if known.any() else pd.DataFrame(), problems


def _find_wrong_columns(header: list[str], table: str) -> Iterator[tuple[str, str]]:
    for column in codebook.TABLES[table]:
        if column.required and column.name not in header:
            yield column.name, "the column is missing"
    for place, name in enumerate(header):
        if name not in _names(table):
            yield name or f"({place + 1})", "unknown column"
        elif name in header[:place]:
            yield name, "the column is there twice"


def _text(content: bytes, table: str) -> str:
    zeros = max(content[start:200:2].count(0) for start in (0, 1))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > 20:
        raise _UnreadableError(1, f"looks like UTF-16; {_SAVE}")
    if b"\0" in content:
        line = _line(content[: content.index(b"\0")])
        raise _UnreadableError(line, "holds a NUL byte, the file is damaged; export it again")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        page = "Windows-1256 (Arabic)" if is_arabic(content) else "a Windows or Mac code page"
        line = _line(content[: error.start])
        raise _UnreadableError(line, f"is not UTF-8; looks like {page}; {_SAVE}") from None
    first = re.search(r"[^\r\n]+|$", text)
    for sign, (name, more) in _SEPARATORS.items():
        apart, plain = ({*first.group().replace('"', "").split(each)} for each in (sign, ","))
        if len(apart & {*_names(table)}) > max(len(plain & {*_names(table)}), 1):
            message = f"looks as if saved with {name} between cells; {_SAVE}{more}"
            raise _UnreadableError(_line(text[: first.start()].encode()), message)
    return text


def is_arabic(content: bytes) -> bool:
    """Whether most signs beyond ASCII are Arabic letters, if it is in Windows-1256."""
    foreign = [sign for sign in content.decode("cp1256", errors="replace") if ord(sign) > 127]
    return sum("\u0600" <= sign <= "\u06ff" for sign in foreign) * 2 > len(foreign)


def _line(before: bytes) -> int:
    return len(re.findall(rb"\r\n|\r|\n", before)) + 1


def _rows(text: str, content: bytes) -> tuple[pd.DataFrame, dict[int, int]]:
    """Rows with as many cells as the first that is not blank; of others how many they have."""
    if _is_plain(content):
        options = {"dtype": object, "na_filter": False, "skip_blank_lines": False}
        rows = pd.read_csv(io.BytesIO(content), header=None, **options)
        if all(map(str.strip, rows[0])):
            return rows.set_axis(range(1, len(rows) + 1)), {}
    read = read_records(io.StringIO(text, newline=""))
    records = {line: cells for line, cells in read if any(map(str.strip, cells))}
    width = len(next(iter(records.values()), ()))
    uneven = {line: len(cells) for line, cells in records.items() if len(cells) != width}
    even = [line for line in records if line not in uneven]
    return pd.DataFrame([records[line] for line in even], even, dtype=object), uneven


def _is_plain(content: bytes) -> bool:
    """Whether each line is a row, all have as many cells, and quotes stand around whole cells."""
    if not content.endswith(b"\n"):
        return False
    signs = np.frombuffer(content, "uint8")
    ends, commas, quotes, returns = (np.flatnonzero(signs == ord(sign)) for sign in '\n,"\r')
    opened, closed = quotes[: len(quotes) // 2 * 2 : 2], quotes[1::2]
    line, inside = np.searchsorted(ends, opened), np.searchsorted(commas, [opened, closed])
    widths = np.diff(np.searchsorted(commas, ends), prepend=0)
    np.subtract.at(widths, line, inside[1] - inside[0])
    return bool(
        len(opened) * 2 == len(quotes)
        and (line == np.searchsorted(ends, closed)).all()
        and np.isin(signs[opened - 1], [*b'\n,"']).all()
        and np.isin(signs[closed + 1], [*b'\r\n,"']).all()
        and (signs[returns + 1] == ord("\n")).all()  # pandas takes others for an end of line
        and (widths == (widths[0] or -1)).all()  # one column or none is left to csv
        and np.diff(ends).max(initial=0) < csv.field_size_limit()
    )


def read_records(lines: Iterable[str], separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row of a CSV file; an error tells as ``line`` where its row starts."""
    reader = csv.reader(lines, strict=True, delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except (csv.Error, UnicodeDecodeError) as error:
        error.line = line
        raise
