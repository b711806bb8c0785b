"""Check a dataset, once or at every save.

Watching looks at the times and sizes of the dataset's files twice a second, which needs nothing
beyond Python and works on network drives too. A save is checked once the files have come to rest,
and what is new and what is gone since the last check is printed.
"""

import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

from analysis.bounds.contradictions import find_contradictions
from analysis.bounds.stale import find_standing_still
from analysis.commands.untranslated import find_untranslated
from analysis.commands.unwritten import find_unwritten
from analysis.data import codebook
from analysis.data.dataset import Dataset, find_empty_tables, load
from analysis.data.nesting import nesting
from analysis.data.notices import find_notices
from analysis.data.oddities import find_oddities
from analysis.data.outcome import READINGS
from analysis.data.problems import DatasetError, Problem, summed_up
from analysis.data.questions import doubts
from analysis.data.wording import list_names
from analysis.figures.choices import CHOICES, read_choices
from countbounds import Undecided

SECONDS = 0.5

Found = Problem | str
"""A problem of the tables, or in words what is wrong with the statements."""


def check(path: Path) -> tuple[list[Found], list[str]]:
    """What is wrong with a dataset; when nothing is, what is there, in a line, and warnings."""
    place = path if path.is_dir() else path.parent
    try:
        dataset = load(path)
    except DatasetError as error:
        return [*error.problems, *_find_wrong_choices(place)], []
    if empty := find_empty_tables(path, dataset):
        return empty, []
    rows = {table: len(getattr(dataset, table)) for table in codebook.TABLES}
    sizes = ", ".join(f"{number} {table}" for table, number in rows.items() if number)
    counted = dataset.events["low"].count()
    fine = f"{path}: {sizes} ({counted} with a count); no problem found"
    found = [*_find_wrong_choices(place, dataset), *find_clashes(dataset)]
    found += find_divisions_of_nothing(dataset)
    if found:
        return found, []
    asked = [*find_oddities(path, dataset), *find_warnings(dataset)]
    notes = [f"note: {each}" for each in (*find_notices(dataset), *_standing_still(dataset))]
    return [], [fine, *summed_up(notes), *summed_up(f"warning: {each}" for each in asked)]


def _standing_still(dataset: Dataset) -> list[str]:
    """A sentence for each group's number that never moved while that of everybody rose."""
    if find_standing_still(dataset).empty:
        return []
    from analysis.figures.standing_still import standing_still_in_words
    from analysis.language.languages import language_of  # few datasets have such a number

    return standing_still_in_words(dataset, language_of("en"))


def _find_wrong_choices(place: Path, dataset: Dataset | None = None) -> list[Problem]:
    try:
        read_choices(place, dataset)
    except DatasetError as error:
        return error.problems
    return []


def find_warnings(dataset: Dataset) -> list[str]:
    """What a person should answer or add, though nothing is wrong."""
    return [*doubts(dataset)["doubt"], *find_untranslated(dataset), *find_unwritten(dataset)]


def find_clashes(dataset: Dataset) -> list[str]:
    """Statements told at one time that cannot all be true, in any reading, each set once."""
    try:
        return [*{str(each): 1 for name in READINGS for each in find_contradictions(dataset, name)}]
    except Undecided as error:
        return [str(error)]


def find_divisions_of_nothing(dataset: Dataset) -> list[str]:
    """Divisions whose parts lie in no tally together."""
    return [
        f"tallies.csv: division {each.name!r} of {list_names(each.parts)}: no tally holds them "
        f"all; add one that does, or write the same subset_of in each"
        for each in nesting(dataset).divisions
        if each.whole is None
    ]


def watch(
    path: Path, rounds: int | None = None, wait: Callable[[float], object] = time.sleep
) -> None:
    """Check at every save and print what changed, until Ctrl-C.

    ``wait`` is called with the seconds between two looks, ``rounds`` times; without end when None.
    """
    seen = checked = _state(path)
    found, fine = _check_readable(path)
    print(*(summed_up(found) or fine), sep="\n")
    print(f"Watching {path}: it is checked at every save. Ctrl-C ends.", flush=True)
    try:
        for _ in count() if rounds is None else range(rounds):
            wait(SECONDS)
            before, seen = seen, _state(path)
            if seen == before != checked:  # saved, and the saving is over
                checked, former = seen, found
                found, fine = _check_readable(path)
                left = [f"{len(found)} problem{'s' * (len(found) != 1)} left"] if found else fine
                said = f"{time.strftime('%H:%M:%S')} saved; {left[0]}"
                print(said, *left[1:], *find_changes(former, found), sep="\n", flush=True)
    except KeyboardInterrupt:
        print("\nStopped watching.", flush=True)


def _check_readable(path: Path) -> tuple[list[Found], list[str]]:
    """As :func:`check`, also while a program that saves keeps a file to itself."""
    try:
        return check(path)
    except OSError as error:
        return [f"{error.filename}: cannot be read now ({error.strerror})"], []


def _state(path: Path) -> dict[Path, tuple[int, int]]:
    """Time and size of each file of a dataset."""
    try:
        files = [*path.iterdir()] if path.is_dir() else [path]
        tables = (".csv", ".xlsx")
        kept = (file for file in files if file.suffix.lower() in tables or file.name == CHOICES)
        stats = {file: file.stat() for file in kept}
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
