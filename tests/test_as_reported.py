"""The toll as reported: what became of each count, what is drawn and said of it."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import LANGUAGES
from analysis.bounds.reported import find_reported
from analysis.charts.export import numbers_csv
from analysis.page.settings import PROJECT
from compact import LOWERED, RISING, ROSE, day, incident, make_dataset, toll
from conftest import EVERY, assert_readable, counted, said, signs


def named(dataset, hours=None, **events):
    """SOHR's counts in every language; hours of publication by report, cells of events by id."""
    changed, reports = dataset.events.copy(), dataset.reports.copy()
    for column, cells in events.items():
        for event_id, value in cells.items():
            changed.loc[changed["event_id"] == event_id, column] = value
    for report_id, hour in (hours or {}).items():
        reports.loc[reports["report_id"] == report_id, "source_date"] += pd.Timedelta(hours=hour)
    labels = {"label_en": "People", "label_ar": "أشخاص", "label_fr": "Personnes"}
    tallies = dataset.tallies.assign(source_original="SOHR")
    parties, reports = dataset.parties.assign(**labels), reports.assign(source_office="Agency")
    return replace(dataset, events=changed, reports=reports, tallies=tallies, parties=parties)


def rising():
    """e1 to e6 rise; e7 tells 180 again; e8 is set aside; e10 corrects e9."""
    told = [toll(low, 10 + at) for at, low in enumerate(RISING)]
    told += [toll(180, 11, same_as="e1"), toll(300, 13, reading="aside")]
    told += [toll(262, 16), toll(260, 17, high=None), incident(4, 12), toll(9, 12, reading="wide")]
    return named(make_dataset(told), supersedes={"e10": "e9"})


def many(number=30):
    told = [toll(100 + 40 * at + 900 * (at > 12), 100 + at) for at in range(number)]
    dataset = named(make_dataset(told))
    times = pd.Timestamp("2018-07-10") + pd.timedelta_range("6h", periods=number, freq="5h")
    of = dict(zip((f"r{100 + at}" for at in range(number)), times, strict=True))
    known = dataset.reports["report_id"].map(of).fillna(dataset.reports["source_date"])
    known = known.astype(dataset.reports["source_date"].dtype)
    return replace(dataset, reports=dataset.reports.assign(source_date=known))


def two():
    told = [toll(3, 10), toll(4, 12), toll(70_000, 10, tally="b")]
    return named(make_dataset([*told, toll(71_000, 11, high=90_000, tally="b")]))


def lowered():
    return named(make_dataset(LOWERED), hours={"r10": 14})


CASES = {
    "lowered": lowered,
    "rising": rising,
    "hours": lambda: named(rising(), hours={"r10": 9, "r11": 23, "r16": 1}),
    "many": many,
    "two tallies": two,
    "the fortnight": lambda: analysis.load(PROJECT / "data" / "fortnight"),
}


def test_frame_by_hand():
    numbers = analysis.plot_as_reported(rising()).numbers
    said = numbers[["event_ids", "low", "status", "pages"]].to_numpy().tolist()
    assert said == [
        ["e1;e7", 180, "updated", 2],
        ["e2", 183, "updated", 1],
        ["e3", 220, "updated", 1],
        ["e4", 221, "updated", 1],
        ["e8", 300, "aside", 1],
        ["e5", 246, "updated", 1],
        ["e6", 258, "updated", 1],
        ["e9", 262, "lowered", 1],
        ["e10", 260, "stands", 1],
    ]
    assert numbers["published_earliest"].tolist() == [
        day(at) for at in (10, 11, 12, 13, 13, 14, 15, 16, 17)
    ]
    assert numbers["high"].isna().tolist() == [False] * 8 + [True]
    assert {*numbers["tally_id"]} == {"all"} and {*numbers["source_original"]} == {"SOHR"}


def test_the_total_that_stood():
    chart = analysis.plot_as_reported(rising())
    (line,) = signs(chart, "told total")
    starts, stops, days = counted(chart, line)[::2], counted(chart, line)[1::2], line[::2, 0]
    assert starts == stops == [*RISING, 262, 260] and (line[1:-1:2, 0] == days[1:]).all()
    assert days - days[0] == pytest.approx([at * (days[1] - days[0]) for at in range(8)])
    assert line[-1, 0] - days[-1] == pytest.approx((days[1] - days[0]) / 2), "to the end of its day"


def test_a_vaguer_later_count_does_not_lower_the_total():
    chart = analysis.plot_as_reported(
        named(make_dataset([toll(180, 10), toll(170, 11, high=None)]))
    )
    assert counted(chart, signs(chart, "told total")[0]) == [180] * 4
    assert [counted(chart, points) for points in signs(chart, "told stands")] == [[170]]


def test_each_count_has_the_mark_of_what_became_of_it():
    chart = analysis.plot_as_reported(rising())
    marks = {
        name: [counted(chart, points)[0] for points in signs(chart, f"told {name}")]
        for name in ("updated", "aside", "lowered", "stands")
    }
    assert marks == {"updated": [*RISING], "aside": [300], "lowered": [262], "stands": [260]}
    looks = {
        (line.get_label(), line.get_marker(), line.get_markerfacecolor() == "white")
        for line in chart.axes[0].lines
        if line.get_label().startswith("_told") and line.get_marker() in "osX"
    }
    assert {look[1:] for look in looks} == {("o", True), ("s", True), ("X", False), ("o", False)}
    (open_end, _sample) = signs(chart, "arrow")
    assert counted(chart, open_end[:1]) == [260]
    assert "260" not in said(chart) and "at least 260" in said(chart)


def test_only_what_was_known_by_a_day():
    chart = analysis.plot_as_reported(rising(), as_of=day(16).date())
    assert chart.numbers.set_index("event_id")["status"]["e9"] == "stands"
    assert chart.title == "People killed: count rose from 180 on 7 July to 262 on 13 July, SOHR"


def test_hours_tell_which_came_first():
    chart = analysis.plot_as_reported(CASES["hours"]())
    csv = numbers_csv(chart.numbers).splitlines()
    assert "2018-07-07T09:00,2018-07-07T09:00" in csv[1] and "2018-07-09,2018-07-09" in csv[3]
    assert len(signs(chart, "told time")) == 6, "of the others only the day is known"
    assert "7 July, 09:00: 180" in chart.alt


def test_days_that_go_on_count_further():
    dataset = named(make_dataset([toll(5, 10), toll(5, 11, days=(1, 3)), toll(0, 11, days=(3, 3))]))
    chart = analysis.plot_as_reported(dataset)
    assert chart.numbers["status"].tolist() == ["updated", "stands"], "0 is no running total"
    assert chart.title == "People killed: count stayed at 5, SOHR"
    assert "covers more days" in " ".join(said(chart))


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts(language):
    chart = analysis.plot_as_reported(rising(), language=language)
    title, corrected = {
        "en": (
            "People killed: count rose to 262 (13 July) and was lowered since: "
            "at least 260 (14 July), SOHR",
            "13 July: 262 (lowered or withdrawn)",
        ),
        "ar": (
            "القتلى (أشخاص): ارتفعت الحصيلة إلى 262 (13 تموز/يوليو) "
            "ثم خُفضت إلى 260 على الأقل (14 تموز/يوليو)، بحسب \u2068SOHR\u2069",
            "13 تموز/يوليو: 262 (خُفّضت أو سُحبت)",
        ),
        "fr": (
            "Personnes, personnes tuées : bilan monté à 262 (13 juillet), revu en baisse, "
            "au moins 260 (14 juillet), SOHR",
            "13 juillet : 262 (abaissé ou retiré)",
        ),
    }[language]
    assert chart.title.replace("\u00a0", " ") == title
    assert corrected in chart.alt.replace("\u00a0", " ")
    assert chart.event_ids[:2] == ["e1", "e7"] and len(chart.event_ids) == 10
    shown = " ".join(said(chart))
    days = {"en": "Days counted: 28 June 2018.", "ar": "28 حزيران/يونيو 2018"}
    days["fr"] = "Jours comptés : 28 juin 2018."
    assert days[language] in shown.replace("\u00a0", " ")
    if language == "en":
        assert "cited in 8 reports, 7 to 14 July 2018" in chart.source
        assert "does not say that more were harmed on that day" in shown


@pytest.mark.parametrize(
    ("dataset", "asked"),
    [
        (named(make_dataset([toll(5, 10)])), {}),
        (named(make_dataset([toll(5, 10), toll(6, 10)])), {"tallies": ["all"]}),
        (named(make_dataset([toll(5, 10), toll(9, 11, reading="aside")])), {}),
        (named(make_dataset([incident(5, 10), incident(9, 11)])), {"tallies": ["all"]}),
    ],
    ids=["one page", "one day", "set aside", "no tolls"],
)
def test_nothing_on_two_days_is_said(dataset, asked):
    with pytest.raises(ValueError, match=r"nothing to draw: no toll.* published on two days"):
        analysis.plot_as_reported(dataset, **asked)


@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("outlets", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_can_be_drawn_and_read(name, outlets, language, width):
    dataset = CASES[name]()
    chart = analysis.plot_as_reported(dataset, language=language, width=width, outlets=outlets)
    if name in ("rising", "hours", "many"):
        assert chart.get_figheight() * 25.4 <= 100
    if outlets and name == "two tallies":
        assert any(text.endswith("(Agency)") for text in said(chart))
    assert_readable(chart, (name, language, width), foreign=name != "the fortnight" or outlets)


def test_a_row_a_tally():
    chart = analysis.plot_as_reported(two())
    assert chart.title == "Counts of people killed rose as they were published: People and People"
    assert [*chart.numbers["tally_id"]] == ["all", "all", "b", "b"]
    only = analysis.plot_as_reported(two(), tallies=["b"])
    assert only.title.endswith("70,000 on 7 July to 71,000 to 90,000 on 8 July, SOHR")


def test_a_count_is_corrected_when_the_first_correction_was_published():
    told = [toll(183, 10), toll(183, 11, same_as="e1"), toll(170, 11), toll(170, 13)]
    dataset = make_dataset(told)
    for order in ([0, 1, 2, 3, 4], [0, 1, 2, 4, 3]):
        events = dataset.events.assign(supersedes=[None, None, None, "e1", "e2"])
        events = events.astype({"supersedes": "str"}).iloc[order].reset_index(drop=True)
        found = find_reported(replace(dataset, events=events), ["all"])
        assert found["corrected"][0] == day(11)


def test_an_hour_at_the_end_of_a_range_stays_an_hour():
    dataset = make_dataset([toll(180, 10)])
    reports = dataset.reports.assign(
        source_date=pd.Timestamp("2018-07-07T14:00"), source_date_earliest=day(8)
    )
    found = find_reported(replace(dataset, reports=reports), ["all"])
    assert found["published_latest"][0] == pd.Timestamp("2018-07-07T14:00")


def test_a_toll_that_fell_after_it_rose_is_not_said_to_rise():
    chart = analysis.plot_as_reported(lowered())
    assert "count rose to 359 (10 July) and was lowered since: 258 (12 July)" in chart.title
    assert {*counted(chart, signs(chart, "told lowered")[0])} <= {290, 321, 359}
    several = analysis.plot_as_reported(
        named(make_dataset([*LOWERED, *(each._replace(tally="b") for each in ROSE)]))
    )
    assert several.title.startswith("Counts of people killed as they were published: ")
    assert "156 (7 July), up to 359 (10 July), lowered since, 258 (12 July)" in said(several)


def text(chart) -> str:
    """All that a figure says, in a line."""
    return " ".join(said(chart))


def test_what_is_lowered_is_counted_where_it_is_left_out():
    left_out = "3 numbers that their sources lowered, withdrew or contradicted are left out."
    chart = analysis.plot_statements(lowered())
    assert left_out in text(chart) and left_out in chart.alt
    assert "are left out" not in text(analysis.plot_statements(named(make_dataset(ROSE))))


def test_what_is_lowered_is_struck_through_in_the_ledger():
    chart = analysis.plot_ledger(lowered())
    assert text(chart).count("lowered since, see 250 to 260") == 3
    lines = [line for line in chart.axes[0].lines if line.get_linewidth() == 0.8]
    struck = [line for line in lines if np.ptp(line.get_xdata()) < 1]
    assert len(struck) == 3 + 1, "and the sum of all numbers"
    assert "are left out" not in text(chart)


def test_a_family_that_contradicts_itself_is_left_out_and_named():
    told = [toll(5, 10), toll(9, 10), toll(3, 10, tally="b"), toll(4, 11, tally="b")]
    dataset = named(make_dataset(told))
    dataset = replace(dataset, tallies=dataset.tallies.assign(label_en=["Clashing", "Others"]))
    for plot in (analysis.plot_by_party, analysis.plot_over_time, analysis.plot_ledger):
        chart = plot(dataset)
        assert "because their numbers contradict one another: Clashing" in text(chart)
        assert re.search("(^|gives )4 (people|civilians)", chart.title)
        assert "e1" not in chart.event_ids and "e2" not in chart.event_ids
    alone = analysis.plot_by_party(dataset, tallies=["b"])
    assert "contradict" not in text(alone)
    assert "contradict" not in text(analysis.plot_statements(dataset)), "all of it is drawn there"


def test_of_many_numbers_inside_one_the_ledger_draws_the_greatest():
    counts = [toll(low, 10 + at) for at, low in enumerate(range(101, 121))]
    drawn = text(analysis.plot_ledger(named(make_dataset(counts)))).split()
    assert {"120", "119", "108"} <= {*drawn} and "107" not in drawn
    assert "and 7 more counts" in " ".join(drawn)


def test_who_counted_is_named_where_not_one_counted_all():
    dataset = make_dataset([toll(5, 10), toll(9, 10, tally="claimed")])
    alone = named(dataset)
    alone.tallies.loc[alone.tallies["tally_id"] == "claimed", "harm"] = "evacuated"
    assert "9 people evacuated (People)" in text(analysis.plot_by_party(alone))
    claim = alone.tallies["source_original"].mask(alone.tallies["tally_id"] == "claimed", "UN")
    claimed = replace(alone, tallies=alone.tallies.assign(source_original=claim))
    assert "9 people evacuated (People, UN)" in text(analysis.plot_by_party(claimed))
    assert "People (UN), evacuated" in text(analysis.plot_statements(claimed))


def test_days_of_publication_in_several_years_have_their_year():
    dataset = lowered()
    late = dataset.reports["source_date"].mask(dataset.reports["report_id"] == "r15", day(400))
    dataset = replace(dataset, reports=dataset.reports.assign(source_date=late))
    asked = analysis.plot_known_when(dataset, dates=["2018-07-08", "2019-08-01"])
    assert "Known by 8 July 2018" in text(asked) and "Known by 1 August 2019" in text(asked)
    assert f"258 ({day(400).day} August 2019)" in analysis.plot_as_reported(dataset).title
