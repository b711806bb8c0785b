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
    whole = 200 + np.cumsum(chance.poisson(60 * np.exp(-np.arange(days) / 400)))
    numbers = pd.DataFrame({"report_date": pd.date_range(FIRST, periods=days), "killed_cum": whole})
    for name, share, times in (("children", 0.35, 131), ("women", 0.2, 132)):
        stated = np.sort(chance.choice(days, times, replace=False))
        counted = whole[stated] * chance.normal(share, share / 40, times)
        numbers.loc[stated, f"killed_{name}_cum"] = counted.round()
    return numbers


def coded(numbers: pd.DataFrame) -> Dataset:
    """Each number as a toll since the first day.

    A running total that is above a later one contradicts it, and the later one is the better
    known: the earlier then says "at least" the least of those that follow, without a high.
    """
    numbers = numbers.reset_index(drop=True)
    rows = []
    for tally in PARTS:
        stated = numbers[tally].dropna()
        least = stated[::-1].cummin()[::-1]
        for line, low in least.items():
            day = numbers["report_date"][line]
            cells = {"event_id": f"{tally}-{line}", "report_id": f"r{line}", "tally_id": tally}
            cells |= {"date_start": numbers["report_date"][0], "date_end": day, "low": int(low)}
            rows.append(cells | {"high": int(low) if stated[line] == low else None})
    events = pd.DataFrame(rows).astype({"high": "Int64"})
    events = events.assign(count_kind="toll", count_basis="stated")
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


if __name__ == "__main__":
    named = os.environ.get("RUNNING_TOTALS")
    numbers = pd.read_csv(named, parse_dates=["report_date"]) if named else made_up()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), coded(numbers))
        dataset = load(folder)
        size = f"{len(numbers):,} days, {len(dataset.events):,} running totals"
        # a copy remembers nothing of what was worked out before
        works = {
            f"bounds of {size}": lambda: casualty_bounds(replace(dataset)),
            f"figure of {size}": lambda: plot_over_time(replace(dataset), "en", "page"),
        }
        for name, work in works.items():
            ours, bare = seconds_both(work, lambda: load(folder), runs=3)
            report((name, ours), ("loading them", bare))
            pyplot.close("all")
