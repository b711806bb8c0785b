"""The figure of the casualties by party: parts inside their party, "at least" open."""

from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.bounds.drawn import by_party_drawn, main_harm, with_root
from analysis.charts import sheet
from analysis.charts import style as theme
from analysis.charts.bars import count_axis, draw_bar, open_arrow
from analysis.charts.sheet import SIDE, Chart, Line
from analysis.data.dataset import Dataset
from analysis.figures.common import Found, Telling, make, rests_on, summed, summed_title, telling_of
from analysis.figures.naming import party_colours, tally_labels
from analysis.language.languages import Language

_PART, _ARROW = 0.17, 0.085
"""Height of the row of a part in inches, length of an arrow as a share of the axis."""


def plot_by_party(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    as_of: date | str | None = None,
) -> Chart:
    """Bars of everybody harmed, by party; parameters as for :func:`~analysis.figures.common.make`.

    Parts stand inside their party; what is given as "at least" is left open.
    """
    return make("by_party", (numbers, words, draw), dataset, language, width, as_of, harm=harm)


def numbers(dataset: Dataset, harm: str | None = None) -> Found:
    """Bounds on everybody of each tally, in both readings."""
    harm = harm or main_harm(dataset)
    drawn = by_party_drawn(dataset, harm)
    return Found(dataset, drawn, rests_on(dataset, drawn), harm)


def words(found: Found, say: Language) -> Telling:
    """Everybody in the title, and civilians apart where they are some of them."""
    drawn = with_root(found.numbers)
    whole = drawn[drawn["root"] == drawn["tally_id"]]
    status = found.dataset.parties.set_index("party_id")["status"]
    civilians = whole[whole["party_id"].map(status) == "civilian"]
    name, parts = "title by party", {}
    if 0 < len(civilians) < len(whole):
        name, parts = "title by party civilians", {"civilians": summed(civilians, say)}
    title = summed_title(name, whole, found.harm, say, **parts)
    labels = tally_labels(found.dataset, say)
    rows = [row_in_words(row, labels, say) for row in drawn.itertuples()]
    return telling_of("by party", title, rows, found, say, harm=say.term("harm", found.harm))


def row_in_words(row, labels: dict[str, str], say: Language) -> str:
    """One tally's total in words, with the loosest reading where it differs."""
    count, wide = say.count(row.low, row.high), say.count(row.wide_low, row.wide_high)
    if wide != count:
        count = say("windowed", count=count, window=say("wide", count=wide))
    name = "labelled" if pd.isna(row.subset_of) else "of them"
    return say(name, label=labels[row.tally_id], count=count)


def draw(chart: Chart, found: Found, telling: Telling) -> None:
    """A bar a party, one below the other."""
    ends = ["low", "high", "wide_low", "wide_high"]
    reach = max(found.numbers[ends].max().max(), 1) * 1.12
    labels, colours = tally_labels(found.dataset, chart.say), party_colours(found.dataset.parties)
    drawn, bars = with_root(found.numbers), []
    for row in drawn[drawn["root"] == drawn["tally_id"]].itertuples():
        colour = colours[row.party_id]
        head = [Line(row_in_words(row, labels, chart.say), 8, "bold", colour)]
        parts = []
        inside = (drawn["root"] == row.tally_id) & (drawn["tally_id"] != row.tally_id)
        for part in drawn[inside].itertuples():
            text = row_in_words(part, labels, chart.say)
            # An exact part whose words have room beside it on the bar that it stands in.
            exact = pd.notna(part.high) and part.high == part.low and pd.notna(part.wide_high)
            room = (row.low - part.low) / reach * chart.across
            fits = exact and room > sheet.text_width(chart, text, 7) + 0.1
            head += [] if fits else [Line(text, 7)]
            parts.append((part, text if fits else ""))
        head = sheet.broken(chart, head, chart.across)
        tall = 0.35 + sheet.tall_of(head) + _PART * len(parts)
        bars.append((row, colour, head, parts, tall))
    top = sum(tall for *_, tall in bars)
    notes = [chart.source, chart.say("bounds")]
    place = sheet.frame(chart, telling.subtitle, notes, top + 0.3)
    axes = sheet.body_axes(chart, *place, (SIDE, 0.25, chart.across, top))
    axes.set(ylim=(0, top), yticks=[])
    count_axis(axes, chart, reach)
    for row, colour, head, parts, tall in bars:
        sheet.write_lines(axes, chart, head, 0, top - 0.09)
        thick = 0.2 + _PART * len(parts)
        base = top - sheet.tall_of(head) - 0.12 - thick
        _draw_readings(axes, row, (base, thick), colour, reach)
        for place, (part, text) in enumerate(parts):
            low = base + 0.03 + _PART * place
            _draw_readings(axes, part, (low, 0.15), theme.tint(colour, 0.3), reach, "white")
            line = Line(text, 7, colour="white")
            sheet.write(axes, chart, line, part.low + 0.008 * reach, low + 0.07)
        top -= tall


def _draw_readings(
    axes: Axes, row, place: tuple[float, float], colour: str, reach: float, edge: str | None = None
) -> None:
    """The bar of a row, the loosest reading behind it where that goes further."""
    loosest = row.wide_low if pd.isna(row.wide_high) else row.wide_high
    beyond = row.low if pd.isna(row.high) else row.high
    (base, tall), other = place, edge or colour
    if pd.notna(loosest) and loosest > beyond:
        axes.add_patch(Rectangle((0, base), loosest, tall, **theme.loose(other)))
    draw_bar(axes, (row.low, row.high), place, colour, reach * _ARROW, edge)
    if pd.isna(row.wide_high) and pd.notna(row.high):
        open_arrow(axes, loosest, base + tall / 2, reach * _ARROW, other, alpha=0.4)
