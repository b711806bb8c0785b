"""What a count says now, and what became of it: the table that bounds, figures and checks read."""

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

import analysis
from analysis.data.notices import find_notices
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
    assert found["label"].tolist() == ["people", "people"], (
        "a tally without a label is called as its party"
    )
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
    assert status(withdrawing(dataset, "e2")) == {"e1": "withdrawn"}


def withdrawing(dataset, *names):
    """The dataset whose rows of these names say no number, only that the first one was wrong."""
    cells = {"supersedes": "e1", "low": pd.NA, "high": pd.NA, "count": None, "tally_id": None}
    cells |= {"count_kind": None}
    return with_cells(
        dataset, "events", **{key: dict.fromkeys(names, c) for key, c in cells.items()}
    )


@pytest.mark.parametrize("kind", ["toll", "stock"])
def test_a_number_denied_and_then_withdrawn_stood_until_it_was_denied(kind):
    """An agency gave it in an office's name; the office denies it, the agency withdraws it."""
    told = [toll(11300, 10), toll(1, 11), toll(1, 12)]
    dataset = make_dataset([each._replace(kind=kind) for each in told])
    dataset = withdrawing(dataset, "e2", "e3")
    assert status(dataset, as_of=day(10)) == {"e1": "stands"}
    for as_of in (day(11), day(12)):
        (row,) = analysis.statements(dataset, as_of=as_of).itertuples()
        assert (row.status, row.because) == ("withdrawn", "e2")
    assert analysis.doubts(dataset).empty


def test_all_rows_that_withdraw_a_number_are_named():
    dataset = withdrawing(make_dataset([toll(11300, 10), toll(1, 11), toll(1, 12)]), "e2", "e3")
    (notice,) = find_notices(dataset)
    assert notice.endswith("is withdrawn by e2, e3")


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


def test_a_nesting_through_a_third_tally_is_ruled_out():
    """Part in middle is written, middle in all only follows: so part in all does."""
    told = [toll(5, 10, tally="part"), toll(3, 10), toll(1, 9, tally="middle")]
    dataset = with_cells(make_dataset(told, {"part": "middle"}), "tallies", area={"middle": "x"})
    assert analysis.contradictions(dataset).empty
    found = [days(dataset, tally=name) for name in ("part", "middle", "all")]
    assert found == [(5, 5), (5, None), (3, 3)]
    asked = analysis.doubts(dataset).query("kind == 'nesting'")
    assert asked["tally_ids"].tolist() == ["middle;all"]


def test_pages_of_one_time_that_clash_are_asked_about():
    """The women of one page are more than all of another, and no hour is known."""
    told = [toll(5, 10, tally="women"), toll(3, 11)]
    dataset = at(make_dataset(told, {"women": "all"}), r10="00:00", r11="00:00")
    found = analysis.statements(dataset)
    assert found["because"].tolist() == ["e2", "e1"]
    assert found["status"].tolist() == ["from_below", "from_below"]
    assert found["question"].tolist() == ["clash", "clash"]
    assert days(dataset) == (5, None)


def test_each_of_two_pages_of_one_time_takes_back_what_is_too_many_for_it():
    """Pages say one, and two to four: an older two may have been one too many."""
    told = [toll(2, 9, high=None, days=(2, 3)), toll(2, 11, high=4, days=(1, 5))]
    dataset = make_dataset([*told, toll(1, 12, days=(1, 5))])
    dataset = at(dataset, r11="00:00", r12="00:00")
    assert status(dataset)["e1"] == "taken_back"
    assert days(dataset, last=5) == (1, 4)


def test_a_page_s_incidents_are_different_people_and_do_not_fall_together():
    told = [incident(3, 10), incident(5, 10, days=(1, 2)), incident(2, 11, same_as="e1")]
    dataset = make_dataset(told)
    assert status(dataset) == {"e1": "taken_back", "e2": "stands", "e3": "stands"}
    assert days(dataset, last=2) == (7, None)


def test_what_follows_of_a_whole_from_its_part_is_no_statement_of_its_own():
    """One of the part, and none of all but on the last day: so one of the part on that day."""
    told = [toll(1, 10, high=None, tally="part", days=(1, 5)), toll(0, 10, days=(1, 4))]
    dataset = make_dataset([*told, toll(0, 11, high=None, days=(1, 5))], {"part": "all"})
    calculated = analysis.statements(dataset).query("calculated")
    assert calculated[["tally_id", "status"]].to_numpy().tolist() == [["part", "stands"]]
    assert days(dataset, first=5, last=5) == (1, None)


def stock(low, published, last, **more):
    return toll(low, published, days=(None, last), **more)._replace(kind="stock")


def test_a_stock_told_again_of_a_later_day_is_counted_again():
    told = [stock(3, 10, 3), stock(2, 10, 3), stock(2, 11, 6, same_as="e2")]
    dataset = make_dataset(told)
    assert days(dataset, last=6) == (2, 2)
    assert days(dataset, last=5) == (2, 3)


def test_a_stock_that_is_set_aside_makes_no_stock():
    told = [stock(4, 10, 3, reading="aside"), incident(2, 10, tally="part")]
    assert days(make_dataset(told, {"part": "all"})) == (2, None)


def test_a_stock_of_one_reading_is_a_stock_in_both():
    told = [stock(4, 10, 3, reading="wide"), incident(2, 10, tally="part")]
    dataset = make_dataset(told, {"part": "all"})
    assert days(dataset, last=3) == days(dataset, last=3, reading="wide") == (0, None)
    dataset = make_dataset([*told, stock(5, 10, 6)])
    assert days(dataset, last=3, reading="wide") == (0, None)


def test_no_number_falls_with_a_stock():
    told = [stock(4, 10, 1), toll(4, 10, tally="part"), stock(3, 11, 1, supersedes="e1")]
    assert status(make_dataset(told, {"part": "all"}))["e2"] == "stands"


def test_a_stock_whose_office_returns_to_a_number():
    told = [stock(10, 10, 3), stock(12, 11, 3, same_as="e1"), stock(10, 12, 3, same_as="e2")]
    assert days(make_dataset(told), last=3) == (10, 10)
    assert status(make_dataset(told))["e3"] == "stands"


def test_a_total_told_later_lifts_what_had_fallen():
    """Fewer men, and then no fewer people: somebody else was counted among the men."""
    told = [toll(2, 10, tally="men"), toll(5, 10), toll(0, 11, tally="men")]
    dataset = make_dataset([*told, toll(6, 12, days=(1, 3))], {"men": "all"})
    assert status(dataset, as_of=day(11))["e2"] == "reduced"
    assert status(dataset)["e2"] == "from_below"
    assert days(dataset) == (5, 6)


def test_a_clash_is_of_what_pages_state_before_what_is_calculated():
    """Two of all on one page are too many for another; that one was no woman says no more."""
    told = [toll(1, 10, days=(1, 6)), incident(2, 11, days=(6, 6))]
    told += [toll(1, 11, tally="women", days=(3, 6))]
    parts = ("women", "men")
    dataset = make_dataset(told, dict.fromkeys(parts, "all"), dict.fromkeys(parts, True))
    dataset = at(dataset, r10="00:00", r11="00:00")
    assert analysis.statements(dataset)["calculated"].any()
    assert status(dataset) == {"e1": "from_below", "e2": "stands", "e3": "stands"}


def test_two_stocks_of_one_time_leave_both_ends():
    told = [stock(2, 10, 3), stock(5, 11, 3, high=None, same_as="e1"), stock(4, 11, 3, high=None)]
    dataset = at(make_dataset(told), r10="00:00", r11="00:00")
    assert days(dataset, last=3) == (2, None)


def test_a_stock_is_withdrawn_by_a_page_of_the_same_day_whatever_its_name():
    """The row that withdraws it comes first by its name."""
    told = [toll(5, 30), toll(9, 30)._replace(supersedes="e1"), toll(7, 30)]
    dataset = make_dataset(told)
    events = dataset.events.assign(count_kind="stock")
    names = {"e1": "z1", "e2": "a2"}
    events = events.assign(event_id=events["event_id"].replace(names))
    events = events.assign(supersedes=events["supersedes"].replace(names))
    events["count_kind"] = events["count_kind"].where(events["low"].notna())
    table = analysis.statements(replace(dataset, events=events)).set_index("event_ids")
    assert table.loc["z1", "status"] == "withdrawn" and table.loc["z1", "because"] == "a2"


def test_what_a_page_says_of_a_whole_stands_where_people_moved_between_its_parts():
    """Of 30 unknown 20 became known: the 100 of all and the 60 before still leave 40."""
    parts, days = {"known": "all", "unknown": "all"}, (1, 20)
    told = [toll(100, 30, days=days, tally="all"), toll(60, 30, days=(1, 10), tally="all")]
    told += [toll(70, 30, days=days, tally="known"), toll(30, 30, days=days, tally="unknown")]
    told += [toll(110, 40, days=(1, 31), tally="all"), toll(100, 40, days=(1, 31), tally="known")]
    told += [toll(10, 40, days=(1, 31), tally="unknown")]
    whole = dict.fromkeys(parts, "yes")
    later = [[each for each in told if each.tally == "all"], told]
    for some, division in zip(later, ({}, whole), strict=True):
        dataset = make_dataset(some, parts if division else None, division)
        first, stop = day(11).date(), day(20).date()
        assert analysis.window_bounds(dataset, "all", first, stop) == (40, 50)
