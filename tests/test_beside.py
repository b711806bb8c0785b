"""Bounds beside another source's incidents: verdicts, drawing and words."""

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.patches import Rectangle, StepPatch
from matplotlib.transforms import Bbox

import analysis
from analysis.bounds.comparison import compare_over_time, find_verdicts
from analysis.figures.beside import _LOOKS, count_verdicts
from analysis.language.languages import LANGUAGES
from test_bounds_oracle import make_dataset
from test_charts import ACRONYMS, written

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


WIDTHS = [(language, width) for language in LANGUAGES for width in ("page", "column")]


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
    for language, width in WIDTHS:
        chart = analysis.plot_beside(dataset, language, width, other=other, pairs=pairs)
        chart.set_dpi(220)  # the coarsest that is shown; print has 300
        shown, edge = written(chart), chart.bbox
        for text in shown:
            box = text.get_window_extent()
            inside = box.x0 >= edge.x0 and box.x1 <= edge.x1 and box.y0 >= edge.y0
            assert inside and box.y1 <= edge.y1, (language, width, text.get_text())
            assert text.get_fontsize() >= 6.5
        for one, two in combinations(shown, 2):
            shared = Bbox.intersection(one.get_window_extent(), two.get_window_extent())
            near = shared is None or min(shared.width, shared.height) < 8
            assert near, (language, width, one.get_text(), two.get_text())
        said = " ".join(" ".join(text.get_text().split()) for text in shown)
        assert chart.title in said and chart.source in said
        assert chart.title in chart.caption and chart.source in chart.caption
        said += chart.caption + chart.alt
        assert "nan" not in said.lower().split() and "<NA>" not in said
        if language == "ar":
            starts = [line[0:2] for text in shown for line in text.get_text().split("\n")]
            assert not [start for start in starts if start[0] == "(" and start[1:].isascii()]
        if case == "report" and language == "ar":
            assert not [letter for letter in ACRONYMS.sub("", said) if "A" <= letter <= "z"]


def test_titles_are_counted_from_what_is_drawn(report, ucdp):
    chart = analysis.plot_beside(report, other=ucdp, pairs=PAIRS)
    assert chart.title == (
        "Uppsala Conflict Data Program (UCDP): 2 of 13 daily comparisons outside the bounds, "
        "8 undecided, 3 inside"
    )
    assert "outside: 2, on 22 to 23 July" in chart.alt
    assert "what is left of a running total" in chart.caption
    arabic = analysis.plot_beside(report, "ar", other=ucdp, pairs=PAIRS)
    counts = count_verdicts(chart.numbers)
    assert [*counts.values()] == [3, 8, 2, 13]
    assert arabic.title.endswith("(UCDP): 13، منها خارج الحدود: 2، وضمنها: 3، وغير محسومة: 8")


def test_both_sources_are_named(report, ucdp):
    source = analysis.plot_beside(report, other=ucdp, pairs=PAIRS).source
    assert "(SOHR), cited in a news report of 24 July 2018" in source
    assert source.endswith("Uppsala Conflict Data Program (UCDP), events dated 17 to 31 July 2018.")


def test_lines_and_strip_are_the_numbers(report, ucdp):
    chart = analysis.plot_beside(report, other=ucdp, pairs=PAIRS)
    panel = chart.axes[1]
    lines = [patch for patch in panel.patches if isinstance(patch, StepPatch)]
    assert [[*line.get_data()[0]] for line in lines] == [
        [2, 2, 34, 34, 39, 43],
        [2, 2, 47, 52, 52, 56],
    ]
    boxes = [patch for patch in panel.patches if isinstance(patch, Rectangle)]
    assert [box.get_width() for box in boxes] == [2, 2, 2]
    outside = boxes[-1]
    first = (pd.Timestamp("2018-07-22") - pd.Timestamp("1970-01-01")).days
    assert outside.get_x() == first and outside.get_y() > 1
    shades = [sum(box.get_facecolor()[:3]) for box in boxes]
    assert shades[0] > shades[1] + 0.3 > shades[2] + 0.6  # told apart in grey
    assert [*_LOOKS] == ["inside", "open", "outside"]


def test_manifest_names_both_datasets(report, ucdp, tmp_path):
    analysis.export_figure(analysis.plot_beside, report, tmp_path, other=ucdp, pairs=PAIRS)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    entry = manifest["en/beside"]
    assert entry["dataset_sha256"] == report.sha256
    assert entry["other_sha256"] == ucdp.sha256 != report.sha256
    assert {"ged-259657-b", "ged-259618-civilians"} <= {*entry["other_event_ids"]}
    assert "ged-259592-civilians" not in entry["other_event_ids"]  # of another dyad
    columns = pd.read_csv(tmp_path / "ar" / "beside.csv").columns
    assert [*columns] == [
        "tally_id",
        "date",
        "cumulative_low_persons",
        "cumulative_high_persons",
        "other_low_persons",
        "other_high_persons",
        "verdict",
    ]
