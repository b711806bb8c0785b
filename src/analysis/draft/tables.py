"""The tables of a dataset as rows of texts, ``draft.csv`` among them."""

import csv
import io
from codecs import BOM_UTF8
from pathlib import Path

from analysis.data.files import write_whole
from analysis.data.problems import DatasetError
from analysis.data.tables import read_table

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
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(path, BOM_UTF8 + file.getvalue().encode())
