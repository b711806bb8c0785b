"""The command line: exit codes, and what is printed, one problem a line."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis import ContradictionError, casualty_bounds, load
from analysis.__main__ import main
from analysis.commands.watch import watch
from analysis.data import codebook

SOURCE = Path(__file__).parents[1] / "src"
FINE = "2 reports, 4 parties, 3 tallies, 1 terms, 4 events (2 with a count); no problem found\n"
CLASH = (
    "these statements cannot all be true:\n"
    "monday in daraa: all at least 46 2018-07-23 (incident)\n"
    "total in daraa: all 41 to 45 2018-07-18 to 2018-07-23 (toll)\n"
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
def folder(tmp_path, labelled, write_tables) -> Path:
    """A folder of which check has nothing to say."""
    return write_tables(tmp_path, labelled)


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


def test_check_names_what_another_language_lacks(tmp_path, tables, write_tables, capsys):
    folder = write_tables(tmp_path, tables)
    assert main(["check", str(folder)]) == 0
    fine, *warnings = capsys.readouterr().out.splitlines()
    assert fine == f"{folder}: {FINE.strip().replace('1 terms, ', '')}"
    there = "figures show another language there"
    assert warnings == [
        "warning: parties.csv: label_en is empty for civilians, government, russia, opposition; "
        + there,
        f"warning: parties.csv: label_ar is empty for government, russia, opposition; {there}",
        f"warning: terms.csv: no label_ar for SOHR; {there}",
        "warning: no label_fr in any table; French figures show another language",
    ]


def test_check_prints_one_problem_a_line(spoilt, capsys):
    assert main(["check", str(spoilt)]) == 1
    assert capsys.readouterr() == (SPOILT, "")


def test_check_names_tables_with_headers_alone(tmp_path, tables, write_tables, capsys):
    folder = write_tables(tmp_path, {table: [] for table in tables})
    said = "has no rows under its header; write one for each"
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"reports.csv:1: {said} report",
        f"events.csv:1: {said} statement",
    ]


def test_check_names_a_missing_folder(tmp_path, capsys):
    assert main(["check", str(tmp_path / "elsewhere")]) == 1
    assert capsys.readouterr().out == "elsewhere: the folder does not exist\n"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("[headline]", "choices.toml headline: no such section; write one of by_party, reported"),
        ("by_party = 3", "choices.toml by_party: is no section; write [by_party] on a line"),
        ("[ledger]\ntallys = 1", "choices.toml ledger: no option 'tallys'; write harm"),
        (
            '[by_party]\nparties = [["x"]]',
            "choices.toml by_party: parties is a list with at least ",
        ),
        ('[by_party]\ntallies = ["al"]', "choices.toml by_party: tallies: 'al' is no tally_id of "),
        ('[by_party]\ntallies = "all"', "choices.toml by_party: tallies is a list with at least "),
        ('[over_time]\nharm = "lost"', "choices.toml over_time: harm: 'lost' is no harm of "),
        ('[by_period]\nunit = "hour"', "choices.toml by_period: unit is 'hour'; write day or week"),
        ('[sources]\ndays = ["x", "y"]', "choices.toml sources: days are a first and a last day: "),
        ('[sources]\nother = "../x"', "choices.toml sources: other: there is no folder '../x'"),
        ("[", "choices.toml: is no TOML: "),
    ],
)
def test_check_names_what_is_wrong_with_choices(folder, chosen, said, capsys):
    path = folder / "choices.toml"
    path.write_text(chosen, encoding="utf-8")
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().out.startswith(said)
    path.write_text('[by_party]\ntallies = ["all"]\n', encoding="utf-8")
    assert main(["check", str(folder)]) == 0


def test_check_prints_statements_that_clash(clashing, capsys):
    assert main(["check", str(clashing)]) == 1
    assert capsys.readouterr().out.startswith(CLASH)


def test_check_looks_at_the_wide_reading_too(tmp_path, tables, write_tables, capsys):
    tables["events"][1] |= {"low": "46", "reading": "wide"}
    assert main(["check", str(write_tables(tmp_path, tables))]) == 1
    assert capsys.readouterr().out.startswith(CLASH)


@pytest.fixture
def undecided(tmp_path, tables, write_tables, monkeypatch) -> Path:
    """A folder of children and all others, on days apart, for which a program gives up."""
    statements = [
        ("all", "1", "5", "0", "8"),
        ("children", "1", "5", "5", "5"),
        *[("children", day, day, "0", "0") for day in "24"],
        *[("all", day, day, "2", "") for day in "24"],
    ]
    tables["events"] = [
        {
            "event_id": f"e{number}",
            "report_id": "daraa",
            "date_start": f"2018-07-1{first}",
            "date_end": f"2018-07-1{last}",
            "tally_id": tally,
            "count_kind": "toll",
            "low": low,
            "high": high,
        }
        for number, (tally, first, last, low, high) in enumerate(statements)
    ]
    ended = SimpleNamespace(status=1, message="time limit reached", x=None)
    monkeypatch.setattr("scipy.optimize.milp", lambda *_, **__: ended)
    return write_tables(tmp_path, tables)


UNDECIDED = (
    "whether all of this can hold could not be decided (HiGHS: time limit reached); "
    "this says nothing of the statements\n"
)


def test_check_prints_what_cannot_be_decided(undecided, capsys):
    assert main(["check", str(undecided)]) == 1
    assert capsys.readouterr() == (UNDECIDED, "")
    watch(undecided, rounds=1, wait=lambda seconds: None)
    assert capsys.readouterr().out.startswith(UNDECIDED)


def test_other_commands_print_what_cannot_be_decided(undecided, monkeypatch, capsys):
    monkeypatch.setenv("CASUALTY_DATA", str(undecided))
    assert main(["summary"]) == 1
    assert capsys.readouterr() == (UNDECIDED, "")


def test_check_imports_nothing_that_it_does_not_need(folder):
    costly = ["scipy", "babel", "openpyxl", "jinja2", "matplotlib", "unicode_rbnf"]
    asked = "import sys; from analysis.__main__ import main; main(['check', sys.argv[1]])"
    asked += f"; print([name for name in {costly} if name in sys.modules])"
    command = [sys.executable, "-c", asked, str(folder)]
    done = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONPATH": str(SOURCE)}
    )
    assert done.stdout.decode().splitlines() == [f"{folder}: {FINE.strip()}", "[]"]


def test_a_clash_names_its_statements_with_windows_and_counts(clashing):
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(load(clashing))
    assert caught.value.event_ids == ["total", "monday"]
    assert str(caught.value).startswith(CLASH)


def test_a_clash_of_a_part_with_its_whole(tmp_path, tables, write_tables):
    tables["events"][1] |= {"tally_id": "children", "count_kind": "toll", "low": "46"}
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(load(write_tables(tmp_path, tables)))
    assert caught.value.event_ids == ["total", "monday"]
    assert "monday in daraa: children at least 46 2018-07-23 (toll)" in str(caught.value)


def test_an_exact_count_is_named_without_a_range(tmp_path, tables, write_tables):
    tables["events"][0]["high"] = "41"
    tables["events"][1]["low"] = "46"
    with pytest.raises(ContradictionError, match="total in daraa: all 41 2018-07-18"):
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


@pytest.mark.slow
def test_the_real_command_with_problems(spoilt):
    done = run("check", spoilt)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().splitlines() == SPOILT.splitlines()


@pytest.mark.slow
def test_problems_are_printed_where_the_terminal_knows_no_arabic(tmp_path, tables, write_tables):
    tables["events"][0]["low"] = "أربعون"
    done = run("check", write_tables(tmp_path, tables), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"events.csv:2 low: ")
    assert done.stdout.rstrip().endswith(b"is not a whole number; write digits")
