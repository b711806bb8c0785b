"""What parties, tallies and sources of a dataset are called, and the line that says who counted."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from analysis.bounds.statements import counting
from analysis.data.dataset import Dataset
from analysis.data.links import origin
from analysis.language.words import LANGUAGES, day, join, phrase, source, term, window


def label(rows: pd.DataFrame, name: str, language: str) -> str:
    """Name of the party or tally ``name``: its label, else that of the other language, else itself.

    ``rows`` is ``parties`` or ``tallies`` with its identifier as index.
    """
    row = rows.loc[name]
    labels = [row[f"label_{each}"] for each in (language, *LANGUAGES)]
    return next((text for text in labels if pd.notna(text)), name)


def tally_labels(dataset: Dataset, language: str, sourced: bool = True) -> dict[str, str]:
    """Shown name of every tally: its label, else that of its party.

    The source stands behind it where several sources count people of the same harm, unless
    ``sourced`` is false.
    """
    tallies = dataset.tallies.set_index("tally_id")
    parties = dataset.parties.set_index("party_id")
    whole = {name: None if pd.isna(of) else of for name, of in tallies["subset_of"].items()}
    root = tallies.index.map(lambda name: origin(name, whole))
    stated = dataset.events.loc[counting(dataset.events), "tally_id"].unique()
    told = root.isin([origin(name, whole) for name in stated if name in whole])
    sources = tallies[told].groupby("harm")["source_original"].unique()
    labels = {}
    for tally_id, row in tallies.iterrows():
        named = pd.notna(row["label_en"]) or pd.notna(row["label_ar"])
        rows, name = (tallies, tally_id) if named else (parties, row["party_id"])
        labels[tally_id] = label(rows, name, language)
        if sourced and len(sources.get(row["harm"], [])) > 1:
            cited = source(row["source_original"], language)
            labels[tally_id] = phrase("windowed", language, count=labels[tally_id], window=cited)
    return labels


def shown_labels(dataset: Dataset, tallies: Collection[str], language: str) -> dict[str, str]:
    """Names of the tallies of a figure, with the source only where the figure has several."""
    shown = dataset.tallies[dataset.tallies["tally_id"].isin(tallies)]
    return tally_labels(replace(dataset, tallies=shown), language)


def source_names(dataset: Dataset, tally_ids: list[str], language: str) -> list[str]:
    """Full names of those who counted the tallies shown, as far as they are named."""
    tallies = dataset.tallies[dataset.tallies["tally_id"].isin(tally_ids)]
    named = tallies["source_original"].dropna().unique()
    return [term("source", name, language) for name in named]


def source_line(dataset: Dataset, tally_ids: list[str], language: str) -> str:
    """Who counted, who published it and when, for the tallies shown, and up to which day."""
    tallies = dataset.tallies[dataset.tallies["tally_id"].isin(tally_ids)]
    counted = dataset.events[counting(dataset.events)]
    counted = counted[counted["tally_id"].isin(tally_ids)]
    reports = dataset.reports[dataset.reports["report_id"].isin(counted["report_id"])]
    cited = source_names(dataset, tally_ids, language)
    labels = tally_labels(dataset, language, sourced=False)
    without = tallies.loc[tallies["source_original"].isna(), "tally_id"].map(labels).unique()
    if len(without):
        cited.append(phrase("uncited", language, labels=join([*without], language, "list")))
    parts = {"sources": join(cited, language)}
    first, last = reports["source_date"].min(), reports["source_date"].max()
    parts["date"] = window(first, last, language)
    parts["known"] = ""
    if dataset.as_of is not None:
        parts["known"] = phrase("as published", language, date=day(dataset.as_of, language))
    if len(reports) > 1:
        return phrase("sources", language, number=len(reports), **parts)
    offices = reports["source_office"].dropna()
    office = phrase("office", language, office=offices.iloc[0]) if len(offices) else ""
    return phrase("source", language, office=office, **parts)
