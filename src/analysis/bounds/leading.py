"""Which source is drawn of each party where several count it: sources are never added."""

from collections.abc import Collection

import pandas as pd

from analysis.bounds.parties import parties_of
from analysis.data.dataset import Dataset
from analysis.data.links import chain, links
from analysis.data.nesting import SAID


def by_source(
    dataset: Dataset, harm: str, parties: Collection[str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Rows of (some) parties: of the source that is drawn of each, of others, of other harms."""
    rows = parties_of(dataset).wholes()
    is_drawn = _leading(dataset, rows[rows["harm"] == harm], parties)
    if parties is not None:
        rows = rows[rows["party_id"].isin(parties)]
    own, apart = rows[rows["harm"] == harm], rows[rows["harm"] != harm]
    return own[is_drawn[own.index]], own[~is_drawn[own.index]], apart


def _leading(dataset: Dataset, wholes: pd.DataFrame, parties: Collection[str] | None) -> pd.Series:
    """Which rows are those of the source that is drawn of each party.

    One source that counts most parties, everybody of them where it can, up to the latest day and
    from the earliest; of a party that it doesn't count, another chosen in the same way. A party
    that is part of another one shown (of ``parties``, else of all) is no row beside it under
    another source.
    """
    if wholes.empty:
        return pd.Series(False, wholes.index, dtype=bool)
    rows = wholes.assign(source=wholes["source_original"].fillna(""))
    everybody = rows[rows[[*SAID[1:4]]].isna().all(axis=1)]
    each = rows.groupby("source")
    ranks = {
        "whole": everybody.groupby("source")["party_id"].nunique(),
        "parties": each["party_id"].nunique(),
        "until": each["date_end"].max(),
        "days": each["date_end"].max() - each["date_start"].min(),
    }
    rows = rows.assign(**{name: rows["source"].map(rank) for name, rank in ranks.items()})
    ranked = rows.sort_values([*ranks, "low"], ascending=False, kind="stable")
    best = ranked.drop_duplicates("party_id").set_index("party_id")["source"]
    leads = rows["source"] == rows["party_id"].map(best)
    part_of = links(dataset.parties, "party_id", "part_of")
    shown = {*best.index} if parties is None else {*best.index} & {*parties}
    inside_other = [
        any(best[whole] != best[name] for whole in chain(name, part_of)[1:] if whole in shown)
        for name in rows["party_id"]
    ]
    return leads & ~pd.Series(inside_other, rows.index)


def leading_tallies(
    dataset: Dataset, harm: str, parties: Collection[str] | None = None
) -> list[str]:
    """The tallies of those sources that are drawn, in the order of the table."""
    drawn = {*by_source(dataset, harm, parties)[0]["tally_ids"].explode()}
    return [name for name in dataset.tallies["tally_id"] if name in drawn]
