"""One question has one answer: what contains, equals or sums does so, in both readings.

On random datasets with tallies in tallies, readings, copies, updates, corrections and open windows,
as of any day; and on courses of events, of which is known what happened.
"""

import random
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from analysis.bounds.families import family_of
from analysis.bounds.solver import solve
from analysis.data.cut import published_by, stated_only, updated, without_superseded
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import ContradictionError, casualty_bounds, ledger, totals, window_bounds
from analysis.bounds.contradictions import solutions
from analysis.bounds.intervals import _days, find_limits
from analysis.bounds.totals import tally_totals
from analysis.data.dataset import Dataset
from courses import LAST_PAGE, Course, courses
from test_bounds_oracle import (
    DAY_ONE,
    LAST_DAY,
    Instance,
    Statement,
    day,
    instances,
    make_dataset,
)
from test_rising import incident, rising, toll, total

COURSES = courses().map(lambda course: course.instance)
ANY = COURSES | instances(subsets=True) | rising(divided=False)
AS_OF = st.sampled_from([None, *range(1, LAST_PAGE)])
CUT = st.tuples(COURSES, AS_OF) | st.tuples(ANY, st.none())
MANY = [
    pytest.param(60, id="some"),
    pytest.param(1500, id="thousands", marks=pytest.mark.attack),
]
DAYS = pd.date_range("2018-06-28", periods=LAST_DAY)


def each(count: int, strategy: st.SearchStrategy, check, clash: bool = True) -> None:
    """Check so many datasets of a strategy, which may contradict themselves."""

    @settings(deadline=None, max_examples=count, database=None)
    @given(strategy)
    def found(drawn) -> None:
        try:
            check(drawn)
        except ContradictionError:
            assert clash

    found()


def high_of(bounds: tuple[int, int | None]) -> float:
    return np.inf if pd.isna(bounds[1]) else bounds[1]


def ends(row: pd.Series) -> tuple[int, int | None]:
    return row["low"], None if pd.isna(row["high"]) else row["high"]


def contains(wide: tuple, primary: tuple) -> bool:
    return wide[0] <= primary[0] and high_of(wide) >= high_of(primary)


WINDOWS = [
    (first, last)
    for last in DAYS.date
    for first in (None, *DAYS.date)
    if not first or first <= last
]


def answers(dataset: Dataset, reading: str) -> dict[tuple, tuple]:
    """Bounds of every tally over every window of the days there are, also from before them."""
    asked = [(tally_id, *days) for tally_id in dataset.tallies["tally_id"] for days in WINDOWS]
    return {each: window_bounds(dataset, *each, reading=reading) for each in asked}


def cut(drawn: tuple[Instance, int | None]) -> Dataset:
    """The dataset of an instance as of a day."""
    instance, number = drawn
    return published_by(make_dataset(*instance), number and day(number).date())


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_a_day_has_the_same_bounds_whoever_is_asked(count, reading):
    def check(drawn) -> None:
        dataset = cut(drawn)
        found = casualty_bounds(dataset, reading)
        for _, rows in found.groupby("tally_id"):
            assert rows["cumulative_low"].is_monotonic_increasing
            assert rows["cumulative_high"].astype(float).fillna(np.inf).is_monotonic_increasing
        for row in found.itertuples():
            days = [row.date.date()] * 2
            asked = window_bounds(dataset, row.tally_id, *days, reading=reading)
            assert asked == (row.low, None if pd.isna(row.high) else row.high)

    each(count, CUT, check)


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_a_total_is_the_sum_of_its_ledger(count, reading):
    def check(drawn) -> None:
        dataset = cut(drawn)
        assert (
            totals(dataset, reading)["low"].sum()
            == ledger(dataset, "killed", reading)["counted"].sum()
        )

    each(count, CUT, check)


@pytest.mark.parametrize("count", MANY)
def test_the_wide_reading_contains_the_primary(count):
    def check(drawn) -> None:
        dataset = cut(drawn)
        wide, primary = (answers(dataset, reading) for reading in ("wide", "primary"))
        assert all(contains(wide[asked], primary[asked]) for asked in primary)
        for find, key in ((tally_totals, ["tally_id"]), (totals, ["party_id", "harm"])):
            one, other = (find(dataset, name).set_index(key) for name in ("wide", "primary"))
            assert {*other.index} <= {*one.index}
            for name in other.index:
                assert contains(ends(one.loc[name]), ends(other.loc[name]))

    each(count, CUT, check)


@pytest.mark.parametrize("count", MANY)
def test_bounds_contain_what_happened(count):
    def check(drawn: tuple[Course, int]) -> None:
        course, number = drawn
        assume(course.is_true(number))
        dataset = cut((course.instance, number))
        check_true(dataset, course.truth, "primary")
        with suppress(ContradictionError):  # the other reading of a sentence is not what happened
            check_true(dataset, course.truth, "wide")

    each(count, st.tuples(courses(), st.integers(1, LAST_PAGE)), check, clash=False)


def check_true(dataset: Dataset, truth: dict[str, list[int]], reading: str) -> None:
    """Whether people by tally and day, first those before day 1, are within all bounds."""
    for (tally, first, last), bounds in answers(dataset, reading).items():
        start = (first - DAY_ONE.date()).days + 1 if first else 0
        people = sum(truth[tally][start : (last - DAY_ONE.date()).days + 2])
        assert contains(bounds, (people, people)), (tally, first, last)
    for row in tally_totals(dataset, reading).itertuples():
        assert row.low <= sum(truth[row.tally_id])
    for tally, rows in casualty_bounds(dataset, "primary").groupby("tally_id"):
        first = (rows["date"].iloc[0] - DAY_ONE).days + 1  # before it, where a window is open
        for stop, row in enumerate(rows.itertuples(), first + 1):
            so_far = row.cumulative_low, row.cumulative_high
            people = [(sum(truth[tally][start:stop]),) * 2 for start in (0, first)]
            assert any(contains(so_far, each) for each in people), (tally, row.date)


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_as_of_a_day_is_what_was_told_by_then(count, reading):
    def check(drawn) -> None:
        (told, *more), number = drawn
        rows = {f"e{at}": row for at, row in enumerate(told, start=1)}
        first = {name: row.same_as or name for name, row in rows.items()}
        kept = {name: row for name, row in rows.items() if row.published <= number}
        heads = {first[name]: name for name in reversed(kept)}
        numbers = {name: f"e{at}" for at, name in enumerate(kept, start=1)}

        named = [(row.supersedes, name) for name, row in rows.items() if row.supersedes]
        corrections = {first[older]: newer for older, newer in reversed(named)}

        def said(name: str, column: str) -> str | None:
            row = rows[first[name]]  # a correction stands in the place of what it corrects
            corrects = row.supersedes if column == "updates" else None
            return getattr(row, column) or (corrects and said(corrects, column))

        def link(name: str, column: str) -> str | None:
            """What a thing names of those that were told by then; its first telling says it."""
            older = said(name, column)
            while older and first[older] not in heads:
                instead = corrections.get(first[older]) if column == "updates" else None
                older = instead or said(older, column)
            return numbers[heads[first[older]]] if older and heads[first[name]] == name else None

        by_then = [
            row._replace(
                same_as=None if heads[first[name]] == name else numbers[heads[first[name]]],
                updates=link(name, "updates"),
                supersedes=link(name, "supersedes"),
            )
            for name, row in kept.items()
        ]
        alone = make_dataset(by_then, *more)
        asked = answers(alone, reading)
        dataset = make_dataset(told, *more)
        on = day(number).date()
        assert asked == {
            each: window_bounds(dataset, *each, reading=reading, as_of=on) for each in asked
        }
        assert totals(alone, reading).equals(totals(dataset, reading, as_of=on))
        both = ledger(alone, "killed", reading), ledger(dataset, "killed", reading, on)
        assert both[0]["counted"].sum() == both[1]["counted"].sum()

    each(count, st.tuples(COURSES, st.integers(1, LAST_PAGE - 1)), check)


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_another_statement_never_loosens_but_by_a_later_count(count, reading):
    def check(instance) -> None:
        *told, last = instance.statements
        if not told or last.reading == "wide" or last.supersedes:
            return
        before, after = make_dataset(told, *instance[1:]), make_dataset(*instance)
        released = [updated(some, reading).tolist() for some in (before, after)]
        if released[0] == released[1][: len(told)]:
            fewer, more = (answers(some, reading) for some in (before, after))
            assert all(contains(fewer[asked], more[asked]) for asked in fewer)

    each(count, COURSES | instances(subsets=True), check)


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_the_order_of_rows_gives_nobody_the_credit(count, reading):
    def check(drawn) -> None:
        drawn, seed = drawn
        dataset = cut(drawn)
        mixed = dataset.events.sample(frac=1, random_state=seed).reset_index(drop=True)
        order = [
            ledger(some, "killed", reading).set_index("event_id").sort_index()["counted"]
            for some in (dataset, replace(dataset, events=mixed, solutions={}))
        ]
        assert order[0].equals(order[1])

    each(count, st.tuples(CUT, st.integers(0, 99)), check)


# Found on courses of events


def test_a_correction_updates_what_it_corrects_did():
    told = [toll(5, 10), toll(9, 11, days=(1, 2), updates="e1")]
    corrected = make_dataset([*told, toll(8, 12, days=(1, 2), supersedes="e2")])
    for dataset in (corrected, stated_only(corrected), without_superseded(corrected)):
        assert window_bounds(dataset, "all", day(1).date(), day(1).date()) == (5, 8)


def test_a_correction_of_a_correction_is_still_of_the_same_people():
    told = [incident(4, 10), incident(6, 11, updates="e1")]
    told += [incident(5, 12, supersedes="e2"), incident(7, 13, supersedes="e3")]
    assert [total(make_dataset(told[:number]))[0] for number in (1, 2, 3, 4)] == [4, 6, 5, 7]
    assert total(without_superseded(make_dataset(told)))[0] == 7


def test_what_counts_a_mistake_further_counts_its_correction_further():
    told = [incident(6, 10), incident(8, 11, updates="e1"), incident(7, 12, supersedes="e1")]
    assert total(make_dataset(told))[0] == 8
    told[2] = incident(9, 12, supersedes="e1", updates="e2")  # which leads back nowhere
    assert total(make_dataset(told))[0] == 9


def test_a_copy_that_came_first_counts_further_too():
    told = [incident(4, 10), incident(6, 12, updates="e1"), incident(6, 11, same_as="e2")]
    assert total(make_dataset(told), as_of=day(11).date())[0] == 6
    told[1] = told[1]._replace(updates=None, supersedes="e1")
    assert total(make_dataset(told), as_of=day(11).date())[0] == 6


def test_a_toll_is_updated_through_a_count_of_another_reading():
    told = [toll(5, 10), toll(7, 11, days=(1, 2), updates="e1", reading="wide")]
    told.append(toll(9, 12, days=(1, 3), updates="e2"))
    dataset = make_dataset(told)
    assert window_bounds(dataset, "all", day(1).date(), day(1).date()) == (5, 9)


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


@pytest.mark.parametrize("count", [20, pytest.param(300, marks=pytest.mark.attack)])
def test_a_limit_is_named_exactly_where_there_is_no_room(count):
    def check(drawn) -> None:
        dataset = cut(drawn)
        for reading in ("primary", "wide"):
            for (tally_id, *days), (low, high) in answers(dataset, reading).items():
                asked = dataset, tally_id, *days
                assert find_limits(*asked, low, high, reading) == []
                if high is not None:
                    named = find_limits(*asked, high + 1, None, reading)
                    check_limiting(dataset, named, (tally_id, *days), high, reading)

    each(count, CUT, check)


def check_limiting(dataset: Dataset, named: list[str], asked: tuple, high: int, reading: str):
    """Whether the statements named, each as it counts in the dataset, leave no more room."""
    families = [family_of(dataset, asked[0], reading)]
    some = [each.take(np.isin(each.event_id, named)) for each in families[0].readings]
    place, window = families[0].tallies.index(asked[0]), _days(*asked[1:])
    fits = [one for one in solutions(dataset, families[0]) if one is not None]
    assert (
        named
        and max(solve(each).between(place, *window)[1, 0] for each in some[: len(fits)]) <= high
    )


def test_the_limit_of_the_wide_reading_is_that_of_both():
    told = [toll(5, 30, reading="wide"), toll(9, 30, reading="primary"), toll(3, 30, days=(2, 2))]
    dataset, days = make_dataset(told), (day(1).date(), day(1).date())
    assert window_bounds(dataset, "all", *days, "wide") == (5, 9)
    assert find_limits(dataset, "all", *days, 10, None, "wide") == ["e1", "e2"]
    assert find_limits(dataset, "all", *days, 0, 4, "wide") == ["e1", "e2"]
    assert find_limits(dataset, "all", *days, 6, None, "wide") == []
    told[1] = told[1]._replace(reading=None, high=7, low=4)
    told[0] = told[0]._replace(reading="primary", low=1, high=12)
    dataset = make_dataset(told)
    assert find_limits(dataset, "all", *days, 8, None, "wide") == ["e2"]


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
