"""What an import gives, and how its tables are written.

No file that is there is overwritten, and no dataset is written that does not load.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
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


class Loss(NamedTuple):
    """What another format cannot hold, and the statements (none: all) that it concerns."""

    what: str
    event_ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The loss in one line.

        >>> str(Loss("at least: no upper limit", ("a", "b")))
        'at least: no upper limit (2): a, b'
        """
        ids = f" ({len(self.event_ids)}): {', '.join(self.event_ids)}" if self.event_ids else ""
        return f"{self.what}{ids}"


def grouped(lost: pd.Series | Mapping[str, str]) -> list[Loss]:
    """Losses from what is lost by event id, in the order they come up.

    >>> grouped({"a": "no place", "b": "no day", "c": "no place"})[0]
    Loss(what='no place', event_ids=('a', 'c'))
    """
    lost = pd.Series(lost, dtype=object)
    return [Loss(what, (*each.index,)) for what, each in lost.groupby(lost, sort=False)]


class Imported(NamedTuple):
    """The outcome of an import.

    How many ``rows`` of the table came in and what they became, the ``problems`` of rows left out
    and how many persons these name, what the dataset cannot hold, how the table was read, open
    questions, and the dataset (none where tables are only written).
    """

    rows: int
    what: str
    problems: list[Problem]
    left_out: str
    losses: list[Loss]
    notes: list[str]
    questions: list[str]
    dataset: Dataset | None = None


def in_persons(counts: Iterable[str]) -> str:
    """Rows left out and the persons in them, of counts as written; nothing where there are none.

    >>> in_persons(["12", "3", "dozens"])
    '3 rows left out, 15 persons in them, 1 without a number that can be read'
    """
    counts = [*counts]
    if not counts:
        return ""
    known = [int(text) for text in counts if re.fullmatch("[0-9]+", text)]
    left_out = f"{len(counts):,} rows left out, {sum(known):,} persons in them"
    unread = len(counts) - len(known)
    return left_out + (f", {unread:,} without a number that can be read" if unread else "")


class UniqueIds:
    """An identifier for each key, such that no two keys share one."""

    def __init__(self) -> None:
        self._ids: dict[Hashable, str] = {}
        self._taken: set[str] = set()

    def __call__(self, key: Hashable, wanted: str) -> str:
        """The identifier of a key: the one wanted, numbered where another key has it."""
        if key not in self._ids:
            numbered = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
            self._ids[key] = next(each for each in numbered if each not in self._taken)
            self._taken.add(self._ids[key])
        return self._ids[key]


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


def write_table(folder: Path, table: str, rows: Iterable[dict]) -> None:
    """Write the first row with each identifier; of labels that look alike, with the identifier."""
    key, rows = codebook.key(table), [*rows]
    frame = pd.DataFrame(rows, columns=None if rows else [key], dtype=object).drop_duplicates(key)
    counted = [name for name in ("source_original", "harm") if name in frame]
    for label in [name for name in frame if name.startswith("label_")]:
        cells = frame[label].where(frame[label].notna(), "")
        seen = frame[counted].assign(seen=cells.map(as_seen))
        alike = seen.duplicated(keep=False) & (cells != "")
        frame[label] = cells.mask(alike, cells + " (" + frame[key] + ")")
    add_rows(folder, table, frame)


def add_rows(folder: Path, table: str, rows: pd.DataFrame) -> None:
    """Write rows at the end of a table; one that is new gets their columns and those required."""
    path = folder / f"{table}.csv"
    if new := not path.exists():
        columns = [
            each.name for each in codebook.TABLES[table] if each.required or each.name in rows
        ]
    else:
        columns = [*pd.read_csv(path, nrows=0)]
    rows = rows.reindex(columns=columns)
    rows.to_csv(path, mode="a", header=new, index=False, lineterminator="\n")
