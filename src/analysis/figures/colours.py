"""Which colour each party has, in every figure, and each value of what a figure is by."""

from itertools import cycle

import pandas as pd

from analysis.charts.style import PALETTE
from analysis.data.dataset import Dataset, cached
from analysis.data.links import split_ids


@cached
def party_colours(dataset: Dataset) -> dict[str, str]:
    """Colour of each party: civilians first, then who else is counted, then who is blamed."""
    cells = dataset.tallies["attributed_to"].dropna()
    blamed = {name for cell in cells for name in split_ids(cell)}
    parties = dataset.parties.assign(
        civilian=dataset.parties["status"] == "civilian",
        counted=dataset.parties["party_id"].isin(dataset.tallies["party_id"]),
        blamed=dataset.parties["party_id"].isin(blamed),
    )
    order = parties.sort_values(["counted", "civilian", "blamed"], ascending=False, kind="stable")
    colours = dict(zip(order["party_id"], cycle(PALETTE), strict=False))
    if "colour" in order:  # see analysis.recolour
        colours |= order.set_index("party_id")["colour"].dropna().to_dict()
    return colours


@cached
def tally_colours(dataset: Dataset) -> dict[str, str]:
    """Colour of each tally: that of its party."""
    party = dataset.tallies.set_index("tally_id")["party_id"]
    return party.map(party_colours(dataset)).to_dict()


@cached
def value_colours(dataset: Dataset, column: str) -> dict[str, str]:
    """Colour of each value of a column of ``tallies``, whichever figure is by it.

    A party has its own; areas, groups and causes first those that no party counted has.
    """
    tallies, of_party = dataset.tallies, party_colours(dataset)
    used = {of_party[name] for name in tallies["party_id"].dropna()}
    free = cycle(sorted(PALETTE, key=lambda colour: colour in used))
    values = tallies[column].dropna().unique()
    return {value: of_party.get(value) or next(free) for value in values}


def row_colour(dataset: Dataset, party_id: str, column: str | None, value: object) -> str:
    """Colour of a row: of its value of what the figure is by, else of whom it counts."""
    if column is None or pd.isna(value):
        return party_colours(dataset)[party_id]
    return value_colours(dataset, column)[value]
