"""Statements set aside because their own source contradicts them, each beside what it clashes with.

A contradiction within one source is for a person to judge: the doubtful statement gets the
reading ``aside`` and stays out of the bounds, never averaged with the others. Here it is shown
that the clash is real, with both pages.
"""

from dataclasses import replace

import pandas as pd

from analysis.bounds.contradictions import find_contradictions
from analysis.data.cut import published_by
from analysis.data.dataset import Dataset

_EVENT = ["event_id", "report_id", "tally_id", "date_start", "date_end", "low", "high"]
_REPORT = ["report_id", "source_office", "source_date", "url"]


def find_disputed(dataset: Dataset) -> pd.DataFrame:
    """Each counted statement set aside, and a smallest set of statements that contradict it.

    Returns
    -------
    pandas.DataFrame
        One row a statement: ``aside`` (the ``event_id`` set aside), ``event_id`` (itself first,
        then those against it), ``report_id``, ``tally_id``, ``date_start``, ``date_end``, ``low``,
        ``high`` (persons), ``note``, ``source_original`` (who counted), ``source_office``,
        ``source_date`` and ``url`` of the page. A statement that contradicts nothing stands alone.
    """
    events = dataset.events
    aside = events[(events["reading"] == "aside") & events["low"].notna()]
    pairs = [
        (name, each)
        for name in aside["event_id"]
        for each in [name, *(other for other in _against(dataset, name) if other != name)]
    ]
    found = pd.DataFrame(pairs, columns=["aside", "event_id"], dtype="str")
    found = found.merge(events[[*_EVENT, "note"]], on="event_id", how="left")
    source = dataset.tallies[["tally_id", "source_original"]]
    found = found.merge(source, on="tally_id", how="left")
    return found.merge(dataset.reports[_REPORT], on="report_id", how="left")


def _against(dataset: Dataset, event_id: str) -> list[str]:
    reading = dataset.events["reading"].mask(dataset.events["event_id"] == event_id)
    heard = replace(dataset, events=dataset.events.assign(reading=reading))
    days = sorted({*dataset.reports["source_date"].dropna()}, reverse=True)
    cuts = [published_by(heard, day.date()) for day in days]  # what is against it may be gone since
    if days:  # or be taken for an older count
        unordered = dataset.reports.assign(source_date=days[0], source_date_earliest=days[-1])
        cuts.append(replace(heard, reports=unordered, solutions={}))
    for cut in cuts:
        for error in find_contradictions(cut):
            if event_id in error.event_ids:
                return error.event_ids
    return []
