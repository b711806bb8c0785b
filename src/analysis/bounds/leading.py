"""Which source is drawn of each party where several count it: sources are never added."""

import pandas as pd

from analysis.data.nesting import SAID


def leading(wholes: pd.DataFrame) -> pd.Series:
    """Which rows are those of the source that is drawn of each party.

    One source that counts most parties, everybody of them where it can, up to the latest day; of a
    party that it doesn't count, another chosen in the same way.
    """
    rows = wholes.assign(source=wholes["source_original"].fillna(""))
    everybody = rows[[*SAID[1:4]]].isna().all(axis=1)
    parties_of = rows.groupby("source")["party_id"].nunique()
    all_of = rows[everybody].groupby("source")["party_id"].nunique()
    until = rows.groupby("source")["date_end"].max()
    for name, each in (("all", all_of), ("many", parties_of), ("until", until)):
        rows[name] = rows["source"].map(each)
    ranked = rows.sort_values(["all", "many", "until", "low"], ascending=False, kind="stable")
    best = ranked.drop_duplicates("party_id").set_index("party_id")["source"]
    return rows["source"] == rows["party_id"].map(best)
