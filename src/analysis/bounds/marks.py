"""The statements behind a staircase, as marks: running totals, counts of parts, of some days only.

A toll is a running total of its tally where it counts from the tally's first day. Whatever counts
some days only is marked as such, so that nobody takes it for a total.
"""

import numpy as np
import pandas as pd

from analysis.bounds.daily import whole_numbers
from analysis.bounds.drawn import inside
from analysis.bounds.families import BEFORE, family_of, merge_tellings
from analysis.data.cut import stated_only
from analysis.data.dataset import Dataset


def statement_marks(dataset: Dataset, tally_id: str) -> pd.DataFrame:
    """What is stated of a tally in the primary reading, each thing once; nothing derived.

    ``tally_id`` (the panel's), ``event_id`` (the first telling), ``mark`` (a running ``total``, one
    of a ``part`` that counts the whole party, or some ``days`` only), ``date_start`` (NaT where no
    first day is given) and ``date`` (the last day) of the window, ``stated_low`` and
    ``stated_high`` (persons, Int64; a missing high means at least).
    """
    told = _statements(dataset, tally_id)
    own = told[told["tally_id"] == tally_id]
    parts = told[told["tally_id"].isin(whole_party(dataset, tally_id)) & told["toll"]]
    since = running_since(own if len(own) else parts)
    running = own["toll"] & (own["open"] | (own["start"] <= since))
    kinds = running.map({True: "total", False: "days"})
    parts = parts[parts["open"] | (parts["start"] <= since)]
    marks = pd.concat([own.assign(mark=kinds), parts.assign(mark="part")])
    first = marks["start"].replace(BEFORE, 0).to_numpy("datetime64[D]")
    found = pd.DataFrame(
        {
            "tally_id": tally_id,
            "event_id": marks["event_id"],
            "mark": marks["mark"],
            "date_start": np.where(marks["open"], np.datetime64("NaT"), first),
            "date": (marks["stop"] - 1).to_numpy("datetime64[D]"),
            "stated_low": whole_numbers(marks["low"].to_numpy()),
            "stated_high": whole_numbers(marks["high"].to_numpy()),
        }
    )
    return found.sort_values(["date", "stated_low"], ignore_index=True)


def _statements(dataset: Dataset, tally_id: str) -> pd.DataFrame:
    """What is stated of the family of a tally, each thing once: columns as in ``Family``.

    ``inferred`` says whether all tellings of a thing infer its days.
    """
    family = family_of(dataset, tally_id, "primary")
    family = family.take(np.isin(family.event_id, stated_only(dataset).events["event_id"]))
    inferred = dataset.events.set_index("event_id")["date_basis"] == "inferred"
    inferred = inferred.loc[family.event_id].groupby(family.told).all()
    stated = dataset.events.set_index("event_id")["high"].astype("Float64").fillna(np.inf)
    stated = stated.loc[family.event_id].to_numpy("float64")  # also what was counted further since
    merged = merge_tellings(family._replace(high=stated))
    statements = pd.DataFrame(dict(zip(family._fields[5:], merged[5:], strict=True)))
    names = [family.tallies[place] for place in merged.tally]
    return statements.assign(tally_id=names, inferred=statements["told"].map(inferred))


def whole_party(dataset: Dataset, tally_id: str) -> list[str]:
    """Parts of a tally that count the same party and no group of it, such as those in clashes."""
    tallies = dataset.tallies.set_index("tally_id")
    parts = tallies.loc[inside(dataset, [tally_id])].drop(tally_id)
    same = parts["party_id"] == tallies.loc[tally_id, "party_id"]
    return [*parts.index[same & parts["victim_group"].isna()]]


def running_since(stated: pd.DataFrame) -> float:
    """The latest first day (since 1970) that a running total can have.

    The first day of an inferred window is the earliest that its words allow. Where a later toll
    that goes on longer names its first day, the source counts from there.
    """
    since = stated.loc[~stated["open"], "start"].min()
    tolls = stated[stated["toll"] & ~stated["open"]]
    for row in tolls[~tolls["inferred"]].itertuples():
        earlier = tolls[tolls["start"] < row.start]
        within = (earlier["stop"] > row.start) & (earlier["stop"] <= row.stop)
        if row.start > since and len(earlier) and (earlier["inferred"] & within).all():
            since = row.start
    return since
