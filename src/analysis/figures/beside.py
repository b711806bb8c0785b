"""The figure of bounds beside another source's events: where they fit, and where not.

The bounds are the staircases of the figure over time. What the other's events add up to stands
over them as two black lines that step up at right angles, with triangles that point at the space
between, and a strip above the panel says for each day whether the two fit.
"""

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from analysis.bounds import comparison
from analysis.charts import style as theme
from analysis.charts.panels import Grid, Panel, draw_panels, in_rows
from analysis.charts.sheet import Chart, Line
from analysis.charts.stairs import Steps, arrow_to_top, day_width, draw_stairs
from analysis.data.cut import rows_of_reading
from analysis.data.dataset import Dataset
from analysis.figures import common, over_time
from analysis.figures.naming import party_colours, shown_labels, source_line, source_names
from analysis.language.languages import Language

_STRIP, _ABOVE = 0.07, 0.04
_LOOKS = {
    "inside": theme.solid("white", theme.GREY) | {"linewidth": 0.5},
    "open": theme.solid(theme.LIGHT, theme.GREY) | {"linewidth": 0.5},
    "outside": theme.solid(theme.INK) | {"linewidth": 0.5},
}


def plot_beside(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    *,
    other: Dataset,
    pairs: comparison.Pairs,
    as_of: date | str | None = None,
) -> Chart:
    """Cumulative bounds, and over them what another dataset's incidents add up to.

    ``other`` is an independent dataset, whose counts are incidents coded day by day, and ``pairs``
    names for each tally that is shown the tally or tallies of it that count the same people. The
    other parameters are those of :func:`~analysis.figures.common.make`.
    """
    options = {"other": other, "pairs": pairs}
    return common.make("beside", (numbers, words, draw), dataset, language, width, as_of, **options)


class Beside(NamedTuple):
    """Both datasets, what is drawn (``numbers`` has the columns to be shown), how it is paired."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    drawn: pd.DataFrame
    other: Dataset
    told: pd.DataFrame
    pairs: comparison.Pairs

    @property
    def panels(self) -> dict[str, pd.DataFrame]:
        """The days of each tally."""
        return dict(list(self.drawn.groupby("tally_id", sort=False)))


def numbers(dataset: Dataset, other: Dataset, pairs: comparison.Pairs) -> Beside:
    """Bounds, sums of the other's incidents and verdicts, day by day."""
    drawn = comparison.compare_over_time(dataset, other, pairs)
    told = rows_of_reading(other, "primary")
    names = {name for paired in pairs.values() for name in comparison.as_list(paired)}
    told = told[told["tally_id"].isin(names)]
    shown, rests = drawn[comparison.COLUMNS], common.rests_on(dataset, drawn)
    return Beside(dataset, shown, rests, drawn, other, told, pairs)


def words(found: Beside, say: Language) -> common.Telling:
    """On how many days the two fit, in the title; the days on which they don't in the alt text."""
    harm = say.term("harm", comparison.paired_harm(found.dataset, found.other, found.pairs))
    named = source_names(found.other, [*found.told["tally_id"]], say)
    other = say.join(named, "list") or say("other source")
    own = say.join(source_names(found.dataset, [*found.pairs], say), "list") or say("no source")
    labels = shown_labels(found.dataset, [*found.pairs], say)
    days = say.window(found.told["date_start"].min(), found.told["date_end"].max())
    source = source_line(found.dataset, [*found.pairs], found.event_ids, say)
    return common.telling_of(
        "beside",
        say.capital(say("title beside", other=other, **_verdicts(found.drawn))),
        [_row(rows, labels[name], say) for name, rows in found.panels.items()],
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
    found = {name: int((drawn["verdict"] == name).sum()) for name in comparison.VERDICTS}
    return found | {"compared": sum(found.values())}


def _verdicts(rows: pd.DataFrame) -> dict[str, str]:
    return {name: f"{days:,}" for name, days in count_verdicts(rows).items()}


def _counts(rows: pd.DataFrame, say: Language) -> tuple[str, str]:
    """The bounds of a tally by its last day beside the other's sum; how many days fit, or not."""
    last = rows.iloc[-1]
    own = say.count(last.cumulative_low, last.cumulative_high)
    days = "beside days" if count_verdicts(rows)["compared"] else "beside none"
    counts = say("beside counts", own=own, other=say.count(last.other_low, last.other_high))
    return counts, say(days, **_verdicts(rows))


def _row(rows: pd.DataFrame, label: str, say: Language) -> str:
    counts, days = _counts(rows, say)
    outside = rows.loc[rows["verdict"] == "outside", "date"]
    if len(outside):
        runs = outside.groupby((outside.diff().dt.days != 1).cumsum())
        windows = [say.window(dates.min(), dates.max(), year=False) for _, dates in runs]
        days = say("alt outside", days=days, windows=say.join(windows, "list"))
    date = say.day(rows["date"].iloc[-1], year=False)
    return say("alt beside row", label=label, date=date, counts=counts, days=days)


def draw(chart: Chart, found: Beside, telling: common.Telling) -> None:
    """A panel a tally, each with its own scale."""
    others = [*found.told["event_id"]]
    chart.beside = {"other_event_ids": others, "other_sha256": found.other.sha256}
    tall, most = (1.75, 3) if chart.width == "page" else (1.15, 1)
    colours = party_colours(found.dataset.parties)
    labels = shown_labels(found.dataset, [*found.pairs], chart.say)

    def panel(tally_id: str, rows: pd.DataFrame) -> Panel:
        colour = colours[rows["party_id"].iloc[0]]

        def fill(axes: Axes) -> None:
            steps = over_time.steps_of(rows)
            draw_stairs(axes, chart, steps, theme.hatched(colour), colour)
            _draw_sums(axes, chart, over_time.steps_of(rows, "other"))
            _draw_strip(axes, steps.days, rows["verdict"].fillna(""), tall)

        counts, days = _counts(rows, chart.say)
        head = [Line(labels[tally_id], 8, "bold", colour), Line(counts, 7)]
        head.append(Line(days, 6.5, colour=theme.GREY))
        arrows = rows[["cumulative_high", "other_high"]].isna().any(axis=None)
        room = 1.4 if arrows else 1.15  # above all lines
        return Panel(head, over_time.reach_of(rows, "cumulative", "other", room=room), fill)

    span, gap = over_time.span_of(found.drawn), _ABOVE + _STRIP + 0.06
    grid = Grid(span, tall, lead=0.04, gap=gap, apart=True)
    rows = in_rows([panel(*each) for each in found.panels.items()], most)
    there = [name for name in comparison.VERDICTS if (found.drawn["verdict"] == name).any()]
    looks = over_time.time_looks(found.drawn) | {"other": _sums_sample}
    looks |= {f"verdict {name}": _LOOKS[name] for name in there}
    notes = [chart.say(name) for name in ("why outside", "bounds")]
    draw_panels(chart, rows, grid, telling.subtitle, looks, *notes)


def _draw_sums(axes: Axes, chart: Chart, sums: Steps) -> None:
    """Least and greatest sum of the other's incidents, with an arrow where there is no greatest."""
    days, low, high, _, stops = sums
    every = int(np.ceil(0.13 / day_width(axes, chart)))
    marked = slice(every // 2, None, every)
    casing = [withStroke(linewidth=2.6, foreground="white")]
    look = {"color": theme.INK, "linewidth": 1, "path_effects": casing, "zorder": 3}
    for values, marker in ((low, "^"), (high, "v")):
        axes.stairs(values, [*days, stops[-1]], baseline=None, **look)
        for form, here in (("o", low == high), (marker, low != high)):
            shown = np.where(here, values, np.nan)[marked]
            axes.plot(days[marked] + 0.5, shown, form, zorder=3.5, **_dot(3.4))
    if np.isnan(high).any():
        unbounded = days[np.isnan(high)]
        at = unbounded[0] + 0.75 * (unbounded[-1] + 1 - unbounded[0])
        arrow_to_top(axes, at, low[-1], theme.INK)


def _dot(size: float) -> dict:
    look = {"markerfacecolor": "white", "markeredgecolor": theme.INK, "markeredgewidth": 0.8}
    return look | {"markersize": size, "clip_on": False}


def _draw_strip(axes: Axes, days: np.ndarray, verdicts: pd.Series, tall: float) -> None:
    """A box above the panel for days that fit alike; none where there is nothing to fit to."""
    place = {"transform": axes.get_xaxis_transform(), "clip_on": False}
    for verdict, alike in groupby(zip(verdicts, days, strict=True), key=itemgetter(0)):
        (_, first), *more = alike
        if verdict:
            corner = (first, 1 + _ABOVE / tall)
            box = Rectangle(corner, len(more) + 1, _STRIP / tall, **_LOOKS[verdict], **place)
            axes.add_patch(box)


def _sums_sample(axes: Axes, chart: Chart, start: float, at: float) -> None:
    for height, marker in ((at - 0.05, "^"), (at + 0.05, "v")):
        axes.plot([start, start + 0.2], [height] * 2, color=theme.INK, linewidth=1)
        axes.plot(start + 0.1, height, marker, **_dot(2.8))
