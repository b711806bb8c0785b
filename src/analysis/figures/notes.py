"""Sentences below a figure: what makes its total doubtful, and which counts it leaves out."""

from collections.abc import Collection

from analysis.bounds.drawn import with_descendants
from analysis.bounds.solutions import find_families
from analysis.data.dataset import Dataset
from analysis.data.outcome import nesting
from analysis.data.questions import doubts
from analysis.data.statements import counts, lowered_in
from analysis.figures.naming import tally_labels
from analysis.language.locales import Locale

_OF_SUMS = ("late", "incidents", "tallies", "parties")
"""Kinds of question on which a sum rests."""
_DOUBTS = 3
"""Most doubts that are listed, the others counted; ``check`` names all."""


def doubts_in_words(
    dataset: Dataset, locale: Locale, tally_ids: Collection[str] | None = None
) -> list[str]:
    """What makes a total doubtful, a sentence each: counts that are added and may be of the same.

    ``tally_ids`` are the tallies whose totals are shown, by default all.
    """
    shown = {*with_descendants(dataset, tally_ids)}
    questions = doubts(dataset)
    questions = questions[questions["kind"].isin(_OF_SUMS)]
    sentences = dict.fromkeys(
        _doubt(dataset, row, locale)
        for row in questions.itertuples()
        if shown & {*row.tally_ids.split(";")}
    )
    more = len(sentences) - _DOUBTS
    return [*sentences][:_DOUBTS] + [locale("more doubts", number=more)] * (more > 0)


def _doubt(dataset: Dataset, row, locale: Locale) -> str:
    """A question on a sum, as a sentence."""
    labels = tally_labels(dataset, locale)
    names = dict.fromkeys(labels[name] for name in row.tally_ids.split(";"))
    parts = {"label": locale.join(names, "list")}
    if row.kind == "incidents":
        rows = dataset.events[dataset.events["event_id"].isin(row.event_ids.split(";"))]
        days = locale.window(rows["date_start"].min(), rows["date_end"].max())
        reports = rows["report_id"].nunique()
        parts |= {"window": days, "number": reports, "low": int(rows["low"].sum())}
    kind = "tallies" if row.kind == "parties" else row.kind
    return locale.capital(locale(f"doubt {kind}", **parts))


def left_out_in_words(
    dataset: Dataset, event_ids: Collection[str], locale: Locale, harm: str | None = None
) -> list[str]:
    """How many counts (of a harm) are not shown, being lowered or contradicted; none if none."""
    table, lowered = counts(dataset, "primary"), {*lowered_in(dataset, "primary")}
    if harm is not None:
        of = dataset.tallies.set_index("tally_id")["harm"]
        table = table[table["tally_id"].map(of) == harm]
    ids = table["event_ids"].str.split(";")
    is_gone = ids.str[0].isin(lowered) | (table["status"] == "aside")
    number = sum({*event_ids}.isdisjoint(names) for names in ids[is_gone])
    return [locale("corrected counts", number=number)] if number else []


def contradicting_in_words(
    dataset: Dataset, locale: Locale, tallies: Collection[str] | None, shown: Collection[str]
) -> list[str]:
    """Who is left out because statements contradict one another, of the chosen ``tallies``."""
    wanted = {*with_descendants(dataset, tallies)}
    labels, names = tally_labels(dataset, locale), {}
    for family in find_families(dataset):
        if family.contradictions and not {*family.tallies} & {*shown}:
            outer = [name for name in family.tallies if nesting(dataset).roots[name] == name]
            chosen = [name for name in outer if wanted & {*with_descendants(dataset, [name])}]
            names |= dict.fromkeys(labels[name] for name in chosen)
    return [locale("left out", labels=locale.join(names, "list"))] if names else []
