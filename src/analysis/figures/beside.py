"""The figure of bounds beside another source's events: where they fit, and where not.

The bounds are the staircases of the figure over time. What the other's events add up to stands
over them as two black lines that step up at right angles, with triangles that point at the space
between, and a strip above the panel says for each day whether the two fit.
"""

from datetime import date

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from analysis.bounds.comparison import COLUMNS, VERDICTS, Pairs, compare_over_time
from analysis.bounds.statements import rows_of_reading
from analysis.charts import style as theme
from analysis.charts.days import axis_room, day_number
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    body_axes,
    broken,
    frame,
    key,
    key_height,
    paper_axes,
    text_width,
    write_lines,
)
from analysis.charts.stairs import draw_axes, draw_stairs, up_arrow
from analysis.data.dataset import Dataset, published_by
from analysis.figures import captions_beside, naming
from analysis.figures.captions import say
from analysis.language import words

_STRIP, _ABOVE = 0.07, 0.04
_LOOKS = {
    "inside": {"facecolor": "white", "edgecolor": theme.GREY, "linewidth": 0.5},
    "open": {"facecolor": theme.LIGHT, "edgecolor": theme.GREY, "linewidth": 0.5},
    "outside": {"facecolor": theme.INK, "edgecolor": theme.INK, "linewidth": 0.5},
}
_NONE = {"facecolor": "none", "edgecolor": "none"}


def plot_beside(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    *,
    other: Dataset,
    pairs: Pairs,
    as_of: date | str | None = None,
) -> Chart:
    """Cumulative bounds, and over them what another dataset's incidents add up to.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    other : Dataset
        An independent one, whose counts are incidents coded day by day.
    pairs : mapping of str to str or sequence of str
        A panel each: a tally of ``dataset``, and the tally or tallies of ``other`` that count
        the same people.
    as_of : datetime.date or str, optional
        Of ``dataset`` only what was published by that day (YYYY-MM-DD).

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        As :func:`analysis.bounds.daily.comparison.compare_over_time`.
    """
    dataset = published_by(dataset, as_of)
    chart = Chart("beside", language, width)
    drawn = compare_over_time(dataset, other, pairs)
    telling = captions_beside.tell_beside(dataset, other, pairs, drawn, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, drawn[COLUMNS], telling)
        _say_other(chart, dataset, other, pairs)
        panels = dict(list(drawn.groupby("tally_id", sort=False)))
        per_row = min(len(panels), 3 if width == "page" else 1)
        rows = -(-len(panels) // per_row)
        tall = 1.75 if width == "page" else 1.15
        below = axis_room(chart, drawn["date"].min(), drawn["date"].max())
        reach = {tally_id: _reach(numbers) for tally_id, numbers in panels.items()}
        room = max(text_width(chart, f"{most:,.0f}", 7) for most in reach.values()) + 0.08
        across = (chart.get_figwidth() - 2 * SIDE) / per_row
        heads = {
            tally_id: broken(chart, _head(dataset, numbers, language), across - 0.12)
            for tally_id, numbers in panels.items()
        }
        above = max(sum(line.tall for line in head) for head in heads.values())
        above += _ABOVE + _STRIP + 0.1
        samples = _key(drawn, language)
        foot = key_height(chart, list(samples.values())) + 0.05
        body = rows * (tall + above + below) + foot
        notes = [words.phrase(name, language) for name in ("why outside", "bounds")]
        bottom, height = frame(chart, telling.subtitle, [chart.source, *notes], body)
        paper = paper_axes(chart, bottom, height, body)
        colours = theme.party_colours(dataset.parties)
        for place, (tally_id, numbers) in enumerate(panels.items()):
            row, column = divmod(place, per_row)
            start = SIDE + column * across
            up = body - (row + 1) * (tall + above + below) + below
            axes = body_axes(chart, bottom, height, (start + room, up, across - room - 0.12, tall))
            draw_axes(axes, chart, drawn["date"], reach[tally_id], labelled=True)
            colour = colours[numbers["party_id"].iloc[0]]
            draw_stairs(axes, numbers, theme.hatched(colour), colour, reach[tally_id])
            _draw_sums(axes, chart, numbers, reach[tally_id])
            _draw_strip(axes, numbers, tall)
            write_lines(paper, chart, heads[tally_id], start, up + tall + above - 0.04)
        key(chart, paper, list(samples.values()), foot - 0.05)
        _draw_sample(paper, [*samples].index("other"))
    return chart


def _say_other(chart: Chart, dataset: Dataset, other: Dataset, pairs: Pairs) -> None:
    chart.source = captions_beside.source_lines(dataset, other, pairs, chart.language)
    names = captions_beside.other_tallies(pairs)
    told = rows_of_reading(other, "primary")
    chart.beside = {
        "other_event_ids": [*told.loc[told["tally_id"].isin(names), "event_id"]],
        "other_sha256": other.sha256,
    }


def _reach(numbers: pd.DataFrame) -> float:
    """The height of a panel, in persons, with room for arrows above all lines."""
    counts = numbers[[name for name in COLUMNS if name.endswith(("_low", "_high"))]]
    return max(counts.max().max(), 1) * (1.4 if counts.isna().any(axis=None) else 1.15)


def _head(dataset: Dataset, numbers: pd.DataFrame, language: str) -> list[Line]:
    """Name, bounds and sum of events by the last day, days by verdict."""
    labels = naming.shown_labels(dataset, numbers["tally_id"], language)
    first = numbers.iloc[0]
    colour = theme.party_colours(dataset.parties)[first["party_id"]]
    return [
        Line(labels[first["tally_id"]], 8, "bold", colour),
        Line(captions_beside.said_counts(numbers, language), 7),
        Line(captions_beside.said_days(numbers, language), 6.5, colour=theme.GREY),
    ]


def _draw_sums(axes: Axes, chart: Chart, numbers: pd.DataFrame, reach: float) -> None:
    """Least and greatest sum of the other's incidents, with an arrow where there is no greatest."""
    days = np.array([day_number(date) for date in numbers["date"]])
    edges = [*days, days[-1] + 1]
    wide = axes.get_position().width * chart.get_figwidth() / abs(np.diff(axes.get_xlim())[0])
    every = int(np.ceil(0.13 / wide))
    marked = slice(every // 2, None, every)
    low, high = (
        numbers[name].to_numpy("float64", na_value=np.nan) for name in ("other_low", "other_high")
    )
    for values, marker in ((low, "^"), (high, "v")):
        axes.stairs(values, edges, baseline=None, zorder=3, **_line())
        for form, here in (("o", low == high), (marker, low != high)):
            shown = np.where(here, values, np.nan)[marked]
            axes.plot(days[marked] + 0.5, shown, form, zorder=3.5, **_dot())
    if np.isnan(high).any():
        unbounded = days[np.isnan(high)]
        at = unbounded[0] + 0.75 * (unbounded[-1] + 1 - unbounded[0])
        up_arrow(axes, at, low[-1], reach, theme.INK)


def _line() -> dict:
    casing = withStroke(linewidth=2.6, foreground="white")
    return {"color": theme.INK, "linewidth": 1, "path_effects": [casing]}


def _dot() -> dict:
    return {
        "markersize": 3.4,
        "markerfacecolor": "white",
        "markeredgecolor": theme.INK,
        "markeredgewidth": 0.8,
        "clip_on": False,
    }


def _draw_strip(axes: Axes, numbers: pd.DataFrame, tall: float) -> None:
    """A box above the panel for days that fit alike; none where there is nothing to fit to."""
    place = {"transform": axes.get_xaxis_transform(), "clip_on": False}
    verdict = numbers["verdict"].fillna("")
    for _, days in numbers[verdict != ""].groupby((verdict != verdict.shift()).cumsum()):
        corner = (day_number(days["date"].iloc[0]), 1 + _ABOVE / tall)
        look = _LOOKS[days["verdict"].iloc[0]]
        axes.add_patch(Rectangle(corner, len(days), _STRIP / tall, **look, **place))


def _key(drawn: pd.DataFrame, language: str) -> dict[str, tuple[dict, str]]:
    grey = theme.GREY
    looks = {"low": theme.solid(grey), "band": theme.hatched(grey)}
    if drawn["derived"].any():
        looks["derived"] = theme.dotted(grey)
    looks["other"] = _NONE
    there = [name for name in VERDICTS if (drawn["verdict"] == name).any()]
    looks |= {f"verdict {name}": _LOOKS[name] for name in there}
    return {name: (look, words.phrase(f"key {name}", language)) for name, look in looks.items()}


def _draw_sample(paper: Axes, place: int) -> None:
    """The sample of the two lines, in the box that the key has left free for them."""
    box = paper.patches[place]
    left, right = box.get_x(), box.get_x() + box.get_width()
    for height, marker in ((0, "^"), (0.1, "v")):
        at = box.get_y() + height
        paper.plot([left, right], [at, at], color=theme.INK, linewidth=1)
        paper.plot((left + right) / 2, at, marker, **_dot() | {"markersize": 2.8})
