"""The numbers of a figure as a table for its readers, in their language: who, how many, when."""

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.figures.naming import label, tally_labels
from analysis.language.locales import Locale

_COUNTS = ("cumulative_low", "cumulative_high"), ("low", "high")
_DAYS = ("date_start", "date_end"), ("period_start", "period_end"), ("date", "date")


def readable(dataset: Dataset, numbers: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """What is drawn as texts, in the primary reading, columns named; equal rows are one."""
    if "reading" in numbers:
        numbers = numbers[numbers["reading"] != "wide"]
    if "of_other" in numbers:  # named as those of the dataset whom they stand beside
        own = numbers[~numbers["of_other"]].drop_duplicates("panel").set_index("panel")["tally_id"]
        beside = numbers["panel"].map(own)
        numbers = numbers.assign(tally_id=numbers["tally_id"].mask(numbers["of_other"], beside))
    labels = tally_labels(dataset, locale, sourced=False)
    parties = dataset.parties.set_index("party_id")
    cited = dataset.tallies.set_index("tally_id")["source_original"].to_dict()
    table = []
    for row in numbers.to_dict("records"):
        party, tally = row.get("party_id"), row.get("tally_id")
        source = row.get("source_original", cited.get(tally))
        who = label(parties, party, locale) if party in parties.index else ""
        cells = {
            "counted people": labels.get(tally, who),
            "number": _number(row, locale),
            "days": _days(row, locale),
            "published": locale.day(row["published_until"]) if "published_until" in row else "",
            "source": locale.source(source) if pd.notna(source) else "",
        }
        table.append({locale(f"page column {name}"): text for name, text in cells.items()})
    table = pd.DataFrame(table, dtype="str").drop_duplicates(ignore_index=True)
    return table.loc[:, (table != "").any()]


def _number(row: dict, locale: Locale) -> str:
    """The count of a row (persons); of coverage, how many counts there are."""
    if "within" in row:
        return locale.number(row["within"] + row["across"])
    low, high = next(pair for pair in _COUNTS if pair[0] in row)
    return "" if pd.isna(row[low]) else locale.count(row[low], row[high])


def _days(row: dict, locale: Locale) -> str:
    """The days of a row, a month where it is one of coverage; nothing where none is known."""
    pair = next((pair for pair in _DAYS if pair[1] in row), None)
    if pair is None or pd.isna(row[pair[1]]):
        return ""
    last = row[pair[1]] + pd.offsets.MonthEnd(1) if "within" in row else row[pair[1]]
    return locale.window(row[pair[0]], last)
