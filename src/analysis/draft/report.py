"""A draft in a notebook: a text whose numbers are marked, and the rows to finish."""

from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.data.dataset import Dataset, load
from analysis.draft.draft import draft
from analysis.draft.files import COLUMNS, FILE, write
from analysis.draft.take import take

_FIRST = ["words", "count", "count_kind", "harm", "party_id", "victim_group", "source_original"]
_FIRST += ["date_start", "date_end", "inside", "question", "confirm"]


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
        if folder is None:
            with TemporaryDirectory() as place:
                return self._taken(rows, Path(place))
        return self._taken(rows, Path(folder))

    def _taken(self, rows: pd.DataFrame, folder: Path) -> Dataset:
        draft(self.text.encode(), folder, *self._report)
        write(folder / FILE, COLUMNS, rows.fillna("").astype(str).reset_index().to_dict("records"))
        take(folder)
        return load(folder)


def _frame(rows: list[dict[str, str]], columns: list[str]) -> pd.DataFrame:
    """Rows by their ``event_id``."""
    found = pd.DataFrame(rows, columns=["event_id", *columns], dtype="str")
    return found.loc[:, ~found.columns.duplicated()].set_index("event_id")


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
