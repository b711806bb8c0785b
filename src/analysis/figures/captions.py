"""What each figure says in words: title, caption and alt text, from the numbers it draws.

The words are made from the same frames as the picture (:mod:`analysis.bounds.drawn`), so they cannot
disagree with it.
"""

from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import with_root
from analysis.bounds.statements import counting
from analysis.data.dataset import Dataset
from analysis.figures import naming
from analysis.language import words


class Telling(NamedTuple):
    """Title, subtitle, caption and alt text of a figure, in one language."""

    title: str
    subtitle: str
    caption: str
    alt: str


def telling_of(
    name: str,
    title: str,
    rows: list[str],
    dataset: Dataset,
    tally_ids: list[str],
    language: str,
    **parts: str,
) -> Telling:
    """Title, subtitle, caption and alt text, ``rows`` being what the alt text lists."""
    listed = words.join(rows, language)
    subtitle = words.phrase(f"sub {name}", language, **parts)
    source = naming.source_line(dataset, tally_ids, language)
    caption = f"{title}. {subtitle} {source}"
    alt = words.phrase(f"alt {name}", language, rows=listed, **parts)
    return Telling(title, subtitle, caption, f"{title}. {alt}")


def tell_over_time(
    dataset: Dataset, drawn: pd.DataFrame, totals: pd.DataFrame, harm: str, language: str
) -> Telling:
    """Words for the figure of the casualties over time."""
    drawn = with_root(drawn)
    certain = certain_of_day(drawn[drawn["root"] == drawn["tally_id"]])
    title = summed_title(
        "title over time",
        totals["source_original"],
        totals["low"],
        totals["high"],
        harm,
        language,
        known=f"{certain:,}",
    )
    labels = naming.tally_labels(dataset, language)
    rows = bounds_rows(drawn[drawn["reading"] == "primary"], labels, language)
    return telling_of(
        "over time",
        title,
        rows,
        dataset,
        [*drawn["tally_id"].unique()],
        language,
        harm=words.harm_word(harm, language),
    )


def bounds_rows(primary: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    """Cumulative bounds in words, each with the last day that it holds on."""
    changed = primary.drop_duplicates(
        ["tally_id", "cumulative_low", "cumulative_high"], keep="last"
    )
    return [
        words.phrase(
            "alt bounds",
            language,
            label=labels[row.tally_id],
            count=words.count(row.cumulative_low, row.cumulative_high, language),
            date=words.day(row.date, language, year=False),
        )
        for row in changed.itertuples()
    ]


def certain_of_day(drawn: pd.DataFrame) -> int:
    """How many people the day is certain of, in every reading."""
    return int(drawn.loc[drawn["reading"] == "wide", "low"].sum())


def summed(low: pd.Series, high: pd.Series, language: str) -> str:
    """A sum of bounds, in words; open where one of them is."""
    return words.count(low.sum(), high.sum(skipna=False), language)


def summed_title(
    name: str,
    sources: pd.Series,
    low: pd.Series,
    high: pd.Series,
    harm: str,
    language: str,
    **parts: str,
) -> str:
    """A title with a sum; sources are never added, so with several of them one without."""
    harmed = words.harm_word(harm, language)
    if len(sources.unique()) != 1:
        return words.phrase("title sources", language, harm=harmed)
    total = summed(low, high, language)
    title = words.phrase(name, language, total=total, harm=harmed, **parts)
    return title[0].upper() + title[1:]


def say(chart, dataset: Dataset, numbers: pd.DataFrame, telling: Telling) -> None:
    """Let a chart know what it says, what it draws and what it rests on."""
    chart.title, chart.caption, chart.alt = telling.title, telling.caption, telling.alt
    chart.numbers = numbers
    shown = dataset.events["tally_id"].isin(numbers["tally_id"]) & counting(dataset.events)
    chart.event_ids = [*dataset.events.loc[shown, "event_id"]]
    chart.source = naming.source_line(dataset, [*numbers["tally_id"].unique()], chart.language)
