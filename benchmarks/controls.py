"""How long a redraw of the notebook's controls takes, numbers known: the fortnight, 20 times."""

import time
from statistics import median

import analysis


def redraws(seen) -> list[float]:
    """Seconds of each redraw, the slider going through all times."""
    taken = []
    for at in range(len(seen.as_of.options)):
        start = time.perf_counter()
        seen.as_of.index = at
        taken.append(time.perf_counter() - start)
    return taken


if __name__ == "__main__":
    dataset = analysis.load("data/fortnight")
    for figure in ("by_party", "reported", "over_time"):
        seen = analysis.explore(dataset, figure=figure)
        redraws(seen)
        taken = redraws(seen) + redraws(seen)
        print(f"redraw of {figure}: {median(taken):.2f} s, the median of {len(taken)}")
