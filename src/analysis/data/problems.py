"""What can be wrong with a dataset, and in which words."""

import re
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

_MANY = 10
"""So many like problems are named one by one."""


def program_name() -> str:
    """How the program was started: by the command's own name, or by Python."""
    own = "casualty-analysis"
    return own if Path(sys.argv[0]).stem == own else "python -m analysis"


def check_known(what: str, given: Iterable[str], known: Collection[str]) -> None:
    """Raise a ValueError where a name is given that is none of those known.

    >>> check_known("tally", ["c"], ["a", "b"])
    Traceback (most recent call last):
    ValueError: no tally 'c'; there are: a, b
    """
    for name in given:
        if name not in known:
            raise ValueError(f"no {what} {name!r}; there are: {', '.join(known) or 'none'}")


class Problem(NamedTuple):
    """One problem: the file, the line as a text editor counts it, the column, what to mend.

    In a workbook the file is its name and the sheet, ``dataset.xlsx[events]``, the line a row.
    """

    file: str
    line: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        """The problem in one line.

        >>> str(Problem("events.csv", 7, "low", "'forty' is not a whole number; write digits"))
        "events.csv:7 low: 'forty' is not a whole number; write digits"
        >>> str(Problem("dataset.xlsx[events]", 7, "low", "'forty' is not a whole number"))
        "events, row 7, low: 'forty' is not a whole number"
        """
        if self.file.endswith("]"):
            row = f"row {self.line}" if self.line else ""
            places = self.file[:-1].rpartition("[")[2], row, self.column
            place = ", ".join(filter(None, places))
        else:
            place = f"{self.file}:{self.line}" if self.line else self.file
            place += f" {self.column}" if self.column else ""
        return " ".join(f"{place}: {self.message}".splitlines())


class Question(NamedTuple):
    """What a row should answer: its kind, the tallies and statements concerned, and its words."""

    kind: str
    tallies: tuple[str, ...]
    events: tuple[str, ...]
    text: str


def problem_lines(problems: Iterable[Problem | str]) -> list[str]:
    """Problems a line each; of many like ones in a column the first ten, and how many more.

    Where they are in each row from one to another, one line says so.

    >>> rows = range(2, 99)
    >>> problem_lines(Problem("a.csv", line, "low", f"'{line}.0' is no number") for line in rows)
    ["a.csv:2 low: '2.0' is no number; others like it in each of the 97 rows down to 98"]
    """
    like: dict[tuple, list[Problem | str]] = {}
    for each in problems:
        same = isinstance(each, Problem) and re.sub(r"'[^']*'|\d+", "", each.message)
        like.setdefault((each.file, each.column, same) if same else (each,), []).append(each)
    lines = []
    for each in like.values():
        more = len(each) - _MANY
        rows = [problem.line or 0 for problem in each] if more > 0 else []
        if rows and rows == [*range(rows[0], rows[0] + len(rows))]:
            so = "so" if len({problem.message for problem in each}) == 1 else "others like it"
            lines.append(f"{each[0]}; {so} in each of the {len(rows):,} rows down to {rows[-1]}")
        else:
            lines += [*map(str, each[:_MANY]), *[f"… and {more:,} more like these"] * (more > 0)]
    return lines


class DatasetError(ValueError):
    """A dataset that cannot be used as it is.

    Attributes
    ----------
    problems : list of Problem
        Every problem found: (file, line, column, message).
    """

    def __init__(self, problems: list[Problem], folder: str | Path) -> None:
        self.problems, self.folder = problems, folder
        super().__init__(problems, folder)

    def __str__(self) -> str:
        """The problems, as :func:`problem_lines`."""
        count = f"{len(self.problems)} problem{'s' * (len(self.problems) != 1)}"
        return "\n".join([f"{count} in {self.folder}", *problem_lines(self.problems)])


class NothingToDrawError(ValueError):
    """A figure that a dataset gives no numbers for."""


class ContradictionError(ValueError):
    """Statements that cannot all be true.

    Attributes
    ----------
    event_ids : list of str
        The statements that clash; without any one of them the rest can be true.
    """

    def __init__(self, event_ids: list[str], lines: list[str]) -> None:
        self.event_ids, self.lines = event_ids, lines
        super().__init__(event_ids, lines)

    def __str__(self) -> str:
        """The statements, one a line."""
        return "\n".join(["these statements cannot all be true:", *self.lines])
