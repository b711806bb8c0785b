"""The page: written whole for every language, the fortnight only on the project's own."""

import functools
import itertools
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest

import analysis
from analysis.__main__ import main
from analysis.charts import style as theme
from analysis.figures import export
from analysis.figures.choices import chosen_figures
from analysis.language.locales import locale_of
from analysis.page import page, tables
from analysis.page.settings import PROJECT, Settings
from compact import make_dataset, toll, with_cells
from conftest import slow


def drawings(text: str) -> list[str]:
    """Where each picture's files are said to be."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(text)
    links = [attributes["href"] for tag, attributes in found if tag == "a"]
    return [link.removesuffix(".csv") for link in links if link.endswith(".csv")]


@pytest.mark.slow
def test_another_dataset_has_a_page_in_every_language(tmp_path):
    place = Settings(PROJECT / "data" / "report", tmp_path, tmp_path / "notebooks")
    written = page.write_pages(place)
    assert [path.name for path in written] == [f"report.{code}.html" for code in analysis.LANGUAGES]
    shared = {f"{code}/share.{end}" for code in analysis.LANGUAGES for end in ("pdf", "png")}
    others = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")}
    assert others == shared | {path.name for path in written}
    names = ("by_party", "over_time", "statements", "ledger")  # the others do not suit it
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
    monkeypatch.setattr(page, "draw_all", lambda *asked: {})
    place = Settings(tmp_path, tmp_path, tmp_path / "notebooks")
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
    reports = pd.concat([reports, reports.assign(report_id="again")], ignore_index=True)
    dataset = analysis.Dataset(reports, dataset.parties, dataset.tallies, dataset.events)
    text = page.page_html(dataset, "en", {})
    shown = address.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    link = f'<a href="{shown}">{host}</a>' if host else shown
    assert f'<td class="link"><bdi>{link}</bdi></td>' in text


@pytest.mark.slow
def test_the_page_there_is_made_by_the_code_as_it_is():
    report = analysis.load(PROJECT / "data" / "report")
    fortnight = PROJECT / "data" / "fortnight"
    main = chosen_figures(fortnight, prefix="fortnight_")
    names = [name for name in page.ORDER if name not in page.CLOSELY]
    charts = page.draw_all(main, "en", names)
    charts |= page.draw_all(chosen_figures(PROJECT / "data" / "report"), "en", page.CLOSELY)
    made = page.page_html(main.dataset, "en", charts, report)
    assert (PROJECT / "figures" / "report.en.html").read_text("utf-8") == made


def test_every_link_in_a_figure_is_a_row_that_leads_back():
    for path in sorted(Path(PROJECT / "figures").glob("report.*.html")):
        text = path.read_text("utf-8")
        assert len(text.encode()) < 1_000_000
        rows = {unescape(name) for name in re.findall(r'<tr id="([^"]*)"', text)}
        links = {unquote(link) for link in re.findall(r'<a href="#(s-[^"]*)"', text)}
        assert len(links) > 20 and links <= rows
        figures = {*re.findall(r'<figure id="([^"]*)"', text)}
        assert {*re.findall(r'<a href="#(f-[^"]*)"', text)} == figures


@functools.cache
def fortnight(code: str) -> str:
    """The page of the fortnight in a language, with some of its figures."""
    figures = chosen_figures(PROJECT / "data" / "fortnight")
    names = ("by_party", "reported", "sources")
    return page.page_html(figures.dataset, code, page.draw_all(figures, code, names))


in_every_language = pytest.mark.parametrize("code", ["en", slow("ar"), slow("fr")])


def words(text: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", text)).split())


def test_the_page_opens_with_one_finding_and_the_days_it_covers():
    text = fortnight("en")
    opening = text[text.index("<h1>") : text.index("<figcaption>")]
    finding = words(re.search("<h1>(.*)</h1>", opening)[1])
    assert finding.startswith("At least 62 civilians")
    assert words(re.search('<p class="standfirst">(.*?)</p>', opening)[1]) == (
        "People killed: Daraa governorate, Syria, 17 July to 1 August 2018"
    )
    assert "At least 62" not in words(opening.split("</h1>")[1]), "not said again in the figure"
    order = re.findall(r'<figure id="f-(\w+)"', text)
    assert order == ["by_party", "reported", "sources"]


@in_every_language
def test_every_language_leads_to_the_others_and_every_heading_has_a_link(code):
    text = fortnight(code)
    others = {*re.findall(r'<a href="report\.(\w+)\.html"', text)}
    assert others == {*analysis.LANGUAGES} - {code}
    contents = re.findall('<li><a href="#(h-[^"]*)"', text)
    assert contents == re.findall('<h2 id="(h-[^"]*)"', text) and len(contents) > 6
    assert text.index('href="#story"') < text.index("<nav")


def test_statements_have_their_days_and_publication():
    row = re.search('<tr id="s-sohr_civilians_0731">.*', fortnight("en"))[0]
    cells = [words(cell) for cell in re.findall("<td.*?</td>", row)]
    assert cells[1:4] == ["at least 62", "19 to 31 July 2018", "1 August 2018"]
    assert len(cells) == len(tables.COLUMNS["statements"])


def test_each_colour_of_a_figure_has_one_for_a_dark_page():
    text = fortnight("en")
    used = {*re.findall(r"var\(--c(\w{6}),", text)}
    assert used and used == {*re.findall(r"--c(\w{6}):#", text)}
    assert not re.search(r"(?:fill|stroke): #", text)
    assert theme.on_dark("#ffffff") < "#202020" and theme.on_dark("#1a1a1a") > "#d0d0d0"


@in_every_language
def test_a_cell_has_the_name_of_its_column_where_rows_are_stacked(code):
    begins = {"en": 'Days: "}', "ar": "الأيام", "fr": "Jours"}[code]
    assert f'.statements td:nth-child(3)::before{{content:"{begins}' in fortnight(code)


@in_every_language
def test_no_page_holds_a_script_or_an_event_handler(code):
    assert not re.search(r"<script|\son\w+=|javascript:", fortnight(code))


def test_what_each_source_counted_has_what_it_counts_on_a_day():
    dataset = make_dataset([toll(40, 10), toll(9, 10, tally="lost", days=(None, 5))])
    dataset = with_cells(dataset, "tallies", harm={"lost": "missing"})
    dataset = with_cells(dataset, "events", count_kind={"e2": "stock"})
    rows = tables.others(dataset, locale_of("en"))
    assert rows.iloc[:, 2:].to_numpy().tolist() == [
        ["killed", "28 June 2018", "40", "40"],
        ["missing", "2 July 2018", "9", ""],
    ]


def test_the_lead_is_shown_as_known_on_the_days_that_changed_it_most():
    found = re.compile("<details><summary>([^<]*)</summary><figure>(.*?)</figure>", re.DOTALL)
    known = found.findall(fortnight("en"))
    days = [said.split(":")[0] for said, _ in known]
    assert days == [f"As known on {day} July 2018" for day in (24, 26, 28, 30)]
    assert "At least 145 people killed" in known[0][0] and "283 Islamic State" in known[-1][0]
    assert ">at least 62</text>" not in known[0][1], "published on 1 August"


@in_every_language
def test_earlier_days_stand_between_the_lead_and_the_next_figure(code):
    text = fortnight(code)
    known = re.findall("<details><summary>[^<]*</summary><figure>(.*?)</figure>", text, re.DOTALL)
    assert [drawing.count("<svg") for drawing in known] == [1, 1, 1, 1]
    order = ['id="f-by_party"', "<details>", 'id="f-reported"']
    assert [*map(text.index, order)] == sorted(map(text.index, order))


def test_one_publication_has_no_earlier_days():
    report = chosen_figures(PROJECT / "data" / "report")
    drawn = page.draw_all(report, "en", ["by_party"])
    assert drawn and "As known on" not in page.page_html(report.dataset, "en", drawn)


def test_a_number_in_a_figure_says_where_its_words_stand():
    report = chosen_figures(PROJECT / "data" / "report")
    drawn = page.draw_all(report, "fr", ["by_party"])
    text = page.page_html(report.dataset, "fr", drawn)
    links = re.findall('<a href="#s-([^"]*)"[^>]*>(?:<title>([^<]*)</title>)?', text)
    assert len(links) > 5 and all(said for _, said in links)
    row = report.dataset.events.set_index("event_id").loc["children_total"]
    said = unescape(dict(links)["children_total"])
    for part in ("24\u00a0juillet\u00a02018", f"Paragraphe\u00a0: {row['paragraph']}"):
        assert part in said
    assert str(row["char_start"]) in said and str(row["char_end"]) in said


def test_tables_print_what_was_said():
    dataset = with_cells(make_dataset([toll(61, 10, None)]), "events", count={"e1": "more than 60"})
    locale = locale_of("en")
    row = tables.statements(dataset, locale, {}).loc["e1"]
    assert row["number"] == tables.counting(dataset, locale)["number"].iloc[0] == "more than 60"


def test_columns_that_no_statement_fills_are_left_out():
    text = page.page_html(make_dataset([toll(40, 10)]), "en", {})
    table = text.partition('<table class="statements">')[2].partition("</table>")[0]
    headings = re.findall(r'<th scope="col">([^<]*)', table)
    assert headings == ["What", "Number", "Days", "Published"]
    assert table.count("<td") == (table.count("<tr") - 1) * len(headings)
    assert re.findall(r'<tr id="s-([^"]*)"', table)[-1] == "e1"
    stacked = re.findall(r'\.statements td:nth-child\((\d+)\)::before{content:"([^:]*):', text)
    assert {*stacked} == {(str(at), name) for at, name in enumerate(headings, 1)}
