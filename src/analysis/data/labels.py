"""What people read in place of ids: names beside them in tables, names and colours in figures."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from analysis import LANGUAGES
from analysis.data.dataset import Dataset
from analysis.data.nesting import ATTRIBUTES
from analysis.data.problems import check_known

_LABEL_OF = {
    "tally_id": "label",
    "tally_ids": "label",
    "party_id": "party",
    "source_original": "source",
    "attributed_to": "attributed_to_label",
    "area": "area_label",
}
"""The columns that hold ids, and what the column of their names is called."""


def labelled(dataset: Dataset, table: pd.DataFrame, labels: bool | str) -> pd.DataFrame:
    """A table with the name of each tally, party, source and area behind the column of its id.

    ``labels`` is a language code; True is English, False leaves the table as it is. An id without
    a name stands as it is. A ValueError where there is no such language.
    """
    if not labels:
        return table
    code = "en" if labels is True else labels
    if code not in LANGUAGES:
        raise ValueError(f"labels is {labels!r}; write True or one of {', '.join(LANGUAGES)}")
    table, names = table.copy(), _names(dataset, code)
    for column in table.columns.intersection([*_LABEL_OF]):
        named = table[column].map(_naming(names[column]), na_action="ignore").astype("str")
        table.insert(table.columns.get_loc(column) + 1, _LABEL_OF[column], named)
    return table


def _naming(names: dict[str, str]) -> Callable[[str], str]:
    """A function that gives the names of ids that stand in one cell, ``;`` between."""
    return lambda cell: "; ".join(names.get(each, each) for each in cell.split(";"))


def _names(dataset: Dataset, code: str) -> dict[str, dict[str, str]]:
    """The names of ids, by the column that holds them."""
    parties = _labels(dataset.parties.set_index("party_id"), code)
    areas = _labels(dataset.areas.set_index("area_id"), code)
    sources = _labels(dataset.terms.set_index("term"), code)
    rows = dataset.tallies.set_index("tally_id")
    tallies = _labels(rows, code)
    for name, row in rows.iterrows():
        if name not in tallies:
            narrowed = "; ".join(row[[*ATTRIBUTES]].dropna())
            party = parties.get(row["party_id"], row["party_id"])
            tallies[name] = f"{party} ({narrowed})" if narrowed else party
    named = {"tally_id": tallies, "tally_ids": tallies, "party_id": parties, "area": areas}
    return named | {"source_original": sources, "attributed_to": parties}


def _labels(rows: pd.DataFrame, code: str) -> dict[str, str]:
    """The label of each row in a language, in another where it has none."""
    columns = [f"label_{each}" for each in dict.fromkeys([code, *LANGUAGES])]
    return rows[columns].bfill(axis=1).iloc[:, 0].dropna().to_dict()


def relabel(dataset: Dataset, names: Mapping[str, str], *, language: str = "en") -> Dataset:
    """The dataset with other names of parties and tallies; the given one stays as it is.

    Parameters
    ----------
    dataset : Dataset
    names : dict of str to str
        For a ``party_id`` or ``tally_id`` its name in figures and tables.
    language : str
        The language of the names.

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        When there is no such party, tally or language.

    Examples
    --------
    >>> import analysis
    >>> names = {"civilians_bombardment": "Residents"}
    >>> dataset = analysis.relabel(analysis.load("data/report"), names)
    >>> "Residents" in analysis.plot_by_party(dataset).alt
    True
    """
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}; languages are {', '.join(LANGUAGES)}")
    parties, tallies = dataset.parties, dataset.tallies
    check_known("party or tally", names, [*parties["party_id"], *tallies["tally_id"]])
    columns = [f"label_{language}", f"inline_{language}"]
    return replace(
        dataset,
        parties=_renamed(parties, "party_id", columns, names),
        tallies=_renamed(tallies, "tally_id", columns, names),
    )


def recolour(dataset: Dataset, colours: Mapping[str, str]) -> Dataset:
    """The dataset with other colours of parties in figures; the given one stays as it is.

    Parameters
    ----------
    dataset : Dataset
    colours : dict of str to str
        For a ``party_id`` its colour, as ``"#7a0177"``.

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        When there is no such party, or a colour is not written so.

    Examples
    --------
    >>> import analysis
    >>> dataset = analysis.recolour(analysis.load("data/report"), {"civilians": "#7a0177"})
    >>> marks = analysis.plot_by_party(dataset).axes[0].patches
    >>> any(mark.get_facecolor()[:3] == (0x7A / 255, 1 / 255, 0x77 / 255) for mark in marks)
    True
    """
    check_known("party", colours, [*dataset.parties["party_id"]])
    for name, colour in colours.items():
        if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
            raise ValueError(f"colour of {name!r} is {colour!r}; write one as '#7a0177'")
    parties = dataset.parties
    if "colour" not in parties:
        parties = parties.assign(colour=pd.Series(pd.NA, parties.index, dtype="str"))
    return replace(dataset, parties=_renamed(parties, "party_id", ["colour"], colours))


def _renamed(
    rows: pd.DataFrame, key: str, columns: list[str], values: Mapping[str, str]
) -> pd.DataFrame:
    """Rows with other values in some columns where there is one for their id."""
    given = rows[key].map(values)
    return rows.assign(**{name: rows[name].mask(given.notna(), given) for name in columns})
