"""From a text to confirmed rows of a checked dataset."""

import csv
import io

import pytest

import analysis
from analysis.commands.main import main
from analysis.draft.tables import COLUMNS, FILE

TEXT = """Blast in Korsa kills nine

An explosion in the town of Korsa on Monday killed at least nine people, including two children, \
and injured about 30, the Korsa hospital said. It hit one of the 900 buses of the town at 10:30.

Since Sunday 21 civilians have been killed, according to the Korsa Monitor.
"""
LATER = """The Korsa Monitor said on Friday that 21 civilians had been killed since Sunday in the
town. By Thursday 26 were dead.
"""


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "korsa.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def dataset(tmp_path, text, capsys):
    """A folder with the text drafted."""
    assert run("draft", text, tmp_path / "data", "--date", "2031-06-19") == 0
    capsys.readouterr()
    return tmp_path / "data"


def run(*arguments) -> int:
    return main([*map(str, arguments)])


def rows(folder, name=FILE) -> list[dict]:
    text = (folder / name).read_text(encoding="utf-8-sig")
    return [*csv.DictReader(io.StringIO(text))]


def answer(folder, report="korsa", **cells) -> None:
    """Change cells of the draft's rows of a report, by what stands behind its name."""
    found = rows(folder)
    for row in found:
        row |= cells.get(row["event_id"].removeprefix(f"{report}_"), {})
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(found)
    (folder / FILE).write_text(file.getvalue(), encoding="utf-8")


def confirmed(kind, **cells) -> dict:
    return {"confirm": "yes", "count_kind": kind, **cells}


def test_nothing_unconfirmed_is_counted(dataset):
    assert rows(dataset, "events.csv") == []
    assert [row["report_id"] for row in rows(dataset, "reports.csv")] == ["korsa"]
    assert all(not row["confirm"] and not row["count_kind"] for row in rows(dataset))
    assert run("draft", "--take", dataset) == 0
    assert rows(dataset, "events.csv") == []


def test_questions_stand_in_order(tmp_path, text, capsys):
    assert run("draft", text, tmp_path / "data", "--date", "2031-06-19") == 0
    said = capsys.readouterr().out
    assert "korsa: 5 numbers of people harmed, 3 others not coded" in said
    assert "Are these the people of korsa_02 again?" in said
    assert "'about 30' bounds nothing" in said
    assert "Is it part of korsa_02?" in said
    assert "not coded: counts buses: hit one of the [900] buses of the town" in said
    assert [row["event_id"] for row in rows(tmp_path / "data")][:2] == ["korsa_01", "korsa_02"]


def test_confirmed_rows_become_a_checked_dataset(dataset, text, capsys):
    whole, part = confirmed("toll"), confirmed("incident")
    answer(dataset, **{"01": {"confirm": "yes"}, "02": whole, "03": part, "05": whole})
    assert run("draft", "--take", dataset) == 0
    said = capsys.readouterr().out
    assert "4 statements taken into the tables, 1 not confirmed" in said
    assert "left out: korsa_04" in said and "[about 30]" in said
    found = analysis.load(dataset)
    assert found.events.set_index("event_id")["same_as"]["korsa_01"] == "korsa_02"
    totals = analysis.totals(found).set_index("party_id")["low"]
    assert (totals["people"], totals["civilians"]) == (9, 21)
    tallies = found.tallies.set_index("tally_id")
    children = tallies[tallies["victim_group"] == "children"].iloc[0]
    assert children["subset_of"] == "korsa_hospital_people_killed"
    assert run("check", dataset) == 0
    assert run("trace", dataset, "--text", text) == 0
    assert [row["count"] for row in rows(dataset) if "not coded" not in row["note"]] == ["about 30"]


def test_days_that_a_text_does_not_state_are_asked_about(tmp_path, capsys):
    text = tmp_path / "month.txt"
    said = "The Korsa Monitor said that 21 civilians were killed in the town since mid-May.\n"
    text.write_text(said, encoding="utf-8")
    assert run("draft", text, tmp_path / "data", "--date", "2031-06-19") == 0
    assert "Is it of 2031-05-01 to 2031-06-19?" in capsys.readouterr().out
    assert rows(tmp_path / "data")[0]["date_basis"] == "inferred"


def test_a_number_not_coded_can_be_coded(dataset):
    at = next(row for row in rows(dataset) if row["count"] == "900")
    cells = {"harm": "displaced", "party_id": "people", "date_end": "2031-06-19", "note": ""}
    answer(dataset, **{at["event_id"].removeprefix("korsa_"): confirmed("stock", **cells)})
    assert run("draft", "--take", dataset) == 0
    assert rows(dataset, "events.csv")[0]["count"] == "900"


def test_a_second_text_is_laid_on_the_first(dataset, tmp_path):
    answer(dataset, **{"05": confirmed("toll")})
    assert run("draft", "--take", dataset) == 0
    later = tmp_path / "later.txt"
    later.write_text(LATER, encoding="utf-8")
    assert run("draft", later, dataset, "--date", "2031-06-20T14:00") == 0
    again, more = (row for row in rows(dataset) if row["report_id"] == "later" and row["harm"])
    assert (again["count"], again["same_as"]) == ("21", "korsa_05")
    assert (more["count"], more["same_as"]) == ("26", "")
    civilians = {"party_id": "civilians", "victim_group": "", "source_original": "Korsa monitor"}
    found = {"01": {"confirm": "yes"}, "02": confirmed("toll", **civilians)}
    answer(dataset, "later", **found)
    assert run("draft", "--take", dataset) == 0
    assert {row["tally_id"] for row in rows(dataset, "events.csv")} == {
        "korsa_monitor_civilians_killed"
    }
    analysis.load(dataset)


def test_cause_and_actor_enter_the_tables(tmp_path, capsys):
    """Two tallies, the one by the army inside that of all where a person says so."""
    text = tmp_path / "raid.txt"
    text.write_text(
        "The Korsa Monitor said 30 people were killed in the town on Monday. Of the dead, "
        "the monitor said, 12 civilians were killed by the army in air strikes on Monday.\n",
        encoding="utf-8",
    )
    assert run("draft", text, tmp_path / "data", "--date", "2031-06-19") == 0
    said = capsys.readouterr().out
    assert "12 civilians killed, bombardment, army" in said
    assert "Was it bombardment by army? Else empty cause or attributed_to." in said
    answer(tmp_path / "data", "raid", **{"01": confirmed("toll"), "02": confirmed("toll")})
    assert run("draft", "--take", tmp_path / "data") == 0
    found = analysis.load(tmp_path / "data")
    tally = found.tallies.set_index("party_id").loc["civilians"]
    assert (tally["cause"], tally["attributed_to"]) == ("bombardment", "army")
    assert "army" in {*found.parties["party_id"]}
    assert (
        found.tallies.set_index("party_id").loc["people", ["cause", "attributed_to"]].isna().all()
    )
    assert run("check", tmp_path / "data") == 0


def test_a_part_is_of_the_source_and_days_of_its_whole(tmp_path):
    text = tmp_path / "month.txt"
    text.write_text(
        "Since Sunday 112 people have been killed in the town, the Korsa Monitor said. Of these, "
        "88 were killed by government forces.\n",
        encoding="utf-8",
    )
    assert run("draft", text, tmp_path / "data", "--date", "2031-06-19") == 0
    whole, part = rows(tmp_path / "data")
    assert (part["inside"], part["attributed_to"]) == (whole["event_id"], "government_forces")
    for name in ("source_original", "date_start", "date_end"):
        assert part[name] == whole[name] != ""
    answer(tmp_path / "data", "month", **{"01": confirmed("toll"), "02": confirmed("toll")})
    assert run("draft", "--take", tmp_path / "data") == 0
    assert analysis.totals(analysis.load(tmp_path / "data"))["low"].tolist() == [112]


def test_a_part_of_the_same_people_and_days_needs_a_word_of_its_own(tmp_path, capsys):
    text = tmp_path / "hurt.txt"
    text.write_text(
        "More than 40 people were wounded on Monday, eight of them critically, the Korsa hospital "
        "said in the town.\n",
        encoding="utf-8",
    )
    assert run("draft", text, tmp_path / "data", "--date", "2031-06-19") == 0
    answer(tmp_path / "data", "hurt", **{"01": confirmed("toll"), "02": confirmed("toll")})
    assert run("draft", "--take", tmp_path / "data") == 1
    assert "draft.csv:3 inside: hurt_01 is a total of the same people" in capsys.readouterr().out
    answer(tmp_path / "data", "hurt", **{"02": {"victim_group": "in critical condition"}})
    assert run("draft", "--take", tmp_path / "data") == 0
    found = analysis.load(tmp_path / "data")
    assert found.tallies["subset_of"].dropna().tolist() == ["korsa_hospital_people_injured"]
    assert analysis.totals(found)["low"].tolist() == [41]
    assert run("check", tmp_path / "data") == 0


@pytest.mark.parametrize("kind, days", [("incident", "2031-06-16"), ("toll", "2031-06-17")])
def test_some_of_the_people_of_a_total_are_of_its_tally(dataset, kind, days):
    """Of one day or in one place: no second tally of the same people, in which others would lie."""
    whole = confirmed("toll", date_start="2031-06-16", date_end="2031-06-18")
    part = confirmed(kind, victim_group="", date_start=days, date_end=days, inside="korsa_02")
    answer(dataset, **{"02": whole, "03": part})
    assert run("draft", "--take", dataset) == 0
    assert [row["tally_id"] for row in rows(dataset, "tallies.csv")] == [
        "korsa_hospital_people_killed"
    ]
    assert analysis.totals(analysis.load(dataset))["low"].tolist() == [9]


@pytest.mark.parametrize("cell", [{"attributed_to": "army"}, {"source_original": "Korsa Monitor"}])
def test_no_answer_is_dropped_where_the_people_are_those_of_another_row(dataset, capsys, cell):
    again = {"confirm": "yes", "same_as": "korsa_02", **cell}
    answer(dataset, **{"01": again, "02": confirmed("toll")})
    assert run("draft", "--take", dataset) == 1
    ((column, said),) = cell.items()
    problem = f"draft.csv:2 {column}: {said!r}, but korsa_02, whose people these are, has"
    assert problem in capsys.readouterr().out
    assert rows(dataset, "events.csv") == []
    answer(dataset, **{"02": cell})
    assert run("draft", "--take", dataset) == 0
    assert rows(dataset, "tallies.csv")[0][column] == said


def test_whoever_is_responsible_is_named_by_identifiers(dataset, capsys):
    answer(dataset, **{"02": confirmed("toll", attributed_to="army; rebel forces")})
    assert run("draft", "--take", dataset) == 1
    assert "draft.csv:3 attributed_to: 'rebel forces'" in capsys.readouterr().out


def test_what_another_sentence_says_of_the_same_people_is_proposed_once(tmp_path):
    text = tmp_path / "raid.txt"
    text.write_text(
        "30 people killed in Korsa\n\nThe Korsa Monitor said that 30 people were killed. The 30 "
        "people were killed by the army, it said.\n",
        encoding="utf-8",
    )
    assert run("draft", text, tmp_path / "data", "--date", "2031-06-19") == 0
    found = {row["event_id"]: row for row in rows(tmp_path / "data")}
    again = [row for row in found.values() if row["same_as"] and row["attributed_to"]]
    assert again
    assert all(found[row["same_as"]]["attributed_to"] == "army" for row in again)


def test_unfinished_rows_are_named_and_nothing_is_taken(dataset, capsys):
    answer(dataset, **{"02": {"confirm": "yes"}, "03": confirmed("some"), "04": confirmed("toll")})
    assert run("draft", "--take", dataset) == 1
    said = capsys.readouterr().out
    assert "draft.csv:3 count_kind: is empty; a confirmed row needs it" in said
    assert "draft.csv:4 count_kind: 'some'" in said
    assert "draft.csv:5 count: 'about 30' is no count" in said
    assert rows(dataset, "events.csv") == []


def test_a_part_needs_its_whole(dataset, capsys):
    answer(dataset, **{"03": confirmed("incident")})
    assert run("draft", "--take", dataset) == 1
    assert "draft.csv:4 inside: 'korsa_02' is not confirmed" in capsys.readouterr().out


def test_rows_that_name_each_other_are_refused(dataset, capsys):
    first, second = confirmed("toll", inside="korsa_05"), confirmed("toll", inside="korsa_02")
    answer(dataset, **{"02": first, "05": second})
    assert run("draft", "--take", dataset) == 1
    assert "inside or same_as go in a circle" in capsys.readouterr().out


def test_a_table_with_low_and_high_goes_on_with_them(dataset, tmp_path):
    header = "event_id,report_id,tally_id,count_kind,low,high,date_start,date_end"
    (dataset / "events.csv").write_text(header + "\n", encoding="utf-8")
    answer(dataset, **{"02": confirmed("toll")})
    assert run("draft", "--take", dataset) == 0
    (row,) = rows(dataset, "events.csv")
    assert (row["low"], row["high"], "count" in row) == ("9", "", False)
    analysis.load(dataset)
    later = tmp_path / "later.txt"
    later.write_text(
        "At least nine people of the town were killed in the blast.\n", encoding="utf-8"
    )
    assert run("draft", later, dataset, "--date", "2031-06-20") == 0
    assert [row["same_as"] for row in rows(dataset) if row["report_id"] == "later"] == ["korsa_02"]


def test_a_text_is_known_where_the_table_had_no_column_for_it(tmp_path, text, capsys):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "reports.csv").write_text("report_id,source_date\nold,2031-06-01\n", encoding="utf-8")
    assert run("draft", text, folder, "--date", "2031-06-19") == 0
    assert run("draft", text, folder, "--date", "2031-06-19", "--report", "other") == 1
    assert "this text is report korsa already" in capsys.readouterr().out


def test_another_text_of_a_report_is_refused(dataset, text, capsys):
    before = (dataset / FILE).read_bytes()
    text.write_text(TEXT.replace("nine", "ten"), encoding="utf-8")
    assert run("draft", text, dataset, "--date", "2031-06-19") == 1
    assert "report korsa stands in reports.csv with another text" in capsys.readouterr().out
    text.write_text(TEXT, encoding="utf-8")
    assert run("draft", text, dataset, "--date", "2031-06-19", "--report", "other") == 1
    assert "this text is report korsa already" in capsys.readouterr().out
    assert (dataset / FILE).read_bytes() == before


def test_standard_input(tmp_path, monkeypatch, capsys):
    stream = io.TextIOWrapper(io.BytesIO(TEXT.encode()))
    monkeypatch.setattr("sys.stdin", stream)
    assert run("draft", "-", tmp_path / "data", "--date", "2031-06-19") == 1
    assert "add --report NAME" in capsys.readouterr().out
    assert run("draft", "-", tmp_path / "data", "--date", "2031-06-19", "--report", "k") == 0
    assert rows(tmp_path / "data", "reports.csv")[0]["report_id"] == "k"


def test_positions_count_a_byte_order_mark_as_trace_does(tmp_path, text, capsys):
    text.write_bytes("\ufeff".encode() + TEXT.replace("\n", "\r\n").encode())
    assert run("draft", text, tmp_path / "data", "--date", "2031-06-19") == 0
    answer(tmp_path / "data", **{"02": confirmed("toll"), "05": confirmed("toll")})
    assert run("draft", "--take", tmp_path / "data") == 0
    assert run("trace", tmp_path / "data", "--text", text) == 0


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        ("été".encode("latin-1"), ["--date", "2031-06-19"], "not UTF-8"),
        (TEXT.encode(), [], "when was it published? add --date"),
        (TEXT.encode(), ["--date", "19 June"], "--date: '19 June'"),
        (b"", ["--date", "2031-06-19"], "not English, Arabic or French"),
    ],
)
def test_bad_input_is_named_in_a_line(tmp_path, text, capsys, content, arguments, said):
    text.write_bytes(content)
    assert run("draft", text, tmp_path / "data", *arguments) == 1
    out = capsys.readouterr().out
    assert said in out
    assert len(out.splitlines()) == 1
    assert not (tmp_path / "data").exists()


def test_a_folder_alone_and_a_draft_that_is_missing(tmp_path, capsys):
    assert run("draft", tmp_path, "--date", "2031-06-19") == 1
    assert "name texts and then a folder" in capsys.readouterr().out
    assert run("draft", "--take", tmp_path) == 1
    assert "draft a text first" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("started", "program"),
    [("bin/casualty-analysis", "casualty-analysis"), ("__main__.py", "python -m analysis")],
)
def test_the_next_step_names_the_program_as_it_was_started(
    started, program, tmp_path, text, capsys, monkeypatch
):
    monkeypatch.setattr("sys.argv", [started])
    folder = tmp_path / "data"
    assert run("draft", text, folder, "--date", "2031-06-19") == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{program} draft --take {folder}"
    assert run("draft", "--take", folder) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"Next: {program} check {folder}"
