"""A dataset as a Frictionless Data Package: ``datapackage.json`` beside the CSV files.

Written from the codebook: Table Schema types, constraints, allowed values, keys and foreign keys,
so that ``frictionless validate datapackage.json`` checks a dataset where this package is not at
hand.

Sources: Data Package v1 (https://specs.frictionlessdata.io/data-package/) and Table Schema v1
(https://specs.frictionlessdata.io/table-schema/).
"""

import json
import re
from pathlib import Path

from analysis.data import codebook
from analysis.data.dataset import load
from analysis.data.files import write_whole
from analysis.data.tables import read_table
from analysis.exchange.importing import Loss

FILE = "datapackage.json"
_TYPES = {"int": "integer", "date": "date", "number": "number"}
_ID = r"[^\s;]+"
_PATTERNS = {"id": _ID, "ids": rf"\s*{_ID}\s*(;\s*{_ID}\s*)*"}
_PATTERNS["time"] = r"\d{4}-\d\d-\d\d(T\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?"

CANNOT_HOLD = (
    "keys in cells with several identifiers (attributed_to, subset_of, side_a, apart_from, …)",
    "how a count may be written; cells that depend on each other (low and high, start and end, "
    "a count and its tally), offsets in all times or in none",
    "no window after its report's publication; same_as of a tally within one kind",
    "no circles in part_of, subset_of, same_as, …; statements that contradict each other",
    "what the loader reads as meant: blanks around a cell, Arabic-Indic digits",
)


def export_datapackage(folder: str | Path) -> list[Loss]:
    """Write ``datapackage.json`` into the folder of a dataset; gives what it cannot hold.

    Keys of a descriptor that is there (``title``, ``licenses``, …) are kept, ``resources`` is
    written anew. A DatasetError where the dataset has problems, a FileExistsError where the
    descriptor there describes other files.
    """
    folder = Path(folder)
    sha256 = load(folder).sha256
    kept = _read_own(folder / FILE)
    name = re.sub(r"[^a-z0-9._-]+", "-", folder.resolve().name.lower())
    there = [table for table in codebook.TABLES if f"{table}.csv" in sha256]
    resources = [_resource(folder, table, sha256) for table in there]
    package = {"profile": "tabular-data-package", "name": name} | kept
    text = json.dumps(package | {"resources": resources}, ensure_ascii=False, indent=2)
    write_whole(folder / FILE, f"{text}\n".encode())
    return [*map(Loss, CANNOT_HOLD)]


def _read_own(path: Path) -> dict:
    """What a descriptor that was written here says; nothing where there is none."""
    if not path.exists():
        return {}
    try:
        there = json.loads(path.read_bytes())
        own = [each["path"] for each in there["resources"]]
    except (ValueError, KeyError, TypeError):
        own = []
    if not {*own} or not {*own} <= {f"{table}.csv" for table in codebook.TABLES}:
        raise FileExistsError(f"{path} is there and not of this dataset; move it away first")
    return there


def _resource(folder: Path, table: str, sha256: dict[str, str]) -> dict:
    rows, _ = read_table(folder, table)
    named = {each.name: each for each in codebook.TABLES[table]}
    columns = [named.get(name) or _retired(table, name) for name in rows]
    foreign = []
    for column in columns:
        # Table Schema has no key for a list of identifiers in a cell
        if f"{column.refers_to}.csv" in sha256 and column.kind != "ids":
            other = "" if column.refers_to == table else column.refers_to
            reference = {"resource": other, "fields": [codebook.key(column.refers_to)]}
            foreign.append({"fields": [column.name], "reference": reference})
    schema = {
        "fields": [_field(column, table) for column in columns],
        "missingValues": [""],
        "primaryKey": [codebook.key(table)],
    }
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{sha256[f'{table}.csv']}",
        "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
    }


def _retired(table: str, name: str) -> codebook.Column:
    """A column that older datasets have."""
    if other := codebook.RETIRED[table][name]:
        meant = codebook.column(table, other)
        return meant._replace(name=name, meaning=f"Read as {other} where that is empty.")
    return codebook.Column(name, "text", "Not read any more.")


def _field(column: codebook.Column, table: str) -> dict:
    rules = {
        "required": column.required,
        "unique": column.name == codebook.key(table),
        "pattern": _PATTERNS.get(column.kind),
        "enum": [*column.allowed],
    }
    constraints = {name: value for name, value in rules.items() if value}
    if column.kind == "int":
        constraints["minimum"] = 1 if column.name == "paragraph" else 0
    kind = _TYPES.get(column.kind, "string")
    field = {"name": column.name, "type": kind, "description": column.meaning}
    field |= {"format": "%Y-%m-%d"} if kind == "date" else {}
    return field | ({"constraints": constraints} if constraints else {})
