"""Exports of ACLED as a dataset.

ACLED dates an event to one day and gives it one number of reported fatalities, the most
conservative one, zero for none. It does not say whose dead they are; so they are people of no
party, counted by type of event. Zero stands where no death is reported, and where the number is not
known: it gives no count. Where ``time_precision`` is 2 the day stands for a week, where it is 3 for
a month: the window is all days that this may mean. Actors are the sides, told apart by name and
kind.

Sources: ACLED Codebook (https://acleddata.com/methodology/acled-codebook); columns since 2023
(https://acleddata.com/knowledge-base/guide-to-2023-acled-column-changes).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pandas as pd

from analysis.exchange.events import EventTable
from analysis.exchange.reading import Row, columns_of

COLUMNS = columns_of("acled")
_STATUS = {
    "1": "armed forces", "state forces": "armed forces",
    "2": "armed group", "rebel group": "armed group",
    "3": "armed group", "political militia": "armed group",
    "4": "armed group", "identity militia": "armed group",
    "6": "civilian", "protesters": "civilian",
    "7": "civilian", "civilians": "civilian",
}  # fmt: skip
"""Status of a party by ACLED's kind of actor, in numbers to 2024 and in words since."""
_PEOPLE = {
    "party_id": "acled-people", "status": "unknown",
    "label_en": "People", "label_ar": "أشخاص", "label_fr": "Personnes",
}  # fmt: skip


class Acled(EventTable):
    """Events of ACLED."""

    name, publisher, called, prefix = "export of ACLED", "ACLED", "ACLED", "acled"
    report: ClassVar = {
        "source_office": "ACLED",
        "title": "Armed Conflict Location & Event Data",
        "url": "https://acleddata.com/",
    }
    columns, key, persons = COLUMNS, "event_id_cnty", "fatalities"
    unknown = "columns that ACLED's codebook of 2023 has not"
    cannot_hold = (
        "whose dead they are: one number an event, of people of any party",
        "fatalities 0, none or unknown: kept without a count",
    )

    def __init__(self) -> None:
        super().__init__()
        self.parties[_PEOPLE["party_id"]] = _PEOPLE

    def as_meant(self, row: Row) -> Row:
        """An event whose day is written as anywhere else."""
        return row | {"event_date": _day(row["event_date"])}

    def statements(self, row: Row) -> Iterator[dict]:
        """An event as a row, with a count where it has dead."""
        first, last = self._window(row)
        event = self.event(
            row,
            event_id=f"acled-{row['event_id_cnty']}",
            event_type=row.get("sub_event_type") or row["event_type"],
            date_start=first,
            date_end=last,
            side_a=self._side(row, "1"),
            side_b=self._side(row, "2"),
        )
        if number := int(row["fatalities"]):
            tally_id = self._tally(row["event_type"])
            event |= {"tally_id": tally_id, "count_kind": "incident", "low": number, "high": number}
        yield event

    def _window(self, row: Row) -> tuple[date, date]:
        """First and last day that the day of an event may stand for, up to its timestamp."""
        day = first = last = date.fromisoformat(row["event_date"])
        if row.get("time_precision") == "2":
            first, last = day - timedelta(days=6), day + timedelta(days=6)
        elif row.get("time_precision") == "3":
            month = pd.Period(day, "M")
            first, last = month.start_time.date(), month.end_time.date()
        if stamp := int(row.get("timestamp") or 0):  # the event had happened by then
            written = datetime.fromtimestamp(stamp, UTC).date()
            last = min(last, max(day, written))
            self.latest = max(self.latest, str(written))
        self.latest = max(self.latest, str(last))
        return first, last

    def _side(self, row: Row, side: str) -> str | None:
        """An actor as a party; two of one name in one event are two parties."""
        name, kind = row.get(f"actor{side}"), row.get(f"inter{side}", "")
        if not name:
            return None
        other = side == "2" and name == row["actor1"] and kind == row.get("inter1", "")
        words = re.sub(r"[\s;]+", "-", name.lower())
        party_id = self.unique_id(("party", name, kind.lower(), other), f"acled-{words}")
        status = _STATUS.get(kind.lower(), "unknown")
        party = {"party_id": party_id, "status": status, "label_en": name}
        self.parties.setdefault(party_id, party)
        return party_id

    def _tally(self, kind: str) -> str:
        """The tally of people killed in one type of event."""
        words = re.sub(r"\W+", "-", kind.lower()).strip("-")
        tally_id = self.unique_id(("tally", kind), f"acled-killed-{words}")
        self.tallies[tally_id] = {
            "tally_id": tally_id,
            "source_original": "ACLED",
            "party_id": _PEOPLE["party_id"],
            "harm": "killed",
            "cause": kind,
            "label_en": f"People ({kind})",
            "note": "Reported fatalities of ACLED, of any party; its events share no deaths.",
        }
        return tally_id


def _day(text: str) -> str:
    """A day as ACLED's own export writes it, 31 January 2023, as YYYY-MM-DD."""
    try:
        return str(datetime.strptime(text, "%d %B %Y").date())
    except ValueError:
        return text
