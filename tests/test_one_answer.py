"""Whoever is asked about the same people and days gives the same number.

Totals, the figures, the page and the summary, on random datasets and on the fortnight, as of each
day on which something was published.
"""

import re
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import escape

import analysis
from analysis.bounds.drawn import outermost_counted
from analysis.bounds.totals import GROUP, as_totals, summands_of
from analysis.commands.summary import summary_lines
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import published_by
from analysis.figures import by_party, over_time
from analysis.figures.choices import Figures
from analysis.page.page import draw_all, page_html
from compact import make_dataset, toll, with_cells
from conftest import slow
from random_datasets import random_tables, true_tables, write

FORTNIGHT = Path(__file__).resolve().parents[1] / "data" / "fortnight"
_LINE = re.compile(r"  \S.*?, (\w+)(?:, all together)?: (.*?), (?:up to )?\d.* 2018, published")


def days_of(dataset) -> list[str]:
    return sorted({str(day.date()) for day in dataset.reports["source_date"]})


def totals_of(dataset, reading="primary") -> pd.DataFrame:
    """The same as of ``analysis.totals``, families left out that contradict themselves."""
    found = as_totals(summands_of(dataset, reading, None))
    return found[found["harm"] == "killed"].fillna({"source_original": ""}).set_index(GROUP)


def assert_one_answer(dataset, days: slice = slice(None)) -> int:
    """All give one answer as of some days of publication; gives how many parties were compared."""
    asked = 0
    for day in [*days_of(dataset)[days], None]:
        cut = published_by(dataset, day)
        sums, wide = totals_of(cut), totals_of(cut, "wide")
        if sums.empty:
            continue
        found = by_party.numbers(cut, "killed")
        wholes = pd.concat([found.wholes, found.others]).fillna({"source_original": ""})
        columns = ["low", "wide_low", "naive_sum"]
        sums = sums.join(wide["low"].rename("wide_low")).reset_index()
        for source, own in sums.groupby("source_original"):
            shown = wholes[wholes["source_original"] == source]
            assert sorted(shown[columns].to_numpy().tolist()) == sorted(
                own[columns].to_numpy().tolist()
            )
            asked += len(own)
        assert_no_part_is_more(found.numbers)
        assert_the_same_over_time(cut, sums, wholes)
    return asked


def assert_no_part_is_more(rows: pd.DataFrame) -> None:
    low = rows.set_index("tally_id")["low"]
    for row in rows[rows["depth"] > 0].itertuples():
        assert row.low <= low[row.subset_of], (row.tally_id, row.subset_of)


def assert_the_same_over_time(cut, sums: pd.DataFrame, wholes: pd.DataFrame) -> None:
    try:
        drawn = over_time.numbers(cut, "killed")
    except NothingToDrawError:  # all is of one day
        return
    ends = drawn.ends["low"]
    for row in wholes.itertuples():
        if row.tally_id in ends.index:
            assert ends[row.tally_id] == row.low, row.tally_id
    whole = drawn.ends["subset_of"].dropna()
    for part, holder in whole[whole.isin(ends.index)].items():
        assert ends[part] <= ends[holder], (part, holder)
    shown = drawn.summed[["source_original", "party_id"]].fillna("")
    assert len(shown) and drawn.summed["low"].sum() == sums.merge(shown)["low"].sum()


def test_a_nesting_that_numbers_rule_out_is_one_nowhere():
    """15 killed by bombardment do not lie in 10 killed on one page: no figure has them inside."""
    told = [toll(10, 30, days=(1, 9)), toll(15, 30, tally="b", days=(1, 9))]
    dataset = with_cells(make_dataset(told), "tallies", cause={"b": "bombardment"})
    assert analysis.totals(dataset)["low"].tolist() == [15]
    assert outermost_counted(dataset, "killed") == ["all", "b"]
    for plot in (analysis.plot_ledger, analysis.plot_by_party, analysis.plot_over_time):
        chart = plot(dataset, tallies=["all"])
        assert chart.event_ids == ["e1"] and "10" in chart.title and "25" not in chart.title


def test_parts_of_a_division_share_nobody_though_one_of_them_lies_elsewhere():
    told = [toll(10, 30, days=(1, 9)), toll(15, 30, tally="b", days=(1, 9))]
    told += [toll(3, 30, tally="c", days=(1, 9)), toll(2, 30, tally="d", days=(1, 9))]
    dataset = make_dataset(told, division=dict.fromkeys("bcd", False))
    dataset = with_cells(dataset, "tallies", cause={"b": "bombardment", "c": "mines", "d": "guns"})
    chart = analysis.plot_over_time(dataset, tallies=["c", "d"])
    assert chart.title.startswith("5 people killed by 6 July")


@pytest.mark.parametrize("make", [random_tables, lambda seed: true_tables(seed)[0]])
@pytest.mark.parametrize(
    "seeds",
    [
        range(2),
        slow(range(2, 6)),
        pytest.param(range(6, 200), marks=pytest.mark.attack),
    ],
)
def test_one_answer_on_random_datasets(make, seeds, tmp_path):
    compared = 0
    for seed in seeds:
        try:
            dataset = analysis.load(write(make(seed), tmp_path / str(seed)))
        except analysis.DatasetError:
            continue
        try:
            compared += assert_one_answer(dataset)
        except NothingToDrawError:
            continue
        except AssertionError as error:
            raise AssertionError(f"seed {seed}") from error
    assert compared > len(seeds)


some_days_and_all = pytest.mark.parametrize("days", [slice(6, None, 16), slow(slice(None))])


@some_days_and_all
def test_one_answer_on_the_fortnight(days):
    assert assert_one_answer(analysis.load(FORTNIGHT), days) >= 8


@some_days_and_all
def test_summary_and_page_say_what_totals_say(days):
    dataset = analysis.load(FORTNIGHT)
    for day in days_of(dataset)[days]:
        lines = [*filter(None, map(_LINE.match, summary_lines(dataset, as_of=day)))]
        told = [(line[1], int(re.search(r"\d+", line[2])[0])) for line in lines]
        sums = analysis.totals(dataset, as_of=day)
        assert sorted(told) == sorted(zip(sums["harm"], sums["low"], strict=True)), day
        if day not in ("2018-07-20", "2018-07-28", "2018-08-01"):
            continue
        cut = published_by(dataset, day)
        figures = Figures(cut, {}, FORTNIGHT)
        title = figures.plot("by_party").title
        assert escape(title) in page_html(cut, "en", draw_all(figures, "en", ("by_party",)))


def test_a_whole_is_not_less_than_its_part():
    """On 24 July the total went to the 22nd, that of those killed in clashes to the 24th."""
    cut = published_by(analysis.load(FORTNIGHT), "2018-07-24")
    said = [analysis.plot_by_party(cut).alt, analysis.plot_over_time(cut).alt]
    for text in said:
        assert re.search(r"Government forces[^.]*: at least 43", text) and "least 21" not in text
