"""Functions that need an extra, loaded when they are called: a plain install offers every name."""

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.data.dataset import Dataset

if TYPE_CHECKING:
    from analysis.archive.answers import Archive
    from analysis.controls import Explorer


def explore(dataset: Dataset, *, figure: str = "by_party", language: str = "en") -> "Explorer":
    """Show a dataset with controls, in a notebook.

    A slider goes through the times of publication; figure, parties and language can be chosen.
    Pointing at a number of the figure, or moving to it by the tab key, shows the statement behind
    it and filters the table below; Escape shows all again.

    Parameters
    ----------
    dataset : Dataset
    figure : str
        Which figure comes first: ``by_party``, ``reported``, ``over_time``, ``by_period``,
        ``statements``, ``ledger`` or ``sources``.
    language : str
        One of ``analysis.LANGUAGES``.

    Returns
    -------
    Explorer
        A widget. Its ``event_id`` is the statement pointed at, ``shown`` the table (strings).

    Raises
    ------
    ValueError
        When there is no such figure or language, or no report.
    ImportError
        When the extra ``lab`` is not installed.

    Examples
    --------
    >>> import analysis
    >>> seen = analysis.explore(analysis.load("data/fortnight"))
    >>> seen.as_of.value = "2018-07-26"
    >>> seen.as_of.label, "at least 133 Islamic State fighters" in seen.chart.title
    ('26 July 2018', True)
    """
    try:
        from analysis.controls import Explorer
    except ModuleNotFoundError as error:
        message = f"controls need {error.name}; install it: pip install 'casualty-analysis[lab]'"
        raise ImportError(message) from error
    return Explorer(dataset, figure, language)


def open_archive(folder: str | Path) -> "Archive":
    """Open an archive that ``casualty-analysis archive`` has written.

    Parameters
    ----------
    folder : path

    Returns
    -------
    Archive
        Its ``bounds``, ``totals``, ``ledger`` and others give Dask frames.

    Raises
    ------
    ValueError
        When the folder is not an archive.
    ImportError
        When the extra ``archive`` is not installed.

    Examples
    --------
    >>> import analysis
    >>> analysis.open_archive("data/report")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: data/report is not an archive; write one to a new folder: ...
    """
    from analysis.archive import answers

    return answers.open_archive(folder)
