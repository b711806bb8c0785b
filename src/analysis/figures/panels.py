"""What figures of several panels share: whose tallies they draw, and which panels come first."""

from collections.abc import Collection

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.problems import check_known
from analysis.figures.colours import party_colours

_CALLED = {"tally_id": "tally", "party_id": "tally of party", "harm": "tally of people"}
_CALLED |= {"attributed_to": "tally attributed to"}


def check_given(dataset: Dataset, column: str, given: Collection[str]) -> None:
    """Raise a ValueError where a name is given that no tally has in a column."""
    check_known(_CALLED[column], given, [*dataset.tallies[column].dropna().unique()])


def tallies_of(
    dataset: Dataset,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
    harm: str | None = None,
) -> pd.DataFrame:
    """The rows of ``tallies`` that options name; a ValueError where there is no such row."""
    options = {"party_id": parties, "tally_id": tallies, "harm": None if harm is None else [harm]}
    rows = dataset.tallies
    for column, given in options.items():
        if given is not None:
            check_given(dataset, column, given)
            rows = rows[rows[column].isin(given)]
    return rows


def main_harm(harms: pd.Series) -> str:
    """What a figure is about: ``killed`` where it is one of some harms, else the first."""
    return "killed" if (harms == "killed").any() else harms.iloc[0]


def in_order(dataset: Dataset, panels: list[pd.DataFrame], harm: str) -> list[pd.DataFrame]:
    """Panels of a harm before all others, each in the order of their parties."""
    party = [*party_colours(dataset)]
    return sorted(
        panels,
        key=lambda own: (own["harm"].iloc[0] != harm, party.index(own["party_id"].iloc[0])),
    )


def shown(panels: list[pd.DataFrame], most: int) -> tuple[dict[int, pd.DataFrame], int]:
    """The first panels by their number, and how many are left out."""
    return dict(enumerate(panels[:most])), max(0, len(panels) - most)


def numbered(panels: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """The rows of some panels in one frame, ``panel`` being the number of each."""
    drawn = pd.concat(panels, names=["panel"])
    return drawn.reset_index("panel").reset_index(drop=True)
