"""Tables with a row an event, as UCDP and ACLED publish them.

Rows that break a rule of their publisher are reported and left out; nothing is repaired.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import ClassVar

import pandas as pd

from analysis.data.cells import fault
from analysis.data.dataset import load, sha256_of
from analysis.data.problems import DatasetError, Problem
from analysis.exchange.importing import (
    Imported,
    Loss,
    UniqueIds,
    add_rows,
    grouped,
    in_persons,
    new_dataset,
    write_table,
)
from analysis.exchange.reading import (
    PLAIN,
    Column,
    ReadOptions,
    Row,
    Table,
    open_table,
    required,
)

_PIECE = 20_000
"""Events that are held at once."""
_NO_COUNT = dict.fromkeys(("tally_id", "count_kind", "low", "high"))


class EventTable:
    """A table of events on its way into a dataset; each publisher's is a subclass.

    A subclass names the columns, finds rows that break a rule (:meth:`find_faults`) and turns an
    event into rows of ``events`` (:meth:`statements`), collecting the parties and tallies these
    name by their id, the latest day, and by event what is lost.
    """

    name: ClassVar[str]  # as messages call such a file
    publisher: ClassVar[str]
    called: ClassVar[str]  # as notes call its events
    prefix: ClassVar[str]  # of the report's id
    report: ClassVar[Mapping[str, str]]  # office, title and address
    columns: ClassVar[Mapping[str, Column]]
    unknown: ClassVar[str]  # what notes say of other columns
    key: ClassVar[str]
    persons: ClassVar[str]  # the column with the number of dead
    cannot_hold: ClassVar[Sequence[str]] = ()

    def __init__(self) -> None:
        self.parties: dict[str, dict] = {}
        self.tallies: dict[str, dict] = {}
        self.unique_id, self.latest = UniqueIds(), ""
        by_cell = {column.cell: name for name, column in self.columns.items()}
        self._copied = {cell: name for cell, name in by_cell.items() if cell not in ("", "-")}
        self._sentences = [name for name, column in self.columns.items() if column.cell == "-"]
        noted = [name for name, column in self.columns.items() if column.note]
        self._noted = sorted(noted, key=lambda name: self.columns[name].note)
        self._ruled = {
            name: column
            for name, column in self.columns.items()
            if column.required and (column.kind != "text" or column.allowed)
        }
        self.lost: dict[str, str] = {}

    def event(self, row: Row, **cells: object) -> dict:
        """A row of ``events`` without a count: cells as in ``columns``, a note, and given cells."""
        copied = {cell: row.get(name) for cell, name in self._copied.items()}
        noted = {name.removesuffix("_new_id"): row[name] for name in self._noted if row.get(name)}
        note = "; ".join(f"{name} {cell}" for name, cell in noted.items())
        named = {"date_basis": "stated", "note": f"{self.called} event {row[self.key]}: {note}"}
        return copied | _NO_COUNT | named | cells

    def as_meant(self, row: Row) -> Row:
        """An event with its cells in the form that a dataset has."""
        return row

    def find_faults(self, row: Row) -> Iterable[tuple[str, str]]:
        """Column and message for each cell that a dataset could not have, and of broken rules."""
        for name, column in self._ruled.items():
            if wrong := fault(column, row[name]):
                yield name, wrong

    def statements(self, row: Row) -> Iterable[dict]:
        """Rows of ``events`` for an event."""
        raise NotImplementedError

    def notes(self, path: Path, columns: list[str]) -> Iterable[str]:
        """What is unusual about a file."""
        if unknown := [name for name in columns if name not in (*self.columns, "published")]:
            yield f"{self.unknown}: {', '.join(unknown)}"

    def write_others(self, folder: Path) -> None:
        """Write the tables that statements refer to."""
        write_table(folder, "parties", self.parties.values())
        write_table(folder, "tallies", self.tallies.values())

    @classmethod
    def import_table(
        cls, path: str | Path, folder: str | Path, options: ReadOptions = PLAIN
    ) -> Imported:
        """Make a dataset of a file and write it to a folder.

        A value of ``published`` says when the file was published, or exported; else the latest day
        in it stands there, as inferred. A DatasetError where it holds no event that can be read, or
        the day is none or before the last event; a FileExistsError, nothing being written, where
        one of the tables is in the folder.
        """
        with new_dataset(Path(folder)) as trial:
            made = cls().write_tables(Path(path), trial, options)
            dataset = load(trial)
        what = f"events of {cls.publisher} as {dataset.events['low'].count()} counts"
        return made._replace(what=what, dataset=dataset)

    def write_tables(self, path: Path, folder: Path, options: ReadOptions = PLAIN) -> Imported:
        """Write the tables of a file unchecked, holding no more than a piece of it at once."""
        table = open_table(path, self.columns, options)
        if missing := [name for name in required(self.columns) if name not in table.columns]:
            raise table.error((None, f"no {self.name}: columns missing: {', '.join(missing)}"))
        table.notes.extend(self.notes(path, table.columns))
        report = {"report_id": f"{self.prefix}-" + re.sub(r"[\s;]+", "-", path.stem)}
        problems, left_out, number = [], [], 0
        rows = self._sound(table, problems, left_out)
        while piece := [*islice(rows, _PIECE)]:
            number += len(piece)
            events = [report | event for row in piece for event in self.statements(row)]
            add_rows(folder, "events", pd.DataFrame(events, dtype=object))
        if not number:
            none = Problem(table.name, None, None, "holds no event that can be read")
            raise DatasetError([*problems, none], table.name)
        published, inferred = options.given.get("published"), ""
        if not published:
            inferred = " It gives no day of publication; the latest day in it stands."
        report |= self.report | {
            "title": f"{self.report['title']}, {number} events",
            "source_date": published or self.latest,
            "source_date_basis": "stated" if published else "inferred",
            "language": "en",
            "note": f"Imported from {path.name}, SHA-256 {sha256_of(path)}.{inferred}",
        }
        write_table(folder, "reports", [report])
        self.write_others(folder)
        lost = self._losses(table.columns)
        return Imported(number, "", problems, in_persons(left_out), lost, table.notes, questions=[])

    def _sound(self, table: Table, problems: list[Problem], left_out: list[str]) -> Iterator[Row]:
        """Rows without a fault; the lists get problems and numbers of dead of others."""
        lines: dict[str, int] = {}
        for line, row, unread in table.records:
            faults = [each for each in unread if each[0] not in self._sentences]
            if row:
                row, known = self.as_meant(row), {name for name, _ in unread}
                faults += [each for each in self.find_faults(row) if each[0] not in known]
                if (first := lines.setdefault(row[self.key], line)) != line:
                    faults.append((self.key, f"{row[self.key]!r} stands on line {first} already"))
            problems += [Problem(table.name, line, *each) for each in faults]
            if faults:
                left_out.append(row.get(self.persons, ""))
            else:
                yield row

    def _losses(self, columns: list[str]) -> list[Loss]:
        used = [name for name, column in self.columns.items() if column.cell or column.note]
        losses = [
            "not copied, others' sentences: " + ", ".join(self._sentences),
            "in the note only: " + ", ".join(name for name in columns if name in self._noted),
            "left out: " + ", ".join(name for name in columns if name not in (*used, "published")),
            *self.cannot_hold,
        ]
        return [*map(Loss, losses), *grouped(self.lost)]
