"""From events of UCDP GED to a dataset: one incident a figure.

UCDP gives best estimates for the dead of side a, side b, civilians and unknown, and a range from
``low`` to ``high`` for the event's total only. A figure is taken to be off by no more than its
total is: it becomes an incident of at least figure - (best - low), never below zero, and at most
figure + (high - best); where the three agree it is exact. A zero means that UCDP recorded none,
not that there was nobody, so it gives no row. The window is UCDP's earliest and latest day.
Victims are counted apart for each dyad, so that soldiers killed by one opponent are not in one
tally with those killed by another; where names alone would have one tally lie in another, the
tables say that they share nobody.

Sources as in :mod:`analysis.exchange.ged_rules`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.data import codebook
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.exchange import event_rows
from analysis.exchange.files import Imported, Names, add_rows, with_own_labels
from analysis.exchange.ged_parties import CIVILIANS, TERMS, UNKNOWN, dyad_words, side_of, tally_of
from analysis.exchange.ged_rules import DEATHS, RULES, find_untried
from analysis.exchange.losses import grouped
from analysis.exchange.reading import NOTHING, Asked, Row

VIOLENCE = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}
"""``event_type`` by UCDP's ``type_of_violence``."""

_PLACED = ("id", "type_of_violence", "side_a", "side_b", "side_a_new_id", "side_b_new_id")
_PLACED += ("dyad_name", "where_coordinates", "adm_1", "date_start", "date_end", *DEATHS.values())
_PLACED += ("published",)
_NOTED = ("dyad_new_id", "conflict_new_id", "low", "best", "high", "date_prec", "where_prec")
_NOTED += ("adm_2", "latitude", "longitude", "country", "source_original", "source_office")
_NOTED += ("number_of_sources", "event_clarity")


def import_ged(path: str | Path, folder: str | Path, asked: Asked = NOTHING) -> Imported:
    """Make a dataset of a GED file, any version from 17 to 25, and write it to a folder.

    The file does not say when it was published; a value of ``published`` may. Without it the latest
    day in the file stands there, as inferred. A DatasetError where the file holds no event that can
    be read as GED, or the day is none or before the last event; a FileExistsError, nothing being
    written, where one of the tables is in the folder.
    """
    return event_rows.import_events(copy_ged, path, folder, asked, "UCDP")


def copy_ged(path: Path, folder: Path, asked: Asked = NOTHING) -> event_rows.Copied:
    """Write the tables of a GED file unchecked.

    Of the file no more than a piece is held at once.
    """
    found = event_rows.open_events(path, RULES, asked)
    found.table.said.extend(find_untried(path.stem, found.table.columns))
    ranges, latest, number, names = {}, "", 0, Names()
    report = event_rows.report_id("ucdp-ged", path)
    known: dict[str, dict] = {name: {} for name in ("parties", "tallies", "types", "dyads")}
    for rows in found.pieces:
        number += len(rows)
        latest = max(latest, *map(_latest, rows))
        ranges |= _ranges(rows)
        counts = [report | each for row in rows for each in _counts(row, known, names)]
        add_rows(folder, "events", counts)
    terms = {name: TERMS[name] for name in ("UCDP", *known["types"])}
    terms |= {name: words for name, words in known["dyads"].items() if len(words) > 1}
    add_rows(folder, "terms", [{"term": name} | words for name, words in terms.items()])
    report |= {
        "source_office": "Uppsala Conflict Data Program",
        "title": f"UCDP Georeferenced Event Dataset, {number} events",
        "url": "https://ucdp.uu.se/downloads/",
    }
    add_rows(folder, "reports", [report | event_rows.published(path, latest, asked)])
    _tell_apart(known["parties"], known["tallies"])
    for table in ("parties", "tallies"):
        add_rows(folder, table, with_own_labels(known[table].values(), table))
    lost = grouped(pd.Series(ranges, dtype=object))
    return found.copied(number, lost, _PLACED, _NOTED)


def _counts(row: Row, known: dict[str, dict], names: Names) -> Iterator[dict]:
    """An event, once for each of its figures; what it names is added to what is known by name."""
    victims = {side: side_of(row, side, names) for side in "ab"}
    victims |= {"civilians": CIVILIANS, "unknown": UNKNOWN}
    figures = {part: int(row[column]) for part, column in DEATHS.items() if int(row[column])}
    for party in (victims[part] for part in ("a", "b", *figures)):
        known["parties"].setdefault(party["party_id"], party)
    if row.get("dyad_name"):
        known["dyads"][row["dyad_name"]] = dyad_words(row)
    event = _event(row, victims)
    known["types"][event["event_type"]] = True
    low, best, high = (int(row[name]) for name in ("low", "best", "high"))
    for part, figure in figures.items():
        tally = tally_of(row, part, victims, names)
        known["tallies"].setdefault(tally["tally_id"], tally)
        yield event | {
            "event_id": f"ged-{row['id']}-{part}",
            "tally_id": tally["tally_id"],
            "low": max(0, figure - (best - low)),
            "high": figure + (high - best),
            "count_kind": "incident",
        }
    if not figures:
        yield event | dict.fromkeys(("tally_id", "low", "high", "count_kind"))


def _tell_apart(parties: dict[str, dict], tallies: dict[str, dict]) -> None:
    """Say what shares nobody, since GED counts each death in one event as of one part."""
    unknown = UNKNOWN["party_id"]
    others = [name for name in parties if name != unknown]
    if unknown in parties and others:
        parties[unknown] = parties[unknown] | {"apart_from": ";".join(others)}
    seeming: dict[str, list[str]] = defaultdict(list)
    for part, whole in sorted(nesting(_without_events(parties, tallies)).follows):
        seeming[part].append(whole)
    for part, wholes in seeming.items():
        tallies[part] = tallies[part] | {"apart_from": ";".join(wholes)}


def _without_events(parties: dict[str, dict], tallies: dict[str, dict]) -> Dataset:
    rows = {"reports": [], "events": [], "parties": parties.values(), "tallies": tallies.values()}
    tables = {
        name: pd.DataFrame([*each], columns=codebook.columns(name), dtype="str")
        for name, each in rows.items()
    }
    return Dataset(**tables)


def _latest(row: Row) -> str:
    """The latest day that an event names."""
    return max([row["date_end"], *re.findall(r"\d{4}-\d{2}-\d{2}", row.get("source_date", ""))])


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


def _ranges(rows: list[Row]) -> dict[str, str]:
    """What becomes of an event's range, by UCDP's id of it."""
    ranges = {}
    for row in rows:
        if row["best"] == "0":
            ranges[row["id"]] = "best estimate zero: kept without a count"
        elif not row["low"] == row["best"] == row["high"]:
            ranges[row["id"]] = "range of the total, given to each figure as its own"
    return ranges
