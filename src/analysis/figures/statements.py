"""The figure of what the report states: each number as a bar over the days its words allow."""

from datetime import date

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.bounds import drawn
from analysis.bounds.statements import superseded
from analysis.charts import style as theme
from analysis.charts.days import axis_room, date_axis, day_number
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Sample,
    body_axes,
    frame,
    key,
    key_height,
    paper_axes,
    write_lines,
)
from analysis.data.dataset import Dataset, published_by
from analysis.figures import captions
from analysis.figures.captions import say
from analysis.figures.statement_bars import BAR, GAP, PART, Bar, Days, Group, find_groups
from analysis.language import words

_HEAD, _THIN = 0.19, 0.17


def plot_statements(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    *,
    as_of: date | str | None = None,
) -> Chart:
    """What the report states: each number as a bar over its window, by party.

    Statements without a number stand below, as thin bars. A window without a first day comes
    from the edge, with an arrow out of the frame.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD).

    Returns
    -------
    Chart
    """
    dataset = published_by(dataset, as_of)
    chart = Chart("statements", language, width)
    numbers = drawn.statements_drawn(dataset)
    telling = captions.tell_statements(dataset, numbers, language)
    first, last = drawn.days_spanned(numbers)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        groups = find_groups(chart, dataset, numbers)
        others = _uncounted(dataset, first, last, language)
        tall = sum(group.tall for group in groups) + 0.1 * len(groups)
        tall += (_HEAD + _THIN * len(others)) * bool(others)
        samples = _key(numbers, language)
        below = axis_room(chart, first, last) + 0.06
        foot = key_height(chart, samples) + below
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], tall + foot
        )
        across = chart.get_figwidth() - 2 * SIDE
        axes = body_axes(chart, bottom, height, (SIDE, foot, across, tall))
        axes.set(ylim=(0, tall), yticks=[])
        ticks = date_axis(axes, chart, first, last)
        axes.vlines([*ticks, day_number(last) + 1], 0, tall, theme.LIGHT, linewidth=0.5, zorder=0)
        top = tall
        for group in groups:
            _draw_group(axes, chart, group, top)
            top -= group.tall + 0.1
        _draw_uncounted(axes, chart, others, top)
        key(chart, paper_axes(chart, bottom, height, tall + foot), samples, foot - below)
    return chart


def _draw_group(axes: Axes, chart: Chart, group: Group, top: float) -> None:
    write_lines(axes, chart, group.head, _near_edge(axes, chart), top)
    base = top - sum(line.tall for line in group.head) - 0.04
    for lane in group.lanes:
        tall = max(bar.tall for bar in lane)
        for bar in lane:
            _draw_bar(axes, chart, bar, base - bar.tall, group.colour)
        base -= tall + GAP


def _draw_bar(axes: Axes, chart: Chart, bar: Bar, base: float, colour: str) -> None:
    if bar.wide:
        start, stop = bar.wide
        axes.add_patch(
            Rectangle((start, base - 0.02), stop - start, bar.tall + 0.04, **theme.loose(colour))
        )
    axes.add_patch(Rectangle((bar.start, base), bar.stop - bar.start, bar.tall, **bar.look))
    if bar.still_open:
        _arrow_out(axes, chart, base + bar.tall / 2, colour)
    for place, part in enumerate(bar.parts):
        low = base + 0.02 + PART * (len(bar.parts) - 1 - place)
        axes.add_patch(
            Rectangle(
                (part.start, low),
                part.stop - part.start,
                PART - 0.02,
                **theme.hatched(colour, 0.4),
            )
        )
        _write(axes, chart, (part.start, part.stop), low + PART / 2 - 0.01, part.text, 7)
    solid = bar.look == theme.solid(colour)
    _write(
        axes,
        chart,
        (bar.start, bar.stop),
        base + bar.tall - BAR / 2,
        bar.text,
        8,
        "bold",
        "white" if solid else theme.INK,
    )


def _arrow_out(axes: Axes, chart: Chart, at: float, colour: str) -> None:
    """An arrow from the edge out of the frame: since when is not said."""
    edge = _near_edge(axes, chart)
    before = edge - 0.09 / _inches_a_day(axes, chart)
    look = {"arrowstyle": "->", "color": colour, "linewidth": 0.9, "mutation_scale": 6}
    look |= {"shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (before, at), (edge, at), arrowprops=look, annotation_clip=False)


def _write(
    axes: Axes,
    chart: Chart,
    span: tuple[float, float],
    at: float,
    text: str,
    size: float,
    weight: str = "normal",
    colour: str = theme.INK,
) -> None:
    """Text on a bar, or beside it where that is too short."""
    if not text:
        return
    first, last = sorted(axes.get_xlim())
    days = Days(chart, first, last, _inches_a_day(axes, chart))
    start, stop, inside = days.place(span, text, size, weight)
    gap = 0.04 / days.inches
    before = not inside and stop <= span[0]
    colour = colour if inside else theme.INK
    axes.text(
        stop - gap if before else start + gap,
        at,
        text,
        size=size,
        weight=weight,
        color=colour,
        ha=chart.far if before else chart.near,
        va="center_baseline",
        bbox=None if colour == "white" else theme.plate(),
    )


def _near_edge(axes: Axes, chart: Chart) -> float:
    return axes.get_xlim()[1 if chart.mirrored else 0]


def _inches_a_day(axes: Axes, chart: Chart) -> float:
    first, last = sorted(axes.get_xlim())
    return axes.get_position().width * chart.get_figwidth() / (last - first)


def _uncounted(
    dataset: Dataset, first: pd.Timestamp, last: pd.Timestamp, language: str
) -> list[tuple[str, list[tuple[int, int, bool]]]]:
    """Dated statements without a number, by type: label, windows."""
    events = dataset.events
    single = events["same_as"].isna() & (events["reading"] != "aside") & ~superseded(events)
    rows = events[events["low"].isna() & events["date_end"].notna() & single]
    rows = rows.fillna({"date_start": first})
    rows = rows[(rows["date_end"] >= first) & (rows["date_start"] <= last)]
    found = []
    for name, some in rows.groupby(rows["event_type"].fillna("Background"), sort=False):
        label = words.term("event type", name, language)
        earliest = some["date_start"].min()
        if earliest < first:
            since = words.day(earliest, language, year=earliest.year != first.year)
            label = words.phrase("since", language, label=label, date=since)
        windows = [
            (day_number(row.date_start), day_number(row.date_end) + 1, row.date_basis == "inferred")
            for row in some.itertuples()
        ]
        found.append((label, windows))
    return found


def _draw_uncounted(axes: Axes, chart: Chart, others: list, top: float) -> None:
    if not others:
        return
    axes.text(
        _near_edge(axes, chart),
        top,
        words.phrase("uncounted", chart.language),
        size=7.5,
        weight="bold",
        color=theme.GREY,
        ha=chart.near,
        va="top",
        bbox=theme.plate(),
    )
    first, last = sorted(axes.get_xlim())
    at = top - _HEAD - _THIN / 2
    for label, windows in others:
        for start, stop, inferred in windows:
            axes.plot(
                [max(start, first), min(stop, last)],
                [at - 0.075, at - 0.075],
                color="#8a8a8a",
                linewidth=1.6,
                linestyle=(0, (1, 1)) if inferred else "-",
                solid_capstyle="butt",
                dash_capstyle="butt",
            )
        earliest, latest = min(start for start, *_ in windows), max(stop for _, stop, _ in windows)
        _write(axes, chart, (earliest, latest), at, label, 7)
        at -= _THIN


def _key_arrow(axes: Axes, chart: Chart, start: float, at: float) -> None:
    axes.add_patch(Rectangle((start + 0.1, at - 0.05), 0.1, 0.1, **theme.hatched(theme.GREY)))
    look = {"arrowstyle": "->", "color": theme.GREY, "linewidth": 0.9, "mutation_scale": 6}
    look |= {"shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (start, at), (start + 0.1, at), arrowprops=look)


def _key(numbers: pd.DataFrame, language: str) -> list[Sample]:
    grey = theme.GREY
    single = (numbers["date_start"] == numbers["date_end"]).any()
    spans = numbers["date_start"].isna() | (numbers["date_start"] < numbers["date_end"])
    entries = [
        (theme.solid(grey), "key day", single),
        (theme.hatched(grey), "key window", spans.any()),
        (_key_arrow, "key open", numbers["date_start"].isna().any()),
        (theme.dotted(grey), "key derived", (numbers["count_basis"] == "derived").any()),
        (theme.loose(grey), "key wide", (numbers["reading"] == "wide").any()),
    ]
    return [(look, words.phrase(name, language)) for look, name, there in entries if there]
