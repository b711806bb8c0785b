"""Loading and checking 100,000 statements against bare ``pandas.read_csv`` of the same file."""

import tempfile
from pathlib import Path

import pandas as pd
from bounds import FIRST, as_dataset, seconds

from analysis import load
from analysis.data import codebook


def write_dataset(folder: Path, statements: int) -> None:
    """A dataset of incidents, a report a thousand of them."""
    rows = [
        [f"e{number}", "incident", number % 900, number % 900 + 3, number % 7, None]
        for number in range(statements)
    ]
    dataset = as_dataset(rows)
    reports = pd.DataFrame({"report_id": [f"r{number}" for number in range(statements // 1000)]})
    reports["source_date"] = FIRST + pd.Timedelta(days=2000)
    events = dataset.events.assign(
        report_id=[f"r{number // 1000}" for number in range(statements)],
        event_type="Air/drone strike",
        where_description="a town",
        adm_1="Daraa",
        side_a="p",
        paragraph=[number % 15 + 1 for number in range(statements)],
        char_start=[number % 3000 for number in range(statements)],
        char_end=[number % 3000 + 20 for number in range(statements)],
        note=[f"raid {number}, as the report counts it" for number in range(statements)],
    )
    tables = {"reports": reports, "parties": dataset.parties, "tallies": dataset.tallies}
    for name, frame in (tables | {"events": events}).items():
        frame.reindex(columns=codebook.columns(name)).to_csv(folder / f"{name}.csv", index=False)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        write_dataset(Path(folder), 100_000)
        bare = seconds(lambda: pd.read_csv(Path(folder) / "events.csv"))
        ours = seconds(lambda: load(folder))
    print(
        f"100,000 statements: {ours:.2f} s to load and check, {bare:.2f} s for bare read_csv: "
        f"{ours / bare:.1f} times its time"
    )
