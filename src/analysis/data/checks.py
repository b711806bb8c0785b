"""Checks of rows: names that no row has, and cells that cannot stand together.

Cells are those of one row, or of two that name each other. Each check says at which column a row
is wrong, which columns it reads, which rows are wrong and what to mend. Where a column that it
reads is wrong by itself, it is silent.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.data import codebook
from analysis.data.cells import as_seen, problems_in
from analysis.data.problems import Problem
from analysis.data.times import OFFSETS, published_from_until, with_offsets

Lines = dict[tuple[str, str], set[int]]
"""Lines of a table and one of its columns."""
_Check = tuple[str, str, Callable[[pd.DataFrame], pd.Series], str]


_CHECKS: dict[str, tuple[_Check, ...]] = {
    "reports": (
        ("source_date_earliest", "source_date source_date_earliest",
         lambda rows: rows.earliest >= rows.latest,
         "is after source_date; write here the earliest that it can be, there the latest"),
        *(
            (name, name,
             lambda rows, name=name: _has_hour(rows[name]) & rows[f"{name}_offset"].isna()
             & rows[OFFSETS].notna().any(axis=None),
             "has an hour without its offset from UTC (such as +03:00), and others have one; "
             "write it at every hour, or at none")
            for name in ("source_date", "source_date_earliest")
        ),
    ),
    "tallies": (
        ("division_complete", "division division_complete",
         lambda rows: rows.division.isna() & rows.division_complete.notna(),
         "without a division; name it in division, or leave this empty"),
        ("division_complete", "division division_complete subset_of",
         lambda rows: rows.division_complete.fillna("").groupby([rows.subset_of, rows.division])
         .transform("nunique") > 1,
         "differs among the parts of division {division!r} of {subset_of!r}; "
         "write the same in each"),
    ),
    "events": (
        ("count", "count low high", lambda rows: rows.numbers.notna(),
         "{count!r} is not what the row says besides, {numbers}; write one of them"),
        ("low", "count low high", lambda rows: rows.low > rows.high,
         "low {low} is above high {high}; low is the least the words allow"),
        ("high", "count low high", lambda rows: rows.low.isna() & rows.high.notna(),
         "high {high} without low; write 0 in low for 'at most {high}'"),
        ("tally_id", "tally_id", lambda rows: rows.counted & rows.tally_id.isna(),
         "a count without a tally; say in tally_id what is counted"),
        ("count_kind", "count_kind", lambda rows: rows.counted & rows.count_kind.isna(),
         "a count without a kind; write toll, incident or stock"),
        ("count", "tally_id count low high supersedes",
         lambda rows: ~rows.counted & rows.tally_id.notna() & rows.supersedes.isna(),
         "tally {tally_id!r} without a count; write count, or leave tally_id empty"),
        ("count", "tally_id count_kind count low high supersedes",
         lambda rows: ~rows.counted & rows.tally_id.isna() & rows.count_kind.notna()
         & rows.supersedes.isna(),
         "{count_kind!r} without a count; write count, or leave count_kind empty"),
        ("date_end", "date_start date_end",
         lambda rows: rows.counted & rows.date_start.isna() & rows.date_end.isna(),
         "a count without a window; write in date_start and date_end the outermost days the "
         "words allow, at least date_end: the day of publication, if they give none"),
        ("char_end", "char_start char_end", lambda rows: rows.char_end <= rows.char_start,
         "char_end {char_end} is not after char_start {char_start}; "
         "write the position after the last character"),
        ("char_start", "char_start char_end",
         lambda rows: rows.char_start.isna() & rows.char_end.notna(),
         "is empty but char_end is not; write both, or neither"),
        ("char_end", "char_start char_end",
         lambda rows: rows.char_end.isna() & rows.char_start.notna(),
         "is empty but char_start is not; write both, or neither"),
        ("paragraph", "paragraph", lambda rows: rows.paragraph < 1,
         "paragraphs are counted from 1, the headline; write 1 or more"),
        ("date_end", "date_start date_end", lambda rows: rows.date_end < rows.date_start,
         "{date_end:%Y-%m-%d} is before date_start {date_start:%Y-%m-%d}; correct one of them"),
        ("date_end", "date_start date_end",
         lambda rows: rows.date_end.isna() & rows.date_start.notna(),
         "is empty but date_start is not; write both, the day of publication at least"),
        ("date_end", "date_end report_id", lambda rows: rows.date_end > rows.published,
         "{date_end:%Y-%m-%d} is after its report was published, on {published:%Y-%m-%d}; "
         "correct this day, or source_date in reports.csv"),
    ),
    "same_as": (
        ("same_as", "same_as tally_id count_kind updates",
         lambda rows: (rows.tally_id == rows.other_tally_id)
         & (rows.count_kind != rows.other_count_kind),
         "{same_as!r} has another count_kind; statements of the same count share one"),
    ),
    "supersedes": (
        ("supersedes", "supersedes report_id", lambda rows: rows.published < rows.other_published,
         "{supersedes!r} was published later; the later one corrects the older"),
        ("supersedes", "supersedes tally_id",
         lambda rows: rows.source.notna() & rows.other_source.notna()
         & (rows.source != rows.other_source),
         "{supersedes!r} was counted by somebody else; a source corrects itself. Where both speak "
         "for one authority, name that in source_original"),
    ),
}  # fmt: skip
"""By table, and by column of ``events`` that names another statement."""


def find_row_problems(
    tables: dict[str, pd.DataFrame], written: pd.DataFrame, wrong: Lines
) -> Iterator[Problem]:
    """Cells of rows that cannot stand together.

    The frames' index is the line in the file; ``written`` are the statements before
    :func:`.counts.with_counts`; ``wrong`` says where a cell cannot be judged.
    """
    frames = _with_what_checks_read(tables, written)
    for name, checks in _CHECKS.items():
        table = name if name in tables else "events"
        rows = frames[name] if name in tables else _beside_other(frames["events"], name)
        for column, read, is_wrong, message in checks if len(rows) else ():
            mask = is_wrong(rows).fillna(value=False).to_numpy(dtype=bool)
            unsure = {line for each in read.split() for line in wrong.get((table, each), ())}
            for row in rows[mask & ~rows.index.isin(unsure)].itertuples() if mask.any() else ():
                mend = message.format(**row._asdict())
                yield Problem(f"{table}.csv", row.Index, column, mend)


def _with_what_checks_read(
    tables: dict[str, pd.DataFrame], written: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The tables with what else the checks read: when reports were published, who counted."""
    reports, events = with_offsets(tables["reports"]), tables["events"]
    published = _by_name(reports)["source_date"].dt.normalize()
    source = _by_name(tables["tallies"])["source_original"].fillna("")
    events = events.assign(
        counted=events["low"].notna() | events["high"].notna(),
        numbers=_other_numbers(events, written),
        published=published.reindex(events["report_id"]).array,
        source=source.reindex(events["tally_id"]).array,
    )
    reports = reports.join(published_from_until(reports))
    return tables | {"events": events, "reports": reports}


def _by_name(table: pd.DataFrame) -> pd.DataFrame:
    """The first row of each name, which is in the first column, as the index."""
    key = table.columns[0]
    return table.dropna(subset=key).drop_duplicates(key).set_index(key)


def _other_numbers(events: pd.DataFrame, written: pd.DataFrame) -> pd.Series:
    """In words the numbers that a row has besides its count, where that says others."""
    ends = ["low", "high"]
    both = written.loc[written["count"].notna(), ends].dropna(how="all")
    differs = (both.fillna(-1) != events.loc[both.index, ends].fillna(-1)).any(axis=1)
    words = {
        line: " and ".join(f"{end} {number}" for end, number in row.dropna().items())
        for line, row in both[differs].iterrows()
    }
    return pd.Series(words, events.index, dtype="str")


def _has_hour(times: pd.Series) -> pd.Series:
    return times.notna() & (times != times.dt.normalize())


def _beside_other(events: pd.DataFrame, column: str) -> pd.DataFrame:
    """Rows whose column names another, the cells of that one, where it is there, as other_…."""
    naming = events.dropna(subset=column)
    return naming.join(_by_name(events).add_prefix("other_"), on=column) if len(naming) else naming


def find_reference_problems(tables: dict[str, pd.DataFrame], whole: set[str]) -> Iterator[Problem]:
    """Identifiers that no row has, and chains of rows that lead back to themselves.

    Only tables in ``whole``, read to the last row, can tell that an identifier is unknown.
    """
    for table, rows in tables.items():
        for column in codebook.TABLES[table]:
            if column.refers_to in whole and len(cells := rows[column.name].dropna()):
                known = tables[column.refers_to][codebook.key(column.refers_to)].dropna()
                yield from problems_in(table, cells, _unknown(cells, column, {*known}))
                if column.refers_to == table:
                    yield from _find_circles(table, rows[codebook.key(table)], cells)


def _unknown(cells: pd.Series, column: codebook.Column, known: set[str]) -> dict[str, str]:
    """What is wrong with the cells of a column that name a row which is not there."""
    key = codebook.key(column.refers_to)
    where = f"is not in {column.refers_to}.csv; write a {key} that stands there"
    where += ", ';' between several" * (column.kind == "ids")
    faults, similar = {}, {}
    for cell in cells.unique():
        names = _names(cell) if column.kind == "ids" else [cell]
        unknown = dict.fromkeys(repr(name) for name in names if name not in known)
        if unknown:
            faults[cell] = f"{' and '.join(unknown)} {where}"
            similar = similar or {as_seen(name): name for name in sorted(known, reverse=True)}
            meant = [similar[as_seen(name)] for name in names if as_seen(name) in similar]
            if meant and known.isdisjoint(names):
                odd = "" if cell.isascii() else f" (it is written {cell!a})"
                faults[cell] += f"; did you mean {meant[0]!r}?{odd}"
    return faults


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(";")]


def _find_circles(table: str, names: pd.Series, cells: pd.Series) -> Iterator[Problem]:
    """Rows whose cells lead, row by row, back to themselves: each circle once.

    That one is apart from another holds both ways; it is no circle but in a row by itself.
    """
    names = names[cells.index]
    lines = dict(zip(names[::-1], names.index[::-1], strict=True))
    targets = {name: _names(cell) for name, cell in zip(names, cells, strict=True)}
    if cells.name == "apart_from":
        targets = {name: [name] * (name in others) for name, others in targets.items()}
    for circle in _circles(targets):
        way = f"{' → '.join(circle)} leads back to itself"
        message = f"{way}; leave {cells.name} empty in one of these rows"
        yield Problem(f"{table}.csv", lines[circle[0]], cells.name, message)


def _circles(targets: dict[str, list[str]]) -> Iterator[list[str]]:
    """The ways that lead back to where they began; no name is passed twice."""
    walked: set[str] = set()
    for start in targets:
        path = {start: iter(targets[start])}
        while path and start not in walked:
            name = next(reversed(path))
            following = next(path[name], None)
            if following is None:
                walked.add(name)
                del path[name]
            elif following in path:
                way = [*path]
                yield [*way[way.index(following) :], following]
            elif following in targets and following not in walked:
                path[following] = iter(targets[following])
