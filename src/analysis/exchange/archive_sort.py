"""The statements of a dataset sorted by family into parts, on disk, whatever their number.

They are read in pieces. A family, tallies that bear on one another, has a number as key, which
tells its part; families whose statements name one another (as ``supersedes`` may) go together.
Memory holds a piece, the tables other than ``events``, and 16 bytes a statement.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as arrow
from scipy.sparse import coo_array, csgraph

from analysis.data import codebook
from analysis.data.cells import read_cells
from analysis.data.dataset import Dataset, check_tables, read_tables
from analysis.data.links import split_ids
from analysis.data.nesting import nesting
from analysis.data.problems import Problem
from analysis.data.tables import Read, read_pieces, read_table
from analysis.data.times import OFFSETS
from analysis.data.workbook import find_workbook

_BYTES = 2**23
"""Of ``events`` in a part, some 100,000 statements; a piece that is read has twice as many."""
_LINKS = [each.name for each in codebook.TABLES["events"] if each.refers_to == "events"]
_LINKS += [old for old, new in codebook.RETIRED["events"].items() if new in _LINKS]
_FOLDERS = arrow.partitioning(pa.schema([("part", pa.int64())]))


class Source(NamedTuple):
    """A dataset whose rows lie in the folder ``place`` as text, statements sorted into parts."""

    name: str
    folder: Path
    place: Path
    parts: int
    moved: dict[int, int]  # families (keys) that go with another one
    amiss: dict[str, list[Problem]]  # what was wrong with each table when it was read
    clocks: bool  # whether times have offsets, which are compared over all reports

    def rows(self, table: str, chosen: arrow.Expression | None = None) -> pd.DataFrame:
        """Cells of a table by their lines; of sorted ones chosen by ``part``, ``key``, ``id``."""
        place, how = self.place / table, {"format": "feather", "partitioning": _FOLDERS}
        if not place.exists():
            return pd.read_feather(self.place / f"{table}.arrow").set_index("line")
        rows = arrow.dataset(place, **how).to_table(filter=chosen).to_pandas()
        return rows.set_index("line").sort_index()

    def tables(self, part: int, whole: bool = False) -> dict[str, Read]:
        """Cells of a part by their lines, and what was wrong when the tables were read.

        Of other tables than ``events`` what the part needs, or all that is there; reports that no
        statement cites are in the first part. Where times have offsets each part has all reports,
        since the clock that times are put on is that of most.
        """
        chosen = {"events": self._chosen(part)}
        if not whole:
            chosen["tallies"] = arrow.field("part") == part
        rows = {table: self.rows(table, chosen.get(table)) for table in codebook.TABLES}
        if not whole:
            reports = rows["reports"]
            own = names_in(reports, "report_id").isin(names_in(rows["events"], "report_id"))
            rows["reports"] = reports[own | (~reports["cited"] & (part == 0)) | self.clocks]
        return {table: (rows[table], self.amiss[table]) for table in codebook.TABLES}

    def _chosen(self, part: int) -> arrow.Expression:
        """Statements of a part: those sorted into it that stay, and those that come."""
        folder, key = arrow.field("part"), arrow.field("key")
        moved = [each for each, to in self.moved.items() if (to - each) % self.parts]
        come = [each for each in moved if self.moved[each] % self.parts == part]
        there = folder.isin([each % self.parts for each in come]) & key.isin(come)
        return (folder == part) & ~key.isin(moved) | there


class Sorted(NamedTuple):
    """A sorted dataset: its other tables, what is wrong with them, numbers of all event ids."""

    source: Source
    tables: dict[str, pd.DataFrame]
    problems: list[Problem]
    ids: np.ndarray


def sort_by_family(name: str, folder: Path, place: Path) -> Sorted:
    """Read a dataset and sort its statements into a folder."""
    reads, pieces, parts = _read(folder)
    none = pd.DataFrame(columns=codebook.columns("events"))
    tables, problems = check_tables(reads | {"events": (none, [])})
    lead = _leads(tables, sound=not problems)
    wrong: dict[Problem, None] = {}
    cited: set[str] = set()
    ids, keys, links = [], [], [np.empty((2, 0), "int64")]
    for number, (rows, found) in enumerate(pieces):
        wrong |= dict.fromkeys(found)
        if rows.columns.empty:  # it cannot be read: nothing before it can be judged either
            shutil.rmtree(place / "events", ignore_errors=True)
        names = {name: names_in(rows, name) for name in ("event_id", "tally_id", *_LINKS)}
        cited |= {*names_in(rows, "report_id")}
        ids.append(_numbers(names["event_id"]))
        keys.append(_numbers(names["tally_id"].map(lead).fillna(names["event_id"])))
        for column in _LINKS:
            named = pd.Series(names[column].to_numpy(), keys[-1])
            named = named[named != ""].str.split(";").explode().str.strip()
            links.append(np.array([named.index, _numbers(named)]))
        sorted_by = {"id": ids[-1], "key": keys[-1], "part": keys[-1] % parts}
        _keep(rows.assign(**sorted_by), place / "events", number)
    reads["events"] = rows[:0], [*wrong]  # its columns, should there be no rows
    moved = _moved(np.concatenate(ids), np.concatenate(keys), np.concatenate(links, axis=1))
    rows, found = reads["reports"]
    reads["reports"] = rows.assign(cited=names_in(rows, "report_id").isin(cited)), found
    for table, (rows, _) in reads.items():
        rows.rename_axis("line").reset_index().to_feather(place / f"{table}.arrow")
    rows, names = reads["tallies"][0], names_in(reads["tallies"][0], "tally_id")
    keys = _numbers(names.map(lead).fillna(names)).tolist()
    part = np.array([moved.get(key, key) % parts for key in keys], "int64")
    _keep(rows.assign(part=part), place / "tallies")
    amiss = {table: found for table, (_, found) in reads.items()}
    clocks = OFFSETS[0] in tables["reports"] or OFFSETS[1] in tables["reports"]
    source = Source(name, folder, place, parts, moved, amiss, clocks)
    return Sorted(source, tables, problems, np.concatenate(ids))


def _leads(tables: dict[str, pd.DataFrame], sound: bool) -> dict[str, str]:
    """For each tally the first of those that go with it: that bear on one another, or name it.

    Parts of one division go together too. Of tables that are not sound only what is written counts.
    """
    tallies = tables["tallies"].dropna(subset="tally_id")
    place = {name: at for at, name in enumerate(tallies["tally_id"])}
    pairs = [
        (name, other)
        for column in ("subset_of", "apart_from")
        for name, cell in zip(tallies["tally_id"], tallies[column], strict=True)
        for other in split_ids(cell)
        if other in place
    ]
    if sound:
        empty = {table: read_cells(table, pd.DataFrame())[0] for table in ("reports", "events")}
        nested = nesting(Dataset(**empty, **{name: tables[name] for name in _NESTED}))
        pairs += nested.follows
        pairs += [(each.parts[0], other) for each in nested.divisions for other in each.parts]
    ends = np.array([(place[one], place[other]) for one, other in pairs], int).reshape(-1, 2).T
    graph = coo_array((np.ones(len(pairs)), (*ends,)), shape=(len(place),) * 2)
    label = csgraph.connected_components(graph, directed=False)[1] if place else ()
    first: dict[int, str] = {}
    return {name: first.setdefault(label[at], name) for name, at in place.items()}


_NESTED = ("parties", "tallies", "areas")


def _read(folder: Path) -> tuple[dict[str, Read], Iterable[Read], int]:
    """Tables but ``events``, pieces of that, and how many parts it is to have."""
    if find_workbook(folder):
        reads, _ = read_tables(folder)
        return reads, [reads.pop("events")], 1
    events = folder / "events.csv"
    reads = {table: read_table(folder, table) for table in codebook.TABLES if table != "events"}
    parts = max(1, round(events.stat().st_size / _BYTES)) if events.is_file() else 1
    return reads, read_pieces(folder, "events", 2 * _BYTES), parts


def names_in(rows: pd.DataFrame, column: str) -> pd.Series:
    """The names in a column without blanks around them, empty where there are none."""
    return rows[column].str.strip() if column in rows else pd.Series("", rows.index, dtype=object)


def _numbers(names: Iterable[str]) -> np.ndarray:
    """A number for each name, the same in every run."""
    return pd.util.hash_array(np.asarray(names, object), categorize=False).view("int64")


def _keep(rows: pd.DataFrame, folder: Path, number: int = 0) -> None:
    """Add rows to the folders of their parts."""
    rows = pa.Table.from_pandas(rows.rename_axis("line").reset_index(), preserve_index=False)
    options = arrow.IpcFileFormat().make_write_options(compression="lz4")
    arrow.write_dataset(
        rows,
        folder,
        format="feather",
        partitioning=_FOLDERS,
        basename_template=f"{number:06d}-{{i}}.arrow",
        existing_data_behavior="overwrite_or_ignore",
        file_options=options,
    )


def _moved(ids: np.ndarray, keys: np.ndarray, links: np.ndarray) -> dict[int, int]:
    """Families that go with another, one of whose statements names one of the other's.

    ``links`` are the keys of what names, and the ids of what is named.
    """
    order = np.argsort(ids)
    at = np.minimum(np.searchsorted(ids, links[1], sorter=order), len(ids) - 1)
    there = ids[order[at]] == links[1]
    both = np.array([links[0][there], keys[order[at[there]]]])
    both = both[:, both[0] != both[1]]
    names, place = np.unique(both, return_inverse=True)
    one, other = place.reshape(2, -1)
    graph = coo_array((np.ones(len(one)), (one, other)), shape=(len(names),) * 2)
    lead = csgraph.connected_components(graph, directed=False)[1] if len(names) else one
    first = names[np.unique(lead, return_index=True)[1]]
    return dict(zip(names.tolist(), first[lead].tolist(), strict=True))
