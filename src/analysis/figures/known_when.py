"""The figure of what was known when: one question, answered from what was published by each day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.bounds.drawn import inside, nothing_strictly, whole_of
from analysis.bounds.revisions import chosen_harm, known_days, known_when_drawn
from analysis.charts.bars import Row, Rows
from analysis.charts.sheet import Paper
from analysis.data.dataset import Dataset
from analysis.data.publication import published_by
from analysis.figures import common, naming, readings
from analysis.language.languages import Language


@dataclass(frozen=True)
class KnownWhen(common.Found):
    """Bounds by tally, day and date (``as_of``); ``asked`` those of the day asked about."""

    dates: list[pd.Timestamp]
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
    dates = known_days(dataset, dates, tallies)
    if (dataset.reports["source_date"] > dates[-1]).any():
        dataset = published_by(dataset, dates[-1].date())
    tallies = [*dict.fromkeys(tallies)] if tallies is not None else whole_of(dataset, harm)
    harm = chosen_harm(dataset, tallies, harm)
    drawn = known_when_drawn(dataset, dates, tallies)
    if readings.primary(drawn).empty:
        raise nothing_strictly(dataset, harm)
    rests, days, asked = _rests_on(dataset, drawn), readings.span_of(drawn), find_asked(drawn)
    return KnownWhen(dataset, drawn, rests, harm, days, dates, asked)


def _rests_on(dataset: Dataset, drawn: pd.DataFrame) -> list[str]:
    """The statements behind every date, also those that were lowered by a later one."""
    known: set[str] = set()
    for day, rows in drawn.groupby("as_of"):
        cut = published_by(dataset, day.date())
        parts = pd.DataFrame({"tally_id": inside(dataset, rows["tally_id"].unique())})
        known.update(common.rests_on(cut, rows) or common.rests_on(cut, parts))
    return [name for name in dataset.events["event_id"] if name in known]


def find_asked(drawn: pd.DataFrame) -> pd.DataFrame:
    """For each tally the bounds, by each date, up to the last day that the first date knew of.

    ``low``, ``high`` and, in the loosest reading, ``wide_low``, ``wide_high`` (persons); rows of
    ``drawn`` otherwise, its ``date`` being the day asked about.
    """
    known = readings.primary(drawn)
    first = known.groupby("tally_id", sort=False)["as_of"].transform("min")
    last = known[known["as_of"] == first].groupby("tally_id", sort=False)["date"].max()
    asked = drawn[drawn["date"] == drawn["tally_id"].map(last)]
    asked = readings.last_bounds(asked, "as_of").reset_index()
    alone = asked["wide_low"].isna()  # where the loosest reading counts from a later day
    for end in ("low", "high"):
        asked[f"wide_{end}"] = asked[f"wide_{end}"].mask(alone, asked[end])
    return asked.sort_values("tally_id", key=last.index.get_indexer, kind="stable")


def words(found: KnownWhen, say: Language) -> common.Telling:
    """What changed most in the title; every bar in the alt text."""
    rows = []
    for asked, own in _blocks(found, say):
        by = []
        for row in own.itertuples():
            count, day = readings.total_in_words(row, say), _day(found, row.as_of, say)
            by.append(say("count known by", count=count, date=day))
        rows.append(say("labelled", label=asked, count=say.join(by)))
    harm, days = say.term("harm", found.harm), [_day(found, day, say) for day in found.dates]
    title = say("title known", harm=harm, dates=say.join(map(say.day, found.dates), "list"))
    if (change := find_change(found.asked)) is not None:
        names = naming.short_names(found.dataset, say, found.asked["tally_id"])
        title = say(
            "title known change",
            harm=harm,
            label=names[change["tally_id"]],
            day=_day(found, change["date"], say),
            before=say.count(change["low"], change["high"]),
            after=say.count(change["low_last"], change["high_last"]),
            first=days[0],
            last=days[-1],
        )
        own = found.asked[found.asked["tally_id"] == change["tally_id"]].tail(1)
        both = (own[[f"{name}low", f"{name}high"]].to_numpy() for name in ("", "wide_"))
        title = readings.read_strictly(title, *both, say)
    return common.Telling(title, rows, "what known")


def _blocks(found: KnownWhen, say: Language) -> list[tuple[str, pd.DataFrame]]:
    """What is asked of each tally, and the answers."""
    labels, blocks = naming.tally_labels(found.dataset, say, found.asked["tally_id"]), []
    for name, own in found.asked.groupby("tally_id", sort=False):
        until = say("up to", date=_day(found, own["date"].iloc[0], say))
        blocks.append((say.join([labels[name], until], "list"), own))
    return blocks


def _day(found: KnownWhen, day: pd.Timestamp, say: Language) -> str:
    """A day, with its year where those of the figure differ."""
    return say.day(day, len({each.year for each in (*found.dates, *found.asked["date"])}) > 1)


def find_change(asked: pd.DataFrame) -> pd.Series | None:
    """The tally whose range changed most between the first and the last date: a row of ``asked``.

    An upper limit where there was none comes first (the narrowest of those), then the range that
    narrowed by most persons, then one that moved. Its ``low`` and ``high`` are those of the first
    date, ``low_last`` and ``high_last`` those of the last; None where nothing changed.
    """
    days = asked["as_of"]
    first, last = (asked[days == day].set_index("tally_id") for day in (days.min(), days.max()))
    both = first.join(last[["low", "high"]].add_suffix("_last"), how="inner").reset_index()
    ends, without = ["low", "low_last", "high", "high_last"], float("inf")
    low, low_last, high, high_last = (both[name].astype("Float64").fillna(without) for name in ends)
    left = high_last - low_last
    closed = (high == without) & (left < without)
    narrowed = (high - low - left).where(left < without, 0).where(~closed, 0)
    ranks = {"_closed": closed, "_left": -left.where(closed, 0), "_narrowed": narrowed}
    moved = both.assign(**ranks)[(high != high_last) | (low != low_last)]
    return None if moved.empty else moved.sort_values([*ranks], ascending=False).iloc[0]


def draw(paper: Paper, found: KnownWhen) -> None:
    """A block a tally: the question, and a thin bar a date."""
    say, colours = paper.say, naming.tally_colours(found.dataset)
    blocks = [
        (asked, [_row(found, row, colours[row.tally_id], say) for row in own.itertuples()])
        for asked, own in _blocks(found, say)
    ]
    drawn = [row for _, own in blocks for row in own]
    rows = Rows(paper, drawn)
    for asked, own in blocks:
        paper.heading(asked, own[0].colour)
        for row in own:
            rows.draw(row)


def _row(found: KnownWhen, row, colour: str, say: Language) -> Row:
    count, name = say.count(row.low, row.high), say("known by", date=_day(found, row.as_of, say))
    link = common.link_to_last(published_by(found.dataset, row.as_of), row.tally_id, say)
    wide = readings.loosest_in_words(row, say)
    return Row(readings.range_of(row), count, colour, name, wide, link)


plot_known_when = common.figure("known_when", numbers, words, draw)
