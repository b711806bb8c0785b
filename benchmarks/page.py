"""``python -m analysis page`` in three languages, of many statements and of many nested tallies."""

import csv
import sys
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from measure import run, seconds

FIRST = date(2024, 1, 1)
PARTIES, GROUPS, PAGES = 4, ("", "children", "women", "medics", "journalists"), 250
NESTED, DEEP = 200, 12


def write(folder: Path, table: str, rows: Iterable[dict]) -> None:
    """Write a table as CSV."""
    rows = [*rows]
    with (folder / f"{table}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)


def write_dataset(folder: Path, pages: int, tallies: list[dict], events: list[dict]) -> None:
    """Write a dataset of daily pages by one office."""
    days = [FIRST + timedelta(page) for page in range(pages)]
    write(
        folder,
        "reports",
        [{"report_id": f"r{at}", "source_date": day} for at, day in enumerate(days)],
    )
    parties = dict.fromkeys(row["party_id"] for row in tallies)
    write(folder, "parties", [{"party_id": name, "label_en": name} for name in parties])
    shared = {"harm": "killed", "source_original": "Office"}
    write(folder, "tallies", [row | shared | {"label_en": row["tally_id"]} for row in tallies])
    write(folder, "events", [row | {"count_kind": "toll"} for row in events])


def write_statements(folder: Path) -> None:
    """5,000 statements: running totals of four parties and of groups of their people, daily."""
    tallies = [
        {"tally_id": f"p{party}-{group}", "party_id": f"p{party}", "victim_group": group}
        for party in range(PARTIES)
        for group in GROUPS
    ]
    events = [
        {
            "event_id": f"{row['tally_id']}-{page}",
            "report_id": f"r{page}",
            "tally_id": row["tally_id"],
            "date_start": FIRST,
            "date_end": FIRST + timedelta(page),
            "low": (page + 1) * (2 if row["victim_group"] else 20),
            "high": (page + 1) * (2 if row["victim_group"] else 20),
        }
        for page in range(PAGES)
        for row in tallies
    ]
    assert len(events) == 5_000
    write_dataset(folder, PAGES, tallies, events)


def write_nested(folder: Path) -> None:
    """200 tallies, each within the one before it, twelve deep."""
    tallies = [
        {
            "tally_id": f"t{at}",
            "party_id": f"p{at // DEEP}",
            "victim_group": f"group {at % DEEP}" if at % DEEP else "",
            "subset_of": f"t{at - 1}" if at % DEEP else "",
        }
        for at in range(NESTED)
    ]
    events = [
        {
            "event_id": f"e{at}",
            "report_id": "r0",
            "tally_id": f"t{at}",
            "date_start": FIRST - timedelta(at % 9),
            "date_end": FIRST,
            "low": 100 - 5 * (at % DEEP),
            "high": "",
        }
        for at in range(NESTED)
    ]
    write_dataset(folder, 1, tallies, events)


if __name__ == "__main__":
    for name, make in (
        ("5,000 statements", write_statements),
        ("200 nested tallies", write_nested),
    ):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            make(folder)
            taken = seconds(lambda: run(sys.executable, "-m", "analysis", "page", place), runs=1)
            print(f"page of {name}: {taken:.1f} s", flush=True)
