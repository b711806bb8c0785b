"""What another format cannot hold, and what keeps a count from being one of its point values.

Formats with one number a row are added up by those who use them. So a count goes there only when
it is exact, stated, of the narrow reading, told once, and inside no other count of its tally.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.bounds.families import find_families
from analysis.bounds.ledger import ledger
from analysis.data.cut import without_superseded
from analysis.data.dataset import Dataset
from analysis.data.files import write_whole
from analysis.data.tellings import superseded
from analysis.exchange.files import as_csv


class Loss(NamedTuple):
    """One thing that the other format cannot hold, and the statements (none: all) it concerns."""

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
INSIDE = "inside another count; adding both would count people twice"
OPEN = "at least: no upper limit, so no point value"
RANGE = "a range, so no point value"
NOT_KILLED = "harm other than death"
PART = "part of a party"


class Converted(NamedTuple):
    """A table of another format; by event id what is lost, and whether the count is held.

    ``lost`` has a column for each thing that can be said of a statement.
    """

    table: pd.DataFrame
    lost: pd.DataFrame
    counted: pd.Series


def export(
    dataset: Dataset,
    output: str | Path,
    convert: Callable[[pd.DataFrame], Converted],
    cannot_hold: tuple[str, ...],
) -> list[Loss]:
    """Write what a format can hold of a dataset to a CSV file; gives what it cannot hold.

    That is what no file of its kind can (``cannot_hold``), every statement left out, and every
    count left out of its row. ``convert`` is given rows as from :func:`statements`. A
    ContradictionError where statements cannot all be true, a FileExistsError where there is such
    a file.
    """
    rows = statements(dataset)
    table, lost, counted = convert(rows)
    write_whole(Path(output), as_csv(table), new=True)
    counted = rows[counted]
    sources = [*counted["source_original"].fillna("no source named").unique()]
    what = "counts of several sources, never to be added over them: " + ", ".join(sources)
    several = [Loss(what, (*counted.index,))] if len(sources) > 1 else []
    lost = lost.stack().dropna().droplevel(1)  # noqa: PD013, statement by statement
    return [*map(Loss, cannot_hold), *several, *grouped(lost)]


def statements(dataset: Dataset) -> pd.DataFrame:
    """Rows of ``events`` by their id, with what their tally, its party and their report say.

    Besides these columns: the English names of the ``victims`` and, in lists, of the parties of
    each side (``names_a``, ``names_b``), the ``victim_group`` that they are part of
    (``whole_group``), and as ``obstacle`` what keeps the count from being a number of dead that
    can be added to others: one of the constants of this module, NA where nothing does.
    """
    parties = dataset.parties.set_index("party_id", drop=False)
    label = parties["label_en"].fillna(parties["party_id"]).to_dict()
    tally = ["tally_id", "party_id", "harm", "victim_group", "subset_of", "source_original"]
    report = dataset.reports[["report_id", "source_office", "source_date"]]
    joined = dataset.events.merge(dataset.tallies[tally], on="tally_id", how="left")
    joined = joined.merge(report, on="report_id", how="left")
    joined = joined.set_index("event_id", drop=False)

    def names(cell: str) -> list[str]:
        return [label[party] for party in parties_in(cell)]

    group = dataset.tallies.set_index("tally_id")["victim_group"]
    return joined.assign(
        status=joined["party_id"].map(parties["status"]),
        victims=joined["party_id"].map(label),
        whole_group=joined["subset_of"].map(group),
        names_a=joined["side_a"].map(names),
        names_b=joined["side_b"].map(names),
        obstacle=mark(
            pd.Series(pd.NA, index=joined.index, dtype="object"),
            (ASIDE, superseded(dataset).to_numpy() | (joined["reading"] == "aside")),
            (WIDE, joined["reading"] == "wide"),
            (REPEAT, joined["same_as"].notna()),
            (NO_COUNT, joined["low"].isna()),
            (INSIDE, joined["event_id"].isin(_find_contained(dataset))),
            (OPEN, joined["high"].isna()),
            (RANGE, joined["low"] != joined["high"]),
            (NOT_KILLED, joined["harm"] != "killed"),
            (PART, joined["victim_group"].notna() | joined["subset_of"].notna()),
        ),
    )


def mark(found: pd.Series, *obstacles: tuple[str, pd.Series]) -> pd.Series:
    """The first obstacle of each row, where none is found yet."""
    for obstacle, here in obstacles:
        found = found.mask(found.isna() & here.fillna(value=False).astype(bool), obstacle)
    return found


def _find_contained(dataset: Dataset) -> set[str]:
    """Statements that add less than they say to the total of their own tally."""
    dataset = without_superseded(dataset)
    alone = replace(dataset, tallies=dataset.tallies.assign(subset_of=pd.NA))
    # incidents are different people unless counted further: others need no ledger
    shared = {each.root for each in find_families(alone) if each.toll.any() or each.links}
    few = replace(alone, events=alone.events[alone.events["tally_id"].isin(shared)])
    harms = alone.tallies.loc[alone.tallies["tally_id"].isin(shared), "harm"].unique()
    return {name for harm in harms for name in ledger(few, harm).query("counted < low")["event_id"]}


def parties_in(cell: str) -> list[str]:
    """Identifiers in a cell with ``;`` between them, none where it is missing."""
    return [] if pd.isna(cell) else [part.strip() for part in cell.split(";")]


def grouped(lost: pd.Series) -> list[Loss]:
    """Losses from what is lost by event id, in the order they come up.

    >>> grouped(pd.Series(["no place", "no day", "no place"], ["a", "b", "c"]))[0]
    Loss(what='no place', event_ids=('a', 'c'))
    """
    return [Loss(what, (*each.index,)) for what, each in lost.groupby(lost, sort=False)]
