"""A running total of a thousand days with two parts: bounds and a figure against loading it.

The archive is made up, in the shape of those that ministries publish: a total on each day since
the first, and now and then how many of them were children and women. Of a real one in a CSV file
(``report_date``, ``killed_cum``, ``killed_children_cum``, ``killed_women_cum``):
``make bench RUNNING_TOTALS=FILE``.
"""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from datasets import FIRST, write
from matplotlib import pyplot
from measure import report, seconds_both

from analysis import Dataset, casualty_bounds, load, plot_over_time

PARTS = {"killed_cum": None, "killed_children_cum": "killed_cum", "killed_women_cum": "killed_cum"}


def made_up(days: int = 1033, seed: int = 1) -> pd.DataFrame:
    """Running totals by day; the parts on 131 and 132 of them, now and then counted down."""
    chance = np.random.default_rng(seed)
    daily = 1 + chance.poisson(60 * np.exp(-np.arange(days) / 400))
    numbers = pd.DataFrame({"report_date": pd.date_range(FIRST, periods=days)})
    numbers["killed_cum"] = np.cumsum(daily)
    for name, share, times in (("children", 0.35, 131), ("women", 0.2, 132)):
        counted = np.cumsum(chance.binomial(daily, share))
        stated = np.linspace(5, days - 1, times).astype(int)
        too_many = np.isin(np.arange(times), chance.choice(times - 1, 9, replace=False))
        most = counted[np.append(stated[1:], days - 1)] + 1
        numbers.loc[stated, f"killed_{name}_cum"] = np.where(too_many, most, counted[stated])
    return numbers


def coded(numbers: pd.DataFrame) -> Dataset:
    """Each number as a toll since the first day.

    A running total above a later one contradicts it, and so does a part that leaves more people
    outside it than a later day does (it grows by more than its whole). The later number is the
    better known: the earlier then says "at least" the least that follows, without a high.
    """
    numbers = numbers.reset_index(drop=True)
    rows = []
    for tally in PARTS:
        stated = numbers[tally].dropna()
        least = _least_from(stated)
        outside = (numbers[PARTS[tally]] - stated).dropna() if PARTS[tally] else least
        fits = (stated == least) & (outside == _least_from(outside))
        for line, low in least.items():
            day = numbers["report_date"][line]
            cells = {"event_id": f"{tally}-{line}", "report_id": f"r{line}", "tally_id": tally}
            cells |= {"date_start": numbers["report_date"][0], "date_end": day, "low": int(low)}
            rows.append(cells | {"high": int(low) if fits[line] else None})
    events = pd.DataFrame(rows).astype({"high": "Int64"})
    events = events.assign(count_kind="toll")
    tallies = [
        {"tally_id": name, "party_id": "people", "harm": "killed", "subset_of": whole}
        for name, whole in PARTS.items()
    ]
    groups = {"killed_children_cum": "children", "killed_women_cum": "women"}
    return Dataset(
        pd.DataFrame({"report_id": "r" + numbers.index.astype("str")}).assign(
            source_date=numbers["report_date"]
        ),
        pd.DataFrame({"party_id": ["people"], "label_en": ["People"]}),
        pd.DataFrame(tallies).assign(victim_group=[groups.get(name) for name in PARTS]),
        events,
    )


def _least_from(numbers: pd.Series) -> pd.Series:
    """The least of each number and all that follow it."""
    return numbers[::-1].cummin()[::-1]


if __name__ == "__main__":
    named = os.environ.get("RUNNING_TOTALS")
    numbers = pd.read_csv(named, parse_dates=["report_date"]) if named else made_up()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), coded(numbers))
        dataset = load(folder)
        size = f"{len(numbers):,} days, {len(dataset.events):,} running totals"
        # a copy remembers nothing of what was worked out before
        works = {
            f"bounds of {size}": lambda: casualty_bounds(replace(dataset, solutions={})),
            f"figure of {size}": lambda: plot_over_time(
                replace(dataset, solutions={}), "en", "page"
            ),
        }
        for name, work in works.items():
            ours, bare = seconds_both(work, lambda: load(folder), runs=3)
            report((name, ours), ("loading them", bare))
            pyplot.close("all")
