"""Draft the rows of a text, and take into the tables those that a person has confirmed.

``draft.csv`` stands beside the tables and holds a row for each number of the text: what its words
seem to say, and what only a person can answer. Nothing of it counts until somebody writes ``yes``
into ``confirm`` and takes it.
"""

import csv
import hashlib
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from analysis.data import codebook
from analysis.data.cells import fault
from analysis.data.counts import read_count
from analysis.data.files import write_whole
from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import read_table
from analysis.draft.statements import Statement, read_statements
from analysis.draft.words import Text, lexicon, read_text

FILE = "draft.csv"
_NAMES = {
    "draft": """confirm question event_id words count count_kind harm party_id victim_group
        source_original date_start date_end date_basis inside same_as report_id paragraph
        char_start char_end note""",
    "reports": "report_id source_date language text_sha256",
    "parties": "party_id label_en status",
    "tallies": "tally_id source_original party_id victim_group harm subset_of label_en",
    "events": """event_id report_id paragraph char_start char_end tally_id count_kind count
        date_start date_end date_basis same_as note""",
}
TABLES = {table: names.split() for table, names in _NAMES.items()}
"""The columns of ``draft.csv``, and those that new tables get."""
COLUMNS = TABLES.pop("draft")

STATUS = {"civilians": "civilian", "soldiers": "armed forces", "fighters": "armed group"}
"""Groups that are parties of their own; others are groups of the party ``people``."""

Row = dict[str, str]
Rows = list[Row]


def draft(content: bytes, folder: Path, report_id: str, published: str) -> tuple[Rows, Rows]:
    """Add the rows of a text to ``draft.csv``, and its report to the tables.

    Parameters
    ----------
    content : bytes
        The text as it is on disk, UTF-8.
    folder : Path
        The dataset; tables that are missing are begun.
    report_id : str
        Name of the report.
    published : str
        When it was published, YYYY-MM-DD or YYYY-MM-DDTHH:MM.

    Returns
    -------
    tuple
        The rows that may become statements, and those of numbers that are not coded.
    """
    raw, day = _decoded(content), _day(published)
    tables = {table: _table(folder, table) for table in TABLES}
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_known(tables["reports"][1], report_id, sha256)
    language, statements = read_statements(raw, day)
    known = _known(tables, _drafted(folder))
    text = read_text(raw)
    rows = _rows(text, language, statements, report_id)
    _propose_same(rows, known)
    for row in rows:
        row["question"] = " ".join(_questions(row, rows))
    left = [_left_over(text, each, report_id) for each in statements if each.reason]
    cells = report_id, published, language, sha256
    tables["reports"][1].append(dict(zip(TABLES["reports"], cells, strict=True)))
    for table, (columns, found) in tables.items():
        _write(folder / f"{table}.csv", columns, found)
    _write(folder / FILE, COLUMNS, [*_drafted(folder), *rows, *left])
    return rows, left


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"the text is not UTF-8 (byte {error.start}); save it again as UTF-8"
        ) from None


def _day(published: str) -> date:
    column = codebook.column("reports", "source_date")
    wrong = fault(column, published)
    if wrong:
        raise ValueError(f"--date: {wrong}")
    return datetime.fromisoformat(published).date()


def _refuse_known(reports: Rows, report_id: str, sha256: str) -> None:
    """A report is drafted once, and from one text."""
    for row in reports:
        same_text = (row.get("text_sha256") or "").lower() == sha256
        if row["report_id"] == report_id and not same_text:
            raise ValueError(
                f"report {report_id} stands in reports.csv with another text (SHA-256 "
                f"{row.get('text_sha256') or 'not given'}, this one has {sha256}): give this text "
                "another name with --report, or the text that was coded"
            )
        if same_text:
            raise ValueError(f"this text is report {row['report_id']} already; nothing was written")


# Rows


def _rows(text: Text, language: str, statements: list[Statement], report_id: str) -> Rows:
    """The rows of the numbers that may count people."""
    counts = [each for each in statements if not each.reason]
    ids = {id(each): f"{report_id}_{number:02}" for number, each in enumerate(counts, 1)}
    names = _full_names([each.cited for each in counts], language)
    rows: dict[int, Row] = {}
    for each in counts:
        whole = rows.get(id(each.inside))
        group = each.group or ""
        own = not whole and group in STATUS
        party = whole["party_id"] if whole else group if own else "people"
        row = dict.fromkeys(COLUMNS, "") | _place(text, each, report_id)
        row |= {
            "event_id": ids[id(each)],
            "count": each.number.count,
            "harm": each.harm,
            "party_id": party,
            "victim_group": "" if group == party else group,
            "source_original": names[each.cited],
            "date_start": each.first.isoformat() if each.first else "",
            "date_end": each.last.isoformat(),
            "date_basis": "stated" if each.stated else "inferred",
            "inside": whole["event_id"] if whole else "",
        }
        rows[id(each)] = row
    return [*rows.values()]


def _place(text: Text, each: Statement, report_id: str) -> Row:
    """Where a number stands, and its words with a few around them."""
    raw = text.raw
    start, stop = text.span(each.number.begin, each.number.end)
    before = " ".join(raw[:start].split("\n")[-1].split()[-4:])
    after = " ".join(raw[stop:].split("\n")[0].split()[:4])
    spaces = " " * raw[:start][-1:].isspace(), " " * raw[stop : stop + 1].isspace()
    return {
        "words": f"{before}{spaces[0]}[{raw[start:stop]}]{spaces[1]}{after}",
        "report_id": report_id,
        "paragraph": str(each.paragraph),
        "char_start": str(start),
        "char_end": str(stop),
    }


def _left_over(text: Text, each: Statement, report_id: str) -> Row:
    row = dict.fromkeys(COLUMNS, "") | _place(text, each, report_id)
    row |= {"note": f"not coded: {each.reason}", "event_id": f"{report_id}_at_{row['char_start']}"}
    return row | {"count": each.number.count if each.number.values else ""}


def _full_names(cited: list[str], language: str) -> dict[str, str]:
    """Each name without its article; a short one in full where a longer one has all its words."""
    article = lexicon(language).plain_pattern("article")
    bare = {name: re.sub(rf"(?i)^{article}\s*(?=\w)", "", name) for name in cited}

    def words(name: str) -> set[str]:
        return {re.sub("^ال", "", word) for word in name.casefold().split()}

    full = {}
    for name, said in bare.items():
        longer = [each for each in bare.values() if words(said) < words(each) and said]
        full[name] = max(longer, key=len) if longer else said
    return full


def _known(tables: dict, drafted: Rows) -> Rows:
    """Statements that are there already, drafted or in the tables, as rows of a draft."""
    tallies = {row["tally_id"]: row for row in tables["tallies"][1]}
    events = [row | tallies.get(row.get("tally_id", ""), {}) for row in tables["events"][1]]
    for row in events:
        low, high = row.get("low", ""), row.get("high", "")
        row["count"] = row.get("count") or (low if low == high else f"{low} to {high}" * bool(high))
    return [row for row in [*events, *drafted] if row.get("harm") and row.get("count")]


def _propose_same(rows: Rows, known: Rows) -> None:
    """Propose ``same_as`` where a number recurs with its harm and group.

    Within a text the row that cites somebody is the one that others name.
    """
    for row in rows:
        earlier = [each for each in known if _alike(row, each)]
        named = [each for each in rows if each is not row and _alike(row, each)]
        cited = [each for each in named if each["source_original"] and not each["same_as"]]
        before = [each for each in named if rows.index(each) < rows.index(row)]
        if earlier:
            row["same_as"] = earlier[0]["event_id"]
        elif not row["source_original"] and cited:
            row["same_as"] = cited[0]["event_id"]
        elif before and not before[0]["same_as"]:
            row["same_as"] = before[0]["event_id"]


def _alike(row: Row, other: Row) -> bool:
    """Whether two rows may tell of the same people: number, harm, group, and days that can meet."""
    names = ("harm", "party_id", "victim_group")
    if any((row.get(name) or "") != (other.get(name) or "") for name in names):
        return False
    first, second = row["date_start"], other.get("date_start")
    undated = not (first and second)
    meet = undated or (first <= other["date_end"] and second <= row["date_end"])
    return meet and re.findall(r"\d+", row["count"]) == re.findall(r"\d+", other["count"])


def _questions(row: Row, rows: Rows) -> Iterator[str]:
    """What only a person can answer about a row, the first thing first."""
    said = row["count"]
    if row["same_as"]:
        yield f"Are these the people of {row['same_as']} again? Else empty same_as, and say more."
        return
    if said.startswith("about"):
        yield f"'{said}' bounds nothing: which count does it allow (30 to 50, at least 40)?"
    stocks = " It may be a stock: how many there are on that day." * (
        row["harm"] in ("missing", "displaced", "detained", "abducted")
    )
    yield f"Is {said} the source's total for these days (toll), or some of them (incident)?{stocks}"
    if row["inside"]:
        yield f"Is it part of {row['inside']}? Else empty inside."
    elif row["victim_group"]:
        wholes = [each["event_id"] for each in rows if _may_hold(each, row)]
        yield f"Inside which: {', '.join(wholes[:3])}, or none?" if wholes else ""
    if not row["date_start"]:
        yield "From which day? Left empty, it binds from below only."
    if not row["source_original"]:
        yield "Who counted? Left empty, the report itself."


def _may_hold(whole: Row, part: Row) -> bool:
    return whole["harm"] == part["harm"] and not whole["victim_group"]


# Files


def _table(folder: Path, table: str) -> tuple[list[str], Rows]:
    """Columns and rows of a table; one that is missing is begun."""
    if not (folder / f"{table}.csv").is_file():
        return TABLES[table], []
    cells, problems = read_table(folder, table)
    if problems:
        raise DatasetError(problems, folder)
    return [*cells.columns], cells.fillna("").to_dict("records")


def _drafted(folder: Path) -> Rows:
    """The rows of ``draft.csv``, none where it is not there."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{FILE} is not UTF-8; save it as CSV UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise ValueError(f"{FILE}: columns missing: {', '.join(missing)}; separated by commas?")
    return [{name: (row[name] or "").strip() for name in COLUMNS} for row in reader]


def _write(path: Path, columns: list[str], rows: Rows) -> None:
    """A table, with the mark that makes Excel read Arabic as it is."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(path, BOM_UTF8 + file.getvalue().encode())


# Taking what is confirmed


def take(folder: Path) -> tuple[int, int]:
    """Move confirmed rows of ``draft.csv`` into the tables; gives how many, and how many remain.

    Raises DatasetError where a confirmed row is unfinished; then nothing is moved.
    """
    if not (folder / FILE).is_file():
        raise FileNotFoundError(f"{folder / FILE} is not there: draft a text first")
    rows = _drafted(folder)
    confirmed = [row for row in rows if row["confirm"].casefold() in ("yes", "y", "oui", "نعم")]
    tables = {table: _table(folder, table) for table in TABLES}
    problems = [*_find_unfinished(rows, confirmed, tables)]
    if problems:
        raise DatasetError(problems, folder)
    tally_of = {row["event_id"]: row.get("tally_id", "") for row in tables["events"][1]}
    for row in _wholes_first(confirmed):
        tally_of[row["event_id"]] = row["tally_id"] = _tally_of(row, tables, tally_of)
        if row["same_as"] and not row["count_kind"]:
            same = next(each for each in tables["events"][1] if each["event_id"] == row["same_as"])
            row["count_kind"] = same["count_kind"]
        _fill_low_and_high(row, tables["events"][0])
        tables["events"][1].append(row)
    for table, (columns, found) in tables.items():
        new = [name for name in TABLES[table] if name not in columns]
        filled = [name for name in new if any(row.get(name) for row in found)]
        _write(folder / f"{table}.csv", [*columns, *filled], found)
    remaining = [row for row in rows if row not in confirmed]
    _write(folder / FILE, COLUMNS, remaining)
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


def _tally_of(row: Row, tables: dict, tally_of: dict[str, str]) -> str:
    """The tally of a row, and its party, added where they are not there yet."""
    if row["same_as"]:
        return tally_of[row["same_as"]]
    parties, tallies = tables["parties"][1], tables["tallies"][1]
    if all(each["party_id"] != row["party_id"] for each in parties):
        label = row["party_id"].replace("_", " ").capitalize()
        status = STATUS.get(row["party_id"], "unknown")
        parties.append({"party_id": row["party_id"], "label_en": label, "status": status})
    names = ("source_original", "party_id", "victim_group", "harm")
    others = ("cause", "area", "attributed_to")
    for each in tallies:
        same = all((each.get(name) or "").casefold() == row[name].casefold() for name in names)
        if same and not any(each.get(name) for name in others):
            return each["tally_id"]
    said = [row[name] for name in ("source_original", "victim_group", "harm")]
    said.insert(1, "" if row["victim_group"] else row["party_id"])
    tally_id = _unused("_".join(filter(None, map(_slug, said))), tallies)
    whole = tally_of.get(row["inside"], "")
    named = {"tally_id": tally_id, "subset_of": whole, "label_en": row["victim_group"].capitalize()}
    tallies.append({name: row[name] for name in names} | named)
    return tally_id


def _slug(said: str) -> str:
    return re.sub(r"\W+", "_", said.casefold()).strip("_")


def _unused(name: str, tallies: Rows) -> str:
    used = {each["tally_id"] for each in tallies}
    names = [name, *(f"{name}_{number}" for number in range(2, len(used) + 3))]
    return next(each for each in names if each not in used)


def _fill_low_and_high(row: Row, columns: list[str]) -> None:
    """The count as low and high, where the table has these."""
    if "count" not in columns and "low" in columns:
        low, high = read_count(row.pop("count"))
        row |= {"low": str(low), "high": "" if high is None else str(high)}
