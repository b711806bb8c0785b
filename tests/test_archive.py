"""Archives: the same numbers as in one process, whatever the parts, the cluster or its losses."""

import hashlib
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from dataclasses import replace
from inspect import signature
from itertools import product
from pathlib import Path

import dask
import pandas as pd
import psutil
import pytest
from dask.distributed import Client, LocalCluster
from pandas.testing import assert_frame_equal

import analysis
from analysis import LANGUAGES
from analysis.archive import files, sorting, writing
from analysis.bounds.totals import sums_of
from analysis.charts.chart import WIDTHS
from analysis.commands.main import main
from analysis.data import codebook
from analysis.data.publication import published_by
from analysis.data.tables import read_pieces, read_table
from conftest import INTERRUPTIBLE, assert_readable, said, slow
from random_datasets import AREAS, PARTIES, random_tables

PROJECT = Path(__file__).parents[1]
sys.path.append(str(PROJECT / "benchmarks"))
from archives import write_random  # noqa: E402
from datasets import as_dataset  # noqa: E402

ANSWERS = [
    ("bounds", analysis.casualty_bounds, {}),
    ("bounds", analysis.casualty_bounds, {"by": "month"}),
    ("totals", analysis.totals, {}),
    ("totals", analysis.totals, {"by": "year"}),
    ("totals", analysis.totals, {"by": "victim_group"}),
    ("ledger", analysis.ledger, {}),
    ("contradictions", analysis.contradictions, {}),
    ("doubts", analysis.doubts, {}),
    ("statements", analysis.statements, {}),
]


@pytest.fixture
def here(monkeypatch):
    """Work in this process."""
    monkeypatch.setattr("analysis.archive.answers.by_processes", nullcontext)
    with dask.config.set(scheduler="sync"):
        yield


@pytest.fixture
def read_once(here, monkeypatch):
    """The same, each part being read and solved once for all answers."""
    load, parts = files.Part.load, {}

    def loaded(part):
        key = part.folder, part.number
        if key not in parts:
            parts[key] = load(part)
        return parts[key]

    monkeypatch.setattr(files.Part, "load", loaded)


def archive_of(tmp_path, *sources) -> "analysis.archive.answers.Archive":
    writing.write_archive(sources, tmp_path / "archive", log=lambda _: None)
    return analysis.open_archive(tmp_path / "archive")


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    keys = [
        "event_ids",
        "doubt",
        "reading",
        "tally_id",
        "event_id",
        "date",
        "source_original",
        "party_id",
        "harm",
    ]
    rows = rows.sort_values([key for key in keys if key in rows]).reset_index(drop=True)
    if "clash" in rows:  # sets are numbered as families come, in parts and in all
        rows["clash"] = rows["clash"].factorize()[0]
    return rows


def assert_same(archive, dataset, **cut) -> None:
    for name, find, own in ANSWERS:
        known = signature(find).parameters
        asked = own | {key: value for key, value in cut.items() if key in known}
        answer, expected = getattr(archive, name)(**asked), find(dataset, **asked)
        if name == "doubts":  # those between families are asked of datasets only
            expected = expected[~expected["kind"].isin(["tallies", "parties", "names"])]
        assert_frame_equal(in_order(answer.compute()), in_order(expected))
        assert dict(answer.dtypes) == dict(expected.dtypes)


@pytest.mark.parametrize("name", ["report", *map(slow, ("fortnight", "ucdp"))])
def test_an_archive_of_one_dataset_has_its_answers(name, tmp_path, read_once):
    folder = PROJECT / "data" / name
    archive, dataset = archive_of(tmp_path, folder), analysis.load(folder)
    for cut in ({}, {"reading": "wide"}, {"as_of": "2018-07-24"}):
        assert_same(archive, dataset, **cut)


@pytest.fixture(scope="module")
def random_folder(tmp_path_factory):
    """Of 12 families three have a part, running totals and others."""
    folder = tmp_path_factory.mktemp("random") / "dataset"
    write_random(folder, families=12, seed=3)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "cut"),
    [(2**13, {}), (2**14, {"reading": "wide"}), (2**13, {"as_of": "2015-01-01"})],
)
def test_parts_change_nothing(size, cut, random_folder, tmp_path, read_once, monkeypatch):
    monkeypatch.setattr(sorting, "_BYTES", size)
    archive = archive_of(tmp_path, random_folder)
    assert archive.parts == round((random_folder / "events.csv").stat().st_size / size) > 2
    assert_same(archive, analysis.load(random_folder), **cut)


@pytest.mark.slow
def test_families_that_correct_one_another_stay_together(
    random_folder, tmp_path, read_once, monkeypatch
):
    monkeypatch.setattr(sorting, "_BYTES", 2**13)
    linked = tmp_path / "linked"
    shutil.copytree(random_folder, linked)
    tables = {
        name: pd.read_csv(linked / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("tallies", "events")
    }
    tables["tallies"]["source_original"] = "one source"
    events = tables["events"]
    latest = events.index[events["report_id"] == events["report_id"].max()][0]
    older = events.index[[60, 210, 330, 510]]
    events.loc[latest, "supersedes"] = events.loc[older[0], "event_id"]
    by_page = events.loc[older[1:]].sort_values("report_id").index
    for row, other in zip(by_page[1:], by_page[:-1], strict=True):
        events.loc[row, "supersedes"] = events.loc[other, "event_id"]
    for name, rows in tables.items():
        rows.to_csv(linked / f"{name}.csv", index=False)
    assert_same(archive_of(tmp_path, linked), analysis.load(linked))


@pytest.mark.slow
def test_several_datasets_are_one_archive(random_folder, tmp_path, here):
    report = PROJECT / "data" / "report"
    archive = archive_of(tmp_path, report, PROJECT / "data" / "ucdp" / "ged_extract.csv")
    one = [analysis.load(PROJECT / "data" / name) for name in ("report", "ucdp")]
    both = pd.concat([analysis.totals(dataset) for dataset in one], ignore_index=True)
    assert_frame_equal(in_order(archive.totals().compute()), in_order(both))
    about = json.loads((tmp_path / "archive" / "archive.json").read_text())
    assert about["sha256"][str(report)] == one[0].sha256


@pytest.mark.slow
@pytest.mark.parametrize("reading", ["primary", "wide"])
def test_years_are_whole_years(reading):
    """Bounds of a year hold for all its days, those of which nothing is stated among them."""
    dataset = analysis.load(PROJECT / "data" / "fortnight")
    years = analysis.casualty_bounds(dataset, reading=reading, by="year")
    assert (years["date"] == pd.Timestamp("2018-01-01")).all()
    daily = analysis.casualty_bounds(dataset, reading=reading)
    days = daily.groupby("tally_id", sort=False)["low"].sum()
    assert (years.set_index("tally_id")["low"] > days).any()
    for row in years.itertuples():
        asked = dataset, row.tally_id, "2018-01-01", "2018-12-31"
        high = None if pd.isna(row.high) else row.high
        assert analysis.window_bounds(*asked, reading=reading) == (row.low, high)
    with pytest.raises(ValueError, match="by is one of day, month, year, not 'week'"):
        analysis.casualty_bounds(dataset, by="week")


def test_a_year_is_closed_only_where_all_its_tallies_are():
    rows = [["a", "toll", 0, 364, 3, 3, "t"], ["b", "toll", 365, 729, 5, 5, "u"]]
    assert_years(rows, [(2018, 3, None), (2019, 5, None)])
    rows += [["c", "toll", 365, 729, 1, 2, "t"], ["d", "toll", 0, 364, 0, 4, "u"]]
    assert_years(rows, [(2018, 3, 7), (2019, 6, 7)])


def assert_years(rows: list[list], expected: list[tuple]) -> None:
    found = analysis.totals(as_dataset(rows), by="year")
    ends = [None if pd.isna(high) else high for high in found["high"]]
    assert [*zip(found["date"].dt.year, found["low"], ends, strict=True)] == expected


def test_problems_are_those_of_the_dataset(random_folder, tmp_path, here, monkeypatch):
    monkeypatch.setattr(sorting, "_BYTES", 2**13)
    broken = tmp_path / "broken"
    shutil.copytree(random_folder, broken)
    lines = (broken / "events.csv").read_text().splitlines()
    lines[7] = lines[7].replace("stated", "sated", 1)
    lines[400] = lines[400].replace("f0000007", "f0000o07", 1)
    lines[500] = lines[500].replace(",toll,", ",tool,")
    lines.append(lines[500].replace(",tool,", ",toll,"))
    lines.insert(550, "cut,off")
    (broken / "events.csv").write_text("\n".join(lines))
    with pytest.raises(analysis.DatasetError) as plain:
        analysis.load(broken)
    with pytest.raises(analysis.DatasetError) as parted:
        archive_of(tmp_path, broken)
    assert parted.value.problems == plain.value.problems
    assert len(plain.value.problems) >= 4
    assert not [*tmp_path.glob("*archive*")]


def test_names_that_clash_among_datasets_are_told(random_folder, tmp_path, here):
    other = tmp_path / "other"
    shutil.copytree(random_folder, other)
    parties = pd.read_csv(other / "parties.csv")
    parties.assign(label_en="else").to_csv(other / "parties.csv", index=False)
    with pytest.raises(analysis.DatasetError) as found:
        archive_of(tmp_path, random_folder, other)
    lines = str(found.value).splitlines()
    where = f"stands in {random_folder} too"
    mend = "write the same in all its cells, or give one of them another name"
    assert lines[1].startswith(f"parties.csv:2 party_id: 'p0' {where}; {mend} (in {other})")
    once = f"{where}; nobody may count twice: give one of them another name"
    for start in ("tallies.csv:2 tally_id: 'f0000000'", "events.csv:2 event_id: 'f0000000-0'"):
        assert any(line.startswith(f"{start} {once}") for line in lines)


def test_an_archive_without_statements(random_folder, tmp_path, here):
    empty = tmp_path / "empty"
    shutil.copytree(random_folder, empty)
    with (empty / "events.csv").open() as file:
        head = file.readline()
    (empty / "events.csv").write_text(head)
    assert archive_of(tmp_path, empty).bounds().compute().empty


def clashing(tmp_path):
    """The report, with a total of 999 for the days of another one."""
    folder = tmp_path / "clash"
    shutil.copytree(PROJECT / "data" / "report", folder)
    events = pd.read_csv(folder / "events.csv", dtype=str, keep_default_na=False)
    row = events[events["count_kind"] == "toll"].iloc[[0]]
    more = row.assign(event_id="other", low="999", high="999")
    pd.concat([events, more]).to_csv(folder / "events.csv", index=False)
    return folder


def test_a_contradiction_is_named_and_listed(tmp_path, capsys, here):
    folder = clashing(tmp_path)
    assert main(["archive", str(folder), str(tmp_path / "archive")]) == 1
    said = capsys.readouterr().out
    assert "contradiction: other in daraa-2018-07-24: civilians_bombardment 999" in said
    archive = analysis.open_archive(tmp_path / "archive")
    with pytest.raises(analysis.ContradictionError):
        archive.totals().compute()
    found = archive.contradictions().compute()
    assert "other" in {*found["event_id"]} and len(found) == 2


def test_the_command_writes_and_never_overwrites(tmp_path, capsys, here):
    report, folder = str(PROJECT / "data" / "report"), str(tmp_path / "archive")
    assert main(["archive", report, folder]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{folder}: 35 statements in 1 part"
    assert main(["archive", report, folder]) == 1
    assert "is there; name a new folder" in capsys.readouterr().out
    with pytest.raises(
        ValueError, match="is not an archive; write one to a new folder: python -m analysis"
    ):
        analysis.open_archive(report)


def test_what_breaks_off_leaves_nothing(tmp_path, here, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_write_part", interrupted)
    with pytest.raises(KeyboardInterrupt):
        archive_of(tmp_path, PROJECT / "data" / "report")
    assert not [*tmp_path.iterdir()]


@pytest.mark.slow
def test_a_killed_worker_changes_no_number(random_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(sorting, "_BYTES", 2**13)
    with dask.config.set(scheduler="sync"):
        archive = archive_of(tmp_path, random_folder)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        pids = [*client.run(os.getpid).values()]
        threading.Timer(0.5, os.kill, (pids[0], signal.SIGKILL)).start()
        found = archive.bounds().compute()
        assert {*client.run(os.getpid).values()} != {*pids}
    assert_frame_equal(
        in_order(found), in_order(analysis.casualty_bounds(analysis.load(random_folder)))
    )


@pytest.mark.slow
def test_pictures_of_an_archive_are_those_of_the_dataset(random_folder, tmp_path, here):
    archive, dataset = archive_of(tmp_path, random_folder), analysis.load(random_folder)
    summary = archive.summary()
    asked = ((analysis.plot_by_period, {"sums": sums_of(dataset)}), (analysis.plot_coverage, {}))
    for plot, options in asked:
        one, other = plot(summary.dataset, sums=summary.sums), plot(dataset, **options)
        assert (one.title, one.alt) == (other.title, other.alt)
        assert one.sha256
        assert_frame_equal(in_order(one.numbers), in_order(other.numbers))
    early = archive.summary(as_of="2015-01-01")
    one = analysis.plot_by_period(early.dataset, sums=early.sums).numbers
    known = sums_of(published_by(dataset, "2015-01-01"))
    other = analysis.plot_by_period(dataset, as_of="2015-01-01", sums=known).numbers
    assert_frame_equal(in_order(one), in_order(other))
    assert archive.coverage().compute()["within"].sum() > 0


@pytest.mark.slow
def test_the_command_draws_pictures_in_every_language(random_folder, tmp_path, here):
    archive_of(tmp_path, random_folder)
    assert main(["pictures", str(tmp_path / "archive")]) == 0
    for language in LANGUAGES:
        assert (tmp_path / "archive" / "figures" / language / "coverage-column.svg").exists()


def test_years_without_a_statement_stay_blank():
    """Two counts of one source, six years apart: two columns, and nothing drawn between."""
    rows = [["a", "toll", 0, 40, 3, 3, "t"], ["b", "toll", 2200, 2210, 5, None, "t"]]
    dataset = as_dataset(rows)
    dataset = replace(
        dataset, reports=dataset.reports.assign(source_date=pd.Timestamp("2025-01-01"))
    )
    chart = analysis.plot_by_period(dataset, sums=sums_of(dataset))
    assert [*chart.numbers["period_start"].dt.year] == [2018, 2024]
    assert [*chart.numbers["low"]] == [3, 5]
    signs = [artist.get_label() for artist in chart.axes[0].patches]
    assert signs.count("_column") == 2
    assert "at least 5 in 2024" in chart.title and "at least 8" in chart.alt
    covered = analysis.plot_coverage(dataset)
    assert covered.title == "Months with counts of their own: 1 of 73"


@pytest.mark.parametrize(("last", "named"), [(690, "2019"), (1300, "2020")])
def test_axis_of_coverage_names_months_or_years(last, named):
    """A year has months, the last or the first of a later year by its year; four years have years.

    The widest names stand at the ends, in Arabic with two words: none is cut off.
    """
    rows = [["a", "incident", 300, 302, 1, None, "t"], ["b", "toll", last, last + 3, 5, None, "t"]]
    dataset = as_dataset(rows)
    dataset = replace(
        dataset, reports=dataset.reports.assign(source_date=pd.Timestamp("2025-01-01"))
    )
    for language, width in product(LANGUAGES, WIDTHS):
        chart = analysis.plot_coverage(dataset, language=language, width=width)
        assert_readable(chart, (language, width), foreign=True)
        labels = [text.strip("\u200f").split() for text in said(chart)]
        assert any(named in words and len(words) < 4 for words in labels)


def test_coverage_tells_months_from_longer_spans():
    rows = [["a", "incident", 0, 2, 1, None, "t"], ["b", "toll", 20, 70, 5, None, "t"]]
    found = analysis.coverage(as_dataset(rows))
    assert found["date"].dt.month.tolist() == [1, 2, 3]
    assert found["within"].tolist() == [1, 0, 0]
    assert found["across"].tolist() == [1, 1, 1]


NAMES = {
    "reports": ["report_id"],
    "tallies": ["tally_id", "source_original", "subset_of"],
    "events": [
        "event_id", "report_id", "tally_id", "same_as", "supersedes", "apart_from", "counted_in",
    ],
}  # fmt: skip
"""Columns in which the tables of a random dataset get names of their own."""


def prefixed(cell: str, prefix: str) -> str:
    return ";".join(f"{prefix}{name}" for name in cell.split(";")) if cell else ""


def joined(seeds: range, folder: Path, offsets: bool) -> None:
    """Random datasets as one, each with names of its own; of two neighbours the sources are one."""
    tables: dict[str, list[dict]] = {"parties": PARTIES, "areas": AREAS}
    for seed in seeds:
        made = random_tables(seed)
        for table, columns in NAMES.items():
            for row in made[table]:
                own = {name: prefixed(row.get(name, ""), f"{seed}-") for name in columns}
                if table == "tallies":
                    own["source_original"] = f"{seed // 2} {row['source_original']}"
                tables.setdefault(table, []).append(row | own)
    for row in tables["reports"]:
        clock = ["+03:00", "-05:00", "Z"][int(row["report_id"][-1]) % 3]
        for name in ("source_date", "source_date_earliest"):
            row[name] = row.get(name, "")
            row[name] += clock if offsets and "T" in row[name] else ""
    for table, rows in tables.items():
        pd.DataFrame(rows).to_csv(folder / f"{table}.csv", index=False)


def many(cases: range) -> list:
    """Random archives of ``make attack``."""
    return [pytest.param(case, marks=pytest.mark.attack) for case in cases]


@pytest.mark.parametrize("start", [slow(0), *many(range(8, 160, 8))])
def test_random_archives_have_the_statements_of_one_process(
    start, tmp_path, read_once, monkeypatch
):
    folder = tmp_path / "dataset"
    folder.mkdir()
    joined(range(start, start + 8), folder, offsets=start % 16 == 0)
    dataset = analysis.load(folder)
    monkeypatch.setattr(sorting, "_BYTES", (folder / "events.csv").stat().st_size // 4)
    archive = archive_of(tmp_path, folder)
    assert archive.parts >= 3
    for cut in ({}, {"reading": "wide"}, {"as_of": "2024-05-06"}, {"as_of": "2024-05-05T12:30"}):
        for name in ("statements", "contradictions"):
            own = getattr(analysis, name)(dataset, **cut)
            found = getattr(archive, name)(**cut).compute()
            assert_frame_equal(in_order(found), in_order(own))
    if len(found):
        with pytest.raises(analysis.ContradictionError):
            archive.bounds(**cut).compute()


@pytest.mark.parametrize("seed", [slow(6), *many(range(12, 240, 6))])
def test_random_archives_that_contradict_nothing_have_all_answers(
    seed, tmp_path, read_once, monkeypatch
):
    """Of several random datasets together some part contradicts itself; of few often none does."""
    folder = tmp_path / "dataset"
    folder.mkdir()
    joined(range(seed, seed + 2), folder, offsets=False)
    dataset = analysis.load(folder)
    monkeypatch.setattr(sorting, "_BYTES", (folder / "events.csv").stat().st_size // 3)
    archive = archive_of(tmp_path, folder)
    for cut in ({}, {"reading": "wide"}, {"as_of": "2024-05-06"}):
        if not len(analysis.contradictions(dataset, **cut)):
            assert_same(archive, dataset, **cut)
    found, known = archive.summary().sums, sums_of(dataset)
    for name in ("years", "whole", "months"):
        assert_frame_equal(in_order(getattr(found, name)), in_order(getattr(known, name)))


def tallied(folder: Path, tallies: list[dict], parties: list[dict], areas: list[dict]) -> None:
    """A dataset in which each tally is counted once by each of many pages."""
    days = pd.date_range("2020-01-01", periods=15).astype("str")
    events = [
        {
            "event_id": f"{tally['tally_id']}-{at}", "report_id": f"r{at}",
            "tally_id": tally["tally_id"], "count_kind": "toll" if at % 3 else "incident",
            "date_start": days[0] if at % 3 else days[at], "date_end": days[at],
            "count": str(3 * (len(tallies) - place) + at),
        }
        for place, tally in enumerate(tallies)
        for at in range(len(days))
    ]  # fmt: skip
    reports = [{"report_id": f"r{at}", "source_date": day} for at, day in enumerate(days)]
    base = {"source_original": "S", "party_id": "people", "harm": "killed"}
    tables = {
        "reports": reports, "parties": parties, "areas": areas, "events": events,
        "tallies": [base | tally for tally in tallies],
    }  # fmt: skip
    folder.mkdir()
    for table, rows in tables.items():
        pd.DataFrame(rows).to_csv(folder / f"{table}.csv", index=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "tallies",
    [
        [{"tally_id": "all"}, {"tally_id": "north", "area": "north"}],
        [{"tally_id": "land", "area": "land"}, {"tally_id": "north", "area": "north"}],
        [{"tally_id": "all"}, {"tally_id": "medics", "party_id": "medics"}],
        [
            {"tally_id": "all"},
            {"tally_id": "police", "attributed_to": "police"},
            {"tally_id": "torture", "cause": "torture"},
            {"tally_id": "both", "attributed_to": "police", "cause": "torture"},
        ],
        [
            {"tally_id": "a", "area": "north"},
            {"tally_id": "b", "area": "south"},
            {"tally_id": "c", "victim_group": "named", "area": "x", "subset_of": "a;b"},
        ],
        [
            {"tally_id": "women", "victim_group": "women", "division": "sex", "area": "north"},
            {"tally_id": "men", "victim_group": "men", "division": "sex", "area": "south"},
        ],
        [{"tally_id": "all"}, {"tally_id": "other", "cause": "x", "apart_from": "all"}],
    ],
    ids=["area", "areas", "party", "several wholes", "subset_of", "division", "apart_from"],
)
def test_tallies_that_bear_on_one_another_share_a_part(tallies, tmp_path, read_once, monkeypatch):
    """Whatever joins them; the other parts are empty."""
    parties = [
        {"party_id": "people"}, {"party_id": "medics", "part_of": "people"}, {"party_id": "police"},
    ]  # fmt: skip
    areas = [{"area_id": "land"}, {"area_id": "north", "part_of": "land"}]
    areas += [{"area_id": name} for name in ("south", "x")]
    folder = tmp_path / "dataset"
    tallied(folder, tallies, parties, areas)
    monkeypatch.setattr(sorting, "_BYTES", (folder / "events.csv").stat().st_size // 6)
    archive = archive_of(tmp_path, folder)
    assert archive.parts == 6
    parts = [pd.read_parquet(path) for path in (tmp_path / "archive" / "tallies").iterdir()]
    assert sorted(map(len, parts)) == [0] * 5 + [len(tallies)]
    assert_same(archive, analysis.load(folder))


@pytest.mark.slow
def test_pages_on_several_clocks_are_compared_as_in_one_process(tmp_path, read_once, monkeypatch):
    """A part knows the clock of most pages though its own are on another."""
    folder = tmp_path / "dataset"
    tallied(folder, [{"tally_id": "a", "area": "north"}, {"tally_id": "b", "area": "south"}],
            [{"party_id": "people"}], [{"area_id": "north"}, {"area_id": "south"}])  # fmt: skip
    reports, events = (pd.read_csv(folder / f"{name}.csv") for name in ("reports", "events"))
    here_too = reports.assign(
        report_id="b" + reports["report_id"], source_date=reports["source_date"] + "T23:30-09:00"
    )
    reports["source_date"] += "T01:00+03:00"
    of_b = events["tally_id"] == "b"
    events["report_id"] = ("b" + events["report_id"]).where(of_b, events["report_id"])
    more = reports.assign(report_id="u" + reports["report_id"])  # nobody cites them
    pd.concat([reports, here_too, more]).to_csv(folder / "reports.csv", index=False)
    events.to_csv(folder / "events.csv", index=False)
    monkeypatch.setattr(sorting, "_BYTES", (folder / "events.csv").stat().st_size // 6)
    archive, dataset = archive_of(tmp_path, folder), analysis.load(folder)
    for as_of in ("2020-01-08", "2020-01-08T10:30"):
        assert_same(archive, dataset, as_of=as_of)


@pytest.mark.slow
def test_a_ledger_of_harm_that_some_parts_do_not_count(tmp_path, here, monkeypatch):
    folder = tmp_path / "dataset"
    tallied(folder, [{"tally_id": "a"}, {"tally_id": "b", "harm": "injured"}],
            [{"party_id": "people"}], [{"area_id": "north"}])  # fmt: skip
    monkeypatch.setattr(sorting, "_BYTES", (folder / "events.csv").stat().st_size // 6)
    archive, dataset = archive_of(tmp_path, folder), analysis.load(folder)
    for harm in ("killed", "injured"):
        found = archive.ledger(harm=harm).compute()
        assert_frame_equal(in_order(found), in_order(analysis.ledger(dataset, harm=harm)))
    with pytest.raises(ValueError, match="no tally of people 'missing'; there are: killed"):
        archive.ledger(harm="missing")


def test_a_killed_run_can_be_repeated(tmp_path, here):
    """What it left is put away, and nothing of it comes into the archive."""
    left = tmp_path / ".archive.unfinished" / "events"
    left.mkdir(parents=True)
    (left / "000007.parquet").write_bytes(b"half")
    archive_of(tmp_path, PROJECT / "data" / "report")
    assert [each.name for each in tmp_path.iterdir()] == ["archive"]
    assert len([*(tmp_path / "archive" / "events").iterdir()]) == 1


@pytest.mark.slow
def test_a_workbook_and_cells_of_several_lines(tmp_path, read_once):
    report = PROJECT / "data" / "report"
    folder = tmp_path / "folder"
    shutil.copytree(report, folder)
    events = pd.read_csv(folder / "events.csv", dtype=str, keep_default_na=False)
    events["note"] = 'two\nlines, one "quoted"'
    events.to_csv(folder / "events.csv", index=False)
    assert_same(archive_of(tmp_path, folder), analysis.load(report))
    main(["new", str(tmp_path / "book"), "--excel"])
    book = writing.write_archive([tmp_path / "book"], tmp_path / "other", log=str)
    assert not book
    assert_same(analysis.open_archive(tmp_path / "other"), analysis.load(tmp_path / "book"))


def test_pieces_are_rows_whatever_they_hold(tmp_path):
    head = ",".join(codebook.columns("events"))
    cells = ['5" gun', '"two\nlines"', '"a ""word"", and\r\nmore"', "plain", '""']
    rows = [f"e{at}," + "," * (head.count(",") - 1) + cells[at % 5] for at in range(60)]
    (tmp_path / "events.csv").write_text("\n".join(["", head, *rows]) + "\n", newline="")
    whole, problems = read_table(tmp_path, "events")
    assert not problems
    for size in (10, 100, 1000):
        pieces = [*read_pieces(tmp_path, "events", size)]
        assert not [each for _, found in pieces for each in found]
        assert_frame_equal(pd.concat([rows for rows, _ in pieces]), whole)
        assert len(pieces) > 1


def test_reports_that_nobody_cites_are_checked_and_kept(tmp_path, here):
    folder = tmp_path / "dataset"
    shutil.copytree(PROJECT / "data" / "report", folder)
    reports = pd.read_csv(folder / "reports.csv", dtype=str, keep_default_na=False)
    more = reports.assign(report_id="uncited")
    pd.concat([reports, more]).to_csv(folder / "reports.csv", index=False)
    archive_of(tmp_path, folder)
    assert len(pd.read_parquet(tmp_path / "archive" / "reports")) == 2
    shutil.rmtree(tmp_path / "archive")
    wrong = more.assign(source_date="2018-99-99")
    pd.concat([reports, wrong]).to_csv(folder / "reports.csv", index=False)
    with pytest.raises(analysis.DatasetError, match="no day of the calendar"):
        archive_of(tmp_path, folder)


def test_what_of_a_ged_file_is_lost_is_told(tmp_path, capsys, here):
    file = PROJECT / "data" / "ucdp" / "ged_extract.csv"
    assert main(["archive", str(file), str(tmp_path / "archive")]) == 0
    assert "20 events of UCDP; what it cannot hold or leaves out:" in capsys.readouterr().out
    about = json.loads((tmp_path / "archive" / "archive.json").read_text())
    known = hashlib.sha256(file.read_bytes()).hexdigest()
    assert about["sha256"] == {str(file): {"ged_extract.csv": known}}


def test_a_summary_knows_its_day(tmp_path, here):
    archive = archive_of(tmp_path, PROJECT / "data" / "fortnight")
    asked = {"as_of": "2018-07-24T12:00"}
    dataset, sums = pickle.loads(pickle.dumps(archive.summary(**asked)))
    one = analysis.plot_by_period(dataset, sums=sums)
    fortnight = analysis.load(PROJECT / "data" / "fortnight")
    known = sums_of(published_by(fortnight, asked["as_of"]))
    other = analysis.plot_by_period(fortnight, sums=known, **asked)
    assert_frame_equal(in_order(one.numbers), in_order(other.numbers))
    assert one.title == other.title
    with pytest.raises(ValueError, match="ask for its summary"):
        analysis.plot_by_period(dataset, sums=sums, as_of="2018-07-21")


def test_years_of_one_source_name_that_source_alone():
    dataset = analysis.load(PROJECT / "data" / "fortnight")
    chart = analysis.plot_by_period(dataset, source="SOHR", sums=sums_of(dataset))
    assert "OCHA" not in chart.source
    assert "Syria" in chart.alt
    with pytest.raises(ValueError, match="no source 'nobody' of people killed; it is "):
        analysis.plot_by_period(dataset, source="nobody", sums=sums_of(dataset))
    with pytest.raises(ValueError, match="no source 'nobody' of a count; it is one of "):
        analysis.plot_by_period(dataset, source="nobody")


def test_counts_of_several_years_are_in_none_of_them():
    rows = [["a", "toll", 0, 600, 9, 9, "t"], ["b", "toll", 0, 200, 2, 2, "t"]]
    dataset = as_dataset(rows)
    chart = analysis.plot_by_period(dataset, sums=sums_of(dataset))
    texts = [text.get_text() for text in chart.axes[0].texts]
    assert "9 in all" in texts and "up to 7" in texts and "no year given" in texts
    (rest,) = chart.numbers[chart.numbers["period_start"].isna()]["high"]
    assert rest == 7
    with pytest.raises(ValueError, match=r"by is one of month, year, .*, or None, not 'decade'"):
        analysis.totals(as_dataset(rows), by="decade")


# Damage, versions and kills


@pytest.mark.parametrize("name", ["events.csv", "areas.csv"])
def test_an_input_that_changes_while_it_is_read_is_an_error(name, tmp_path, here, monkeypatch):
    folder = tmp_path / "dataset"
    shutil.copytree(PROJECT / "data" / "report", folder)
    sort = writing.sort_by_family

    def sort_while_it_changes(*asked):
        found = sort(*asked)
        with (folder / name).open("a") as file:
            file.write("\n")
        return found

    monkeypatch.setattr(writing, "sort_by_family", sort_while_it_changes)
    said = f"dataset changed while it was read: {name}; give the command again when nothing writes"
    with pytest.raises(ValueError, match=said):
        archive_of(tmp_path, folder)
    assert not (tmp_path / "archive").exists()


def answers(folder: Path) -> bytes:
    """All that may be learned from an archive."""
    archive = analysis.open_archive(folder)
    found = [archive.statements().compute(), archive.totals().compute(), archive.summary()]
    return pickle.dumps([len(archive), archive.sha256, *map(repr_of, found)])


def repr_of(found) -> str:
    frames = [found] if isinstance(found, pd.DataFrame) else [
        *(getattr(found.dataset, table) for table in codebook.TABLES), *found.sums.months.items(),
    ]  # fmt: skip
    return "".join(
        map(str, (each.to_csv() if hasattr(each, "to_csv") else each for each in frames))
    )


@pytest.mark.slow
def test_no_flipped_bit_gives_another_answer_in_silence(tmp_path, here):
    archive_of(tmp_path, PROJECT / "data" / "report")
    folder, chance, named = tmp_path / "archive", random.Random(7), 0
    known = answers(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for at in range(60):
        path = files[at % len(files)]
        whole = path.read_bytes()
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            assert answers(folder) == known  # a blank between words of JSON says nothing
        except ValueError as error:
            assert path.name in str(error) and "write a new one" in str(error)
            named += 1
        path.write_bytes(whole)
    assert named > 55
    assert answers(folder) == known


def test_what_is_wrong_with_a_file_is_said_in_words(tmp_path, here):
    archive_of(tmp_path, PROJECT / "data" / "report")
    folder = tmp_path / "archive"
    part, about = folder / "events" / "000000.parquet", folder / "archive.json"
    written = {path: path.read_bytes() for path in (part, about)}
    lacking = pd.read_parquet(part).drop(columns="low").to_parquet(index=False)
    older = json.dumps({"statements": 35, "parts": 1, "sha256": {}}).encode()
    newer = json.loads(written[about]) | {"format": files.FORMAT + 1}
    del newer["checksum"]
    newer["checksum"] = files._checksum(newer)
    for path, content, message in [
        (part, written[part][:-100], "000000.parquet is not as it was written: cut off"),
        (part, lacking, "000000.parquet is not as it was written: cut off, damaged or edited"),
        (part, None, "000000.parquet is missing"),
        (about, written[about][:-100], "archive.json cannot be read as it was written"),
        (about, b"[]", "archive.json cannot be read as it was written"),
        (about, b"\xff", "archive.json cannot be read as it was written"),
        (
            about,
            written[about].replace(b'"parts": 1', b'"parts": 0'),
            "json is not as it was writt",
        ),
        (about, older, "archive is an archive of an older version, 1; this one reads 2"),
        (about, json.dumps(newer).encode(), "is an archive of version 3; this one reads 2"),
    ]:
        path.unlink() if content is None else path.write_bytes(content)
        with pytest.raises(ValueError, match=message) as error:
            analysis.open_archive(folder).totals().compute()
        assert "bring it back from a copy, or write a new one: python -m" in str(error.value)
        path.write_bytes(written[path])
    assert len(analysis.open_archive(folder).totals().compute())


_SLEEPING = """
import dask, time
from analysis.archive.answers import by_processes
with by_processes():
    dask.compute(*[dask.delayed(time.sleep)(900 + at) for at in range(2)])
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGKILL, *map(slow, (signal.SIGTERM, signal.SIGINT))])
def test_no_worker_is_left_when_the_command_is_killed(sent):
    command = [sys.executable, "-c", _SLEEPING]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, **INTERRUPTIBLE) as process:
        children = until(lambda: workers(process.pid), 300)
        assert children, "two workers wait for their parent"
        process.send_signal(sent)
        assert process.wait(300)
    assert until(lambda: not any(child.is_running() for child in children), 300)


def workers(pid: int) -> list[psutil.Process]:
    """Both workers, once they have begun to wait for their parent."""
    found = [each for each in psutil.Process(pid).children(True) if each.num_threads() > 2]
    return found if len(found) == 2 else []


def until(there, seconds: float):
    """What is waited for."""
    end = time.monotonic() + seconds
    while not (found := there()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


@pytest.mark.slow
def test_a_worker_killed_from_outside_is_said_in_words():
    script = "import dask, os\nfrom analysis.archive.answers import by_processes\n"
    script += "with by_processes():\n    dask.delayed(os._exit)(9).compute()\n"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "OSError: a process was killed from outside, as when memory is short" in run.stderr


def test_contradictions_are_said_before_doubts_are_asked(tmp_path, capsys, here, monkeypatch):
    folder, asked = clashing(tmp_path), []

    def doubts(*_, **__):
        asked.append(capsys.readouterr().out)
        raise ValueError("asked")

    monkeypatch.setattr("analysis.archive.answers.Archive.doubts", doubts)
    assert main(["archive", str(folder), str(tmp_path / "archive")]) == 1
    assert "contradiction: other in daraa-2018-07-24" in asked[0]


def test_doubts_between_families_are_not_worked_out(tmp_path, here, monkeypatch):
    archive = archive_of(tmp_path, PROJECT / "data" / "report")
    for name in ("tallies", "parties", "names"):
        monkeypatch.setattr(f"analysis.data.questions._about_{name}", None)
    assert archive.doubts().compute().empty


def test_a_harm_that_nobody_counts_is_refused_with_those_there_are(tmp_path, here):
    dataset = analysis.load(PROJECT / "data" / "fortnight")
    archive = archive_of(tmp_path, PROJECT / "data" / "fortnight")
    harms = ", ".join(dataset.tallies["harm"].unique())
    message = f"no tally of people 'nonsense'; there are: {harms}"
    for ask in (archive.ledger, lambda harm: analysis.ledger(dataset, harm=harm)):
        with pytest.raises(ValueError, match=message):
            ask(harm="nonsense")
