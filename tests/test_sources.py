"""Sources side by side by their last word, and a group's number that stands still."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.bounds.windows import window_bounds
from analysis.commands.check import check
from analysis.figures import compared, naming
from analysis.figures.standing_still import find_standing_still, standing_still_in_words
from analysis.language.locales import locale_of
from compact import Statement, day, incident, make_dataset, toll, with_cells
from conftest import EVERY, assert_readable, persons, said, signs

DATA = Path(__file__).resolve().parents[1] / "data"
SOURCES = {"a": "SOHR", "b": "OCHA", "c": "UCDP", "d": "Court"}
PAIRS = {
    "civilians_bombardment": "ucdp-civilians-killed-dyad-14620",
    "sohr_government_forces": "ucdp-118-killed-dyad-14620",
    "sohr_islamic_state": ["ucdp-234-killed-dyad-14620"],
}
DAYS = ("2018-07-19", "2018-07-31")
EARLY = ("2018-07-21", "2018-07-23")


@pytest.fixture(scope="module")
def ucdp():
    return analysis.load(DATA / "ucdp")


def counted(statements, subset_of=None, **columns):
    """A dataset of compact statements, each tally of its own source."""
    dataset = make_dataset(statements, subset_of)
    sources = [SOURCES.get(name) for name in dataset.tallies["tally_id"]]
    columns = {"source_original": pd.array(sources, "str")} | columns
    return replace(dataset, tallies=dataset.tallies.assign(**columns))


def find_sources(dataset, harm=None, **asked) -> pd.DataFrame:
    return compared.numbers(dataset, harm, **asked).numbers


def words_of(rows: pd.DataFrame) -> list[tuple]:
    """Source, number as said, day of publication (as compact datasets count) of each row."""
    days = (rows["reported"] - day(1)).dt.days + 1
    return [*zip(rows["source_original"], rows["stated"], days, strict=True)]


NIGHT = [
    toll(40, 1, tally="b"),
    toll(93, 2, tally="a"),
    toll(60, 2, tally="b", high=None),
    toll(137, 3, tally="a"),
    toll(115, 3, tally="c"),
    toll(139, 6, tally="a"),
    toll(144, 6, tally="c"),
    toll(149, 20, tally="d"),
]


def withdrawn(by=None):
    """SOHR withdraws 113, after OCHA's 40; ``by`` is a number it states with that."""
    told = [toll(20, 10, tally="a"), toll(113, 12, tally="a"), toll(40, 13, tally="b")]
    dataset = counted(told)
    row = dict.fromkeys(dataset.events.columns) | {"event_id": "back", "report_id": "r13"}
    row |= {"supersedes": "e2"}
    added = pd.DataFrame([row]).astype(dataset.events.dtypes.to_dict())
    return replace(dataset, events=pd.concat([dataset.events, added], ignore_index=True))


def test_each_source_has_its_last_word_with_its_day():
    assert words_of(find_sources(counted(NIGHT))) == [
        ("OCHA", "at least 60", 2),
        ("SOHR", "139", 6),
        ("UCDP", "144", 6),
        ("Court", "149", 20),
    ]


def test_sources_are_compared_as_told_on_one_day():
    rows = find_sources(counted(NIGHT)).set_index("source_original")
    assert {*rows["same_day"]} == {day(6)}
    assert rows["same_day_low"].dropna().to_dict() == {"SOHR": 139, "UCDP": 144}
    title = analysis.plot_sources(counted(NIGHT)).title
    assert title == "People killed, as stated on 3 July: 139 (SOHR), 144 (UCDP)"


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ([toll(40, 1, tally="a"), toll(93, 2, tally="b")], "40 (SOHR), 93 (OCHA)"),
        ([toll(40, 1, tally="a"), toll(40, 2, tally="b")], "40, by every source shown"),
        (
            [toll(40 + at, at, tally=name) for at, name in enumerate("abcd", 1)],
            "41 to 44, depending on the source and the day",
        ),
        (
            [toll(40, 1, tally="a"), toll(93, 2, tally="a"), toll(93, 2, tally="b")],
            "93, by every source shown",
        ),
        (
            [toll(40, 1, tally="a"), toll(30, 1, tally="b", high=None)],
            "at least 30 (OCHA), 40 (SOHR)",
        ),
    ],
    ids=["rose", "same", "four days", "same after a rise", "room for both"],
)
def test_what_is_no_difference_on_one_day_is_not_called_one(told, title):
    shown = analysis.plot_sources(counted(told)).title
    assert shown.startswith("People killed: ") and title in shown


def test_who_tells_anothers_count_is_no_second_witness():
    told = [toll(40, 1, tally="a"), toll(40, 2, tally="b", same_as="e1")]
    chart = analysis.plot_sources(counted(told))
    assert [*chart.numbers["relies_on"]] == ["", "SOHR"]
    assert chart.title == "People killed: 40; every source shown relies on one (SOHR)"
    shown = " ".join(said(chart))
    assert "29 June, relies on SOHR" in shown and "no second witness" in shown
    assert "no second witness" not in " ".join(said(analysis.plot_sources(counted(NIGHT))))


def test_a_withdrawn_number_is_struck_through_and_has_no_bar():
    chart = analysis.plot_sources(withdrawn())
    assert [*chart.numbers["status"]] == ["withdrawn", "stands"]
    assert chart.title == "People killed: 40 (OCHA), 113 (SOHR, since withdrawn)"
    assert len(signs(chart, "struck")) == len(signs(chart, "certain")) == 1
    assert "9 July, since withdrawn" in said(chart)


def test_the_people_of_whom_most_sources_speak_are_chosen():
    told = [toll(5, 1, tally=name) for name in "abcd"]
    injured = {"harm": pd.array(["injured"] * 3 + ["killed"], "str")}
    assert {*find_sources(counted(told, **injured))["harm"]} == {"injured"}
    killed = {"harm": pd.array(["injured", "injured", "killed", "killed"], "str")}
    assert {*find_sources(counted(told, **killed))["harm"]} == {"killed"}, "of as many sources"
    assert {*find_sources(counted(told, **killed), "injured")["harm"]} == {"injured"}


def test_days_of_most_sources_are_chosen_not_the_first_days_of_a_year():
    """A month that two sources count is not set beside the year that one of them adds."""
    told = [toll(69, 3, tally="a", days=(1, 3)), toll(80, 3, tally="b", days=(1, 3))]
    told.append(toll(500, 20, tally="a", days=(1, 19)))
    assert words_of(find_sources(counted(told))) == [("SOHR", "69", 3), ("OCHA", "80", 3)]


def test_running_totals_from_one_day_are_set_side_by_side_with_their_days():
    told = [toll(50, 5, tally="a", days=(1, 4)), toll(70, 8, tally="a", days=(1, 7))]
    told.append(toll(66, 7, tally="b", days=(1, 6)))
    chart = analysis.plot_sources(counted(told))
    assert words_of(chart.numbers) == [("OCHA", "66", 7), ("SOHR", "70", 8)]
    assert "4 July, days: 28 June to 3 July" in said(chart)


def test_totals_to_different_days_do_not_differ_on_the_day_of_both():
    told = [toll(70, 8, tally="a", days=(1, 7)), toll(50, 8, tally="b", days=(1, 4))]
    rows = find_sources(counted(told))
    assert [*rows["stated"]] == ["50", "70"] and rows["same_day"].isna().all()


def test_days_without_a_first_one():
    told = [toll(70, 8, tally="a", days=(None, 7)), toll(50, 9, tally="b", days=(3, 5))]
    chart = analysis.plot_sources(counted(told), pairs={"a": "b"})
    assert words_of(chart.numbers) == [("SOHR", "70", 8), ("OCHA", "at least 50", 9)]
    assert "Up to 4 July 2018" in chart.alt


def test_what_is_counted_on_a_day_is_compared_by_the_latest_day():
    told = [
        Statement(name, "stock", None, at, low, low, published=at)
        for name, at, low in (("a", 3, 9000), ("a", 5, 8540), ("b", 5, 8000))
    ]
    rows = find_sources(counted(told))
    assert words_of(rows) == [("OCHA", "8000", 5), ("SOHR", "8540", 5)]


SAME = [toll(5, 1, tally="a"), toll(9, 2, tally="b")]


@pytest.mark.parametrize("column", ["cause", "attributed_to", "victim_group", "area", "party_id"])
def test_other_people_are_compared_only_where_they_are_paired(column):
    dataset = counted(SAME, **{column: pd.array(["people", "others"], "str")})
    party = dataset.parties.assign(party_id="others")
    dataset = replace(dataset, parties=pd.concat([dataset.parties, party], ignore_index=True))
    with pytest.raises(analysis.NothingToDrawError, match="tallies of the same people in pairs"):
        analysis.plot_sources(dataset)
    assert len(find_sources(dataset, pairs={"a": "b"})) == 2


def test_fewer_than_two_sources_are_named_with_what_to_use_instead(fortnight):
    told = [toll(5, 1, tally="a"), toll(9, 2, tally="a")]
    for dataset in (counted(told), make_dataset(SAME), fortnight):
        with pytest.raises(analysis.NothingToDrawError, match="plot_reported"):
            analysis.plot_sources(dataset)


def test_without_a_source_the_publisher_counts():
    dataset = make_dataset(SAME)
    offices = {"r1": "Agency", "r2": "Paper"}
    dataset = with_cells(dataset, "reports", source_office=offices)
    assert [*find_sources(dataset)["source_original"]] == ["Agency", "Paper"]


def test_a_number_of_other_days_is_calculated(fortnight):
    """41 by the 23rd, 26 of them on the 20th, leave 15; OCHA says at least 32, days later."""
    asked = {"pairs": {"civilians_bombardment": "ocha_civilians"}, "days": EARLY}
    chart = analysis.plot_sources(fortnight, as_of="2018-07-27", **asked)
    rows = chart.numbers
    assert [*rows["stated"]] == ["4 to 15", "at least 32"]
    assert [*rows["status"]] == ["calculated", "stands"]
    assert "SOHR: numbers published by 24 July leave room for 15" in " ".join(said(chart))
    assert "contradict" not in " ".join([chart.title, chart.alt, *said(chart)])
    later = analysis.plot_sources(fortnight, **asked)
    assert [*later.numbers["stated"]] == ["at least 32", "at least 4"], "counted again since"


def test_an_at_least_of_fewer_days_stays_as_it_was_said():
    told = [toll(9, 4, tally="a", days=(1, 3), high=None), toll(12, 6, tally="b", days=(1, 5))]
    rows = find_sources(counted(told), days=(day(1), day(5)))
    assert words_of(rows) == [("SOHR", "at least 9", 4), ("OCHA", "12", 6)]
    assert [*rows["date_end"]] == [day(3), day(5)] and {*rows["status"]} == {"stands"}


def test_of_some_tallies_all_that_several_sources_count_is_drawn():
    told = [toll(9, 2, tally="a"), toll(8, 3, tally="b"), toll(5, 4, tally="c")]
    told += [toll(2, 3, tally="d"), toll(3, 4, tally="e")]
    groups = pd.array([None] * 3 + ["children"] * 2, "str")
    sources = pd.array(["SOHR", "OCHA", "UCDP", "SOHR", "OCHA"], "str")
    dataset = counted(told, victim_group=groups, source_original=sources)
    few = analysis.plot_sources(dataset, tallies=["a", "b"]).numbers
    assert few["low"].tolist() == [9, 8]
    both = analysis.plot_sources(dataset, tallies=["d", "e", "a", "b"])
    lows = both.numbers.groupby("panel")["low"].agg(list)
    assert [*lows] == [[9, 8], [2, 3]] and both.title == "People killed: 9 (SOHR), 8 (OCHA)"
    with pytest.raises(analysis.NothingToDrawError, match="fewer than two sources"):
        analysis.plot_sources(dataset, tallies=["a", "d"])
    with pytest.raises(ValueError, match="no tally 'z'; there are: a, b"):
        analysis.plot_sources(dataset, tallies=["z"])


def test_silence_is_no_zero():
    told = [toll(5, 4, tally="a"), toll(0, 4, tally="b"), toll(9, 4, tally="c", days=(3, 3))]
    rows = find_sources(counted(told), days=(day(1), day(1)))
    assert words_of(rows) == [("OCHA", "0", 4), ("SOHR", "5", 4)]


def test_incidents_are_added_and_say_how_many_they_are():
    told = [toll(9, 4, tally="a", days=(1, 3))]
    told += [incident(4, 4, tally="b"), incident(3, 4, tally="b", days=(2, 3))]
    told += [incident(50, 9, tally="b", days=(3, 8))]
    chart = analysis.plot_sources(counted(told), pairs={"a": "b"}, days=(day(1), day(3)))
    rows = chart.numbers.set_index("source_original")
    assert rows["stated"].to_dict() == {"SOHR": "9", "OCHA": "at least 7"}
    assert rows["events"].dropna().to_dict() == {"OCHA": 2}
    assert "calculated from 2 events" in said(chart)


def test_another_dataset_is_a_source_like_others(fortnight, ucdp):
    asked = {"pairs": PAIRS, "other": ucdp, "relies": {"UCDP": "SOHR"}, "days": DAYS}
    chart = analysis.plot_sources(fortnight, **asked)
    assert chart.title == (
        "In 3 of 3 comparisons the number of UCDP lies within 20% of that of SOHR, "
        "on which it relies"
    )
    rows = chart.numbers
    assert [*rows["source_original"]] == ["SOHR", "UCDP"] * 3
    assert rows["low"].tolist() == [62, 62, 94, 110, 283, 268]
    assert {*rows["relies_on"][rows["of_other"]]} == {"SOHR"}
    assert chart.source.endswith(
        "Beside it: Uppsala Conflict Data Program (UCDP), events dated 20 to 31 July 2018."
    )
    assert not [name for name in chart.event_ids if name.startswith("ged")]
    alone = analysis.plot_sources(fortnight, **asked | {"relies": None})
    assert alone.title.startswith("Civilians (bombardment) killed: at least 62")


def test_numbers_far_apart_are_not_called_near(fortnight, ucdp):
    pairs = {"civilians_bombardment": "ucdp-118-killed-dyad-14620"}
    asked = {"pairs": pairs, "other": ucdp, "relies": {"UCDP": "SOHR"}}
    chart = analysis.plot_sources(fortnight, **asked)
    assert chart.title == (
        "The number of UCDP lies more than 20% from that of SOHR, on which it relies"
    )
    near = {"civilians_bombardment": "ucdp-civilians-killed-dyad-14620"}
    title = analysis.plot_sources(fortnight, **asked | {"pairs": near, "days": DAYS}).title
    assert title == "The number of UCDP lies within 20% of that of SOHR, on which it relies"


@pytest.mark.parametrize(
    ("low", "high", "numbers", "near"),
    [
        (100, 100, (80, 120), 2),
        (100, 100, (79, 121), 0),
        (100, None, (100, 300), 1),
        (100, 200, (150, 240), 2),
        (100, 200, (79, 241), 0),
    ],
)
def test_how_many_comparisons_are_near_is_counted(low, high, numbers, near):
    """A number is compared with the range that is stated; "at least" is no range."""
    names = ["ours_0", "ours_1"]
    dataset = counted([toll(low, 2, tally=name, high=high) for name in names])
    dataset = replace(dataset, tallies=dataset.tallies.assign(source_original="SOHR"))
    other = counted([toll(each, 2, tally=f"their_{at}") for at, each in enumerate(numbers)])
    other = replace(other, tallies=other.tallies.assign(source_original="UCDP"))
    pairs = {name: f"their_{at}" for at, name in enumerate(names)}
    asked = {"pairs": pairs, "other": other, "relies": {"UCDP": "SOHR"}}
    said = f"In {near} of 2 comparisons" if near else "In all 2 comparisons"
    title = analysis.plot_sources(dataset, **asked).title
    assert title.startswith(said) and ("more than" in title) == (not near)


def test_a_difference_of_the_first_day_that_others_left_behind_is_no_title():
    told = [toll(150, 1, tally="a"), toll(2000, 1, tally="b", high=None)]
    told += [toll(3840, 3, tally="c"), toll(4352, 20, tally="d")]
    title = analysis.plot_sources(counted(told)).title
    assert title == "People killed: 150 to 4,352, depending on the source and the day"


def test_the_highest_number_may_be_an_open_one():
    told = [toll(150 + at, at, tally=name) for at, name in enumerate("abc", 1)]
    told.append(toll(5300, 9, tally="d", high=None))
    title = analysis.plot_sources(counted(told)).title
    assert title.startswith("People killed: 151 to at least 5,300, depending")


def test_tallies_of_one_source_are_added_once():
    other = counted([incident(3, 2, tally="c"), incident(4, 2, tally="d")], source_original="UCDP")
    dataset = counted([toll(9, 2, tally="a")])
    rows = find_sources(dataset, pairs={"a": ["c", "d"]}, other=other)
    assert [*rows["stated"]] == ["at least 7", "9"]
    other = counted(
        [toll(9, 2, tally="c"), toll(4, 2, tally="d")], {"d": "c"}, source_original="UCDP"
    )
    with pytest.raises(ValueError, match="'d' is part of 'c'; name one of them"):
        find_sources(dataset, pairs={"a": ["c", "d"]}, other=other)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"harm": "displaced"}, "no count of harm 'displaced'; there are: killed"),
        ({"parties": ["nobody"]}, "no count of party_id 'nobody'; there are: people"),
        ({"parties": "people"}, "parties is 'people'; write a list"),
        ({"pairs": {"a": "b"}, "harm": "killed"}, "leave out harm, parties and tallies"),
        ({"pairs": ["a", "b"]}, "write tallies and those of the same people"),
        ({"other": "data/ucdp"}, "other is 'data/ucdp'; write a dataset"),
        ({"pairs": {"z": "a"}}, "no statement counts tally 'z'; there are: a, b"),
        ({"pairs": {"a": "z"}}, "no statement counts tally 'z'; there are: a, b"),
        ({"relies": {"UCDP": "SOHR"}}, "relies: no source 'UCDP'; there are: SOHR, OCHA"),
        ({"days": "2018-07-20"}, "write a first and a last day"),
        ({"days": ("20 July", "2018-07-20")}, "'20 July'; write a day as YYYY-MM-DD"),
        ({"days": ("2018-07-20", "2018-07-19")}, "before they start on 2018-07-20"),
        ({"days": ("2011-01-01", "2011-01-02")}, "fewer than two sources"),
    ],
)
def test_what_cannot_be_compared_is_said(asked, message):
    with pytest.raises(ValueError, match=message):
        analysis.plot_sources(counted(SAME), **asked)


def test_counts_of_other_harm_are_not_paired():
    dataset = counted(SAME, harm=pd.array(["killed", "injured"], "str"))
    with pytest.raises(ValueError, match="different things: injured, killed"):
        analysis.plot_sources(dataset, pairs={"a": "b"})


def test_count_without_a_first_day_starts_before_any_that_is_named():
    dataset = make_dataset([("a", "toll", None, 3, 20, 20), ("b", "incident", 5, 5, 1)])
    assert window_bounds(dataset, "a", "2011-01-01", day(9)) == (0, None)
    assert window_bounds(dataset, "a", None, day(3)) == (20, None)
    with pytest.raises(ValueError, match="before it starts"):
        window_bounds(dataset, "a", day(3), day(2))


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_bars_are_the_numbers(language, width):
    told = [toll(41, 2, tally="a"), toll(32, 3, tally="b", high=None)]
    chart = analysis.plot_sources(counted(told), language=language, width=width)
    bars = signs(chart, "certain")
    assert persons(bars, 41) == [41, 32]
    assert np.ptp([points[:, 0].min() for points in bars]) == pytest.approx(0), "both from zero"
    (arrow,) = signs(chart, "arrow")
    assert arrow[0, 0] == pytest.approx(bars[1][:, 0].max())
    links = [patch.get_url() for patch in chart.axes[0].patches if patch.get_label() == "_certain"]
    assert links == [f"../report.{language}.html#s-e{at}" for at in (1, 2)]
    assert "highest" not in " ".join(said(chart)), "no key: numbers stand beside their bars"


def test_arabic_names_of_sources(fortnight):
    labels = naming.tally_labels(fortnight, locale_of("ar").with_terms(fortnight.terms))
    assert labels["civilians_bombardment"] == "مدنيون (قصف، المرصد السوري)"
    assert labels["ocha_civilians"].endswith("، أوتشا)")
    assert naming.tally_labels(fortnight, locale_of("en"))["ocha_civilians"].endswith(", OCHA)")


def test_labels_of_a_single_source_stay_as_they_are():
    labels = naming.tally_labels(analysis.load(DATA / "report"), locale_of("ar"))
    assert not any("المرصد" in label for label in labels.values())


def long_names():
    """Six sources with long names and large numbers, told on one day."""
    told = [toll(1_000 * at, 2, tally=name) for at, name in enumerate("abcdef", 1)]
    dataset = counted(told, source_original=pd.array([*"abcdef"], "str"))
    said = [f"Committee of villages along the road, number {at}" for at in range(6)]
    arabic = [f"لجنة القرى الواقعة على الطريق رقم {at}" for at in range(6)]
    terms = {"term": [*"abcdef"], "label_en": said, "label_ar": arabic}
    return replace(dataset, terms=pd.DataFrame(terms, dtype="str"))


CASES = {
    "night": lambda: counted(NIGHT),
    "withdrawn": withdrawn,
    "long names": long_names,
    "zero": lambda: counted([toll(0, 2, tally="a"), toll(0, 2, tally="b", high=5)]),
}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("name", CASES)
def test_can_be_drawn_and_read(name, language, width):
    chart = analysis.plot_sources(CASES[name](), language=language, width=width)
    assert_readable(chart, (name, language, width), foreign=True)


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_another_dataset_can_be_drawn_and_read(fortnight, ucdp, language, width):
    asked = {"pairs": PAIRS, "other": ucdp, "relies": {"UCDP": "SOHR"}}
    chart = analysis.plot_sources(fortnight, language=language, width=width, **asked)
    assert_readable(chart, (language, width))


@pytest.mark.slow
def test_manifest_names_both_datasets(fortnight, ucdp, tmp_path):
    analysis.export_figure(
        analysis.plot_sources, fortnight, tmp_path, other=ucdp, pairs=PAIRS, days=DAYS
    )
    entry = pd.read_json(tmp_path / "manifest.json", typ="series")["en/sources"]
    assert entry["dataset_sha256"] == fortnight.sha256
    assert entry["other_sha256"] == ucdp.sha256 != fortnight.sha256
    assert "ged-259657-b" in entry["other_event_ids"]
    assert "ged-259592-civilians" not in entry["other_event_ids"], "of another dyad"
    header = (tmp_path / "en" / "sources.csv").read_text().splitlines()[0]
    assert header.startswith("panel,source_original,relies_on,tally_id,party_id,harm,event_ids,")
    assert "low_persons,high_persons" in header


# what stands still


def grown(part=((1, 1, 11, 11), (1, 3, 11, 11)), whole=((1, 1, 26, 26), (1, 3, 41, None))):
    """A group and its whole, each with statements (first, last, low, high)."""
    statements = [("a", "toll", *each) for each in whole]
    statements += [("b", "toll", *each) for each in part]
    return counted(statements, {"b": "a"}, victim_group=[None, "children"], source_original="SOHR")


def test_what_stands_still_in_the_fortnight(fortnight):
    found = find_standing_still(fortnight)
    shown = found[["tally_id", "number", "first_low", "last_low"]].to_numpy().tolist()
    assert shown == [["children_bombardment", 11, 26, 62]]
    assert find_standing_still(fortnight, ["sohr_government_forces"]).empty
    early = find_standing_still(analysis.published_by(fortnight, "2018-07-24"))
    assert early[["first_low", "last_low"]].to_numpy().tolist() == [[26, 41]]


STILL = {
    "the group grew": grown(part=((1, 1, 11, 11), (1, 3, 12, 12))),
    "the group may have grown": grown(part=((1, 1, 11, 11), (1, 3, 11, 15))),
    "the whole did not grow": grown(whole=((1, 1, 26, 26), (1, 3, 26, 26))),
    "not of the same days": grown(whole=((1, 1, 26, 26), (1, 4, 41, 41))),
    "other days, so other people": grown(
        part=((1, 1, 2, 2), (3, 3, 2, 2)), whole=((1, 1, 5, 5), (3, 3, 9, 9))
    ),
    "no group": replace(grown(), tallies=grown().tallies.assign(victim_group=None)),
    "one count": make_dataset([("a", "toll", 1, 1, 3, 3)]),
}


@pytest.mark.parametrize("dataset", STILL.values(), ids=STILL)
def test_nothing_stands_still(dataset):
    assert find_standing_still(dataset).empty


def test_at_least_the_same_number_stands_still_too():
    found = find_standing_still(grown(part=((1, 1, 11, 11), (1, 3, 11, None))))
    assert [*found["number"]] == [11] and found["last_high"].isna().all()


def test_only_the_latest_numbers_of_a_group_need_be_the_same():
    whole = ((1, 1, 26, 26), (1, 2, 30, 30), (1, 3, 41, 41))
    found = find_standing_still(grown(((1, 1, 4, 4), (1, 2, 11, 11), (1, 3, 11, 11)), whole))
    assert found[["first_low", "last_low"]].to_numpy().tolist() == [[30, 41]]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "stayed at 11"), ("ar", "لم يتغير"), ("fr", "reste à 11")],
)
def test_it_is_said_in_every_language(fortnight, language, words):
    (text,) = standing_still_in_words(fortnight, locale_of(language))
    assert words.replace(" ", "") in text.replace("\u00a0", "").replace(" ", "") and "62" in text


def test_check_notes_it():
    lines = check(DATA / "fortnight").fine
    (note,) = [line for line in lines if "stayed at" in line]
    assert note.startswith("note: Civilians (bombardment): the toll rose from 26 to at least 62")
