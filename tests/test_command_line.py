"""The command line: exit codes, and what is printed, one problem a line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import ContradictionError, casualty_bounds, load
from analysis.__main__ import main
from analysis.data import codebook

SOURCE = Path(__file__).parents[1] / "src"
FINE = "2 reports, 4 parties, 3 tallies, 4 events (2 with a count); no problem found\n"
CLASH = (
    "these statements cannot all be true:\n"
    "total: toll of 41 to 45, all, 2018-07-18 to 2018-07-23\n"
    "monday: incident of 46 or more, all, 2018-07-23 to 2018-07-23"
)


def run(*arguments, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | environment,
    )


@pytest.fixture
def clashing(tmp_path, tables, write_tables) -> Path:
    """A folder whose second statement counts more people than the first has room for."""
    tables["events"][1]["low"] = "46"
    return write_tables(tmp_path, tables)


@pytest.fixture
def spoilt(tmp_path, tables, write_tables) -> Path:
    """A folder with two problems in each of two files."""
    tables["parties"][0]["status"] = "soldiers"
    tables["events"][0] |= {"low": "forty", "date_start": "18/07/2018"}
    return write_tables(tmp_path, tables)


SPOILT = (
    "parties.csv:2 status: 'soldiers' is not a value of this column; write civilian, "
    "armed forces, armed group, mixed or unknown\n"
    "events.csv:2 date_start: '18/07/2018' is not a date; write YYYY-MM-DD, such as 2018-07-24\n"
    "events.csv:2 low: 'forty' is not a whole number; write digits\n"
)


def test_check_says_in_one_line_what_is_there(folder, capsys):
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr() == (f"{folder}: {FINE}", "")


def test_check_prints_one_problem_a_line(spoilt, capsys):
    assert main(["check", str(spoilt)]) == 1
    assert capsys.readouterr() == (SPOILT, "")


def test_check_names_a_missing_folder(tmp_path, capsys):
    assert main(["check", str(tmp_path / "elsewhere")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(";")[0] for line in lines] == [
        f"{table}.csv: the folder does not exist" for table in codebook.TABLES
    ]


def test_check_prints_statements_that_clash(clashing, capsys):
    assert main(["check", str(clashing)]) == 1
    assert capsys.readouterr() == (f"in the primary reading {CLASH}\n", "")


def test_check_looks_at_the_wide_reading_too(tmp_path, tables, write_tables, capsys):
    tables["events"][1] |= {"low": "46", "reading": "wide"}
    assert main(["check", str(write_tables(tmp_path, tables))]) == 1
    assert capsys.readouterr().out == f"in the wide reading {CLASH}\n"


def test_a_clash_names_its_statements_with_windows_and_counts(clashing):
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(load(clashing))
    assert caught.value.event_ids == ["total", "monday"]
    assert str(caught.value) == CLASH


def test_a_clash_of_a_part_with_its_whole(tmp_path, tables, write_tables):
    tables["events"][1] |= {"tally_id": "children", "count_kind": "toll", "low": "46"}
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(load(write_tables(tmp_path, tables)))
    assert caught.value.event_ids == ["total", "monday"]
    assert "monday: toll of 46 or more, children, 2018-07-23 to 2018-07-23" in str(caught.value)


def test_an_exact_count_is_named_without_a_range(tmp_path, tables, write_tables):
    tables["events"][0]["high"] = "41"
    tables["events"][1]["low"] = "46"
    with pytest.raises(ContradictionError, match="total: toll of 41, all, 2018-07-18"):
        casualty_bounds(load(write_tables(tmp_path, tables)))


def test_statements_that_do_not_clash_are_not_named(tmp_path, tables, write_tables):
    tables["events"][1]["low"] = "46"
    other = {"event_id": "other", "low": "3", "high": "3", "count_kind": "toll"}
    tables["events"].insert(0, tables["events"][0] | other | {"tally_id": "women"})
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(load(write_tables(tmp_path, tables)))
    assert caught.value.event_ids == ["total", "monday"]


def test_codebook_has_a_row_a_column(capsys):
    assert main(["codebook"]) == 0
    printed = capsys.readouterr().out.splitlines()
    found = [line.split("`")[1] for line in printed if line.startswith("| `")]
    assert found == [name for table in codebook.TABLES for name in codebook.columns(table)]
    headings = [line for line in printed if line.startswith("#")]
    assert headings == [f"### `{table}.csv`" for table in codebook.TABLES]


@pytest.mark.parametrize("arguments", [[], ["chek", "data"], ["check"]])
def test_a_command_that_is_not_understood(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m analysis" in capsys.readouterr().err


def test_the_real_command(folder):
    done = run("check", folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [f"{folder}: {FINE.strip()}"]


def test_the_real_command_with_problems(spoilt):
    done = run("check", spoilt)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().splitlines() == SPOILT.splitlines()


def test_problems_are_printed_where_the_terminal_knows_no_arabic(tmp_path, tables, write_tables):
    tables["events"][0]["low"] = "أربعون"
    done = run("check", write_tables(tmp_path, tables), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"events.csv:2 low: ")
    assert done.stdout.rstrip().endswith(b"is not a whole number; write digits")
