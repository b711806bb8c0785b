"""Which figures a dataset has, and what they show where nothing is chosen."""

from dataclasses import replace
from pathlib import Path

import pytest

import analysis
from analysis import plot_by_party, plot_over_time
from analysis.bounds.drawn import leading_tallies
from analysis.figures.choices import Figures, chosen_figures
from analysis.page.settings import PROJECT
from compact import make_dataset, toll


def of_sources(told, sources):
    dataset = make_dataset(told)
    return replace(dataset, tallies=dataset.tallies.assign(source_original=sources))


def test_of_two_sources_the_latest_and_widest_total_is_shown():
    early, late = toll(90, 5, days=(1, 4)), toll(40, 9, days=(1, 8), tally="late")
    assert leading_tallies(of_sources([early, late], ["SOHR", "OCHA"]), "killed") == ["late"]
    wide = toll(30, 9, days=(1, 8), tally="wide")
    short = toll(35, 9, days=(7, 8), tally="short")
    assert leading_tallies(of_sources([wide, short], ["A", "B"]), "killed") == ["wide"]


def test_of_one_source_nothing_is_left_out():
    told = [toll(90, 5, days=(1, 4)), toll(40, 9, days=(1, 8), tally="late")]
    dataset = of_sources(told, "SOHR")
    assert leading_tallies(dataset, "killed") == [*dataset.tallies["tally_id"]]


def test_figures_over_time_and_by_party_show_the_same_source():
    early, late = toll(90, 5, days=(1, 4)), toll(40, 9, days=(1, 8), tally="late")
    dataset = of_sources([early, late], ["SOHR", "OCHA"])
    assert {*plot_over_time(dataset).numbers["tally_id"]} == {"late"}
    assert [*plot_by_party(dataset).numbers["source_original"]] == ["OCHA"]


def test_what_does_not_suit_is_said_and_not_written(tmp_path):
    dataset = make_dataset([("a", "toll", 1, 3, 5, 5)])
    figures = Figures(dataset, {}, Path())
    missing = figures.missing()
    assert {"reported", "by_period", "sources"} <= {*missing} and "by_party" not in missing
    assert all(said.startswith("nothing to ") for said in missing.values())
    written = figures.export(tmp_path, ["by_party", "sources"])
    assert {path.name.split(".")[0] for path in written} == {"by_party", "by_party-column"}


def test_another_dataset_is_read_from_beside_the_tables():
    figures = chosen_figures(PROJECT / "data" / "fortnight")
    assert figures.options["sources"]["other"] == "../ucdp"
    other = figures.options_of("sources")["other"]
    assert "UCDP" in {*other.tallies["source_original"]}
    assert figures.options_of("sources")["other"] is other, "it is read once"


@pytest.mark.parametrize("name", ["by_party", "over_time", "statements"])
def test_some_parties_are_drawn_as_among_all(name):
    """Who counts all parties is drawn of one of them too, and a party that is none is named."""
    dataset = analysis.load(PROJECT / "data" / "fortnight")
    plot = getattr(analysis, f"plot_{name}")
    numbers = plot(dataset, parties=["civilians"]).numbers
    assert {*numbers["party_id"]} == {"civilians"}
    if name != "statements":
        assert {*numbers["source_original"]} == {"SOHR"}
    with pytest.raises(ValueError, match="civilians, government_forces"):
        plot(dataset, parties=["nobody"])


def test_the_ledger_of_some_parties_adds_up_theirs():
    report = analysis.load(PROJECT / "data" / "report")
    ledger = analysis.plot_ledger(report, parties=["civilians"]).numbers
    assert {*ledger["party_id"]} == {"civilians"} and ledger["counted"].sum() == 41


def test_of_statements_that_contradict_each_other_no_figure_is_drawn(tmp_path):
    told = [("part", "toll", 1, 4, 9, 9), ("all", "toll", 1, 4, 5, 5)]
    figures = Figures(make_dataset(told, {"part": "all"}), {}, tmp_path)
    said = figures.missing()
    assert "check names the statements" in said["by_party"]
    assert {"over_time", "ledger"} <= {*said} and figures.export(tmp_path, ["by_party"]) == []
