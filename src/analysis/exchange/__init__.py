"""Datasets from and for other formats, each way with a list of what the other cannot hold.

Out go Frictionless (:mod:`.datapackage`) and, by way of :mod:`.exporting`, HXL, UCDP GED and ACLED
(:mod:`.exports`). In come tables (:mod:`.sheets`, :mod:`.reading`) with a row an event
(:mod:`.events`: :mod:`.ged`, :mod:`.acled`), a claim (:mod:`.claims`) or a person
(:mod:`.persons`); they are written by way of :mod:`.importing`. The columns of each stand in
``columns.csv``. Nothing is invented to fill a column, and no file that is there already is
overwritten.
"""

from collections.abc import Callable, Set
from pathlib import Path
from typing import NamedTuple

from analysis.exchange.acled import COLUMNS as ACLED
from analysis.exchange.acled import Acled
from analysis.exchange.claim_rules import OTHER_NAMES
from analysis.exchange.claims import import_claims
from analysis.exchange.datapackage import export_datapackage
from analysis.exchange.exports import export_acled, export_ged, export_hxl
from analysis.exchange.ged import COLUMNS as GED
from analysis.exchange.ged import Ged
from analysis.exchange.importing import Imported
from analysis.exchange.persons import NAMES, import_persons
from analysis.exchange.reading import PLAIN, ReadOptions, open_table, required

__all__ = [
    "ReadOptions", "export_acled", "export_datapackage", "export_ged", "export_hxl", "import_acled",
    "import_claims", "import_ged", "import_persons", "import_table",
]  # fmt: skip


def import_acled(path: str | Path, folder: str | Path, options: ReadOptions = PLAIN) -> Imported:
    """Make a dataset of an export of ACLED and write it to a folder.

    A value of ``published`` says when it was exported; else the latest timestamp stands there, as
    inferred. A DatasetError where it holds no event; a FileExistsError, nothing being written,
    where one of the tables is in the folder.
    """
    return Acled.import_table(path, folder, options)


def import_ged(path: str | Path, folder: str | Path, options: ReadOptions = PLAIN) -> Imported:
    """Make a dataset of a GED file, any version from 17 to 25, and write it to a folder.

    The file does not say when it was published; a value of ``published`` may. Without it the latest
    day in the file stands there, as inferred. A DatasetError where the file holds no event that can
    be read as GED, or the day is none or before the last event; a FileExistsError, nothing being
    written, where one of the tables is in the folder.
    """
    return Ged.import_table(path, folder, options)


class _Format(NamedTuple):
    """A format: its name, its import, and of which columns a table of it has at least so many."""

    name: str
    read: Callable[[str | Path, str | Path, ReadOptions], Imported]
    columns: Set[str] = frozenset()
    least: int = 0
    never: Set[str] = frozenset()


_COUNTS = {"count", "claim_id", *OTHER_NAMES["count"].split()} - {"number"}
_FORMATS = (
    _Format("UCDP GED", import_ged, {*required(GED)} - {"id", "year"}, 5),
    _Format("an export of ACLED", import_acled, {*required(ACLED)}, 3),
    _Format("one row a person", import_persons, {*NAMES}, 1, _COUNTS),
    _Format("claims", import_claims),
)
"""The first that fits is meant."""


def import_table(path: str | Path, folder: str | Path, options: ReadOptions = PLAIN) -> Imported:
    """Make a dataset of a table of any known format and write it to a folder.

    The format it was read as stands among the notes.
    """
    columns = {*open_table(Path(path), options=options).columns}
    found = next(
        each
        for each in _FORMATS
        if len(columns & each.columns) >= each.least and not columns & each.never
    )
    made = found.read(path, folder, options)
    return made._replace(notes=[f"read as {found.name}", *made.notes])
