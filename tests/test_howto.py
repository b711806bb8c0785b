"""What the HOW-TOs say comes out: each row of their tables as a dataset, and its numbers."""

import re
from typing import NamedTuple

import pytest

import analysis
from analysis import LANGUAGES
from analysis.commands.new import KINDS, how_to
from analysis.data import codebook
from analysis.language.locales import locale_of

WEEK, TO_8_MAY = "2024-05-05 2024-05-06", "2024-05-05 2024-05-08"
MONDAY, REST = "2024-05-06", "2024-05-05"
JANUARY, FEBRUARY, BOTH = "2022-01-01 2022-01-31", "2022-02-01 2022-02-28", "2022-01-01 2022-02-28"
TO_3_JULY, TO_31_JULY = "2022-02-24 2022-07-03", "2022-02-24 2022-07-31"
FROM_4_JULY = "2022-07-04 2022-07-31"
PARTIES = {
    "everybody": {"status": "mixed"},
    "civilians": {"status": "civilian", "part_of": "everybody"},
    "fighters": {"status": "armed group", "part_of": "everybody"},
    "government": {"status": "armed forces"},
    "police": {"status": "armed forces", "part_of": "government"},
    "people": {"status": "unknown"},
}
COMMON = {"party_id": "civilians", "harm": "killed", "source_original": "a source"}
ROLE = {"subset_of": "all", "division": "role", "division_complete": "yes"}
SEX = {"subset_of": "all", "division": "sex", "division_complete": "yes"}
CHILDREN = {"victim_group": "children", "subset_of": "all"}
MAY_8, MAY_9, MAY_10 = "2024-05-08", "2024-05-09", "2024-05-10"


class Row(NamedTuple):
    """A row of ``events``; its name is its place, ``day`` that of its page, ``days`` its window."""

    count: str
    kind: str = "toll"
    days: str = MONDAY
    day: str = MAY_8
    tally: str = "all"
    more: dict | None = None


class Asked(NamedTuple):
    """A number that a HOW-TO states."""

    low: int
    high: int | None
    days: str = MONDAY
    tally: str = "all"
    as_of: str | None = None


def incident(count, **more):
    return Row(count, "incident", **more)


def names(column, other="1", **more):
    return {"more": {column: other}, **more}


TWO_MONTHS = [
    Row("69", days=JANUARY, day="2022-02-01"),
    Row("161", days=FEBRUARY, day="2022-03-01"),
]
JANUARY_69 = Row("69", days=JANUARY, day="2022-02-01")
LATE = {"days": "2022-01-20", "day": "2022-03-05"}
STATED = [  # in the order of the first tables, page after page: tallies, rows, what comes out
    ({}, [incident("9"), incident("4")], [Asked(13, None)]),
    ({}, [incident("9"), Row("at least 21", days=WEEK)], [Asked(21, None, WEEK)]),
    ({}, [Row("41", days=WEEK), Row("4")], [Asked(41, 41, WEEK), Asked(37, 37, REST)]),
    ({"part": CHILDREN}, [Row("9"), Row("3", tally="part")], [Asked(9, 9)]),
    (
        {
            "all": {"party_id": "everybody"},
            "part": {"party_id": "civilians", **ROLE},
            "other": {"party_id": "fighters", **ROLE},
        },
        [Row("258"), Row("142", tally="part")],
        [Asked(258, 258), Asked(116, 116, tally="other")],
    ),
    (
        {"other": {"source_original": "another"}},
        [Row("21"), Row("30", tally="other")],
        [Asked(21, 21), Asked(30, 30, tally="other")],
    ),
    (
        {},
        [Row("180"), Row("221", day=MAY_9), Row("258", day=MAY_10)],
        [Asked(258, 258), Asked(180, 180, as_of=MAY_8)],
    ),
    ({}, [Row("359"), Row("258", day=MAY_9)], [Asked(258, 258)]),
    (
        {},
        [
            incident("9"),
            incident("11", **names("same_as", day=MAY_9)),
            incident("10", **names("same_as", day=MAY_10)),
        ],
        [Asked(10, None)],
    ),
    ({}, [incident("9"), incident("9", **names("same_as", day=MAY_9))], [Asked(9, None)]),
    (
        {},
        [
            Row("150"),
            Row("11,300", day=MAY_9),
            Row("", "", "", MAY_10, "", {"supersedes": "2"}),
        ],
        [Asked(150, None), Asked(11300, 11300, as_of=MAY_9)],
    ),
    ({}, [Row("11,300"), Row("3,958", **names("supersedes", day=MAY_9))], [Asked(3958, 3958)]),
    ({}, [Row("139"), Row("more than 130", **names("counted_in", day=MAY_9))], [Asked(139, 139)]),
    ({}, [Row("14", more={"reading": "aside"}), Row("13")], [Asked(13, 13)]),
    (
        {"all": {"harm": "missing"}},
        [Row("9,000", "stock", MAY_8), Row("8,540", "stock", MAY_10, MAY_10)],
        [Asked(8540, 8540, MAY_10), Asked(9000, 9000, MAY_8)],
    ),
    (
        {},
        [Row("180"), Row("", "", "", tally="", more={"note": "about 5,000 injured"})],
        [Asked(180, 180)],
    ),
    (
        {"missing": {"harm": "missing"}},
        [
            Row("60"),
            Row("", "", "", tally="", more={"note": "dozens missing"}),
            Row("90", "stock", MAY_9, MAY_9, "missing"),
        ],
        [Asked(60, 60), Asked(90, 90, MAY_9, "missing")],
    ),
    (
        {"all": {"party_id": "everybody"}, "other": {"source_original": "another"}},
        [Row("258"), Row("43", tally="other")],
        [Asked(258, 258), Asked(43, 43, tally="other")],
    ),
    ({}, TWO_MONTHS, [Asked(230, 230, BOTH)]),
    (
        {},
        [*TWO_MONTHS, Row("240", days=BOTH, day="2023-01-01")],
        [Asked(240, 240, BOTH), Asked(69, 79, JANUARY)],
    ),
    (
        {},
        [*TWO_MONTHS, Row("229", days=BOTH, day="2023-01-01")],
        [Asked(229, 229, BOTH), Asked(0, 229, JANUARY)],
    ),
    ({}, [JANUARY_69, incident("3", **names("counted_in", **LATE))], [Asked(69, 69, JANUARY)]),
    ({}, [JANUARY_69, incident("3", **names("apart_from", **LATE))], [Asked(72, None, JANUARY)]),
    (
        {
            "torture": {"cause": "torture"},
            "government": {"attributed_to": "government"},
            "police": {"cause": "torture", "attributed_to": "police"},
        },
        [
            JANUARY_69,
            Row("10", days=JANUARY, day="2022-02-01", tally="torture"),
            Row("30", days=JANUARY, day="2022-02-01", tally="government"),
            Row("7", days=JANUARY, day="2022-02-01", tally="police"),
        ],
        [Asked(69, 69, JANUARY)],
    ),
    (
        {"part": CHILDREN},
        [
            JANUARY_69,
            Row("20", days=JANUARY, day="2022-02-01", tally="part"),
            Row("57", days=JANUARY, day="2022-03-01"),
            Row("18", days=JANUARY, day="2022-03-01", tally="part"),
        ],
        [Asked(57, 57, JANUARY), Asked(18, 18, JANUARY, "part")],
    ),
    (
        {},
        [
            Row("4,889", days=TO_3_JULY, day="2022-07-04"),
            Row("5,327", days=TO_31_JULY, day="2022-08-01"),
        ],
        [Asked(5327, 5327, TO_31_JULY), Asked(4889, 5327, TO_3_JULY), Asked(0, 438, FROM_4_JULY)],
    ),
    (
        {},
        [
            Row("4,889", days=TO_3_JULY, day="2022-07-04"),
            Row("4,850", days=TO_31_JULY, day="2022-08-01"),
        ],
        [Asked(4850, 4850, TO_31_JULY)],
    ),
    (
        {},
        [
            Row("4,889", days=TO_3_JULY, day="2022-07-04"),
            Row("5,327", days=TO_31_JULY, day="2022-08-01"),
            Row("5,100", days=TO_3_JULY, day="2023-08-01"),
        ],
        [Asked(5327, None, TO_31_JULY), Asked(5100, 5100, TO_3_JULY)],
    ),
    (
        {name: {"victim_group": name, **SEX} for name in ("men", "women", "unknown")},
        [
            Row(count, days=days, day=day, tally=tally)
            for days, day, told in (
                (WEEK, MAY_8, {"all": "100", "men": "40", "women": "30", "unknown": "30"}),
                (TO_8_MAY, MAY_9, {"all": "110", "men": "55", "women": "45", "unknown": "10"}),
            )
            for tally, count in told.items()
        ],
        [Asked(110, 110, TO_8_MAY), Asked(10, 10, TO_8_MAY, "unknown")],
    ),
]
SECOND = 22
"""Where a row of the table has a second dataset: a death beside those counted, not among them."""
OFFICES = [{"source_office": name} for name in ("desk", "desk", "agency")]
THREE_DAYS = dict(zip((MAY_8, MAY_9, MAY_10), OFFICES, strict=True))
PAGES = {"report": 6, "rising": 12, "monthly": 6, "running": 4}
"""How many rows the first table of each page has."""
ASKED = [  # kind, tallies, rows, reports, and answers
    (
        "incidents",
        {},
        [incident("9"), incident("9", day=MAY_9)],
        {},
        [("events", "2", {"same_as": "1"}), ("events", "2", {"apart_from": "1"})],
    ),
    (
        "late",
        {},
        [Row("69"), incident("1", day=MAY_9)],
        {},
        [("events", "2", {"counted_in": "1"}), ("events", "2", {"apart_from": "1"})],
    ),
    (
        "inside",
        {"part": {"cause": "torture"}},
        [Row("9"), Row("3", tally="part")],
        {},
        [("tallies", "part", {"subset_of": "all"}), ("tallies", "part", {"apart_from": "all"})],
    ),
    (
        "parties",
        {"other": {"party_id": "people"}},
        [Row("9"), Row("3", tally="other")],
        {},
        [
            ("parties", "civilians", {"part_of": "people"}),
            ("parties", "civilians", {"apart_from": "people"}),
        ],
    ),
    (
        "differ",
        {},
        [Row("93", day="a"), Row("115", day="b")],
        {"a": {"source_date": "2024-05-08T10:00"}, "b": {"source_date": MAY_8}},
        [
            ("reports", "b", {"source_date": "2024-05-08T15:00"}),
            ("events", "2", {"reading": "aside"}),
        ],
    ),
    (
        "repeats",
        {},
        [Row("100"), Row("120", day=MAY_9), Row("100", day=MAY_10)],
        THREE_DAYS,
        [("events", "3", {"same_as": "1"})],
    ),
    (
        "publishers",
        {"all": {"source_original": ""}},
        [Row("100"), Row("120", day=MAY_10)],
        THREE_DAYS,
        [("tallies", "all", {"source_original": "desk"})],
    ),
]
QUESTIONS = {
    "report": ["parties"],
    "rising": ["incidents", "differ", "repeats"],
    "monthly": ["late", "inside"],
    "running": ["publishers"],
}
"""What each page says that ``check`` asks, in the order of its second table."""


@pytest.fixture
def make(tmp_path, write_tables):
    """A function that makes a dataset of tallies and rows, and of cells that are changed."""

    def made(
        tallies: dict, rows: list[Row], reports: dict | None = None, change: tuple | None = None
    ) -> analysis.Dataset:
        reports = {row.day: {"source_date": row.day} for row in rows} | (reports or {})
        tables = {
            "reports": {name: {"source_date": name, **cells} for name, cells in reports.items()},
            "parties": PARTIES,
            "tallies": {name: COMMON | cells for name, cells in ({"all": {}} | tallies).items()},
            "events": {str(number): cells_of(row) for number, row in enumerate(rows, 1)},
        }
        if change:
            table, name, cells = change
            tables[table] = tables[table] | {name: tables[table][name] | cells}
        keyed = {
            table: [{codebook.key(table): name, **cells} for name, cells in found.items()]
            for table, found in tables.items()
        }
        return analysis.load(write_tables(tmp_path, keyed))

    return made


def cells_of(row: Row) -> dict[str, str]:
    """A row as it stands in ``events``."""
    return {
        "report_id": row.day,
        "tally_id": row.tally,
        "count_kind": row.kind,
        "count": row.count,
        "date_start": row.days[:10],
        "date_end": row.days[-10:],
        **(row.more or {}),
    }


def tables_of(language: str) -> list[list[list[str]]]:
    """The tables of the HOW-TOs, those of all pages together, their rows as cells without heads."""
    name = "HOW-TO.md" if language == "en" else f"HOW-TO.{language}.md"
    first, second = [], []
    for kind in KINDS:
        tables = re.findall(r"(?m)(?:^\|.*\n)+", how_to(kind, name))
        cells = [
            [re.split(r" *\| *", line)[1:-1] for line in table.splitlines()[2:]] for table in tables
        ]
        assert [len(rows) for rows in cells] == [PAGES[kind], len(QUESTIONS[kind])]
        first += cells[0]
        second += cells[1]
    return [first, second]


def numbers(text: str) -> list[str]:
    """The numbers of a text in any order, their thousands together."""
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[, \u00a0\u202f](?=\d{3}\b)", "", text)))


def columns_of(text: str) -> set[str]:
    """The columns and tables that a text names."""
    return {*re.findall("`[^`]+`", text)} - {"`incident`", "`toll`", "`stock`"}


def one_blank(text: str) -> str:
    """A text whose spaces that may not break are ordinary ones."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


@pytest.mark.parametrize("place", range(len(STATED)))
def test_each_row_comes_out_as_it_says(make, place):
    tallies, rows, stated = STATED[place]
    dataset = make(tallies, rows)
    for low, high, days, tally, as_of in stated:
        found = analysis.window_bounds(dataset, tally, days[:10], days[-10:], as_of=as_of)
        assert found == (low, high)
    for code in LANGUAGES:
        comes_out = one_blank(tables_of(code)[0][place - (place >= SECOND)][2])
        for each in stated:
            assert one_blank(locale_of(code).count(each.low, each.high)) in comes_out


@pytest.mark.parametrize("place", range(len(STATED)))
def test_each_row_codes_the_numbers_of_its_text(place):
    in_text = tables_of("en")[0][place - (place >= SECOND)][0].replace("the same", "69, 161")
    coded = {number for row in STATED[place][1] for number in numbers(row.count)}
    assert coded <= {*numbers(in_text)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_same_numbers_and_columns(code):
    english, own = ([row for each in tables_of(name) for row in each] for name in ("en", code))
    assert len(own) == len(STATED) - 1 + len(ASKED)
    for ours, theirs in zip(own, english, strict=True):
        for mine, other in zip(ours, theirs, strict=True):
            assert numbers(mine) == numbers(other)
            assert columns_of(mine) == columns_of(other)


@pytest.mark.parametrize("kind, tallies, rows, reports, answers", ASKED)
def test_each_question_is_answered_by_the_row_that_is_named(
    make, kind, tallies, rows, reports, answers
):
    assert kind in [*analysis.doubts(make(tallies, rows, reports))["kind"]]
    order = [each for page in KINDS for each in QUESTIONS[page]]
    named = tables_of("en")[1][order.index(kind)][1]
    for answer in answers:
        assert kind not in [*analysis.doubts(make(tallies, rows, reports, answer))["kind"]]
        assert all(f"`{column}`" in named for column in answer[2])
