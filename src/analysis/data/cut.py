"""Which rows of a dataset count: published by a day, in a reading, stated, and not corrected.

Nothing is changed or added; a cut is a dataset of fewer reports and statements. What is asked of
a cut again and again (first tellings, what is superseded, outermost tallies) is found once.
"""

from dataclasses import replace
from datetime import date

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.links import origins

READINGS = ("primary", "wide")


def day_of(written: date | str, name: str) -> pd.Timestamp:
    """A day as it was written; a ValueError that tells its ``name`` where it is none."""
    try:
        if isinstance(written, date) and not pd.isna(written):
            return pd.Timestamp(written).normalize()
        return pd.Timestamp(date.fromisoformat(written))
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {written!r}; write a day as YYYY-MM-DD") from None


def published_by(dataset: Dataset, as_of: date | str | None) -> Dataset:
    """What was published by the end of a day: reports, and the statements they make.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str
        The day, as a string YYYY-MM-DD; None leaves the dataset as it is.

    Raises
    ------
    ValueError
        When the day is none.
    """
    if as_of is None:
        return dataset
    day = day_of(as_of, "as_of")
    if dataset.as_of is not None:
        day = min(day, pd.Timestamp(dataset.as_of))
    return dataset.once(("published_by", day), lambda: _published_by(dataset, day))


def _published_by(dataset: Dataset, day: pd.Timestamp) -> Dataset:
    reports = dataset.reports[dataset.reports["source_date"] <= day]
    events = _retold(dataset, dataset.events["report_id"].isin(reports["report_id"]))
    known = {"reports": reports.reset_index(drop=True), "events": events.reset_index(drop=True)}
    return replace(dataset, **known, as_of=day.date())


def _retold(dataset: Dataset, kept: pd.Series) -> pd.DataFrame:
    """The statements kept; those that told again what is left out now tell each other again."""
    first = dataset.events["event_id"].map(first_tellings(dataset))
    some = dataset.events[kept]
    heads = some["same_as"].isna() | ~some["same_as"].isin(some["event_id"])
    head = first[kept][heads].drop_duplicates().to_frame("first")
    head = dict(zip(head["first"], some.loc[head.index, "event_id"], strict=True))
    lead = first[kept].map(head)
    again = heads & (lead != some["event_id"])
    same_as = some["same_as"].mask(heads).mask(again, lead)
    return some.assign(same_as=same_as.astype("str"))


def first_tellings(dataset: Dataset) -> dict[str, str]:
    """For each statement the telling that its chain of ``same_as`` goes back to."""
    return dataset.once("first_tellings", lambda: origins(dataset.events, "event_id", "same_as"))


def roots(dataset: Dataset) -> dict[str, str]:
    """For each tally the outermost one that it is part of, itself where it is part of none."""
    return dataset.once("roots", lambda: origins(dataset.tallies, "tally_id", "subset_of"))


def superseded(dataset: Dataset) -> pd.Series:
    """Whether a statement of ``events``, or one that it tells again, is corrected by another."""

    def work() -> pd.Series:
        first = first_tellings(dataset)
        corrected = {first.get(older) for older in dataset.events["supersedes"].dropna()}
        return dataset.events["event_id"].map(first).isin(corrected)

    return dataset.once("superseded", work)


def counting(dataset: Dataset) -> pd.Series:
    """Whether a statement holds a count that some reading takes: not set aside nor superseded."""
    events = dataset.events
    return events["low"].notna() & (events["reading"] != "aside") & ~superseded(dataset)


def in_reading(dataset: Dataset, reading: str) -> pd.Series:
    """Whether a row of ``events`` holds a count in a reading and is not superseded.

    A ValueError where there is no such reading.
    """
    if reading not in READINGS:
        raise ValueError(f"reading is one of {', '.join(READINGS)}, not {reading!r}")
    events = dataset.events
    taken = events["reading"].isna() | (events["reading"] == reading)
    return taken & events["low"].notna() & ~superseded(dataset)


def rows_of_reading(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The rows of ``events`` that hold a count in a reading and are not superseded."""
    return dataset.events[in_reading(dataset, reading)]


def stated_only(dataset: Dataset) -> Dataset:
    """The dataset without derived counts, what was corrected being gone with them."""
    stated = dataset.events["count_basis"].fillna("stated") != "derived"
    rows = _retold(dataset, stated & ~superseded(dataset))
    return dataset.once("stated_only", lambda: replace(dataset, events=rows))


def without_superseded(dataset: Dataset) -> Dataset:
    """The dataset without what was corrected, so that leaving rows out revives nothing."""
    return replace(dataset, events=dataset.events[~superseded(dataset)])
