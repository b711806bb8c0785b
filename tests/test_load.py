"""Loading: what is read, and what is said about everything that can be wrong with a dataset."""

import copy
import csv
import datetime
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis import DatasetError, casualty_bounds, load
from analysis.data import codebook
from analysis.data.cells import read_cells
from analysis.data.counts import in_words
from analysis.data.tables import read_pieces, read_table
from analysis.data.times import published_from_until

SAVE = "save it as CSV UTF-8 (comma delimited)"
EVENT_COLUMNS = (
    "event_id,report_id,paragraph,char_start,char_end,event_type,date_start,date_end,date_basis,"
    "where_description,adm_1,side_a,side_b,tally_id,count_kind,count,low,high,reading,"
    "same_as,supersedes,apart_from,counted_in,note"
)
COLUMNS = {
    "reports": "report_id,source_office,source_date,source_date_earliest,source_date_basis,"
    "language,title,url,text_sha256,note",
    "areas": "area_id,label_en,label_ar,label_fr,part_of,latitude,longitude,note",
    "parties": "party_id,label_en,label_ar,label_fr,inline_en,inline_ar,inline_fr,status,part_of,"
    "apart_from,note",
    "tallies": "tally_id,source_original,party_id,victim_group,harm,cause,area,attributed_to,"
    "subset_of,apart_from,division,division_complete,label_en,label_ar,label_fr,inline_en,"
    "inline_ar,inline_fr,note",
    "terms": "term,label_en,label_ar,label_fr,short_en,short_ar,short_fr,note",
    "events": EVENT_COLUMNS,
}
NEEDED = ("reports", "parties", "tallies", "events")
REQUIRED = {
    "reports": ["report_id", "source_date"],
    "areas": ["area_id"],
    "parties": ["party_id"],
    "tallies": ["tally_id", "party_id", "harm"],
    "terms": ["term"],
    "events": ["event_id", "report_id"],
}
OPTIONAL = {
    "areas": [
        {"area_id": "pocket", "part_of": "south", "latitude": "32.75", "longitude": "-36"},
        {"area_id": "south"},
    ],
    "terms": [{"term": "SOHR", "label_ar": "المرصد"}, {"term": "killed"}],
}
PLACE_OF_QUOTES = 'put one at each end of the cell, and inside it write "" for "'


def problems_of(folder) -> list[str]:
    """What the user sees; empty when nothing is wrong."""
    try:
        load(folder)
    except DatasetError as error:
        return [str(problem) for problem in error.problems]
    return []


def change(folder, table, old, new):
    """Replace the one place where a file says ``old``."""
    path = folder / f"{table}.csv"
    text = path.read_bytes().decode()
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode())


@pytest.fixture
def all_tables(tables):
    """The valid dataset with the tables that may be missing."""
    return tables | copy.deepcopy(OPTIONAL)


@pytest.fixture
def whole(tmp_path, all_tables, write_tables) -> Path:
    """A folder that holds all tables."""
    return write_tables(tmp_path, all_tables)


def drop_column(path, column):
    pd.read_csv(path, dtype=str).drop(columns=column).to_csv(path, index=False)


def assert_same(found, expected):
    for table in codebook.TABLES:
        pd.testing.assert_frame_equal(getattr(found, table), getattr(expected, table))


# What is read


def test_values_and_types_are_those_of_the_file(folder):
    events = load(folder).events
    assert [*events.columns] == EVENT_COLUMNS.split(",")
    assert [*events["event_id"]] == ["total", "monday", "raids", "raids_again"]
    assert [*events.index] == [0, 1, 2, 3]
    assert [*events["low"][:2]] == [41, 4]
    assert events["high"][0] == 45
    assert events["date_end"][0] == pd.Timestamp("2018-07-23")
    assert events["note"][2] == "ذكر المرصد"
    assert events["side_a"][2] == "government;russia"


def test_an_empty_cell_is_na_never_zero(folder):
    events = load(folder).events
    assert events["high"].isna().tolist() == [False, True, True, True]
    assert events["date_start"].isna().tolist() == [False, False, True, False]
    assert events["tally_id"].isna().tolist() == [False, False, True, True]
    assert events["reading"].isna().all()


DTYPES = {
    "int": "Int64",
    "date": "datetime64[us]",
    "id": "str",
    "ids": "str",
    "count": "str",
    "address": "str",
    "text": "str",
}
DTYPES |= {"time": "datetime64[us]", "number": "float64", "address": "str"}


@pytest.mark.parametrize("table", codebook.TABLES)
def test_types_do_not_depend_on_what_is_filled_in(whole, table):
    expected = {column.name: DTYPES[column.kind] for column in codebook.TABLES[table]}
    for frame in (getattr(load(whole), table), read_cells(table, pd.DataFrame())[0]):
        assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == expected


def test_rows_keep_their_order(tmp_path, tables, write_tables):
    tables["events"].reverse()
    found = load(write_tables(tmp_path, tables)).events["event_id"]
    assert [*found] == ["raids_again", "raids", "monday", "total"]


def test_large_numbers_are_not_rounded(folder):
    change(folder, "events", ",41,45,", ",9007199254740993,999999999999999,")
    assert problems_of(folder) == [
        "events.csv:2 low: '9007199254740993' is too large; write at most 15 digits"
    ]
    change(folder, "events", ",9007199254740993,", ",999999999999998,")
    assert load(folder).events["low"][0] == 999999999999998


def test_words_that_pandas_takes_for_empty_are_kept(folder):
    change(folder, "events", "ذكر المرصد", "NA")
    assert load(folder).events["note"][2] == "NA"


def test_loading_changes_no_file(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    load(folder)
    change(folder, "events", ",41,", ",forty,")
    problems_of(folder)
    before["events.csv"] = before["events.csv"].replace(b",41,", b",forty,")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_fingerprints_are_those_of_the_files(folder):
    expected = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}
    assert load(folder).sha256 == expected


def test_a_folder_may_be_given_as_text(folder):
    assert_same(load(str(folder)), load(folder))


def test_loading_csv_files_waits_for_no_library_that_draws_solves_or_reads_workbooks(folder):
    code = (
        "import sys; from analysis.data.dataset import load; load(sys.argv[1]); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True
    )
    assert not {"openpyxl", "scipy", "matplotlib", "babel"} & {*done.stdout.split()}


AS_MEANT = {
    "byte-order mark": lambda text: "\ufeff" + text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "line ends of old Macs": lambda text: text.replace("\n", "\r"),
    "blank last line of old Macs": lambda text: text.replace("\n", "\r") + "\r",
    "no line end at the end": lambda text: text.rstrip("\n"),
    "trailing empty line": lambda text: text + "\n",
    "trailing line of blanks": lambda text: text + "   \n",
    "trailing line of commas": lambda text: text + "," * text.split("\n")[0].count(",") + "\n",
    "blank lines between": lambda text: text.replace("\n", "\n\n"),
    "blank first line": lambda text: "\n" + text,
}


@pytest.mark.parametrize("spoil", AS_MEANT.values(), ids=AS_MEANT)
def test_harmless_changes_are_read_as_meant(whole, spoil):
    expected = load(whole)
    for path in whole.iterdir():
        path.write_bytes(spoil(path.read_bytes().decode()).encode())
    assert_same(load(whole), expected)


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"], ids=["Arabic-Indic", "Persian"])
def test_arabic_digits_are_read_in_numbers_and_dates(tmp_path, all_tables, write_tables, digits):
    expected = load(write_tables(tmp_path, all_tables))
    numbers = {
        column.name
        for table in codebook.TABLES.values()
        for column in table
        if column.kind in ("int", "date", "time", "number")
    }
    arabic = str.maketrans("0123456789", digits)
    for rows in all_tables.values():
        for row in rows:
            row.update({name: row[name].translate(arabic) for name in numbers & {*row}})
    assert all_tables["events"][0]["low"] == digits[4] + digits[1]
    assert_same(load(write_tables(tmp_path, all_tables)), expected)


def test_digits_in_text_stay_as_they_are(folder):
    change(folder, "events", "ذكر المرصد", "٤١ قتيلا")
    assert load(folder).events["note"][2] == "٤١ قتيلا"


def test_blanks_around_a_cell_do_not_count(folder):
    expected = load(folder)
    change(folder, "events", ",41,45,", ", 41,45 ,")
    change(folder, "events", "government;russia", "  government; russia ")
    found = load(folder)
    assert found.events["side_a"][2] == "government; russia"
    assert [*found.events["low"].dropna()] == [*expected.events["low"].dropna()]


# Files


@pytest.mark.parametrize("table", NEEDED)
def test_a_missing_file(folder, table):
    (folder / f"{table}.csv").unlink()
    assert problems_of(folder) == [
        f"{table}.csv: the file is missing; expected columns: {COLUMNS[table]}"
    ]


def test_a_missing_folder(tmp_path):
    assert problems_of(tmp_path / "elsewhere") == ["elsewhere: the folder does not exist"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \n,,\n"])
def test_an_empty_file(folder, content):
    (folder / "parties.csv").write_bytes(content)
    assert problems_of(folder) == [
        f"parties.csv:1: the file is empty; expected columns: {COLUMNS['parties']}"
    ]


@pytest.mark.parametrize("table", codebook.TABLES)
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["bare", "quoted"])
@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (
            ";",
            f"semicolons between cells; {SAVE}; if Excel writes semicolons again, "
            "save it from LibreOffice",
        ),
        ("\t", f"tabs between cells; {SAVE}"),
    ],
    ids=["semicolons", "tabs"],
)
def test_saved_with_another_separator(whole, all_tables, csv_text, table, quoting, sign, said):
    text = csv_text(table, all_tables[table], delimiter=sign, quoting=quoting)
    (whole / f"{table}.csv").write_text(text, encoding="utf-8")
    assert problems_of(whole) == [f"{table}.csv:1: looks as if saved with {said}"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("table", codebook.TABLES)
def test_saved_as_utf_16(whole, table, encoding):
    path = whole / f"{table}.csv"
    path.write_bytes(path.read_bytes().decode().encode(encoding))
    assert problems_of(whole) == [f"{table}.csv:1: looks like UTF-16; {SAVE}"]


def test_saved_as_windows_1256(folder):
    path = folder / "events.csv"
    path.write_bytes(path.read_bytes().decode().encode("cp1256"))
    assert problems_of(folder) == [
        f"events.csv:4: is not UTF-8; looks like Windows-1256 (Arabic); {SAVE}"
    ]


def test_saved_in_another_code_page(folder):
    change(folder, "parties", "russia,", "russia,Fédération")
    path = folder / "parties.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("مدنيون", "").encode("cp1252"))
    assert problems_of(folder) == [
        f"parties.csv:4: is not UTF-8; looks like a Windows or Mac code page; {SAVE}"
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_nul_byte(folder, end):
    change(folder, "events", "\nmonday", f"{end}{end}mon\0day")
    assert problems_of(folder) == [
        "events.csv:4: holds a NUL byte, the file is damaged; export it again"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ذكر", '"ذكر', 'events.csv:4: a quote (") is opened and never closed'),
        ('at most"', "at most", 'events.csv:2: a quote (") is opened and never closed'),
        (
            "at most",
            'at "most" so',
            'events.csv:2: a quote (") is opened or closed in the wrong place',
        ),
    ],
)
def test_quotes_that_do_not_match(folder, old, new, said):
    change(folder, "events", old, new)
    assert problems_of(folder) == [f"{said}; {PLACE_OF_QUOTES}"]


def test_an_unclosed_quote_in_a_long_file(folder):
    change(folder, "events", "ذكر", '"ذكر')
    path = folder / "events.csv"
    path.write_bytes(path.read_bytes() + b"more," * 50_000)
    assert problems_of(folder) == [
        f'events.csv:4: a quote (") is opened and never closed; {PLACE_OF_QUOTES}'
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "count"),
    [
        ("monday,daraa,,", "monday,daraa,", 3, 23),
        ("monday,daraa,,", "monday,daraa,,,", 3, 25),
        ("\nmonday", "\n\n\nmonday,", 5, 25),
        (",incident,,4", ',incident,,"1,000",1,000', 3, 26),
        ('"at least, at most"\nmonday', '"at least,\n\nat most"\nmonday,', 5, 25),
    ],
)
def test_a_row_with_too_few_or_too_many_cells(folder, old, new, line, count):
    change(folder, "events", old, new)
    assert problems_of(folder) == [
        f"events.csv:{line}: has {count} cells where the header has 24; "
        "is a comma missing, or one too many outside quotes?"
    ]


def test_a_row_that_cannot_be_read_makes_no_identifier_unknown(folder):
    change(folder, "tallies", "\nall,", "\nall")
    assert problems_of(folder) == [
        "tallies.csv:2: has 18 cells where the header has 19; "
        "is a comma missing, or one too many outside quotes?"
    ]


def test_an_empty_name_while_another_row_names_an_unknown_one(tables, problems):
    tables["parties"][3]["party_id"], tables["tallies"][1]["party_id"] = "", "nobody"
    assert problems(tables) == [
        f"parties.csv:5 party_id: {EMPTY}",
        f"tallies.csv:3 party_id: {unknown('parties', 'nobody')}",
    ]


# Columns


@pytest.mark.parametrize(
    ("table", "column"), [(table, name) for table, names in REQUIRED.items() for name in names]
)
def test_a_missing_column_is_the_only_problem(whole, table, column):
    drop_column(whole / f"{table}.csv", column)
    assert problems_of(whole) == [
        f"{table}.csv:1 {column}: the column is missing; expected: {COLUMNS[table]}"
    ]


def test_columns_that_are_required():
    found = {
        table: [each.name for each in columns if each.required]
        for table, columns in codebook.TABLES.items()
    }
    assert found == REQUIRED
    assert (*OPTIONAL,) == codebook.OPTIONAL


def test_required_columns_are_enough(whole):
    for table, names in REQUIRED.items():
        path = whole / f"{table}.csv"
        pd.read_csv(path, dtype=str)[names].to_csv(path, index=False)
    found = load(whole)
    for table, names in REQUIRED.items():
        frame = getattr(found, table)
        assert [*frame.columns] == COLUMNS[table].split(",")
        assert frame[names].notna().all(axis=None)
        assert len(frame) and frame.drop(columns=names).isna().all(axis=None)


def test_a_table_of_two_columns_saved_with_semicolons(whole):
    (whole / "reports.csv").write_text("report_id;source_date\ndaraa;2018-07-24\n")
    said = f"semicolons between cells; {SAVE}; if Excel writes semicolons again, "
    said += "save it from LibreOffice"
    assert problems_of(whole) == [f"reports.csv:1: looks as if saved with {said}"]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("note,casualties", " casualties: unknown column"),
        ("note,", " (25): unknown column"),
        ("note,low", " low: the column is there twice"),
    ],
)
def test_a_column_too_many(folder, header, said):
    lines = (folder / "events.csv").read_text(encoding="utf-8").splitlines()
    spoilt = [lines[0].replace("note", header), *(f"{line}," for line in lines[1:])]
    (folder / "events.csv").write_text("\n".join(spoilt), encoding="utf-8")
    assert problems_of(folder) == [f"events.csv:1{said}; expected: {EVENT_COLUMNS}"]


def test_a_renamed_column_is_both_missing_and_unknown(folder):
    change(folder, "events", ",report_id,", ",Report_id,")
    assert problems_of(folder) == [
        f"events.csv:1 Report_id: unknown column; expected: {EVENT_COLUMNS}",
        f"events.csv:1 report_id: the column is missing; expected: {EVENT_COLUMNS}",
    ]


# Cells


NOT_WHOLE = "is not a whole number; write digits"
NEGATIVE = "is negative; a number here is zero or more"
NO_DATE = "is not a date; write YYYY-MM-DD, such as 2018-07-24"
NO_TIME = f"{NO_DATE}, or 2018-07-24T14:00"
NO_COUNT = (
    "is no count; write it as 41, 30 to 40, at least 43, more than 60 or up to 12, or put the "
    "words into note and empty count, count_kind and tally_id"
)
LOOKS, DAY = "looks like", "write the Gregorian day"
SOLAR = (
    "calendar, whose year 1397 is 2018 to 2019 or the Hijri calendar, whose year 1397 is 1976 to "
    "1977"
)
FAR, CONTROL = "is not from 1800 to 2199; did you mean", "holds a control character"
NO_ADDRESS = "is no web address; copy it from the browser, or write it without http"
NO_DAY = "is no day of the calendar; correct day or month"
EMPTY = "is empty; write one, every row needs it"
BLANK = "holds a blank or ';'; write identifiers without, such as daraa_civilians"
BETWEEN = ", ';' between several"
REPEATED = "stands on an earlier line already; give each row a name of its own"
BOTH = "is not; write both, or neither"


def unknown(table, *names):
    said = " and ".join(map(repr, names))
    return f"{said} is not in {table}.csv; write a {codebook.key(table)} that stands there"


WRONG_CELLS = [
    # days of other calendars
    *[
        ("events", 2, {"date_start": text}, f"date_start: '{text}' {said}")
        for text, said in (
            ("1439-11-10", f"{LOOKS} the Hijri calendar, whose year 1439 is 2017 to 2018; {DAY}"),
            ("1397-02-31", f"{LOOKS} the solar Hijri {SOLAR}; {DAY}"),
            ("10/11/1439", f"{LOOKS} the Hijri calendar, whose year 1439 is 2017 to 2018; {DAY}"),
            (
                "10 ذو القعدة 1439",
                f"{LOOKS} the Hijri calendar, whose year 1439 is 2017 to 2018; {DAY}",
            ),
        )
    ],
    (
        "reports",
        2,
        {"source_date": "1397-05-02T14:00"},
        f"source_date: '1397-05-02T14:00' {LOOKS} the solar Hijri {SOLAR}; {DAY}",
    ),
    # counts
    *[
        ("events", 2, {"low": text}, f"low: '{text}' {NOT_WHOLE}")
        for text in ("forty", "4.0", "1e3", "1,000", "+4", "4-5", "²", "41?", "NaN")
    ],
    ("events", 2, {"high": "4.0"}, f"high: '4.0' {NOT_WHOLE}"),
    ("events", 2, {"paragraph": "five"}, f"paragraph: 'five' {NOT_WHOLE}"),
    ("events", 2, {"char_start": "58 9"}, f"char_start: '58 9' {NOT_WHOLE}"),
    ("events", 2, {"char_end": "end"}, f"char_end: 'end' {NOT_WHOLE}"),
    (
        "events",
        2,
        {"low": "about forty or fifty people"},
        f"low: 'about forty or fifty people' {NOT_WHOLE}",
    ),
    ("events", 3, {"low": "-4"}, f"low: '-4' {NEGATIVE}"),
    ("events", 2, {"high": "−45"}, f"high: '−45' {NEGATIVE}"),  # the sign of word processors
    ("events", 2, {"low": "46"}, "low: low 46 is above high 45; low is the least the words allow"),
    ("events", 2, {"low": ""}, "high: high 45 without low; write 0 in low for 'at most 45'"),
    ("events", 2, {"high": "1" * 16}, f"high: '{'1' * 16}' is too large; write at most 15 digits"),
    # positions
    (
        "events",
        2,
        {"paragraph": "0"},
        "paragraph: paragraphs are counted from 1, the headline; write 1 or more",
    ),
    (
        "events",
        2,
        {"char_end": "589"},
        "char_end: char_end 589 is not after char_start 589; write the position after the last "
        "character",
    ),
    ("events", 2, {"char_end": ""}, f"char_end: is empty but char_start {BOTH}"),
    ("events", 2, {"char_start": ""}, f"char_start: is empty but char_end {BOTH}"),
    # dates
    ("events", 2, {"date_start": "24/07/2018"}, f"date_start: '24/07/2018' {NO_DATE}"),
    ("events", 2, {"date_end": "2018-7-24"}, f"date_end: '2018-7-24' {NO_DATE}"),
    ("events", 2, {"date_end": "20180724"}, f"date_end: '20180724' {NO_DATE}"),
    ("events", 2, {"date_end": "2018-07-24 00:00"}, f"date_end: '2018-07-24 00:00' {NO_DATE}"),
    ("events", 2, {"date_end": "Tuesday"}, f"date_end: 'Tuesday' {NO_DATE}"),
    ("events", 2, {"date_start": "2018-02-30"}, f"date_start: '2018-02-30' {NO_DAY}"),
    ("events", 2, {"date_start": "2018-13-01"}, f"date_start: '2018-13-01' {NO_DAY}"),
    ("events", 2, {"date_start": "0000-01-01"}, f"date_start: '0000-01-01' {FAR} 2000-01-01?"),
    ("events", 2, {"date_start": "0018-07-24"}, f"date_start: '0018-07-24' {FAR} 2018-07-24?"),
    ("events", 2, {"date_start": "1083-07-24"}, f"date_start: '1083-07-24' {FAR} 1983-07-24?"),
    ("reports", 2, {"source_date": "0000-01-01"}, f"source_date: '0000-01-01' {FAR} 2000-01-01?"),
    ("reports", 2, {"source_date": "-001-01-01"}, f"source_date: '-001-01-01' {NO_TIME}"),
    ("reports", 2, {"url": "http://[bad"}, f"url: 'http://[bad' {NO_ADDRESS}"),
    ("reports", 2, {"url": "https://host:port/"}, f"url: 'https://host:port/' {NO_ADDRESS}"),
    ("reports", 2, {"url": "https://a b.org"}, f"url: 'https://a b.org' {NO_ADDRESS}"),
    ("parties", 2, {"label_ar": "a\x07b"}, f"label_ar: 'a\\x07b' {CONTROL} (U+0007); delete it"),
    ("parties", 2, {"label_ar": "a\nb"}, f"label_ar: 'a\\nb' {CONTROL} (U+000A); delete it"),
    ("events", 2, {"note": "a\x1bb"}, f"note: 'a\\x1bb' {CONTROL} (U+001B); delete it"),
    ("events", 2, {"event_id": "a\x7fb"}, f"event_id: 'a\\x7fb' {CONTROL} (U+007F); delete it"),
    ("reports", 2, {"source_date": "24 July 2018"}, f"source_date: '24 July 2018' {NO_TIME}"),
    ("reports", 2, {"source_date": "2018-02-29"}, f"source_date: '2018-02-29' {NO_DAY}"),
    ("reports", 2, {"source_date": ""}, f"source_date: {EMPTY}"),
    (
        "events",
        3,
        {"date_end": "2018-07-22"},
        "date_end: 2018-07-22 is before date_start 2018-07-23; correct one of them",
    ),
    (
        "events",
        3,
        {"date_end": "2018-07-25"},
        "date_end: 2018-07-25 is after its report was published, on 2018-07-24; correct this day, "
        "or source_date in reports.csv",
    ),
    (
        "events",
        5,
        {"date_end": ""},
        "date_end: is empty but date_start is not; write both, the day of publication at least",
    ),
    (
        "events",
        3,
        {"date_start": "", "date_end": ""},
        "date_end: a count without a window; write in date_start and date_end the outermost days "
        "the words allow, at least date_end: the day of publication, if they give none",
    ),
    # identifiers that no row has
    ("tallies", 2, {"party_id": "militia"}, "party_id: " + unknown("parties", "militia")),
    (
        "tallies",
        2,
        {"attributed_to": "militia"},
        "attributed_to: " + unknown("parties", "militia") + BETWEEN,
    ),
    (
        "tallies",
        4,
        {"subset_of": "all; everyone"},
        "subset_of: " + unknown("tallies", "everyone") + BETWEEN,
    ),
    ("events", 4, {"report_id": "idlib"}, "report_id: " + unknown("reports", "idlib")),
    (
        "events",
        4,
        {"side_a": "government;militia"},
        "side_a: " + unknown("parties", "militia") + BETWEEN,
    ),
    (
        "events",
        4,
        {"side_a": "rebels; russia ;militia"},
        "side_a: " + unknown("parties", "rebels", "militia") + BETWEEN,
    ),
    (
        "events",
        4,
        {"side_a": "government, russia"},
        "side_a: " + unknown("parties", "government, russia") + BETWEEN,
    ),
    ("events", 4, {"side_a": "russia;"}, "side_a: " + unknown("parties", "") + BETWEEN),
    (
        "events",
        4,
        {"side_b": "Russia"},
        "side_b: " + unknown("parties", "Russia") + BETWEEN + "; did you mean 'russia'?",
    ),
    (
        "events",
        3,
        {"tally_id": "аll"},  # its first letter is Cyrillic
        "tally_id: "
        + unknown("tallies", "аll")
        + "; did you mean 'all'? (it is written '\\u0430ll')",
    ),
    ("events", 3, {"tally_id": "everyone"}, "tally_id: " + unknown("tallies", "everyone")),
    ("events", 5, {"same_as": "raid"}, "same_as: " + unknown("events", "raid")),
    # identifiers
    ("reports", 3, {"report_id": ""}, f"report_id: {EMPTY}"),
    ("parties", 5, {"party_id": ""}, f"party_id: {EMPTY}"),
    ("tallies", 4, {"tally_id": ""}, f"tally_id: {EMPTY}"),
    ("tallies", 4, {"party_id": ""}, f"party_id: {EMPTY}"),
    ("tallies", 4, {"harm": ""}, f"harm: {EMPTY}"),
    ("events", 3, {"event_id": ""}, f"event_id: {EMPTY}"),
    ("events", 3, {"report_id": ""}, f"report_id: {EMPTY}"),
    ("events", 3, {"event_id": "on monday"}, f"event_id: 'on monday' {BLANK}"),
    ("events", 3, {"event_id": "a;b"}, f"event_id: 'a;b' {BLANK}"),
    ("events", 3, {"tally_id": "a b"}, f"tally_id: 'a b' {BLANK}"),
    ("parties", 5, {"party_id": "civilians"}, f"party_id: 'civilians' {REPEATED}"),
    ("reports", 3, {"report_id": "daraa"}, f"report_id: 'daraa' {REPEATED}"),
    ("tallies", 4, {"tally_id": "children"}, f"tally_id: 'children' {REPEATED}"),
    ("events", 3, {"event_id": "total"}, f"event_id: 'total' {REPEATED}"),
    # allowed values
    (
        "parties",
        2,
        {"status": "soldiers"},
        "status: 'soldiers' is not a value of this column; write civilian, armed forces, "
        "armed group, mixed or unknown",
    ),
    (
        "reports",
        2,
        {"source_date_basis": "guessed"},
        "source_date_basis: 'guessed' is not a value of this column; write stated or inferred",
    ),
    (
        "events",
        2,
        {"date_basis": "derived"},
        "date_basis: 'derived' is not a value of this column; write stated or inferred",
    ),
    (
        "events",
        2,
        {"count_kind": "Toll"},
        "count_kind: 'Toll' is not a value of this column; write incident, toll or stock",
    ),
    (
        "events",
        2,
        {"reading": "{value}"},
        "reading: '{value}' is not a value of this column; write primary, wide or aside",
    ),
    # counts, tallies and kinds
    (
        "events",
        3,
        {"tally_id": ""},
        "tally_id: a count without a tally; say in tally_id what is counted",
    ),
    (
        "events",
        3,
        {"count_kind": ""},
        "count_kind: a count without a kind; write toll, incident or stock",
    ),
    (
        "events",
        3,
        {"low": ""},
        "count: tally 'all' without a count; write count, or leave tally_id empty",
    ),
    (
        "events",
        3,
        {"low": "", "tally_id": ""},
        "count: 'incident' without a count; write count, or leave count_kind empty",
    ),
    ("events", 3, {"low": "", "count": "about 40"}, f"count: 'about 40' {NO_COUNT}"),
    (
        "events",
        2,
        {"count": "at least 41"},
        "count: 'at least 41' is not what the row says besides, low 41 and high 45; "
        "write one of them",
    ),
    # two tellings of one thing
    (
        "events",
        3,
        {"same_as": "total"},
        "same_as: 'total' has another count_kind; statements of the same count share one",
    ),
]


@pytest.mark.parametrize(
    ("table", "line", "cells", "said"),
    WRONG_CELLS,
    ids=[f"{table} {cells}" for table, _, cells, _ in WRONG_CELLS],
)
def test_a_wrong_cell_is_the_only_problem(tmp_path, tables, write_tables, table, line, cells, said):
    tables[table][line - 2] |= cells
    assert problems_of(write_tables(tmp_path, tables)) == [f"{table}.csv:{line} {said}"]


CIRCLES = [
    ({"all": "all"}, 2, "all → all"),
    ({"all": "children"}, 2, "all → children → all"),
    ({"all": "women", "women": "children"}, 2, "all → women → children → all"),
    ({"women": "women"}, 4, "women → women"),
]


@pytest.mark.parametrize(("links", "line", "way"), CIRCLES, ids=[way for *_, way in CIRCLES])
def test_subset_of_in_a_circle(tmp_path, tables, write_tables, links, line, way):
    for row in tables["tallies"]:
        row["subset_of"] = links.get(row["tally_id"], row.get("subset_of", ""))
    assert problems_of(write_tables(tmp_path, tables)) == [
        f"tallies.csv:{line} subset_of: {way} leads back to itself; "
        "leave subset_of empty in one of these rows"
    ]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_same_as_in_a_circle(tmp_path, tables, write_tables, length):
    names = ["one", "two", "three"][:length]
    tables["events"] += [
        {"event_id": name, "report_id": "daraa", "same_as": following}
        for name, following in zip(names, [*names[1:], "one"], strict=True)
    ]
    assert problems_of(write_tables(tmp_path, tables)) == [
        f"events.csv:6 same_as: {' → '.join([*names, 'one'])} leads back to itself; "
        "leave same_as empty in one of these rows"
    ]


def test_a_long_chain_is_no_circle(tmp_path, tables, write_tables):
    chain = [{"event_id": "e0", "report_id": "daraa"}]
    chain += [
        {"event_id": f"e{number}", "report_id": "daraa", "same_as": f"e{number - 1}"}
        for number in range(1, 3000)
    ]
    tables["events"] = chain
    assert problems_of(write_tables(tmp_path, tables)) == []


@pytest.fixture
def problems(tmp_path, write_tables):
    """A function that writes tables and gives their problems."""
    return lambda tables: problems_of(write_tables(tmp_path, tables))


def test_a_circle_through_one_of_several(tables, problems):
    tables["tallies"][0]["subset_of"] = "women; children"
    tables["tallies"][1]["subset_of"] = ""
    assert problems(tables) == [
        "tallies.csv:2 subset_of: all → women → all leads back to itself; "
        "leave subset_of empty in one of these rows"
    ]


def test_a_part_of_two_wholes_is_no_circle(tables, problems):
    tables["tallies"].append(tables["tallies"][0] | {"tally_id": "girls"})
    tables["tallies"][3]["subset_of"] = "women; children"
    assert problems(tables) == []


def test_parties_in_a_circle(tables, problems):
    tables["parties"][1]["part_of"], tables["parties"][2]["part_of"] = "russia", "government"
    assert problems(tables) == [
        "parties.csv:3 part_of: government → russia → government leads back to itself; "
        "leave part_of empty in one of these rows"
    ]


@pytest.mark.parametrize("table", ["parties", "tallies", "events"])
def test_apart_from_holds_both_ways_and_never_of_itself(tables, problems, table):
    key = codebook.key(table)
    one, other = tables[table][:2]
    one["apart_from"], other["apart_from"] = other[key], one[key]
    assert problems(tables) == []
    one["apart_from"] = f"{other[key]}; {one[key]}"
    assert problems(tables) == [
        f"{table}.csv:2 apart_from: {one[key]} → {one[key]} leads back to itself; "
        "leave apart_from empty in one of these rows"
    ]


# Columns that are gone


def with_column(folder, name, cells):
    """Add a column to the events of a folder."""
    path = folder / "events.csv"
    events = pd.read_csv(path, dtype=str, keep_default_na=False)
    events.assign(**{name: cells}).to_csv(path, index=False)


def test_a_column_that_is_gone_is_not_read(folder):
    expected = load(folder)
    with_column(folder, "count_basis", ["stated", "derived", "", ""])
    found = load(folder)
    assert_same(found, expected)
    assert found.hidden == ("events.csv: count_basis is not read any more; leave the column out",)


def test_updates_is_read_as_same_as(folder):
    with_column(folder, "updates", ["", "total", "", "monday"])
    found = load(folder)
    assert found.events["same_as"].fillna("").tolist() == ["", "total", "", "raids"]
    assert found.hidden == (
        "events.csv: updates is read as same_as where that is empty; move it there",
    )
    with_column(folder, "updates", ["", "nobody", "", ""])
    assert problems_of(folder) == [f"events.csv:3 updates: {unknown('events', 'nobody')}"]
    with_column(folder, "updates", "")
    assert load(folder).hidden == ()


# Counts as they are written


def test_counts_in_words(tables, write_tables, tmp_path):
    expected = load(write_tables(tmp_path, tables)).events
    assert expected["count"].fillna("").tolist() == ["41 to 45", "at least 4", "", ""]
    for row, count in zip(tables["events"], ["من ٤١ إلى ٤٥", "more than 3"], strict=False):
        row |= {"count": count, "low": "", "high": ""}
    found = load(write_tables(tmp_path, tables)).events
    assert found["count"].fillna("").tolist() == ["من ٤١ إلى ٤٥", "more than 3", "", ""]
    pd.testing.assert_frame_equal(found.drop(columns="count"), expected.drop(columns="count"))


def test_a_count_and_numbers_that_say_the_same(tables, write_tables, tmp_path):
    tables["events"][0]["count"], tables["events"][1]["count"] = "41–45", "4+"
    found = load(write_tables(tmp_path, tables)).events
    assert found["count"].fillna("").tolist() == ["41–45", "4+", "", ""]
    assert found["low"].dropna().tolist() == [41, 4]


def test_what_is_no_count_is_said_once(tables, problems):
    tables["events"][0] |= {"count": "dozens", "low": "41"}
    tables["events"][1] |= {"low": "forty", "count": "4"}
    assert problems(tables) == [
        f"events.csv:2 count: 'dozens' {NO_COUNT}",
        f"events.csv:3 low: 'forty' {NOT_WHOLE}",
    ]


def test_a_stock_is_a_count_of_its_last_day(tables, problems):
    tables["events"][1] |= {"count_kind": "stock", "date_start": ""}
    assert problems(tables) == []
    tables["events"][1]["date_end"] = ""
    assert [each.split(":")[1:2] for each in problems(tables)] == [["3 date_end"]]


def test_optional_tables_that_are_missing_have_no_rows(folder):
    found = load(folder)
    assert {*found.sha256} == {f"{table}.csv" for table in NEEDED}
    for table in OPTIONAL:
        frame = getattr(found, table)
        assert (len(frame), [*frame.columns]) == (0, COLUMNS[table].split(","))


def test_optional_tables_that_are_there_are_read(whole):
    found = load(whole)
    assert {*found.sha256} == {f"{table}.csv" for table in COLUMNS}
    assert [*found.areas["area_id"]] == ["pocket", "south"]
    assert found.areas["part_of"][0] == "south"
    assert found.areas.loc[0, ["latitude", "longitude"]].tolist() == [32.75, -36]
    assert found.areas.loc[1, ["part_of", "latitude", "longitude"]].isna().all()
    assert [*found.terms["term"]] == ["SOHR", "killed"]
    assert found.terms["label_ar"][0] == "المرصد"


@pytest.mark.parametrize("table", OPTIONAL)
def test_an_optional_table_that_is_there_is_checked(whole, table):
    (whole / f"{table}.csv").write_bytes(b"")
    assert problems_of(whole) == [
        f"{table}.csv:1: the file is empty; expected columns: {COLUMNS[table]}"
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2018-07-24T14:00", "2018-07-24 14:00"),
        ("٢٠١٨-٠٧-٢٤T١٤:٠٠", "2018-07-24 14:00"),
        ("2018-07-24T00:01", "2018-07-24 00:01"),
        ("2018-07-24", "2018-07-24"),
    ],
)
def test_an_hour_of_publication(tmp_path, tables, write_tables, written, read):
    tables["reports"][0]["source_date"] = written
    found = load(write_tables(tmp_path, tables)).reports["source_date"]
    assert [*found] == [pd.Timestamp(read), pd.Timestamp("2018-07-25")]


MIDNIGHT = "is midnight, between two days; write T00:01, or the day alone"
WRONG_TIMES = [
    ("2018-07-24T00:00", MIDNIGHT),
    ("2018-07-24T25:00", NO_DAY),
    ("2018-07-32T14:00", NO_DAY),
    ("2018-07-24 20:30", "is not written as a time; write 2018-07-24T20:30"),
    ("2018-07-24T9:30", "is not written as a time; write 2018-07-24T09:30"),
    ("2018-07-24T14:00:00", "is not written as a time; write 2018-07-24T14:00"),
    ("2018-07-24 9:30+03:00", "is not written as a time; write 2018-07-24T09:30+03:00"),
    ("2018-07-24T14", NO_TIME),
    ("2018-07-24T14:00+3", NO_TIME),
    ("2018-07-24T14:00+15:00", NO_TIME),
    ("0001-01-01T00:01+14:00", f"{FAR} 2001-01-01T00:01+14:00?"),
    ("9999-12-31T23:59-14:00", f"{FAR} 1999-12-31T23:59-14:00?"),
    ("2018-07-24T00:00+03:00", MIDNIGHT),
]


@pytest.mark.parametrize("column", ["source_date", "source_date_earliest"])
@pytest.mark.parametrize(("written", "said"), WRONG_TIMES)
def test_an_hour_that_is_none(tables, problems, column, written, said):
    tables["reports"][1][column] = written
    assert problems(tables) == [f"reports.csv:3 {column}: '{written}' {said}"]


OFFSET = "has an hour without its offset from UTC (such as +03:00), and others have one; "
OFFSET += "write it at every hour, or at none"


def test_hours_with_an_offset_are_put_on_one_clock(tables, write_tables, tmp_path):
    days = ("2018-07-25T00:30+03:00", "2018-07-24T22:00Z", "٢٠١٨-٠٧-٢٥T٠١:٣٠+٠٣:٠٠", "2018-07-24")
    tables["reports"] += [{"report_id": "a"}, {"report_id": "b"}]
    for row, day in zip(tables["reports"], days, strict=True):
        row["source_date"] = day
    tables["events"][3] |= {"date_start": "2018-07-25", "date_end": "2018-07-25"}
    reports = load(write_tables(tmp_path, tables)).reports
    shown = ["2018-07-25 00:30", "2018-07-24 22:00", "2018-07-25 01:30", "2018-07-24 00:00"]
    assert [f"{day:%Y-%m-%d %H:%M}" for day in reports["source_date"]] == shown
    assert reports["source_date_offset"].fillna(-1).tolist() == [180, 0, 180, -1]
    times = published_from_until(reports)
    assert [f"{time:%d %H:%M}" for time in times["earliest"]] == [
        "25 00:30",
        "25 01:00",
        "25 01:30",
        "24 00:00",
    ]
    assert f"{times['latest'][3]:%d %H:%M}" == "25 03:00"  # where the day ends last


def test_an_offset_in_some_hours_only(tables, problems):
    tables["reports"][0] |= {"source_date": "2018-07-24T14:00+03:00"}
    tables["reports"][0] |= {"source_date_earliest": "2018-07-24T10:00"}
    tables["reports"].append({"report_id": "a", "source_date": "2018-07-24T14:00"})
    assert problems(tables) == [
        f"reports.csv:2 source_date_earliest: {OFFSET}",
        f"reports.csv:4 source_date: {OFFSET}",
    ]


def test_the_earliest_is_compared_by_offset(tables, problems):
    tables["reports"][0] |= {"source_date": "2018-07-24T14:00+03:00"}
    tables["reports"][0] |= {"source_date_earliest": "2018-07-24T11:00Z"}
    assert problems(tables) == []
    tables["reports"][0] |= {"source_date_earliest": "2018-07-24T11:01Z"}
    assert problems(tables) == [f"reports.csv:2 source_date_earliest: {EARLIEST}"]


def test_a_statement_has_days_without_hours(tables, problems):
    tables["events"][0]["date_end"] = "2018-07-23T14:00"
    assert problems(tables) == [f"events.csv:2 date_end: '2018-07-23T14:00' {NO_DATE}"]


def test_a_window_that_ends_on_the_day_of_an_hour(tables, problems):
    tables["reports"][0]["source_date"] = "2018-07-23T09:00"
    said = "date_end: 2018-07-24 is after its report was published, on 2018-07-23; "
    said += "correct this day, or source_date in reports.csv"
    assert problems(tables) == [f"events.csv:5 {said}"]  # and not lines 2 and 3, of the 23rd


EARLIEST = "is after source_date; write here the earliest that it can be, there the latest"


@pytest.mark.parametrize(
    ("earliest", "latest", "wrong"),
    [
        ("2018-07-23", "2018-07-24", False),
        ("2018-07-24", "2018-07-24", False),
        ("2018-07-24T14:00", "2018-07-24", False),  # in the afternoon, until the day's end
        ("2018-07-24", "2018-07-24T14:00", False),
        ("2018-07-24T14:00", "2018-07-24T14:00", False),
        ("2018-07-24T14:01", "2018-07-24T14:00", True),
        ("2018-07-25", "2018-07-24T23:59", True),
        ("2018-07-25T00:01", "2018-07-24", True),
    ],
)
def test_the_earliest_time_is_not_after_the_latest(tables, problems, earliest, latest, wrong):
    tables["reports"][0] |= {"source_date": latest, "source_date_earliest": earliest}
    assert problems(tables) == [f"reports.csv:2 source_date_earliest: {EARLIEST}"] * wrong


def test_where_a_time_is_wrong_nothing_is_said_of_both(tables, problems):
    tables["reports"][0] |= {"source_date": "Tuesday", "source_date_earliest": "2018-07-25"}
    assert problems(tables) == [f"reports.csv:2 source_date: 'Tuesday' {NO_TIME}"]


# Parts


NO_DIVISION = "without a division; name it in division, or leave this empty"
DIFFERS = "differs among the parts of division 'age' of 'all'; write the same in each"


def test_parts_of_a_complete_division(tables, problems):
    for row in tables["tallies"][1:]:
        row |= {"division": "age", "division_complete": "yes"}
    assert problems(tables) == []


def test_complete_without_a_division(tables, problems):
    tables["tallies"][1]["division_complete"] = "yes"
    assert problems(tables) == [f"tallies.csv:3 division_complete: {NO_DIVISION}"]


def test_complete_in_some_parts_of_a_division_only(tables, problems):
    tables["tallies"][1] |= {"division": "age", "division_complete": "yes"}
    tables["tallies"][2] |= {"division": "age"}
    assert problems(tables) == [
        f"tallies.csv:{line} division_complete: {DIFFERS}" for line in (3, 4)
    ]
    tables["tallies"][2]["division"] = "sex"
    assert problems(tables) == []


def test_complete_is_yes_or_empty(tables, problems):
    tables["tallies"][1] |= {"division": "age", "division_complete": "no"}
    tables["tallies"][2] |= {"division": "sex"}
    said = "'no' is not a value of this column; write yes"
    assert problems(tables) == [f"tallies.csv:3 division_complete: {said}"]


# Counts that name another


def counted(name, low="5", high="", report="homs", **cells):
    """A toll of one tally, or what ``cells`` say."""
    days = {"date_start": "2018-07-18", "date_end": "2018-07-24"}
    toll = {"tally_id": "all", "count_kind": "toll", "low": low, "high": high}
    return {"event_id": name, "report_id": report, **days, **toll, **cells}


NAMING = {
    "counted again, more": ([counted("newer", "46", same_as="total")], {}),
    "counted again, less": ([counted("newer", "30", "40", same_as="total")], {}),
    "of another tally": ([counted("newer", tally_id="women", same_as="total")], {}),
    "without a count": ([{"event_id": "a", "report_id": "homs", "same_as": "total"}], {}),
    "of another kind": (
        [counted("newer", count_kind="incident", same_as="total")],
        {"6 same_as": "'total' has another count_kind; statements of the same count share one"},
    ),
    "withdrawn": ([{"event_id": "a", "report_id": "homs", "supersedes": "total"}], {}),
    "withdrawn, of a tally": (
        [counted("newer", "", tally_id="all", supersedes="total")],
        {},
    ),
    "corrected": ([counted("newer", "30", "40", supersedes="total", reading="wide")], {}),
    "corrected and told again": ([counted("n", "30", same_as="total", supersedes="total")], {}),
    "corrected before": (
        [counted("later", "41"), counted("newer", "46", report="daraa", supersedes="later")],
        {"7 supersedes": "'later' was published later; the later one corrects the older"},
    ),
    "corrected by somebody else": (
        [counted("newer", "46", tally_id="un", supersedes="total")],
        {
            "6 supersedes": "'total' was counted by somebody else; a source corrects itself. "
            "Where both speak for one authority, name that in source_original"
        },
    ),
    "counted in": (
        [counted("d", count_kind="incident", counted_in="total; newer")] * 1
        + [counted("newer", "46")],
        {},
    ),
    "counted in each other": (
        [counted("a", counted_in="b"), counted("b", counted_in="a")],
        {
            "6 counted_in": "a → b → a leads back to itself; "
            "leave counted_in empty in one of these rows"
        },
    ),
    "apart from a total": ([counted("d", count_kind="incident", apart_from="total")], {}),
    "unknown": (
        [counted("newer", counted_in="nobody")],
        {"6 counted_in": unknown("events", "nobody") + BETWEEN},
    ),
}


@pytest.mark.parametrize(("rows", "said"), NAMING.values(), ids=NAMING)
def test_a_count_that_names_another(tables, problems, rows, said):
    tables["tallies"] += [tables["tallies"][0] | {"tally_id": "un", "source_original": "UN"}]
    tables["events"] += rows
    assert problems(tables) == [f"events.csv:{place}: {text}" for place, text in said.items()]


# Areas and terms


@pytest.mark.parametrize("written", ["32,75", "32.75°", "north", "+32", "1e1", ".5", "NaN", "inf"])
def test_a_latitude_that_is_no_number(all_tables, problems, written):
    all_tables["areas"][0]["latitude"] = written
    said = "is not a number; write digits, such as 32.75"
    assert problems(all_tables) == [f"areas.csv:2 latitude: '{written}' {said}"]


def test_an_area_stands_in_its_table_where_there_is_one(all_tables, tables, problems):
    all_tables["tallies"][0]["area"] = "pocket"
    all_tables["tallies"][1]["area"] = "held by IS"
    said = unknown("areas", "held by IS")
    assert problems(all_tables) == [f"tallies.csv:3 area: {said}"]


def test_an_area_is_free_text_where_there_is_no_table(tables, problems):
    tables["tallies"][1]["area"] = "held by IS; and others"
    assert problems(tables) == []


def test_a_table_of_areas_that_cannot_be_read_makes_no_area_unknown(whole):
    change(whole, "tallies", "all,SOHR,civilians,,killed,,", "all,SOHR,civilians,,killed,,pocket")
    drop_column(whole / "areas.csv", "area_id")
    assert problems_of(whole) == [
        f"areas.csv:1 area_id: the column is missing; expected: {COLUMNS['areas']}"
    ]


def test_an_area_that_is_part_of_none(all_tables, problems):
    all_tables["areas"][0]["part_of"] = "north"
    assert problems(all_tables) == [f"areas.csv:2 part_of: {unknown('areas', 'north')}"]


def test_areas_in_a_circle(all_tables, problems):
    all_tables["areas"][1]["part_of"] = "pocket"
    assert problems(all_tables) == [
        "areas.csv:2 part_of: pocket → south → pocket leads back to itself; "
        "leave part_of empty in one of these rows"
    ]


def test_a_term_twice_or_without_a_name(all_tables, problems):
    all_tables["terms"] += [{"term": "killed"}, {"label_en": "Wounded"}]
    assert problems(all_tables) == [
        f"terms.csv:4 term: 'killed' {REPEATED}",
        f"terms.csv:5 term: {EMPTY}",
    ]


def test_a_term_may_have_blanks(all_tables, problems):
    all_tables["terms"] += [{"term": "Air/drone strike; at night"}]
    assert problems(all_tables) == []


# Where it is


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("at least, at most", "at least,\nat most", 4),
        ("at least, at most", "at least,\r\n\r\nat most", 5),
        ("at least, at most", "at least,\rat most", 4),
        ("\nmonday", "\n\n\nmonday", 5),
        ("event_id", "\n\nevent_id", 5),
        ("\nmonday", "\n,,,,,,,,,,,,,,,,,,,,\nmonday", 4),
    ],
    ids=["LF in a cell", "CRLF in a cell", "CR in a cell", "blank", "blank at first", "empty row"],
)
def test_lines_are_those_of_a_text_editor(folder, old, new, line):
    change(folder, "events", old, new)
    change(folder, "events", ",incident,,4,", ",incident,,four,")
    assert problems_of(folder) == [f"events.csv:{line} low: 'four' {NOT_WHOLE}"]


def test_the_line_of_a_header_is_a_plain_number(folder):
    change(folder, "events", "event_id", "\n\nevents")
    with pytest.raises(DatasetError) as caught:
        load(folder)
    assert {type(problem.line) for problem in caught.value.problems} == {int}


@pytest.mark.parametrize("blank", ["", "\n", " \n", ",,\n", '\ufeff\n"",\n'])
def test_lines_before_the_header_do_not_count_in_pieces(folder, blank):
    path = folder / "events.csv"
    path.write_text(blank + path.read_text(encoding="utf-8"), encoding="utf-8")
    whole, problems = read_table(folder, "events")
    pieces = [*read_pieces(folder, "events", 100)]
    assert len(pieces) > 1 and not problems
    assert not [each for _, found in pieces for each in found]
    pd.testing.assert_frame_equal(pd.concat([rows for rows, _ in pieces]), whole)


def test_a_problem_has_file_line_column_and_message(folder):
    change(folder, "events", ",incident,,4,", ",incident,,four,")
    with pytest.raises(DatasetError) as caught:
        load(folder)
    problem = ("events.csv", 3, "low", f"'four' {NOT_WHOLE}")
    assert caught.value.problems == [problem]
    assert str(caught.value) == (f"1 problem in {folder}\nevents.csv:3 low: 'four' {NOT_WHOLE}")


def test_problems_of_all_files_come_in_one_go_in_order(folder):
    change(folder, "reports", "2018-07-24", "24 July")
    (folder / "parties.csv").unlink()
    change(folder, "tallies", "victim_group", "group")
    change(folder, "tallies", "\nwomen,", "\nchildren,")
    change(folder, "tallies", "harm,", "Harm,")
    change(folder, "events", "total,daraa,5", "total,idlib,five")
    change(folder, "events", ",41,45,", ",50,45,")
    change(folder, "events", "monday,daraa,,", "monday,daraa,")
    change(folder, "events", "raids,daraa", "raids,aleppo")
    assert problems_of(folder) == [
        f"reports.csv:2 source_date: '24 July' {NO_TIME}",
        f"parties.csv: the file is missing; expected columns: {COLUMNS['parties']}",
        f"tallies.csv:1 Harm: unknown column; expected: {COLUMNS['tallies']}",
        f"tallies.csv:1 group: unknown column; expected: {COLUMNS['tallies']}",
        f"tallies.csv:1 harm: the column is missing; expected: {COLUMNS['tallies']}",
        f"tallies.csv:4 tally_id: 'children' {REPEATED}",
        f"events.csv:2 report_id: {unknown('reports', 'idlib')}",
        f"events.csv:2 paragraph: 'five' {NOT_WHOLE}",
        "events.csv:2 low: low 50 is above high 45; low is the least the words allow",
        "events.csv:3: has 23 cells where the header has 24; "
        "is a comma missing, or one too many outside quotes?",
        f"events.csv:4 report_id: {unknown('reports', 'aleppo')}",
    ]


def test_rows_are_checked_although_a_column_is_missing(folder):
    drop_column(folder / "events.csv", "report_id")
    change(folder, "events", "41,45", "50,45")
    change(folder, "events", ",,raids", ",,raid")
    assert problems_of(folder) == [
        f"events.csv:1 report_id: the column is missing; expected: {EVENT_COLUMNS}",
        "events.csv:2 low: low 50 is above high 45; low is the least the words allow",
        f"events.csv:5 same_as: {unknown('events', 'raid')}",
    ]


# Properties


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=8)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
DAYS = st.dates(datetime.date(1948, 1, 1), datetime.date(2100, 1, 1))
COUNTS = st.integers(0, 10**15 - 1)


@st.composite
def valid_tables(draw):
    """Tables as they are written, every cell of a row drawn."""
    names = st.lists(NAMES, min_size=1, max_size=4, unique=True)
    reports, parties, tallies = draw(names), draw(names), draw(names)
    published = {name: draw(DAYS) for name in reports}
    events = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=6, unique=True)):
        report = draw(st.sampled_from(reports))
        row = {"event_id": name, "report_id": report, "note": draw(LINES)}
        row["side_a"] = ";".join(draw(st.lists(st.sampled_from(parties), max_size=3)))
        days = sorted(min(draw(DAYS), published[report]) for _ in range(2))
        row |= {"date_start": str(days[0]), "date_end": str(days[1])}
        if draw(st.booleans()):
            low, high = sorted([draw(COUNTS), draw(COUNTS)])
            row |= {"low": str(low), "high": draw(st.sampled_from(["", str(high)]))}
            row |= {"tally_id": draw(st.sampled_from(tallies)), "count_kind": "toll"}
        events.append(row)
    return {
        "reports": [
            {
                "report_id": name,
                "source_date": f"{day}{draw(st.sampled_from(['', 'T00:01', 'T23:59']))}",
                "title": draw(LINES),
            }
            for name, day in published.items()
        ],
        "parties": [{"party_id": name, "label_ar": draw(WORDS)} for name in parties],
        "tallies": [
            {"tally_id": name, "party_id": parties[0], "harm": "killed", "area": draw(WORDS)}
            for name in tallies
        ],
        "events": events,
    }


def as_written(value) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%dT%H:%M}"
    return str(value)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    valid_tables(),
    st.sampled_from([("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]),
)
def test_what_is_written_is_what_is_loaded(write_tables, tables, dialect):
    end, quoting = dialect
    with tempfile.TemporaryDirectory() as name:
        folder = write_tables(Path(name), tables, lineterminator=end, quoting=quoting)
        found = load(folder)
    for table, rows in tables.items():
        frame = getattr(found, table)
        loaded = [
            {column: as_written(value) for column, value in row.items()}
            for row in frame.to_dict("records")
        ]
        for row in loaded if table == "events" else ():
            low, high = (int(row[name]) if row[name] else None for name in ("low", "high"))
            assert row.pop("count") == ("" if low is None else in_words(low, high))
            row["count"] = ""
        empty = dict.fromkeys(codebook.columns(table), "")
        assert loaded == [empty | {c: text.strip() for c, text in row.items()} for row in rows]


@st.composite
def corruptions(draw):
    """A function that spoils one place of a file: a byte or a character put in, out or over."""
    where = draw(st.floats(0, 1))
    more = draw(
        st.one_of(
            st.binary(max_size=2),
            st.sampled_from(
                [*",;\t\n\r\"'-.0٤५ \u200f\ufeff→", "\r\n", '""', "999999999999999"]
            ).map(str.encode),
            st.characters(exclude_categories=["Cs"]).map(str.encode),
        )
    )
    length = draw(st.integers(0, 3))

    def spoil(content: bytes) -> bytes:
        at = int(where * len(content))
        return content[:at] + more + content[at + length :]

    return spoil


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.sampled_from([*codebook.TABLES]), corruptions())
def test_a_spoilt_file_raises_nothing_but_a_dataset_error(write_tables, small_tables, table, spoil):
    with tempfile.TemporaryDirectory() as name:
        folder = write_tables(Path(name), small_tables | OPTIONAL)
        path = folder / f"{table}.csv"
        path.write_bytes(spoil(path.read_bytes()))
        found = problems_of(folder)
    assert len(found) == len({*found})
    assert all(len(text.splitlines()) == 1 for text in found)


def test_a_dataset_says_what_is_in_it_in_a_line():
    report = load("data/report")
    said = repr(report)
    assert "\n" not in said and len(said) < 160
    assert f"{len(report.events)} statements" in said and "2018-07-24" in said


def test_a_folder_in_place_of_a_dataset_is_named():
    with pytest.raises(TypeError, match=r"not 'data/report'; analysis\.load\(FOLDER\) gives one"):
        casualty_bounds("data/report")


def test_every_public_name_is_there_and_documented():
    assert {"load", "explore", "plot_reported", "LANGUAGES"} <= {*analysis.__all__}
    for name in analysis.__all__:
        assert getattr(analysis, name).__doc__, name
