"""Words for figures of chosen tallies, of statements on staircases, and of what was known when.

As in :mod:`analysis.captions` they are made from the numbers that the picture draws.
"""

import pandas as pd

from analysis import words
from analysis.captions import Telling, bounds_rows, summed_title, telling_of
from analysis.dataset import Dataset
from analysis.drawn import root_of


def tell_chosen(
    dataset: Dataset, drawn: pd.DataFrame, tallies: list[str], harm: str, language: str
) -> Telling:
    """Words for the figure over time of chosen tallies."""
    primary = drawn[drawn["reading"] == "primary"]
    chosen = primary[primary["tally_id"].isin(tallies)]
    last = chosen.groupby("tally_id", sort=False).tail(1)
    title = words.phrase("title within", language, harm=words.harm_word(harm, language))
    whole = dataset.tallies.set_index("tally_id")["subset_of"]
    if len({*root_of(whole[whole.index.isin(tallies)])}) == len(tallies) and _apart(whole, tallies):
        title = summed_title(
            "title chosen",
            last["source_original"],
            last["cumulative_low"],
            last["cumulative_high"],
            harm,
            language,
            known=f"{chosen['low'].sum():,}",
        )
    rows = bounds_rows(dataset, primary, language)
    harmed = words.harm_word(harm, language)
    return telling_of(
        "over time", title, rows, dataset, [*drawn["tally_id"].unique()], language, harm=harmed
    )


def _apart(whole: pd.Series, tallies: list[str]) -> bool:
    """Whether none of the tallies is part of another, at any depth."""
    for name in tallies:
        above = whole.get(name)
        while pd.notna(above):
            if above in tallies:
                return False
            above = whole.get(above)
    return True


def with_marks(telling: Telling, dataset: Dataset, marks: pd.DataFrame, language: str) -> Telling:
    """The same words, and in the alt text the statements that are marked."""
    if marks.empty:
        return telling
    labels = words.tally_labels(dataset, language)
    owner = dataset.events.set_index("event_id")["tally_id"]
    rows = [
        words.phrase(
            "windowed",
            language,
            count=words.phrase(
                "labelled",
                language,
                label=labels[owner[row.event_id]],
                count=words.count(row.stated_low, row.stated_high, language),
            ),
            window=words.window(row.date_start, row.date, language, year=False),
        )
        for row in marks.drop_duplicates("event_id").itertuples()
    ]
    said = words.phrase("alt marks", language, rows=words.join(rows, language))
    return telling._replace(alt=f"{telling.alt} {said}")
