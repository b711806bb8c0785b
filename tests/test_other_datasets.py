"""Figures and page of datasets that are nothing like the example."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.data.problems import NothingToDrawError
from analysis.figures.choices import Figures
from analysis.page.page import draw_all, page_html
from compact import make_dataset
from conftest import EVERY, assert_readable, said, signs
from test_charts import PLOTS

LONG = "People of several villages along the road, counted where they were found"


def several_sources():
    dataset = make_dataset([("a", "toll", 1, 2, 9_000), ("b", "toll", 1, 2, 5_000, 6_000)])
    tallies = dataset.tallies.assign(source_original=["SOHR", "OCHA"])
    return replace(dataset, tallies=tallies)


def long_labels():
    dataset = make_dataset(
        [("a", "toll", 1, 3, 7, 7), ("b", "toll", 1, 3, 7, 7), ("c", "incident", 2, 2, 400_000)],
        {"b": "a"},
    )
    return replace(dataset, tallies=dataset.tallies.assign(label_en=LONG))


def three_years():
    rows = [("a", "toll", 1 + 30 * month, 30 + 30 * month, month, None) for month in range(36)]
    return published_late(make_dataset(rows))


def published_late(dataset):
    return replace(dataset, reports=dataset.reports.assign(source_date=pd.Timestamp("2023-01-01")))


def running_totals():
    """A ministry's totals of a thousand days, with children and women inside them."""
    rows = [("a", "toll", 1, day, 50 * day) for day in range(1, 1033)]
    rows += [("b", "toll", 1, day, 15 * day) for day in range(30, 1033, 8)]
    rows += [("c", "toll", 1, day, 9 * day) for day in range(30, 1033, 9)]
    dataset = published_late(make_dataset(rows, {"b": "a", "c": "a"}))
    return replace(
        dataset, tallies=dataset.tallies.assign(victim_group=[None, "children", "women"])
    )


def ten_sources():
    dataset = make_dataset(
        [(name, "incident", 3, 3, 3 + at) for at, name in enumerate("abcdefghij")]
    )
    names = [
        f"Office for the documentation of district {name}" for name in dataset.tallies["tally_id"]
    ]
    return replace(dataset, tallies=dataset.tallies.assign(source_original=names))


def other_harm():
    dataset = make_dataset([("a", "incident", 1, 1, 3)])
    return replace(dataset, tallies=dataset.tallies.assign(harm="abducted"))


DATASETS = {
    "one day": make_dataset([("a", "toll", 1, 1, 3, 3)]),
    "stated zero": make_dataset([("a", "toll", 1, 2, 0, 0)]),
    "nearly all of them a part": make_dataset(
        [("a", "toll", 1, 2, 10, 10), ("b", "toll", 1, 2, 9, 9)], {"b": "a"}
    ),
    "part of a part": make_dataset(
        [("a", "toll", 1, 2, 10), ("b", "toll", 1, 2, 6, 8), ("c", "toll", 1, 2, 2)],
        {"b": "a", "c": "b"},
    ),
    "part without its whole": make_dataset([("b", "toll", 1, 2, 9, 9)], {"b": "a"}),
    "part after the total": make_dataset(
        [("a", "toll", 1, 3, 41, 41), ("b", "toll", 5, 5, 11, 11)], {"b": "a"}
    ),
    "a tally in the wide reading only": make_dataset(
        [("a", "toll", 1, 2, 5, 5), ("b", "toll", 1, 2, 9, 9, None, "wide")]
    ),
    "told again": make_dataset(
        [("a", "incident", 1, 2, 5), ("a", "incident", 2, 2, 6, None, "e1")]
    ),
    "many tallies": make_dataset([(name, "toll", 1, 4, 7, 9) for name in "abcdefghijklm"]),
    "several sources": several_sources(),
    "long labels": long_labels(),
    "three years": three_years(),
    "other harm": other_harm(),
    "running totals": running_totals(),
    "ten sources on one day": ten_sources(),
    "three beside seventy thousand": make_dataset(
        [("a", "toll", 1, 9, 70_000, 71_000), ("b", "toll", 2, 5, 3), ("b", "incident", 3, 3, 1)]
    ),
    "a year": published_late(
        make_dataset([("a", "toll", 1, 365, 40, 60), ("a", "toll", 1, 99, 12)])
    ),
    "statement of parts of parts": make_dataset(
        [
            ("a", "toll", 1, 3, 246, 258),
            ("b", "toll", 1, 3, 111, 258),
            ("c", "toll", 1, 3, 40),
            ("d", "toll", 1, 3, 12, 12),
        ],
        {"b": "a", "c": "b", "d": "b"},
    ),
}


ODD = {
    "only the loosest reading": make_dataset([("a", "toll", 1, 3, 5, 5, None, "wide")]),
    "only the strict reading": make_dataset([("a", "toll", 1, 3, 5, 5, None, "primary")]),
    "all set aside": make_dataset([("a", "toll", 1, 3, 5, 5, None, "aside")]),
    "parts alone": make_dataset([("b", "toll", 1, 3, 5), ("c", "toll", 1, 3, 2)], {"b": "a"}),
}
ALL = [*PLOTS, analysis.plot_reported, analysis.plot_sources]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("plot", ALL, ids=lambda plot: plot.__name__)
def test_an_odd_dataset_is_drawn_or_said_why_not(name, plot):
    try:
        chart = plot(ODD[name], width="column")
    except ValueError as error:  # one of ours, with words
        assert len(str(error)) > 20
    else:
        assert_readable(chart, foreign=True)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_dataset_has_a_page(name):
    charts = draw_all(Figures(ODD[name], {}, Path()), "en")
    page = page_html(ODD[name], "en", charts)
    words = re.sub("base64,[A-Za-z0-9+/=]+", "", page)  # letters of the typeface
    assert page.count("<figure id=") == len(charts) and not re.search("nan|NaT|<NA>", words)


def test_overlapping_parts_are_not_added():
    dataset = DATASETS["running totals"]
    parts = analysis.plot_by_party(dataset, tallies=["b", "c"])
    assert parts.title == "At least 15,450 people killed, by an unnamed source’s count"
    whole = analysis.plot_by_party(dataset, tallies=["a", "b"])
    assert whole.title == "At least 51,600 civilians killed, an unnamed source says"


def test_a_figure_names_what_it_leaves_out():
    doubts = analysis.plot_by_party(DATASETS["many tallies"]).caption
    assert doubts.count("added, though they could be of the same people") == 1


@pytest.mark.parametrize(("language", "width"), EVERY)
@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_every_figure_can_be_drawn_and_read(name, plot, language, width):
    try:
        chart = plot(DATASETS[name], language=language, width=width)
    except NothingToDrawError as error:
        assert "; see plot_" in str(error)
    else:
        assert_readable(chart, foreign=True)


@pytest.mark.parametrize("name", DATASETS)
def test_every_part_of_the_page_can_be_made(name):
    for language in ("en", "ar"):
        page = page_html(DATASETS[name], language, {})
        several = len(DATASETS[name].reports) > 1
        assert page.count("<h1>") == 1 and page.count("<h2 id=") == (5 if several else 3)
        words = re.sub("base64,[A-Za-z0-9+/=]+", "", page)
        assert page.count("<table") >= 1 and not re.search("nan|NaT|<NA>", words)


def test_figures_agree_on_the_total():
    dataset = DATASETS["part after the total"]
    assert analysis.plot_over_time(dataset).title.startswith("At least 52 people killed")
    assert analysis.plot_by_party(dataset).title.startswith("At least 52 civilians killed")


def test_sources_stand_over_their_bars_and_are_never_added():
    dataset = several_sources()
    chart = analysis.plot_by_party(dataset, tallies=[*dataset.tallies["tally_id"]])
    assert {"SOHR", "OCHA"} <= {*said(chart)}
    assert chart.title == "People killed, by source; sources are never added"


def test_a_thousand_totals_have_one_arrow_for_each_open_run():
    chart = analysis.plot_over_time(DATASETS["running totals"], width="column")
    assert len(signs(chart, "arrow")) == 1
    assert any("children and at least" in text for text in said(chart))


def test_parts_of_parts_are_nested_each_by_its_name():
    chart = analysis.plot_by_party(DATASETS["statement of parts of parts"])
    bars = signs(chart, "certain")[:4]
    assert len({bar[:, 0].min() for bar in bars}) == 1
    ends = [bar[:, 0].max() for bar in bars]
    assert ends == sorted(ends, reverse=True)
    shown = " ".join(said(chart))
    assert "111 to 258" in shown and "at least 40" in shown and "12" in shown


def test_money_signs_are_letters():
    dataset = make_dataset([("a", "toll", 1, 1, 3, 3)])
    dataset = replace(dataset, tallies=dataset.tallies.assign(label_en="Army $5 and $\\frac"))
    chart = analysis.plot_by_party(dataset)
    assert any(text.startswith("Army $5 and $\\frac") for text in said(chart))


def test_nothing_counted_is_said():
    for plot in PLOTS:
        with pytest.raises(ValueError, match="no statement of the dataset has a count"):
            plot(make_dataset([]))


def test_harm_that_nobody_counts_is_named():
    with pytest.raises(ValueError, match="no count of people 'injured'; there are: killed"):
        analysis.plot_by_party(DATASETS["one day"], harm="injured")
