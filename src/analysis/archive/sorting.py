"""The statements of a dataset sorted by family into parts, on disk, whatever their number.

They are read in pieces. A family (connected tallies) has a number as key, which gives its
part; families whose statements name one another (as ``supersedes`` may) share one.
Memory holds a piece, the tables other than ``events``, and 16 bytes a statement.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as arrow

from analysis.data import codebook
from analysis.data.dataset import Dataset, check_tables, read_tables
from analysis.data.links import joined, split_ids
from analysis.data.nesting import coded_nesting
from analysis.data.problems import Problem
from analysis.data.tables import Read, read_pieces, read_table
from analysis.data.times import OFFSETS
from analysis.data.workbook import find_workbook

_BYTES = 2**23
"""Of ``events`` in a part, some 100,000 statements; a piece that is read has twice as many."""
_LINKS = [each.name for each in codebook.TABLES["events"] if each.refers_to == "events"]
_LINKS += [old for old, new in codebook.RETIRED["events"].items() if new in _LINKS]
_FOLDERS = arrow.partitioning(pa.schema([("part", pa.int64())]))


class Sorted(NamedTuple):
    """A dataset whose rows lie in the folder ``place`` as text, tallies and statements by part."""

    name: str
    folder: Path
    place: Path
    parts: int
    reading_problems: dict[str, list[Problem]]  # by table
    clocks: bool  # whether times have offsets, which are compared over all reports

    def rows(self, table: str, chosen: arrow.Expression | None = None) -> pd.DataFrame:
        """Cells of a table by their lines, all or those of chosen columns ``part`` or ``id``."""
        place, how = self.place / table, {"format": "feather", "partitioning": _FOLDERS}
        if not place.exists():
            return pd.read_feather(self.place / f"{table}.arrow").set_index("line")
        rows = arrow.dataset(place, **how).to_table(filter=chosen).to_pandas()
        return rows.set_index("line").sort_index()

    def tables(self, part: int, whole: bool = False) -> dict[str, Read]:
        """Cells of a part by their lines, and what was wrong when the tables were read.

        Of other tables than ``events`` what the part needs, or (``whole``) all rows; reports that
        no statement cites are in the first part. Where times have offsets each part has all
        reports, since the clock that times are put on is that of most.
        """
        own = arrow.field("part") == part
        chosen = {"events": own} if whole else {"events": own, "tallies": own}
        rows = {table: self.rows(table, chosen.get(table)) for table in codebook.TABLES}
        if not whole and not self.clocks:
            reports = rows["reports"]
            cited = names_in(reports, "report_id").isin(names_in(rows["events"], "report_id"))
            rows["reports"] = reports[cited | (~reports["cited"] & (part == 0))]
        return {table: (rows[table], self.reading_problems[table]) for table in codebook.TABLES}


class SortedInput(NamedTuple):
    """A sorted dataset: its tables but ``events``, their problems, numbers of all event ids."""

    source: Sorted
    tables: dict[str, pd.DataFrame]
    problems: list[Problem]
    ids: np.ndarray


def sort_by_family(name: str, folder: Path, place: Path) -> SortedInput:
    """Read a dataset, check its tables but ``events``, and sort its rows into a folder."""
    reads, pieces, parts = _read(folder)
    none = pd.DataFrame(columns=codebook.columns("events"))
    tables, problems = check_tables(reads | {"events": (none, [])})
    leading = _leading(tables, sound=not problems)
    wrong: dict[Problem, None] = {}
    cited: set[str] = set()
    ids, keys, links = [], [], []
    for number, (rows, found) in enumerate(pieces):
        wrong |= dict.fromkeys(found)
        cited |= {*names_in(rows, "report_id")}
        names = names_in(rows, "event_id")
        ids.append(_numbers(names))
        keys.append(_numbers(names_in(rows, "tally_id").map(leading).fillna(names)))
        links.append(_links(rows, keys[-1]))
        _write(rows.assign(id=ids[-1]), place / f"piece-{number}.arrow")
    ids = np.concatenate(ids)
    moved = _moved(ids, np.concatenate(keys), np.concatenate(links, axis=1))

    def in_parts(rows: pd.DataFrame, keys: np.ndarray) -> pd.DataFrame:
        part = [moved.get(key, key) % parts for key in keys.tolist()]
        return rows.assign(part=np.array(part, "int64"))

    if not rows.columns.empty:  # else the last cannot be read, and nothing before it be judged
        for number, own in enumerate(keys):
            piece = place / f"piece-{number}.arrow"
            _add_to_parts(in_parts(pd.read_feather(piece), own), place / "events", number)
            piece.unlink()
    reads["events"] = rows[:0], [*wrong]  # its columns, should there be no rows
    rows, found = reads["reports"]
    reads["reports"] = rows.assign(cited=names_in(rows, "report_id").isin(cited)), found
    for table, (rows, _) in reads.items():
        _write(rows, place / f"{table}.arrow")
    rows = reads["tallies"][0]
    names = names_in(rows, "tally_id")
    rows = in_parts(rows, _numbers(names.map(leading).fillna(names)))
    _add_to_parts(rows.rename_axis("line").reset_index(), place / "tallies")
    clocks = not {*OFFSETS}.isdisjoint(tables["reports"])
    found = {table: found for table, (_, found) in reads.items()}
    return SortedInput(Sorted(name, folder, place, parts, found, clocks), tables, problems, ids)


def _read(folder: Path) -> tuple[dict[str, Read], Iterable[Read], int]:
    """Tables but ``events``, pieces of that, and how many parts it is to have."""
    if find_workbook(folder):
        reads, _ = read_tables(folder)
        return reads, [reads.pop("events")], 1
    events = folder / "events.csv"
    reads = {table: read_table(folder, table) for table in codebook.TABLES if table != "events"}
    parts = max(1, round(events.stat().st_size / _BYTES)) if events.is_file() else 1
    return reads, read_pieces(folder, "events", 2 * _BYTES), parts


def _leading(tables: dict[str, pd.DataFrame], sound: bool) -> dict[str, str]:
    """For each tally the first of its family: connected tallies, or those that name one another.

    Parts of one division are of one family. Of tables that are not sound only what is written
    counts.
    """
    tallies = tables["tallies"].dropna(subset="tally_id")
    names = dict.fromkeys(tallies["tally_id"])
    pairs = [
        (name, other)
        for column in ("subset_of", "apart_from")
        for name, cell in zip(tallies["tally_id"], tallies[column], strict=True)
        for other in split_ids(cell)
        if other in names
    ]
    if sound:
        nested = {table: tables[table] for table in ("parties", "tallies", "areas")}
        found = coded_nesting(Dataset(reports=pd.DataFrame(), events=pd.DataFrame(), **nested))
        pairs += found.follows
        pairs += [(each.parts[0], other) for each in found.divisions for other in each.parts]
    return {name: group[0] for group in joined(names, pairs) for name in group}


def names_in(rows: pd.DataFrame, column: str) -> pd.Series:
    """The names in a column without blanks around them, empty where there are none."""
    return rows[column].str.strip() if column in rows else pd.Series("", rows.index, dtype=object)


def _numbers(names: Iterable[str]) -> np.ndarray:
    """A number for each name, the same in every run."""
    return pd.util.hash_array(np.asarray(names, object), categorize=False).view("int64")


def _links(rows: pd.DataFrame, keys: np.ndarray) -> np.ndarray:
    """The family (key) of each statement that names another, and the number of that one."""
    cells = pd.concat([names_in(rows, column).set_axis(keys) for column in _LINKS])
    named = cells[cells != ""].str.split(";").explode().str.strip()
    return np.array([named.index, _numbers(named)], "int64")


def _moved(ids: np.ndarray, keys: np.ndarray, links: np.ndarray) -> dict[int, int]:
    """The family to go with, by families whose statements name one another."""
    order = np.argsort(ids)
    at = np.minimum(np.searchsorted(ids, links[1], sorter=order), len(ids) - 1)
    there = ids[order[at]] == links[1]
    pairs = np.array([links[0][there], keys[order[at[there]]]])
    pairs = pairs[:, pairs[0] != pairs[1]]
    groups = joined(np.unique(pairs).tolist(), pairs.T.tolist())
    return {key: group[0] for group in groups for key in group}


def _write(rows: pd.DataFrame, path: Path) -> None:
    rows.rename_axis("line").reset_index().to_feather(path)


def _add_to_parts(rows: pd.DataFrame, folder: Path, number: int = 0) -> None:
    """Add rows to the folders of their parts."""
    options = arrow.IpcFileFormat().make_write_options(compression="lz4")
    arrow.write_dataset(
        pa.Table.from_pandas(rows, preserve_index=False),
        folder,
        format="feather",
        partitioning=_FOLDERS,
        basename_template=f"{number:06d}-{{i}}.arrow",
        existing_data_behavior="overwrite_or_ignore",
        file_options=options,
    )
