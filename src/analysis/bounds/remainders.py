"""What remains of complete divisions: the one part without a statement."""

from collections.abc import Collection, Iterator

import pandas as pd

from analysis.bounds.solutions import family_of, kept_parts
from analysis.bounds.totals import over_all_days
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.data.outcome import READINGS
from analysis.data.statements import STANDING, counts


def stated_numbers(dataset: Dataset) -> dict[str, set[int]]:
    """The numbers that still stand of each tally, as its pages state them."""
    table = counts(dataset, "primary")
    table = table[table["status"].isin(STANDING) & (table["count_kind"] != "stock")]
    return table.groupby("tally_id")["binding_low"].agg(lambda lows: {*lows.dropna()}).to_dict()


def find_remainders(
    dataset: Dataset, known: Collection[str], stated: Collection[str]
) -> Iterator[tuple[str, list]]:
    """The ends of the one part of each complete division that no statement counts."""
    parts = kept_parts(dataset)
    for division in nesting(dataset).divisions:
        whole = division.whole
        silent = [name for name in division.parts if not {name, *parts[name]} & {*stated}]
        if not division.complete or whole not in known or len(silent) != 1:
            continue
        found = []
        for reading in READINGS:
            own = family_of(dataset, whole, reading)
            spans = own.spans([whole, *parts[whole]])
            found += over_all_days(own, (silent[0],), spans)
        if found[0] or pd.notna(found[1]):
            yield silent[0], found
