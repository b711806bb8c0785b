"""One question has one answer: what contains, equals or sums does so, in both readings.

On random datasets with tallies in tallies, readings, copies, updates and open windows.
"""

import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import ContradictionError, casualty_bounds, ledger, totals, window_bounds
from analysis.bounds.intervals import find_limits
from analysis.bounds.totals import tally_totals
from analysis.data.cut import updated
from analysis.data.dataset import Dataset
from test_bounds_oracle import DAY_ONE, LAST_DAY, Statement, instances, make_dataset
from test_rising import rising

ANY = instances(subsets=True) | rising(divided=False)
MANY = [
    pytest.param(60, id="some"),
    pytest.param(2500, id="thousands", marks=pytest.mark.attack),
]
DAYS = pd.date_range("2018-06-28", periods=LAST_DAY)


def each(count: int, strategy: st.SearchStrategy, check) -> None:
    """Check so many datasets of a strategy that do not contradict themselves."""

    @settings(deadline=None, max_examples=count, database=None)
    @given(strategy)
    def found(drawn) -> None:
        try:
            check(drawn)
        except ContradictionError:
            return

    found()


def high_of(bounds: tuple[int, int | None]) -> float:
    return np.inf if bounds[1] is None else bounds[1]


def ends(row: pd.Series) -> tuple[int, int | None]:
    return row["low"], None if pd.isna(row["high"]) else row["high"]


def contains(wide: tuple, primary: tuple) -> bool:
    return wide[0] <= primary[0] and high_of(wide) >= high_of(primary)


def answers(dataset: Dataset, reading: str) -> dict[tuple, tuple]:
    """Bounds of every tally over every window of the days there are."""
    found = {}
    for tally_id in dataset.tallies["tally_id"]:
        for first, day in enumerate(DAYS):
            for last in DAYS[first:]:
                asked = tally_id, str(day.date()), str(last.date())
                found[asked] = window_bounds(dataset, *asked, reading=reading)
    return found


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_a_day_has_the_same_bounds_whoever_is_asked(count, reading):
    def check(instance) -> None:
        dataset = make_dataset(*instance)
        found = casualty_bounds(dataset, reading)
        for _, rows in found.groupby("tally_id"):
            assert rows["cumulative_low"].is_monotonic_increasing
            assert rows["cumulative_high"].astype(float).fillna(np.inf).is_monotonic_increasing
        for row in found.itertuples():
            day = str(row.date.date())
            asked = window_bounds(dataset, row.tally_id, day, day, reading=reading)
            assert asked == (row.low, None if pd.isna(row.high) else row.high)

    each(count, ANY, check)


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_a_total_is_the_sum_of_its_ledger(count, reading):
    def check(instance) -> None:
        dataset = make_dataset(*instance)
        assert (
            totals(dataset, reading)["low"].sum()
            == ledger(dataset, "killed", reading)["counted"].sum()
        )

    each(count, ANY, check)


@pytest.mark.parametrize("count", MANY)
def test_the_wide_reading_contains_the_primary(count):
    def check(instance) -> None:
        dataset = make_dataset(*instance)
        wide, primary = (answers(dataset, reading) for reading in ("wide", "primary"))
        assert all(contains(wide[asked], primary[asked]) for asked in primary)
        for find, key in ((tally_totals, ["tally_id"]), (totals, ["party_id", "harm"])):
            one, other = (find(dataset, name).set_index(key) for name in ("wide", "primary"))
            assert {*other.index} <= {*one.index}
            for name in other.index:
                assert contains(ends(one.loc[name]), ends(other.loc[name]))

    each(count, ANY, check)


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_another_statement_never_loosens_but_by_a_later_count(count, reading):
    def check(instance) -> None:
        *told, last = instance.statements
        if not told or last.reading == "wide":
            return
        before, after = make_dataset(told, *instance[1:]), make_dataset(*instance)
        released = [updated(some, reading).tolist() for some in (before, after)]
        if released[0] == released[1][: len(told)]:
            fewer, more = (answers(some, reading) for some in (before, after))
            assert all(contains(fewer[asked], more[asked]) for asked in fewer)

    each(count, instances(subsets=True), check)


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_the_order_of_rows_gives_nobody_the_credit(count, reading):
    def check(drawn) -> None:
        instance, seed = drawn
        dataset = make_dataset(*instance)
        mixed = dataset.events.sample(frac=1, random_state=seed).reset_index(drop=True)
        order = [
            ledger(some, "killed", reading).set_index("event_id").sort_index()["counted"]
            for some in (dataset, replace(dataset, events=mixed, solutions={}))
        ]
        assert order[0].equals(order[1])

    each(count, st.tuples(ANY, st.integers(0, 99)), check)


# Found by attack


def test_a_toll_of_the_wide_reading_alone_binds_nothing():
    dataset = make_dataset([Statement("a", "toll", 1, 1, 5, 5, reading="wide")])
    assert window_bounds(dataset, "a", "2018-06-28", "2018-06-28", reading="wide") == (0, None)
    row = casualty_bounds(dataset, "wide").iloc[0]
    assert row["low"] == 0 and pd.isna(row["high"])


def test_a_wide_toll_beside_a_primary_one():
    dataset = make_dataset(
        [
            Statement("a", "toll", 1, 1, 5, 5, reading="wide"),
            Statement("a", "toll", 1, 1, 2, 9, reading="primary"),
        ]
    )
    assert totals(dataset, "wide")["low"].sum() == 2
    assert ledger(dataset, reading="wide")["counted"].sum() == 2


def test_a_tally_that_only_the_primary_reading_counts():
    dataset = make_dataset(
        [
            Statement("a", "toll", 1, 1, 3, 3),
            Statement("b", "toll", 1, 1, 10, 10, reading="primary"),
        ]
    )
    assert totals(dataset)[["low", "high"]].iloc[0].tolist() == [13, 13]
    wide = totals(dataset, "wide").iloc[0]
    assert wide["low"] == 3 and pd.isna(wide["high"])


def test_copies_go_into_the_ledger_together():
    dataset = make_dataset(
        [
            Statement("a", "toll", 1, 9, 5, 6),
            Statement("a", "toll", 1, 3, 5, 6, same_as="e1"),
            Statement("a", "toll", 1, 9, 10, None),
        ]
    )
    assert ledger(dataset)["counted"].sum() == totals(dataset)["low"].sum() == 10


def test_a_limit_is_named_exactly_where_there_is_no_room():
    def check(instance) -> None:
        dataset = make_dataset(*instance)
        for reading in ("primary", "wide"):
            for (tally_id, *days), (low, high) in answers(dataset, reading).items():
                asked = dataset, tally_id, *days
                assert find_limits(*asked, low, high, reading) == []
                if high is not None:
                    assert find_limits(*asked, high + 1, None, reading)

    each(15, ANY, check)


def test_a_telling_adds_no_more_than_it_states():
    first, again = Statement("a", "toll", 1, 1, 3), Statement("a", "toll", 1, 1, 5, same_as="e1")
    assert ledger(make_dataset([first, again]))["counted"].tolist() == [3, 2]


def test_a_primary_reading_that_contradicts_itself_says_nothing():
    told = [Statement("a", "toll", 1, 1, count, count, reading="primary") for count in (5, 6)]
    told.append(Statement("a", "toll", 4, 5, 4, 4, reading="wide"))
    bounds = casualty_bounds(make_dataset(told), "wide")
    assert bounds["cumulative_low"].tolist() == [0, 4]


@pytest.mark.parametrize("seed", range(6))
def test_counts_of_fifteen_digits_that_are_true_are_no_contradiction(seed):
    chance = random.Random(seed)
    truth = [chance.randrange(10**14) for _ in range(40)]
    told = []
    for _ in range(60):
        first = chance.randrange(40)
        last = min(39, first + chance.randrange(9))
        people = sum(truth[first : last + 1])
        slack = chance.choice([0, 0, 1, 10**9])
        told.append(Statement("a", "toll", first + 1, last + 1, people - slack, people + slack))
    bounds = casualty_bounds(make_dataset(told))
    people = bounds["date"].map(lambda day: truth[(day - DAY_ONE).days])
    assert (bounds["low"] <= people).all() and (bounds["high"].fillna(10**16) >= people).all()
