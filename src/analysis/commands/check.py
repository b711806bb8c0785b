"""Check a dataset: all that is wrong with it, else what is there and what should be answered.

Among that are labels that figures cannot show as meant: not in their language, or not in letters.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from analysis import LANGUAGES
from analysis.bounds.contradictions import find_contradictions
from analysis.data import codebook
from analysis.data.dataset import Dataset, find_empty_tables, load
from analysis.data.links import list_names
from analysis.data.nesting import coded_nesting
from analysis.data.notices import find_notices
from analysis.data.oddities import find_oddities
from analysis.data.outcome import READINGS
from analysis.data.problems import DatasetError, Problem, problem_lines
from analysis.data.questions import doubts
from analysis.data.workbook import find_workbook, with_sheets
from analysis.figures.choices import read_choices
from analysis.figures.standing_still import find_standing_still, standing_still_in_words
from analysis.language.terms import known_terms
from countbounds import Undecided

_TERMS = {"source": "source_original", "cause": "cause", "harm": "harm", "group": "victim_group"}
_SHOWN = ("label_", "inline_", "short_")
_NAMES = {"tallies": ["source_original", "victim_group", "cause"], "reports": ["source_office"]}
_USUAL = {chr(code) for code in (*range(0x20, 0x180), *range(0x621, 0x653), *range(0x2000, 0x2070))}
_USUAL |= {*"،؛؟"}
"""Letters and marks that the typefaces are known to have, without reading them."""

Finding = Problem | str
"""A problem of the tables, or in words what is wrong with the statements."""


class CheckResult(NamedTuple):
    """What is wrong with a dataset; when nothing is, what is there, in a line, and warnings.

    Without a ``dataset`` the tables could not be read.
    """

    found: list[Finding]
    fine: list[str]
    dataset: Dataset | None = None


def check(path: Path) -> CheckResult:
    """Read a dataset and look for all that may be wrong with it."""
    place = path if path.is_dir() else path.parent
    try:
        dataset = load(path)
    except DatasetError as error:
        return CheckResult([*error.problems, *_find_wrong_choices(place)], [])
    if empty := find_empty_tables(path, dataset):
        return CheckResult([*empty], [])
    book = find_workbook(path)
    found = [*_find_wrong_choices(place, dataset), *_find_clashes(dataset)]
    found += [with_sheets(each, book) for each in _find_empty_divisions(dataset)]
    if found:
        return CheckResult(found, [], dataset)
    rows = {table: len(getattr(dataset, table)) for table in codebook.TABLES}
    sizes = ", ".join(f"{number} {table}" for table, number in rows.items() if number)
    counted = dataset.events["low"].count()
    fine = [f"{path}: {sizes} ({counted} with a count); no problem found"]
    notes = [*find_notices(dataset), *_standing_still(dataset)]
    warnings = [*find_oddities(path, dataset), *doubts(dataset)["doubt"]]
    warnings += [*find_untranslated(dataset), *find_unwritten(dataset)]
    for kind, lines in (("note", notes), ("warning", warnings)):
        fine += problem_lines(f"{kind}: {with_sheets(line, book)}" for line in lines)
    return CheckResult([], fine, dataset)


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
        for each in coded_nesting(dataset).divisions
        if each.whole is None
    ]


def find_untranslated(dataset: Dataset) -> list[str]:
    """Labels and terms that figures would show in another language than their own, by column.

    A language in which the dataset has no label at all is named in one line.
    """
    tallies, found = dataset.tallies, []
    named = tallies.filter(like="label_").notna().any(axis=1)
    labelled = {"parties": dataset.parties, "tallies": tallies[named], "areas": dataset.areas}
    terms = {(kind, name) for kind, column in _TERMS.items() for name in tallies[column].dropna()}
    terms |= {("event type", name) for name in dataset.events["event_type"].dropna()}
    for code, language in LANGUAGES.items():
        column = f"label_{code}"
        tables = (*labelled.values(), dataset.terms)
        if code != "en" and not any(rows[column].notna().any() for rows in tables):
            found.append(f"no {column} in any table; {language} figures show another language")
            continue
        for table, rows in labelled.items():
            found += _lacking(table, f"{column} is empty for", rows.iloc[:, 0][rows[column].isna()])
        own = {*dataset.terms["term"][dataset.terms[column].notna()]}
        unknown = {name for _, name in terms - known_terms(code)} - own
        foreign = sorted(name for name in unknown if code != "en" or not name.isascii())
        found += _lacking("terms", f"no {column} for", foreign)
    return found


def _lacking(table: str, what: str, names: Sequence[str]) -> Iterator[str]:
    """The first of the rows of a table that lack a label, and how many more do."""
    first, more = [*names][:5], len(names) - 5
    if first:
        listed = ", ".join(first) + f" and {more} more" * (more > 0)
        yield f"{table}.csv: {what} {listed}; figures show another language there"


def find_unwritten(dataset: Dataset) -> Iterator[str]:
    """Labels and names that figures cannot write, with the letters that no typeface has."""
    for table in ("parties", "tallies", "areas", "terms", "reports"):
        rows = getattr(dataset, table)
        columns = [name for name in rows if name.startswith(_SHOWN)] + _NAMES.get(table, [])
        for column in columns:
            for text in rows[column].dropna().unique():
                if missing := _letters_missing(text):
                    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing)
                    wrong = "no typeface of the figures has; add one to charts/fonts"
                    yield f"{table}.csv {column}: {text!r} has {shown}, which {wrong}"


def _letters_missing(text: str) -> list[str]:
    """The letters of a text that figures would draw as boxes."""
    unusual = [letter for letter in dict.fromkeys(text) if letter not in _USUAL]
    return [letter for letter in unusual if ord(letter) not in _known_letters()] if unusual else []


@cache
def _known_letters() -> frozenset[int]:
    """Code points that the typefaces of figures have: ours, and the one for what that lacks."""
    from fontTools.ttLib import TTFont  # few datasets have other letters

    package, plots = (Path(find_spec(name).origin).parent for name in ("analysis", "matplotlib"))
    ours = sorted((package / "charts" / "fonts").glob("*-Regular.ttf"))
    other = plots / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    return frozenset().union(*(TTFont(path, lazy=True).getBestCmap() for path in (*ours, other)))
