"""Check rows: cells that cannot stand together.

Each check says at which column a row is wrong, which columns it looked at, which rows are wrong
and what to mend. Where a column that it looked at is wrong by itself, nothing more is said.
"""

from collections.abc import Callable, Collection, Iterator

import pandas as pd

from analysis.data.links import origins
from analysis.data.problems import Problem

_Check = tuple[str, str, Callable[[pd.DataFrame], pd.Series], str]


def _of_older(column: str, does: str, itself: str) -> tuple[_Check, ...]:
    """What holds of a row that names an older statement of its own source in a column."""
    name = f"{{{column}!r}}"
    return (
        (column, f"{column} same_as", lambda rows: rows.telling == rows.other_telling,
         f"{name} is the same statement (same_as); leave one of them empty"),
        (column, f"{column} report_id", lambda rows: rows.published < rows.other_published,
         f"{name} was published later; the later one {does}"),
        (column, f"{column} tally_id",
         lambda rows: rows.source.notna() & rows.other_source.notna()
         & (rows.source != rows.other_source),
         f"{name} was counted by somebody else; a source {itself}. Where both speak for one "
         "authority, name that in source_original"),
    )  # fmt: skip


def _updated_again(rows: pd.DataFrame) -> pd.Series:
    """Whether an earlier row of the same reading counts the same incident further."""
    incidents = rows[rows["count_kind"] == "incident"].drop_duplicates("telling")
    again = pd.Series(data=False, index=rows.index)
    for reading in ("primary", "wide"):
        some = incidents[incidents["reading"].isna() | (incidents["reading"] == reading)]
        again |= some["other_telling"].duplicated().reindex(rows.index, fill_value=False)
    return again & (rows["count_kind"] == "incident") & (rows["other_count_kind"] == "incident")


_CHECKS: dict[str, tuple[_Check, ...]] = {
    "reports": (
        ("source_date_earliest", "source_date source_date_earliest",
         lambda rows: (rows.source_date_earliest > rows.source_date)
         & (rows.source_date_earliest.dt.normalize() != rows.source_date),  # a whole day
         "is after source_date; write here the earliest that it can be, there the latest"),
    ),
    "tallies": (
        ("division", "division subset_of",
         lambda rows: rows.division.notna() & rows.subset_of.isna(),
         "{division!r} without a whole; write in subset_of what is divided"),
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
        ("low", "low high", lambda rows: rows.low > rows.high,
         "low {low} is above high {high}; low is the least the words allow"),
        ("high", "low high", lambda rows: rows.low.isna() & rows.high.notna(),
         "high {high} without low; write 0 in low for 'at most {high}'"),
        ("tally_id", "tally_id", lambda rows: rows.counted & rows.tally_id.isna(),
         "a count without a tally; say in tally_id what is counted"),
        ("count_kind", "count_kind", lambda rows: rows.counted & rows.count_kind.isna(),
         "a count without a kind; write toll or incident"),
        ("low", "tally_id low high", lambda rows: ~rows.counted & rows.tally_id.notna(),
         "tally {tally_id!r} without a count; write low, or leave tally_id empty"),
        ("low", "tally_id count_kind low high",
         lambda rows: ~rows.counted & rows.tally_id.isna() & rows.count_kind.notna(),
         "{count_kind!r} without a count; write low, or leave count_kind empty"),
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
    "same_as": (  # one thing told twice has one tally and one kind of count
        ("same_as", "same_as tally_id",
         lambda rows: rows.tally_id.fillna("") != rows.other_tally_id.fillna(""),
         "{same_as!r} has another tally_id; two tellings of one thing have the same"),
        ("same_as", "same_as count_kind",
         lambda rows: rows.count_kind.fillna("") != rows.other_count_kind.fillna(""),
         "{same_as!r} has another count_kind; two tellings of one thing have the same"),
    ),
    "supersedes": (
        *_of_older("supersedes", "corrects the older", "corrects itself"),
        ("reading", "supersedes reading",
         lambda rows: rows.low.notna() & rows.reading.notna()
         & (rows.reading != rows.other_reading.fillna("")),
         "{reading!r} is not the reading of {supersedes!r}, which this row corrects; "
         "write the same one, or leave it empty"),
        ("reading", "supersedes reading",
         lambda rows: rows.low.notna() & (rows.reading == "aside"),
         "corrects {supersedes!r} and is itself set aside; leave one of them empty"),
    ),
    "updates": (
        *_of_older("updates", "counts the older further", "counts on from its own numbers"),
        ("updates", "updates low", lambda rows: rows.low.isna() | rows.other_low.isna(),
         "{updates!r} and this row must both have a count; one counts the other further"),
        ("updates", "updates low high",
         lambda rows: (rows.high < rows.other_low) & (rows.source == rows.other_source),
         "{updates!r} is a higher count; where this row corrects it, name it in supersedes"),
        ("updates", "updates", _updated_again,
         "{updates!r} is counted further by an earlier row already; name that row, or its "
         "same_as"),
        ("updates", "updates same_as",
         lambda rows: rows.groupby("telling")["other_telling"].transform("nunique") > 1,
         "another telling of this row counts another statement further; write the same in each"),
    ),
}  # fmt: skip
"""By table, and by column of ``events`` that names another statement."""


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
    telling = origins(once, "event_id", "same_as")
    events = events.assign(
        counted=events["low"].notna() | events["high"].notna(),
        published=_looked_up(days, events["report_id"])["source_date"].dt.normalize(),
        source=_looked_up(sources, events["tally_id"])["source_original"],
        telling=events["event_id"].map(telling) if telling else pd.NA,
    )
    frames = tables | {"events": events}
    for name, checks in _CHECKS.items():
        table = name if name in tables else "events"
        rows = frames[name] if name in tables else _beside_other(events, name)
        for column, looked_at, is_wrong, message in checks if len(rows) else ():
            found = is_wrong(rows).fillna(value=False).to_numpy(dtype=bool)
            for row in rows[found].itertuples() if found.any() else ():
                if all(row.Index not in wrong[table].get(each, ()) for each in looked_at.split()):
                    said = message.format(**row._asdict())
                    yield Problem(f"{table}.csv", row.Index, column, said)


def _looked_up(table: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The first rows that have these identifiers, index as ``names``."""
    key = table.columns[0]
    return table.drop_duplicates(key).set_index(key).reindex(names).set_axis(names.index)


def _beside_other(events: pd.DataFrame, column: str) -> pd.DataFrame:
    """Rows whose column names another one that is there, the cells of that one as other_…."""
    naming = events[events[column].notna()]
    if naming.empty:
        return naming
    naming = naming[naming[column].isin(events["event_id"])]
    return naming.join(_looked_up(events, naming[column]).add_prefix("other_"))
