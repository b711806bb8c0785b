"""Exchange with other formats: what comes in, what goes out, and what is said to be left out."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import DatasetError, load
from analysis.__main__ import main
from analysis.bounds.totals import totals
from analysis.exchange import (
    ReadOptions,
    export_acled,
    export_datapackage,
    export_ged,
    export_hxl,
    import_ged,
)
from analysis.exchange.acled import COLUMNS as ACLED
from analysis.exchange.exports import HASHTAGS
from analysis.exchange.ged import COLUMNS as GED
from conftest import slow

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "data" / "report"
REAL = ROOT.parent / "shared" / "ucdp" / "ged_south_syria_2018-07.csv"
EXPORTS = {"ged": export_ged, "hxl": export_hxl, "acled": export_acled}

EVENT = {
    "id": "101", "year": "2018", "type_of_violence": "1", "side_a": "Government of Aland",
    "side_a_new_id": "11", "side_b": "Front of Aland", "side_b_new_id": "12", "date_prec": "2",
    "date_start": "2018-07-20", "date_end": "2018-07-22", "deaths_a": "3", "deaths_b": "4",
    "deaths_civilians": "2", "deaths_unknown": "0", "low": "9", "best": "9", "high": "9",
    "where_coordinates": "Atown", "adm_1": "Aprovince", "source_date": "2018-07-25",
    "source_article": "A sentence of somebody else's.", "source_headline": "Their headline",
    "conflict_new_id": "7", "dyad_new_id": "8", "geom_wkt": "POINT (1 2)", "gwnob": "",
}  # fmt: skip
ONE_SIDED = EVENT | {
    "id": "102", "type_of_violence": "3", "side_a": "Front of Aland", "side_a_new_id": "12",
    "side_b": "Civilians", "side_b_new_id": "9999", "deaths_a": "0", "deaths_b": "0",
    "deaths_civilians": "5", "low": "3", "best": "5", "high": "8",
}  # fmt: skip

LONG = [name for name in GED if name in EVENT or name in ("relid", "code_status", "gwnoa")]
GENERATIONS = {
    "17 to 19": ([*EVENT], {}),
    "20 to 22": (LONG, {}),
    "23 to 25, with a midnight": (LONG, {"date_start": "2018-07-20 00:00:00.000"}),
    "before 17, other names": ([*EVENT], {"best": "best_est", "low": "low_est"}),
    "data set ids only": ([*EVENT], {"side_a_new_id": "side_a_dset_id"}),
}


@pytest.fixture
def ged_file(tmp_path):
    """A function that writes events to a GED file."""

    def write(*events, columns=None, name="ged.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns or [*EVENT], extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(events)
        return path

    return write


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def counts(dataset) -> dict[str, tuple]:
    rows = dataset.events.astype(object).where(dataset.events.notna(), None)
    return {row.event_id: (row.low, row.high) for row in rows.itertuples()}


def lost(losses) -> dict[str, tuple[str, ...]]:
    return {loss.what: loss.event_ids for loss in losses if loss.event_ids}


# Frictionless


def frictionless(folder: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def error_types(folder: Path) -> set[str]:
    report = json.loads(frictionless(folder).stdout)
    return {error["type"] for task in report["tasks"] for error in task["errors"]}


@pytest.fixture
def package(tmp_path) -> Path:
    """A copy of the report's dataset with its descriptor."""
    return Path(shutil.copytree(REPORT, tmp_path / "package"))


@pytest.mark.slow
def test_frictionless_passes_on_the_report():
    assert_valid(REPORT)


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("tallies", ",civilians,,killed", ",citizens,,killed", "foreign-key"),
        slow("tallies", ",bombardment,pocket,", ",bombardment,town,", "foreign-key"),
        slow("parties", ",civilian,", ",soldiers,", "constraint-error"),
        slow("events", "toll,43,", "toll,forty,", "type-error"),
        slow("events", ",toll,43,", ",toll,-43,", "constraint-error"),
        slow("events", "2018-07-19,2018-07-24", "19/07/2018,2018-07-24", "type-error"),
        slow("parties", "russia,Rus", "opposition,Rus", "primary-key"),
        slow("reports", "daraa-2018-07-24,2018-07-24", "daraa-2018-07-24,", "constraint-error"),
        slow("events", "islamic_state_killed_wide", "islamic state", "constraint-error"),
    ],
)
def test_frictionless_fails_on_a_broken_copy(package, table, old, new, error):
    path = package / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        del resource["hash"]  # which would tell alone that the file is another one
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert frictionless(package).returncode == 1
    assert error in error_types(package)


@pytest.mark.slow
def test_frictionless_fails_on_a_file_that_is_not_the_one_described(package):
    with (package / "parties.csv").open("a", encoding="utf-8") as file:
        file.write("others,Others,,unknown,\n")
    assert "hash-count" in error_types(package)


@pytest.mark.parametrize("name", ["report", "fortnight"])
def test_the_descriptor_is_up_to_date(tmp_path, name):
    package = Path(shutil.copytree(ROOT / "data" / name, tmp_path / "package"))
    before = (package / "datapackage.json").read_text(encoding="utf-8")
    export_datapackage(package)
    after = (package / "datapackage.json").read_text(encoding="utf-8")
    assert after == before, f"write it anew: python -m analysis datapackage data/{name}"
    assert json.loads(after)["licenses"][0]["name"] == "CC-BY-4.0"


AREAS = [{"area_id": "pocket", "part_of": "south", "latitude": "32.75"}, {"area_id": "south"}]
TERMS = [{"term": "SOHR", "label_ar": "المرصد"}]
LATER = {
    "reports": ["source_date_earliest"],
    "tallies": ["division", "division_complete"],
    "events": ["same_as", "supersedes", "apart_from", "counted_in"],
}


@pytest.fixture
def whole(tmp_path, tables, write_tables) -> Path:
    """A folder with all tables, and with cells that came later."""
    tables["reports"][0] |= {
        "source_date": "2018-07-24T14:00",
        "source_date_earliest": "2018-07-24",
    }
    tables["tallies"][0]["area"] = "pocket"
    tables["tallies"][1] |= {"division": "age", "division_complete": "yes"}
    newer = tables["events"][1] | {"event_id": "newer", "low": "5"}
    tables["events"].append(newer | {"same_as": "monday", "apart_from": "total; raids"})
    return write_tables(tmp_path, tables | {"areas": AREAS, "terms": TERMS})


def assert_valid(folder: Path) -> None:
    done = frictionless(folder)
    assert done.returncode == 0, done.stdout


@pytest.fixture(params=[False, slow(True)], ids=["written", "validated"])
def described(request):
    """A function that gives the schemas of a descriptor written now; in slow tests it passes."""

    def describe(folder: Path) -> dict[str, dict]:
        export_datapackage(folder)
        if request.param:
            assert_valid(folder)
        return schemas_of(folder)

    return describe


def schemas_of(folder: Path) -> dict[str, dict]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource["schema"] for resource in package["resources"]}


def foreign_keys(schema: dict) -> dict[str, str]:
    return {each["fields"][0]: each["reference"]["resource"] for each in schema["foreignKeys"]}


def drop_columns(path: Path, columns: list[str]) -> None:
    read(path).drop(columns=columns).to_csv(path, index=False)


@pytest.mark.slow
def test_a_descriptor_of_all_tables_and_columns(whole):
    export_datapackage(whole)
    assert_valid(whole)
    schemas = schemas_of(whole)
    assert [*schemas] == ["reports", "areas", "parties", "tallies", "terms", "events"]
    assert foreign_keys(schemas["areas"]) == {"part_of": ""}
    assert foreign_keys(schemas["tallies"])["area"] == "areas"
    assert foreign_keys(schemas["events"])["same_as"] == ""
    types = {field["name"]: field["type"] for field in schemas["areas"]["fields"]}
    assert (types["latitude"], types["part_of"]) == ("number", "string")


def test_a_descriptor_without_optional_tables_and_later_columns(whole, described):
    for table in ("areas", "terms"):
        (whole / f"{table}.csv").unlink()
    for table, columns in LATER.items():
        drop_columns(whole / f"{table}.csv", columns)
    schemas = described(whole)
    assert [*schemas] == ["reports", "parties", "tallies", "events"]
    assert "area" not in foreign_keys(schemas["tallies"])
    for table, columns in LATER.items():
        names = [field["name"] for field in schemas[table]["fields"]]
        assert names == read(whole / f"{table}.csv").columns.tolist()
        assert not {*columns} & {*names}


def test_a_descriptor_of_columns_that_older_datasets_have(whole, described):
    older = {"same_as": "updates", "count": "count_basis"}
    events = read(whole / "events.csv").rename(columns=older)
    events.to_csv(whole / "events.csv", index=False)
    schema = described(whole)["events"]
    assert foreign_keys(schema)["updates"] == ""
    meant = {field["name"]: field["description"] for field in schema["fields"]}
    assert meant["updates"] == "Read as same_as where that is empty."
    assert meant["count_basis"] == "Not read any more."


def test_a_count_in_words_is_described_and_exported_by_its_numbers(
    tmp_path, tables, write_tables, described
):
    tables["events"][0] |= {"low": "", "high": "", "count": "more than 60"}
    folder = write_tables(tmp_path, tables)
    fields = {field["name"]: field for field in described(folder)["events"]["fields"]}
    assert fields["count"]["type"] == "string"
    export_hxl(load(folder), tmp_path / "hxl.csv")
    assert read(tmp_path / "hxl.csv").set_index("statement")["killed_at_least"]["total"] == "61"


def test_a_descriptor_of_columns_in_another_order(whole, described):
    events = read(whole / "events.csv")
    events[events.columns[::-1]].to_csv(whole / "events.csv", index=False)
    names = [field["name"] for field in described(whole)["events"]["fields"]]
    assert names == [*events.columns[::-1]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("tallies", ",pocket,", ",north,", "foreign-key"),
        ("areas", "pocket,,,,south", "pocket,,,,north", "foreign-key"),
        ("areas", "32.75", "32°45", "type-error"),
        ("reports", "2018-07-24T14:00", "2018-07-24 14:00", "constraint-error"),
        ("tallies", "age,yes", "age,no", "constraint-error"),
        ("events", ",monday,,total; raids", ",tuesday,,total; raids", "foreign-key"),
        ("events", "total; raids", "total; ;raids", "constraint-error"),
        ("terms", "SOHR,", ",", "constraint-error"),
    ],
)
def test_frictionless_fails_on_what_came_later(whole, table, old, new, error):
    export_datapackage(whole)
    path = whole / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert error in error_types(whole)


def test_what_a_descriptor_says_besides_is_kept(whole, described):
    described(whole)
    path = whole / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8")) | {
        "title": "Ours",
        "resources": [{"path": "areas.csv"}],
    }
    path.write_text(json.dumps(package), encoding="utf-8")
    assert len(described(whole)) == 6
    assert json.loads(path.read_text(encoding="utf-8"))["title"] == "Ours"


def test_a_dataset_loads_with_a_descriptor_beside_it(package):
    assert len(load(package).events) == len(load(REPORT).events)


def test_a_descriptor_of_something_else_is_not_overwritten(folder, capsys):
    other = folder / "datapackage.json"
    other.write_text('{"resources": [{"path": "mine.csv"}]}', encoding="utf-8")
    assert main(["datapackage", str(folder)]) == 1
    assert "move it away first" in capsys.readouterr().out
    assert other.read_text(encoding="utf-8") == '{"resources": [{"path": "mine.csv"}]}'


# UCDP GED in


@pytest.mark.skipif(not REAL.exists(), reason="the real GED file is not beside the project")
def test_the_real_ged_file(tmp_path):
    made = import_ged(REAL, tmp_path / "made")
    source = read(REAL)
    assert (made.rows, made.problems) == (20, [])
    assert len(made.dataset.events) == 27
    assert made.dataset.events["low"].sum() == source["best"].astype(int).sum() == 779
    assert {event_id.split("-")[1] for event_id in made.dataset.events["event_id"]} == {
        *source["id"]
    }
    found = totals(made.dataset).groupby("party_id")["low"].sum()
    figures = source[["deaths_civilians", "deaths_unknown"]].astype(int).sum()
    assert [found["ucdp-civilians"], found["ucdp-unknown"]] == [*figures]
    written = "".join(path.read_text() for path in (tmp_path / "made").iterdir())
    for column in ("source_headline", "source_article"):
        assert not any(cell in written for cell in source[column] if len(cell) > 10)


@pytest.mark.skipif(not REAL.exists(), reason="the real GED file is not beside the project")
def test_the_real_ged_file_there_and_back(tmp_path):
    export_ged(import_ged(REAL, tmp_path / "made").dataset, tmp_path / "back.csv")
    back, source = read(tmp_path / "back.csv"), read(REAL)
    same = "id year type_of_violence side_a side_a_new_id where_coordinates adm_1 date_start"
    same += " date_end date_prec deaths_a deaths_b deaths_civilians deaths_unknown low best high"
    assert back[same.split()].equals(source[same.split()])


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_generation_of_column_names(ged_file, tmp_path, generation):
    columns, changes = GENERATIONS[generation]
    renamed = {name: new for name, new in changes.items() if not new[:1].isdigit()}
    values = {name: new for name, new in changes.items() if new[:1].isdigit()}
    events = [
        {renamed.get(name, name): values.get(name, cell) for name, cell in event.items()}
        for event in (EVENT, ONE_SIDED)
    ]
    path = ged_file(*events, columns=[renamed.get(name, name) for name in columns])
    made = import_ged(path, tmp_path / "made")
    assert made.problems == []
    assert counts(made.dataset) == {
        "ged-101-a": (3, 3),
        "ged-101-b": (4, 4),
        "ged-101-civilians": (2, 2),
        "ged-102-civilians": (3, 8),
    }
    events = made.dataset.events
    assert [*events["side_a"]] == ["ucdp-11"] * 3 + ["ucdp-12"]
    assert set(events["date_start"]) == {pd.Timestamp("2018-07-20")}
    assert set(events["date_end"]) == {pd.Timestamp("2018-07-22")}
    assert set(events["count_kind"]) == {"incident"}
    assert set(events["where_description"]) == {"Atown"}


def test_parties_and_tallies_of_ged(ged_file, tmp_path):
    made = import_ged(ged_file(EVENT, ONE_SIDED), tmp_path / "made").dataset
    assert dict(zip(made.parties["party_id"], made.parties["status"], strict=True)) == {
        "ucdp-11": "armed forces",
        "ucdp-12": "armed group",
        "ucdp-civilians": "civilian",
    }
    by = dict(zip(made.tallies["tally_id"], made.tallies["attributed_to"].fillna(""), strict=True))
    assert by["ucdp-civilians-killed-dyad-8"] == ""
    assert by["ucdp-civilians-killed-by-ucdp-12-dyad-8"] == "ucdp-12"
    arabic = made.parties.set_index("party_id")["label_ar"]
    assert arabic["ucdp-civilians"] == "مدنيون" and arabic.isna().sum() == 2


DYAD = EVENT | {"dyad_name": "Government of Aland - Front of Aland"}
OTHER_DYAD = DYAD | {
    "id": "105", "dyad_new_id": "9", "dyad_name": "Government of Aland - League",
    "side_b": "League", "side_b_new_id": "13", "deaths_unknown": "1",
    "low": "10", "best": "10", "high": "10",
}  # fmt: skip


def tallies(made) -> dict[str, tuple]:
    rows = made.dataset.tallies.astype(object).where(made.dataset.tallies.notna(), None)
    return {row.tally_id: (row.label_en, row.cause) for row in rows.itertuples()}


def test_victims_of_each_dyad_are_counted_apart(ged_file, tmp_path):
    path = ged_file(DYAD, OTHER_DYAD, columns=[*DYAD])
    made = import_ged(path, tmp_path / "made")
    front, league = "Government of Aland - Front of Aland", "Government of Aland - League"
    assert tallies(made) == {
        "ucdp-11-killed-dyad-8": ("Government of Aland (against Front of Aland)", front),
        "ucdp-12-killed-dyad-8": ("Front of Aland (against Government of Aland)", front),
        "ucdp-civilians-killed-dyad-8": (f"Civilians ({front})", front),
        "ucdp-11-killed-dyad-9": ("Government of Aland (against League)", league),
        "ucdp-13-killed-dyad-9": ("League (against Government of Aland)", league),
        "ucdp-civilians-killed-dyad-9": (f"Civilians ({league})", league),
        "ucdp-unknown-killed-dyad-9": (f"Of unknown status ({league})", league),
    }
    counted = made.dataset.events.set_index("event_id")["tally_id"]
    assert counted["ged-105-a"] == "ucdp-11-killed-dyad-9"
    assert made.dataset.parties["party_id"].is_unique


def test_a_file_without_dyads_is_read(ged_file, tmp_path):
    bare = {name: cell for name, cell in DYAD.items() if not name.startswith("dyad_")}
    assert tallies(import_ged(ged_file(bare, columns=[*bare]), tmp_path / "made")) == {
        "ucdp-11-killed": ("Government of Aland", None),
        "ucdp-12-killed": ("Front of Aland", None),
        "ucdp-civilians-killed": ("Civilians", None),
    }
    named = {name: cell for name, cell in DYAD.items() if name != "dyad_new_id"}
    made = import_ged(ged_file(named, columns=[*named]), tmp_path / "named")
    assert "ucdp-11-killed-dyad-Government_of_Aland_-_Front_of_Aland" in tallies(made)


def test_a_range_of_the_total_loosens_every_figure(ged_file, tmp_path):
    made = import_ged(ged_file(EVENT | {"low": "6", "high": "10"}), tmp_path / "made")
    assert counts(made.dataset) == {
        "ged-101-a": (0, 4),
        "ged-101-b": (1, 5),
        "ged-101-civilians": (0, 3),
    }
    assert lost(made.losses) == {"range of the total, given to each figure as its own": ("101",)}
    assert totals(made.dataset)["low"].sum() <= 6


def test_zeros_give_no_count_and_no_event_is_dropped(ged_file, tmp_path):
    zeros = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "low", "best"), "0")
    made = import_ged(ged_file(EVENT, EVENT | zeros | {"id": "103"}), tmp_path / "made")
    assert counts(made.dataset)["ged-103"] == (None, None)
    assert lost(made.losses) == {"best estimate zero: kept without a count": ("103",)}


def test_a_file_of_zeros_alone_has_events_and_no_tally(ged_file, tmp_path):
    zeros = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "low", "best"), "0")
    made = import_ged(ged_file(EVENT | zeros), tmp_path / "made")
    assert counts(made.dataset) == {"ged-101": (None, None)}
    assert made.dataset.tallies.empty


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"best": "10", "high": "10"}, "best", "10 is not the sum of the four estimates, 9"),
        ({"low": "10"}, "best", "low 10, best 9, high 9 do not follow each other"),
        ({"high": "8"}, "best", "low 9, best 9, high 8 do not follow each other"),
        ({"date_start": "2018-07-23"}, "date_end", "2018-07-22 is before date_start 2018-07-23"),
        ({"date_prec": "1"}, "date_prec", "1 is at most 1 days; the window has 3"),
        (
            {"date_prec": "0"},
            "date_prec",
            "'0' is not a value of this column; write 1, 2, 3, 4 or 5",
        ),
        (
            {"date_end": "22 Jul"},
            "date_end",
            "'22 Jul' is not a date; write YYYY-MM-DD, such as 2018-07-24",
        ),
        ({"deaths_a": "-3"}, "deaths_a", "'-3' is negative; a number here is zero or more"),
        ({"type_of_violence": ""}, "type_of_violence", "is empty; write one, every row needs it"),
        ({"side_b": ""}, "side_b", "is empty; an event has two sides"),
        ({"id": "102"}, "id", "'102' stands on line 2 already"),
    ],
)
def test_a_row_that_breaks_a_rule_is_reported_not_repaired(
    ged_file, tmp_path, changes, column, message
):
    made = import_ged(ged_file(ONE_SIDED, EVENT | changes), tmp_path / "made")
    assert [*made.problems] == [("ged.csv", 3, column, message)]
    assert [*counts(made.dataset)] == ["ged-102-civilians"]


def test_a_window_outside_the_year_of_its_event(ged_file, tmp_path):
    made = import_ged(ged_file(ONE_SIDED, EVENT | {"year": "2017"}), tmp_path / "made")
    assert [problem.column for problem in made.problems] == ["date_start", "date_end"]


def test_lines_are_counted_as_in_the_file(ged_file, tmp_path):
    long = ONE_SIDED | {"source_article": "two\nlines, " + "x" * 200_000}
    made = import_ged(ged_file(long, EVENT | {"low": "10"}), tmp_path / "made")
    assert [problem.line for problem in made.problems] == [4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "columns missing: id"),
        (b"id,year\n1,2018\n", "columns missing: type_of_violence"),
        (b"id,\xff\n", "columns missing: year"),
        (b'id,"y\n', 'a quote \\("\\) is opened and never closed'),
    ],
)
def test_a_file_that_is_not_ged(tmp_path, content, message):
    path = tmp_path / "ged.csv"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=message):
        import_ged(path, tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_a_file_without_an_event_that_keeps_the_rules(ged_file, tmp_path):
    with pytest.raises(DatasetError, match="holds no event") as caught:
        import_ged(ged_file(EVENT | {"low": "10"}), tmp_path / "made")
    assert len(caught.value.problems) == 2


def test_the_day_of_publication_can_be_named(ged_file, tmp_path):
    made = import_ged(
        ged_file(EVENT), tmp_path / "made", ReadOptions(given={"published": "2019-06-02"})
    )
    report = made.dataset.reports.iloc[0]
    assert (f"{report.source_date:%Y-%m-%d}", report.source_date_basis) == ("2019-06-02", "stated")
    report = import_ged(ged_file(EVENT), tmp_path / "other").dataset.reports.iloc[0]
    assert (f"{report.source_date:%Y-%m-%d}", report.source_date_basis) == (
        "2018-07-25",
        "inferred",
    )


# Out


def test_the_report_as_ged(tmp_path):
    losses = lost(export_ged(load(REPORT), tmp_path / "ged.csv"))
    rows = read(tmp_path / "ged.csv")
    assert [*rows.columns] == [*GED]
    assert [*rows["relid"]] == ["civilians_total", "islamic_state_killed"]
    assert [*rows["deaths_civilians"]] == ["41", "0"]
    assert [*rows["deaths_b"]] == ["0", "61"]
    assert [*rows["best"]] == [*rows["low"]] == [*rows["high"]] == ["41", "61"]
    assert [*rows["date_prec"]] == ["2", "2"]
    assert set(rows["id"]) == set(rows["dyad_new_id"]) == {""}
    assert losses["at least: no upper limit, so no point value"] == ("government_killed",)
    assert losses["part of a party"] == ("children_total",)
    inside = losses["inside another count; adding both would count people twice"]
    assert "civilians_monday" in inside
    assert losses["harm other than death"] == ("evacuation",)
    assert losses["a side left empty, nobody named"] == ("civilians_total",)


def test_the_report_as_hxl(tmp_path):
    losses = lost(export_hxl(load(REPORT), tmp_path / "hxl.csv"))
    rows = read(tmp_path / "hxl.csv")
    assert [*rows.columns] == [*HASHTAGS]
    assert [*rows.iloc[0]] == [*HASHTAGS.values()]
    rows = rows.iloc[1:].set_index("statement")
    assert dict(rows["killed"]) == {
        "civilians_total": "41",
        "children_total": "",
        "government_killed": "",
        "islamic_state_killed": "61",
    }
    assert rows.loc["children_total", "children_killed"] == "11"
    killed = ["killed", "killed_at_least", "killed_at_most"]
    assert [*rows.loc["government_killed", killed]] == ["", "43", ""]
    assert set(rows["source"]) == {"SOHR"}
    assert rows.loc["civilians_total", "date_start"] == "2018-07-18"
    least = pd.to_numeric(rows["killed_at_least"]).sum()
    assert least == totals(load(REPORT)).query("harm == 'killed'")["low"].sum() == 145
    assert losses["at least: in +min, no point value"] == ("government_killed",)


def test_the_report_under_acleds_column_names(tmp_path):
    losses = lost(export_acled(load(REPORT), tmp_path / "acled.csv"))
    rows = read(tmp_path / "acled.csv").set_index("event_id_cnty")
    assert ["event_id_cnty", *rows.columns] == [*ACLED]
    assert set(rows["time_precision"]) == {"1"}
    assert set(rows["fatalities"]) == {""}
    assert rows.loc["strike_headline", "event_type"] == "Explosions/Remote violence"
    assert rows.loc["strike_headline", "assoc_actor_1"] == "Russian air force"
    assert "civilians_total" in losses["left out: day not known"]
    inside = "fatalities left empty: inside another count; adding both would count people twice"
    assert losses[inside] == ("civilians_monday",)


@pytest.mark.parametrize("to", EXPORTS)
def test_every_statement_is_written_or_listed(tmp_path, to):
    losses = EXPORTS[to](load(REPORT), tmp_path / "out.csv")
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    listed = {event_id for ids in lost(losses).values() for event_id in ids}
    names = [*load(REPORT).events["event_id"]]
    assert [name for name in names if name not in listed and f"{name}," not in written] == []


POINT = {"ged": "best", "hxl": "killed", "acled": "fatalities"}


@pytest.mark.parametrize("to", EXPORTS)
@pytest.mark.parametrize(
    "changes",
    [
        {"high": ""},
        {"high": "5"},
        {"reading": "wide"},
        {"tally_id": "children"},
    ],
)
def test_nothing_open_or_contained_becomes_a_point_value(
    tmp_path, tables, write_tables, to, changes
):
    monday = tables["events"][1] | {"high": "4"}
    tables["events"] = [monday]
    EXPORTS[to](load(write_tables(tmp_path, tables)), tmp_path / "fine.csv")
    fine = read(tmp_path / "fine.csv")[POINT[to]]
    assert [*fine][-1:] == ["4"]
    tables["events"] = [monday | changes]
    EXPORTS[to](load(write_tables(tmp_path, tables)), tmp_path / "out.csv")
    cells = {*read(tmp_path / "out.csv")[POINT[to]]}
    assert not {cell for cell in cells if cell.isdigit()}


@pytest.mark.parametrize("to", EXPORTS)
def test_an_incident_inside_a_toll_is_no_point_value(tmp_path, tables, write_tables, to):
    tables["events"][1]["high"] = "4"
    losses = EXPORTS[to](load(write_tables(tmp_path, tables)), tmp_path / "out.csv")
    assert "4" not in {*read(tmp_path / "out.csv")[POINT[to]]}
    assert [ids for what, ids in lost(losses).items() if "inside" in what] == [("monday",)]


@pytest.mark.parametrize("to", EXPORTS)
def test_counts_of_several_sources_come_with_a_warning(tmp_path, tables, write_tables, to):
    tables["tallies"].append(tables["tallies"][0] | {"tally_id": "un", "source_original": "UN"})
    monday = tables["events"][1] | {"high": "4"}
    tables["events"] = [monday, monday | {"event_id": "other", "tally_id": "un"}]
    losses = EXPORTS[to](load(write_tables(tmp_path, tables)), tmp_path / "out.csv")
    what = "counts of several sources, never to be added over them: SOHR, UN"
    assert lost(losses)[what] == ("monday", "other")


def test_part_of_an_event_is_not_exported_as_the_whole(ged_file, tmp_path):
    made = import_ged(ged_file(EVENT, ONE_SIDED | {"low": "5", "high": "5"}), tmp_path / "made")
    made.dataset.events.loc[0, "high"] = pd.NA
    losses = lost(export_ged(made.dataset, tmp_path / "back.csv"))
    assert [*read(tmp_path / "back.csv")["id"]] == ["102"]
    both = ("ged-101-b", "ged-101-civilians")
    assert losses["left out with another figure of its event"] == both


def test_two_figures_of_one_part_of_an_event_are_named_and_none_is_lost(ged_file, tmp_path):
    made = import_ged(ged_file(EVENT, ONE_SIDED | {"low": "5", "high": "5"}), tmp_path / "made")
    made.dataset.events.loc[1, ["event_id", "tally_id"]] = "ged-101", "ucdp-11-killed-dyad-8"
    losses = lost(export_ged(made.dataset, tmp_path / "back.csv"))
    assert [*read(tmp_path / "back.csv")["id"]] == ["102"]
    twice = ("ged-101-a", "ged-101")
    assert losses["one of two figures of a part under one id of UCDP"] == twice
    assert losses["left out with another figure of its event"] == ("ged-101-civilians",)


# The command line


@pytest.mark.parametrize("to", EXPORTS)
def test_no_file_is_overwritten(folder, tmp_path, capsys, to):
    output = tmp_path / "mine.csv"
    output.write_text("mine", encoding="utf-8")
    assert main(["export", str(folder), "--to", to, "--output", str(output)]) == 1
    assert output.read_text(encoding="utf-8") == "mine"
    assert capsys.readouterr().out == f"{output} is there already; give another name\n"


def test_what_the_system_refuses_is_said_without_its_number(folder, tmp_path, capsys):
    (tmp_path / "file").touch()
    output = tmp_path / "file" / "mine.csv"
    assert main(["export", str(folder), "--to", "hxl", "--output", str(output)]) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'file'}: File exists\n"


def test_no_dataset_is_overwritten(ged_file, folder, capsys):
    before = {path: path.read_bytes() for path in folder.glob("*.csv")}
    path = ged_file(EVENT, name="other.txt")
    assert main(["import-ged", str(path), str(folder)]) == 1
    assert "is there" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_import_prints_rows_left_out_and_what_is_lost(ged_file, tmp_path, capsys):
    path = ged_file(EVENT, EVENT | {"id": "104", "low": "10"})
    assert main(["import-ged", str(path), str(tmp_path / "made")]) == 1
    printed = capsys.readouterr().out
    assert "left out: ged.csv:3 best: low 10, best 9, high 9" in printed
    assert "1 events of UCDP as 3 counts; 1 rows left out, 9 persons in them" in printed
    assert "others' sentences: source_article, source_headline" in printed


@pytest.mark.slow
def test_the_real_command_exports(tmp_path):
    command = [sys.executable, "-m", "analysis", "export", REPORT, "--to", "hxl", "--output"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [*command, tmp_path / "hxl.csv"], capture_output=True, text=True, check=False,
        env=environment,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "- at least: in +min, no point value (1): government_killed" in done.stdout


def test_problems_of_a_dataset_are_printed(tmp_path, capsys):
    arguments = ["export", str(tmp_path), "--to", "ged", "--output", str(tmp_path / "ged.csv")]
    assert main(arguments) == 1
    assert "reports.csv: the file is missing" in capsys.readouterr().out


def test_an_incident_counted_again_is_exported_once(tmp_path, tables, write_tables):
    monday = tables["events"][1]
    more = {"event_id": "more", "report_id": "homs", "low": "6", "same_as": "monday"}
    tables["events"] = [monday | {"high": "4"}, monday | more | {"high": "6"}]
    export_hxl(load(write_tables(tmp_path, tables)), tmp_path / "hxl.csv")
    rows = [*csv.DictReader((tmp_path / "hxl.csv").open(encoding="utf-8"))][1:]
    assert [(row["statement"], row["killed"]) for row in rows] == [("more", "6")]


@pytest.mark.parametrize("to", EXPORTS)
def test_a_total_that_its_source_counted_on_is_no_upper_limit(tmp_path, tables, write_tables, to):
    """Told before an incident of its days, from the next day's page, it says at least so many."""
    total = tables["events"][0] | {"low": "41", "high": "41"}
    later = tables["events"][1] | {"report_id": "homs", "apart_from": "total", "high": "4"}
    tables["events"] = [total, later]
    tables["events"][1] |= {"date_start": "2018-07-22"}
    EXPORTS[to](load(write_tables(tmp_path, tables)), tmp_path / "out.csv")
    assert "41" not in {*read(tmp_path / "out.csv")[POINT[to]]}


def test_a_tally_that_lies_in_another_by_what_it_says_is_no_count_of_its_own(
    tmp_path, tables, write_tables
):
    tables["tallies"].append(tables["tallies"][0] | {"tally_id": "shelled", "cause": "shelling"})
    events = [tables["events"][0] | {"high": "41"}, tables["events"][1] | {"tally_id": "shelled"}]
    tables["events"] = [events[0], events[1] | {"high": "4"}]
    losses = lost(export_hxl(load(write_tables(tmp_path, tables)), tmp_path / "hxl.csv"))
    assert losses["part of a party"] == ("monday",)


def test_stocks_are_no_deaths(tmp_path, tables, write_tables):
    """How many bodies are unidentified on a day is not to be added to another day's."""
    tables["events"] = [tables["events"][0] | {"count_kind": "stock", "high": "41"}]
    losses = lost(export_hxl(load(write_tables(tmp_path, tables)), tmp_path / "hxl.csv"))
    assert losses == {"how many there are on a day, never to be added": ("total",)}
