"""What ``analysis`` says of counts, against the oracle: cases, random datasets, true ones.

The oracle replays pages rule by rule and imports nothing of the project. Every window that it can
answer must be answered alike, in both readings and as of every page.
"""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pandas as pd
import pytest

import analysis
from analysis.__main__ import main
from oracle import Contradiction, Oracle
from random_datasets import DAYS, Tables, iso, random_tables, true_tables, write

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
QUICK, MANY = range(80), range(1_000, 5_000)
LINKS = ("same_as", "supersedes", "apart_from", "counted_in")

in_both_readings = pytest.mark.parametrize("reading", ["primary", "wide"])


def quick_and_many(quick=QUICK, many=MANY):
    """A test over some seeds each time, more of them if ``slow``, many under ``attack``."""
    fourth = len(quick) // 4
    parts = [(quick[:fourth], ()), (quick[fourth:], pytest.mark.slow)]
    parts += [(many[start:][:100], pytest.mark.attack) for start in range(0, len(many), 100)]
    seeds = [pytest.param(each, marks=marks, id=f"{each}") for each, marks in parts]
    return pytest.mark.parametrize("seeds", seeds)


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    """A function that gives a dataset of tables."""

    def loaded(tables: Tables):
        return analysis.load(write(tables, tmp_path_factory.mktemp("tables") / "dataset"))

    return loaded


@pytest.fixture(scope="module")
def dataset_of(load):
    """A function that gives the random dataset of a seed, loaded once."""
    return cache(lambda seed: load(tables_of(seed)))


@cache
def tables_of(seed: int) -> Tables:
    return random_tables(seed)


@cache
def asked(seed: int, as_of=None, reading="primary") -> Oracle:
    return Oracle(tables_of(seed), as_of, reading)


def windows(seed: int) -> list[tuple[str, str, str]]:
    """For each tally all days, and some."""
    rng, found = Random(seed), []
    for row in tables_of(seed)["tallies"]:
        some = [sorted(rng.choices(range(1, DAYS + 1), k=2)) for _ in range(2)]
        days = [(iso(1), iso(DAYS)), *((iso(first), iso(last)) for first, last in some)]
        found += [(row["tally_id"], *window) for window in days]
    return found


def times(tables: Tables) -> list[str]:
    return sorted({row["source_date"] for row in tables["reports"]})


def stocks(tables: Tables) -> set[str]:
    """Tallies of which some reading has a number of those that there are on a day."""
    rows = (row for row in tables["events"] if row.get("count_kind") == "stock")
    return {row["tally_id"] for row in rows if row.get("reading") != "aside"}


def plain(bounds) -> tuple[int, int | None] | None:
    """Low and high as ``int`` and ``None``."""
    if bounds is None or pd.isna(bounds[0]):
        return None
    low, high = bounds
    return int(low), None if pd.isna(high) else int(high)


def answer(dataset, tally, first, last, **how):
    """What ``analysis`` says of a window, or that its family contradicts itself."""
    try:
        return plain(analysis.window_bounds(dataset, tally, first or None, last, **how))
    except analysis.ContradictionError as error:
        assert error.event_ids
        return ("contradiction",)


def expected(oracle: Oracle, tally, first, last, kind="count"):
    if kind == "stock":
        return oracle.stock(tally, last)
    try:
        return oracle.bound(tally, first or None, last)
    except Contradiction:
        return ("contradiction",)


def differences(seed: int, dataset, as_of=None, reading="primary") -> list:
    oracle, found = asked(seed, as_of, reading), []
    how = {"as_of": as_of, "reading": reading}
    counted = stocks(cut(tables_of(seed), as_of) if as_of else tables_of(seed))
    for tally, first, last in windows(seed):
        kind = "stock" if tally in counted else "count"
        wanted = expected(oracle, tally, first, last, kind)
        got = answer(dataset, tally, first, last, **how)
        if got != wanted:
            found.append(f"seed {seed} {how} {tally} {first} to {last}: {got}, not {wanted}")
    return found


def cut(tables: Tables, as_of: str) -> Tables:
    """What was published by a time, without links to what was not."""
    reports = [row for row in tables["reports"] if row["source_date"][: len(as_of)] <= as_of]
    known = {row["report_id"] for row in reports}
    events = [row for row in tables["events"] if row["report_id"] in known]
    names = {row["event_id"] for row in events}
    unknown = lambda column, cell: column in LINKS and cell not in names  # noqa: E731
    events = [{c: cell for c, cell in row.items() if not unknown(c, cell)} for row in events]
    return tables | {"reports": reports, "events": events}


# Cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_oracle_answers_cases(case):
    for expect in case["expect"]:
        oracle = Oracle(case["tables"], expect.get("as_of"), expect.get("reading", "primary"))
        if "contradiction" in expect:
            assert oracle.contradictions == [set(expect["contradiction"])]
        elif "named" in expect:
            assert {*oracle.status().values()} != {"stands"}
        else:
            kind = "stock" if expect["tally"] in stocks(case["tables"]) else "count"
            got = expected(oracle, expect["tally"], expect["first"], expect["last"], kind)
            assert got == (expect["low"], expect["high"]), expect


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case, tmp_path, capsys, load):
    dataset = load(case["tables"])
    for expect in case["expect"]:
        if "contradiction" in expect:
            with pytest.raises(analysis.ContradictionError) as caught:
                analysis.casualty_bounds(dataset)
            assert set(caught.value.event_ids) == set(expect["contradiction"])
        elif "named" in expect:
            main(["check", str(write(case["tables"], tmp_path / "checked"))])
            told = capsys.readouterr()
            assert all(name in told.out + told.err for name in expect["named"])
        else:
            how = {name: expect[name] for name in ("as_of", "reading") if name in expect}
            got = answer(dataset, expect["tally"], expect["first"], expect["last"], **how)
            assert got == (expect["low"], expect["high"]), expect


# Random datasets


def test_random_datasets_are_of_every_kind():
    """What the datasets are made of; few of them say nothing because they contradict."""
    seen, contradictory = Counter(), 0
    for seed in QUICK:
        tables, oracle = tables_of(seed), asked(seed)
        seen.update(column for row in tables["events"] for column, cell in row.items() if cell)
        seen.update(column for row in tables["tallies"] for column, cell in row.items() if cell)
        seen.update(column for row in tables["reports"] for column, cell in row.items() if cell)
        seen.update(oracle.status().values())
        seen.update(["calculated"] if oracle.calculated() else [])
        seen.update(row["count_kind"] for row in tables["events"] if row.get("count_kind"))
        seen["several wholes"] += any(len(wholes) > 1 for wholes in oracle.nesting.values())
        seen["hours"] += any("T" in row["source_date"] for row in tables["reports"])
        contradictory += bool(oracle.contradictions)
    wanted = "same_as supersedes apart_from counted_in reading low count subset_of division cause "
    wanted += "attributed_to area source_office source_date_earliest stands from_below reduced "
    wanted += "taken_back withdrawn aside replaced calculated incident toll stock hours"
    assert [name for name in [*wanted.split(), "several wholes"] if not seen[name]] == []
    assert 0 < contradictory < len(QUICK) / 4


@quick_and_many()
def test_every_window_has_the_oracle_s_bounds(seeds, dataset_of):
    found = [row for seed in seeds for row in differences(seed, dataset_of(seed))]
    assert found == []


@quick_and_many(range(25), range(5_000, 6_000))
def test_every_window_of_the_wide_reading(seeds, dataset_of):
    found = []
    for seed in seeds:
        found += differences(seed, dataset_of(seed), reading="wide")
    assert found == []


@quick_and_many(range(15), range(6_000, 6_500))
def test_every_window_as_of_each_page(seeds, dataset_of):
    found = []
    for seed in seeds:
        dataset = dataset_of(seed)
        for as_of in times(tables_of(seed)):
            found += differences(seed, dataset, as_of)
    assert found == []


@quick_and_many()
def test_every_count_has_the_oracle_s_status(seeds, dataset_of):
    """A count that has no upper end of its own cannot have let one go."""
    found = []
    for seed in seeds:
        oracle = asked(seed)
        if oracle.contradictions:
            continue
        table = analysis.statements(dataset_of(seed))
        rows = table[~table["calculated"].astype(bool)]
        got = {}
        for row in rows.itertuples():
            names = [row.event_ids] if isinstance(row.event_ids, str) else row.event_ids
            got |= {name: row for each in names for name in each.split(";")}
        for name, status in oracle.status().items():
            stated = got[name].status
            endless = pd.isna(got[name].high) or got[name].count_kind == "incident"
            endless |= pd.isna(got[name].date_start)
            if stated != status and not (endless and {stated, status} <= {"stands", "from_below"}):
                found.append(f"seed {seed} {name}: {stated}, not {status}")
            if name in oracle.lows() and got[name].count_kind != "stock":
                binds = plain((got[name].binding_low, got[name].binding_high))
                wanted = oracle.lows()[name], oracle.highs()[name]
                if binds != wanted:
                    found.append(f"seed {seed} {name}: binds from {binds}, not {wanted}")
    assert found == []


@quick_and_many(range(20), range(7_000, 7_400))
def test_the_order_of_rows_says_nothing(seeds, load, dataset_of):
    for seed in seeds:
        tables = tables_of(seed)
        turned = {name: rows[::-1] for name, rows in tables.items()}
        other = load(turned)
        pd.testing.assert_frame_equal(*map(analysis.statements, (dataset_of(seed), other)))
        assert differences(seed, other) == []


@in_both_readings
@quick_and_many(range(12), range(8_000, 8_200))
def test_a_time_is_the_dataset_cut_at_that_time(seeds, reading, load, dataset_of):
    """Whatever is published later."""
    for seed in seeds:
        tables, dataset = tables_of(seed), dataset_of(seed)
        for as_of in times(tables):
            published = cut(tables, as_of)
            by_then, unknown = load(published), stocks(tables) - stocks(published)
            for tally, first, last in windows(seed):
                if tally in unknown:  # nobody can know yet that it is a stock
                    continue
                known = answer(dataset, tally, first, last, as_of=as_of, reading=reading)
                assert answer(by_then, tally, first, last, reading=reading) == known, (seed, as_of)


@quick_and_many(range(25), range(9_000, 9_400))
def test_wide_contains_primary(seeds, dataset_of):
    for seed in seeds:
        dataset = dataset_of(seed)
        for window in windows(seed):
            narrow, wide = answer(dataset, *window), answer(dataset, *window, reading="wide")
            if narrow and wide and "contradiction" not in (*narrow, *wide):
                assert wide[0] <= narrow[0], (seed, window)
                assert wide[1] is None or narrow[1] is not None and narrow[1] <= wide[1]  # noqa: RUF021


@quick_and_many(range(80), range(10_000, 10_500))
def test_contradictions_are_those_of_the_oracle(seeds, dataset_of):
    for seed in seeds:
        dataset, oracle = dataset_of(seed), asked(seed)
        found = analysis.contradictions(dataset).groupby("clash")["event_id"]
        named = [{*names} for _, names in found]
        assert all(clash in named for clash in oracle.contradictions), seed
        assert bool(named) == bool(oracle.contradictions), seed
        if oracle.contradictions:
            with pytest.raises(analysis.ContradictionError) as caught:
                analysis.casualty_bounds(dataset)
            assert set(caught.value.event_ids) == set.union(*named), seed
        else:
            analysis.casualty_bounds(dataset)


@quick_and_many(range(60), range(11_000, 11_500))
def test_the_ledger_adds_up_and_credits_nothing_twice(seeds, dataset_of):
    """What is counted adds up to the totals; no statement is credited with more than it says."""
    answered = 0
    for seed in seeds:
        if asked(seed).contradictions:
            continue
        dataset = dataset_of(seed)
        ledger, totals = analysis.ledger(dataset, harm="killed"), analysis.totals(dataset)
        killed = totals[totals["harm"] == "killed"]
        assert ledger["counted"].sum() == killed["low"].sum(), seed
        lows = asked(seed).lows()
        for row in ledger.itertuples():
            if row.event_id in lows:
                assert 0 <= row.counted <= lows[row.event_id], (seed, row.event_id)
        answered += 1
    assert answered > len(seeds) * 3 / 4


@quick_and_many(range(15), range(12_000, 12_300))
def test_days_contain_the_oracle_s_and_their_sums_are_exact(seeds, dataset_of):
    """Daily tables may be looser than the truth allows, never tighter."""
    for seed in seeds:
        oracle = asked(seed)
        if oracle.contradictions:
            continue
        for row in analysis.casualty_bounds(dataset_of(seed)).itertuples():
            day = pd.Timestamp(row.date).date().isoformat()
            low, high = oracle.bound(row.tally_id, day, day)
            assert row.low <= low, (seed, row)
            assert pd.isna(row.high) or (high is not None and row.high >= high), (seed, row)


# True datasets


@quick_and_many(range(50), range(20_000, 22_000))
def test_the_oracle_s_bounds_hold_what_happened(seeds):
    for seed in seeds:
        tables, happened = true_tables(seed)
        oracle = Oracle(tables)
        assert oracle.contradictions == [], seed
        for row in tables["tallies"]:
            for window in ((iso(1), iso(DAYS)), (iso(2), iso(5)), (iso(6), iso(6))):
                low, high = oracle.bound(row["tally_id"], *window)
                people = happened(row["tally_id"], *window)
                assert low <= people, (seed, row["tally_id"], window)
                assert high is None or people <= high, (seed, row["tally_id"], window)


@quick_and_many(range(100), range(22_000, 24_000))
def test_what_happened_lies_within_the_bounds(seeds, load):
    bounded = 0
    for seed in seeds:
        tables, happened = true_tables(seed)
        dataset = load(tables)
        for row in tables["tallies"]:
            for window in ((iso(1), iso(DAYS)), (iso(2), iso(5)), (iso(6), iso(6))):
                low, high = plain(analysis.window_bounds(dataset, row["tally_id"], *window))
                people = happened(row["tally_id"], *window)
                assert low <= people, (seed, row["tally_id"], window)
                assert high is None or people <= high, (seed, row["tally_id"], window)
                bounded += low > 0 and high is not None
    assert bounded > len(seeds)
