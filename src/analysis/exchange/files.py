"""What an import gives, and how its tables and those of exports are written.

No file that is there is overwritten, and no dataset is written that does not load.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd

from analysis.data import codebook
from analysis.data.cells import as_seen
from analysis.data.dataset import Dataset
from analysis.data.files import write_new
from analysis.data.problems import Problem
from analysis.exchange.reading import RUNS


class Loss(NamedTuple):
    """One thing that the other format cannot hold, and the statements (none: all) it concerns."""

    what: str
    event_ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The loss in one line.

        >>> str(Loss("at least: no upper limit", ("a", "b")))
        'at least: no upper limit (2): a, b'
        """
        ids = f" ({len(self.event_ids)}): {', '.join(self.event_ids)}" if self.event_ids else ""
        return f"{self.what}{ids}"


class Imported(NamedTuple):
    """A dataset made of a table.

    How many ``rows`` of what came in, the ``problems`` of those left out and how many persons they
    name, what the dataset cannot hold, what is asked, and how the table was read.
    """

    dataset: Dataset
    rows: int
    what: str
    problems: list[Problem]
    left_out: str
    losses: list[Loss]
    questions: list[str]
    notes: list[str]


def in_persons(counts: Iterable[str]) -> str:
    """Rows left out and the persons in them, of counts as written; nothing where there are none.

    >>> in_persons(["12", "3", "dozens"])
    '3 rows left out, 15 persons in them, 1 without a number that can be read'
    """
    counts = [*counts]
    if not counts:
        return ""
    known = [int(text) for text in counts if re.fullmatch("[0-9]+", text)]
    said = [f"{len(counts):,} rows left out", f"{sum(known):,} persons in them"]
    if unread := len(counts) - len(known):
        said.append(f"{unread:,} without a number that can be read")
    return ", ".join(said)


class Names:
    """A name for each thing: what is not the same never has one."""

    def __init__(self) -> None:
        self._known: dict[Hashable, str] = {}
        self._given: set[str] = set()

    def __call__(self, thing: Hashable, name: str) -> str:
        """The name of a thing, ``name`` where no other thing has it."""
        if thing not in self._known:
            tried = (f"{name}-{number}" if number > 1 else name for number in count(1))
            self._known[thing] = next(each for each in tried if each not in self._given)
            self._given.add(self._known[thing])
        return self._known[thing]


def with_own_labels(rows: Iterable[dict], table: str) -> list[dict]:
    """Rows whose labels differ, the identifier being put behind those that look alike."""
    rows, key = [*rows], codebook.key(table)
    alike: dict[tuple, list[dict]] = defaultdict(list)
    for row in (rows := [dict(each) for each in rows]):
        for name in row:
            if name.startswith("label_") and row[name]:
                of = row.get("source_original"), row.get("harm")
                alike[name, *of, as_seen(row[name])].append(row)
    for (name, *_), same in alike.items():
        for row in same if len(same) > 1 else ():
            row[name] += f" ({row[key]})"
    return rows


def without_repeats(table: str, rows: list[dict]) -> list[dict]:
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


def without_formulas(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Loss]]:
    """A table with ' before each text that a spreadsheet would run, and these texts by column."""
    found: list[Loss] = []

    def harmless(column: pd.Series) -> pd.Series:
        runs = column.map(lambda cell: isinstance(cell, str) and bool(RUNS.match(cell)))
        if not runs.any():
            return column
        name = column.name if isinstance(column.name, str) else column.name[0]
        first, many = column[runs].iloc[0], f" and {runs.sum() - 1} more" * int(runs.sum() > 1)
        found.append(Loss(f"with ' before it, else a spreadsheet runs it: {name} {first!r}{many}"))
        return column.mask(runs, "'" + column[runs].astype(str))

    return table.apply(harmless), found
