"""Small random datasets, and true ones: what happened, and what sources told of it as they counted.

A dataset is tables as read from CSV: rows of string cells by table. The same seed gives the same
dataset. Numbers mostly follow from people that a source knows of, so that statements fit more
often than not; a part of them is off by a few.
"""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

Tables = dict[str, list[dict[str, str]]]

DAYS = 8
FIRST_DAY = date(2024, 5, 1)

PARTIES = [
    {"party_id": "people"},
    {"party_id": "medics", "part_of": "people"},
    {"party_id": "government"},
    {"party_id": "army", "part_of": "government"},
]
AREAS = [{"area_id": "land"}, {"area_id": "north", "part_of": "land"}]

MENU = {
    "party_id": ["medics"],
    "victim_group": ["women", "men"],
    "cause": ["torture"],
    "attributed_to": ["government", "army", "army;government"],
    "area": ["land", "north"],
}
"""What a tally may say of its people beside the least that it must."""

WITHIN = {"medics": "people", "army": "government", "north": "land"}


def iso(day: int) -> str:
    """Day 1 is the first of May."""
    return (FIRST_DAY + timedelta(days=day - 1)).isoformat()


# People, and the tallies that count them


def random_person(rng: Random) -> dict[str, str]:
    """Somebody harmed on a day; ``mark`` is what no attribute says."""
    return {
        "day": rng.randint(1, DAYS),
        "party_id": rng.choice(["people", "people", "medics"]),
        "victim_group": rng.choice(["women", "men"]),
        "cause": rng.choice(["", "torture"]),
        "attributed_to": rng.choice(["army", "government", "army;government"]),
        "area": rng.choice(["land", "north"]),
        "mark": rng.random(),
    }


def is_counted(person, tally, tallies) -> bool:
    """Whether a person is one of those that a tally counts, by what the tally says of them."""
    for column in MENU:
        asked, has = tally.get(column), person[column]
        if asked and has != asked and WITHIN.get(has) != asked:
            return False
    if tally.get("mark") and person["mark"] > 0.5:
        return False
    wholes = [name for name in (tally.get("subset_of") or "").split(";") if name]
    return all(is_counted(person, tallies[name], tallies) for name in wholes)


def random_tallies(rng: Random) -> list[dict[str, str]]:
    """One to four tallies of one source or two; parts by what they say and by ``subset_of``."""
    rows = []
    for source in rng.choice([["S"], ["S"], ["S"], ["S", "T"]]):
        base = {"source_original": source, "party_id": "people", "harm": "killed"}
        own = [base]
        for _ in range(rng.randint(0, 3)):
            tally = {**base, **(rng.choice(own) if rng.random() < 0.3 else {})}
            for column in rng.sample([*MENU], rng.choice([1, 1, 2])):
                tally[column] = rng.choice(MENU[column])
            if tally not in own:
                own.append(tally)
        if len(own) < 4 and rng.random() < 0.5:
            own = own[:2] + _random_division(rng, rng.choice(own[:2]))
        if len(own) < 4 and rng.random() < 0.3:
            wholes = rng.sample(range(len(own)), rng.randint(1, min(2, len(own))))
            marked = {**base, "victim_group": "identified", "mark": "yes"}
            own.append(marked | {"subset_of": ";".join(f"{source}{place}" for place in wholes)})
        for place, tally in enumerate(own):
            if tally.get("subset_of") is None and tally.get("division"):
                tally["subset_of"] = f"{source}{own.index(tally.pop('whole'))}"
            tally.pop("whole", None)
            rows.append({"tally_id": f"{source}{place}", **tally})
    return rows


def _random_division(rng, whole) -> list[dict[str, str]]:
    """Women and men of a whole, or what the government and others did, named or not."""
    if whole.get("victim_group"):
        return []
    named = {"subset_of": None, "whole": whole} if rng.random() < 0.5 else {"subset_of": ""}
    division = {"division": "sex", "division_complete": rng.choice(["yes", "yes", ""])}
    return [{**whole, "victim_group": each, **division, **named} for each in ("women", "men")]


def pages(rng: Random) -> list[dict[str, str]]:
    """Two to six pages in the order of publication, of days or of hours, some of a range."""
    with_hours, with_offices = rng.random() < 0.3, rng.random() < 0.7
    days = sorted(rng.randint(2, DAYS + 2) for _ in range(rng.randint(2, 6)))
    found = []
    for place, day in enumerate(days):
        page = {"report_id": f"r{place}", "source_date": iso(day)}
        if with_hours:
            page["source_date"] += rng.choice(["T06:00", "T12:30", "T23:59"])
        if with_offices:
            page["source_office"] = rng.choice(["X", "X", "Y"])
        if rng.random() < 0.12:
            earliest = iso(rng.randint(1, day))
            page["source_date_earliest"] = earliest + ("T00:01" if with_hours else "")
        found.append(page)
    return sorted(found, key=lambda page: (page["source_date"], page["report_id"]))


def written(rng: Random, low: int, high: int | None) -> dict[str, str]:
    """A count in one of the ways to write it."""
    if rng.random() < 0.3:
        return {"low": str(low), "high": "" if high is None else str(high)}
    if high is None:
        more = [f"more than {low - 1}"] if low else []
        return {"count": rng.choice([f"at least {low}", f"{low}+", f"≥{low}", *more])}
    if low == high:
        return {"count": str(low)}
    less = [f"up to {high}", f"fewer than {high + 1}"] if low == 0 else []
    return {"count": rng.choice([f"{low} to {high}", f"{low}-{high}", *less])}


# Datasets in which anything may clash


def random_tables(seed: int) -> Tables:
    """A dataset: statements of people that sources knew of, and of numbers that do not fit."""
    rng = Random(seed)
    tallies, reports = random_tallies(rng), pages(rng)
    people = [random_person(rng) for _ in range(rng.randint(2, 12))]
    writer = _Writer(rng, tallies, reports, people, rng.choice([0, 0.1, 0.3]))
    for _ in range(rng.randint(2, 12)):
        writer.write()
    events = writer.events
    for row in events:
        row.pop("place", None)
    for rows in (tallies, reports, events):
        rng.shuffle(rows)
    areas = {"areas": AREAS} if any(t.get("area") for t in tallies) else {}
    plain = [{k: v for k, v in t.items() if k != "mark"} for t in tallies]
    return {"reports": reports, "parties": PARTIES, "tallies": plain, "events": events} | areas


class _Writer:
    """Writes statements one by one; each may name those of pages that are not later."""

    def __init__(self, rng, tallies, reports, people, wrong):
        self.rng, self.reports, self.people, self.wrong = rng, reports, people, wrong
        self.tallies = {row["tally_id"]: row for row in tallies}
        self.known_from = [rng.randint(0, len(reports)) for _ in people]
        self.stocks = {name for name in self.tallies if rng.random() < 0.08}
        self.incidents = rng.choice([0.1, 0.3, 0.6])
        self.links = rng.choice([0, 0.2, 0.5])
        self.running = rng.choice([0, 0.5, 0.9])
        self.names = [f"e{number}" for number in rng.sample(range(10, 99), 40)]
        self.events = []

    def write(self) -> None:
        rng = self.rng
        if rng.random() < 0.12 and self._write_late():
            return
        place = rng.randrange(len(self.reports))
        tally = rng.choice(sorted(self.tallies))
        row = {"event_id": self.names.pop(), "report_id": self.reports[place]["report_id"]}
        row |= {"place": place, "tally_id": tally, "count_kind": self._kind(tally)}
        row |= self._days(place, row["count_kind"])
        row |= self._count(row, place)
        if rng.random() < self.links:
            row = self._link(row)
        elif rng.random() < 0.04:
            row["reading"] = "aside"
        elif rng.random() < 0.1:
            row["reading"] = "primary"
            wide = row | {"event_id": self.names.pop(), "reading": "wide"}
            self.events.append(wide | self._days(place, row["count_kind"]) | self._uncounted(wide))
        self.events.append(row)

    def _write_late(self) -> bool:
        """An incident told after a total of its days: among those counted, or beside them."""
        rng, last = self.rng, len(self.reports) - 1
        tolls = [
            row for row in self.events
            if row.get("count_kind") == "toll" and row["date_start"] and row["place"] < last
        ]  # fmt: skip
        if not tolls:
            return False
        toll = rng.choice(tolls)
        place = rng.randint(toll["place"] + 1, last)
        row = {"event_id": self.names.pop(), "report_id": self.reports[place]["report_id"]}
        row |= {"place": place, "tally_id": toll["tally_id"], "count_kind": "incident"}
        row |= dict.fromkeys(("date_start", "date_end"), toll["date_end"])
        row |= {"count": str(rng.randint(1, 2))}
        row |= rng.choice(
            [{}, *({name: toll["event_id"]} for name in ("counted_in", "apart_from"))]
        )
        self.events.append(row)
        return True

    def _kind(self, tally) -> str:
        if tally in self.stocks:
            return "stock"
        return "incident" if self.rng.random() < self.incidents else "toll"

    def _days(self, place, kind) -> dict[str, str]:
        last_day = int(self.reports[place]["source_date"][8:10])
        last = self.rng.randint(max(1, min(last_day, DAYS) - 3), min(last_day, DAYS))
        first = 1 if self.rng.random() < self.running else self.rng.randint(1, last)
        if kind == "incident" or self.rng.random() < 0.2:
            first = self.rng.randint(max(1, last - 1), last)
        start = "" if self.rng.random() < 0.06 else iso(first)
        return {"date_start": start, "date_end": iso(last)}

    def _uncounted(self, row) -> dict[str, str]:
        """The loosest reading of a row: nothing but at least so many."""
        low = self._known(row, row["place"])
        return {"count": f"at least {low}", "low": "", "high": ""}

    def _known(self, row, place) -> int:
        tally = self.tallies[row["tally_id"]]
        first, last = row["date_start"] or iso(1), row["date_end"]
        return sum(
            is_counted(person, tally, self.tallies) and first <= iso(person["day"]) <= last
            for person, known in zip(self.people, self.known_from, strict=True)
            if known <= place
        )

    def _count(self, row, place) -> dict[str, str]:
        rng, known = self.rng, self._known(row, place)
        if rng.random() < self.wrong:
            known = max(0, known + rng.choice([-3, -2, -1, 1, 2, 3]))
        if row["count_kind"] == "incident":
            known = max(0, known - rng.choice([0, 0, 1]))
        low, high = known, known
        if rng.random() < 0.25:
            high = None
        elif rng.random() < 0.15:
            low, high = max(0, low - rng.randint(0, 2)), high + rng.randint(0, 2)
        return written(rng, low, high)

    def _link(self, row) -> dict[str, str]:
        """Name another statement: the same people, a number that was wrong, among, apart."""
        rng = self.rng
        earlier = [
            other for other in self.events
            if other["place"] <= row["place"] and (other.get("count") or other.get("low"))
        ]  # fmt: skip
        alike = [
            other for other in earlier
            if all(other[name] == row[name] for name in ("tally_id", "count_kind"))
        ]  # fmt: skip
        older = [other for other in alike if other["place"] < row["place"]]
        numbers = ("count", "low", "high")
        choice = rng.choice(
            ["copy", "copy", "again", "again", "again", "wrong", "relay", "stale", "stale"]
        )
        if choice == "copy" and alike:
            first = rng.choice(alike)
            row = {name: cell for name, cell in row.items() if name not in numbers}
            row |= {name: first[name] for name in numbers if name in first}
            row |= {"same_as": first["event_id"]}
            if rng.random() < 0.7:
                row |= {name: first[name] for name in ("date_start", "date_end")}
        elif choice == "stale" and older:  # repeated without a link, at times after a newer number
            first = rng.choice(older)
            row = {name: cell for name, cell in row.items() if name not in numbers}
            row |= {
                name: first[name] for name in (*numbers, "date_start", "date_end") if name in first
            }
        elif choice == "again" and older:
            first = rng.choice(older)
            row |= {"same_as": first["event_id"]}
            if rng.random() < 0.7:
                row |= {name: first[name] for name in ("date_start", "date_end")}
        elif choice == "wrong" and older:
            row |= {"supersedes": rng.choice(older)["event_id"]}
            if rng.random() < 0.4:
                row = {n: row[n] for n in ("event_id", "report_id", "place", "supersedes")}
        elif choice == "relay":
            others = [o for o in earlier if o["tally_id"] != row["tally_id"]]
            others = [o for o in others if o["count_kind"] == row["count_kind"]]
            if others:
                first = rng.choice(others)
                row = {name: cell for name, cell in row.items() if name not in numbers}
                row |= {name: first[name] for name in numbers if name in first}
                row |= {"same_as": first["event_id"]}
                row |= {name: first[name] for name in ("date_start", "date_end")}
        return row


# True datasets


def true_tables(seed: int) -> tuple[Tables, Callable[[str, str, str], int]]:
    """A dataset of which everything holds at last, and how many people there were.

    Each source comes to know of the people one after the other, and what a page says is what its
    source knew then: closed numbers that were not complete are counted again at last. At times a
    source believed in people who were not harmed, in one tally on one day, and says so later.
    """
    rng = Random(seed)
    tallies = random_tallies(rng)
    by_name = {row["tally_id"]: row for row in tallies}
    dates = sorted(rng.sample(range(2, DAYS + 4), rng.randint(2, 6)))
    reports = [{"report_id": f"r{at}", "source_date": iso(day)} for at, day in enumerate(dates)]
    people = [random_person(rng) for _ in range(rng.randint(2, 12))]
    known_from = [rng.randrange(len(reports)) for _ in people]

    def counted(tally, first, last, place):
        return sum(
            is_counted(person, by_name[tally], by_name) and first <= iso(person["day"]) <= last
            for person, known in zip(people, known_from, strict=True)
            if known <= place
        )

    teller = _Teller(rng, by_name, reports, counted)
    for _ in range(rng.randint(2, 8)):
        teller.tell()
    if rng.random() < 0.4:
        teller.err()
    teller.count_again()
    rng.shuffle(teller.events)
    plain = [{k: v for k, v in t.items() if k != "mark"} for t in tallies]
    reports = [*reports, teller.last_report]
    tables = {"reports": reports, "parties": PARTIES, "tallies": plain, "areas": AREAS}
    end = len(reports)
    return tables | {"events": teller.events}, lambda *window: counted(*window, end)


class _Teller:
    """Tells what sources knew by each page."""

    def __init__(self, rng, tallies, reports, counted):
        self.rng, self.tallies, self.reports, self.counted = rng, tallies, reports, counted
        self.last_report = {"report_id": "last", "source_date": iso(DAYS + 6)}
        self.events, self.incidents, self.open = [], set(), []
        self.names = [f"e{number}" for number in rng.sample(range(10, 99), 60)]

    def _row(self, place, tally, kind, first, last, low, high) -> dict[str, str]:
        row = {"event_id": self.names.pop(), "report_id": f"r{place}", "tally_id": tally}
        row |= {"count_kind": kind, "date_start": first, "date_end": last}
        self.events.append(row | written(self.rng, low, high))
        return self.events[-1]

    def tell(self) -> None:
        rng = self.rng
        place, tally = rng.randrange(len(self.reports)), rng.choice(sorted(self.tallies))
        published = self.reports[place]["source_date"]
        last = min(rng.randint(1, DAYS), int(published[8:10]) if published < iso(DAYS) else DAYS)
        if rng.random() < 0.3:
            self._tell_incident(place, tally, last)
            return
        first = iso(rng.choice([1, 1, rng.randint(1, last)]))
        known = self.counted(tally, first, iso(last), place)
        closed = rng.random() < 0.7
        row = self._row(place, tally, "toll", first, iso(last), known, known if closed else None)
        if closed:
            self.open.append(row)
        if rng.random() < 0.2:  # another page repeats it, or the source counts it again
            later = rng.randrange(place, len(self.reports))
            number = self.counted(tally, first, iso(last), later)
            again = self._row(later, tally, "toll", first, iso(last), number, number)
            again["same_as"] = row["event_id"]
            self.open.append(again)

    def _tell_incident(self, place, tally, day) -> None:
        """All people of a day that are known by then: one incident a tally and day."""
        if (tally, day) not in self.incidents:
            self.incidents.add((tally, day))
            known = self.counted(tally, iso(day), iso(day), place)
            row = self._row(place, tally, "incident", iso(day), iso(day), known, known)
            if self.rng.random() < 0.4:
                later = self.rng.randrange(place, len(self.reports))
                number = self.counted(tally, iso(day), iso(day), later)
                again = self._row(later, tally, "incident", iso(day), iso(day), number, number)
                again["same_as"] = row["event_id"]

    def err(self) -> None:
        """A toll of one day with people who were not harmed, held by a total, then corrected."""
        rng = self.rng
        names = [name for name, row in self.tallies.items() if not row.get("division")]
        if len(self.reports) < 2 or not names:
            return
        wrong, right = sorted(rng.sample(range(len(self.reports)), 2))
        tally, too_many = rng.choice(names), rng.randint(1, 4)
        published = self.reports[wrong]["source_date"]
        last = int(published[8:10]) if published < iso(DAYS) else DAYS
        day = rng.randint(1, last)
        known = self.counted(tally, iso(day), iso(day), wrong) + too_many
        mistake = self._row(wrong, tally, "toll", iso(day), iso(day), known, known)
        if rng.random() < 0.7:
            first = iso(rng.randint(1, day))
            held = self.counted(tally, first, iso(last), wrong) + too_many
            if (first, last) != (iso(day), day):
                self.open.append(self._row(wrong, tally, "toll", first, iso(last), held, held))
        known = self.counted(tally, iso(day), iso(day), right)
        correction = self._row(right, tally, "toll", iso(day), iso(day), known, known)
        self.open.append(correction)
        correction |= rng.choice([{"supersedes": mistake["event_id"]}, {}])

    def count_again(self) -> None:
        """A last page counts all days whose closed numbers may not have been complete."""
        for tally in sorted({row["tally_id"] for row in self.open}):
            number = self.counted(tally, iso(1), iso(DAYS), len(self.reports))
            row = self._row(0, tally, "toll", iso(1), iso(DAYS), number, number)
            row["report_id"] = "last"


def write(tables: Tables, folder: Path) -> Path:
    """Tables as CSV files, with the columns that any of their rows has."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        columns = dict.fromkeys(column for row in rows for column in row)
        columns = columns or ["event_id", "report_id"]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder
