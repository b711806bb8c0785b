"""From events of UCDP GED to a dataset: one incident a figure.

UCDP gives best estimates for the dead of side a, side b, civilians and unknown, and a range from
``low`` to ``high`` for the event's total only. A figure is taken to be off by no more than its
total is: it becomes an incident of at least figure - (best - low), never below zero, and at most
figure + (high - best); where the three agree it is exact. A zero means that UCDP recorded none,
not that there was nobody, so it gives no row. The window is UCDP's earliest and latest day.
Victims are counted apart for each dyad, so that soldiers killed by one opponent are not in one
tally with those killed by another.

Sources as in :mod:`analysis.exchange.ged_rules`.
"""

import csv
import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.problems import DatasetError, Problem
from analysis.exchange.files import Row, once, write_dataset
from analysis.exchange.ged_rules import DEATHS, SENTENCES, read_ged
from analysis.exchange.losses import Loss, grouped

VIOLENCE = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}
"""``event_type`` by UCDP's ``type_of_violence``."""

Words = dict[str, str]
"""What something is called, by column: ``label_en`` and other languages as far as it is known."""


def _read_terms() -> dict[str, Words]:
    with Path(__file__).with_name("ged_terms.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return {row.pop("term"): {name: cell for name, cell in row.items() if cell} for row in rows}


_TERMS = _read_terms()
"""UCDP's terms, names of parties that somebody translated, and phrases made of them."""

_PLACED = ("id", "type_of_violence", "side_a", "side_b", "side_a_new_id", "side_b_new_id")
_PLACED += ("dyad_name", "where_coordinates", "adm_1", "date_start", "date_end", *DEATHS.values())
_NOTED = ("dyad_new_id", "conflict_new_id", "low", "best", "high", "date_prec", "where_prec")
_NOTED += ("adm_2", "latitude", "longitude", "country", "source_original", "source_office")
_NOTED += ("number_of_sources", "event_clarity")


class Imported(NamedTuple):
    """A dataset made from a GED file, its events, the rows left out, and what it cannot hold."""

    dataset: Dataset
    events: int
    problems: list[Problem]
    losses: list[Loss]


def import_ged(path: str | Path, folder: str | Path, published: str | None = None) -> Imported:
    """Make a dataset of a GED file, any version from 17 to 25, and write it to a folder.

    ``published`` is the day the file was published, YYYY-MM-DD. The file does not say; without
    it the latest day in it stands there, as inferred. A DatasetError where the file holds no
    event that can be read as GED, or the day is none or before the last event; a
    FileExistsError, nothing being written, where one of the tables is in the folder.
    """
    path = Path(path)
    rows, problems, columns = read_ged(path)
    if not rows:
        none = Problem(path.name, None, None, "holds no event that keeps UCDP's rules")
        raise DatasetError([*problems, none], path)
    dataset = write_dataset(_tables([*rows.values()], path, published), Path(folder))
    return Imported(dataset, len(rows), problems, _losses(rows, columns))


def _tables(rows: list[Row], path: Path, published: str | None) -> dict[str, list[dict]]:
    report = _report(rows, path, published)
    parties, tallies, events = [], [], []
    for row in rows:
        victims = {"a": _side(row, "a"), "b": _side(row, "b")}
        victims |= {"civilians": CIVILIANS, "unknown": UNKNOWN}
        figures = {part: int(row[column]) for part, column in DEATHS.items() if int(row[column])}
        parties += [victims[part] for part in ("a", "b", *figures)]
        event = _event(row, victims) | {"report_id": report["report_id"]}
        low, best, high = (int(row[name]) for name in ("low", "best", "high"))
        for part, figure in figures.items():
            tallies.append(_tally(row, part, victims))
            count = {
                "event_id": f"ged-{row['id']}-{part}",
                "tally_id": tallies[-1]["tally_id"],
                "low": max(0, figure - (best - low)),
                "high": figure + (high - best),
                "count_kind": "incident",
                "count_basis": "stated",
            }
            events.append(event | count)
        if not figures:
            events.append(event)
    terms = {name: _TERMS[name] for name in ("UCDP", *(event["event_type"] for event in events))}
    dyads = {row["dyad_name"]: _dyad(row) for row in rows if row.get("dyad_name")}
    terms |= {name: words for name, words in dyads.items() if len(words) > 1}
    return {
        "reports": [report],
        "parties": once("parties", parties),
        "tallies": once("tallies", tallies),
        "terms": [{"term": name} | words for name, words in terms.items()],
        "events": events,
    }


def _report(rows: list[Row], path: Path, published: str | None) -> dict:
    days = [row["date_end"] for row in rows]
    days += re.findall(r"\d{4}-\d{2}-\d{2}", " ".join(row.get("source_date", "") for row in rows))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    inferred = "" if published else " It gives no day of publication; the latest day in it stands."
    return {
        "report_id": "ucdp-ged-" + re.sub(r"[\s;]+", "-", path.stem),
        "source_office": "Uppsala Conflict Data Program",
        "source_date": published or max(days, default=None),
        "source_date_basis": "stated" if published else "inferred",
        "language": "en",
        "title": f"UCDP Georeferenced Event Dataset, {len(rows)} events",
        "url": "https://ucdp.uu.se/downloads/",
        "note": f"Imported from {path.name}, SHA-256 {sha256}.{inferred}",
    }


def _named(name: str) -> Words:
    return _TERMS.get(name, {"label_en": name})


def _phrase(phrase: str, **names: Words) -> Words:
    """A phrase in the languages in which all its names are known."""
    found = {}
    for column, text in _TERMS[phrase].items():
        if all(column in words for words in names.values()):
            found[column] = text.format(**{gap: words[column] for gap, words in names.items()})
    return found


def _dyad(row: Row) -> Words:
    """The name of a dyad, and what it is called where it is that of its sides."""
    name = row["dyad_name"]
    words = _phrase("between", a=_named(row["side_a"]), b=_named(row["side_b"]))
    return words if words["label_en"] == name else {"label_en": name}


def _party(party_id: str, name: str, status: str) -> dict:
    return {"party_id": party_id, "status": status} | _named(name)


CIVILIANS = _party("ucdp-civilians", "Civilians", "civilian")
UNKNOWN = _party("ucdp-unknown", "unknown", "unknown")


def _side(row: Row, side: str) -> dict:
    """A side as a party; UCDP defines what each side of a type of violence can be."""
    name = row[f"side_{side}"]
    if side == "b" and row["type_of_violence"] == "3":
        return CIVILIANS
    # governments have a Gleditsch and Ward number or the name; others are organised armed groups
    government = name.startswith("Government of ") or row.get(f"gwno{side}")
    number = row.get(f"side_{side}_new_id") or re.sub(r"[\s;]+", "_", name)
    return _party(f"ucdp-{number}", name, "armed forces" if government else "armed group")


def _tally(row: Row, part: str, victims: dict[str, dict]) -> dict:
    """What is counted: victims of one dyad, as far as the file names dyads."""
    party, name = victims[part], row.get("dyad_name")
    dyad = row.get("dyad_new_id") or re.sub(r"[\s;]+", "_", name or "")
    told_apart = _dyad(row) if name else {"label_en": f"dyad {dyad}"} if dyad else {}
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
        "cause": name,
        "attributed_to": by,
        "note": "Best estimates of UCDP; events of GED share no deaths, so they add up.",
    }


def _event(row: Row, sides: dict[str, dict]) -> dict:
    noted = {name.removesuffix("_new_id"): row.get(name) for name in _NOTED}
    noted["source_office"] = ", ".join(dict.fromkeys(row.get("source_office", "").split(";")))
    said = "; ".join(f"{name} {cell}" for name, cell in noted.items() if cell)
    return {
        "event_id": f"ged-{row['id']}",
        "event_type": VIOLENCE[row["type_of_violence"]],
        "date_start": row["date_start"],
        "date_end": row["date_end"],
        "date_basis": "stated",
        "where_description": row.get("where_coordinates"),
        "adm_1": row.get("adm_1"),
        "side_a": sides["a"]["party_id"],
        "side_b": sides["b"]["party_id"],
        "note": f"UCDP GED event {row['id']}: {said}",
    }


def _losses(rows: dict[int, Row], columns: list[str]) -> list[Loss]:
    """What of the events the tables cannot hold, with UCDP's ids of events."""
    others = [name for name in columns if name not in (*_PLACED, *_NOTED, *SENTENCES)]
    noted = [name for name in columns if name in _NOTED]
    ranges = {}
    for row in rows.values():
        if row["best"] == "0":
            ranges[row["id"]] = "best estimate zero: kept without a count"
        elif not row["low"] == row["best"] == row["high"]:
            ranges[row["id"]] = "range of the total, given to each figure as its own"
    return [
        Loss("not copied, others' sentences: " + ", ".join(SENTENCES)),
        Loss("in the note only: " + ", ".join(noted)),
        Loss("left out: " + ", ".join(others)),
        *grouped(pd.Series(ranges, dtype=object)),
    ]
