"""Archives of ten million statements on two workers of 2 GiB: speed, memory and growth.

For 1/100, 1/10 and all of the families asked for, each with 50 statements: writing the archive,
then bounds of every tally and day, counted and summed so that nothing of them is left out. Beside
it the same in one process, as far as 8 GiB of memory go, and what any answer costs: pandas'
groupby-sum of the same rows. Then 400,000 events in the layout of GED: imported, bounded, drawn.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from archives import EACH, write_ged, write_random
from dask.distributed import Client, LocalCluster

from analysis import casualty_bounds, export_figure, load, open_archive, plot_by_period
from analysis.archive.answers import Archive
from analysis.archive.writing import write_archive

GIB = 2**30
LIMIT = 8 * GIB
EVENTS = 400_000
PARTS = 100, 10, 1


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds that work takes, and what it gives."""
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


def peak(whose: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or one that it started and ended, ever had, in GiB."""
    return resource.getrusage(whose).ru_maxrss * 1024 / GIB


def sums(bounds: pd.DataFrame) -> pd.DataFrame:
    """How many rows of bounds there are, and what they add up to: equal where these are."""
    lows = bounds[["low", "cumulative_low"]].sum()
    highs = bounds[["high", "cumulative_high"]].fillna(-1).sum()
    return pd.DataFrame([{"rows": len(bounds), **lows, **highs}])


def on_dask(source: Path, folder: Path) -> tuple[float, float, pd.Series]:
    """Seconds for writing and for bounds, and the sums of these."""
    writing, _ = timed(lambda: write_archive([source], folder, log=lambda _: None))
    workers = peak(resource.RUSAGE_CHILDREN)
    meta = sums(pd.DataFrame(columns=["low", "high", "cumulative_low", "cumulative_high"]))
    how = {"n_workers": 2, "threads_per_worker": 1, "memory_limit": "2GiB"}
    with LocalCluster(**how, dashboard_address=None) as cluster, Client(cluster) as client:
        archive = open_archive(folder)
        solving, found = timed(lambda: archive.bounds().map_partitions(sums, meta=meta).compute())
        most = max(workers, *client.run(peak).values())
    said = f"{len(archive):,} statements in {archive.parts} parts"
    print(
        f"{said}: written in {writing:.0f} s, bounds in {solving:.1f} s "
        f"({len(archive) / solving:,.0f} statements a second); most memory of a worker "
        f"{most:.2f} GiB, of this process {peak():.2f} GiB",
        flush=True,
    )
    return writing, solving, found.sum()


def _alone(source: Path, answer: multiprocessing.Queue) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    try:
        loading, dataset = timed(lambda: load(source))
        solving, found = timed(lambda: sums(casualty_bounds(dataset)))
        answer.put((loading, solving, peak(), found.sum()))
    except MemoryError:
        answer.put(None)


def in_one_process(source: Path, expected: pd.Series) -> None:
    """The plain way, as far as the memory goes."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=_alone, args=(source, answer))
    process.start()
    process.join()
    found = None if answer.empty() else answer.get()
    if found is None:
        print(f"  one process: its memory ends ({LIMIT / GIB:.0f} GiB)", flush=True)
        return
    loading, solving, most, sums_of_all = found
    equal = (sums_of_all == expected).all()
    print(
        f"  one process: loaded in {loading:.0f} s, bounds in {solving:.1f} s, {most:.2f} GiB; "
        f"same numbers: {equal}",
        flush=True,
    )


def groupby_sum(folder: Path) -> None:
    """What any answer costs that looks at all rows."""
    columns = ["tally_id", "low"]
    seconds, _ = timed(
        lambda: [
            pd.read_parquet(path, columns=columns).groupby("tally_id")["low"].sum()
            for path in sorted((folder / "events").iterdir())
        ]
    )
    print(f"  groupby-sum of the same rows in pandas: {seconds:.1f} s", flush=True)


def drawn(archive: Archive, folder: Path) -> None:
    """The figure of years of an archive, in all files."""
    dataset, sums = archive.summary()
    export_figure(plot_by_period, dataset, folder, sums=sums)


def ged(folder: Path) -> None:
    """Events of UCDP, from their file to a figure."""
    write_ged(folder / "ged.csv", EVENTS)
    writing, _ = timed(
        lambda: write_archive([folder / "ged.csv"], folder / "ged", locale=lambda _: None)
    )
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster),
    ):
        archive = open_archive(folder / "ged")
        solving, _ = timed(lambda: archive.bounds(by="month").map_partitions(len).compute())
        drawing, _ = timed(lambda: drawn(archive, folder))
    print(
        f"{EVENTS:,} events of GED ({len(archive):,} statements): imported in {writing:.0f} "
        f"s, bounds by month in {solving:.0f} s, drawn by year in {drawing:.0f} s; most memory of "
        f"this process {peak():.2f} GiB"
    )


if __name__ == "__main__":
    families, measured = int(sys.argv[1]), []
    with tempfile.TemporaryDirectory() as name:
        places = [(Path(name, f"dataset{part}"), Path(name, f"archive{part}")) for part in PARTS]
        for part, place in zip(PARTS, places, strict=True):
            write_random(place[0], families // part)
            measured.append((families // part * EACH, *on_dask(*place)))
        (few, *first, _), (many, *last, _) = measured[0], measured[-1]
        ratios = [late / early / (many / few) for early, late in zip(first, last, strict=True)]
        said = f"from {few:,} to {many:,} statements, against proportion"
        print(f"{said}: writing {ratios[0]:.2f} times, bounds {ratios[1]:.2f} times", flush=True)
        ged(Path(name))
        for (source, folder), (statements, *_, found) in zip(places, measured, strict=True):
            print(f"{statements:,} statements:")
            in_one_process(source, found)
            groupby_sum(folder)
