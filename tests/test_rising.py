"""A toll that rises, parts that share nobody: by hand, and against the independent oracle."""

from dataclasses import replace

import pandas as pd
import pytest
from analysis.data.cut import stated_only, updated
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from analysis import (
    ContradictionError,
    casualty_bounds,
    find_disputed,
    ledger,
    totals,
    window_bounds,
)
from analysis.bounds.reported import find_reported
from analysis.commands.watch import _find_clashes
from analysis.data.tellings import superseded
from test_bounds_oracle import (
    LAST_DAY,
    READINGS,
    Instance,
    Statement,
    contains,
    day,
    found_bounds,
    make_dataset,
)

RISING = (180, 183, 220, 221, 246, 258)
PARTS = {"civilians": "all", "fighters": "all"}
ROLES = dict.fromkeys(PARTS, True)


def toll(low, published, high="same", tally="all", days=(1, 1), **more):
    high = low if high == "same" else high
    return Statement(tally, "toll", *days, low, high, published=published, **more)


def incident(low, published, tally="all", days=(1, 1), **more):
    return Statement(tally, "incident", *days, low, low, published=published, **more)


def total(dataset, reading="primary", as_of=None):
    row = totals(dataset, reading, as_of).iloc[0]
    return int(row["low"]), None if pd.isna(row["high"]) else int(row["high"])


def days(number):
    return day(number).date()


def with_cells(dataset, table, **cells):
    """The dataset with cells of some rows (by their first column) of a table changed."""
    rows = getattr(dataset, table).set_index(getattr(dataset, table).columns[0])
    for column, values in cells.items():
        for name, value in values.items():
            rows.loc[name, column] = value
    return replace(dataset, **{table: rows.reset_index()}, solutions={})


# A later count updates an older one


def test_a_rising_toll_is_its_last_count():
    dataset = make_dataset([toll(low, 10 + at) for at, low in enumerate(RISING)])
    assert total(dataset) == (258, 258)
    assert [total(dataset, as_of=days(10 + at))[1] for at in range(6)] == [*RISING]
    counted = ledger(dataset)["counted"]
    assert counted.tolist() == [0, 0, 0, 0, 0, 258]


def test_in_the_wide_reading_only_the_last_count_of_a_tally_binds_from_above():
    told = [toll(5, 10, days=(1, 2)), toll(9, 11, days=(1, 3)), toll(4, 9, tally="other")]
    dataset = make_dataset(told)
    asked = dataset, "all", days(1), days(2)
    assert window_bounds(*asked) == (5, 5)
    assert window_bounds(*asked, "wide") == (5, 9)
    assert window_bounds(*asked, "wide", as_of=days(10)) == (5, 5)
    assert window_bounds(dataset, "other", days(1), days(1), "wide") == (4, 4)


def test_the_older_count_goes_on_binding_from_below():
    dataset = make_dataset([toll(180, 10), toll(170, 11, high=None)])
    assert total(dataset) == (180, None)


def test_a_vaguer_or_narrower_later_count():
    assert total(make_dataset([toll(43, 10, high=None), toll(45, 11)])) == (45, 45)
    assert total(make_dataset([toll(180, 10, high=190), toll(183, 11, high=185)])) == (183, 185)
    assert total(make_dataset([toll(183, 10, high=185), toll(180, 11, high=190)])) == (183, 190)


def test_a_lower_later_toll_is_a_contradiction_that_asks():
    with pytest.raises(ContradictionError, match=r"correct.*supersedes.*aside") as error:
        casualty_bounds(make_dataset([toll(183, 10), toll(180, 11)]))
    assert error.value.event_ids == ["e1", "e2"]


def test_two_counts_of_one_day_ask_for_the_order():
    dataset = make_dataset([toll(180, 10), toll(183, 11)])
    reports = dataset.reports.assign(source_date=day(10))
    dataset = replace(dataset, reports=reports)
    with pytest.raises(ContradictionError, match=r"hour.*source_date.*updates"):
        casualty_bounds(dataset)
    events = dataset.events.assign(updates=[None, None, "e1"]).astype({"updates": "str"})
    assert total(replace(dataset, events=events)) == (183, 183)


@pytest.mark.parametrize("hours", [("T09:00", "T14:00"), ("", "T14:00")])
def test_the_hour_tells_which_is_later(hours):
    dataset = make_dataset([toll(180, 10), toll(183, 11)])
    written = [f"2018-07-07{hour}" for hour in hours]
    reports = dataset.reports[dataset.reports["report_id"] != "r30"].assign(
        source_date=pd.to_datetime(written, format="ISO8601").astype("datetime64[us]")
    )
    events = dataset.events[dataset.events["report_id"] != "r30"]
    dated = replace(dataset, reports=reports, events=events)
    if hours[0]:
        assert total(dated) == (183, 183)
        assert total(dated, as_of=days(10)) == (183, 183)
    else:  # some time on the day of the other
        with pytest.raises(ContradictionError, match="hour"):
            totals(dated)


def test_a_range_of_days_in_which_a_page_can_have_been_published():
    dataset = make_dataset([toll(180, 10), toll(183, 12)])
    between = dataset.reports["source_date"].where(dataset.reports["report_id"] == "")
    for earliest, sure in ((11, True), (10, False)):
        between[dataset.reports["report_id"] == "r12"] = day(earliest)
        dated = replace(dataset, reports=dataset.reports.assign(source_date_earliest=between))
        assert len(totals(dated, as_of=days(11))) == 1, "the latest day is what counts"
        assert total(dated, as_of=days(11)) == (180, 180)
        if sure:
            assert total(dated) == (183, 183)
        else:
            with pytest.raises(ContradictionError):
                totals(dated)


def test_updates_across_windows():
    told = [toll(180, 10), toll(221, 11, days=(1, 2), updates="e1")]
    dataset = make_dataset(told)
    assert window_bounds(dataset, "all", days(1), days(1)) == (180, 221)
    assert window_bounds(dataset, "all", days(2), days(2)) == (0, 41)
    assert total(dataset, as_of=days(10)) == (180, 180)
    apart = make_dataset([told[0], told[1]._replace(updates=None)])
    assert window_bounds(apart, "all", days(2), days(2)) == (41, 41)


def test_a_copy_published_late_is_no_later_count():
    told = [toll(180, 10), toll(183, 11), toll(180, 12, same_as="e1")]
    assert total(make_dataset(told)) == (183, 183)


def test_an_incident_counted_further():
    told = [incident(4, 10), incident(6, 11, days=(1, 2), updates="e1"), incident(1, 11)]
    dataset = make_dataset(told)
    assert total(dataset) == (7, None)
    assert total(dataset, as_of=days(10)) == (4, None)
    assert window_bounds(dataset, "all", days(1), days(1)) == (5, None)
    assert window_bounds(dataset, "all", days(2), days(2)) == (0, None)
    found = ledger(dataset)
    assert found["counted"].tolist() == [0, 6, 1]
    assert found[["inside", "reason"]].iloc[0].tolist() == ["e2", "counted further"]


def test_counted_further_over_fewer_days():
    dataset = make_dataset([incident(4, 10, days=(1, 3)), incident(6, 11, updates="e1")])
    assert window_bounds(dataset, "all", days(1), days(1)) == (6, None)
    assert window_bounds(dataset, "all", days(2), days(3)) == (0, None)


def test_counted_further_on_other_days_is_a_contradiction():
    dataset = make_dataset([incident(4, 10), incident(6, 11, days=(2, 2), updates="e1")])
    with pytest.raises(ContradictionError) as error:
        totals(dataset)
    assert error.value.event_ids == ["e1", "e2"]


CHAIN = [incident(9, 10), incident(11, 11, updates="e1"), incident(12, 12, updates="e2")]


def test_a_chain_of_counts_survives_what_is_left_out():
    derived = with_cells(
        make_dataset([*CHAIN, toll(12, 12)]), "events", count_basis={"e2": "derived"}
    )
    assert total(derived) == total(stated_only(derived)) == (12, 12)
    corrected = [*CHAIN, incident(10, 13)]
    dataset = with_cells(make_dataset(corrected), "events", supersedes={"e4": "e2"})
    assert total(dataset) == (12, None)
    assert ledger(dataset)["counted"].sum() == 12
    readings = [CHAIN[0], *(CHAIN[1]._replace(reading=name) for name in ("primary", "wide"))]
    dataset = make_dataset([*readings, CHAIN[2]._replace(updates="e2"), toll(12, 12)])
    assert total(dataset) == total(dataset, "wide") == (12, 12)


def test_a_count_of_another_tally_is_no_part_of_this_one():
    dataset = make_dataset([incident(4, 10), incident(6, 11, "civ", updates="e1")], {"civ": "all"})
    assert window_bounds(dataset, "civ", days(1), days(1)) == (6, None)
    assert total(dataset) == (6, None)


ROSE = [toll(156, 10), toll(290, 11), toll(321, 12), toll(359, 13)]
LOWERED = [*ROSE, toll(250, 14, high=260, supersedes="e4"), toll(258, 15)]


def test_a_correction_of_a_toll_that_rose_corrects_what_is_above_it():
    dataset = make_dataset(LOWERED)
    found = [total(dataset, as_of=days(number)) for number in (12, 13, 14, 15)]
    assert found == [(321, 321), (359, 359), (250, 260), (258, 258)]
    assert total(dataset, "wide", days(14)) == (250, 260)
    assert dataset.events["event_id"][superseded(dataset)].tolist() == ["e2", "e3", "e4"]
    reported = find_reported(dataset, ["all"]).set_index("event_id")
    corrected = reported["corrected"].dropna()
    assert {*corrected.index} == {"e2", "e3", "e4"} and {*corrected} == {day(14)}


@pytest.mark.parametrize(
    "change",
    [{"published": 15}, {"first": None}, {"last": 2}, {"kind": "incident"}, {"low": 260}, {}],
    ids=["told later", "since when is not said", "of more days", "an incident", "allowed", "again"],
)
def test_what_a_correction_says_nothing_of_is_not_corrected(change):
    again = [ROSE[1]._replace(published=15, same_as="e2")] * (change == {})
    dataset = make_dataset([ROSE[0], ROSE[1]._replace(**change), *LOWERED[2:5], *again])
    assert dataset.events["event_id"][superseded(dataset)].tolist() == ["e3", "e4"]
    if change == {"kind": "incident"}:
        with pytest.raises(ContradictionError) as error:
            totals(dataset)
        assert error.value.event_ids == ["e2", "e5"]


def test_what_counts_a_step_to_a_mistake_further_counts_its_correction():
    for named in ("e4", "e3"):
        told = [*LOWERED[:5], toll(400, 16, days=(1, 2), updates=named)]
        assert window_bounds(make_dataset(told), "all", days(1), days(1)) == (250, 400)


def test_a_copy_set_aside_does_not_tell_again():
    again = ROSE[1]._replace(published=15, same_as="e2", reading="aside")
    assert total(make_dataset([*LOWERED[:5], again])) == (250, 260)


def test_a_copy_says_the_upper_end_of_a_correction():
    told = [*ROSE, toll(250, 14, high=None, supersedes="e4"), toll(250, 14, high=260, same_as="e5")]
    assert total(make_dataset(told)) == (250, 260)


def test_what_only_a_later_copy_corrects_is_not_corrected_before():
    told = [toll(250, 10), toll(290, 11), toll(321, 12)]
    told += [toll(250, 13, same_as="e1", supersedes="e3")]
    dataset = make_dataset(told)
    assert total(dataset, as_of=days(12)) == (321, 321)
    assert total(dataset, as_of=days(13)) == (250, 250)


def test_two_corrections_of_one_count_in_any_order_of_rows():
    told = [toll(60, 10, days=(1, 2)), toll(50, 11, days=(1, 2), supersedes="e1")]
    told += [toll(70, 12, days=(1, 3), updates="e1")]
    dataset = make_dataset([*told, toll(40, 13, 45, days=(1, 2), supersedes="e1")])
    upside_down = replace(dataset, events=dataset.events[::-1].reset_index(drop=True))
    asked = [window_bounds(each, "all", days(1), days(2)) for each in (dataset, upside_down)]
    assert asked[0] == asked[1]


def test_check_looks_at_the_days_before_a_later_count():
    told = [toll(183, 10), toll(180, 11), toll(258, 12)]
    (clash,) = _find_clashes(make_dataset(told))
    assert clash.startswith("as published by 2018-07-08 these statements cannot all be true")


def test_a_doubtful_higher_count_can_be_set_aside():
    dataset = make_dataset([toll(180, 10), toll(820, 11, reading="aside")])
    assert find_disputed(dataset)["event_id"].tolist() == ["e2", "e1"]
    alone = make_dataset([toll(180, 10, high=None), toll(820, 11, reading="aside")])
    assert find_disputed(alone)["event_id"].tolist() == ["e2"]


def test_as_of_an_hour():
    dataset = make_dataset([toll(180, 10), toll(183, 11)])
    written = ["2018-07-07T09:00", "2018-07-07T14:00", "2018-07-08"]
    times = pd.to_datetime(written, format="ISO8601").astype("datetime64[us]")
    dataset = replace(dataset, reports=dataset.reports.assign(source_date=times))
    assert total(dataset, as_of="2018-07-07T13:59") == (180, 180)
    assert total(dataset, as_of="2018-07-07T14:00") == (183, 183)
    assert totals(dataset, as_of="2018-07-07T08:59").empty
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        totals(dataset, as_of="2018-07-07 14:00")


# Parts that share nobody


def test_the_rest_of_a_complete_division():
    told = [toll(258, 10), toll(142, 10, tally="civilians")]
    whole = make_dataset(told, PARTS, ROLES)
    assert window_bounds(whole, "fighters", days(1), days(1)) == (116, 116)
    open_ended = make_dataset(told, PARTS, dict.fromkeys(PARTS, False))
    assert window_bounds(open_ended, "fighters", days(1), days(1)) == (0, 116)
    undivided = make_dataset(told, PARTS)
    assert window_bounds(undivided, "fighters", days(1), days(1)) == (0, 258)


def test_a_part_not_counted_again_is_not_known_to_be_complete():
    parts = [toll(135, 10, tally="civilians"), toll(111, 10, tally="fighters")]
    later = [toll(258, 12), toll(142, 12, tally="civilians")]
    dataset = make_dataset([toll(246, 10), *parts, *later], PARTS, ROLES)
    one = dataset, "fighters", days(1), days(1)
    assert window_bounds(*one) == (116, 116)
    assert window_bounds(*one, as_of=days(11)) == (111, 111)
    assert total(dataset) == (258, 258)
    elsewhere = [each._replace(first=2, last=2) for each in later]
    dataset = make_dataset([toll(246, 10), *parts, *elsewhere], PARTS, ROLES)
    assert window_bounds(dataset, "fighters", days(1), days(1)) == (111, 111)


def test_parts_add_up_to_the_least_of_their_whole():
    told = [toll(100, 10, high=None, tally="civilians"), toll(20, 10, tally="fighters")]
    assert total(make_dataset(told, PARTS, ROLES)) == (120, None)
    assert total(make_dataset(told, PARTS)) == (100, None)


def test_too_many_in_the_parts():
    told = [toll(258, 10), toll(142, 10, tally="civilians"), toll(128, 10, tally="fighters")]
    with pytest.raises(ContradictionError) as error:
        casualty_bounds(make_dataset(told, PARTS, ROLES))
    assert error.value.event_ids == ["e1", "e2", "e3"]
    assert total(make_dataset(told, PARTS)) == (258, 258)


# Against the oracle


def first_telling(name: str, told: list[Statement]) -> str:
    """Which statement it goes back to by ``same_as``."""
    earlier = told[int(name[1:]) - 1].same_as
    return name if earlier is None else first_telling(earlier, told)


@st.composite
def rising(draw, divided: bool) -> Instance:
    """Statements published one after the other, some counting others further."""
    division, subset_of, tallies = None, {}, ["a"]
    if divided:
        subset_of = {"b": "a", "c": "a"} | draw(st.sampled_from([{}, {"d": "a"}, {"d": "b"}]))
        among = [name for name, whole in subset_of.items() if whole == "a"]
        division = dict.fromkeys(among[: draw(st.integers(2, 3))], draw(st.booleans()))
        tallies = ["a", *subset_of]
    told: list[Statement] = []
    for _ in range(draw(st.integers(2, 6))):
        tally, kind = draw(st.sampled_from(tallies)), draw(st.sampled_from(["toll", "incident"]))
        first = draw(st.integers(1, LAST_DAY - 3))
        last = min(first + draw(st.integers(0, 2)), LAST_DAY - 3)
        low = draw(st.integers(0, 8))
        high = draw(st.sampled_from([None, low, low, low + 2]))
        published = draw(st.integers(LAST_DAY, LAST_DAY + 3))
        same = [at for at, each in enumerate(told, 1) if (each.tally, each.kind) == (tally, kind)]
        taken = {first_telling(each.updates, told) for each in told if each.updates}
        free = [at for at in same if first_telling(f"e{at}", told) not in taken]
        older = [at for at in free if told[at - 1].published <= published]
        updates, same_as = None, None
        if older and draw(st.booleans()):
            updates, high = f"e{draw(st.sampled_from(older))}", None
        elif same and draw(st.sampled_from([False, False, True])):
            same_as = f"e{draw(st.sampled_from(same))}"
        reading = draw(st.sampled_from([None, None, "primary", "wide"]))
        days = (first, last)
        told.append(Statement(tally, kind, *days, low, high, same_as, reading, published, updates))
    return Instance(told, subset_of, division)


def check_exact(instance, reading):
    dataset = make_dataset(*instance)
    exact = oracle.exact_bounds(dataset, reading)
    if exact is None:
        with pytest.raises(ContradictionError) as error:
            casualty_bounds(dataset, reading)
        assert not oracle.is_feasible(dataset, reading, error.value.event_ids)
    elif reading == "primary":
        assert found_bounds(dataset, reading) == exact
    else:  # loosened where the primary reading says less
        found = found_bounds(dataset, reading)
        assert all(contains(found[key], exact[key]) for key in exact)


@settings(max_examples=250)
@given(rising(divided=False), READINGS)
def test_counts_of_one_tally_are_exact(instance, reading):
    check_exact(instance, reading)


@settings(max_examples=150)
@given(rising(divided=True), READINGS)
def test_parts_that_share_nobody_are_exact(instance, reading):
    check_exact(instance, reading)


@settings(max_examples=100)
@given(rising(divided=True), st.randoms(use_true_random=False))
def test_order_and_names_change_nothing(instance, random):
    dataset = make_dataset(*instance)
    names = [*dataset.events["event_id"]]
    other = dict(zip(names, random.sample([f"n{at}" for at in range(99)], len(names)), strict=True))
    columns = ["event_id", "same_as", "updates"]
    renamed = {name: dataset.events[name].map(other).astype("str") for name in columns}
    shuffled = dataset.events.assign(**renamed).sample(frac=1, random_state=random.randrange(99))
    again = replace(dataset, events=shuffled.reset_index(drop=True), solutions={})
    answers = []
    for each in (dataset, again):
        try:
            answers.append(found_bounds(each))
        except ContradictionError:
            answers.append("contradiction")
    assert answers[0] == answers[1]


@settings(max_examples=100)
@given(rising(divided=True))
def test_the_last_day_is_the_whole_and_the_wide_reading_contains_the_primary(instance):
    dataset = make_dataset(*instance)
    try:
        primary = found_bounds(dataset)
        assert casualty_bounds(dataset, as_of="2019-01-01").equals(casualty_bounds(dataset))
        wide = found_bounds(dataset, "wide")
    except ContradictionError:
        return
    assert all(contains(wide[key], primary[key]) for key in wide.keys() & primary.keys())


@settings(max_examples=150)
@given(rising(divided=True) | rising(divided=False), READINGS)
def test_a_statement_more_never_widens_but_by_a_later_count(instance, reading):
    *told, _ = instance.statements
    before, after = make_dataset(told, *instance[1:]), make_dataset(*instance)
    released = [updated(each, reading).tolist() for each in (before, after)]
    if released[0] != released[1][: len(released[0])]:
        return
    try:
        fewer, more = found_bounds(before), found_bounds(after)
    except ContradictionError:
        return
    for key in fewer.keys() & more.keys():
        one, other = fewer[key], more[key]
        assert other.low >= one.low
        assert one.high is None or other.high <= one.high
