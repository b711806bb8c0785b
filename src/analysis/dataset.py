"""Read a coded dataset and check it.

A dataset is a folder of four CSV files (see :mod:`analysis.codebook`). Everything that is wrong
with it is reported in one go, each problem with file, line and column, and nothing is dropped,
filled or rounded. Single cells are checked with pandera in lazy mode, each distinct text once;
what one row or table says of another is checked by the other ``find_…`` functions here.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pandera

from analysis import codebook
from analysis.problems import DatasetError, Problem
from analysis.tables import read_table

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BLANK = re.compile(r"[\s;]")
_COUNT = re.compile(r"[0-9]{1,15}")


class Finding(NamedTuple):
    """Rows that are wrong: what to say of each, at which column, and the columns looked at."""

    rows: pd.Series
    column: str
    message: Callable[[pd.Series], str]
    looked_at: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """Four tables, columns as in the codebook.

    Attributes
    ----------
    reports, parties, tallies, events : pandas.DataFrame
        Text columns hold NA where a cell is empty; dates are ``datetime64``, counts, paragraphs
        and positions ``Int64`` (persons, ordinals, code points).
    sha256 : dict of str to str
        SHA-256 of each file that was read, by name.
    """

    reports: pd.DataFrame
    parties: pd.DataFrame
    tallies: pd.DataFrame
    events: pd.DataFrame
    sha256: dict[str, str] = field(default_factory=dict)


def load(folder: str | Path) -> Dataset:
    """Read and check a dataset.

    Parameters
    ----------
    folder : path
        The folder that holds ``reports.csv``, ``parties.csv``, ``tallies.csv``, ``events.csv``.

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
    for table in codebook.TABLES:
        rows, found = read_table(Path(folder), table)
        if rows is None:
            rows = pd.DataFrame()
        elif codebook.key(table) in rows and all(problem.column for problem in found):
            whole.add(table)
        cells[table] = _as_meant(rows, codebook.TABLES[table])
        problems += [*found, *find_cell_problems(table, cells[table])]
    wrong = {problem[:3] for problem in problems}
    references = find_reference_problems(cells, whole)
    problems += [problem for problem in references if problem[:3] not in wrong]
    typed = {table: _typed(rows, codebook.TABLES[table]) for table, rows in cells.items()}
    problems += find_row_problems(typed, _wrong_lines(cells["events"], problems))
    if problems:
        raise DatasetError(sorted(set(problems), key=_place), folder)
    rows = {table: cells.reset_index(drop=True) for table, cells in typed.items()}
    return Dataset(**rows, sha256=_fingerprints(Path(folder)))


def _fingerprints(folder: Path) -> dict[str, str]:
    paths = [folder / f"{table}.csv" for table in codebook.TABLES]
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
    return order.index(table), problem.line or 0, at, problem.message


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


# One cell at a time


def find_cell_problems(table: str, cells: pd.DataFrame) -> list[Problem]:
    """What is wrong with single cells: empty, misspelt, repeated, not among the allowed values.

    ``cells`` holds text, its index the line in the file.
    """
    known = [column for column in codebook.TABLES[table] if column.name in cells]
    schema = pandera.DataFrameSchema({column.name: _cell_rules(column, table) for column in known})
    return _failures(schema, table, cells)


def _cell_rules(column: codebook.Column, table: str) -> pandera.Column:
    rules = []
    if column.required:
        empty = "is empty; write one, every row needs it"
        rules.append(pandera.Check(lambda cells: cells != "", error=empty))
    if column.name == codebook.key(table):
        repeated = "{value!r} stands on an earlier line already; give each row a name of its own"
        rules.append(pandera.Check(_is_new, error=repeated))
    if column.allowed:
        choices = "{value!r} is not a value of this column; write " + _any_of(column.allowed)
        rules.append(_rule(lambda text: text in ("", *column.allowed), choices))
    rules += _KIND_RULES.get(column.kind, [])
    return pandera.Column(None, rules, nullable=True)


def _any_of(allowed: tuple[str, ...]) -> str:
    return ", ".join(allowed[:-1]) + f" or {allowed[-1]}"


def _is_new(cells: pd.Series) -> pd.Series:
    return ~cells.duplicated() | (cells == "")


def _rule(test: Callable[[str], bool], message: str) -> pandera.Check:
    """A check of each distinct text of a column."""

    def check(cells: pd.Series) -> pd.Series:
        passed = np.array([test(text) for text in cells.cat.categories], dtype=bool)
        return pd.Series(passed[cells.cat.codes], index=cells.index)

    return pandera.Check(check, error=message)


def _is_day(text: str) -> bool:
    try:
        return not _DATE.fullmatch(text) or bool(date.fromisoformat(text))
    except ValueError:
        return False


_KIND_RULES = {
    "int": [
        _rule(
            lambda text: not re.fullmatch(r"[-−][0-9]+", text),
            "{value!r} is negative; a number here is zero or more",
        ),
        _rule(
            lambda text: re.fullmatch(r"[0-9]*", text) is not None,
            "{value!r} is not a whole number; write digits",
        ),
        _rule(lambda text: len(text) < 16, "{value!r} is too large; write at most 15 digits"),
    ],
    "date": [
        _rule(
            lambda text: text == "" or _DATE.fullmatch(text) is not None,
            "{value!r} is not a date; write YYYY-MM-DD, such as 2018-07-24",
        ),
        _rule(_is_day, "{value!r} is no day of the calendar; correct day or month"),
    ],
    "id": [
        _rule(
            lambda text: _BLANK.search(text) is None,
            "{value!r} holds a blank or ';'; write identifiers without, such as daraa_civilians",
        )
    ],
}


def _failures(schema: pandera.DataFrameSchema, table: str, cells: pd.DataFrame) -> list[Problem]:
    try:
        schema.validate(cells, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.drop_duplicates(["index", "column"])  # the first rule says it
        return [
            Problem(f"{table}.csv", int(line), column, message.format(value=value))
            for line, column, message, value in zip(
                cases["index"], cases["column"], cases["check"], cases["failure_case"], strict=True
            )
        ]
    return []


# Rows that speak of other rows


def find_reference_problems(cells: dict[str, pd.DataFrame], whole: set[str]) -> list[Problem]:
    """Identifiers that no row has, and chains of rows that lead back to themselves.

    Only tables in ``whole``, read to the last row, can tell that an identifier is unknown.
    """
    problems = []
    for table, rows in cells.items():
        for column in codebook.TABLES[table]:
            if column.refers_to in whole and column.name in rows:
                known = cells[column.refers_to][codebook.key(column.refers_to)].cat.categories
                problems += _unknown(rows[column.name], column, known, f"{table}.csv")
    for table, column in (("tallies", "subset_of"), ("events", "same_as")):
        if table in whole and column in cells[table]:
            problems += find_circles(cells[table], table, column)
    return problems


def _unknown(
    cells: pd.Series, column: codebook.Column, known: pd.Index, file: str
) -> Iterator[Problem]:
    there = f"in {column.refers_to}.csv; write a {codebook.key(column.refers_to)} that stands there"
    several = column.kind == "ids"
    names = {
        text: [name.strip() for name in text.split(";")] if several else [text]
        for text in cells.cat.categories
        if text
    }
    unknown = {*chain(*names.values())}.difference(name for name in known if name)
    if not unknown:
        return
    for line, text in cells[cells.isin([*names])].items():
        missing = [repr(name) for name in names[text] if name in unknown]
        if missing:
            what = " and ".join(dict.fromkeys(missing))
            message = f"{what} is not {there}" + ", ';' between several" * several
            yield Problem(file, line, column.name, message)


def find_circles(cells: pd.DataFrame, table: str, column: str) -> Iterator[Problem]:
    """Rows whose ``column`` leads, row by row, back to themselves: each circle once."""
    linked = cells[cells[column] != ""]
    names = [*linked[codebook.key(table)]]
    target = dict(zip(names, linked[column], strict=True))
    line = dict(zip(reversed(names), reversed(linked.index), strict=True))
    seen: set[str] = set()
    for name in target:
        path = []
        while name in target and name not in seen:
            seen.add(name)
            path.append(name)
            name = target[name]
        if name in path:
            way = " → ".join([*path[path.index(name):], name])
            message = f"{way} leads back to itself; leave {column} empty in one of these rows"
            yield Problem(f"{table}.csv", line[name], column, message)


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


def find_row_problems(
    tables: dict[str, pd.DataFrame], wrong: dict[str, Collection[int]]
) -> list[Problem]:
    """Cells of a row of ``events`` that cannot stand together.

    The frames' index is the line in the file; ``wrong`` gives for a column the lines where its
    cell cannot be judged.
    """
    events = tables["events"]
    found = [*_count_problems(events), *_position_problems(events)]
    found += [*_date_problems(events, tables["reports"]), *_copy_problems(events)]
    return [
        Problem("events.csv", line, finding.column, finding.message(events.loc[line]))
        for finding in found
        for line in finding.rows.index[finding.rows.fillna(value=False).astype(bool)]
        if not any(line in wrong.get(column, ()) for column in finding.looked_at)
    ]


def _count_problems(events: pd.DataFrame) -> Iterator[Finding]:
    low, high = events["low"], events["high"]
    counted = low.notna() | high.notna()
    tally, kind = events["tally_id"].notna(), events["count_kind"].notna()
    yield Finding(
        low > high, "low",
        lambda row: f"low {row.low} is above high {row.high}; low is the least the words allow",
        ("low", "high"),
    )
    yield Finding(
        low.isna() & high.notna(), "high",
        lambda row: f"high {row.high} without low; write 0 in low for 'at most {row.high}'",
        ("low", "high"),
    )
    yield Finding(
        counted & ~tally, "tally_id",
        lambda row: "a count without a tally; say in tally_id what is counted", ("tally_id",),
    )
    yield Finding(
        counted & ~kind, "count_kind",
        lambda row: "a count without a kind; write toll or incident", ("count_kind",),
    )
    yield Finding(
        tally & ~counted, "low",
        lambda row: f"tally {row.tally_id!r} without a count; write low, or leave tally_id empty",
        ("tally_id", "low", "high"),
    )
    yield Finding(
        kind & ~counted & ~tally, "low",
        lambda row: f"{row.count_kind!r} without a count; write low, or leave count_kind empty",
        ("tally_id", "count_kind", "low", "high"),
    )
    yield Finding(
        counted & events["date_start"].isna() & events["date_end"].isna(), "date_start",
        lambda row: "a count without a window; write in date_start and date_end the outermost "
        "days the words allow",
        ("date_start", "date_end"),
    )


def _position_problems(events: pd.DataFrame) -> Iterator[Finding]:
    start, end = events["char_start"], events["char_end"]
    yield Finding(
        end <= start, "char_end",
        lambda row: f"char_end {row.char_end} is not after char_start {row.char_start}; "
        "write the position after the last character",
        ("char_start", "char_end"),
    )
    yield from _lonely(events, "char_start", "char_end")
    yield Finding(
        events["paragraph"] < 1, "paragraph",
        lambda row: "paragraphs are counted from 1, the headline; write 1 or more",
        ("paragraph",),
    )


def _lonely(events: pd.DataFrame, first: str, last: str) -> Iterator[Finding]:
    """One of two columns that belong together is empty."""
    for empty, filled in ((first, last), (last, first)):
        yield Finding(
            events[empty].isna() & events[filled].notna(), empty,
            lambda row, filled=filled: f"is empty but {filled} is not; write both, or neither",
            (first, last),
        )


def _date_problems(events: pd.DataFrame, reports: pd.DataFrame) -> Iterator[Finding]:
    start, end = events["date_start"], events["date_end"]
    published = reports.drop_duplicates("report_id").set_index("report_id")["source_date"]
    day = published.reindex(events["report_id"]).set_axis(events.index)
    yield Finding(
        end < start, "date_end",
        lambda row: f"{row.date_end:%Y-%m-%d} is before date_start {row.date_start:%Y-%m-%d}; "
        "correct one of them",
        ("date_start", "date_end"),
    )
    yield from _lonely(events, "date_start", "date_end")
    yield Finding(
        end > day, "date_end",
        lambda row: f"{row.date_end:%Y-%m-%d} is after its report was published, on "
        f"{day[row.name]:%Y-%m-%d}; correct this day, or source_date in reports.csv",
        ("date_end", "report_id"),
    )


def _copy_problems(events: pd.DataFrame) -> Iterator[Finding]:
    """One thing told twice has one tally and one kind of count."""
    copies = events[events["same_as"].notna()]
    originals = events[events["event_id"].isin(copies["same_as"].unique())]
    first = originals.drop_duplicates("event_id").set_index("event_id")
    copies = copies[copies["same_as"].isin(first.index)]
    for column in ("tally_id", "count_kind"):
        original = first[column].reindex(copies["same_as"]).set_axis(copies.index)
        yield Finding(
            copies[column].fillna("") != original.fillna(""), "same_as",
            lambda row, column=column: f"{row.same_as!r} has another {column}; "
            "two tellings of one thing have the same",
            ("same_as", column),
        )
