"""Bounds of the project against the same bounds by linear programs (HiGHS), and a long year.

All statements are of one page, so the least number of a window may rest on what upper ends leave
as well. Prints seconds and whether the numbers are equal: 60 days and 40 random consistent
statements by both, 365 days and 400 statements by the project alone. Median of five runs.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from datasets import random_dataset
from measure import seconds
from scipy.optimize import linprog

from analysis import Dataset, casualty_bounds


def bounds_by_programs(dataset: Dataset) -> np.ndarray:
    """The same four columns, each number the optimum of a linear program.

    One variable a day, and one an incident and day of its window, of which no day can hold more
    than the day does.
    """
    events = dataset.events
    start = (events["date_start"] - events["date_start"].min()).dt.days.to_numpy()
    end = (events["date_end"] - events["date_start"].min()).dt.days.to_numpy()
    days = end.max() + 1
    incidents = np.flatnonzero(events["count_kind"] == "incident")
    own = {row: np.arange(start[row], end[row] + 1) for row in incidents}
    place = dict(zip(own, days + np.cumsum([0, *map(len, own.values())])[:-1], strict=True))
    width = days + sum(map(len, own.values()))
    matrix, most = [], []
    for row, (low, high) in enumerate(zip(events["low"], events["high"], strict=True)):
        line = np.zeros(width)
        if row in own:
            line[place[row] : place[row] + len(own[row])] = 1
        else:
            line[start[row] : end[row] + 1] = 1
            if pd.notna(high):
                matrix.append(line)
                most.append(high)
        matrix.append(-line)
        most.append(-low)
    for day in range(days):
        line = np.zeros(width)
        line[day] = -1
        for row in incidents:
            if start[row] <= day <= end[row]:
                line[place[row] + day - start[row]] = 1
        matrix.append(line)
        most.append(0)
    matrix, most = np.array(matrix), np.array(most, float)

    def optimum(wanted: np.ndarray) -> float:
        found = linprog(wanted, matrix, most, method="highs")
        return np.nan if found.status == 3 else found.fun

    results = []
    for day in range(days):
        for wanted in (np.arange(width) == day, np.arange(width) <= day):
            goal = (wanted & (np.arange(width) < days)).astype(float)
            results.append([optimum(goal), -optimum(-goal)])
    return np.round(np.array(results).reshape(days, 4))


def by_project(dataset: Dataset) -> float:
    """Seconds; a copy remembers nothing of what was worked out before."""
    return seconds(lambda: casualty_bounds(replace(dataset)))


if __name__ == "__main__":
    dataset = random_dataset(60, 40, seed=1)
    ours = casualty_bounds(dataset)
    numbers = ours[["low", "high", "cumulative_low", "cumulative_high"]]
    equal = np.array_equal(
        numbers.to_numpy("float64", na_value=np.nan), bounds_by_programs(dataset), equal_nan=True
    )
    quick, slow = by_project(dataset), seconds(lambda: bounds_by_programs(dataset), runs=1)
    print(
        f"60 days, 40 statements: {quick * 1000:.1f} ms by the project, {slow:.2f} s by "
        f"linear programs: {slow / quick:.0f} times as fast, numbers equal: {equal}"
    )
    print(f"365 days, 400 statements: {by_project(random_dataset(365, 400, seed=2)):.3f} s")
