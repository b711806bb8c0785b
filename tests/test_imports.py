"""Tables of others as a new user has them: any file, ACLED, versions of GED, lists of persons."""

import csv
import json
from itertools import product

import openpyxl
import pandas as pd
import pytest

import analysis
from analysis.__main__ import main
from analysis.commands.check import check
from analysis.exchange import ReadOptions, export_acled, export_ged, export_hxl, import_table
from analysis.exchange.acled import COLUMNS as ACLED
from analysis.exchange.ged import COLUMNS as GED
from conftest import slow
from countbounds import Undecided

HEADER = ["claim_id", "publisher", "published", "victim_party", "count", "window_start"]
HEADER += ["window_end"]
ROWS = [
    ["a", "المرصد السوري", "2024-01-03T09:30", "مدنيون", "at least 12", "2024-01-02", "2024-01-02"],
    ["b", "المرصد السوري", "2024-01-04T18:00", "مدنيون", "٤٣", "2024-01-03", "2024-01-03"],
]


def as_text(rows, separator=","):
    return "".join(separator.join(row) + "\n" for row in rows)


def write_workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def made_of(path, tmp_path, **asked):
    """What an import gives; what it wrote passes check."""
    made = import_table(path, tmp_path / "made", ReadOptions(**asked))
    assert check(tmp_path / "made")[0] == []
    return made


def refused(path, tmp_path, **asked):
    with pytest.raises(analysis.DatasetError) as error:
        import_table(path, tmp_path / "made", ReadOptions(**asked))
    assert not (tmp_path / "made").exists()
    return [str(each) for each in error.value.problems]


def ends(made):
    rows = made.dataset.events[["low", "high"]].astype(object)
    return [*rows.where(rows.notna(), None).itertuples(index=False, name=None)]


# Files


SEPARATORS = [",", ";", "\t", "|"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"]


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [
        both if both[0] == "," or both[1] == "utf-8" else slow(*both)
        for both in product(SEPARATORS, ENCODINGS)
    ],
)
def test_any_separator_and_encoding(tmp_path, separator, encoding):
    path = tmp_path / "claims.csv"
    text = as_text([HEADER, *ROWS], separator)
    text = text.replace("٤٣", "43") if encoding == "cp1256" else text  # it has no such digits
    path.write_bytes(text.encode(encoding))
    made = made_of(path, tmp_path)
    assert ends(made) == [(12, None), (43, 43)]
    assert made.dataset.parties["label_en"].tolist() == ["مدنيون"]
    guessed = [each for each in made.notes if "a guess" in each]
    assert bool(guessed) == (encoding == "cp1256")
    assert not guessed or "read as cp1256, a guess; line 2 is 'a" in guessed[0]


def test_an_encoding_that_is_guessed_wrong_can_be_named(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_bytes(
        as_text([HEADER, ["a", "Été", *ROWS[0][2:3], "x", *ROWS[0][4:]]]).encode("cp1252")
    )
    made = made_of(path, tmp_path, encoding="cp1252")
    assert made.dataset.reports["source_office"].tolist() == ["Été"]
    assert refused(path, tmp_path / "other", encoding="cp99999")[0].startswith(
        "claims.csv: cannot be read"
    )


def test_json_and_workbooks(tmp_path):
    records = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    (tmp_path / "claims.json").write_text(json.dumps({"status": 200, "data": records}), "utf-8")
    write_workbook(tmp_path / "claims.xlsx", [HEADER, *ROWS])
    for name in ("claims.json", "claims.xlsx"):
        assert ends(made_of(tmp_path / name, tmp_path / name[-4:])) == [(12, None), (43, 43)]


def test_messages_are_those_of_folders(tmp_path):
    bad = [ROWS[0][0], ROWS[0][1], "03/07/2018", ROWS[0][3], "about 40%", "2024-02-30", ""]
    said = [
        "published: '03/07/2018' can be 2018-03-07 or 2018-07-03; write YYYY-MM-DD",
        "count: '40%' is no count; write it as 41, 30 to 40, at least 43, more than 60 or up to "
        "12, or put the words into note and empty count, count_kind and tally_id",
        "window_start: '2024-02-30' is no day of the calendar; correct day or month",
    ]
    (tmp_path / "c.csv").write_text(as_text([HEADER, bad]), "utf-8")
    assert sorted(refused(tmp_path / "c.csv", tmp_path)) == sorted(
        f"c.csv:2 {each}" for each in said
    )
    write_workbook(tmp_path / "c.xlsx", [HEADER, bad])
    assert sorted(refused(tmp_path / "c.xlsx", tmp_path)) == sorted(
        f"Sheet, row 2, {each}" for each in said
    )
    alone = dict.fromkeys(HEADER, "") | {"count": [1]}  # nothing but a cell that cannot be read
    (tmp_path / "one.json").write_text(json.dumps([alone]), "utf-8")
    assert "records, row 1, count: " in "".join(refused(tmp_path / "one.json", tmp_path))
    (tmp_path / "c.json").write_text(json.dumps([dict(zip(HEADER, bad, strict=True))]), "utf-8")
    assert sorted(refused(tmp_path / "c.json", tmp_path)) == sorted(
        f"records, row 1, {each}" for each in said
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("c.json", b'[{"a": 1},', "c.json:1: is no JSON from column 11 of this line on"),
        ("c.json", b'{"a": 1}', "c.json: holds no single list of records"),
        ("c.csv", b"a\0b,c\n", "c.csv:1: holds a NUL byte, the file is damaged"),
        ("c.csv", "é,é,é\né\n".encode() + b"\xff\n", "c.csv:3: is UTF-8 but for damage here"),
        ("c.csv", b'a,"b\n', 'c.csv:1: a quote (") is opened and never closed'),
        ("c.xlsx", b"PK", "c.xlsx: cannot be read, the file is damaged or no workbook"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name, tmp_path)[0].startswith(said)


# Columns and counts


def test_hours_tell_which_page_is_the_later(tmp_path):
    rows = [[*row] for row in ROWS]
    rows[1][2], rows[1][5], rows[1][6] = "2024-01-03T21:00", *ROWS[0][5:]
    cumulative = [*HEADER, "cumulative"], *([*row, "true"] for row in rows)
    (tmp_path / "c.csv").write_text(as_text(cumulative), "utf-8")
    made = made_of(tmp_path / "c.csv", tmp_path)
    assert made.dataset.reports["source_date"].astype(str).tolist() == [
        "2024-01-03 09:30:00", "2024-01-03 21:00:00",
    ]  # fmt: skip
    assert analysis.totals(made.dataset)["low"].tolist() == [43]


def test_a_missing_column_is_named_with_what_would_do(tmp_path):
    theirs = [*HEADER[:4], "deaths", *HEADER[5:]]
    path = tmp_path / "c.csv"
    path.write_text(as_text([theirs, *ROWS]), "utf-8")
    assert refused(path, tmp_path) == [
        "c.csv:1 count: the column is missing; deaths would do: --column count=deaths; if all rows "
        "have one, --value count=TEXT"
    ]
    assert ends(made_of(path, tmp_path, columns={"count": "deaths"})) == [(12, None), (43, 43)]
    assert main(["import-claims", str(path), str(tmp_path / "b"), "--column", "count=deaths"]) == 0
    wrong = refused(path, tmp_path / "c", columns={"count": "dead"})
    assert wrong[0].startswith("c.csv:1 dead: there is no such column; there are: claim_id,")


def test_about_in_a_count_is_a_question_and_told_in_persons(tmp_path, capsys):
    about = ["c", *ROWS[0][1:4], "about 40", *ROWS[0][5:]]
    (tmp_path / "c.csv").write_text(as_text([HEADER, *ROWS, about]), "utf-8")
    assert main(["import-claims", str(tmp_path / "c.csv"), str(tmp_path / "made")]) == 1
    said = capsys.readouterr().out
    assert "c: about 40 binds nothing. Meanwhile it has no row." in said
    assert "3 claims as 2 rows; 1 rows left out, 40 persons in them" in said


def test_parties_that_would_share_a_name_do_not(tmp_path):
    rows = [[*row] for row in ROWS]
    rows[0][3], rows[1][3] = "town_guard", "town guard"
    (tmp_path / "c.csv").write_text(as_text([HEADER, *rows]), "utf-8")
    parties = made_of(tmp_path / "c.csv", tmp_path).dataset.parties
    assert parties["label_en"].tolist() == ["Town guard (town_guard)", "Town guard (town-guard)"]


# ACLED

BATTLE = dict.fromkeys(ACLED, "") | {
    "event_id_cnty": "SYR1", "event_date": "2024-01-10", "year": "2024", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Unidentified Gang (Syria)", "inter1": "Political militia",
    "actor2": "Unidentified Gang (Syria)", "inter2": "Political militia", "country": "Syria",
    "admin1": "Daraa", "location": "Tasil", "source": "SOHR", "notes": "Somebody's sentence.",
    "fatalities": "4", "timestamp": "1705500000",
}  # fmt: skip


def write_events(path, *events, columns=None, tags=False):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or [*events[0]])
        writer.writeheader()
        if tags:
            writer.writerow({name: f"#meta+{name}" for name in columns or events[0]})
        writer.writerows(events)
    return path


def test_an_export_of_acled(tmp_path):
    week = BATTLE | {
        "event_id_cnty": "SYR2",
        "time_precision": "2",
        "event_date": "10 January 2024",
    }
    month = BATTLE | {"event_id_cnty": "SYR3", "time_precision": "3", "fatalities": "0"}
    bad = BATTLE | {"event_id_cnty": "SYR4", "event_date": "soon", "fatalities": "7"}
    made = made_of(write_events(tmp_path / "a.csv", BATTLE, week, month, bad), tmp_path)
    assert made.notes == ["read as an export of ACLED"]
    assert (made.rows, made.what) == (3, "events of ACLED as 2 counts")
    assert made.left_out == "1 rows left out, 7 persons in them"
    assert ends(made) == [(4, 4), (4, 4), (None, None)]
    rows = made.dataset.events
    assert rows["date_start"].astype(str).tolist() == ["2024-01-10", "2024-01-04", "2024-01-01"]
    assert rows["date_end"].astype(str).tolist() == ["2024-01-10", "2024-01-16", "2024-01-17"]
    assert made.dataset.tallies[["source_original", "harm", "cause"]].to_numpy().tolist() == [
        ["ACLED", "killed", "Battles"]
    ]
    text = (tmp_path / "made" / "events.csv").read_text("utf-8")
    assert "Somebody" not in text


def test_two_actors_of_one_name_are_two_parties(tmp_path):
    other = BATTLE | {"event_id_cnty": "SYR2", "inter1": "Rebel group", "actor2": ""}
    made = made_of(write_events(tmp_path / "a.csv", BATTLE, other), tmp_path)
    sides = made.dataset.events[["side_a", "side_b"]].iloc[0].tolist()
    assert len({*sides, made.dataset.events["side_a"][1]}) == 3
    labels = made.dataset.parties["label_en"]
    assert labels.is_unique and labels.str.startswith("Unidentified Gang (Syria) (").sum() == 3


# GED

EVENT = dict.fromkeys(GED, "") | {
    "id": "101", "year": "2018", "active_year": "1", "type_of_violence": "2", "side_a": "Front",
    "side_a_new_id": "11", "side_b": "Front", "side_b_new_id": "12", "dyad_new_id": "8",
    "dyad_name": "Front - Front", "date_prec": "1", "date_start": "2018-07-20 00:00:00.000",
    "date_end": "2018-07-20 00:00:00.000", "deaths_a": "3", "deaths_b": "4",
    "deaths_civilians": "0", "deaths_unknown": "0", "best": "7", "low": "7", "high": "7",
}  # fmt: skip


@pytest.mark.parametrize("name", ["GEDEvent_v22_1", "GEDEvent_v23_1", "GEDEvent_v24_1", "ged251"])
def test_versions_of_ged_that_were_tried(tmp_path, name):
    made = made_of(write_events(tmp_path / f"{name}.csv", EVENT), tmp_path)
    assert made.notes == ["read as UCDP GED"]
    assert ends(made) == [(3, 3), (4, 4)]


def test_a_version_of_ged_that_was_not_tried_is_named(tmp_path):
    path = write_events(tmp_path / "GEDEvent_v26_1.csv", EVENT | {"deaths_robots": "0"})
    assert made_of(path, tmp_path).notes[1:] == [
        "version 26.1 was not tried (17 to 25 were): its numbers may mean something else",
        "columns in no version that was tried (17 to 25): deaths_robots",
    ]


def test_the_tag_row_of_hdx(tmp_path):
    made = made_of(write_events(tmp_path / "ged251.csv", EVENT, tags=True), tmp_path)
    assert made.problems == [] and made.rows == 1
    assert "row 2, of HXL tags, is no record" in made.notes


@pytest.mark.parametrize("numbers", [("11", "12"), ("", "")])
def test_two_sides_of_ged_of_one_name_are_two_parties(tmp_path, numbers):
    ids = dict(zip(("side_a_new_id", "side_b_new_id"), numbers, strict=True))
    made = made_of(write_events(tmp_path / "ged251.csv", EVENT | ids), tmp_path)
    assert made.dataset.parties["label_en"].is_unique and len(made.dataset.parties) == 2
    assert made.dataset.tallies["label_en"].is_unique and len(made.dataset.tallies) == 2


# Persons

PERSONS = [
    ["id", "name", "age", "sex", "date", "place"],
    ["1", "A One", "30", "M", "2024-01-02", "Tasil"],
    ["2", "B Two", "9", "F", "2024-01-02", "Tasil"],
    ["3", "C Three", "44", "M", "2024-01-03", "Nawa"],
    ["4", "A One", "30", "M", "2024-01-02", "Tasil"],
    ["5", "", "", "M", "2024-01-03", "Nawa"],
    ["6", "", "", "M", "2024-01-03", "Nawa"],
]
LIST = {"publisher": "Office", "published": "2024-02-01", "victim_party": "civilians"}


def test_a_list_of_persons(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(as_text(PERSONS), "utf-8")
    said = refused(path, tmp_path)
    assert [each.split(":")[1] for each in said] == ["1 publisher", "1 published", "1 victim_party"]
    assert "--value publisher=TEXT" in said[0]
    made = made_of(path, tmp_path, given=LIST)
    assert ends(made) == [(2, 2), (3, 3)]
    assert made.questions[0].startswith("1. row 5: is it the person of row 2?")
    written = "".join(file.read_text("utf-8") for file in (tmp_path / "made").iterdir())
    assert "A One" not in written and "C Three" not in written


# Formulas and great numbers


def test_what_a_spreadsheet_would_run_is_said_of_an_import(tmp_path):
    row = ["a", "=HYPERLINK(1)", *ROWS[0][2:]]
    with (tmp_path / "c.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, row])
    notes = made_of(tmp_path / "c.csv", tmp_path).notes
    assert "publisher: '=HYPERLINK(1)' would be run by a spreadsheet as a formula" in notes


@pytest.mark.parametrize("export", [export_ged, export_hxl, export_acled])
def test_an_export_holds_no_formula(tmp_path, tables, write_tables, export):
    tables["tallies"][0]["source_original"] = '=HYPERLINK("http://x")'
    tables["events"][1] |= {"high": tables["events"][1]["low"]}
    tables["events"] = [tables["events"][1] | {"where_description": "=1+1"}]
    lost = export(analysis.load(write_tables(tmp_path, tables)), tmp_path / "out.csv")
    cells = pd.read_csv(tmp_path / "out.csv", dtype=str).to_numpy().ravel()
    begins = {str(cell)[:2] for cell in cells}
    assert "'=" in begins and not any(each.startswith("=") for each in begins)
    assert any("with ' before it, else a spreadsheet runs it" in loss.what for loss in lost)


def test_sums_that_would_be_rounded_are_refused(tmp_path, tables, write_tables):
    monday = tables["events"][1] | {"low": "999999999999999", "high": ""}
    days = [monday | {"event_id": f"e{at}"} for at in range(12)]
    dataset = analysis.load(write_tables(tmp_path, tables | {"events": days}))
    with pytest.raises(Undecided, match=r"numbers above 2\^53 together"):
        analysis.totals(dataset)
