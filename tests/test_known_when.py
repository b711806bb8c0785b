"""Figures cut at a day, of chosen tallies, with their statements, and of what was known when."""

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

import analysis
from analysis.bounds import drawn, marks
from analysis.bounds import revisions as known
from analysis.charts import style as theme
from analysis.charts.days import day_number
from analysis.charts.export import numbers_csv
from analysis.figures.known_when import find_change
from analysis.language.languages import LANGUAGES, language_of
from test_bounds_oracle import day, make_dataset
from test_charts import ACRONYMS, PLOTS, written

FORTNIGHT = Path(__file__).resolve().parents[1] / "data" / "fortnight"
CHOSEN = ["civilians_bombardment", "sohr_government_forces", "sohr_islamic_state"]
DATES = ["2018-07-24", "2018-08-01"]
EVERY = [(language, width) for language in LANGUAGES for width in ("page", "column")]


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
        each: analysis.plot_known_when(fortnight, *each, dates=DATES, tallies=CHOSEN)
        for each in EVERY
    }


@pytest.fixture(scope="module")
def marked_charts(fortnight):
    return {
        each: analysis.plot_over_time(fortnight, *each, tallies=CHOSEN, statements=True)
        for each in EVERY
    }


def assert_readable(chart, about=""):
    """No words outside the figure nor on others, none that are missing values."""
    edge, shown = chart.bbox.padded(1), written(chart)
    with mpl.rc_context(theme.style()):  # as it is written to files
        boxes = [text.get_window_extent() for text in shown]
    for text, box in zip(shown, boxes, strict=True):
        inside = box.x0 >= edge.x0 and box.x1 <= edge.x1 and box.y0 >= edge.y0
        assert inside and box.y1 <= edge.y1, (about, text.get_text())
    for (one, first), (other, second) in combinations(zip(shown, boxes, strict=True), 2):
        shared = Bbox.intersection(first, second)
        near = shared is None or min(shared.width, shared.height) < 3
        assert near, (about, one.get_text(), other.get_text())
    said = " ".join(text.get_text() for text in shown) + chart.caption + chart.alt
    assert not re.search(r"\bnan\b|NaT|<NA>", said)


def panel(chart, place: int):
    """Axes with staircases, in the order drawn; the first of all are the paper."""
    return [axes for axes in chart.axes if axes.axison][place]


def dots(axes) -> set[tuple[int, float, bool]]:
    """Dots and rings: day, number, hollow or not."""
    return {
        (int(at), float(number), line.get_markerfacecolor() == "white")
        for line in axes.lines
        if line.get_marker() == "o"
        for at, number in zip(line.get_xdata(), line.get_ydata(), strict=True)
        if at == at
    }


def levels(axes) -> list[tuple[float, float, bool]]:
    """Level lines of staircases: where they end, their number, broken or not."""
    return [
        (ends[1][0], ends[1][1], lines.get_linestyle()[0][1] is not None)
        for lines in axes.collections
        if isinstance(lines, LineCollection)
        for ends in lines.get_segments()
    ]


def boxes(axes) -> list[Line2D]:
    plain = [line for line in axes.lines if line.get_marker() != "o"]
    return [line for line in plain if len(line.get_xdata()) in (3, 4)]


def numbers_beside(axes) -> list[str]:
    return [text.get_text() for text in axes.texts if text.get_text().replace(",", "").isdigit()]


# the day of publication


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_every_figure_can_be_cut_at_a_day_and_says_so(plot):
    dataset = narrowed()
    chart = plot(dataset, as_of=day(4).date())
    assert chart.source.endswith(", as published by 1 July 2018.")
    assert {*chart.event_ids} == {"e1"}
    assert "as published by" not in plot(dataset).source
    arabic = plot(dataset, "ar", as_of="2018-07-01")
    assert arabic.source.endswith("، بحسب ما نُشر حتى 1 تموز/يوليو 2018.")


def test_source_line_of_several_reports_says_the_day(fortnight):
    chart = analysis.plot_by_party(fortnight, as_of="2018-07-24")
    assert re.search(r"cited in \d+ reports, 20 to 24 July 2018, as published by 24", chart.source)


def test_nothing_published_by_then_is_said():
    for plot in PLOTS:
        with pytest.raises(ValueError, match="no statement of the dataset has a count"):
            plot(narrowed(), as_of="2018-06-01")


def test_superseded_and_set_aside_statements_are_not_drawn():
    dataset = corrected()
    assert [*drawn.statements_drawn(dataset)["event_id"]] == ["e2", "e3"]
    early = analysis.published_by(dataset, day(4).date())
    assert [*drawn.statements_drawn(early)["event_id"]] == ["e1"]
    aside = dataset.events["reading"].mask(dataset.events["event_id"] == "e3", "aside")
    dataset = replace(dataset, events=dataset.events.assign(reading=aside))
    for plot in PLOTS:
        chart = plot(dataset)
        assert chart.event_ids == ["e2"]
        assert not {"41", "50"} & {text.get_text() for text in written(chart)}


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
        chart = analysis.plot_statements(dataset, language, width)
        axes = panel(chart, 0)
        first = min(axes.get_xlim())
        spans = [(each.get_x(), each.get_width()) for each in axes.patches if each.get_hatch()]
        whole = (first, day_number(day(6)) - first)
        assert spans.count(whole) == 2  # and the part inside it
        tips = [text for text in axes.texts if getattr(text, "arrow_patch", None)]
        edge = chart.bbox.x1 if chart.mirrored else chart.bbox.x0
        at = axes.bbox.x1 if chart.mirrored else axes.bbox.x0
        ends = axes.transData.transform([tip.xy for tip in tips])[:, 0]
        assert len(ends) == 1 and min(at, edge) < ends[0] < max(at, edge)
        assert language_of(language)("key open") in [text.get_text() for text in written(chart)]
        assert_readable(chart, (language, width))


def test_figure_of_windows_without_any_first_day():
    dataset = make_dataset([("a", "toll", 1, 5, 20, 20)])
    dataset = replace(dataset, events=dataset.events.assign(date_start=pd.NaT))
    chart = analysis.plot_statements(dataset)
    assert "20 (up to 2 July)" in chart.alt and "Timeline from 2 July 2018" in chart.alt
    assert_readable(chart)


def test_parts_of_parts_stand_inside_the_outermost_bar():
    rows = [("a", "toll", 1, 4, 20, 20), ("b", "toll", 1, 4, 9, 9), ("c", "toll", 1, 4, 4, 4)]
    chart = analysis.plot_statements(make_dataset(rows, {"b": "a", "c": "b"}))
    said = [text.get_text() for text in written(chart)]
    assert any(text.endswith(": 9") for text in said)
    assert any(text.endswith(": 4") for text in said)


def test_a_number_told_by_several_reports_is_one_bar():
    dataset = make_dataset(
        [("a", "incident", 2, 2, 6, 6), ("a", "incident", 2, 2, 6, 6, "e1"), ("a", "toll", 1, 3, 8)]
    )
    chart = analysis.plot_statements(told_by(dataset, {"e1": 3, "e2": 4, "e3": 4}))
    axes = panel(chart, 0)
    assert [text.get_text() for text in axes.texts].count("6, in 2 reports") == 1
    assert len([patch for patch in axes.patches if patch.get_width() == 1]) == 1
    assert chart.title == "Counts in 2 reports: 3, for a single day: 2"


def test_readings_without_a_place_in_the_text_are_one_bar():
    dataset = make_dataset(
        [("a", "toll", 1, 3, 8, 8, None, "primary"), ("a", "toll", 1, 3, 8, None, None, "wide")]
    )
    said = [text.get_text() for text in written(analysis.plot_statements(dataset))]
    assert "8 (loosest reading: at least 8)" in said


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_statements_of_the_fortnight_are_not_cut_off(fortnight, language, width):
    assert_readable(analysis.plot_statements(fortnight, language, width))


# chosen tallies and their statements


def test_a_panel_for_each_chosen_tally_parts_inside():
    dataset = parts()
    chart = analysis.plot_over_time(dataset, tallies=["b", "a"])
    assert [*chart.numbers["tally_id"].unique()] == ["a", "b", "c"]
    assert len([axes for axes in chart.axes if axes.axison]) == 2
    alone = analysis.plot_over_time(dataset, tallies=["c"])
    assert [*alone.numbers["tally_id"].unique()] == ["c"]
    assert alone.title.startswith("3 killed in the counts shown")


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

    shared = "Persons killed; these counts can have people in common"
    assert title(parts(), "b", "c") == title(parts(), "a", "c") == shared
    apart = make_dataset([("a", "toll", 1, 2, 9), ("b", "toll", 1, 2, 5, 5)], {"b": "d"})
    assert title(apart, "a", "b").startswith("At least 14 killed in the counts shown")
    assert title(several_sources(), "a", "b") == "Persons killed, by source and party"
    assert title(several_sources(), "b").startswith("5 to 6 killed in the counts shown")
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


def test_derived_counts_have_no_mark():
    dataset = parts()
    basis = dataset.events["count_basis"].mask(dataset.events["event_id"] == "e1", "derived")
    dataset = replace(dataset, events=dataset.events.assign(count_basis=basis))
    assert "e1" not in {*marks.statement_marks(dataset, "a")["event_id"]}


def test_a_later_named_first_day_is_still_a_running_total():
    dataset = make_dataset([("a", "toll", 1, 4, 20, 20), ("a", "toll", 2, 6, 30)])
    said = dataset.events["date_basis"].mask(dataset.events["event_id"] == "e1", "inferred")
    outermost = replace(dataset, events=dataset.events.assign(date_basis=said))
    assert [*marks.statement_marks(outermost, "a")["mark"]] == ["total", "total"]
    assert [*marks.statement_marks(dataset, "a")["mark"]] == ["total", "days"]


def test_marks_stand_on_their_last_day():
    chart = analysis.plot_over_time(parts(), tallies=["a"], statements=True)
    axes = panel(chart, 0)
    fourth, sixth = day_number(day(4)), day_number(day(6))
    assert dots(axes) == {
        (fourth, 20, False),  # a range: both ends
        (fourth, 25, False),
        (fourth, 12, True),
        (sixth, 30, False),
    }
    outlines = {(*line.get_xdata(), *line.get_ydata()) for line in boxes(axes)}
    second, third = day_number(day(2)), day_number(day(3))
    assert outlines == {
        (second, second, second + 1, second + 1, 0, 6, 6, 0),
        (third, third, fourth + 1, fourth + 1, 0, 7, 7, 0),
    }
    assert {"30", "20"} <= {*numbers_beside(axes)}


def test_box_without_a_first_day_is_open_towards_the_past():
    dataset = make_dataset([("a", "incident", 1, 3, 6), ("a", "toll", 1, 4, 9, 9)])
    start = dataset.events["date_start"].mask(dataset.events["event_id"] == "e1")
    dataset = replace(dataset, events=dataset.events.assign(date_start=start))
    chart = analysis.plot_over_time(dataset, tallies=["a"], statements=True)
    (box,) = boxes(panel(chart, 0))
    assert [*box.get_ydata()] == [6, 6, 0] and box.get_xdata()[-1] == day_number(day(4))


def test_key_and_alt_text_tell_of_the_marks():
    chart = analysis.plot_over_time(parts(), tallies=["a"], statements=True)
    said = [text.get_text() for text in written(chart)]
    for name in ("key total", "key part", "key days"):
        assert language_of("en")(name) in said
    assert "20 to 25 (28 June to 1 July)" in chart.alt
    plain = [text.get_text() for text in written(analysis.plot_over_time(parts(), tallies=["a"]))]
    assert language_of("en")("key total") not in plain
    only = analysis.plot_over_time(MADE_UP["one day"], statements=True)
    assert language_of("en")("key days") not in [text.get_text() for text in written(only)]


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


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_marked_stairs_of_the_fortnight_can_be_read(marked_charts, language, width):
    assert_readable(marked_charts[language, width])


def test_copies_of_a_count_are_one_mark(marked_charts):
    stated = marked_charts["en", "page"].numbers.dropna(subset=["mark"])
    friday = stated[(stated["date"] == "2018-07-20") & (stated["stated_low"] == 26)]
    assert len(friday) == 1 and friday["mark"].tolist() == ["days"]
    ring = stated[(stated["date"] == "2018-07-24") & (stated["mark"] == "part")]
    assert {*ring["stated_low"]} == {43, 61}


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


def test_days_that_nothing_was_known_of_are_blank():
    chart = analysis.plot_known_when(narrowed())
    early_a, early_b, late_a, late_b = (panel(chart, place) for place in range(4))
    first, stop = day_number(day(1)), day_number(day(7))
    assert early_a.get_xlim() == late_b.get_xlim() == (first, stop)
    assert early_a.get_ylim() == late_b.get_ylim()
    known_days = max(stop for stop, _, _ in levels(early_a))
    assert known_days == day_number(day(4))
    white = [patch for patch in early_a.patches if isinstance(patch, Rectangle)]
    assert (known_days, stop) in {(w.get_x(), w.get_x() + w.get_width()) for w in white}
    assert not early_b.lines and not early_b.collections
    for axes in (early_a, early_b):
        assert "nothing known yet" in [text.get_text().replace("\n", " ") for text in axes.texts]
    said = [text.get_text() for text in late_a.texts]
    assert "nothing known yet" not in said


def test_a_correction_shows_what_was_known_before():
    chart = analysis.plot_known_when(corrected())
    early, late = panel(chart, 0), panel(chart, 1)
    assert {number for _, number, _ in levels(early)} == {41}
    broken = {number for _, number, dashed in levels(late) if dashed}
    assert broken == {41}
    said = [text.get_text() for text in written(chart)]
    assert language_of("en")("key earlier") in said
    assert {"41 up to 30 June", "45 up to 30 June", "50 up to 5 July"} <= {*said}
    assert chart.title.endswith("41 as known by 1 July, 45 by 6 July 2018")


def test_title_tells_the_greatest_change():
    title = analysis.plot_known_when(narrowed()).title
    assert title == (
        "people, killed up to 30 June: at least 5 as known by 1 July, 5 to 9 by 4 July 2018"
    )
    single = analysis.plot_known_when(MADE_UP["one day"])
    assert single.title == "Persons killed: what was known by 27 July 2018"


def test_change_prefers_a_limit_where_there_was_none():
    rows = [
        ("2018-07-01", "a", 0, 50),
        ("2018-07-01", "b", 4, None),
        ("2018-07-01", "c", 4, None),
        ("2018-07-02", "a", 0, 1),
        ("2018-07-02", "b", 4, 30),
        ("2018-07-02", "c", 4, 12),
    ]
    frame = pd.DataFrame(rows, columns=["as_of", "tally_id", "cumulative_low", "cumulative_high"])
    frame = frame.astype({"cumulative_low": "Int64", "cumulative_high": "Int64"}).assign(
        date=day(1)
    )
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
    """By 24 July the government forces' dead had no upper limit; later they have one."""
    numbers = known_charts["en", "page"].numbers.query("reading == 'primary'")
    at = numbers.set_index(["as_of", "tally_id", "date"]).sort_index()
    first, last, of = (pd.Timestamp(each) for each in (*DATES, "2018-07-24"))
    before, after = at.loc[first, "sohr_government_forces", of], at.loc[last, CHOSEN[1], of]
    assert before["cumulative_low"] == 43 and pd.isna(before["cumulative_high"])
    assert after["cumulative_low"] == 43 and after["cumulative_high"] == 86
    civilians = at.loc[first, CHOSEN[0], pd.Timestamp("2018-07-23")]
    assert civilians["cumulative_low"] == civilians["cumulative_high"] == 41
    assert known_charts["en", "page"].title == (
        "Government forces (all causes), killed up to 24 July: at least 43 as known by 24 July, "
        "43 to 86 by 1 August 2018"
    )


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_known_when_of_the_fortnight_can_be_read(known_charts, language, width):
    chart = known_charts[language, width]
    assert_readable(chart)
    assert chart.get_figwidth() * 25.4 == pytest.approx({"page": 175, "column": 85}[width])
    assert min(text.get_fontsize() for text in written(chart)) >= 6.5
    assert chart.title in chart.caption and chart.source in chart.caption
    if language == "ar":
        for said in [text.get_text() for text in written(chart)] + [chart.caption, chart.alt]:
            assert not re.search("[A-Za-z]", ACRONYMS.sub("", said)), said


def test_rows_are_labelled_with_their_day(known_charts):
    said = [text.get_text() for text in written(known_charts["en", "page"])]
    assert said.count("Known by 24 July 2018") == said.count("Known by 1 August 2018") == 1
    narrow = [text.get_text() for text in written(known_charts["en", "column"])]
    assert narrow.count("Known by 24 July 2018") == 3
    assert "ما عُرف حتى 24 تموز/يوليو 2018" in [
        text.get_text() for text in written(known_charts["ar", "page"])
    ]


def test_lines_that_begin_in_latin_run_from_the_right():
    dataset = make_dataset([("a", "toll", 1, 2, 9, 9), ("b", "toll", 1, 2, 5, 6)])
    tallies = dataset.tallies.assign(source_original=["SOHR", "OCHA"], label_ar="أشخاص من قرى عدة")
    chart = analysis.plot_known_when(replace(dataset, tallies=tallies), "ar", "column")
    lines = [line for text in written(chart) for line in text.get_text().split("\n")[1:]]
    latin = [
        line for line in lines if re.match(r"[^\u0600-\u06ff]*[A-Za-z].*[\u0600-\u06ff]", line)
    ]
    assert all(line.startswith("\u200f") for line in latin)


@pytest.mark.parametrize("name", MADE_UP)
def test_made_up_data_can_be_drawn_and_read(name):
    dataset = MADE_UP[name]
    for language, width in EVERY:
        whole = drawn.whole_of(dataset)
        marked = analysis.plot_over_time(
            dataset, language, width, tallies=[*dataset.tallies["tally_id"]], statements=True
        )
        assert_readable(marked, (language, width))
        assert_readable(analysis.plot_known_when(dataset, language, width), (language, width))
        three = ["2018-06-29", "2018-07-02", "2018-07-27"]
        if name in ("narrowed", "corrected"):
            three[0] = "2018-07-01"
        chart = analysis.plot_known_when(dataset, language, width, dates=three, tallies=whole)
        assert_readable(chart, (language, width))
        assert_readable(analysis.plot_statements(dataset, language, width), (language, width))
