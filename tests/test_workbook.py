"""Workbooks: the same dataset and messages as from CSV files, whatever a spreadsheet did to it."""

import datetime
import hashlib
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis import LANGUAGES, DatasetError, load
from analysis.__main__ import main
from analysis.data import codebook
from analysis.data.workbook import cell_text

NOT_WHOLE = "is not a whole number; write digits"
NO_DATE = "is not a date; write YYYY-MM-DD, such as 2018-07-24"


def problems_of(path) -> list[str]:
    try:
        load(path)
    except DatasetError as error:
        return [str(problem) for problem in error.problems]
    return []


def as_typed(column: codebook.Column, text: str):
    """What a spreadsheet holds once somebody has typed a text into it."""
    if column.kind == "int" and text.isdigit():
        return int(text)
    if column.kind in ("date", "time") and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.datetime.fromisoformat(text)
    return text or None


@pytest.fixture
def book(tables) -> openpyxl.Workbook:
    """The small dataset as a workbook: real dates, real numbers, headers in the first row."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for table, rows in tables.items():
        sheet = made.create_sheet(table)
        sheet.append(codebook.columns(table))
        for row in rows:
            columns = codebook.TABLES[table]
            sheet.append([as_typed(column, row.get(column.name, "")) for column in columns])
    return made


@pytest.fixture
def save(book, tmp_path):
    """A function that saves the workbook in a folder of its own and gives its path."""

    def saved(name: str = "report.xlsx") -> Path:
        path = tmp_path / "book" / name
        path.parent.mkdir(exist_ok=True)
        book.save(path)
        return path

    return saved


def place(column: str, row: int, table: str = "events") -> dict[str, int]:
    return {"row": row, "column": codebook.columns(table).index(column) + 1}


def put(book, column, row, value, number_format=None, table="events"):
    cell = book[table].cell(**place(column, row, table))
    cell.number_format = "General"
    cell.value = value
    if number_format:
        cell.number_format = number_format


def assert_same(found, expected):
    for table in codebook.TABLES:
        pd.testing.assert_frame_equal(getattr(found, table), getattr(expected, table))


@pytest.fixture
def expected(folder):
    """The same dataset, from CSV files."""
    return load(folder)


# What is read


def test_a_workbook_gives_what_the_csv_files_give(save, expected):
    assert_same(load(save()), expected)


def test_a_folder_with_one_workbook_is_that_workbook(save, expected):
    path = save()
    for other in ("~$report.xlsx", ".~lock.report.xlsx#", ".hidden.xlsx", "notes.csv"):
        (path.parent / other).write_bytes(b"lock")
    assert_same(load(path.parent), expected)
    assert_same(load(str(path.rename(path.with_suffix(".XLSX")))), expected)


def test_csv_files_go_before_a_workbook(folder, save):
    (folder / "report.xlsx").write_bytes(b"no workbook")
    assert load(folder).events["low"][0] == 41


def test_fingerprint_and_file_stay(save):
    path = save()
    before = path.read_bytes()
    assert load(path).sha256 == {"report.xlsx": hashlib.sha256(before).hexdigest()}
    assert path.read_bytes() == before


READ = [
    ("low", 41.0, "0.00"),
    ("low", 41, "#,##0"),
    ("low", "41.0", None),
    ("low", "41,00", None),
    ("low", " 41\u00a0", "@"),
    ("low", "\u200e٤١\u200f", None),
    ("date_end", datetime.datetime(2018, 7, 23), "dd/mm/yyyy"),
    ("date_end", datetime.date(2018, 7, 23), "[$-409]d-mmm-yy"),
    ("date_end", 43304, "General"),
    ("date_end", 43304.0, "0.00"),
    ("date_end", "43304", "@"),
    ("date_end", "23/07/2018", None),
    ("date_end", "7/23/2018", None),
    ("date_end", "23.7.2018", None),
    ("date_end", "2018/7/23", None),
    ("date_end", "2018-07-23 00:00:00", None),
    ("date_end", "2018-07-23T00:00", None),
    ("date_end", "\u200f٢٣/٠٧/٢٠١٨", None),
    ("note", "  at least, at most \u00a0", None),
    ("report_id", "daraa\u200f ", None),
]


@pytest.mark.parametrize(("column", "value", "number_format"), READ)
def test_one_meaning_is_read(book, save, expected, column, value, number_format):
    put(book, column, 2, value, number_format)
    assert_same(load(save()), expected)


NAMED = [
    ("low", 41.5, f"'41.5' {NOT_WHOLE}"),
    ("low", "1,000", "'1,000' can be 1000 or 1; write digits without ','"),
    ("low", "1.250", "'1.250' can be 1250 or 1.25; write digits without '.'"),
    ("low", "12,34,567", f"'12,34,567' {NOT_WHOLE}"),
    ("low", "forty", f"'forty' {NOT_WHOLE}"),
    ("low", -4, "'-4' is negative; a number here is zero or more"),
    ("low", True, f"'TRUE' {NOT_WHOLE}"),
    ("low", 1e20, "'100000000000000000000' is too large; write at most 15 digits"),
    (
        "low",
        datetime.datetime(2018, 7, 3),
        "the spreadsheet holds a date here, 2018-07-03; format it as number "
        "and write what is meant",
    ),
    (
        "event_id",
        datetime.datetime(2018, 7, 3),
        "the spreadsheet holds a date here, 2018-07-03; format it as text and write what is meant",
    ),
    (
        "note",
        datetime.time(13, 30),
        "the spreadsheet holds a time here, 13:30:00; format it as text and write what is meant",
    ),
    (
        "count",
        datetime.datetime(2018, 4, 3),
        "the spreadsheet holds a date here, 2018-04-03; format it as text and write what is meant",
    ),
    (
        "count",
        41.5,
        "'41.5' is no whole number of persons; write it as 41, 30 to 40, at least 43, "
        "more than 60 or up to 12",
    ),
    (
        "date_end",
        "03/07/2018",
        "'03/07/2018' can be 2018-03-07 or 2018-07-03; write YYYY-MM-DD",
    ),
    ("date_end", "24/07/18", f"'24/07/18' {NO_DATE}"),
    ("date_end", 2018, f"'2018' {NO_DATE}"),
    ("date_end", 43304.5, f"'43304.5' {NO_DATE}"),
    ("date_end", datetime.datetime(2018, 7, 23, 13, 30), f"'2018-07-23 13:30:00' {NO_DATE}"),
    ("date_end", "31/02/2018", f"'31/02/2018' {NO_DATE}"),
    ("low", "=40+1", "is a formula without a result in the file; write the value"),
]


@pytest.mark.parametrize(("column", "value", "said"), NAMED)
def test_what_can_mean_two_things_or_none_is_named_once(book, save, column, value, said):
    put(book, column, 2, value)
    assert problems_of(save()) == [f"events, row 2, {column}: {said}"]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234", "1234"),
        ("1\u202f234", "1234"),
        ("1’234", "1234"),
        ("1٬234", "1234"),
        ("1,234.00", "1234"),
        ("1.234,0", "1234"),
        ("4٫0", "4"),
        ("1234.000", "1234"),
    ],
)
def test_separators_with_one_meaning(text, meaning):
    assert cell_text(text, "int") == (meaning, None)


@pytest.mark.parametrize("text", ["1,234,56", "1,234.567", "1,234,000.5", "41 45", "1,,000", "4."])
def test_separators_without_meaning_stay_for_the_check(text):
    assert cell_text(text, "int") == (text, None)


def test_the_same_day_in_both_orders_is_one_day():
    assert cell_text("07/07/2018", "date") == ("2018-07-07", None)


def test_identifiers_that_became_numbers(book, save, expected):
    for row, value in ((2, 1), (3, 2.0)):
        put(book, "event_id", row, value)
    assert [*load(save()).events["event_id"]][:2] == ["1", "2"]


def test_days_counted_from_1904(book, save, expected):
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    put(book, "date_end", 2, 43304 - 1462, "General")
    assert_same(load(save()), expected)


# Hours


NO_TIME = f"{NO_DATE}, or 2018-07-24T14:00"
HOURS = [
    (datetime.datetime(2018, 7, 24, 14, 5), "2018-07-24 14:05"),
    (datetime.datetime(2018, 7, 24), "2018-07-24"),
    (datetime.date(2018, 7, 24), "2018-07-24"),
    (43305.5, "2018-07-24 12:00"),
    (43305, "2018-07-24"),
    ("2018-07-24T14:05", "2018-07-24 14:05"),
    ("\u200f٢٠١٨-٠٧-٢٤T١٤:٠٥", "2018-07-24 14:05"),
    ("24/07/2018", "2018-07-24"),
]


@pytest.mark.parametrize(("value", "read"), HOURS)
def test_an_hour_of_publication(book, save, value, read):
    number_format = "yyyy-mm-dd hh:mm" if isinstance(value, float) else None
    put(book, "source_date", 2, value, number_format, table="reports")
    assert load(save()).reports["source_date"][0] == pd.Timestamp(read)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            datetime.datetime(2018, 7, 24, 14, 0, 30),
            "'2018-07-24T14:00:30' is not written as a time; write 2018-07-24T14:00",
        ),
        (datetime.time(14, 0), f"'14:00:00' {NO_TIME}"),
        ("24/07/2018 14:00", f"'24/07/2018 14:00' {NO_TIME}"),
        ("03/07/2018", "'03/07/2018' can be 2018-03-07 or 2018-07-03; write YYYY-MM-DD"),
    ],
)
def test_an_hour_that_is_none_is_named(book, save, value, said):
    put(book, "source_date", 2, value, table="reports")
    assert problems_of(save()) == [f"reports, row 2, source_date: {said}"]


# Sheets


@pytest.fixture
def areas(book):
    """A sheet of areas beside the others, its coordinates numbers."""
    sheet = book.create_sheet("areas")
    sheet.append(codebook.columns("areas"))
    sheet.append(["pocket", *[None] * len(LANGUAGES), "south", 32.75, -36])
    sheet.append(["south"])
    return sheet


def test_a_workbook_without_optional_sheets(save):
    found = load(save())
    for table in codebook.OPTIONAL:
        assert (len(getattr(found, table)), [*getattr(found, table)]) == (
            0,
            codebook.columns(table),
        )


def test_a_workbook_with_optional_sheets(book, areas, save):
    book.create_sheet("terms").append(codebook.columns("terms"))
    book["terms"].append(["SOHR", None, "المرصد"])
    put(book, "area", 2, "pocket", table="tallies")
    found = load(save())
    assert [*found.areas["area_id"]] == ["pocket", "south"]
    assert found.areas.loc[0, ["latitude", "longitude"]].tolist() == [32.75, -36]
    assert found.areas.loc[0, "part_of"] == "south" and found.areas["label_en"].isna().all()
    assert [*found.terms["term"]] == ["SOHR"] and found.terms["label_ar"][0] == "المرصد"


def test_an_optional_sheet_is_checked(book, areas, save):
    put(book, "latitude", 3, "32,75", table="areas")
    put(book, "longitude", 3, datetime.datetime(2018, 7, 3), table="areas")
    put(book, "area", 2, "north", table="tallies")
    assert problems_of(save()) == [
        "areas, row 3, latitude: '32,75' is not a number; write digits, such as 32.75",
        "areas, row 3, longitude: the spreadsheet holds a date here, 2018-07-03; "
        "format it as number and write what is meant",
        "tallies, row 2, area: 'north' is not in sheet areas; write a area_id that stands there",
    ]


def test_required_columns_are_enough(book, save):
    for sheet in book:
        kept = [column.name for column in codebook.TABLES[sheet.title] if column.required]
        kept += ["tally_id", "count_kind", "low", "date_end"] * (sheet.title == "events")
        for place in range(sheet.max_column, 0, -1):
            if sheet.cell(1, place).value not in kept:
                sheet.delete_cols(place)
    found = load(save())
    assert found.events["low"].dropna().tolist() == [41, 4]
    assert found.events[["high", "supersedes", "apart_from"]].isna().all(axis=None)
    assert found.tallies[["division", "division_complete"]].isna().all(axis=None)
    assert found.reports["source_date_earliest"].isna().all()


def test_a_count_as_it_is_written(book, save, expected):
    for row, value in ((2, "41 to 45\u200f"), (3, "at least 4")):
        put(book, "count", row, value)
        put(book, "low", row, None)
        put(book, "high", row, None)
    assert_same(load(save()), expected)
    put(book, "count", 3, 4.0)
    assert load(save()).events["count"][1] == "4"


def test_other_sheets_and_the_case_of_names_do_not_count(book, save, expected):
    book.create_sheet("how-to", 0)["A1"] = "=nothing"
    book["events"].title = " Events "
    pie = openpyxl.chart.PieChart()
    pie.add_data(openpyxl.chart.Reference(book["reports"], 1, 1, 1, 2))
    book.create_chartsheet("chart").add_chart(pie)
    assert_same(load(save()), expected)


def test_messages_name_sheets_and_no_files(book, save, capsys):
    for row in (2, 3, 4):
        put(book, "harm", row, "hurt", table="tallies")
    put(book, "label_en", 2, "+1 x", table="parties")
    assert main(["check", str(save())]) == 0
    found = capsys.readouterr().out
    assert "sheet tallies: harm 'hurt'" in found and "add a row to sheet terms" in found
    assert "sheet parties: label_en '+1 x' begins" in found
    put(book, "division", 3, "age", table="tallies")
    put(book, "subset_of", 3, None, table="tallies")
    put(book, "harm", 3, "killed", table="tallies")
    assert main(["check", str(save())]) == 1
    wrong = capsys.readouterr().out
    assert "sheet tallies: division 'age'" in wrong
    assert ".csv" not in found + wrong


def test_a_missing_and_an_empty_sheet(book, save):
    book["parties"].title = "people"
    book["reports"].delete_rows(1, 9)
    columns = {table: ",".join(codebook.columns(table)) for table in codebook.TABLES}
    assert problems_of(save()) == [
        f"reports, row 1: the sheet is empty; expected columns: {columns['reports']}",
        "parties: the sheet is missing (there are: reports, people, tallies, events); "
        f"expected columns: {columns['parties']}",
    ]


def test_columns_missing_unknown_and_without_a_name(book, save):
    sheet = book["parties"]
    sheet["A1"], sheet["L3"] = "name", "a remark"
    wanted = ",".join(codebook.columns("parties"))
    assert problems_of(save()) == [
        f"parties, row 1, (L): unknown column; expected: {wanted}",
        f"parties, row 1, name: unknown column; expected: {wanted}",
        f"parties, row 1, party_id: the column is missing; expected: {wanted}",
    ]


def test_empty_rows_count_for_row_numbers_only(book, save):
    book["events"].insert_rows(1, 2)
    book["events"].insert_rows(5)
    put(book, "low", 6, "four")
    assert problems_of(save()) == [f"events, row 6, low: 'four' {NOT_WHOLE}"]


@pytest.mark.slow
def test_a_thousand_formatted_rows_below_and_columns_beside(book, save, expected):
    for sheet in book:
        for row in range(2, 1001):
            for column in range(1, 27):
                sheet.cell(row, column).number_format = "@"
        sheet.cell(1, 26).value = "  "
        sheet.cell(900, 1).value = " \u00a0"
    book["events"].cell(1_048_576, 16_384).number_format = "@"
    assert_same(load(save()), expected)


def test_merged_cells_are_named_where_a_value_is_wanted(book, save):
    column = openpyxl.utils.get_column_letter(place("date_basis", 2)["column"])
    put(book, "date_basis", 2, "stated")
    book["events"].merge_cells(f"{column}2:{column}3")
    said = f"is in the merged cells {column}2:{column}3; unmerge them, write into each"
    book["events"].merge_cells("B20:D40")  # empty: nothing is lost
    assert problems_of(save()) == [f"events, row {row}, date_basis: {said}" for row in (2, 3)]


def test_messages_speak_of_sheets(book, save):
    put(book, "tally_id", 3, "men")
    put(book, "date_end", 2, "2018-07-30")
    path = save()
    assert problems_of(path) == [
        "events, row 2, date_end: 2018-07-30 is after its report was published, on 2018-07-24; "
        "correct this day, or source_date in sheet reports",
        "events, row 3, tally_id: 'men' is not in sheet tallies; "
        "write a tally_id that stands there",
    ]
    with pytest.raises(DatasetError) as caught:
        load(path)
    assert caught.value.problems[0][:3] == ("report.xlsx[events]", 2, "date_end")


# What programs write


def rewrite(path: Path, part: str, change) -> None:
    """Change one part of a workbook's file."""
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    text = parts[part].decode()
    parts[part] = change(text).encode()
    assert parts[part].decode() != text
    with zipfile.ZipFile(path, "w") as whole:
        for name, content in parts.items():
            whole.writestr(name, content)


def result(cell: str, written: str):
    return lambda text: re.sub(rf'<c r="{cell}"[^>]*>.*?</c>', written, text)


def cell_name(column: str, row: int) -> str:
    return openpyxl.utils.get_column_letter(place(column, row)["column"]) + str(row)


@pytest.mark.parametrize(
    ("column", "kind", "value"),
    [("low", "", "41"), ("low", "", "41.0"), ("low", ' t="str"', "41"), ("high", "", "45")],
)
def test_formulas_are_read_by_their_results(book, save, expected, column, kind, value):
    put(book, column, 2, "=1")
    path, cell = save(), cell_name(column, 2)
    written = f'<c r="{cell}"{kind}><f>SUM(A1:A2)</f><v>{value}</v></c>'
    rewrite(path, "xl/worksheets/sheet4.xml", result(cell, written))
    assert_same(load(path), expected)


def test_a_formula_whose_result_is_empty_is_an_empty_cell(book, save, expected):
    put(book, "high", 3, "=1")
    path, cell = save(), cell_name("high", 3)
    written = f'<c r="{cell}" t="str"><f>IF(1,"","")</f><v></v></c>'
    rewrite(path, "xl/worksheets/sheet4.xml", result(cell, written))
    assert_same(load(path), expected)


def test_a_formula_whose_result_is_an_error(book, save):
    put(book, "low", 2, "=1")
    path, cell = save(), cell_name("low", 2)
    written = f'<c r="{cell}" t="e"><f>parties!#REF!</f><v>#REF!</v></c>'
    rewrite(path, "xl/worksheets/sheet4.xml", result(cell, written))
    assert problems_of(path) == ["events, row 2, low: #REF! is an error; write the value"]


def test_a_formula_alone_in_its_row_is_seen(book, save):
    put(book, "event_id", 9, "=A2")
    said = "is a formula without a result in the file; write the value"
    assert f"events, row 9, event_id: {said}" in problems_of(save())


def test_inline_text_and_line_ends_within_it(book, save, expected):
    path, cell = save(), cell_name("note", 2)
    inline = "at least, at most_x000D_"
    written = f'<c r="{cell}" t="inlineStr"><is><r><t>{inline}</t></r></is></c>'
    rewrite(path, "xl/worksheets/sheet4.xml", result(cell, written))
    assert_same(load(path), expected)


# Files


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read, the file is damaged or no workbook; save it as .xlsx again"),
        (b"PK\3\4no", "cannot be read, the file is damaged or no workbook; save it as .xlsx again"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "has a password or is an old .xls; save it as .xlsx without a password",
        ),
    ],
)
def test_a_file_that_is_no_workbook(tmp_path, content, said):
    (tmp_path / "report.xlsx").write_bytes(content)
    assert problems_of(tmp_path / "report.xlsx") == [f"report.xlsx: {said}"]


def test_a_workbook_that_is_not_there(tmp_path):
    assert problems_of(tmp_path / "no.xlsx") == ["no.xlsx: the file does not exist"]


def test_a_file_of_another_kind(folder):
    assert problems_of(folder / "events.csv") == [
        "events.csv: is neither a folder nor an .xlsx workbook; "
        "name the folder of the CSV files, or save it as Excel workbook (.xlsx)"
    ]


def test_several_workbooks(save):
    save("second.xlsx")
    path = save("first.xlsx")
    assert problems_of(path.parent) == [
        "book: holds several workbooks: first.xlsx, second.xlsx; name the one that is meant"
    ]


def test_any_part_may_be_damaged(save):
    path = save()
    whole = path.read_bytes()
    for cut in range(0, len(whole), 997):
        path.write_bytes(whole[:cut])
        assert len(problems_of(path)) == 1


def test_check_takes_a_workbook(labelled, book, save, capsys):
    book.create_sheet("terms").append(codebook.columns("terms"))
    book["terms"].append(["SOHR", None, "المرصد", "OSDH"])
    path = save()
    assert main(["check", str(path)]) == 0
    assert main(["check", str(path.parent)]) == 0
    said = ": 2 reports, 4 parties, 3 tallies, 1 terms, 4 events (2 with a count); "
    said += "no problem found\n"
    assert capsys.readouterr().out == f"{path}{said}{path.parent}{said}"
