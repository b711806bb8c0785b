"""Bounds on counts: by hand, against all assignments, and against integer programs."""

import ast
import doctest
import re
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

import countbounds
from countbounds import (
    EVER,
    Infeasible,
    System,
    Undecided,
    program,
    smallest_clash,
    solve,
)

INF = np.inf
FOUR: dict = {"all": [], "x": [], "y": [], "z": []}


def system_of(wholes, splits=(), statements=()):
    """A system; statements are (id, name, first, stop, low, high) or (…, low, same, "some")."""
    system = System()
    for name, tops in wholes.items():
        system.count(name, part_of=tops)
    for whole, parts, complete in splits:
        system.split(whole, parts, complete)
    for statement in statements:
        if statement[-1] == "some":
            system.some(*statement[:-1])
        else:
            system.total(*statement)
    return system


def clash_of(*description):
    """The statements of a system that are named because they cannot all hold, none if they can."""
    try:
        solve(system_of(*description))
    except Infeasible as clash:
        return clash.ids
    return []


# By hand


def test_a_total_and_a_day_of_it_leave_the_rest():
    system = system_of({"a": []}, (), [(1, "a", 0, 7, 41, 41), (2, "a", 0, 1, 4, 4)])
    solution = solve(system)
    assert solution.between("a", 1, 7) == (37, 37)
    assert solution.between("a", 1, 3) == (0, 37)
    assert solution.between("a", 5, 9) == (0, INF)
    assert solution.between("a", None, 7) == (41, INF)
    assert solution.between("a", 3, 3) == (0, 0)
    assert [type(number) for number in solution.between("a", 1, 7)] == [int, int]


def test_arrays_of_days_give_arrays():
    solution = solve(system_of({"a": []}, (), [(1, "a", 0, 3, 2, 5), (2, "a", 4, 5, 1)]))
    low, high = solution.between("a", 0, np.array([1, 3, 5]))
    assert low.tolist() == [0, 2, 3] and high.tolist() == [5, 5, INF]
    low, high = solution.between("a", np.array([0, 4]), np.array([3, 5]))
    assert low.tolist() == [2, 1] and high.tolist() == [5, INF]
    assert solution.between("a", None, np.array([3, 5]))[0].tolist() == [2, 3]


def test_items_add_up_and_versions_of_one_do_not():
    items = [(1, "a", 0, 2, 3, None, "some"), (2, "a", 1, 3, 4, None, "some")]
    assert solve(system_of({"a": []}, (), items)).between("a", 0, 3) == (7, INF)
    versions = [(1, "a", 0, 2, 3, "x", "some"), (2, "a", 1, 3, 4, "x", "some")]
    solution = solve(system_of({"a": []}, (), versions))
    assert [solution.between("a", *window)[0] for window in ((0, 2), (1, 3), (0, 3))] == [3, 4, 4]


def test_items_of_a_part_may_be_those_of_its_whole():
    items = [(1, "a", 0, 1, 3, None, "some"), (2, "b", 0, 1, 5, None, "some")]
    assert solve(system_of({"a": [], "b": ["a"]}, (), items)).between("a", 0, 1) == (5, INF)


def test_from_ever_binds_from_below_only():
    said = [(1, "a", None, 5, 10, 12), (2, "a", 5, 8, 3, 3), (3, "a", 0, 5, 2, 4)]
    solution = solve(system_of({"a": []}, (), said))
    assert solution.between("a", None, 8) == (13, INF)
    assert solution.between("a", None, 3) == (6, INF)
    assert solution.between("a", 0, 8) == (5, 7)


def test_a_complete_split_adds_up():
    said = [(1, "all", 0, 3, 10, 10), (2, "x", 0, 3, 4, 6), (3, "y", 0, 3, 1, 2)]
    solution = solve(system_of(FOUR, [("all", ["x", "y", "z"], True)], said))
    assert solution.between("z", 0, 3) == (2, 5)
    part = solve(system_of(FOUR, [("all", ["x", "y"], False)], said))
    assert part.between("all", 0, 3) == (10, 10)
    assert part.between("x", 0, 3) == (4, 6)
    assert part.between("z", 0, 3) == (0, INF)


def test_a_part_lies_in_every_whole():
    said = [(1, "a", 0, 3, 4, 9), (2, "b", 0, 3, 2, 5), (3, "c", 1, 2, 3)]
    solution = solve(system_of({"c": ["a", "b"], "a": [], "b": []}, (), said))
    assert solution.between("c", 0, 3) == (3, 5)
    assert solution.between("b", 1, 2) == (3, 5)


def test_what_paths_do_not_see_the_program_does():
    said = [(1, "w", 0, 3, 2, 2), (2, "p", 0, 3, 2, 2), (3, "p", 1, 2, 0, 0)]
    solution = solve(system_of({"w": [], "p": ["w"]}, (), said))
    assert solution.between("w", 1, 2) == (0, 0)
    assert clash_of({"w": [], "p": ["w"]}, (), [*said, (4, "w", 1, 2, 1)])


def test_fractions_are_no_answer():
    # 1.5 of each day would do: whole numbers need more of the whole
    said = [("i", "w", 0, 1, 3), ("j", "w", 2, 3, 3), ("k", "a", 1, 3, 3), ("l", "a", 0, 2, 3)]
    counts, splits = {"w": [], "a": [], "b": []}, [("w", ["a", "b"], False)]
    solution = solve(system_of(counts, splits, [*said, ("m", "b", 0, 3, 3)]))
    assert solution.between("w", 0, 3) == (8, INF)
    assert solution.between("w", 0, 3, exact=False)[0] <= 8


def test_parts_that_are_a_whole_with_another_and_alone_leave_it_nothing():
    counts, splits = {name: [] for name in "wabc"}, [("w", [*"ab"], True), ("w", [*"abc"], True)]
    system = system_of(counts, splits, [(1, "a", 0, 5, 2, 4), (2, "c", 0, 3)])
    assert solve(system).between("c", 0, 5) == (0, 0)
    assert solve(system).between("c", 90, 95) == (0, 0)
    system.total(3, "c", None, 3, 1)
    with pytest.raises(Infeasible, match="these cannot all hold: 3"):
        solve(system)


def test_clashes_are_named():
    said = [(1, "a", 0, 3, 5), (2, "a", 0, 9, 0, 90), (3, "a", 0, 5, 0, 4), (4, "b", 0, 1, 1)]
    counts = {"a": [], "b": []}
    with pytest.raises(Infeasible, match="these cannot all hold: 1, 3") as error:
        solve(system_of(counts, (), said))
    assert error.value.ids == [1, 3]
    assert clash_of(counts, (), [said[0], said[1], said[3]]) == []
    assert clash_of(counts, (), [*said, (5, "a", 0, 3, 6)]) == [1, 3]  # the later is left out


@pytest.mark.parametrize("clashing", [[], [{7}], [{0, 9}, {3, 4, 8}], [{1, 2}, {5, 6}]])
def test_a_smallest_clash_is_of_the_last_items(clashing):
    def possible(some):
        return not any(each <= {*some} for each in clashing)

    expected = max(map(sorted, clashing), default=[])
    assert smallest_clash(range(10), possible) == expected


def test_statements_of_one_id_stand_and_fall_together():
    said = [("x", "a", 0, 1, 3, 3), ("y", "a", 0, 2, 2, 2), ("x", "a", 5, 6, 1)]
    assert clash_of({"a": []}, (), said) == ["x", "y"]


def test_arrays_say_what_single_statements_say():
    one, other = system_of({"a": [], "b": ["a"]}), system_of({"a": [], "b": ["a"]})
    one.total(1, "a", None, 4, 5)
    one.total(2, "b", 0, 4, 1, 2)
    one.some(3, "a", 0, 2, 3, "x")
    one.some(4, "a", 0, 3, 4, "x")
    other.totals([1, 2], ["a", "b"], [EVER, 0], 4, [5, 1], [9, 2])
    other.somes([3, 4], "a", 0, [2, 3], [3, 4], same=["x", "x"])
    for name, window in product("ab", [(0, 2), (0, 4), (2, 4), (None, 4)]):
        assert solve(one).between(name, *window) == solve(other).between(name, *window)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda s: s.count("a"), "there is a count 'a' already"),
        (lambda s: s.count("b", part_of="a"), "write ['a']"),
        (lambda s: s.split("a", "x"), "write ['x']"),
        (lambda s: s.split("a", ["x", "x"]), "a part stands twice"),
        (lambda s: s.total(1, "q", 0, 1), "no count 'q'"),
        (lambda s: s.total(1, "a", 0, 1, 3, 2), "1: from 3 to 2"),
        (lambda s: s.total(1, "a", 0, 1, -1), "1: from -1 to"),
        (lambda s: s.total(1, "a", 0, 1, 1.5), "1: from 1.5 to inf"),
        (
            lambda s: s.total(1, "a", 3, 3),
            "1: from 0 to inf in the window from 3 to 3; stop is a day after first",
        ),
        (
            lambda s: s.totals([1, 2], "a", 0, [1, 0]),
            "2: from 0 to inf in the window from 0 to 0",
        ),
        (lambda s: s.totals([1, 2], "a", 0, 1, [0, 3], [9, 1]), "2: from 3"),
        (lambda s: s.totals([1], ["q"], 0, 1), "no count 'q'"),
        (lambda s: (s.count("b", ["q"]), solve(s)), "no count 'q'"),
        (lambda s: (s.count("b", ["c"]), s.count("c", ["b"]), solve(s)), "part of themselves"),
        (lambda s: (s.split("a", ["a"]), solve(s)), "part of themselves: 'a'"),
        (lambda s: solve(s).between("q", 0, 1), "no count 'q'"),
    ],
)
def test_errors_say_what_is_wrong(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong(system_of({"a": []}))


def test_what_is_not_decided_is_no_contradiction(monkeypatch):
    said = [(1, "w", 0, 3, 2, 2), (2, "p", 0, 3, 2, 2), (3, "p", 1, 2, 0, 0)]
    monkeypatch.setattr(program, "_SECONDS", 0)
    with pytest.raises(Undecided, match="could not be decided"):
        solve(system_of({"w": [], "p": ["w"]}, [("w", ["p"], False)], said))


# Against all assignments

Description = tuple[dict, list, list]


@st.composite
def descriptions(draw) -> tuple[Description, int]:
    """Up to three counts, four days and numbers of two, with every relation between counts."""
    size = draw(st.integers(1, 3))
    names = "abc"[:size]
    kinds = ["none", "parts", "split", "complete"] if size > 1 else ["none"]
    kind = draw(st.sampled_from(kinds))
    wholes: dict = {name: [] for name in names}
    splits = []
    if kind == "parts":
        for at, name in enumerate(names[1:], 1):
            wholes[name] = draw(st.lists(st.sampled_from(names[:at]), max_size=2, unique=True))
    elif kind != "none":
        splits = [("a", [*names[1:]], kind == "complete")]
    days = 4 if size < 3 else 3 if kind != "none" else 2
    said = []
    for number in range(draw(st.integers(1, 6))):
        first = draw(st.integers(0, days - 1))
        window = draw(st.sampled_from(names)), first, draw(st.integers(first + 1, days))
        if draw(st.booleans()) and draw(st.booleans()):
            same = draw(st.sampled_from([None, "x"]))
            said.append((number, *window, 1, same, "some"))
        else:
            low = draw(st.integers(0, 2))
            said.append((number, *window, low, draw(st.sampled_from([INF, low, 2]))))
    return (wholes, splits, said), days


def day_vectors(description: Description, most: int) -> np.ndarray:
    """All numbers of the counts on one day, up to ``most`` each."""
    wholes, splits, _ = description
    at = {name: place for place, name in enumerate(wholes)}
    found = np.array([*product(range(most + 1), repeat=len(at))])
    for name, tops in wholes.items():
        for top in tops:
            found = found[found[:, at[name]] <= found[:, at[top]]]
    for whole, parts, complete in splits:
        sums = found[:, [at[part] for part in parts]].sum(axis=1)
        kept = sums == found[:, at[whole]] if complete else sums <= found[:, at[whole]]
        found = found[kept]
    return found


def limits(said: list) -> list[tuple]:
    """Statements as (name, first, stop, low, high), ranges of items among them."""
    found = [row[1:] for row in said if row[-1] != "some"]
    items = [row for row in said if row[-1] == "some"]
    for name in {row[1] for row in items}:
        own = [row for row in items if row[1] == name]
        for first, stop in product({row[2] for row in own}, {row[3] for row in own}):
            inside: dict = {}
            for number, _, start, end, low, same, _ in own:
                if first <= start and end <= stop:
                    key = ("alone", number) if same is None else same
                    inside[key] = max(inside.get(key, 0), low)
            if inside:
                found.append((name, first, stop, sum(inside.values()), INF))
    return found


class Everything:
    """All assignments of a description, by the sums of each count before each day."""

    def __init__(self, description: Description, days: int) -> None:
        self.at = {name: place for place, name in enumerate(description[0])}
        vectors = day_vectors(description, 4)
        chosen = np.indices((len(vectors),) * days).reshape(days, -1).T
        self.sums = np.zeros((len(chosen), days + 1, len(self.at)), dtype="int8")
        self.sums[:, 1:] = np.cumsum(vectors.astype("int8")[chosen], axis=1)
        covered = np.zeros((days, len(self.at)), dtype=bool)
        kept = np.ones(len(chosen), dtype=bool)
        for name, first, stop, low, high in limits(description[2]):
            counts = self.count(name, first, stop)
            kept &= (low <= counts) & (counts <= high)
            covered[first:stop, self.at[name]] |= high < INF
        self.sums = self.sums[kept]
        # what can grow on a day: some numbers that are zero wherever something bounds from above
        ways = day_vectors(description, 2)
        self.endless = np.array([ways[(ways[:, own] == 0).all(1)].any(0) for own in covered])

    def count(self, name: str, first: int, stop: int) -> np.ndarray:
        return self.sums[:, stop, self.at[name]] - self.sums[:, first, self.at[name]]

    def between(self, name: str, first: int, stop: int) -> tuple:
        counts = self.count(name, first, stop)
        endless = self.endless[first:stop, self.at[name]].any()
        return int(counts.min()), INF if endless else int(counts.max())


@pytest.mark.slow
def test_bounds_are_those_of_all_assignments():
    seen: Counter = Counter()

    @settings(max_examples=150, deadline=None, suppress_health_check=[*HealthCheck])
    @given(descriptions())
    def check(drawn):
        description, days = drawn
        every, system = Everything(description, days), system_of(*description)
        if not len(every.sums):
            seen["infeasible"] += 1
            with pytest.raises(Infeasible) as error:
                solve(system)
            assert_smallest(description, days, error.value.ids)
            return
        seen["feasible"] += 1
        solution = solve(system)
        for name, first in product(description[0], range(days)):
            for stop in range(first + 1, days + 1):
                expected = every.between(name, first, stop)
                assert solution.between(name, first, stop) == expected
                seen["says nothing"] += expected == (0, INF)
                seen["says something"] += expected != (0, INF)

    check()
    assert seen["infeasible"] > 10 and seen["feasible"] > 60
    assert seen["says something"] > seen["says nothing"] / 2


def assert_smallest(description: Description, days: int, ids: list) -> None:
    wholes, splits, said = description

    def possible(some: list) -> bool:
        kept = [row for row in said if row[0] in some]
        return len(Everything((wholes, splits, kept), days).sums) > 0

    assert not possible(ids)
    for one in ids:
        assert possible([other for other in ids if other != one])


# Against integer programs


def random_description(seed: int, counts: int = 10, days: int = 30, statements: int = 40):
    """Statements that are true of one course of numbers, a few of them from the first day on."""
    chance = np.random.default_rng(seed)
    names = [f"c{at}" for at in range(counts)]
    wholes, splits, true = {}, [], chance.poisson(1, (counts, days))
    divided = 3 if seed % 3 else 0  # the first is all of the next three
    if divided:
        splits = [("c0", names[1:4], bool(seed % 2))]
        true[0] = true[1:4].sum(axis=0) + (0 if seed % 2 else true[0])
    for at, name in enumerate(names):
        tops = [other for other in range(divided + 1, at) if chance.random() < 0.3]
        wholes[name] = [names[top] for top in tops]
        for top in tops:
            true[at] = np.minimum(true[at], true[top])
    said = []
    running = seed % 4 == 0
    for number in range(statements):
        at = int(chance.integers(counts))
        first = 0 if running else int(chance.integers(days))
        stop = int(chance.integers(first + 1, days + 1))
        number_true = int(true[at, first:stop].sum())
        low = max(number_true - int(chance.integers(3)), 0)
        high = number_true + int(chance.integers(3)) if chance.random() < 0.6 else INF
        said.append((number, names[at], first, stop, low, high))
    for number, first in enumerate(range(0, 0 if running else days, 5)):
        low = int(true[0, first : first + 2].sum())
        said.append((statements + number, "c0", first, first + 2, low // 2, None, "some"))
    return wholes, splits, said


class Reference:
    """An integer program with a variable a count and day, written from the meaning alone."""

    def __init__(self, description: Description, days: int) -> None:
        wholes, splits, said = description
        self.at, self.days, self.rows = {name: at for at, name in enumerate(wholes)}, days, []
        for day in range(days):
            for name, tops in wholes.items():
                for top in tops:
                    self.add({(top, day): 1, (name, day): -1}, 0, INF)
            for whole, parts, complete in splits:
                own = {(whole, day): 1, **{(part, day): -1 for part in parts}}
                self.add(own, 0, 0 if complete else INF)
        for name, first, stop, low, high in limits(said):
            self.add({(name, day): 1 for day in range(first, stop)}, low, high)

    def add(self, weights: dict, low: float, high: float) -> None:
        self.rows.append((self.row(weights), low, high))

    def row(self, weights: dict) -> np.ndarray:
        row = np.zeros((len(self.at), self.days))
        for (name, day), weight in weights.items():
            row[self.at[name], day] = weight
        return row.ravel()

    def between(self, name: str, first: int, stop: int) -> tuple:
        goal = self.row({(name, day): 1 for day in range(first, stop)})
        matrix, low, high = (np.array(each) for each in zip(*self.rows, strict=True))
        found = [
            milp(
                sign * goal,
                integrality=np.ones(len(goal)),
                constraints=LinearConstraint(matrix, low, high),
                bounds=Bounds(0, 10_000),
                options={"presolve": False},
            )
            for sign in (1, -1)
        ]
        assert [each.status for each in found] == [0, 0]
        least, most = (round(abs(each.fun)) for each in found)
        return least, INF if most >= 1_000 else most


@pytest.mark.parametrize("seed", range(12))
def test_larger_systems_agree_with_integer_programs(seed):
    description = random_description(seed)
    reference, solution = Reference(description, 30), solve(system_of(*description))
    chance = np.random.default_rng(seed)
    told = 0
    for name in chance.choice([*description[0]], 4, replace=False).tolist():
        for _ in range(3):
            first = int(chance.integers(0, 30)) * int(chance.integers(2))
            stop = int(chance.integers(first + 1, 31))
            expected = reference.between(name, first, stop)
            assert solution.between(name, first, stop) == expected
            low, high = solution.between(name, np.array([first]), np.array([stop]), exact=False)
            assert low[0] <= expected[0] and expected[1] <= high[0]
            told += expected != (0, INF)
    assert told


@pytest.mark.parametrize("seed", range(6))
def test_running_totals_agree_with_integer_programs(seed):
    chance = np.random.default_rng(seed)
    true = chance.poisson(2, (4, 25))
    true[3] = np.minimum(true[3], np.minimum(true[1], true[2]))
    true[0] = np.maximum(true[0], np.maximum(true[1], true[2]))
    sums = np.cumsum(true, axis=1)
    wholes = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}
    said = [
        (f"{name}{day}", name, 0, day + 1, sums[at, day], sums[at, day] + chance.integers(4))
        for at, name in enumerate(wholes)
        for day in chance.choice(25, 8, replace=False).tolist()
    ]
    description = wholes, [], said
    reference, solution = Reference(description, 25), solve(system_of(*description))
    for name, first in product(wholes, (0, 7, 20)):
        expected = reference.between(name, first, first + 5)
        assert solution.between(name, first, first + 5) == expected


@pytest.mark.parametrize("seed", range(4))
def test_running_totals_of_a_whole_and_its_parts_need_no_program(seed, monkeypatch):
    chance = np.random.default_rng(seed)
    true = chance.poisson(1, (4, 25))
    true[0] = true.max(axis=0)
    sums, wholes = np.cumsum(true, axis=1), {"a": [], "b": ["a"], "c": ["a"], "d": ["a"]}
    said = [
        (f"{name}{day}", name, 0, day + 1, sums[at, day], sums[at, day] + chance.integers(3))
        for at, name in enumerate(wholes)
        for day in chance.choice(25, 8, replace=False).tolist()
    ]
    reference = Reference((wholes, [], said), 25)
    monkeypatch.delattr(program.Program, "_farthest")
    solution = solve(system_of(wholes, [], said))
    for name, stop in product(wholes, (1, 4, 9, 17, 25)):
        assert solution.between(name, 0, stop) == reference.between(name, 0, stop)
    clash = [*said, ("x", "b", 0, 24, 90), ("y", "a", 0, 24, 0, 89)]
    assert "x" in clash_of(wholes, [], clash)


@pytest.mark.parametrize("shape", ["one", "joined"])
def test_long_stretches_have_the_bounds_of_short_ones(shape, monkeypatch):
    wholes, _, said = random_description(3, counts=2 if shape == "joined" else 1, statements=60)
    whole = solve(system_of(wholes, [], [row for row in said if row[1] in wholes]))
    monkeypatch.setattr(countbounds.line, "_DENSE", 5)
    short = solve(system_of(wholes, [], said))
    for name, first in product(wholes, range(0, 30, 3)):
        window = name, first, first + 4
        assert short.between(*window) == whole.between(*window)
    assert clash_of(wholes, [], [*said, ("x", "c0", 0, 30, 0, 0), ("y", "c0", 3, 4, 1)])


def test_only_numpy_scipy_and_the_standard_library_are_imported():
    allowed = {"numpy", "scipy", "countbounds", *sys.stdlib_module_names}
    for path in Path(countbounds.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert {name.split(".")[0] for name in names} <= allowed
        at_once = {getattr(node, "module", "") or "" for node in tree.body}
        assert not any(name.startswith("scipy") for name in at_once), path


def test_the_examples_of_the_page_run():
    page = Path(__file__).resolve().parents[1] / "docs" / "countbounds.md"
    found = doctest.testfile(str(page), module_relative=False)
    assert found.attempted > 10 and not found.failed
