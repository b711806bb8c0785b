"""Check rows of ``events``: cells that cannot stand together.

Each check yields a :class:`Finding`; what to do with findings is decided by the caller.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

import pandas as pd

from analysis.data.links import first_tellings
from analysis.data.problems import Problem


class Finding(NamedTuple):
    """Rows that are wrong: what to say of each, at which column, and the columns looked at."""

    rows: pd.Series
    column: str
    message: Callable[[pd.Series], str]
    looked_at: tuple[str, ...]


def find_row_problems(
    tables: dict[str, pd.DataFrame], wrong: dict[str, Collection[int]]
) -> list[Problem]:
    """Cells of a row of ``events`` that cannot stand together.

    The frames' index is the line in the file; ``wrong`` gives for a column the lines where its
    cell cannot be judged.
    """
    events = tables["events"]
    found = [*_count_problems(events), *_position_problems(events)]
    found += [*_date_problems(events, tables["reports"]), *_copy_problems(events)]
    found += _correction_problems(tables)
    return [
        Problem("events.csv", line, finding.column, finding.message(events.loc[line]))
        for finding in found
        for line in finding.rows.index[finding.rows.fillna(value=False).astype(bool)]
        if not any(line in wrong.get(column, ()) for column in finding.looked_at)
    ]


def _count_problems(events: pd.DataFrame) -> Iterator[Finding]:
    low, high = events["low"], events["high"]
    counted = low.notna() | high.notna()
    tally, kind = events["tally_id"].notna(), events["count_kind"].notna()
    yield Finding(
        low > high,
        "low",
        lambda row: f"low {row.low} is above high {row.high}; low is the least the words allow",
        ("low", "high"),
    )
    yield Finding(
        low.isna() & high.notna(),
        "high",
        lambda row: f"high {row.high} without low; write 0 in low for 'at most {row.high}'",
        ("low", "high"),
    )
    yield Finding(
        counted & ~tally,
        "tally_id",
        lambda row: "a count without a tally; say in tally_id what is counted",
        ("tally_id",),
    )
    yield Finding(
        counted & ~kind,
        "count_kind",
        lambda row: "a count without a kind; write toll or incident",
        ("count_kind",),
    )
    yield Finding(
        tally & ~counted,
        "low",
        lambda row: f"tally {row.tally_id!r} without a count; write low, or leave tally_id empty",
        ("tally_id", "low", "high"),
    )
    yield Finding(
        kind & ~counted & ~tally,
        "low",
        lambda row: f"{row.count_kind!r} without a count; write low, or leave count_kind empty",
        ("tally_id", "count_kind", "low", "high"),
    )
    yield Finding(
        counted & events["date_start"].isna() & events["date_end"].isna(),
        "date_end",
        lambda row: (
            "a count without a window; write in date_start and date_end the outermost "
            "days the words allow, at least date_end: the day of publication, if they give none"
        ),
        ("date_start", "date_end"),
    )


def _position_problems(events: pd.DataFrame) -> Iterator[Finding]:
    start, end = events["char_start"], events["char_end"]
    yield Finding(
        end <= start,
        "char_end",
        lambda row: (
            f"char_end {row.char_end} is not after char_start {row.char_start}; "
            "write the position after the last character"
        ),
        ("char_start", "char_end"),
    )
    for empty, filled in (("char_start", "char_end"), ("char_end", "char_start")):
        yield Finding(
            events[empty].isna() & events[filled].notna(),
            empty,
            lambda row, filled=filled: f"is empty but {filled} is not; write both, or neither",
            (empty, filled),
        )
    yield Finding(
        events["paragraph"] < 1,
        "paragraph",
        lambda row: "paragraphs are counted from 1, the headline; write 1 or more",
        ("paragraph",),
    )


def _date_problems(events: pd.DataFrame, reports: pd.DataFrame) -> Iterator[Finding]:
    start, end = events["date_start"], events["date_end"]
    published = reports.drop_duplicates("report_id").set_index("report_id")["source_date"]
    day = published.reindex(events["report_id"]).set_axis(events.index)
    yield Finding(
        end < start,
        "date_end",
        lambda row: (
            f"{row.date_end:%Y-%m-%d} is before date_start {row.date_start:%Y-%m-%d}; "
            "correct one of them"
        ),
        ("date_start", "date_end"),
    )
    yield Finding(
        end.isna() & start.notna(),
        "date_end",
        lambda row: "is empty but date_start is not; write both, the day of publication at least",
        ("date_start", "date_end"),
    )
    yield Finding(
        end > day,
        "date_end",
        lambda row: (
            f"{row.date_end:%Y-%m-%d} is after its report was published, on "
            f"{day[row.name]:%Y-%m-%d}; correct this day, or source_date in reports.csv"
        ),
        ("date_end", "report_id"),
    )


def _copy_problems(events: pd.DataFrame) -> Iterator[Finding]:
    """One thing told twice has one tally and one kind of count."""
    copies = events[events["same_as"].notna()]
    originals = events[events["event_id"].isin(copies["same_as"].unique())]
    first = originals.drop_duplicates("event_id").set_index("event_id")
    copies = copies[copies["same_as"].isin(first.index)]
    for column in ("tally_id", "count_kind"):
        original = first[column].reindex(copies["same_as"]).set_axis(copies.index)
        yield Finding(
            copies[column].fillna("") != original.fillna(""),
            "same_as",
            lambda row, column=column: (
                f"{row.same_as!r} has another {column}; two tellings of one thing have the same"
            ),
            ("same_as", column),
        )


def _correction_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """A source corrects itself: a statement of its own, published no later."""
    events = tables["events"]
    later = events[events["supersedes"].notna()]
    known = events.drop_duplicates("event_id").set_index("event_id")
    later = later[later["supersedes"].isin(known.index)]
    first = first_tellings(known.reset_index())
    yield Finding(
        later["event_id"].map(first) == later["supersedes"].map(first),
        "supersedes",
        lambda row: f"{row.supersedes!r} is the same statement (same_as); leave one of them empty",
        ("supersedes", "same_as"),
    )
    older = known.reindex(later["supersedes"]).set_axis(later.index)
    reading = older["reading"].fillna("")
    yield Finding(
        later["low"].notna() & later["reading"].notna() & (later["reading"] != reading),
        "reading",
        lambda row: (
            f"{row.reading!r} is not the reading of {row.supersedes!r}, which this row corrects; "
            "write the same one, or leave it empty"
        ),
        ("supersedes", "reading"),
    )
    yield Finding(
        later["low"].notna() & (later["reading"] == "aside"),
        "reading",
        lambda row: f"corrects {row.supersedes!r} and is itself set aside; leave one of them empty",
        ("supersedes", "reading"),
    )
    reports = tables["reports"].drop_duplicates("report_id").set_index("report_id")
    day, day_before = (
        reports["source_date"].reindex(rows["report_id"]).set_axis(later.index)
        for rows in (later, older)
    )
    yield Finding(
        day < day_before,
        "supersedes",
        lambda row: f"{row.supersedes!r} was published later; the later one corrects the older",
        ("supersedes", "report_id"),
    )
    tallies = tables["tallies"].drop_duplicates("tally_id").set_index("tally_id")
    source, source_before = (
        tallies["source_original"].fillna("").reindex(rows["tally_id"]).set_axis(later.index)
        for rows in (later, older)
    )
    yield Finding(
        source.notna() & source_before.notna() & (source != source_before),
        "supersedes",
        lambda row: f"{row.supersedes!r} was counted by somebody else; a source corrects itself",
        ("supersedes", "tally_id"),
    )
