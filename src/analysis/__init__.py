"""Casualty statements of news reports, turned into the tightest bounds they support."""

from analysis.bounds import casualty_bounds
from analysis.charts import (
    plot_beside,
    plot_by_party,
    plot_known_when,
    plot_ledger,
    plot_over_time,
    plot_sources,
    plot_standing_still,
    plot_statements,
)
from analysis.dataset import Dataset, load, published_by
from analysis.disputed import find_disputed
from analysis.drawn import statement_table
from analysis.export import export_figure
from analysis.page import Page
from analysis.problems import ContradictionError, DatasetError, Problem
from analysis.settings import settings
from analysis.standing_still import find_standing_still
from analysis.totals import ledger, totals
from analysis.windows import window_bounds

__all__ = [
    "ContradictionError",
    "Dataset",
    "DatasetError",
    "Page",
    "Problem",
    "casualty_bounds",
    "export_figure",
    "find_disputed",
    "find_standing_still",
    "ledger",
    "load",
    "plot_beside",
    "plot_by_party",
    "plot_known_when",
    "plot_ledger",
    "plot_over_time",
    "plot_sources",
    "plot_standing_still",
    "plot_statements",
    "published_by",
    "settings",
    "statement_table",
    "totals",
    "window_bounds",
]
