"""What the figures draw and say: values, labels, order, source line, in both languages."""

import re
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import analysis
from analysis.charts import style as theme
from analysis.charts.sheet import Chart, text_width
from analysis.language import words

REPORT = Path(__file__).resolve().parents[1] / "data" / "report"
PLOTS = [
    analysis.plot_statements,
    analysis.plot_over_time,
    analysis.plot_by_party,
    analysis.plot_ledger,
]
ACRONYMS = re.compile(r"\((SOHR|OCHA|UCDP)\)")


@pytest.fixture(scope="module")
def report():
    return analysis.load(REPORT)


@pytest.fixture(scope="module")
def charts(report):
    return {
        (plot.__name__, language, width): plot(report, language, width)
        for plot in PLOTS
        for language in words.LANGUAGES
        for width in ("page", "column")
    }


def written(chart: Chart) -> list[Text]:
    """Every text of a figure that shows."""
    return [text for text in chart.findobj(Text) if text.get_visible() and text.get_text().strip()]


def bars(chart: Chart) -> list[Rectangle]:
    return [patch for axes in chart.axes for patch in axes.patches if isinstance(patch, Rectangle)]


def test_nothing_is_cut_off(charts):
    for name, chart in charts.items():
        edge = chart.bbox
        for text in written(chart):
            box = text.get_window_extent()
            assert box.x0 >= edge.x0 and box.x1 <= edge.x1, (name, text.get_text())
            assert box.y0 >= edge.y0 and box.y1 <= edge.y1, (name, text.get_text())


def test_no_words_lie_on_others(charts):
    for name, chart in charts.items():
        for one, other in combinations(written(chart), 2):
            shared = mpl.transforms.Bbox.intersection(
                one.get_window_extent(), other.get_window_extent()
            )
            near = shared is None or min(shared.width, shared.height) < 3
            assert near, (name, one.get_text(), other.get_text())


def test_letters_are_large_enough_for_print(charts):
    for chart in charts.values():
        assert min(text.get_fontsize() for text in written(chart)) >= 6.5


def test_print_widths(charts):
    for (_, _, width), chart in charts.items():
        assert chart.get_figwidth() * 25.4 == pytest.approx({"page": 175, "column": 85}[width])


def test_every_figure_has_title_source_and_alt_text(charts):
    for (_, language, _), chart in charts.items():
        shown = " ".join(" ".join(text.get_text().split()) for text in written(chart))
        assert chart.title in shown and chart.source in shown
        assert chart.source.startswith({"en": "Source:", "ar": "المصدر:"}[language])
        assert chart.title in chart.caption and chart.source in chart.caption
        assert len(chart.alt) > len(chart.title)


def test_no_english_in_arabic_figures(charts):
    for (name, language, _), chart in charts.items():
        if language == "ar":
            said = [text.get_text() for text in written(chart)] + [chart.caption, chart.alt]
            for text in said:
                assert not re.search("[A-Za-z]", ACRONYMS.sub("", text)), (name, text)


def test_letters_are_joined():
    chart = Chart("test", "ar", "page")
    with mpl.rc_context(theme.style()):
        joined, alone = (text_width(chart, text, 20) for text in ("ببببب", "ب"))
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


def test_arabic_is_left_to_matplotlib_to_shape(charts):
    for chart in charts.values():
        for text in written(chart):
            assert not re.search(r"[\ufb50-\ufdff\ufe70-\ufefe]", text.get_text())


def test_arabic_bars_start_at_the_right(charts):
    for width in ("page", "column"):
        left, right = charts["plot_by_party", "ar", width].axes[0].get_xlim()
        assert left > right == 0
        left, right = charts["plot_by_party", "en", width].axes[0].get_xlim()
        assert right > left == 0


def test_bars_by_party_are_as_long_as_the_numbers(charts):
    chart = charts["plot_by_party", "en", "page"]
    assert [bar.get_width() for bar in bars(chart)] == [41, 11, 43, 61]


def test_part_is_drawn_inside_its_whole(charts):
    whole, part = bars(charts["plot_by_party", "en", "page"])[:2]
    assert whole.get_x() == part.get_x() and part.get_width() < whole.get_width()
    assert whole.get_y() < part.get_y()
    assert part.get_y() + part.get_height() < whole.get_y() + whole.get_height()


def test_open_counts_have_an_arrow_and_closed_ones_none(report):
    def arrows(dataset):
        axes = analysis.plot_by_party(dataset).axes[0]
        return len([text for text in axes.texts if getattr(text, "arrow_patch", None)])

    assert arrows(report) == 2  # the government forces; the other number in the wide reading
    events = report.events.query("tally_id != 'government_clashes' and reading != 'wide'")
    events = events.assign(reading=events["reading"].mask(events["reading"] == "primary"))
    closed = analysis.Dataset(report.reports, report.parties, report.tallies, events)
    assert arrows(closed) == 0


def test_stairs_over_time_are_the_bounds(charts):
    panel = charts["plot_over_time", "en", "page"].axes[1]
    lines = [line for line in panel.lines if line.get_linewidth() > 2]
    primary = [line for line in lines if line.get_zorder() > 2]
    exact = sorted((*line.get_xdata(), *line.get_ydata()) for line in primary)
    day = (pd.Timestamp("2018-07-22") - pd.Timestamp("1970-01-01")).days
    assert exact == [
        (day, day + 1, 37, 37),
        (day + 1, day + 2, 11, 11),
        (day + 1, day + 2, 41, 41),
    ]
    assert panel.get_ylim()[0] == 0


def test_what_rests_on_a_derived_count_is_dotted(charts):
    panel = charts["plot_over_time", "en", "page"].axes[1]
    dotted = [line.get_ydata()[0] for line in panel.lines if line.get_linestyle() == "--"]
    assert dotted == [37]


def test_open_bands_have_no_line_at_the_top(charts):
    panel = charts["plot_over_time", "en", "page"].axes[2]
    assert {line.get_ydata()[0] for line in panel.lines} == {43}


def test_statements_stand_over_their_windows(charts):
    axes = charts["plot_statements", "en", "page"].axes[0]
    first = (pd.Timestamp("2018-07-17") - pd.Timestamp("1970-01-01")).days
    spans = [(patch.get_x() - first, patch.get_width()) for patch in axes.patches]
    assert (1, 6) in spans  # 41 and 11: 18 to 23 July
    assert (0, 8) in spans  # the same in the loosest reading
    assert (1, 5) in spans  # 37, derived
    assert (6, 1) in spans  # 4 and 900: on the 23rd
    assert (2, 6) in spans  # 43 and 61: 19 to 24 July


def test_derived_counts_look_like_nothing_stated(charts):
    axes = charts["plot_statements", "en", "page"].axes[0]
    empty = [
        patch for patch in axes.patches if not patch.get_fill() or patch.get_facecolor()[3] == 0
    ]
    assert [patch.get_width() for patch in empty] == [5]


def test_ledger_bars_are_to_one_scale(charts):
    found = [bar.get_width() for bar in bars(charts["plot_ledger", "en", "page"])][:9]
    assert np.round(np.array(found) / found[0] * 41, 6).tolist() == [
        41,
        4,
        11,
        43,
        61,
        41,
        43,
        61,
        160,
    ]


def test_titles_say_what_is_seen(charts):
    said = {
        name: chart.title
        for (name, language, width), chart in charts.items()
        if (language, width) == ("en", "page")
    }
    assert said == {
        "plot_statements": "Counts in the report: 6, for a single day: 2",
        "plot_over_time": "At least 145 killed; the day is certain for 4 of them",
        "plot_by_party": "At least 145 killed, civilians among them: 41",
        "plot_ledger": "All numbers added give 160 killed; counted once they are at least 145",
    }


def test_colours_go_with_parties(charts, report):
    colours = theme.party_colours(report.parties)
    for name in ("plot_by_party", "plot_over_time", "plot_statements"):
        used = {text.get_color() for text in written(charts[name, "en", "page"])}
        assert {colours["civilians"], colours["government_forces"]} <= used


def test_unknown_language_is_named(report):
    with pytest.raises(ValueError, match="languages are en and ar"):
        analysis.plot_by_party(report, language="fr")


def test_drawing_leaves_the_style_of_others_alone(report):
    before = dict(mpl.rcParams)
    analysis.plot_ledger(report)
    assert dict(mpl.rcParams) == before
