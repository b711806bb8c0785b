"""The page: written whole for every language, the fortnight only on the project's own."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

import analysis
from analysis.charts import export
from analysis.page import page
from analysis.page.settings import PROJECT, Settings
from test_bounds_oracle import make_dataset


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
    assert [path.name for path in written] == ["report.en.html", "report.ar.html"]
    assert sorted(tmp_path.iterdir()) == sorted(written)
    for path in written:
        code = path.name.split(".")[1]
        names = ("over_time", "by_party", "statements", "ledger")
        assert drawings(path.read_text("utf-8")) == [f"{code}/{name}" for name in names]


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
    text = page.page_html(dataset, "en", plots={}, others=dataset)
    shown = address.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    link = f'<a href="{shown}">{host}</a>' if host else shown
    assert f'<td class="link"><bdi>{link}</bdi></td>' in text


def test_the_pages_there_are_made_by_the_code_as_it_is():
    dataset = analysis.load(PROJECT / "data" / "report")
    others = analysis.load(PROJECT / "data" / "fortnight")
    for path in sorted(Path(PROJECT / "figures").glob("report.*.html")):
        written = path.read_text("utf-8")
        made = page.page_html(dataset, path.name.split(".")[1], plots={}, others=others)
        assert all(line in written for line in made.splitlines())
