"""What was known by a day, corrections, statements set aside, windows without a first day."""

from dataclasses import replace

import pandas as pd
import pytest
from analysis.bounds.families import BEFORE
from analysis.data.cut import stated_only
from hypothesis import assume, given, settings

import analysis
from analysis import (
    ContradictionError,
    casualty_bounds,
    find_disputed,
    ledger,
    load,
    published_by,
    totals,
)
from analysis.bounds import drawn
from analysis.bounds import revisions as known
from analysis.bounds.contradictions import find_contradictions
from analysis.bounds.intervals import find_limits, window_bounds
from analysis.bounds.totals import tally_totals
from analysis.commands.watch import check
from test_bounds_oracle import READINGS, Instance, Statement, day, likely, make_dataset, make_table

COUNTS = ["low", "high", "cumulative_low", "cumulative_high"]


def told_on(dataset, days: dict[str, int], **cells: dict[str, str]):
    """The dataset with each statement in a report of its own, published on the day given."""
    reports = [
        {"report_id": name, "source_date": day(number), "url": f"https://example.org/{name}"}
        for name, number in days.items()
    ]
    events = dataset.events[dataset.events["event_id"].isin(days)].reset_index(drop=True)
    events["report_id"] = events["event_id"]
    for column, values in cells.items():
        events[column] = events["event_id"].map(values).astype("str")
    return replace(dataset, reports=make_table("reports", reports), events=events)


def bounds_on(found: pd.DataFrame, tally: str, number: int) -> list:
    row = found[(found["tally_id"] == tally) & (found["date"] == day(number))]
    return [None if pd.isna(value) else int(value) for value in row[COUNTS].iloc[0]]


# What was known by a day


@pytest.fixture
def two_tolls():
    """5 by day 3, told on day 3; at least 9 by day 6, told on day 7."""
    made = make_dataset([("a", "toll", 1, 3, 5, 5), ("a", "toll", 1, 6, 9, None)])
    return told_on(made, {"e1": 3, "e2": 7})


def test_only_what_was_published_by_the_day_counts(two_tolls):
    early = casualty_bounds(two_tolls, as_of=day(6).date())
    assert early["date"].max() == day(3)
    assert bounds_on(casualty_bounds(two_tolls, as_of=day(7).date()), "a", 6) == [0, None, 9, None]
    assert totals(two_tolls, as_of=day(6).date())["low"].tolist() == [5]
    assert totals(two_tolls)["low"].tolist() == [9]
    assert ledger(two_tolls, as_of=day(6).date())["event_id"].tolist() == ["e1"]


def test_nothing_published_is_no_row_and_no_zero(two_tolls):
    assert casualty_bounds(two_tolls, as_of=day(2).date()).empty
    assert totals(two_tolls, as_of=day(2).date()).empty


def test_the_day_may_be_written_as_text(two_tolls):
    text = f"{day(3):%Y-%m-%d}"
    known = published_by(two_tolls, text)
    assert [*known.events["event_id"]] == ["e1"]
    assert known.as_of == day(3).date()
    assert len(two_tolls.events) == 2


@pytest.mark.parametrize("wrong", ["24 July", "2018-02-30", ""])
def test_a_day_that_is_none(two_tolls, wrong):
    with pytest.raises(ValueError, match=f"as_of is '{wrong}'; write a day as YYYY-MM-DD"):
        casualty_bounds(two_tolls, as_of=wrong)


# Corrections


@pytest.fixture
def corrected():
    """8 told on day 3 and again on day 4 elsewhere; on day 6 its source makes it 5."""
    made = make_dataset(
        [
            Statement("a", "toll", 1, 3, 8, 8),
            Statement("a", "toll", 1, 3, 8, 8, same_as="e1"),
            Statement("a", "toll", 1, 3, 5, 5),
        ]
    )
    supersedes = {"e3": "e1", "e1": None, "e2": None}
    return told_on(made, {"e1": 3, "e2": 8, "e3": 6}, supersedes=supersedes)


def test_a_correction_holds_from_its_day_on_for_every_telling(corrected):
    for told, expected in ((3, 8), (5, 8), (6, 5), (8, 5)):
        found = totals(corrected, as_of=day(told).date())
        assert found[["low", "high"]].to_numpy().tolist() == [[expected, expected]]
    assert totals(corrected)["low"].tolist() == [5]


def test_what_is_corrected_stays_in_the_table_but_not_in_the_ledger(corrected):
    assert "e1" in set(corrected.events["event_id"])
    assert ledger(corrected)["event_id"].tolist() == ["e3"]


def test_without_the_correction_both_clash(corrected):
    events = corrected.events.assign(supersedes=pd.Series([None] * 3, dtype="str"))
    with pytest.raises(ContradictionError):
        totals(replace(corrected, events=events))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"supersedes": "nobody"}, "supersedes: 'nobody' is not in events.csv; write a event_id"),
        ({"supersedes": "new"}, "supersedes: new → new leads back to itself; leave supersedes"),
        (
            {"supersedes": "total", "same_as": "total", "count_kind": "toll"},
            "supersedes: 'total' is the same statement (same_as); leave one of them empty",
        ),
        (
            {"supersedes": "total", "tally_id": "women"},
            "supersedes: 'total' was counted by somebody else; a source corrects itself",
        ),
        ({"supersedes": "total"}, "supersedes: 'total' was published later; the later one"),
    ],
)
def test_corrections_that_cannot_be(tmp_path, tables, write_tables, cells, said):
    older = {"report_id": "older", "source_date": "2018-07-23", "source_date_basis": "stated"}
    tables["reports"].append(older)
    if said.startswith("supersedes: 'total' was counted"):
        next(row for row in tables["tallies"] if row["tally_id"] == "women")["source_original"] = (
            "X"
        )
    window = {"date_start": "2018-07-18", "date_end": "2018-07-23", "low": "1"}
    new = {"event_id": "new", "report_id": "daraa", "tally_id": "all", "count_kind": "toll"}
    new["report_id"] = "older" if "published later" in said else "daraa"
    tables["events"].append(new | window | cells)
    found, _ = check(write_tables(tmp_path, tables))
    assert len(found) == 1
    assert str(found[0]).startswith("events.csv:6 " + said)


# Statements set aside


@pytest.fixture
def headline():
    """A page whose headline says 21 and whose text says 26; the headline is set aside."""
    made = make_dataset(
        [
            Statement("a", "incident", 1, 1, 26, 26),
            Statement("a", "incident", 1, 1, 21, 21, same_as="e1", reading="aside"),
            Statement("a", "toll", 1, 3, 41, 41),
        ]
    )
    return told_on(made, {"e1": 2, "e2": 3, "e3": 4})


def test_a_statement_set_aside_is_in_no_reading(headline):
    for reading in ("primary", "wide"):
        assert bounds_on(casualty_bounds(headline, reading), "a", 1) == [26, 41, 26, 41]
        assert "e2" not in set(ledger(headline, reading=reading)["event_id"])


def test_it_is_shown_with_what_contradicts_it_and_both_pages(headline):
    found = find_disputed(headline)
    assert found["event_id"].tolist() == ["e2", "e1"]
    assert found["aside"].unique().tolist() == ["e2"]
    assert found["url"].tolist() == ["https://example.org/e2", "https://example.org/e1"]
    assert found["low"].tolist() == [21, 26]


def test_setting_aside_what_contradicts_nothing_is_a_problem(tmp_path, tables, write_tables):
    folder = write_tables(tmp_path, tables)
    assert check(folder)[0] == []
    tables["events"][1]["reading"] = "aside"
    assert tables["events"][1]["event_id"] == "monday"
    found, _ = check(write_tables(tmp_path, tables))
    assert found == ["monday is set aside but contradicts no other statement; leave reading empty"]


# Windows without a first day


@settings(deadline=None, max_examples=60)
@given(likely(subsets=True), READINGS)
def test_no_first_day_is_a_day_before_all_others(instance: Instance, reading):
    """Every other window loses its first day: the same as if it began long before."""
    assume(instance.statements)
    without = [place % 2 == 0 for place in range(len(instance.statements))]
    early = [
        each._replace(first=-50, high=None if each.kind == "toll" else each.high) if gone else each
        for each, gone in zip(instance.statements, without, strict=True)
    ]
    known = make_dataset(early, instance.subset_of)
    start = known.events["date_start"]
    unknown = replace(known, events=known.events.assign(date_start=start.mask(start == day(-50))))
    if find_contradictions(known, reading):
        assert find_contradictions(unknown, reading)
        return
    found = casualty_bounds(unknown, reading).set_index(["tally_id", "date"])
    expected = casualty_bounds(known, reading).set_index(["tally_id", "date"])
    assert found.index.isin(expected.index).all()
    since_long = {
        each.tally for each, gone in zip(instance.statements, without, strict=True) if gone
    }
    same = found[found.index.get_level_values("tally_id").isin(since_long)]
    pd.testing.assert_frame_equal(same, expected.loc[same.index])
    pd.testing.assert_frame_equal(totals(unknown, reading), totals(known, reading))


def test_a_count_may_lack_its_first_day(tmp_path, tables, write_tables):
    monday = next(row for row in tables["events"] if row["event_id"] == "monday")
    monday["date_start"] = ""
    dataset = load(write_tables(tmp_path, tables))
    found = dataset.events.set_index("event_id").loc["monday"]
    assert pd.isna(found["date_start"])
    assert found["date_end"] == pd.Timestamp("2018-07-23")


def test_days_begin_with_the_first_that_is_known():
    made = make_dataset([("a", "toll", 1, 4, 7, 7), ("a", "incident", 3, 3, 2, None)])
    start = made.events["date_start"]
    open_start = made.events.assign(date_start=start.mask(start == day(1)))
    found = casualty_bounds(replace(made, events=open_start))
    assert found["date"].tolist() == [day(3), day(4)]
    assert bounds_on(found, "a", 3) == [2, None, 2, None]
    assert bounds_on(found, "a", 4) == [0, None, 7, None]


# Any window


def test_bounds_of_a_window_that_no_statement_names():
    """41 in days 1 to 6, 26 of them on day 3, 4 on day 6: 11 elsewhere."""
    made = make_dataset(
        [
            ("a", "toll", 1, 6, 41, 41),
            ("a", "incident", 3, 3, 26, 26),
            ("a", "incident", 6, 6, 4, 4),
        ]
    )
    ask = lambda first, last: window_bounds(made, "a", day(first), day(last))  # noqa: E731
    assert ask(4, 6) == (4, 15)
    assert ask(4, 5) == (0, 11)
    assert ask(3, 6) == (30, 41)
    assert ask(5, 9) == (4, None)
    assert ask(8, 9) == (0, None)
    assert find_limits(made, "a", day(4), day(6), low=32) == ["e1", "e2"]
    assert find_limits(made, "a", day(4), day(6), low=15) == []
    assert find_limits(made, "a", day(4), day(6), low=0, high=3) == ["e3"]


@settings(deadline=None, max_examples=60)
@given(likely(subsets=True))
def test_a_day_as_a_window_is_that_days_bounds(instance):
    made = make_dataset(*instance)
    if find_contradictions(made):
        return
    for row in casualty_bounds(made).itertuples():
        high = None if pd.isna(row.high) else row.high
        asked = window_bounds(made, row.tally_id, row.date, row.date)
        assert asked[0] >= row.low
        assert high is None or (asked[1] is not None and asked[1] <= high)


def test_the_wide_reading_of_a_day_or_window_is_no_narrower():
    """Its longer window would bound day 4, of which the primary one says nothing."""
    made = make_dataset(
        [
            Statement("a", "toll", 1, 3, 41, 41, reading="primary"),
            Statement("a", "toll", 1, 4, 41, 41, reading="wide"),
            Statement("a", "toll", 1, 5, 50, None),
        ]
    )
    assert bounds_on(casualty_bounds(made), "a", 4) == [0, None, 41, None]
    assert bounds_on(casualty_bounds(made, "wide"), "a", 4) == [0, None, 41, None]
    assert window_bounds(made, "a", day(4), day(4), "wide") == (0, None)
    assert window_bounds(made, "a", day(1), day(3), "wide") == (0, 41)


def test_a_window_that_ends_before_it_starts():
    made = make_dataset([("a", "toll", 1, 6, 41, 41)])
    with pytest.raises(ValueError, match="before it starts"):
        window_bounds(made, "a", day(4), day(3))
    with pytest.raises(ValueError, match="no tally 'b'"):
        window_bounds(made, "b", day(3), day(4))


# What leaving rows out must not do


def test_copies_of_what_is_left_out_still_tell_each_other_again():
    """The telling in the middle of the chain is published last."""
    made = make_dataset(
        [
            Statement("a", "incident", 1, 1, 10, 10),
            Statement("a", "incident", 1, 1, 10, 10, same_as="e1"),
            Statement("a", "incident", 1, 1, 10, 10, same_as="e2"),
        ]
    )
    told = told_on(made, {"e1": 2, "e2": 9, "e3": 3})
    assert totals(told, as_of=day(3).date())["low"].tolist() == [10]
    assert totals(told)["low"].tolist() == [10]
    without_first = told_on(made, {"e1": 9, "e2": 2, "e3": 3})
    assert totals(without_first, as_of=day(3).date())["low"].tolist() == [10]


def test_an_earlier_cut_stays(two_tolls):
    early = published_by(two_tolls, day(3).date())
    assert published_by(early, day(9).date()).as_of == day(3).date()


@pytest.mark.parametrize("wrong", [5, pd.NaT, ("2018-07-24",)])
def test_a_day_of_another_kind(two_tolls, wrong):
    with pytest.raises(ValueError, match="write a day as YYYY-MM-DD"):
        totals(two_tolls, as_of=wrong)


def test_later_sources_leave_no_trace_in_labels():
    """As of a day is the same as if the later reports had never been."""
    made = make_dataset([("a", "toll", 1, 3, 5, 5), ("b", "toll", 1, 3, 9, None)])
    made = replace(made, tallies=made.tallies.assign(source_original=["SOHR", "OCHA"]))
    told = told_on(made, {"e1": 4, "e2": 9})
    early = told_on(replace(made, tallies=made.tallies[:1]), {"e1": 4})
    for plot in (analysis.plot_over_time, analysis.plot_by_party, analysis.plot_ledger):
        known, alone = plot(told, as_of=day(5).date()), plot(early)
        assert known.title == alone.title
        assert known.alt == alone.alt


def test_leaving_out_a_correction_revives_nothing():
    """A derived row corrects 50 to 40: what leaves no room for 41 is not the 50."""
    made = make_dataset([("a", "toll", 1, 3, 50, 50), ("a", "toll", 1, 3, 40, 40)])
    told = told_on(made, {"e1": 4, "e2": 5}, supersedes={"e2": "e1"}, count_basis={"e2": "derived"})
    stated = stated_only(told)
    assert stated.events.empty
    assert set(drawn.over_time_drawn(told, "killed")["derived"]) == {True}


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ("wide", "reading: 'wide' is not the reading of 'total', which this row corrects"),
        ("aside", "reading: 'aside' is not the reading of 'total', which this row corrects"),
    ],
)
def test_a_correction_has_the_reading_of_what_it_corrects(
    tmp_path, tables, write_tables, reading, said
):
    total = next(row for row in tables["events"] if row["event_id"] == "total")
    new = total | {"event_id": "new", "supersedes": "total", "reading": reading}
    tables["events"].append(new)
    found, _ = check(write_tables(tmp_path, tables))
    assert any(str(each).startswith("events.csv:6 " + said) for each in found)


def test_a_correction_can_leave_what_was_known_before_in_contradiction(corrected):
    """The copy says 50, the first telling 30, and the source later 24."""
    made = make_dataset(
        [
            Statement("a", "toll", 1, 3, 30, 30),
            Statement("a", "toll", 1, 3, 50, 50, reading="aside", same_as="e1"),
            Statement("a", "toll", 1, 3, 24, 24),
        ]
    )
    told = told_on(made, {"e1": 3, "e2": 4, "e3": 6}, supersedes={"e3": "e1"})
    assert find_disputed(told)["event_id"].tolist() == ["e2", "e1"]


def test_a_window_since_ever_is_not_bounded_by_a_total_with_a_first_day():
    made = make_dataset([("a", "toll", 10, 20, 50, 50)])
    assert window_bounds(made, "a", None, day(20)) == (50, None)
    assert window_bounds(made, "a", day(10), day(20)) == (50, 50)


@pytest.mark.parametrize("wrong", ["07/08/2018", None, "2018-02-30"])
def test_a_window_needs_days(wrong):
    made = make_dataset([("a", "toll", 1, 6, 41, 41)])
    with pytest.raises(ValueError, match="write a day as YYYY-MM-DD"):
        window_bounds(made, "a", day(4), wrong)


@settings(deadline=None, max_examples=60)
@given(likely(subsets=True))
def test_totals_of_the_wide_reading_contain_the_primary_ones(instance):
    made = make_dataset(*instance)
    if any(find_contradictions(made, reading) for reading in ("primary", "wide")):
        return
    primary, wide = (
        tally_totals(made, reading).set_index("tally_id") for reading in ("primary", "wide")
    )
    both = primary.index.intersection(wide.index)
    assert (wide.loc[both, "low"] <= primary.loc[both, "low"]).all()
    most = [found.loc[both, "high"].fillna(10**9) for found in (wide, primary)]
    assert (most[0] >= most[1]).all()


@settings(deadline=None, max_examples=30)
@given(likely(subsets=True))
def test_what_was_known_when_is_what_windows_of_the_cut_dataset_allow(instance):
    """Every third statement has no first day, every second is published late."""
    assume(instance.statements)
    made = make_dataset(*instance)
    start = made.events["date_start"].mask(made.events.index % 3 == 1)
    made = replace(made, events=made.events.assign(date_start=start))
    names = [name for name in made.events["event_id"] if name != "strike"]
    told = told_on(made, {name: 20 + at % 2 for at, name in enumerate(names)})
    if find_contradictions(told) or find_contradictions(told, "wide"):
        return
    tallies = [*dict.fromkeys(told.events["tally_id"])]
    numbers = known.known_when_drawn(told, [day(20), day(21)], tallies)
    numbers = numbers[numbers["reading"] == "primary"]
    for row in numbers.itertuples():
        (span,) = known.find_days(told, row.tally_id, "primary")
        if span.since == BEFORE:
            continue
        cut = published_by(told, row.as_of.date())
        since = pd.Timestamp("1970-01-01") + pd.Timedelta(days=span.since)
        if row.date < since:
            continue
        low, high = window_bounds(cut, row.tally_id, since, row.date)
        assert row.cumulative_low <= low
        assert pd.isna(row.cumulative_high) or (high is not None and high <= row.cumulative_high)
