"""What ``import analysis`` offers: each name is loaded from its package when it is first used."""

from .bounds.contradictions import contradictions as contradictions
from .bounds.coverage import coverage as coverage
from .bounds.ledger import ledger as ledger
from .bounds.totals import totals as totals
from .bounds.vintages import revisions as revisions
from .bounds.windows import casualty_bounds as casualty_bounds
from .bounds.windows import window_bounds as window_bounds
from .charts.chart import Chart as Chart
from .charts.pictures import described as described
from .data.dataset import Dataset as Dataset
from .data.dataset import load as load
from .data.labels import recolour as recolour
from .data.labels import relabel as relabel
from .data.problems import ContradictionError as ContradictionError
from .data.problems import DatasetError as DatasetError
from .data.problems import NothingToDrawError as NothingToDrawError
from .data.problems import Problem as Problem
from .data.publication import published_by as published_by
from .data.questions import doubts as doubts
from .data.statements import statements as statements
from .draft.draft import Draft as Draft
from .draft.draft import draft_report as draft_report
from .extras import explore as explore
from .extras import open_archive as open_archive
from .figures.choices import load_choices as load_choices
from .figures.export import export_figure as export_figure
from .figures.plots import plot_by_party as plot_by_party
from .figures.plots import plot_by_period as plot_by_period
from .figures.plots import plot_coverage as plot_coverage
from .figures.plots import plot_ledger as plot_ledger
from .figures.plots import plot_over_time as plot_over_time
from .figures.plots import plot_reported as plot_reported
from .figures.plots import plot_sources as plot_sources
from .figures.plots import plot_statements as plot_statements

LANGUAGES: dict[str, str]
