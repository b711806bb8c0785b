"""How long a thing takes, and how that compares with its measure in the same run."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Seconds that ``work`` takes: the median of several runs."""
    return statistics.median(_once(work) for _ in range(runs))


def seconds_both(
    ours: Callable[[], object], bare: Callable[[], object], runs: int = 5
) -> tuple[float, float]:
    """The medians of two, run in turn, so that a busy machine slows both."""
    pairs = [(_once(ours), _once(bare)) for _ in range(runs)]
    return tuple(statistics.median(column) for column in zip(*pairs, strict=True))


def _once(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def run(*command: object, folder: str | Path = PROJECT) -> None:
    """Run a command quietly; one of make is not told of the make that runs the benchmark."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    words = [*map(str, command)]
    subprocess.run(words, cwd=folder, env=own, check=True, stdout=subprocess.DEVNULL)


def report(ours: tuple[str, float], bare: tuple[str, float]) -> None:
    """Print two named times (seconds) and how many times the second fits into the first."""
    said = "; ".join(f"{name}: {taken:.3g} s" for name, taken in (ours, bare))
    print(f"{said}: {ours[1] / bare[1]:.2f} times its time", flush=True)
