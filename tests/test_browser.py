"""The pages and the notebooks as people meet them: in a real browser, headless Chromium."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import analysis
from analysis.figures.choices import Figures
from analysis.page.page import draw_all, page_html

axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
playwright = pytest.importorskip("playwright.sync_api")

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PROJECT = Path(__file__).resolve().parents[1]
PAGES = ["report.en.html", "report.ar.html"]
SIZES = {"phone": (375, 740), "desktop": (1280, 900)}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FORTNIGHT, CONTROLS = PROJECT / "data" / "fortnight", "controls.ipynb"
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def browser():
    path = os.environ.get("CASUALTY_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def tab(browser):
    context = browser.new_context()
    opened = context.new_page()
    opened.problems = []
    opened.on("console", lambda said: said.type == "error" and opened.problems.append(said.text))
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    yield opened
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", SIZES)
class TestPage:
    @pytest.fixture
    def page(self, tab, name, size):
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
        tab.goto((PROJECT / "figures" / name).as_uri())
        tab.asked = asked
        return tab

    def test_no_errors_and_no_network(self, page):
        assert page.problems == []
        assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []

    def test_page_does_not_scroll_sideways(self, page):
        wide, seen = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= seen

    def test_every_figure_shows_once_and_says_what_it_shows(self, page, size):
        figures = page.locator("figure:not(details figure)").all()
        assert len(figures) == 7
        for figure in figures:
            (drawing,) = [each for each in figure.locator("svg").all() if each.is_visible()]
            assert drawing.get_attribute("class") == {"phone": "column", "desktop": "page"}[size]
            assert len(drawing.get_attribute("aria-label")) > 80
            box, frame = drawing.bounding_box(), figure.bounding_box()
            assert box["width"] == frame["width"] > 300
            words = drawing.locator("text").all_inner_texts()
            assert len(words) > 5
            for text in drawing.locator("text").all()[:12]:  # nothing runs out of the drawing
                place = text.bounding_box()
                assert place["x"] >= box["x"] - 1, text.inner_text()
                assert place["x"] + place["width"] <= box["x"] + box["width"] + 1

    def test_a_number_leads_to_its_words_by_pointer_and_keyboard(self, page):
        link = page.locator("#f-statements svg:visible a:has(text)").first
        row = page.locator(f"[id='{link.get_attribute('href')[1:]}']")
        assert not row.is_visible()  # folded
        link.click()
        lit = "row => getComputedStyle(row.firstElementChild).backgroundColor"
        assert row.is_visible() and row.evaluate(lit) == "rgb(255, 233, 168)"
        row.locator("a[href='#f-statements']").first.click()
        page.wait_for_url(re.compile("#f-statements$"))
        page.locator("#f-ledger svg:visible a:not([tabindex])").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("#s-"))
        page.locator("tr:target").wait_for()

    def test_nothing_serious_for_accessibility(self, page):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = axe_playwright.Axe().run(page).response["violations"]
            grave = [each["id"] for each in found if each["impact"] in ("serious", "critical")]
            assert grave == [], scheme

    def test_language_and_direction(self, page, name):
        language = name.split(".")[1]
        root = page.locator("html")
        assert root.get_attribute("lang") == language
        assert root.get_attribute("dir") == {"en": "ltr", "ar": "rtl"}[language]

    def test_links_lead_to_files(self, page):
        links = [link.get_attribute("href") for link in page.locator("figcaption a").all()]
        assert len(links) == 7 * 4
        assert all((PROJECT / "figures" / link).is_file() for link in links)


def test_script_in_a_note_shows_as_text(tab, tmp_path):
    script = (
        "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
    )
    dataset = analysis.load(PROJECT / "data" / "report")
    events = dataset.events.assign(note=script, event_type=script)
    tallies = dataset.tallies.assign(label_en=script, source_original=script)
    reports = dataset.reports.assign(
        title=script, source_office=script, url="javascript:document.title='taken'"
    )
    parties = dataset.parties.assign(label_en=script)
    dataset = analysis.Dataset(reports, parties, tallies, events)
    written = tmp_path / "page.html"
    text = page_html(dataset, "en", draw_all(Figures(dataset, {}, tmp_path), "en"))
    written.write_text(text, encoding="utf-8")
    tab.goto(written.as_uri())
    tab.wait_for_timeout(300)
    assert tab.title() != "taken"
    assert tab.locator("script").count() == 0
    assert tab.locator("a[href^=javascript]").count() == 0
    tab.locator("summary").first.click()
    assert script in tab.locator("td.long").last.inner_text()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab as `make lab` starts it, on a free port, on a copy of the project."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("project")
    for name in ("notebooks", "data"):
        shutil.copytree(PROJECT / name, folder / name)
    cell = (
        f"import analysis\nanalysis.explore(analysis.load({str(FORTNIGHT)!r}), figure='reported')"
    )
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    written = {"cell_type": "code", "id": "controls", "source": cell, "metadata": {}}
    written |= {"outputs": [], "execution_count": None}
    notebook = {"cells": [written], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "notebooks" / CONTROLS).write_text(json.dumps(notebook), encoding="utf-8")
    command = re.search(r"\$\(BIN\)/jupyter (lab .*)", (PROJECT / "Makefile").read_text()).group(1)
    words = command.replace("$(PORT)", str(port)).split()
    words += ["--no-browser", "--IdentityProvider.token=", "--allow-root"]
    words += [f"--ServerApp.root_dir={folder}"]
    # JupyterLab leaves out cells that are not in view, which would hide pictures from the test.
    options = tmp_path_factory.mktemp("settings")
    whole = options / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    whole.parent.mkdir(parents=True)
    whole.write_text('{"windowingMode": "none"}')
    own = {"JUPYTERLAB_SETTINGS_DIR": str(options)}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", *words],
        env=os.environ | own,
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/api")
            break
        except OSError:
            time.sleep(0.5)
    yield address, folder
    server.terminate()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:  # it waits for its kernels
        server.kill()


def choose(tab, menu: str, item: str, done) -> None:
    """Take an item of a menu, again if JupyterLab was too busy to heed it."""
    for _ in range(10):
        tab.keyboard.press("Escape")
        tab.locator(".lm-MenuBar-itemLabel").get_by_text(menu, exact=True).click()
        tab.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()
        for _ in range(40):
            if done():
                return
            tab.wait_for_timeout(250)
    pytest.fail(f"JupyterLab did not heed {menu}, {item}")


def open_notebook(tab, lab, name: str) -> None:
    """Open a notebook, and wait until its kernel is ready."""
    tab.set_viewport_size({"width": 1400, "height": 12_000})
    tab.goto(f"{lab[0]}/lab/tree/notebooks/{name}?reset")
    tab.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=120_000)
    idle = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
    tab.wait_for_selector(idle, state="attached", timeout=120_000)


def test_lab_opens_the_project_at_its_notebooks(tab, lab):
    tab.goto(lab[0])
    files = tab.locator(".jp-DirListing-item")
    files.get_by_text(NOTEBOOKS[0].name).wait_for(timeout=120_000)
    tab.locator(".jp-BreadCrumbs-home").click()
    files.get_by_text("data", exact=True).wait_for(timeout=60_000)


def save(tab, path: Path) -> None:
    """Save the open notebook and wait until the whole file is on disk.

    Jupyter empties a notebook's file before it writes the new one, and removes its own copy
    of the old one (``.~name``) when it is done.
    """
    before, copy = path.stat().st_mtime_ns, path.with_name(f".~{path.name}")
    tab.keyboard.press("Control+s")
    for _ in range(120):
        if path.stat().st_mtime_ns != before and not copy.exists():
            return
        tab.wait_for_timeout(250)
    raise AssertionError(f"{path.name} was not saved within 30 seconds")


def without_outputs(path: Path) -> dict:
    found = json.loads(path.read_text(encoding="utf-8"))
    for cell in found["cells"]:
        cell.pop("outputs", None)
    return found


def test_controls_in_jupyterlab(tab, lab):
    open_notebook(tab, lab, CONTROLS)
    numbered = tab.locator(".jp-InputPrompt").filter(has_text=re.compile(r"\[(\*|\d+)\]"))
    choose(tab, "Run", "Run All Cells", lambda: numbered.count() > 0)
    number = tab.locator(".jp-OutputArea svg a[href*='#s-']:not([tabindex])")
    number.first.wait_for(timeout=120_000)
    assert not tab.locator(".casualty-still").is_visible()  # said once where controls are
    drawing, rows = tab.locator(".jp-OutputArea svg[role=group]"), tab.locator("table tbody tr")
    latest = drawing.get_attribute("aria-label")
    slider = tab.get_by_role("slider")
    slider.focus()
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_function(
        "latest => document.querySelector('.jp-OutputArea svg[role=group]')"
        "?.getAttribute('aria-label') !== latest",
        arg=latest,
        timeout=60_000,
    )
    place = number.first.get_attribute("href").partition("#s-")[2]
    number.first.focus()
    lines = "[...document.querySelectorAll('table tbody tr')].filter(row => row.offsetParent)"
    tab.wait_for_function(f"{lines}.length === 1", timeout=60_000)
    events = analysis.load(FORTNIGHT).events.set_index("event_id")
    assert str(events.loc[place, "low"]) in rows.filter(visible=True).inner_text()
    tab.keyboard.press("Escape")
    tab.wait_for_function(f"{lines}.length > 1", timeout=60_000)


@pytest.mark.parametrize("name", [path.name for path in NOTEBOOKS])
def test_notebook_runs_in_jupyterlab(tab, lab, name):
    open_notebook(tab, lab, name)
    cells = tab.locator(".jp-CodeCell").count()
    numbered = tab.locator(".jp-InputPrompt").filter(has_text=re.compile(r"\[(\*|\d+)\]"))
    choose(tab, "Edit", "Clear Outputs of All Cells", lambda: numbered.count() == 0)
    choose(tab, "Run", "Run All Cells", lambda: numbered.count() > 0)
    done = tab.locator(".jp-InputPrompt").filter(has_text=f"[{cells}]:")
    failed = tab.locator('[data-mime-type="application/vnd.jupyter.error"]')
    done.or_(failed).first.wait_for(timeout=300_000)  # a cell that fails ends the run
    assert failed.count() == 0
    assert tab.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0
    tab.locator(".jp-OutputArea img").first.wait_for(timeout=60_000)
    pictures = tab.locator(".jp-OutputArea img").all()
    for picture in pictures:
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
        assert len(picture.get_attribute("alt")) > 80
    saved, committed = lab[1] / "notebooks" / name, without_outputs(PROJECT / "notebooks" / name)
    save(tab, saved)
    if without_outputs(saved) != committed:  # JupyterLab saved by itself, while cells ran
        save(tab, saved)
    assert without_outputs(saved) == committed
