"""The figures: one module and one ``plot_…`` function each, all on the same sheet.

Each takes a dataset and gives a :class:`analysis.charts.sheet.Chart`. What it draws comes from
:mod:`analysis.drawn`, what it says from :mod:`analysis.captions`.
"""

from analysis.charts.beside_other import plot_beside
from analysis.charts.by_party import plot_by_party
from analysis.charts.known_when import plot_known_when
from analysis.charts.ledger import plot_ledger
from analysis.charts.over_time import plot_over_time
from analysis.charts.sources import plot_sources
from analysis.charts.standing_still import plot_standing_still
from analysis.charts.statements import plot_statements

__all__ = [
    "plot_beside",
    "plot_by_party",
    "plot_known_when",
    "plot_ledger",
    "plot_over_time",
    "plot_sources",
    "plot_standing_still",
    "plot_statements",
]
