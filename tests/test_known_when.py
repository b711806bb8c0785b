"""Figures cut at a day, of chosen tallies, with their statements, and of what was known when."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.bounds import drawn, marks
from analysis.bounds import revisions as known
from analysis.charts.export import numbers_csv
from analysis.figures.known_when import find_asked, find_change
from analysis.language.languages import language_of
from compact import day, make_dataset
from conftest import EVERY, assert_readable, counted, persons, said, signs, written

PLOTS = [getattr(analysis, f"plot_{name}") for name in ("statements", "over_time", "by_party")]
PLOTS += [getattr(analysis, f"plot_{name}") for name in ("ledger", "by_day", "headline")]
FORTNIGHT = Path(__file__).resolve().parents[1] / "data" / "fortnight"
CHOSEN = ["civilians_bombardment", "sohr_government_forces", "sohr_islamic_state"]
DATES = ["2018-07-24", "2018-08-01"]


def told_by(dataset, published: dict[str, int], **changes: dict[str, object]):
    """The dataset with each statement in a report of its own day, and cells of events changed."""
    events = dataset.events.copy()
    for column, cells in changes.items():
        for event_id, value in cells.items():
            events.loc[events["event_id"] == event_id, column] = value
    days = sorted({*published.values()})
    events["report_id"] = events["event_id"].map(lambda name: f"r{published.get(name, days[-1])}")
    reports = pd.concat(
        [dataset.reports.assign(report_id=f"r{each}", source_date=day(each)) for each in days],
        ignore_index=True,
    )
    return replace(dataset, reports=reports, events=events)


def corrected():
    """41 by day 3, told on day 4; on day 9 it is 45, and 50 by day 8."""
    dataset = make_dataset(
        [("a", "toll", 1, 3, 41, 41), ("a", "toll", 1, 3, 45, 45), ("a", "toll", 1, 8, 50, 50)]
    )
    return told_by(dataset, {"e1": 4, "e2": 9, "e3": 9}, supersedes={"e2": "e1"})


def narrowed():
    """At least 5 by day 3; by day 6 exactly 9. Another tally is known only on the later day."""
    dataset = make_dataset(
        [("a", "toll", 1, 3, 5), ("a", "toll", 1, 6, 9, 9), ("b", "toll", 4, 6, 2, 4)]
    )
    return told_by(dataset, {"e1": 4, "e2": 7, "e3": 7})


def parts():
    """A whole, those of it in clashes and children; incidents, a repeat, a toll of two days."""
    dataset = make_dataset(
        [
            ("a", "toll", 1, 4, 20, 25),
            ("a", "incident", 2, 2, 6),
            ("a", "incident", 1, 2, 6, None, "e2"),
            ("a", "toll", 3, 4, 7, 7),
            ("b", "toll", 1, 4, 12),
            ("c", "toll", 1, 4, 3, 3),
            ("a", "toll", 1, 6, 30, 30),
        ],
        {"b": "a", "c": "a"},
    )
    groups = dataset.tallies["tally_id"].map({"c": "children"})
    return replace(dataset, tallies=dataset.tallies.assign(victim_group=groups))


def without_first_day():
    dataset = make_dataset(
        [("a", "toll", 1, 5, 20, 20), ("b", "toll", 1, 5, 8, 8), ("a", "incident", 2, 4, 3)],
        {"b": "a"},
    )
    start = dataset.events["date_start"].mask(dataset.events["low"] >= 8)
    return replace(dataset, events=dataset.events.assign(date_start=start))


def several_sources():
    dataset = make_dataset([("a", "toll", 1, 2, 9, 9), ("b", "toll", 1, 2, 5, 6)])
    return replace(dataset, tallies=dataset.tallies.assign(source_original=["SOHR", "OCHA"]))


MADE_UP = {
    "corrected": corrected(),
    "narrowed": narrowed(),
    "parts": parts(),
    "without a first day": without_first_day(),
    "several sources": several_sources(),
    "one day": make_dataset([("a", "toll", 1, 1, 3, 3)]),
    "nobody": make_dataset([("a", "toll", 1, 2, 0, 0)]),
    "many tallies": make_dataset([(name, "toll", 1, 4, 7, 9) for name in "abcdefgh"]),
    "large numbers": make_dataset([("a", "incident", 1, 9, 400_000), ("a", "toll", 1, 9, 500_000)]),
}


@pytest.fixture(scope="module")
def fortnight():
    return analysis.load(FORTNIGHT)


@pytest.fixture(scope="module")
def known_charts(fortnight):
    return {
        each: analysis.plot_known_when(
            fortnight, language=each[0], width=each[1], dates=DATES, tallies=CHOSEN
        )
        for each in EVERY
    }


@pytest.fixture(scope="module")
def marked_charts(fortnight):
    return {
        each: analysis.plot_over_time(
            fortnight, language=each[0], width=each[1], tallies=CHOSEN, statements=True
        )
        for each in EVERY
    }


# the day of publication


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_every_figure_can_be_cut_at_a_day_and_says_so(plot):
    dataset = narrowed()
    chart = plot(dataset, as_of=day(4).date())
    assert chart.source.endswith(", as published by 1 July 2018.")
    assert {*chart.event_ids} == {"e1"}
    assert "as published by" not in plot(dataset).source
    arabic = plot(dataset, language="ar", as_of="2018-07-01")
    assert arabic.source.endswith("، بحسب ما نُشر حتى 1 تموز/يوليو 2018.")


def test_source_line_of_several_reports_says_the_day(fortnight):
    chart = analysis.plot_by_party(fortnight, as_of="2018-07-24")
    assert re.search(r"cited in \d+ reports, 20 to 24 July 2018, as published by 24", chart.source)


def test_nothing_published_by_then_is_said():
    for plot in PLOTS:
        with pytest.raises(ValueError, match="no statement of the dataset has a count"):
            plot(narrowed(), as_of="2018-06-01")


def test_lowered_and_set_aside_statements_are_not_drawn():
    dataset = corrected()
    assert [*drawn.statements_drawn(dataset)["event_id"]] == ["e2", "e3"]
    early = analysis.published_by(dataset, day(4).date())
    assert [*drawn.statements_drawn(early)["event_id"]] == ["e1"]
    aside = dataset.events["reading"].mask(dataset.events["event_id"] == "e3", "aside")
    dataset = replace(dataset, events=dataset.events.assign(reading=aside))
    for plot in PLOTS:
        chart = plot(dataset)
        assert chart.event_ids == ["e2"]
        lowered = {"41"} if plot is analysis.plot_ledger else set()  # there it is struck through
        assert {"41", "50"} & {*said(chart)} == lowered


def test_every_page_that_is_drawn_is_named():
    dataset = corrected()
    for dates in (None, [day(4).date(), day(9).date()]):
        chart = analysis.plot_known_when(dataset, dates=dates)
        assert chart.event_ids == ["e1", "e2", "e3"]
        assert "cited in 2 reports, 1 to 6 July 2018" in chart.source
    last = analysis.plot_known_when(dataset, dates=[day(9).date()])
    assert last.event_ids == ["e2", "e3"] and "report of 6 July 2018" in last.source
    assert analysis.plot_over_time(dataset).event_ids == ["e2", "e3"], "41 is not drawn"


# the figure of statements


def test_window_without_a_first_day_comes_from_the_edge():
    dataset = without_first_day()
    for language, width in EVERY:
        chart = analysis.plot_statements(dataset, language=language, width=width)
        windows, arrows = signs(chart, "open_start"), signs(chart, "arrow")
        assert len(windows) == len(arrows) == 2, "the part inside it too"
        windows += signs(chart, "window")
        assert len(windows) == 3
        start, stop = windows[0][:, 0]
        for (first, last), arrow in zip([each[:, 0] for each in windows], arrows, strict=False):
            assert (first, last) == (start, stop)
            assert arrow[0, 0] > arrow[1, 0] == pytest.approx(start), "towards the past"
        assert windows[2][1, 0] < stop
        assert_readable(chart, (language, width), foreign=True)


def test_figure_of_windows_without_any_first_day():
    dataset = make_dataset([("a", "toll", 1, 5, 20, 20)])
    dataset = replace(dataset, events=dataset.events.assign(date_start=pd.NaT))
    chart = analysis.plot_statements(dataset)
    assert "20 (up to 2 July)" in chart.alt and said(chart)[1].endswith(" 2 July 2018.")
    assert_readable(chart)


def test_parts_of_parts_stand_inside_the_outermost_bar():
    rows = [("a", "toll", 1, 4, 20, 20), ("b", "toll", 1, 4, 9, 9), ("c", "toll", 1, 4, 4, 4)]
    chart = analysis.plot_statements(make_dataset(rows, {"b": "a", "c": "b"}))
    assert [text for text in said(chart) if text.endswith((": 9", ": 4"))] == [
        "People: 9",
        "People: 4",
    ]


def test_a_number_told_by_several_reports_is_one_bar():
    dataset = make_dataset(
        [("a", "incident", 2, 2, 6, 6), ("a", "incident", 2, 2, 6, 6, "e1"), ("a", "toll", 1, 3, 8)]
    )
    chart = analysis.plot_statements(told_by(dataset, {"e1": 3, "e2": 4, "e3": 4}))
    assert said(chart).count("6, in 2 reports") == 1
    assert len(signs(chart, "day")) == len(signs(chart, "window")) == 1
    assert chart.title == "2 reports give 3 counts, 2 of them for a single day"


def test_readings_without_a_place_in_the_text_are_one_bar():
    dataset = make_dataset(
        [("a", "toll", 1, 3, 8, 8, None, "primary"), ("a", "toll", 1, 3, 8, None, None, "wide")]
    )
    chart = analysis.plot_statements(dataset)
    assert "8 (loosely: at least 8)" in said(chart) and len(signs(chart, "window")) == 1


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_statements_of_the_fortnight_are_not_cut_off(fortnight, language, width):
    assert_readable(analysis.plot_statements(fortnight, language=language, width=width))


# chosen tallies and their statements


def test_a_row_for_each_chosen_tally_parts_as_words():
    chart = analysis.plot_over_time(parts(), tallies=["b", "a"])
    assert [*chart.numbers["tally_id"].unique()] == ["a", "b", "c"]
    certain = signs(chart, "certain")
    tall = [np.ptp(points[:, 1]) for points in certain]
    assert len(tall) == 2 and tall[0] / tall[1] == pytest.approx(12 / 30), "b first, one scale"
    assert "people: 12 to 25 and 3 children among them" in said(chart)
    alone = analysis.plot_over_time(parts(), tallies=["c"])
    assert [*alone.numbers["tally_id"].unique()] == ["c"]
    assert alone.title.startswith("3 people killed in the counts shown")


def test_a_row_that_others_would_crush_has_its_own_scale():
    dataset = make_dataset([("a", "toll", 1, 2, 100, 100), ("b", "toll", 1, 2, 20, 20)])
    chart = analysis.plot_over_time(dataset, tallies=["a", "b"])
    first, second = (np.ptp(points[:, 1]) for points in signs(chart, "certain"))
    assert first == pytest.approx(second) and " ".join(said(chart)).count("own scale") == 2


def test_chosen_tallies_have_the_same_bounds():
    dataset = analysis.load(FORTNIGHT.parent / "report")
    usual = drawn.over_time_drawn(dataset, "killed")
    chosen = known.chosen_drawn(dataset, drawn.whole_of(dataset))
    order = ["reading", "tally_id", "date"]
    usual, chosen = (each.sort_values(order, ignore_index=True) for each in (usual, chosen))
    pd.testing.assert_frame_equal(usual, chosen)


def test_a_whole_goes_on_as_long_as_its_parts():
    dataset = make_dataset([("a", "toll", 1, 2, 5, 5), ("b", "toll", 1, 4, 9, 9)], {"b": "a"})
    whole = known.chosen_drawn(dataset, ["a"]).query("tally_id == 'a' and reading == 'primary'")
    assert [*whole["date"]] == [day(number) for number in range(1, 5)]
    assert [*whole["cumulative_low"]] == [0, 5, 5, 9]
    assert whole["cumulative_high"].isna().tolist() == [False, False, True, True]


def test_titles_of_chosen_tallies_add_nothing_twice():
    def title(dataset, *tallies):
        return analysis.plot_over_time(dataset, tallies=tallies).title

    shared = "People killed; these counts can have people in common"
    assert title(parts(), "b", "c") == title(parts(), "a", "c") == shared
    apart = make_dataset([("a", "toll", 1, 2, 9), ("b", "toll", 1, 2, 5, 5)], {"b": "d"})
    assert title(apart, "a", "b").startswith("At least 14 people killed in the counts shown")
    assert title(several_sources(), "a", "b") == "People killed, by source; sources are never added"
    assert title(several_sources(), "b").startswith("5 to 6 people killed in the counts shown")
    deep = make_dataset([(name, "toll", 1, 2, 5, 5) for name in "abc"], {"b": "a", "c": "b"})
    assert title(deep, "a", "c") == shared


def test_tallies_that_cannot_be_drawn_are_named():
    dataset = make_dataset([("a", "toll", 1, 2, 5), ("b", "toll", 1, 2, 5)], {"c": "d"})
    for plot in (analysis.plot_over_time, analysis.plot_known_when):
        with pytest.raises(ValueError, match="no tally 'x' in the dataset"):
            plot(dataset, tallies=["x"])
        with pytest.raises(ValueError, match="nothing is stated of the tally 'd'"):
            plot(dataset, tallies=["a", "d"])
        with pytest.raises(ValueError, match="'injured'; these tallies count: killed"):
            plot(dataset, harm="injured", tallies=["a"])
        harmed = dataset.tallies["harm"].mask(dataset.tallies["tally_id"] == "b", "injured")
        mixed = replace(dataset, tallies=dataset.tallies.assign(harm=harmed))
        with pytest.raises(ValueError, match="one harm; these tallies count: killed, injured"):
            plot(mixed, tallies=["a", "b"])


def test_marks_tell_totals_from_parts_and_from_some_days():
    found = marks.statement_marks(parts(), "a")
    rows = [(row.event_id, row.mark, row.stated_low) for row in found.itertuples()]
    assert rows == [
        ("e2", "days", 6),  # two tellings, once
        ("e4", "days", 7),  # a toll of the third and fourth day
        ("e5", "part", 12),  # in clashes; the children are no whole party
        ("e1", "total", 20),
        ("e7", "total", 30),
    ]
    assert found.set_index("event_id").loc["e2", "date_start"] == day(2)


def test_a_later_named_first_day_is_still_a_running_total():
    dataset = make_dataset([("a", "toll", 1, 4, 20, 20), ("a", "toll", 2, 6, 30)])
    said = dataset.events["date_basis"].mask(dataset.events["event_id"] == "e1", "inferred")
    outermost = replace(dataset, events=dataset.events.assign(date_basis=said))
    assert [*marks.statement_marks(outermost, "a")["mark"]] == ["total", "total"]
    assert [*marks.statement_marks(dataset, "a")["mark"]] == ["total", "days"]


def test_marks_stand_on_their_last_day():
    chart = analysis.plot_over_time(parts(), tallies=["a"], statements=True)
    dots, windows = signs(chart, "statement"), signs(chart, "window")
    stairs = np.concatenate(signs(chart, "certain") + signs(chart, "possible"))[:, 0]
    first, per_day = stairs.min(), np.ptp(stairs) / 6
    at = [((points[:, 0] - first) / per_day).tolist() for points in dots + windows]
    assert [counted(chart, points) for points in dots] == [[20], [30]]
    assert at[:2] == [[pytest.approx(3.5)], [pytest.approx(5.5)]]
    assert at[2:] == [pytest.approx([2, 4], abs=0.02)]
    (day,) = signs(chart, "day")  # of one day alone
    assert (day[:, 0].mean() - first) / per_day == pytest.approx(1.5, abs=0.02)
    assert {"30", "20 to 25", "at least 6", "7"} <= {*said(chart)}


def test_what_has_no_first_day_is_open_towards_the_past():
    dataset = make_dataset([("a", "incident", 1, 3, 6), ("a", "toll", 1, 4, 9, 9)])
    start = dataset.events["date_start"].mask(dataset.events["event_id"] == "e1")
    dataset = replace(dataset, events=dataset.events.assign(date_start=start))
    chart = analysis.plot_over_time(dataset, tallies=["a"], statements=True)
    ((window,), (_up, back)) = signs(chart, "open_start"), signs(chart, "arrow")
    assert back[0, 0] > back[1, 0] == pytest.approx(window[0, 0]) and back[0, 1] == back[1, 1]
    two_days = signs(chart, "certain")[0][:, 0]
    third = (two_days.min() + two_days.max()) / 2
    assert window[1, 0] == pytest.approx(third, abs=0.02), "up to the end of the third day"


def test_key_tells_of_the_marks():
    chart = analysis.plot_over_time(parts(), tallies=["a"], statements=True)
    keys = {language_of("en")(f"key {name}") for name in ("statement", "window")}
    assert keys <= {*said(chart)}
    assert not keys & {*said(analysis.plot_over_time(parts(), tallies=["a"]))}
    only = analysis.plot_over_time(MADE_UP["one day"], statements=True)
    assert language_of("en")("key window") not in said(only)


def test_alt_text_counts_the_marks_that_are_drawn():
    chart = analysis.plot_over_time(parts(), tallies=["a"], statements=True)
    shown = sum(len(signs(chart, name)) for name in ("statement", "window", "day"))
    assert f"Dots and brackets mark {shown} statements" in chart.alt


def test_marks_are_in_the_numbers():
    chart = analysis.plot_over_time(parts(), tallies=["a"], statements=True)
    stated = chart.numbers[chart.numbers["mark"].notna()]
    assert len(stated) == 5 and stated["cumulative_low"].isna().all()
    head = numbers_csv(chart.numbers).splitlines()[0]
    assert "stated_low_persons" in head and "stated_high_persons" in head


def test_no_mark_contradicts_its_band(fortnight):
    for as_of in (None, "2018-07-24"):
        dataset = analysis.published_by(fortnight, as_of)
        for name in CHOSEN[:1] + ["sohr_government_forces"] * (as_of is None):
            band = known.chosen_drawn(dataset, [name])
            band = band[(band["tally_id"] == name) & (band["reading"] == "primary")]
            high = band.set_index("date")["cumulative_high"]
            for row in marks.statement_marks(dataset, name).itertuples():
                if row.mark != "days":
                    top = high[row.date]
                    assert pd.isna(top) or row.stated_low <= top


def test_copies_of_a_count_are_one_mark(marked_charts):
    chart = marked_charts["en", "page"]
    stated = chart.numbers.dropna(subset=["mark"])
    friday = stated[(stated["date"] == "2018-07-20") & (stated["stated_low"] == 26)]
    assert len(friday) == 1 and friday["mark"].tolist() == ["days"]
    drawn = {sign: len(signs(chart, sign)) for sign in ("statement", "window", "day")}
    assert drawn["statement"] == (stated["mark"] == "total").sum() > 0
    assert drawn["window"] + drawn["day"] == (stated["mark"] == "days").sum() > 0


# what was known when


def test_each_row_draws_the_bounds_of_its_day():
    chart = analysis.plot_known_when(narrowed(), dates=["2018-07-01", "2018-07-04"], tallies=["a"])
    numbers = chart.numbers[chart.numbers["reading"] == "primary"]
    assert chart.numbers.columns[0] == "as_of"
    for as_of, rows in numbers.groupby("as_of"):
        bounds = analysis.casualty_bounds(narrowed(), as_of=as_of.date())
        bounds = bounds[bounds["tally_id"] == "a"]
        for column in ("date", "cumulative_low", "cumulative_high"):
            assert [*rows[column].fillna(-1)] == [*bounds[column].fillna(-1)], column
    assert "as_of" in numbers_csv(chart.numbers).splitlines()[0]


def test_all_rows_count_from_the_same_day():
    dataset = make_dataset([("a", "toll", 3, 4, 5, 5), ("a", "toll", 1, 6, 9, 9)])
    dataset = told_by(dataset, {"e1": 5, "e2": 7})
    found = known.known_when_drawn(dataset, [day(5), day(7)], ["a"])
    early = found[(found["as_of"] == day(5)) & (found["reading"] == "primary")]
    assert [*early["date"]] == [day(3), day(4)]  # nothing was known of the days before
    assert [*early["cumulative_low"]] == [0, 5]
    assert early["cumulative_high"].isna().all()  # 5 in two days are no limit since the first


def test_a_whole_is_known_from_its_parts():
    dataset = make_dataset([("b", "toll", 1, 3, 7, 7), ("a", "toll", 1, 5, 9, 9)], {"b": "a"})
    found = known.known_when_drawn(told_by(dataset, {"e1": 4, "e2": 6}), [day(4), day(6)], ["a"])
    primary = found[found["reading"] == "primary"]
    early = primary[primary["as_of"] == day(4)]
    assert [*early["cumulative_low"]] == [0, 0, 7] and early["cumulative_high"].isna().all()
    assert [*primary[primary["as_of"] == day(6)]["cumulative_high"]] == [9] * 5


def test_one_question_a_tally_and_a_bar_a_date():
    chart = analysis.plot_known_when(narrowed())
    bars, tints = signs(chart, "certain"), signs(chart, "possible")
    assert persons([*bars, *tints], 5) == [5, 5, 2, 4, 2]
    ends = [points[:, 0].max() for points in (bars[1], bars[2])]
    assert [points[:, 0].min() for points in tints] == pytest.approx(ends)
    (arrow,) = signs(chart, "arrow")
    assert arrow[0, 0] == pytest.approx(bars[0][:, 0].max()), "no limit by the first date"
    assert [text for text in said(chart)[2:] if text[0] in "pK" or text[0].isdigit()][:7] == [
        "people, up to 30 June",
        "Known by 1 July",
        "Known by 4 July",
        "5 to 9",
        "people, up to 3 July",
        "Known by 4 July",
        "2 to 4",
    ]


def test_a_correction_shows_what_was_known_before():
    chart = analysis.plot_known_when(corrected())
    assert persons(signs(chart, "certain"), 45) == [41, 45] and not signs(chart, "possible")
    assert {"41", "45"} <= {*said(chart)} and "50" not in said(chart), "of later days"
    assert chart.title.endswith("41 as known by 1 July, 45 by 6 July")


def test_title_tells_the_greatest_change():
    title = analysis.plot_known_when(narrowed()).title
    assert title == "People, killed up to 30 June: at least 5 as known by 1 July, 5 to 9 by 4 July"
    single = analysis.plot_known_when(MADE_UP["one day"])
    assert single.title == "People killed: what was known by 27 July 2018"


def test_change_prefers_a_limit_where_there_was_none():
    rows = [
        ("2018-07-01", "a", 0, 50),
        ("2018-07-01", "b", 4, None),
        ("2018-07-01", "c", 4, None),
        ("2018-07-02", "a", 0, 1),
        ("2018-07-02", "b", 4, 30),
        ("2018-07-02", "c", 4, 12),
    ]
    frame = pd.DataFrame(rows, columns=["as_of", "tally_id", "low", "high"])
    frame = frame.astype({"low": "Int64", "high": "Int64"})
    change = find_change(frame)
    assert (change["tally_id"], change["low_last"], change["high_last"]) == ("c", 4, 12)
    frame = frame[frame["tally_id"] == "a"]
    assert find_change(frame)["high_last"] == 1
    assert find_change(frame[frame["as_of"] == "2018-07-01"]) is None


def test_dates_are_the_first_and_last_days_of_publication(fortnight):
    found = known.known_days(fortnight, None, CHOSEN)
    told = fortnight.events.loc[fortnight.events["tally_id"].isin(CHOSEN), "report_id"]
    days = fortnight.reports.set_index("report_id").loc[told, "source_date"]
    assert found == [days.min(), days.max()]
    with pytest.raises(ValueError, match="a day of dates is 'soon'"):
        analysis.plot_known_when(fortnight, dates=["soon"])
    with pytest.raises(ValueError, match=r"dates is \[\]; write a list"):
        analysis.plot_known_when(fortnight, dates=[])


def test_later_reports_are_left_out_and_that_is_said(fortnight):
    chart = analysis.plot_known_when(fortnight, dates=["2018-07-24"], tallies=CHOSEN)
    assert chart.source.endswith("as published by 24 July 2018.")
    assert not {event for event in chart.event_ids if "073" in event}


def test_the_fortnight_in_hindsight(known_charts):
    """By 24 July the fighters' dead had no upper limit; later they have one."""
    numbers = known_charts["en", "page"].numbers.query("reading == 'primary'")
    at = numbers.set_index(["as_of", "tally_id", "date"]).sort_index()
    first, last, of = (pd.Timestamp(each) for each in (*DATES, "2018-07-24"))
    before, after = at.loc[first, CHOSEN[2], of], at.loc[last, CHOSEN[2], of]
    assert before["cumulative_low"] == 61 and pd.isna(before["cumulative_high"])
    assert after["cumulative_low"] == 61 and after["cumulative_high"] == 292
    early, late = (at.loc[day, CHOSEN[0], pd.Timestamp("2018-07-23")] for day in (first, last))
    assert early["cumulative_low"] == early["cumulative_high"] == 41
    assert late["cumulative_low"] == 41 and pd.isna(late["cumulative_high"]), "counted again"
    assert known_charts["en", "page"].title.startswith(
        "Islamic State, killed up to 24 July: at least 61 as known by 24 July, "
        "61 to 292 by 1 August"
    )


def test_title_says_where_it_holds_in_one_reading_only(known_charts):
    asked = find_asked(known_charts["en", "page"].numbers).set_index("tally_id")
    late = asked[asked["as_of"] == DATES[1]].loc[CHOSEN[2]]
    assert late["high"] == 292 and pd.isna(late["wide_high"])
    assert known_charts["en", "page"].title.endswith(", read strictly")


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_bars_of_the_fortnight_are_the_bounds_asked_for(known_charts, language, width):
    chart = known_charts[language, width]
    asked = find_asked(chart.numbers)
    low, high = ([*asked[end].fillna(0)] for end in ("low", "high"))
    assert low == [41, 41, 43, 43, 61, 61] and high == [41, 0, 0, 0, 0, 292]
    bars = signs(chart, "certain")
    assert persons(bars, 61) == low
    assert persons([*signs(chart, "possible"), bars[-1]], 231) == [231, 61]
    start, per_person = bars[0][:, 0].min(), np.ptp(bars[-1][:, 0]) / 61
    loosest = [(points[0, 0] - start) / per_person for points in signs(chart, "loosest")]
    assert loosest == pytest.approx([30, 30])
    opens = [(points[0, 0] - start) / per_person for points in signs(chart, "arrow")]
    assert opens == pytest.approx([41, 43, 43, 61, 292]), "dashed where only the loosest is open"


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_the_fortnight_can_be_read(known_charts, marked_charts, language, width):
    for charts in (known_charts, marked_charts):
        chart = charts[language, width]
        assert_readable(chart, (chart.name, language, width))
        assert chart.get_figwidth() * 25.4 == pytest.approx({"page": 175, "column": 85}[width])
    assert known_charts[language, width].get_figheight() * 25.4 <= 100


@pytest.mark.parametrize("width", ["page", "column"])
def test_rows_are_labelled_with_their_day(known_charts, width):
    shown = said(known_charts["en", width])
    assert shown.count("Known by 24 July") == shown.count("Known by 1 August") == 3
    assert said(known_charts["ar", width]).count("ما عُرف حتى 24 تموز/يوليو") == 3


def test_lines_that_begin_in_latin_run_from_the_right():
    dataset = make_dataset([("a", "toll", 1, 2, 9, 9), ("b", "toll", 1, 2, 5, 6)])
    tallies = dataset.tallies.assign(
        source_original=["SOHR", "OCHA"], label_ar="SNHR: أشخاص من قرى عدة"
    )
    chart = analysis.plot_known_when(
        replace(dataset, tallies=tallies), language="ar", width="column"
    )
    lines = [text.get_text() for text in written(chart)]
    latin = [
        line for line in lines if re.match(r"[^\u0600-\u06ff]*[A-Za-z].*[\u0600-\u06ff]", line)
    ]
    assert latin and all(line.startswith("\u200f") for line in latin)


@pytest.mark.parametrize("name", MADE_UP)
def test_made_up_data_can_be_drawn_and_read(name):
    dataset = MADE_UP[name]
    for language, width in EVERY:
        whole = drawn.whole_of(dataset)
        marked = analysis.plot_over_time(
            dataset,
            language=language,
            width=width,
            tallies=[*dataset.tallies["tally_id"]],
            statements=True,
        )
        charts = [marked, analysis.plot_known_when(dataset, language=language, width=width)]
        three = ["2018-06-29", "2018-07-02", "2018-07-27"]
        if name in ("narrowed", "corrected"):
            three[0] = "2018-07-01"
        asked = {"dates": three, "tallies": whole}
        charts.append(analysis.plot_known_when(dataset, language=language, width=width, **asked))
        charts.append(analysis.plot_statements(dataset, language=language, width=width))
        for chart in charts:
            assert_readable(chart, (chart.name, language, width), foreign=True)
