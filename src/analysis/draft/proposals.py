"""The rows of ``draft.csv``: what the numbers of a text seem to say, and what a person is asked."""

import re
from collections.abc import Iterator

from analysis.draft.files import COLUMNS, Row, Rows
from analysis.draft.statement import Statement
from analysis.draft.words import Text, lexicon

STATUS = {"civilians": "civilian", "soldiers": "armed forces", "fighters": "armed group"}
"""Groups that are parties of their own; others are groups of the party ``people``."""


def rows_of(text: Text, language: str, statements: list[Statement], report_id: str) -> Rows:
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
            "cause": each.cause,
            "attributed_to": party_name(each.attributed),
            "source_original": names[each.cited],
            "date_start": each.first.isoformat() if each.first else "",
            "date_end": each.last.isoformat(),
            "date_basis": "stated" if each.stated else "inferred",
            "inside": whole["event_id"] if whole else "",
        }
        if whole:
            _fill_from_whole(row, whole)
        rows[id(each)] = row
    return [*rows.values()]


def _fill_from_whole(row: Row, whole: Row) -> None:
    """What is not said of a part is as it is said of its whole: "of these, 88 are children"."""
    for name in ("cause", "attributed_to", "source_original"):
        row[name] = row[name] or whole[name]
    if not row["date_start"] and row["date_end"] >= whole["date_end"]:
        row |= {name: whole[name] for name in ("date_start", "date_end")}


def party_name(said: str) -> str:
    """A name as the identifier of a party.

    >>> party_name("regime forces")
    'regime_forces'
    """
    return re.sub(r"\W+", "_", said.casefold()).strip("_")


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


def left_over(text: Text, each: Statement, report_id: str) -> Row:
    """The row of a number that counts no people, with the reason."""
    row = dict.fromkeys(COLUMNS, "") | _place(text, each, report_id)
    row |= {"note": f"not coded: {each.reason}", "event_id": f"{report_id}_at_{row['char_start']}"}
    return row | {"count": each.number.count if each.number.values else ""}


def _full_names(cited: list[str], language: str) -> dict[str, str]:
    """Each name without its article; a short one in full where a longer one has all its words."""
    article = lexicon(language).plain_pattern("article")
    same = lexicon(language).plain_pattern("the_same")
    bare = {name: re.sub(rf"(?i)^{article}\s*(?=\w)|\b{same}\b\s*", "", name) for name in cited}
    bare = {name: said.strip() for name, said in bare.items()}

    def words(name: str) -> set[str]:
        return {re.sub("^ال", "", word) for word in name.casefold().split()}

    full = {}
    for name, said in bare.items():
        longer = [each for each in bare.values() if words(said) < words(each) and said]
        full[name] = max(longer, key=len) if longer else said
    return full


def known_rows(tables: dict, drafted: Rows) -> Rows:
    """Statements that are there already, drafted or in the tables, as rows of a draft."""
    tallies = {row["tally_id"]: row for row in tables["tallies"][1]}
    events = [row | tallies.get(row.get("tally_id", ""), {}) for row in tables["events"][1]]
    for row in events:
        low, high = row.get("low", ""), row.get("high", "")
        row["count"] = row.get("count") or (low if low == high else f"{low} to {high}" * bool(high))
    return [row for row in [*events, *drafted] if row.get("harm") and row.get("count")]


def propose_same(rows: Rows, known: Rows) -> None:
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
            _say_again(row, cited[0])
        elif before and not before[0]["same_as"]:
            _say_again(row, before[0])


def _say_again(row: Row, first: Row) -> None:
    """Propose that a row tells of the people of another, which takes from it what it lacks."""
    row["same_as"] = first["event_id"]
    for name in ("cause", "attributed_to", "source_original"):
        first[name] = first[name] or row[name]


def _alike(row: Row, other: Row) -> bool:
    """Whether two rows may tell of the same people: number, harm, group, and days that can meet."""
    names = ("harm", "party_id", "victim_group")
    if any((row.get(name) or "") != (other.get(name) or "") for name in names):
        return False
    first, second = row["date_start"], other.get("date_start")
    undated = not (first and second)
    meet = undated or (first <= other["date_end"] and second <= row["date_end"])
    return meet and re.findall(r"\d+", row["count"]) == re.findall(r"\d+", other["count"])


def questions(row: Row, rows: Rows) -> Iterator[str]:
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
    by = row["attributed_to"] and f"by {row['attributed_to']}"
    if how := " ".join(filter(None, [row["cause"], by])):
        yield f"Was it {how}? Else empty cause or attributed_to."
    if row["date_start"] and row["date_basis"] == "inferred":
        yield f"Is it of {row['date_start']} to {row['date_end']}? Its words do not state the days."
    if not row["date_start"]:
        yield "From which day? Left empty, it binds from below only."
    if not row["source_original"]:
        yield "Who counted? Left empty, the report itself."


def _may_hold(whole: Row, part: Row) -> bool:
    return whole["harm"] == part["harm"] and not whole["victim_group"]
