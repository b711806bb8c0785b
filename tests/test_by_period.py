"""Numbers of days, weeks, months and years: what is drawn of each, and what stands apart."""

from dataclasses import replace

import pandas as pd
import pytest

import analysis
from analysis import LANGUAGES
from analysis.bounds.totals import tally_totals
from analysis.data.notices import find_notices
from compact import incident, make_dataset, toll, with_cells
from conftest import EVERY, assert_readable, counted, said, signs
from test_reported import named

JULY, AUGUST, SEPTEMBER = (4, 34), (35, 65), (66, 95)
"""Months as days from 28 June 2018 on."""
ALL = (4, 95)


def months(*more):
    """July 69, August 161, September 92: 322; more is told later."""
    told = [toll(69, 36, days=JULY), toll(161, 67, days=AUGUST), toll(92, 97, days=SEPTEMBER)]
    return named(make_dataset([*told, *more]))


def with_rest():
    """The three months are 330, which is 8 more."""
    return months(toll(330, 99, days=ALL))


def blamed():
    """Two parties held responsible inside everybody, one of them without a month."""
    told = [toll(69, 36, days=JULY), toll(161, 67, days=AUGUST)]
    told += [toll(20, 36, tally="army", days=JULY), toll(52, 67, tally="army", days=AUGUST)]
    told += [toll(3, 68, tally="others", days=(4, 65))]
    dataset = named(make_dataset(told))
    by = {"attributed_to": {"army": "army", "others": "others"}}
    rows = {
        "party_id": ["people", "army", "others"],
        "label_en": ["People", "Army", "Other parties"],
        "label_ar": ["أشخاص", "الجيش", "جهات أخرى"],
        "label_fr": ["Personnes", "Armée", "Autres parties"],
    }
    parties = pd.DataFrame({**rows}).reindex(columns=dataset.parties.columns)
    parties = parties.astype(dataset.parties.dtypes.to_dict())
    return with_cells(replace(dataset, parties=parties), "tallies", **by)


def days():
    """Incidents of two days, one told of a part, and a running total of three."""
    told = [incident(26, 10, days=(4, 4)), incident(4, 12, days=(6, 6))]
    return named(make_dataset([*told, toll(41, 14, days=(4, 6))]))


def heights(chart, sign="column"):
    """What columns count, the first panel alone, as read off its axis."""
    return [max(counted(chart, points[:4])) for points in signs(chart, sign)]


def test_a_column_a_month_as_its_report_said():
    chart = analysis.plot_by_period(months())
    assert heights(chart) == [69, 161, 92] and not signs(chart, "may be")
    assert {"69", "161", "92", "322 in all"} <= {*said(chart)}
    assert (
        chart.title == "People killed: 161 in August 2018, more than in any other month, SOHR says"
    )
    assert [*chart.numbers["period_start"]] == [pd.Timestamp(2018, at, 1) for at in (7, 8, 9)]
    assert "1 July to 30 September 2018" in " ".join(said(chart))


def test_what_no_month_is_given_of_stands_apart():
    chart = analysis.plot_by_period(with_rest())
    assert heights(chart) == [69, 161, 92] and "up to 8" in said(chart)
    assert "no month given" in said(chart) and "330 in all" in said(chart)
    assert "up to 8 (no month given)" in chart.alt
    xs = [points[:, 0].min() for points in signs(chart, "may be")]
    assert xs[3] - xs[2] > 0.5 and [*chart.numbers["period_start"].isna()] == [False] * 3 + [True]


def test_what_one_page_says_is_beside_its_months_is_a_number():
    """Numbers of one page leave nothing open: months of 300, and 330 with those of no month."""
    told = [toll(69, 99, days=JULY), toll(161, 99, days=AUGUST), toll(92, 99, days=SEPTEMBER)]
    chart = analysis.plot_by_period(named(make_dataset([*told, toll(330, 99, days=(4, 126))])))
    assert heights(chart) == [69, 161, 92, 8] and "+8" in said(chart)


def test_running_totals_leave_open_when_those_died_who_were_counted_later():
    """A difference of numbers told at different times is nobody's count."""
    told = [toll(69, 36, days=JULY), toll(161, 67, days=AUGUST), toll(300, 99, days=(4, 95))]
    told += [toll(900, 190, days=(4, 187))]
    chart = analysis.plot_by_period(named(make_dataset(told)))
    rest = chart.numbers[chart.numbers["period_start"].isna()].iloc[0]
    assert (rest["low"], rest["high"]) == (0, 670) and "up to 670" in said(chart)
    assert "+670" not in " ".join([*said(chart), chart.alt])
    assert [max(counted(chart, points)) for points in signs(chart, "may be")][-1] == 670


def test_what_is_open_above_a_column_fades_under_an_arrow():
    told = [toll(69, 36, days=JULY), incident(26, 67, days=AUGUST)]
    chart = analysis.plot_by_period(named(make_dataset(told)))
    assert len(signs(chart, "arrow")) == 1 and len(signs(chart, "open")) == 24
    assert not signs(analysis.plot_by_period(months()), "arrow")


def test_a_tint_says_how_far_a_later_total_lets_a_month_reach():
    chart = analysis.plot_by_period(with_rest())
    reach = [[*map(int, ends)] for ends in chart.numbers[["low", "high"]].to_numpy()]
    assert reach == [[69, 77], [161, 169], [92, 100], [0, 8]]
    assert [max(counted(chart, points)) for points in signs(chart, "may be")] == [77, 169, 100, 8]
    assert "Light tint" in " ".join(said(chart))


def test_a_month_is_not_the_highest_where_another_may_reach_as_far():
    chart = analysis.plot_by_period(months(toll(400, 99, days=ALL)))
    assert "the highest number given for a month" in chart.title
    assert "78" not in said(chart) and "up to 78" in said(chart)


def test_by_who_is_held_responsible():
    chart = analysis.plot_by_period(blamed(), by="attributed_to")
    assert [*chart.numbers["tally_id"].unique()] == ["all", "army"]
    assert {"People", "Attributed to Army"} <= {*said(chart)}
    assert "No month given: attributed to other parties." in " ".join(said(chart))
    assert "by month and by who is held responsible" in " ".join(said(chart))
    army = chart.numbers[chart.numbers["tally_id"] == "army"]
    assert [*army["low"]] == [20, 52]
    only = analysis.plot_by_period(blamed(), by="attributed_to", parties=["army"])
    assert [*only.numbers["tally_id"].unique()] == ["all", "army"]


def test_the_unit_follows_from_the_days_stated():
    chart = analysis.plot_by_period(days())
    assert [*chart.numbers["low"]] == [26, 4, 0], "41 in all, up to 11 of them of no day"
    assert {"26+", "4+", "up to 11", "no day given"} <= {*said(chart)}, (
        "incidents are some of a day"
    )
    with pytest.raises(ValueError, match="no two numbers of one year"):
        analysis.plot_by_period(months(), unit="year")


def test_injured_have_a_panel_of_their_own():
    told = [toll(69, 36, days=JULY), toll(161, 67, days=AUGUST)]
    told += [toll(5, 36, tally="hurt", days=JULY), toll(6, 67, tally="hurt", days=AUGUST)]
    chart = analysis.plot_by_period(named(make_dataset(told), hurt="injured"))
    assert {"People killed", "People injured"} <= {*said(chart)}
    assert [*chart.numbers["harm"].unique()] == ["killed", "injured"]
    alone = analysis.plot_by_period(named(make_dataset(told), hurt="injured"), harm="killed")
    assert [*alone.numbers["harm"].unique()] == ["killed"]


def test_a_month_of_which_nobody_died_is_zero_and_one_of_which_nothing_is_said_is_blank():
    told = [toll(3, 36, days=JULY), toll(0, 67, days=AUGUST), toll(4, 130, days=(96, 126))]
    chart = analysis.plot_by_period(named(make_dataset(told)))
    assert [*chart.numbers["low"]] == [3, 0, 4] and len(signs(chart, "zero")) == 1
    assert [each.month for each in chart.numbers["period_start"]] == [7, 8, 10]


def in_parts():
    """A month of women is known only by a part of theirs; another month is stated."""
    told = [toll(69, 36, days=JULY), toll(3, 36, tally="by_army", days=JULY)]
    told += [toll(161, 67, days=AUGUST), toll(12, 67, tally="women", days=AUGUST)]
    nested = {"women": "all", "by_army": "women"}
    return with_cells(
        named(make_dataset(told, nested)),
        "tallies",
        victim_group={"women": "women", "by_army": "women"},
        attributed_to={"by_army": "people"},
    )


def test_a_month_known_only_by_its_parts_leaves_nothing_negative():
    dataset = in_parts()
    chart = analysis.plot_by_period(dataset, by="victim_group")
    women = chart.numbers[chart.numbers["tally_id"] == "women"]
    assert [*women["low"]] == [3, 12] and women["period_start"].notna().all()
    assert {"3+", "at least 15 in all"} <= {*said(chart)} and "-" not in "".join(said(chart))
    totals = tally_totals(dataset).set_index("tally_id")
    assert totals.loc["women", "low"] == 15, "one answer"


def test_a_month_known_by_all_its_parts_is_exact():
    told = [toll(3, 36, tally="a", days=JULY), toll(45, 36, tally="b", days=JULY)]
    told += [toll(131, 67, days=AUGUST)]
    dataset = make_dataset(told, {"a": "all", "b": "all"}, {"a": True, "b": True})
    chart = analysis.plot_by_period(named(dataset), tallies=["all"])
    assert {"48", "131", "179 in all"} <= {*said(chart)}
    assert [*chart.numbers["low"]] == [48, 131] and chart.numbers["event_id"][0] == "e1;e2"


def late():
    """July 81, August 88, one more of August told later, and 300 in July to September."""
    told = [toll(81, 36, days=JULY), toll(88, 67, days=AUGUST)]
    told += [incident(1, 80, days=AUGUST), toll(300, 99, days=ALL)]
    return with_cells(named(make_dataset(told)), "events", apart_from={"e3": "e2"})


def test_a_month_with_one_who_died_later_says_and_links_both():
    chart = analysis.plot_by_period(late())
    august = chart.numbers.iloc[1]
    asked = analysis.window_bounds(late(), "all", "2018-08-01", "2018-08-31")
    assert (august["low"], august["high"]) == asked == (89, 219)
    assert august["event_id"] == "e2;e3" and pd.isna(august["said"])
    assert [max(counted(chart, points)) for points in signs(chart, "may be")] == [211, 219, 130]
    assert (
        chart.title == "People killed: at least 89 in August 2018, calculated from what SOHR says"
    )
    assert "89 to 219 (August 2018)" in chart.alt
    links = {each.get_url() for each in chart.axes[0].patches} | {
        each.get_url() for each in chart.axes[0].texts
    }
    assert {"../report.en.html#s-e2", "../report.en.html#s-e3"} <= links


def test_an_incident_of_one_is_at_least_one():
    told = [toll(69, 36, days=JULY), incident(1, 67, days=AUGUST)]
    chart = analysis.plot_by_period(named(make_dataset(told)))
    assert "1+" in said(chart) and "1" not in said(chart)


def test_a_part_counted_for_less_says_its_own_days():
    told = [toll(69, 36, days=JULY), toll(161, 67, days=AUGUST), toll(400, 99, days=ALL)]
    told += [toll(8, 36, tally="women", days=JULY), toll(12, 67, tally="women", days=AUGUST)]
    dataset = with_cells(
        named(make_dataset(told, {"women": "all"})), "tallies", victim_group={"women": "women"}
    )
    chart = analysis.plot_by_period(dataset, by="victim_group")
    assert {"400 in all", "20 (1 July to 31 August 2018)"} <= {*said(chart)}
    assert "20 in all" not in said(chart) and "20 in all" not in chart.alt
    column = analysis.plot_by_period(dataset, by="victim_group", width="column")
    assert "20 in all" not in said(column)


def test_the_days_of_the_subtitle_are_all_that_is_shown():
    told = [toll(69, 36, days=JULY), toll(161, 67, days=AUGUST), toll(400, 190, days=(4, 187))]
    chart = analysis.plot_by_period(named(make_dataset(told)))
    assert "1 July to 31 December 2018" in " ".join(said(chart)) and "400 in all" in said(chart)
    assert len(chart.numbers["period_start"].dropna()) == 2


def test_months_that_only_together_are_more_than_a_later_total_stand_as_published():
    """A later total is one less than its months, and the source withdrew none of them."""
    told = [toll(8, 36, days=JULY), toll(9, 67, days=AUGUST), toll(16, 99, days=ALL)]
    chart = analysis.plot_by_period(named(make_dataset(told)))
    drawn = chart.numbers[chart.numbers["period_start"].notna()]
    assert [*drawn["said"]] == ["8", "9"] and [*drawn["high"]] == [8, 9]
    assert drawn["low"].sum() == 0 and len(drawn) == len(chart.numbers), "nothing without a month"
    assert "these numbers add up to 17; a later total of the same days is 16" in chart.alt
    assert {"at most 8", "at most 9", "16 in all"} <= {*said(chart)}, "solid columns end lower"
    assert "is not the sum of its parts" in chart.alt
    (note,) = [each for each in find_notices(make_dataset(told)) if "together" in each]
    assert "less than the 17 that are counted" in note


def test_months_that_are_more_than_a_later_total_by_themselves_are_named():
    told = [toll(18, 36, days=JULY), toll(19, 67, days=AUGUST), toll(10, 99, days=ALL)]
    with pytest.raises(ValueError, match="e1, e2 were taken back by e3"):
        analysis.plot_by_period(named(make_dataset(told)))
    before = analysis.plot_by_period(named(make_dataset(told)), as_of="2018-09-02")
    assert [*before.numbers["low"]] == [18, 19]


def test_what_was_never_drawn_is_not_said_to_have_been_taken_back():
    told = [toll(181, 36, days=JULY), toll(179, 40, days=JULY)]
    with pytest.raises(ValueError, match=r"no two numbers of one month each \(killed\); see"):
        analysis.plot_by_period(named(make_dataset(told)))
    told = [toll(9, 36, days=JULY), toll(18, 67, days=AUGUST), toll(10, 99, days=ALL)]
    with pytest.raises(ValueError, match="e2 was taken back by e3") as caught:
        analysis.plot_by_period(named(make_dataset(told)))
    as_of = str(caught.value).split("as_of='")[1][:10]
    before = analysis.plot_by_period(named(make_dataset(told)), as_of=as_of)
    assert [*before.numbers["low"]] == [9, 18]


def test_of_how_many_a_day_is_known_is_said():
    """Incidents of single days inside a running total: 41 at least, of whom 30 have a day."""
    told = [incident(26, 10, days=(4, 4)), incident(4, 12, days=(6, 6))]
    dataset = named(make_dataset([*told, toll(41, 14, None, days=(4, 6))]))
    chart = analysis.plot_by_period(dataset)
    assert "at least 41 in all" in said(chart)
    assert "People: at least 41 in all; highest at least 26 (1 July 2018)." in chart.alt
    assert "People: the day is known for at least 30." in " ".join(said(chart))
    assert "the day is known for at least 30" in chart.alt
    assert "is known" not in " ".join(said(analysis.plot_by_period(days()))), "up to 11 say it"
    nobody = [toll(0, 10, 12, days=(4, 4)), toll(0, 12, 10, days=(6, 6))]
    chart = analysis.plot_by_period(named(make_dataset([*nobody, toll(15, 14, None, days=(4, 6))])))
    assert "known" not in chart.alt and "not stated" not in chart.alt, "of nobody for certain"
    assert "is known" not in " ".join(said(analysis.plot_by_period(months())))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"by": "colour"}, "by is one of attributed_to, area"),
        ({"unit": "hour"}, "unit is one of day, week"),
        ({"tallies": "all"}, "write a list"),
        ({"tallies": ["b"]}, "no tally 'b'"),
        ({"parties": ["nobody"]}, "no tally of party 'nobody'"),
        ({"by": "cause"}, "nothing to draw"),
        ({"harm": "moved"}, "no tally of people 'moved'"),
    ],
)
def test_what_cannot_be_asked(asked, message):
    with pytest.raises(ValueError, match=message):
        analysis.plot_by_period(months(), **asked)


def test_one_period_is_no_figure():
    with pytest.raises(ValueError, match=r"no two numbers of one .*plot_reported"):
        analysis.plot_by_period(named(make_dataset([toll(40, 10), toll(41, 12)])))


CASES = {"months": months, "rest": with_rest, "blamed": blamed, "days": days}
CASES |= {"parts": in_parts, "late": late}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("name", CASES)
def test_can_be_drawn_and_read(name, language, width):
    asked = {"blamed": {"by": "attributed_to"}, "parts": {"by": "victim_group"}}.get(name, {})
    chart = analysis.plot_by_period(CASES[name](), language=language, width=width, **asked)
    assert_readable(chart, (name, language, width), foreign=True)
    assert chart.title in chart.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_in_every_language(language):
    title = (
        analysis.plot_by_period(months(), language=language)
        .title.replace("\u00a0", " ")
        .replace("\u202f", " ")
    )
    assert (
        title
        == {
            "en": "People killed: 161 in August 2018, more than in any other month, SOHR says",
            "ar": "القتلى: 161 في آب/أغسطس 2018، أكثر من أي شهر آخر، بحسب \u2068SOHR\u2069",
            "fr": "Personnes tuées : 161 en août 2018, plus qu’aucun autre mois (SOHR)",
        }[language]
    )


def test_ends_of_months_of_several_years_have_theirs():
    told = [
        toll(50 + month, 31 * month + 40, days=(start, stop))
        for month, (start, stop) in enumerate([(157, 187), (188, 218), (219, 246)])
    ]
    texts = said(analysis.plot_by_period(make_dataset(told), unit="month"))
    assert {"December 2018", "February 2019"} <= {*texts}


def test_the_lowest_column_is_seen():
    told = [toll(4000, 40, days=(4, 34)), toll(1, 70, days=(35, 65))]
    chart = analysis.plot_by_period(make_dataset(told), unit="month")
    tall = [abs(points[:, 1].max() - points[:, 1].min()) for points in signs(chart, "column")]
    assert len(tall) == 2 and min(tall) >= 0.012


def test_every_month_that_has_room_is_named():
    """ "April" was missing between March and May, for which there was room."""
    ends = [(4, 34), (35, 65), (66, 95), (96, 126), (127, 156)]
    told = [toll(50 + at, 160, days=days) for at, days in enumerate(ends)]
    texts = said(analysis.plot_by_period(named(make_dataset(told)), width="column"))
    assert {"July", "August", "September", "October", "November"} <= {*texts}


def test_of_many_who_are_held_responsible_the_greatest_are_drawn():
    told = [toll(100, 36, days=JULY), toll(130, 67, days=AUGUST)]
    for at in range(8):
        told += [toll(at + 1, 36, tally=f"t{at}", days=JULY)]
        told += [toll(at + 2, 67, tally=f"t{at}", days=AUGUST)]
    dataset = named(make_dataset(told, {f"t{at}": "all" for at in range(8)}))
    dataset = with_cells(dataset, "tallies", attributed_to={f"t{at}": f"p{at}" for at in range(8)})
    chart = analysis.plot_by_period(dataset, by="attributed_to")
    assert [*chart.numbers["tally_id"].unique()] == ["all", "t7", "t6", "t5", "t4", "t3"]


@pytest.mark.parametrize("start", [4, None])
def test_a_later_total_is_compared_with_the_periods_of_its_own_days(start):
    """Two months were 18 once; with September that is more than a later 22, as months are not."""
    told = [toll(8, 36, days=JULY), toll(9, 67, days=AUGUST), toll(18, 68, days=(4, 65))]
    told += [toll(5, 96, days=SEPTEMBER), toll(22, 99, days=(start, 95))]
    told.append(toll(4, 130, days=(96, 126)))
    chart = analysis.plot_by_period(named(make_dataset(told)))
    assert {"at most 8", "at most 9", "5", "4"} <= {*said(chart)} and "add up to" not in chart.alt


def test_many_panels_stand_side_by_side_on_a_page():
    parties = [f"p{at}" for at in range(6)]
    told = [toll(9, 36, tally=name, days=JULY) for name in parties]
    told += [toll(8, 67, tally=name, days=AUGUST) for name in parties]
    groups = dict(zip(parties, parties, strict=True))
    dataset = with_cells(named(make_dataset(told)), "tallies", victim_group=groups)
    chart = analysis.plot_by_period(dataset, by="victim_group")
    assert chart.get_figheight() * 25.4 <= 100
    starts = {round(float(column[:, 0].min()), 2) for column in signs(chart, "column")}
    assert len(starts) == 4, "two months in each of two columns"
    column = analysis.plot_by_period(dataset, by="victim_group", width="column")
    starts = {round(float(each[:, 0].min()), 2) for each in signs(column, "column")}
    assert len(starts) == 2


def test_incidents_of_several_days_have_no_day_and_the_panel_adds_up():
    told = [incident(20, 60, days=(1, 1)), incident(6, 60, days=(3, 3))]
    chart = analysis.plot_by_period(make_dataset([*told, incident(9, 60, days=(1, 3))]), unit="day")
    rows = chart.numbers
    assert rows["low"].tolist() == [20, 6, 9] and rows["period_start"].isna().tolist()[-1]
