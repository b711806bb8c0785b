"""Figures and page of datasets that are nothing like the example."""

import re
from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.transforms import Bbox

import analysis
from analysis.page.page import page_html
from test_bounds_oracle import make_dataset
from test_charts import PLOTS, written

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
    dataset = make_dataset(rows)
    reports = dataset.reports.assign(source_date=pd.Timestamp("2023-01-01"))
    return replace(dataset, reports=reports)


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
}


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_every_figure_can_be_drawn_and_read(name, plot):
    for language in ("en", "ar"):
        for width in ("page", "column"):
            chart = plot(DATASETS[name], language, width)
            edge = chart.bbox.padded(1)
            shown = written(chart)
            for text in shown:
                box = text.get_window_extent()
                inside = box.x0 >= edge.x0 and box.x1 <= edge.x1 and box.y0 >= edge.y0
                assert inside and box.y1 <= edge.y1, (language, width, text.get_text())
            said = " ".join(text.get_text() for text in shown) + chart.caption + chart.alt
            assert "nan" not in said.lower().split() and "NaT" not in said and "<NA>" not in said
            if name != "three years":
                for one, other in combinations(shown, 2):
                    shared = Bbox.intersection(one.get_window_extent(), other.get_window_extent())
                    near = shared is None or min(shared.width, shared.height) < 4
                    assert near, (language, width, one.get_text(), other.get_text())


@pytest.mark.parametrize("name", DATASETS)
def test_every_part_of_the_page_can_be_made(name):
    for language in ("en", "ar"):
        page = page_html(DATASETS[name], language, plots={}, others=DATASETS[name])
        assert page.count("<h1>") == 1 and page.count("<h2>") == 6  # nothing is disputed
        assert page.count("<table>") == 4 and not re.search("nan|NaT|<NA>", page)


def test_figures_agree_on_the_total():
    dataset = DATASETS["part after the total"]
    titles = [analysis.plot_over_time(dataset).title, analysis.plot_by_party(dataset).title]
    assert all(title.startswith("At least 52 killed") for title in titles)


def test_sources_stand_behind_the_names():
    said = " ".join(text.get_text() for text in written(analysis.plot_by_party(several_sources())))
    assert "(SOHR)" in said and "(OCHA)" in said
    assert analysis.plot_by_party(several_sources()).title == "Persons killed, by source and party"


def test_total_of_one_party_can_be_read():
    chart = analysis.plot_ledger(DATASETS["one day"])
    colours = [text.get_color() for text in written(chart) if text.get_text() == "3"]
    assert len(colours) == 3 and "white" not in colours


def test_key_names_the_loosest_reading_only_where_it_differs():
    def said(name):
        return [text.get_text() for text in written(analysis.plot_over_time(DATASETS[name]))]

    assert "loosest reading" not in said("one day")
    assert "loosest reading" in said("a tally in the wide reading only")


def test_money_signs_are_letters():
    dataset = make_dataset([("a", "toll", 1, 1, 3, 3)])
    dataset = replace(dataset, tallies=dataset.tallies.assign(label_en="Army $5 and $\\frac"))
    chart = analysis.plot_by_party(dataset)
    assert any(text.get_text().startswith("Army $5 and $\\frac") for text in written(chart))


def test_nothing_counted_is_said():
    for plot in PLOTS:
        with pytest.raises(ValueError, match="no statement of the dataset has a count"):
            plot(make_dataset([]))


def test_harm_that_nobody_counts_is_named():
    with pytest.raises(ValueError, match="'injured' in the dataset; it counts: killed"):
        analysis.plot_by_party(DATASETS["one day"], harm="injured")
