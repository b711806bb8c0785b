"""Read a table of the UCDP Georeferenced Event Dataset, and find rows that break UCDP's rules.

Versions 17 to 25 share the columns needed here; they differ in order, in columns beside them
(``where_description``, ``relid``, ``conflict_dset_id`` and others come with the longer layout)
and in dates with or without a midnight. Older names (``best_est``, ``side_a_dset_id``) are read
where the newer ones are missing.

Sources: UCDP GED Codebooks of versions 22.1 to 25.1, which list the 49 columns below
(https://ucdp.uu.se/downloads/ged/ged251.pdf, likewise ged221, ged231, ged241);
Sundberg and Melander 2013 (https://doi.org/10.1177/0022343313484347).
"""

import re
from collections.abc import Iterator
from datetime import date

from analysis.exchange.columns import columns_of
from analysis.exchange.reading import Row

COLUMNS = columns_of("ged")
VERSIONS = range(17, 26)
"""Versions that were tried."""

VIOLENCE = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}
"""``event_type`` by UCDP's ``type_of_violence``."""
DEATHS = {part: f"deaths_{part}" for part in ("a", "b", "civilians", "unknown")}
COUNTS = (*DEATHS.values(), "low", "best", "high")
LONGEST = {"1": 1, "2": 6, "3": 7, "4": 31, "5": 366}
"""Days that a window may have at most, by ``date_prec``: day, 2 to 6 days, week, month, year."""

_WHOLE = re.compile(r"[0-9]{1,15}")


def find_untried(name: str, columns: list[str]) -> Iterator[str]:
    """A version or columns that were not tried, by the name and columns of a file.

    >>> [*find_untried("GEDEvent_v26_1", [])]
    ['version 26.1 was not tried (17 to 25 were): its numbers may mean something else']
    >>> [*find_untried("ged251", ["id", "deaths_robots"])]
    ['columns in no version that was tried (17 to 25): deaths_robots']
    """
    tried = f"{VERSIONS[0]} to {VERSIONS[-1]}"
    version = re.search(r"ged\D*?(\d\d)[._]?(\d+)", name.lower())
    if version and int(version[1]) not in VERSIONS:
        number = ".".join(version.groups())
        said = f"({tried} were): its numbers may mean something else"
        yield f"version {number} was not tried {said}"
    if unknown := [name for name in columns if name not in (*COLUMNS, "published")]:
        yield f"columns in no version that was tried ({tried}): {', '.join(unknown)}"


def find_faults(row: Row) -> Iterator[tuple[str, str]]:
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
    yield from _date_faults(row)


def _date_faults(row: Row) -> Iterator[tuple[str, str]]:
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
