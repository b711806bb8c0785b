"""The notebooks as committed: thin, run from top to bottom, nothing of this or that machine."""

import json
import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_ran_from_top_to_bottom(notebook):
    counts = [cell.execution_count for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_no_error_no_timing_no_path(notebook):
    nbformat.validate(notebook)
    text = json.dumps(notebook)
    assert '"output_type": "error"' not in text
    assert "iopub.execute" not in text and '"stderr"' not in text
    assert not re.search(r"/(home|root|work|tmp|Users)/", text)
    assert set(notebook.metadata) == {"kernelspec"}


def test_every_picture_has_alt_text(notebook):
    pictures = [
        output
        for cell in code(notebook)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    assert pictures
    for output in pictures:
        assert len(output.metadata["image/png"]["alt"]) > 80


def test_thin(notebook):
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 3
        assert not re.search(r"\b(def|class|merge|Path|sys\.path)\b", cell.source)


def test_no_number_is_typed(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", re.sub(r"^# \d\.", "", cell.source))
