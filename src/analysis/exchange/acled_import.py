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
from pathlib import Path

import pandas as pd

from analysis.exchange import event_rows
from analysis.exchange.acled import COLUMNS
from analysis.exchange.files import Imported, Loss, Names, add_rows, with_own_labels
from analysis.exchange.reading import NOTHING, Asked, Row

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
)


def import_acled(path: str | Path, folder: str | Path, asked: Asked = NOTHING) -> Imported:
    """Make a dataset of an export of ACLED and write it to a folder.

    A value of ``published`` says when it was exported; else the latest timestamp stands there, as
    inferred. A DatasetError where it holds no event; a FileExistsError, nothing being written,
    where one of the tables is in the folder.
    """
    return event_rows.import_events(_copy, path, folder, asked, "ACLED")


def _find_broken(row: Row) -> Iterator[tuple[str, str]]:
    """Column and message for each cell of an event that cannot be read."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", _day(row["event_date"])):
        yield "event_date", f"{row['event_date']!r} is not a date, YYYY-MM-DD"
    if not re.fullmatch(r"[0-9]{1,15}", row["fatalities"]):
        yield "fatalities", f"{row['fatalities']!r} is not a whole number"
    if not re.fullmatch(r"[^\s;]+", row["event_id_cnty"]):
        yield "event_id_cnty", f"{row['event_id_cnty']!r} is no id of ACLED"


def _day(text: str) -> str:
    """A day as ACLED's own export writes it, 31 January 2023, as YYYY-MM-DD."""
    try:
        return str(datetime.strptime(text, "%d %B %Y").date())
    except ValueError:
        return text


_RULES = event_rows.Rules(
    name="export of ACLED",
    required=REQUIRED,
    key="event_id_cnty",
    persons="fatalities",
    kinds=_KINDS,
    sentences=("notes",),
    find_broken=_find_broken,
)


def _copy(path: Path, folder: Path, asked: Asked) -> event_rows.Copied:
    """Write the tables of an export unchecked."""
    found = event_rows.open_events(path, _RULES, asked)
    if new := [name for name in found.table.columns if name not in (*COLUMNS, "published")]:
        found.table.said.append(f"columns that ACLED's codebook of 2023 has not: {', '.join(new)}")
    names, number, latest, stamp = Names(), 0, "", 0
    report = event_rows.report_id("acled", path)
    parties, tallies = {_PEOPLE["party_id"]: _PEOPLE}, {}
    for rows in found.pieces:
        number += len(rows)
        stamp = max(stamp, *(int(row.get("timestamp") or 0) for row in rows))
        events = [report | _event(row, parties, tallies, names) for row in rows]
        latest = max(latest, *(str(each["date_end"]) for each in events))
        add_rows(folder, "events", events)
    report |= {
        "source_office": "ACLED",
        "title": f"Armed Conflict Location & Event Data, {number} events",
        "url": "https://acleddata.com/",
    }
    latest = max(latest, str(datetime.fromtimestamp(stamp, UTC).date()))
    add_rows(folder, "reports", [report | event_rows.published(path, latest, asked)])
    add_rows(folder, "parties", with_own_labels(parties.values(), "parties"))
    add_rows(folder, "tallies", with_own_labels(tallies.values(), "tallies"))
    return found.copied(number, map(Loss, _LOST), _PLACED, _NOTED)


def _event(row: Row, parties: dict, tallies: dict, names: Names) -> dict:
    day = date.fromisoformat(_day(row["event_date"]))
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
    }
    number = row["fatalities"]
    if not int(number):
        return event | dict.fromkeys(("tally_id", "low", "high", "count_kind"))
    tally = _tally(row["event_type"], names)
    tallies.setdefault(tally["tally_id"], tally)
    count = {"count_kind": "incident", "low": number, "high": number}
    return event | {"tally_id": tally["tally_id"]} | count


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
