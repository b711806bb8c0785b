"""UCDP's events beside the report: the extract is UCDP's, and the tables are made from it."""

import csv
from pathlib import Path

import pytest

import analysis
from analysis.data import codebook
from analysis.exchange import import_ged
from analysis.exchange.ged import COLUMNS

ROOT = Path(__file__).parents[1]
SENTENCES = [name for name, column in COLUMNS.items() if column.cell == "-"]
UCDP = ROOT / "data" / "ucdp"
WHOLE = ROOT.parent / "shared" / "ucdp" / "ged_south_syria_2018-07.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_importing_the_extract_gives_the_tables(tmp_path):
    made = import_ged(UCDP / "ged_extract.csv", tmp_path / "made")
    assert (made.rows, made.problems) == (20, [])
    tables = {path.name for path in UCDP.glob("*.csv")} - {"ged_extract.csv"}
    assert tables == {f"{table}.csv" for table in codebook.TABLES if table != "areas"}
    assert {path.name for path in (tmp_path / "made").iterdir()} == tables
    for name in tables:
        committed = (UCDP / name).read_bytes()
        assert (tmp_path / "made" / name).read_bytes() == committed, name


def test_nobody_elses_sentences_are_in_the_extract():
    extract = rows(UCDP / "ged_extract.csv")
    assert len(extract) == 20 and len(extract[0]) == 39
    assert not {*SENTENCES} & {*extract[0]}
    assert max(len(cell.split()) for row in extract for cell in row.values()) <= 6


@pytest.mark.skipif(not WHOLE.exists(), reason="UCDP's file is not beside the project")
def test_the_extract_is_the_file_without_the_sentences():
    whole = rows(WHOLE)
    for row in whole:
        for name in SENTENCES:
            del row[name]
    assert [[*row.items()] for row in rows(UCDP / "ged_extract.csv")] == [
        [*row.items()] for row in whole
    ]


def test_no_death_is_lost_and_none_is_counted_in_two_dyads():
    dataset, extract = analysis.load(UCDP), rows(UCDP / "ged_extract.csv")
    best = {}
    for row in extract:
        best[row["dyad_name"]] = best.get(row["dyad_name"], 0) + int(row["best"])
    cause = dataset.tallies.set_index("tally_id")["cause"]
    counted = dataset.events.groupby(dataset.events["tally_id"].map(cause))["low"].sum()
    assert counted.to_dict() == best
    assert sum(best.values()) == 779
