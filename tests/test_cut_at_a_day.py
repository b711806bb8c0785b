"""Figures cut at a day, of chosen tallies, and with their statements."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.bounds import drawn
from analysis.data.problems import NothingToDrawError
from compact import day, make_dataset
from conftest import EVERY, assert_readable, said, signs

PLOTS = [getattr(analysis, f"plot_{name}") for name in ("statements", "over_time", "by_party")]
PLOTS += [analysis.plot_ledger]
FORTNIGHT = Path(__file__).resolve().parents[1] / "data" / "fortnight"
CHOSEN = ["civilians_bombardment", "sohr_government_forces", "sohr_islamic_state"]


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


# the day of publication


@pytest.mark.slow
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
        with pytest.raises(
            ValueError, match="nothing was published by 2018-06-01; the reports are of"
        ):
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


def test_what_was_lowered_is_not_drawn_over_time():
    assert analysis.plot_over_time(corrected()).event_ids == ["e2", "e3"], "41 is not drawn"


# the figure of statements


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_window_without_a_first_day_comes_from_the_edge(language, width):
    chart = analysis.plot_statements(without_first_day(), language=language, width=width)
    windows, arrows = signs(chart, "open_start"), signs(chart, "arrow")
    assert len(windows) == len(arrows) == 2, "the part inside it too"
    windows += signs(chart, "window")
    assert len(windows) == 3
    start, stop = windows[0][0, 0], windows[0][-1, 0]
    for window, arrow in zip(windows, arrows, strict=False):
        assert (window[0, 0], window[-1, 0]) == (start, stop)
        assert arrow[0, 0] > arrow[1, 0] == pytest.approx(start), "towards the past"
    assert windows[2][-1, 0] < stop
    assert_readable(chart, foreign=True)


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
    assert said(chart).count("6") == said(chart).count("in 2 reports") == 1
    assert len(signs(chart, "day")) == len(signs(chart, "window")) == 1
    assert chart.title == "3 counts in 2 reports, 2 of them for a single day"


def test_readings_without_a_place_in_the_text_are_one_bar():
    dataset = make_dataset(
        [("a", "toll", 1, 3, 8, 8, None, "primary"), ("a", "toll", 1, 3, 8, None, None, "wide")]
    )
    chart = analysis.plot_statements(dataset)
    assert "8" in said(chart) and len(signs(chart, "window")) == 1
    assert "The words of 1 of these numbers can also be read more loosely." in said(chart)


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_statements_of_the_fortnight_are_not_cut_off(fortnight, language, width):
    assert_readable(analysis.plot_statements(fortnight, language=language, width=width))


# chosen tallies and their statements


@pytest.mark.slow
def test_a_row_for_each_chosen_tally_parts_as_words():
    chart = analysis.plot_over_time(parts(), tallies=["b", "a"])
    assert [*chart.numbers["tally_id"].unique()] == ["a", "b", "c"]
    certain = signs(chart, "certain")
    tall = [np.ptp(points[:, 1]) for points in certain]
    assert len(tall) == 2 and tall[0] / tall[1] == pytest.approx(12 / 30), "b first, one scale"
    assert {"people (at least 12) among them", "3 children among them"} <= {*said(chart)}
    alone = analysis.plot_over_time(parts(), tallies=["c"])
    assert [*alone.numbers["tally_id"].unique()] == ["c"]
    assert alone.title == "3 people killed by 1 July, by one monitor’s count"


def test_a_row_that_others_would_crush_has_its_own_scale():
    dataset = make_dataset([("a", "toll", 1, 2, 100, 100), ("b", "toll", 1, 2, 20, 20)])
    chart = analysis.plot_over_time(dataset, tallies=["a", "b"])
    first, second = (np.ptp(points[:, 1]) for points in signs(chart, "certain"))
    assert first == pytest.approx(second) and "Scales differ." in " ".join(said(chart))


@pytest.mark.parametrize("chosen", [False, True])
def test_what_is_drawn_over_time_are_the_bounds_of_each_tally(chosen):
    dataset = analysis.load(FORTNIGHT.parent / "report")
    killed = dataset.tallies["harm"] == "killed"
    named = [*dataset.tallies.loc[killed, "tally_id"]] if chosen else None
    shown = analysis.plot_over_time(dataset, tallies=named).numbers
    for reading, rows in shown.groupby("reading"):
        known = analysis.casualty_bounds(dataset, reading=reading)
        both = rows.merge(known, on=["tally_id", "date"], suffixes=("", "_known"))
        assert len(both) == len(known[known["tally_id"].isin(rows["tally_id"])]) > 0
        for end in ("low", "cumulative_low"):
            assert both[end].tolist() == both[f"{end}_known"].tolist()
        stated = both["cumulative_high"].notna()
        assert stated.any()
        assert (both["cumulative_high"] == both["cumulative_high_known"])[stated].all()


def test_a_whole_goes_on_as_long_as_its_parts():
    dataset = make_dataset([("a", "toll", 1, 2, 5, 5), ("b", "toll", 1, 4, 9, 9)], {"b": "a"})
    whole = drawn.chosen_drawn(dataset, ["a"]).query("tally_id == 'a' and reading == 'primary'")
    assert [*whole["date"]] == [day(number) for number in range(1, 5)]
    assert [*whole["cumulative_low"]] == [0, 5, 5, 9]
    assert whole["cumulative_high"].isna().tolist() == [False, False, True, True]


def test_titles_of_chosen_tallies_add_nothing_twice():
    def title(dataset, *tallies):
        return analysis.plot_over_time(dataset, tallies=tallies).title

    shared = "People killed; these counts can have people in common"
    assert title(parts(), "b", "c") == title(parts(), "a", "c") == shared
    apart = make_dataset([("a", "toll", 1, 2, 9), ("b", "toll", 1, 2, 5, 5)], {"b": "d"})
    assert title(apart, "a", "b") == (
        "At least 14 people killed by 29 June, by one monitor’s count"
    )
    assert title(several_sources(), "a", "b") == "People killed, by source; sources are never added"
    assert title(several_sources(), "b").startswith(
        "5 to 6 people killed by 29 June, by OCHA’s count"
    )
    deep = make_dataset([(name, "toll", 1, 2, 5, 5) for name in "abc"], {"b": "a", "c": "b"})
    assert title(deep, "a", "c") == shared


def test_tallies_that_cannot_be_drawn_are_named():
    dataset = make_dataset([("a", "toll", 1, 2, 5), ("b", "toll", 1, 2, 5)], {"c": "d"})
    with pytest.raises(ValueError, match="no tally 'x'"):
        analysis.plot_over_time(dataset, tallies=["x"])
    with pytest.raises(ValueError, match="nothing is stated of the tally 'd'"):
        analysis.plot_over_time(dataset, tallies=["a", "d"])
    with pytest.raises(ValueError, match="'injured'; these tallies count: killed"):
        analysis.plot_over_time(dataset, harm="injured", tallies=["a"])
    harmed = dataset.tallies["harm"].mask(dataset.tallies["tally_id"] == "b", "injured")
    mixed = replace(dataset, tallies=dataset.tallies.assign(harm=harmed))
    with pytest.raises(ValueError, match="one harm; these tallies count: killed, injured"):
        analysis.plot_over_time(mixed, tallies=["a", "b"])


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("name", MADE_UP)
def test_made_up_data_can_be_drawn_and_read(name, language, width):
    dataset, asked = MADE_UP[name], {"language": language, "width": width}
    charts = [analysis.plot_statements(dataset, **asked)]
    with suppress(NothingToDrawError):
        named = [*dataset.tallies["tally_id"]]
        charts.append(analysis.plot_over_time(dataset, tallies=named, **asked))
    for chart in charts:
        assert_readable(chart, chart.name, foreign=True)
