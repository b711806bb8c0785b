"""The figures of what a text states: its statements by time, and the ledger to its total."""

import re
import traceback

import pytest

import analysis
from analysis import LANGUAGES
from analysis.charts.pictures import inline_svg
from compact import Statement, incident, make_dataset, toll, with_cells
from conftest import EVERY, assert_readable, said, signs, written

REPORT = analysis.load("data/report")
FORTNIGHT = analysis.load("data/fortnight")
DEEP = make_dataset(
    [
        toll(60, 30, days=(1, 9)),
        toll(40, 30, tally="b", days=(1, 9)),
        toll(12, 30, high=None, tally="c", days=(2, 8)),
        toll(3, 30, tally="d", days=(2, 8)),
    ],
    subset_of={"b": "all", "c": "b", "d": "c"},
)


def down(chart, *texts: str) -> list[float]:
    """How far down some texts stand."""
    places = {text.get_text(): text.get_position()[1] for text in written(chart)}
    return [places[text] for text in texts]


def test_statements_stand_by_time_and_not_by_size():
    told = [toll(9, 30, days=(1, 3)), toll(500, 30, days=(4, 5)), toll(70, 30, days=(6, 9))]
    chart = analysis.plot_statements(make_dataset(told))
    places = down(chart, "9", "500", "70")
    assert places == sorted(places)


def test_no_reading_rules_among_the_statements():
    chart = analysis.plot_statements(REPORT)
    text = " ".join(said(chart))
    assert "The words of 3 of these numbers can also be read more loosely." in text
    assert "loosely:" not in text
    assert not any(line.is_dashed() for line in chart.axes[0].lines)


def test_many_numbers_are_drawn_as_tallies_and_the_figure_says_so():
    few = [toll(10 + at, 60, days=(at, at)) for at in range(1, 41)]
    chart = analysis.plot_statements(make_dataset(few))
    assert len(signs(chart, "day")) == 40 and "too many" not in " ".join(said(chart))
    chart = analysis.plot_statements(make_dataset([*few, toll(99, 60, days=(41, 41))]))
    assert len(signs(chart, "day")) == 41, "the days of all its numbers"
    text = " ".join(said(chart))
    assert "there are too many to draw each" in text and "latest of" not in text
    assert "99" not in said(chart) and "41 counts" in said(chart), "99 is only of the last day"
    assert chart.title.startswith("The report gives 41 counts")
    chart = analysis.plot_statements(make_dataset([*few, toll(9999, 61, days=(1, 41))]))
    assert "9,999" in said(chart) and "latest of 41" in " ".join(said(chart)), (
        "which holds the others"
    )


def test_the_widest_tallies_are_those_that_are_drawn():
    chart = analysis.plot_statements(FORTNIGHT)
    text = " ".join(said(chart))
    assert "292" in said(chart) and "Islamic State fighters (SOHR), latest of 5" in text
    assert "13 more are not shown." in text and "Children in Tasil" not in text


def test_a_number_inside_another_of_its_report_stands_below_it_as_one_of_them():
    told = [
        toll(41, 30, days=(3, 9)),
        toll(4, 30, days=(9, 9)),
        toll(11, 30, tally="b", days=(3, 9)),
    ]
    chart = analysis.plot_statements(make_dataset(told, {"b": "all"}))
    places = down(chart, "41", "4 among them", "People: 11")
    assert places == sorted(places), "not below the children"
    assert "People: 41 (30 June to 6 July). People: 4 among them (6 July)." in chart.alt


@pytest.mark.parametrize(
    ("told", "cells"),
    [
        ([toll(41, 30, days=(3, 9)), toll(4, 30, days=(10, 10)), toll(5, 31, days=(9, 9))], {}),
        ([toll(41, 30, days=(3, 9)), toll(10, 30, days=(None, 5))], {}),
        ([toll(41, 30, None, days=(3, 9)), incident(4, 30, days=(9, 9))], {"apart_from": "e1"}),
        ([toll(10, 30, None, days=(3, 9)), toll(15, 30, days=(9, 9))], {}),
        ([toll(41, 30, days=(3, 9), reading="wide"), toll(4, 30, days=(9, 9))], {}),
    ],
    ids=["others", "from before", "apart", "more", "wide"],
)
def test_what_another_number_does_not_hold_is_not_among_them(told, cells):
    cells = {column: {"e2": cell} for column, cell in cells.items()}
    chart = analysis.plot_statements(with_cells(make_dataset(told), "events", **cells))
    assert "among them" not in " ".join([*said(chart), chart.alt])


def test_an_open_window_holds_what_lies_in_it():
    told = [toll(41, 30, days=(None, 9)), toll(30, 30, days=(3, 9)), toll(4, 30, days=(9, 9))]
    chart = analysis.plot_statements(make_dataset(told))
    places = down(chart, "41", "30 among them", "4 among them")
    assert places == sorted(places)


def test_one_statement_is_said_as_one():
    one = make_dataset([toll(41, 30, days=(3, 9))])
    titles = {each: analysis.plot_statements(one, language=each).title for each in LANGUAGES}
    assert titles["en"] == "One number in the report: 41"
    assert titles["ar"] == "عدد واحد في التقرير: 41"
    assert titles["fr"].replace("\u00a0", " ") == "Un seul chiffre dans le texte : 41"


def test_what_several_reports_say_is_said_once():
    told = [toll(41, 20, days=(3, 9)), toll(41, 21, days=(3, 9), same_as="e1")]
    chart = analysis.plot_statements(make_dataset(told))
    assert said(chart).count("41") == 1 and "in 2 reports" in said(chart)


def test_a_ledger_has_fifteen_numbers_and_no_more():
    told = [incident(at, 30, days=(at, at)) for at in range(1, 16)]
    assert len(analysis.plot_ledger(make_dataset(told)).numbers) == 15
    told.append(incident(16, 30, days=(16, 16)))
    with pytest.raises(analysis.NothingToDrawError, match=r"16 numbers .* see plot_by_party"):
        analysis.plot_ledger(make_dataset(told))


def test_parts_of_parts_are_indented_once_more():
    chart = analysis.plot_ledger(DEEP)
    across = {text.get_text(): text.get_position()[0] for text in written(chart)}
    steps = [across[each] for each in ("60", "40", "at least 12", "3")]
    assert steps == sorted(steps) and len({*steps}) == 4


def test_a_ledger_of_some_tallies_leads_to_how_many_these_are():
    chart = analysis.plot_ledger(DEEP, tallies=["d", "b"])
    rows = chart.numbers[["tally_id", "counted", "depth"]].to_numpy().tolist()
    assert rows == [["b", 40, 0], ["c", 0, 1], ["d", 0, 2]]
    assert chart.title == (
        "Adding up every number gives 55; counting nobody twice gives 40 people killed"
    )
    assert "part of 40" in " ".join(said(chart)) and "60" not in said(chart)
    names = ["children_bombardment", "government_clashes", "islamic_state_clashes"]
    parts = analysis.plot_ledger(REPORT, tallies=names)
    assert parts.numbers["counted"].tolist() == [11, 43, 61]
    assert parts.title.startswith("The numbers add up to at least 115 people killed")
    with pytest.raises(ValueError, match="no tally 'x'; there are: all, b"):
        analysis.plot_ledger(DEEP, tallies=["x"])


def test_a_part_is_said_to_be_of_a_number():
    text = " ".join(said(analysis.plot_ledger(DEEP)))
    assert "part of 60" in text and "part of 40" in text and "part of at least 12" in text
    french = " ".join(said(analysis.plot_ledger(REPORT, language="fr")))
    assert "fait partie de" not in french and french.count("compris dans") == 2


def test_the_title_of_a_ledger_has_no_reading_rules():
    told = [toll(40, 30, days=(1, 9)), Statement("all", "toll", 1, 9, 40, None, None, "wide")]
    told[0] = told[0]._replace(reading="primary")
    dataset = with_cells(make_dataset(told), "tallies", source_original={"all": "SOHR"})
    chart = analysis.plot_ledger(dataset)
    assert "strictly" not in chart.title
    assert any("in their widest sense: at least 40 people killed" in text for text in said(chart))


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("plot", [analysis.plot_statements, analysis.plot_ledger])
def test_they_can_be_read(plot, language, width):
    assert_readable(plot(REPORT, language=language, width=width), (language, width))
    if plot is analysis.plot_statements:
        assert_readable(plot(FORTNIGHT, language=language, width=width), (language, width))


def test_a_part_stands_under_the_nearest_count_that_holds_it():
    told = [toll(417, 30, None, days=(1, 30)), toll(21, 30, days=(30, 30))]
    told += [toll(9, 30, tally="b", days=(30, 30)), toll(99, 30, tally="un", days=(9, 30))]
    dataset = make_dataset(told, {"b": "all"})
    who = {"all": "SOHR", "b": "SOHR", "un": "UN"}
    dataset = with_cells(dataset, "tallies", source_original=who)
    inside = analysis.ledger(dataset).set_index("event_id")["inside"]
    assert (inside["e2"], inside["e3"]) == ("e1", "e2")
    texts = " ".join(said(analysis.plot_ledger(dataset)))
    assert "counted by another source" in texts and "counts 99" not in texts


def test_each_window_leads_to_its_words():
    told = [toll(10 + at, 60, days=(at, at + at % 2)) for at in range(1, 51)]
    chart = analysis.plot_statements(make_dataset(told))
    places = {
        place.partition("#s-")[2] for place in re.findall(r'href="([^"]*)"', inline_svg(chart))
    }
    assert places == {*chart.event_ids}


def test_why_a_figure_does_not_suit_is_raised_anew_each_time():
    dataset, raised = make_dataset([toll(10, 60, days=(1, 1))]), []
    for _ in range(3):
        with pytest.raises(analysis.NothingToDrawError) as caught:
            analysis.plot_reported(dataset)
        raised.append(caught.value)
    assert len({*map(id, raised)}) == 3 and len({*map(str, raised)}) == 1
    assert len({len([*traceback.walk_tb(each.__traceback__)]) for each in raised}) == 1
