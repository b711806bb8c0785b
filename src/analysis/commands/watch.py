"""Check a dataset, once or at every save.

Watching looks at the times and sizes of the dataset's files twice a second, which needs nothing
beyond Python and works on network drives too. A save is checked once the files have come to rest,
and what is new and what is gone since the last check is printed.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from analysis.bounds.contradictions import find_contradictions
from analysis.bounds.disputed import find_disputed
from analysis.data import codebook
from analysis.data.cut import READINGS, published_by
from analysis.data.dataset import Dataset, load
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
    for said, cut, reading in _cuts(dataset):
        for error in find_contradictions(cut, reading):
            clashes.setdefault((*error.event_ids,), f"{said} {error}")
    found = [*clashes.values()]
    asides = Counter(find_disputed(dataset)["aside"])
    for event_id in [name for name, rows in asides.items() if rows == 1]:
        found.append(
            f"{event_id} is set aside but contradicts no other statement; leave reading empty"
        )
    sizes = ", ".join(f"{len(getattr(dataset, table))} {table}" for table in codebook.TABLES)
    counted = dataset.events["low"].count()
    return found, f"{path}: {sizes} ({counted} with a count); no problem found"


def _cuts(dataset: Dataset) -> Iterator[tuple[str, Dataset, str]]:
    """What has to fit: each reading, and with corrections also what was known by each day."""
    for reading in READINGS:
        yield f"in the {reading} reading", dataset, reading
    if dataset.events["supersedes"].notna().any():
        for day in dataset.reports["source_date"].drop_duplicates().sort_values().dt.date:
            yield f"as published by {day}", published_by(dataset, day), READINGS[0]


def watch(
    path: Path, rounds: int | None = None, wait: Callable[[float], object] = time.sleep
) -> None:
    """Check at every save and print what changed, until Ctrl-C.

    ``wait`` is called with the seconds between two looks, ``rounds`` times; without end when None.
    """
    seen = checked = _state(path)
    found, fine = _check_readable(path)
    print(*(found or [fine]), sep="\n")
    print(f"Watching {path}: it is checked at every save. Ctrl-C ends.", flush=True)
    try:
        for _ in count() if rounds is None else range(rounds):
            wait(SECONDS)
            before, seen = seen, _state(path)
            if seen == before != checked:  # saved, and the saving is over
                checked = seen
                found = _check_again(path, found)
    except KeyboardInterrupt:
        print("\nStopped watching.", flush=True)


def _check_again(path: Path, before: list[Found]) -> list[Found]:
    found, fine = _check_readable(path)
    left = f"{len(found)} problem{'s' * (len(found) != 1)} left" if found else fine
    said = [f"{time.strftime('%H:%M:%S')} saved; {left}", *find_changes(before, found)]
    print(*said, sep="\n", flush=True)
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
        moved = f" (was row {former.pop(0).line})" if former else ""
        lines.append(f"{'~' if moved else '+'} {problem}{moved}")
    return [*(f"- {problem}" for left in places.values() for problem in left), *lines]


def _without_row(found: Found) -> Found:
    return found._replace(line=None) if isinstance(found, Problem) else found
