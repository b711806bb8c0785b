"""The controls of a notebook: what each changes, and what stands there without them."""

import re

import pytest

import analysis


@pytest.fixture
def seen(fortnight):
    return analysis.explore(fortnight, figure="reported")


def numbers_in(seen) -> list[str]:
    """The statements that the marks of the drawing lead to, in its order."""
    return re.findall(r'href="#s-([^"]*)"', seen.picture.drawing)


def test_the_latest_time_comes_first_and_is_what_is_drawn(seen, fortnight):
    assert seen.as_of.label == "1 August 2018"
    assert seen.chart.title == analysis.plot_reported(fortnight).title


def test_the_slider_goes_to_an_earlier_time(seen, fortnight):
    seen.as_of.value = "2018-07-28"
    assert seen.chart.title == analysis.plot_reported(fortnight, as_of="2018-07-28").title
    later = fortnight.reports.loc[fortnight.reports["source_date"] > "2018-07-29", "report_id"]
    told_later = fortnight.events.loc[fortnight.events["report_id"].isin(later), "event_id"]
    assert not {*numbers_in(seen)} & {*told_later}
    assert not {*seen.shown.index} & {*told_later}


def test_a_figure_that_does_not_suit_says_why(seen):
    seen.as_of.index = 0
    assert seen.chart is None and "nothing to draw" in seen.picture.drawing
    seen.language.value = "fr"
    assert "<p>Ce graphique n’a rien à montrer" in seen.picture.drawing
    assert seen.shown.empty
    seen.as_of.index = 9
    assert seen.chart is not None


def test_another_figure_of_one_party(seen):
    seen.figure.value = "by_party"
    both = seen.chart.title
    seen.parties.value = ("civilians",)
    assert seen.chart.title != both and "civilians" in seen.chart.title
    seen.figure.value = "statements"
    assert {*seen.chart.numbers["party_id"]} == {"civilians"}


def test_another_language_keeps_what_is_chosen(seen):
    seen.as_of.value = "2018-07-29"
    seen.language.value = "ar"
    assert (seen.as_of.value, seen.figure.value) == ("2018-07-29", "reported")
    assert seen.as_of.label == "\u200f29 تموز/يوليو 2018", "from the right between other controls"
    assert seen.chart.language == "ar"
    assert 'dir="rtl"' in seen.table.value and 'dir="rtl"' in seen.still()
    assert [name for name, _ in seen.language.options] == ["English", "العربية", "Français"]


def test_lines_of_a_drawing_have_their_own_direction(seen):
    assert "svg text { unicode-bidi: plaintext }" in seen.children[0].value
    assert "casualty-picture" in seen.picture._dom_classes


def test_pointing_at_a_number_filters_the_table(seen, fortnight):
    name = numbers_in(seen)[0]
    before = len(seen.shown)
    seen.picture.event_id = name
    assert [*seen.shown.index] == [name] and before > 1
    low = fortnight.events.set_index("event_id").loc[name, "low"]
    assert str(low) in seen.shown["Number"].item()
    seen.figure.value = "over_time"
    assert seen.event_id == "" and len(seen.shown) > 1


def test_without_controls_figure_and_table_are_there(seen):
    still = seen.still()
    assert f'alt="{seen.chart.alt}' in still.replace("&#x27;", "'")
    assert still.count("<tr") == len(seen.shown) + 1
    assert "<script" not in still
    hint = "Point at a number"
    assert hint in seen.table.value and hint not in still, "nothing can be pointed at there"


def test_rerun_for_readers_leaves_no_controls(seen, monkeypatch):
    shown = []
    monkeypatch.setattr("analysis.controls.display", lambda what, **_: shown.append(what))
    monkeypatch.setenv("CASUALTY_STILL", "1")
    seen._ipython_display_()
    assert len(shown) == 1
    monkeypatch.delenv("CASUALTY_STILL")
    seen._ipython_display_()
    assert len(shown) == 3 and "application/vnd.jupyter.widget-view+json" in shown[2]


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"figure": "pie"}, "figures are by_party"), ({"language": "xx"}, "languages are en, ar, fr")],
)
def test_what_can_be_asked_for(fortnight, asked, said):
    with pytest.raises(ValueError, match=said):
        analysis.explore(fortnight, **asked)


def test_a_text_of_the_dataset_stays_text(fortnight):
    script = "<script>alert(1)</script>"
    events = fortnight.events.assign(note=script)
    seen = analysis.explore(
        analysis.Dataset(
            fortnight.reports, fortnight.parties, fortnight.tallies, events, fortnight.areas
        )
    )
    assert script not in seen.table.value and "&lt;script&gt;" in seen.table.value
