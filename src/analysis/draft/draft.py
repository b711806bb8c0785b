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
from analysis.draft.days import find_event, find_windows
from analysis.draft.harms import find_harm_words, find_harms
from analysis.draft.numbers import find_qualified
from analysis.draft.rows import propose
from analysis.draft.sentence import Sentence, Statement
from analysis.draft.sources import find_causes, find_cited
from analysis.draft.tables import COLUMNS, TABLES, Rows, Tables, take
from analysis.draft.times import find_times
from analysis.draft.words import Text, read_text, sentences

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
    text, statements = read_statements(raw, day)
    known = [*tables.statements(), *tables.draft]
    rows, left = propose(text, statements, report_id, known)
    cells = report_id, published, text.words.language, sha256
    tables.rows["reports"].append(dict(zip(TABLES["reports"], cells, strict=True)))
    tables.draft += [*rows, *left]
    tables.write()
    return rows, left


def read_statements(raw: str, published: date) -> tuple[Text, list[Statement]]:
    """A text, and a statement for each of its numbers, in its order.

    Nothing is understood here. Known words near a number are weighed: the word that is joined to it
    first, then what it shares with the number before or after it in a list, then what else its
    sentence says. All of it is a proposal for a person to confirm.
    """
    text = read_text(raw)
    times = find_times(text, published)
    numbers = find_qualified(text, times)
    found: list[Statement] = []
    events: dict[int, date] = {}  # the day of the event of a paragraph
    for paragraph, start, stop in sentences(text):
        sentence = Sentence(
            text,
            start,
            stop,
            [each for each in numbers if start <= each.start < stop],
            [each for each in times if start <= each.start < stop],
            find_harm_words(text, start, stop),
            text.find("toll", start, stop),
        )
        earlier = [each for each in found if each.paragraph == paragraph]
        made = [Statement(each, paragraph) for each in sentence.numbers]
        find_harms(made, sentence, earlier)
        find_windows(made, sentence, events.get(paragraph), published)
        if event := find_event(made, sentence, published):
            events.setdefault(paragraph, event)
        find_cited(made, sentence)
        find_causes(made, sentence)
        found += made
    return text, found


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
