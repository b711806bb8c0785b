"""Numbers found in prose; statements printed beside their words, in made-up texts."""

import hashlib
import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unicode_rbnf import RbnfEngine

import analysis
from analysis.__main__ import main
from analysis.commands.trace import find_traces
from analysis.language.number_words import find_numbers, place_numbers

PROJECT = Path(__file__).resolve().parents[1]
SCRIPTS = {"Western": "0123456789", "Arabic-Indic": "٠١٢٣٤٥٦٧٨٩", "Persian": "۰۱۲۳۴۵۶۷۸۹"}
SENTENCES = ("At least {} people were killed.", "مقتل {} مدنياً في قصف", "وأصيب و{}، بحسب ناشطين")
ENGLISH = """Shelling of a made-up town

A monitor said forty-one people, between 11 and 15 of them children, were killed.

An offensive began. At least a hundred and five were hurt."""
ARABIC = """قصف على بلدة متخيلة

قتل أربعة مدنيين وأصيب ١٬٢٠٠ شخص، ونزح خمسة وعشرون ألفاً."""


# numbers in prose


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("On 24 July 2018 forty-one died, 1,200 fled at 10:30.", ["forty-one", "1,200"]),
        (
            "A hundred and five hurt. Two thousand left in 2017.",
            ["A hundred and five", "Two thousand"],
        ),
        ("Between 11 and 15 children on July 3rd; 12 May", ["11", "15"]),
        (
            "وقتل أربعة مدنيين في ٢٤ تموز/يوليو، ونزح خمسة وعشرون ألفاً",
            ["أربعة", "خمسة وعشرون ألفاً"],
        ),
        ("Le 24 juillet, 7 morts. Nobody else.", ["7"]),
        ("No number here, in F-16 or 40 %.", []),
        ("12 may have died and 3 march on", ["12", "3"]),
        ("In July 12 died; on July 12, 30 fled", ["12", "30"]),
        ("Since 2011 killed: 2011 killed.", ["2011"]),
    ],
)
def test_where_numbers_stand(said, words):
    placed = [*place_numbers(said)]
    assert [said[start:stop].strip(",;.") for _, start, stop in placed] == words
    assert [value for value, *_ in placed] == [find_numbers(each)[-1] for each in words]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("between", ["", ",", "٬", ".", " ", "\u00a0", "\u202f", "'"])
@settings(deadline=None)  # the first call reads the words of two languages
@given(number=st.integers(0, 9999), sentence=st.sampled_from(SENTENCES))
def test_digits_are_found_whole_and_nothing_else(script, between, number, sentence):
    digits = f"{number:,}".replace(",", between)
    digits = digits.translate(str.maketrans("0123456789", SCRIPTS[script]))
    assert find_numbers(sentence.format(digits)) == [number]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
def test_number_words_are_found_whole_and_nothing_else(language):
    engine = RbnfEngine.for_language(language)
    for number in [*range(10_000), 10_000, 25_041, 120_500, 999_999, 1_000_000, 3_000_000]:
        for ruleset, said in engine.format_number(number).text_by_ruleset.items():
            if "cardinal" in ruleset:
                assert find_numbers(f"killed: {said}; قتل") == [number], said


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("forty-one", [41]),
        ("Forty one killed", [41]),
        ("a hundred and five", [105]),
        ("twelve hundred", [1200]),
        ("one thousand, two hundred", [1200]),
        ("ten thousand and five", [10005]),
        ("4 thousand", [4000]),
        ("twenty, forty", [20, 40]),
        ("between one hundred and two hundred", [100, 200]),
        ("four civilians and sixty fighters", [4, 60]),
        ("41-45", [41, 45]),
        ("12,345 and 67.", [12345, 67]),
        ("on 24 July 900 left", [24, 900]),
        ("24 July 2018", [24, 2018]),
    ],
)
def test_numbers_in_english(said, numbers):
    assert find_numbers(said) == numbers


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *[
            (said, 4)
            for said in (
                "أربعة",
                "أربع",
                "اربعه",
                "أَرْبَعَةُ",
                "أربعـــة",
                "بأربعة",
                "للأربعة",
                "وأربعة",
            )
        ],
        *[(said, 8) for said in ("ثمانية", "ثماني", "ثمان")],
        ("الأحد عشرة قتلى", 10),
        *[(said, 11) for said in ("أحد عشر", "إحدى عشرة", "بأحد عشر")],
        *[(said, 12) for said in ("اثنا عشر", "اثني عشر", "اثنتا عشرة", "إثنتي عشرة")],
        *[(said, 18) for said in ("ثمانية عشر", "ثماني عشرة")],
        *[(said, 20) for said in ("عشرون", "عشرين", "العشرين", "بعشرين")],
        *[(said, 21) for said in ("واحد وعشرون", "واحداً وعشرين", "إحدى وعشرين", "واحدة و عشرين")],
        *[(said, 44) for said in ("أربعة وأربعون", "أربع وأربعين")],
        *[(said, 100) for said in ("مئة", "مائة", "بمئة")],
        *[(said, 200) for said in ("مئتان", "مئتين", "مائتين", "مائتا قتيل", "مئتي قتيل")],
        *[(said, 345) for said in ("ثلاثمئة وخمسة وأربعون", "ثلاث مائة وخمس وأربعين")],
        *[(said, 800) for said in ("ثمانمئة", "ثمانيمائة", "ثماني مئة")],
        *[(said, 900) for said in ("تسعمئة", "تسعمائة", "تسع مئة")],
        *[(said, 1000) for said in ("ألف", "ألفاً", "بألف")],
        *[(said, 2000) for said in ("ألفان", "ألفين", "ألفا قتيل", "ألفي قتيل")],
        *[(said, 3500) for said in ("ثلاثة آلاف وخمسمئة", "٣ آلاف وخمسمائة", "٣٥٠٠")],
        *[(said, 25_000) for said in ("خمسة وعشرون ألفاً", "٢٥ ألفا", "25 ألف")],
        *[(said, 41) for said in ("الـ41", "و٤١", "لـ ۴۱", "\u202b41\u202c", "\u200f٤١")],
        *[(said, 2) for said in ("قتيلان", "وطفلين", "مدنيان", "بجثتين", "اثنان", "اثنتين")],
    ],
)
def test_numbers_in_arabic(said, number):
    assert find_numbers(f"بينهم {said} في البلدة") == [number]


@pytest.mark.parametrize(
    "said",
    [
        *["two dozen", "a dozen", "dozens", "hundreds", "several thousand", "a child", "and"],
        *["41st", "F-16", "T4", "40%", "40 %", "1.5 million", "10:30", "24/7/2018", "2018-07-24"],
        *["4-year-old", "fortyone", "قتيل", "عشرات", "مئات", "عشرات الآلاف", "آلاف", "مدنيين"],
        *["يوم الاثنين", "يوم الأحد", "الأربعاء", "الخميس", "لبنان", "ميتين", "رابع", "٤٠٪"],
    ],
)
def test_what_is_no_count(said):
    assert find_numbers(said) == []


# statements beside their words


@pytest.fixture
def coded(tmp_path, tables, write_tables):
    """A function that codes words of made-up texts and gives what ``trace`` is called with."""

    def code(*statements: tuple[str, dict[str, str]], **shas: str) -> list[str]:
        texts = {"daraa": ENGLISH, "homs": ARABIC}
        for report in tables["reports"]:
            content = texts[report["report_id"]].encode()
            (tmp_path / f"{report['report_id']}.txt").write_bytes(content)
            report["text_sha256"] = hashlib.sha256(content).hexdigest()
            report |= {"text_sha256": shas.get(report["report_id"], report["text_sha256"])}
        tables["events"] = []
        for number, (said, cells) in enumerate(statements, start=1):
            report_id = "homs" if re.search("[ء-ي]", said) else "daraa"
            start = texts[report_id].index(said)
            row = {"event_id": f"e{number}", "report_id": report_id, "paragraph": "2"}
            row |= {"char_start": str(start), "char_end": str(start + len(said))}
            if "low" in cells:
                row |= {"date_start": "2018-07-23", "date_end": "2018-07-23", "tally_id": "all"}
                row |= {"count_kind": "incident"}
            tables["events"].append(row | cells)
        files = [f"--text={tmp_path / name}.txt" for name in texts]
        return ["trace", str(write_tables(tmp_path, tables)), *files]

    return code


def warnings_of(printed: str) -> list[str]:
    return [line.partition("warning: ")[2] for line in printed.splitlines() if "warning: " in line]


def test_each_statement_stands_beside_its_words(coded, capsys):
    arguments = coded(
        ("forty-one people", {"low": "41", "high": "41"}),
        ("An offensive began", {"paragraph": "3", "date_start": "", "date_end": ""}),
        ("أربعة مدنيين", {"low": "4"}),
        ("forty-one people, between 11", {"low": "11", "high": "41"}),
    )
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines() == [
        "report daraa: the text has the SHA-256 that the dataset names",
        "e1 | paragraph 2 | 23 July 2018 | 41",
        "    “forty-one people”",
        "e2 | paragraph 3 | no date | no count",
        "    “An offensive began”",
        "e4 | paragraph 2 | 23 July 2018 | 11 to 41",
        "    “forty-one people, between 11”",
        "not covered: 15 (paragraph 2, 76 to 78: 15)",
        "not covered: 105 (paragraph 3, 140 to 158: a hundred and five)",
        "report homs: the text has the SHA-256 that the dataset names",
        "e3 | paragraph 2 | 23 July 2018 | at least 4",
        "    “أربعة مدنيين”",
        "not covered: 1,200 (paragraph 2, 44 to 49: ١٬٢٠٠)",
        "not covered: 25,000 (paragraph 2, 60 to 77: خمسة وعشرون ألفاً)",
        "4 of 4 statements traced; no warning; 4 numbers of the text in no statement",
    ]


@pytest.mark.parametrize(
    ("said", "low", "high", "missing"),
    [
        ("forty-one people", "40", "40", "40 (there is 41)"),
        ("forty-one people", "4", "", "4 (there is 41)"),
        ("between 11 and 15", "11", "15", None),
        ("between 11 and 15", "11", "16", "16 (there is 11, 15)"),
        ("between 11 and 15", "10", "16", "10 and 16 (there is 11, 15)"),
        ("11", "0", "11", None),
        ("were killed", "1", "1", "1 (there is no number)"),
        ("١٬٢٠٠ شخص", "1200", "1200", None),
        ("١٬٢٠٠ شخص", "200", "200", "200 (there is 1,200)"),
        ("خمسة وعشرون ألفاً", "25000", "", None),
        ("خمسة وعشرون ألفاً", "1000", "", "1,000 (there is 25,000)"),
    ],
)
def test_a_count_that_is_not_among_its_words(coded, capsys, said, low, high, missing):
    code = main(coded((said, {"low": low, "high": high})))
    found = warnings_of(capsys.readouterr().out)
    assert found == ([] if missing is None else [f"not among these words: {missing}"])
    assert code == len(found)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"char_end": "9999"}, "outside the text, which ends at"),
        ({"char_start": "5000", "char_end": "5004"}, "outside the text, which ends at"),
        ({"paragraph": "3"}, "paragraph 3 does not hold the positions 43 to 59"),
        ({"paragraph": "9"}, "paragraph 9 does not hold the positions 43 to 59"),
        ({"char_end": "120"}, "paragraph 2 does not hold the positions 43 to 120"),
        ({"char_start": "", "char_end": ""}, "no position in the text"),
    ],
)
def test_positions_that_are_not_in_the_text(coded, capsys, cells, problem):
    assert main(coded(("forty-one people", {} | cells))) == 1
    (found,) = warnings_of(capsys.readouterr().out)
    assert problem in found


def test_a_text_that_is_not_the_coders_copy(coded, capsys, tmp_path):
    arguments = coded(("forty-one people", {"low": "41"}), daraa="0" * 64)
    assert main(arguments) == 1
    found = hashlib.sha256(ENGLISH.encode()).hexdigest()
    assert warnings_of(capsys.readouterr().out) == [
        f"{tmp_path / 'daraa.txt'} is the text of no report; its SHA-256 is {found}",
        f"report daraa has no text here; the dataset names SHA-256 {'0' * 64}",
    ]


def test_a_report_without_a_text_and_one_without_a_fingerprint(coded, capsys):
    *arguments, _ = coded(("أربعة مدنيين", {"low": "4"}), daraa="")
    assert main(arguments) == 1
    printed = capsys.readouterr().out
    assert [line.split(";")[0] for line in warnings_of(printed)] == [
        f"{arguments[-1].removeprefix('--text=')} is the text of no report",
        "report daraa has no text here",
        "report homs has no text here",
    ]
    assert "the dataset names no text_sha256" in printed
    assert printed.splitlines()[-1] == (
        "0 of 1 statements traced; 3 warnings; 0 numbers of the text in no statement"
    )


def test_a_fingerprint_in_capitals_is_the_same(coded):
    sha256 = hashlib.sha256(ENGLISH.encode()).hexdigest().upper()
    assert main(coded(("forty-one people", {"low": "41"}), daraa=sha256)) == 0


@pytest.mark.parametrize("content", [None, b"\xff\xfe4\x001\x00"])
def test_a_file_that_cannot_be_read(coded, capsys, tmp_path, content):
    path = tmp_path / "other.txt"
    if content:
        path.write_bytes(content)
    assert main([*coded(), "--text", str(path)]) == 1
    (found,) = warnings_of(capsys.readouterr().out)
    assert found.startswith(f"{path} cannot be read as UTF-8 text: ")


def test_problems_of_the_dataset_come_first(coded, capsys):
    assert main(coded(("forty-one people", {"low": "forty"}))) == 1
    expected = "events.csv:2 low: 'forty' is not a whole number; write digits\n"
    assert capsys.readouterr().out == expected


def test_a_text_has_to_be_named(folder, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["trace", str(folder)])
    assert caught.value.code == 2
    assert "--text" in capsys.readouterr().err


def test_arabic_words_are_isolated_in_a_terminal_only(coded, monkeypatch, capsys):
    arguments = coded(("أربعة مدنيين", {"low": "4"}), ("forty-one", {"low": "41"}))
    assert main(arguments) == 0
    assert "\u2068" not in capsys.readouterr().out
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdout", terminal)
    assert main(arguments) == 0
    assert "    “\u2068أربعة مدنيين\u2069”\n" in terminal.getvalue()
    assert "    “forty-one”\n" in terminal.getvalue()


def test_the_words_cannot_command_the_terminal(coded, monkeypatch, capsys):
    monkeypatch.setitem(globals(), "ENGLISH", "Head\n\nforty\x1b[31m\none people")
    assert main(coded(("forty\x1b[31m\none", {}))) == 0
    assert "    “forty [31m one”\n" in capsys.readouterr().out


def test_every_stated_count_of_the_report_is_among_its_words(capsys):
    path = Path(os.environ.get("CASUALTY_REPORT_TEXT", PROJECT / "../shared/report/report.ar.txt"))
    if not path.is_file():
        pytest.skip("the report's text is not at hand; CASUALTY_REPORT_TEXT can name it")
    assert main(["trace", str(PROJECT / "data/report"), "--text", str(path)]) == 0
    report = analysis.load(PROJECT / "data/report")
    events = report.events.set_index("event_id")
    traces = find_traces(report, report.reports["report_id"][0], path.read_text(encoding="utf-8"))
    assert len(traces) == len(events)
    stated = events[events["low"].notna()]
    assert len(stated) == 10
    said = {trace.heading.split(" | ")[0]: trace.words for trace in traces}
    for row in stated.itertuples():
        assert row.low in find_numbers(said[row.Index]), row.Index
