"""Read a CSV file of the UCDP Georeferenced Event Dataset, and find rows that break UCDP's rules.

Versions 17 to 25 share the columns needed here; they differ in order, in columns beside them
(``where_description``, ``relid``, ``conflict_dset_id`` and others come with the longer layout)
and in dates with or without a midnight. Older names (``best_est``, ``side_a_dset_id``) are read
where the newer ones are missing.

Sources: UCDP GED Codebook (https://ucdp.uu.se/downloads/ged/ged251.pdf, likewise for other
versions); Sundberg and Melander 2013 (https://doi.org/10.1177/0022343313484347).
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analysis.data.problems import Problem
from analysis.exchange.files import Row, read_rows

SENTENCES = ("source_article", "source_headline")
"""Columns of others' sentences; they stay out of datasets."""

DEATHS = {part: f"deaths_{part}" for part in ("a", "b", "civilians", "unknown")}
COUNTS = (*DEATHS.values(), "low", "best", "high")
REQUIRED = ("id", "year", "type_of_violence", "side_a", "side_b", "date_prec")
REQUIRED += ("date_start", "date_end", *COUNTS)
LONGEST = {"1": 1, "2": 6, "3": 7, "4": 31, "5": 366}
"""Days that a window may have at most, by ``date_prec``: day, 2 to 6 days, week, month, year."""

_NAMES = {
    f"{what}_new_id": (f"{what}_id", f"{what}_dset_id")
    for what in ("conflict", "dyad", "side_a", "side_b")
} | {name: (f"{name}_est",) for name in ("low", "best", "high")}
_MIDNIGHT = re.compile(r"(?<=^\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?$")
_WHOLE, _POINT = re.compile(r"[0-9]{1,15}"), re.compile(r"(?<=[0-9])\.0+$")


def read_ged(path: Path) -> tuple[list[str], Iterator[Row], list[Problem]]:
    """All columns of a GED file, one by one events that keep UCDP's rules; the list gets the rest.

    Events are cells by column name; dates as YYYY-MM-DD, names of columns as in version 25. Nothing
    that breaks a rule is repaired. A DatasetError where the file as a whole cannot be read as GED.
    """
    columns, rows, problems = read_rows(path, _rename)
    return columns, _events(path.name, rows, problems), problems


def _events(file: str, rows: Iterator[tuple[int, Row]], problems: list[Problem]) -> Iterator[Row]:
    lines: dict[str, int] = {}
    for line, row in rows:
        row |= {name: _MIDNIGHT.sub("", row[name]) for name in ("date_start", "date_end")}
        row |= {name: _POINT.sub("", row[name]) for name in ("id", "year", *COUNTS)}  # 2.0 is 2
        broken = [*find_broken_rules(row)]
        if (first := lines.setdefault(row["id"], line)) != line:
            broken.append(("id", f"{row['id']!r} stands on line {first} already"))
        problems += [Problem(file, line, *what) for what in broken]
        if not broken:
            yield row


def _rename(columns: list[str]) -> list[tuple[None, str]]:
    """Give columns their newer names, in place; what is missing all the same."""
    for name, others in _NAMES.items():
        there = [other for other in others if other in columns]
        if name not in columns and there:
            columns[columns.index(there[0])] = name
    missing = [name for name in REQUIRED if name not in columns]
    return [(None, f"no GED file: columns missing: {', '.join(missing)}")] if missing else []


def find_broken_rules(row: Row) -> Iterator[tuple[str, str]]:
    """Column and message for each of UCDP's rules that an event breaks.

    Counts are whole numbers of persons; ``best`` is the sum of the four best estimates;
    ``low <= best <= high``; an event has at least one death in one of the three; its window lies
    in its year and is no longer than its ``date_prec`` says.
    """
    wrong = [name for name in ("id", "year", *COUNTS) if not _WHOLE.fullmatch(row[name])]
    yield from ((name, f"{row[name]!r} is not a whole number") for name in wrong)
    for name, allowed in (("type_of_violence", "123"), ("date_prec", "12345")):
        if len(row[name]) != 1 or row[name] not in allowed:
            yield name, f"{row[name]!r} is none of {', '.join(allowed)}"
    for name in ("side_a", "side_b"):
        if not row[name]:
            yield name, "is empty; an event has two sides"
    if not {*wrong} & {*COUNTS}:
        parts = sum(int(row[name]) for name in DEATHS.values())
        low, best, high = (int(row[name]) for name in ("low", "best", "high"))
        if parts != best:
            yield "best", f"{best} is not the sum of the four estimates, {parts}"
        if not low <= best <= high:
            yield "best", f"low {low}, best {best}, high {high} do not follow each other"
        if max(low, best, high) == 0:
            yield "high", "no death in any estimate; an event has at least one"
    yield from _broken_dates(row)


def _broken_dates(row: Row) -> Iterator[tuple[str, str]]:
    days = {}
    for name in ("date_start", "date_end"):
        try:
            days[name] = date.fromisoformat(row[name])
        except ValueError:
            yield name, f"{row[name]!r} is not a date, YYYY-MM-DD"
    if len(days) < 2:
        return
    start, end = days.values()
    count, longest = (end - start).days + 1, LONGEST.get(row["date_prec"], 366)
    if end < start:
        yield "date_end", f"{end} is before date_start {start}"
    elif count > longest:
        yield "date_prec", f"{row['date_prec']} is at most {longest} days; the window has {count}"
    for name, day in days.items():
        if row["year"].isdigit() and day.year != int(row["year"]):
            yield name, f"{day} is not in the event's year {row['year']}"
