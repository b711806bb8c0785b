"""Labels that figures cannot show as meant: not in their language, or not in their letters."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from analysis import LANGUAGES
from analysis.data.dataset import Dataset
from analysis.language.terms import known_terms

_TERMS = {"source": "source_original", "cause": "cause", "harm": "harm", "group": "victim_group"}
_SHOWN = ("label_", "inline_", "short_")
_NAMES = {"tallies": ["source_original", "victim_group", "cause"], "reports": ["source_office"]}
_USUAL = {chr(code) for code in (*range(0x20, 0x180), *range(0x621, 0x653), *range(0x2000, 0x2070))}
_USUAL |= {*"،؛؟"}
"""Letters and marks that the typefaces are known to have, without reading them."""


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
