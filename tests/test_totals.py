"""Totals and ledger on small datasets whose answers can be worked out by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from compact import Statement, make_dataset


def entries(dataset) -> dict:
    rows = analysis.ledger(dataset).set_index("event_id")
    return {name: (row.counted, row.inside, row.reason) for name, row in rows.iterrows()}


def total(dataset) -> list:
    rows = analysis.totals(dataset)
    assert len(rows) == 1
    return rows[["low", "high", "naive_sum"]].iloc[0].tolist()


def test_running_total_contains_the_day():
    dataset = make_dataset([("a", "toll", 1, 5, 41, 41), ("a", "incident", 5, 5, 4, 4)])
    assert total(dataset) == [41, 41, 45]
    assert entries(dataset)["e2"] == (0, "e1", "inside a larger count")


def test_running_totals_that_grow_count_once():
    dataset = make_dataset([("a", "toll", 1, 2, 10, 10), ("a", "toll", 1, 4, 25, 25)])
    assert total(dataset) == [25, 25, 35]
    assert entries(dataset) == {
        "e1": (0, "e2", "inside a larger count"),
        "e2": (25, pytest.approx(float("nan"), nan_ok=True), "counted"),
    }


def test_days_apart_add_up_and_leave_the_top_open():
    # Nothing is stated of day 2, so nothing bounds the total from above.
    dataset = make_dataset([("a", "toll", 1, 1, 10, 10), ("a", "toll", 3, 3, 5, 5)])
    assert total(dataset)[:2] == [15, pd.NA]


def test_incidents_add_up():
    dataset = make_dataset([("a", "incident", 1, 3, 2), ("a", "incident", 2, 2, 5)])
    assert total(dataset)[0] == 7


def test_people_counted_again_count_once():
    dataset = make_dataset([("a", "incident", 1, 2, 5), ("a", "incident", 2, 2, 6, None, "e1")])
    assert total(dataset) == [5, pd.NA, 11], "one page says both"
    assert [entries(dataset)[name][0] for name in ("e1", "e2")] == [5, 0]


def test_no_statement_is_credited_with_more_than_it_states():
    # Nobody on day 1, so that the one of days 0 and 1 and the one of days 1 and 2 are two people.
    dataset = make_dataset(
        [("a", "toll", 1, 2, 1, 1), ("a", "toll", 2, 3, 1), ("a", "toll", 2, 2, 0, 0)]
    )
    assert total(dataset)[0] == 2
    assert [entries(dataset)[name][0] for name in ("e1", "e2", "e3")] == [1, 1, 0]


def test_tallies_that_may_share_people_are_not_added():
    # Five of them lie in both wholes: at least twelve, not twenty.
    dataset = make_dataset(
        [("a", "toll", 1, 1, 12), ("b", "toll", 1, 1, 8), ("c", "toll", 1, 1, 5)], {"c": "a;b"}
    )
    assert total(dataset)[:2] == [12, pd.NA]
    assert analysis.ledger(dataset)["counted"].sum() == 12


def test_same_number_told_twice_adds_nothing():
    dataset = make_dataset([("a", "incident", 1, 1, 5), ("a", "incident", 1, 1, 5, None, "e1")])
    assert entries(dataset)["e2"] == (0, "e1", "repeated")


def test_part_is_inside_its_whole():
    dataset = make_dataset([("a", "toll", 1, 3, 41, 41), ("b", "toll", 1, 3, 11, 11)], {"b": "a"})
    assert total(dataset) == [41, 41, 52]
    assert entries(dataset)["e2"] == (0, "e1", "part of a larger tally")


def test_part_after_the_last_total_still_counts():
    # 11 children on day 5, after the total of days 1 to 3: at least 52 in all.
    dataset = make_dataset([("a", "toll", 1, 3, 41, 41), ("b", "toll", 5, 5, 11, 11)], {"b": "a"})
    assert total(dataset)[:2] == [52, pd.NA]
    assert entries(dataset)["e2"][0] == 11


def test_overlapping_totals_count_their_overlap_once():
    # 10 on days 1-2 and 10 on days 2-3, at most 3 of them on day 2: at least 17.
    dataset = make_dataset(
        [("a", "toll", 1, 2, 10), ("a", "toll", 2, 3, 10), ("a", "toll", 2, 2, 0, 3)]
    )
    assert total(dataset)[0] == 17
    assert sum(counted for counted, *_ in entries(dataset).values()) == 17


def test_sources_are_never_added():
    dataset = make_dataset([("a", "toll", 1, 1, 10, 10), ("b", "toll", 1, 1, 12, 12)])
    tallies = dataset.tallies.assign(source_original=["SOHR", "OCHA"])
    dataset = analysis.Dataset(dataset.reports, dataset.parties, tallies, dataset.events)
    assert analysis.totals(dataset)["low"].tolist() == [10, 12]


def test_tallies_of_one_source_are_added():
    dataset = make_dataset([("a", "toll", 1, 1, 10, 10), ("b", "toll", 4, 4, 12, None)])
    assert total(dataset) == [22, pd.NA, 22]


def test_a_harm_that_nobody_counts_is_named():
    with pytest.raises(ValueError, match="no tally of people 'injured'; there are: killed"):
        analysis.ledger(make_dataset([("a", "toll", 1, 1, 10, 10)]), harm="injured")


def test_nothing_stated_gives_empty_frames_with_the_columns():
    dataset = make_dataset([])
    columns = ["source_original", "party_id", "harm", "low", "high", "naive_sum"]
    assert list(analysis.totals(dataset).columns) == columns
    assert analysis.totals(dataset).empty
    assert analysis.casualty_bounds(dataset).empty
    assert analysis.ledger(dataset).empty


def test_contradictions_are_raised_not_summed():
    dataset = make_dataset([("a", "toll", 1, 2, 5, 5), ("a", "incident", 1, 1, 6)])
    for function in (analysis.totals, analysis.ledger, analysis.casualty_bounds):
        with pytest.raises(analysis.ContradictionError) as caught:
            function(dataset)
        assert caught.value.event_ids == ["e1", "e2"]


def test_unknown_reading_is_named():
    with pytest.raises(ValueError, match="primary, wide"):
        analysis.casualty_bounds(make_dataset([]), reading="loose")


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.builds(
            Statement,
            tally=st.sampled_from("ab"),
            kind=st.sampled_from(["toll", "incident"]),
            first=st.integers(1, 3),
            last=st.integers(3, 6),
            low=st.integers(0, 9),
            high=st.none(),
            same_as=st.none(),
            reading=st.none(),
            published=st.sampled_from([30, 31]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([{}, {"b": "a"}]),
)
def test_ledger_adds_up_to_the_totals(statements, subset_of):
    dataset = make_dataset(statements, subset_of)
    assert analysis.ledger(dataset)["counted"].sum() == analysis.totals(dataset)["low"].sum()
    found = analysis.ledger(dataset)
    assert found["counted"].between(0, found["low"]).all()
