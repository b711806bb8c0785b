"""Datasets of any size written as one archive: Parquet in parts that hold whole families.

Once statements are sorted into parts (:mod:`.archive_sort`), each part is a small dataset: it is
checked like any other, and written.
"""

import json
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
from analysis.data.problems import DatasetError, Problem
from analysis.data.workbook import find_workbook, in_workbook
from analysis.exchange.archive import ABOUT, PARTED, SHARED, in_parallel
from analysis.exchange.archive_sort import Source, names_in, sort
from analysis.exchange.ged_import import copy_ged

_MANY = 10_000
"""So many problems of a part are told."""


def write_archive(
    inputs: list[str | Path], folder: str | Path, say: Callable[[str], object] = print
) -> list[Problem]:
    """Read and check datasets, and write them as one archive.

    Parameters
    ----------
    inputs : list of path
        Folders of CSV files, workbooks, or CSV files of UCDP GED.
    folder : path
        A new folder, there when all is written. What a killed run leaves is called the same with a
        dot before and ``.unfinished`` behind; the next run begins anew.
    say : callable
        Told what is being done, in a line.

    Returns
    -------
    list of Problem
        The rows of GED files that were left out, since they break a rule of UCDP.

    Raises
    ------
    DatasetError
        With the problems found, as :func:`analysis.load`; names that clash among datasets are
        problems.
    FileExistsError
        When the folder is there.
    """
    folder = Path(folder).absolute()
    if folder.exists():
        raise FileExistsError(f"{folder} is there; name a new folder")
    making = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(making, ignore_errors=True)
    try:
        for table in PARTED:
            (making / table).mkdir(parents=True)
        left_out = _write([*map(Path, inputs)], making, say)
        shutil.rmtree(making / "sorted")
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return left_out


def _write(inputs: list[Path], making: Path, say: Callable[[str], object]) -> list[Problem]:
    sources, ids, small, left_out = [], [], [], []
    for number, path in enumerate(inputs):
        say(f"Reading {path} ...")
        place, folder = making / "sorted" / str(number), path
        place.mkdir(parents=True)
        if path.is_file() and path.suffix.lower() == ".csv":
            folder = place / "ged"
            folder.mkdir()
            left_out += copy_ged(path, folder)[1]
        for found, each in zip((sources, ids, small), sort(str(path), folder, place), strict=True):
            found.append(each)
    say("Checking and writing ...")
    work = [(source, part) for source in sources for part in range(source.parts)]
    told = in_parallel(
        [dask.delayed(_write_part)(*one, making, number) for number, one in enumerate(work)]
    )
    said = [(source, each) for (source, _), found in zip(work, told, strict=True) for each in found]
    said += [*_find_clashes(sources, small), *_find_repeated(sources, ids)]
    if said:
        raise DatasetError([*_in_order(sources, said)], ", ".join(map(str, inputs)))
    for table in SHARED:
        rows = pd.concat([tables[table] for tables in small]).drop_duplicates()
        rows.to_parquet(making / f"{table}.parquet", index=False)
    files = {
        source.name: {path.name: sha256_of(path) for path in files_of(source.folder)}
        for source in sources
    }
    about = {"statements": sum(map(len, ids)), "parts": len(work), "sha256": files}
    (making / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
    return left_out


def _write_part(source: Source, part: int, making: Path, number: int) -> list[Problem]:
    """Check a part and write it; gives what is wrong with it."""
    tables, problems = check_tables(source.tables(part))
    if problems:  # what may be meant instead can stand in another part
        return check_tables(source.tables(part, whole=True))[1][:_MANY]
    for table in PARTED:
        tables[table].to_parquet(making / table / f"{number:06d}.parquet", index=False)
    return []


_Said = Iterator[tuple[Source, Problem]]


def _find_clashes(sources: list[Source], small: list[dict[str, pd.DataFrame]]) -> _Said:
    """Rows of two datasets with one name: tallies, and others where they are not the same."""
    for table in ("reports", "tallies", *SHARED):
        rows = pd.concat([tables[table] for tables in small], keys=range(len(sources)))
        names = (rows if table == "tallies" else rows.drop_duplicates())[
            codebook.key(table)
        ].dropna()
        first = {name: number for (number, _), name in names[::-1].items()}
        for (number, line), name in names[names.duplicated()].items():
            if number != first[name]:  # else it has been told
                said = _clash(name, sources[first[name]])
                yield sources[number], Problem(f"{table}.csv", line, names.name, said)


def _find_repeated(sources: list[Source], ids: list[np.ndarray]) -> _Said:
    """Statements with the name of an earlier one, here or in another dataset."""
    numbers, times = np.unique(np.concatenate(ids), return_counts=True)
    first: dict[str, Source] = {}
    for source in sources if (times > 1).any() else ():
        rows = source.statements(arrow.field("id").isin(numbers[times > 1]))
        names = names_in(rows, "event_id")
        for line, name in names[names != ""].items():
            if name in first:
                here = first[name] is source
                said = repeated(name) if here else _clash(name, first[name])
                yield source, Problem("events.csv", line, "event_id", said)
            first.setdefault(name, source)


def _clash(name: str, other: Source) -> str:
    return f"{name!r} is something else in {other.name}; give one of them another name"


def _in_order(sources: list[Source], said: list[tuple[Source, Problem]]) -> Iterator[Problem]:
    """Each problem once, by dataset and place, with the dataset's name where there are several."""
    for source in sources:
        book = find_workbook(source.folder)
        own = {each for of, each in said if of is source}
        for each in sorted(own, key=place_in_tables):
            named = in_workbook(each, book)
            where = f" (in {source.name})" if len(sources) > 1 else ""
            yield named._replace(message=named.message + where)
