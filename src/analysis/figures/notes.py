"""Sentences below a figure: what makes its total doubtful, and which counts it leaves out."""

from collections.abc import Collection

from analysis.bounds.drawn import inside
from analysis.bounds.solutions import find_families
from analysis.bounds.wholes import roots
from analysis.data.dataset import Dataset
from analysis.data.questions import doubts
from analysis.data.statements import counts, lowered_in
from analysis.figures.naming import tally_labels
from analysis.language.locales import Locale

_ASKED = ("late", "incidents", "tallies", "parties")
"""Kinds of question on which a sum rests."""
_DOUBTS = 3
"""So many doubts are told, the others counted; ``check`` names all."""


def doubts_in_words(
    dataset: Dataset, locale: Locale, tally_ids: Collection[str] | None = None
) -> list[str]:
    """What makes a total doubtful, a sentence each: counts that are added and may be of the same.

    ``tally_ids`` are the tallies whose totals are shown, all where nothing is said.
    """
    labels, said = tally_labels(dataset, locale), []
    shown = None if tally_ids is None else {*inside(dataset, tally_ids)}
    asked = doubts(dataset)
    for row in asked[asked["kind"].isin(_ASKED)].itertuples():
        names = row.tally_ids.split(";")
        if shown is None or shown & {*names}:
            parts = {"label": locale.join(dict.fromkeys(labels[name] for name in names), "list")}
            if row.kind == "incidents":
                rows = dataset.events[dataset.events["event_id"].isin(row.event_ids.split(";"))]
                days = locale.window(rows["date_start"].min(), rows["date_end"].max())
                reports = rows["report_id"].nunique()
                parts |= {"window": days, "number": reports, "low": int(rows["low"].sum())}
            kind = "tallies" if row.kind == "parties" else row.kind
            said.append(locale.capital(locale(f"doubt {kind}", **parts)))
    said = [*dict.fromkeys(said)]
    rest = len(said) - _DOUBTS
    return said if rest <= 0 else [*said[:_DOUBTS], locale("more doubts", number=rest)]


def left_out_in_words(
    dataset: Dataset, event_ids: Collection[str], locale: Locale, harm: str | None = None
) -> list[str]:
    """How many counts (of a harm) are not shown, being lowered or contradicted; none if none."""
    table, shown = counts(dataset, "primary"), {*event_ids}
    first = table["event_ids"].str.split(";").str[0]
    gone = first.isin(lowered_in(dataset, "primary"))
    table = table[gone | (table["status"] == "aside")]
    if harm is not None:
        of = dataset.tallies.set_index("tally_id")["harm"]
        table = table[table["tally_id"].map(of) == harm]
    number = sum(not shown & {*names} for names in table["event_ids"].str.split(";"))
    return [locale("corrected counts", number=number)] if number else []


def contradicting_in_words(
    dataset: Dataset, locale: Locale, asked: Collection[str] | None, shown: Collection[str]
) -> list[str]:
    """Who is left out because statements contradict one another, of the tallies ``asked`` for."""
    labels, names = tally_labels(dataset, locale), []
    wanted = {*dataset.tallies["tally_id"]} if asked is None else {*inside(dataset, asked)}
    for family in find_families(dataset):
        if family.contradictions and not {*family.tallies} & {*shown}:
            outer = [name for name in family.tallies if roots(dataset)[name] == name]
            names += [labels[name] for name in outer if wanted & {*inside(dataset, [name])}]
    return [locale("left out", labels=locale.join(dict.fromkeys(names), "list"))] if names else []
