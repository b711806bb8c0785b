"""The figure of the casualties by party: parts inside their party, "at least" open."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis import captions, drawn, theme, words
from analysis.charts.sheet import (
    SIDE,
    Chart,
    body_axes,
    frame,
    open_arrow,
    say,
)
from analysis.dataset import Dataset

_LINE = 0.165


def plot_by_party(
    dataset: Dataset, language: str = "en", width: str = "page", harm: str | None = None
) -> Chart:
    """Bars of everybody harmed, by party; parts inside their party, "at least" open.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.

    Returns
    -------
    Chart
    """
    chart = Chart("by_party", language, width)
    harm = harm or drawn.main_harm(dataset)
    numbers = drawn.by_party_drawn(dataset, harm)
    telling = captions.tell_by_party(dataset, numbers, harm, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        labels = words.tally_labels(dataset, language)
        colours = theme.party_colours(dataset.parties)
        whole = numbers[numbers["subset_of"].isna()]
        parts = dict(list(numbers.groupby("subset_of")))
        heights = [0.5 + 0.17 * len(parts.get(name, [])) for name in whole["tally_id"]]
        tall = sum(heights)
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], tall + 0.3
        )
        across = chart.get_figwidth() - 2 * SIDE
        axes = body_axes(chart, bottom, height, (SIDE, 0.25, across, tall))
        reach = numbers[["low", "high", "wide_low", "wide_high"]].max().max() * 1.12
        _count_axis(axes, chart, reach, tall)
        top = tall
        for row, needed in zip(whole.itertuples(), heights, strict=True):
            _party_bar(axes, chart, row, parts.get(row.tally_id), top, labels, colours, reach)
            top -= needed
    return chart


def _count_axis(axes: Axes, chart: Chart, reach: float, tall: float) -> None:
    axes.set(xlim=(reach, 0) if chart.mirrored else (0, reach), ylim=(0, tall), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(6 if chart.width == "page" else 4, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="x", color=theme.LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)


def _party_bar(
    axes: Axes,
    chart: Chart,
    row,
    parts: pd.DataFrame | None,
    top: float,
    labels: dict,
    colours: dict,
    reach: float,
) -> None:
    colour = colours[row.party_id]
    name = captions.party_row(row, labels, chart.language)
    axes.text(0, top - 0.09, name, ha=chart.near, va="top", weight="bold", color=colour, size=8)
    tall = 0.2 + 0.17 * (0 if parts is None else len(parts))
    base = top - _LINE - 0.1 - tall
    _bar(axes, chart, row, (base, tall), colour, reach)
    for place, part in enumerate([] if parts is None else parts.itertuples()):
        _bar(axes, chart, part, (base + 0.03 + 0.17 * place, 0.15), "#ffffff", reach, edge=colour)
        axes.text(
            part.low + reach * 0.008,
            base + 0.1 + 0.17 * place,
            captions.party_row(part, labels, chart.language),
            ha=chart.near,
            va="center_baseline",
            size=7,
            color="white",
            **({"color": theme.INK} if part.low >= row.low * 0.55 else {}),
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
