"""The toll as reported: what is drawn of each total, what is struck through, what is said of it."""

import functools
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import LANGUAGES
from analysis.charts import style as theme
from analysis.charts.breaks import find_breaks
from analysis.figures.export import numbers_csv
from analysis.language.locales import locale_of
from analysis.page.tables import statements
from compact import Statement, day, incident, make_dataset, toll, with_cells
from conftest import EVERY, assert_readable, counted, middle_of, said, signs, written

LABELS = {"label_en": "People", "label_ar": "أشخاص", "label_fr": "Personnes"}


def named(dataset, sources=None, **harms):
    """Labels in every language; who counted each tally (SOHR else), and what they count."""
    tallies = dataset.tallies
    who = [(sources or {}).get(name, "SOHR") for name in tallies["tally_id"]]
    harm = [harms.get(name, "killed") for name in tallies["tally_id"]]
    tallies = tallies.assign(
        source_original=pd.array(who, dtype="str"), harm=pd.array(harm, dtype="str")
    )
    reports = dataset.reports.assign(
        source_office=pd.array(["Agency"] * len(dataset.reports), "str")
    )
    parties = dataset.parties.assign(**LABELS)
    return replace(dataset, tallies=tallies, parties=parties, reports=reports)


def rising():
    told = [toll(40, 10), toll(60, 11, high=None), toll(93, 12), toll(120, 13), toll(110, 14)]
    return named(make_dataset(told))


def withdrawn():
    """A: 20, then 113, withdrawn without another number; B: 40, 43. Missing: 90 or more, 85."""
    told = [toll(20, 10), toll(113, 12), toll(40, 13, tally="b"), toll(43, 16, tally="b")]
    told += [Statement("gone", "stock", None, 12, 90, None, published=12)]
    told += [Statement("gone", "stock", None, 16, 85, 85, published=16)]
    dataset = named(make_dataset(told), {"b": "OCHA", "gone": "OCHA"}, gone="missing")
    takes_back = {"event_id": "back", "report_id": "r13", "supersedes": "e2"}
    row = {name: takes_back.get(name) for name in dataset.events.columns}
    added = pd.DataFrame([row]).astype(dataset.events.dtypes.to_dict())
    return replace(dataset, events=pd.concat([dataset.events, added], ignore_index=True))


def running():
    """Days 1 to 3, 4, 5; days 1 and 2 counted again, a part of one page, day 5 alone."""
    told = [toll(30, 10, days=(1, 3)), toll(12, 10, days=(1, 2)), toll(44, 11, days=(1, 4))]
    told += [toll(15, 12, days=(1, 2)), toll(50, 13, days=(1, 5)), toll(6, 13, days=(5, 5))]
    return named(make_dataset(told))


def long(number=80):
    told = [toll(205 + at, 10 + at, days=(1, 5 + at)) for at in range(number)]
    return named(make_dataset(told))


def restated():
    """Days 1 to 5, then 1 to 6; each of the days 1 to 5 by itself, then again with one more."""
    told = [toll(60, 10, days=(1, 5)), toll(90, 20, days=(1, 6))]
    told += [toll(9 + at, 10, days=(at, at)) for at in range(1, 6)]
    told += [toll(10 + at, 20, days=(at, at)) for at in range(1, 6)]
    return named(make_dataset(told))


CASES = {
    "restated": restated,
    "rising": rising,
    "withdrawn": withdrawn,
    "running": running,
    "long": long,
}


JANUARY, FEBRUARY, HALF, YEAR = (4, 34), (35, 65), (4, 187), (4, 368)
"""Two months one after the other, and longer times from the first day of these."""


def monthly(*more):
    """69 and 161 in two months, 568 in the half year."""
    told = [toll(69, 36, days=JANUARY), toll(161, 67, days=FEBRUARY), toll(568, 190, days=HALF)]
    return named(make_dataset([*told, *more]))


def test_months_of_a_monthly_report_are_no_rising_toll():
    with pytest.raises(ValueError, match=r"goes on from another.*plot_by_period"):
        analysis.plot_reported(monthly())
    months = [toll(69, 36, days=JANUARY), toll(161, 67, days=FEBRUARY)]
    with pytest.raises(ValueError, match="plot_by_period"):
        analysis.plot_reported(named(make_dataset(months)))


def test_only_totals_that_go_on_from_each_other_are_a_line():
    chart = analysis.plot_reported(monthly(toll(1057, 370, days=YEAR)))
    assert [*chart.numbers["low"]] == [568, 1057]
    assert counted(chart, signs(chart, "total")[0]) == [568, 568, 1057, 1057]
    assert "rose from 568 to 1,057" in chart.title and "69" not in said(chart)
    alone = toll(7, 400, days=(369, 399))
    assert [*analysis.plot_reported(monthly(toll(1057, 370, days=YEAR), alone)).numbers["low"]] == [
        568,
        1057,
    ], "a month after it ends no line"


def test_a_month_told_again_has_its_days():
    again = toll(70, 80, days=JANUARY)
    chart = analysis.plot_reported(monthly(again))
    assert [*chart.numbers["low"]] == [69, 70] and chart.numbers["recounted"].all()


def test_what_was_known_of_days_leaves_out_tallies_of_which_nothing_was_said():
    told = [toll(81, 36, days=JANUARY), toll(1, 67, tally="medics", days=FEBRUARY)]
    told += [toll(400, 190, days=HALF), toll(569, 370, days=YEAR)]
    dataset = named(make_dataset(told, {"medics": "all"}))
    parties = pd.concat([dataset.parties, dataset.parties.assign(party_id="medics")])
    dataset = with_cells(
        replace(dataset, parties=parties), "tallies", party_id={"medics": "medics"}
    )
    days = ("2018-07-01", "2018-07-31")
    chart = analysis.plot_reported(dataset, days=days)
    assert [*chart.numbers["tally_id"].unique()] == ["all"]
    assert "81 known by 2 August 2018, at least 81 by 3 January 2019" in chart.title
    assert {"81", "at least 81"} <= {*said(chart)}, "the rest of a later total is nobody's limit"
    assert len(chart.numbers) == 2, "later publications changed nothing"
    assert "A higher number" not in " ".join(said(chart)), "81 is all that was ever counted"


def together():
    """250, then 248 in January, 262 in February; 500 in both: no month was said to be wrong."""
    months = [toll(250, 40, days=(1, 31)), toll(248, 45, days=(1, 31))]
    told = [*months, toll(262, 70, days=(32, 59)), toll(500, 80, days=(1, 59))]
    return named(make_dataset(told))


def test_what_is_too_much_only_together_is_not_struck_through():
    chart = analysis.plot_reported(together(), tallies=["all"])
    assert chart.numbers.loc[chart.numbers["ended"].notna(), "low"].tolist() == [250]
    assert "250 reported on 6 August and since lowered; 248 published" in chart.title
    assert "A higher number" not in " ".join(said(chart)), "the later number is lower"
    assert {*analysis.plot_statements(together()).numbers["low"]} == {248, 262, 500}
    page = [*statements(together(), locale_of("en"), {})["reading"]]
    assert page.count("lowered or withdrawn later") == 1


def test_totals_of_other_days_say_theirs():
    told = [toll(417, 70, days=(1, 60)), toll(299, 70, tally="b", days=(31, 60))]
    chart = analysis.plot_reported(named(make_dataset(told), {"b": "UN"}))
    assert "killed from 28 June 2018 at the earliest to 26 August 2018" in " ".join(said(chart))
    assert "299 (UN, since 28 July), 417 (SOHR, since 28 June)" in chart.title
    assert "A higher number" not in " ".join(said(chart)), "who counted more did not count later"


def derna():
    """SOHR's number is withdrawn, OCHA's stands and was published in some month."""
    dataset = withdrawn()
    at = dataset.reports["report_id"] == "r16"
    month = {"source_date_earliest": pd.Timestamp("2018-10-01"), "source_date": "2018-10-31"}
    reports = dataset.reports.copy()
    for name, value in month.items():
        reports.loc[at, name] = pd.Timestamp(value)
    return replace(dataset, reports=reports)


def test_a_panel_whose_numbers_were_all_withdrawn_is_drawn_last_of_many():
    told = [
        toll(low + more, 10 + more, tally=name)
        for name, low in zip("abcde", (60, 20, 50, 40, 30), strict=True)
        for more in (0, 1)
    ]
    dataset = make_dataset(told)
    page = dataset.reports.iloc[-1]["report_id"]
    rows = [{"event_id": f"back{n}", "report_id": page, "supersedes": f"e{n}"} for n in (1, 2)]
    events = pd.concat([dataset.events, pd.DataFrame(rows)], ignore_index=True)
    dataset = named(replace(dataset, events=events.astype(dataset.events.dtypes)))
    groups = pd.array(["men", "women", "children", "elderly", "medics"], dtype="str")
    dataset = replace(dataset, tallies=dataset.tallies.assign(victim_group=groups))
    chart = analysis.plot_reported(dataset, tallies=[*"abcde"])
    assert [*chart.numbers["tally_id"].unique()] == ["c", "d", "e", "b"]


def test_the_title_names_whose_number_was_withdrawn_and_when_the_other_was_published():
    chart = analysis.plot_reported(derna(), harm="killed")
    assert chart.title == (
        "People killed: 113 reported on 9 July by SOHR and since withdrawn; "
        "43 published in October by OCHA"
    )
    assert "A thin line before a dot" in " ".join(said(chart))


def test_a_colour_is_one_source_in_every_panel():
    chart = analysis.plot_reported(withdrawn())
    shown = {each.get_text(): each.get_color() for each in chart.axes[0].texts if each.get_text()}
    assert shown["43"] == shown["85"] != shown["20"], "OCHA, OCHA and SOHR"


@pytest.mark.parametrize("width", ["page", "column"])
def test_no_number_of_a_dot_lies_on_the_axis(width):
    told = [toll(6263, 10, days=(1, 9)), toll(7257, 38, days=(1, 37))]
    chart = analysis.plot_reported(named(make_dataset(told)), width=width)
    first = min(points[:, 0].min() for points in signs(chart, "total"))
    (number,) = [each for each in chart.axes[0].texts if each.get_text() == "6,263"]
    box = number.get_window_extent().transformed(chart.axes[0].transData.inverted())
    (zero,) = [each for each in chart.axes[0].texts if each.get_text() == "0"]
    axis = zero.get_window_extent().transformed(chart.axes[0].transData.inverted())
    assert box.x0 > axis.x1 and first > axis.x1


def struck(chart):
    """Texts that a line goes through."""
    level = {round(float(points[0, 1]), 6) for points in signs(chart, "struck")}
    return [each.get_text() for each in written(chart) if round(middle_of(each), 6) in level]


def test_frame_by_hand():
    numbers = analysis.plot_reported(rising()).numbers
    assert [*numbers["low"]] == [40, 60, 93, 120, 110]
    assert [*numbers["status"]][3:] == ["taken_back", "stands"]
    assert [*numbers["event_id"]] == ["e1", "e2", "e3", "e4", "e5"]
    ended = numbers["ended"].dropna()
    assert [*ended.index] == [3] and ended.iloc[0] == day(14)
    assert "low_persons" in numbers_csv(numbers).splitlines()[0]


def test_a_dot_a_total_each_with_its_number():
    chart = analysis.plot_reported(rising())
    assert [counted(chart, each)[0] for each in signs(chart, "dot")] == [40, 60, 93, 110]
    assert [counted(chart, each)[0] for each in signs(chart, "ended")] == [120]
    assert {"40", "at least 60", "93", "120", "110"} <= {*said(chart)}
    assert struck(chart) == ["120"]


def test_the_line_ends_where_a_total_was_lowered():
    chart = analysis.plot_reported(rising())
    before, after = signs(chart, "total")
    assert counted(chart, before) == [40, 40, 60, 60, 93, 93, 120, 120]
    assert counted(chart, after) == [110, 110]
    assert before[-1, 0] == after[0, 0], "not joined by a line down"
    (end,) = signs(chart, "end")
    assert end[0, 0] == before[-1, 0]


def test_what_is_withdrawn_leaves_nothing():
    chart = analysis.plot_reported(withdrawn(), harm="killed")
    assert struck(chart) == ["113"]
    ours, others = signs(chart, "total")
    assert counted(chart, ours) == [20, 20, 113, 113] and counted(chart, others) == [40, 40, 43]
    (tail,) = signs(chart, "tail")
    assert counted(chart, tail) == [43, 43], "thin where its source said nothing any more"
    assert "A thin line after a dot" in " ".join(said(chart))
    assert "A thin line after" not in " ".join(said(analysis.plot_reported(rising())))
    assert ours[-1, 0] < tail[-1, 0], "to its withdrawal, not to the end"
    assert "SOHR" in said(chart) and "OCHA" in said(chart), "each line is named"
    assert (
        chart.title == "People killed: 113 reported on 9 July by SOHR and since withdrawn; "
        "43 published on 13 July by OCHA"
    )
    assert chart.event_ids == ["e1", "e2", "e3", "e4", "back"]


def test_the_missing_are_dots_in_a_panel_of_their_own():
    chart = analysis.plot_reported(withdrawn())
    assert [*chart.numbers["panel"]] == [0, 0, 0, 0, 1, 1]
    assert {"People killed", "People missing", "at least 90", "85"} <= {*said(chart)}
    assert len(signs(chart, "stem")) == 2 and len(signs(chart, "total")) == 2
    text = " ".join(said(chart))
    assert "Scales differ." in text and "added to no other number" in text


def test_days_counted_again_have_a_panel_and_a_part_none():
    chart = analysis.plot_reported(running())
    by = chart.numbers.groupby("panel")["low"].apply(list)
    assert [*by] == [[30, 44, 50], [12, 15]], "6 is of a day alone"
    assert "People, 28 to 29 June 2018" in said(chart)
    assert "from 28 June 2018, each count up to a later day" in " ".join(said(chart))


def test_many_days_counted_again_are_a_grid():
    chart = analysis.plot_reported(restated())
    assert len(signs(chart, "cell")) == 10 and len(signs(chart, "dot")) == 2
    assert {"7 July 2018", "17 July 2018", "up to 28 June 2018"} <= {*said(chart)}
    assert [*chart.numbers["panel"]] == [0] * 2 + [1] * 10
    assert {"10", "11", "15"} <= {*said(chart)} and "And " not in " ".join(said(chart))
    xs = sorted({float(points[:, 0].min().round(3)) for points in signs(chart, "cell")})
    ys = sorted({float(points[:, 1].min().round(3)) for points in signs(chart, "cell")})
    assert len(xs) == 5 and len(ys) == 2


def test_a_vaguer_later_total_lowers_nothing():
    chart = analysis.plot_reported(named(make_dataset([toll(180, 10), toll(170, 12, high=None)])))
    assert counted(chart, signs(chart, "total")[0]) == [180, 180]
    assert struck(chart) == [] and "at least 170" in said(chart)


def test_what_was_said_is_printed():
    dataset = named(make_dataset([toll(40, 10), toll(61, 11, high=None), toll(93, 12)]))
    dataset = with_cells(dataset, "events", count={"e2": "more than 60"})
    chart = analysis.plot_reported(dataset)
    assert "more than 60" in said(chart) and "at least 61" not in said(chart)
    assert "more than 60" in chart.alt


def test_of_many_totals_the_first_the_last_and_those_ended_have_numbers():
    chart = analysis.plot_reported(long())
    assert len(signs(chart, "dot")) == 2 and {"205", "284"} <= {*said(chart)}
    assert not {"206", "250"} & {*said(chart)}
    assert len(signs(chart, "total")) == 1
    assert "Each dot" not in " ".join(said(chart))


def test_incidents_are_no_totals_unless_counted_again():
    with pytest.raises(ValueError, match="nothing to draw"):
        analysis.plot_reported(named(make_dataset([incident(4, 10), incident(9, 12)])))
    again = [incident(4, 10), incident(9, 12, same_as="e1")]
    assert [*analysis.plot_reported(named(make_dataset(again))).numbers["low"]] == [4, 9]


def test_other_people_are_no_rival_source():
    told = [toll(5, 10), toll(6, 11), toll(7, 10, tally="b"), toll(9, 12, tally="b")]
    dataset = with_cells(named(make_dataset(told), {"b": "OCHA"}), "tallies", area={"b": "town"})
    assert [*analysis.plot_reported(dataset).numbers["panel"]] == [0, 0, 1, 1]
    same = analysis.plot_reported(named(make_dataset(told), {"b": "OCHA"}))
    assert [*same.numbers["panel"]] == [0] * 4
    assert same.title == "People killed: reported toll reached 6 (SOHR), 9 (OCHA)"


def test_a_number_that_stands_still_is_said():
    told = [toll(26, 10), toll(62, 12), toll(11, 10, tally="part"), toll(11, 12, tally="part")]
    dataset = named(make_dataset(told, {"part": "all"}))
    dataset = with_cells(dataset, "tallies", victim_group={"part": "children"})
    text = " ".join(said(analysis.plot_reported(dataset)))
    assert "rose from 26 to 62, the number of children among them stayed at 11" in text


def test_a_part_is_named_as_what_it_is():
    dataset = with_cells(rising(), "tallies", victim_group={"all": "children"})
    assert analysis.plot_reported(dataset).title.startswith("Children killed: 120")


def test_what_was_known_of_some_days():
    told = [toll(30, 10, days=(1, 3)), toll(44, 11, days=(1, 4)), toll(33, 12, days=(1, 3))]
    chart = analysis.plot_reported(named(make_dataset(told)), days=("2018-06-28", "2018-06-30"))
    known = chart.numbers[["low", "high"]].fillna(-1).to_numpy().tolist()
    assert known == [[30, 30], [30, -1], [33, 33]], "44 is of four days"
    assert [*chart.numbers["known_by"]] == [day(10), day(11), day(12)]
    assert chart.title == (
        "People killed, 28 to 30 June 2018: 30 known by 7 July, 33 by 9 July, by SOHR’s count"
    )
    assert {"Known by 8 July", "at least 30"} <= {*said(chart)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_days_that_was_withdrawn_is_struck_through(language):
    """SOHR's 113 is withdrawn and leaves its 20 from below; OCHA's numbers rose."""
    days = ("2018-06-28", "2018-06-28")
    chart = analysis.plot_reported(withdrawn(), harm="killed", days=days, language=language)
    rows = chart.numbers.query("source_original == 'SOHR'")
    assert [*rows["low"]] == [20, 113, 20] and pd.isna(rows["high"].iloc[-1])
    assert [*rows["status"]] == ["stands", "withdrawn", "stands"]
    assert "113" in struck(chart) and not {"20", "40", "43"} & {*struck(chart)}
    assert len(signs(chart, "struck")) == 1
    assert len(signs(chart, "certain")) == len(chart.numbers) - 1, "nor has it a bar"
    locale = locale_of(language)
    assert locale("told withdrawn") in " ".join(said(chart))
    assert locale("note struck bar") in " ".join(said(chart))
    assert {locale.capital(locale.source(name)) for name in ("SOHR", "OCHA")} <= {*said(chart)}


def test_a_number_of_days_that_was_lowered_is_struck_through():
    told = [toll(30, 10, days=(1, 3)), toll(24, 12, days=(1, 3)), toll(26, 14, days=(1, 3))]
    chart = analysis.plot_reported(named(make_dataset(told)), days=("2018-06-28", "2018-06-30"))
    assert [*chart.numbers["status"]] == ["taken_back", "stands", "stands"]
    assert "30" in struck(chart) and "since lowered" in said(chart)
    assert len(signs(chart, "struck")) == 1 and len(signs(chart, "certain")) == 2
    assert chart.title == (
        "People killed, 28 to 30 June 2018: 30 known by 7 July and since lowered; "
        "26 by 11 July, by SOHR’s count"
    )


def test_rival_sources_of_some_days_are_there_with_one_number_too():
    told = [toll(40, 9, tally="c"), toll(60, 10), toll(139, 12), toll(144, 13, tally="b")]
    told += [toll(7, 14, tally="other")]
    dataset = named(make_dataset(told), {"b": "OCHA", "c": "UCDP", "other": "Court"})
    dataset = with_cells(dataset, "tallies", area={"other": "elsewhere"})
    chart = analysis.plot_reported(dataset, days=("2018-06-28", "2018-06-28"))
    assert [*chart.numbers["low"]] == [144, 60, 139, 40]
    assert chart.title == (
        "People killed, 28 June 2018: reported toll reached 144 (OCHA), 139 (SOHR), 40 (UCDP)"
    )


def test_of_many_tallies_the_highest_of_some_days_are_drawn():
    told = [toll(10 * at + day, day, tally=f"t{at}") for at in range(9) for day in (10, 11)]
    dataset = named(make_dataset(told))
    areas = {f"t{at}": f"town {at}" for at in range(9)}
    dataset = with_cells(dataset, "tallies", area=areas)
    chart = analysis.plot_reported(dataset, days=("2018-06-28", "2018-06-28"))
    assert [*chart.numbers["tally_id"].unique()] == ["t8", "t7", "t6", "t5"]
    assert "5 more are not shown." in said(chart)


def test_of_many_tallies_the_highest_are_drawn_and_named():
    told = [toll(10 * at + day, day, tally=f"t{at}") for at in range(9) for day in (10, 11)]
    dataset = named(make_dataset(told))
    areas = {f"t{at}": f"town {at}" for at in range(9)}
    chart = analysis.plot_reported(with_cells(dataset, "tallies", area=areas))
    assert [*chart.numbers["tally_id"].unique()] == ["t8", "t7", "t6", "t5"]
    assert chart.title.startswith("How the reported toll climbed: people (town 8) to 91; ")
    assert "(town 5) to 61, SOHR says" in chart.title
    assert "5 more are not shown." in said(chart)


def test_the_alt_text_has_one_colon_a_panel_and_no_brackets_behind_brackets():
    alt = analysis.plot_reported(withdrawn(), harm="killed").alt
    assert "People: 20 (SOHR, 7 July); 113 (SOHR, 9 July, since withdrawn); 40 (OCHA" in alt
    assert ") (" not in alt and not any(each.count(":") > 1 for each in alt.split(". "))


def test_what_is_open_is_at_least_in_the_title():
    told = [incident(26, 10), toll(41, 12, days=(1, 3)), toll(62, 14, high=None, days=(1, 9))]
    chart = analysis.plot_reported(named(make_dataset(told)), days=("2018-06-28", "2018-06-30"))
    assert "at least 26 known by 7 July, at least 41 by 11 July" in chart.title


def test_only_what_was_published_by_a_day():
    chart = analysis.plot_reported(rising(), as_of=day(13).date())
    assert [*chart.numbers["low"]] == [40, 60, 93, 120] and struck(chart) == []
    assert chart.title == "People killed: reported toll rose from 40 to 120 by 10 July, SOHR says"
    assert chart.source.endswith("7 to 10 July 2018, as published by 10 July 2018.")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"tallies": "all"}, "write a list"),
        ({"tallies": ["b"]}, "no tally 'b'"),
        ({"harm": "moved"}, "no tally of people 'moved'; there are: killed"),
        ({"parties": ["nobody"]}, "no tally of party 'nobody'"),
        ({"days": "2018"}, "first and a last day"),
    ],
)
def test_what_cannot_be_asked(asked, message):
    with pytest.raises(ValueError, match=message):
        analysis.plot_reported(rising(), **asked)


def test_one_total_is_no_figure():
    with pytest.raises(ValueError, match=r"nothing to draw: no total .* published twice"):
        analysis.plot_reported(named(make_dataset([toll(5, 10)])))


def test_long_silence_is_cut_out():
    days = [10.5, 11.5, 12.5, 13.5, 900.5]
    assert find_breaks(days) == [(13.5, 900.5)]
    told = [toll(40 + at, int(when)) for at, when in enumerate(days)]
    chart = analysis.plot_reported(named(make_dataset(told)))
    xs = [float(each[0, 0]) for each in signs(chart, "dot")]
    assert np.diff(xs)[:3] == pytest.approx([np.diff(xs)[0]] * 3) and np.diff(xs)[3] < 3
    assert "7 July 2018" in said(chart) and "13 December 2020" in said(chart)


def night():
    """Four sources in a night and two days, their numbers close to each other."""
    ours = [(40, 10), (61, 11), (93, 11), (115, 11), (133, 11), (137, 12), (139, 13)]
    told = [toll(low, at) for low, at in ours]
    told += [toll(138, 12, tally="b"), toll(141, 13, tally="c"), toll(144, 13, tally="d")]
    dataset = named(make_dataset(told), {"b": "OCHA", "c": "UCDP", "d": "Court"})
    return replace(dataset, reports=dataset.reports.assign(source_office="Agency"))


@functools.cache
def drawn_of(name: str, language: str, width: str):
    """The figure of a case, which no test changes."""
    dataset = {"night": night, **CASES}[name]()
    return analysis.plot_reported(dataset, language=language, width=width)


@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("name", ["night", *CASES])
def test_each_number_is_nearest_to_its_dot_or_joined_to_it(name, language, width):
    chart = drawn_of(name, language, width)
    drawn = [line for line in chart.axes[0].lines if line.get_label() in ("_dot", "_ended")]
    places = np.array([line.get_xydata()[0] for line in drawn])
    links = [line.get_url() for line in drawn]
    joined = [points[-1] for points in signs(chart, "leader")]
    figure = chart.axes[0].transData.inverted()
    numbers = [each for each in written(chart) if each.get_url() in links]
    assert {each.get_url() for each in numbers} == {*links}, "no dot without its number"
    for text in numbers:
        corners = figure.transform(text.get_window_extent())
        low, high = np.sort(corners, axis=0)
        far = np.hypot(*np.maximum(0, np.maximum(low - places, places - high)).T)
        is_joined = any(((low - 0.05 < end) & (end < high + 0.05)).all() for end in joined)
        nearest = links[far.argmin()] == text.get_url()
        assert is_joined or nearest, (text.get_text(), far)


def climbing():
    """The UN's eighteen updates on civilians killed in Ukraine, 4,889 to 12,456."""
    lows = (4889, 5327, 5718, 6114, 6490, 6702, 7031, 8006, 8317)
    lows += (8895, 9177, 9511, 9806, 10058, 10582, 11284, 12340, 12456)
    days = (5, 33, 67, 95, 130, 158, 200, 236, 263, 326, 372, 424, 467, 509, 602, 740, 894, 924)
    told = [toll(low, at, days=(1, at - 2)) for low, at in zip(lows, days, strict=True)]
    return named(make_dataset(told))


@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("name", [night, climbing])
def test_no_line_to_a_number_crosses_words_or_other_dots(name, language, width):
    chart = analysis.plot_reported(name(), language=language, width=width)
    figure = chart.axes[0].transData.inverted()
    boxes = [figure.transform(each.get_window_extent()) for each in written(chart)]
    dots = np.array([points[0] for points in signs(chart, "dot")])
    leaders = [points for points in signs(chart, "leader") if (points[0] == dots).all(1).any()]
    assert leaders
    for start, end in leaders:
        line = np.linspace(start, end, 30)
        others = dots[np.abs(dots - start).max(axis=1) > 0.1]  # nearer ones lie on its own
        assert np.hypot(*(line[:, None] - others).T).min() > 0.02, (start, end)
        inner = line[:-3, None]
        low, high = np.sort(boxes, axis=1).swapaxes(0, 1)
        assert not ((low + 0.03 < inner) & (inner < high - 0.03)).all(axis=2).any(), (start, end)


def test_an_event_of_four_sources_fits_a_hundred_millimetres():
    told = [
        Statement("hurt", "toll", 1, 1, low, low, published=at) for low, at in ((90, 10), (99, 12))
    ]
    told += [
        Statement("gone", "stock", None, at, low, low, published=at)
        for low, at in ((30, 11), (9, 13))
    ]
    ours = [(40, 10), (61, 11), (93, 11), (115, 11), (133, 11), (137, 12), (139, 13)]
    told += [toll(low, at) for low, at in ours]
    told += [toll(138, 12, tally="b"), toll(141, 13, tally="c"), toll(144, 13, tally="d")]
    sources = {"b": "Ministry of Health", "c": "UCDP", "d": "Court", "hurt": "Ministry of Health"}
    dataset = named(make_dataset(told), sources, hurt="injured", gone="missing")
    chart = analysis.plot_reported(dataset)
    assert len(chart.numbers["panel"].unique()) == 3
    assert chart.get_figheight() * 25.4 <= 100
    assert {"139", "141", "144", "99", "30"} <= {*said(chart)}
    assert {"SOHR 139", "Ministry of Health 138"} <= {*said(chart)}, "name and number together"


def test_sources_are_told_apart_in_grey():
    chart = analysis.plot_reported(night(), width="column")
    drawn = {"_dot": set(), "_source": set()}
    for line in chart.axes[0].lines:
        drawn.get(line.get_label(), set()).add(line.get_marker())
    assert len(drawn["_dot"]) == 4 and drawn["_source"] == drawn["_dot"], "beside its name too"


@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("last", [390, 930, 1400])
def test_each_year_of_an_axis_is_named(last, language, width):
    """As long as there is room; the first day and the last have theirs."""
    days = [10, 38, 220, 255, 600]
    told = [
        toll(40 + at, at, days=(1, at - 1)) for at in (*(day for day in days if day < last), last)
    ]
    chart = analysis.plot_reported(named(make_dataset(told)), language=language, width=width)
    axis = [text for text in written(chart) if text.get_color() == theme.GREY]
    below = max(points[:, 1].max() for points in signs(chart, "dot"))
    texts = [text for text in axis if below < text.get_position()[1] < below + 0.5]
    said_of = " ".join(text.get_text() for text in texts)
    assert {str(year) for year in range(2018, day(last).year + 1)} <= {*said_of.split()}
    short = locale_of(language).short_month
    assert short(day(10)) in said_of and short(day(last)) in said_of
    assert_readable(chart, (last, language, width), foreign=True)


@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("name", CASES)
def test_can_be_drawn_and_read(name, language, width):
    chart = drawn_of(name, language, width)
    assert_readable(chart, (name, language, width), foreign=True)
    assert len(chart.alt.split()) >= 30 and chart.title in chart.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_in_every_language(language):
    title = (
        analysis.plot_reported(rising(), language=language)
        .title.replace("\u00a0", " ")
        .replace("\u202f", " ")
    )
    assert (
        title
        == {
            "en": (
                "People killed: 120 reported on 10 July and since lowered; "
                "110 published on 11 July, SOHR says"
            ),
            "ar": (
                "القتلى: 120 في حصيلة نُشرت في 10 تموز/يوليو ثم خُفّضت؛ و110 في حصيلة نُشرت "
                "في 11 تموز/يوليو، بحسب \u2068SOHR\u2069"
            ),
            "fr": (
                "Personnes tuées : 120, chiffre publié le 10 juillet et revu à la baisse ; "
                "110, publié le 11 juillet (SOHR)"
            ),
        }[language]
    )
    assert "{" not in locale_of(language)(
        "title fell", who="", first=1, last=2, until="", source=""
    )


def test_revisions_by_hand():
    found = analysis.revisions(running()).set_index("date_end")
    assert [*found.index] == [day(2), day(3), day(4), day(5), day(5)]
    row = found.loc[day(2)]
    assert (row["first"], row["latest"], row["revisions"], row["spread"]) == (12, 15, 1, 3)
    assert row["lags"] == "8;10" and row["first_report"] == day(10) and row["reports"] == 2
    gone = analysis.revisions(withdrawn())
    assert [*gone["latest"].isna()] == [True, False, False, False], "113 was, and no other stands"
    alone = analysis.revisions(withdrawn(), as_of=day(12).date())
    assert len(alone) == 2 and alone["latest"].iloc[0] == 113


def test_incidents_of_one_day_are_no_revisions():
    found = analysis.revisions(named(make_dataset([incident(4, 10), incident(9, 12)])))
    assert [*found["revisions"]] == [0, 0] and len(found) == 2


def test_labels_stand_within_sentences_as_words_do():
    chart = analysis.plot_reported(analysis.load("data/fortnight"), width="page")
    assert chart.title == (
        "How the reported toll climbed to at least 62 civilians in bombardment, at least 94 of the "
        "government forces, and 292 Islamic State fighters, SOHR says"
    )
    column = analysis.plot_reported(analysis.load("data/fortnight"), width="column")
    assert column.title == "How the reported toll climbed, by SOHR’s count"


def test_no_source_says_what_no_page_names():
    rising = make_dataset([toll(40, 10, None), toll(93, 12, None)])
    titles = {each: analysis.plot_reported(rising, language=each).title for each in LANGUAGES}
    rose = "reported toll rose from at least 40 to at least 93 by 9 July"
    assert titles["en"] == f"People killed: {rose}"
    assert "مصدر" not in titles["ar"]
    assert "source" not in titles["fr"] and "de au" not in titles["fr"].replace("\u00a0", " ")


def test_days_that_were_counted_again_stand_in_the_title():
    months = [toll(90, 40, days=(1, 31)), toll(96, 70, days=(1, 31)), toll(120, 70, days=(32, 60))]
    again = analysis.plot_reported(make_dataset(months))
    assert again.title == (
        "People killed, 28 June to 28 July: reported toll rose from 90 to 96 by 5 September"
    )
    assert "people killed 28 June to 28 July 2018" in " ".join(said(again))
    several = analysis.plot_reported(make_dataset([*months, toll(131, 90, days=(32, 60))]))
    assert "people killed in the days named" in " ".join(said(several))


def test_a_group_that_stood_still_is_set_against_the_totals_that_are_drawn():
    chart = analysis.plot_reported(analysis.load("data/fortnight"))
    text = " ".join(said(chart))
    assert "41" in said(chart)
    assert "rose from 41 to at least 62" in text and "from 26" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_behind_a_plot_are_not_cut_off(language):
    told = [toll(50, 10, tally="all"), toll(60, 12, tally="all")]
    told += [toll(10000, 11, None, tally="b"), toll(123000, 13, None, tally="b")]
    sources = {"all": "UN", "b": "X"}
    chart = analysis.plot_reported(named(make_dataset(told), sources), language=language)
    assert_readable(chart, language, foreign=True)


def test_no_two_sources_of_a_panel_have_one_look():
    names = [f"s{at}" for at in range(8)]
    told = [toll(10 + at, 10, tally=name) for at, name in enumerate(names)]
    dataset = named(make_dataset(told), {name: name.upper() for name in names})
    chart = analysis.plot_reported(dataset)
    dots = [line for line in chart.axes[0].lines if line.get_gid() == "dot"] or [
        line for line in chart.axes[0].lines if line.get_marker() in "os^DvP"
    ]
    markings = {(dot.get_marker(), dot.get_color()) for dot in dots}
    assert len(chart.numbers["tally_id"].unique()) == len(markings) == 6
    assert "2 more are not shown" in " ".join(said(chart))


def test_of_many_publications_those_that_changed_most_are_drawn():
    told = [toll(100 + at * at, 10 + at, days=(1, 4 + at)) for at in range(80)]
    dataset = named(make_dataset([*told, toll(90, 95, days=(1, 4))]))
    chart = analysis.plot_reported(dataset, days=("2018-06-28", "2018-07-20"))
    lines = [text for text in said(chart) if text.startswith("Known by")]
    assert len(chart.numbers) == 22 and len(lines) == 12, "the file has all"
    assert lines[0] == "Known by 7 July" and lines[-1] == "Known by 30 September"
    assert {"Known by 26 July", "Known by 27 July"} <= {*lines}, "these were lowered"
    assert "10 more are not shown." in said(chart)
    assert 25.4 * chart.get_figheight() <= 100


@pytest.mark.parametrize("language", analysis.LANGUAGES)
def test_of_many_lowered_numbers_the_one_that_stands_is_drawn(language):
    """Sixteen totals of the same days, each lower than the one before."""
    told = [toll(200 - 5 * at, 10 + at, days=(1, 4)) for at in range(16)]
    days = ("2018-06-19", "2018-08-20")
    chart = analysis.plot_reported(named(make_dataset(told)), days=days, language=language)
    assert "200" in chart.title and "125" in chart.title
    drawn = [text for text in said(chart) if re.search(r"\b(200|195|130|125)\b", text)]
    assert any("125" in text for text in drawn) and any("200" in text for text in drawn)
    assert len(chart.numbers) == 16
