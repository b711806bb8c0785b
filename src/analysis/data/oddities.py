"""What is read as it stands, though it may not be what was meant.

Each is a question to whoever coded the dataset, never a problem: a file that may be cut, names
that look alike, counts and days far from the others, texts that a spreadsheet would run, rows
that a workbook hides.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data import codebook
from analysis.data.cells import as_seen
from analysis.data.dataset import Dataset

_TIMES_MORE, _COUNTS, _DAYS = 10, 3, 366
_ANSWER = "If not, say why in note."


def find_oddities(path: Path, dataset: Dataset) -> Iterator[str]:
    """What may not be meant in a dataset and the files it was read from, a sentence each."""
    yield from (*dataset.hidden, *_find_cut(path))
    for table in codebook.TABLES:
        rows = getattr(dataset, table)
        yield from _find_alike(table, rows)
        yield from _find_formulas(table, rows)
    yield from _find_other_harms(dataset)
    yield from _find_great_counts(dataset)
    yield from _find_days_to_come(dataset)
    yield from _find_far_days(dataset)


def _find_cut(folder: Path) -> Iterator[str]:
    for path in (folder / f"{table}.csv" for table in codebook.TABLES):
        if path.exists() and not path.read_bytes().endswith((b"\n", b"\r")):
            yield f"{path.name}: the last line has no end, as in a copy that was cut; is it whole?"


def _find_alike(table: str, rows: pd.DataFrame) -> Iterator[str]:
    """Names of one column that differ in signs that cannot be told apart by eye."""
    names = {each.name for each in codebook.TABLES[table] if each.kind == "id" or each.examples}
    names |= {"term", "where_description", "area", "source_office"}
    names |= {name for name in rows if name.startswith(("label_", "short_"))}
    for column in rows.columns.intersection([*names]):
        written: dict[str, list[str]] = {}
        for name in rows[column].dropna().unique():
            written.setdefault(as_seen(name), []).append(name)
        for _, same in sorted(written.items()):
            if len(same) > 1:
                shown = " and ".join(f"{name!r} ({name!a})" for name in same)
                yield f"{table}.csv: {column} {shown} look alike; are they the same?"


def _find_formulas(table: str, rows: pd.DataFrame) -> Iterator[str]:
    for column in rows.select_dtypes("str"):
        texts = [text for text in rows[column].dropna() if text.startswith(("=", "+", "@", "-"))]
        if texts:
            many = f" and {len(texts) - 1} more" * (len(texts) > 1)
            why = "begins with a sign that makes a spreadsheet run it; put a word before it"
            yield f"{table}.csv: {column} {texts[0]!r}{many} {why}"


def _find_other_harms(dataset: Dataset) -> Iterator[str]:
    known = codebook.column("tallies", "harm").examples
    for harm in dataset.tallies["harm"].unique():
        if harm not in (*known, *dataset.terms["term"]):
            question = f"is none of {', '.join(known)}; is it one of them in other words?"
            mend = "add a row to terms.csv: this word in term, what it is called in label_en"
            yield f"tallies.csv: harm {harm!r} {question} Else {mend}"


def _find_great_counts(dataset: Dataset) -> Iterator[str]:
    """Tolls more than ten times all others of their tally, where there are at least three.

    They are compared with those of much as many days: not a running total with daily tolls.
    """
    events = dataset.events[dataset.events["count_kind"] == "toll"]  # incidents differ
    days = (events["date_end"] - events["date_start"]).dt.days + 1
    length = np.log2(days.astype("float64")) // 2  # days, weeks, months; missing: no first day
    for (tally_id, _), rows in events.groupby(["tally_id", length], dropna=False):
        most = rows["high"].fillna(rows["low"]).sort_values()
        if len(most) >= _COUNTS and most.iloc[-1] > _TIMES_MORE * max(most.iloc[-2], 1):
            row = rows.loc[most.index[-1]]
            why = f"is more than ten times all others of {tally_id} for about as many days"
            if pd.isna(row["note"]):
                great = f"{row['event_id']}: {most.iloc[-1]:,} {why}"
                yield f"events.csv: {great}; is a digit too many? {_ANSWER}"


def _now() -> datetime:
    """The time of day where a new day begins first, as its calendar and clock show it."""
    return datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=14)


def _find_days_to_come(dataset: Dataset) -> Iterator[str]:
    for row in dataset.reports[dataset.reports["source_date"] > _now()].itertuples():
        day = f"source_date {row.source_date:%Y-%m-%d}"
        yield f"reports.csv: {row.report_id}: {day} is still to come; is its year wrong?"


def _find_far_days(dataset: Dataset) -> Iterator[str]:
    """Counts whose days lie more than a year before their report was published, a line a report."""
    published = dataset.reports.set_index("report_id")["source_date"]
    published = published[published <= _now()]  # other reports are asked about themselves
    events = dataset.events[dataset.events["low"].notna() & dataset.events["note"].isna()]
    repeated = events.duplicated(["tally_id", "date_start", "date_end"], keep=False)
    events = events[~repeated]  # days that a source counts repeatedly are meant
    reported = published.reindex(events["report_id"]).set_axis(events.index)
    days = (reported - events["date_end"]).dt.days
    for report, rows in events[days > _DAYS].groupby("report_id", sort=False):
        row = rows.loc[days[rows.index].idxmax()]
        years = days[row.name] // 365
        since = "a year" if years == 1 else f"{years} years"
        page = f"its report {report} (source_date {published[report]:%Y-%m-%d})"
        end = f"{row['event_id']} ends on {row['date_end']:%Y-%m-%d}, more than {since} before"
        more = f" {len(rows) - 1} more of its rows end a year before it" * (len(rows) > 1)
        yield f"events.csv: {end} {page}; is one of the years wrong? {_ANSWER}{more}"
