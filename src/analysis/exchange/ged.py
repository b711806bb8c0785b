"""From events of UCDP GED to a dataset: one incident a figure.

UCDP gives best estimates for the dead of side a, side b, civilians and unknown, and a range from
``low`` to ``high`` for the event's total only. A figure is taken to be off by no more than its
total is: it becomes an incident of at least figure - (best - low), never below zero, and at most
figure + (high - best); where the three agree it is exact. A zero means that UCDP recorded none,
not that there was nobody, so it gives no row. The window is UCDP's earliest and latest day.
Victims are counted apart for each dyad, so that soldiers killed by one opponent are not in one
tally with those killed by another; where names alone would have one tally lie in another, the
tables say that they share nobody.

Versions 17 to 25 share the columns needed here; they differ in order, in columns beside them
(``where_description``, ``relid``, ``conflict_dset_id`` and others come with the longer layout)
and in dates with or without a midnight. Older names (``best_est``, ``side_a_dset_id``) are read
where the newer ones are missing.

Sources: UCDP GED Codebooks of versions 22.1 to 25.1, which list the 49 columns below
(https://ucdp.uu.se/downloads/ged/ged251.pdf, likewise ged221, ged231, ged241);
Sundberg and Melander 2013 (https://doi.org/10.1177/0022343313484347).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import ClassVar

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.nesting import coded_nesting
from analysis.exchange.events import EventTable
from analysis.exchange.importing import add_rows
from analysis.exchange.reading import Row, columns_of

COLUMNS = columns_of("ged")
VERSIONS = range(17, 26)
"""Versions that were tried."""
_TRIED = f"{VERSIONS[0]} to {VERSIONS[-1]}"

VIOLENCE = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}
"""``event_type`` by UCDP's ``type_of_violence``."""
DEATHS = {part: f"deaths_{part}" for part in ("a", "b", "civilians", "unknown")}
COUNTS = (*DEATHS.values(), "low", "best", "high")
LONGEST = {"1": 1, "2": 6, "3": 7, "4": 31, "5": 366}
"""Days that a window may have at most, by ``date_prec``: day, 2 to 6 days, week, month, year."""


Words = dict[str, str]
"""Labels by column: ``label_en`` and those of other languages as far as they are known."""


def find_untried(name: str) -> Iterator[str]:
    """A version that was not tried, by the name of a file.

    >>> [*find_untried("GEDEvent_v26_1")]
    ['version 26.1 was not tried (17 to 25 were): its numbers may mean something else']
    """
    version = re.search(r"ged\D*?(\d\d)[._]?(\d+)", name.lower())
    if version and int(version[1]) not in VERSIONS:
        number = ".".join(version.groups())
        said = f"({_TRIED} were): its numbers may mean something else"
        yield f"version {number} was not tried {said}"


def _count_faults(row: Row) -> Iterator[tuple[str, str]]:
    """What counts break: ``best`` is the sum of the four, ``low`` and ``high`` around it."""
    parts = sum(int(row[name]) for name in DEATHS.values())
    low, best, high = (int(row[name]) for name in ("low", "best", "high"))
    if parts != best:
        yield "best", f"{best} is not the sum of the four estimates, {parts}"
    if not low <= best <= high:
        yield "best", f"low {low}, best {best}, high {high} do not follow each other"
    if max(low, best, high) == 0:
        yield "high", "no death in any estimate; an event has at least one"


def _date_faults(row: Row) -> Iterator[tuple[str, str]]:
    """What a window breaks: it lies in its year and is no longer than ``date_prec`` says."""
    days = {name: date.fromisoformat(row[name]) for name in ("date_start", "date_end")}
    start, end = days.values()
    count, longest = (end - start).days + 1, LONGEST.get(row["date_prec"], 366)
    if end < start:
        yield "date_end", f"{end} is before date_start {start}"
    elif count > longest:
        yield "date_prec", f"{row['date_prec']} is at most {longest} days; the window has {count}"
    for name, day in days.items():
        if row["year"].isdigit() and day.year != int(row["year"]):
            yield name, f"{day} is not in the event's year {row['year']}"


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
    return {
        column: text.format(**{gap: words[column] for gap, words in names.items()})
        for column, text in TERMS[phrase].items()
        if all(column in words for words in names.values())
    }


def _party(party_id: str, name: str, status: str) -> dict:
    return {"party_id": party_id, "status": status} | _named(name)


def _as_id(name: str) -> str:
    return re.sub(r"[\s;]+", "_", name)


CIVILIANS = _party("ucdp-civilians", "Civilians", "civilian")
UNKNOWN = _party("ucdp-unknown", "unknown", "unknown")


class Ged(EventTable):
    """Events of UCDP GED."""

    name, publisher, called, prefix = "GED file", "UCDP", "UCDP GED", "ucdp-ged"
    report: ClassVar = {
        "source_office": "Uppsala Conflict Data Program",
        "title": "UCDP Georeferenced Event Dataset",
        "url": "https://ucdp.uu.se/downloads/",
    }
    columns, key, persons = COLUMNS, "id", "best"
    unknown = f"columns in no version that was tried ({_TRIED})"

    def __init__(self) -> None:
        super().__init__()
        self._types: dict[str, Words] = {}
        self._dyads: dict[str, Words] = {}

    def notes(self, path: Path, columns: list[str]) -> Iterator[str]:
        """What was not tried of a version."""
        yield from find_untried(path.stem)
        yield from super().notes(path, columns)

    def find_faults(self, row: Row) -> Iterator[tuple[str, str]]:
        """Column and message for each of UCDP's rules that an event breaks."""
        wrong = dict(super().find_faults(row))
        yield from wrong.items()
        for name in ("side_a", "side_b"):
            if not row[name]:
                yield name, "is empty; an event has two sides"
        if wrong.keys().isdisjoint(COUNTS):
            yield from _count_faults(row)
        if wrong.keys().isdisjoint(("date_start", "date_end")):
            yield from _date_faults(row)

    def statements(self, row: Row) -> Iterator[dict]:
        """An event, a row for each of its figures, one without a count where all are zero."""
        victims = {side: self._side(row, side) for side in "ab"}
        victims |= {"civilians": CIVILIANS, "unknown": UNKNOWN}
        figures = {part: int(row[column]) for part, column in DEATHS.items() if int(row[column])}
        for party in (victims[part] for part in ("a", "b", *figures)):
            self.parties.setdefault(party["party_id"], party)
        low, best, high = (int(row[name]) for name in ("low", "best", "high"))
        if not best:
            self.lost[row["id"]] = "best estimate zero: kept without a count"
        elif not low == best == high:
            self.lost[row["id"]] = "range of the total, given to each figure as its own"
        event, dyad = self._event(row, victims), self._dyad(row)
        for part, figure in figures.items():
            tally = self._tally(row, part, victims, *dyad)
            self.tallies.setdefault(tally["tally_id"], tally)
            yield event | {
                "event_id": f"ged-{row['id']}-{part}",
                "tally_id": tally["tally_id"],
                "low": max(0, figure - (best - low)),
                "high": figure + (high - best),
                "count_kind": "incident",
            }
        if not figures:
            yield event

    def _event(self, row: Row, victims: dict[str, dict]) -> dict:
        kind = VIOLENCE[row["type_of_violence"]]
        self._types[kind] = TERMS[kind]
        published = re.findall(r"\d{4}-\d{2}-\d{2}", row.get("source_date", ""))
        self.latest = max(self.latest, row["date_end"], *published)
        offices = ", ".join(dict.fromkeys(row.get("source_office", "").split(";")))
        return self.event(
            row | {"source_office": offices},
            event_id=f"ged-{row['id']}",
            event_type=kind,
            side_a=victims["a"]["party_id"],
            side_b=victims["b"]["party_id"],
        )

    def _side(self, row: Row, side: str) -> dict:
        """A side as a party; UCDP defines what each side of a type of violence can be.

        Without UCDP's ids, two sides of one event that have one name are two parties all the same.
        """
        name, number = row[f"side_{side}"], row.get(f"side_{side}_new_id")
        if side == "b" and row["type_of_violence"] == "3":
            return CIVILIANS
        # governments have a Gleditsch and Ward number or the name; others are armed groups
        government = name.startswith("Government of ") or row.get(f"gwno{side}")
        other = side == "b" and name == row["side_a"]
        party_id = self.unique_id(number or (name, other), f"ucdp-{number or _as_id(name)}")
        return _party(party_id, name, "armed forces" if government else "armed group")

    def _dyad(self, row: Row) -> tuple[str, Words]:
        """The id and the name of a dyad, as far as the file has them."""
        name = row.get("dyad_name")
        dyad = row.get("dyad_new_id") or self.unique_id(("dyad", name), _as_id(name or ""))
        if not name:
            return dyad, {"label_en": f"dyad {dyad}"} if dyad else {}
        words = _phrase("between", a=_named(row["side_a"]), b=_named(row["side_b"]))
        self._dyads[name] = words if words["label_en"] == name else {"label_en": name}
        return dyad, self._dyads[name]

    def _tally(
        self, row: Row, part: str, victims: dict[str, dict], dyad: str, words: Words
    ) -> dict:
        """The tally of victims of one dyad, as far as the file names dyads."""
        party, against = victims[part], words
        tally_id, by = f"{party['party_id']}-killed", None
        if row["type_of_violence"] == "3" and party == CIVILIANS:  # UCDP holds side a responsible
            by = victims["a"]["party_id"]
            tally_id += f"-by-{by}"
            against = _phrase("by", name=victims["a"])
        elif dyad and part in ("a", "b"):
            against = _phrase("against", name=victims["b" if part == "a" else "a"])
        labels = {name: party[name] for name in party if name.startswith("label_")}
        return (_phrase("apart", who=labels, what=against) if against else labels) | {
            "tally_id": f"{tally_id}-dyad-{dyad}" if dyad else tally_id,
            "source_original": "UCDP",
            "party_id": party["party_id"],
            "harm": "killed",
            "cause": words.get("label_en"),
            "attributed_to": by,
            "note": "Best estimates of UCDP; events of GED share no deaths, so they add up.",
        }

    def write_others(self, folder: Path) -> None:
        """Write parties and tallies, told apart, and terms."""
        terms = {"UCDP": TERMS["UCDP"]} | self._types
        terms |= {name: words for name, words in self._dyads.items() if len(words) > 1}
        rows = [{"term": name} | words for name, words in terms.items()]
        add_rows(folder, "terms", pd.DataFrame(rows, dtype=object))
        self._tell_apart()
        super().write_others(folder)

    def _tell_apart(self) -> None:
        """Say what shares nobody, since GED counts each death in one event as of one part."""
        unknown = UNKNOWN["party_id"]
        others = [name for name in self.parties if name != unknown]
        if unknown in self.parties and others:
            self.parties[unknown] = self.parties[unknown] | {"apart_from": ";".join(others)}
        tables = {
            "parties": pd.DataFrame([*self.parties.values()], dtype="str"),
            "tallies": pd.DataFrame([*self.tallies.values()], dtype="str"),
        }
        dataset = Dataset(reports=pd.DataFrame(), events=pd.DataFrame(), **tables)
        seeming: dict[str, list[str]] = defaultdict(list)
        for part, whole in sorted(coded_nesting(dataset).follows):
            seeming[part].append(whole)
        for part, wholes in seeming.items():
            self.tallies[part] = self.tallies[part] | {"apart_from": ";".join(wholes)}
