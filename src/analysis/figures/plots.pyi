"""Options of the public figures, for editors and type checkers; a test holds them right."""

from collections.abc import Mapping
from datetime import date

from analysis.bounds.totals import Sums
from analysis.charts.chart import Chart
from analysis.data.dataset import Dataset

_Day = date | str
_Some = list[str] | tuple[str, ...]
_Names = str | _Some

def plot_by_party(
    dataset: Dataset,
    *,
    language: str = "en",
    width: str = "page",
    as_of: _Day | None = None,
    harm: str | None = None,
    parties: _Some | None = None,
    tallies: _Some | None = None,
    by: str | None = None,
) -> Chart:
    """How many of each party: at least, at most, and behind it all published numbers added."""

def plot_by_period(
    dataset: Dataset,
    *,
    language: str = "en",
    width: str = "page",
    as_of: _Day | None = None,
    harm: str | None = None,
    parties: _Some | None = None,
    tallies: _Some | None = None,
    by: str | None = None,
    unit: str | None = None,
    source: str | None = None,
    sums: Sums | None = None,
) -> Chart:
    """How many in each day, week, month or year: what each period's report said."""

def plot_coverage(
    dataset: Dataset,
    *,
    language: str = "en",
    width: str = "page",
    as_of: _Day | None = None,
    sums: Sums | None = None,
) -> Chart:
    """Of which months each source gives counts."""

def plot_ledger(
    dataset: Dataset,
    *,
    language: str = "en",
    width: str = "page",
    as_of: _Day | None = None,
    harm: str | None = None,
    parties: _Some | None = None,
    tallies: _Some | None = None,
) -> Chart:
    """From the numbers in the text to the total: which counts, and which is inside which."""

def plot_over_time(
    dataset: Dataset,
    *,
    language: str = "en",
    width: str = "page",
    as_of: _Day | None = None,
    harm: str | None = None,
    parties: _Some | None = None,
    tallies: _Some | None = None,
) -> Chart:
    """Cumulative bounds: at least and at most how many by the end of each day."""

def plot_reported(
    dataset: Dataset,
    *,
    language: str = "en",
    width: str = "page",
    as_of: _Day | None = None,
    harm: str | None = None,
    parties: _Some | None = None,
    tallies: _Some | None = None,
    days: tuple[_Day, _Day] | None = None,
) -> Chart:
    """How the toll came to be what it is: each published total on its day of publication."""

def plot_sources(
    dataset: Dataset,
    *,
    language: str = "en",
    width: str = "page",
    as_of: _Day | None = None,
    harm: str | None = None,
    parties: _Some | None = None,
    tallies: _Some | None = None,
    days: tuple[_Day, _Day] | None = None,
    pairs: Mapping[str, _Names] | None = None,
    other: Dataset | None = None,
    relies: Mapping[str, _Names] | None = None,
) -> Chart:
    """Who says what of the same people and days: a row a source, with the day it said so."""

def plot_statements(
    dataset: Dataset,
    *,
    language: str = "en",
    width: str = "page",
    as_of: _Day | None = None,
    harm: str | None = None,
    parties: _Some | None = None,
    tallies: _Some | None = None,
) -> Chart:
    """What is stated: each number as a row, its days beside it, in order of time."""
