"""Rows of the figure of what is stated: a number each, or where they are too many a tally each."""

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.links import origin
from analysis.data.nesting import nesting
from analysis.data.statements import first_published

_TALLIES = 12
"""So many tallies are drawn at most."""
_WORDS = ["report_id", "tally_id", "place"]
"""Which words a number was coded from; two readings of the same words are one row."""
_WINDOW = ["date_start", "date_end", "low", "high"]


def rows_stated(
    dataset: Dataset, numbers: pd.DataFrame, first_day: pd.Timestamp
) -> tuple[pd.DataFrame, int]:
    """A row a number in order of time, ``inside`` the one it is part of; how many read looser.

    Numbers of a part stand behind a toll of its whole, of the same report and days; a part of a
    part behind the outermost. Words that only the loosest reading counts are a row too.
    """
    told = _told_once(dataset, numbers)
    loosest = told["reading"] == "wide"
    words = pd.MultiIndex.from_frame(told[_WORDS])
    both = loosest & words.isin(words[~loosest])
    looser = told.loc[both, [*_WORDS, *_WINDOW]].merge(told[~loosest], on=_WORDS)
    differ = [looser[f"{name}_x"].ne(looser[f"{name}_y"]).fillna(True) for name in _WINDOW]
    shown = told[~both].copy()
    shown["since"] = shown["date_start"].fillna(first_day)
    place = ["report_id", "since", "date_end", "tally_id"]
    around = shown.loc[shown["count_kind"] == "toll", [*place, "event_id"]].drop_duplicates(place)
    whole = around.set_index(place)["event_id"].reindex(
        pd.MultiIndex.from_frame(shown[[*place[:3], "subset_of"]])
    )
    inside = dict(zip(shown["event_id"], whole.to_numpy(), strict=True))
    nested = {event_id: other for event_id, other in inside.items() if pd.notna(other)}
    shown["inside"] = shown["event_id"].map({name: origin(name, nested) for name in nested})
    order = {"by": ["since", "date_end", "low"], "ascending": [True, True, False]}
    shown = shown.sort_values(**order, kind="stable", ignore_index=True)
    return shown, int(pd.concat(differ, axis=1).any(axis=1).sum())


def _told_once(dataset: Dataset, numbers: pd.DataFrame) -> pd.DataFrame:
    """Tellings of one thing with the same days and count as one row, ``tellings`` says how many.

    Readings of the same words whose ``place`` in the text is not given find each other by their
    turn among those of one report and tally.
    """
    turn = numbers.groupby(["report_id", "tally_id", "reading"], dropna=False).cumcount()
    place = numbers["event_id"].where(numbers["reading"].isna(), "reading " + turn.astype("str"))
    place = place.where(numbers["char_start"].isna(), "at " + numbers["char_start"].astype("str"))
    first = numbers["event_id"].map(first_published(dataset))
    stated = numbers["event_id"].map(dataset.events.set_index("event_id")["count"])
    numbers = numbers.assign(place=place, first=first, stated=stated)
    same = ["first", *_WINDOW, "reading"]
    tellings = numbers.groupby(same, dropna=False)["report_id"].transform("nunique")
    return numbers.assign(tellings=tellings)[~numbers.duplicated(same)]


def rows_of_tallies(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each of the widest tallies: its latest total, how many numbers, all their days.

    A number stands for its tally (``whole``) where its days hold those of all the others.
    """
    depth = {name: len(wholes) for name, wholes in nesting(dataset).wholes.items()}
    ordered = rows.sort_values(["date_end", "low"], kind="stable")
    latest = ordered.drop_duplicates("tally_id", keep="last").set_index("tally_id", drop=False)
    own = rows.groupby("tally_id")
    latest = latest.assign(tellings=own.size(), inside=None, first=own["since"].min())
    latest["whole"] = latest["since"] <= latest["first"]
    latest["depth"] = latest["tally_id"].map(depth)
    latest["days"] = own["date_end"].max() - latest["first"]
    place = {name: at for at, name in enumerate(dataset.tallies["tally_id"])}
    widest = latest.sort_values(["depth", "days"], ascending=[True, False], kind="stable")
    shown = widest[:_TALLIES].sort_index(key=lambda names: names.map(place))
    return shown.reset_index(drop=True)
