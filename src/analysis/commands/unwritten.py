"""Labels with letters that no typeface of the figures has: boxes would stand in their place."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from analysis.data.dataset import Dataset

_TABLES = ("parties", "tallies", "areas", "terms")
_SHOWN = ("label_", "inline_", "short_")
_NAMES = {"tallies": ["source_original", "victim_group", "cause"], "reports": ["source_office"]}
_USUAL = {chr(code) for code in (*range(0x20, 0x180), *range(0x621, 0x653), *range(0x2000, 0x2070))}
_USUAL |= {*"،؛؟"}
"""Letters and marks that the typefaces are known to have, without reading them."""


def find_unwritten(dataset: Dataset) -> Iterator[str]:
    """Labels and names that figures cannot write, with the letters that no typeface has."""
    for table in (*_TABLES, "reports"):
        rows = getattr(dataset, table)
        columns = [name for name in rows if name.startswith(_SHOWN)] + _NAMES.get(table, [])
        for column in columns:
            for text in rows[column].dropna().unique():
                if missing := _letters_missing(text):
                    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing)
                    said = "no typeface of the figures has; add one to charts/fonts"
                    yield f"{table}.csv {column}: {text!r} has {shown}, which {said}"


def _letters_missing(text: str) -> list[str]:
    """The letters of a text that figures would draw as boxes."""
    asked = [letter for letter in dict.fromkeys(text) if letter not in _USUAL]
    return [letter for letter in asked if ord(letter) not in _known_letters()] if asked else []


@cache
def _known_letters() -> frozenset[int]:
    """Code points that the typefaces of figures have: ours, and the one for what that lacks."""
    from fontTools.ttLib import TTFont  # few datasets have other letters

    package, plots = (Path(find_spec(name).origin).parent for name in ("analysis", "matplotlib"))
    ours = sorted((package / "charts" / "fonts").glob("*-Regular.ttf"))
    other = plots / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    return frozenset().union(*(TTFont(path, lazy=True).getBestCmap() for path in (*ours, other)))
