"""What the four tables hold: every column, its type, its allowed values and its meaning.

A dataset is a folder of four UTF-8 CSV files, or a workbook with four sheets. This module defines
their columns once; the loader checks against it, ``data/README.md`` is written from it
(``python -m analysis codebook``) and so are the notes and drop-downs of a new workbook.
Names follow the UCDP Georeferenced Event Dataset where it has the same thing, and ACLED's
sub-event names where one fits.

Sources: Sundberg and Melander 2013 (UCDP GED, https://doi.org/10.1177/0022343313484347);
ACLED Codebook (https://acleddata.com/methodology/acled-codebook).
"""

from typing import Literal, NamedTuple

Kind = Literal["id", "text", "int", "date", "ids"]

BASIS = ("stated", "inferred")
STATUS = ("civilian", "armed forces", "armed group", "mixed", "unknown")
COUNT_KIND = ("incident", "toll")
COUNT_BASIS = ("stated", "derived")
READING = ("primary", "wide", "aside")

EVENT_TYPES = (
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Armed clash",
    "Attack",
    "Government regains territory",
    "Agreement",
    "Bombardment",
    "Offensive",
    "Evacuation",
    "Evacuation arrival",
    "Aim",
    "Background",
)
"""Event types in use: the first six are ACLED sub-events, the others are ours."""


class Column(NamedTuple):
    """One column: its name, kind of content, and what a cell may hold."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    refers_to: str = ""
    examples: tuple[str, ...] = ()


def _note() -> Column:
    return Column("note", "text", "Why it is coded so: reasons, doubts, what the text leaves open.")


TABLES: dict[str, tuple[Column, ...]] = {
    "reports": (
        Column("report_id", "id", "Name of the report, unique.", required=True),
        Column("source_office", "text", "Who published it; empty where the copy does not say."),
        Column("source_date", "date", "Day of publication.", required=True),
        Column(
            "source_date_basis", "text",
            "Whether the text states its date, or the coder inferred it.", allowed=BASIS,
        ),
        Column("language", "text", "Language of the text, as an ISO 639-1 code."),
        Column("title", "text", "What the report is about, in the coder's own words."),
        Column("url", "text", "Where it was read."),
        Column("text_sha256", "text", "SHA-256 of the text the positions point into."),
        _note(),
    ),
    "parties": (
        Column("party_id", "id", "Name of the party, unique.", required=True),
        Column("label_en", "text", "Name shown in English figures."),
        Column("label_ar", "text", "Name shown in Arabic figures."),
        Column("status", "text", "What kind of party it is.", allowed=STATUS),
        _note(),
    ),
    "tallies": (
        Column("tally_id", "id", "Name of the tally, unique.", required=True),
        Column(
            "source_original", "text",
            "Who counted; empty where the report cites nobody.", examples=("SOHR", "OCHA"),
        ),
        Column("party_id", "id", "The victims.", required=True, refers_to="parties"),
        Column(
            "victim_group", "text",
            "Part of the party that is counted; empty means all of it.",
            examples=("children", "women"),
        ),
        Column(
            "harm", "text", "What happened to them.", required=True,
            examples=("killed", "injured", "displaced", "evacuated"),
        ),
        Column(
            "cause", "text", "In what they were harmed, in the source's terms.",
            examples=("bombardment", "clashes"),
        ),
        Column("area", "text", "The territory that the count covers."),
        Column(
            "attributed_to", "ids",
            "Parties the source holds responsible for this count, `;` between; empty where the "
            "sentence names nobody.", refers_to="parties",
        ),
        Column(
            "subset_of", "id",
            "The tally that these people are part of. Tallies of one source that could share "
            "people must be nested this way: totals add those that are not.",
            refers_to="tallies",
        ),
        Column("label_en", "text", "Name shown in English figures."),
        Column("label_ar", "text", "Name shown in Arabic figures."),
        _note(),
    ),
    "events": (
        Column("event_id", "id", "Name of the statement, unique.", required=True),
        Column("report_id", "id", "The report that makes it.", required=True, refers_to="reports"),
        Column(
            "paragraph", "int",
            "Paragraph of the text, counted from 1, blank-line separated, the headline being 1.",
        ),
        Column(
            "char_start", "int",
            "Position of the first character of its words: code points of the decoded text, "
            "counted from 0.",
        ),
        Column("char_end", "int", "Position after the last character of its words."),
        Column(
            "event_type", "text",
            "What kind of event; an ACLED sub-event name where one fits.", examples=EVENT_TYPES,
        ),
        Column(
            "date_start", "date",
            "First day of the outermost window that the words allow; empty where they give none: "
            "the count then binds from below only.",
        ),
        Column(
            "date_end", "date",
            "Last day of that window, at the latest that of publication. A count needs one.",
        ),
        Column(
            "date_basis", "text",
            "stated where the sentence names the days (also by weekday), inferred where they "
            "follow from elsewhere.", allowed=BASIS,
        ),
        Column("where_description", "text", "The place, in the coder's words."),
        Column("adm_1", "text", "Governorate or other first-level unit."),
        Column(
            "side_a", "ids", "Who acts, as far as the sentence says so; `;` between.",
            refers_to="parties",
        ),
        Column(
            "side_b", "ids", "Whom they act against or with; `;` between.", refers_to="parties"
        ),
        Column("tally_id", "id", "What is counted; empty with no count.", refers_to="tallies"),
        Column(
            "count_kind", "text",
            "toll: the source's total for the tally over the window, low and high both bind. "
            "incident: some people of the tally, others may have been harmed in the window too, "
            "so only low binds.", allowed=COUNT_KIND,
        ),
        Column("low", "int", "Least number of persons that the words allow."),
        Column("high", "int", "Greatest number of persons; empty means at least `low`."),
        Column(
            "count_basis", "text",
            "derived: the number follows from two others by the report's own wording and is not "
            "itself in the text.", allowed=COUNT_BASIS,
        ),
        Column(
            "reading", "text",
            "Empty: belongs to every reading. Where a sentence can be read in two ways, primary "
            "is the narrow grammatical one and wide the loosest defensible one. aside: in no "
            "reading, because other statements of its source contradict it; it is shown with them.",
            allowed=READING,
        ),
        Column(
            "same_as", "id",
            "An earlier statement of the same thing: one count told twice, counted once, both "
            "windows and both counts holding.", refers_to="events",
        ),
        Column(
            "supersedes", "id",
            "The statement that this one corrects. From the day this one was published the older "
            "one, and whatever tells it again, is in no reading; it stays in the table.",
            refers_to="events",
        ),
        _note(),
    ),
}


def columns(table: str) -> list[str]:
    """Column names of a table, in the order of the file.

    >>> columns("parties")
    ['party_id', 'label_en', 'label_ar', 'status', 'note']
    """
    return [column.name for column in TABLES[table]]


def column(table: str, name: str) -> Column:
    """The column of a table that has a name."""
    return next(column for column in TABLES[table] if column.name == name)


def key(table: str) -> str:
    """Name of the column that identifies a row.

    >>> key("tallies")
    'tally_id'
    """
    return TABLES[table][0].name


def meaning(column: Column) -> str:
    """What a column holds, in plain words.

    >>> meaning(TABLES["parties"][0])
    'identifier. Name of the party, unique. Required.'
    """
    values = f"{_values(column)}. ".replace("`", "").lstrip(". ")
    need = " Required." if column.required else ""
    return f"{_KINDS[column.kind]}. {values}{column.meaning}{need}".replace(".csv", "")


def codebook_markdown() -> str:
    """The codebook for people: one Markdown table a CSV file."""
    return "\n".join(_table_markdown(table) for table in TABLES)


def _table_markdown(table: str) -> str:
    head = f"### `{table}.csv`\n\n| column | type | values | meaning |\n|---|---|---|---|\n"
    return head + "".join(_row_markdown(column) for column in TABLES[table])


_KINDS = {
    "id": "identifier", "text": "text", "int": "whole number", "date": "date, YYYY-MM-DD",
    "ids": "identifiers, `;` between",
}


def _values(column: Column) -> str:
    if column.examples:
        return "free; in use: " + ", ".join(column.examples)
    if column.refers_to:
        return f"a `{key(column.refers_to)}` of `{column.refers_to}.csv`"
    return ", ".join(column.allowed)


def _row_markdown(column: Column) -> str:
    need = " **Required.**" if column.required else ""
    kind, values = _KINDS[column.kind], _values(column)
    return f"| `{column.name}` | {kind} | {values} | {column.meaning}{need} |\n"
