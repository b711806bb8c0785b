"""Loading and checking 100,000 statements against bare ``pandas.read_csv`` of the same file."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
from datasets import incidents, write
from measure import report, seconds_both

from analysis import Dataset, load


def with_places(dataset: Dataset) -> Dataset:
    """The same with most cells filled, a report a thousand statements."""
    number = pd.Series(range(len(dataset.events)))
    names = "r" + (number // 1000).astype("str")
    events = dataset.events.assign(
        report_id=names,
        event_type="Air/drone strike",
        where_description="a town",
        adm_1="Daraa",
        side_a="p",
        paragraph=number % 15 + 1,
        char_start=number % 3000,
        char_end=number % 3000 + 20,
        note="raid " + number.astype("str") + ", as the report counts it",
    )
    reports = pd.DataFrame({"report_id": names.unique()})
    reports["source_date"] = dataset.reports["source_date"][0]
    return replace(dataset, reports=reports, events=events)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), with_places(incidents(100_000, tallies=1)))
        ours, bare = seconds_both(
            lambda: load(folder), lambda: pd.read_csv(Path(folder) / "events.csv")
        )
    report(("100,000 statements loaded and checked", ours), ("bare read_csv", bare))
