"""The columns of tables that others made, from ``columns.csv``: of UCDP GED, ACLED and claims.

``cell`` is the column of a dataset that an import fills from it (``-``: others' sentences, which
stay out of datasets), ``note`` its place in the note of a statement, ``other_names`` what it is
called in other versions; the other columns are as in the codebook.
"""

import csv
from pathlib import Path
from typing import NamedTuple

from analysis.data.codebook import Kind


class Column(NamedTuple):
    """One column of a format."""

    name: str
    kind: Kind
    required: bool
    cell: str
    note: int
    other_names: tuple[str, ...]
    allowed: tuple[str, ...]
    meaning: str


def columns_of(format_name: str) -> dict[str, Column]:
    """The columns of a format by their name.

    >>> columns_of("claims")["cumulative"].allowed
    ('true', 'false')
    """
    found = {}
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            row["required"], row["note"] = row["required"] == "yes", int(row["note"] or 0)
            for several in ("allowed", "other_names"):
                row[several] = (*filter(None, row[several].split(";")),)
            if row.pop("format") == format_name:
                found[row["name"]] = Column(**row)
    return found


def required(columns: dict[str, Column]) -> list[str]:
    """Names of the columns that a table of a format must have."""
    return [name for name, column in columns.items() if column.required]
