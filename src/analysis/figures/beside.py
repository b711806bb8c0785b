"""The figure of bounds beside another source's events: where they fit, and where not.

The bounds are the staircases of the figure over time. What the other's events add up to stands
over them as two black lines that step up at right angles, with triangles that point at the space
between, and a strip above the panel says for each day whether the two fit.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from analysis.bounds.comparison import (
    COLUMNS,
    VERDICTS,
    Pairs,
    as_list,
    compare_over_time,
    paired_harm,
)
from analysis.charts import style as theme
from analysis.charts.days import axis_room
from analysis.charts.panels import Grid, Panel, count_room, draw_panels, in_rows
from analysis.charts.sheet import Chart, Line, Sample
from analysis.charts.stairs import day_width, draw_axes, draw_stairs, up_arrow
from analysis.data.cut import rows_of_reading
from analysis.data.dataset import Dataset
from analysis.figures.common import Telling, make, rests_on, telling_of
from analysis.figures.naming import party_colours, shown_labels, source_line, source_names
from analysis.figures.over_time import span_of, steps_of
from analysis.language.languages import Language

_STRIP, _ABOVE = 0.07, 0.04
_LOOKS = {
    "inside": {"facecolor": "white", "edgecolor": theme.GREY, "linewidth": 0.5},
    "open": {"facecolor": theme.LIGHT, "edgecolor": theme.GREY, "linewidth": 0.5},
    "outside": {"facecolor": theme.INK, "edgecolor": theme.INK, "linewidth": 0.5},
}


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

    ``other`` is an independent dataset, whose counts are incidents coded day by day, and ``pairs``
    names for each tally that is shown the tally or tallies of it that count the same people. The
    other parameters are those of :func:`~analysis.figures.common.make`.
    """
    options = {"other": other, "pairs": pairs}
    return make("beside", (numbers, words, draw), dataset, language, width, as_of, **options)


class Beside(NamedTuple):
    """Both datasets, what is drawn (``numbers`` has the columns to be shown), how it is paired."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    drawn: pd.DataFrame
    other: Dataset
    told: pd.DataFrame
    pairs: Pairs

    @property
    def panels(self) -> dict[str, pd.DataFrame]:
        """The days of each tally."""
        return dict(list(self.drawn.groupby("tally_id", sort=False)))


def numbers(dataset: Dataset, other: Dataset, pairs: Pairs) -> Beside:
    """Bounds, sums of the other's incidents and verdicts, day by day."""
    drawn = compare_over_time(dataset, other, pairs)
    told = rows_of_reading(other, "primary")
    names = {name for paired in pairs.values() for name in as_list(paired)}
    told = told[told["tally_id"].isin(names)]
    return Beside(dataset, drawn[COLUMNS], rests_on(dataset, drawn), drawn, other, told, pairs)


def words(found: Beside, say: Language) -> Telling:
    """On how many days the two fit, in the title; the days on which they don't in the alt text."""
    harm = say.term("harm", paired_harm(found.dataset, found.other, found.pairs))
    named = source_names(found.other, [*found.told["tally_id"]], say)
    other = say.join(named, "list") or say("other source")
    own = say.join(source_names(found.dataset, [*found.pairs], say), "list") or say("no source")
    labels = shown_labels(found.dataset, [*found.pairs], say)
    days = say.window(found.told["date_start"].min(), found.told["date_end"].max())
    source = source_line(found.dataset, [*found.pairs], say)
    return telling_of(
        "beside",
        say.capital(say("title beside", other=other, **_verdicts(found.drawn))),
        [_row(rows, labels[tally_id], say) for tally_id, rows in found.panels.items()],
        found,
        say,
        note=say("why outside"),
        source=f"{source} {say('source beside', sources=other, days=days)}",
        harm=harm,
        own=own,
        other=other,
    )


def count_verdicts(drawn: pd.DataFrame) -> dict[str, int]:
    """How many days have each verdict, and how many have one (``compared``)."""
    found = {name: int((drawn["verdict"] == name).sum()) for name in VERDICTS}
    return found | {"compared": sum(found.values())}


def _verdicts(rows: pd.DataFrame) -> dict[str, str]:
    return {name: f"{days:,}" for name, days in count_verdicts(rows).items()}


def _days(rows: pd.DataFrame, say: Language) -> str:
    """How many days of a tally are inside, undecided and outside."""
    name = "beside days" if count_verdicts(rows)["compared"] else "beside none"
    return say(name, **_verdicts(rows))


def _counts(rows: pd.DataFrame, say: Language) -> str:
    """The bounds of a tally by its last day, and what the other's events add up to."""
    last = rows.iloc[-1]
    own = say.count(last.cumulative_low, last.cumulative_high)
    return say("beside counts", own=own, other=say.count(last.other_low, last.other_high))


def _row(rows: pd.DataFrame, label: str, say: Language) -> str:
    days = _days(rows, say)
    outside = rows.loc[rows["verdict"] == "outside", "date"]
    if len(outside):
        runs = outside.groupby((outside.diff().dt.days != 1).cumsum())
        windows = [say.window(dates.min(), dates.max(), year=False) for _, dates in runs]
        days = say("alt outside", days=days, windows=say.join(windows, "list"))
    date = say.day(rows["date"].iloc[-1], year=False)
    return say("alt beside row", label=label, date=date, counts=_counts(rows, say), days=days)


def draw(chart: Chart, found: Beside, telling: Telling) -> None:
    """A panel a tally, each with its own scale."""
    chart.beside = {
        "other_event_ids": [*found.told["event_id"]],
        "other_sha256": found.other.sha256,
    }
    span = span_of(found.drawn)
    tall, most = (1.75, 3) if chart.width == "page" else (1.15, 1)
    colours = party_colours(found.dataset.parties)
    labels = shown_labels(found.dataset, [*found.pairs], chart.say)
    reaches = {tally_id: _reach(rows) for tally_id, rows in found.panels.items()}

    def panel(tally_id: str, rows: pd.DataFrame) -> Panel:
        colour = colours[rows["party_id"].iloc[0]]

        def fill(axes: Axes, _: bool) -> None:
            draw_axes(axes, chart, span, reaches[tally_id], labelled=True)
            draw_stairs(axes, chart, steps_of(rows), theme.hatched(colour), colour)
            _draw_sums(axes, chart, rows)
            _draw_strip(axes, rows, tall)

        name = Line(labels[tally_id], 8, "bold", colour)
        days = Line(_days(rows, chart.say), 6.5, colour=theme.GREY)
        return Panel([name, Line(_counts(rows, chart.say), 7), days], fill)

    grid = Grid(
        tall,
        axis_room(chart, *span),
        count_room(chart, *reaches.values()),
        lead=0.04,
        gap=_ABOVE + _STRIP + 0.06,
        apart=True,
    )
    rows = in_rows([panel(*each) for each in found.panels.items()], most)
    notes = [chart.say(name) for name in ("why outside", "bounds")]
    draw_panels(chart, rows, grid, telling.subtitle, _key(chart, found.drawn), *notes)


def _reach(rows: pd.DataFrame) -> float:
    """The height of a panel, in persons, with room for arrows above all lines."""
    counts = rows[[name for name in COLUMNS if name.endswith(("_low", "_high"))]]
    return max(counts.max().max(), 1) * (1.4 if counts.isna().any(axis=None) else 1.15)


def _draw_sums(axes: Axes, chart: Chart, rows: pd.DataFrame) -> None:
    """Least and greatest sum of the other's incidents, with an arrow where there is no greatest."""
    days = steps_of(rows).days
    every = int(np.ceil(0.13 / day_width(axes, chart)))
    marked = slice(every // 2, None, every)
    casing = [withStroke(linewidth=2.6, foreground="white")]
    look = {"color": theme.INK, "linewidth": 1, "path_effects": casing, "zorder": 3}
    low, high = (
        rows[name].to_numpy("float64", na_value=np.nan) for name in ("other_low", "other_high")
    )
    for values, marker in ((low, "^"), (high, "v")):
        axes.stairs(values, [*days, days[-1] + 1], baseline=None, **look)
        for form, here in (("o", low == high), (marker, low != high)):
            shown = np.where(here, values, np.nan)[marked]
            axes.plot(days[marked] + 0.5, shown, form, zorder=3.5, **_dot(3.4))
    if np.isnan(high).any():
        unbounded = days[np.isnan(high)]
        at = unbounded[0] + 0.75 * (unbounded[-1] + 1 - unbounded[0])
        up_arrow(axes, at, low[-1], theme.INK)


def _dot(size: float) -> dict:
    look = {"markerfacecolor": "white", "markeredgecolor": theme.INK, "markeredgewidth": 0.8}
    return look | {"markersize": size, "clip_on": False}


def _draw_strip(axes: Axes, rows: pd.DataFrame, tall: float) -> None:
    """A box above the panel for days that fit alike; none where there is nothing to fit to."""
    place = {"transform": axes.get_xaxis_transform(), "clip_on": False}
    verdict = rows["verdict"].fillna("")
    for _, alike in rows[verdict != ""].groupby((verdict != verdict.shift()).cumsum()):
        corner = (steps_of(alike).days[0], 1 + _ABOVE / tall)
        look = _LOOKS[alike["verdict"].iloc[0]]
        axes.add_patch(Rectangle(corner, len(alike), _STRIP / tall, **look, **place))


def _key(chart: Chart, drawn: pd.DataFrame) -> list[Sample]:
    looks = {"low": theme.solid(theme.GREY), "band": theme.hatched(theme.GREY)}
    if drawn["derived"].any():
        looks["derived"] = theme.dotted(theme.GREY)
    there = [name for name in VERDICTS if (drawn["verdict"] == name).any()]
    looks |= {"other": _sums_sample} | {f"verdict {name}": _LOOKS[name] for name in there}
    return [(look, chart.say(f"key {name}")) for name, look in looks.items()]


def _sums_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    for height, marker in ((at - 0.05, "^"), (at + 0.05, "v")):
        axes.plot([start, start + 0.2], [height] * 2, color=theme.INK, linewidth=1)
        axes.plot(start + 0.1, height, marker, **_dot(2.8))
