"""Tables with a row an event, as UCDP and ACLED publish them: what their imports share.

Rows that break a rule of their format are reported and left out; nothing is repaired.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from analysis.data.codebook import Kind
from analysis.data.dataset import load, sha256_of
from analysis.data.problems import DatasetError, Problem
from analysis.exchange.files import Imported, Loss, in_persons, new_dataset
from analysis.exchange.reading import Asked, Row, Table, open_table

_EVENTS = 20_000
"""So many events are held at once."""


class Rules(NamedTuple):
    """What makes a table one of a format, and a row one that can be read."""

    name: str
    required: Sequence[str]
    key: str
    persons: str  # the column that says how many a row left out names
    kinds: Mapping[str, Kind]
    sentences: Sequence[str]  # columns of others' sentences; they stay out of datasets
    find_broken: Callable[[Row], Iterable[tuple[str, str]]]
    older: Mapping[str, Sequence[str]] = {}


class Copied(NamedTuple):
    """Of a table: its events, rows left out, these in persons, what is lost, how it was read."""

    events: int
    problems: list[Problem]
    left_out: str
    losses: list[Loss]
    notes: list[str]


class Events(NamedTuple):
    """A table of events, and a piece at a time its rows that can be read.

    The lists are filled on the way: problems of other rows, and how many persons each names.
    """

    table: Table
    pieces: Iterator[list[Row]]
    problems: list[Problem]
    left_out: list[str]
    rules: Rules

    def copied(self, events: int, lost: Iterable[Loss], *kept: Sequence[str]) -> Copied:
        """What became of the table; ``kept`` are columns in cells of their own and in notes."""
        columns, (placed, noted) = self.table.columns, kept
        sentences = self.rules.sentences
        others = [name for name in columns if name not in (*placed, *noted, *sentences)]
        losses = [
            Loss("not copied, others' sentences: " + ", ".join(sentences)),
            Loss("in the note only: " + ", ".join(name for name in columns if name in noted)),
            Loss("left out: " + ", ".join(others)),
            *lost,
        ]
        persons = in_persons(self.left_out)
        return Copied(events, self.problems, persons, losses, self.table.said)


def open_events(path: Path, rules: Rules, asked: Asked) -> Events:
    """Events of a table; a DatasetError where it is none of the format, or has no event."""
    table = open_table(path, rules.kinds, asked, rules.older)
    if missing := [name for name in rules.required if name not in table.columns]:
        raise table.error((None, f"no {rules.name}: columns missing: {', '.join(missing)}"))
    problems, left_out = [], []
    rows = _sound(table, rules, problems, left_out)
    return Events(table, _pieces(rows, table, problems), problems, left_out, rules)


def _pieces(rows: Iterator[Row], table: Table, problems: list[Problem]) -> Iterator[list[Row]]:
    piece = [*islice(rows, _EVENTS)]
    if not piece:
        none = Problem(table.name, None, None, "holds no event that can be read")
        raise DatasetError([*problems, none], table.name)
    while piece:
        yield piece
        piece = [*islice(rows, _EVENTS)]


def _sound(
    table: Table, rules: Rules, problems: list[Problem], left_out: list[str]
) -> Iterator[Row]:
    """Rows in which nothing is wrong; the lists get what is said of others."""
    lines: dict[str, int] = {}
    for line, row, unread in table.records:
        wrong = [each for each in unread if each[0] not in rules.sentences]
        if row:
            amiss = {name for name, _ in unread}
            wrong += [each for each in rules.find_broken(row) if each[0] not in amiss]
            if (first := lines.setdefault(row[rules.key], line)) != line:
                wrong.append((rules.key, f"{row[rules.key]!r} stands on line {first} already"))
        problems += [Problem(table.name, line, *each) for each in wrong]
        if wrong:
            left_out.append(row.get(rules.persons, ""))
        else:
            yield row


def report_id(prefix: str, path: Path) -> dict[str, str]:
    """The report that a file is."""
    return {"report_id": f"{prefix}-" + re.sub(r"[\s;]+", "-", path.stem)}


def published(path: Path, latest: str, asked: Asked) -> dict[str, str]:
    """When a file was published: what is given, else the latest day in it, as inferred."""
    given = asked.given.get("published")
    inferred = "" if given else " It gives no day of publication; the latest day in it stands."
    return {
        "source_date": given or latest,
        "source_date_basis": "stated" if given else "inferred",
        "language": "en",
        "note": f"Imported from {path.name}, SHA-256 {sha256_of(path)}.{inferred}",
    }


def import_events(
    copy: Callable[[Path, Path, Asked], Copied],
    path: str | Path,
    folder: str | Path,
    asked: Asked,
    whose: str,
) -> Imported:
    """Make a dataset of a table and write it to a folder; ``copy`` writes its tables unchecked."""
    with new_dataset(Path(folder)) as trial:
        told = copy(Path(path), trial, asked)
        dataset = load(trial)
    what = f"events of {whose} as {dataset.events['low'].count()} counts"
    lost = (told.problems, told.left_out, told.losses)
    return Imported(dataset, told.events, what, *lost, questions=[], notes=told.notes)
