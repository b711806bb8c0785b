"""The figure of the casualties over time: staircases of what is certain and what is possible."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds import drawn as bounds
from analysis.bounds.marks import statement_marks, whole_party
from analysis.bounds.revisions import chosen_drawn, chosen_harm
from analysis.bounds.totals import totals
from analysis.charts import style as theme
from analysis.charts.days import day_number
from analysis.charts.marks import Mark, draw_marks, mark_looks
from analysis.charts.panels import Grid, Panel, draw_panels, in_rows
from analysis.charts.sheet import Chart, Line
from analysis.charts.stairs import Staircase, Steps, draw_staircase
from analysis.data.dataset import Dataset
from analysis.figures import common
from analysis.figures.naming import party_colours, shown_labels, tally_labels
from analysis.language.languages import Language


def plot_over_time(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    tallies: Collection[str] | None = None,
    statements: bool = False,
    as_of: date | str | None = None,
) -> Chart:
    """Cumulative bounds; parameters as for :func:`~analysis.figures.common.make`.

    A panel each for ``tallies``, parts of others among them, else for all that are part of no
    other. With ``statements`` what is stated is marked: running totals, those of parts, counts of
    some days only.
    """
    options = {"harm": harm, "tallies": tallies, "statements": statements}
    return common.make(
        "over_time", (numbers, words, draw), dataset, language, width, as_of, **options
    )


class OverTime(NamedTuple):
    """What is drawn: bounds and marks (together ``numbers``), panels, and what the title sums."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    drawn: pd.DataFrame
    marks: pd.DataFrame | None
    panels: dict[str, pd.DataFrame]
    title: str
    summed: pd.DataFrame

    def labels(self, say: Language) -> dict[str, str]:
        """Names of the tallies, with the source where the figure, or the dataset, has several."""
        if self.title == "title over time":
            return self.dataset.once(("labels", say.code), lambda: tally_labels(self.dataset, say))
        return shown_labels(self.dataset, self.drawn["tally_id"], say)


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    tallies: Collection[str] | None = None,
    statements: bool = False,
) -> OverTime:
    """Bounds of the tallies asked for and of their parts, and what is stated of them."""
    if tallies is None:
        title, harm = "title over time", harm or bounds.main_harm(dataset)
        drawn = bounds.over_time_drawn(dataset, harm)
        summed = totals(dataset)
        summed = summed[summed["harm"] == harm]
        rooted = bounds.with_root(primary(drawn))
        whole = [*rooted.loc[rooted["root"] == rooted["tally_id"], "tally_id"].unique()]
    else:
        whole = [*dict.fromkeys(tallies)]
        harm, drawn = chosen_harm(dataset, whole, harm), chosen_drawn(dataset, whole)
        summed = last_days(drawn[drawn["tally_id"].isin(whole)])
        summed = summed.assign(low=summed["cumulative_low"], high=summed["cumulative_high"])
        root = bounds.root_of(dataset.tallies.set_index("tally_id")["subset_of"])
        # parts of one tally can have people in common
        title = "title chosen" if root[whole].is_unique else "title shared"
    shown, marks = drawn, None
    if statements:
        marks = pd.concat([statement_marks(dataset, name) for name in whole], ignore_index=True)
        shown = pd.concat([drawn, marks], ignore_index=True)
    panels = {tally_id: bounds.with_parts(drawn, tally_id) for tally_id in whole}
    rests = common.rests_on(dataset, drawn)
    return OverTime(dataset, shown, rests, harm, drawn, marks, panels, title, summed)


def words(found: OverTime, say: Language) -> common.Telling:
    """The sum in the title, where there is one; every step in the alt text, and every mark."""
    harm, labels, drawn = say.term("harm", found.harm), found.labels(say), found.drawn
    title = say("title shared", harm=harm)
    if found.title != "title shared":
        whole = drawn["tally_id"].isin(found.panels)
        known = f"{common.certain_of_day(drawn[whole]):,}"
        title = common.summed_title(found.title, found.summed, found.harm, say, known=known)
    rows = common.bounds_rows(primary(drawn), labels, say)
    telling = common.telling_of("over time", title, rows, found, say, harm=harm)
    if found.marks is None or found.marks.empty:
        return telling
    owner = found.dataset.events.set_index("event_id")["tally_id"]
    stated = []
    for row in found.marks.drop_duplicates("event_id").itertuples():
        count = say.count(row.stated_low, row.stated_high)
        count = say("labelled", label=labels[owner[row.event_id]], count=count)
        window = say.window(row.date_start, row.date, year=False)
        stated.append(say("windowed", count=count, window=window))
    return telling._replace(alt=f"{telling.alt} {say('alt marks', rows=say.join(stated))}")


def draw(chart: Chart, found: OverTime, telling: common.Telling) -> None:
    """A panel a tally, three beside each other where there is room."""
    labels, marks = found.labels(chart.say), _marks_of(found.marks)
    reach = reach_of(found.numbers, "cumulative", "stated")

    def panel(tally_id: str, rows: pd.DataFrame) -> Panel:
        # A part that has rings of its own would hide the band.
        ringed = whole_party(found.dataset, tally_id) if found.marks is not None else []
        stairs = staircase(found.dataset, rows[~rows["tally_id"].isin(ringed)], tally_id)

        def fill(axes: Axes) -> None:
            draw_staircase(axes, chart, stairs)
            if tally_id in marks:
                draw_marks(axes, chart, marks[tally_id], stairs.colour)

        return Panel(_head(rows, tally_id, labels, stairs.colour, chart.say), reach, fill)

    looks = time_looks(found.drawn) | mark_looks([mark for own in marks.values() for mark in own])
    tall, most = (1.75, 3) if chart.width == "page" else (1.15, 1)
    grid = Grid(span_of(found.drawn), tall, standing=True)
    rows = in_rows([panel(*each) for each in found.panels.items()], most)
    draw_panels(chart, rows, grid, telling.subtitle, looks, chart.say("bounds"))


def _head(
    rows: pd.DataFrame, tally_id: str, labels: dict[str, str], colour: str, say: Language
) -> list[Line]:
    """Name, count by the last day, and those of the parts."""
    last = last_days(rows)[["tally_id", "cumulative_low", "cumulative_high"]]
    counts = {name: say.count(*ends) for name, *ends in last.itertuples(index=False)}
    whole = Line(labels[tally_id], 8, "bold", colour), Line(counts.pop(tally_id), 8, colour=colour)
    parts = [say("of them", label=labels[part], count=count) for part, count in counts.items()]
    return [*whole, *(Line(part, 6.5) for part in parts)]


def primary(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the primary reading."""
    return rows[rows["reading"] == "primary"]


def last_days(rows: pd.DataFrame) -> pd.DataFrame:
    """The last day of each tally, in the primary reading."""
    return primary(rows).groupby("tally_id", sort=False).tail(1)


def reach_of(rows: pd.DataFrame, *kinds: str, room: float = 1.15) -> float:
    """How high an axis goes, with room above the greatest count (persons) of these kinds."""
    ends = [f"{kind}_{end}" for kind in kinds for end in ("low", "high")]
    return max(rows[rows.columns.intersection(ends)].max().max(), 1) * room


def span_of(drawn: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day."""
    return drawn["date"].min(), drawn["date"].max()


def steps_of(rows: pd.DataFrame, kind: str = "cumulative") -> Steps:
    """Cumulative bounds of one tally in one reading, or counts of another kind, as drawn."""
    days = rows["date"].to_numpy("datetime64[D]").astype("int")
    low, high = (
        rows[f"{kind}_{end}"].to_numpy("float64", na_value=np.nan) for end in ("low", "high")
    )
    return Steps(days, low, high, rows["derived"].to_numpy("bool"), days + 1)


def staircase(dataset: Dataset, rows: pd.DataFrame, tally_id: str) -> Staircase:
    """A tally and, of the other tallies of ``rows``, its parts."""
    own = rows["tally_id"] == tally_id
    inside = primary(rows[~own]).groupby("tally_id", sort=False)
    colour = party_colours(dataset.parties)[rows.loc[own, "party_id"].iloc[0]]
    readings = (steps_of(rows[own & (rows["reading"] == name)]) for name in ("primary", "wide"))
    return Staircase(colour, *readings, [steps_of(part) for _, part in inside])


def _marks_of(marks: pd.DataFrame | None) -> dict[str, list[Mark]]:
    """Marks of each tally, as they are drawn."""
    found: dict[str, list[Mark]] = {}
    for row in () if marks is None else marks.itertuples():
        start = np.nan if pd.isna(row.date_start) else day_number(row.date_start)
        high = np.nan if pd.isna(row.stated_high) else row.stated_high
        mark = Mark(row.mark, start, day_number(row.date) + 1, row.stated_low, high)
        found.setdefault(row.tally_id, []).append(mark)
    return found


def time_looks(drawn: pd.DataFrame) -> dict:
    """The looks of a staircase, of those that are there, for the key."""
    looks = {"low": theme.solid, "band": theme.hatched}
    if drawn["derived"].any():
        looks["derived"] = theme.dotted
    bounds_of = ["tally_id", "date", "cumulative_low", "cumulative_high"]
    wide = (drawn["reading"] == "wide").any()
    if wide and not drawn.duplicated(bounds_of, keep=False).all():
        looks["wide"] = theme.loose
    return {name: look(theme.GREY) for name, look in looks.items()}
