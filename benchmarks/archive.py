"""A running total of a thousand days with two parts: bounds and a figure against loading it.

The archive is made up, in the shape of those that ministries publish: a total on each day since
the first, and now and then how many of them were children and women, some of them counted down
later. Each number is coded as it was published. Of a real one in a CSV file (``report_date``,
``killed_cum``, ``killed_children_cum``, ``killed_women_cum``): ``make bench RUNNING_TOTALS=FILE``.
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

import analysis
from analysis import Dataset, casualty_bounds, load

GROUPS = {"killed_cum": None, "killed_children_cum": "children", "killed_women_cum": "women"}
"""Columns of running totals, and the group of people that each counts."""


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
    """Each number as its source's total since the first day, from the page of its day."""
    numbers = numbers.reset_index(drop=True)
    columns = [numbers[name].dropna().rename("low").reset_index() for name in GROUPS]
    rows = pd.concat(columns, keys=GROUPS, names=["tally_id"]).reset_index("tally_id")
    day = rows["index"].astype("str")
    events = pd.DataFrame(
        {
            "event_id": rows["tally_id"] + "-" + day,
            "report_id": "r" + day,
            "tally_id": rows["tally_id"],
            "count_kind": "toll",
            "date_start": numbers["report_date"][0],
            "date_end": rows["index"].map(numbers["report_date"]),
            "low": rows["low"].astype("Int64"),
            "high": rows["low"].astype("Int64"),
        }
    )
    pages = {"report_id": "r" + numbers.index.astype("str"), "source_date": numbers["report_date"]}
    tallies = pd.DataFrame({"tally_id": [*GROUPS], "victim_group": [*GROUPS.values()]})
    return Dataset(
        pd.DataFrame(pages),
        pd.DataFrame({"party_id": ["people"], "label_en": ["People"]}),
        tallies.assign(party_id="people", harm="killed", source_original="a ministry"),
        events.reset_index(drop=True),
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
            f"figure of {size}": lambda: analysis.plot_over_time(replace(dataset)),
        }
        for name, work in works.items():
            ours, bare = seconds_both(work, lambda: load(folder), runs=3)
            report((name, ours), ("loading them", bare))
            pyplot.close("all")
