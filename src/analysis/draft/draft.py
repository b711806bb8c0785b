"""Draft the rows of a text into ``draft.csv``, which stands beside the tables.

It holds a row for each number of the text: what its words seem to say, and what only a person can
answer. Nothing of it counts until somebody writes ``yes`` into ``confirm`` and takes it.
"""

import hashlib
from datetime import date, datetime
from pathlib import Path

from analysis.data import codebook
from analysis.data.cells import fault
from analysis.draft.files import COLUMNS, FILE, TABLES, Rows, drafted, read_or_begin, write
from analysis.draft.proposals import known_rows, left_over, propose_same, questions, rows_of
from analysis.draft.statements import read_statements
from analysis.draft.words import read_text


def draft(content: bytes, folder: Path, report_id: str, published: str) -> tuple[Rows, Rows]:
    """Add the rows of a text to ``draft.csv``, and its report to the tables.

    Parameters
    ----------
    content : bytes
        The text as it is on disk, UTF-8.
    folder : Path
        The dataset; tables that are missing are begun.
    report_id : str
        Name of the report.
    published : str
        When it was published, YYYY-MM-DD or YYYY-MM-DDTHH:MM.

    Returns
    -------
    tuple
        The rows that may become statements, and those of numbers that are not coded.
    """
    raw, day = _decoded(content), _day(published)
    tables = {table: read_or_begin(folder, table) for table in TABLES}
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_known(tables["reports"][1], report_id, sha256)
    language, statements = read_statements(raw, day)
    known = known_rows(tables, drafted(folder))
    text = read_text(raw)
    rows = rows_of(text, language, statements, report_id)
    propose_same(rows, known)
    for row in rows:
        row["question"] = " ".join(questions(row, rows))
    left = [left_over(text, each, report_id) for each in statements if each.reason]
    cells = report_id, published, language, sha256
    tables["reports"][1].append(dict(zip(TABLES["reports"], cells, strict=True)))
    for table, (columns, found) in tables.items():
        write(folder / f"{table}.csv", columns, found)
    write(folder / FILE, COLUMNS, [*drafted(folder), *rows, *left])
    return rows, left


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"the text is not UTF-8 (byte {error.start}); save it again as UTF-8"
        ) from None


def _day(published: str) -> date:
    column = codebook.column("reports", "source_date")
    wrong = fault(column, published)
    if wrong:
        raise ValueError(f"--date: {wrong}")
    return datetime.fromisoformat(published).date()


def _refuse_known(reports: Rows, report_id: str, sha256: str) -> None:
    """A report is drafted once, and from one text."""
    for row in reports:
        same_text = (row.get("text_sha256") or "").lower() == sha256
        if row["report_id"] == report_id and not same_text:
            raise ValueError(
                f"report {report_id} stands in reports.csv with another text (SHA-256 "
                f"{row.get('text_sha256') or 'not given'}, this one has {sha256}): give this text "
                "another name with --report, or the text that was coded"
            )
        if same_text:
            raise ValueError(f"this text is report {row['report_id']} already; nothing was written")
