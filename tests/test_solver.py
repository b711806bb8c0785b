"""Solving a family: sparse graphs, pure functions, once each, and what cannot be decided."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from analysis.bounds.families import find_families
from analysis.bounds.graph import Graph
from analysis.bounds.parts import UndecidedError
from analysis.bounds.solver import ImpossibleError, solve
from analysis.data.cut import stated_only
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import csgraph_from_dense, floyd_warshall

import analysis
from analysis.bounds import contradictions, graph, ledger, parts, solver
from analysis.bounds.totals import tally_totals
from test_bounds_oracle import found_bounds, found_by_day, likely, make_dataset

DATA = Path(__file__).resolve().parents[1] / "data"


def random_graph(seed: int, size: int, statements: int, since: float = 0.7) -> Graph:
    """Tolls that are true of one random course of events, a share of them from the first day on."""
    chance = np.random.default_rng(seed)
    sums = np.concatenate([[0], np.cumsum(chance.poisson(2, size - 1))])
    start, stop = np.sort(chance.integers(0, size, (2, statements)), axis=0)
    start[chance.random(statements) < since] = 0
    start, stop = start[start < stop], stop[start < stop]
    people = sums[stop] - sums[start]
    most = np.where(chance.random(len(start)) < 0.5, people + chance.integers(0, 4), np.inf)
    least = people - chance.integers(0, 2)
    known = Graph(np.arange(size)).joined(start, stop, most)
    return known.joined(stop, start, -least)


@pytest.mark.parametrize("since", [0.7, 1])  # all of them are running totals, solved by themselves
@pytest.mark.parametrize("statements", [30, 150, 900])
@pytest.mark.parametrize("seed", range(4))
def test_paths_of_long_graphs_are_the_shortest(seed, statements, since):
    known = random_graph(seed, 150, statements, since)
    direct = np.where(np.eye(150), 0, np.inf)
    start, stop, most = known.edges()
    np.minimum.at(direct, (start, stop), most)
    expected = floyd_warshall(csgraph_from_dense(direct, null_value=np.inf))
    assert np.array_equal(known.paths().by_day().lengths, expected)


def test_a_cycle_in_a_long_graph_is_found():
    known = random_graph(5, 150, 100)
    assert known.joined([90], [149], [3.0]).joined([149], [90], [-4.0]).paths() is None


def test_running_totals_above_a_later_one_are_a_cycle():
    known = random_graph(5, 150, 100, since=1)
    assert known.joined([0], [149], [3.0]).joined([90], [0], [-4.0]).paths() is None


@settings(max_examples=60)
@given(likely(subsets=False) | likely(subsets=True), st.sampled_from(["primary", "wide"]))
def test_taking_nodes_out_changes_no_number(instance, reading):
    def answer():
        try:
            return found_bounds(make_dataset(*instance), reading)
        except analysis.ContradictionError as error:
            return error.event_ids

    expected = answer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph, "_SMALL", 0)
        assert answer() == expected


def test_running_totals_of_years_with_parts():
    # At least so many by each day: the greatest of the numbers so far, those of the part as well.
    totals = [("all", "toll", 1, 1 + day, 10 * day) for day in range(400)]
    some = [("some", "toll", 1, 1 + 3 * day, 2 * day) for day in range(133)]
    found = found_by_day([*totals, *some, ("some", "toll", 1, 400, 6_000)], {"some": "all"})
    assert found["all", 200] == (0, None, 1990, None)
    assert found["all", 400] == (0, None, 6_000, None)
    assert found["some", 200] == (0, None, 132, None)


def test_exact_running_totals_bound_what_their_part_grew_by():
    totals = [("all", "toll", 1, 1 + day, 10 * day, 10 * day) for day in range(100)]
    found = found_by_day([*totals, ("some", "toll", 1, 50, 400, 400)], {"some": "all"})
    assert found["all", 60] == (10, 10, 590, 590)
    assert found["some", 50] == (0, 10, 400, 400)


def test_a_family_is_arrays_that_another_process_can_solve():
    families = find_families(analysis.load(DATA / "fortnight"), "wide")
    assert [pickle.loads(pickle.dumps(family)).content() for family in families] == [
        family.content() for family in families
    ]
    with ProcessPoolExecutor(1) as pool:
        elsewhere = [*pool.map(solve, families)]
    start, stop = np.array([17_700]), np.array([17_740])
    for family, other in zip(families, elsewhere, strict=True):
        for place in range(len(family.tallies)):
            here = solve(family).between(place, start, stop)
            assert np.array_equal(here, other.between(place, start, stop))


def test_a_family_alone_has_the_numbers_that_it_has_in_a_large_dataset():
    statements = [("a", "toll", 5, 9, 4, 4), ("a", "toll", 5, 8, 2), ("b", "toll", 1, 2, 7, 7)]
    dataset = make_dataset(statements)
    start = dataset.events["date_start"].mask(dataset.events["event_id"] == "e2")
    dataset = replace(dataset, events=dataset.events.assign(date_start=start))
    alone = replace(dataset, events=dataset.events[dataset.events["tally_id"] != "b"])
    both = analysis.casualty_bounds(dataset).query("tally_id == 'a'").reset_index(drop=True)
    pd.testing.assert_frame_equal(analysis.casualty_bounds(alone), both)


def test_a_whole_of_nobody_leaves_nobody_to_its_part():
    statements = [("a", "toll", 1, 3, 0, 0), ("b", "toll", 2, 3, 0, 5)]
    assert found_by_day(statements, {"b": "a"})["b", 3] == (0, 0, 0, 0)


def test_errors_come_back_whole_from_another_process():
    problem = analysis.Problem("events.csv", 7, "low", "is empty")
    for error in (
        ImpossibleError(np.array([1, 2])),
        UndecidedError("time limit"),
        analysis.ContradictionError(["a"], ["a: toll of 3"]),
        analysis.DatasetError([problem], "folder"),
    ):
        back = pickle.loads(pickle.dumps(error))
        assert str(back) == str(error) and {*vars(back)} == {*vars(error)}


def test_incidents_beside_a_toll_stay_sparse():
    statements = [("a", "incident", day, day, 1) for day in range(1, 200)]
    family = find_families(make_dataset([*statements, ("a", "toll", 1, 199, 500)]))[0]
    assert len(solver._graph(family, 0).edges()[0]) < 4 * len(statements)
    assert found_by_day([*statements, ("a", "toll", 1, 199, 500, 500)])["a", 199][2:] == (500, 500)


def test_answers_that_a_caller_changes_stay_as_they_are():
    dataset = make_dataset([("a", "toll", 1, 3, 4, 4), ("b", "toll", 2, 3, 1)], {"b": "a"})
    for ask in (analysis.casualty_bounds, analysis.totals, analysis.ledger, tally_totals):
        before, changed = ask(dataset), ask(dataset)
        changed.loc[:, "low"] = 99
        pd.testing.assert_frame_equal(ask(dataset), before)


def test_leaving_out_a_derived_count_leaves_its_tellings_one():
    raid = ("a", "incident", 1, 1, 3, None)
    dataset = make_dataset([raid, (*raid, "e1"), (*raid, "e2")])
    basis = dataset.events["count_basis"].mask(dataset.events["event_id"] == "e2", "derived")
    dataset = replace(dataset, events=dataset.events.assign(count_basis=basis))
    assert analysis.totals(stated_only(dataset))["low"].tolist() == [3]


APART = [
    ("children", "toll", 1, 5, 5),
    ("children", "toll", 2, 2, 0, 0),
    ("children", "toll", 4, 4, 0, 0),
    ("civilians", "toll", 1, 5, 0, 8),
    ("civilians", "toll", 2, 2, 2),
    ("civilians", "toll", 4, 4, 2),
]


@pytest.mark.parametrize("status", [1, 3, 4])
def test_what_a_program_cannot_decide_is_no_contradiction(monkeypatch, status):
    ended = SimpleNamespace(status=status, message="time limit reached", x=None)
    monkeypatch.setattr("scipy.optimize.milp", lambda *_, **__: ended)
    with pytest.raises(UndecidedError, match=r"time limit reached.*says nothing of the statements"):
        analysis.casualty_bounds(make_dataset(APART, {"children": "civilians"}))


def test_parts_that_fit_are_mostly_found_without_a_program(monkeypatch):
    monkeypatch.setattr(parts, "Program", lambda *_: pytest.fail("a program was asked"))
    for name in ("report", "fortnight", "ucdp"):
        for reading in ("primary", "wide"):
            analysis.casualty_bounds(analysis.load(DATA / name), reading)


def test_numbers_are_worked_out_once_whoever_asks(monkeypatch, tmp_path):
    solved = []

    def counting(family):
        solved.append(family.content())
        return solve(family)

    for module in (contradictions, ledger):
        monkeypatch.setattr(module, "solve", counting)
    fortnight = analysis.load(DATA / "fortnight")
    ucdp = analysis.load(DATA / "ucdp")
    tallies = ["civilians_bombardment", "sohr_government_forces", "sohr_islamic_state"]
    pairs = {"civilians_bombardment": "ucdp-civilians-killed-dyad-14620"}
    figures = [
        (analysis.plot_statements, {}),
        (analysis.plot_by_party, {}),
        (analysis.plot_ledger, {}),
        (analysis.plot_over_time, {"tallies": tallies, "statements": True}),
        (analysis.plot_known_when, {"dates": ["2018-07-24", "2018-08-01"], "tallies": tallies}),
        (analysis.plot_sources, {"party_id": "civilians", "cause": "bombardment"}),
        (analysis.plot_standing_still, {}),
        (analysis.plot_beside, {"other": ucdp, "pairs": pairs}),
    ]
    for plot, options in figures:
        plot(fortnight, **options)
    once = len(solved)
    for plot, options in figures:
        analysis.export_figure(plot, fortnight, tmp_path, **options)
    analysis.totals(fortnight)
    analysis.ledger(fortnight)
    analysis.casualty_bounds(fortnight, "wide")
    assert 0 < once == len(solved)
    whole = {
        family.content()
        for each in ("primary", "wide")
        for family in find_families(fortnight, each)
    }
    assert all(solved.count(content) == 1 for content in whole)
