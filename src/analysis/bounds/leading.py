"""Which source is drawn of each party where several count it: sources are never added."""

import pandas as pd

from analysis.bounds.parties import parties_of
from analysis.data.dataset import Dataset
from analysis.data.nesting import SAID


def leading(wholes: pd.DataFrame) -> pd.Series:
    """Which rows are those of the source that is drawn of each party.

    One source that counts most parties, everybody of them where it can, up to the latest day and
    from the earliest; of a party that it doesn't count, another chosen in the same way.
    """
    if wholes.empty:
        return pd.Series(False, wholes.index, dtype=bool)
    rows = wholes.assign(source=wholes["source_original"].fillna(""))
    everybody = rows[[*SAID[1:4]]].isna().all(axis=1)
    parties_counted = rows.groupby("source")["party_id"].nunique()
    all_of = rows[everybody].groupby("source")["party_id"].nunique()
    until = rows.groupby("source")["date_end"].max()
    days = until - rows.groupby("source")["date_start"].min()
    ranks = {"all": all_of, "many": parties_counted, "until": until, "days": days}
    rows = rows.assign(**{name: rows["source"].map(each) for name, each in ranks.items()})
    ranked = rows.sort_values([*ranks, "low"], ascending=False, kind="stable")
    best = ranked.drop_duplicates("party_id").set_index("party_id")["source"]
    return rows["source"] == rows["party_id"].map(best)


def leading_tallies(dataset: Dataset, harm: str) -> list[str]:
    """The tallies of those sources that are drawn, in the order of the table."""
    wholes = parties_of(dataset).wholes()
    wholes = wholes[wholes["harm"] == harm].reset_index(drop=True)
    drawn = {name for names in wholes.loc[leading(wholes), "tally_ids"] for name in names}
    return [name for name in dataset.tallies["tally_id"] if name in drawn]
