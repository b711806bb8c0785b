"""Datasets of any size written as one archive: Parquet in parts that hold whole families.

Once statements are sorted into parts (:mod:`.archive_sort`), each part is a small dataset: it is
checked like any other, and written.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import numpy as np
import pandas as pd
import pyarrow.dataset as arrow

from analysis.data import codebook
from analysis.data.cells import repeated
from analysis.data.dataset import check_tables, files_of, place_in_tables, sha256_of
from analysis.data.files import hold
from analysis.data.problems import DatasetError, Problem
from analysis.data.times import with_offsets
from analysis.data.workbook import find_workbook, in_workbook
from analysis.exchange.archive import in_parallel
from analysis.exchange.archive_files import PARTED, SHARED, file_of, write_about, write_table
from analysis.exchange.archive_sort import Sorted, Source, names_in, sort_by_family
from analysis.exchange.event_rows import Copied
from analysis.exchange.ged_import import copy_ged

_MANY = 10_000
"""So many problems of a part are told."""


def write_archive(
    inputs: list[str | Path], folder: str | Path, log: Callable[[str], object] = print
) -> dict[str, Copied]:
    """Read and check datasets, and write them as one archive.

    Parameters
    ----------
    inputs : list of path
        Folders of CSV files, workbooks, or CSV files of UCDP GED.
    folder : path
        A new folder, there when all is written. What a killed run leaves is called the same with a
        dot before and ``.unfinished`` behind; the next run begins anew.
    log : callable
        Told what is being done, in a line.

    Returns
    -------
    dict of str to tuple
        For each GED file: how many events it has, which rows were left out since they break a rule
        of UCDP, and what the tables cannot hold.

    Raises
    ------
    DatasetError
        With the problems found, as :func:`analysis.load`; names that clash among datasets are
        problems.
    ValueError
        When an input changed while it was read.
    FileExistsError
        When the folder is there.
    """
    folder = Path(folder).absolute()
    if twice := [str(path) for path in inputs if [*map(str, inputs)].count(str(path)) > 1]:
        raise ValueError(f"{twice[0]} is named twice; nobody may count twice")
    making = folder.with_name(f".{folder.name}.unfinished")
    held = hold(making)  # of two runs the later waits
    try:
        shutil.rmtree(making, ignore_errors=True)
        if folder.exists():
            raise FileExistsError(f"{folder} is there; name a new folder, last")
        for table in PARTED:
            (making / table).mkdir(parents=True)
        copied = _write([*map(Path, inputs)], making, log)
        shutil.rmtree(making / "sorted")
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
        held.close()
    return copied


def _write(inputs: list[Path], making: Path, log: Callable[[str], object]) -> dict[str, Copied]:
    datasets, copied, sha256 = [], {}, {}
    for number, path in enumerate(inputs):
        log(f"Reading {path} ...")
        place, folder, before = making / "sorted" / str(number), path, _hashes(path)
        place.mkdir(parents=True)
        if _is_ged(path):
            folder = place / "ged"
            folder.mkdir()
            copied[str(path)] = copy_ged(path, folder)
        datasets.append(sort_by_family(str(path), folder, place))
        sha256[str(path)] = _hashes(path)
        if changed := dict(before.items() ^ sha256[str(path)].items()):
            said = f"changed while it was read: {', '.join(sorted(changed))}"
            raise ValueError(f"{path} {said}; give the command again when nothing writes there")
    log("Checking and writing ...")
    work = [(each.source, part) for each in datasets for part in range(each.source.parts)]
    told = in_parallel(
        [dask.delayed(_write_part)(*one, making, part) for part, one in enumerate(work)]
    )
    said = [
        (source, each) for (source, _), (found, _) in zip(work, told, strict=True) for each in found
    ]
    said += [(dataset.source, each) for dataset in datasets for each in dataset.problems]
    said += _find_clashes(datasets)
    if said:
        sources = [dataset.source for dataset in datasets]
        raise DatasetError([*_in_order(sources, said)], ", ".join(map(str, inputs)))
    checksums = {name: known for _, files in told for name, known in files.items()}
    for table in SHARED:
        rows = pd.concat([dataset.tables[table] for dataset in datasets]).drop_duplicates()
        checksums |= write_table(rows, making, file_of(table))
    harms = pd.concat([dataset.tables["tallies"]["harm"] for dataset in datasets]).unique()
    about = {
        "statements": sum(len(dataset.ids) for dataset in datasets),
        "parts": len(work),
        "harms": [*harms],
        "sha256": sha256,
        "checksums": checksums,
    }
    write_about(making, about)
    return copied


def _is_ged(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() == ".csv"


def _hashes(path: Path) -> dict[str, str]:
    """SHA-256 of each file of an input, by name."""
    return {file.name: sha256_of(file) for file in ([path] if _is_ged(path) else files_of(path))}


def _write_part(
    source: Source, part: int, making: Path, number: int
) -> tuple[list[Problem], dict[str, str]]:
    """Check a part and write it; gives what is wrong with it, or the checksums of its files."""
    tables, problems = check_tables(source.tables(part))
    if problems:  # what is meant may stand in another part
        problems = check_tables(source.tables(part, whole=True))[1] or problems
        return problems[:_MANY], {}
    tables["reports"] = with_offsets(tables["reports"])
    checksums = {}
    for table in PARTED:
        checksums |= write_table(tables[table], making, file_of(table, number))
    return [], checksums


_Said = Iterator[tuple[Source, Problem]]


def _find_clashes(datasets: list[Sorted]) -> _Said:
    """Rows with the name of an earlier one: of another dataset, of events also of their own.

    Rows that are the same in two datasets are no clash, but for what is counted.
    """
    numbers, times = np.unique(
        np.concatenate([dataset.ids for dataset in datasets]), return_counts=True
    )
    several = arrow.field("id").isin(numbers[times > 1])
    for table in ("reports", "tallies", *SHARED, *["events"] * bool((times > 1).any())):
        rows = pd.concat(
            [
                each.source.rows(table, several) if table == "events" else each.tables[table]
                for each in datasets
            ],
            keys=range(len(datasets)),
        )
        counted = table in ("tallies", "events")
        names = names_in(rows if counted else rows.drop_duplicates(), codebook.key(table))
        names = names[names.notna() & (names != "")]
        first = {name: number for (number, _), name in names[::-1].items()}
        for (number, line), name in names[names.duplicated()].items():
            said = _clash(name, datasets[first[name]].source, alike=not counted)
            if number == first[name]:
                said = repeated(name) if table == "events" else None  # told with the table
            if said:
                yield datasets[number].source, Problem(f"{table}.csv", line, names.name, said)


def _clash(name: str, other: Source, alike: bool = False) -> str:
    mend = "write the same in all its cells, or" if alike else "nobody may count twice:"
    return f"{name!r} stands in {other.name} too; {mend} give one of them another name"


def _in_order(sources: list[Source], said: list[tuple[Source, Problem]]) -> Iterator[Problem]:
    """Each problem once, by dataset and place, with the dataset's name where there are several."""
    for source in sources:
        book = find_workbook(source.folder)
        own = {each for of, each in said if of is source}
        for each in sorted(own, key=place_in_tables):
            named = in_workbook(each, book)
            where = f" (in {source.name})" if len(sources) > 1 else ""
            yield named._replace(message=named.message + where)
