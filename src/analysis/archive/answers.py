"""Archives of any size: the answers of one process, mapped by Dask over parts of whole families.

An archive is a folder that :func:`.writing.write_archive` has written. Every part of it is a
dataset of its own, and every answer the one that :mod:`analysis.bounds` gives of that dataset.
"""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from typing import NamedTuple

import pandas as pd

from analysis.archive.files import PARTED, SHARED, Part, file_of, parts_of, read_about, read_table
from analysis.bounds.contradictions import check_consistent, contradictions
from analysis.bounds.coverage import coverage
from analysis.bounds.drawn import roots_of_stated
from analysis.bounds.ledger import check_harm, ledger_of
from analysis.bounds.totals import (
    GROUP,
    Sums,
    added_up,
    as_totals,
    summands,
    sums_of,
    sums_together,
)
from analysis.bounds.windows import casualty_bounds
from analysis.data import codebook
from analysis.data.dataset import Dataset
from analysis.data.publication import published_by
from analysis.data.questions import as_table, find_family_questions
from analysis.data.statements import statements

try:
    import dask
    import dask.dataframe as dd
    from dask.diagnostics import ProgressBar
except ImportError as error:
    said = "archives need Dask and pyarrow; install them: pip install 'casualty-analysis[archive]'"
    raise ImportError(said) from error


class Summary(NamedTuple):
    """The numbers that ``plot_by_period`` and ``plot_coverage`` draw of an archive.

    ``dataset`` has parties, areas, terms and the tallies with statements, but no statements.
    """

    dataset: Dataset
    sums: Sums


def open_archive(folder: str | Path) -> "Archive":
    """The archive in a folder; see :func:`analysis.open_archive`."""
    return Archive(Path(folder), read_about(Path(folder)))


class Archive:
    """Statements in parts; each answer is a Dask frame, worked out when it is computed.

    ``reading`` and ``as_of`` as for :func:`analysis.casualty_bounds`; rows of a part stand in the
    order that they have in one process. Where statements of any part contradict one another, the
    ContradictionError is raised when an answer is computed, and a ValueError where a file is not as
    it was written. ``len`` says how many statements there are.

    Attributes
    ----------
    parts : int
    sha256 : dict of str to str
        SHA-256 of each file that was read, by dataset and name.
    """

    def __init__(self, folder: Path, about: dict) -> None:
        self.folder, self.parts, self._about = folder, about["parts"], about
        self._each_part = parts_of(folder, about)
        self.sha256 = {
            f"{name}/{file}": known
            for name, files in about["sha256"].items()
            for file, known in files.items()
        }

    def __len__(self) -> int:
        return self._about["statements"]

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
        check_harm(harm, self._about["harms"])
        return self._mapped(_ledger, harm=harm, reading=reading, as_of=as_of)

    def contradictions(
        self, *, reading: str = "primary", as_of: date | str | None = None
    ) -> dd.DataFrame:
        """As :func:`analysis.contradictions`; one part, since it is small.

        It lists all that a person has to judge before totals hold.
        """
        return _in_one(self._mapped(contradictions, reading=reading, as_of=as_of), _numbered)

    def doubts(self, *, as_of: date | str | None = None) -> dd.DataFrame:
        """As :func:`analysis.doubts`, but for those between families, which no part can ask."""
        return self._mapped(_doubts, as_of=as_of)

    def totals(
        self,
        *,
        reading: str = "primary",
        as_of: date | str | None = None,
        by: str | None = None,
    ) -> dd.DataFrame:
        """As :func:`analysis.totals`; one part, since it is small."""
        return _in_one(self._mapped(_summands, reading=reading, as_of=as_of, by=by), _totals)

    def coverage(self, *, as_of: date | str | None = None) -> dd.DataFrame:
        """As :func:`analysis.coverage`; one part, since it is small."""
        return _in_one(self._mapped(coverage, as_of=as_of), _added_up)

    def summary(self, *, as_of: date | str | None = None) -> Summary:
        """The numbers that figures draw, as of a day.

        ``plot_by_period(summary.dataset, sums=summary.sums)``, ``plot_coverage`` likewise, and
        ``export_figure`` with one of them.
        """
        known = self._about["checksums"]
        tables = {table: pd.DataFrame() for table in PARTED}
        tables |= {table: read_table(self.folder, file_of(table), known) for table in SHARED}
        cut = published_by(Dataset(**tables, sha256=self.sha256), as_of)
        work = [dask.delayed(_sums)(part, as_of) for part in self._each_part]
        counted, sums = zip(*dask.compute(*work), strict=True)
        tallies = pd.concat(counted).drop_duplicates(ignore_index=True)
        tallies = tallies.assign(tally_id=tallies.index.astype("str"))
        tallies = tallies.reindex(columns=codebook.columns("tallies"))
        return Summary(replace(cut, tallies=tallies), sums_together(sums))

    def _mapped(self, find: Callable[..., pd.DataFrame], **options: object) -> dd.DataFrame:
        """A function of a dataset over all parts."""
        meta = find(Dataset(**{table: pd.DataFrame() for table in codebook.TABLES}), **options)
        how = {"meta": meta, "enforce_metadata": False, "label": find.__name__}
        with dask.config.set({"dataframe.convert-string": False}):  # the types of one process
            return dd.from_map(_answer, self._each_part, find=find, options=options, **how)


def _answer(part: Part, find: Callable, options: dict) -> pd.DataFrame:
    return find(part.load(), **options)


def _doubts(dataset: Dataset, as_of: date | str | None) -> pd.DataFrame:
    return as_table(find_family_questions(published_by(dataset, as_of)))


def _ledger(dataset: Dataset, harm: str, reading: str, as_of: date | str | None) -> pd.DataFrame:
    """The ledger of a part, whose tallies may count no people harmed so."""
    cut = published_by(dataset, as_of)
    check_consistent(cut, reading)
    return ledger_of(cut, harm, reading)


def _summands(
    dataset: Dataset, reading: str, as_of: date | str | None, by: str | None
) -> pd.DataFrame:
    """The summands of totals; a ContradictionError where statements cannot all be true."""
    check_consistent(published_by(dataset, as_of), reading)
    return summands(dataset, reading, as_of, by)


def _sums(part: Part, as_of: date | str | None) -> tuple[pd.DataFrame, Sums]:
    """The tallies with statements and the sums of a part, its families being solved once."""
    cut = published_by(part.load(), as_of)
    counted = cut.tallies["tally_id"].isin(roots_of_stated(cut).values())
    return cut.tallies.loc[counted, [*GROUP, "area"]].drop_duplicates(), sums_of(cut)


def _numbered(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Sets of statements of all parts, numbered from 1."""
    rows = pd.concat(frames, keys=range(len(frames)), names=["part", None])
    numbers = rows.groupby(["part", "clash"], sort=False).ngroup() + 1
    return rows.assign(clash=numbers.astype("int64")).reset_index(drop=True)


def _added_up(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return added_up(pd.concat(frames, ignore_index=True))


def _totals(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return as_totals(_added_up(frames))


def _in_one(
    parts: dd.DataFrame, join: Callable[[list[pd.DataFrame]], pd.DataFrame]
) -> dd.DataFrame:
    """A frame of one part, joined from all parts of another."""
    rows = dask.delayed(join)(parts.to_delayed())
    return dd.from_delayed([rows], meta=join([parts._meta]), verify_meta=False)


@contextmanager
def by_processes() -> Iterator[None]:
    """Let Dask work with processes, since threads take turns; on a terminal with a bar."""
    others, number = {*active_children()}, dask.config.get("num_workers", None)
    with (
        ProcessPoolExecutor(number, get_context("spawn"), _end_with_parent) as pool,
        dask.config.set(scheduler="processes", pool=pool, chunksize=1),
        ProgressBar(out=sys.stderr) if sys.stderr.isatty() else nullcontext(),
    ):
        try:
            yield
        except BrokenProcessPool:
            said = "a process was killed from outside, as when memory is short"
            raise OSError(f"{said}; free some, or use one process: DASK_NUM_WORKERS=1") from None
        except BaseException:  # nobody waits for the answers any more
            for process in {*active_children()} - others:
                process.terminate()
            raise


def _end_with_parent() -> None:
    """End this process when the one that began it is gone, however that ended, and only then."""
    signal(SIGINT, SIG_IGN)  # Ctrl-C reaches both

    def watch() -> None:
        parent_process().join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()
