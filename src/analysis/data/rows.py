"""Check rows: cells that cannot stand together.

Each check says which rows are wrong, at which column, and which columns it looked at: where one
of those is wrong by itself, nothing more is said of the row.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

import pandas as pd

from analysis.data.links import origins
from analysis.data.problems import Problem


class _Check(NamedTuple):
    column: str
    looked_at: str
    wrong: Callable[[pd.DataFrame], pd.Series]
    message: str


_OF_ALL = (
    _Check("low", "low high", lambda rows: rows.low > rows.high,
           "low {low} is above high {high}; low is the least the words allow"),
    _Check("high", "low high", lambda rows: rows.low.isna() & rows.high.notna(),
           "high {high} without low; write 0 in low for 'at most {high}'"),
    _Check("tally_id", "tally_id", lambda rows: rows.counted & rows.tally_id.isna(),
           "a count without a tally; say in tally_id what is counted"),
    _Check("count_kind", "count_kind", lambda rows: rows.counted & rows.count_kind.isna(),
           "a count without a kind; write toll or incident"),
    _Check("low", "tally_id low high", lambda rows: ~rows.counted & rows.tally_id.notna(),
           "tally {tally_id!r} without a count; write low, or leave tally_id empty"),
    _Check("low", "tally_id count_kind low high",
           lambda rows: ~rows.counted & rows.tally_id.isna() & rows.count_kind.notna(),
           "{count_kind!r} without a count; write low, or leave count_kind empty"),
    _Check("date_end", "date_start date_end",
           lambda rows: rows.counted & rows.date_start.isna() & rows.date_end.isna(),
           "a count without a window; write in date_start and date_end the outermost days the "
           "words allow, at least date_end: the day of publication, if they give none"),
    _Check("char_end", "char_start char_end", lambda rows: rows.char_end <= rows.char_start,
           "char_end {char_end} is not after char_start {char_start}; "
           "write the position after the last character"),
    _Check("char_start", "char_start char_end",
           lambda rows: rows.char_start.isna() & rows.char_end.notna(),
           "is empty but char_end is not; write both, or neither"),
    _Check("char_end", "char_start char_end",
           lambda rows: rows.char_end.isna() & rows.char_start.notna(),
           "is empty but char_start is not; write both, or neither"),
    _Check("paragraph", "paragraph", lambda rows: rows.paragraph < 1,
           "paragraphs are counted from 1, the headline; write 1 or more"),
    _Check("date_end", "date_start date_end", lambda rows: rows.date_end < rows.date_start,
           "{date_end:%Y-%m-%d} is before date_start {date_start:%Y-%m-%d}; correct one of them"),
    _Check("date_end", "date_start date_end",
           lambda rows: rows.date_end.isna() & rows.date_start.notna(),
           "is empty but date_start is not; write both, the day of publication at least"),
    _Check("date_end", "date_end report_id", lambda rows: rows.date_end > rows.published,
           "{date_end:%Y-%m-%d} is after its report was published, on {published:%Y-%m-%d}; "
           "correct this day, or source_date in reports.csv"),
)  # fmt: skip

_OF_REPORTS = (
    _Check("source_date_earliest", "source_date source_date_earliest",
           lambda rows: (rows.source_date_earliest > rows.source_date)
           & (rows.source_date_earliest.dt.normalize() != rows.source_date),  # a whole day
           "is after source_date; write here the earliest that it can be, there the latest"),
)  # fmt: skip

_OF_TALLIES = (
    _Check("division", "division subset_of",
           lambda rows: rows.division.notna() & rows.subset_of.isna(),
           "{division!r} without a whole; write in subset_of what is divided"),
    _Check("division_complete", "division division_complete",
           lambda rows: rows.division.isna() & rows.division_complete.notna(),
           "without a division; name it in division, or leave this empty"),
    _Check("division_complete", "division division_complete subset_of",
           lambda rows: rows.division_complete.fillna("").groupby([rows.subset_of, rows.division])
           .transform("nunique") > 1,
           "differs among the parts of division {division!r} of {subset_of!r}; "
           "write the same in each"),
)  # fmt: skip

# One thing told twice has one tally and one kind of count.
_OF_COPIES = (
    _Check("same_as", "same_as tally_id",
           lambda rows: rows.tally_id.fillna("") != rows.other_tally_id.fillna(""),
           "{same_as!r} has another tally_id; two tellings of one thing have the same"),
    _Check("same_as", "same_as count_kind",
           lambda rows: rows.count_kind.fillna("") != rows.other_count_kind.fillna(""),
           "{same_as!r} has another count_kind; two tellings of one thing have the same"),
)  # fmt: skip


def _of_older(column: str, does: str, itself: str) -> tuple[_Check, ...]:
    """What holds of a row that names an older statement of its own source in a column."""
    name = f"{{{column}!r}}"
    return (
        _Check(column, f"{column} same_as", lambda rows: rows.telling == rows.other_telling,
               f"{name} is the same statement (same_as); leave one of them empty"),
        _Check(column, f"{column} report_id", lambda rows: rows.published < rows.other_published,
               f"{name} was published later; the later one {does}"),
        _Check(column, f"{column} tally_id",
               lambda rows: rows.source.notna() & rows.other_source.notna()
               & (rows.source != rows.other_source),
               f"{name} was counted by somebody else; a source {itself}"),
    )  # fmt: skip


_OF_CORRECTIONS = (
    *_of_older("supersedes", "corrects the older", "corrects itself"),
    _Check("reading", "supersedes reading",
           lambda rows: rows.low.notna() & rows.reading.notna()
           & (rows.reading != rows.other_reading.fillna("")),
           "{reading!r} is not the reading of {supersedes!r}, which this row corrects; "
           "write the same one, or leave it empty"),
    _Check("reading", "supersedes reading",
           lambda rows: rows.low.notna() & (rows.reading == "aside"),
           "corrects {supersedes!r} and is itself set aside; leave one of them empty"),
)  # fmt: skip

_OF_UPDATES = (
    *_of_older("updates", "counts the older further", "counts on from its own numbers"),
    _Check("updates", "updates low", lambda rows: rows.low.isna() | rows.other_low.isna(),
           "{updates!r} and this row must both have a count; one counts the other further"),
    _Check("updates", "updates low high", lambda rows: rows.high < rows.other_low,
           "{updates!r} is a higher count; where this row corrects it, name it in supersedes"),
    _Check("updates", "updates",
           lambda rows: (rows.count_kind == "incident") & (rows.other_count_kind == "incident")
           & _updated_again(rows),
           "{updates!r} is counted further by an earlier row already; name that row, or its "
           "same_as"),
    _Check("updates", "updates same_as",
           lambda rows: rows.groupby("telling")["other_telling"].transform("nunique") > 1,
           "another telling of this row counts another statement further; write the same in each"),
)  # fmt: skip


def _updated_again(rows: pd.DataFrame) -> pd.Series:
    """Whether an earlier row of the same reading counts the same incident further."""
    incidents = rows[rows["count_kind"] == "incident"].drop_duplicates("telling")
    again = pd.Series(data=False, index=rows.index)
    for reading in ("primary", "wide"):
        some = incidents[incidents["reading"].isna() | (incidents["reading"] == reading)]
        again |= some["other_telling"].duplicated().reindex(rows.index, fill_value=False)
    return again


def find_row_problems(
    tables: dict[str, pd.DataFrame], wrong: dict[str, dict[str, Collection[int]]]
) -> Iterator[Problem]:
    """Cells of a row that cannot stand together.

    The frames' index is the line in the file; ``wrong`` gives for each table, by column, the lines
    where its cell cannot be judged.
    """
    events = tables["events"]
    days = tables["reports"][["report_id", "source_date"]]
    sources = tables["tallies"][["tally_id", "source_original"]].fillna({"source_original": ""})
    linked = events[["supersedes", "updates"]].notna().any(axis=None)
    once = events.drop_duplicates("event_id") if linked else events[:0]
    first = origins(once, "event_id", "same_as")
    events = events.assign(
        counted=events["low"].notna() | events["high"].notna(),
        published=_looked_up(days, events["report_id"])["source_date"].dt.normalize(),
        source=_looked_up(sources, events["tally_id"])["source_original"],
        telling=events["event_id"].map(first),
    )
    links = {"same_as": _OF_COPIES, "supersedes": _OF_CORRECTIONS, "updates": _OF_UPDATES}
    yield from _find("reports", _OF_REPORTS, tables["reports"], wrong)
    yield from _find("tallies", _OF_TALLIES, tables["tallies"], wrong)
    yield from _find("events", _OF_ALL, events, wrong)
    for column, checks in links.items():
        yield from _find("events", checks, _beside_other(events, column), wrong)


def _find(
    table: str, checks: tuple[_Check, ...], rows: pd.DataFrame, wrong: dict
) -> Iterator[Problem]:
    for check in checks if len(rows) else ():
        found = check.wrong(rows).fillna(value=False).to_numpy(dtype=bool)
        for row in rows[found].itertuples() if found.any() else ():
            judged = (
                name not in wrong[table] or row.Index not in wrong[table][name]
                for name in check.looked_at.split()
            )
            if all(judged):
                said = check.message.format(**row._asdict())
                yield Problem(f"{table}.csv", row.Index, check.column, said)


def _looked_up(table: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The first rows that have these identifiers, index as ``names``."""
    key = table.columns[0]
    return table.drop_duplicates(key).set_index(key).reindex(names).set_axis(names.index)


def _beside_other(events: pd.DataFrame, column: str) -> pd.DataFrame:
    """Rows whose column names another one that is there, the cells of that one as other_…."""
    naming = events[events[column].notna()]
    if len(naming):
        naming = naming[naming[column].isin(events["event_id"])]
    if naming.empty:
        return naming
    return naming.join(_looked_up(events, naming[column]).add_prefix("other_"))
