"""Where the notebooks find their dataset and write their figures.

The environment variable ``CASUALTY_DATA`` names another dataset, a folder or a workbook; figures
and executed notebooks then go into folders ``figures`` and ``notebooks`` beside its files.
``CASUALTY_LANGUAGE`` is the language that notebooks show.
"""

import os
from pathlib import Path
from typing import NamedTuple

from analysis import LANGUAGES

PROJECT = Path(__file__).resolve().parents[3]


class Settings(NamedTuple):
    """Where the dataset is, the folder for figures, the language shown (one of ``LANGUAGES``).

    ``notebooks`` is the folder for executed notebooks; the example's stay in their place (None).
    """

    data: Path
    figures: Path
    language: str
    notebooks: Path | None = None

    @property
    def several(self) -> Path:
        """The dataset with several reports: the one asked for, or the example's fortnight."""
        return PROJECT / "data" / "fortnight" if self.notebooks is None else self.data

    @property
    def prefix(self) -> str:
        """How the names of its figures begin: those of the example's fortnight stand apart."""
        return "fortnight_" if self.notebooks is None else ""


def settings(folder: str | None = None) -> Settings:
    """Settings of a dataset, else from the environment; a relative path from here or the project.

    Raises
    ------
    ValueError
        When ``CASUALTY_LANGUAGE`` is none of the languages, or the dataset stands where its
        figures would replace the example's.
    """
    language = os.environ.get("CASUALTY_LANGUAGE") or "en"
    named = folder or os.environ.get("CASUALTY_DATA")
    if language not in LANGUAGES:
        raise ValueError(f"CASUALTY_LANGUAGE is {language!r}; write {' or '.join(LANGUAGES)}")
    if not named:
        return Settings(PROJECT / "data" / "report", PROJECT / "figures", language)
    data = (Path(named) if Path(named).exists() else PROJECT / named).resolve()
    place = data.parent if data.suffix.lower() == ".xlsx" else data
    if place == PROJECT:
        said = "there its figures would replace the example's; move it into a folder of its own"
        raise ValueError(f"CASUALTY_DATA is {named!r}, in the project's folder: {said}")
    return Settings(data, place / "figures", language, place / "notebooks")
