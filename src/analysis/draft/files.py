"""The tables that a draft reads and writes, ``draft.csv`` among them."""

import csv
import io
from codecs import BOM_UTF8
from pathlib import Path

from analysis.data.files import write_whole
from analysis.data.problems import DatasetError
from analysis.data.tables import read_table

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


Row = dict[str, str]
Rows = list[Row]


def read_or_begin(folder: Path, table: str) -> tuple[list[str], Rows]:
    """Columns and rows of a table; one that is missing is begun."""
    if not (folder / f"{table}.csv").is_file():
        return TABLES[table], []
    cells, problems = read_table(folder, table)
    if problems:
        raise DatasetError(problems, folder)
    return [*cells.columns], cells.fillna("").to_dict("records")


def drafted(folder: Path) -> Rows:
    """The rows of ``draft.csv``, none where it is not there."""
    path = folder / FILE
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


def write(path: Path, columns: list[str], rows: Rows) -> None:
    """A table, with the mark that makes Excel read Arabic as it is."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(path, BOM_UTF8 + file.getvalue().encode())
