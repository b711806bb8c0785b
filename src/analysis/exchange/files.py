"""Tables of other formats as files: their rows are read as text, datasets are written.

No file that is there is overwritten, and no dataset is written that does not load.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.data import codebook
from analysis.data.dataset import Dataset, load
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import read_records

Row = dict[str, str]
"""Cells as text by the name of their column."""

_WIDEST = 50_000_000  # characters a cell of sources may have; csv stops at 131,072


def read_rows(
    path: Path, wrong: Callable[[list[str]], list[tuple[str | None, str]]]
) -> tuple[list[str], dict[int, Row], list[Problem]]:
    """Columns of a CSV file, rows by the line that they start on, rows of another width.

    Names of columns in small letters, no blanks around a cell. ``wrong`` gives columns that are
    amiss and why: then, and where the file is not CSV in UTF-8, a DatasetError.
    """
    records = _read_records(path)
    columns = [name.strip().lower() for name in next(records, (1, []))[1]]
    if found := wrong(columns):
        raise DatasetError([Problem(path.name, 1, *each) for each in found], path)
    rows, problems = {}, []
    for line, cells in records:
        if len(cells) == len(columns):
            rows[line] = dict(zip(columns, map(str.strip, cells), strict=True))
        else:
            said = f"has {len(cells)} cells where the header has {len(columns)}"
            problems.append(Problem(path.name, line, None, said))
    return columns, rows, problems


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
    names = [*(f"{table}.csv" for table in codebook.TABLES), *texts]
    if there := [name for name in names if (folder / name).exists()]:
        raise FileExistsError(f"{folder / there[0]} is there; name a folder without")
    with TemporaryDirectory() as trial:
        _write(tables, Path(trial))
        dataset = load(trial)
    _write(tables, folder)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return dataset


def _write(tables: dict[str, list[dict]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        cells = pd.DataFrame(rows, columns=codebook.columns(table), dtype=object)
        write_new(folder / f"{table}.csv", cells)


def write_new(path: Path, table: pd.DataFrame) -> None:
    """Write a UTF-8 CSV file, days as YYYY-MM-DD; a FileExistsError where there is a file."""
    with path.open("x", encoding="utf-8", newline="") as file:
        table.to_csv(file, index=False, lineterminator="\n", date_format="%Y-%m-%d")
