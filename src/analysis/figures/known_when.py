"""The figure of what was known when: one question, answered from what was published by each day."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import nothing_strictly, whole_of, with_both_readings
from analysis.bounds.revisions import chosen_harm, known_days, known_when_drawn
from analysis.charts.bars import draw_range
from analysis.charts.key import Sample
from analysis.charts.sheet import NORMAL, SMALL, Paper, text_width
from analysis.charts.style import GREY, letters
from analysis.data.cut import published_by
from analysis.data.dataset import Dataset
from analysis.figures import common
from analysis.figures.frames import primary, span_of
from analysis.figures.naming import party_colours, short_names, shown_labels
from analysis.language.languages import Language

_BAR, _ROW = 0.11, 0.18


class KnownWhen(NamedTuple):
    """Bounds by tally, day and date (``as_of``); ``asked`` those of the day asked about."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    days: list[pd.Timestamp]
    tallies: list[str]
    asked: pd.DataFrame


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    dates: Collection[date | str] | None = None,
    tallies: Collection[str] | None = None,
) -> KnownWhen:
    """What was known by several days.

    For each tally one question, how many up to the last day that the first date knew of, and a bar
    for each of ``dates`` (YYYY-MM-DD), else for the first and the last on which a count was
    published. ``numbers`` have the bounds of all days.
    """
    days = known_days(dataset, dates, tallies)
    if (dataset.reports["source_date"] > days[-1]).any():
        dataset = published_by(dataset, days[-1].date())
    tallies = [*dict.fromkeys(tallies)] if tallies is not None else whole_of(dataset, harm)
    harm = chosen_harm(dataset, tallies, harm)
    drawn = known_when_drawn(dataset, days, tallies)
    if primary(drawn).empty:
        raise nothing_strictly(harm)
    asked = find_asked(drawn)
    tallies = [name for name in tallies if name in {*asked["tally_id"]}]
    return KnownWhen(dataset, drawn, _rests_on(dataset, drawn), harm, days, tallies, asked)


def _rests_on(dataset: Dataset, drawn: pd.DataFrame) -> list[str]:
    """The statements behind every date, also those that were corrected by a later one."""
    known: set[str] = set()
    for day, rows in drawn.groupby("as_of"):
        known.update(common.rests_on(published_by(dataset, day.date()), rows))
    return [name for name in dataset.events["event_id"] if name in known]


def find_asked(drawn: pd.DataFrame) -> pd.DataFrame:
    """For each tally the bounds, by each date, up to the last day that the first date knew of.

    ``low``, ``high`` and, in the loosest reading, ``wide_low``, ``wide_high`` (persons); rows of
    ``drawn`` otherwise, its ``date`` being the day asked about.
    """
    known = primary(drawn)
    first = known.groupby("tally_id", sort=False)["as_of"].transform("min")
    last = known[known["as_of"] == first].groupby("tally_id", sort=False)["date"].max()
    asked = drawn[drawn["date"] == drawn["tally_id"].map(last)]
    key, ends = ["tally_id", "as_of", "date"], ["cumulative_low", "cumulative_high"]
    wide = asked[asked["reading"] == "wide"].set_index(key)[ends]
    wide.columns = ["wide_low", "wide_high"]
    own = primary(asked).drop(columns=["low", "high"])
    own = own.rename(columns=dict(zip(ends, ["low", "high"], strict=True)))
    asked = with_both_readings(own.join(wide, on=key))
    order = asked["tally_id"].map({name: at for at, name in enumerate(last.index)})
    return asked.loc[order.sort_values(kind="stable").index]


def words(found: KnownWhen, say: Language) -> common.Telling:
    """What changed most in the title; every bar in the alt text."""
    labels, harm = shown_labels(found.dataset, found.tallies, say), say.term("harm", found.harm)
    first, last = min(found.days), max(found.days)
    rows = []
    for name, own in found.asked.groupby("tally_id", sort=False):
        by = [
            say("count known by", count=common.total_in_words(row, say), date=_day(row.as_of, say))
            for row in own.itertuples()
        ]
        asked = _asked(labels[name], own["date"].iloc[0], say)
        rows.append(say("labelled", label=asked, count=say.join(by)))
    change = find_change(primary(found.numbers))
    if change is None:
        title = say("title known", harm=harm, dates=say.join(map(say.day, found.days), "list"))
    else:
        ends = {"before": ("low", "high"), "after": ("low_last", "high_last")}
        counts = {name: say.count(*(change[end] for end in pair)) for name, pair in ends.items()}
        name = short_names(found.dataset, found.tallies, say)[change["tally_id"]]
        asked = {"label": name, "day": say.day(change["date"], year=False)}
        dates = {"first": say.day(first, year=False), "last": say.day(last, year=False)}
        title = say("title known change", harm=harm, **asked, **counts, **dates)
        own = found.asked[found.asked["tally_id"] == change["tally_id"]].tail(1)
        readings = (own[[f"{name}low", f"{name}high"]].to_numpy() for name in ("", "wide_"))
        title = common.read_strictly(title, *readings, say)
    span, what = span_of(found.numbers), say("what known", harm=harm)
    return common.Telling(title, rows, what, span)


def _asked(label: str, day: pd.Timestamp, say: Language) -> str:
    return say.join([label, say("up to", date=_day(day, say))], "list")


def _day(day: pd.Timestamp, say: Language) -> str:
    return say.day(day, year=False)


def _by(as_of: pd.Timestamp, say: Language) -> str:
    return say("known by", date=_day(as_of, say))


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


def draw(paper: Paper, found: KnownWhen) -> list[Sample]:
    """A block a tally: the question, and a thin bar a date."""
    say, labels = paper.say, shown_labels(found.dataset, found.tallies, paper.say)
    colours = party_colours(found.dataset)
    rows = [*found.asked.itertuples()]
    ranges = [common.range_of(row) for row in rows]
    names = [_by(day, say) for day in found.days]
    start = paper.left + max(text_width(name, SMALL) for name in names) + 0.1
    counts = [say.count(row.low, row.high) for row in rows]
    beside = max(text_width(count, NORMAL, True) for count in counts) + (
        1.6 if paper.page else 0.45
    )
    room = max(paper.left + paper.across - start - beside, 0.4)
    scale = room / max(max(one.reach for one in ranges), 1)
    before = None
    for row, counts_of, count in zip(rows, ranges, counts, strict=True):
        colour = colours[row.party_id]
        if row.tally_id != before:
            paper.top += 0.06
            asked = _asked(labels[row.tally_id], row.date, say)
            paper.paragraph(asked, NORMAL, bold=True, colour=letters(colour))
            before = row.tally_id
        middle = paper.top + _ROW / 2
        paper.write(paper.left, middle, _by(row.as_of, say), SMALL, colour=GREY)
        place = start, middle - _BAR / 2
        link = common.link_to_last(published_by(found.dataset, row.as_of), row.tally_id, say)
        end = draw_range(paper, place, scale, counts_of, colour, _BAR, link)
        look = {"bold": True, "colour": letters(colour), "link": link}
        end += 0.06 + paper.write(end + 0.06, middle, count, **look)
        wide = say("wide", count=say.count(row.wide_low, row.wide_high))
        room = paper.left + paper.across - end - 0.1
        if counts_of.wide is not None and text_width(wide, SMALL) <= room:
            paper.write(end + 0.1, middle, wide, SMALL, colour=GREY)
        paper.top += _ROW
    return common.key_of_ranges(say, ranges)


plot_known_when = common.figure("known_when", numbers, words, draw)
