"""The worked examples of ``new``: their tables, and what is printed from them."""

import pandas as pd
import pytest

import analysis
from analysis import load
from analysis.commands.main import main
from analysis.commands.new import EXAMPLES, HOW_TO, KINDS, TABLES, how_to, start
from analysis.data import codebook

FILES = [f"{table}.csv" for table in TABLES]

SAID = {
    "report": [
        "Civilians, killed: at least 21, 10 to 13 May 2020",
        "  Children: at least 3",
        "Town Guard, killed: 4,",
    ],
    "rising": [
        "People in Ilvar, killed: 113, 1 March 2020, published 9 March 2020; lowered from 115",
        "People in Ilvar, missing on 5 March 2020: 54, published 5 March 2020",
        "People in Ilvar, killed: 121,",
        "People in Ilvar, killed: 1,200, published 3 March 2020, withdrawn",
    ],
    "monthly": [
        "Civilians, killed: 95, 1 January to 31 March 2020, published 20 April 2020",
        "  Children: 16 (calculated from 3 numbers), 1 January to 31 March 2020",
        "  By government forces: 62 (calculated from 3 numbers)",
        "    Under torture by government forces: 4, 1 to 31 January 2020",
    ],
    "running": [
        "Civilians, killed: 1,530, 3 March to 30 June 2020, published 3 July 2020",
        "  Not yet known: 230, 3 March to 30 June 2020, published 3 July 2020",
    ],
}
TITLES = {
    "report": ("by_party", ["at least 21"]),
    "rising": ("reported", ["113", "1,200"]),
    "monthly": ("by_period", ["41", "January"]),
    "running": ("reported", ["1,204", "1,530"]),
}
"""A figure that each example is for, and what its title must say."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_summary_of_an_example(kind, capsys):
    assert main(["summary", str(EXAMPLES / kind)]) == 0
    printed = capsys.readouterr().out
    assert all(f"  {said}" in printed for said in SAID[kind])
    assert ("these numbers added" in printed) == (kind == "report")
    assert "asked" not in printed and "left out" not in printed


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_of_a_figure_of_an_example(kind):
    plot, said = TITLES[kind]
    title = getattr(analysis, f"plot_{plot}")(load(EXAMPLES / kind)).title
    assert all(each in title for each in said)


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_passes_the_check_without_a_question(tmp_path, kind, capsys):
    assert main(["new", str(tmp_path / kind), f"--like={kind}"]) == 0
    capsys.readouterr()
    assert main(["check", str(tmp_path / kind)]) == 0
    assert "warning" not in capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_has_only_columns_that_it_needs(tmp_path, kind):
    start(tmp_path, like=kind)
    for table in TABLES:
        cells = pd.read_csv(tmp_path / f"{table}.csv", dtype=str)
        assert cells.notna().any().all()
        assert [*cells.columns] != [column.name for column in codebook.TABLES[table]]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_full_writes_every_column_and_says_the_same(tmp_path, kind):
    start(tmp_path / "few", like=kind)
    start(tmp_path / "full", like=kind, full=True)
    for table in TABLES:
        cells = pd.read_csv(tmp_path / "full" / f"{table}.csv", dtype=str)
        assert [*cells.columns] == [column.name for column in codebook.TABLES[table]]
        few, full = (getattr(load(tmp_path / each), table) for each in ("few", "full"))
        pd.testing.assert_frame_equal(few[full.columns], full)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HOW_TO)
def test_how_to_code_is_one_page(kind, name):
    assert len(how_to(kind, name).splitlines()) <= 60


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_an_example_say_that_they_can_be_deleted(tmp_path, kind):
    start(tmp_path, like=kind)
    dataset = load(tmp_path)
    for table in TABLES:
        assert getattr(dataset, table)["note"].str.startswith("Worked example, invented").all()
    for name in FILES:
        path = tmp_path / name
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert load(tmp_path).events.empty


@pytest.mark.parametrize("kind", KINDS)
def test_labels_are_in_every_language_and_read_by_excel(tmp_path, kind):
    start(tmp_path, like=kind)
    labels = load(tmp_path).parties
    assert labels[["label_en", "label_fr"]].notna().all(axis=None)
    assert labels["label_ar"].str.contains("[\u0600-\u06ff]").all()
    for name in FILES:
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf")
