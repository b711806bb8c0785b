"""What every figure is made by: its numbers worked out once, its words, then its drawing.

A figure is a module with three steps, handed to :func:`make`. The words are made from the frame
that is drawn, so that they cannot disagree with the picture.
"""

import pickle
from collections.abc import Callable, Hashable
from datetime import date
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd

from analysis.charts.sheet import Chart
from analysis.charts.style import style
from analysis.data.cut import counting, published_by
from analysis.data.dataset import Dataset
from analysis.figures.naming import doubts_in_words, source_line
from analysis.language.languages import Language


class Found(NamedTuple):
    """What a figure draws, ``totals`` being sums; figures that need more have their own class."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str = ""
    totals: pd.DataFrame | None = None


class Telling(NamedTuple):
    """What a figure says in one language; the caption ends with the source line."""

    title: str
    subtitle: str
    caption: str
    alt: str
    source: str


def make(
    name: str,
    steps: tuple[Callable, Callable, Callable],
    dataset: Dataset,
    language: str,
    width: str,
    as_of: date | str | None = None,
    **options: object,
) -> Chart:
    """A figure, as every ``plot_…`` makes it; its files are called ``name``.

    Parameters
    ----------
    steps : tuple of callable
        ``numbers(dataset, **options)``, ``words(found, say)``, ``draw(chart, found, telling)``.
    dataset : Dataset
    language : {"en", "ar"}
    width : {"page", "column"}
    as_of : datetime.date or str, optional
        Only what was published by that day (YYYY-MM-DD).
    **options
        What else can be chosen: mostly ``harm``, what happened to the people (``killed`` where
        the dataset has it and nothing is said) and ``tallies``, the only ones to be shown.

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        When there is no such language, width, day, harm or tally, or nothing to draw.
    """
    numbers, words, draw = steps
    chart = Chart(name, language, width)
    chart.sha256 = dataset.sha256
    for named in (each for each in (*options.values(), dataset) if isinstance(each, Dataset)):
        chart.say = chart.say.with_terms(named.terms)
    dataset = published_by(dataset, as_of)
    key = ("figure", name, *options, *map(_fixed, options.values()))
    found = dataset.once(key, lambda: numbers(dataset, **options))
    telling = words(found, chart.say)
    chart.title, _, chart.caption, chart.alt, chart.source = telling
    chart.numbers, chart.event_ids = found.numbers.copy(), [*found.event_ids]
    with mpl.rc_context(style()):
        draw(chart, found, telling)
    return chart


def _fixed(option: object) -> Hashable:
    """An option as part of a key: itself, or its content where it can change."""
    try:
        hash(option)
    except TypeError:
        return pickle.dumps(option)
    return option


def rests_on(dataset: Dataset, numbers: pd.DataFrame) -> list[str]:
    """The statements with a count of the tallies shown."""
    shown = dataset.events["tally_id"].isin(numbers["tally_id"]) & counting(dataset)
    return [*dataset.events.loc[shown, "event_id"]]


def cited(dataset: Dataset, event_ids: list[str], say: Language) -> str:
    """The source line of these statements, and of no others."""
    shown = dataset.events["event_id"].isin(event_ids)
    return source_line(dataset, dataset.events.loc[shown, "tally_id"].unique(), event_ids, say)


def telling_of(
    name: str,
    title: str,
    rows: list[str],
    found: Found,
    say: Language,
    *,
    subtitle: str = "",
    note: str = "",
    source: str = "",
    **parts: object,
) -> Telling:
    """What a figure says, ``rows`` being what the alt text lists, ``note`` more for the caption.

    ``parts`` fill the messages ``sub NAME`` and ``alt NAME``. The source names every page of
    what is drawn where nothing else is said.
    """
    subtitle = subtitle or say(f"sub {name}", **parts)
    tally_ids = found.numbers["tally_id"].unique()
    source = source or source_line(found.dataset, tally_ids, found.event_ids, say)
    doubts = doubts_in_words(found.dataset, say, tally_ids)
    caption = " ".join(text for text in (f"{title}.", subtitle, note, *doubts, source) if text)
    alt = say(f"alt {name}", rows=say.join(rows).rstrip("."), **parts)
    return Telling(title, subtitle, caption, f"{title}. {alt}", source)


def summed(rows: pd.DataFrame, say: Language) -> str:
    """The sum of ``low`` and ``high`` in words, open where one of them is; a sum a source."""
    sources = rows.groupby("source_original", dropna=False, sort=False)
    if len(sources) > 1:
        told = ((say.source(name), summed(own, say)) for name, own in sources)
        return say.join(say("labelled", label=name, count=count) for name, count in told)
    return say.count(rows["low"].sum(), rows["high"].sum(skipna=False))


def summed_title(name: str, rows: pd.DataFrame, harm: str, say: Language, **parts: str) -> str:
    """A title with a sum; sources are never added, so with several of them one without."""
    harmed = say.term("harm", harm)
    if len(rows["source_original"].unique()) != 1:
        return say("title sources", harm=harmed)
    return say.capital(say(name, total=summed(rows, say), harm=harmed, **parts))


def certain_of_day(numbers: pd.DataFrame) -> int:
    """How many people the day is certain of, in every reading."""
    return int(numbers.loc[numbers["reading"] == "wide", "low"].sum())


def bounds_rows(primary: pd.DataFrame, labels: dict[str, str], say: Language) -> list[str]:
    """Cumulative bounds in words, each with the last day that it holds on."""
    bounds = ["tally_id", "cumulative_low", "cumulative_high"]
    return [
        say(
            "alt bounds",
            label=labels[row.tally_id],
            count=say.count(row.cumulative_low, row.cumulative_high),
            date=say.day(row.date, year=False),
        )
        for row in primary.drop_duplicates(bounds, keep="last").itertuples()
    ]


def count_in_words(row, say: Language) -> str:
    """The count of a statement, and whether it is derived."""
    count = say.count(row.low, row.high)
    return say("derived", count=count) if row.count_basis == "derived" else count
