"""The notebooks as committed: one cell of parameters, run in order, nothing of this machine."""

import ast
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
PARAMETERS = ["data", "language", "as_of", "width", "figures"]
OWN = "5-your-own-report.ipynb"


@pytest.fixture(scope="module")
def nbformat():
    """The library, which takes seconds to import, in the one worker that needs it."""
    return importlib.import_module("nbformat")


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request, nbformat):
    return nbformat.read(request.param, as_version=4)


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def html_of(notebook) -> list[str]:
    """The HTML outputs of a notebook."""
    data = [output.get("data", {}) for cell in code(notebook) for output in cell.outputs]
    return [each["text/html"] for each in data if "text/html" in each]


def test_five_at_most():
    assert 1 <= len(NOTEBOOKS) <= 5


def test_ran_from_top_to_bottom(notebook):
    counts = [cell.execution_count for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_no_error_no_timing_no_path(notebook, nbformat):
    nbformat.validate(notebook)
    text = json.dumps(notebook)
    assert '"output_type": "error"' not in text
    assert "iopub.execute" not in text and '"stderr"' not in text
    assert not re.search(r"/(home|root|work|tmp|Users)/", text)
    assert set(notebook.metadata) == {"kernelspec"}


def test_every_picture_has_alt_text(notebook):
    shown = html_of(notebook)
    pictures = [tag for each in shown for tag in re.findall("<img [^>]*>", each)]
    assert pictures
    for tag in pictures:
        assert len(re.search(r'alt="([^"]*)"', tag).group(1)) > 80
    data = [output.get("data", {}) for cell in code(notebook) for output in cell.outputs]
    assert not any("image/png" in each for each in data), "a picture without words"


def test_one_cell_of_parameters(notebook):
    tagged = [cell for cell in code(notebook) if "parameters" in cell.metadata.get("tags", [])]
    (cell,) = tagged
    targets = [node.targets[0].id for node in ast.parse(cell.source).body]
    assert targets == PARAMETERS


def test_sections_end_with_a_result_and_something_to_try(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    sections = [each for each in text.split("\n## ")[1:] if not each.startswith("Export")]
    assert sections and all("*Try:*" in section for section in sections)


def test_figures_are_called_by_their_names(notebook):
    text = "\n".join(cell.source for cell in code(notebook))
    assert re.search(r"analysis\.plot_\w+\(\s*dataset", text)
    assert "getattr" not in text and "sys.path" not in text


def test_no_number_is_typed(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            words = re.sub(r"`[^`]*`|^# \d\.", "", cell.source)
            assert not re.search(r"\d", words)


@pytest.fixture
def run(nbformat, monkeypatch):
    """A function that runs a notebook with parameters, as papermill does."""
    from nbclient import NotebookClient

    monkeypatch.setenv("PYTHONPATH", str(PROJECT / "src"))

    def run(name: str, folder: Path, **values):
        notebook = nbformat.read(PROJECT / "notebooks" / name, as_version=4)
        tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
        given = "\n".join(f"{key} = {value!r}" for key, value in values.items())
        place = tags.index(["parameters"]) + 1  # a cell behind the tagged one
        notebook.cells.insert(place, nbformat.v4.new_code_cell(given))
        resources = {"metadata": {"path": str(folder)}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
        return notebook

    return run


@pytest.mark.slow
def test_parameters_reach_the_figures(tmp_path, monkeypatch, run):
    monkeypatch.setenv("CASUALTY_STILL", "1")
    data, figures = str(PROJECT / "data" / "report"), str(tmp_path / "figures")
    asked = {"data": data, "language": "ar", "width": "column", "figures": figures}
    made = run("3-how-many-by-party.ipynb", tmp_path, **asked)
    shown = [each for each in html_of(made) if "<figure" in each]
    assert shown and all('<figure lang="ar" dir="rtl"' in each for each in shown)
    widths = [int(re.search(r'width="(\d+)"', each).group(1)) for each in shown]
    assert max(widths) < 400  # of a column
    assert (tmp_path / "figures" / "fr" / "by_party.pdf").exists()


@pytest.mark.slow
def test_without_figures_nothing_is_written(tmp_path, monkeypatch, run):
    monkeypatch.delenv("CASUALTY_FIGURES", raising=False)
    run(OWN, tmp_path, language="fr")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.slow
def test_a_text_of_ones_own_becomes_a_dataset(tmp_path, run):
    made = run(OWN, tmp_path, data=str(tmp_path / "korsa"))
    assert any("<mark" in each for each in html_of(made))
    assert {"events.csv", "tallies.csv"} <= {path.name for path in (tmp_path / "korsa").iterdir()}


@pytest.mark.slow
def test_a_rerun_keeps_tags_and_pairing(tmp_path, nbformat):
    cells = [nbformat.v4.new_code_cell("1 + 1", metadata={"tags": ["mine"], "editable": False})]
    paired = {"jupytext": {"formats": "ipynb,py:percent"}, "language_info": {"name": "python"}}
    path = tmp_path / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=paired), path)
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--config", "nbconvert_config.py"]
    command += ["--to", "notebook", "--execute", "--inplace", str(path)]
    env = os.environ | {"PYTHONPATH": str(PROJECT / "src")}
    subprocess.run(command, cwd=PROJECT, env=env, check=True, timeout=300)
    found = nbformat.read(path, as_version=4)
    assert found.cells[0].metadata == {"tags": ["mine"], "editable": False}
    assert found.metadata["jupytext"] == paired["jupytext"]
    assert "language_info" not in found.metadata
