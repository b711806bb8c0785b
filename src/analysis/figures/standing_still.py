"""A group's number that never moved while the toll rose: a sentence for page, notes and check.

"41 killed, 11 of them children", and a week later "62 killed, 11 of them children": either no
child was in the difference, or the number of children was not brought up to date. The words do not
say which, so such numbers are only found, for a person to judge.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from analysis.bounds.drawn import with_descendants
from analysis.data.dataset import Dataset
from analysis.data.links import chain
from analysis.data.outcome import nesting
from analysis.data.statements import standing_rows

if TYPE_CHECKING:  # numbers are checked without what speaks languages
    from analysis.language.locales import Locale

_SAME_PAGE = ["report_id", "date_start", "date_end"]
COLUMNS = ["tally_id", "number", "whole_tally_id"]
COLUMNS += ["first_low", "first_high", "last_low", "last_high"]


def find_standing_still(
    dataset: Dataset,
    tallies: Collection[str] | None = None,
    event_ids: Collection[str] | None = None,
) -> pd.DataFrame:
    """Groups (``victim_group``) whose latest number stayed the same while that of a whole rose.

    Of all tallies, or of some with their parts; wholes as in all statements, or as in those of
    ``event_ids``. A row a group: ``tally_id``, ``number`` (persons), ``whole_tally_id``,
    ``first_low``, ``first_high``, ``last_low``, ``last_high`` (of the whole, each published with
    the group's number in one report and for the same days).
    """
    rows = standing_rows(dataset, "primary")[[*_SAME_PAGE, "event_id", "tally_id", "low", "high"]]
    group = dataset.tallies.set_index("tally_id")["victim_group"]
    named = with_descendants(dataset, tallies)
    parts = rows[rows["tally_id"].isin(named) & rows["tally_id"].map(group).notna()]
    around = [chain(name, nesting(dataset).holders)[1:] for name in parts["tally_id"]]
    parts = parts.assign(whole_tally_id=pd.Series(around, parts.index, dtype=object))
    parts = parts.explode("whole_tally_id").astype({"whole_tally_id": "str"})
    wholes = rows if event_ids is None else rows[rows["event_id"].isin(event_ids)]
    wholes = wholes.rename(columns={name: f"whole_{name}" for name in ("tally_id", "low", "high")})
    pairs = parts.merge(wholes, on=[*_SAME_PAGE, "whole_tally_id"]).sort_values("date_end")
    pairs = pairs[pairs["tally_id"].map(group) != pairs["whole_tally_id"].map(group)]
    found = [_find_run(own) for _, own in pairs.groupby(["tally_id", "whole_tally_id"], sort=False)]
    found = pd.DataFrame([row for row in found if row is not None], columns=COLUMNS)
    return found.drop_duplicates("tally_id", ignore_index=True)


def _find_run(own: pd.DataFrame) -> tuple | None:
    """The latest numbers of a group that are the same, where the whole rose; else nothing.

    "At least 11" is the same as 11. Days that do not meet are of other people.
    """
    ends = own[["low", "high"]].assign(high=own["high"].fillna(own["low"]))
    changed = (ends != ends.shift()).any(axis=1)
    changed |= own["date_start"] > own["date_end"].shift()
    run = own[changed.cumsum() == changed.sum()]
    first, last = run.iloc[0], run.iloc[-1]
    if not last["whole_low"] > first["whole_low"]:
        return None
    ends = [row[f"whole_{end}"] for row in (first, last) for end in ("low", "high")]
    return (last["tally_id"], last["low"], last["whole_tally_id"], *ends)


def standing_still_in_words(
    dataset: Dataset,
    locale: "Locale",
    tallies: Collection[str] | None = None,
    event_ids: Collection[str] | None = None,
) -> list[str]:
    """A sentence for each group whose number stood still, as :func:`find_standing_still`."""
    named, sentences = dataset.tallies.set_index("tally_id"), []
    parties = dataset.parties.set_index("party_id")
    for row in find_standing_still(dataset, tallies, event_ids).itertuples():
        whole = named.loc[row.whole_tally_id]
        party = locale.label(parties.loc[whole["party_id"]], whole["party_id"])
        labelled = whole.filter(like="label_").notna().any()
        about = {
            "label": locale.label(whole, row.whole_tally_id) if labelled else party,
            "group": locale.term("group", named.loc[row.tally_id, "victim_group"]),
            "count": int(row.number),
            "first": locale.count(row.first_low, row.first_high),
            "last": locale.count(row.last_low, row.last_high),
        }
        sentences.append(locale("standing still", **about))
    return sentences
