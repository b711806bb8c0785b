"""Sources side by side, and numbers that stand still while their whole grows."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.bounds.intervals import find_limits, window_bounds
from analysis.bounds.sources import sources_drawn
from analysis.figures import naming
from analysis.language.languages import language_of
from compact import Statement, make_dataset
from conftest import EVERY, assert_readable, persons, said, signs

FORTNIGHT = Path(__file__).resolve().parents[1] / "data" / "fortnight"
REPORT = FORTNIGHT.parent / "report"
WINDOWS = [("2018-07-20", "2018-07-20"), ("2018-07-21", "2018-07-23"), ("2018-07-30", "2018-07-30")]


@pytest.fixture(scope="module")
def fortnight():
    return analysis.load(FORTNIGHT)


@pytest.fixture(scope="module")
def early(fortnight):
    """Before the Observatory counted these days again."""
    return analysis.published_by(fortnight, "2018-07-27")


@pytest.fixture(scope="module")
def drawn(early):
    return sources_drawn(early, "killed", "civilians", WINDOWS, "bombardment")


def day(number: int) -> str:
    return f"{pd.Timestamp('2018-06-27') + pd.Timedelta(days=number):%Y-%m-%d}"


def counted(statements, subset_of=None, **columns):
    """A dataset of compact statements; the columns of its tallies, in the order of their names."""
    dataset = make_dataset(statements, subset_of)
    return replace(dataset, tallies=dataset.tallies.assign(**columns))


def two_sources(statements, sources=("SOHR", "OCHA"), **columns):
    return counted(statements, source_original=[*sources], **columns)


CLASH = [("a", "toll", 1, 4, 41, 41), ("a", "incident", 1, 1, 26), ("b", "toll", 2, 4, 32)]


def bounds_of(numbers: pd.DataFrame, window: int = 0) -> dict:
    """Low and high (None where it is missing) of each source that says something of a window."""
    block = numbers[numbers["window_last"] == WINDOWS[window][1]].dropna(subset=["low"])
    return {
        row.tally_id: (row.low, None if pd.isna(row.high) else row.high)
        for row in block.itertuples()
    }


def test_what_each_source_allows_in_the_fortnight(fortnight):
    drawn = sources_drawn(fortnight, "killed", "civilians", WINDOWS, "bombardment")
    assert bounds_of(drawn, 0) == {
        "civilians_bombardment": (26, None),
        "office_bombardment": (3, None),  # the 20 documented have no first day
        "amc_civilians": (16, None),
    }
    found = bounds_of(drawn, 1)
    assert found == {"civilians_bombardment": (4, None), "ocha_civilians": (32, None)}
    found = bounds_of(drawn, 2)
    assert found == {"civilians_bombardment": (8, None), "baladi_civilians": (9, None)}
    assert drawn.groupby("window_last").size().tolist() == [5] * 3, "who says nothing is there"
    assert {*drawn["against"]} == {""}, "the Observatory counted these days again"


def test_contradictions_of_the_fortnight_and_the_statements_that_say_so(drawn):
    assert bounds_of(drawn, 0)["civilians_bombardment"] == (26, 37)
    found = bounds_of(drawn, 1)
    assert found == {"civilians_bombardment": (4, 15), "ocha_civilians": (32, None)}
    against = drawn[drawn["against"] != ""]
    assert against[["tally_id", "against", "because"]].to_numpy().tolist() == [
        ["civilians_bombardment", "ocha_civilians", "civilians_total;afp_civilians_friday"],
        ["ocha_civilians", "civilians_bombardment", "ocha_civilians_0723"],
    ]
    # 41 less the four of Monday
    assert {*drawn["high_from"][0].split(";")} == {"civilians_total", "civilians_monday"}


def test_explanation_is_in_the_figure(early):
    chart = analysis.plot_sources(early, cause="bombardment", windows=WINDOWS)
    shown = said(chart)
    assert (
        "OCHA: at least 32. SOHR: at most 15, given 41 (18 to 23 July) "
        "with 26 on 20 July among them."
    ) in " ".join(shown)
    assert chart.title.startswith("Civilians killed, 21 to 23 July: OCHA states at least 32")
    assert {"4 to 15, contradicts OCHA", "at least 32, contradicts SOHR"} <= {*shown}
    assert "No count here: OCHA." in shown and "counted later" in " ".join(shown)


def test_the_subtraction_is_drawn(early):
    """41, of them 26 on the 20th, leaves 15; the bar above it ends there too."""
    chart = analysis.plot_sources(early, cause="bombardment", windows=WINDOWS)
    left, taken = signs(chart, "left"), signs(chart, "taken")
    assert persons([*left, *taken], 26) == [15, 26]
    assert left[0][:, 0].max() == pytest.approx(taken[0][:, 0].min())
    limited = signs(chart, "possible")[-1]
    assert limited[:, 0].max() == pytest.approx(left[0][:, 0].max())
    assert "41, of them 26 on other days: leaves at most 15" in said(chart)


def test_a_least_that_is_taken_away_stays_a_least():
    chart = analysis.plot_sources(two_sources(CLASH), windows=[(day(2), day(4))])
    (text,) = [text for text in said(chart) if text.startswith("41, of them")]
    assert "at least 26" in text and len(signs(chart, "taken")) == 1


def test_sources_contradict_each_other_as_of_the_same_day(fortnight):
    asked = {"cause": "bombardment", "windows": WINDOWS}
    chart = analysis.plot_sources(fortnight, as_of="2018-07-27", **asked)
    assert chart.title.endswith("OCHA states at least 32, SOHR's numbers allow at most 15")
    assert "shown here, not resolved" in " ".join(said(chart))
    assert len(signs(chart, "edge")) == 1
    published = chart.numbers.set_index(["window_last", "tally_id"])["published"]
    last = published[pd.Timestamp("2018-07-23")]
    assert f"{last['civilians_bombardment']:%m-%d}" == "07-24"
    assert f"{last['ocha_civilians']:%m-%d}" == "07-27" and pd.isna(last["amc_civilians"])


@pytest.mark.parametrize(
    ("after", "most"),
    [([], 15), ([(70, 11)], 44), ([(70, 14)], 44), ([(50, 14)], 24)],
    ids=["no later count", "before the other", "after the other", "still no room"],
)
def test_a_limit_that_its_source_counted_past_is_none(after, most):
    """26 on the first day and 41 by the fourth leave 15, until these days are counted again."""
    told = [Statement(*each[:6]) for each in CLASH]
    told = [each._replace(published=at) for each, at in zip(told, [10, 9, 12], strict=True)]
    told += [Statement("a", "toll", 1, 5, low, low, published=at) for low, at in after]
    dataset = two_sources(told)
    numbers = sources_drawn(dataset, "killed", windows=[(day(2), day(4))])
    assert numbers["high"].iloc[0] == most
    assert (numbers["against"] != "").all() == (most < 32)
    chart = analysis.plot_sources(dataset, windows=[(day(2), day(4))])
    assert len(signs(chart, "edge")) == (most < 32)


def test_a_contradiction_of_the_narrow_reading_alone_says_so():
    told = [Statement(*each) for each in CLASH]
    told[0] = told[0]._replace(reading="primary")
    told.append(told[0]._replace(high=None, reading="wide"))
    dataset = two_sources(told)
    chart = analysis.plot_sources(dataset, windows=[(day(2), day(4))])
    assert [*chart.numbers["narrow"]] == ["b", "a"]
    assert chart.title.endswith(", read strictly")
    assert "In the loosest reading there is room." in chart.alt


def test_figure_rests_on_the_statements_that_set_its_bounds(early, drawn):
    chart = analysis.plot_sources(early, cause="bombardment", windows=WINDOWS)
    cells = [*drawn["low_from"], *drawn["high_from"], *drawn["because"]]
    assert {*chart.event_ids} == {name for cell in cells for name in cell.split(";") if name}
    assert "civilians_total" in chart.event_ids and "sohr_civilians_0731" not in chart.event_ids
    assert "cited in 5 reports" in chart.source


def test_contradiction_worked_out_by_hand():
    numbers = sources_drawn(two_sources(CLASH), "killed", windows=[(day(2), day(4))])
    assert numbers[["low", "high"]].astype("object").to_numpy().tolist()[0] == [0, 15]
    assert [*numbers["against"]] == ["b", "a"]
    assert [*numbers["because"]] == ["e1;e2", "e3"]


def test_titles_count_the_windows_with_contradictions():
    dataset = two_sources([*CLASH, ("a", "toll", 6, 6, 1, 1), ("b", "toll", 6, 6, 9)])
    one, other, none = (day(2), day(4)), (day(6), day(6)), (day(1), day(1))
    titles = [
        analysis.plot_sources(dataset, windows=windows).title.removeprefix("People killed")
        for windows in ([one], [one, none], [one, other, none], [none])
    ]
    assert titles == [
        ", 29 June to 1 July: OCHA states at least 32, SOHR's numbers allow at most 15",
        ", 29 June to 1 July: OCHA states at least 32, SOHR's numbers allow at most 15",
        ": sources contradict each other in 2 of 3 periods",
        ": no contradiction between sources in the days shown",
    ]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"statements": [*CLASH[:2], ("b", "toll", 2, 4, 15)]}, "they overlap"),
        ({"cause": ["clashes", "bombardment"]}, "different causes"),
        ({"cause": ["bombardment", None]}, "the limit is on one cause, the other on all"),
    ],
)
def test_no_contradiction(changed, why):
    dataset = two_sources(**{"statements": CLASH} | changed)
    numbers = sources_drawn(dataset, "killed", windows=[(day(2), day(4))])
    assert {*numbers["against"]} == {""}, why
    chart = analysis.plot_sources(dataset, windows=[(day(2), day(4))])
    assert chart.title.endswith("no contradiction between sources in the days shown")
    assert "not resolved" not in " ".join(said(chart)) and not signs(chart, "edge")


def test_one_source_contradicts_nobody():
    with pytest.raises(ValueError, match="not more than one source counts any party"):
        sources_drawn(two_sources(CLASH, ("SOHR", "SOHR")), "killed")


def test_a_count_of_every_cause_limits_one_of_a_single_cause():
    dataset = two_sources(CLASH, cause=[None, "bombardment"])
    numbers = sources_drawn(dataset, "killed", windows=[(day(2), day(4))])
    assert [*numbers["against"]] == ["b", "a"]
    chart = analysis.plot_sources(dataset, windows=[(day(2), day(4))])
    assert "OCHA (bombardment)" in said(chart)


def test_silence_is_no_zero():
    dataset = two_sources([("a", "toll", 1, 2, 0, 0), ("b", "toll", 5, 5, 7, 7)])
    numbers = sources_drawn(dataset, "killed", windows=[(day(1), day(2))])
    assert numbers["low"].tolist()[0] == 0 and numbers["high"].tolist()[0] == 0
    assert pd.isna(numbers["low"][1]) and pd.isna(numbers["high"][1])
    chart = analysis.plot_sources(dataset, windows=[(day(1), day(2))])
    assert "No count here: OCHA." in said(chart)


def test_outermost_tally_of_a_source_stands_for_it_and_parts_are_not_added():
    statements = [("a", "toll", 1, 2, 9, 9), ("b", "toll", 1, 2, 4, 4), ("c", "toll", 1, 2, 5, 5)]
    dataset = counted(statements, {"b": "a"}, source_original=["SOHR", "SOHR", "OCHA"])
    numbers = sources_drawn(dataset, "killed")
    assert numbers[["tally_id", "low", "high"]].to_numpy().tolist() == [["a", 9, 9], ["c", 5, 5]]


def test_groups_are_not_set_beside_everybody():
    statements = [("a", "toll", 1, 2, 9, 9), ("b", "toll", 1, 2, 4, 4), ("c", "toll", 1, 2, 5, 5)]
    dataset = counted(
        statements,
        source_original=["SOHR", "OCHA", "UCDP"],
        victim_group=[None, "children", None],
    )
    assert [*sources_drawn(dataset, "killed")["tally_id"]] == ["a", "c"]


def test_one_window_over_everything_where_none_is_asked(fortnight):
    numbers = sources_drawn(fortnight, "killed")
    assert numbers["window_first"].isna().all()  # some counts have no first day
    assert {*numbers["window_last"]} == {pd.Timestamp("2018-08-01")}
    assert dict(zip(numbers["tally_id"], numbers["low"], strict=True)) == {
        "sohr_civilians": 62,
        "ocha_civilians": 32,
        "office_civilians": 20,
        "amc_civilians": 16,
        "baladi_civilians": 9,
    }
    dated = sources_drawn(two_sources(CLASH), "killed")
    assert [*dated["window_first"].unique()] == [pd.Timestamp(day(1))]


def test_only_what_was_published_is_compared(fortnight):
    chart = analysis.plot_sources(fortnight, cause="bombardment", as_of="2018-07-25")
    assert "ocha_civilians" not in {*chart.numbers["tally_id"]}


def test_wide_reading_can_be_compared(fortnight):
    numbers = sources_drawn(fortnight, "killed", "civilians", WINDOWS, "bombardment", "wide")
    assert bounds_of(numbers, 0)["amc_civilians"] == (1, None)
    chart = analysis.plot_sources(fortnight, cause="bombardment", reading="wide", windows=WINDOWS)
    assert chart.alt.count("read as loosely as the words allow") == 1


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"party_id": "nobody"}, "no party 'nobody' in the dataset"),
        ({"cause": "clashes"}, "not more than one source counts any party, killed"),
        ({"party_id": "russia"}, "not more than one source counts 'russia', killed"),
        ({"harm": "displaced"}, "not more than one source counts any party, displaced"),
        ({"windows": [("20 July", "2018-07-20")]}, "'20 July'; write a day as YYYY-MM-DD"),
        ({"windows": [("2018-07-20", "2018-07-19")]}, "is no window"),
        ({"windows": [("2011-01-01", "2011-01-02")]}, "no source gives a count for these days"),
    ],
)
def test_what_cannot_be_compared_is_said(fortnight, asked, message):
    with pytest.raises(ValueError, match=message):
        analysis.plot_sources(fortnight, **asked)


def test_count_without_a_first_day_starts_before_any_that_is_named():
    dataset = make_dataset([("a", "toll", 1, 3, 20, 20), ("b", "incident", 5, 5, 1)])
    events = dataset.events.assign(
        date_start=dataset.events["date_start"].mask(dataset.events["event_id"] == "e1")
    )
    dataset = replace(dataset, events=events)
    assert window_bounds(dataset, "a", "2011-01-01", day(9)) == (0, None)
    assert window_bounds(dataset, "a", None, day(3)) == (20, None)
    assert find_limits(dataset, "a", None, day(3), 0, 19) == ["e1"]
    with pytest.raises(ValueError, match="before it starts"):
        window_bounds(dataset, "a", day(3), day(2))


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_bars_are_the_bounds(language, width):
    window = [(day(2), day(4))]
    chart = analysis.plot_sources(
        two_sources(CLASH), language=language, width=width, windows=window
    )
    room, least = signs(chart, "possible") + signs(chart, "certain")
    assert persons([room, least], 32) == [15, 32]
    assert room[:, 0].min() == least[:, 0].min(), "both from zero"
    (limit,) = signs(chart, "edge")
    assert limit[:, 0] == pytest.approx(room[:, 0].max())
    assert limit[0, 1] <= room[:, 1].min() and limit[1, 1] >= least[:, 1].max()
    (arrow,) = signs(chart, "arrow")
    assert arrow[0, 0] == pytest.approx(least[:, 0].max())
    links = {patch.get_label(): patch.get_url() for patch in chart.axes[0].patches[:4]}
    assert links["_possible"] == f"../report.{language}.html#s-e1"
    assert links["_certain"] == f"../report.{language}.html#s-e3"


def test_arabic_names_of_sources(fortnight):
    labels = naming.tally_labels(fortnight, language_of("ar").with_terms(fortnight.terms))
    assert labels["civilians_bombardment"] == "مدنيون (قصف) (المرصد السوري)"
    assert labels["ocha_civilians"].endswith("(أوتشا)")
    assert naming.tally_labels(fortnight, language_of("en"))["ocha_civilians"].endswith("(OCHA)")
    chart = analysis.plot_sources(fortnight, language="ar", cause="bombardment", windows=WINDOWS)
    assert "مكتب توثيق الشهداء في درعا" in chart.source


def test_labels_of_a_single_source_stay_as_they_are():
    labels = naming.tally_labels(analysis.load(REPORT), language_of("ar"))
    assert not any("المرصد" in label for label in labels.values())


# what stands still


def grown(part=((1, 1, 11, 11), (1, 3, 11, 11)), whole=((1, 1, 26, 26), (1, 3, 41, None))):
    """A group and its whole, each with statements (first, last, low, high)."""
    statements = [("a", "toll", *each) for each in whole]
    statements += [("b", "toll", *each) for each in part]
    return counted(statements, {"b": "a"}, victim_group=[None, "children"], source_original="SOHR")


def test_what_stands_still_in_the_fortnight(fortnight):
    found = analysis.find_standing_still(fortnight)
    shown = found[["finding", "victim_group", "low", "whole_low", "event_id", "whole_event_id"]]
    assert shown.to_numpy().tolist() == [
        [1, "children", 11, 26, "afp_children_friday", "afp_civilians_friday"],
        [1, "children", 11, 41, "children_total", "civilians_total"],
        [1, "children", 11, 50, "exame_children_0730", "exame_civilians_0730"],
        [1, "children", 11, 62, "sohr_children_0731", "sohr_civilians_0731"],
        [2, "women", 10, 50, "exame_women_0730", "exame_civilians_0730"],
        [2, "women", 10, 62, "sohr_women_0731", "sohr_civilians_0731"],
    ]
    assert found["whole_high"].isna().tolist() == [False, False, True, True, True, True]


def test_only_some_tallies_and_only_what_was_published(fortnight):
    children = analysis.find_standing_still(fortnight, tallies=["children_bombardment"])
    assert [*children["whole_low"]] == [26, 41, 62]
    early = analysis.find_standing_still(fortnight, as_of="2018-07-24")
    assert [*early["whole_low"]] == [26, 41] and {*early["finding"]} == {1}


def test_found_by_hand():
    found = analysis.find_standing_still(grown())
    assert found[["low", "whole_low"]].to_numpy().tolist() == [[11, 26], [11, 41]]


STILL = {
    "the group grew": grown(part=((1, 1, 11, 11), (1, 3, 12, 12))),
    "the group may have grown": grown(part=((1, 1, 11, 11), (1, 3, 11, 15))),
    "the whole did not grow": grown(whole=((1, 1, 26, 26), (1, 3, 26, 26))),
    "not of the same days": grown(whole=((1, 1, 26, 26), (1, 4, 41, 41))),
    "other days, so other people": grown(
        part=((1, 1, 2, 2), (3, 3, 2, 2)), whole=((1, 1, 5, 5), (3, 3, 9, 9))
    ),
    "no group": replace(grown(), tallies=grown().tallies.assign(victim_group=None)),
    "the report": analysis.load(REPORT),
    "one count": make_dataset([("a", "toll", 1, 1, 3, 3)]),
}


@pytest.mark.parametrize("dataset", STILL.values(), ids=STILL)
def test_nothing_stands_still(dataset):
    assert analysis.find_standing_still(dataset).empty
    with pytest.raises(ValueError, match="no group's number stands still"):
        analysis.plot_standing_still(dataset)


def test_at_least_the_same_number_stands_still_too():
    found = analysis.find_standing_still(grown(part=((1, 1, 11, 11), (1, 3, 11, None))))
    assert found["high"].isna().tolist() == [False, True]
    shown = said(analysis.plot_standing_still(grown()))
    assert shown.count("11 children") == 2 and {"26", "at least 41"} <= {*shown}


def test_a_run_ends_where_the_whole_falls():
    falling = grown(
        part=((1, 1, 4, 4), (1, 2, 4, 4), (1, 3, 4, 4)),
        whole=((1, 1, 26, 26), (1, 2, 30, 30), (1, 3, 28, 40)),
    )
    assert [*analysis.find_standing_still(falling)["whole_low"]] == [26, 30]


def test_a_group_of_one_of_several_counts_is_not_guessed():
    dataset = grown(whole=((1, 1, 26, 26), (1, 3, 41, 41), (1, 3, 45, 45)))
    assert analysis.find_standing_still(dataset).empty


def test_where_no_group_is_counted_none_of_chosen_tallies_stands_still():
    dataset = counted([("a", "toll", 1, 1, 26, 26)])
    assert analysis.find_standing_still(dataset, tallies=["a"]).empty


def test_groups_in_different_places_are_not_compared():
    statements = [("b", "toll", 1, 1, 10, 10), ("c", "toll", 1, 1, 3, 3)]
    statements += [("d", "toll", 1, 2, 20, 20), ("e", "toll", 1, 2, 3, 3)]
    dataset = counted(
        statements,
        {"b": "a", "c": "b", "d": "a", "e": "d"},
        victim_group=[None, None, "children", None, "children"],
        source_original="SOHR",
    )
    assert analysis.find_standing_still(dataset).empty


def test_title_says_what_is_seen_and_no_difference_is_taken(fortnight):
    chart = analysis.plot_standing_still(fortnight)
    assert chart.title == (
        "Civilians killed: first 26, then at least 62; children among them each time at least 11"
    )
    shown = said(chart)
    assert [text for text in shown if text.endswith(("11 children", "10 women"))] == [
        *["11 children"] * 2,
        *["at least 11 children"] * 2,
        *["at least 10 women"] * 2,
    ]
    assert not [text for text in shown if "+" in text]
    assert "do not say which" in " ".join(shown) and "cited in 4 reports" in chart.source
    assert len(chart.event_ids) == 10


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_group_stands_inside_its_whole(fortnight, language, width):
    chart = analysis.plot_standing_still(fortnight, language=language, width=width)
    wholes, groups = signs(chart, "whole"), signs(chart, "group")
    assert persons([*wholes, *groups], 62) == [26, 41, 50, 62, 50, 62, *[11] * 4, *[10] * 2]
    assert np.ptp([points[:, 0].min() for points in [*wholes, *groups]]) == pytest.approx(0)
    for whole, part in zip(wholes, groups, strict=True):
        assert whole[:, 1].min() < part[:, 1].min() and part[:, 1].max() < whole[:, 1].max()


# both


def many_sources():
    """Contradictions on all sides, long names, a source with two tallies, large numbers."""
    statements = [
        (name, "toll", 1, 3, 1_000 * place, 1_000 * place) for place, name in enumerate("abcdef", 1)
    ]
    dataset = counted(statements, source_original=[*"ABCDEE"])
    label = "Villages along the road, counted where people were found"
    return replace(dataset, tallies=dataset.tallies.assign(label_en=label))


def stale_in_many_ways():
    """Groups without a word in the vocabulary, numbers too large or too small for their bars."""
    statements = [("a", "toll", 1, last, 100_000 + last, None) for last in (1, 2, 3)]
    statements += [("b", "toll", 1, last, 1, 1) for last in (1, 2, 3)]
    statements += [("c", "toll", 1, last, 100_000, 100_001) for last in (1, 2, 3)]
    groups = [None, "people over sixty", "children"]
    return counted(statements, {"b": "a", "c": "a"}, victim_group=groups, source_original="SOHR")


NONE = [("a", "toll", 1, 2, 0, 0), ("b", "toll", 1, 2, 0, 5)]
BOMBED = {"cause": "bombardment", "windows": WINDOWS}
CASES = {
    "sources, fortnight": (analysis.plot_sources, lambda: analysis.load(FORTNIGHT), BOMBED),
    "sources, whole span": (analysis.plot_sources, lambda: analysis.load(FORTNIGHT), {}),
    "sources, many": (analysis.plot_sources, many_sources, {}),
    "sources, zero": (analysis.plot_sources, lambda: two_sources(NONE), {}),
    "still, fortnight": (analysis.plot_standing_still, lambda: analysis.load(FORTNIGHT), {}),
    "still, many ways": (analysis.plot_standing_still, stale_in_many_ways, {}),
}


@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("name", CASES)
def test_can_be_drawn_and_read(name, language, width):
    plot, dataset, asked = CASES[name]
    chart = plot(dataset(), language=language, width=width, **asked)
    ours = "fortnight" in name or "whole span" in name
    assert_readable(chart, (name, language, width), foreign=not ours)


def test_figures_can_be_exported(tmp_path, fortnight):
    analysis.export_figure(
        analysis.plot_sources, fortnight, tmp_path, cause="bombardment", windows=WINDOWS
    )
    header = (tmp_path / "en" / "sources.csv").read_text().splitlines()[0]
    assert header.startswith(
        "window_first,window_last,tally_id,source_original,cause,attributed_to,area,within,low_persons"
    )
    analysis.export_figure(analysis.plot_standing_still, fortnight, tmp_path)
    header = (tmp_path / "en" / "standing_still.csv").read_text().splitlines()[0]
    assert "low_persons" in header and "whole_low_persons" in header


def test_a_group_without_a_word_is_named_as_the_dataset_does():
    chart = analysis.plot_standing_still(stale_in_many_ways())
    assert "people over sixty among them each time 1" in chart.title
    assert chart.title.startswith("People killed")
