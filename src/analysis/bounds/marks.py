"""The statements behind a staircase, as marks: running totals, counts of parts, of some days only.

A toll is a running total of its tally where it counts from the tally's first day. Whatever counts
some days only is marked as such, so that nobody takes it for a total.
"""

import pandas as pd

from analysis.bounds.drawn import inside
from analysis.bounds.standing import counts
from analysis.data.dataset import Dataset

COLUMNS = ["tally_id", "event_id", "mark", "date_start", "date", "stated_low", "stated_high"]


def statement_marks(dataset: Dataset, tally_id: str) -> pd.DataFrame:
    """What is stated of a tally in the primary reading and not lowered since, each count once.

    ``tally_id`` (the panel's), ``event_id`` (the first telling), ``mark`` (a running ``total``, one
    of a ``part`` that counts the whole party, or some ``days`` only), ``date_start`` (NaT where no
    first day is given) and ``date`` (the last day) of the window, ``stated_low`` and
    ``stated_high`` (persons, Int64; a missing high means at least).
    """
    stated = named_first(dataset, counts(dataset, "primary"))
    stated = stated[stated["status"].isin(["stands", "from_below"])]
    stated = stated[stated["count_kind"] != "stock"]
    stated = stated[stated["tally_id"].isin([tally_id, *whole_party(dataset, tally_id)])]
    own, toll = stated["tally_id"] == tally_id, stated["count_kind"] == "toll"
    running = toll & is_running(stated, stated[own if own.any() else toll])
    kinds = running[own].map({True: "total", False: "days"})
    marks = pd.concat([stated[own].assign(mark=kinds), stated[running & ~own].assign(mark="part")])
    names = {"date_end": "date", "low": "stated_low", "high": "stated_high"}
    marks = marks.rename(columns=names).assign(tally_id=tally_id)[COLUMNS]
    return marks.sort_values(["date", "stated_low"], ignore_index=True)


def named_first(dataset: Dataset, stated: pd.DataFrame) -> pd.DataFrame:
    """Counts with the ``event_id`` that told each first.

    One is ``inferred`` where no telling states its days.
    """
    basis = dict(zip(dataset.events["event_id"], dataset.events["date_basis"], strict=True))
    names = stated["event_ids"].str.split(";")
    inferred = [all(basis[name] == "inferred" for name in each) for each in names]
    inferred = pd.Series(inferred, stated.index, dtype=bool)
    return stated.assign(event_id=names.str[0].astype("str"), inferred=inferred)


def whole_party(dataset: Dataset, tally_id: str) -> list[str]:
    """Parts of a tally that count the same party and no group of it, such as those in clashes."""
    tallies = dataset.tallies.set_index("tally_id")
    parts = tallies.loc[inside(dataset, [tally_id])].drop(tally_id)
    same = parts["party_id"] == tallies.loc[tally_id, "party_id"]
    return [*parts.index[same & parts["victim_group"].isna()]]


def is_running(counts: pd.DataFrame, stated: pd.DataFrame) -> pd.Series:
    """Whether counts go back to the latest first day that a running total among some can have.

    The first day of an inferred window is the earliest that its words allow. Where a later toll
    that goes on longer names its first day, the source counts from there.
    """
    since = stated["date_start"].min()
    tolls = stated[stated["count_kind"] == "toll"]
    named = tolls[~tolls["inferred"]]
    first = named["date_start"].min()
    longest = named.loc[named["date_start"] == first, "date_end"].max()
    earlier = tolls.loc[tolls["date_start"] < first, "date_end"]  # of these all are inferred
    if since < first <= earlier.min() and earlier.max() <= longest:
        since = first
    return counts["date_start"].isna() | (counts["date_start"] <= since)
