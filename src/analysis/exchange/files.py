"""Tables of other formats as files: their rows are read as text, datasets are written.

No file that is there is overwritten, and no dataset is written that does not load.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.data import codebook
from analysis.data.dataset import Dataset, load
from analysis.data.files import write_new
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import read_records

Row = dict[str, str]
"""Cells as text by the name of their column."""

_WIDEST = 50_000_000  # characters a cell of sources may have; csv stops at 131,072


def read_rows(
    path: Path, wrong: Callable[[list[str]], list[tuple[str | None, str]]]
) -> tuple[list[str], Iterator[tuple[int, Row | Problem]]]:
    """Columns of a CSV file, and line by line its rows, a problem where one has another width.

    Names of columns in small letters, no blanks around a cell. ``wrong`` gives columns that are
    amiss and why: then, and where the file is not CSV in UTF-8, a DatasetError.
    """
    records = _read_records(path)
    columns = [name.strip().lower() for name in next(records, (1, []))[1]]
    if found := wrong(columns):
        raise DatasetError([Problem(path.name, 1, *each) for each in found], path)
    return columns, _rows(path.name, columns, records)


def _rows(
    file: str, columns: list[str], records: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, Row | Problem]]:
    for line, cells in records:
        if len(cells) == len(columns):
            yield line, dict(zip(columns, map(str.strip, cells), strict=True))
        else:
            said = f"has {len(cells)} cells where the header has {len(columns)}"
            yield line, Problem(file, line, None, said)


def _read_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not blank."""
    before = csv.field_size_limit(_WIDEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from ((line, cells) for line, cells in read_records(file) if cells)
    except (csv.Error, UnicodeDecodeError) as error:
        message = f"is not CSV in UTF-8 from here on ({error})"
        raise DatasetError([Problem(path.name, error.line, None, message)], path) from None
    finally:
        csv.field_size_limit(before)


def once(table: str, rows: list[dict]) -> list[dict]:
    """Of the rows of a table, the first with each identifier."""
    first: dict[str, dict] = {}
    for row in rows:
        first.setdefault(row[codebook.key(table)], row)
    return [*first.values()]


def write_dataset(
    tables: dict[str, list[dict]], folder: Path, beside: dict[str, str] | None = None
) -> Dataset:
    """Write a dataset, and texts beside it by name of file, once it is known to load.

    A FileExistsError, nothing being written, where one of the files is in the folder.
    """
    texts = beside or {}
    refuse_there(folder, texts)
    contents = {
        f"{table}.csv": as_csv(pd.DataFrame(rows, columns=codebook.columns(table), dtype=object))
        for table, rows in tables.items()
    }
    with TemporaryDirectory() as trial:
        write_new(Path(trial), contents)
        dataset = load(trial)
    write_new(folder, contents | {name: text.encode() for name, text in texts.items()})
    return dataset


def refuse_there(folder: Path, names: Iterable[str] = ()) -> None:
    """A FileExistsError where a table, or another file of these names, is in a folder."""
    for name in (*(f"{table}.csv" for table in codebook.TABLES), *names):
        if (folder / name).exists():
            raise FileExistsError(f"{folder / name} is there; name a folder without")


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as a UTF-8 CSV file, days as YYYY-MM-DD."""
    how = {"lineterminator": "\n", "date_format": "%Y-%m-%d"}
    return table.to_csv(index=False, **how).encode()
