"""What another format cannot hold, and what keeps a count from being one of its point values.

Formats with one number a row are added up by those who use them. So a count goes there only when
it is exact, stated, of the narrow reading, told once, and inside no other count of its tally.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.bounds.contradictions import solvable
from analysis.bounds.ledger import cut_ledger
from analysis.data.dataset import Dataset
from analysis.data.files import write_whole
from analysis.data.nesting import nesting
from analysis.data.statements import statements as find_statements
from analysis.exchange.files import Loss, as_csv, without_formulas

WIDE = "of the wide reading only"
ASIDE = "corrected or contradicted by its source"
NO_COUNT = "states no count"
REPEAT = "tells again what another statement says"
STOCK = "how many there are on a day, never to be added"
INSIDE = "inside another count; adding both would count people twice"
OPEN = "at least: no upper limit, so no point value"
RANGE = "a range, so no point value"
NOT_KILLED = "harm other than death"
PART = "part of a party"

_GONE = ("taken_back", "withdrawn", "aside")
"""What counts no longer, by its status."""


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
    table, runs = without_formulas(table)
    write_whole(Path(output), as_csv(table), new=True)
    counted = rows[counted]
    sources = [*counted["source_original"].fillna("no source named").unique()]
    what = "counts of several sources, never to be added over them: " + ", ".join(sources)
    several = [Loss(what, (*counted.index,))] if len(sources) > 1 else []
    lost = lost.stack().dropna().droplevel(1)  # noqa: PD013, statement by statement
    return [*map(Loss, cannot_hold), *several, *grouped(lost), *runs]


def statements(dataset: Dataset) -> pd.DataFrame:
    """Rows of ``events`` by their id, with what their tally, its party and their report say.

    ``low`` and ``high`` are what the count says now, the high missing where its source counted on.
    Besides these columns: the English names of the ``victims`` and, in lists, of the parties of
    each side (``names_a``, ``names_b``), whether the tally is ``part`` of another or of its party,
    whether children are counted in one of children (``in_children``), and as ``obstacle`` what
    keeps the count from being a number of dead that can be added to others: one of the constants
    of this module, NA where nothing does.
    """
    solvable(dataset, "primary")
    parties = dataset.parties.set_index("party_id", drop=False)
    label = parties["label_en"].fillna(parties["party_id"]).to_dict()
    tally = ["tally_id", "party_id", "harm", "victim_group", "source_original"]
    report = dataset.reports[["report_id", "source_office", "source_date"]]
    joined = dataset.events.merge(dataset.tallies[tally], on="tally_id", how="left")
    joined = joined.merge(report, on="report_id", how="left")
    joined = joined.set_index("event_id", drop=False)

    def names(cell: str) -> list[str]:
        return [label[party] for party in parties_in(cell)]

    group = dataset.tallies.set_index("tally_id")["victim_group"]
    wholes = {name: [*found] for name, found in nesting(dataset).wholes.items()}
    held = {name: (group[found] == "children").any() for name, found in wholes.items()}
    known = _meaning(dataset).reindex(joined.index)
    joined = joined.assign(
        low=known["binding_low"].fillna(joined["low"]),
        high=joined["high"].mask(known["status"].isin(["from_below", "reduced"])),
        count_status=known["status"],
        part=joined["victim_group"].notna() | joined["tally_id"].map(wholes).str.len().gt(0),
        in_children=joined["tally_id"].map(held),
    )
    return joined.assign(
        status=joined["party_id"].map(parties["status"]),
        victims=joined["party_id"].map(label),
        names_a=joined["side_a"].map(names),
        names_b=joined["side_b"].map(names),
        obstacle=mark(
            pd.Series(pd.NA, index=joined.index, dtype="object"),
            (ASIDE, joined["count_status"].isin(_GONE)),
            (WIDE, joined["reading"] == "wide"),
            (REPEAT, joined["same_as"].notna() & joined["low"].isna()),
            (REPEAT, known["again"]),
            (NO_COUNT, joined["low"].isna()),
            (STOCK, joined["count_kind"] == "stock"),
            (INSIDE, _added_alone(dataset).reindex(joined.index) < known["binding_low"]),
            (OPEN, joined["high"].isna()),
            (RANGE, joined["low"] != joined["high"]),
            (NOT_KILLED, joined["harm"] != "killed"),
            (PART, joined["part"]),
        ),
    )


def _meaning(dataset: Dataset) -> pd.DataFrame:
    """What the count of each statement says now, by ``event_id``; whether it is told ``again``."""
    counts = find_statements(dataset).query("~calculated")
    names = counts["event_ids"].str.split(";")
    rows = counts[["status", "binding_low"]].assign(event_id=names).explode("event_id")
    rows["again"] = rows.index.duplicated()
    return rows.set_index("event_id")


def mark(found: pd.Series, *obstacles: tuple[str, pd.Series]) -> pd.Series:
    """The first obstacle of each row, where none is found yet."""
    for obstacle, here in obstacles:
        found = found.mask(found.isna() & here.fillna(value=False).astype(bool), obstacle)
    return found


def _added_alone(dataset: Dataset) -> pd.Series:
    """What each statement adds to the total of its own tally, by ``event_id``."""
    undivided = {"subset_of": pd.NA, "division": pd.NA, "division_complete": pd.NA}
    tallies = dataset.tallies
    tallies = tallies.assign(**undivided, area=tallies["tally_id"])  # none lies in another
    alone = replace(dataset, tallies=tallies, areas=dataset.areas[:0])
    ledgers = [cut_ledger(alone, harm, "primary") for harm in tallies["harm"].unique()]
    return pd.concat(ledgers).set_index("event_id")["counted"]


def parties_in(cell: str) -> list[str]:
    """Identifiers in a cell with ``;`` between them, none where it is missing."""
    return [] if pd.isna(cell) else [part.strip() for part in cell.split(";")]


def grouped(lost: pd.Series) -> list[Loss]:
    """Losses from what is lost by event id, in the order they come up.

    >>> grouped(pd.Series(["no place", "no day", "no place"], ["a", "b", "c"]))[0]
    Loss(what='no place', event_ids=('a', 'c'))
    """
    return [Loss(what, (*each.index,)) for what, each in lost.groupby(lost, sort=False)]
