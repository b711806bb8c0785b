"""Small datasets of compact statements, whose days are numbers."""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from analysis.data import codebook
from analysis.data.dataset import Dataset

DAY_ONE = pd.Timestamp("2018-06-28")  # so that day 4 is in another month
DTYPES = {"int": "Int64", "number": "float64"} | dict.fromkeys(["date", "time"], "datetime64[us]")


class Statement(NamedTuple):
    """A counted row: days are counted from 1, high None is "at least", rows are e1, e2, …

    ``first`` None is an open window, ``published`` the day of its report.
    """

    tally: str
    kind: str
    first: int | None
    last: int
    low: int
    high: int | None = None
    same_as: str | None = None
    reading: str | None = None
    published: int = 30
    supersedes: str | None = None


def make_dataset(statements, subset_of=None, division=None) -> Dataset:
    """A dataset of compact statements, told by a report a day of publication.

    The first report also tells of a strike without a count, as reports do.
    """
    subset_of = subset_of or {}
    counted = [Statement(*statement) for statement in statements]
    wholes = {whole for cell in subset_of.values() for whole in cell.split(";")}
    tallies = sorted({each.tally for each in counted} | {*subset_of} | wholes)
    division = division or {}
    published = sorted({each.published for each in counted} | {30})
    reports = [{"report_id": f"r{each}", "source_date": day(each)} for each in published]
    strike = {"event_id": "strike", "report_id": "r30", "event_type": "Air/drone strike"}
    return Dataset(
        reports=make_table("reports", reports),
        parties=make_table("parties", [{"party_id": "people", "status": "civilian"}]),
        tallies=make_table(
            "tallies",
            [
                {
                    "tally_id": tally,
                    "party_id": "people",
                    "harm": "killed",
                    "subset_of": subset_of.get(tally),
                    "division": "people" if tally in division else None,
                    "division_complete": "yes" if division.get(tally) else None,
                }
                for tally in tallies
            ],
        ),
        events=make_table(
            "events",
            [strike] + [event(number, each) for number, each in enumerate(counted, start=1)],
        ),
    )


def event(number: int, statement: Statement) -> dict:
    return {
        "event_id": f"e{number}",
        "report_id": f"r{statement.published}",
        "event_type": "Attack",
        "date_start": None if statement.first is None else day(statement.first),
        "date_end": day(statement.last),
        "date_basis": "stated",
        "tally_id": statement.tally,
        "count_kind": statement.kind,
        "low": statement.low,
        "high": statement.high,
        "reading": statement.reading,
        "same_as": statement.same_as,
        "supersedes": statement.supersedes,
    }


def make_table(table: str, rows: list[dict]) -> pd.DataFrame:
    """Rows with the columns and types of the codebook, NA where they say nothing."""
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [row.get(column.name) for row in rows], dtype=DTYPES.get(column.kind, "str")
            )
            for column in codebook.TABLES[table]
        }
    )


def day(number: int) -> pd.Timestamp:
    return DAY_ONE + pd.Timedelta(days=number - 1)


def toll(low, published, high="same", tally="all", days=(1, 1), **more):
    high = low if high == "same" else high
    return Statement(tally, "toll", *days, low, high, published=published, **more)


def incident(low, published, tally="all", days=(1, 1), **more):
    return Statement(tally, "incident", *days, low, low, published=published, **more)


def with_cells(dataset, table, **cells):
    """The dataset with cells of some rows (by their first column) of a table changed."""
    rows = getattr(dataset, table).set_index(getattr(dataset, table).columns[0])
    for column, values in cells.items():
        for name, value in values.items():
            rows.loc[name, column] = value
    return replace(dataset, **{table: rows.reset_index()})


RISING = (180, 183, 220, 221, 246, 258)
ROSE = [toll(156, 10), toll(290, 11), toll(321, 12), toll(359, 13)]
LOWERED = [*ROSE, toll(250, 14, high=260, same_as="e4"), toll(258, 15)]
"""A toll that rose and was counted again, lower."""
