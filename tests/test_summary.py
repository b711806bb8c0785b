"""What ``summary`` prints: last words by source, as of a time, in a reading; what is asked."""

import pytest

import analysis
from analysis.commands.main import main
from analysis.commands.new import EXAMPLES
from analysis.commands.summary import summary_lines
from analysis.data.notices import find_notices
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


def test_numbers_of_one_page_that_overlap_are_added_as_a_warning():
    rows = [toll(9, 10, days=(1, 5)), incident(4, 10, days=(3, 3)), toll(3, 10, tally="part")]
    dataset = of_one_source(rows, subset_of={"part": "all"})
    assert "all these numbers added: 16; they overlap" in said(dataset)


def test_a_count_told_in_two_words_is_as_wide_as_both_and_added_once():
    rows = [toll(21, 10, days=(3, 3)), toll(21, 10, None, days=(3, 3), same_as="e1")]
    found = said(of_one_source([*rows, toll(30, 10, days=(1, 5))]))
    assert "all these numbers added: 51; they overlap" in found
    alone = of_one_source(rows)
    assert said(alone)[1].startswith("People, killed: at least 21, 30 June 2018")
    assert [*analysis.statements(alone)["status"]] == ["stands", "stands"]


def test_nothing_is_added_that_nobody_would_add():
    part = of_one_source([toll(9, 10), toll(3, 10, tally="part")], subset_of={"part": "all"})
    apart = of_one_source([incident(9, 10), incident(4, 10, days=(2, 2))])
    again = of_one_source([toll(9, 10), toll(12, 11)])
    months = [toll(9, 10, days=(1, 3)), toll(8, 12, days=(4, 6)), toll(30, 13, days=(1, 6))]
    for dataset in (part, apart, again, of_one_source(months)):
        assert not any("added" in line for line in said(dataset))


def test_an_upper_end_that_is_only_the_size_of_the_whole_is_not_said():
    rows = [toll(9, 10, days=(1, 3)), toll(4, 10, tally="part", days=(1, 3))]
    rows += [toll(30, 12, days=(1, 6))]
    parts = {"division": {"part": "sex", "rest": "sex"}}
    rows.append(toll(5, 10, tally="rest", days=(1, 3)))
    dataset = of_one_source(rows, subset_of={"part": "all", "rest": "all"})
    dataset = with_cells(
        dataset, "tallies", **parts, division_complete={"part": "yes", "rest": "yes"}
    )
    assert "People: at least 4, 28 to 30 June 2018, published 7 July 2018" in said(dataset)


def test_a_sum_that_no_page_states_is_said_to_be_calculated():
    months = of_one_source([toll(9, 10, days=(1, 3)), toll(8, 12, days=(4, 6))])
    assert (
        "People, killed: 17 (calculated from 2 numbers), 28 June to 3 July 2018" in said(months)[1]
    )
    whole = of_one_source([toll(9, 10, days=(1, 3)), toll(30, 13, days=(1, 6))])
    assert "People, killed: 30, 28 June" in said(whole)[1]


def test_a_number_is_said_as_its_page_says_it():
    more = with_cells(make_dataset([toll(61, 10, None)]), "events", count={"e1": "more than 60"})
    assert "killed: more than 60, " in said(more)[1]
    arabic = with_cells(make_dataset([toll(61, 10, None)]), "events", count={"e1": "أكثر من 60"})
    assert "killed: more than 60, " in said(arabic)[1]


def test_a_number_of_fewer_days_is_not_what_the_total_was_lowered_from():
    months = [toll(90, 10, days=(1, 3)), toll(80, 11, days=(1, 3)), toll(8, 12, days=(4, 6))]
    (line,) = [each for each in said(of_one_source(months)) if "killed" in each]
    assert ": 88 (calculated from 2 numbers), 28 June to 3 July 2018, published " in line
    assert "lowered" not in line


def test_the_day_is_that_of_the_page_that_first_gave_the_number():
    rows = [toll(188, 10), toll(191, 11), toll(191, 40), toll(5, 41, tally="part", days=(1, 1))]
    dataset = of_one_source(rows, subset_of={"part": "all"})
    assert said(dataset)[1] == "People, killed: 191, 28 June 2018, published 8 July 2018"


def test_a_whole_that_follows_from_its_parts_is_calculated():
    rows = [toll(9, 10), toll(8, 12, tally="part", days=(1, 4))]
    rows.append(toll(7, 12, tally="rest", days=(1, 4)))
    parts = {"division": {"part": "sex", "rest": "sex"}}
    dataset = of_one_source(rows, subset_of={"part": "all", "rest": "all"})
    dataset = with_cells(
        dataset, "tallies", **parts, division_complete={"part": "yes", "rest": "yes"}
    )
    assert said(dataset)[1].startswith("People, killed: 15 (calculated), ")


def test_numbers_taken_back_together_and_left_out_are_counted():
    months = [toll(9, 10, days=(1, 3)), toll(8, 12, days=(4, 6)), toll(16, 13, days=(1, 6))]
    assert said(of_one_source(months))[1].endswith(
        "; 2 numbers of fewer days, together more, no longer count"
    )
    clash = of_one_source([toll(9, 10), toll(12, 10, tally="part")], subset_of={"part": "all"})
    assert "left out: 2 numbers of 2 tallies in all" in said(clash)


def test_a_number_without_a_first_day_is_stated_and_lowered_like_others():
    rows = [toll(20, 10, None, days=(None, 4)), toll(3, 10, None, tally="part", days=(1, 1))]
    dataset = of_one_source(rows, subset_of={"part": "all"})
    assert said(dataset)[1] == (
        "People, killed: at least 20, 28 June to 1 July 2018, published 7 July 2018"
    )
    lowered = of_one_source([toll(53, 10, days=(None, 4)), toll(38, 11, days=(None, 4))])
    assert said(lowered)[1].endswith("published 8 July 2018; lowered from 53")
    other_days = of_one_source([toll(53, 10, days=(None, 5)), toll(38, 11, days=(None, 4))])
    assert "lowered" not in said(other_days)[1]


def test_people_who_became_known_are_not_lowered():
    rows = [toll(100, 10), toll(70, 10, tally="known"), toll(30, 10, tally="unknown")]
    rows += [toll(110, 12), toll(100, 12, tally="known"), toll(10, 12, tally="unknown")]
    parts = dict.fromkeys(("known", "unknown"), "sex")
    dataset = of_one_source(rows, subset_of=dict.fromkeys(parts, "all"))
    dataset = with_cells(
        dataset, "tallies", division=parts, division_complete=dict.fromkeys(parts, "yes")
    )
    assert not any("lowered" in line for line in said(dataset))
    assert [*find_notices(dataset)] == [
        "unknown is fewer now: 30, then 10; the other parts of its division rose"
    ]
    slip = [*rows[:3], toll(81, 12), toll(71, 12, tally="known"), toll(10, 12, tally="unknown")]
    slip = make_dataset(slip, subset_of=dict.fromkeys(parts, "all"))
    slip = with_cells(slip, "tallies", division=parts)
    assert any("If that is a slip" in each for each in find_notices(slip))


def test_what_was_lowered_and_withdrawn_is_said_with_its_thousands():
    lowered = said(of_one_source([toll(5300, 10), toll(3840, 11)]))
    assert lowered[1].endswith("published 8 July 2018; lowered from 5,300")


@pytest.mark.slow
def test_the_reasons_for_no_figure_are_of_the_dataset_as_of_then(capsys):
    example = str(EXAMPLES / "monthly")
    assert main(["summary", example]) == 0
    whole = capsys.readouterr().out
    first = analysis.load(example).reports["source_date"].min()
    assert main(["summary", example, "--as-of", f"{first:%Y-%m-%d}"]) == 0
    assert "no figure by_period" not in whole
    assert "no figure by_period: no two numbers of one month each" in capsys.readouterr().out


def test_before_anything_was_published_nothing_is_counted(capsys):
    assert main(["summary", str(EXAMPLES / "monthly"), "--as-of", "1999-01-01"]) == 0
    assert capsys.readouterr().out == "nothing counted as of 1999-01-01\n"


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
