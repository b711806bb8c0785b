"""The coded report: its figures, its positions in the text, its codebook and second coding."""

import hashlib
import os
import re
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.data import codebook

PROJECT = Path(__file__).resolve().parents[1]
DATA = PROJECT / "data"
NUMBERS = {4: "أربعة", 900: "900", 43: "43", 61: "61", 41: "41", 11: "11"}


@pytest.fixture(scope="module")
def text(report):
    """The report's text, where it is at hand."""
    path = Path(os.environ.get("CASUALTY_REPORT_TEXT", PROJECT / "../shared/report/report.ar.txt"))
    if not path.is_file():
        pytest.skip("the report's text is not at hand; CASUALTY_REPORT_TEXT can name it")
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == report.reports["text_sha256"].iloc[0]
    return content.decode("utf-8")


def test_every_count_stands_among_its_words(report, text):
    counted = report.events[report.events["low"].notna()]
    assert len(counted) == 10
    for row in counted.itertuples():
        assert NUMBERS[row.low] in text[row.char_start : row.char_end], row.event_id


def test_how_many_were_killed_before_monday_follows(report):
    find = partial(analysis.window_bounds, report, "civilians_bombardment")
    assert find("2018-07-18", "2018-07-22") == (37, 37)
    assert find("2018-07-23", "2018-07-23") == (4, 4)
    assert find("2018-07-23", "2018-07-23", reading="wide") == (4, 41)


def test_positions_lie_in_their_paragraph(report, text):
    paragraphs = list(re.finditer(r"\S(?:.|\n(?!\s*\n))*", text))
    for row in report.events.itertuples():
        paragraph = paragraphs[row.paragraph - 1]
        assert paragraph.start() <= row.char_start < row.char_end <= paragraph.end(), row.event_id


def test_words_begin_and_end_whole(report, text):
    for row in report.events.itertuples():
        around = text[max(row.char_start - 1, 0)] + text[row.char_end : row.char_end + 1]
        first = row.char_start == 0 or not around[0].isalnum() or around[0] == "و"
        assert first and not around[1:].isalnum(), row.event_id


def test_totals_of_the_report(report):
    rows = analysis.totals(report).set_index("party_id")
    assert rows.loc["civilians", ["low", "high", "naive_sum"]].tolist() == [41, 41, 56]
    assert rows.loc["government_forces", "low"] == 43
    assert pd.isna(rows.loc["government_forces", "high"])
    assert rows.loc["islamic_state", ["low", "high"]].tolist() == [61, 61]
    assert rows.loc["evacuees", "low"] == 900
    assert pd.isna(rows.loc["evacuees", "source_original"])
    wide = analysis.totals(report, reading="wide").set_index("party_id")
    assert wide.loc["islamic_state", "low"] == 61
    assert pd.isna(wide.loc["islamic_state", "high"])


def test_bounds_of_the_report(report):
    bounds = analysis.casualty_bounds(report).set_index(["tally_id", "date"])
    civilians = bounds.loc["civilians_bombardment"]
    assert civilians["cumulative_low"].tolist() == [0, 0, 0, 0, 37, 41]
    assert civilians["cumulative_high"].tolist() == [37, 37, 37, 37, 37, 41]
    assert civilians.loc["2018-07-23", ["low", "high"]].tolist() == [4, 4]
    children = bounds.loc["children_bombardment"]
    assert children.loc["2018-07-23", ["low", "high"]].tolist() == [0, 4]
    assert children.loc["2018-07-22", "cumulative_low"] == 7
    assert bounds.loc["government_clashes", "high"].isna().all()


def test_wide_bounds_contain_the_primary_ones(report):
    keys = ["tally_id", "date"]
    primary = analysis.casualty_bounds(report).set_index(keys)
    wide = analysis.casualty_bounds(report, reading="wide").set_index(keys).loc[primary.index]
    for name in ("low", "cumulative_low"):
        assert (wide[name] <= primary[name]).all()
    for name in ("high", "cumulative_high"):
        assert (wide[name].fillna(10**6) >= primary[name].fillna(10**6)).all()


def test_ledger_adds_up_to_the_total(report):
    ledger = analysis.ledger(report).set_index("event_id")
    assert ledger["counted"].sum() == 145
    assert ledger.loc["civilians_monday", "inside"] == "civilians_total"
    assert ledger.loc["children_total", "inside"] == "civilians_total"


def test_nobody_is_held_responsible_who_is_not_named(report):
    assert report.tallies["attributed_to"].isna().all()


def test_labels_in_every_language(report):
    for frame in (report.parties, report.tallies):
        assert frame[["label_en", "label_ar", "label_fr"]].notna().all(axis=None)
        assert frame["label_ar"].str.contains(r"[\u0621-\u064a]").all()


def test_codebook_for_people_is_the_one_that_is_used():
    assert codebook.codebook_markdown() in (DATA / "codebook.md").read_text(encoding="utf-8")


def test_settled_coding_keeps_every_statement_of_the_first(report):
    first = analysis.load(DATA / "coding" / "first").events
    assert {*first["event_id"]} <= {*report.events["event_id"]}


def test_readme_states_the_computed_numbers(report):
    said = " ".join((PROJECT / "README.md").read_text(encoding="utf-8").split())
    rows = analysis.totals(report).query("harm == 'killed'")
    low = dict(zip(rows["party_id"], rows["low"], strict=True))
    children = analysis.ledger(report).set_index("event_id").loc["children_total", "low"]
    known = analysis.casualty_bounds(report).query("tally_id != 'children_bombardment'")
    known = known[known["tally_id"] != "evacuees_busra"]["low"].sum()
    assert f"**at least {rows['low'].sum()} killed**" in said
    assert (
        f"{low['civilians']} civilians ({children} of them children), at least "
        f"{low['government_forces']} of the government forces, {low['islamic_state']} Islamic "
        "State fighters" in said
    )
    naive = analysis.totals(report).query("harm == 'killed'")["naive_sum"].sum()
    assert f"would give {naive}" in said
    assert f"For {known} of the {rows['low'].sum()} the day is certain" in said
