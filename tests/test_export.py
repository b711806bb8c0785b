"""A figure as files: all of them, the same bytes every time, whole or not at all."""

import base64
import io
import json
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from PIL import Image

import analysis
from analysis.charts.pictures import pdf, picture_html, png, svg
from analysis.data.files import file_in, hold, temporary, write_new, write_whole
from analysis.figures.export import share

PROJECT = Path(__file__).resolve().parents[1]
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def bundle(report, tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    analysis.export_figure(analysis.plot_ledger, report, folder)
    return folder


def test_every_file_is_there(bundle):
    wanted = {f"ledger.{ending}" for ending in ("png", "svg", "pdf", "csv")}
    wanted |= {"ledger-column.png", "ledger-column.svg"}
    for language in ("en", "ar"):
        assert {path.name for path in (bundle / language).iterdir()} == wanted


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", ".x", "a b", "c:x", "", "x\n"])
def test_a_name_that_leads_elsewhere_is_refused(report, tmp_path, name):
    said = "names no file; write letters, digits, '-', '_' and '.', which is not the first"
    with pytest.raises(ValueError, match=re.escape(f"{name!r} {said}")):
        file_in(tmp_path, name)
    assert file_in(tmp_path, "أرقام-2_a.b") == tmp_path / "أرقام-2_a.b"
    with pytest.raises(ValueError, match="names no file"):
        write_new(tmp_path, {f"a/{name}": b""})


def test_a_figure_is_written_into_its_folder_only(report, tmp_path):
    with pytest.raises(ValueError, match="names no file"):
        analysis.export_figure(analysis.plot_ledger, report, tmp_path / "a" / "b", "../../x")
    assert [*tmp_path.iterdir()] == []


def test_same_bytes_again(bundle, report, tmp_path):
    analysis.export_figure(analysis.plot_ledger, report, tmp_path)
    for path in bundle.rglob("*.*"):
        assert path.read_bytes() == (tmp_path / path.relative_to(bundle)).read_bytes(), path.name


@pytest.mark.slow
def test_committed_figures_are_those_of_the_code(report, tmp_path):
    for plot in (analysis.plot_statements, analysis.plot_over_time):
        analysis.export_figure(plot, report, tmp_path)
    for path in tmp_path.rglob("*.csv"):
        committed = PROJECT / "figures" / path.relative_to(tmp_path)
        assert path.read_bytes() == committed.read_bytes()
    made = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    committed = json.loads((PROJECT / "figures/manifest.json").read_text(encoding="utf-8"))
    assert made.items() <= committed.items()


def test_picture_is_300_dpi_and_says_what_it_shows(bundle):
    for stem, millimetres in (("ledger", 175), ("ledger-column", 85)):
        with Image.open(bundle / "ar" / f"{stem}.png") as picture:
            assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
            assert picture.width / 300 * 25.4 == pytest.approx(millimetres, abs=0.2)
            assert picture.text["Title"].startswith("جمع الأعداد كلها")
            assert "Software" not in picture.text
            assert {"Description", "Source"} <= set(picture.text)


@pytest.mark.slow
def test_picture_has_few_colours_and_none_that_covers_much_is_another(report):
    chart = analysis.plot_by_party(report, language="ar")
    pixels = io.BytesIO()
    chart.savefig(pixels, format="raw")
    drawn = np.frombuffer(pixels.getvalue(), np.uint8).reshape(-1, 4)[:, :3]
    with Image.open(io.BytesIO(png(chart))) as picture:
        assert picture.mode == "P"
        written = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    assert written.shape == drawn.shape
    off = np.abs(written.astype(int) - drawn)
    inked = (drawn != 255).any(axis=1)
    assert not off[~inked].any() and off[inked].mean() < 1 and off.max() < 40
    colours, number = np.unique(drawn, axis=0, return_counts=True)
    for colour in colours[np.argsort(number)[-80:]]:  # what fades has as many steps as before
        assert not off[(drawn == colour).all(axis=1)].any(), colour


def test_a_picture_of_colours_between_others_is_left_as_it_is():
    figure = Figure(figsize=(1, 1))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(np.random.default_rng(1).random((100, 100, 3)), aspect="auto")
    picture = base64.b64decode(re.search('base64,([^"]*)"', picture_html(figure, "Noise."))[1])
    with Image.open(io.BytesIO(picture)) as shown:
        assert shown.mode == "RGB"


def test_typefaces_of_pdfs_do_not_shape_text_and_others_go_on_doing_so(report, tmp_path):
    pages = pdf(analysis.plot_by_party(report, language="ar"))
    streams = re.findall(rb"/Length1 \d+.*?stream\r?\n(.*?)\r?\nendstream", pages, re.DOTALL)
    assert len(streams) > 1
    for stream in streams:
        assert b"glyf" in zlib.decompress(stream)[:400]
        assert not {b"GSUB", b"GPOS", b"GDEF"} & {
            *re.findall(b"G[A-Z]{3}", zlib.decompress(stream)[:400])
        }
    drawing = svg(analysis.plot_by_party(report, language="ar")).decode()
    face = re.search(r"base64,([^)]*)\)", drawing)[1]
    with TTFont(io.BytesIO(base64.b64decode(face))) as font:
        assert "GSUB" in font and ord("ب") in font.getBestCmap()


def test_figures_of_a_language_have_the_same_typeface_inside(bundle, report):
    cut = re.compile(r"@font-face[^}]*}")
    for language in analysis.LANGUAGES:
        texts = (bundle / language / "ledger.svg").read_text("utf-8")
        other = svg(analysis.plot_by_party(report, language=language)).decode()
        assert cut.findall(texts) == cut.findall(other)


def test_a_letter_that_the_language_lacks_is_in_the_typeface(report):
    chart = analysis.plot_by_party(report)
    chart.axes[0].text(1, 1, "Évry")
    face = re.search(r"base64,([^)]*)\)", svg(chart).decode())[1]
    with TTFont(io.BytesIO(base64.b64decode(face))) as font:
        assert {*map(ord, "Évry")} <= {*font.getBestCmap()}


def test_drawing_has_title_description_and_role(bundle):
    for language in ("en", "ar"):
        root = ElementTree.parse(bundle / language / "ledger.svg").getroot()
        entry = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))[
            f"{language}/ledger"
        ]
        assert root.get("role") == "img" and root.get("lang") == language
        assert root.find(f"{SVG}title").text == entry["title"]
        assert root.find(f"{SVG}desc").text == f"{entry['alt']} {entry['source']}"


def test_text_stays_text_with_its_typeface(bundle):
    drawing = (bundle / "ar" / "ledger.svg").read_text(encoding="utf-8")
    assert re.search(r">القوات الحكومية \(اشتباكات، [^<]*</text>", drawing)
    assert drawing.count("@font-face") == 2
    assert "dc:date" not in drawing
    pages = (bundle / "en" / "ledger.pdf").read_bytes()
    assert b"/FontFile2" in pages and b"/Type3" not in pages
    assert b"CreationDate" not in pages


def test_numbers_are_links_and_only_the_first_to_a_place_stops_the_tab(bundle):
    root = ElementTree.parse(bundle / "ar" / "ledger.svg").getroot()
    links = [(link.get(HREF), link.get("tabindex")) for link in root.iter(f"{SVG}a")]
    stops = [place for place, index in links if index is None]
    assert "../report.ar.html#s-civilians_total" in stops and len(stops) == len({*stops})


def test_snippet_is_a_figure_for_a_page_of_ones_own(bundle):
    manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    figure = ElementTree.fromstring(manifest["en/ledger"]["html"])
    picture, caption = figure
    with Image.open(bundle / "en" / picture.get("src")) as image:
        wide, tall = (int(picture.get(name)) for name in ("width", "height"))
        assert wide / tall == pytest.approx(image.width / image.height, rel=0.01)
    assert picture.get("alt").startswith("Adding up every number gives 160")
    assert "Source:" in caption.text and figure.get("dir") == "ltr"


def test_a_figure_to_be_passed_on(report):
    files = share(analysis.plot_by_party(report, language="ar"))
    with Image.open(io.BytesIO(files["share.png"])) as picture:
        assert picture.size == (1200, 630)
        corners = [picture.convert("RGB").getpixel(at) for at in ((0, 0), (1199, 629))]
        assert corners == [(255, 255, 255)] * 2
    assert re.search(rb"/MediaBox \[ 0 0 595\.27\d+ 841\.88\d+ \]", files["share.pdf"])
    assert files == share(analysis.plot_by_party(report, language="ar"))


def test_print_file_has_title_and_subject(bundle):
    pages = (bundle / "en" / "ledger.pdf").read_bytes()
    assert re.search(rb"/Title \(Adding up every number gives 160", pages)
    assert b"/Subject" in pages


def test_numbers_drawn_have_units(bundle):
    numbers = pd.read_csv(bundle / "en" / "ledger.csv")
    assert {"low_persons", "high_persons", "counted_persons"} <= set(numbers.columns)
    assert numbers["counted_persons"].sum() == 145


def test_manifest_says_what_a_figure_rests_on(bundle, report):
    manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest) == [f"{code}/ledger" for code in sorted(analysis.LANGUAGES)]
    entry = manifest["en/ledger"]
    assert {"civilians_total", "children_total"} <= set(entry["event_ids"])
    assert entry["dataset_sha256"] == report.sha256
    assert set(entry["libraries"]) >= {"matplotlib", "pandas"}


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "figure.png"
    path.write_bytes(b"before")
    with pytest.raises(TypeError):
        write_whole(path, "not bytes")
    assert path.read_bytes() == b"before"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.slow
def test_a_killed_process_leaves_no_half_file(tmp_path):
    path = tmp_path / "figure.png"
    code = (
        "import sys; from pathlib import Path; from analysis.data.files import write_whole\n"
        "while True:\n"
        "    for letter in b'ab': write_whole(Path(sys.argv[1]), bytes([letter]) * 30_000_000)\n"
    )
    for wait in (0.02, 0.05, 0.08):
        process = subprocess.Popen([sys.executable, "-c", code, str(path)])
        while not path.exists():
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        content = path.read_bytes()
        assert len(content) == 30_000_000 and len(set(content)) == 1


@pytest.mark.slow
def test_figures_entered_at_the_same_time_are_all_in_the_manifest(tmp_path):
    code = (
        "import sys; from pathlib import Path; from types import SimpleNamespace as Some\n"
        "from analysis.figures.export import _enter\n"
        "folder = Path(sys.argv[1])\n"
        "said = dict.fromkeys(['title', 'caption', 'alt', 'source'], '')\n"
        "locale = lambda *_, **__: ''\n"
        "locale.direction, size = 'ltr', lambda: (1, 1)\n"
        "chart = Some(language='en', event_ids=[], manifest={}, sha256={}, locale=locale, **said)\n"
        "chart.get_size_inches = size\n"
        "for each in range(40):\n"
        "    name = f'{sys.argv[2]} {each}'\n"
        "    (folder / 'en' / f'{name}.png').touch()\n"
        "    _enter(folder / 'manifest.json', name, chart)\n"
    )
    (tmp_path / "en").mkdir()
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen([*command, name]) for name in ("one", "two", "three")]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest) == 120
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en", "manifest.json"]


def test_a_path_is_held_by_one_at_a_time(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    with hold(tmp_path / "a") as held, Path(held.name).open() as other:
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        hold(tmp_path / "b").close()
    hold(tmp_path / "a").close()
    assert not [*tmp_path.iterdir()]


def test_a_notebook_is_held_until_its_process_ends(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    config = PROJECT / "nbconvert_config.py"
    said = "import sys, runpy; from unittest.mock import MagicMock; path = sys.argv.pop(1)"
    said += "; runpy.run_path(path, {'get_config': MagicMock}); print(flush=True); input()"
    command = [sys.executable, "-c", said, config, tmp_path / "a.ipynb"]
    pipes = dict.fromkeys(["stdin", "stdout"], subprocess.PIPE)
    with temporary(tmp_path / "a.ipynb", ".lock").open("a") as lock:
        with subprocess.Popen(command, **pipes) as other:
            other.stdout.readline()
            with pytest.raises(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            other.communicate(b"\n")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
