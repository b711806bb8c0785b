"""How long systems of counts take to solve and to read, each day and all days up to it.

Sixty days and forty totals of one count, a thousand running totals with two parts, a year of a
complete split in three, twenty thousand items in three hundred counts, and small systems.
"""

from collections.abc import Callable
from itertools import product

import numpy as np
from measure import seconds

from countbounds import System, solve

Reading = tuple[np.ndarray, np.ndarray]


def windows(days: int, daily: bool = True) -> Reading:
    """Every day, and all days up to it."""
    each = np.arange(days)
    first = np.concatenate([each, 0 * each]) if daily else 0 * each
    return first, np.append(each, each)[: len(first)] + 1


def read(system: System, asked: Reading, exact: bool = True) -> list[tuple]:
    """Low and high of all counts in all windows."""
    solution = solve(system)
    return [solution.between(name, *asked, exact=exact) for name in system.places]


def one_count(days: int = 60, statements: int = 40, seed: int = 1) -> System:
    """Totals that are true of one course of numbers."""
    chance = np.random.default_rng(seed)
    sums = np.append(0, np.cumsum(chance.poisson(3, days)))
    first, stop = np.sort(chance.integers(0, days + 1, (2, statements)), axis=0)
    first, stop = np.where(first == stop, 0, first), np.where(first == stop, days, stop)
    true = sums[stop] - sums[first]
    low = np.maximum(true - chance.integers(0, 4, statements), 0)
    high = np.where(chance.random(statements) < 0.6, true + chance.integers(0, 4), np.inf)
    system = System()
    system.count("all")
    system.totals(range(statements), "all", first, stop, low, high)
    return system


def running(days: int = 1033, least: bool = False) -> System:
    """Running totals of a whole and of two parts that may share items."""
    chance = np.random.default_rng(2)
    parts = chance.poisson(2, (2, days))
    staircases = np.cumsum([parts.sum(axis=0) + chance.poisson(1, days), *parts], axis=1)
    system = System()
    for name in ("all", "one", "two"):
        system.count(name, part_of=["all"] if name != "all" else [])
    for name, staircase, every in zip(("all", "one", "two"), staircases, (1, 3, 7), strict=True):
        stop = np.arange(0, days, every) + 1
        high = staircase[::every] + (chance.integers(0, 5, len(stop)) if least else 0)
        system.totals([(name, day) for day in stop], name, 0, stop, staircase[::every], high)
    return system


def year(is_running: bool, spread: int = 0, days: int = 365) -> System:
    """A whole every day, two of its three parts every day and every other, the third never."""
    chance = np.random.default_rng(1)
    parts = chance.integers(0, 12, (3, days))
    counts = np.array([parts.sum(axis=0), *parts])
    counts = np.cumsum(counts, axis=1) if is_running else counts
    system = System()
    names = "all", "women", "children", "men"
    for name in names:
        system.count(name)
    system.split("all", names[1:], complete=True)
    for name, staircase, every in zip(names, counts, (1, 1, 2), strict=False):
        day = np.arange(0, days, every)
        more = chance.integers(0, spread + 1, len(day))
        less = np.maximum(staircase[::every] - chance.integers(0, spread + 1, len(day)), 0)
        first = 0 if is_running else day
        ids = [(name, each) for each in day]
        system.totals(ids, name, first, day + 1, less, staircase[::every] + more)
    return system


def items(statements: int = 20_000, counts: int = 300, joined: bool = False) -> System:
    """Items in windows of a few days."""
    chance = np.random.default_rng(3)
    system = System()
    for name in range(counts):
        system.count(name, part_of=[(name - 1) // 4] if joined and name else [])
    first = chance.integers(0, 365, statements)
    stop = first + chance.integers(1, 15, statements)
    names = chance.integers(0, counts, statements).tolist()
    system.somes(range(statements), names, first, stop, chance.integers(1, 9, statements))
    return system


def small(seed: int) -> System:
    """A family of three counts and fifty statements."""
    chance = np.random.default_rng(seed)
    system = System()
    system.count("all")
    system.count("one", part_of=["all"])
    system.count("two", part_of=["all"])
    days = 40
    parts = chance.poisson(1, (2, days))
    staircases = np.array([parts.sum(axis=0), *parts]).cumsum(axis=1)
    staircases = np.concatenate([np.zeros((3, 1)), staircases], axis=1)
    for at, (name, number) in enumerate(zip(("all", "one", "two"), (10, 8, 7), strict=True)):
        first, stop = np.sort(chance.integers(0, days + 1, (2, number)), axis=0)
        stop = np.where(first == stop, first + 1, stop).clip(max=days)
        first = np.minimum(first, stop - 1)
        true = staircases[at][stop] - staircases[at][first]
        high = np.where(chance.random(number) < 0.3, true, np.inf)
        system.totals([f"{name}{i}" for i in range(number)], name, first, stop, true, high)
        day = chance.integers(0, days, number)
        had = staircases[at][day + 1] - staircases[at][day]
        system.somes([f"{name}s{i}" for i in range(number)], name, day, day + 1, 0 * had)
    return system


def show(what: str, work: Callable[[], object], runs: int = 3) -> None:
    """Print how long it takes."""
    print(f"{what}: {seconds(work, runs):.4f} s", flush=True)


if __name__ == "__main__":
    solve(year(True, days=4))  # loads scipy
    one = one_count()
    show("60 days, 40 totals of one count", lambda: read(one, windows(60)), 15)
    long = one_count(365, 400)
    show("365 days, 400 totals of one count", lambda: read(long, windows(365)))
    for least in (False, True):
        system, what = running(least=least), "from … to" if least else "exactly"
        show(
            f"1,033 running totals, two parts, {what}, by each day",
            lambda a=system: read(a, windows(1033, daily=False)),
        )
        show(
            f"1,033 running totals, two parts, {what}, each day too, exact=False",
            lambda a=system: read(a, windows(1033), exact=False),
        )
    show("20,000 items in 300 counts", lambda: read(items(), windows(380)))
    show("the same, counts in each other", lambda: read(items(joined=True), windows(380)), 1)
    for is_running, spread, exact in product((False, True), (0, 3), (False, True)):
        if is_running and spread and exact:  # a program a window
            continue
        system = year(is_running, spread)
        what = (
            f"365 {'running' if is_running else 'daily'} totals of a split, give or take {spread}"
        )
        show(f"{what}, exact={exact}", lambda a=system, b=exact: read(a, windows(365), b), 1)
    systems = [small(seed) for seed in range(100)]
    show("100 small families, not exact", lambda: [read(s, windows(40), False) for s in systems], 1)
    show("10 of them, exact", lambda: [read(s, windows(40)) for s in systems[:10]], 1)
