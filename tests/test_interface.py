"""What ``import analysis`` offers: its help, its types, its errors, and what it shows."""

import ast
import functools
import inspect
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import analysis
from analysis.figures.choices import FIGURES, chosen_figures

PROJECT = Path(__file__).resolve().parents[1]
STUB = PROJECT / "src" / "analysis" / "figures" / "plots.pyi"
FUNCTIONS = [name for name in analysis.__all__ if inspect.isfunction(getattr(analysis, name))]
PLOTS = [name for name in FUNCTIONS if name.startswith("plot_")]
TABLES = ["statements", "totals", "casualty_bounds", "ledger", "revisions", "doubts"]
TABLES += ["contradictions", "coverage"]


# Help and types


@pytest.mark.parametrize("name", FUNCTIONS)
def test_help_is_complete(name):
    function = getattr(analysis, name)
    said = inspect.getdoc(function)
    for section in ("Parameters", "Returns", "Raises", "Examples"):
        assert f"\n{section}\n{'-' * len(section)}\n" in said, section
    assert ">>> " in said.partition("Examples\n")[2]
    for option in inspect.signature(function).parameters:
        option = {"given": "dataset"}.get(option, option)
        assert re.search(rf"(?m)^(\w+, )*(\*\*)?{option}(, \w+)*\b", said), option


@pytest.fixture(scope="module")
def figures_of():
    """A function that gives the chosen figures of one of the project's datasets, loaded once."""
    return functools.cache(lambda name: chosen_figures(PROJECT / "data" / name))


@pytest.mark.parametrize("name", FIGURES)
def test_each_figure_has_what_controls_and_tables_ask_of_it(name, figures_of):
    """``explore`` offers parties for every figure, ``readable`` says who, how many and when."""
    asked = {"harm", "parties", "tallies"}
    assert asked <= {*inspect.signature(getattr(analysis, f"plot_{name}")).parameters}
    figures = figures_of("report" if name == "ledger" else "fortnight")
    rows = figures.plot(name).readable()[["Who", "Number", "Days"]]
    assert len(rows) and (rows != "").all(axis=None)


@pytest.mark.parametrize("name", analysis.__all__)
def test_everything_offered_is_there_and_described(name):
    assert name == "LANGUAGES" or inspect.getdoc(getattr(analysis, name))


@pytest.mark.slow
def test_a_star_import_takes_all(tmp_path):
    """Also where an extra is missing, which is only needed by who asks for it."""
    block = "import sys; sys.modules.update(dict.fromkeys(['dask', 'anywidget', 'IPython']))\n"
    code = block + (
        "from analysis import *\n"
        "for ask in (lambda: explore(load('data/report')), lambda: open_archive('x')):\n"
        "    try:\n        ask()\n"
        "    except ImportError as error:\n        print(error)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT
    ).stdout
    assert "pip install 'casualty-analysis[lab]'" in said
    assert "pip install 'casualty-analysis[archive]'" in said


def test_editors_are_told_the_options_that_there_are():
    body = ast.parse(STUB.read_text(encoding="utf-8")).body
    told = {node.name: node.args for node in body if isinstance(node, ast.FunctionDef)}
    assert {*told} == {*PLOTS}
    for name, said in told.items():
        there = inspect.signature(getattr(analysis, name)).parameters.values()
        named = [each.arg for each in (*said.args, *said.kwonlyargs)]
        assert named == [each.name for each in there]
        defaults = [ast.literal_eval(each) for each in said.kw_defaults]
        assert defaults == [each.default for each in there][1:]


def checked(path: Path) -> str:
    command = [sys.executable, "-m", "mypy", "--follow-imports=silent", "--ignore-missing-imports"]
    command += ["--cache-dir", os.devnull, "--strict", str(path)]
    env = os.environ | {"MYPYPATH": str(PROJECT / "src")}
    return subprocess.run(command, env=env, capture_output=True, text=True, cwd=PROJECT).stdout


@pytest.mark.slow
def test_an_example_is_type_checked():
    assert "Success" in checked(PROJECT / "tests" / "typed_example.py")


@pytest.mark.slow
def test_a_type_checker_names_what_is_wrong(tmp_path):
    path = tmp_path / "wrong.py"
    path.write_text(
        "import analysis\n"
        "dataset = analysis.load('data/report')\n"
        "analysis.plot_by_party(dataset, tallies='civilians')\n"
        "analysis.plot_by_party(dataset, party=['civilians'])\n"
        "analysis.totals('data/report')\n"
    )
    said = checked(path)
    assert {"wrong.py:3", "wrong.py:4", "wrong.py:5"} == {*re.findall(r"wrong\.py:\d", said)}


# Errors


@pytest.mark.parametrize("name", ["by_party", "reported", "over_time", "by_period", "statements"])
@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"tallies": "sohr_civilians"}, ValueError, "write a list with at least one"),
        ({"tallies": ["nonsense"]}, ValueError, "'nonsense'.*sohr_civilians"),
        ({"parties": "civilians"}, ValueError, "write a list with at least one"),
        ({"parties": ["nonsense"]}, ValueError, "civilians, government_forces"),
        ({"harm": "nonsense"}, ValueError, "killed"),
        ({"party": ["civilians"]}, TypeError, "no option 'party'; it has language, width, as_of"),
        ({"as_of": "2017-01-01"}, ValueError, "by 2017-01-01; .* 2018-07-20 to 2018-08-01"),
        ({"language": "xx"}, ValueError, "languages are en, ar, fr"),
        ({"width": "xx"}, ValueError, "widths are page and column"),
    ],
)
def test_a_figure_says_in_a_line_what_is_allowed(fortnight, name, asked, error, said):
    with pytest.raises(error, match=said) as found:
        getattr(analysis, f"plot_{name}")(fortnight, **asked)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda d: analysis.ledger(d, harm="nonsense"), "killed, executed, evacuated"),
        (lambda d: analysis.totals(d, reading="loose"), "primary, wide"),
        (lambda d: analysis.totals(d, by="sex"), "month, year, attributed_to"),
        (lambda d: analysis.totals(d, as_of="24 July"), "YYYY-MM-DD"),
        (lambda d: analysis.totals(d, labels="xx"), "True or one of en, ar, fr"),
        (lambda d: analysis.window_bounds(d, "x", "2018-07-19", "2018-07-20"), "sohr_civilians"),
        (lambda d: analysis.plot_by_period(d, source="nobody"), "SOHR, OCHA"),
        (lambda d: analysis.relabel(d, {"x": "y"}), "civilians, government_forces"),
        (lambda d: analysis.recolour(d, {"civilians": "red"}), "#7a0177"),
        (lambda d: analysis.described(Figure(), " "), "say what the figure shows"),
    ],
)
def test_a_table_says_in_a_line_what_is_allowed(fortnight, ask, said):
    with pytest.raises(ValueError, match=said) as found:
        ask(fortnight)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize("name", [*PLOTS, "totals", "ledger", "coverage", "explore"])
def test_a_folder_is_no_dataset(name):
    with pytest.raises(TypeError, match=r"analysis\.load\(FOLDER\) gives one"):
        getattr(analysis, name)("data/fortnight")


def test_an_absolute_path_is_named_where_nothing_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(analysis.DatasetError, match=re.escape(str(tmp_path / "nowhere"))):
        analysis.load("nowhere")


def test_paths_are_seen_from_a_notebook_too(tmp_path, monkeypatch, report):
    monkeypatch.chdir(PROJECT / "notebooks")
    assert analysis.load("data/report").sha256 == report.sha256
    assert analysis.load_choices("data/fortnight")["sources"]["relies"] == {"UCDP": "SOHR"}


# What is shown


@pytest.mark.parametrize("name", TABLES)
def test_tables_can_name_what_their_ids_mean(fortnight, name):
    find = getattr(analysis, name)
    plain, english, arabic = (find(fortnight, labels=each) for each in (False, True, "ar"))
    added = [column for column in english if column not in plain]
    assert added and english[[*plain.columns]].equals(plain)
    if len(plain) and added == ["label"]:
        assert "Civilians (bombardment)" in "".join(english["label"])
        assert "مدنيون" in "".join(arabic["label"])


def test_a_tally_without_a_label_is_named_by_its_party():
    tallies = analysis.load("data/report").tallies
    report = analysis.load("data/report")
    labels = dict.fromkeys(tallies.filter(like="label_"))
    bare = analysis.Dataset(
        report.reports, report.parties, tallies.assign(**labels), report.events, report.areas
    )
    named = analysis.statements(bare, labels=True).set_index("tally_id")["label"]
    assert named["children_bombardment"].iloc[0] == "Civilians (children; bombardment; pocket)"


def test_what_is_shown_is_short(fortnight):
    figure = analysis.plot_by_party(fortnight)
    for each in (fortnight, figure):
        assert "\n" not in repr(each) and len(repr(each)) < 250


@pytest.mark.parametrize("language", analysis.LANGUAGES)
def test_a_figure_says_itself_in_html(report, language):
    figure = analysis.plot_by_party(report, language=language)
    shown = figure._repr_html_()
    assert f'alt="{escape(figure.alt)}"' in shown
    assert "<details><summary>" in shown and figure.caption in shown
    assert shown.count("<tr>") == len(figure.readable())
    assert ('dir="rtl"' in shown) == (language == "ar")


@pytest.mark.parametrize("name", ["by_party", "reported", "over_time", "by_period", "coverage"])
def test_the_table_of_a_figure_has_its_numbers_in_words(fortnight, name):
    figure = getattr(analysis, f"plot_{name}")(fortnight)
    table = figure.readable()
    assert len(table) and (table != "").any().all()
    if name == "by_party":
        assert table["Number"].iloc[0] == "at least 62" and table["Who"].iloc[0] == "Civilians"


@pytest.mark.slow
def test_a_drawn_figure_is_written_as_its_function_is(report, tmp_path):
    options = {"parties": ["civilians"], "as_of": "2018-07-24"}
    figure = analysis.plot_by_party(report, language="fr", **options)
    ways = {
        "drawn": analysis.export_figure(figure, tmp_path / "drawn", name="own"),
        "asked": analysis.export_figure(
            analysis.plot_by_party, report, tmp_path / "asked", "own", **options
        ),
    }
    contents = [[path.read_bytes() for path in paths] for paths in ways.values()]
    assert contents[0] == contents[1]


def test_figures_can_be_recoloured_and_relabelled(report):
    own = analysis.recolour(report, {"civilians": "#7a0177"})
    own = analysis.relabel(own, {"civilians_bombardment": "Residents"})
    for plot in (analysis.plot_by_party, analysis.plot_over_time, analysis.plot_statements):
        figure = plot(own)
        marks = [*figure.axes[0].patches, *figure.axes[0].lines]
        colours = {to_hex(getattr(m, "get_facecolor", lambda m=m: m.get_color())()) for m in marks}
        assert "#7a0177" in colours and "#0072b2" not in colours
        assert "Residents" in figure.alt and "Civilians" not in figure.title
    assert "Residents" not in analysis.plot_by_party(report).alt, "the dataset stays as it is"
    arabic = analysis.relabel(report, {"civilians_bombardment": "سكان"}, language="ar")
    assert "سكان" in analysis.plot_by_party(arabic, language="ar").alt
