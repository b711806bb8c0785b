"""Bounds beside another source's incidents: verdicts, drawing and words."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.bounds.comparison import compare_over_time, find_verdicts
from analysis.figures.beside import count_verdicts
from compact import make_dataset
from conftest import EVERY, assert_readable, persons, said, signs

DATA = Path(__file__).resolve().parents[1] / "data"
PAIRS = {
    "civilians_bombardment": "ucdp-civilians-killed-dyad-14620",
    "government_clashes": "ucdp-118-killed-dyad-14620",
    "islamic_state_clashes": ["ucdp-234-killed-dyad-14620"],
}


@pytest.fixture(scope="module")
def report():
    return analysis.load(DATA / "report")


@pytest.fixture(scope="module")
def ucdp():
    return analysis.load(DATA / "ucdp")


def numbers(own, other, pairs=None, parts=None) -> list[tuple]:
    """Least and greatest sum and verdict for each day, None where missing."""
    found = compare_over_time(
        make_dataset(own, parts), make_dataset(other), pairs or {"a": "x"}
    ).astype(object)
    found = found.where(found.notna(), None)
    return [*zip(found["other_low"], found["other_high"], found["verdict"], strict=True)]


def test_verdicts():
    rows = [
        (5, 9, 5, 9, "inside"),
        (5, 9, 6, 8, "inside"),
        (5, None, 5, None, "inside"),
        (5, None, 7, 9, "inside"),
        (5, 9, 4, 8, "open"),
        (5, 9, 6, None, "open"),
        (5, None, 4, None, "open"),
        (5, 9, 9, 12, "open"),
        (5, 9, 10, 12, "outside"),
        (5, 9, 10, None, "outside"),
        (5, None, 0, 4, "outside"),
        (0, 9, 0, 0, "inside"),
        (0, None, 0, 3, None),
    ]
    names = ["cumulative_low", "cumulative_high", "other_low", "other_high"]
    frame = pd.DataFrame([row[:4] for row in rows], columns=names).astype("Int64")
    found = find_verdicts(frame)
    assert [None if pd.isna(verdict) else verdict for verdict in found] == [row[4] for row in rows]


def test_an_incident_counts_surely_from_its_last_day_and_possibly_from_its_first():
    toll = ("a", "toll", 1, 4, 10, 10)
    assert numbers([toll], [("x", "incident", 2, 3, 4, 6)]) == [
        (0, 0, "inside"),
        (0, 6, "inside"),
        (4, 6, "inside"),
        (4, 6, "outside"),
    ]


def test_an_incident_that_may_be_before_the_first_day_is_only_possible():
    toll = ("a", "toll", 3, 5, 10, 10)
    others = [
        ("x", "incident", 1, 4, 7, 8),  # may be over before the first day
        ("x", "incident", 1, 2, 90, 90),  # is over before it
        ("x", "incident", 5, 9, 30, 30),  # may be later than the last day
    ]
    assert numbers([toll], others) == [(0, 8, "inside"), (0, 8, "inside"), (0, 38, "open")]


def test_missing_highs_on_either_side():
    own = [("a", "toll", 1, 2, 3, 3), ("a", "toll", 1, 4, 5)]
    others = [("x", "incident", 1, 1, 2, 2), ("x", "incident", 3, 3, 4)]
    assert numbers(own, others) == [
        (2, 2, "inside"),
        (2, 2, "outside"),
        (6, None, "inside"),
        (6, None, "inside"),
    ]


def test_nothing_is_compared_where_the_bounds_say_nothing():
    assert numbers([("a", "toll", 1, 2, 5)], [("x", "incident", 1, 1, 6, 6)]) == [
        (6, 6, None),
        (6, 6, "inside"),
    ]


def without_first_day(dataset):
    return replace(dataset, events=dataset.events.assign(date_start=pd.NaT))


def test_windows_without_a_first_day():
    own, other = (
        make_dataset([("a", "toll", 1, 3, 9, 9)]),
        make_dataset([("x", "incident", 1, 2, 7, 8)]),
    )
    found = compare_over_time(own, without_first_day(other), {"a": "x"})
    assert [*zip(found["other_low"], found["other_high"], strict=True)] == [(0, 8)] * 3
    with pytest.raises(ValueError, match="counts from a day that is not given"):
        compare_over_time(without_first_day(own), other, {"a": "x"})


def test_several_tallies_of_the_other_are_added_and_tellings_are_not():
    toll = ("a", "toll", 1, 1, 8, 8)
    others = [
        ("x", "incident", 1, 1, 3, 3),
        ("y", "incident", 1, 1, 5, 5),
        ("y", "incident", 1, 1, 4, 6, "e2"),
    ]
    # told at one time, 5 and 4 to 6 are not known to be either: the lower low, the higher high
    assert numbers([toll], others, {"a": ["x", "y"]}) == [(7, 9, "open")]
    others[2] = ("y", "incident", 1, 1, 5, 5, "e2")
    assert numbers([toll], others, {"a": ["x", "y"]}) == [(8, 8, "inside")]


def test_a_part_of_a_part_has_a_panel_of_its_own():
    own = [("a", "toll", 1, 2, 9, 9), ("b", "toll", 1, 2, 6, 8), ("c", "toll", 2, 2, 2, 2)]
    dataset = make_dataset(own, {"b": "a", "c": "b"})
    other = make_dataset([("x", "incident", 2, 2, 2, 2)])
    chart = analysis.plot_beside(dataset, other=other, pairs={"c": "x", "a": "x"})
    assert [*chart.numbers["tally_id"]] == ["c", "a", "a"]
    assert [*chart.numbers["verdict"]] == ["inside", "inside", "outside"]


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ({}, "names no tally"),
        ({"z": "x"}, "no tally 'z'; there are: a, b"),
        ({"a": "z"}, "no tally 'z'; there are: p, t, x"),
        ({"a": "t"}, "'t' of the other dataset has totals"),
        ({"a": ["x", "p"]}, "'p' is part of 'x'"),
        ({"a": ["x", "x"]}, "named twice"),
        ({"b": "x"}, "nothing is stated of tally 'b' in the primary reading"),
    ],
)
def test_what_cannot_be_compared_is_named(pairs, message):
    own = make_dataset([("a", "toll", 1, 2, 5, 5), ("b", "toll", 1, 2, 5, 5, None, "wide")])
    others = [("x", "incident", 1, 1, 1, 1), ("t", "toll", 1, 1, 1, 1)]
    other = make_dataset([*others, ("p", "incident", 1, 1, 1, 1)], {"p": "x"})
    with pytest.raises(ValueError, match=message):
        compare_over_time(own, other, pairs)


def test_counts_of_other_harm_are_not_compared():
    own = make_dataset([("a", "toll", 1, 2, 5, 5)])
    other = make_dataset([("x", "incident", 1, 1, 1, 1)])
    other = replace(other, tallies=other.tallies.assign(harm="injured"))
    with pytest.raises(ValueError, match="different things: killed, injured"):
        compare_over_time(own, other, {"a": "x"})


def test_a_tally_without_a_count_is_not_taken_for_zero():
    other = make_dataset([("p", "incident", 1, 1, 1, 1)], {"p": "x"})
    with pytest.raises(ValueError, match="no count in tally 'x'"):
        compare_over_time(make_dataset([("a", "toll", 1, 2, 5, 5)]), other, {"a": "x"})


def test_ucdp_beside_the_report(report, ucdp):
    found = compare_over_time(report, ucdp, PAIRS)
    counts = {name: count_verdicts(rows) for name, rows in found.groupby("tally_id")}
    order = ("inside", "open", "outside", "compared")
    assert {name: tuple(days[each] for each in order) for name, days in counts.items()} == {
        "civilians_bombardment": (2, 2, 2, 6),
        "government_clashes": (0, 1, 0, 1),
        "islamic_state_clashes": (1, 5, 0, 6),
    }
    civilians = found[found["tally_id"] == "civilians_bombardment"]
    assert [*civilians["other_low"]] == [2, 2, 34, 34, 39, 43]
    assert [*civilians["other_high"]] == [2, 2, 47, 52, 52, 56]
    said = (DATA / "README.md").read_text(encoding="utf-8")
    for name, days in counts.items():
        row = " | ".join(str(days[each]) for each in ("compared", "inside", "open", "outside"))
        assert any(name in line and row in line for line in said.splitlines()), name


def long_case():
    own = [("a", "toll", 1 + 30 * month, 30 + 30 * month, month, month + 3) for month in range(36)]
    later = pd.Timestamp("2023-01-01")
    dataset = make_dataset([*own, ("b", "toll", 900, 1000, 5)])
    dataset = replace(dataset, reports=dataset.reports.assign(source_date=later))
    other = make_dataset([("x", "incident", 950, 955, 5), ("y", "incident", 1, 900, 400, 20_000)])
    return dataset, other, {"a": ["x", "y"], "b": "x"}


def small_case():
    dataset = make_dataset([("a", "toll", 1, 1, 0)])
    return dataset, make_dataset([("x", "incident", 1, 1, 3)]), {"a": "x"}


@pytest.mark.parametrize("case", ["report", "long", "small"])
def test_the_figure_can_be_drawn_and_read(case, report, ucdp):
    cases = {"report": (report, ucdp, PAIRS), "long": long_case(), "small": small_case()}
    dataset, other, pairs = cases[case]
    for language, width in EVERY:
        chart = analysis.plot_beside(
            dataset, language=language, width=width, other=other, pairs=pairs
        )
        assert_readable(chart, (case, language, width), foreign=case != "report")


def test_titles_are_counted_from_what_is_drawn(report, ucdp):
    chart = analysis.plot_beside(report, other=ucdp, pairs=PAIRS)
    counts = count_verdicts(chart.numbers)
    assert [*counts.values()] == [3, 8, 2, 13]
    arabic = analysis.plot_beside(report, language="ar", other=ucdp, pairs=PAIRS)
    for title in (chart.title, arabic.title):
        assert [int(number) for number in re.findall(r"\d+", title)] == [2, 13, 8]
    assert chart.title == (
        "UCDP contradicts these counts in 2 of 13 comparisons by day and party; 8 stay open, "
        "read strictly"
    )
    assert "they do not fit on 22 to 23 July" in chart.alt
    assert "what is left of a running total" in chart.caption
    long = "UCDP counts 245 in one event of 20 to 31 July, which leaves days in it open."
    assert long in said(chart)


def test_both_sources_are_named(report, ucdp):
    source = analysis.plot_beside(report, other=ucdp, pairs=PAIRS).source
    assert "(SOHR), cited in a news report of 24 July 2018" in source
    assert source.endswith(
        "Beside it: Uppsala Conflict Data Program (UCDP), events dated 17 to 31 July 2018."
    )


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_bars_are_the_counts_of_the_last_day(report, ucdp, language, width):
    chart = analysis.plot_beside(report, language=language, width=width, other=ucdp, pairs=PAIRS)
    last = chart.numbers.groupby("tally_id", sort=False).tail(1)
    ends = last[["cumulative_low", "other_low"]].to_numpy(int).ravel().tolist()
    assert ends == [41, 43, 43, 21, 61, 2]
    bars = signs(chart, "certain")
    assert persons([*signs(chart, "possible"), *bars], 245) == [13, 85, 245, *ends]
    assert np.ptp([points[:, 0].min() for points in bars]) == pytest.approx(0)
    (arrow,) = signs(chart, "arrow")
    assert arrow[0, 0] == pytest.approx(bars[2][:, 0].max()), "at least 43"


@pytest.mark.parametrize(("language", "width"), EVERY)
def test_strip_says_of_each_day_whether_both_fit(report, ucdp, language, width):
    chart = analysis.plot_beside(report, language=language, width=width, other=ucdp, pairs=PAIRS)
    boxes = {name: signs(chart, f"verdict_{name}") for name in ("inside", "open", "outside")}
    xs = np.concatenate([points[:, 0] for shown in boxes.values() for points in shown])
    start, per_day = xs.min(), np.ptp(xs) / 7  # 18 to 24 July
    days = {
        name: [
            ((points[:, 0].min() - start) / per_day, np.ptp(points[:, 0]) / per_day)
            for points in shown
        ]
        for name, shown in boxes.items()
    }
    assert np.concatenate([*days.values()]).round(6).tolist() == [
        *([0, 2], [1, 1]),
        *([2, 2], [6, 1], [2, 5]),  # of government forces nothing is known before the last day
        [4, 2],
    ]
    shades = {
        patch.get_label(): sum(patch.get_facecolor()[:3])
        for patch in chart.axes[0].patches
        if patch.get_label().startswith("_verdict_")
    }
    dark, middle, light = sorted(shades.values())
    assert light > middle + 0.3 > dark + 0.6, "told apart in grey"
    assert shades["_verdict_open"] == light, "what is not known is blank"


def test_key_names_every_sign_there_is(report, ucdp):
    chart = analysis.plot_beside(report, other=ucdp, pairs=PAIRS)
    names = ("certain", "possible", "verdict_inside", "verdict_open", "verdict_outside", "open")
    assert signs(chart, "open")
    assert not [name for name in names if chart.say(f"key {name}") not in said(chart)]
    dataset, other, pairs = small_case()
    plain = said(analysis.plot_beside(dataset, other=other, pairs=pairs))
    assert not {chart.say(f"key {name}") for name in names[2:5]} & {*plain}


def test_manifest_names_both_datasets(report, ucdp, tmp_path):
    analysis.export_figure(analysis.plot_beside, report, tmp_path, other=ucdp, pairs=PAIRS)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    entry = manifest["en/beside"]
    assert entry["dataset_sha256"] == report.sha256
    assert entry["other_sha256"] == ucdp.sha256 != report.sha256
    assert {"ged-259657-b", "ged-259618-civilians"} <= {*entry["other_event_ids"]}
    assert "ged-259592-civilians" not in entry["other_event_ids"]  # of another dyad
    header = (tmp_path / "ar" / "beside.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == (
        "tally_id,date,cumulative_low_persons,cumulative_high_persons,"
        "other_low_persons,other_high_persons,verdict"
    )
