"""The tables of a dataset as rows of texts, ``draft.csv`` among them, and how they are joined.

What a person has confirmed in ``draft.csv`` is taken into the tables.
"""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pandas as pd

from analysis.data import codebook
from analysis.data.cells import fault
from analysis.data.counts import read_count
from analysis.data.files import write_whole
from analysis.data.links import split_ids
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import read_table
from analysis.draft.words import LANGUAGES

Row = dict[str, str]
Rows = list[Row]

FILE = "draft.csv"
_NAMES = {
    "draft": """confirm question event_id words count count_kind harm party_id victim_group
        cause attributed_to source_original date_start date_end date_basis inside same_as
        report_id paragraph char_start char_end note""",
    "reports": "report_id source_date language text_sha256",
    "parties": "party_id label_en label_ar label_fr status",
    "tallies": """tally_id source_original party_id victim_group harm cause attributed_to subset_of
        label_en""",
    "events": """event_id report_id paragraph char_start char_end tally_id count_kind count
        date_start date_end date_basis same_as note""",
}
TABLES = {table: names.split() for table, names in _NAMES.items()}
"""The columns of ``draft.csv``, and those that new tables get."""
COLUMNS = TABLES.pop("draft")
STATUS = {"civilians": "civilian", "soldiers": "armed forces", "fighters": "armed group"}
"""Groups that are parties of their own; others are groups of the party ``people``."""
_OF_TALLY = TABLES["tallies"][1 : TABLES["tallies"].index("subset_of")]
"""What a row says of its tally."""


class Tables:
    """The rows of each table of a folder, and those of its ``draft``; a missing table is begun."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.draft = _read_draft(folder / FILE)
        self.columns, self.rows = TABLES.copy(), {table: [] for table in TABLES}
        for table in [table for table in TABLES if (folder / f"{table}.csv").is_file()]:
            cells, problems = read_table(folder, table)
            if problems:
                raise DatasetError(problems, folder)
            self.columns[table] = [*cells.columns]
            self.rows[table] = cells.fillna("").to_dict("records")

    def statements(self) -> Rows:
        """The rows of ``events``, each with what its tally says."""
        tallies = {row["tally_id"]: row for row in self.rows["tallies"]}
        return [row | tallies.get(row.get("tally_id", ""), {}) for row in self.rows["events"]]

    def write(self) -> None:
        """Write all; a column that a table lacks is added where a row fills it."""
        for table, rows in self.rows.items():
            new = [name for name in TABLES[table] if name not in self.columns[table]]
            filled = [name for name in new if any(row.get(name) for row in rows)]
            _write(self.folder / f"{table}.csv", [*self.columns[table], *filled], rows)
        _write(self.folder / FILE, COLUMNS, self.draft)


def _read_draft(path: Path) -> Rows:
    """The rows of ``draft.csv``, none where it is not there."""
    if not path.is_file():
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{FILE} is not UTF-8; save it as CSV UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise ValueError(f"{FILE}: columns missing: {', '.join(missing)}; separated by commas?")
    return [{name: (row[name] or "").strip() for name in COLUMNS} for row in reader]


def _write(path: Path, columns: list[str], rows: Rows) -> None:
    """Write a table, with the mark that makes Excel read Arabic as it is."""
    text = pd.DataFrame(rows, columns=columns).to_csv(index=False, lineterminator="\n")
    write_whole(path, BOM_UTF8 + text.encode())


def take(folder: Path) -> tuple[int, Rows]:
    """Move confirmed rows of ``draft.csv`` into the tables; gives how many, and those left out.

    Raises DatasetError where a confirmed row is unfinished; then nothing is moved.
    """
    if not (folder / FILE).is_file():
        raise FileNotFoundError(f"{folder / FILE} is not there: draft a text first")
    tables = Tables(folder)
    lines = {
        line: row
        for line, row in enumerate(tables.draft, 2)
        if row["confirm"].casefold() in ("yes", "y", "oui", "نعم")
    }
    confirmed = [*lines.values()]
    taken = {row["event_id"]: row for row in [*tables.statements(), *confirmed]}
    if problems := [each for line, row in lines.items() for each in _find_faults(row, line, taken)]:
        raise DatasetError(problems, folder)
    for row in _wholes_first(confirmed):
        same, whole = taken.get(row["same_as"]), taken.get(row["inside"], {})
        row["tally_id"] = same.get("tally_id", "") if same else _tally_of(row, whole, tables)
        row["count_kind"] = row["count_kind"] or same.get("count_kind", "")
        if "count" not in tables.columns["events"] and "low" in tables.columns["events"]:
            low, high = read_count(row.pop("count"))
            row |= {"low": str(low), "high": "" if high is None else str(high)}
        tables.rows["events"].append(row)
    tables.draft = [row for row in tables.draft if row not in confirmed]
    tables.write()
    left = [row for row in tables.draft if not row["note"].startswith("not coded")]
    return len(confirmed), left


def _find_faults(row: Row, line: int, taken: dict[str, Row]) -> Iterator[Problem]:
    """What a confirmed row lacks, by cell, and what in it no table would hold."""
    for name in ("event_id", "count", "count_kind", "harm", "party_id", "date_end"):
        if not row[name] and not (row["same_as"] and name == "count_kind"):
            yield Problem(FILE, line, name, "is empty; a confirmed row needs it")
    for column in [*codebook.TABLES["events"], *codebook.TABLES["tallies"]]:
        cell = row.get(column.name, "") if column.name in COLUMNS else ""
        if wrong := cell and fault(column, cell):
            yield Problem(FILE, line, column.name, wrong)
    for name in split_ids(row["attributed_to"]):
        if wrong := fault(codebook.column("parties", "party_id"), name):
            yield Problem(FILE, line, "attributed_to", wrong)
    for name in ("inside", "same_as"):
        if row[name] and (row[name] not in taken or row[name] == row["event_id"]):
            wrong = f"{row[name]!r} is not confirmed; confirm it too, or empty this"
            yield Problem(FILE, line, name, wrong)
    first = taken.get(row["same_as"], row)
    for name in _OF_TALLY:
        if row[name] and not _is_same(row, first, [name]):
            other = repr(first[name]) if first.get(name) else "nothing there"
            wrong = f"{row[name]!r}, but {row['same_as']}, whose people these are, has {other}; "
            wrong += "write the same in both, or empty same_as"
            yield Problem(FILE, line, name, wrong)
    whole = taken.get(row["inside"], {})
    total = row["count_kind"] == "toll" == whole.get("count_kind") and not row["same_as"]
    if total and _is_same(row, whole, ["date_start", "date_end", *_OF_TALLY]):
        wrong = f"{row['inside']} is a total of the same people and days; say in victim_group or "
        wrong += "cause which of them this one counts, or make it an incident"
        yield Problem(FILE, line, "inside", wrong)


def _is_same(row: Row, other: Row, names: list[str]) -> bool:
    """Whether two rows have the same in some columns."""
    return all(row[name].casefold() == (other.get(name) or "").casefold() for name in names)


def _wholes_first(confirmed: Rows) -> Rows:
    """Confirmed rows, those that others name before them."""
    rows = {row["event_id"]: row for row in confirmed}
    try:
        named = {name: {row["inside"], row["same_as"]} for name, row in rows.items()}
        return [rows[name] for name in TopologicalSorter(named).static_order() if name in rows]
    except CycleError as error:
        circle = ", ".join(error.args[1])
        raise ValueError(f"{FILE}: inside or same_as go in a circle: {circle}") from None


def _tally_of(row: Row, whole: Row, tables: Tables) -> str:
    """The tally of a row, and its party, added where they are not there yet.

    An incident, or a total of fewer days, of the people of its whole is of the same tally.
    """
    _add_parties(row, tables)
    tallies, of_whole = tables.rows["tallies"], whole.get("tally_id", "")
    for each in sorted(tallies, key=lambda each: each["tally_id"] != of_whole):
        may_be = each["tally_id"] == of_whole or not each.get("area")
        if may_be and _is_same(row, each, _OF_TALLY):
            return each["tally_id"]
    group = row["victim_group"]
    named = [row["source_original"], "" if group else row["party_id"], group]
    named += [row[name] for name in ("harm", "cause", "attributed_to")]
    name = "_".join(filter(None, map(party_name, named)))
    used = {each["tally_id"] for each in tallies}
    names = [name, *(f"{name}_{number}" for number in range(2, len(used) + 3))]
    tally_id = next(each for each in names if each not in used)
    tally = {"tally_id": tally_id, "subset_of": of_whole, "label_en": group.capitalize()}
    tallies.append({name: row[name] for name in _OF_TALLY} | tally)
    return tally_id


def _add_parties(row: Row, tables: Tables) -> None:
    """The parties of a row that are not there yet: victims, and whom its source holds to blame."""
    parties, reports = tables.rows["parties"], tables.rows["reports"]
    languages = {report["report_id"]: report.get("language") for report in reports}
    authors = split_ids(row["attributed_to"])
    for name in [row["party_id"], *authors]:
        if all(each["party_id"] != name for each in parties):
            language = languages.get(row["report_id"]) if name in authors else "en"
            own = language if language in LANGUAGES else "en"
            label = name.replace("_", " ").capitalize()
            status = STATUS.get(name, "unknown")
            parties.append({"party_id": name, f"label_{own}": label, "status": status})


def party_name(name: str) -> str:
    """A name as the identifier of a party.

    >>> party_name("regime forces")
    'regime_forces'
    """
    return re.sub(r"\W+", "_", name.casefold()).strip("_")
