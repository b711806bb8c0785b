"""Two codings side by side: which statements are matched, where they agree, what to settle."""

from pathlib import Path

import pytest

import analysis
from analysis.commands.compare import agreement, compare_lines, match, to_settle
from analysis.commands.main import main
from compact import incident, make_dataset, toll, with_cells

DATA = Path("data")


@pytest.fixture(scope="module")
def codings():
    return [analysis.load(DATA / "coding" / name) for name in ("first", "second")]


def rows_of(pairs):
    return agreement(pairs).set_index("column")


def settled(first, second):
    return to_settle(match(first, second), first, second)


def test_the_agreement_of_the_two_codings_stands_in_the_readme(codings):
    said = (DATA / "README.md").read_text(encoding="utf-8")
    lines = compare_lines(*codings)
    assert lines[0] in " ".join(said.split())
    assert "\n".join(line for line in lines if line.startswith("|")) in said


def test_every_count_of_the_two_codings_agrees(codings):
    found = rows_of(match(*codings).pairs)
    for column in ("count", "count_kind", "reading", "source_original", "party_id", "harm"):
        assert found.loc[column, "same"] == found.loc[column, "of"] > 0


@pytest.mark.slow
def test_what_changes_totals_comes_first(codings):
    lines = settled(*codings)
    assert lines[0].startswith("civilians_total_wide, s08: days 2018-07-17 to 2018-07-24 or")
    assert "41 becomes at least 41" in lines[0]
    assert all("no total changes" in line for line in lines[1:])


def test_days_and_counts_are_compared_by_overlap():
    first = make_dataset([toll(9, 10, days=(1, 3)), toll(5, 10, tally="b")])
    second = make_dataset([toll(9, 10, None, days=(2, 4)), toll(6, 10, tally="b")])
    found = rows_of(match(first, second).pairs)
    assert [*found.loc["days", ["same", "overlap", "of"]]] == [1, 2, 2]
    assert [*found.loc["count", ["same", "overlap", "of"]]] == [0, 1, 2]


def test_statements_without_positions_are_matched_by_what_they_say():
    first = make_dataset([toll(9, 10, days=(1, 3)), incident(4, 10, days=(8, 8))])
    second = make_dataset([incident(4, 10, days=(8, 8)), toll(9, 10, days=(1, 3))])
    pairs = match(first, second).pairs
    matched = dict(zip(pairs["event_id"], pairs["event_id_second"], strict=True))
    assert matched["e1"] == "e2" and matched["e2"] == "e1"


def test_statements_of_one_coding_without_positions_are_matched_by_what_they_say():
    first = make_dataset([incident(4, 10, days=(8, 8)), toll(9, 10, days=(1, 3))])
    places = {"paragraph": {"e1": 1, "e2": 1}, "char_start": {"e1": 0, "e2": 50}}
    placed = with_cells(first, "events", **places, char_end={"e1": 5, "e2": 80})
    second = make_dataset([toll(9, 10, days=(1, 3)), incident(4, 10, days=(8, 8))])
    pairs = match(second, placed).pairs.set_index("event_id")["event_id_second"]
    assert pairs["e1"] == "e2" and pairs["e2"] == "e1"
    pairs = match(first, placed).pairs.set_index("event_id")["event_id_second"]
    assert pairs["e1"] == "e1" and pairs["e2"] == "e2"


def test_words_go_before_meaning():
    first = make_dataset([toll(9, 10), toll(4, 10, tally="b")])
    cells = {"paragraph": 1, "char_start": 0, "char_end": 5}
    places = {"e1": (0, 5), "e2": (10, 15)}
    one = {name: {e: at[i] for e, at in places.items()} for i, name in enumerate([*cells][1:])}
    other = {name: {"e1": v["e2"], "e2": v["e1"]} for name, v in one.items()}
    pairs = match(
        with_cells(first, "events", **one), with_cells(first, "events", **other)
    ).pairs.set_index("event_id")["event_id_second"]
    assert pairs["e1"] == "e2" and pairs["e2"] == "e1"


def test_more_persons_come_before_fewer():
    first = make_dataset([toll(9, 10), toll(40, 10, tally="b")])
    second = make_dataset([toll(10, 10), toll(90, 10, tally="b")])
    lines = settled(first, second)
    assert [line.partition(",")[0] for line in lines] == ["e2", "e1"]
    assert "count 40 or 90 (people killed, primary: 49 becomes 99)" in lines[0]


def test_a_statement_of_one_coding_alone():
    first = make_dataset([toll(9, 10)])
    second = make_dataset([toll(9, 10), incident(12, 10, days=(5, 5))])
    assert settled(first, second) == [
        "e2: only in the second (people killed, primary: 9 becomes at least 21)"
    ]
    assert settled(second, first) == [
        "e2: only in the first (people killed, primary: at least 21 becomes 9)"
    ]


def test_a_number_of_a_report_that_the_first_has_not():
    first = make_dataset([toll(9, 10)])
    second = make_dataset([toll(9, 10), toll(12, 11)])
    assert settled(first, second) == [
        "e2: only in the second (12 killed of a report that the first has not)"
    ]


def test_a_statement_that_contradicts_the_rest_comes_first():
    first = make_dataset([toll(9, 10, days=(1, 3)), incident(4, 10)])
    second = make_dataset([toll(9, 10, days=(1, 3)), incident(14, 10)])
    assert "then the statements contradict one another" in settled(first, second)[0]


def test_a_coding_agrees_with_itself(codings):
    assert settled(codings[0], codings[0]) == []


@pytest.mark.slow
def test_reports_are_matched_by_text_or_by_name(capsys, codings):
    other = make_dataset([toll(9, 10)])
    with pytest.raises(ValueError, match="no report in common, by text_sha256 or report_id"):
        match(codings[0], other)
    assert main(["compare", str(DATA / "coding/first"), str(DATA / "coding/second")]) == 0
    assert "31 are in both" in capsys.readouterr().out
    assert len(match(other, other).pairs) == 2
