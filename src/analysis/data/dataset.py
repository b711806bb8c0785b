"""Read a coded dataset and check it.

A dataset is a folder of CSV files, or one workbook with sheets (see :mod:`.codebook`).
Everything that is wrong with it is reported in one go, each problem with file, line and column,
and nothing is dropped, filled or rounded. :mod:`.cells` and :mod:`.rows` find what is wrong; here
is decided that all of it fails.
"""

import functools
import hashlib
import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.data import codebook
from analysis.data.cells import as_meant, find_cell_problems, find_reference_problems
from analysis.data.problems import DatasetError, Problem
from analysis.data.rows import find_row_problems
from analysis.data.tables import read_table
from analysis.data.workbook import find_workbook, in_workbook, read_workbook

_COUNT = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, eq=False)
class Dataset:
    """Tables, columns as in the codebook.

    Attributes
    ----------
    reports, parties, tallies, events, areas, terms : pandas.DataFrame
        The last two have no rows where the dataset has none. Text columns hold NA where a cell
        is empty; dates are ``datetime64``, counts, paragraphs and positions ``Int64`` (persons,
        ordinals, code points).
    sha256 : dict of str to str
        SHA-256 of each file that was read, by name.
    as_of : datetime.date, optional
        The day up to which its reports were published, where later ones are left out.
    solutions : dict
        What families of statements allow, by their content (:mod:`analysis.bounds`); a cut of the
        dataset goes on with the same.
    """

    reports: pd.DataFrame
    parties: pd.DataFrame
    tallies: pd.DataFrame
    events: pd.DataFrame
    areas: pd.DataFrame = field(default_factory=lambda: _typed("areas", pd.DataFrame()))
    terms: pd.DataFrame = field(default_factory=lambda: _typed("terms", pd.DataFrame()))
    sha256: dict[str, str] = field(default_factory=dict)
    as_of: date | None = None
    solutions: dict = field(default_factory=dict, repr=False)
    _memo: dict = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Columns that came later are there, empty."""
        for table, columns in codebook.TABLES.items():
            rows = getattr(self, table)
            later = (column.name for column in columns if column.later)
            if lacking := [name for name in later if name not in rows]:
                empty = _typed(table, pd.DataFrame(index=rows.index))[lacking]
                object.__setattr__(self, table, rows.join(empty))

    def once(self, key: Hashable, work: Callable[[], object]) -> object:
        """What ``work`` gives, worked out once for a key, because a dataset is never changed."""
        if key not in self._memo:
            self._memo[key] = work()
        return self._memo[key]

    def __getstate__(self) -> dict:
        """The tables alone: what follows from them is worked out again elsewhere."""
        return self.__dict__ | {"solutions": {}, "_memo": {}}


def once(find: Callable) -> Callable:
    """A function of a dataset and plain values, whose answers are kept with the dataset."""

    @functools.wraps(find)
    def kept(dataset: Dataset, *asked: Hashable) -> object:
        return dataset.once((find, *asked), lambda: find(dataset, *asked))

    return kept


def load(folder: str | Path) -> Dataset:
    """Read and check a dataset.

    Parameters
    ----------
    folder : path
        The folder that holds ``reports.csv``, ``parties.csv``, ``tallies.csv``, ``events.csv``,
        or in their place a single workbook (.xlsx) with sheets of these names; or the workbook.

    Returns
    -------
    Dataset

    Raises
    ------
    DatasetError
        With every problem found, in the order of tables and lines.
    """
    book = find_workbook(Path(folder))
    tables, problems = _read(Path(folder), book)
    typed = {table: _typed(table, cells) for table, cells in tables.items()}
    wrong = {table: _wrong_lines(table, cells, problems) for table, cells in tables.items()}
    problems += find_row_problems(typed, wrong)
    if problems:
        problems = sorted(set(problems), key=_place)
        raise DatasetError([in_workbook(each, book) for each in problems], folder)
    tables = {table: rows.reset_index(drop=True) for table, rows in typed.items()}
    paths = [book] if book else [Path(folder, f"{table}.csv") for table in codebook.TABLES]
    there = (path for path in paths if path.exists())
    sha256 = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in there}
    return Dataset(**tables, sha256=sha256)


def _read(folder: Path, book: Path | None) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The cells of all tables, and what is wrong with each by itself or with what it refers to."""
    whole, cells, said = set(), {}, {}
    sheets = read_workbook(book) if book else {}
    for table in codebook.TABLES:
        rows, found = sheets[table] if book else read_table(folder, table)
        if codebook.key(table) in rows and all(each.column for each in found):
            whole.add(table)
        cells[table] = as_meant(table, rows)
        for problem in (*found, *find_cell_problems(table, cells[table])):
            said.setdefault(problem[:3], problem)  # of each cell the first
    for problem in find_reference_problems(cells, whole):
        said.setdefault(problem[:3], problem)
    return cells, [*said.values()]


def _wrong_lines(
    table: str, cells: pd.DataFrame, problems: list[Problem]
) -> dict[str, Collection[int]]:
    """Lines of a table where a column is known to be wrong, all of them where it is missing."""
    needed = (column.name for column in codebook.TABLES[table] if not column.later)
    wrong = {name: {*cells.index} for name in needed if name not in cells}
    for problem in problems:
        if problem.file == f"{table}.csv" and problem.column in cells:
            wrong.setdefault(problem.column, set()).add(problem.line)
    return wrong


def _place(problem: Problem) -> tuple:
    table, line, column = problem.file.removesuffix(".csv"), problem.line or 0, problem.column or ""
    order = {name: at for at, name in enumerate(codebook.columns(table))}
    return [*codebook.TABLES].index(table), line, order.get(column, -1), column, problem.message


def _typed(table: str, cells: pd.DataFrame) -> pd.DataFrame:
    """Dates, counts and text as pandas types; what is not one becomes NA (and is a problem)."""
    empty = pd.Series("", cells.index, dtype="category")
    typed = {}
    for column in codebook.TABLES[table]:
        read = cells.get(column.name, empty).array
        texts = read.categories
        if column.kind in ("date", "time"):
            how = {"format": "ISO8601", "errors": "coerce", "utc": True}  # some may name a zone
            values = pd.to_datetime(texts, **how).tz_localize(None).as_unit("us").array
        elif column.kind == "number":
            values = pd.to_numeric(texts, errors="coerce").array.astype("float64")
        elif column.kind == "int":
            numbers = [int(text) if _COUNT.fullmatch(text) else None for text in texts]
            values = pd.array(numbers, dtype="Int64")
        else:
            values = pd.array([text or None for text in texts], dtype="str")
        typed[column.name] = values.take(read.codes)
    return pd.DataFrame(typed, cells.index)
