"""The figure of the toll as reported: each count on the day that it was published."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds import reported
from analysis.bounds.drawn import main_harm
from analysis.bounds.revisions import chosen_harm
from analysis.bounds.sources import listed
from analysis.charts.panels import Grid, Panel, draw_panels, in_rows
from analysis.charts.sheet import Chart, Line
from analysis.charts.told import Told, draw_told, told_looks
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures import common
from analysis.figures.naming import party_colours, place_counted, shown_labels
from analysis.language.languages import Language

_LISTED = 8


def plot_as_reported(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    tallies: Collection[str] | None = None,
    outlets: bool = False,
    as_of: date | str | None = None,
) -> Chart:
    """The toll as reported: counts by day of publication, and the total that stood.

    Parameters as for :func:`~analysis.figures.common.make`. A row for each of ``tallies``, else of
    the (three at most) tallies of everybody whose counts were published on most days. With
    ``outlets`` who published a count stands beside it, where there is room.

    Raises
    ------
    ValueError
        When no toll was published on two days.
    """
    asked = {"harm": harm, "tallies": tallies, "outlets": outlets}
    steps = numbers, words, draw
    return common.make("as_reported", steps, dataset, language, width, as_of, **asked)


class Reported(NamedTuple):
    """Counts in order of publication, by tally (``told``); ``numbers`` are what is exported."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    told: dict[str, pd.DataFrame]
    outlets: bool


def numbers(
    dataset: Dataset, harm: str | None, tallies: Collection[str] | None, outlets: bool
) -> Reported:
    """The counts of the tallies, and the statements that tell them."""
    if tallies is None:
        harm = harm or main_harm(dataset)
        tallies = reported.most_reported(dataset, harm)
    else:
        harm, tallies = chosen_harm(dataset, tallies, harm), [*dict.fromkeys(tallies)]
    drawn = reported.find_reported(dataset, tallies)
    days = reported.published_on(drawn)
    drawn = drawn[drawn["tally_id"].isin(days.index)]
    if not (days > 1).any():
        named = ", ".join(tallies)
        raise NothingToDrawError(f"nothing to draw: no toll of {named} was published on two days")
    told = dict([*reported.with_times(drawn).groupby("tally_id", sort=False)])
    event_ids = [name for cell in drawn["event_ids"] for name in listed(cell)]
    return Reported(dataset, drawn[reported.COLUMNS], event_ids, harm, told, outlets)


def words(found: Reported, say: Language) -> common.Telling:
    """From which count to which the total went; the counts, and what became of them, in the alt."""
    labels, drawn = shown_labels(found.dataset, found.told, say), found.numbers
    ways = {_change(rows) for rows in found.told.values()}
    rows = [_rows_in_words(counts, say) for counts in found.told.values()]
    names = [labels[name] for name in found.told]
    parts = {"harm": say.term("harm", found.harm), "labels": say.join(names)}
    if len(rows) > 1:
        title = say(f"title several {ways.pop() if len(ways) == 1 else 'went'}", **parts)
        told = zip(names, rows, strict=True)
        rows = [say("labelled", label=name, count=text) for name, text in told]
    else:
        (counts,) = found.told.values()
        source = say.source(counts["source_original"].iloc[0])
        title = say(f"title reported {ways.pop()}", **parts, **_ends(counts, say), source=source)
    parts |= {"days": _days_counted(drawn, say), "method": (note := _note(drawn, say))}
    parts["place"] = place_counted(found.dataset, found.told, say)
    title = say.capital(title)
    return common.telling_of("as reported", title, rows, found, say, note=note, **parts)


def _note(drawn: pd.DataFrame, say: Language) -> str:
    """Why counts rise: those of the same days only because more was found."""
    return say("note as reported" if _same_days(drawn) else "note as reported days")


def _same_days(drawn: pd.DataFrame) -> bool:
    return drawn["date_end"].min() == drawn["date_end"].max()


def _change(rows: pd.DataFrame) -> str:
    first, last = rows["level"].iloc[[0, -1]]
    return "rose" if last > first else "fell" if last < first else "stayed"


def _ends(rows: pd.DataFrame, say: Language) -> dict[str, str]:
    """First and last count, with the day on which each was published."""
    first, last = reported.standing_ends(rows).itertuples()
    counts = {"first": say.count(first.low, first.high), "last": say.count(last.low, last.high)}
    return counts | {"day": _published(first, say), "until": _published(last, say)}


def _published(row, say: Language) -> str:
    """The day of publication, or the days between which it was."""
    return say.window(row.published_earliest.normalize(), row.published_latest.normalize(), False)


def _days_counted(drawn: pd.DataFrame, say: Language) -> str:
    """The days that the counts are of; since when, where they end on different days."""
    first, last = drawn["date_start"].min(), drawn["date_end"].max()
    if _same_days(drawn) or pd.isna(first):
        return say.window(first, last)
    return say("days from", date=say.day(first))


def _rows_in_words(rows: pd.DataFrame, say: Language) -> str:
    """Counts of a tally; of many the first, the last and those that are doubtful."""
    doubtful, said = rows["status"].isin(["superseded", "aside"]), []
    few = rows.loc[rows.index[doubtful].union(reported.standing_ends(rows).index)]
    shown = rows if len(rows) <= _LISTED else few
    for row in shown.itertuples():
        count = say.count(row.low, row.high)
        if row.pages > 1:
            count = say("told by", count=count, number=row.pages)
        if doubtful[row.Index]:
            count = say("windowed", count=count, window=say(f"key told {row.status}"))
        hour = [f"{row.published_latest:%H:%M}"] * (row.at % 1 != 0.5)
        day = say.join([_published(row, say), *hour], "list")
        said.append(say("labelled", label=day, count=count))
    between = len(rows) - len(shown)
    return say.join([*said, *[say("counts between", number=between)] * (between > 0)])


def draw(chart: Chart, found: Reported, telling: common.Telling) -> None:
    """A row a tally, all over the same days."""
    say, marks, panels = chart.say, _marks(found, chart.say), []
    labels = shown_labels(found.dataset, found.told, say)
    party = found.dataset.tallies.set_index("tally_id")["party_id"]
    colours = party.map(party_colours(found.dataset.parties))
    for name, rows in found.told.items():
        ends = _ends(rows, say)
        alone = say("windowed", count=ends["last"], window=ends["until"])
        change = say("from to", **ends) if len(rows) > 1 else alone
        head = [Line(labels[name], 8, "bold", colours[name]), Line(change, 7.5)]
        reach = 1.25 * max(rows[["low", "high"]].max().max(), 1)
        fill = partial(draw_told, chart=chart, told=marks[name], colour=colours[name])
        panels.append(Panel(head if len(marks) > 1 else [], reach, fill))
    first, last = found.numbers["published_earliest"].min(), found.numbers["published_latest"].max()
    tall = 1.0 if len(marks) > 1 else 1.5 if chart.width == "page" else 1.3
    grid = Grid((first.normalize(), last.normalize()), tall, apart=True)
    looks = told_looks([one for own in marks.values() for one in own])
    note = _note(found.numbers, say)
    draw_panels(chart, in_rows(panels, 1), grid, telling.subtitle, looks, note)


def _marks(found: Reported, say: Language) -> dict[str, list[Told]]:
    """The marks of each tally; a number where the total changed, and beside what is doubtful."""
    offices = found.dataset.reports.set_index("report_id")["source_office"]
    office = found.dataset.events.set_index("event_id")["report_id"].map(offices)
    marks: dict[str, list[Told]] = {}
    for name, rows in found.told.items():
        changed = (rows["level"].diff() != 0) | (rows["status"] != "updated") | found.outlets
        for row in rows.itertuples():
            texts = _texts(row, office[row.event_id] if found.outlets else None, say)
            ends = row.low, np.nan if pd.isna(row.high) else row.high, row.level
            what = row.status, texts if changed[row.Index] else []
            marks.setdefault(name, []).append(Told(row.at, row.since, row.until, *ends, *what))
    return marks


def _texts(row, office: str | None, say: Language) -> list[str]:
    """What can be written beside a count, the longest first; a sign says that it is open."""
    count = f"{row.low:,}" if pd.isna(row.high) else say.count(row.low, row.high)
    texts = [say("told by", count=count, number=row.pages)] * (row.pages > 1) + [count]
    named = [] if pd.isna(office) else [say("labelled", label=office, count=text) for text in texts]
    return named + texts
