"""Casualty statements of news reports, turned into the tightest bounds they support.

Each public name is loaded from its room when it is first used, so that whoever only checks a
dataset does not wait for what draws it.
"""

from importlib import import_module

LANGUAGES = {"en": "English", "ar": "Arabic", "fr": "French"}
"""What figures and the page are written in, by ISO 639 code: a catalogue each in ``language``."""

_PLACES = {
    "data.dataset": ["Dataset", "load"],
    "data.publication": ["published_by"],
    "data.statements": ["statements"],
    "data.problems": ["ContradictionError", "DatasetError", "NothingToDrawError", "Problem"],
    "bounds.contradictions": ["contradictions"],
    "bounds.coverage": ["coverage"],
    "bounds.daily": ["casualty_bounds"],
    "bounds.doubts": ["doubts"],
    "bounds.drawn": ["statement_table"],
    "bounds.intervals": ["window_bounds"],
    "bounds.ledger": ["ledger"],
    "bounds.totals": ["totals"],
    "bounds.vintages": ["revisions"],
    "controls.explore": ["explore"],
    "exchange.archive": ["open_archive"],
    "figures.by_party": ["plot_by_party"],
    "figures.by_period": ["plot_by_period"],
    "figures.choices": ["chosen_figures"],
    "figures.coverage": ["plot_coverage"],
    "figures.ledger": ["plot_ledger"],
    "figures.over_time": ["plot_over_time"],
    "figures.reported": ["plot_reported"],
    "figures.sources": ["plot_sources"],
    "figures.statements": ["plot_statements"],
    "charts.export": ["export_figure"],
    "page.settings": ["settings"],
}
_ROOM = {name: place for place, names in _PLACES.items() for name in names}
__all__ = sorted([*_ROOM, "LANGUAGES"])


def __getattr__(name: str) -> object:
    """A public name, loaded when first used."""
    if name not in _ROOM:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"analysis.{_ROOM[name]}"), name)
    return value


def __dir__() -> list[str]:
    return __all__
