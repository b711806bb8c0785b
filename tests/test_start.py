"""A new dataset: what is written, that nothing is overwritten, and the way from it to figures."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import analysis
from analysis import load
from analysis.__main__ import main
from analysis.commands.new import EXAMPLES, HOW_TO, KINDS, TABLES, how_to, start
from analysis.data import codebook
from analysis.page.settings import PROJECT, settings

EXAMPLE = EXAMPLES / "report"
FILES = [*(f"{table}.csv" for table in TABLES), *HOW_TO]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def article() -> str:
    """The invented report, as it stands in the how-to."""
    page = (EXAMPLE / "HOW-TO.md").read_text(encoding="utf-8")
    text = page.partition("## The invented case\n\n")[2]
    return "".join(line.removeprefix("    ") for line in text.splitlines(keepends=True))


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    return start(tmp_path_factory.mktemp("book"), excel=True, full=True)[0]


# What is written


def test_new_writes_a_valid_dataset(tmp_path, capsys):
    folder = tmp_path / "a new" / "folder"
    assert main(["new", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[:-1] == [str(folder / name) for name in FILES]
    assert main(["check", str(folder)]) == 0


@pytest.mark.slow
def test_the_workbook_holds_the_same(tmp_path, book, capsys):
    start(tmp_path, full=True)
    for table in TABLES:
        found, expected = (getattr(load(place), table) for place in (book, tmp_path))
        pd.testing.assert_frame_equal(found, expected)
    assert main(["check", str(book.parent)]) == 0


def test_numbers_of_the_example_point_into_its_words(article):
    dataset = load(EXAMPLE)
    assert dataset.reports["text_sha256"].tolist() == [hashlib.sha256(article.encode()).hexdigest()]
    words = {
        row.event_id: article[row.char_start : row.char_end] for row in dataset.events.itertuples()
    }
    assert words == {
        "example_shelling": "Shells hit the market of Marwada on Wednesday",
        "example_market": "Nine civilians",
        "example_market_children": "three of them children",
        "example_total": "at least 21",
        "example_guards": "Four members of the Town Guard",
    }
    for row in dataset.events.itertuples():
        assert words[row.event_id] in article.split("\n\n")[row.paragraph - 1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HOW_TO)
def test_the_how_to_names_every_table_and_command(kind, name):
    text = how_to(kind, name)
    for named in (*TABLES, "check FOLDER --watch", "make CASUALTY_DATA=FOLDER"):
        assert named in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HOW_TO)
def test_the_how_to_says_the_same_in_every_language(kind, name):
    english, own = how_to(kind, "HOW-TO.md"), how_to(kind, name)
    assert {*re.findall("`[^`]+`", own)} >= {*re.findall("`[^`]+`", english)}
    shape = [re.findall(r"(?m)^(#+ |\||\d\. | {7}\S.*)", text) for text in (english, own)]
    assert shape[0] == shape[1]


def test_the_text_of_the_report_is_traced(tmp_path, article, capsys):
    path = tmp_path / "article.txt"
    path.write_bytes(article.encode())
    assert main(["trace", str(EXAMPLE), f"--text={path}"]) == 0
    assert "5 of 5 statements traced; no warning" in capsys.readouterr().out


def test_a_toll_that_rises_is_exported_without_what_no_format_can_say(tmp_path):
    folder = tmp_path / "ilvar"
    start(folder, like="rising")
    assert main(["datapackage", str(folder)]) == 0
    for name in ("ged", "hxl", "acled"):
        output = tmp_path / f"{name}.csv"
        assert main(["export", str(folder), f"--to={name}", f"--output={output}"]) == 0
        figures = output.read_text(encoding="utf-8")
        assert not re.search(r",(40|93|115|1200|234)(,|$)", figures, re.MULTILINE)


@pytest.mark.slow
def test_a_toll_that_rises_has_its_page(tmp_path):
    folder = tmp_path / "ilvar"
    start(folder, like="rising")
    assert main(["page", str(folder)]) == 0
    for code in analysis.LANGUAGES:
        page = (folder / "figures" / f"report.{code}.html").read_text(encoding="utf-8")
        assert 'id="f-reported"' in page
        assert "1,200" in page.replace("\u202f", ",")


@pytest.mark.slow
def test_every_figure_can_be_drawn(tmp_path):
    dataset = load(EXAMPLE)
    plots = [analysis.plot_statements, analysis.plot_over_time]
    for plot in [*plots, analysis.plot_by_party, analysis.plot_ledger]:
        written = analysis.export_figure(plot, dataset, tmp_path)
        assert all(path.stat().st_size for path in written)


# The workbook


def test_sheets_have_frozen_headers_with_notes(book):
    made = openpyxl.load_workbook(book)
    assert made.sheetnames == [*HOW_TO.values(), *TABLES]
    assert made["how-to ar"].sheet_view.rightToLeft and not made["how-to"].sheet_view.rightToLeft
    for table in TABLES:
        columns = codebook.TABLES[table]
        assert made[table].freeze_panes == "B2"
        for cell, column in zip(made[table][1], columns, strict=True):
            assert cell.value == column.name
            assert column.meaning.replace(".csv", "") in cell.comment.text
            assert ("Required" in cell.comment.text) == column.required


def test_columns_with_values_or_references_have_a_drop_down(book):
    made = openpyxl.load_workbook(book)
    for table in TABLES:
        columns = codebook.TABLES[table]
        rules = {
            next(iter(rule.sqref.ranges)).min_col: rule
            for rule in made[table].data_validations.dataValidation
            if rule.type == "list"
        }
        for place, column in enumerate(columns, 1):
            choices = column.allowed or column.examples
            referring = column.refers_to in TABLES
            assert (place in rules) == bool(choices or referring)
            if choices:
                assert rules[place].formula1 == f'"{",".join(choices)}"'
                assert len(rules[place].formula1) < 256  # Excel refuses longer lists
            elif referring:
                assert rules[place].formula1.startswith(f"{column.refers_to}!$A$2:$A$")
            if place in rules:
                only_these = column.kind != "ids" and not column.examples
                assert bool(rules[place].showErrorMessage) == only_these


def test_cells_below_the_example_keep_what_is_typed(book):
    made = openpyxl.load_workbook(book)
    formats = {"int": "0", "date": "yyyy-mm-dd"}
    for table in TABLES:
        columns = codebook.TABLES[table]
        for place, column in enumerate(columns, 1):
            letter = openpyxl.utils.get_column_letter(place)
            found = made[table].column_dimensions[letter].number_format
            assert found == formats.get(column.kind, "@")


# Nothing is overwritten


@pytest.mark.parametrize("there", [*FILES, "areas.csv", "dataset.xlsx", "other.xlsx"])
@pytest.mark.parametrize("excel", [[], ["--excel"]], ids=["csv", "excel"])
def test_nothing_is_overwritten(tmp_path, there, excel, capsys):
    if there in HOW_TO and excel:
        pytest.skip("the workbook has its own")
    (tmp_path / there).write_text("mine")
    assert main(["new", str(tmp_path), *excel]) == 1
    said = f"{tmp_path / there} is there already; nothing was written\n"
    assert capsys.readouterr().out == said
    assert contents(tmp_path) == {str(tmp_path / there): b"mine"}


def test_other_files_do_not_matter(tmp_path):
    (tmp_path / "article.txt").write_text("mine")
    start(tmp_path)
    assert (tmp_path / "article.txt").read_text() == "mine"
    load(tmp_path)


def test_a_file_is_no_folder(tmp_path, capsys):
    path = tmp_path / "file"
    path.write_text("mine")
    assert main(["new", str(path)]) == 1
    assert capsys.readouterr().out == f"{path} is there already; nothing was written\n"


# From the tables to the figures


def test_settings_put_everything_beside_the_data(tmp_path, monkeypatch):
    for path, place in ((tmp_path, tmp_path), (tmp_path / "report.xlsx", tmp_path)):
        monkeypatch.setenv("CASUALTY_DATA", str(path))
        found = settings()
        assert (found.data, found.figures, found.notebooks) == (
            path,
            place / "figures",
            place / "notebooks",
        )
    monkeypatch.delenv("CASUALTY_DATA")
    assert settings().notebooks is None


def test_a_relative_path_is_found_from_the_notebooks_too(monkeypatch):
    monkeypatch.setenv("CASUALTY_DATA", "data/coding")
    for place in (PROJECT, PROJECT / "notebooks"):
        monkeypatch.chdir(place)
        assert settings().data == PROJECT / "data" / "coding"


def test_a_workbook_beside_the_example_is_refused(monkeypatch):
    monkeypatch.setenv("CASUALTY_DATA", str(PROJECT / "report.xlsx"))
    with pytest.raises(ValueError, match="move it into a folder of its own"):
        settings()


@pytest.mark.slow
@pytest.mark.parametrize("excel", [False, True], ids=["csv", "excel"])
def test_notebooks_run_on_it_and_leave_the_example_alone(tmp_path, excel):
    folder = tmp_path / "my data"
    path = start(folder, excel)[0] if excel else folder
    if not excel:
        start(folder)
    ours = [PROJECT / "notebooks", PROJECT / "figures"]
    before = [contents(place) for place in ours]
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--config", "nbconvert_config.py"]
    command += ["--to", "notebook", "--execute", "--inplace", "notebooks/3-how-many-by-party.ipynb"]
    relative = os.path.relpath(path, PROJECT)
    env = os.environ | {"CASUALTY_DATA": relative, "PYTHONPATH": str(PROJECT / "src")}
    subprocess.run(command, cwd=PROJECT, env=env, check=True, timeout=300)
    assert [contents(place) for place in ours] == before
    executed = (folder / "notebooks" / "3-how-many-by-party.ipynb").read_text(encoding="utf-8")
    assert re.search(r"Town Guard", executed) and "government" not in executed
    for language in analysis.LANGUAGES:
        assert (folder / "figures" / language / "by_party.pdf").stat().st_size > 1000
