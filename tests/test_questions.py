"""What check asks and notes: each question once, each answered by a row, and then silent."""

import pytest

import analysis
from analysis.data.notices import find_notices
from compact import incident, make_dataset, toll, with_cells


def kinds(dataset) -> list[str]:
    return analysis.doubts(dataset)["kind"].tolist()


def asked(dataset) -> str:
    (question,) = analysis.doubts(dataset)["doubt"]
    return question


def offices(dataset, **by_report):
    """The dataset with who published each report, all citing one source."""
    dataset = with_cells(dataset, "tallies", source_original={"all": "a ministry"})
    return with_cells(dataset, "reports", source_office=by_report)


def test_what_nothing_leaves_open_is_not_asked():
    assert kinds(make_dataset([toll(41, 30), toll(11, 30, tally="part")], {"part": "all"})) == []


# Told again


REPEATED = [toll(100, 10), toll(120, 11), toll(100, 12)]


def test_an_old_total_that_another_office_repeats():
    dataset = offices(make_dataset(REPEATED), r10="wire", r11="wire", r12="desk")
    assert kinds(dataset) == ["repeats"]
    assert "e3 repeats the number of e1" in asked(dataset)
    assert analysis.totals(dataset)["low"].item() == 120
    answered = with_cells(dataset, "events", same_as={"e3": "e1"})
    assert kinds(answered) == []
    assert analysis.totals(answered)["low"].item() == 120


def test_an_office_that_returns_to_its_old_number_is_not_asked():
    dataset = offices(make_dataset(REPEATED), r10="wire", r11="wire", r12="wire")
    assert kinds(dataset) == []
    assert analysis.totals(dataset)[["low", "high"]].iloc[0].tolist() == [100, 100]


def test_a_copy_on_other_days():
    told = [incident(7, 10, days=(1, 1)), incident(7, 11, days=(3, 3), same_as="e1")]
    assert kinds(make_dataset(told)) == ["days"]
    assert "somewhere in 2018-06-28 to 2018-06-30" in asked(make_dataset(told))
    assert kinds(make_dataset([told[0], told[1]._replace(first=1)])) == []


def test_two_numbers_of_one_time():
    told = [toll(93, 10), toll(115, 11)]
    dataset = with_cells(
        make_dataset(told), "reports", source_date={"r11": make_dataset(told).reports.iloc[0, 2]}
    )
    assert kinds(dataset) == ["differ"]
    assert analysis.totals(dataset)[["low", "high"]].iloc[0].tolist() == [93, 115]
    assert kinds(make_dataset(told)) == []


def test_a_link_to_another_tally_with_another_number():
    told = [toll(10, 10), toll(4, 11, tally="part", same_as="e1")]
    assert kinds(make_dataset(told, {"part": "all"})) == ["link"]
    relayed = [toll(10, 10), toll(10, 11, tally="part", same_as="e1")]
    assert kinds(make_dataset(relayed, {"part": "all"})) == []


# Less than before


def test_an_open_total_below_an_exact_one():
    told = [toll(139, 10), toll(131, 11, high=None)]
    assert kinds(make_dataset(told)) == ["rounded"]
    assert analysis.totals(make_dataset(told))["low"].item() == 139
    lowered = make_dataset([told[0], told[1]._replace(same_as="e1")])
    assert (kinds(lowered), analysis.totals(lowered)["low"].item()) == ([], 131)
    rounded = with_cells(make_dataset(told), "events", counted_in={"e2": "e1"})
    assert (kinds(rounded), analysis.totals(rounded)["low"].item()) == ([], 139)


def test_an_open_total_below_its_months_together():
    told = [toll(69, 10), toll(161, 11, days=(2, 2)), toll(229, 12, high=None, days=(1, 2))]
    assert kinds(make_dataset(told)) == ["rounded"]
    answered = with_cells(make_dataset(told), "events", counted_in={"e3": "e1;e2"})
    assert (kinds(answered), analysis.totals(answered)["low"].item()) == ([], 230)


@pytest.mark.parametrize(
    ("told", "parts", "said"),
    [
        ([toll(362, 10), toll(358, 11)], {}, ["e2 (358", "less", "e1 (362", "the same days"]),
        (
            [toll(69, 10), toll(161, 11, days=(2, 2)), toll(229, 12, days=(1, 2))],
            {},
            ["e3 (229", "together", "e1 (69", "e2 (161"],
        ),
        (
            [
                toll(802, 10),
                toll(587, 10, tally="part"),
                toll(316, 11, tally="part", supersedes="e2"),
            ],
            {"part": "all"},
            ["e2 (587", "e1 (802", "271", "at least 531"],
        ),
        ([toll(10, 10), toll(12, 11, same_as="e1"), toll(11, 12, same_as="e1")], {}, ["e2 (12"]),
    ],
    ids=["same days", "together", "a part", "repeated"],
)
def test_each_number_that_counts_no_longer_is_named_with_what_did_it(told, parts, said):
    notices = " ".join(find_notices(make_dataset(told, parts)))
    assert all(each in notices for each in said), notices


def test_a_total_that_falls_with_several_numbers_names_all_that_lowered_them():
    told = [toll(40, 10, days=(1, 4)), toll(10, 10), toll(8, 10, days=(3, 3))]
    alone = [*find_notices(make_dataset([*told, toll(7, 12)]))]
    both = [*find_notices(make_dataset([*told, toll(7, 12), toll(6, 13, days=(3, 3))]))]
    assert " held a number that e4 lowered by 3: it now says at least 37." in alone[0]
    assert " held numbers that e4, e5 lowered by 5 together: it now says at least 35." in both[0]


def test_a_toll_that_rises_is_not_named():
    told = [toll(low, day) for day, low in enumerate((40, 93, 115, 133), 10)]
    assert [*find_notices(make_dataset(told))] == []
    assert kinds(make_dataset(told)) == []


# Added up


LATE = [toll(5, 10, days=(1, 4)), incident(1, 12, days=(2, 2))]


def test_an_incident_told_after_a_total_of_its_day():
    assert kinds(make_dataset(LATE)) == ["late"]
    for column, least in (("counted_in", 5), ("apart_from", 6)):
        answered = with_cells(make_dataset(LATE), "events", **{column: {"e2": "e1"}})
        assert (kinds(answered), analysis.totals(answered)["low"].item()) == ([], least)


def test_a_later_total_of_its_day_holds_it():
    assert kinds(make_dataset([*LATE, toll(6, 13, days=(1, 5))])) == []


RAIDS = [incident(180, 10), incident(183, 11), incident(220, 12)]


def test_a_rising_toll_coded_as_incidents():
    assert kinds(make_dataset(RAIDS)) == ["incidents"]
    assert "e1, e2, e3" in asked(make_dataset(RAIDS))
    assert "583" in asked(make_dataset(RAIDS))


@pytest.mark.parametrize(
    "answered",
    [
        [RAIDS[0], RAIDS[1]._replace(same_as="e1"), RAIDS[2]._replace(same_as="e1")],
        [each._replace(published=10) for each in RAIDS],
        [each._replace(first=day, last=day) for day, each in enumerate(RAIDS, 1)],
        [toll(180, 10), toll(183, 11), toll(220, 12)],
    ],
    ids=["same_as", "one report", "other days", "tolls"],
)
def test_incidents_that_are_told_apart(answered):
    assert kinds(make_dataset(answered)) == []


def test_the_same_number_on_neighbouring_days():
    told = [incident(7, 10, days=(1, 1)), incident(7, 11, days=(2, 2))]
    assert kinds(make_dataset(told)) == ["incidents"]
    assert kinds(make_dataset([told[0], told[1]._replace(low=8, high=8)])) == []
    apart = with_cells(make_dataset(told), "events", apart_from={"e2": "e1"})
    assert kinds(apart) == []


TWO = [toll(10, 10, tally="a"), toll(12, 10, tally="b")]


@pytest.mark.parametrize(
    "cells",
    [
        {"subset_of": {"b": "a"}},
        {"apart_from": {"b": "a"}},
        {"cause": {"a": "shelling", "b": "gunfire"}},
        {"victim_group": {"a": "children", "b": "women"}},
        {"attributed_to": {"a": "people", "b": "others"}},
    ],
    ids=lambda cells: next(iter(cells)),
)
def test_tallies_that_could_share_people(cells):
    assert kinds(make_dataset(TWO)) == ["tallies"]
    assert kinds(with_cells(make_dataset(TWO), "tallies", **cells)) == []


def test_what_says_less_holds_what_says_more():
    dataset = with_cells(make_dataset(TWO), "tallies", cause={"a": "shelling"})
    assert kinds(dataset) == ["inside"]
    assert analysis.totals(dataset)["low"].item() == 12
    for column, least in (("subset_of", 12), ("apart_from", 22)):
        answered = with_cells(dataset, "tallies", **{column: {"a": "b"}})
        assert (kinds(answered), analysis.totals(answered)["low"].item()) == ([], least)


def test_a_nesting_that_numbers_of_one_page_rule_out():
    told = [toll(10, 10, tally="a"), toll(12, 10, tally="b")]
    dataset = with_cells(make_dataset(told), "tallies", cause={"b": "shelling"})
    dataset = with_cells(dataset, "events", high={"e1": 10})
    assert kinds(dataset) == ["nesting"]
    assert analysis.window_bounds(dataset, "a", "2018-06-28", "2018-06-28") == (10, 10)
    assert kinds(with_cells(dataset, "tallies", apart_from={"b": "a"})) == []


def two_parties(**cells):
    dataset = make_dataset(TWO)
    parties = dataset.parties.reindex([0, 0]).reset_index(drop=True)
    parties["party_id"] = ["people", "others"]
    dataset = analysis.Dataset(dataset.reports, parties, dataset.tallies, dataset.events)
    dataset = with_cells(dataset, "tallies", party_id={"b": "others"})
    return with_cells(dataset, "parties", **cells)


def test_parties_that_could_share_people():
    assert kinds(two_parties()) == ["parties"]
    assert kinds(two_parties(apart_from={"others": "people"})) == []
    inside = two_parties(part_of={"others": "people"})
    assert kinds(with_cells(inside, "tallies", subset_of={"b": "a"})) == []
    assert kinds(two_parties(status={"others": "armed group"})) == []


def test_several_publishers_without_a_source():
    dataset = offices(make_dataset([toll(10, 10), toll(12, 11)]), r10="wire", r11="desk")
    dataset = with_cells(dataset, "tallies", source_original={"all": None})
    assert kinds(dataset) == ["publishers"]
    assert kinds(with_cells(dataset, "tallies", source_original={"all": "a ministry"})) == []


def test_a_part_of_what_another_source_counts():
    dataset = with_cells(make_dataset(TWO), "tallies", source_original={"a": "x", "b": "y"})
    assert kinds(dataset) == []
    assert kinds(with_cells(dataset, "tallies", subset_of={"b": "a"})) == ["source"]


def test_tallies_of_one_name():
    named = {"a": "Dead", "b": "Dead"}
    dataset = with_cells(make_dataset(TWO, {"b": "a"}), "tallies", label_en=named)
    assert kinds(dataset) == ["names"]
    assert kinds(with_cells(dataset, "tallies", label_en={"b": "Children"})) == []


def test_many_tallies_are_asked_about_once():
    told = [toll(1, 10, tally=f"t{at:04}") for at in range(2_000)]
    found = analysis.doubts(make_dataset(told))
    assert len(found) == 1
    assert len(found["doubt"].item()) < 500


def test_a_statement_shows_what_is_asked_of_it():
    found = analysis.statements(make_dataset(LATE))
    assert found["question"].tolist() == ["late", "late"]
