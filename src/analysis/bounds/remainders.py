"""What remains of complete divisions: the one part that nothing is said of."""

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from analysis.bounds.daily import whole_numbers
from analysis.bounds.solutions import family_of, widest
from analysis.bounds.standing import STANDING, counts, kept_parts
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.data.outcome import READINGS


def stated_numbers(dataset: Dataset) -> dict[str, set[int]]:
    """The numbers that still stand of each tally, as its pages state them."""
    table = counts(dataset, "primary")
    table = table[table["status"].isin(STANDING) & (table["count_kind"] != "stock")]
    return table.groupby("tally_id")["binding_low"].agg(lambda lows: {*lows.dropna()}).to_dict()


def find_remainders(
    dataset: Dataset, known: Collection[str], stated: Collection[str]
) -> Iterator[tuple[str, list]]:
    """The ends of the one part of each complete division that nothing is said of."""
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
            days = [(np.array([span.since]), np.array([span.stop])) for span in spans]
            pairs = zip(own.bounded, days, strict=True)
            ends = widest([one.between(silent[0], *when) for one, when in pairs])
            found += [whole_numbers(end)[0] for end in ends]
        if found[0] or pd.notna(found[1]):
            yield silent[0], found
