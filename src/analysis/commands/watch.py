"""Check a dataset, once or at every save.

Watching looks at the times and sizes of the dataset's files twice a second, which needs nothing
beyond Python and works on network drives too. A save is checked once the files have come to rest.
What is new and what is gone since the last check is printed, then what that did to the totals.
"""

import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

from analysis.bounds.contradictions import find_contradictions
from analysis.bounds.stale import find_standing_still
from analysis.commands.untranslated import find_untranslated
from analysis.commands.unwritten import find_unwritten
from analysis.data import codebook
from analysis.data.dataset import Dataset, find_empty_tables, load
from analysis.data.links import list_names
from analysis.data.nesting import nesting
from analysis.data.notices import find_notices
from analysis.data.oddities import find_oddities
from analysis.data.outcome import READINGS
from analysis.data.problems import DatasetError, Problem, summed_up
from analysis.data.questions import doubts
from analysis.data.workbook import find_workbook, with_sheets
from analysis.figures.choices import CHOICES, read_choices
from countbounds import Undecided

SECONDS = 0.5
_LINES = 40
"""So many lines of totals are printed at once."""

Finding = Problem | str
"""A problem of the tables, or in words what is wrong with the statements."""


class Checked(NamedTuple):
    """What is wrong with a dataset; when nothing is, what is there, in a line, and warnings.

    Without a ``dataset`` the tables could not be read.
    """

    found: list[Finding]
    fine: list[str]
    dataset: Dataset | None = None


def check(path: Path) -> Checked:
    """Read a dataset and look for all that may be wrong with it."""
    place = path if path.is_dir() else path.parent
    try:
        dataset = load(path)
    except DatasetError as error:
        return Checked([*error.problems, *_find_wrong_choices(place)], [])
    if empty := find_empty_tables(path, dataset):
        return Checked([*empty], [])
    rows = {table: len(getattr(dataset, table)) for table in codebook.TABLES}
    sizes = ", ".join(f"{number} {table}" for table, number in rows.items() if number)
    counted = dataset.events["low"].count()
    fine = f"{path}: {sizes} ({counted} with a count); no problem found"
    book = find_workbook(path)
    found = [*_find_wrong_choices(place, dataset), *find_clashes(dataset)]
    found += [with_sheets(said, book) for said in find_divisions_of_nothing(dataset)]
    if found:
        return Checked(found, [], dataset)
    notes = [*find_notices(dataset), *_standing_still(dataset)]
    asked = [*find_oddities(path, dataset), *find_warnings(dataset)]
    said = [
        *summed_up(f"note: {with_sheets(each, book)}" for each in notes),
        *summed_up(f"warning: {with_sheets(each, book)}" for each in asked),
    ]
    return Checked([], [fine, *said], dataset)


def _standing_still(dataset: Dataset) -> list[str]:
    """A sentence for each group's number that never moved while that of everybody rose."""
    if find_standing_still(dataset).empty:
        return []
    from analysis.figures.standing_still import standing_still_in_words
    from analysis.language.locales import locale_of  # few datasets have such a number

    return standing_still_in_words(dataset, locale_of("en"))


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
    last = _check_readable(path)
    totals = _totals(last) or {}
    print(*(summed_up(last.found) or last.fine), *_shortened(_all_of(totals)), sep="\n")
    print(f"Watching {path}: it is checked at every save. Ctrl-C ends.", flush=True)
    try:
        for _ in count() if rounds is None else range(rounds):
            wait(SECONDS)
            before, seen = seen, _state(path)
            if seen == before != checked:  # saved, and the saving is over
                checked, former, last = seen, last, _check_readable(path)
                print(*_said_of_save(former, last), sep="\n")
                now = _totals(last)
                print(*_shortened(find_changed_totals(totals, now)), sep="\n", flush=True)
                totals = totals if now is None else now
    except KeyboardInterrupt:
        print("\nStopped watching.", flush=True)


def _said_of_save(former: Checked, last: Checked) -> list[str]:
    """What a save left, and which problems it brought or took away."""
    number = len(last.found)
    left = [f"{number} problem{'s' * (number != 1)} left"] if number else last.fine
    said = f"{time.strftime('%H:%M:%S')} saved; {left[0]}"
    return [said, *left[1:], *find_changes(former.found, last.found)]


def _check_readable(path: Path) -> Checked:
    """As :func:`check`, also while a program that saves keeps a file to itself."""
    try:
        return check(path)
    except OSError as error:
        return Checked([f"{error.filename}: cannot be read now ({error.strerror})"], [])


def _totals(checked: Checked) -> dict[str, list[str]] | None:
    """For each source its last words, as ``summary`` has them; None where tables can't be read."""
    from analysis.commands.summary import last_words  # a check alone does without what draws

    try:
        return checked.dataset and last_words(checked.dataset)
    except Undecided:
        return None


def _all_of(totals: dict[str, list[str]]) -> list[str]:
    return ["Totals:", *(line for lines in totals.values() for line in lines)] if totals else []


def find_changed_totals(
    before: dict[str, list[str]], now: dict[str, list[str]] | None
) -> list[str]:
    """The totals that are gone (-) and new (+) since the last save, under those who count.

    >>> find_changed_totals({"": ["SOHR", "  Civilians: 9"]}, {"": ["SOHR", "  Civilians: 12"]})
    ['Totals changed:', 'SOHR', '-   Civilians: 9', '+   Civilians: 12']
    """
    if now is None:
        return ["Totals: none until the tables can be read"]
    lines = []
    for source in {**before, **now}:
        old, new = before.get(source, []), now.get(source, [])
        gone, come = Counter(old[1:]) - Counter(new[1:]), Counter(new[1:]) - Counter(old[1:])
        changed = [*(f"- {line}" for line in gone), *(f"+ {line}" for line in come)]
        lines += [(new or old)[0], *changed] if changed else []
    return ["Totals changed:", *lines] if lines else ["Totals: unchanged"]


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - _LINES
    return lines if more <= 0 else [*lines[:_LINES], f"… and {more} more lines; see summary"]


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


def find_changes(before: list[Finding], now: list[Finding]) -> list[str]:
    """What is gone (-), new (+) or the same in another row (~) since the last check.

    >>> find_changes([], [Problem("events.csv", 7, "low", "is empty")])
    ['+ events.csv:7 low: is empty']
    """
    gone, new = Counter(before) - Counter(now), Counter(now) - Counter(before)
    places: dict[Finding, list[Finding]] = {}
    for problem in gone.elements():
        places.setdefault(_without_row(problem), []).append(problem)
    lines = []
    for problem in new.elements():
        former = places.get(_without_row(problem))
        moved = f" (was row {former.pop(0).line})" if former else ""
        lines.append(f"{'~' if moved else '+'} {problem}{moved}")
    return [*(f"- {problem}" for left in places.values() for problem in left), *lines]


def _without_row(found: Finding) -> Finding:
    return found._replace(line=None) if isinstance(found, Problem) else found
