"""How far two codings of one report agree: statements matched by their words, compared by field."""

from pathlib import Path

import pandas as pd

FIELDS = [
    "event_type",
    "date_start",
    "date_end",
    "date_basis",
    "side_a",
    "side_b",
    "count_kind",
    "low",
    "high",
    "reading",
    "source_original",
    "party_id",
    "victim_group",
    "harm",
    "attributed_to",
    "part",
]


def read_coding(folder: Path) -> pd.DataFrame:
    """Statements of a coding with what their tallies say; every cell as text."""
    events, tallies = (
        pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
        for table in ("events", "tallies")
    )
    tallies["part"] = (tallies["subset_of"] != "").map({True: "yes", False: ""})
    of_tally = ["source_original", "party_id", "victim_group", "harm", "attributed_to", "part"]
    coding = events.merge(tallies[["tally_id", *of_tally]], on="tally_id", how="left").fillna("")
    return coding.astype({"char_start": int, "char_end": int})


def match(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Pairs of statements on the same words in the same reading: most shared characters first."""
    pairs = first.merge(second, on="reading", suffixes=("", "_second"))
    pairs["reading_second"] = pairs["reading"]
    shared = pairs[["char_end", "char_end_second"]].min(axis=1) - pairs[
        ["char_start", "char_start_second"]
    ].max(axis=1)
    counted = (pairs["low"] != "") == (pairs["low_second"] != "")
    pairs = pairs[(shared > 0) & counted].assign(shared=shared)
    pairs = pairs.sort_values("shared", ascending=False, kind="stable")
    chosen, taken = [], set()
    for row in pairs.itertuples():
        if not {row.event_id, f"2 {row.event_id_second}"} & taken:
            taken |= {row.event_id, f"2 {row.event_id_second}"}
            chosen.append(row.Index)
    return pairs.loc[chosen].sort_values("char_start")


def agreement(pairs: pd.DataFrame) -> pd.Series:
    """For each field, in how many pairs both codings say the same."""
    return pd.Series({name: int((pairs[name] == pairs[f"{name}_second"]).sum()) for name in FIELDS})
