"""Where the notebooks find their dataset and write their figures.

The environment variable ``CASUALTY_DATA`` names another dataset folder (its figures then go into
a folder ``figures`` inside it), ``CASUALTY_LANGUAGE`` the language that notebooks show.
"""

import os
from pathlib import Path
from typing import NamedTuple

from analysis.words import LANGUAGES

PROJECT = Path(__file__).resolve().parents[2]


class Settings(NamedTuple):
    """The dataset's folder, the folder for figures, and the language shown ("en" or "ar")."""

    data: Path
    figures: Path
    language: str


def settings() -> Settings:
    """Settings from the environment, from any working directory.

    Raises
    ------
    ValueError
        When ``CASUALTY_LANGUAGE`` is none of the languages.
    """
    language = os.environ.get("CASUALTY_LANGUAGE") or "en"
    if language not in LANGUAGES:
        known = " or ".join(LANGUAGES)
        raise ValueError(f"CASUALTY_LANGUAGE is {language!r}; write {known}")
    named = os.environ.get("CASUALTY_DATA")
    if not named:
        return Settings(PROJECT / "data" / "report", PROJECT / "figures", language)
    return Settings(Path(named).resolve(), Path(named).resolve() / "figures", language)
