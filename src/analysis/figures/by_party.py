"""The figure of the casualties by party: parts inside their party, "at least" open."""

from datetime import date

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.bounds import drawn
from analysis.charts import style as theme
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    body_axes,
    broken,
    frame,
    open_arrow,
    text_width,
    write_lines,
)
from analysis.data.dataset import Dataset, published_by
from analysis.figures import captions, naming
from analysis.figures.captions import say
from analysis.language import words


def plot_by_party(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    as_of: date | str | None = None,
) -> Chart:
    """Bars of everybody harmed, by party; parts inside their party, "at least" open.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD).

    Returns
    -------
    Chart
    """
    dataset = published_by(dataset, as_of)
    chart = Chart("by_party", language, width)
    harm = harm or drawn.main_harm(dataset)
    numbers = drawn.by_party_drawn(dataset, harm)
    telling = captions.tell_by_party(dataset, numbers, harm, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        labels = naming.tally_labels(dataset, language)
        colours = theme.party_colours(dataset.parties)
        rooted = drawn.with_root(numbers)
        whole = rooted[rooted["root"] == rooted["tally_id"]]
        parts = dict(list(rooted[rooted["root"] != rooted["tally_id"]].groupby("root")))
        across = chart.get_figwidth() - 2 * SIDE
        reach = max(numbers[["low", "high", "wide_low", "wide_high"]].max().max(), 1) * 1.12
        heads = {
            row.tally_id: _head(chart, row, parts.get(row.tally_id), labels, colours, reach)
            for row in whole.itertuples()
        }
        heights = [
            0.35 + sum(line.tall for line in head) + 0.17 * len(parts.get(tally_id, []))
            for tally_id, head in heads.items()
        ]
        tall = sum(heights)
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], tall + 0.3
        )
        axes = body_axes(chart, bottom, height, (SIDE, 0.25, across, tall))
        _count_axis(axes, chart, reach, tall)
        top = tall
        for row, needed in zip(whole.itertuples(), heights, strict=True):
            party = parts.get(row.tally_id)
            _party_bar(axes, chart, row, party, top, heads[row.tally_id], labels, colours, reach)
            top -= needed
    return chart


def _count_axis(axes: Axes, chart: Chart, reach: float, tall: float) -> None:
    axes.set(xlim=(reach, 0) if chart.mirrored else (0, reach), ylim=(0, tall), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(6 if chart.width == "page" else 4, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="x", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)


def _head(chart: Chart, row, parts, labels: dict, colours: dict, reach: float) -> list[Line]:
    """Name and count above a bar; below it those of parts that have no room in the bar."""
    name = captions.party_row(row, labels, chart.language)
    lines = [Line(name, 8, "bold", colours[row.party_id])]
    for part in [] if parts is None else parts.itertuples():
        if not _fits(chart, row, part, labels, reach):
            lines.append(Line(captions.party_row(part, labels, chart.language), 7))
    return broken(chart, lines, chart.get_figwidth() - 2 * SIDE)


def _fits(chart: Chart, row, part, labels: dict, reach: float) -> bool:
    inches = (row.low - part.low) / reach * (chart.get_figwidth() - 2 * SIDE)
    text = captions.party_row(part, labels, chart.language)
    closed = pd.notna(part.high) and part.high == part.low and pd.notna(part.wide_high)
    return closed and inches > text_width(chart, text, 7) + 0.1


def _party_bar(
    axes: Axes,
    chart: Chart,
    row,
    parts: pd.DataFrame | None,
    top: float,
    head: list[Line],
    labels: dict,
    colours: dict,
    reach: float,
) -> None:
    colour = colours[row.party_id]
    write_lines(axes, chart, head, 0, top - 0.09)
    tall = 0.2 + 0.17 * (0 if parts is None else len(parts))
    base = top - sum(line.tall for line in head) - 0.12 - tall
    _bar(axes, chart, row, (base, tall), colour, reach)
    for place, part in enumerate([] if parts is None else parts.itertuples()):
        low = base + 0.03 + 0.17 * place
        _bar(axes, chart, part, (low, 0.15), theme.tint(colour, 0.3), reach, edge="white")
        if _fits(chart, row, part, labels, reach):
            text = captions.party_row(part, labels, chart.language)
            start = part.low + 0.008 * reach
            axes.text(
                start, low + 0.07, text, ha=chart.near, va="center_baseline", size=7, color="white"
            )


def _bar(
    axes: Axes,
    chart: Chart,
    row,
    span: tuple[float, float],
    colour: str,
    reach: float,
    edge: str | None = None,
) -> None:
    """From zero: certain, possible, open; the loosest reading behind."""
    base, tall = span
    outer = [row.low, row.high if pd.notna(row.high) else row.low]
    wide = row.wide_high if pd.notna(row.wide_high) else row.wide_low
    if pd.notna(wide) and wide > outer[1]:
        axes.add_patch(Rectangle((0, base), wide, tall, **theme.loose(edge or colour)))
    axes.add_patch(
        Rectangle(
            (0, base),
            row.low,
            tall,
            **(theme.solid(colour) | ({"edgecolor": edge} if edge else {})),
        )
    )
    if outer[1] > row.low:
        axes.add_patch(
            Rectangle((row.low, base), outer[1] - row.low, tall, **theme.hatched(edge or colour))
        )
    if pd.isna(row.high):
        open_arrow(axes, row.low, base + tall / 2, reach * 0.085, edge or colour)
    elif pd.isna(row.wide_high):
        open_arrow(axes, wide, base + tall / 2, reach * 0.085, edge or colour, 0.4)
