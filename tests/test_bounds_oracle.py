"""Bounds against an independent slow oracle, and against answers worked out by hand."""

from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import oracle
from analysis import ContradictionError, Dataset, casualty_bounds
from analysis.data import codebook

DAY_ONE = pd.Timestamp("2018-06-28")  # so that day 4 is in another month
LAST_DAY = 6
DTYPES = {"int": "Int64", "number": "float64"} | dict.fromkeys(["date", "time"], "datetime64[us]")


class Statement(NamedTuple):
    """A counted row: days are counted from 1, high None is "at least", rows are e1, e2, …

    ``first`` None is an open window, ``published`` the day of its report.
    """

    tally: str
    kind: str
    first: int | None
    last: int
    low: int
    high: int | None = None
    same_as: str | None = None
    reading: str | None = None
    published: int = 30
    updates: str | None = None
    supersedes: str | None = None


class Instance(NamedTuple):
    """A small dataset that hypothesis can print: statements, and the parent of each subset.

    A tally in ``division`` belongs to the only one of its parent, complete where True.
    """

    statements: list[Statement]
    subset_of: dict[str, str]
    division: dict[str, bool] | None = None


def make_dataset(statements, subset_of=None, division=None) -> Dataset:
    """A dataset of compact statements, told by a report a day of publication.

    The first report also tells of a strike without a count, as reports do.
    """
    subset_of = subset_of or {}
    counted = [Statement(*statement) for statement in statements]
    tallies = sorted({each.tally for each in counted} | {*subset_of} | {*subset_of.values()})
    division = division or {}
    published = sorted({each.published for each in counted} | {30})
    reports = [{"report_id": f"r{each}", "source_date": day(each)} for each in published]
    strike = {"event_id": "strike", "report_id": "r30", "event_type": "Air/drone strike"}
    return Dataset(
        reports=make_table("reports", reports),
        parties=make_table("parties", [{"party_id": "people", "status": "civilian"}]),
        tallies=make_table(
            "tallies",
            [
                {
                    "tally_id": tally,
                    "party_id": "people",
                    "harm": "killed",
                    "subset_of": subset_of.get(tally),
                    "division": "people" if tally in division else None,
                    "division_complete": "yes" if division.get(tally) else None,
                }
                for tally in tallies
            ],
        ),
        events=make_table(
            "events",
            [strike] + [event(number, each) for number, each in enumerate(counted, start=1)],
        ),
    )


def event(number: int, statement: Statement) -> dict:
    return {
        "event_id": f"e{number}",
        "report_id": f"r{statement.published}",
        "event_type": "Attack",
        "date_start": None if statement.first is None else day(statement.first),
        "date_end": day(statement.last),
        "date_basis": "stated",
        "tally_id": statement.tally,
        "count_kind": statement.kind,
        "low": statement.low,
        "high": statement.high,
        "count_basis": "stated",
        "reading": statement.reading,
        "same_as": statement.same_as,
        "updates": statement.updates,
        "supersedes": statement.supersedes,
    }


def make_table(table: str, rows: list[dict]) -> pd.DataFrame:
    """Rows with the columns and types of the codebook, NA where they say nothing."""
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [row.get(column.name) for row in rows], dtype=DTYPES.get(column.kind, "str")
            )
            for column in codebook.TABLES[table]
        }
    )


def day(number: int) -> pd.Timestamp:
    return DAY_ONE + pd.Timedelta(days=number - 1)


def found_bounds(dataset: Dataset, reading: str = "primary") -> dict:
    """What ``casualty_bounds`` finds: (tally, date) to the four bounds, None for no upper bound."""
    rows = casualty_bounds(dataset, reading)
    assert not rows.duplicated(["tally_id", "date"]).any()
    columns = ["low", "high", "cumulative_low", "cumulative_high"]
    return {
        (row.tally_id, row.date): oracle.DayBounds(
            *(None if pd.isna(row[column]) else int(row[column]) for column in columns)
        )
        for _, row in rows.iterrows()
    }


def found_by_day(statements, subset_of=None, division=None, reading: str = "primary") -> dict:
    """The same for compact statements, by tally and number of the day."""
    found = found_bounds(make_dataset(statements, subset_of, division), reading)
    return {(tally, (date - DAY_ONE).days + 1): bounds for (tally, date), bounds in found.items()}


def contains(outer: oracle.DayBounds, inner: oracle.DayBounds) -> bool:
    """Whether both intervals of the outer bounds contain those of the inner ones."""

    def no_narrower(outer_low, outer_high, inner_low, inner_high):
        return outer_low <= inner_low and (
            outer_high is None or (inner_high is not None and inner_high <= outer_high)
        )

    return no_narrower(*outer[:2], *inner[:2]) and no_narrower(*outer[2:], *inner[2:])


# Instances


@st.composite
def forests(draw, subsets: bool) -> tuple[list[str], dict[str, str]]:
    """Up to three tallies, each part of none or of one before it; at least one subset if asked."""
    names = draw(st.permutations(["a", "b", "c"]))[: draw(st.integers(2 if subsets else 1, 3))]
    if not subsets:
        return names, {}
    parents = {names[1]: names[0]}
    if len(names) == 3:
        parents[names[2]] = draw(st.sampled_from([names[1], names[0], None]))
    return names, {tally: parent for tally, parent in parents.items() if parent}


@st.composite
def windows(draw, around: tuple[int, int] = (1, LAST_DAY)) -> tuple[int, int]:
    """First and last day of a window that shares a day with another."""
    shared = draw(st.integers(*around))
    return draw(st.integers(1, shared)), draw(st.integers(shared, LAST_DAY))


@st.composite
def instances(draw, subsets: bool) -> Instance:
    """Statements at random: they may contradict each other."""
    tallies, subset_of = draw(forests(subsets))
    statements: list[Statement] = []
    for _ in range(draw(st.integers(1, 6))):
        tally = draw(st.sampled_from(tallies))
        kind = draw(st.sampled_from(["toll", "incident"]))
        same_as, around = None, (1, LAST_DAY)
        if statements and draw(st.sampled_from([False, False, False, True])):
            number = draw(st.integers(1, len(statements)))
            tally, kind, *around = statements[number - 1][:4]
            same_as = f"e{number}"
        low = draw(st.integers(0, 8))
        high = draw(st.sampled_from([None, low, min(low + 2, 8), 8]))
        reading = draw(st.sampled_from([None, None, None, "primary", "wide"]))
        window = draw(windows(tuple(around)))
        statements.append(Statement(tally, kind, *window, low, high, same_as, reading))
    return Instance(statements, subset_of)


@st.composite
def truths(draw, subsets: bool) -> tuple[Instance, dict[str, list[int]]]:
    """Statements that hold of what happened, and what happened: people by tally and day."""
    tallies, subset_of = draw(forests(subsets))
    truth: dict[str, list[int]] = {}
    for tally in tallies:  # a parent comes before its subsets
        most = truth[subset_of[tally]] if tally in subset_of else [4] * LAST_DAY
        truth[tally] = [draw(st.integers(0, people)) for people in most]
    not_in_incident = {tally: list(people) for tally, people in truth.items()}
    statements: list[Statement] = []
    while len(statements) < 5 and draw(st.sampled_from([True, True, True, True, False])):
        tally = draw(st.sampled_from(tallies))
        kind = draw(st.sampled_from(["toll", "incident"]))
        first, last = draw(windows())
        if kind == "toll":
            people = sum(truth[tally][first - 1 : last])
        else:
            people = draw(incident_victims(not_in_incident[tally], first, last))
        statements += draw(tellings(tally, kind, first, last, people, f"e{len(statements) + 1}"))
    return Instance(statements, subset_of), truth


@st.composite
def incident_victims(draw, remaining: list[int], first: int, last: int) -> int:
    """Size of an incident, whose people are taken off those that remain."""
    count = 0
    for position in range(first - 1, last):
        harmed = draw(st.integers(0, remaining[position]))
        remaining[position] -= harmed
        count += harmed
    return count


@st.composite
def tellings(draw, tally, kind, first, last, people, event_id) -> list[Statement]:
    """A true count told once, or twice: with windows that have just the true one in common."""
    told_windows = [((first, last), None)]
    if draw(st.sampled_from([False, False, True])):
        earlier, later = draw(st.integers(1, first)), draw(st.integers(last, LAST_DAY))
        told_windows = [((earlier, last), None), ((first, later), event_id)]
    reading = draw(st.sampled_from([None, "primary"]))
    return [
        Statement(
            tally,
            kind,
            *window,
            low=draw(st.integers(max(0, people - 2), people)),
            high=draw(st.none() | st.integers(people, people + 2)),
            same_as=same_as,
            reading=reading,
        )
        for window, same_as in told_windows
    ]


def likely(subsets: bool) -> st.SearchStrategy[Instance]:
    """Instances that are true of something, and instances that may not be."""
    return instances(subsets) | truths(subsets).map(lambda with_truth: with_truth[0])


READINGS = st.sampled_from(["primary", "wide"])


# Against the oracle


def loosest_bounds(dataset: Dataset, reading: str) -> dict | None:
    """Exact bounds; in the wide reading of what it or the primary one allows."""
    exact = oracle.exact_bounds(dataset, reading)
    return exact if exact is None or reading == "primary" else oracle.either_bounds(dataset)


@settings(deadline=None, max_examples=50)
@given(likely(subsets=False), READINGS)
def test_bounds_are_exact_without_subsets(instance, reading):
    dataset = make_dataset(*instance)
    exact = loosest_bounds(dataset, reading)
    assume(exact is not None)
    assert found_bounds(dataset, reading) == exact


@settings(deadline=None, max_examples=40)
@given(likely(subsets=True), READINGS)
def test_bounds_with_subsets_are_never_narrower_than_exact(instance, reading):
    dataset = make_dataset(*instance)
    exact = loosest_bounds(dataset, reading)
    assume(exact is not None)
    found = found_bounds(dataset, reading)
    assert found.keys() == exact.keys()
    for key, bounds in exact.items():
        assert contains(found[key], bounds), (key, found[key], bounds)


@settings(deadline=None, max_examples=100)
@given(instances(subsets=False), READINGS)
def test_contradictions_are_found(instance, reading):
    check_contradiction(make_dataset(*instance), reading)


@settings(deadline=None, max_examples=100)
@given(instances(subsets=True), READINGS)
def test_contradictions_with_subsets_are_found(instance, reading):
    check_contradiction(make_dataset(*instance), reading)


def check_contradiction(dataset: Dataset, reading: str) -> None:
    """Raised just when there is one, naming rows that clash, none of them needlessly."""
    if oracle.is_feasible(dataset, reading):
        casualty_bounds(dataset, reading)
        return
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(dataset, reading)
    named = list(caught.value.event_ids)
    assert len(named) == len(set(named))
    assert not oracle.is_feasible(dataset, reading, named)
    for left_out in named:
        rest = [event_id for event_id in named if event_id != left_out]
        assert oracle.is_feasible(dataset, reading, rest), f"{left_out} need not be named"


@settings(deadline=None, max_examples=80)
@given(truths(subsets=False) | truths(subsets=True))
def test_bounds_contain_what_happened(with_truth):
    instance, truth = with_truth
    found = found_by_day(*instance)
    for (tally, number), bounds in found.items():
        first = min(number_of_day for other, number_of_day in found if other == tally)
        people = truth[tally][number - 1]
        until_then = sum(truth[tally][first - 1 : number])
        happened = oracle.DayBounds(people, people, until_then, until_then)
        assert contains(bounds, happened), (tally, number, bounds, happened)


# Worked out by hand: by tally and day, low, high, cumulative low, cumulative high


def test_table_has_the_columns_and_types_promised():
    table = casualty_bounds(make_dataset([("a", "toll", 1, 2, 5)]))
    assert list(table.columns) == [
        "tally_id", "date", "low", "high", "cumulative_low", "cumulative_high",
    ]  # fmt: skip
    assert list(table["date"]) == [day(1), day(2)]
    assert (table.dtypes.iloc[2:] == "Int64").all()
    assert table["high"].isna().all()


def test_a_day_inside_a_longer_window():
    # Any of the three days can have had all 5, or none; by the last day all 5 are counted.
    assert found_by_day([("a", "toll", 1, 3, 5, 5)]) == {
        ("a", 1): (0, 5, 0, 5),
        ("a", 2): (0, 5, 0, 5),
        ("a", 3): (0, 5, 5, 5),
    }


def test_a_running_total_contains_a_daily_toll():
    # 10 in all, 4 of them on day 4, so that 6 fell on days 1 to 3, nobody knows on which.
    assert found_by_day([("a", "toll", 1, 4, 10, 10), ("a", "toll", 4, 4, 4, 4)]) == {
        ("a", 1): (0, 6, 0, 6),
        ("a", 2): (0, 6, 0, 6),
        ("a", 3): (0, 6, 6, 6),
        ("a", 4): (4, 4, 10, 10),
    }


def test_two_tolls_overlap():
    # With x people on day 2, 0 to 5 of them, day 1 had 5 - x and day 3 had 7 - x, 2 to 7.
    # By day 2 it is 5 whatever x is; by day 3 it is 5 + 7 - x, 7 to 12.
    assert found_by_day([("a", "toll", 1, 2, 5, 5), ("a", "toll", 2, 3, 7, 7)]) == {
        ("a", 1): (0, 5, 0, 5),
        ("a", 2): (0, 5, 5, 5),
        ("a", 3): (2, 7, 7, 12),
    }


def test_an_incident_inside_an_open_ended_toll():
    # The incident's 3 were harmed on day 2, others may have been too: no day has an upper bound.
    # The toll's 5 are only sure to be complete by its last day.
    assert found_by_day([("a", "toll", 1, 3, 5), ("a", "incident", 2, 2, 3, 3)]) == {
        ("a", 1): (0, None, 0, None),
        ("a", 2): (3, None, 3, None),
        ("a", 3): (0, None, 5, None),
    }


def test_one_incident_told_twice_is_the_intersection():
    # At least 3 on days 1 to 2, and 4 on days 2 to 3, are the same people: 4 on day 2.
    # Of the toll's 6 that leaves 2 for any day. (As two incidents they would be 7, more than 6.)
    statements = [
        Statement("a", "incident", 1, 2, 3),
        Statement("a", "incident", 2, 3, 4, 4, same_as="e1"),
        Statement("a", "toll", 1, 3, 6, 6),
    ]
    assert found_by_day(statements) == {
        ("a", 1): (0, 2, 0, 2),
        ("a", 2): (4, 6, 4, 6),
        ("a", 3): (0, 2, 6, 6),
    }


def test_a_target_in_another_reading_still_joins():
    # e2 and e3 both tell the raid of e1, which only the wide reading has: one incident of 2 on
    # day 2, so that a toll of 2 is no contradiction and day 1 had nobody.
    statements = [
        Statement("a", "incident", 1, 3, 5, reading="wide"),
        Statement("a", "incident", 1, 2, 2, same_as="e1"),
        Statement("a", "incident", 2, 2, 1, same_as="e1"),
        Statement("a", "toll", 1, 2, 2, 2),
    ]
    assert found_by_day(statements) == {("a", 1): (0, 0, 0, 0), ("a", 2): (2, 2, 2, 2)}


def test_a_chain_of_tellings_stays_joined_across_another_reading():
    # e3 tells the raid of e2, which tells the raid of e1: one raid with 3 people, also in the
    # primary reading, which has no e2. It leaves 1 of the toll's 4 for either day.
    statements = [
        Statement("a", "incident", 1, 1, 3),
        Statement("a", "incident", 1, 2, 3, reading="wide", same_as="e1"),
        Statement("a", "incident", 1, 2, 3, same_as="e2"),
        Statement("a", "toll", 1, 2, 4, 4),
    ]
    assert found_by_day(statements) == {("a", 1): (3, 4, 3, 4), ("a", 2): (0, 1, 4, 4)}


def test_readings_have_windows_of_their_own():
    # The 5 fell on day 1 in the primary reading, on day 1 or 2 in the wide one.
    statements = [
        Statement("a", "toll", 1, 1, 5, 5, reading="primary"),
        Statement("a", "toll", 1, 2, 5, 5, reading="wide"),
    ]
    assert found_by_day(statements) == {("a", 1): (5, 5, 5, 5)}
    assert found_by_day(statements, reading="wide") == {
        ("a", 1): (0, 5, 0, 5),
        ("a", 2): (0, None, 5, 5),  # the primary reading says nothing of day 2
    }


def test_a_subset_passes_its_low_up_and_gets_the_high_of_its_parent():
    # 6 civilians on days 1 to 3, at least 2 children on day 2: at least 2 civilians on day 2, at
    # most 4 on the others, and no more than 6 children. Children are counted from day 2 only.
    statements = [("civilians", "toll", 1, 3, 6, 6), ("children", "toll", 2, 2, 2)]
    assert found_by_day(statements, {"children": "civilians"}) == {
        ("civilians", 1): (0, 4, 0, 4),
        ("civilians", 2): (2, 6, 2, 6),
        ("civilians", 3): (0, 4, 6, 6),
        ("children", 2): (2, 6, 2, 6),
    }


def test_a_toll_contradicts_a_larger_incident_in_its_window():
    # 5 on days 1 to 2 cannot hold 6 on day 1; the toll of day 3 has no part in it.
    statements = [
        ("a", "toll", 1, 2, 5, 5),
        ("a", "toll", 3, 3, 1, 1),
        ("a", "incident", 1, 1, 6),
    ]
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(make_dataset(statements))
    assert set(caught.value.event_ids) == {"e1", "e3"}


def test_a_contradiction_that_no_single_window_shows():
    # No child was harmed on days 2 and 4, so days 1, 3 and 5 had at least 5 children. Of at most
    # 8 civilians at least 2 were harmed on day 2 and 2 on day 4, which leaves 4 for days 1, 3, 5.
    # The days lie apart: what each window says of the other tally is not enough to see it.
    statements = [
        ("children", "toll", 1, 5, 5),
        ("children", "toll", 2, 2, 0, 0),
        ("children", "toll", 4, 4, 0, 0),
        ("civilians", "toll", 1, 5, 0, 8),
        ("civilians", "toll", 2, 2, 2),
        ("civilians", "toll", 4, 4, 2),
    ]
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(make_dataset(statements, {"children": "civilians"}))
    assert set(caught.value.event_ids) == {"e1", "e2", "e3", "e4", "e5", "e6"}


def test_a_contradiction_of_whole_numbers():
    # 1 civilian on days 1 and 2, 1 on days 2 and 3: as many on day 1 as on day 3, together 0 or 2.
    # A child was harmed on day 1 or 3, so it is 2. But of at most 2 people 1 or more was harmed on
    # day 2, which leaves 1. Halves of people would fit, whole ones do not.
    statements = [
        ("children", "toll", 1, 3, 1),
        ("children", "toll", 2, 2, 0, 0),
        ("civilians", "toll", 1, 2, 1, 1),
        ("civilians", "toll", 2, 3, 1, 1),
        ("people", "toll", 1, 3, 0, 2),
        ("people", "toll", 2, 2, 1),
    ]
    subset_of = {"children": "civilians", "civilians": "people"}
    with pytest.raises(ContradictionError) as caught:
        casualty_bounds(make_dataset(statements, subset_of))
    assert set(caught.value.event_ids) == {"e1", "e2", "e3", "e4", "e5", "e6"}
