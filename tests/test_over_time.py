"""Staircases over time: no whole below its part, no reading rules, days of an axis all named."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import LANGUAGES
from analysis.charts import style as theme
from analysis.data.outcome import nesting
from compact import Statement, day, make_dataset, toll, with_cells
from conftest import EVERY, assert_readable, said, signs, written

REPORT = analysis.load("data/report")
FORTNIGHT = analysis.load("data/fortnight")


def last(chart, tally_id="all") -> tuple:
    """Bounds of a tally by its last day, in the reading that is drawn."""
    rows = chart.numbers[chart.numbers["tally_id"] == tally_id]
    return tuple(rows[rows["reading"] == "primary"].iloc[-1][["cumulative_low", "cumulative_high"]])


def test_a_whole_is_never_less_than_its_part():
    """The whole was last counted, 21 of its own days, before the part that goes on longer."""
    told = [toll(21, 10, high=None, days=(3, 5)), toll(43, 12, None, tally="part", days=(1, 8))]
    chart = analysis.plot_over_time(make_dataset(told, {"part": "all"}))
    assert last(chart)[0] == 43
    assert "at least 43" in said(chart) and "at least 21" not in " ".join(said(chart))
    whole = chart.numbers.query("tally_id == 'all' and reading == 'primary'")["date"]
    assert (whole.min(), whole.max()) == (day(1), day(8))


@pytest.mark.slow
def test_wholes_of_the_fortnight_hold_their_parts():
    for as_of in ("2018-07-24", "2018-07-30", None):
        rows = analysis.plot_over_time(FORTNIGHT, as_of=as_of).numbers
        low = rows[rows["reading"] == "primary"].groupby("tally_id")["cumulative_low"].max()
        whole = rows.set_index("tally_id")["subset_of"].dropna()
        pairs = [(part, of) for part, of in whole.items() if of in low and part in low]
        assert pairs and all(low[part] <= low[of] for part, of in pairs)


def test_the_loosest_reading_is_one_note_and_no_sign():
    chart = analysis.plot_over_time(REPORT)
    notes = [text for text in said(chart) if "61 or more" in text]
    assert len(notes) == 1 and "strictly" not in chart.title
    assert not any(line.is_dashed() for line in chart.axes[0].lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_of_one_day_is_left_to_the_toll_as_reported(language):
    dataset = make_dataset([toll(40, 2), toll(93, 3), toll(133, 5)])
    with pytest.raises(analysis.NothingToDrawError, match=r"of one day, 2018-06-28; see plot_repo"):
        analysis.plot_over_time(dataset, language=language)


def test_a_limit_that_is_only_the_wholes_size_is_not_drawn():
    told = [toll(134, 30, days=(1, 9)), toll(5, 30, high=None, tally="part", days=(1, 9))]
    dataset = make_dataset(told, {"part": "all"})
    chart = analysis.plot_over_time(dataset, tallies=["part"])
    assert last(chart, "part")[0] == 5
    assert chart.numbers.query("tally_id == 'part'")["cumulative_high"].isna().all()
    assert not signs(chart, "possible") and signs(chart, "open")
    assert "134" not in " ".join(said(chart))
    whole = analysis.plot_over_time(dataset)
    assert "at least 5" in " ".join(said(whole)) and "5 to 134" not in " ".join(said(whole))


def test_a_limit_of_its_own_is_drawn():
    told = [toll(134, 30, days=(1, 9)), toll(5, 30, high=8, tally="part", days=(1, 9))]
    chart = analysis.plot_over_time(make_dataset(told, {"part": "all"}), tallies=["part"])
    assert "5 to 8" in said(chart) and signs(chart, "possible")


def test_after_its_last_day_a_count_is_no_less():
    """A number to the 3rd is still certain on the 9th, where another row ends."""
    told = [toll(40, 30, days=(1, 3)), toll(9, 30, days=(1, 9), tally="other")]
    chart = analysis.plot_over_time(make_dataset(told))
    certain = [np.ptp(points[:, 0]) for points in signs(chart, "certain")]
    day = min(certain)
    assert np.isclose(max(certain), 7 * day), "from the 3rd to the 9th"
    assert "40 by 30 June" in said(chart) and signs(chart, "open")


def test_what_is_open_fades_without_an_edge():
    chart = analysis.plot_over_time(make_dataset([toll(43, 30, None, days=(1, 9))]))
    fades = signs(chart, "open")
    tall = [np.ptp(points[:, 1]) for points in fades]
    tints = theme.fading(theme.PALETTE[0])
    assert len(fades) >= len(tints) > 12
    steps = np.diff(sorted(tall)[: len(tints)])
    assert steps[0] > 0 and np.allclose(steps, steps[0], atol=1e-6)
    assert min(int(tints[-1][at : at + 2], 16) for at in (1, 3, 5)) > 245  # the edge is white


def test_ends_have_their_year_where_days_are_of_several():
    dataset = make_dataset([toll(136, 30, None, days=(1, 30)), toll(900, 400, None, days=(1, 399))])
    texts = said(analysis.plot_over_time(dataset))
    assert "28 June 2018" in texts and "31 July 2019" in texts


def test_one_row_a_party_and_the_other_sources_named():
    chart = analysis.plot_over_time(FORTNIGHT)
    names = ("sohr_civilians", "sohr_government_forces", "sohr_islamic_state")
    rows = chart.numbers.drop_duplicates("tally_id").set_index("tally_id")
    assert {*rows.index[rows["subset_of"].isna() | ~rows["subset_of"].isin(rows.index)]} == {*names}
    text = " ".join(said(chart))
    assert chart.title.startswith("At least 448 people killed by 1 August, by SOHR’s count")
    assert "Also counted by OCHA" in text and "Scales differ." in text


def test_no_day_is_said_to_be_known_for_none():
    months = [toll(310, 40, days=(1, 31)), toll(280, 70, days=(32, 60))]
    assert analysis.plot_over_time(make_dataset(months)).title == "590 people killed by 26 August"


def test_parts_of_a_division_have_nobody_in_common():
    told = [toll(9, 30, tally="a", days=(1, 9)), toll(5, 30, tally="b", days=(2, 9))]
    wholes = {"a": "all", "b": "all"}
    told.append(toll(14, 30, days=(1, 9)))
    divided = make_dataset(told, wholes, {"a": True, "b": True})
    assert not nesting(divided).may_share(["a", "b"])
    assert nesting(make_dataset(told, wholes)).may_share(["a", "b"])
    assert "in common" not in analysis.plot_over_time(divided, tallies=["a", "b"]).title


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_every_day_is_named_on_a_narrow_axis(language, width):
    chart = analysis.plot_over_time(FORTNIGHT, language=language, width=width)
    assert_readable(chart, (language, width))
    days = {text for text in said(chart) if text.isdecimal()}
    assert {str(each) for each in range(19, 32)} <= days


def test_a_party_that_is_counted_by_nobody_named_is_still_drawn():
    rows = [Statement("all", "toll", 1, 9, 43, None), Statement("b", "toll", 1, 4, 99, 99)]
    dataset = with_cells(make_dataset(rows), "tallies", source_original={"b": "SOHR"})
    chart = analysis.plot_over_time(dataset)
    assert "says" not in chart.title and "at least 43" in said(chart)


def test_parts_by_their_cause_are_said_as_words():
    said_of = {
        each: " ".join(said(analysis.plot_over_time(FORTNIGHT, language=each)))
        for each in LANGUAGES
    }
    assert "at least 43 in clashes among them" in said_of["en"]
    assert "43 على الأقل في الاشتباكات" in said_of["ar"]
    assert "dont au moins 43 au combat" in said_of["fr"].replace("\u00a0", " ")


def test_a_part_by_who_is_held_responsible_is_said_as_words():
    told = [toll(30, 30, days=(1, 9)), toll(8, 30, tally="part", days=(1, 9))]
    dataset = make_dataset(told, {"part": "all"})
    dataset = with_cells(dataset, "tallies", attributed_to={"part": "army"})
    army = pd.DataFrame({"party_id": ["army"], "label_en": ["Government forces"]})
    dataset = replace(dataset, parties=pd.concat([dataset.parties, army], ignore_index=True))
    assert "8 attributed to government forces among them" in said(analysis.plot_over_time(dataset))


def test_wholes_with_a_part_in_common_are_not_added():
    told = [toll(10, 30, tally=name, days=(1, 9)) for name in ("a", "b")]
    told.append(toll(8, 30, tally="shared", days=(1, 9)))
    dataset = make_dataset(told, {"shared": "a;b"})
    assert analysis.plot_over_time(dataset).title == "10 to 20 people killed by 6 July"


def forty():
    """Forty towns, the highest of them in the middle of the table."""
    lows = [(at * 7) % 40 + 1 for at in range(40)]
    told = [toll(low, 30, tally=f"t{at:02}", days=(1, 9)) for at, low in enumerate(lows)]
    towns = {f"t{at:02}": f"town {at}" for at in range(40)}
    dataset = with_cells(make_dataset(told), "tallies", area=towns)
    return with_cells(dataset, "tallies", source_original=dict.fromkeys(towns, "SOHR"))


@pytest.mark.parametrize(("chosen", "rows"), [(False, 5), (True, 12)])
def test_a_title_counts_the_rows_that_are_drawn(chosen, rows):
    dataset = forty()
    tallies = [*dataset.tallies["tally_id"]] if chosen else None
    chart = analysis.plot_over_time(dataset, tallies=tallies)
    highest = range(40, 40 - rows, -1)
    assert sorted(chart.numbers.groupby("tally_id")["cumulative_low"].max())[::-1] == [*highest]
    assert chart.title == (
        f"{sum(highest)} people killed in the {rows} highest of 40 counts by 6 July, "
        "by SOHR’s count"
    )
    assert f"{40 - rows} more are not shown." in said(chart)
    assert len(chart.event_ids) == rows and chart.manifest["persons"] == str(sum(highest))


def test_a_title_of_all_rows_is_the_sum_of_all():
    told = [toll(40, 30, tally="a", days=(1, 9)), toll(9, 30, tally="b", days=(1, 9))]
    chart = analysis.plot_over_time(make_dataset(told))
    assert chart.title == "49 people killed by 6 July" and "more" not in " ".join(said(chart))


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), EVERY)
def test_many_rows_can_be_read(language, width):
    assert_readable(analysis.plot_over_time(forty(), language=language, width=width), foreign=True)


def bold(chart) -> list[str]:
    """The title, what stands above rows, their names and counts."""
    return [text.get_text() for text in written(chart) if text.get_weight() == "bold"]


def test_a_party_is_named_once_above_its_rows():
    chart = analysis.plot_over_time(forty())
    _title, party, *rows = bold(chart)
    assert party == "people" and not any("people" in text for text in rows)
    assert {*rows} >= {"town 5", "town 11", "town 34"}
    assert "People (town 5): 36. Town 11: 38. Town 17: 40." in chart.alt


def test_a_whole_names_the_party_of_its_parts():
    told = [
        toll(low, 30, tally=name, days=(1, 9)) for name, low in zip("abc", (9, 4, 3), strict=True)
    ]
    dataset = with_cells(make_dataset(told), "tallies", area={"b": "north", "c": "south"})
    chart = analysis.plot_over_time(dataset, tallies=["a", "b", "c"])
    assert bold(chart)[1:] == ["9", "people", "4", "north", "3", "south"]
    alone = analysis.plot_over_time(dataset, tallies=["a", "b"], parties=["people"])
    assert "north" in bold(alone)
    two = with_cells(dataset, "tallies", source_original={"b": "SOHR", "c": "OCHA"})
    assert "people (south, OCHA)" in bold(analysis.plot_over_time(two, tallies=["b", "c"]))


def test_a_tally_that_only_the_loosest_reading_counts_is_left_out():
    rows = [Statement("all", "toll", 1, 3, 5, 5), Statement("b", "toll", 1, 3, 9, 9, None, "wide")]
    chart = analysis.plot_over_time(make_dataset(rows), tallies=["b", "all"])
    assert chart.title.startswith("5 people killed") and {*chart.numbers["tally_id"]} == {"all"}


def test_areas_are_named_where_they_are_and_not_in_a_key():
    chart = analysis.plot_over_time(REPORT)
    words = {text.get_text(): text.get_position() for text in written(chart)}
    for sign, name in {"certain": "at least this many", "possible": "highest possible"}.items():
        x, y = words[name]
        areas = [area for area in signs(chart, sign) if area[:, 0].min() < x < area[:, 0].max()]
        assert any(area[:, 1].min() < y < area[:, 1].max() for area in areas), name
    small = analysis.plot_over_time(REPORT, tallies=["government_clashes"], width="column")
    assert "at least this many" in said(small), "a key where there is no room"


def test_parts_read_as_words_and_have_no_limit_that_is_their_wholes():
    told = [toll(100, 70, days=(1, 60)), toll(4, 70, None, tally="b", days=(1, 60))]
    told += [toll(1, 40, tally="b", days=(1, 30)), toll(2, 69, tally="b", days=(31, 59))]
    dataset = with_cells(make_dataset(told, {"b": "all"}), "tallies", label_en={"b": "At a school"})
    alt = analysis.plot_over_time(dataset).alt
    assert "at least 4 (at a school)" in alt and "At a school" not in alt


def test_steps_of_running_totals_are_no_days_of_harm():
    running = [toll(30, 10, days=(1, 3)), toll(44, 11, days=(1, 4)), toll(50, 13, days=(1, 5))]
    months = [toll(30, 10, days=(1, 3)), toll(44, 11, days=(4, 5)), toll(9, 12, days=(6, 7))]
    months += [toll(83, 13, days=(1, 7))]
    text = [
        " ".join(said(analysis.plot_over_time(make_dataset(told)))) for told in (running, months)
    ]
    assert ["Steps stand on the last day" in each for each in text] == [True, False]
