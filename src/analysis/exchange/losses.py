"""What another format cannot hold, and what keeps a count from being one of its point values.

Formats with one number a row are added up by those who use them. So a count goes there only when
it is exact, stated, of the narrow reading, told once, and inside no other count of its tally.
"""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd

from analysis.bounds.families import find_families
from analysis.bounds.ledger import ledger
from analysis.data import codebook
from analysis.data.cut import superseded, without_superseded
from analysis.data.dataset import Dataset, load


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
DERIVED = "derived from other counts, not stated"
INSIDE = "inside another count; adding both would count people twice"
OPEN = "at least: no upper limit, so no point value"
RANGE = "a range, so no point value"
NOT_KILLED = "harm other than death"
PART = "part of a party"


class Converted(NamedTuple):
    """Rows of another format, pairs of what is lost and an event id, the statements counted."""

    rows: list[dict]
    lost: list[tuple[str, str]]
    counted: pd.DataFrame


def export(
    dataset: Dataset,
    output: str | Path,
    convert: Callable[[pd.DataFrame, dict[str, str]], Converted],
    header: list[list[str]],
    cannot_hold: tuple[str, ...],
) -> list[Loss]:
    """Write what a format can hold of a dataset to a CSV file; gives what it cannot hold.

    That is what no file of its kind can (``cannot_hold``), every statement left out, and every
    count left out of its row. ``convert`` is given rows as from :func:`statements` and the names
    of parties; the first row of the ``header`` names the columns. A ContradictionError where
    statements cannot all be true, a FileExistsError where there is such a file.
    """
    label = _labels(dataset)
    converted = convert(statements(dataset, label), label)
    write_new(Path(output), converted.rows, header)
    sources = [*converted.counted["source_original"].fillna("no source named").unique()]
    what = "counts of several sources, never to be added over them: " + ", ".join(sources)
    several = [Loss(what, (*converted.counted["event_id"],))] if len(sources) > 1 else []
    return [*map(Loss, cannot_hold), *several, *grouped(converted.lost)]


def _labels(dataset: Dataset) -> dict[str, str]:
    """The English name of each party, its identifier where it has none."""
    named = dataset.parties["label_en"].fillna(dataset.parties["party_id"])
    return dict(zip(dataset.parties["party_id"], named, strict=True))


def statements(dataset: Dataset, label: dict[str, str]) -> pd.DataFrame:
    """Rows of ``events`` with what their tally, its party and their report say, same index.

    Besides these columns: the name of the victims as ``victims``, whether they are part of a
    party (``partial``), the ``victim_group`` that they are part of (``whole_group``), and as
    ``obstacle`` what keeps the count from being a point value that can be added to others: one of
    the constants of this module, NA where nothing does.
    """
    tally = ["tally_id", "party_id", "harm", "victim_group", "subset_of", "source_original"]
    report = dataset.reports[["report_id", "source_office", "source_date"]]
    joined = dataset.events.merge(dataset.tallies[tally], on="tally_id", how="left")
    joined = joined.merge(report, on="report_id", how="left").set_axis(dataset.events.index)
    status = dataset.parties.set_index("party_id")["status"]
    group = dataset.tallies.set_index("tally_id")["victim_group"]
    return joined.assign(
        status=joined["party_id"].map(status),
        victims=joined["party_id"].map(label),
        partial=joined["victim_group"].notna() | joined["subset_of"].notna(),
        whole_group=joined["subset_of"].map(group),
        obstacle=mark(
            pd.Series(pd.NA, index=joined.index, dtype="object"),
            (ASIDE, superseded(dataset) | (joined["reading"] == "aside")),
            (WIDE, joined["reading"] == "wide"),
            (REPEAT, joined["same_as"].notna()),
            (NO_COUNT, joined["low"].isna()),
            (DERIVED, joined["count_basis"] == "derived"),
            (INSIDE, joined["event_id"].isin(_find_contained(dataset))),
            (OPEN, joined["high"].isna()),
            (RANGE, joined["low"] != joined["high"]),
        ),
    )


def mark(found: pd.Series, *obstacles: tuple[str, pd.Series]) -> pd.Series:
    """The first obstacle of each row, where none is found yet."""
    for obstacle, here in obstacles:
        found = found.mask(found.isna() & here.fillna(value=False).astype(bool), obstacle)
    return found


def _find_contained(dataset: Dataset) -> set[str]:
    """Statements that add less than they say to the total of their own tally.

    Incidents are different people but for those counted further, so only tallies with such or with
    a toll need the ledger.
    """
    dataset = without_superseded(dataset)
    alone = replace(dataset, tallies=dataset.tallies.assign(subset_of=pd.NA))
    shared = {each.root for each in find_families(alone) if each.toll.any() or each.links}
    few = replace(alone, events=alone.events[alone.events["tally_id"].isin(shared)])
    harms = alone.tallies.loc[alone.tallies["tally_id"].isin(shared), "harm"].unique()
    inside = [ledger(few, harm).query("counted < low")["event_id"] for harm in harms]
    return {name for names in inside for name in names}


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


def write_dataset(
    tables: dict[str, list[dict]], folder: Path, beside: dict[str, str] | None = None
) -> Dataset:
    """Write a dataset, and texts beside it by name of file, once it is known to load.

    A FileExistsError, nothing being written, where one of the files is in the folder.
    """
    texts = beside or {}
    names = [*(f"{table}.csv" for table in codebook.TABLES), *texts]
    if there := [name for name in names if (folder / name).exists()]:
        raise FileExistsError(f"{folder / there[0]} is there; name a folder without")
    with TemporaryDirectory() as trial:
        _write(tables, Path(trial))
        dataset = load(trial)
    _write(tables, folder)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return dataset


def _write(tables: dict[str, list[dict]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        write_new(folder / f"{table}.csv", rows, [codebook.columns(table)])


def write_new(path: Path, rows: list[dict], header: list[list[str]]) -> None:
    """Write a UTF-8 CSV file, days as YYYY-MM-DD; cells that are missing stay empty.

    Columns are those in the first row of the ``header``. A FileExistsError where there is a file.
    """
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([*header, *([_cell(row.get(name)) for name in header[0]] for row in rows)])


def _cell(value: object) -> object:
    if pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value
