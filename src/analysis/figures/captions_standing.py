"""What the figure of numbers that stand still says in words, from the frame that is drawn."""

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.figures import naming
from analysis.figures.captions import Telling
from analysis.figures.captions_sources import capital, telling
from analysis.language import words
from analysis.language.languages import language_of


def tell_standing_still(dataset: Dataset, found: pd.DataFrame, language: str) -> Telling:
    """Words for the figure of a group's number that stands still while that of its whole grows."""
    first = found[found["finding"] == found["finding"].min()]
    start, end = first.iloc[0], first.iloc[-1]
    title = words.phrase(
        "title standing",
        language,
        label=naming.label(
            dataset.parties.set_index("party_id"), first["party_id"].iloc[0], language
        ),
        harm=words.harm_word(start["harm"], language),
        first=words.count(start["whole_low"], start["whole_high"], language),
        last=words.count(end["whole_low"], end["whole_high"], language),
        group=group_word(dataset, start, language),
        count=words.count(start["low"], start["high"], language),
    )
    rows = [
        line
        for _, finding in found.groupby("finding")
        for line in (
            finding_heading(dataset, finding, language),
            *_rows(dataset, finding, language),
        )
    ]
    return telling(
        dataset,
        (capital(title), words.phrase("sub standing", language)),
        ("alt standing", words.join(rows, language)),
        words.phrase("note standing", language),
        event_ids_of(found),
        language,
    )


def event_ids_of(found: pd.DataFrame) -> list[str]:
    """The statements of all pairs, each once: the whole's, then the group's."""
    pairs = zip(found["whole_event_id"], found["event_id"], strict=True)
    return [*dict.fromkeys(name for pair in pairs for name in pair)]


def group_word(dataset: Dataset, row: pd.Series, language: str) -> str:
    """The group in words; by the name of its tally, if any, where the vocabulary lacks it."""
    group = row["victim_group"]
    tallies = dataset.tallies.set_index("tally_id")
    labels = tallies.loc[row["tally_id"], ["label_en", "label_ar"]]
    if language_of(language).knows("group", group) or labels.isna().all():
        return words.term("group", group, language)
    return naming.label(tallies, row["tally_id"], language)


def finding_heading(dataset: Dataset, finding: pd.DataFrame, language: str) -> str:
    """Which group, and who counts it."""
    row = finding.iloc[0]
    group = capital(group_word(dataset, row, language))
    source = words.source(row["source_original"], language)
    return words.phrase("windowed", language, count=group, window=source)


def _rows(dataset: Dataset, finding: pd.DataFrame, language: str) -> list[str]:
    return [pair_in_words(dataset, finding, at, language) for at in range(len(finding))]


def pair_in_words(dataset: Dataset, finding: pd.DataFrame, at: int, language: str) -> str:
    """Days, the whole and the group among it."""
    row = finding.iloc[at]
    count = words.count(row["whole_low"], row["whole_high"], language)
    said = words.phrase(
        "inside",
        language,
        count=count,
        group=group_word(dataset, row, language),
        part=words.count(row["low"], row["high"], language),
    )
    days = days_in_words(dataset, finding, at, language)
    return words.phrase("labelled", language, label=days, count=said)


def days_in_words(dataset: Dataset, finding: pd.DataFrame, at: int, language: str) -> str:
    """Days of a pair, and what its whole counts where that is not always the same."""
    row = finding.iloc[at]
    days = capital(words.window(row["date_start"], row["date_end"], language, year=at == 0))
    if len(finding["whole_tally_id"].unique()) == 1:
        return days
    label = naming.tally_labels(dataset, language, sourced=False)[row["whole_tally_id"]]
    return words.join([days, label], language, "list")


def rise_in_words(dataset: Dataset, finding: pd.DataFrame, at: int, language: str) -> str:
    """How much the numbers rose from the pair before."""
    before, row = finding.iloc[at - 1], finding.iloc[at]
    return words.phrase(
        "rise",
        language,
        whole=f"{row['whole_low'] - before['whole_low']:,}",
        group=group_word(dataset, row, language),
        part=f"{row['low'] - before['low']:,}",
    )
