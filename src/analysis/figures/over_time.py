"""The figure of the casualties over time: staircases of what is certain and what is possible."""

from collections.abc import Collection
from datetime import date

import matplotlib as mpl
import pandas as pd

from analysis.bounds import drawn
from analysis.bounds import revisions as known
from analysis.bounds.marks import statement_marks, whole_party
from analysis.bounds.totals import totals
from analysis.charts import style as theme
from analysis.charts.days import axis_room
from analysis.charts.marks import draw_marks, mark_key
from analysis.charts.sheet import (
    SIDE,
    Chart,
    Line,
    Sample,
    body_axes,
    broken,
    frame,
    key,
    key_height,
    paper_axes,
    text_width,
    write_lines,
)
from analysis.charts.stairs import draw_panel, find_parts
from analysis.data.dataset import Dataset, published_by
from analysis.figures import captions, captions_several, naming
from analysis.figures.captions import say
from analysis.language import words

HEIGHTS = ("cumulative_low", "cumulative_high", "stated_low", "stated_high")


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
    """Cumulative bounds by party, as staircases: what is certain, and what is possible.

    Parameters
    ----------
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    harm : str, optional
        What happened to them; ``killed`` where the dataset has it.
    tallies : list of str, optional
        A panel for each of these tallies, parts of others among them; else one for each tally
        that is part of no other.
    statements : bool
        Also mark what is stated: running totals, those of parts, counts of some days only.
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD).

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        When there is no such tally, nothing is stated of it, or they count different harm.
    """
    dataset = published_by(dataset, as_of)
    chart = Chart("over_time", language, width)
    numbers, whole, harm = _numbers(dataset, tallies, harm)
    marks = [statement_marks(dataset, tally_id) for tally_id in whole if statements]
    marks = pd.concat(marks, ignore_index=True) if marks else None
    labels = naming.tally_labels(dataset, language)
    if tallies is None:
        summed = totals(dataset).query("harm == @harm")
        telling = captions.tell_over_time(dataset, numbers, summed, harm, language)
    else:
        labels = naming.shown_labels(dataset, numbers["tally_id"], language)
        telling = captions_several.tell_chosen(dataset, numbers, whole, harm, language)
    if marks is not None:
        telling = captions_several.with_marks(telling, dataset, marks, labels, language)
    with mpl.rc_context(theme.style()):
        say(chart, dataset, numbers, telling)
        if marks is not None:
            chart.numbers = pd.concat([numbers, marks], ignore_index=True)
        panels = {tally_id: drawn.with_parts(numbers, tally_id) for tally_id in whole}
        per_row = min(len(whole), 3 if width == "page" else 1)
        rows = -(-len(whole) // per_row)
        tall, gap = (1.75, 0.06) if width == "page" else (1.15, 0.06)
        heads = {name: _head(dataset, panels[name], name, labels, language) for name in whole}
        span = numbers["date"].min(), numbers["date"].max()
        gap += (below := axis_room(chart, *span))
        samples = time_key(numbers, language)
        samples += [] if marks is None else mark_key(marks, language)
        foot = key_height(chart, samples) + 0.05
        highest = chart.numbers[[name for name in HEIGHTS if name in chart.numbers]].max().max()
        reach = max(highest, 1) * 1.15
        room = text_width(chart, f"{reach:,.0f}", 7) + 0.08
        across = (chart.get_figwidth() - 2 * SIDE - room) / per_row
        heads = {name: broken(chart, head, across - 0.12) for name, head in heads.items()}
        gap += max(sum(line.tall for line in head) for head in heads.values()) + 0.06
        body = rows * (tall + gap) + foot
        bottom, height = frame(
            chart, telling.subtitle, [chart.source, words.phrase("bounds", language)], body
        )
        paper = paper_axes(chart, bottom, height, body)
        for place, tally_id in enumerate(whole):
            row, column = divmod(place, per_row)
            box = (
                SIDE + room + column * across,
                body - (row + 1) * (tall + gap) + below,
                across - 0.12,
                tall,
            )
            axes = body_axes(chart, bottom, height, box)
            panel = panels[tally_id]
            stairs = panel
            if marks is not None:  # a part that has rings of its own would hide the band
                stairs = panel[~panel["tally_id"].isin(whole_party(dataset, tally_id))]
            draw_panel(axes, chart, dataset, stairs, tally_id, reach, column == 0, span)
            if marks is not None:
                colour = theme.party_colours(dataset.parties)[panel["party_id"].iloc[0]]
                draw_marks(axes, chart, marks[marks["tally_id"] == tally_id], colour)
            head = heads[tally_id]
            top = box[1] + tall + sum(line.tall for line in head) + 0.06
            write_lines(paper, chart, head, box[0], top)
        key(chart, paper, samples, foot - 0.05)
    return chart


def _numbers(
    dataset: Dataset, tallies: Collection[str] | None, harm: str | None
) -> tuple[pd.DataFrame, list[str], str]:
    """What is drawn, the tallies that have a panel, and what happened to the people."""
    if tallies is not None:
        whole = [*dict.fromkeys(tallies)]
        harm = known.chosen_harm(dataset, whole, harm)
        return known.chosen_drawn(dataset, whole), whole, harm
    harm = harm or drawn.main_harm(dataset)
    numbers = drawn.over_time_drawn(dataset, harm)
    rooted = drawn.with_root(numbers)
    primary = rooted[rooted["reading"] == "primary"]
    whole = [*primary.loc[primary["root"] == primary["tally_id"], "tally_id"].unique()]
    return numbers, whole, harm


def _head(
    dataset: Dataset, numbers: pd.DataFrame, tally_id: str, labels: dict[str, str], language: str
) -> list[Line]:
    """Name, count by the last day, and those of the parts."""
    last = numbers[numbers["reading"] == "primary"].groupby("tally_id").tail(1)
    last = last.set_index("tally_id")
    colour = theme.party_colours(dataset.parties)[last.loc[tally_id, "party_id"]]

    def count(name: str) -> str:
        row = last.loc[name]
        return words.count(row.cumulative_low, row.cumulative_high, language)

    parts = [
        Line(words.phrase("of them", language, label=labels[part], count=count(part)), 6.5)
        for part, _ in find_parts(numbers, tally_id)
        if part in last.index
    ]
    return [
        Line(labels[tally_id], 8, "bold", colour),
        Line(count(tally_id), 8, "normal", colour),
        *parts,
    ]


def time_key(numbers: pd.DataFrame, language: str) -> list[Sample]:
    """What the looks of a staircase mean, of those that are there."""
    grey = theme.GREY
    entries = [(theme.solid(grey), "key low"), (theme.hatched(grey), "key band")]
    if numbers["derived"].any():
        entries.append((theme.dotted(grey), "key derived"))
    bounds = ["tally_id", "date", "cumulative_low", "cumulative_high"]
    if not numbers.duplicated(bounds, keep=False).all():
        entries.append((theme.loose(grey), "key wide"))
    return [(look, words.phrase(name, language)) for look, name in entries]
