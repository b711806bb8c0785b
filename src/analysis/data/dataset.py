"""Read a coded dataset and check it.

A dataset is a folder of four CSV files, or one workbook with four sheets (see
:mod:`analysis.data.codebook`). Everything that is wrong
with it is reported in one go, each problem with file, line and column, and nothing is dropped,
filled or rounded. :mod:`analysis.data.cells` and :mod:`analysis.data.rows` find what is wrong; here is
decided that all of it fails.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data import codebook
from analysis.data.cells import find_cell_problems, find_reference_problems
from analysis.data.problems import DatasetError, Problem
from analysis.data.rows import find_row_problems
from analysis.data.tables import read_table
from analysis.data.workbook import find_workbook, in_workbook, read_workbook

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_COUNT = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, eq=False)
class Dataset:
    """Four tables, columns as in the codebook.

    Attributes
    ----------
    reports, parties, tallies, events : pandas.DataFrame
        Text columns hold NA where a cell is empty; dates are ``datetime64``, counts, paragraphs
        and positions ``Int64`` (persons, ordinals, code points).
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
    sha256: dict[str, str] = field(default_factory=dict)
    as_of: date | None = None
    solutions: dict = field(default_factory=dict, repr=False)
    _memo: dict = field(default_factory=dict, init=False, repr=False)

    def once(self, key: Hashable, work: Callable[[], object]) -> object:
        """What ``work`` gives, worked out the first time that ``key`` is asked for.

        A dataset is never changed, so what follows from it can be kept with it.
        """
        if key not in self._memo:
            self._memo[key] = work()
        return self._memo[key]


def __getattr__(name: str) -> object:
    """Until whoever uses them imports them from :mod:`analysis.data.cut`."""
    if name in ("published_by", "day_of"):
        return getattr(import_module("analysis.data.cut"), name)
    raise AttributeError(name)


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
    problems: list[Problem] = []
    cells, whole = {}, set()
    book = find_workbook(Path(folder))
    for table, (rows, found) in _read(Path(folder), book).items():
        if rows is None:
            rows = pd.DataFrame()
        elif codebook.key(table) in rows and all(problem.column for problem in found):
            whole.add(table)
        cells[table] = _as_meant(rows, codebook.TABLES[table])
        named = {problem[:3] for problem in found}
        others = find_cell_problems(table, cells[table])
        problems += [*found, *(problem for problem in others if problem[:3] not in named)]
    wrong = {problem[:3] for problem in problems}
    references = find_reference_problems(cells, whole)
    problems += [problem for problem in references if problem[:3] not in wrong]
    typed = {table: _typed(rows, codebook.TABLES[table]) for table, rows in cells.items()}
    problems += find_row_problems(typed, _wrong_lines(cells["events"], problems))
    if problems:
        problems = sorted(set(problems), key=_place)
        raise DatasetError(
            [in_workbook(each, book) for each in problems] if book else problems, folder
        )
    rows = {table: cells.reset_index(drop=True) for table, cells in typed.items()}
    return Dataset(**rows, sha256=_fingerprints(Path(folder), book))


def _read(folder: Path, book: Path | None) -> dict[str, tuple[pd.DataFrame | None, list[Problem]]]:
    if book:
        return read_workbook(book)
    return {table: read_table(folder, table) for table in codebook.TABLES}


def _fingerprints(folder: Path, book: Path | None) -> dict[str, str]:
    paths = [book] if book else [folder / f"{table}.csv" for table in codebook.TABLES]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _wrong_lines(cells: pd.DataFrame, problems: list[Problem]) -> dict[str, Collection[int]]:
    """Lines of ``events`` where a column is known to be wrong, all of them where it is missing."""
    wrong = {name: [*cells.index] for name in codebook.columns("events") if name not in cells}
    for problem in problems:
        if problem.file == "events.csv" and problem.column in cells:
            wrong.setdefault(problem.column, []).append(problem.line)
    return {column: frozenset(lines) for column, lines in wrong.items()}


def _place(problem: Problem) -> tuple:
    table = problem.file.removesuffix(".csv")
    order = [*codebook.TABLES]
    names = codebook.columns(table)
    at = names.index(problem.column) if problem.column in names else -1
    return order.index(table), problem.line or 0, at, problem.column or "", problem.message


def _as_meant(cells: pd.DataFrame, columns: tuple[codebook.Column, ...]) -> pd.DataFrame:
    """Strip blanks around a cell, read Arabic-Indic digits in numbers and dates.

    The columns become categories, so that what follows looks at each distinct text once.
    """
    return pd.DataFrame(
        {
            column.name: _meant(cells[column.name].to_numpy(), column.kind)
            for column in columns
            if column.name in cells
        },
        index=cells.index,
    )


def _meant(texts: np.ndarray, kind: codebook.Kind) -> pd.Categorical:
    written, distinct = pd.factorize(texts)
    texts = [text.strip() for text in distinct]
    if kind in ("int", "date"):
        texts = [text.translate(_DIGITS) for text in texts]
    codes, distinct = pd.factorize(np.array(texts, dtype=object))
    return pd.Categorical.from_codes(codes[written], pd.Index(distinct, dtype=object))


def _typed(cells: pd.DataFrame, columns: tuple[codebook.Column, ...]) -> pd.DataFrame:
    """Dates, counts and text as pandas types; what is not one becomes NA (and is a problem)."""
    missing = pd.Series(pd.Categorical([""] * len(cells)), index=cells.index)
    return pd.DataFrame(
        {
            column.name: _typed_cells(cells.get(column.name, missing), column.kind)
            for column in columns
        },
        index=cells.index,
    )


def _typed_cells(cells: pd.Series, kind: codebook.Kind) -> pd.api.extensions.ExtensionArray:
    texts, codes = cells.cat.categories, cells.cat.codes
    if kind == "date":
        days = pd.to_datetime(pd.Series(texts, dtype="str"), format="%Y-%m-%d", errors="coerce")
        return days.astype("datetime64[us]").array.take(codes)
    if kind == "int":
        numbers = [int(text) if _COUNT.fullmatch(text) else None for text in texts]
        return pd.array(numbers, dtype="Int64").take(codes)
    return pd.array([text or None for text in texts], dtype="str").take(codes)
