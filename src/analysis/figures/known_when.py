"""The figure of what was known when: the same staircases by what several days had published."""

from collections.abc import Collection
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.drawn import whole_of
from analysis.bounds.revisions import chosen_harm, known_days, known_when_drawn
from analysis.charts.days import axis_room
from analysis.charts.earlier import blank_days, draw_earlier, earlier_limits, earlier_sample
from analysis.charts.panels import Grid, Panel, Row, count_room, draw_panels
from analysis.charts.sheet import Chart, Line, Sample
from analysis.charts.stairs import draw_axes, draw_staircase
from analysis.data.cut import published_by
from analysis.data.dataset import Dataset
from analysis.figures.common import Telling, bounds_rows, make, rests_on, telling_of
from analysis.figures.naming import party_colours, shown_labels
from analysis.figures.over_time import reach_of, span_of, staircase, steps_of, time_key
from analysis.language.languages import Language


def plot_known_when(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    dates: Collection[date | str] | None = None,
    tallies: Collection[str] | None = None,
) -> Chart:
    """What was known by several days: parameters as for :func:`~analysis.figures.common.make`.

    A row for each of ``dates`` (YYYY-MM-DD), else for the first and the last on which a count was
    published; a column a tally. Thin lines repeat the limits known by the date before, where they
    were others. In the column width each tally has rows of its own.
    """
    options = {"harm": harm, "dates": dates, "tallies": tallies}
    return make("known_when", (numbers, words, draw), dataset, language, width, **options)


class KnownWhen(NamedTuple):
    """Bounds by tally and date (``as_of``), the dates and the tallies."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    days: list[pd.Timestamp]
    tallies: list[str]

    def known(self, as_of: pd.Timestamp, tally_id: str) -> pd.DataFrame:
        """The bounds of a panel, in both readings."""
        own = self.numbers["tally_id"] == tally_id
        return self.numbers[own & (self.numbers["as_of"] == as_of)]

    def known_before(self, as_of: pd.Timestamp, tally_id: str) -> pd.DataFrame:
        """Those of the last date before it by which anything was known of the tally."""
        own = self.numbers[self.numbers["tally_id"] == tally_id]
        return own[own["as_of"] == own.loc[own["as_of"] < as_of, "as_of"].max()]


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    dates: Collection[date | str] | None = None,
    tallies: Collection[str] | None = None,
) -> KnownWhen:
    """Bounds by what each of the days knew; of later reports nothing."""
    days = known_days(dataset, dates, tallies)
    if (dataset.reports["source_date"] > days[-1]).any():
        dataset = published_by(dataset, days[-1].date())
    tallies = [*dict.fromkeys(tallies)] if tallies is not None else whole_of(dataset, harm)
    harm = chosen_harm(dataset, tallies, harm)
    drawn = known_when_drawn(dataset, days, tallies)
    return KnownWhen(dataset, drawn, rests_on(dataset, drawn), harm, days, tallies)


def words(found: KnownWhen, say: Language) -> Telling:
    """What changed most in the title, and what the loosest reading says of that below it."""
    primary = _primary(found.numbers)
    labels = shown_labels(found.dataset, found.numbers["tally_id"], say)
    rows = [
        say("labelled", label=known_by(day, say), count=say.join(bounds_rows(known, labels, say)))
        for day, known in primary.groupby("as_of")
    ]
    harm, change = say.term("harm", found.harm), find_change(primary)
    dates = sorted(primary["as_of"].unique())
    if change is None:
        said = say.join([say.day(day) for day in dates], "list")
        title, loosest = say("title known", harm=harm, dates=said), ""
    else:
        title = say(
            "title known change",
            label=labels[change["tally_id"]],
            harm=harm,
            day=say.day(change["date"], year=False),
            before=say.count(change["low"], change["high"]),
            after=say.count(change["low_last"], change["high_last"]),
            first=say.day(dates[0], year=dates[0].year != dates[-1].year),
            last=say.day(dates[-1]),
        )
        loosest = _loosest(change, found.numbers, say)
    return telling_of("known when", title, rows, found, say, harm=harm, loosest=loosest)


def _loosest(change: pd.Series, drawn: pd.DataFrame, say: Language) -> str:
    """What the loosest reading says, by the last date, of the change that the title tells."""
    same = (drawn["tally_id"] == change["tally_id"]) & (drawn["date"] == change["date"])
    last = drawn[same & (drawn["as_of"] == drawn["as_of"].max()) & (drawn["reading"] == "wide")]
    counts = [say.count(row.cumulative_low, row.cumulative_high) for row in last.itertuples()]
    if not counts or counts[0] == say.count(change["low_last"], change["high_last"]):
        return ""
    return say("in the loosest", count=counts[0])


def known_by(as_of: pd.Timestamp, say: Language) -> str:
    """The name of a row: known by a date."""
    return say("known by", date=say.day(as_of))


def find_change(primary: pd.DataFrame) -> pd.Series | None:
    """The tally whose range changed most, for the last day that the first date knew of.

    An upper limit where there was none comes first (the narrowest of those), then the range that
    narrowed by most persons, then one that moved.

    Returns
    -------
    pandas.Series or None
        ``tally_id``, ``date``, ``low``, ``high`` (persons, by the first date), ``low_last`` and
        ``high_last`` (by the last); None where nothing changed.
    """
    dates = primary["as_of"]
    bounds = {"cumulative_low": "low", "cumulative_high": "high"}
    shown = primary[["tally_id", "date", *bounds]].rename(columns=bounds)
    first = shown[dates == dates.min()].groupby("tally_id", sort=False).tail(1)
    both = first.merge(shown[dates == dates.max()], on=["tally_id", "date"], suffixes=("", "_last"))
    ends = ["low", "low_last", "high", "high_last"]
    low, low_last, high, high_last = (
        both[name].astype("Float64").fillna(float("inf")).astype("float64") for name in ends
    )
    left, without = high_last - low_last, float("inf")
    closed = (high == without) & (left < without)
    narrowed = (high - low - left).where(left < without, 0)
    ranks = {"_closed": closed, "_left": -left.where(closed, 0)}
    ranks["_narrowed"] = narrowed.where(~closed, 0)
    moved = both.assign(**ranks)[(high != high_last) | (low != low_last)]
    if moved.empty:
        return None
    row = moved.sort_values([*ranks], ascending=False, kind="stable").iloc[0]
    counts = {name: pd.NA if pd.isna(row[name]) else int(row[name]) for name in ends}
    return pd.Series({**row[["tally_id", "date"]], **counts})


def draw(chart: Chart, found: KnownWhen, telling: Telling) -> None:
    """On a page a row a day, with three tallies at most; in a column a row a tally."""
    span = span_of(found.numbers)
    reach = reach_of(found.numbers[["cumulative_low", "cumulative_high"]])
    labels = shown_labels(found.dataset, found.tallies, chart.say)
    colours = party_colours(found.dataset.parties)
    party = found.dataset.tallies.set_index("tally_id")["party_id"].map(colours)
    page = chart.width == "page"
    by = {day: Line(known_by(day, chart.say), 8 if page else 7, "bold") for day in found.days}
    named = {name: Line(labels[name], 8, "bold", party[name]) for name in found.tallies}

    def panel(day: pd.Timestamp, tally_id: str) -> Panel:
        def fill(axes: Axes, first: bool) -> None:
            draw_axes(axes, chart, span, reach, first)
            _fill(axes, chart, found, day, tally_id, reach)

        said = [Line(text, 7.5, colour=party[tally_id])
                for text in _counts(found, day, tally_id, chart.say)]  # fmt: skip
        return Panel([named[tally_id] if page else by[day], *said], fill)

    if page:
        rows = [
            Row([panel(day, name) for name in found.tallies[place : place + 3]], [by[day]])
            for place in range(0, len(found.tallies), 3)
            for day in found.days
        ]
    else:
        beside = 2 if len(found.days) <= 2 else 1
        rows = [
            Row([panel(day, name) for day in found.days[place : place + beside]],
                [] if place else [named[name]])
            for name in found.tallies
            for place in range(0, len(found.days), beside)
        ]  # fmt: skip
    below, counts = axis_room(chart, *span), count_room(chart, reach)
    grid = Grid(1.25 if page else 1.0, below, counts, lead=0.08, gap=0.04, even=False)
    draw_panels(chart, rows, grid, telling.subtitle, _key(chart, found), chart.say("bounds"))


def _primary(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["reading"] == "primary"]


def _counts(found: KnownWhen, as_of: pd.Timestamp, tally_id: str, say: Language) -> list[str]:
    """What was known up to the last day of the date before, in hindsight, and up to the last."""
    own = _primary(found.known(as_of, tally_id))
    if own.empty:
        return [say("nothing yet")]
    before = _primary(found.known_before(as_of, tally_id))["date"].max()
    return [
        say(
            "count by",
            count=say.count(row.cumulative_low, row.cumulative_high),
            date=say.day(row.date, year=False),
        )
        for row in own[own["date"].isin([before, own["date"].max()])].itertuples()
    ]


def _fill(
    axes: Axes, chart: Chart, found: KnownWhen, day: pd.Timestamp, tally_id: str, reach: float
) -> None:
    """A staircase, the limits known before, and blank days where nothing is known."""
    known, before = found.known(day, tally_id), found.known_before(day, tally_id)
    if len(known):
        draw_staircase(axes, chart, staircase(found.dataset, known, tally_id), reach)
    draw_earlier(axes, steps_of(_primary(known)), steps_of(_primary(before)))
    blank_days(axes, chart, steps_of(known).days)


def _key(chart: Chart, found: KnownWhen) -> list[Sample]:
    """Key of staircases, and of the limits known before where any were others."""
    entries = time_key(chart, found.numbers)
    for _, rows in _primary(found.numbers).groupby("tally_id"):
        known_by_day = [steps_of(known) for _, known in rows.groupby("as_of")]
        for before, known in pairwise(known_by_day):
            if any(len(limits) for _, limits in earlier_limits(known, before)):
                return [*entries, (earlier_sample, chart.say("key earlier"))]
    return entries
