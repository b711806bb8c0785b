"""Labels with letters that no typeface of the figures has: boxes would stand in their place."""

from collections.abc import Iterator

from analysis.data.dataset import Dataset

_TABLES = ("parties", "tallies", "areas", "terms")
_SHOWN = ("label_", "inline_", "short_")
_NAMES = {"tallies": ["source_original", "victim_group", "cause"], "reports": ["source_office"]}
_USUAL = {chr(code) for code in range(0x20, 0x250)}
"""Letters that the typeface is known to have, without reading it."""


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
    if not asked:
        return []
    from analysis.charts.style import known_letters  # reads typefaces, which few labels need

    return [letter for letter in asked if ord(letter) not in known_letters()]
