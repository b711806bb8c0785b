"""Small datasets to spoil, how to write them to a folder, and how to read what a figure draws."""

import copy
import csv
import gc
import io
import re
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import settings
from matplotlib.colors import to_hex
from matplotlib.text import Text

import analysis
from analysis import LANGUAGES
from analysis.charts import key as grammar
from analysis.charts import style as theme
from analysis.charts.chart import Chart
from analysis.charts.sheet import BASELINE
from analysis.data import codebook
from analysis.data.dataset import Dataset

settings.register_profile("same every time", derandomize=True, deadline=None)
settings.load_profile("same every time")
gc.set_threshold(100_000, 20, 50)  # collecting garbage of drawings took a tenth of the time

PROJECT = Path(__file__).resolve().parents[1]
collect_ignore = ["typed_example.py"]  # which a search for doctests would run


def slow(*case):
    """A case of a test that takes long and is like others: one for ``make test-all``."""
    return pytest.param(*case, marks=pytest.mark.slow)


INTERRUPTIBLE = {"preexec_fn": partial(signal.signal, signal.SIGINT, signal.SIG_DFL)}
"""For a process that is to hear Ctrl-C: what a shell starts in the background does not."""

Tables = dict[str, list[dict[str, str]]]

SMALL: Tables = {
    "reports": [
        {"report_id": "daraa", "source_date": "2018-07-24", "language": "ar"},
        {"report_id": "homs", "source_date": "2018-07-25"},
    ],
    "parties": [
        {"party_id": "civilians", "label_ar": "مدنيون", "status": "civilian"},
        {"party_id": "government"},
        {"party_id": "russia"},
        {"party_id": "opposition", "status": "armed group"},
    ],
    "tallies": [
        {"tally_id": "all", "party_id": "civilians", "harm": "killed", "source_original": "SOHR"},
        *(
            {"tally_id": name, "party_id": "civilians", "harm": "killed", "subset_of": "all"}
            | {"source_original": "SOHR", "victim_group": name}
            for name in ("children", "women")
        ),
    ],
    "events": [
        {
            "event_id": "total",
            "report_id": "daraa",
            "paragraph": "5",
            "char_start": "589",
            "char_end": "598",
            "date_start": "2018-07-18",
            "date_end": "2018-07-23",
            "tally_id": "all",
            "count_kind": "toll",
            "low": "41",
            "high": "45",
            "note": "at least, at most",
        },
        {
            "event_id": "monday",
            "report_id": "daraa",
            "date_start": "2018-07-23",
            "date_end": "2018-07-23",
            "tally_id": "all",
            "count_kind": "incident",
            "low": "4",
        },
        {
            "event_id": "raids",
            "report_id": "daraa",
            "event_type": "Air/drone strike",
            "side_a": "government;russia",
            "note": "ذكر المرصد",
        },
        {
            "event_id": "raids_again",
            "report_id": "daraa",
            "event_type": "Air/drone strike",
            "date_start": "2018-07-24",
            "date_end": "2018-07-24",
            "same_as": "raids",
        },
    ],
}
"""Rows stand on the lines 2, 3, … of their files. Cells that are not named are empty."""


@pytest.fixture
def tables() -> Tables:
    """A valid dataset, the test's own to change."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def labelled(tables) -> Tables:
    """The valid dataset with all that figures say of it, in every language."""
    for row in tables["parties"]:
        row |= {"label_en": row["party_id"], "label_ar": "طرف", "label_fr": "Camp"}
    term = {"term": "SOHR", "label_ar": "المرصد", "label_fr": "OSDH"}
    return tables | {"terms": [term]}


@pytest.fixture(scope="session")
def small_tables() -> Tables:
    """A valid dataset, not to be changed."""
    return SMALL


@pytest.fixture(scope="session")
def csv_text() -> Callable[..., str]:
    """A function that gives the text of a CSV file."""

    def text(table: str, rows: list[dict[str, str]], **dialect) -> str:
        file = io.StringIO(newline="")
        settings = {"lineterminator": "\n", **dialect}
        writer = csv.DictWriter(file, codebook.columns(table), restval="", **settings)
        writer.writeheader()
        writer.writerows(rows)
        return file.getvalue()

    return text


@pytest.fixture(scope="session")
def fortnight() -> Dataset:
    """The project's own dataset of several pages, which no test changes."""
    return analysis.load(PROJECT / "data" / "fortnight")


@pytest.fixture(scope="session")
def report() -> Dataset:
    """The project's own dataset of one page, which no test changes."""
    return analysis.load(PROJECT / "data" / "report")


@pytest.fixture(scope="session")
def write_tables(csv_text) -> Callable[..., Path]:
    """A function that writes tables to a folder."""

    def write(folder: Path, tables: Tables, **dialect) -> Path:
        for table, rows in tables.items():
            content = csv_text(table, rows, **dialect).encode()
            (folder / f"{table}.csv").write_bytes(content)
        return folder

    return write


@pytest.fixture
def folder(tmp_path, tables, write_tables) -> Path:
    """A folder that holds the valid dataset."""
    return write_tables(tmp_path, tables)


# What a figure draws

_WAYS = [(language, width) for language in LANGUAGES for width in ("page", "column")]
EVERY = [way if way == ("fr", "column") else slow(*way) for way in _WAYS]
"""Each language and width of a figure; all but the one with the longest words for slow tests."""
_KEY = {grammar._GREY, theme.letters(grammar._GREY), *theme.fading(grammar._GREY)}
_ACRONYMS = re.compile(r"\((SOHR|OCHA|UCDP)\)")


def written(chart: Chart) -> list[Text]:
    """Every text of a figure that shows."""
    return [text for text in chart.axes[0].texts if text.get_text().strip()]


def middle_of(text: Text) -> float:
    """How far down (inches) the middle of a text is."""
    return text.get_position()[1] - BASELINE * text.get_fontsize() / 72


def said(chart: Chart) -> list[str]:
    """What they say, without the mark that begins a line from the right."""
    return [text.get_text().replace("\u200f", "") for text in written(chart)]


def signs(chart: Chart, name: str) -> list[np.ndarray]:
    """The points (inches) of each sign of a name, in the order drawn, without those of the key."""
    shapes = [
        (each, each.get_facecolor(), corners)
        for each in chart.axes[0].patches
        for corners in each.get_path().to_polygons()
    ]
    lines = [(each, each.get_color(), each.get_xydata()) for each in chart.axes[0].lines]
    named = [each for each in shapes + lines if each[0].get_label() == f"_{name}"]
    own = set() if name == "naive" else _KEY  # the key has none, and its greys are near
    return [np.array(points, float) for _, colour, points in named if to_hex(colour) not in own]


def persons(shapes: list[np.ndarray], most: int) -> list[int]:
    """Widths of bars as counts, where the widest is of ``most`` persons."""
    wide = np.array([np.ptp(points[:, 0]) for points in shapes])
    return _whole(wide / wide.max() * most)


def counted(chart: Chart, points: np.ndarray) -> list[int]:
    """Counts that points of an English figure of one row stand at, as read off its axis."""
    named = [text for text in written(chart) if text.get_ha() == "right"]
    axis = [text for text in named if text.get_color() == theme.GREY]
    ends = [(middle_of(text), int(text.get_text().replace(",", ""))) for text in axis]
    (base, zero), (top, most) = ends[0], ends[-1]
    assert zero == 0
    return _whole((base - points[:, 1]) / (base - top) * most)


def _whole(counts: np.ndarray) -> list[int]:
    assert counts == pytest.approx(counts.round(), abs=1e-6)
    return counts.round().astype(int).tolist()


def _without_marks(text: str) -> str:
    """A text without the marks around foreign names, which each line has its own of."""
    return re.sub("[\u2068\u2069]", "", text)


def _on_each_other(boxes: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of boxes (rows of left, bottom, right, top) that share three pixels both ways."""
    low, high = boxes[:, :2], boxes[:, 2:]
    shared = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    return [(one, other) for one, other in np.argwhere(shared.min(axis=2) >= 3) if one < other]


def assert_readable(chart: Chart, about: object = "", foreign: bool = False) -> None:
    """No words outside the figure nor on others; title and source shown, nothing missing or small.

    With ``foreign`` an Arabic figure has names in Latin letters, which is no fault of its own.
    """
    edge, shown = chart.bbox.padded(1), written(chart)
    with mpl.rc_context(theme.style()):  # as it is written to files
        boxes = [text.get_window_extent() for text in shown]
    for text, box in zip(shown, boxes, strict=True):
        inside = box.x0 >= edge.x0 and box.x1 <= edge.x1 and box.y0 >= edge.y0
        assert inside and box.y1 <= edge.y1, (about, "cut off", text.get_text())
        assert text.get_fontsize() >= 7
    for one, other in _on_each_other(np.array([box.extents for box in boxes])):
        texts = shown[one].get_text(), shown[other].get_text()
        raise AssertionError((about, "on each other", *texts))
    words = _without_marks(" ".join(said(chart)))
    assert _without_marks(chart.title) in words and _without_marks(chart.source) in words
    words += chart.caption + chart.alt
    assert not re.search(r"\bnan\b|NaT|<NA>", words)
    if chart.language == "ar" and not foreign:
        assert not re.search("[A-Za-z]", _ACRONYMS.sub("", words)), about
