"""Rows of ``draft.csv``: what the numbers of a text seem to say, and what a person is asked."""

import re
from collections.abc import Iterator

from analysis.draft.sentence import Statement
from analysis.draft.tables import COLUMNS, STATUS, Row, Rows, party_name
from analysis.draft.words import Lexicon, Text

_STOCKS = ("missing", "displaced", "detained", "abducted")


def propose(
    text: Text, statements: list[Statement], report_id: str, known: Rows
) -> tuple[Rows, Rows]:
    """The rows of the numbers that may count people, and those of the others with the reason.

    ``known`` are statements that are there already, drafted or in the tables.
    """
    rows = _rows_of(text, [each for each in statements if not each.reason], report_id)
    _propose_same(rows, [row for row in known if row.get("harm") and _numbers(row)])
    for row in rows:
        row["question"] = " ".join(_questions(row, rows))
    left = [_left_over(text, each, report_id) for each in statements if each.reason]
    return rows, left


def _rows_of(text: Text, counts: list[Statement], report_id: str) -> Rows:
    names = _full_names([each.cited for each in counts], text.words)
    rows: dict[int, Row] = {}
    for number, each in enumerate(counts, 1):
        whole = rows.get(id(each.inside))
        group = each.group or ""
        own = group if group in STATUS else "people"
        party = whole["party_id"] if whole else own
        row = _row(text, each, report_id) | {
            "event_id": f"{report_id}_{number:02}",
            "harm": each.harm,
            "party_id": party,
            "victim_group": "" if group == party else group,
            "cause": each.cause,
            "attributed_to": party_name(each.attributed),
            "source_original": names[each.cited],
            "date_start": each.first.isoformat() if each.first else "",
            "date_end": each.last.isoformat(),
            "date_basis": "stated" if each.stated else "inferred",
        }
        if whole:  # what is not said of a part is as it is said of its whole
            row["inside"] = whole["event_id"]
            for name in ("cause", "attributed_to", "source_original"):
                row[name] = row[name] or whole[name]
            if not row["date_start"] and row["date_end"] >= whole["date_end"]:
                row |= {name: whole[name] for name in ("date_start", "date_end")}
        rows[id(each)] = row
    return [*rows.values()]


def _row(text: Text, each: Statement, report_id: str) -> Row:
    """A number, where it stands, and its words with a few around them."""
    raw = text.raw
    start, stop = text.span(each.number.begin, each.number.end)
    before = " ".join(raw[:start].split("\n")[-1].split()[-4:])
    after = " ".join(raw[stop:].split("\n")[0].split()[:4])
    spaces = " " * raw[:start][-1:].isspace(), " " * raw[stop : stop + 1].isspace()
    return dict.fromkeys(COLUMNS, "") | {
        "words": f"{before}{spaces[0]}[{raw[start:stop]}]{spaces[1]}{after}",
        "count": each.number.count if each.number.values else "",
        "report_id": report_id,
        "paragraph": str(each.paragraph),
        "char_start": str(start),
        "char_end": str(stop),
    }


def _left_over(text: Text, each: Statement, report_id: str) -> Row:
    """The row of a number that counts no people, with the reason."""
    row = _row(text, each, report_id)
    event_id = f"{report_id}_at_{row['char_start']}"
    return row | {"event_id": event_id, "note": f"not coded: {each.reason}"}


def _full_names(cited: list[str], known: Lexicon) -> dict[str, str]:
    """Each name without its article; a short one in full where a longer one has all its words."""
    article, same = map(known.plain_pattern, ("article", "the_same"))
    pattern = re.compile(rf"(?i)^{article}\s*(?=\w)|\b{same}\b\s*")
    bare = {name: pattern.sub("", name).strip() for name in cited}

    def words(name: str) -> set[str]:
        return {word.removeprefix("ال") for word in name.casefold().split()}

    full = {}
    for cited_as, name in bare.items():
        longer = [each for each in bare.values() if name and words(name) < words(each)]
        full[cited_as] = max(longer, key=len, default=name)
    return full


def _propose_same(rows: Rows, known: Rows) -> None:
    """Propose ``same_as`` where a number recurs with its harm and group.

    Within a text the row that cites somebody is the one that others name; it takes from them what
    it lacks.
    """
    for at, row in enumerate(rows):
        earlier = [each for each in known if _alike(row, each)]
        if earlier:
            row["same_as"] = earlier[0]["event_id"]
            continue
        named = [each for each in rows if each is not row and _alike(row, each)]
        cited = [each for each in named if each["source_original"] and not each["same_as"]]
        before = [each for each in rows[:at] if _alike(row, each)][:1]
        same = [] if row["source_original"] else cited
        same = same or [each for each in before if not each["same_as"]]
        if same:
            row["same_as"] = same[0]["event_id"]
            for name in ("cause", "attributed_to", "source_original"):
                same[0][name] = same[0][name] or row[name]


def _numbers(row: Row) -> list[str]:
    """The numbers of a count, in a table as ``count`` or as ``low`` and ``high``."""
    ends = dict.fromkeys((row.get("low", ""), row.get("high", "")))
    return re.findall(r"\d+", row.get("count") or " ".join(ends))


def _alike(row: Row, other: Row) -> bool:
    """Whether two rows may tell of the same people: number, harm, group, and days that can meet."""
    names = ("harm", "party_id", "victim_group")
    if any((row.get(name) or "") != (other.get(name) or "") for name in names):
        return False
    first, second = row["date_start"], other.get("date_start")
    undated = not (first and second)
    meet = undated or (first <= other["date_end"] and second <= row["date_end"])
    return meet and _numbers(row) == _numbers(other)


def _questions(row: Row, rows: Rows) -> Iterator[str]:
    """What only a person can answer about a row, the first thing first."""
    count = row["count"]
    if row["same_as"]:
        yield f"Are these the people of {row['same_as']} again? Else empty same_as, and say more."
        return
    if count.startswith("about"):
        yield f"'{count}' bounds nothing: which count does it allow (30 to 50, at least 40)?"
    stock = " It may be a stock: how many there are on that day." * (row["harm"] in _STOCKS)
    yield f"Is {count} the source's total for these days (toll), or some of them (incident)?{stock}"
    if row["inside"]:
        yield f"Is it part of {row['inside']}? Else empty inside."
    elif row["victim_group"]:
        wholes = [
            whole["event_id"]
            for whole in rows
            if whole["harm"] == row["harm"] and not whole["victim_group"]
        ]
        yield f"Inside which: {', '.join(wholes[:3])}, or none?" if wholes else ""
    by = row["attributed_to"] and f"by {row['attributed_to']}"
    if how := " ".join(filter(None, [row["cause"], by])):
        yield f"Was it {how}? Else empty cause or attributed_to."
    if row["date_start"] and row["date_basis"] == "inferred":
        yield f"Is it of {row['date_start']} to {row['date_end']}? Its words do not state the days."
    if not row["date_start"]:
        yield "From which day? Left empty, it binds from below only."
    if not row["source_original"]:
        yield "Who counted? Left empty, the report itself."
