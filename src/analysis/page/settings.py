"""Where commands and notebooks run by nbconvert find a dataset and write its figures.

The environment variable ``CASUALTY_DATA`` names another dataset, a folder or a workbook; figures
and executed notebooks then go into folders ``figures`` and ``notebooks`` beside its files.
"""

import os
from pathlib import Path
from typing import NamedTuple

from analysis.data.files import INSTALLED, PROJECT, find_place


class Settings(NamedTuple):
    """Where the dataset is, and the folder for figures.

    ``notebooks`` is the folder for executed notebooks; the example's stay in their place (None).
    """

    data: Path
    figures: Path
    notebooks: Path | None = None

    @property
    def timeline_data(self) -> Path:
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
        When the dataset stands where its figures would replace the example's.
    """
    named = folder or os.environ.get("CASUALTY_DATA")
    if not named:
        place = Path.cwd() if INSTALLED else PROJECT
        return Settings(PROJECT / "data" / "report", place / "figures")
    data = find_place(named).resolve()
    place = data.parent if data.suffix.lower() == ".xlsx" else data
    if place == PROJECT:
        remedy = "there its figures would replace the example's; move it into a folder of its own"
        raise ValueError(f"CASUALTY_DATA is {named!r}, in the project's folder: {remedy}")
    return Settings(data, place / "figures", place / "notebooks")
