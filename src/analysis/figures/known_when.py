"""The figure of what was known when: the same staircases by what several days had published."""

from collections.abc import Collection
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.drawn import whole_of
from analysis.bounds.revisions import chosen_harm, known_days, known_when_drawn
from analysis.charts.panels import Grid, Panel, Row, draw_panels, in_rows
from analysis.charts.sheet import Chart, Line
from analysis.charts.stairs import draw_earlier, draw_staircase, earlier_limits, earlier_sample
from analysis.data.cut import published_by
from analysis.data.dataset import Dataset
from analysis.figures import common, over_time
from analysis.figures.naming import party_colours, shown_labels
from analysis.figures.over_time import primary, steps_of
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
    return common.make("known_when", (numbers, words, draw), dataset, language, width, **options)


class KnownWhen(NamedTuple):
    """Bounds by tally and date (``as_of``), the dates and the tallies."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    days: list[pd.Timestamp]
    tallies: list[str]

    def known(self, as_of: pd.Timestamp, tally_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The bounds of a panel, and the primary ones of the last date before it with any."""
        own = self.numbers[self.numbers["tally_id"] == tally_id]
        before = own.loc[own["as_of"] < as_of, "as_of"].max()
        return own[own["as_of"] == as_of], primary(own[own["as_of"] == before])


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
    return KnownWhen(dataset, drawn, _rests_on(dataset, drawn), harm, days, tallies)


def _rests_on(dataset: Dataset, drawn: pd.DataFrame) -> list[str]:
    """The statements behind every date, also those that were corrected by a later one."""
    known: set[str] = set()
    for day, rows in drawn.groupby("as_of"):
        known.update(common.rests_on(published_by(dataset, day.date()), rows))
    return [name for name in dataset.events["event_id"] if name in known]


def words(found: KnownWhen, say: Language) -> common.Telling:
    """What changed most in the title, and what the loosest reading says of that below it."""
    drawn, harm, loosest = found.numbers, say.term("harm", found.harm), ""
    labels = shown_labels(found.dataset, drawn["tally_id"], say)
    by_day = dict([*primary(drawn).groupby("as_of")])
    rows = [
        say("labelled", label=_by(day, say), count=say.join(common.bounds_rows(known, labels, say)))
        for day, known in by_day.items()
    ]
    first, last = min(by_day), max(by_day)
    change = find_change(primary(drawn))
    if change is None:
        title = say("title known", harm=harm, dates=say.join(map(say.day, by_day), "list"))
    else:
        after = say.count(change["low_last"], change["high_last"])
        title = say(
            "title known change",
            label=labels[change["tally_id"]],
            harm=harm,
            day=say.day(change["date"], year=False),
            before=say.count(change["low"], change["high"]),
            after=after,
            first=say.day(first, year=first.year != last.year),
            last=say.day(last),
        )
        same = (drawn["tally_id"] == change["tally_id"]) & (drawn["date"] == change["date"])
        wide = same & (drawn["as_of"] == drawn["as_of"].max()) & (drawn["reading"] == "wide")
        for low, high in drawn.loc[wide, ["cumulative_low", "cumulative_high"]].to_numpy():
            count = say.count(low, high)
            loosest = say("in the loosest", count=count) if count != after else ""
    return common.telling_of("known when", title, rows, found, say, harm=harm, loosest=loosest)


def _by(as_of: pd.Timestamp, say: Language) -> str:
    return say("known by", date=say.day(as_of))


def find_change(rows: pd.DataFrame) -> pd.Series | None:
    """The tally whose range changed most, for the last day that the first date knew of.

    An upper limit where there was none comes first (the narrowest of those), then the range that
    narrowed by most persons, then one that moved. Gives ``tally_id``, ``date``, ``low``, ``high``
    (persons, by the first date), ``low_last`` and ``high_last`` (by the last); None where nothing
    changed.
    """
    dates = rows["as_of"]
    bounds = {"cumulative_low": "low", "cumulative_high": "high"}
    shown = rows[["tally_id", "date", *bounds]].rename(columns=bounds)
    first = shown[dates == dates.min()].groupby("tally_id", sort=False).tail(1)
    both = first.merge(shown[dates == dates.max()], on=["tally_id", "date"], suffixes=("", "_last"))
    ends, without = ["low", "low_last", "high", "high_last"], float("inf")
    filled = both[ends].astype("Float64").fillna(without).astype("float64")
    low, low_last, high, high_last = (filled[name] for name in ends)
    left = high_last - low_last
    closed = (high == without) & (left < without)
    narrowed = (high - low - left).where(left < without, 0).where(~closed, 0)
    ranks = {"_closed": closed, "_left": -left.where(closed, 0), "_narrowed": narrowed}
    moved = both.assign(**ranks)[(high != high_last) | (low != low_last)]
    if moved.empty:
        return None
    row = moved.sort_values([*ranks], ascending=False, kind="stable").iloc[0]
    counts = {name: pd.NA if pd.isna(row[name]) else int(row[name]) for name in ends}
    return pd.Series({**row[["tally_id", "date"]], **counts})


def draw(chart: Chart, found: KnownWhen, telling: common.Telling) -> None:
    """On a page a row a day, with three tallies at most; in a column a row a tally."""
    reach = over_time.reach_of(found.numbers, "cumulative")
    labels = shown_labels(found.dataset, found.tallies, chart.say)
    party = found.dataset.tallies.set_index("tally_id")["party_id"]
    colours = party.map(party_colours(found.dataset.parties))
    page = chart.width == "page"
    by = {day: Line(_by(day, chart.say), 8 if page else 7, "bold") for day in found.days}
    named = {name: Line(labels[name], 8, "bold", colours[name]) for name in found.tallies}

    def panel(day: pd.Timestamp, name: str) -> Panel:
        known, before = found.known(day, name)

        def fill(axes: Axes) -> None:
            if len(known):
                draw_staircase(axes, chart, over_time.staircase(found.dataset, known, name))
            now, days = steps_of(primary(known)), steps_of(known).days
            draw_earlier(axes, chart, now, steps_of(before), days)

        said = [Line(text, 7.5, colour=colours[name]) for text in _counts(known, before, chart.say)]
        return Panel([named[name] if page else by[day], *said], reach, fill)

    if page:
        beside = [found.tallies[place : place + 3] for place in range(0, len(found.tallies), 3)]
        rows = [
            Row([panel(day, name) for name in names], [by[day]])
            for names in beside
            for day in found.days
        ]
    else:
        most, rows = 2 if len(found.days) <= 2 else 1, []
        for name in found.tallies:
            rows += in_rows([panel(day, name) for day in found.days], most, [named[name]])
    tall, span = 1.25 if page else 1.0, over_time.span_of(found.numbers)
    grid = Grid(span, tall, lead=0.08, gap=0.04, even=False)
    draw_panels(chart, rows, grid, telling.subtitle, _looks(found.numbers), chart.say("bounds"))


def _counts(known: pd.DataFrame, before: pd.DataFrame, say: Language) -> list[str]:
    """What was known up to the last day of the date before, in hindsight, and up to the last."""
    own = primary(known)
    last = own[own["date"].isin([before["date"].max(), own["date"].max()])]
    return [
        say(
            "count by",
            count=say.count(row.cumulative_low, row.cumulative_high),
            date=say.day(row.date, year=False),
        )
        for row in last.itertuples()
    ] or [say("nothing yet")]


def _looks(drawn: pd.DataFrame) -> dict:
    """For the key: those of staircases, and of the limits known before where any were others."""
    looks = over_time.time_looks(drawn)
    for _, rows in primary(drawn).groupby("tally_id"):
        by_day = [steps_of(known) for _, known in rows.groupby("as_of")]
        for before, known in pairwise(by_day):
            if any(len(limits) for _, limits in earlier_limits(known, before)):
                return looks | {"earlier": earlier_sample}
    return looks
