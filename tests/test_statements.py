"""What a count says now, and what became of it: the table that bounds, figures and checks read."""

from datetime import datetime

import pandas as pd
import pytest

import analysis
from compact import day, incident, make_dataset, toll, with_cells

COLUMNS = ["event_ids", "tally_id", "count_kind", "date_start", "date_end", "count", "low", "high"]
COLUMNS += ["binding_low", "binding_high", "published_from", "published_until", "status"]
COLUMNS += ["because", "calculated", "question"]


def status(dataset, **how) -> dict[str, str]:
    rows = analysis.statements(dataset, **how)
    rows = rows[~rows["calculated"]]
    return dict(zip(rows["event_ids"], rows["status"], strict=True))


def days(dataset, tally="all", first=1, last=1, **how):
    window = f"{day(first):%Y-%m-%d}", f"{day(last):%Y-%m-%d}"
    return analysis.window_bounds(dataset, tally, *window, **how)


def test_a_row_a_count_with_its_copies():
    told = [toll(40, 10), toll(40, 11, same_as="e1"), toll(93, 12)]
    found = analysis.statements(make_dataset(told))
    assert [*found] == COLUMNS
    assert found["event_ids"].tolist() == ["e1;e2", "e3"]
    assert found["status"].tolist() == ["from_below", "stands"]
    assert found["binding_high"].tolist() == [pd.NA, 93]
    assert found["because"].tolist()[0] == "e3"
    assert found["published_from"].tolist()[0] == day(10)
    assert analysis.statements(make_dataset([])).columns.tolist() == COLUMNS


def test_what_one_page_says_together_is_calculated():
    told = [toll(41, 10, days=(1, 6)), toll(4, 10, days=(6, 6))]
    (row,) = analysis.statements(make_dataset(told)).query("calculated").itertuples()
    assert (row.event_ids, row.count, row.status) == ("e1;e2", "at least 37", "stands")
    assert days(make_dataset(told), last=5) == (37, 37)
    apart = [told[0], told[1]._replace(published=11)]
    assert not analysis.statements(make_dataset(apart))["calculated"].any()


def test_what_is_calculated_falls_with_what_it_follows_from():
    told = [toll(41, 10, days=(1, 6)), toll(4, 10, days=(6, 6)), toll(38, 11, days=(1, 6))]
    dataset = make_dataset(told)
    assert status(dataset) == {"e1": "taken_back", "e2": "from_below", "e3": "stands"}
    assert days(dataset, last=5) == (34, 34)  # 38 but for four at least


def test_labels_and_statuses_of_what_is_set_aside_or_older():
    told = [toll(14, 10, reading="aside"), toll(13, 10)]
    found = analysis.statements(make_dataset(told), labels=True)
    assert found["label"].tolist() == ["all", "all"]
    assert found["status"].tolist() == ["aside", "stands"]
    stocks = [each._replace(kind="stock") for each in (toll(9000, 10), toll(8540, 11, days=(2, 2)))]
    assert status(make_dataset(stocks)) == {"e1": "replaced", "e2": "stands"}
    assert days(make_dataset(stocks)) == (9000, 9000)
    assert days(make_dataset(stocks), last=5) == (8540, 8540)


def at(dataset, **hours):
    """The dataset with hours of publication, by report."""
    times = {name: pd.Timestamp(f"2018-07-07T{hour}") for name, hour in hours.items()}
    return with_cells(dataset, "reports", source_date=times)


def test_as_of_a_minute_a_day_and_a_cut():
    dataset = at(make_dataset([toll(10, 10), toll(20, 11)]), r10="08:00", r11="10:00")
    assert days(dataset, as_of="2018-07-07T09:59") == (10, 10)
    assert days(dataset, as_of=datetime(2018, 7, 7, 9, 59)) == (10, 10)
    assert days(dataset, as_of="2018-07-07T10:00") == (20, 20)
    assert days(dataset, as_of="2018-07-07") == (20, 20)
    cut = analysis.published_by(dataset, "2018-07-07")
    assert days(cut, as_of="2018-07-07T09:59") == (10, 10)
    with pytest.raises(ValueError, match="write T00:01 to T23:59"):
        days(dataset, as_of="2018-07-07T00:00")


def test_a_withdrawal_whose_page_may_be_the_earlier():
    told = [toll(10, 10), toll(1, 11)]
    dataset = at(make_dataset(told), r11="20:00")  # the other page shows no hour of that day
    cells = {"supersedes": "e1", "low": pd.NA, "high": pd.NA, "count": None, "tally_id": None}
    dataset = with_cells(dataset, "events", **{name: {"e2": cell} for name, cell in cells.items()})
    assert status(dataset) == {"e1": "withdrawn"}


def test_a_withdrawal_of_another_reading_counts_in_that_alone():
    told = [toll(10, 10), toll(8, 11, supersedes="e1", reading="wide")]
    assert status(make_dataset(told)) == {"e1": "stands"}
    assert status(make_dataset(told), reading="wide")["e1"] == "withdrawn"


def test_a_copy_that_narrows_the_days_is_settled_again():
    part = {"tally": "part"}
    told = [
        toll(5, 10, days=(1, 3), **part),
        toll(5, 11, days=(2, 5), same_as="e1", **part),
        toll(4, 12, days=(2, 3)),
    ]
    dataset = make_dataset(told, {"part": "all"})
    assert days(dataset, first=2, last=3) == (4, 4)
    assert status(dataset)["e1;e2"] == "taken_back"


def test_a_nesting_that_is_ruled_out_hides_nobody():
    dataset = make_dataset([toll(10, 10, tally="a"), toll(12, 10, tally="b")])
    dataset = with_cells(dataset, "tallies", cause={"b": "shelling"})
    assert analysis.totals(dataset)["low"].item() == 12  # they may still share people
    assert analysis.ledger(dataset)["counted"].sum() == 12


def test_a_whole_written_by_mistake_makes_no_circle():
    told = [toll(10, 10, tally=name) for name in "abc"]
    dataset = with_cells(make_dataset(told), "tallies", subset_of={"a": "b"})
    dataset = with_cells(dataset, "tallies", cause={"b": "x", "c": "x"}, victim_group={"b": "y"})
    assert days(dataset, tally="a") == (10, 10)


def test_a_link_to_a_later_page_is_not_looked_up_before_it():
    dataset = make_dataset([incident(7, 10, same_as="e2"), incident(7, 12)])
    assert analysis.doubts(dataset, as_of="2018-07-07").empty


def test_divisions_of_one_name_in_two_areas_are_two():
    told = [toll(30, 10), toll(15, 10, tally="a"), toll(5, 10, tally="b")]
    told += [toll(9, 10, tally="a1"), toll(6, 10, tally="a2"), toll(2, 10, tally="b1")]
    divided = {"a1": "x", "a2": "y", "b1": "x", "b2": "y"}
    dataset = make_dataset([*told, toll(3, 10, tally="b2")])
    cells = {
        "area": {name: name[0] for name in ("a", "b", *divided)},
        "victim_group": divided,
        "division": dict.fromkeys(divided, "group"),
        "division_complete": dict.fromkeys(divided, "yes"),
    }
    dataset = with_cells(dataset, "tallies", **cells)
    assert analysis.contradictions(dataset).empty
    assert [days(dataset, tally=name) for name in ("all", "a1", "b2")] == [(30, 30), (9, 9), (3, 3)]


def test_a_nesting_that_is_ruled_out_divides_nothing():
    told = [toll(1, 10), toll(2, 10, tally="women"), toll(1, 11, tally="men")]
    groups = {"women": "women", "men": "men"}
    dataset = with_cells(
        make_dataset(told),
        "tallies",
        victim_group=groups,
        division=dict.fromkeys(groups, "sex"),
    )
    assert analysis.contradictions(dataset).empty
    assert days(dataset, tally="women") == (2, 2)
    assert analysis.doubts(dataset)["kind"].tolist() == ["nesting"]
