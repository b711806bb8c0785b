"""What exports share: the rows they convert, and what keeps a count from being a point value.

Formats with one number a row are added up by those who use them. So a count goes there only when
it is exact, of the narrow reading, no repeat, and inside no other count of its tally.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.bounds.contradictions import check_consistent
from analysis.bounds.ledger import ledger_of
from analysis.data.dataset import Dataset
from analysis.data.files import write_whole
from analysis.data.links import split_ids
from analysis.data.outcome import nesting
from analysis.data.statements import statements
from analysis.exchange.importing import Loss, grouped
from analysis.exchange.reading import FORMULA

WIDE = "of the wide reading only"
ASIDE = "corrected or contradicted by its source"
NO_COUNT = "states no count"
REPEAT = "repeats another statement"
STOCK = "how many there are on a day, never to be added"
INSIDE = "inside another count; adding both would count people twice"
OPEN = "at least: no upper limit, so no point value"
RANGE = "a range, so no point value"
NOT_KILLED = "harm other than death"
PART = "part of a party"

_GONE = ("taken_back", "withdrawn", "aside")
"""Statuses of counts that count no longer."""


class Converted(NamedTuple):
    """A table of another format; by event id what is lost, and whether the count is held.

    ``lost`` has a column for each kind of loss that a statement may have.
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
    count left out of its row. ``convert`` is given rows as from :func:`joined_rows`. A
    ContradictionError where statements cannot all be true, a FileExistsError where there is such
    a file.
    """
    rows = joined_rows(dataset)
    table, lost, counted = convert(rows)
    table, formulas = _without_formulas(table)
    how = {"lineterminator": "\n", "date_format": "%Y-%m-%d"}
    write_whole(Path(output), table.to_csv(index=False, **how).encode(), new=True)
    counted = rows[counted]
    sources = [*counted["source_original"].fillna("no source named").unique()]
    what = "counts of several sources, never to be added over them: " + ", ".join(sources)
    mixed = [Loss(what, (*counted.index,))] if len(sources) > 1 else []
    lost = lost.stack().dropna().droplevel(1)  # noqa: PD013, statement by statement
    return [*map(Loss, cannot_hold), *mixed, *grouped(lost), *formulas]


def _without_formulas(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Loss]]:
    """A table with ' before each text that a spreadsheet would run, and these texts by column."""
    found: list[Loss] = []

    def harmless(column: pd.Series) -> pd.Series:
        runs = column.map(lambda cell: isinstance(cell, str) and bool(FORMULA.match(cell)))
        if not runs.any():
            return column
        name = column.name if isinstance(column.name, str) else column.name[0]
        first, many = column[runs].iloc[0], f" and {runs.sum() - 1} more" * int(runs.sum() > 1)
        found.append(Loss(f"with ' before it, else a spreadsheet runs it: {name} {first!r}{many}"))
        return column.mask(runs, "'" + column[runs].astype(str))

    return table.apply(harmless), found


def joined_rows(dataset: Dataset) -> pd.DataFrame:
    """Rows of ``events`` by their id, joined with their tally, its party and their report.

    ``low`` and ``high`` are what the count says now, the high missing where its source counted on.
    Besides these columns: the English names of the ``victims`` and, in lists, of the parties of
    each side (``names_a``, ``names_b``), whether the tally is ``part`` of another or of its party,
    whether children are counted in one of children (``in_children``), and as ``obstacle`` what
    keeps the count from being a number of dead that can be added to others: one of the constants
    of this module, NA where nothing does.
    """
    check_consistent(dataset, "primary")
    parties = dataset.parties.set_index("party_id", drop=False)
    label = parties["label_en"].fillna(parties["party_id"]).to_dict()
    tally = ["tally_id", "party_id", "harm", "victim_group", "source_original"]
    report = ["report_id", "source_office", "source_date"]
    rows = dataset.events.merge(dataset.tallies[tally], on="tally_id", how="left")
    rows = rows.merge(dataset.reports[report], on="report_id", how="left")
    rows = rows.set_index("event_id", drop=False)
    known = _current_counts(dataset).reindex(rows.index)
    wholes = {name: [*found] for name, found in nesting(dataset).wholes.items()}
    group = dataset.tallies.set_index("tally_id")["victim_group"]
    held = {name: (group[found] == "children").any() for name, found in wholes.items()}
    rows = rows.assign(
        low=known["binding_low"].fillna(rows["low"]),
        high=rows["high"].mask(known["status"].isin(["from_below", "reduced"])),
        part=rows["victim_group"].notna() | rows["tally_id"].map(wholes).str.len().gt(0),
        in_children=rows["tally_id"].map(held),
        status=rows["party_id"].map(parties["status"]),
        victims=rows["party_id"].map(label),
    )
    for side in "ab":
        rows[f"names_{side}"] = rows[f"side_{side}"].map(
            lambda cell: [label[party] for party in split_ids(cell)]
        )
    obstacle = first_obstacle(
        pd.Series(pd.NA, index=rows.index, dtype="object"),
        (ASIDE, known["status"].isin(_GONE)),
        (WIDE, rows["reading"] == "wide"),
        (REPEAT, rows["same_as"].notna() & rows["low"].isna()),
        (REPEAT, known["repeat"]),
        (NO_COUNT, rows["low"].isna()),
        (STOCK, rows["count_kind"] == "stock"),
        (INSIDE, _added_alone(dataset).reindex(rows.index) < known["binding_low"]),
        (OPEN, rows["high"].isna()),
        (RANGE, rows["low"] != rows["high"]),
        (NOT_KILLED, rows["harm"] != "killed"),
        (PART, rows["part"]),
    )
    return rows.assign(obstacle=obstacle)


def _current_counts(dataset: Dataset) -> pd.DataFrame:
    """What the count of each statement says now, by ``event_id``; whether it is a ``repeat``."""
    counts = statements(dataset).query("~calculated")
    names = counts["event_ids"].str.split(";")
    rows = counts[["status", "binding_low"]].assign(event_id=names).explode("event_id")
    return rows.assign(repeat=rows.index.duplicated()).set_index("event_id")


def _added_alone(dataset: Dataset) -> pd.Series:
    """What each statement adds to the total of its own tally, by ``event_id``."""
    undivided = {"subset_of": pd.NA, "division": pd.NA, "division_complete": pd.NA}
    tallies = dataset.tallies
    tallies = tallies.assign(**undivided, area=tallies["tally_id"])  # none lies in another
    alone = replace(dataset, tallies=tallies, areas=dataset.areas[:0])
    ledgers = [ledger_of(alone, harm, "primary") for harm in tallies["harm"].unique()]
    return pd.concat(ledgers).set_index("event_id")["counted"]


def first_obstacle(found: pd.Series, *obstacles: tuple[str, pd.Series]) -> pd.Series:
    """The first obstacle of each row, where none is found yet."""
    for obstacle, here in obstacles:
        found = found.mask(found.isna() & here.fillna(value=False).astype(bool), obstacle)
    return found
