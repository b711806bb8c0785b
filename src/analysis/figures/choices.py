"""Which figures a dataset has, and what each of them shows: its own choice, or a file's.

The file ``choices.toml`` stands beside the tables: a section a figure, its options as ``plot_…``
takes them. What does not suit a dataset is not drawn; ``Figures.missing`` gives the reason.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import analysis
from analysis.data.dataset import Dataset, load
from analysis.data.files import find_place
from analysis.data.nesting import BY
from analysis.data.problems import (
    ContradictionError,
    DatasetError,
    NothingToDrawError,
    Problem,
)

if TYPE_CHECKING:  # choices are read without what draws
    from analysis.charts.chart import Chart

CHOICES = "choices.toml"
FIGURES = ("by_party", "reported", "over_time", "by_period", "statements", "ledger", "sources")
"""The figures of a dataset, the lead first; the page has its own order."""
_SHARED = ("language", "width", "as_of", "sums")
"""Options that no file chooses: whoever draws says them."""


class Figures(NamedTuple):
    """The figures of a dataset, some with ``options``; ``prefix`` begins names of files.

    Folders of other datasets in the options are seen from ``place``.
    """

    dataset: Dataset
    options: dict[str, dict]
    place: Path
    prefix: str = ""

    def plot(self, name: str, **given: object) -> "Chart":
        """Draw a figure; a NothingToDrawError where it does not suit the dataset."""
        return getattr(analysis, f"plot_{name}")(self.dataset, **self.options_of(name), **given)

    def options_of(self, name: str) -> dict[str, object]:
        """The options of a figure as it takes them: of another dataset not its folder alone."""
        options = dict(self.options.get(name, {}))
        if "other" in options:
            path = self.place / options["other"]
            options["other"] = self.dataset.cached(("other", path), lambda: load(path))
        return options

    def missing(self) -> dict[str, str]:
        """The figures that do not suit the dataset, and why."""
        reasons = {}
        for name in FIGURES:
            try:
                self.plot(name)
            except NothingToDrawError as error:
                reasons[name] = str(error)
            except ContradictionError:
                contradicts = "what it counts contradicts itself; check names the statements"
                reasons[name] = f"nothing to draw: {contradicts}"
        return reasons

    def export(self, folder: Path, names: Collection[str] = FIGURES) -> list[Path]:
        """Write those of some figures that suit the dataset; gives the files."""
        written = []
        for name in names:
            plot, options = getattr(analysis, f"plot_{name}"), self.options_of(name)
            with suppress(NothingToDrawError, ContradictionError):
                file = self.prefix + name
                written += analysis.export_figure(plot, self.dataset, folder, file, **options)
        return written


def chosen_figures(folder: str | Path, dataset: Dataset | None = None, prefix: str = "") -> Figures:
    """The figures of the dataset in a folder (or workbook), with what each of them shows.

    Raises DatasetError where ``choices.toml`` cannot be read or chooses what there is not.
    """
    folder = find_place(folder)
    dataset = dataset or load(folder)
    return Figures(dataset, read_choices(folder, dataset), _place(folder), prefix)


def load_choices(
    folder: str | Path, dataset: Dataset | None = None
) -> dict[str, dict[str, object]]:
    """What the file ``choices.toml`` beside a dataset chooses, as ``plot_…`` takes it.

    Parameters
    ----------
    folder : path
        The dataset's folder, or its workbook.
    dataset : Dataset, optional
        The same, where it is loaded already.

    Returns
    -------
    dict
        For each figure the options chosen, none where the file does not name it.

    Raises
    ------
    DatasetError
        When the file cannot be read or chooses what there is not.

    Examples
    --------
    >>> import analysis
    >>> chosen = analysis.load_choices("data/fortnight")
    >>> chosen["sources"]["relies"], chosen["by_party"]
    ({'UCDP': 'SOHR'}, {})
    """
    figures = chosen_figures(folder, dataset)
    return {name: figures.options_of(name) for name in FIGURES}


def _place(folder: str | Path) -> Path:
    """Where a dataset's file of choices stands: in its folder, or beside its workbook."""
    folder = Path(folder)
    return folder if folder.is_dir() else folder.parent


def read_choices(folder: str | Path, dataset: Dataset | None = None) -> dict[str, dict]:
    """What the file beside a dataset chooses, by figure; nothing where there is none.

    Raises DatasetError where it cannot be read or chooses what there is not.
    """
    path = _place(folder) / CHOICES
    if not path.exists():
        return {}
    import tomllib  # most datasets have no such file

    try:
        chosen = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatasetError([Problem(path.name, None, None, f"is no TOML: {error}")], path) from None
    problems = [
        Problem(path.name, None, name, message)
        for name, section in chosen.items()
        for message in _find_faults(name, section, dataset, path.parent)
    ]
    if problems:
        raise DatasetError(problems, path)
    return chosen


def _find_faults(name: str, section: object, dataset: Dataset | None, place: Path) -> Iterator[str]:
    """What is wrong with a section, and what is allowed."""
    if name not in FIGURES:
        yield f"no such section; write one of {', '.join(FIGURES)}"
        return
    if not isinstance(section, dict):
        yield f"is no section; write [{name}] on a line, its options on the next ones"
        return
    allowed = [*signature(getattr(analysis, f"plot_{name}")).parameters][1:]
    allowed = [option for option in allowed if option not in _SHARED]
    for option, value in section.items():
        if option not in allowed:
            yield f"no option {option!r}; write {', '.join(allowed) or 'none'}"
        elif option in _VALUES and value not in _VALUES[option]:
            yield f"{option} is {value!r}; write {' or '.join(_VALUES[option])}"
        elif option == "days" and not _is_window(value):
            yield 'days are a first and a last day: ["2018-07-19", "2018-07-24"]'
        elif option == "other" and not (isinstance(value, str) and (place / value).exists()):
            yield f"other: there is no folder {value!r} beside this file"
        elif option in _NAMED and dataset is not None:
            yield from _find_unknown(option, value, dataset)


def _find_unknown(option: str, value: object, dataset: Dataset) -> Iterator[str]:
    """What is wrong with names: not written as such, or in no row of the table (of pairs, ours)."""
    table, column, kind = _NAMED[option]
    names = [value] if kind is str else value
    if not isinstance(value, kind) or not value or not all(isinstance(n, str) for n in names):
        yield f"{option} {_WRITTEN[kind]}"
        return
    known = getattr(dataset, table)[column].dropna().unique()
    for name in names:
        if name not in {*known}:
            yield f"{option}: {name!r} is no {column} of {table}.csv; there are: {', '.join(known)}"


def _is_window(days: object) -> bool:
    """Whether these are a first and a last day."""
    try:
        first, last = days
        return date.fromisoformat(first) <= date.fromisoformat(last)
    except (TypeError, ValueError):
        return False


_NAMED = {
    "tallies": ("tallies", "tally_id", list),
    "pairs": ("tallies", "tally_id", dict),
    "parties": ("parties", "party_id", list),
    "harm": ("tallies", "harm", str),
    "source": ("tallies", "source_original", str),
}
"""Options that name what stands in a column of a table, and how."""
_WRITTEN = {
    list: 'is a list with at least one name: ["…"]',
    dict: 'is a tally with one of the other dataset: pairs.OWN = "OTHER"',
    str: 'is a name: "…"',
}
_VALUES = {
    "by": BY,
    "unit": ("day", "week", "month", "year"),
}
