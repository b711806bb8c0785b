"""Small datasets to spoil: four valid tables of a few rows, and how to write them to a folder."""

import copy
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.data import codebook

settings.register_profile("same every time", derandomize=True, deadline=None)
settings.load_profile("same every time")

Tables = dict[str, list[dict[str, str]]]

SMALL: Tables = {
    "reports": [
        {"report_id": "daraa", "source_date": "2018-07-24", "language": "ar"},
        {"report_id": "homs", "source_date": "2018-07-25"},
    ],
    "parties": [
        {"party_id": "civilians", "label_ar": "مدنيون", "status": "civilian"},
        {"party_id": "government"},
        {"party_id": "russia"},
        {"party_id": "opposition", "status": "armed group"},
    ],
    "tallies": [
        {"tally_id": "all", "party_id": "civilians", "harm": "killed", "source_original": "SOHR"},
        {"tally_id": "children", "party_id": "civilians", "harm": "killed", "subset_of": "all"},
        {"tally_id": "women", "party_id": "civilians", "harm": "killed", "subset_of": "all"},
    ],
    "events": [
        {
            "event_id": "total",
            "report_id": "daraa",
            "paragraph": "5",
            "char_start": "589",
            "char_end": "598",
            "date_start": "2018-07-18",
            "date_end": "2018-07-23",
            "tally_id": "all",
            "count_kind": "toll",
            "low": "41",
            "high": "45",
            "note": "at least, at most",
        },
        {
            "event_id": "monday",
            "report_id": "daraa",
            "date_start": "2018-07-23",
            "date_end": "2018-07-23",
            "tally_id": "all",
            "count_kind": "incident",
            "low": "4",
        },
        {
            "event_id": "raids",
            "report_id": "daraa",
            "event_type": "Air/drone strike",
            "side_a": "government;russia",
            "note": "ذكر المرصد",
        },
        {
            "event_id": "raids_again",
            "report_id": "daraa",
            "event_type": "Air/drone strike",
            "date_start": "2018-07-24",
            "date_end": "2018-07-24",
            "same_as": "raids",
        },
    ],
}
"""Rows stand on the lines 2, 3, … of their files. Cells that are not named are empty."""


@pytest.fixture
def tables() -> Tables:
    """A valid dataset, the test's own to change."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def labelled(tables) -> Tables:
    """The valid dataset with all that figures say of it, in both languages."""
    for row in tables["parties"]:
        row |= {"label_en": row["party_id"], "label_ar": "طرف"}
    return tables | {"terms": [{"term": "SOHR", "label_ar": "المرصد"}]}


@pytest.fixture(scope="session")
def small_tables() -> Tables:
    """A valid dataset, not to be changed."""
    return SMALL


@pytest.fixture(scope="session")
def csv_text() -> Callable[..., str]:
    """A function that gives the text of a CSV file."""

    def text(table: str, rows: list[dict[str, str]], **dialect) -> str:
        file = io.StringIO(newline="")
        settings = {"lineterminator": "\n", **dialect}
        writer = csv.DictWriter(file, codebook.columns(table), restval="", **settings)
        writer.writeheader()
        writer.writerows(rows)
        return file.getvalue()

    return text


@pytest.fixture(scope="session")
def write_tables(csv_text) -> Callable[..., Path]:
    """A function that writes tables to a folder."""

    def write(folder: Path, tables: Tables, **dialect) -> Path:
        for table, rows in tables.items():
            content = csv_text(table, rows, **dialect).encode()
            (folder / f"{table}.csv").write_bytes(content)
        return folder

    return write


@pytest.fixture
def folder(tmp_path, tables, write_tables) -> Path:
    """A folder that holds the valid dataset."""
    return write_tables(tmp_path, tables)
