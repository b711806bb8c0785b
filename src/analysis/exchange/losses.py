"""What another format cannot hold, and what keeps a count from being one of its point values.

Formats with one number a row are added up by those who use them. So a count goes there only when
it is exact, stated, of the narrow reading, told once, and inside no other count of its tally.
"""

import csv
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.bounds.statements import find_families, superseded, without_superseded
from analysis.bounds.ledger import ledger
from analysis.data.dataset import Dataset


class Loss(NamedTuple):
    """One thing that the other format cannot hold, and the statements it concerns.

    ``event_ids`` is empty where it concerns the format as a whole.
    """

    what: str
    event_ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The loss in one line.

        >>> str(Loss("at least: no upper limit", ("a", "b")))
        'at least: no upper limit (2): a, b'
        """
        ids = f" ({len(self.event_ids)}): {', '.join(self.event_ids)}" if self.event_ids else ""
        return f"{self.what}{ids}"


WIDE = "of the wide reading only"
ASIDE = "corrected or contradicted by its source"
NO_COUNT = "states no count"
REPEAT = "tells again what another statement says"
DERIVED = "derived from other counts, not stated"
INSIDE = "inside another count; adding both would count people twice"
OPEN = "at least: no upper limit, so no point value"
RANGE = "a range, so no point value"


def find_obstacles(dataset: Dataset) -> pd.Series:
    """What keeps each statement from being a point value that can be added to others.

    Returns
    -------
    pandas.Series
        One of the constants of this module for each row of ``events`` (same index), NA where
        nothing does. Parts of tallies are judged among themselves.

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    """
    events = dataset.events
    found = pd.Series(pd.NA, index=events.index, dtype="object")
    for obstacle, rows in (
        (ASIDE, superseded(events) | (events["reading"] == "aside")),
        (WIDE, events["reading"] == "wide"),
        (REPEAT, events["same_as"].notna()),
        (NO_COUNT, events["low"].isna()),
        (DERIVED, events["count_basis"] == "derived"),
        (INSIDE, events["event_id"].isin(_find_contained(dataset))),
        (OPEN, events["high"].isna()),
        (RANGE, events["low"] != events["high"]),
    ):
        found = found.mask(found.isna() & rows.fillna(value=False).astype(bool), obstacle)
    return found


def _find_contained(dataset: Dataset) -> set[str]:
    """Statements that add less than they say to the total of their own tally.

    Incidents are different people, so only tallies with a toll need the ledger.
    """
    dataset = without_superseded(dataset)
    alone = replace(dataset, tallies=dataset.tallies.assign(subset_of=pd.NA))
    with_toll = {each.root for each in find_families(alone) if each.toll.any()}
    tallies = alone.tallies[alone.tallies["tally_id"].isin(with_toll)]
    few = replace(alone, events=alone.events[alone.events["tally_id"].isin(with_toll)])
    contained = set()
    for harm in tallies["harm"].unique():
        entries = ledger(few, harm)
        contained |= {*entries.loc[entries["counted"] < entries["low"], "event_id"]}
    return contained


def statements(dataset: Dataset) -> pd.DataFrame:
    """Rows of ``events`` with what their tally and report say, same index.

    Besides the columns of ``events``: ``party_id``, ``harm``, ``victim_group``, ``subset_of`` and
    ``source_original`` of the tally, ``source_office`` and ``source_date`` of the report,
    ``status`` of the victims, and their name as ``victims``.
    """
    tally = ["tally_id", "party_id", "harm", "victim_group", "subset_of", "source_original"]
    parties = dataset.parties.assign(victims=dataset.parties["party_id"].map(party_labels(dataset)))
    joined = dataset.events.merge(dataset.tallies[tally], on="tally_id", how="left")
    report = dataset.reports[["report_id", "source_office", "source_date"]]
    joined = joined.merge(report, on="report_id", how="left")
    joined = joined.merge(parties[["party_id", "status", "victims"]], on="party_id", how="left")
    return joined.set_axis(dataset.events.index)


def party_labels(dataset: Dataset) -> dict[str, str]:
    """The English name of each party, its identifier where it has none."""
    named = dataset.parties["label_en"].fillna(dataset.parties["party_id"])
    return dict(zip(dataset.parties["party_id"], named, strict=True))


def parties_in(cell: str) -> list[str]:
    """Identifiers in a cell with ``;`` between them, none where it is missing."""
    return [] if pd.isna(cell) else [part.strip() for part in cell.split(";")]


def grouped(found: list[tuple[str, str]]) -> list[Loss]:
    """Losses from pairs of what is lost and an event id, in the order they come up.

    >>> grouped([("no place", "a"), ("no day", "b"), ("no place", "c")])[0]
    Loss(what='no place', event_ids=('a', 'c'))
    """
    what = dict.fromkeys(what for what, _ in found)
    return [Loss(each, tuple(name for other, name in found if other == each)) for each in what]


def several_sources(written: pd.DataFrame) -> list[Loss]:
    """A warning where the counts written are of more than one source: those never add up."""
    sources = [*written["source_original"].fillna("no source named").unique()]
    what = "counts of several sources, never to be added over them: " + ", ".join(sources)
    return [Loss(what, (*written["event_id"],))] if len(sources) > 1 else []


def write_new(path: Path, rows: list[dict], columns: list[str], *, before: tuple = ()) -> None:
    """Write a UTF-8 CSV file; cells that are missing stay empty.

    Parameters
    ----------
    before : tuple of list of str
        Rows between the header and the rows.

    Raises
    ------
    FileExistsError
        When there is such a file; it stays as it is.
    """
    with Path(path).open("x", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *before])
        table = [["" if pd.isna(row.get(name)) else row[name] for name in columns] for row in rows]
        csv.writer(file, lineterminator="\n").writerows(table)
