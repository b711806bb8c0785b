"""A group's number that never moved while that of everybody rose.

"41 killed, 11 of them children", and a week later "62 killed, 11 of them children": either no
child was among those added, or the number of children was not brought up to date. The words do
not say which, so this only finds such numbers, for a person to judge.
"""

import pandas as pd

from analysis.bounds.drawn import inside
from analysis.bounds.wholes import holders
from analysis.data.dataset import Dataset
from analysis.data.links import chain
from analysis.data.statements import standing_rows

_SAME_PAGE = ["report_id", "date_start", "date_end"]


def find_standing_still(
    dataset: Dataset, tallies: list[str] | None = None, told: list[str] | None = None
) -> pd.DataFrame:
    """Groups (``victim_group``) whose latest number stayed the same while that of a whole rose.

    Of all tallies, or of some with their parts; wholes as in all statements, or as in those
    ``told``. A row a group: ``tally_id``, ``number`` (persons),
    ``whole_tally_id``, ``first_low``, ``first_high``, ``last_low``, ``last_high`` (of the whole,
    each published with the group's number in one report and for the same days).
    """
    rows, group = standing_rows(dataset, "primary"), _groups(dataset)
    named = group.index if tallies is None else inside(dataset, tallies)
    shown = rows["event_id"].isin(rows["event_id"] if told is None else told)
    rows = rows[[*_SAME_PAGE, "tally_id", "low", "high"]]
    parts = rows[rows["tally_id"].isin(group.dropna().index.intersection(named))]
    wholes = [chain(name, holders(dataset))[1:] for name in parts["tally_id"]]
    parts = parts.assign(whole_tally_id=pd.Series(wholes, parts.index, dtype=object))
    parts = parts.explode("whole_tally_id").astype({"whole_tally_id": "str"})
    around = rows[shown].rename(
        columns={name: f"whole_{name}" for name in ("tally_id", "low", "high")}
    )
    pairs = parts.merge(around, on=[*_SAME_PAGE, "whole_tally_id"]).sort_values("date_end")
    pairs = pairs[pairs["tally_id"].map(group) != pairs["whole_tally_id"].map(group)]
    found = [_find_run(own) for _, own in pairs.groupby(["tally_id", "whole_tally_id"], sort=False)]
    columns = ["tally_id", "number", "whole_tally_id"]
    columns += [f"{when}_{end}" for when in ("first", "last") for end in ("low", "high")]
    rows = [row for row in found if row is not None]
    return pd.DataFrame(rows, columns=columns).drop_duplicates("tally_id", ignore_index=True)


def _groups(dataset: Dataset) -> pd.Series:
    return dataset.tallies.set_index("tally_id")["victim_group"]


def _find_run(own: pd.DataFrame) -> tuple | None:
    """The latest numbers of a group that are the same, where the whole rose; else nothing.

    "At least 11" is the same as 11. Days that do not meet are of other people.
    """
    said = own[["low", "high"]].assign(high=own["high"].fillna(own["low"]))
    changed = (said != said.shift()).any(axis=1)
    changed |= own["date_start"] > own["date_end"].shift()
    run = own[changed.cumsum() == changed.sum()]
    first, last = run.iloc[0], run.iloc[-1]
    if not last["whole_low"] > first["whole_low"]:
        return None
    ends = [row[f"whole_{end}"] for row in (first, last) for end in ("low", "high")]
    return (last["tally_id"], last["low"], last["whole_tally_id"], *ends)
