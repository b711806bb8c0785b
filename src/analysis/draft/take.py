"""Take into the tables the rows of ``draft.csv`` that a person has confirmed."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from analysis.data import codebook
from analysis.data.cells import fault
from analysis.data.counts import read_count
from analysis.data.problems import DatasetError, Problem
from analysis.draft.files import COLUMNS, FILE, TABLES, Row, Rows, drafted, read_or_begin, write
from analysis.draft.proposals import STATUS, party_name
from analysis.draft.words import LANGUAGES


def take(folder: Path) -> tuple[int, int]:
    """Move confirmed rows of ``draft.csv`` into the tables; gives how many, and how many remain.

    Raises DatasetError where a confirmed row is unfinished; then nothing is moved.
    """
    if not (folder / FILE).is_file():
        raise FileNotFoundError(f"{folder / FILE} is not there: draft a text first")
    rows = drafted(folder)
    confirmed = [row for row in rows if row["confirm"].casefold() in ("yes", "y", "oui", "نعم")]
    tables = {table: read_or_begin(folder, table) for table in TABLES}
    problems = [*_find_unfinished(rows, confirmed, tables)]
    if problems:
        raise DatasetError(problems, folder)
    taken = {row["event_id"]: row for row in tables["events"][1]}
    for row in _wholes_first(confirmed):
        row["tally_id"] = _tally_of(row, tables, taken)
        taken[row["event_id"]] = row
        if row["same_as"] and not row["count_kind"]:
            same = next(each for each in tables["events"][1] if each["event_id"] == row["same_as"])
            row["count_kind"] = same["count_kind"]
        _fill_low_and_high(row, tables["events"][0])
        tables["events"][1].append(row)
    for table, (columns, found) in tables.items():
        new = [name for name in TABLES[table] if name not in columns]
        filled = [name for name in new if any(row.get(name) for row in found)]
        write(folder / f"{table}.csv", [*columns, *filled], found)
    remaining = [row for row in rows if row not in confirmed]
    write(folder / FILE, COLUMNS, remaining)
    return len(confirmed), sum(not row["note"].startswith("not coded") for row in remaining)


def _find_unfinished(rows: Rows, confirmed: Rows, tables: dict) -> Iterator[Problem]:
    """What confirmed rows lack, by cell."""
    taken = {row["event_id"] for row in [*confirmed, *tables["events"][1]]}
    needed = "event_id", "count", "count_kind", "harm", "party_id", "date_end"
    for line, row in enumerate(rows, 2):
        if not any(row is each for each in confirmed):
            continue
        for name in needed:
            if not row[name] and not (row["same_as"] and name == "count_kind"):
                yield Problem(FILE, line, name, "is empty; a confirmed row needs it")
        for table in ("events", "tallies"):
            for column in codebook.TABLES[table]:
                said = row.get(column.name, "") if column.name in COLUMNS else ""
                wrong = fault(column, said) if said else None
                if wrong:
                    yield Problem(FILE, line, column.name, wrong)
        for name in ("inside", "same_as"):
            if row[name] and (row[name] not in taken or row[name] == row["event_id"]):
                said = f"{row[name]!r} is not confirmed; confirm it too, or empty this"
                yield Problem(FILE, line, name, said)


def _wholes_first(confirmed: Rows) -> Rows:
    """Confirmed rows, those that others name before them."""
    rows = {row["event_id"]: row for row in confirmed}
    try:
        named = {name: {row["inside"], row["same_as"]} for name, row in rows.items()}
        return [rows[name] for name in TopologicalSorter(named).static_order() if name in rows]
    except CycleError as error:
        circle = ", ".join(error.args[1])
        raise ValueError(f"{FILE}: inside or same_as go in a circle: {circle}") from None


def _tally_of(row: Row, tables: dict, taken: dict[str, Row]) -> str:
    """The tally of a row, and its party, added where they are not there yet.

    A part of a total of the same days is never of the same tally: eight of the forty hurt.
    """
    if row["same_as"]:
        return taken[row["same_as"]].get("tally_id", "")
    inside = taken.get(row["inside"], {})
    days = ("date_start", "date_end")
    apart = inside and [row[day] for day in days] == [inside.get(day, "") for day in days]
    whole = inside.get("tally_id", "")
    _add_parties(row, tables)
    tallies = tables["tallies"][1]
    names = TABLES["tallies"][1 : TABLES["tallies"].index("subset_of")]
    for each in tallies:
        same = all((each.get(name) or "").casefold() == row[name].casefold() for name in names)
        if same and not each.get("area") and not (apart and each["tally_id"] == whole):
            return each["tally_id"]
    kept = ("source_original", "victim_group", "harm", "cause", "attributed_to")
    said = [row[name] for name in kept]
    said.insert(1, "" if row["victim_group"] else row["party_id"])
    tally_id = _unused("_".join(filter(None, map(party_name, said))), tallies)
    named = {"tally_id": tally_id, "subset_of": whole, "label_en": row["victim_group"].capitalize()}
    tallies.append({name: row[name] for name in names} | named)
    return tally_id


def _add_parties(row: Row, tables: dict) -> None:
    """The parties of a row that are not there yet: victims, and whom its source holds to blame."""
    parties, reports = tables["parties"][1], tables["reports"][1]
    language = next(
        (each.get("language") for each in reports if each["report_id"] == row["report_id"]), ""
    )
    authors = [name.strip() for name in row["attributed_to"].split(";") if name.strip()]
    for name in [row["party_id"], *authors]:
        if all(each["party_id"] != name for each in parties):
            own = language if name in authors and language in LANGUAGES else "en"
            label = name.replace("_", " ").capitalize()
            status = STATUS.get(name, "unknown")
            parties.append({"party_id": name, f"label_{own}": label, "status": status})


def _unused(name: str, tallies: Rows) -> str:
    used = {each["tally_id"] for each in tallies}
    names = [name, *(f"{name}_{number}" for number in range(2, len(used) + 3))]
    return next(each for each in names if each not in used)


def _fill_low_and_high(row: Row, columns: list[str]) -> None:
    """The count as low and high, where the table has these."""
    if "count" not in columns and "low" in columns:
        low, high = read_count(row.pop("count"))
        row |= {"low": str(low), "high": "" if high is None else str(high)}
