"""From an export of ACLED to a dataset: one incident an event that has dead.

ACLED gives one number of reported fatalities an event, the most conservative one, and does not say
whose dead they are; so they are people of no party, counted by type of event. Zero stands where no
death is reported, and where the number is not known: it gives no count. An event is dated to one
day; where ``time_precision`` is 2 that day stands for a week, where it is 3 for a month: the window
is all days that this may mean. Actors are the sides, told apart by name and kind.

Sources: ACLED Codebook (https://acleddata.com/methodology/acled-codebook); columns since 2023
(https://acleddata.com/knowledge-base/guide-to-2023-acled-column-changes).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import pandas as pd

from analysis.data.dataset import load, sha256_of
from analysis.data.problems import DatasetError, Problem
from analysis.exchange.acled import COLUMNS
from analysis.exchange.files import (
    Imported,
    Loss,
    Names,
    add_rows,
    in_persons,
    new_dataset,
    with_own_labels,
)
from analysis.exchange.reading import NOTHING, Asked, Record, Row, Table, open_table

REQUIRED = ("event_id_cnty", "event_date", "event_type", "actor1", "fatalities")
_KINDS = {"event_date": "date", "fatalities": "int", "timestamp": "int"}
_NOTED = ("time_precision", "fatalities", "civilian_targeting", "assoc_actor_1", "assoc_actor_2")
_NOTED += ("country", "admin2", "admin3", "latitude", "longitude", "geo_precision", "source")
_PLACED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "inter1")
_PLACED += ("actor2", "inter2", "admin1", "location", "timestamp", "published")
_STATUS = {
    "armed forces": ("1", "state forces"),
    "armed group": ("2", "rebel group", "3", "political militia", "4", "identity militia"),
    "civilian": ("6", "protesters", "7", "civilians"),
}
"""Status of a party by ACLED's kind of actor, in numbers to 2024 and in words since."""
_PEOPLE = {"party_id": "acled-people", "status": "unknown", "label_en": "People"}
_PEOPLE |= {"label_ar": "أشخاص", "label_fr": "Personnes"}
_LOST = (
    "whose dead they are: one number an event, of people of any party",
    "fatalities 0, none or unknown: kept without a count",
    "not copied, others' sentences: notes",
)
_EVENTS = 20_000
"""So many events are held at once."""


def import_acled(path: str | Path, folder: str | Path, asked: Asked = NOTHING) -> Imported:
    """Make a dataset of an export of ACLED and write it to a folder.

    A value of ``published`` says when it was exported; else the latest timestamp stands there, as
    inferred. A DatasetError where it holds no event; a FileExistsError, nothing being written,
    where one of the tables is in the folder.
    """
    path = Path(path)
    table = open_table(path, _KINDS, asked)
    if missing := [name for name in REQUIRED if name not in table.columns]:
        raise table.error((None, f"no export of ACLED: columns missing: {', '.join(missing)}"))
    if new := [name for name in table.columns if name not in (*COLUMNS, "published")]:
        table.said.append(f"columns that ACLED's codebook of 2023 has not: {', '.join(new)}")
    problems, left_out = [], []
    with new_dataset(Path(folder)) as trial:
        events = _copy(_sound(table, problems, left_out), trial, path, asked.given)
        if not events:
            none = Problem(table.name, None, None, "holds no event that can be read")
            raise DatasetError([*problems, none], path)
        dataset = load(trial)
    others = [name for name in table.columns if name not in (*_PLACED, *_NOTED, "notes")]
    lost = [*map(Loss, _LOST), Loss(f"in the note only: {', '.join(_NOTED)}")]
    lost.append(Loss(f"left out: {', '.join(others)}"))
    what = f"events of ACLED as {dataset.events['low'].count()} counts"
    persons = in_persons(left_out)
    return Imported(dataset, events, what, problems, persons, lost, [], table.said)


def _sound(table: Table, problems: list[Problem], left_out: list[str]) -> Iterator[Row]:
    """Events that can be read; the lists get the others, and how many persons these name."""
    lines: dict[str, int] = {}
    for record in table.records:
        wrong = [*_find_wrong(record, lines)]
        problems += [Problem(table.name, record.line, *each) for each in wrong]
        if wrong:
            left_out.append(record.row.get("fatalities", ""))
        else:
            yield record.row


def _find_wrong(record: Record, lines: dict[str, int]) -> Iterator[tuple[str | None, str]]:
    line, row, wrong = record
    yield from (each for each in wrong if each[0] != "notes")
    if not row:
        return
    row["event_date"] = _day(row["event_date"])
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", row["event_date"]):
        yield "event_date", f"{row['event_date']!r} is not a date, YYYY-MM-DD"
    if not re.fullmatch(r"[0-9]{1,15}", row["fatalities"]):
        yield "fatalities", f"{row['fatalities']!r} is not a whole number"
    if not re.fullmatch(r"[^\s;]+", row["event_id_cnty"]):
        yield "event_id_cnty", f"{row['event_id_cnty']!r} is no id of ACLED"
    if (first := lines.setdefault(row["event_id_cnty"], line)) != line:
        yield "event_id_cnty", f"{row['event_id_cnty']!r} stands on line {first} already"


def _day(text: str) -> str:
    """A day as ACLED's own export writes it, 31 January 2023, as YYYY-MM-DD."""
    try:
        return str(datetime.strptime(text, "%d %B %Y").date())
    except ValueError:
        return text


def _copy(events: Iterator[Row], folder: Path, path: Path, values: dict[str, str]) -> int:
    """Write the tables unchecked; gives how many events there are."""
    names, number, latest, stamp = Names(), 0, "", 0
    report = {"report_id": "acled-" + re.sub(r"[\s;]+", "-", path.stem)}
    parties = {_PEOPLE["party_id"]: _PEOPLE}
    tallies: dict[str, dict] = {}
    rows = [*islice(events, _EVENTS)]
    while rows:
        number += len(rows)
        stamp = max(stamp, *(int(row.get("timestamp") or 0) for row in rows))
        found = [report | _event(row, parties, tallies, names) for row in rows]
        latest = max(latest, *(str(each["date_end"]) for each in found))
        add_rows(folder, "events", found)
        rows = [*islice(events, _EVENTS)]
    if number:
        told = max(latest, str(datetime.fromtimestamp(stamp, UTC).date()))
        add_rows(folder, "reports", [report | _report(number, told, path, values)])
        add_rows(folder, "parties", with_own_labels(parties.values(), "parties"))
        add_rows(folder, "tallies", with_own_labels(tallies.values(), "tallies"))
    return number


def _event(row: Row, parties: dict, tallies: dict, names: Names) -> dict:
    day = date.fromisoformat(row["event_date"])
    start, end = _window(day, row.get("time_precision"))
    stamp = int(row.get("timestamp") or 0)
    if stamp:  # what was told then had happened
        end = min(end, max(day, datetime.fromtimestamp(stamp, UTC).date()))
    said = "; ".join(f"{name} {row[name]}" for name in _NOTED if row.get(name))
    event = {
        "event_id": f"acled-{row['event_id_cnty']}",
        "event_type": row.get("sub_event_type") or row["event_type"],
        "date_start": start,
        "date_end": end,
        "date_basis": "stated",
        "where_description": row.get("location"),
        "adm_1": row.get("admin1"),
        "side_a": _side(row, "1", parties, names),
        "side_b": _side(row, "2", parties, names),
        "note": f"ACLED event {row['event_id_cnty']}: {said}",
        "tally_id": None,
        "low": None,
        "high": None,
        "count_kind": None,
    }
    if not int(row["fatalities"]):
        return event
    tally = _tally(row["event_type"], names)
    tallies.setdefault(tally["tally_id"], tally)
    number = row["fatalities"]
    count = {"tally_id": tally["tally_id"], "count_kind": "incident", "low": number}
    return event | count | {"high": number}


def _window(day: date, precision: str | None) -> tuple[date, date]:
    """First and last day that a day may stand for."""
    if precision == "2":
        return day - timedelta(days=6), day + timedelta(days=6)
    if precision == "3":
        month = pd.Period(day, "M")
        return month.start_time.date(), month.end_time.date()
    return day, day


def _side(row: Row, side: str, parties: dict, names: Names) -> str | None:
    """An actor as a party; two of one name in one event are two parties."""
    name, kind = row.get(f"actor{side}"), row.get(f"inter{side}", "")
    if not name:
        return None
    other = side == "2" and name == row["actor1"] and kind == row.get("inter1", "")
    words = re.sub(r"[\s;]+", "-", name.lower())
    party_id = names(("party", name, kind.lower(), other), f"acled-{words}")
    status = (each for each, kinds in _STATUS.items() if kind.lower() in kinds)
    own = {"party_id": party_id, "status": next(status, "unknown"), "label_en": name}
    parties.setdefault(party_id, own)
    return party_id


def _tally(kind: str, names: Names) -> dict:
    words = re.sub(r"\W+", "-", kind.lower()).strip("-")
    return {
        "tally_id": names(("tally", kind), f"acled-killed-{words}"),
        "source_original": "ACLED",
        "party_id": _PEOPLE["party_id"],
        "harm": "killed",
        "cause": kind,
        "label_en": f"People ({kind})",
        "note": "Reported fatalities of ACLED, of any party; its events share no deaths.",
    }


def _report(number: int, latest: str, path: Path, values: dict[str, str]) -> dict:
    published = values.get("published")
    inferred = "" if published else " The day of export is not in it; the latest day in it stands."
    return {
        "source_office": "ACLED",
        "source_date": published or latest,
        "source_date_basis": "stated" if published else "inferred",
        "language": "en",
        "title": f"Armed Conflict Location & Event Data, {number} events",
        "url": "https://acleddata.com/",
        "note": f"Imported from {path.name}, SHA-256 {sha256_of(path)}.{inferred}",
    }
