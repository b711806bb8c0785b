"""Archives of any size: the answers of one process, mapped by Dask over parts of whole families.

An archive is a folder that :func:`.archive_write.write_archive` has written. Every part of it is a
dataset of its own, and every answer the one that :mod:`analysis.bounds` gives of that dataset.
"""

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.bounds.contradictions import contradictions, solvable
from analysis.bounds.coverage import coverage
from analysis.bounds.drawn import stated_roots
from analysis.bounds.ledger import ledger
from analysis.bounds.sums import Sums, sums_of, sums_together
from analysis.bounds.totals import GROUP, added_up, as_totals, summands
from analysis.bounds.windows import casualty_bounds
from analysis.data import codebook
from analysis.data.cells import read_cells
from analysis.data.dataset import Dataset
from analysis.data.publication import published_by
from analysis.data.questions import BETWEEN, doubts
from analysis.data.statements import statements
from analysis.data.times import OFFSETS

try:
    import dask
    import dask.dataframe as dd
    from dask.diagnostics import ProgressBar
except ImportError as error:
    said = "archives need Dask and pyarrow; install them: pip install 'casualty-analysis[archive]'"
    raise ImportError(said) from error

ABOUT = "archive.json"
PARTED, SHARED = ("reports", "tallies", "events"), ("parties", "areas", "terms")
"""Tables of which each part has its own rows, and those that are written once."""
_NEEDED = {
    "reports": ["report_id", "source_office", "source_date", "source_date_earliest", *OFFSETS],
    "tallies": None,
    "events": ["event_id", "report_id", "date_start", "date_end", "tally_id", "count_kind"],
    "parties": ["party_id", "status", "part_of", "apart_from"],
    "areas": ["area_id", "part_of"],
}
_NEEDED["events"] += ["count", "low", "high", "reading", "same_as", "supersedes", "apart_from"]
_NEEDED["events"] += ["counted_in"]
"""Columns that answers rest on, None being all; the others stay on disk."""


class Summary(NamedTuple):
    """What pictures of an archive are drawn from.

    ``dataset`` has its tallies of whom anything is stated, parties, areas and terms, and no
    statements; ``plot_by_period`` and ``plot_coverage`` take it together with ``sums``.
    """

    dataset: Dataset
    sums: Sums


def open_archive(folder: str | Path) -> "Archive":
    """The archive in a folder; see :func:`analysis.open_archive`."""
    folder = Path(folder)
    if not (folder / ABOUT).is_file():
        raise ValueError(
            f"{folder} is no archive; write one: python -m analysis archive IN {folder}"
        )
    return Archive(folder, json.loads((folder / ABOUT).read_text(encoding="utf-8")))


class Archive:
    """Statements in parts; each answer is a Dask frame, worked out when it is computed.

    ``reading`` and ``as_of`` as for :func:`analysis.casualty_bounds`; rows of a part stand in the
    order that they have in one process. Where statements of any part contradict one another, the
    ContradictionError is raised when an answer is computed. ``len`` says how many statements there
    are.

    Attributes
    ----------
    parts : int
    sha256 : dict of str to str
        SHA-256 of each file that was read, by dataset and name.
    """

    def __init__(self, folder: Path, about: dict) -> None:
        self.folder, self.parts, self._length = folder, about["parts"], about["statements"]
        self.sha256 = {
            f"{name}/{file}": known
            for name, files in about["sha256"].items()
            for file, known in files.items()
        }

    def __len__(self) -> int:
        return self._length

    def __repr__(self) -> str:
        return f"Archive({str(self.folder)!r}): {len(self):,} statements in {self.parts} parts"

    def statements(
        self, *, reading: str = "primary", as_of: date | str | None = None, labels: bool = False
    ) -> dd.DataFrame:
        """As :func:`analysis.statements`."""
        return self._mapped(statements, reading=reading, as_of=as_of, labels=labels)

    def bounds(
        self, *, reading: str = "primary", as_of: date | str | None = None, by: str = "day"
    ) -> dd.DataFrame:
        """As :func:`analysis.casualty_bounds`."""
        return self._mapped(casualty_bounds, reading=reading, as_of=as_of, by=by)

    def ledger(
        self, *, harm: str = "killed", reading: str = "primary", as_of: date | str | None = None
    ) -> dd.DataFrame:
        """As :func:`analysis.ledger`."""
        harms = pd.read_parquet(self.folder / "tallies", columns=["harm"])["harm"].unique()
        if harm not in harms and len(harms):
            raise ValueError(f"no tally counts people {harm!r}; there are: {', '.join(harms)}")
        return self._mapped(_ledger, harm=harm, reading=reading, as_of=as_of)

    def contradictions(
        self, *, reading: str = "primary", as_of: date | str | None = None
    ) -> dd.DataFrame:
        """As :func:`analysis.contradictions`; one part, since it is small.

        It lists all that a person has to judge before totals hold.
        """
        each = self._mapped(contradictions, reading=reading, as_of=as_of)
        found = dask.delayed(_numbered)(each.to_delayed())
        return dd.from_delayed([found], meta=each._meta, verify_meta=False)

    def doubts(self, *, as_of: date | str | None = None) -> dd.DataFrame:
        """As :func:`analysis.doubts`, but for those between families, which no part can ask."""
        found = self._mapped(doubts, as_of=as_of)
        return found[~found["kind"].isin(BETWEEN)]

    def totals(
        self,
        *,
        reading: str = "primary",
        as_of: date | str | None = None,
        by: str | None = None,
    ) -> dd.DataFrame:
        """As :func:`analysis.totals`; one part, since it is small."""
        return _in_one(self._mapped(_summands, reading=reading, as_of=as_of, by=by), as_totals)

    def coverage(self, *, as_of: date | str | None = None) -> dd.DataFrame:
        """As :func:`analysis.coverage`; one part, since it is small."""
        return _in_one(self._mapped(coverage, as_of=as_of))

    def summary(self, *, as_of: date | str | None = None) -> Summary:
        """What pictures are drawn from, as of a day.

        ``plot_by_period(summary.dataset, sums=summary.sums)``, ``plot_coverage`` likewise, and
        ``export_figure`` with one of them.
        """
        empty = {table: read_cells(table, pd.DataFrame())[0] for table in PARTED}
        shared = {table: pd.read_parquet(self.folder / f"{table}.parquet") for table in SHARED}
        cut = published_by(Dataset(**empty, **shared, sha256=self.sha256), as_of)
        work = [dask.delayed(_sums)(number, self.folder, as_of) for number in range(self.parts)]
        counted, sums = zip(*in_parallel(work), strict=True)
        tallies = pd.concat(counted).drop_duplicates(ignore_index=True)
        tallies = tallies.assign(tally_id=tallies.index.astype("str"))
        tallies = tallies.reindex(columns=codebook.columns("tallies"))
        return Summary(replace(cut, tallies=tallies), sums_together(sums))

    def _mapped(self, find: Callable[..., pd.DataFrame], **asked: object) -> dd.DataFrame:
        """A function of a dataset over all parts."""
        empty = {table: read_cells(table, pd.DataFrame())[0] for table in codebook.TABLES}
        meta, numbers = find(Dataset(**empty), **asked), range(self.parts)
        how = {"meta": meta, "enforce_metadata": False, "label": find.__name__}
        with dask.config.set({"dataframe.convert-string": False}):  # the types of one process
            return dd.from_map(_answer, numbers, folder=self.folder, find=find, asked=asked, **how)


def _answer(number: int, folder: Path, find: Callable, asked: dict) -> pd.DataFrame:
    """What a function finds in a part."""
    return find(_part(folder, number), **asked)


def _part(folder: Path, number: int) -> Dataset:
    """The part of an archive, as far as answers need it."""
    places = {table: folder / table / f"{number:06d}.parquet" for table in PARTED}
    places |= {table: folder / f"{table}.parquet" for table in ("parties", "areas")}
    return Dataset(
        **{table: pd.read_parquet(place, columns=_NEEDED[table]) for table, place in places.items()}
    )


def _ledger(dataset: Dataset, harm: str, reading: str, as_of: date | str | None) -> pd.DataFrame:
    """The ledger of a part, empty where none of its tallies counts people harmed so."""
    own = dataset if harm in {*dataset.tallies["harm"]} else replace(dataset, **_nothing(dataset))
    return ledger(own, harm=harm, reading=reading, as_of=as_of)


def _nothing(dataset: Dataset) -> dict[str, pd.DataFrame]:
    return {"tallies": dataset.tallies[:0], "events": dataset.events[:0]}


def _summands(
    dataset: Dataset, reading: str, as_of: date | str | None, by: str | None
) -> pd.DataFrame:
    """What totals are made of; a ContradictionError where statements cannot all be true."""
    solvable(published_by(dataset, as_of), reading)
    return summands(dataset, reading, as_of, by)


def _sums(number: int, folder: Path, as_of: date | str | None) -> tuple[pd.DataFrame, Sums]:
    """What a part gives to the summary, its families being solved once."""
    cut = published_by(_part(folder, number), as_of)
    counted = cut.tallies["tally_id"].isin(stated_roots(cut).values())
    return cut.tallies.loc[counted, [*GROUP, "area"]].drop_duplicates(), sums_of(cut)


def _numbered(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Sets of statements of all parts, numbered on."""
    rows = pd.concat(frames, keys=range(len(frames)), names=["part", None])
    numbers = rows.groupby(["part", "clash"], sort=False).ngroup() + 1
    return rows.assign(clash=numbers.astype("int64")).reset_index(drop=True)


def _in_one(each: dd.DataFrame, finish: Callable = pd.DataFrame) -> dd.DataFrame:
    """The rows of all parts added up."""
    summed = dask.delayed(finish)(dask.delayed(_added_up)(each.to_delayed()))
    return dd.from_delayed([summed], meta=finish(each._meta), verify_meta=False)


def _added_up(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return added_up(pd.concat(frames, ignore_index=True))


def by_processes() -> AbstractContextManager:
    """Within it, what Dask does is done by processes: threads take turns."""
    return dask.config.set(scheduler="processes")


def in_parallel(tasks: list) -> tuple:
    """What tasks give, worked out as Dask is set to, with its bar on a terminal."""
    with ProgressBar(out=sys.stderr) if sys.stderr.isatty() else nullcontext():
        return dask.compute(*tasks)
