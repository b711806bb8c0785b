"""The numbers that figures draw: one tidy frame a figure, the same that is exported as CSV."""

import pandas as pd

from analysis.bounds import casualty_bounds
from analysis.dataset import Dataset
from analysis.statements import READINGS
from analysis.totals import ledger, tally_totals

WHO = ["source_original", "party_id", "victim_group", "harm", "subset_of"]


def main_harm(dataset: Dataset) -> str:
    """``killed`` where anything is stated of people killed, else what is counted first."""
    harms = dataset.tallies["harm"][_stated(dataset)]
    return "killed" if (harms == "killed").any() or harms.empty else harms.iloc[0]


def _stated(dataset: Dataset) -> pd.Series:
    return dataset.tallies["tally_id"].isin(dataset.events["tally_id"])


def _harmed(dataset: Dataset, harm: str) -> pd.DataFrame:
    """Tallies of a harm: what is counted and whom it is part of, index ``tally_id``."""
    tallies = dataset.tallies.set_index("tally_id")
    return tallies.loc[tallies["harm"] == harm, WHO]


def statements_drawn(dataset: Dataset) -> pd.DataFrame:
    """Every counted statement, in all readings: its tally, window, count (persons) and kind."""
    columns = ["event_id", "report_id", "char_start", "tally_id", "date_start", "date_end"]
    columns += ["count_kind", "low", "high", "count_basis", "reading", "same_as"]
    counted = dataset.events.loc[dataset.events["low"].notna(), columns]
    return counted.join(dataset.tallies.set_index("tally_id")[WHO], on="tally_id")


def over_time_drawn(dataset: Dataset, harm: str) -> pd.DataFrame:
    """Daily and cumulative bounds (persons) in each reading; ``reading`` says in which."""
    harmed = _harmed(dataset, harm)
    readings = [casualty_bounds(dataset, name).assign(reading=name) for name in READINGS]
    found = pd.concat(readings, ignore_index=True)
    return found[found["tally_id"].isin(harmed.index)].join(harmed, on="tally_id")


def by_party_drawn(dataset: Dataset, harm: str) -> pd.DataFrame:
    """Bounds on everybody of a tally (persons): ``low``, ``high``, ``wide_low``, ``wide_high``."""
    primary, wide = (tally_totals(dataset, name).set_index("tally_id") for name in READINGS)
    harmed = _harmed(dataset, harm)
    both = primary.join(wide.add_prefix("wide_"), how="outer").reindex(harmed.index)
    both = both.dropna(subset=["low", "wide_low"], how="all").join(harmed)
    return both.rename_axis("tally_id").reset_index()


def ledger_drawn(dataset: Dataset, harm: str) -> pd.DataFrame:
    """The ledger (persons), without what is not in the text itself."""
    found = ledger(dataset, harm)
    events = dataset.events.set_index("event_id")
    basis = found["event_id"].map(events["count_basis"])
    shown = found[basis.fillna("stated") != "derived"]
    return shown.join(dataset.tallies.set_index("tally_id")[WHO], on="tally_id")


def statement_table(dataset: Dataset, counted: bool = True) -> pd.DataFrame:
    """Statements for people to read: where their words stand, days, count, who is cited, why so.

    Returns
    -------
    pandas.DataFrame
        Index ``event_id``; ``paragraph``, ``characters`` (of the report's text), ``date_start``,
        ``date_end``; with a count ``low``, ``high`` (persons), ``count_kind``, ``count_basis``,
        ``reading``, ``tally_id``, ``source``, else ``event_type``; and ``note``.
    """
    events = dataset.events.set_index("event_id")
    events = events[events["low"].notna() == counted]
    span = events["char_start"].astype("str") + "-" + events["char_end"].astype("str")
    shown = events.assign(characters=span.where(events["char_start"].notna()))
    source = dataset.tallies.set_index("tally_id")["source_original"]
    shown["source"] = shown["tally_id"].map(source)
    numbers = ["low", "high", "count_kind", "count_basis", "reading", "tally_id", "source"]
    columns = ["paragraph", "characters", "date_start", "date_end"]
    columns += [*(numbers if counted else ["event_type"]), "note"]
    text = shown[columns].select_dtypes("str").columns
    return shown[columns].fillna(dict.fromkeys(text, ""))
