"""Check a dataset, once or at every save.

Watching looks at the times and sizes of the dataset's files twice a second, which needs nothing
beyond Python and works on network drives too. A save is checked once the files have come to rest,
and what is new and what is gone since the last check is printed.
"""

import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from analysis.bounds.contradictions import find_contradictions
from analysis.bounds.disputed import find_disputed
from analysis.bounds.statements import READINGS
from analysis.data import codebook
from analysis.data.dataset import Dataset, load, published_by
from analysis.data.problems import DatasetError, Problem

SECONDS = 0.5
_ENDINGS = (".csv", ".xlsx")

Found = Problem | str
"""A problem of the tables, or a contradiction in words."""


def check(path: Path) -> tuple[list[Found], str]:
    """What is wrong with a dataset, and what is there, in a line, when nothing is."""
    try:
        dataset = load(path)
    except DatasetError as error:
        return [*error.problems], ""
    clashes: dict[tuple[str, ...], str] = {}
    for reading in READINGS:
        for error in find_contradictions(dataset, reading):
            clashes.setdefault((*error.event_ids,), f"in the {reading} reading {error}")
    for day in _days_before_corrections(dataset):
        for error in find_contradictions(published_by(dataset, day)):
            clashes.setdefault((*error.event_ids,), f"as published by {day} {error}")
    disputed = find_disputed(dataset)
    alone = disputed.groupby("aside").filter(lambda rows: len(rows) == 1)["aside"]
    unfounded = [
        f"{event_id} is set aside but contradicts no other statement; leave reading empty"
        for event_id in alone
    ]
    counted = dataset.events["low"].notna().sum()
    sizes = ", ".join(f"{len(getattr(dataset, table))} {table}" for table in codebook.TABLES)
    return [
        *clashes.values(),
        *unfounded,
    ], f"{path}: {sizes} ({counted} with a count); no problem found"


def _days_before_corrections(dataset: Dataset) -> list[date]:
    """Days of publication, where corrections make what was known by then another matter."""
    if dataset.events["supersedes"].isna().all():
        return []
    return [day.date() for day in dataset.reports["source_date"].drop_duplicates().sort_values()]


def watch(
    path: Path, rounds: int | None = None, wait: Callable[[float], object] = time.sleep
) -> None:
    """Check at every save and print what changed, until Ctrl-C.

    Parameters
    ----------
    path : path
        As for :func:`analysis.load`.
    rounds : int, optional
        How often to look before it ends by itself; without end when None.
    wait : callable
        Is called with the number of seconds between two looks.
    """
    found, seen = _first_check(path)
    checked = seen
    try:
        for _ in count() if rounds is None else range(rounds):
            wait(SECONDS)
            before, seen = seen, _state(path)
            if seen == before != checked:  # saved, and the saving is over
                checked = seen
                found = _check_again(path, found)
    except KeyboardInterrupt:
        print("\nStopped watching.", flush=True)


def _first_check(path: Path) -> tuple[list[Found], dict]:
    seen = _state(path)
    found, fine = _check_readable(path)
    print(*(found or [fine]), sep="\n")
    print(f"Watching {path}: it is checked at every save. Ctrl-C ends.", flush=True)
    return found, seen


def _check_again(path: Path, before: list[Found]) -> list[Found]:
    found, fine = _check_readable(path)
    changes = find_changes(before, found)
    left = f"{len(found)} problem{'s' * (len(found) != 1)} left" if found else fine
    print(f"{time.strftime('%H:%M:%S')} saved; {left}", *changes, sep="\n", flush=True)
    return found


def _check_readable(path: Path) -> tuple[list[Found], str]:
    """As :func:`check`, also while a program that saves keeps a file to itself."""
    try:
        return check(path)
    except OSError as error:
        return [f"{error.filename}: cannot be read now ({error.strerror})"], ""


def _state(path: Path) -> dict[Path, tuple[int, int]]:
    """Time and size of each file of a dataset."""
    try:
        files = [*path.iterdir()] if path.is_dir() else [path]
        stats = {file: file.stat() for file in files if file.suffix.lower() in _ENDINGS}
    except OSError:  # gone between two looks
        return {}
    return {file: (stat.st_mtime_ns, stat.st_size) for file, stat in stats.items()}


def find_changes(before: list[Found], now: list[Found]) -> list[str]:
    """What is gone (-), new (+) or the same in another row (~) since the last check.

    >>> find_changes([], [Problem("events.csv", 7, "low", "is empty")])
    ['+ events.csv:7 low: is empty']
    """
    gone, new = Counter(before) - Counter(now), Counter(now) - Counter(before)
    places: dict[Found, list[Found]] = {}
    for problem in gone.elements():
        places.setdefault(_without_row(problem), []).append(problem)
    lines = []
    for problem in new.elements():
        former = places.get(_without_row(problem))
        if former:
            lines.append(f"~ {problem} (was row {former.pop(0).line})")
        else:
            lines.append(f"+ {problem}")
    return [*(f"- {problem}" for left in places.values() for problem in left), *lines]


def _without_row(found: Found) -> Found:
    return found._replace(line=None) if isinstance(found, Problem) else found
