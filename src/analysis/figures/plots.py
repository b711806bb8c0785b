"""The public functions of the figures; ``plots.pyi`` beside it says their options to editors."""

from analysis.figures.by_party import plot_by_party
from analysis.figures.by_period import plot_by_period
from analysis.figures.coverage import plot_coverage
from analysis.figures.ledger import plot_ledger
from analysis.figures.over_time import plot_over_time
from analysis.figures.reported import plot_reported
from analysis.figures.sources import plot_sources
from analysis.figures.statements import plot_statements

__all__ = [
    "plot_by_party",
    "plot_by_period",
    "plot_coverage",
    "plot_ledger",
    "plot_over_time",
    "plot_reported",
    "plot_sources",
    "plot_statements",
]
