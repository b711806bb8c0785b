"""What ``summary`` prints: last words by source, as of a time, in a reading; what is asked."""

import pytest

import analysis
from analysis.commands.main import main
from analysis.commands.new import EXAMPLES
from analysis.commands.summary import summary_lines
from compact import incident, make_dataset, toll, with_cells


def said(dataset, **asked) -> list[str]:
    return [line.strip() for line in summary_lines(dataset, **asked)]


def of_one_source(rows, **more):
    dataset = make_dataset(rows, **more)
    return with_cells(dataset, "parties", label_en={"people": "People"})


def test_as_of_a_day_only_what_was_published_by_then():
    rising = analysis.load(EXAMPLES / "rising")
    lines = said(rising, as_of="2020-03-03")
    assert "People in Ilvar, killed: at least 60, 1 March 2020, published 3 March 2020" in lines
    assert "People in Ilvar, missing on 3 March 2020: 90, published 3 March 2020" in lines
    assert "People in Ilvar, killed: 1,200, 1 March 2020, published 3 March 2020" in lines
    assert "Rescue Corps" not in lines


def test_the_options_of_the_command(capsys):
    asked = ["--as-of", "2020-03-02T12:00", "--reading", "wide"]
    assert main(["summary", str(EXAMPLES / "rising"), *asked]) == 0
    assert "Interior Ministry" not in capsys.readouterr().out  # its page shows no hour
    assert main(["summary", str(EXAMPLES / "rising"), "--as-of", "Monday"]) == 1
    assert "YYYY-MM-DD" in capsys.readouterr().out


def test_a_reading_takes_its_statements():
    rows = [toll(4, 10, reading="primary"), toll(9, 10, days=(1, 3), reading="wide")]
    assert "all, killed: 4, 28 June 2018" in said(of_one_source(rows))[1].replace("People", "all")
    assert "9, 28 to 30 June 2018" in said(of_one_source(rows), reading="wide")[1]


def test_numbers_that_overlap_are_added_as_a_warning_only():
    inside = of_one_source([toll(9, 10), toll(3, 10, tally="part")], subset_of={"part": "all"})
    assert "all these numbers added: 12; they overlap" in said(inside)
    apart = of_one_source([incident(9, 10), incident(4, 10, days=(2, 2))])
    assert not any("added" in line for line in said(apart))
    again = of_one_source([toll(9, 10), toll(12, 11)])
    assert not any("added" in line for line in said(again))


def test_parts_stand_under_their_whole():
    parts = {"part": "all", "inner": "part;all"}
    rows = [toll(9, 10), toll(3, 10, tally="part"), toll(1, 10, tally="inner")]
    lines = summary_lines(of_one_source(rows, subset_of=parts))
    depths = [len(line) - len(line.lstrip()) for line in lines[1:4]]
    assert depths == [2, 4, 6]


def test_sources_are_not_added_and_tallies_of_one_are():
    dataset = of_one_source([toll(9, 10), toll(4, 10, tally="other")])
    assert "People, killed, all together: 13" in said(dataset)
    two = with_cells(dataset, "tallies", source_original={"all": "Army", "other": "Hospital"})
    assert not any("together" in line for line in said(two))
    assert {"Army", "Hospital"} <= {*said(two)}


def test_what_is_asked_stands_below():
    dataset = of_one_source([incident(9, 10), incident(9, 11)])
    asked = [line for line in said(dataset) if line.startswith("asked: ")]
    assert len(asked) == 1 and "e1" in asked[0] and "e2" in asked[0]


def test_what_contradicts_is_left_out_and_named():
    rows = [toll(9, 10), incident(12, 10)]
    lines = said(of_one_source(rows))
    assert any(line.startswith("left out: ") and "e1" in line for line in lines)
    assert "People, killed: left out" in lines


@pytest.mark.parametrize("name", ["report", "fortnight", "ucdp"])
def test_every_tally_of_the_example_is_said(name):
    dataset = analysis.load(f"data/{name}")
    counted = dataset.events.loc[dataset.events["low"].notna(), "tally_id"].nunique()
    lines = [line for line in summary_lines(dataset) if "published" in line]
    assert len(lines) == counted
