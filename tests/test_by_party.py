"""The figure by party: a bar a party, what adding up would give behind it, parts by their names."""

import re
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from PIL import Image

import analysis
from analysis.charts import style as theme
from analysis.charts.chart import CARD
from analysis.charts.style import INK
from analysis.data.problems import NothingToDrawError
from analysis.figures import by_party
from analysis.figures.export import share
from compact import make_dataset, make_table, toll, with_cells
from conftest import EVERY, assert_readable, persons, said, signs, written

FORTNIGHT = Path(__file__).resolve().parents[1] / "data" / "fortnight"


def counted(statements, subset_of=None, division=None, **cells):
    """A dataset of one source, with cells of tallies by column."""
    dataset = make_dataset(statements, subset_of, division)
    source = cells.pop("source_original", {})
    every = {name: source.get(name, "UN") for name in dataset.tallies["tally_id"]}
    return with_cells(dataset, "tallies", source_original=every, **cells)


def sexes(*more, **cells):
    """A total of 41 over six days, of whom so many were children and women; men are not told."""
    groups = {"children": "children", "women": "women", "men": "men"}
    statements = [toll(41, 10, days=(1, 6)), *more]
    parts = dict.fromkeys(groups, "all")
    return counted(statements, parts, dict.fromkeys(groups, True), victim_group=groups, **cells)


CHILDREN, WOMEN = (
    toll(11, 10, tally="children", days=(1, 6)),
    toll(10, 10, tally="women", days=(1, 6)),
)


def blamed():
    """A hundred civilians, most by one side; one row says of a cause."""
    statements = [
        toll(100, 10, days=(1, 6)),
        toll(60, 10, tally="gov", days=(1, 6)),
        toll(12, 10, None, tally="opp", days=(1, 3)),
    ]
    dataset = counted(
        statements,
        {"gov": "all", "opp": "all"},
        attributed_to={"gov": "forces", "opp": "factions"},
    )
    names = {"people": "Civilians", "forces": "Government forces", "factions": "Factions"}
    parties = [{"party_id": name, "label_en": label} for name, label in names.items()]
    parties[0]["status"] = "civilian"
    return replace(dataset, parties=make_table("parties", parties))


def text(chart):
    return " ".join(" ".join(said(chart)).split())


def test_the_bar_behind_is_what_totals_say_of_all_numbers(fortnight):
    sums = analysis.totals(fortnight).query("harm == 'killed' and source_original == 'SOHR'")
    chart = analysis.plot_by_party(fortnight)
    pale, solid = signs(chart, "naive"), signs(chart, "certain")
    widest = int(sums["naive_sum"].max())
    assert persons(pale, widest) == sums["naive_sum"].tolist()
    tall = [bar for bar in solid if np.ptp(bar[:, 1]) > 0.15]
    scale = np.ptp(pale[2][:, 0]) / widest
    assert [round(np.ptp(bar[:, 0]) / scale) for bar in tall] == sums["low"].tolist()
    assert len({round(np.ptp(bar[:, 1]), 4) for bar in (*pale, *tall)}) == 1
    naive, once = int(sums["naive_sum"].sum()), int(sums["low"].sum())
    assert (naive, once) == (1943, 448)
    assert f"(pale) gives {naive:,}; counted once, at least {once}" in text(chart)


def test_all_numbers_of_a_long_series_of_totals_are_not_added():
    """ "65,184 if added": nobody would add totals of which each holds the one before."""
    told = [toll(40 + at, 10 + at, days=(1, 10 + at)) for at in range(7)]
    few, many = (analysis.plot_by_party(counted(told[:number])) for number in (3, 7))
    assert "123 if added up" in text(few) and len(signs(few, "naive")) == 1
    assert not signs(many, "naive") and "added" not in text(many)


@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize(("whole", "more"), [(41, 44), (10, 12), (30, 60), (3, 4)])
def test_a_count_never_lies_across_the_end_of_the_bar_behind_it(whole, more, language, width):
    told = [toll(whole, 10, days=(1, 6)), toll(more - whole, 10, tally="part", days=(1, 6))]
    dataset = counted(told, {"part": "all"}, victim_group={"part": "children"})
    chart = analysis.plot_by_party(dataset, language=language, width=width)
    (bar,) = signs(chart, "naive")
    end = bar[:, 0].max()
    assert_readable(chart, foreign=True)
    for each in written(chart):
        box = each.get_window_extent().transformed(chart.axes[0].transData.inverted())
        low, high = sorted([box.x0, box.x1])
        beside = sorted([box.y0, box.y1])
        level = beside[0] < bar[:, 1].max() and beside[1] > bar[:, 1].min()
        assert not level or not low < end - 0.01 < high - 0.02, each.get_text()


def test_the_title_says_it_as_an_agency_would(fortnight):
    chart = analysis.plot_by_party(fortnight)
    assert chart.title == (
        "At least 62 civilians, 94 of the government forces, and 292 Islamic State fighters "
        "killed, SOHR says"
    )
    shown = text(chart)
    broadly = "government forces at least 86; Islamic State fighters 292 or more; at least 440"
    assert broadly in shown and shown.count("taken in their widest sense") == 1
    assert "strictly" not in shown and "loose" not in shown
    assert not signs(chart, "loosest")


def test_a_number_that_no_page_states_is_not_said_by_its_source():
    dataset = counted([toll(5, 10, None), toll(7, 10, tally="b", days=(3, 3))])
    dataset = with_cells(dataset, "parties", status={"people": "unknown"})
    chart = analysis.plot_by_party(dataset)
    assert chart.title == "At least 12 people killed, by UN’s count"
    assert text(chart).count("calculated") == 1
    stated = analysis.plot_by_party(dataset, tallies=["b"])
    assert stated.title.endswith("7 people killed, UN says") and "calculated" not in text(stated)


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_titles_take_two_lines(fortnight, language, width):
    chart = analysis.plot_by_party(fortnight, language=language, width=width)
    assert_readable(chart)
    bold = [each for each in written(chart) if each.get_fontweight() == "bold"]
    title = [each for each in bold if each.get_color() == INK]
    assert 1 <= len(title) <= 2


def test_parts_stand_inside_at_any_depth_each_with_its_own_days(fortnight):
    found = by_party.numbers(fortnight)
    inside = found.numbers.set_index("tally_id")[["depth", "subset_of"]]
    assert inside.loc["children_bombardment"].tolist() == [2, "civilians_bombardment"]
    assert inside.loc["civilians_bombardment"].tolist() == [1, "sohr_civilians"]
    shown = said(analysis.plot_by_party(fortnight))
    at = shown.index("61")
    assert shown[at + 1] == "19 to 24 July"
    assert shown[shown.index("Islamic State fighters") + 1] == "19 July to 1 August"
    assert shown[shown.index("Bombardment") + 1 : shown.index("Children")] == ["at least 62"]


def test_a_part_is_indented_and_named_by_what_sets_it_apart(fortnight):
    chart = analysis.plot_by_party(fortnight)
    at = {each.get_text(): each.get_position()[0] for each in chart.axes[0].texts}
    assert at["Civilians"] < at["Bombardment"] < at["Children"]
    assert "Children (bombardment)" not in at


def test_what_remains_of_a_complete_division_is_calculated():
    chart = analysis.plot_by_party(sexes(CHILDREN, WOMEN))
    row = chart.numbers.set_index("tally_id").loc["men"]
    assert (row["low"], row["high"], row["calculated"]) == (20, 20, True)
    shown = said(chart)
    assert shown[shown.index("Men") + 1 : shown.index("Men") + 3] == ["20", "calculated"]
    assert "men" not in analysis.plot_by_party(sexes(CHILDREN)).numbers["tally_id"].tolist()


def test_an_upper_end_that_is_the_wholes_is_neither_printed_nor_drawn():
    """ "5 to 134 children": nobody gave that limit."""
    told = [toll(134, 10, days=(1, 6)), toll(5, 10, None, tally="children", days=(1, 6))]
    dataset = counted(told, {"children": "all"}, victim_group={"children": "children"})
    for chart in (
        analysis.plot_by_party(dataset),
        analysis.plot_by_party(dataset, tallies=["children"]),
        analysis.plot_by_party(dataset, by="victim_group"),
    ):
        assert "at least 5" in text(chart) and "5 to 134" not in text(chart) + chart.alt
        assert not signs(chart, "possible") and len(signs(chart, "open")) > 0
    closed = [told[0], toll(5, 10, 9, tally="children", days=(1, 6))]
    dataset = counted(closed, {"children": "all"}, victim_group={"children": "children"})
    chart = analysis.plot_by_party(dataset)
    assert "5 to 9" in text(chart) and len(signs(chart, "possible")) == 1


def test_what_is_open_fades_without_an_edge():
    chart = analysis.plot_by_party(counted([toll(43, 10, None)]))
    veils = [each for each in chart.axes[0].patches if each.get_label() == "_open"]
    assert len(veils) > 12 and max(each.get_alpha() for each in veils) < 0.05


@pytest.mark.parametrize(
    ("cells", "name", "title"),
    [
        ({"victim_group": "children"}, "Children", "At least 464 children killed, UN says"),
        ({"cause": "bombardment"}, "People (bombardment)", "in bombardment killed, UN says"),
        ({"attributed_to": "people"}, "People (attributed to People)", "People killed: People ("),
        ({"area": "Hajin"}, "People (Hajin)", "At least 464 civilians killed, UN says"),
    ],
)
def test_a_part_alone_is_named_as_a_part_everywhere(cells, name, title, capsys, tmp_path):
    """ "Civilians at least 464" were children."""
    dataset = counted([toll(464, 10, None, tally="part"), toll(1, 10, tally="other")])
    dataset = with_cells(dataset, "parties", label_en={"people": "People"})
    dataset = with_cells(
        dataset, "tallies", harm={"other": "injured"}, **{k: {"part": v} for k, v in cells.items()}
    )
    chart = analysis.plot_by_party(dataset)
    assert name in said(chart) and title in chart.title and f"{name}: at least 464" in chart.alt


def nationals(status="civilian", **sources):
    """A hundred people, 43 of them of a party that is part of another and has its own tally."""
    dataset = counted(
        [toll(100, 10, days=(1, 6)), toll(43, 10, tally="own", days=(1, 6))],
        source_original=sources,
    )
    whole = {"party_id": "people", "label_en": "Residents", "status": status}
    part = {"party_id": "syrians", "label_en": "Syrians", "status": status, "part_of": "people"}
    dataset = replace(dataset, parties=make_table("parties", [whole, part]))
    return with_cells(dataset, "tallies", party_id={"own": "syrians"})


@pytest.mark.parametrize("status", ["civilian", "armed forces"])
@pytest.mark.parametrize("sources", [{}, {"own": "SOHR"}])
def test_a_party_that_is_part_of_another_is_named_as_what_it_is(status, sources):
    """ "43 people killed" were the Syrians of a hundred."""
    dataset, source = nationals(status, **sources), sources.get("own", "UN")
    for asked in ({"parties": ["syrians"]}, {"tallies": ["own"]}):
        chart = analysis.plot_by_party(dataset, **asked)
        assert chart.title == f"People killed: Syrians 43, {source} says"
        assert "Syrians: 43." in chart.alt and chart.manifest["persons"] == "43"
        assert chart.redraw(width="column").title == chart.title
    both = analysis.plot_by_party(dataset, parties=["people", "syrians"])
    assert both.title.startswith("100 ") and "43" in both.alt
    assert "Syrians" not in analysis.plot_by_party(dataset).title


def test_a_party_of_several_is_not_said_to_be_the_people():
    told = [toll(9, 10, tally="a", days=(1, 2)), toll(20, 10, tally="b", days=(1, 2))]
    parties = [{"party_id": "a", "label_en": "Army"}, {"party_id": "b", "label_en": "Rebels"}]
    dataset = replace(counted(told), parties=make_table("parties", parties))
    dataset = with_cells(dataset, "tallies", party_id={"a": "a", "b": "b"})
    title = analysis.plot_by_party(dataset, parties=["b"]).title
    assert title == "People killed: Rebels 20, UN says"
    told.append(toll(12, 10, tally="c", days=(1, 2)))
    blamed = counted(told, {"c": "b"}, attributed_to={"c": "a"})
    blamed = replace(blamed, parties=dataset.parties)
    blamed = with_cells(blamed, "tallies", party_id={"a": "a", "b": "b", "c": "b"})
    title = analysis.plot_by_party(blamed, parties=["b"], by="attributed_to").title
    assert title == "People killed: Rebels 20, 12 of them attributed to Army, UN says"


def test_a_part_of_which_nobody_is_certain_is_named_too():
    told = [toll(20, 10, days=(1, 2)), toll(0, 10, 5, tally="b", days=(1, 2))]
    dataset = counted(told, {"b": "all"}, victim_group={"b": "children"})
    title = analysis.plot_by_party(dataset, tallies=["b"]).title
    assert title == "People killed: Children at most 5, UN says"


def test_a_count_is_said_as_its_page_does():
    """ "More than 60" is not "at least 61"."""
    told = [toll(61, 10, None), toll(31, 10, None, tally="b")]
    dataset = counted(told, source_original={"b": "SOHR"})
    texts = {"e1": "more than 60", "e2": "plus de 30"}
    dataset = with_cells(dataset, "events", count=texts)
    chart = analysis.plot_by_party(dataset)
    assert "more than 60" in said(chart) and "more than 30 (SOHR)" in text(chart)
    assert "more than 60" in chart.alt and "at least 61" not in chart.alt
    ledger = analysis.plot_ledger(dataset)
    assert {"more than 60", "more than 30"} <= {*said(ledger)} and "more than 60" in ledger.alt


def test_that_numbers_are_calculated_is_said_once_where_it_holds_for_most():
    told = [toll(5 + each, 10, tally=f"t{each}", days=(1, 2)) for each in range(4)]
    told += [toll(3, 10, tally=f"t{each}", days=(4, 4)) for each in range(4)]
    dataset = counted(told)
    parties = make_table("parties", [{"party_id": f"p{each}"} for each in range(4)])
    owners = {f"t{each}": f"p{each}" for each in range(4)}
    dataset = with_cells(replace(dataset, parties=parties), "tallies", party_id=owners)
    shown = text(analysis.plot_by_party(dataset))
    assert shown.count("calculated") == 1
    assert "All numbers are calculated; no page states them." in shown
    one = with_cells(dataset, "events", same_as={"e5": "e1"}, low={"e5": 5}, high={"e5": 5})
    shown = text(analysis.plot_by_party(one))
    assert "All numbers but 5 are calculated; no page states them." in shown


def test_a_whole_that_only_its_part_is_told_of_gives_way_to_it():
    told = [toll(464, 10, None, tally="children")]
    dataset = counted(told, {"children": "all"}, victim_group={"children": "children"})
    assert analysis.plot_by_party(dataset).numbers["tally_id"].tolist() == ["children"]


def test_a_part_that_another_source_counted_is_not_drawn_under_it():
    """144 stood under "Telegram"."""
    told = [toll(149, 10), toll(144, 10, tally="part")]
    sources = {"all": "Telegram", "part": "Ministry"}
    dataset = counted(told, {"part": "all"}, source_original=sources)
    numbers = analysis.plot_by_party(dataset, tallies=["all"]).numbers
    assert numbers["tally_id"].tolist() == ["all"]
    both = said(analysis.plot_by_party(dataset, tallies=["part"]))
    assert "144" in both and "149" not in both


def test_parts_of_a_division_are_never_people_in_common():
    chart = analysis.plot_by_party(sexes(CHILDREN, WOMEN), tallies=["children", "women"])
    assert chart.title == "11 children and 10 women killed, UN says"
    assert chart.manifest["persons"] == "21"
    overlapping = [toll(12, 10), toll(8, 10, tally="b"), toll(5, 10, tally="c")]
    dataset = counted(overlapping, {"c": "all;b"})
    found = analysis.plot_by_party(dataset, tallies=["all", "b"])
    assert found.manifest["persons"] == "12 to 20"
    assert "in common" not in found.title


def test_by_who_is_held_responsible():
    chart = analysis.plot_by_party(blamed(), by="attributed_to")
    assert chart.title == "100 people killed, 60 of them attributed to government forces, UN says"
    assert chart.numbers["low"].tolist() == [100, 60, 12]
    assert chart.numbers["depth"].tolist() == [0, 1, 1], "parts stand inside their whole"
    thin = [np.ptp(bar[:, 1]) < 0.1 for bar in signs(chart, "certain")]
    assert thin == [False, True, True]
    bars = [each for each in chart.axes[0].patches if each.get_label() == "_certain"]
    assert len({each.get_facecolor() for each in bars}) == 3
    with pytest.raises(ValueError, match="names its cause"):
        analysis.plot_by_party(blamed(), by="cause")
    with pytest.raises(ValueError, match="by is one of attributed_to, area"):
        analysis.plot_by_party(blamed(), by="month")


def test_by_area_nests_areas(fortnight):
    chart = analysis.plot_by_party(fortnight, by="area")
    numbers = chart.numbers
    assert "civilians (bombardment) at least 32 (OCHA, " in text(chart)
    assert numbers.groupby("depth")["tally_id"].count().to_dict() == {0: 3, 1: 2}
    sums = analysis.totals(fortnight, by="area").query("source_original == 'SOHR'")
    assert {*zip(numbers["area"], numbers["low"], strict=True)} <= {
        *zip(sums["area"], sums["low"], strict=True)
    }


def test_one_source_is_drawn_of_each_party_and_the_others_are_named(fortnight):
    chart = analysis.plot_by_party(fortnight)
    assert {*chart.numbers["source_original"]} == {"SOHR"}
    assert "never added: civilians at least 20 (Daraa Martyrs" in text(chart)
    assert "at least 48 people executed" in text(chart)  # no bar: another harm
    only = analysis.plot_by_party(fortnight, parties=["islamic_state"])
    assert only.numbers["party_id"].unique().tolist() == ["islamic_state"]
    with pytest.raises(ValueError, match="no tally of party 'x'; there are: civilians"):
        analysis.plot_by_party(fortnight, parties=["x"])


def test_who_is_only_counted_on_a_day_is_drawn_by_another_figure():
    told = [toll(40, 10), toll(9, 10, tally="lost", days=(None, 5))]
    dataset = with_cells(counted(told), "tallies", harm={"lost": "missing"})
    dataset = with_cells(dataset, "events", count_kind={"e2": "stock"})
    for plot in (analysis.plot_by_party, analysis.plot_by_period, analysis.plot_over_time):
        with pytest.raises(NothingToDrawError, match=r"missing .*\(stock\).*see plot_reported"):
            plot(dataset, harm="missing")


def test_no_bracket_stands_inside_another():
    told = [toll(40, 10), toll(9, 10, tally="hurt"), toll(3, 10, tally="part")]
    cells = {"harm": {"hurt": "injured"}, "cause": {"hurt": "clashes", "part": "shelling"}}
    dataset = with_cells(counted(told), "tallies", **cells)
    for language in analysis.LANGUAGES:
        for chart in (
            analysis.plot_by_party(dataset, language=language),
            analysis.plot_by_party(dataset, tallies=["part"], language=language),
        ):
            assert not re.search(r"\([^)]*\(", text(chart) + chart.alt), language


def test_years_stand_where_they_differ():
    told = [toll(41, 500, days=(1, 400)), toll(11, 500, tally="part", days=(1, 30))]
    dataset = counted(told, {"part": "all"}, victim_group={"part": "children"})
    assert re.search(r"2018 to 1 August 2019", analysis.plot_by_party(dataset).alt)
    assert "28 June to 27 July 2018" in text(analysis.plot_by_party(dataset))


def test_many_parties_are_cut_to_what_can_be_read():
    told = [toll(5 + each, 10, tally=f"t{each:02}") for each in range(40)]
    dataset = counted(told)
    parties = [{"party_id": f"p{each:02}"} for each in range(40)]
    dataset = replace(dataset, parties=make_table("parties", parties))
    owners = {f"t{each:02}": f"p{each:02}" for each in range(40)}
    dataset = with_cells(dataset, "tallies", party_id=owners)
    chart = analysis.plot_by_party(dataset)
    assert len(chart.numbers) == 12 and "28 more are not shown." in text(chart)
    assert chart.title.startswith("980 people killed")


@pytest.mark.slow
def test_the_card_has_its_own_layout_large_letters_and_the_same_bytes(fortnight, tmp_path):
    for language in analysis.LANGUAGES:
        chart = analysis.plot_by_party(fortnight, language=language)
        first, again = share(chart)["share.png"], share(chart)["share.png"]
        assert first == again
        path = tmp_path / "share.png"
        path.write_bytes(first)
        assert Image.open(path).size == (1200, 630)
        card = chart.redraw(language=language, width=CARD)
        least = min(each.get_fontsize() for each in card.axes[0].texts)
        assert least / 72 * 1200 / card.get_figwidth() >= 28 - 1e-6
        assert_readable(card, language)
        boxes = np.concatenate([*signs(card, "naive"), *signs(card, "certain")])
        assert np.ptp(boxes[:, 0]) > 0.4 * card.get_figwidth()
        assert len(signs(card, "certain")) == 3


def test_a_card_that_has_no_room_says_how_many_are_left_out():
    told = [toll(5 + each, 10, tally=f"t{each}") for each in range(9)]
    dataset = counted(told)
    parties = [{"party_id": f"p{each}"} for each in range(9)]
    dataset = replace(dataset, parties=make_table("parties", parties))
    dataset = with_cells(dataset, "tallies", party_id={f"t{e}": f"p{e}" for e in range(9)})
    card = analysis.plot_by_party(dataset).redraw(width=CARD)
    assert len(signs(card, "certain")) == 4 and "5 more are not shown." in said(card)


def test_a_figure_without_bars_for_a_card_has_words_alone(fortnight):
    card = analysis.plot_statements(fortnight).redraw(width=CARD)
    assert card.title in " ".join(said(card)) and not pd.isna(card.source)


def test_by_value_the_whole_stands_around_its_parts_and_what_remains():
    chart = analysis.plot_by_party(sexes(CHILDREN, WOMEN), by="victim_group")
    rows = chart.numbers.set_index("tally_id")
    assert rows["depth"].to_dict() == {"all": 0, "children": 1, "women": 1, "men": 1}
    assert (rows.loc["men", "low"], bool(rows.loc["men", "calculated"])) == (20, True)
    assert not signs(chart, "naive"), "what adding up gives is of everybody, not of a value"
    shown = said(chart)
    assert shown[shown.index("Men") + 1 : shown.index("Men") + 3] == ["20", "calculated"]


def test_a_value_listed_after_its_part_holds_it_though_both_count_as_many():
    told = [toll(9, 5), toll(4, 5, tally="east"), toll(4, 5, tally="city")]
    dataset = counted(told, {"city": "all", "east": "all"})
    parts = pd.DataFrame([{"area_id": "city", "part_of": "east"}, {"area_id": "east"}])
    dataset = with_cells(dataset, "tallies", area={"city": "city", "east": "east"})
    dataset = replace(dataset, areas=parts.reindex(columns=dataset.areas.columns))
    order = dataset.tallies.set_index("tally_id").loc[["city", "east", "all"]].reset_index()
    chart = analysis.plot_by_party(replace(dataset, tallies=order), by="area")
    depth = chart.numbers.set_index("tally_id")["depth"].to_dict()
    assert depth == {"all": 0, "east": 1, "city": 2}


def test_a_party_has_one_colour_whichever_figure_is_by_it():
    told = [toll(100, 36, days=(4, 34)), toll(130, 67, days=(35, 65))]
    for name, low in (("gov", 20), ("opp", 50)):
        told += [toll(low, 36, tally=name, days=(4, 34)), toll(low, 67, tally=name, days=(35, 65))]
    dataset = counted(told, {"gov": "all", "opp": "all"})
    dataset = with_cells(dataset, "tallies", attributed_to={"gov": "forces", "opp": "factions"})
    parties = [{"party_id": name} for name in ("people", "forces", "factions")]
    dataset = replace(dataset, parties=make_table("parties", parties))
    colour = {}
    for plot, sign in ((analysis.plot_by_party, "certain"), (analysis.plot_by_period, "column")):
        chart = plot(dataset, by="attributed_to")
        order = chart.numbers["tally_id"].unique()
        bars = [each for each in chart.axes[0].patches if each.get_label() == f"_{sign}"]
        seen = dict.fromkeys(each.get_facecolor() for each in bars)
        colour[sign] = dict(zip(order, seen, strict=True))
    assert colour["certain"] == colour["column"] and len({*colour["column"].values()}) == 3


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_no_name_and_no_days_run_into_a_bar(language, width, fortnight):
    for dataset in (fortnight, analysis.load(FORTNIGHT.parent / "ucdp")):
        chart = analysis.plot_by_party(dataset, language=language, width=width)
        drawn = [each for each in chart.axes[0].patches if each.get_label() == "_certain"]
        bars = [bar.get_window_extent().padded(-2) for bar in drawn]
        with mpl.rc_context(theme.style()):
            for text in written(chart):
                box = text.get_window_extent()
                assert not any(box.overlaps(bar) for bar in bars), text.get_text()


def test_names_have_more_room_where_they_would_take_three_lines():
    names = {"forces": "Syrian Democratic Defence Forces"}
    chart = analysis.plot_by_party(analysis.relabel(blamed(), names), width="column")
    assert {"Attributed to Syrian", "Democratic Defence Forces"} <= {*said(chart)}


def test_a_part_of_a_party_stands_beside_it_under_no_other_source():
    told = [toll(218, 10, None), toll(43, 10, tally="b"), toll(191, 9, tally="c")]
    dataset = counted(told, source_original={"b": "Embassy", "c": "Ministry"})
    parties = pd.concat([dataset.parties, dataset.parties], ignore_index=True)
    parties = parties.assign(party_id=["people", "syrians"], part_of=[None, "people"])
    parties = parties.astype(dataset.parties.dtypes.to_dict())
    dataset = with_cells(replace(dataset, parties=parties), "tallies", party_id={"b": "syrians"})
    chart = analysis.plot_by_party(dataset)
    assert chart.numbers["low"].tolist() == [218]
    note = next(text for text in chart.alt.split(". ") if text.startswith("Other counts"))
    assert "43 (Embassy" in note, "the part is named"
    alone = analysis.plot_by_party(dataset, parties=["syrians"])
    assert alone.numbers["low"].tolist() == [43]


def test_short_days_beside_long_ones_are_said_in_the_title():
    told = [toll(417, 80, days=(1, 70)), toll(41, 80, tally="b", days=(69, 70))]
    dataset = counted(told)
    parties = pd.concat([dataset.parties, dataset.parties], ignore_index=True)
    parties = parties.assign(party_id=["people", "soldiers"])
    dataset = with_cells(replace(dataset, parties=parties), "tallies", party_id={"b": "soldiers"})
    assert "41 (4 to 5 September)" in analysis.plot_by_party(dataset).title.replace("\xa0", " ")


def test_a_label_of_its_own_names_a_part():
    dataset = sexes(CHILDREN, WOMEN, label_en={"children": "Of two children’s homes"})
    assert "Of two children’s homes" in text(analysis.plot_by_party(dataset))


def test_the_pale_bar_of_a_card_says_that_it_is_a_sum(fortnight):
    card = analysis.plot_by_party(fortnight, width=CARD)
    assert "if added up" in " ".join(said(card)) and "SOHR" in card.title
