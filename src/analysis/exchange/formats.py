"""Which format a table has, by its columns, and the import that reads it."""

from collections.abc import Callable, Set
from pathlib import Path
from typing import NamedTuple

from analysis.exchange import acled_import, ged_rules, persons
from analysis.exchange.claim_rules import OTHER_NAMES
from analysis.exchange.claims import import_claims
from analysis.exchange.files import Imported
from analysis.exchange.ged_import import import_ged
from analysis.exchange.reading import NOTHING, Asked, open_table


class Format(NamedTuple):
    """A format: what it is called, its import, and of which columns it has at least so many."""

    name: str
    read: Callable[[str | Path, str | Path, Asked], Imported]
    columns: tuple[str, ...] = ()
    least: int = 0
    never: Set[str] = frozenset()

    def fits(self, columns: list[str]) -> bool:
        """Whether a table with these columns is one."""
        there = {*columns}
        return len(there & {*self.columns}) >= self.least and not there & {*self.never}


_COUNTS = {"count", "claim_id", *OTHER_NAMES["count"].split()} - {"number"}
FORMATS = (
    Format("UCDP GED", import_ged, ged_rules.REQUIRED[2:], 5),
    Format("an export of ACLED", acled_import.import_acled, acled_import.REQUIRED, 3),
    Format("one row a person", persons.import_persons, persons.NAMES, 1, _COUNTS),
    Format("claims", import_claims),
)
"""The first that fits is meant."""


def import_table(path: str | Path, folder: str | Path, asked: Asked = NOTHING) -> Imported:
    """Make a dataset of a table of any known format and write it to a folder.

    What it is taken for is said among its notes.
    """
    columns = open_table(Path(path), {}, asked).columns
    found = next(each for each in FORMATS if each.fits(columns))
    made = found.read(path, folder, asked)
    return made._replace(notes=[f"read as {found.name}", *made.notes])
