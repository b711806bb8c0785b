"""The page: written whole for every language, the fortnight only on the project's own."""

import itertools
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import analysis
from analysis.__main__ import main
from analysis.charts import export
from analysis.figures.several import several
from analysis.page import page
from analysis.page.settings import PROJECT, Settings
from compact import make_dataset


def drawings(text: str) -> list[str]:
    """Where each picture's files are said to be."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(text)
    links = [attributes["href"] for tag, attributes in found if tag == "a"]
    return [link.removesuffix(".csv") for link in links if link.endswith(".csv")]


def test_another_dataset_has_a_page_in_every_language_without_the_fortnight(tmp_path):
    place = Settings(PROJECT / "data" / "report", tmp_path, "en", tmp_path / "notebooks")
    written = page.write_pages(place)
    assert [path.name for path in written] == [f"report.{code}.html" for code in analysis.LANGUAGES]
    shared = {f"{code}/share.{end}" for code in analysis.LANGUAGES for end in ("pdf", "png")}
    others = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")}
    assert others == shared | {path.name for path in written}
    names = ("by_party", "over_time", "by_day", "statements", "ledger")
    for path in written:  # files that are not there are not offered
        assert drawings(path.read_text("utf-8")) == []
    for code, name in itertools.product(analysis.LANGUAGES, names):
        (tmp_path / code / f"{name}.csv").touch()
    for path in page.write_pages(place):
        code = path.name.split(".")[1]
        assert drawings(path.read_text("utf-8")) == [f"{code}/{name}" for name in names]


def test_where_nothing_is_counted_there_is_no_page(tmp_path, folder, capsys):
    header = (folder / "events.csv").read_text(encoding="utf-8").splitlines()[0]
    events = f"{header}\nraids,daraa{',' * (header.count(',') - 1)}\n"
    (folder / "events.csv").write_text(events, encoding="utf-8")
    assert main(["page", str(folder)]) == 1
    said = "no statement has a count, and the page shows counts; write one into events"
    assert capsys.readouterr().out == f"{folder}: {said}\n"


def test_a_page_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    dataset = make_dataset([("a", "toll", 1, 1, 3, 3)])
    monkeypatch.setattr(page, "load", lambda path: dataset)
    monkeypatch.setattr(page, "own_plots", lambda dataset: {})
    place = Settings(tmp_path, tmp_path, "en", tmp_path / "notebooks")
    paths = page.write_pages(place)
    before = [path.read_bytes() for path in paths]

    def broken(self, target):
        raise OSError("no space left")

    monkeypatch.setattr(export.Path, "replace", broken)
    with pytest.raises(OSError, match="no space left"):
        page.write_pages(place)
    assert [path.read_bytes() for path in paths] == before
    assert sorted(tmp_path.iterdir()) == sorted(paths)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://example.org/a?b=1&c=<d>", "example.org"),
        ("http://example.org", "example.org"),
        ("javascript:alert(1)", None),
        ("example.org", None),
    ],
)
def test_only_addresses_of_the_web_are_links(address, host):
    dataset = make_dataset([("a", "toll", 1, 1, 3, 3)])
    reports = dataset.reports.assign(url=address)
    dataset = analysis.Dataset(reports, dataset.parties, dataset.tallies, dataset.events)
    text = page.page_html(dataset, "en", {}, others=dataset)
    shown = address.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    link = f'<a href="{shown}">{host}</a>' if host else shown
    assert f'<td class="link"><bdi>{link}</bdi></td>' in text


def test_the_page_there_is_made_by_the_code_as_it_is():
    dataset = analysis.load(PROJECT / "data" / "report")
    others = analysis.load(PROJECT / "data" / "fortnight")
    plots = page.own_plots(dataset)
    plots |= several(PROJECT / "data" / "fortnight", "fortnight_", others).plots
    made = page.page_html(dataset, "en", page.draw_all(plots, "en"), others)
    assert (PROJECT / "figures" / "report.en.html").read_text("utf-8") == made


def test_every_link_in_a_figure_is_a_row_that_leads_back():
    for path in sorted(Path(PROJECT / "figures").glob("report.*.html")):
        text = path.read_text("utf-8")
        assert len(text.encode()) < 1_000_000
        rows = {unescape(name) for name in re.findall(r'<tr id="([^"]*)"', text)}
        links = {unquote(link) for link in re.findall(r'<a href="#(s-[^"]*)"', text)}
        assert len(links) > 30 and links <= rows
        figures = {*re.findall(r'<figure id="([^"]*)"', text)}
        assert {*re.findall(r'<a href="#(f-[^"]*)"', text)} == figures


def test_the_page_opens_with_event_place_and_finding():
    dataset = analysis.load(PROJECT / "data" / "report")
    plots = page.own_plots(dataset)
    text = page.page_html(dataset, "en", page.draw_all({"by_party": plots["by_party"]}, "en"))
    body = re.split("</h1>|</p>", text[text.index("<h1>") :])[:2]
    said = [" ".join(unescape(re.sub("<[^>]*>", "", part)).split()) for part in body]
    assert said[0] == "People killed: Daraa governorate, Syria, 18 to 24 July 2018"
    assert said[1].startswith("41 civilians in bombardment, at least 43 of the government forces")
    assert text.index("<svg") < text.index("<h2>")
