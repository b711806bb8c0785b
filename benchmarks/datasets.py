"""Made-up datasets of one kind of statement each, for measuring."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import Dataset
from analysis.data import codebook

FIRST = pd.Timestamp("2018-01-01")


def random_dataset(days: int, statements: int, seed: int) -> Dataset:
    """Statements that are true of one random course of events: tolls and single incidents."""
    chance = np.random.default_rng(seed)
    truth = chance.poisson(3, days)
    left = truth.copy()
    rows = []
    for number in range(statements):
        start, end = np.sort(chance.integers(0, days, 2))
        end = min(end, start + 20)
        kind = "toll"
        low = high = truth[start : end + 1].sum()
        if chance.random() < 0.3:
            kind, day = "incident", chance.integers(start, end + 1)
            low = high = min(left[day], chance.integers(0, 4))
            left[day] -= low
        if chance.random() < 0.3:
            high = None
        rows.append([f"e{number}", kind, start, end, int(low), high, "t"])
    return as_dataset(rows)


def incidents(statements: int, tallies: int) -> Dataset:
    """Raids of four days each, spread over 900 days and over tallies."""
    return as_dataset(
        [
            [f"e{at}", "incident", at % 900, at % 900 + 3, at % 7, None, f"t{at % tallies}"]
            for at in range(statements)
        ]
    )


def as_dataset(rows: list[list]) -> Dataset:
    """A dataset of events: id, kind, first and last day from 0, low, high, tally."""
    names = ["event_id", "count_kind", "date_start", "date_end", "low", "high", "tally_id"]
    events = pd.DataFrame(rows, columns=names)
    for name in ("date_start", "date_end"):
        events[name] = FIRST + pd.to_timedelta(events[name], unit="D")
    events = events.assign(report_id="r")
    events = events.reindex(columns=codebook.columns("events"))
    text = ("reading", "same_as", "supersedes", "event_type", "side_a", "side_b")
    events = events.astype({"low": "Int64", "high": "Int64"} | dict.fromkeys(text, "str"))
    published = FIRST + pd.Timedelta(days=2000)
    return Dataset(
        _table("reports", [{"report_id": "r", "source_date": published}]),
        _table("parties", [{"party_id": "p"}]),
        _table(
            "tallies",
            [
                {"tally_id": name, "party_id": "p", "harm": "killed"}
                for name in events["tally_id"].unique()
            ],
        ),
        events,
    )


def write(folder: Path, dataset: Dataset) -> None:
    """Write the four tables as CSV files."""
    for name in codebook.TABLES:
        table = getattr(dataset, name).reindex(columns=codebook.columns(name))
        table = table.drop(columns="count", errors="ignore")  # low and high say it
        table.to_csv(folder / f"{name}.csv", index=False)


def _table(name: str, rows: Iterable[dict]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=codebook.columns(name))
    empty = [column for column in table if table[column].isna().all()]
    return table.astype(dict.fromkeys(empty, "str"))
