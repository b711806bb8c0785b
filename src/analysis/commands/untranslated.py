"""What figures would show in another language than their own, for lack of a label or a term."""

from collections.abc import Collection

from analysis.data.dataset import Dataset
from analysis.language.languages import LANGUAGES, language_of


def find_untranslated(dataset: Dataset) -> list[str]:
    """Labels and terms that figures would show in another language than their own, by column."""
    tallies, found = dataset.tallies, []
    named = tallies[[f"label_{code}" for code in LANGUAGES]].notna().any(axis=1)
    labelled = {"parties": dataset.parties, "tallies": tallies[named], "areas": dataset.areas}
    kinds = {"source": "source_original", "cause": "cause", "harm": "harm", "group": "victim_group"}
    terms = {(kind, name) for kind, column in kinds.items() for name in tallies[column].dropna()}
    terms |= {("event type", name) for name in dataset.events["event_type"].dropna()}
    for code in LANGUAGES:
        say = language_of(code).with_terms(dataset.terms)
        for table, rows in labelled.items():
            names = rows.iloc[:, 0][rows[f"label_{code}"].isna()]
            if len(names):
                found.append(_lacking(table, f"label_{code} is empty for", names))
        lacking = {name for kind, name in terms if not say.knows(kind, name)}
        lacking = sorted(name for name in lacking if code != "en" or not name.isascii())
        if lacking:
            found.append(_lacking("terms", f"no label_{code} for", lacking))
    return found


def _lacking(table: str, what: str, names: Collection[str]) -> str:
    listed = ", ".join([*names][:5]) + f" and {len(names) - 5} more" * (len(names) > 5)
    return f"{table}.csv: {what} {listed}; figures show another language there"
