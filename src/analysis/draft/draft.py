"""Draft the rows of a text, in a folder beside the tables or in a notebook.

There is a row for each number of the text: what its words seem to say, and what only a person can
answer. Nothing of it counts until somebody writes ``yes`` into ``confirm`` and takes it.
"""

import hashlib
from datetime import date, datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.data import codebook
from analysis.data.cells import fault
from analysis.data.dataset import Dataset, load
from analysis.draft.reading import read_statements
from analysis.draft.rows import propose
from analysis.draft.tables import COLUMNS, TABLES, Rows, Tables
from analysis.draft.take import take
from analysis.draft.words import read_text

_FIRST = ["words", "count", "count_kind", "harm", "party_id", "victim_group", "source_original"]
_FIRST += ["date_start", "date_end", "inside", "question", "confirm"]


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
    try:
        raw = content.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = f"the text is not UTF-8 (byte {error.start}); save it again as UTF-8"
        raise ValueError(wrong) from None
    day, sha256 = _day(published), hashlib.sha256(content).hexdigest()
    tables = Tables(folder)
    _refuse_known(tables.rows["reports"], report_id, sha256)
    language, statements = read_statements(raw, day)
    known = [*tables.statements(), *tables.draft]
    rows, left = propose(read_text(raw), language, statements, report_id, known)
    cells = report_id, published, language, sha256
    tables.rows["reports"].append(dict(zip(TABLES["reports"], cells, strict=True)))
    tables.draft += [*rows, *left]
    tables.write()
    return rows, left


def _day(published: str) -> date:
    if wrong := fault(codebook.column("reports", "source_date"), published):
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


class Draft:
    """A text and what its numbers seem to say; see :func:`draft_report`.

    Attributes
    ----------
    rows : pandas.DataFrame
        A row a number that may count people, index ``event_id``: texts, to be finished in a copy.
    left_out : pandas.DataFrame
        The other numbers, ``note`` saying why.
    """

    def __init__(self, text: str, report_id: str, published: str) -> None:
        self.text, self._report = text, (report_id, published)
        with TemporaryDirectory() as folder:
            rows, left = draft(text.encode(), Path(folder), *self._report)
        self.rows = _frame(rows, [*_FIRST, *(name for name in COLUMNS if name not in _FIRST)])
        self.left_out = _frame(left, ["words", "note", "char_start", "char_end"])

    def __repr__(self) -> str:
        others = len(self.left_out)
        return f"<Draft: {len(self.rows)} numbers that may count people, {others} others>"

    def _repr_html_(self) -> str:
        """The text, numbers that may count people marked."""
        places = self.rows[["char_start", "char_end"]].astype(int).sort_values("char_start")
        shown, at = [], 0
        for name, start, end in places.itertuples():
            marked = f'<mark title="{escape(name)}">{escape(self.text[start:end])}</mark>'
            shown += [escape(self.text[at:start]), marked]
            at = end
        shown.append(escape(self.text[at:]))
        return f'<blockquote dir="auto">{"".join(shown)}</blockquote>'.replace("\n", "<br>")

    def dataset(self, rows: pd.DataFrame, folder: str | Path | None = None) -> Dataset:
        """The dataset of finished rows, those with ``yes`` in ``confirm``.

        Parameters
        ----------
        rows : pandas.DataFrame
            ``rows``, finished.
        folder : path, optional
            A new folder for its tables, to go on with.

        Returns
        -------
        Dataset

        Raises
        ------
        DatasetError
            When a confirmed row is unfinished, or rows contradict the codebook: by row and column.
        """
        cells = rows.fillna("").astype(str).reset_index().to_dict("records")
        with TemporaryDirectory() as temporary:
            place = Path(folder or temporary)
            draft(self.text.encode(), place, *self._report)
            tables = Tables(place)
            tables.draft = cells
            tables.write()
            take(place)
            return load(place)


def _frame(rows: Rows, columns: list[str]) -> pd.DataFrame:
    """Some columns of rows by their ``event_id``."""
    names = dict.fromkeys(["event_id", *columns])
    return pd.DataFrame(rows, columns=[*names], dtype="str").set_index("event_id")


def draft_report(text: str, *, report_id: str, published: str) -> Draft:
    """Find the numbers of a news text and propose what they say, for a person to finish.

    Parameters
    ----------
    text : str
        In English, Arabic or French.
    report_id : str
        A name for the report.
    published : str
        When it was published, YYYY-MM-DD or YYYY-MM-DDTHH:MM; days are reckoned from it.

    Returns
    -------
    Draft
        Shows the text with its numbers marked; ``rows`` are to be finished, ``dataset(rows)`` is
        what they come to.

    Raises
    ------
    ValueError
        When the day is none.

    Examples
    --------
    >>> import analysis
    >>> text = "A blast killed at least nine people, including two children, a hospital said."
    >>> found = analysis.draft_report(text, report_id="blast", published="2031-06-19")
    >>> rows = found.rows.assign(count_kind="toll", confirm="yes")
    >>> rows["count"].tolist()
    ['at least 9', '2']
    >>> analysis.totals(found.dataset(rows))["low"].tolist()
    [9]
    """
    return Draft(text, report_id, published)
