"""Nobody is added in silence: what the tables leave open is asked."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.bounds.doubts import doubts, find_doubts
from test_bounds_oracle import Statement, make_dataset, make_table
from test_rising import incident, toll, with_cells

RAIDS = [incident(180, 10), incident(183, 11), incident(220, 12)]


def test_a_rising_toll_coded_as_incidents_is_asked_about():
    (doubt,) = find_doubts(make_dataset(RAIDS)).itertuples(index=False)
    assert (doubt.doubt, doubt.tally_ids, doubt.event_ids) == ("incidents", "all", "e1;e2;e3")
    assert (doubt.reports, doubt.low) == (3, 583)
    (line,) = doubts(make_dataset(RAIDS))["doubt"]
    assert "from 3 reports are added up to at least 583: e1, e2, e3" in line


@pytest.mark.parametrize(
    "answered",
    [
        [RAIDS[0], RAIDS[1]._replace(updates="e1"), RAIDS[2]._replace(updates="e2")],
        [RAIDS[0], RAIDS[1]._replace(same_as="e1"), RAIDS[2]._replace(same_as="e1")],
        [each._replace(published=10) for each in RAIDS],
        [each._replace(first=day, last=day) for day, each in enumerate(RAIDS, 1)],
        [toll(180, 10), toll(183, 11), toll(220, 12)],
    ],
    ids=["updates", "same_as", "one report", "other days", "tolls"],
)
def test_what_is_answered_is_not_asked(answered):
    assert find_doubts(make_dataset(answered)).empty


def test_other_people_are_named_in_either_row():
    dataset = make_dataset(RAIDS)
    some = with_cells(dataset, "events", apart_from={"e1": "e2", "e3": "e1"})
    assert find_doubts(some)["event_ids"].tolist() == ["e2;e3"]
    every = with_cells(some, "events", apart_from={"e3": "e1; e2"})
    assert find_doubts(every).empty


def test_windows_that_meet_day_by_day_but_share_none():
    told = [incident(1, 10), incident(2, 11, days=(1, 3)), incident(3, 12, days=(3, 4))]
    assert find_doubts(make_dataset(told))["event_ids"].tolist() == ["e1;e2;e3"]
    told[1] = told[1]._replace(last=2)
    assert find_doubts(make_dataset(told))["event_ids"].tolist() == ["e1;e2"]


def test_an_incident_without_a_first_day_meets_all_before():
    dataset = make_dataset([incident(1, 10), incident(2, 11, days=(5, 5))])
    dataset = with_cells(dataset, "events", date_start={"e2": pd.NaT})
    (doubt,) = find_doubts(dataset).itertuples()
    assert pd.isna(doubt.date_start)
    assert f"{doubt.date_end:%m-%d}" == "07-02"


TWO = [toll(5, 10), toll(9, 10, tally="other")]


def test_tallies_that_could_share_people():
    labels = {"label_en": {"all": "Everybody", "other": "Others"}}
    dataset = with_cells(make_dataset(TWO), "tallies", **labels)
    assert find_doubts(dataset)["doubt"].tolist() == ["tallies"]
    other = with_cells(dataset, "tallies", party_id={"other": "crowd"})
    crowd = pd.DataFrame([{"party_id": "crowd", "status": "mixed"}])
    for status, asked in (("civilian", []), ("mixed", ["tallies"])):
        parties = pd.concat([dataset.parties, crowd.assign(status=status)], ignore_index=True)
        assert find_doubts(replace(other, parties=parties))["doubt"].tolist() == asked
    for column in ("cause", "victim_group"):
        apart = with_cells(dataset, "tallies", **{column: {"all": "one", "other": "two"}})
        assert "tallies" not in [*find_doubts(apart)["doubt"]]
    apart = with_cells(dataset, "tallies", area={"all": "one", "other": "two"})
    assert "tallies" in [*find_doubts(apart)["doubt"]], "names of places may mean the same place"
    unlike = make_table("areas", [{"area_id": "one"}, {"area_id": "two"}])
    assert find_doubts(replace(apart, areas=unlike)).empty
    parts = with_cells(dataset, "tallies", subset_of={"other": "all"})
    assert find_doubts(parts).empty
    areas = make_table("areas", [{"area_id": "one"}, {"area_id": "two", "part_of": "one"}])
    within = replace(apart, areas=areas)
    assert find_doubts(within)["tally_ids"].tolist() == ["other;all"]


def test_two_tallies_of_one_name():
    same = with_cells(make_dataset(TWO), "tallies", cause={"all": "raids", "other": "clashes"})
    named = with_cells(same, "parties", label_en={"people": "People"})
    assert find_doubts(named)["doubt"].tolist() == ["names"]
    labelled = with_cells(named, "tallies", label_ar={"all": "الكل"})
    assert find_doubts(labelled).empty


def test_a_group_alone_and_a_link_to_another_tally():
    told = [toll(5, 10), toll(9, 11, tally="other", updates="e1")]
    groups = {"victim_group": {"all": "women", "other": "children"}}
    labels = {"label_en": {"all": "Women", "other": "Children"}}
    dataset = with_cells(make_dataset(told), "tallies", **groups, **labels)
    found = find_doubts(dataset)
    assert found["doubt"].tolist() == ["group", "group", "link"]
    assert found["tally_ids"].tolist() == ["all", "other", "other;all"]
    assert "e2 corrects or updates" in doubts(dataset)["doubt"].iloc[-1]


def test_many_incidents_are_asked_about_at_once():
    told = [Statement("all", "incident", 1, 2, 1, published=10 + at % 2) for at in range(40)]
    (line,) = doubts(make_dataset(told))["doubt"]
    assert "at least 40: e1, e2" in line
    assert "e10 and 30 more" in line


def test_answers_on_a_copy_or_a_later_count_are_heard():
    copied = make_dataset([incident(4, 10), incident(5, 11), incident(5, 12, same_as="e2")])
    assert find_doubts(copied)["event_ids"].tolist() == ["e1;e2"]
    assert find_doubts(with_cells(copied, "events", apart_from={"e3": "e1"})).empty
    further = make_dataset([incident(4, 10), incident(5, 11), incident(6, 12, updates="e2")])
    assert find_doubts(with_cells(further, "events", apart_from={"e2": "e1"})).empty
    one_page = make_dataset([incident(4, 11), incident(5, 10), incident(5, 11, same_as="e2")])
    assert find_doubts(one_page).empty


def test_a_part_of_another_sources_tally():
    dataset = make_dataset([toll(5, 10), toll(9, 10, tally="other", high=None)], {"other": "all"})
    dataset = with_cells(
        dataset, "tallies", source_original={"all": "Ministry", "other": "Embassy"}
    )
    assert "source" in [*find_doubts(dataset)["doubt"]]
