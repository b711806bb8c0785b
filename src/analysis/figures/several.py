"""The figures that several reports give: which tallies, days and windows they show.

They are chosen by rule, and a file ``choices.toml`` beside the tables can choose otherwise: a
section a figure, its options as ``plot_…`` takes them, ``other`` being the folder of a dataset.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import analysis
from analysis.bounds.drawn import main_harm, stated_roots, whole_of
from analysis.bounds.standing import standing
from analysis.data.dataset import Dataset, load
from analysis.data.problems import DatasetError, NothingToDrawError, Problem
from analysis.data.publication import asked_days

if TYPE_CHECKING:  # choices are checked without what draws
    from analysis.charts.sheet import Chart

CHOICES = "choices.toml"
PLOTS = ("headline", "by_party", "as_reported", "over_time", "known_when", "sources")
_PANELS = 3


class Several(NamedTuple):
    """Figures of a dataset with several reports, by the names of their files.

    ``options`` are what each shows, ``plots`` what draws it with them.
    """

    options: dict[str, dict]
    plots: dict[str, Callable[..., "Chart"]]

    def draw(self, name: str, language: str) -> "Chart | str":
        """A figure, or in words why there is none."""
        try:
            return self.plots[name](language=language)
        except NothingToDrawError as error:
            return str(error)

    def export(self, folder: Path) -> list[str]:
        """Write the figures that there are; gives their names."""
        done = []
        for name, plot in self.plots.items():
            with suppress(NothingToDrawError):
                analysis.export_figure(plot.func, *plot.args, folder, name, **plot.keywords)
                done.append(name)
        return done


def several(folder: Path, prefix: str = "reports_", dataset: Dataset | None = None) -> Several:
    """The figures of the dataset in a folder, ``prefix`` beginning their names.

    Raises DatasetError where ``choices.toml`` cannot be read or chooses what there is not.
    """
    place = folder if folder.is_dir() else folder.parent
    dataset = dataset or load(folder)
    options = _by_rule(dataset)
    for section, chosen in read_choices(place, dataset).items():
        by_rule = {} if "harm" in chosen else options.get(section, {})
        options[section] = by_rule | chosen
    plots = {}
    for name, asked in options.items():
        asked = dict(asked)
        if "other" in asked:
            asked["other"] = load(place / asked["other"])
        plot = getattr(analysis, f"plot_{name}")
        plots[prefix + name] = partial(plot, dataset, **asked)
    return Several({prefix + name: asked for name, asked in options.items()}, plots)


def _by_rule(dataset: Dataset) -> dict[str, dict]:
    """The tallies of most statements, part of no other; other choices are those of the figures."""
    counted = dataset.events["low"].notna().any()
    tallies = {"tallies": most_stated(dataset) if counted else None}
    shown: dict[str, dict] = {name: {} for name in PLOTS}
    shown |= dict.fromkeys(("headline", "by_party", "known_when"), tallies)
    return shown | {"over_time": tallies | {"statements": True}}


def most_stated(dataset: Dataset) -> list[str]:
    """Up to three tallies that are part of no other, those with most statements, in their order."""
    wholes, root = whole_of(dataset, main_harm(dataset)), stated_roots(dataset)
    told = dataset.events.loc[standing(dataset), "tally_id"].map(root)
    most = told.value_counts().reindex(wholes).nlargest(_PANELS).index
    return [name for name in wholes if name in most]


def read_choices(folder: Path, dataset: Dataset | None = None) -> dict[str, dict]:
    """What the file in a folder chooses, by section; nothing where there is none.

    Raises DatasetError where it cannot be read or chooses what there is not.
    """
    path = folder / CHOICES
    if not path.exists():
        return {}
    import tomllib  # most datasets have no such file

    try:
        chosen = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatasetError([Problem(path.name, None, None, f"is no TOML: {error}")], path) from None
    problems = [
        Problem(path.name, None, name, said)
        for name, asked in chosen.items()
        for said in _find_faults(name, asked, dataset)
    ]
    if problems:
        raise DatasetError(problems, path)
    return chosen


def _find_faults(name: str, asked: object, dataset: Dataset | None) -> Iterator[str]:
    if name not in PLOTS:
        yield f"no such section; write {', '.join(PLOTS)}"
    elif not isinstance(asked, dict):
        yield f"is no section; write [{name}] on a line, its options on the next ones"
    else:
        named = [*(asked.get("tallies") or ()), *asked.get("pairs", ())]
        for each in named if dataset else ():
            if each not in {*dataset.tallies["tally_id"]}:
                yield f"{each!r} is no tally_id of tallies.csv"
        try:
            if "days" in asked:
                asked_days(asked["days"])
        except (TypeError, ValueError) as error:
            yield str(error)
