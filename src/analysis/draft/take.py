"""Take into the tables the rows of ``draft.csv`` that a person has confirmed."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from analysis.data import codebook
from analysis.data.cells import fault
from analysis.data.counts import read_count
from analysis.data.links import split_ids
from analysis.data.problems import DatasetError, Problem
from analysis.draft.files import COLUMNS, FILE, TABLES, Row, Rows, drafted, read_or_begin, write
from analysis.draft.proposals import STATUS, party_name
from analysis.draft.words import LANGUAGES

_SAID = TABLES["tallies"][1 : TABLES["tallies"].index("subset_of")]
"""What a row says of its tally."""


def take(folder: Path) -> tuple[int, Rows]:
    """Move confirmed rows of ``draft.csv`` into the tables; gives how many, and those left out.

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
    return len(confirmed), [row for row in remaining if not row["note"].startswith("not coded")]


def _find_unfinished(rows: Rows, confirmed: Rows, tables: dict) -> Iterator[Problem]:
    """What confirmed rows lack, by cell."""
    taken = _said_by_event(confirmed, tables)
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
        for name in split_ids(row["attributed_to"]):
            if wrong := fault(codebook.column("parties", "party_id"), name):
                yield Problem(FILE, line, "attributed_to", wrong)
        for name in ("inside", "same_as"):
            if row[name] and (row[name] not in taken or row[name] == row["event_id"]):
                said = f"{row[name]!r} is not confirmed; confirm it too, or empty this"
                yield Problem(FILE, line, name, said)
        yield from _find_unplaced(row, line, taken)


def _said_by_event(confirmed: Rows, tables: dict) -> dict[str, Row]:
    """Each statement, taken or confirmed, with what its tally says."""
    tallies = {row["tally_id"]: row for row in tables["tallies"][1]}
    events = [row | tallies.get(row.get("tally_id", ""), {}) for row in tables["events"][1]]
    return {row["event_id"]: row for row in [*events, *confirmed]}


def _find_unplaced(row: Row, line: int, taken: dict[str, Row]) -> Iterator[Problem]:
    """What a row says that no table would hold: another tally's words, or no word of its own."""
    first = taken.get(row["same_as"], row)
    for name in _SAID:
        if row[name] and not _same_cell(row, first, name):
            other = repr(first[name]) if first.get(name) else "nothing there"
            said = f"{row[name]!r}, but {row['same_as']}, whose people these are, has {other}; "
            yield Problem(FILE, line, name, said + "write the same in both, or empty same_as")
    whole = taken.get(row["inside"], {})
    days = all(_same_cell(row, whole, name) for name in ("date_start", "date_end"))
    total = row["count_kind"] == "toll" == whole.get("count_kind")
    if total and days and not row["same_as"] and _same_tally(row, whole):
        said = f"{row['inside']} is a total of the same people and days; say in victim_group or "
        said += "cause which of them this one counts, or make it an incident"
        yield Problem(FILE, line, "inside", said)


def _same_cell(row: Row, other: Row, name: str) -> bool:
    return row[name].casefold() == (other.get(name) or "").casefold()


def _same_tally(row: Row, other: Row) -> bool:
    return all(_same_cell(row, other, name) for name in _SAID)


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

    An incident, or a total of fewer days, of the people of its whole is of the same tally.
    """
    if row["same_as"]:
        return taken[row["same_as"]].get("tally_id", "")
    whole = taken.get(row["inside"], {}).get("tally_id", "")
    _add_parties(row, tables)
    tallies = tables["tallies"][1]
    for each in sorted(tallies, key=lambda each: each["tally_id"] != whole):
        if _same_tally(row, each) and (each["tally_id"] == whole or not each.get("area")):
            return each["tally_id"]
    kept = ("source_original", "victim_group", "harm", "cause", "attributed_to")
    said = [row[name] for name in kept]
    said.insert(1, "" if row["victim_group"] else row["party_id"])
    tally_id = _unused("_".join(filter(None, map(party_name, said))), tallies)
    named = {"tally_id": tally_id, "subset_of": whole, "label_en": row["victim_group"].capitalize()}
    tallies.append({name: row[name] for name in _SAID} | named)
    return tally_id


def _add_parties(row: Row, tables: dict) -> None:
    """The parties of a row that are not there yet: victims, and whom its source holds to blame."""
    parties, reports = tables["parties"][1], tables["reports"][1]
    language = next(
        (each.get("language") for each in reports if each["report_id"] == row["report_id"]), ""
    )
    authors = split_ids(row["attributed_to"])
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
