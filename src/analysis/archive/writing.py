"""Datasets of any size written as one archive: Parquet in parts that hold whole families.

Statements are sorted into parts first (:mod:`.sorting`); each part is then a small dataset that is
checked like any other.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import numpy as np
import pandas as pd
import pyarrow.dataset as arrow

from analysis.archive.files import PARTED, SHARED, file_of, write_about, write_table
from analysis.archive.sorting import Sorted, SortedInput, names_in, sort_by_family
from analysis.data import codebook
from analysis.data.cells import repeated
from analysis.data.dataset import check_tables, files_of, place_in_tables, sha256_of
from analysis.data.files import hold
from analysis.data.problems import DatasetError, Problem
from analysis.data.times import with_offsets
from analysis.data.workbook import find_workbook, in_workbook
from analysis.exchange.ged import Ged
from analysis.exchange.importing import Imported

_MANY = 10_000
"""Problems of a part that are reported at most."""

Log = Callable[[str], object]
Located = tuple[Sorted, Problem]
"""A problem, and the dataset that has it."""


def write_archive(
    inputs: list[str | Path], folder: str | Path, log: Log = print
) -> dict[str, Imported]:
    """Read and check datasets, and write them as one archive.

    Parameters
    ----------
    inputs : list of path
        Folders of CSV files, workbooks, or CSV files of UCDP GED.
    folder : path
        A new folder, there when all is written. What a killed run leaves is called the same with a
        dot before and ``.unfinished`` behind; the next run begins anew.
    log : callable
        Called with a line for each step.

    Returns
    -------
    dict of str to Imported
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
        imported = _write([*map(Path, inputs)], making, log)
        shutil.rmtree(making / "sorted")
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
        held.close()
    return imported


def _write(inputs: list[Path], making: Path, log: Log) -> dict[str, Imported]:
    datasets, imported, sha256 = [], {}, {}
    for number, path in enumerate(inputs):
        log(f"Reading {path} ...")
        place, folder, before = making / "sorted" / str(number), path, _hashes(path)
        place.mkdir(parents=True)
        if _is_ged(path):
            folder = place / "ged"
            folder.mkdir()
            imported[str(path)] = Ged().write_tables(path, folder)
        datasets.append(sort_by_family(str(path), folder, place))
        sha256[str(path)] = _hashes(path)
        if changed := dict(before.items() ^ sha256[str(path)].items()):
            said = f"changed while it was read: {', '.join(sorted(changed))}"
            raise ValueError(f"{path} {said}; give the command again when nothing writes there")
    log("Checking and writing ...")
    checksums = _write_parts(datasets, making)
    for table in SHARED:
        rows = pd.concat([dataset.tables[table] for dataset in datasets]).drop_duplicates()
        checksums |= write_table(rows, making, file_of(table))
    harms = pd.concat([dataset.tables["tallies"]["harm"] for dataset in datasets]).unique()
    about = {
        "statements": sum(len(dataset.ids) for dataset in datasets),
        "parts": sum(dataset.source.parts for dataset in datasets),
        "harms": [*harms],
        "sha256": sha256,
        "checksums": checksums,
    }
    write_about(making, about)
    return imported


def _is_ged(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() == ".csv"


def _hashes(path: Path) -> dict[str, str]:
    """SHA-256 of each file of an input, by name."""
    return {file.name: sha256_of(file) for file in ([path] if _is_ged(path) else files_of(path))}


def _write_parts(datasets: list[SortedInput], making: Path) -> dict[str, str]:
    """Check and write all parts; gives the checksums of their files."""
    parts = [(each.source, part) for each in datasets for part in range(each.source.parts)]
    work = [dask.delayed(_write_part)(*own, making, number) for number, own in enumerate(parts)]
    written = dask.compute(*work)
    problems = [
        (source, each)
        for (source, _), (found, _) in zip(parts, written, strict=True)
        for each in found
    ]
    problems += [(dataset.source, each) for dataset in datasets for each in dataset.problems]
    problems += _find_clashes(datasets)
    if problems:
        sources = [dataset.source for dataset in datasets]
        names = ", ".join(source.name for source in sources)
        raise DatasetError([*_in_order(sources, problems)], names)
    return {name: known for _, checksums in written for name, known in checksums.items()}


def _write_part(
    source: Sorted, part: int, making: Path, number: int
) -> tuple[list[Problem], dict[str, str]]:
    """Check a part and write it; gives what is wrong with it, or the checksums of its files."""
    tables, problems = check_tables(source.tables(part))
    if problems:  # names may stand in another part
        problems = check_tables(source.tables(part, whole=True))[1] or problems
        return problems[:_MANY], {}
    tables["reports"] = with_offsets(tables["reports"])
    checksums = {}
    for table in PARTED:
        checksums |= write_table(tables[table], making, file_of(table, number))
    return [], checksums


def _find_clashes(datasets: list[SortedInput]) -> Iterator[Located]:
    """Rows with the name of an earlier one: of another dataset, of events also of their own.

    Rows that are the same in two datasets are no clash, except tallies and events.
    """
    numbers, times = np.unique(np.concatenate([each.ids for each in datasets]), return_counts=True)
    repeats = arrow.field("id").isin(numbers[times > 1])
    for table in ("reports", "tallies", *SHARED, *["events"] * bool((times > 1).any())):
        rows = [
            each.source.rows(table, repeats) if table == "events" else each.tables[table]
            for each in datasets
        ]
        rows, counted = pd.concat(rows, keys=range(len(datasets))), table in ("tallies", "events")
        names = names_in(rows if counted else rows.drop_duplicates(), codebook.key(table))
        names = names[names.notna() & (names != "")]
        first = {name: number for (number, _), name in names[::-1].items()}
        for (number, line), name in names[names.duplicated()].items():
            if number != first[name]:
                said = _clash(name, datasets[first[name]].source, alike=not counted)
            elif table == "events":  # which parts alone cannot see; other tables were checked whole
                said = repeated(name)
            else:
                continue
            yield datasets[number].source, Problem(f"{table}.csv", line, names.name, said)


def _clash(name: str, other: Sorted, alike: bool) -> str:
    mend = "write the same in all its cells, or" if alike else "nobody may count twice:"
    return f"{name!r} stands in {other.name} too; {mend} give one of them another name"


def _in_order(sources: list[Sorted], problems: list[Located]) -> Iterator[Problem]:
    """Each problem once, by dataset and place, with the dataset's name where there are several."""
    for source in sources:
        book = find_workbook(source.folder)
        own = {problem for of, problem in problems if of is source}
        for each in sorted(own, key=place_in_tables):
            named = in_workbook(each, book)
            where = f" (in {source.name})" if len(sources) > 1 else ""
            yield named._replace(message=named.message + where)
