"""Check a dataset at every save.

Watching looks at the times and sizes of the dataset's files twice a second, which needs nothing
beyond Python and works on network drives too. A save is checked once the files have come to rest.
What is new and what is gone since the last check is printed, then what that did to the totals.
"""

import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

from analysis.commands.check import CheckResult, Finding, check
from analysis.data.problems import Problem, problem_lines
from analysis.figures.choices import CHOICES
from countbounds import Undecided

SECONDS = 0.5
_LINES = 40
"""So many lines of totals are printed at once."""


def watch(
    path: Path, rounds: int | None = None, wait: Callable[[float], object] = time.sleep
) -> None:
    """Check at every save and print what changed, until Ctrl-C.

    ``wait`` is called with the seconds between two looks, ``rounds`` times; without end when None.
    """
    seen = checked = _state(path)
    last = _check_readable(path)
    totals = _totals(last) or {}
    lines = [line for own in totals.values() for line in own]
    print(
        *(problem_lines(last.found) or last.fine),
        *_shortened(["Totals:"] * bool(lines) + lines),
        sep="\n",
    )
    print(f"Watching {path}: it is checked at every save. Ctrl-C ends.", flush=True)
    try:
        for _ in count() if rounds is None else range(rounds):
            wait(SECONDS)
            before, seen = seen, _state(path)
            if seen == before != checked:  # saved, and the saving is over
                checked, former, last = seen, last, _check_readable(path)
                now = _totals(last)
                print(*_lines_of_save(former, last), sep="\n")
                print(*_shortened(find_changed_totals(totals, now)), sep="\n", flush=True)
                totals = totals if now is None else now
    except KeyboardInterrupt:
        print("\nStopped watching.", flush=True)


def _lines_of_save(former: CheckResult, last: CheckResult) -> list[str]:
    """What a save left, and which problems it brought or took away."""
    number = len(last.found)
    left = [f"{number} problem{'s' * (number != 1)} left"] if number else last.fine
    saved = f"{time.strftime('%H:%M:%S')} saved; {left[0]}"
    return [saved, *left[1:], *find_changes(former.found, last.found)]


def _check_readable(path: Path) -> CheckResult:
    """As :func:`check`, also while a program that saves keeps a file to itself."""
    try:
        return check(path)
    except OSError as error:
        return CheckResult([f"{error.filename}: cannot be read now ({error.strerror})"], [])


def _totals(checked: CheckResult) -> dict[str, list[str]] | None:
    """For each source its last words, as ``summary`` has them; None where tables can't be read."""
    from analysis.commands.summary import last_words  # a check alone does without what draws

    try:
        return checked.dataset and last_words(checked.dataset)
    except Undecided:
        return None


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
