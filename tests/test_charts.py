"""What the figures draw and say: values, labels, order, source line, in both languages."""

import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

import analysis
from analysis import LANGUAGES
from analysis.charts import style as theme
from analysis.charts.chart import Chart
from analysis.charts.sheet import LARGE, NORMAL, SMALL, Paper, text_width
from analysis.figures.colours import party_colours
from conftest import assert_readable, signs, written

REPORT = Path(__file__).resolve().parents[1] / "data" / "report"
PLOTS = [
    analysis.plot_statements,
    analysis.plot_over_time,
    analysis.plot_by_party,
    analysis.plot_ledger,
]


@pytest.fixture(scope="module")
def charts(report):
    return {
        (plot.__name__, language, width): plot(report, language=language, width=width)
        for plot in PLOTS
        for language in LANGUAGES
        for width in ("page", "column")
    }


def test_nothing_is_cut_off_or_small_and_no_words_lie_on_others(charts):
    for name, chart in charts.items():
        assert_readable(chart, name)


def test_print_widths(charts):
    for (_, _, width), chart in charts.items():
        assert chart.get_figwidth() * 25.4 == pytest.approx({"page": 175, "column": 85}[width])


def test_every_figure_has_title_source_and_alt_text(charts):
    for (_, language, _), chart in charts.items():
        shown = " ".join(" ".join(text.get_text().split()) for text in written(chart))
        shown = shown.replace("\u200f", "")
        title, source = (" ".join(text.split()) for text in (chart.title, chart.source))
        assert title in shown and source in shown
        begins = {"en": "Source:", "ar": "المصدر:", "fr": "Source :"}[language]
        assert source.startswith(begins)
        assert chart.title not in chart.caption  # a caption does not repeat the figure
        place = {
            "en": "Daraa governorate, Syria",
            "ar": "محافظة درعا، سوريا",
            "fr": "Province de Deraa, Syrie",
        }[language]
        assert chart.alt.startswith(chart.title) and place in chart.alt and place in shown
        words = [word for word in chart.alt.split() if any(map(str.isalnum, word))]
        assert 50 <= len(words) <= 95, chart.alt


def test_letters_are_joined():
    with mpl.rc_context(theme.style()):
        joined, alone = (text_width(text, 20) for text in ("ببببب", "ب"))
    assert joined < 0.75 * 5 * alone


def test_arabic_runs_from_the_right():
    chart = Chart("test", "ar", "page")
    with mpl.rc_context(theme.style()):
        chart.text(0.5, 0.5, "اااااااابببببببب", size=40, ha="center", va="center")
        chart.canvas.draw()
    ink = np.asarray(chart.canvas.buffer_rgba())[:, :, 0] < 128
    rows, columns = np.nonzero(ink)
    tall = ink[rows.min() : rows.min() + 8].nonzero()[1]  # only the alefs reach so high
    assert tall.min() > (columns.min() + columns.max()) / 2


def test_words_of_one_line_stand_on_one_baseline():
    """However tall their letters are, and smaller ones behind a number too."""
    paper = Paper(Chart("test", "ar", "page"))
    for text in ("الذين أُعدموا", "مدنيون", "2018"):
        paper.write(1, 1, text)
    paper.write(1, 1, "48", LARGE)
    paper.write(1, 1, "أُعدموا", SMALL, on=LARGE)
    words, large = [], []
    for text in paper.axes.texts:
        assert text.get_verticalalignment() == "baseline"
        (words if text.get_fontsize() == NORMAL else large).append(text.get_position()[1])
    assert len(words) == 3 and len({*words}) == 1 and len(large) == 2 and len({*large}) == 1


def test_arabic_is_left_to_matplotlib_to_shape(charts):
    for chart in charts.values():
        for text in written(chart):
            assert not re.search(r"[\ufb50-\ufdff\ufe70-\ufefe]", text.get_text())


def test_arabic_starts_at_the_right(charts):
    for (_, language, _), chart in charts.items():
        start, end = chart.axes[0].get_xlim()
        assert (start > end) == (language == "ar")


def test_bars_by_party_are_as_long_as_the_numbers(charts):
    for language in LANGUAGES:
        chart = charts["plot_by_party", language, "page"]
        wide, tall = np.transpose([np.ptp(bar, axis=0) for bar in signs(chart, "certain")])
        assert np.allclose(wide / wide[0] * 41, [41, 11, 43, 61])
        tall = {*tall[::2].round(3)}
        assert len(tall) == 1  # equal bars: area must not say what the number doesn't


def test_part_stands_within_the_length_of_its_whole(charts):
    whole, part = signs(charts["plot_by_party", "en", "page"], "certain")[:2]
    assert whole[:, 0].min() == part[:, 0].min() and part[:, 0].max() < whole[:, 0].max()
    assert np.ptp(part[:, 1]) < np.ptp(whole[:, 1])


def test_open_counts_have_an_arrow_and_closed_ones_none(report):
    def arrows(dataset):
        return len(signs(analysis.plot_by_party(dataset), "arrow"))

    assert arrows(report) == 1  # the government forces
    events = report.events.query("tally_id != 'government_clashes' and reading != 'wide'")
    events = events.assign(reading=events["reading"].mask(events["reading"] == "primary"))
    closed = analysis.Dataset(report.reports, report.parties, report.tallies, events)
    assert arrows(closed) == 0


def test_stairs_over_time_are_the_bounds(charts):
    chart = charts["plot_over_time", "en", "page"]
    certain, possible = (signs(chart, sign) for sign in ("certain", "possible"))
    civilians, government, fighters = certain
    tall = [np.ptp(corners[:, 1]) for corners in (civilians, government, fighters)]
    assert np.allclose(np.array(tall) / tall[0] * 41, [41, 43, 61])  # one scale
    day = np.ptp(government[:, 0])
    assert np.isclose(np.ptp(civilians[:, 0]), 3 * day)  # 22 and 23 July, no fewer on the 24th
    levels = np.unique(civilians[:, 1].round(6))
    assert np.isclose((levels[-1] - levels[1]) / (levels[-1] - levels[0]) * 41, 37)
    assert np.isclose(np.ptp(possible[0][:, 0]), 4 * day)  # up to 37 from 18 to 21 July
    assert np.isclose(np.ptp(possible[1][:, 0]), 5 * day)  # up to 61 from 19 to 23 July


def test_statements_stand_over_their_windows(charts):
    chart = charts["plot_statements", "en", "page"]
    spans = [np.ptp(window[:, 0]) + 0.04 for window in signs(chart, "window")]
    day = spans[0] / 6
    # 41 and 11: 18 to 23 July; 43 and 61: 19 to 24 July
    assert np.allclose(np.array(spans) / day, [6, 6, 6, 6])
    assert not signs(chart, "loosest")
    assert len(signs(chart, "day")) == 2  # 4 and 900 on the 23rd


def test_ledger_indents_what_is_inside_and_strikes_the_sum_of_all(charts):
    chart = charts["plot_ledger", "en", "page"]
    at = {text.get_text(): text.get_position()[0] for text in written(chart)}
    assert at["41"] == at["at least 43"] == at["61"] < at["4"] == at["11"]
    said = " ".join(at)
    assert "all numbers added: 15 too many (4\u00a0+\u00a011), which are inside others" in said


def test_numbers_lead_to_their_words(charts):
    leads = {
        "plot_statements": {"41": "civilians_total", "4 among them": "civilians_monday"},
        "plot_by_party": {"at least 43": "government_killed"},
        "plot_ledger": {"61": "islamic_state_killed", "11": "children_total"},
        "plot_over_time": {"at least 43": "government_killed"},
    }
    for name, wanted in leads.items():
        links = {text.get_text(): text.get_url() for text in written(charts[name, "en", "page"])}
        for count, event_id in wanted.items():
            assert links[count] == f"../report.en.html#s-{event_id}", (name, count)


def test_titles_say_what_is_seen(charts):
    said = {
        name: chart.title
        for (name, language, width), chart in charts.items()
        if (language, width) == ("en", "page")
    }
    assert said == {
        "plot_statements": "The report gives 6 counts, 2 of them for a single day",
        "plot_over_time": "At least 145 people killed by 24 July, by SOHR’s count; the day is "
        "known for 4",
        "plot_by_party": "41 civilians in bombardment, at least 43 of the government forces in "
        "clashes, and 61 Islamic State fighters in clashes killed, SOHR says",
        "plot_ledger": "Adding up every number gives 160; counting nobody twice gives at least "
        "145 people killed",
    }


def test_colours_go_with_parties(charts, report):
    colours = {name: theme.letters(each) for name, each in party_colours(report).items()}
    for name in ("plot_by_party", "plot_over_time", "plot_statements"):
        used = {text.get_color() for text in written(charts[name, "en", "page"])}
        assert {colours["civilians"], colours["government_forces"]} <= used


def test_unknown_language_is_named(report):
    with pytest.raises(ValueError, match="languages are en, ar, fr"):
        analysis.plot_by_party(report, language="xx")


def test_drawing_leaves_the_style_of_others_alone(report):
    before = dict(mpl.rcParams)
    analysis.plot_ledger(report)
    assert dict(mpl.rcParams) == before
