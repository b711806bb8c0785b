"""Who is who in an event of UCDP GED: its sides as parties, its victims as tallies, in words."""

import csv
import re
from pathlib import Path

from analysis.exchange.files import Names
from analysis.exchange.reading import Row

Words = dict[str, str]
"""What something is called, by column: ``label_en`` and other languages as far as it is known."""


def _read_terms() -> dict[str, Words]:
    with Path(__file__).with_name("ged_terms.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return {row.pop("term"): {name: cell for name, cell in row.items() if cell} for row in rows}


TERMS = _read_terms()
"""UCDP's terms, names of parties that somebody translated, and phrases made of them."""


def _named(name: str) -> Words:
    return TERMS.get(name, {"label_en": name})


def _phrase(phrase: str, **names: Words) -> Words:
    """A phrase in the languages in which all its names are known."""
    found = {}
    for column, text in TERMS[phrase].items():
        if all(column in words for words in names.values()):
            found[column] = text.format(**{gap: words[column] for gap, words in names.items()})
    return found


def dyad_words(row: Row) -> Words:
    """The name of a dyad, and what it is called where it is that of its sides."""
    name = row["dyad_name"]
    words = _phrase("between", a=_named(row["side_a"]), b=_named(row["side_b"]))
    return words if words["label_en"] == name else {"label_en": name}


def _party(party_id: str, name: str, status: str) -> dict:
    return {"party_id": party_id, "status": status} | _named(name)


CIVILIANS = _party("ucdp-civilians", "Civilians", "civilian")
UNKNOWN = _party("ucdp-unknown", "unknown", "unknown")


def side_of(row: Row, side: str, names: Names) -> dict:
    """A side as a party; UCDP defines what each side of a type of violence can be.

    Without UCDP's ids, two sides of one event that have one name are two parties all the same.
    """
    name, number = row[f"side_{side}"], row.get(f"side_{side}_new_id")
    if side == "b" and row["type_of_violence"] == "3":
        return CIVILIANS
    # governments have a Gleditsch and Ward number or the name; others are organised armed groups
    government = name.startswith("Government of ") or row.get(f"gwno{side}")
    other = side == "b" and name == row["side_a"]
    party_id = names(number or (name, other), f"ucdp-{number or _as_id(name)}")
    return _party(party_id, name, "armed forces" if government else "armed group")


def _as_id(name: str) -> str:
    return re.sub(r"[\s;]+", "_", name)


def tally_of(row: Row, part: str, victims: dict[str, dict], names: Names) -> dict:
    """What is counted: victims of one dyad, as far as the file names dyads."""
    party, name = victims[part], row.get("dyad_name")
    dyad = row.get("dyad_new_id") or names(("dyad", name), _as_id(name or ""))
    told_apart = dyad_words(row) if name else {"label_en": f"dyad {dyad}"} if dyad else {}
    tally_id, by = f"{party['party_id']}-killed", None
    if row["type_of_violence"] == "3" and party == CIVILIANS:  # UCDP holds side a responsible
        by = victims["a"]["party_id"]
        tally_id += f"-by-{by}"
        told_apart = _phrase("by", name=victims["a"])
    elif dyad and part in ("a", "b"):
        told_apart = _phrase("against", name=victims["b" if part == "a" else "a"])
    labels = {name: party[name] for name in party if name.startswith("label_")}
    return (_phrase("apart", who=labels, what=told_apart) if told_apart else labels) | {
        "tally_id": f"{tally_id}-dyad-{dyad}" if dyad else tally_id,
        "source_original": "UCDP",
        "party_id": party["party_id"],
        "harm": "killed",
        "cause": name or (f"dyad {dyad}" if dyad else None),
        "attributed_to": by,
        "note": "Best estimates of UCDP; events of GED share no deaths, so they add up.",
    }
