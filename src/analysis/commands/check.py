"""Check a dataset: all that is wrong with it, else what is there and what should be answered."""

from pathlib import Path
from typing import NamedTuple

from analysis.bounds.contradictions import find_contradictions
from analysis.commands.labels import find_untranslated, find_unwritten
from analysis.data import codebook
from analysis.data.dataset import Dataset, find_empty_tables, load
from analysis.data.links import list_names
from analysis.data.nesting import nesting
from analysis.data.notices import find_notices
from analysis.data.oddities import find_oddities
from analysis.data.outcome import READINGS
from analysis.data.problems import DatasetError, Problem, summed_up
from analysis.data.questions import doubts
from analysis.data.workbook import find_workbook, with_sheets
from analysis.figures.choices import read_choices
from analysis.figures.standing_still import find_standing_still, standing_still_in_words
from countbounds import Undecided

Finding = Problem | str
"""A problem of the tables, or in words what is wrong with the statements."""


class Checked(NamedTuple):
    """What is wrong with a dataset; when nothing is, what is there, in a line, and warnings.

    Without a ``dataset`` the tables could not be read.
    """

    found: list[Finding]
    fine: list[str]
    dataset: Dataset | None = None


def check(path: Path) -> Checked:
    """Read a dataset and look for all that may be wrong with it."""
    place = path if path.is_dir() else path.parent
    try:
        dataset = load(path)
    except DatasetError as error:
        return Checked([*error.problems, *_find_wrong_choices(place)], [])
    if empty := find_empty_tables(path, dataset):
        return Checked([*empty], [])
    book = find_workbook(path)
    found = [*_find_wrong_choices(place, dataset), *_find_clashes(dataset)]
    found += [with_sheets(each, book) for each in _find_empty_divisions(dataset)]
    if found:
        return Checked(found, [], dataset)
    rows = {table: len(getattr(dataset, table)) for table in codebook.TABLES}
    sizes = ", ".join(f"{number} {table}" for table, number in rows.items() if number)
    counted = dataset.events["low"].count()
    fine = [f"{path}: {sizes} ({counted} with a count); no problem found"]
    notes = [*find_notices(dataset), *_standing_still(dataset)]
    warnings = [*find_oddities(path, dataset), *doubts(dataset)["doubt"]]
    warnings += [*find_untranslated(dataset), *find_unwritten(dataset)]
    for kind, lines in (("note", notes), ("warning", warnings)):
        fine += summed_up(f"{kind}: {with_sheets(line, book)}" for line in lines)
    return Checked([], fine, dataset)


def _standing_still(dataset: Dataset) -> list[str]:
    """A sentence for each group's number that never moved while that of everybody rose."""
    if find_standing_still(dataset).empty:
        return []
    from analysis.language.locales import locale_of  # few datasets have such a number

    return standing_still_in_words(dataset, locale_of("en"))


def _find_wrong_choices(place: Path, dataset: Dataset | None = None) -> list[Problem]:
    try:
        read_choices(place, dataset)
    except DatasetError as error:
        return error.problems
    return []


def _find_clashes(dataset: Dataset) -> list[str]:
    """Statements published at one time that cannot all be true, in any reading, each set once."""
    try:
        return [*{str(each): 1 for name in READINGS for each in find_contradictions(dataset, name)}]
    except Undecided as error:
        return [str(error)]


def _find_empty_divisions(dataset: Dataset) -> list[str]:
    """Divisions whose parts lie in no tally together."""
    return [
        f"tallies.csv: division {each.name!r} of {list_names(each.parts)}: no tally holds them "
        f"all; add one that does, or write the same subset_of in each"
        for each in nesting(dataset).divisions
        if each.whole is None
    ]
