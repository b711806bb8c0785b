"""Numbers that stand still: a group of people stated again and again while its whole grows.

"41 killed, 11 of them children", and a week later "62 killed, 11 of them children": either no
child was among those added, or the number of children was not brought up to date. The words do
not say which, so this only finds such numbers, for a person to judge.
"""

from datetime import date

import pandas as pd

from analysis.bounds.drawn import inside, nested
from analysis.data.cut import published_by, rows_of_reading
from analysis.data.dataset import Dataset
from analysis.data.links import chain, links
from analysis.data.tellings import first_tellings

_WHO = ["source_original", "party_id", "victim_group", "harm"]
_WINDOW = ["report_id", "date_start", "date_end"]
_PART = ["event_id", "tally_id", "low", "high"]
_WHOLE = [f"whole_{name}" for name in _PART]
COLUMNS = ["finding", "date_start", "date_end", *_WHO, *_PART, *_WHOLE]


def find_standing_still(
    dataset: Dataset,
    harm: str | None = None,
    tallies: list[str] | None = None,
    as_of: date | str | None = None,
) -> pd.DataFrame:
    """Numbers of a group that stayed the same while the number of its whole rose.

    A pair is a statement on a group (``victim_group``) and one on its whole, of the same report
    and days, in the primary reading; a pair told again counts once. Pairs follow each other where
    their days meet and the one whole is the other or part of it.

    Parameters
    ----------
    dataset : Dataset
    harm : str, optional
        Only people harmed so.
    tallies : list of str, optional
        Only these tallies and their parts.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD).

    Returns
    -------
    pandas.DataFrame
        One row a pair, by its last day: ``finding`` (counted from 1, the one with most pairs
        first), ``date_start``, ``date_end``, ``source_original``, ``party_id``,
        ``victim_group``, ``harm``; ``event_id``, ``tally_id``, ``low``, ``high`` (persons,
        Int64) of the group, and the same of its whole as ``whole_…``. Empty where nothing
        stands still.
    """
    pairs = _pairs(published_by(dataset, as_of))
    wanted = (harm is None) | (pairs["harm"] == harm)
    if tallies is not None:
        wanted &= pairs["tally_id"].isin(inside(dataset, tallies))
    whole = links(dataset.tallies, "tally_id", "subset_of")
    groups = pairs[wanted].groupby(_WHO, dropna=False, sort=False)
    runs = [run for _, group in groups for run in _runs(group, whole)]
    runs = [run for run in runs if len(run) > 1 and run[-1].whole_low > run[0].whole_low]
    runs.sort(key=len, reverse=True)
    rows = [{"finding": place, **row._asdict()} for place, run in enumerate(runs, 1) for row in run]
    types = {"finding": "int64"} | pairs.dtypes[COLUMNS[1:]].to_dict()
    return pd.DataFrame(rows, columns=COLUMNS).astype(types)


def _pairs(dataset: Dataset) -> pd.DataFrame:
    """Statements on a group, each with the one on its whole, in the order of their last days."""
    rows = rows_of_reading(dataset, "primary")
    tallies = dataset.tallies.set_index("tally_id")
    rows = rows.join(tallies[_WHO], on="tally_id")
    told = rows.groupby([*_WINDOW, "tally_id"], dropna=False)[["low", "high"]]
    # Of several counts for the same days it is not known which one the group is part of.
    single = (told.transform("nunique", dropna=False) == 1).all(axis=1)
    around = rows[single][[*_WINDOW, *_PART, "victim_group"]]
    around = around.rename(columns={name: f"whole_{name}" for name in [*_PART, "victim_group"]})
    parts = rows[rows["victim_group"].notna()]
    whole = links(dataset.tallies, "tally_id", "subset_of")
    wholes = [chain(name, whole)[1:] for name in parts["tally_id"]]
    parts = parts.assign(whole_tally_id=pd.Series(wholes, parts.index, dtype=object))
    parts = parts.explode("whole_tally_id").astype({"whole_tally_id": "str"})
    pairs = parts.merge(around, on=[*_WINDOW, "whole_tally_id"])
    pairs = pairs[pairs["victim_group"] != pairs["whole_victim_group"]]
    pairs = pairs.drop_duplicates("event_id")  # the nearest whole stands first
    pairs = pairs[~pairs["event_id"].map(first_tellings(dataset)).duplicated()]
    return pairs.sort_values(["date_end", "whole_low"], kind="stable")[COLUMNS[1:]]


def _runs(pairs: pd.DataFrame, whole: dict[str, str]) -> list[list]:
    """Pairs one after the other, a new run wherever the group's number changes."""
    runs: list[list] = []
    latest: list[list] = []
    for row in pairs.itertuples(index=False):
        before = next((run for run in reversed(latest) if _follows(run[-1], row, whole)), None)
        if before is not None and _stands_still(before[-1], row):
            before.append(row)
            continue
        runs.append(run := [row])
        latest = [other for other in latest if other is not before] + [run]
    return runs


def _follows(earlier, later, whole: dict[str, str]) -> bool:
    tied = nested(earlier.whole_tally_id, later.whole_tally_id, whole)
    return tied and (pd.isna(later.date_start) or later.date_start <= earlier.date_end)


def _stands_still(earlier, later) -> bool:
    """Whether the same number stands there, be it "at least" or not, of no smaller a whole."""
    either = pd.isna(earlier.high) or pd.isna(later.high)
    same = earlier.low == later.low and (either or earlier.high == later.high)
    return same and later.whole_low >= earlier.whole_low
