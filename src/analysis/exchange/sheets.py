"""Files that others made, as lines of cells: CSV of any separator and encoding, JSON, workbooks.

UTF-8 and UTF-16 are certain; a code page is a guess, and noted.
"""

import codecs
import csv
import datetime
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import is_arabic, quote_fault, read_records
from analysis.data.workbook import read_first_sheet

_WIDEST = 50_000_000  # characters a cell of sources may have; csv stops at 131,072
_EPOCH = datetime.datetime(1899, 12, 30)
_SAMPLE = 2**16  # bytes from which a code page is guessed


class Sheet(NamedTuple):
    """A table before its columns are known: lines with cells, the header first."""

    name: str
    rows: Iterator[tuple[int, Sequence[object]]]
    notes: list[str]
    epoch: datetime.datetime = _EPOCH  # the day from which it counts days


class NoValue(NamedTuple):
    """A cell of a workbook without a value, and why."""

    said: str


def read_sheet(path: Path, encoding: str | None) -> Sheet:
    """The lines of a file by its kind, in this encoding or in one that is found."""
    if path.suffix.lower() == ".xlsx":
        return _read_workbook(path)
    encoding, notes = (encoding, []) if encoding else _find_encoding(path)
    read = _read_json if path.suffix.lower() == ".json" else _read_csv
    return read(path, encoding, notes)


def _read_workbook(path: Path) -> Sheet:
    """The first sheet; others are named."""
    sheet, values, faults = read_first_sheet(path)
    others = [name for name in sheet.parent.sheetnames if name != sheet.title]
    notes = [f"sheet {sheet.title} is read, not: {', '.join(others)}"] if others else []
    cells = values | {place: NoValue(said) for place, said in faults.items()}
    width = max((column for _, column in values), default=0)
    lines = sorted({line for line, _ in values})
    rows = ((line, [cells.get((line, at + 1)) for at in range(width)]) for line in lines)
    return Sheet(f"{path.name}[{sheet.title}]", rows, notes, sheet.parent.epoch)


def _read_json(path: Path, encoding: str, notes: list[str]) -> Sheet:
    """A list of objects, by itself or as the only list of an object; problems count records."""
    try:
        content = json.loads(path.read_text(encoding=encoding))
    except json.JSONDecodeError as error:
        message = f"is no JSON from column {error.colno} of this line on; export it again"
        raise _unreadable(path, error.lineno, message) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise _unreadable(path, None, "cannot be read as JSON; export it again") from None
    found = content.values() if isinstance(content, dict) else [content]
    lists = [each for each in found if isinstance(each, list)]
    if len(lists) != 1 or not all(isinstance(each, dict) for each in lists[0]):
        raise _unreadable(
            path, None, "holds no single list of records; write [{…}, {…}], one a row"
        )
    names = [*dict.fromkeys(name for each in lists[0] for name in each)]
    rows = ((at, [each.get(name) for name in names]) for at, each in enumerate(lists[0], start=1))
    return Sheet(f"{path.name}[records]", chain([(0, names)], rows), notes)


def _read_csv(path: Path, encoding: str, notes: list[str]) -> Sheet:
    try:
        with path.open(encoding=encoding, newline="") as file:
            header = next((line for line in file if line.strip()), "")
    except (UnicodeDecodeError, LookupError) as error:
        raise _unreadable(path, None, f"cannot be read in this encoding ({error})") from None
    separator = max(",;\t|", key=lambda sign: len(next(csv.reader([header], delimiter=sign), "")))
    return Sheet(path.name, _csv_rows(path, encoding, separator), notes)


def _csv_rows(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    before = csv.field_size_limit(_WIDEST)
    try:
        with path.open(encoding=encoding, newline="") as file:
            for line, cells in read_records(file, separator):
                if any(map(str.strip, cells)):
                    yield line, cells
    except UnicodeDecodeError as error:
        raise _unreadable(path, error.line, f"is not in {encoding} from here on") from None
    except csv.Error as error:
        raise _unreadable(path, error.line, quote_fault(error)) from None
    finally:
        csv.field_size_limit(before)


def _unreadable(path: Path, line: int | None, said: str) -> DatasetError:
    """An error that names a file that cannot be read."""
    return DatasetError([Problem(path.name, line, None, said)], path)


def _find_encoding(path: Path) -> tuple[str, list[str]]:
    """The encoding of a file, and a note where it is a guess."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", []
    zeros = [head[start:400:2].count(0) for start in (0, 1)]
    if max(zeros) > 20:
        return ("utf-16-be", "utf-16-le")[zeros[1] > zeros[0]], []
    if b"\0" in head:
        said = "holds a NUL byte, the file is damaged; export it again"
        raise _unreadable(path, head[: head.index(0)].count(b"\n") + 1, said)
    line, sample = _find_not_utf8(path)
    return _guess_code_page(path, line, head, sample) if sample else ("utf-8-sig", [])


def _find_not_utf8(path: Path) -> tuple[int, bytes]:
    """The first line that is not UTF-8 and what follows; nothing where all is."""
    with path.open("rb") as file:
        for line, content in enumerate(file, start=1):
            try:
                content.decode()
            except UnicodeDecodeError:
                return line, content + file.read(_SAMPLE)
    return 0, b""


def _guess_code_page(path: Path, line: int, head: bytes, sample: bytes) -> tuple[str, list[str]]:
    """The code page of a file whose ``line`` begins a ``sample`` that is not UTF-8, and a note."""
    text = (head + sample).decode(errors="replace")
    spoilt = Counter(sign == "\ufffd" for sign in text if sign > "\x7f")
    if spoilt[False] > spoilt[True]:
        raise _unreadable(path, line, "is UTF-8 but for damage here; export it again")
    best = from_bytes(head + sample, cp_exclusion=["utf_16", "utf_32", "utf_7"]).best()
    page = "cp1256" if is_arabic(sample) else best and best.encoding
    if not page:
        said = "is in an encoding that cannot be told; name it: --encoding windows-1252"
        raise _unreadable(path, line, said)
    foreign = next(each for each in sample.splitlines() if not each.isascii())
    shown = foreign.decode(page, errors="replace").strip()[:80]
    guess = f"read as {page}, a guess; line {line} is {shown!r}."
    return page, [f"{guess} If that is wrong, name another: --encoding windows-1252"]
