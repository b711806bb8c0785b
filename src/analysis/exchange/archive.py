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

import pandas as pd

from analysis.bounds.contradictions import contradictions
from analysis.bounds.coverage import coverage, cut_coverage
from analysis.bounds.daily import casualty_bounds
from analysis.bounds.doubts import BETWEEN, doubts
from analysis.bounds.drawn import stated_roots
from analysis.bounds.ledger import ledger
from analysis.bounds.totals import GROUP, added_up, as_totals, cut_summands, summands
from analysis.data import codebook
from analysis.data.cells import read_cells
from analysis.data.cut import READINGS, published_by
from analysis.data.dataset import Dataset
from analysis.data.times import OFFSETS

try:
    import dask
    import dask.dataframe as dd
    from dask.diagnostics import ProgressBar
except ImportError as error:
    said = "archives need Dask and pyarrow; install them: pip install '.[archive]'"
    raise ImportError(said) from error

ABOUT = "archive.json"
PARTED, SHARED = ("reports", "tallies", "events"), ("parties", "areas", "terms")
"""Tables of which each part has its own rows, and those that are written once."""
_NEEDED = {
    "reports": ["report_id", "source_date", "source_date_earliest", *OFFSETS],
    "tallies": None,
    "events": ["event_id", "report_id", "date_start", "date_end", "tally_id", "count_kind", "low"],
}
_NEEDED["events"] += ["count", "high", "reading", "same_as", "supersedes", "apart_from"]
_NEEDED["events"] += ["counted_in"]
"""Columns that answers rest on, None being all; the others stay on disk."""


def open_archive(folder: str | Path) -> "Archive":
    """Open an archive that ``python -m analysis archive`` has written.

    Raises
    ------
    ValueError
        When the folder is none.
    """
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
    ContradictionError is raised when an answer is computed.

    Attributes
    ----------
    statements, parts : int
    sha256 : dict of str to str
        SHA-256 of each file that was read, by dataset and name.
    """

    def __init__(self, folder: Path, about: dict) -> None:
        self.folder, self.statements, self.parts = folder, about["statements"], about["parts"]
        self.sha256 = {
            f"{name}/{file}": known
            for name, files in about["sha256"].items()
            for file, known in files.items()
        }

    def __repr__(self) -> str:
        return (
            f"Archive({str(self.folder)!r}): {self.statements:,} statements in {self.parts} parts"
        )

    def bounds(
        self, reading: str = "primary", as_of: date | str | None = None, by: str = "day"
    ) -> dd.DataFrame:
        """As :func:`analysis.casualty_bounds`."""
        return self._mapped(casualty_bounds, reading=reading, as_of=as_of, by=by)

    def ledger(
        self, harm: str = "killed", reading: str = "primary", as_of: date | str | None = None
    ) -> dd.DataFrame:
        """As :func:`analysis.ledger`."""
        return self._mapped(ledger, harm=harm, reading=reading, as_of=as_of)

    def contradictions(
        self, reading: str = "primary", as_of: date | str | None = None
    ) -> dd.DataFrame:
        """As :func:`analysis.contradictions`: all that a person has to judge before totals hold."""
        return self._mapped(contradictions, reading=reading, as_of=as_of)

    def doubts(self, as_of: date | str | None = None) -> dd.DataFrame:
        """As :func:`analysis.doubts`, but for those between families, which no part can ask."""
        found = self._mapped(doubts, as_of=as_of)
        return found[~found["kind"].isin(BETWEEN)]

    def totals(
        self, reading: str = "primary", as_of: date | str | None = None, by: str | None = None
    ) -> dd.DataFrame:
        """As :func:`analysis.totals`; one part, since it is small."""
        each = self._mapped(summands, reading=reading, as_of=as_of, by=by)
        return _in_one(each, as_totals)

    def coverage(self, as_of: date | str | None = None) -> dd.DataFrame:
        """As :func:`analysis.coverage`; one part, since it is small."""
        return _in_one(self._mapped(coverage, as_of=as_of))

    def summary(self, as_of: date | str | None = None) -> Dataset:
        """A dataset without statements that knows the archive's sums: pictures are drawn from it.

        ``plot_by_year`` and ``plot_coverage`` take it, and ``export_figure`` with one of them.
        """
        empty = {table: read_cells(table, pd.DataFrame())[0] for table in PARTED}
        shared = {table: pd.read_parquet(self.folder / f"{table}.parquet") for table in SHARED}
        cut = published_by(Dataset(**empty, **shared, sha256=self.sha256), as_of)
        work = [dask.delayed(_sums)(number, self.folder, as_of) for number in range(self.parts)]
        counted, *sums = [_added_up(frames) for frames in zip(*in_parallel(work), strict=True)]
        tallies = counted.assign(tally_id=counted.index.astype("str"))
        tallies = tallies.reindex(columns=codebook.columns("tallies"))
        made = replace(cut, tallies=tallies)
        for (find, asked), frame in zip(_SUMS, sums, strict=True):
            find.keep(made, frame, *asked)
        return made

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
    tables = {
        table: pd.read_parquet(folder / table / f"{number:06d}.parquet", columns=names)
        for table, names in _NEEDED.items()
    }
    return Dataset(parties=pd.DataFrame({"party_id": [], "status": []}), **tables)


_SUMS = [(cut_summands, (reading, by)) for reading in READINGS for by in ("year", None)]
_SUMS += [(cut_coverage, ())]


def _sums(number: int, folder: Path, as_of: date | str | None) -> list[pd.DataFrame]:
    """What a part gives to the summary, its families being solved once."""
    cut = published_by(_part(folder, number), as_of)
    counted = cut.tallies["tally_id"].isin(stated_roots(cut).values())
    counted = cut.tallies.loc[counted, [*GROUP, "area"]].drop_duplicates()
    return [counted, *(find(cut, *asked) for find, asked in _SUMS)]


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
