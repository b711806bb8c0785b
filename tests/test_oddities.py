"""What may not be meant is asked, and many like problems are said once."""

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from analysis import DatasetError, load
from analysis.__main__ import main
from analysis.data import oddities
from analysis.data.oddities import find_oddities
from analysis.data.problems import Problem, problem_lines
from compact import make_dataset, toll


@pytest.fixture
def odd(tmp_path, tables, write_tables):
    """A function that gives what is odd about the small dataset with other cells in its rows."""

    def found(**changed: dict) -> list[str]:
        for table, cells in changed.items():
            for row, new in zip(tables[table], cells, strict=False):
                row |= new
        folder = write_tables(tmp_path, tables)
        return [*find_oddities(folder, load(folder))]

    return found


def test_a_plain_dataset_has_nothing_odd(odd):
    assert odd() == []


def test_a_file_without_a_last_line_end(tmp_path, tables, write_tables):
    folder = write_tables(tmp_path, tables)
    path = folder / "parties.csv"
    path.write_bytes(path.read_bytes().rstrip())
    said = "parties.csv: the last line has no end, as in a copy that was cut; is it whole?"
    assert [*find_oddities(folder, load(folder))] == [said]


@pytest.mark.parametrize(
    ("one", "other"),
    [("SOHR", "SОHR"), ("SOHR", "SO\u200bHR"), ("SOHR", "sohr"), ("مستشفى", "مستشفي")],
)
def test_names_that_look_alike(odd, tables, one, other):
    tables["tallies"] += [{"tally_id": "other", "party_id": "civilians", "harm": "killed"}]
    tables["tallies"][0]["source_original"], tables["tallies"][-1]["source_original"] = one, other
    (said,) = odd()
    assert said.startswith("tallies.csv: source_original ") and "look alike" in said
    assert repr(one) in said and ascii(other) in said


@pytest.mark.parametrize(
    ("table", "column"), [("reports", "source_office"), ("parties", "label_ar")]
)
def test_labels_and_offices_that_look_alike(odd, tables, table, column):
    tables[table][0][column], tables[table][1][column] = "الوكالة", "الوكا\u200fلة"
    (said,) = odd()
    assert said.startswith(f"{table}.csv: {column} ") and "look alike" in said


@pytest.mark.parametrize("sign", ["\u202e", "\u2066"])
@pytest.mark.parametrize("column", ["event_id", "note", "side_a"])
def test_signs_that_turn_a_text_are_refused(odd, column, sign):
    with pytest.raises(DatasetError) as error:
        odd(events=[{column: f"a{sign}b"}])
    said = f"holds a control character (U+{ord(sign):04X}); delete it, or write U+200E or U+200F"
    assert said in error.value.problems[0].message


def test_the_marks_of_arabic_text_are_read(odd):
    assert odd(events=[{"note": "\u200eA\u200f\u061c"}]) == []


def test_a_report_of_a_day_to_come_is_said_once(odd, monkeypatch):
    monkeypatch.setattr(oddities, "_now", lambda: datetime(2030, 5, 4, 9))
    assert odd(reports=[{}, {"source_date": "2030-05-04"}]) == []
    assert odd(reports=[{"source_date": "2030-05-05"}]) == [
        "reports.csv: daraa: source_date 2030-05-05 is still to come; is its year wrong?"
    ]


def test_another_word_for_a_harm(odd):
    (said,) = odd(tallies=[{"harm": "dead"}])
    assert said.startswith("tallies.csv: harm 'dead' is none of killed, injured, displaced")


def test_a_running_total_is_not_compared_with_daily_tolls():
    daily = [toll(low, 10, days=(day, day)) for low, day in ((21, 3), (9, 4), (7, 5), (12, 6))]
    running = toll(417, 80, days=(1, 78))
    assert [*find_oddities(Path(), make_dataset([*daily, running]))] == []
    (said,) = find_oddities(Path(), make_dataset([*daily, running, toll(213, 10, days=(7, 7))]))
    assert said.startswith("events.csv: e6: 213 is more than ten times all others of all for about")


def test_a_harm_of_ones_own_is_made_known_by_a_term(odd):
    (said,) = odd(tallies=[{"harm": "in hospital"}])
    assert said.endswith("add a row to terms.csv: this word in term, what it is called in label_en")


def test_a_text_that_a_spreadsheet_would_run(odd):
    (said,) = odd(events=[{"note": "=HYPERLINK(1)"}, {"note": "@x"}])
    assert said.startswith("events.csv: note '=HYPERLINK(1)' and 1 more begins with a sign")


def test_a_count_far_above_the_others_and_a_day_far_before_the_report(odd, tables):
    first = next(row for row in tables["events"] if row.get("low"))
    more = {"low": "2", "high": "2", "count_kind": "toll", "date_start": first["date_end"]}
    some = [first | more | {"event_id": name, "same_as": ""} for name in "ab"]
    tables["events"] += [*some, first | {"event_id": "far", "low": "9000", "high": "9001"}]
    tables["events"][-1] |= {"date_start": "2008-07-23", "date_end": "2008-07-23", "note": "so"}
    assert odd() == []  # a note answers both
    tables["events"][-1] |= {"note": ""}
    great, far = odd()
    assert great.startswith("events.csv: far: 9,001 is more than ten times all others of ")
    assert far == (
        "events.csv: far ends on 2008-07-23, more than 10 years before its report "
        "daraa (source_date 2018-07-24); is one of the years wrong? If not, say why in note."
    )
    farthest = tables["events"][-1] | {"event_id": "farthest", "date_start": "1818-07-23"}
    tables["events"].append(farthest | {"date_end": "1818-07-23", "low": "1", "high": "1"})
    *_, far = odd()
    assert far.startswith("events.csv: farthest ends on 1818-07-23, more than 200 years before")
    assert far.endswith("say why in note. 1 more of its rows end a year before it")


def test_what_a_workbook_hides_is_read_and_said(tmp_path, capsys):
    assert main(["new", str(tmp_path), "--excel"]) == 0
    path = tmp_path / "dataset.xlsx"
    book = openpyxl.load_workbook(path)
    book["events"].row_dimensions[3].hidden = True
    book["events"].column_dimensions["C"].hidden = True
    book["parties"]["A2"].font = Font(strike=True)
    book["terms"].sheet_state = "hidden"
    book.save(path)
    capsys.readouterr()
    assert main(["check", str(tmp_path)]) == 0
    warned = [line for line in capsys.readouterr().out.splitlines() if "read like" in line]
    assert warned == [
        "warning: parties: struck out A2: read like all others",
        "warning: terms: hidden sheet terms: read like all others",
        "warning: events: hidden rows 3: read like all others",
        "warning: events: hidden columns C: read like all others",
    ]


def test_a_workbook_that_unpacks_to_more_than_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", bytes(101 * 10**6))
    assert (tmp_path / "a.xlsx").stat().st_size < 200_000
    with pytest.raises(DatasetError, match="unpacks to 101 MB, and at most 100 are read"):
        load(tmp_path)


# Many like problems


def problem(line: int, message: str = "is empty") -> Problem:
    return Problem("events.csv", line, "low", message)


def test_few_problems_are_all_said():
    found = [problem(line) for line in range(2, 12)]
    assert problem_lines(found) == [str(each) for each in found]


def test_of_many_like_ones_the_first_ten():
    found = [problem(line, f"'{line}' is no number") for line in range(2, 60, 2)]
    assert problem_lines(found) == [*map(str, found[:10]), "… and 19 more like these"]
    assert problem_lines([*found, problem(3)])[-1] == str(problem(3))


def test_one_cause_in_every_row_is_one_line(tmp_path, tables, write_tables, capsys):
    row = tables["events"][0]
    tables["events"] = [row | {"event_id": f"e{n}", "low": "2.0"} for n in range(5000)]
    folder = write_tables(tmp_path, tables)
    with pytest.raises(DatasetError) as error:
        load(folder)
    assert len(error.value.problems) == 5000
    assert main(["check", str(folder)]) == main(["check", str(folder)]) == 1
    said, where, *again = capsys.readouterr().out.splitlines()
    assert again == [said, where], "one file, not one a run"
    assert said == (
        "events.csv:2 low: '2.0' is not a whole number; write digits; "
        "so in each of the 5,000 rows down to 5001"
    )
    start, path = where.split(": ")
    assert start == "all 5,000"
    with open(path, encoding="utf-8") as all_of_them:  # noqa: PTH123
        assert len(all_of_them.readlines()) == 5000
