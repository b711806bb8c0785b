"""How long a year of tolls with three parts that share nobody takes, by the day and running.

Sums of parts are no differences, so a program (HiGHS) says how far each number can go. Asked of it:
two seconds for a year of running totals.
"""

import time
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
from datasets import FIRST, as_dataset

from analysis import casualty_bounds
from analysis.data.dataset import Dataset

DAYS = 365
EVERY = {"all": 1, "women": 1, "children": 2, "men": 0}
"""Every how many days a tally is stated, 0 being never."""


def year(running: bool) -> Dataset:
    """Counts of each day, or of all days up to it; published on the day, the men never stated."""
    chance = np.random.default_rng(1)
    parts = pd.DataFrame(chance.integers(0, 12, (DAYS, 3)), columns=["women", "men", "children"])
    counts = parts.assign(all=parts.sum(axis=1))
    counts = counts.cumsum() if running else counts
    rows = [
        [f"{name}-{day}", "toll", 0 if running else day, day, int(low), int(low), name]
        for name, every in EVERY.items()
        for day, low in counts[name].items()
        if every and day % every == 0
    ]
    made = as_dataset(rows)
    days = FIRST + pd.to_timedelta(np.arange(DAYS), unit="D")
    reports = pd.DataFrame({"report_id": [f"r{day}" for day in range(DAYS)], "source_date": days})
    told = made.events["event_id"].str.replace(r".*-", "r", regex=True)
    tallies = pd.DataFrame({"tally_id": [*EVERY], "party_id": "p", "harm": "killed"})
    part = tallies["tally_id"] != "all"
    divided = {"subset_of": "all", "division": "age and sex", "division_complete": "yes"}
    cells = {name: pd.Series(cell, tallies.index).where(part) for name, cell in divided.items()}
    tallies = tallies.assign(**cells).reindex(columns=made.tallies.columns)
    return Dataset(
        reports.reindex(columns=made.reports.columns).assign(source_date=days),
        made.parties,
        tallies,
        made.events.assign(report_id=told),
    )


if __name__ == "__main__":
    for running, reading in product((False, True), ("primary", "wide")):
        dataset = replace(year(running))
        start = time.perf_counter()
        casualty_bounds(dataset, reading=reading)
        what = "running totals" if running else "daily tolls"
        spent = time.perf_counter() - start
        print(f"{DAYS} {what} with three parts, {reading} reading: {spent:.2f} s")
