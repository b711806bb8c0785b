"""What figures would show in another language than their own, for lack of a label or a term."""

from collections.abc import Iterator

from analysis import LANGUAGES
from analysis.data.dataset import Dataset
from analysis.language.terms import known_terms


def find_untranslated(dataset: Dataset) -> list[str]:
    """Labels and terms that figures would show in another language than their own, by column.

    A language in which the dataset has no label at all is named in one line.
    """
    tallies, found = dataset.tallies, []
    named = tallies.filter(like="label_").notna().any(axis=1)
    labelled = {"parties": dataset.parties, "tallies": tallies[named], "areas": dataset.areas}
    kinds = {"source": "source_original", "cause": "cause", "harm": "harm", "group": "victim_group"}
    terms = {(kind, name) for kind, column in kinds.items() for name in tallies[column].dropna()}
    terms |= {("event type", name) for name in dataset.events["event_type"].dropna()}
    for code, language in LANGUAGES.items():
        column = f"label_{code}"
        own = {*dataset.terms["term"][dataset.terms[column].notna()]}
        lacking = {
            table: [*rows.iloc[:, 0][rows[column].isna()]] for table, rows in labelled.items()
        }
        unknown = {name for _, name in terms - known_terms(code)} - own
        lacking["terms"] = sorted(name for name in unknown if code != "en" or not name.isascii())
        tables = (*labelled.values(), dataset.terms)
        if not any(rows[column].notna().any() for rows in tables) and code != "en":
            found.append(f"no {column} in any table; {language} figures show another language")
        else:
            found += _lines(column, lacking)
    return found


def _lines(column: str, lacking: dict[str, list[str]]) -> Iterator[str]:
    """For each table the first of the rows that lack a label, and how many more do."""
    for table, names in lacking.items():
        what = f"no {column} for" if table == "terms" else f"{column} is empty for"
        listed = ", ".join(names[:5]) + f" and {len(names) - 5} more" * (len(names) > 5)
        if names:
            yield f"{table}.csv: {what} {listed}; figures show another language there"
