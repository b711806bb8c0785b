"""Read a coded dataset and check it.

A dataset is a folder of CSV files, or one workbook with sheets (see :mod:`.codebook`).
Everything that is wrong with it is reported in one go, each problem with file, line and column,
and nothing is dropped, filled or rounded. :mod:`.tables` and :mod:`.workbook` give text cells by
line, :mod:`.cells` their values, :mod:`.checks` follows the names of other rows and compares cells;
what each finds wrong fails here.
"""

import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.data import codebook
from analysis.data.cells import read_cells
from analysis.data.checks import Lines, find_reference_problems, find_row_problems
from analysis.data.counts import with_counts
from analysis.data.files import find_place
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import Read, read_table
from analysis.data.workbook import find_workbook, in_workbook, read_workbook


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Tables, columns as in the codebook.

    Attributes
    ----------
    reports, parties, tallies, events, areas, terms : pandas.DataFrame
        The last two have no rows where the dataset has none. Every column of the codebook is
        there. Text columns hold NA where a cell is empty; dates are ``datetime64``, low and high,
        paragraphs and positions ``Int64`` (persons, ordinals, code points). ``low`` and ``high``
        are there however a count was written, ``count`` says it in words. Where times name their
        offset from UTC, ``reports`` has it in minutes besides (:mod:`.times`).
    sha256 : dict of str to str
        SHA-256 of each file that was read, by name.
    hidden : tuple of str
        What a workbook hides, though it is read, and columns that are read no more, in a sentence
        each.
    as_of : datetime.date, optional
        The day or minute up to which its reports were published, where later ones are left out.
    """

    reports: pd.DataFrame
    parties: pd.DataFrame
    tallies: pd.DataFrame
    events: pd.DataFrame
    areas: pd.DataFrame = field(default_factory=lambda: read_cells("areas", pd.DataFrame())[0])
    terms: pd.DataFrame = field(default_factory=lambda: read_cells("terms", pd.DataFrame())[0])
    sha256: dict[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    as_of: date | None = None
    _memo: dict = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Every column is there, empty where nothing is said; counts in both forms."""
        for table in codebook.TABLES:
            rows = getattr(self, table)
            if lacking := [name for name in codebook.columns(table) if name not in rows]:
                empty = read_cells(table, pd.DataFrame(index=rows.index))[0][lacking]
                object.__setattr__(self, table, rows.join(empty))
        object.__setattr__(self, "events", with_counts(self.events))

    def __repr__(self) -> str:
        """What is in it, in a line."""
        counted = int(self.events["low"].notna().sum())
        text = (
            f"{len(self.reports):,} reports, {len(self.events):,} statements ({counted:,} with a "
            f"count), {len(self.tallies):,} tallies of {len(self.parties):,} parties"
        )
        published = self.reports["source_date"].dropna()
        if len(published):
            text += f", published {published.min():%Y-%m-%d} to {published.max():%Y-%m-%d}"
        return f"<Dataset: {text}{f', as of {self.as_of}' if self.as_of else ''}>"

    def cached(self, key: Hashable, work: Callable[[], object]) -> object:
        """What ``work`` gives, worked out once for a key, because a dataset is never changed."""
        if key not in self._memo:
            self._memo[key] = work()
        return self._memo[key]

    def __getstate__(self) -> dict:
        """The tables alone: what follows from them is worked out again elsewhere."""
        return self.__dict__ | {"_memo": {}}


def cached(find: Callable) -> Callable:
    """A function of a dataset and plain values, whose answers are kept with the dataset."""

    @functools.wraps(find)
    def kept(dataset: Dataset, *values: Hashable) -> object:
        return dataset.cached((find, *values), lambda: find(dataset, *values))

    return kept


def load(folder: str | Path) -> Dataset:
    """Read and check a dataset.

    Parameters
    ----------
    folder : path
        The folder that holds ``reports.csv``, ``parties.csv``, ``tallies.csv``, ``events.csv``,
        or in their place a single workbook (.xlsx) with sheets of these names; or the workbook.
        A relative path is seen from the working directory, else from the folder above it (as in a
        notebook), else from the project.

    Returns
    -------
    Dataset

    Raises
    ------
    DatasetError
        With every problem found, in the order of tables and lines.

    Examples
    --------
    >>> import analysis
    >>> analysis.load("data/report").parties["label_en"].head(2).tolist()
    ['Civilians', 'Government forces']
    """
    folder = find_place(folder)
    book = find_workbook(Path(folder))
    reads, hidden = read_tables(folder)
    tables, problems = check_tables(reads)
    if problems:
        raise DatasetError([in_workbook(each, book) for each in problems], folder)
    tables = {table: rows.reset_index(drop=True) for table, rows in tables.items()}
    sha256 = {path.name: sha256_of(path) for path in files_of(folder)}
    return Dataset(**tables, sha256=sha256, hidden=(*hidden, *_find_retired(reads)))


def find_empty_tables(folder: str | Path, dataset: Dataset) -> list[Problem]:
    """Tables of headers alone that a dataset says nothing without."""
    rows = {"reports": "report", "events": "statement"}
    message = "has no rows under its header; write one for each"
    problems = [
        Problem(f"{table}.csv", 1, None, f"{message} {what}")
        for table, what in rows.items()
        if getattr(dataset, table).empty
    ]
    return [in_workbook(each, find_workbook(Path(folder))) for each in problems]


def _find_retired(reads: dict[str, Read]) -> Iterator[str]:
    """Columns that are there and read no more, or as another."""
    for table, columns in codebook.RETIRED.items():
        for old, new in columns.items():
            rows = reads[table][0]
            if old in rows and rows[old].str.strip().any():
                moved = f"is read as {new} where that is empty; move it there"
                gone = "is not read any more; leave the column out"
                yield f"{table}.csv: {old} {moved if new else gone}"


def read_tables(folder: str | Path) -> tuple[dict[str, Read], tuple[str, ...]]:
    """Text cells of each table by line, and what is wrong with it; what a workbook hides."""
    if book := find_workbook(Path(folder)):
        return read_workbook(book)
    return {table: read_table(Path(folder), table) for table in codebook.TABLES}, ()


def files_of(folder: str | Path) -> list[Path]:
    """The files that a dataset is read from."""
    book = find_workbook(Path(folder))
    paths = [book] if book else [Path(folder, f"{table}.csv") for table in codebook.TABLES]
    return [path for path in paths if path.exists()]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_tables(reads: dict[str, Read]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The tables of a dataset, typed, the index being the line; and every problem, in order."""
    whole, tables, problems = set(), {}, []
    wrong: Lines = defaultdict(set)  # where cells cannot be judged
    for table, (rows, found) in reads.items():
        if codebook.key(table) in rows and all(each.column for each in found):
            whole.add(table)
        for column in codebook.TABLES[table]:
            if column.required and column.name not in rows:
                wrong[table, column.name] |= {*rows.index}
        rows, moved = _without_retired(table, rows)
        wrong |= moved
        tables[table], faults = read_cells(table, rows)
        problems += [*found, *faults]
    problems += find_reference_problems(tables, whole)
    first = {each[:3]: each for each in reversed(problems)}  # of each cell
    for file, line, column in first:
        wrong[file.removesuffix(".csv"), column].add(line)
    written = tables["events"]
    tables["events"] = with_counts(written)
    problems = {*first.values(), *find_row_problems(tables, written, wrong)}
    return tables, sorted((_as_written(each, wrong) for each in problems), key=place_in_tables)


def _without_retired(table: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, Lines]:
    """Rows whose retired columns went into others, and of such a column the lines where it did."""
    moved = {}
    for old, new in codebook.RETIRED.get(table, {}).items():
        if old in rows and new:
            own = rows.get(new, pd.Series("", rows.index, dtype=object))
            taken = (own.str.strip() == "") & (rows[old].str.strip() != "")
            rows = rows.assign(**{new: own.mask(taken, rows[old])})
            moved[table, old] = {*rows.index[taken]}
    return rows, moved


def _as_written(problem: Problem, wrong: Lines) -> Problem:
    """A problem, of the retired column where its cell stands in one."""
    table = problem.file.removesuffix(".csv")
    for old, new in codebook.RETIRED.get(table, {}).items():
        if new == problem.column and problem.line in wrong.get((table, old), ()):
            return problem._replace(column=old)
    return problem


def place_in_tables(problem: Problem) -> tuple:
    """What puts problems in the order of tables, lines and columns."""
    table, line, column = problem.file.removesuffix(".csv"), problem.line or 0, problem.column or ""
    order = {name: at for at, name in enumerate(codebook.columns(table))}
    return [*codebook.TABLES].index(table), line, order.get(column, -1), column, problem.message
