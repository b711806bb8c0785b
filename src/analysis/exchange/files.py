"""Tables of other formats as files: their rows are read as text, datasets are written.

No file that is there is overwritten, and no dataset is written that does not load.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.data import codebook
from analysis.data.files import write_new
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import read_records

Row = dict[str, str]
"""Cells as text by the name of their column."""

_WIDEST = 50_000_000  # characters a cell of sources may have; csv stops at 131,072


def read_rows(
    path: Path, wrong: Callable[[list[str]], list[tuple[str | None, str]]]
) -> tuple[list[str], Iterator[tuple[int, Row]], list[Problem]]:
    """Columns of a CSV file, and line by line its rows; the list gets those of another width.

    Names of columns in small letters, no blanks around a cell. ``wrong`` gives columns that are
    amiss and why: then, and where the file is not CSV in UTF-8, a DatasetError.
    """
    records, problems = _read_records(path), []
    columns = [name.strip().lower() for name in next(records, (1, []))[1]]
    if found := wrong(columns):
        raise DatasetError([Problem(path.name, 1, *each) for each in found], path)

    def rows() -> Iterator[tuple[int, Row]]:
        for line, cells in records:
            if len(cells) == len(columns):
                yield line, dict(zip(columns, map(str.strip, cells), strict=True))
            else:
                said = f"has {len(cells)} cells where the header has {len(columns)}"
                problems.append(Problem(path.name, line, None, said))

    return columns, rows(), problems


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


@contextmanager
def new_dataset(folder: Path, *names: str) -> Iterator[Path]:
    """A folder elsewhere to write and load a dataset in; if it loads, it is written to ``folder``.

    A FileExistsError, nothing being written, where a table is there, or a file of these names.
    """
    for name in (*(f"{table}.csv" for table in codebook.TABLES), *names):
        if (folder / name).exists():
            raise FileExistsError(f"{folder / name} is there; name a folder without")
    with TemporaryDirectory() as trial:
        yield Path(trial)
        write_new(folder, {file.name: file.read_bytes() for file in Path(trial).iterdir()})


def add_rows(folder: Path, table: str, rows: list[dict]) -> None:
    """Write rows at the end of a table; where it is not there it gets their columns."""
    path = folder / f"{table}.csv"
    if new := not path.exists():
        named = {name for row in rows for name in row}
        columns = [each for each in codebook.TABLES[table] if each.required or each.name in named]
        columns = [each.name for each in columns]
    else:
        with path.open(encoding="utf-8") as file:
            columns = file.readline().strip().split(",")
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    frame.to_csv(path, mode="a", header=new, index=False, lineterminator="\n")


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as a UTF-8 CSV file, days as YYYY-MM-DD."""
    how = {"lineterminator": "\n", "date_format": "%Y-%m-%d"}
    return table.to_csv(index=False, **how).encode()
