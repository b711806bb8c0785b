"""The figure of the casualties over time: staircases of what is certain and what is possible.

A row a party, counted up to the end of each day. A whole's days are those of its parts too, so that
it is never less than one of them. Of several sources of one party one is drawn, as by party.
"""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.drawn import chosen_drawn, chosen_harm, outermost
from analysis.bounds.leading import leading_tallies
from analysis.bounds.wholes import holders
from analysis.charts.days import day_number, draw_days
from analysis.charts.sheet import Paper
from analysis.charts.stairs import Course, Panel, days_of_panels, draw_courses, own_scales
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.data.outcome import READINGS
from analysis.data.problems import NothingToDrawError
from analysis.data.statements import standing_rows
from analysis.figures import common, naming, readings, wording
from analysis.figures.panels import tallies_of
from analysis.language.languages import Language

_TALL, _FEW, _ROWS = 0.44, 3, 5
"""Inches of a row; so many single days have a number of their own; so many rows are drawn."""


@dataclass(frozen=True)
class OverTime(common.Found):
    """Bounds in each reading; panels of a tally and its parts each.

    ``added`` says whether the title adds up all, chosen ones, or such as may have people in common;
    ``ends`` are the bounds of each tally by its last day, the last of all being ``until``; tallies
    ``besides`` are of other sources.
    """

    added: str
    ends: pd.DataFrame
    until: pd.Timestamp
    besides: Collection[str] = ()


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
) -> OverTime:
    """Cumulative bounds: at least and at most how many by the end of each day.

    A row for each of ``tallies``, parts of others among them; else for each party (of ``parties``)
    the source that counts most parties up to the latest day. Raises ValueError where all is of one
    day.
    """
    if parties is not None:
        tallies = _leading_of(dataset, harm, parties, tallies)
    if tallies is None:
        harm = harm or bounds.main_harm(dataset)
        every = bounds.whole_of(dataset, harm)
        shown, added = leading_tallies(dataset, harm), "all"
    else:
        shown = every = [*dict.fromkeys(tallies)]
        harm = chosen_harm(dataset, shown, harm)
        alone, added = outermost(dataset, shown)
        added = added if len(alone) == len(shown) else "shared"
    if not shown:
        raise bounds.nothing_strictly(dataset, harm)
    drawn = _own_limits(dataset, chosen_drawn(dataset, shown))
    strictly = {*readings.primary(drawn)["tally_id"]}
    panels = {name: bounds.with_parts(drawn, name) for name in shown if name in strictly}
    if not panels:
        raise bounds.nothing_strictly(dataset, harm)
    ends, own = readings.last_bounds(drawn), drawn[drawn["tally_id"].isin(panels)]
    if tallies is None:
        highest = ends.loc[[*panels], "low"].nlargest(_ROWS).index
        panels = {name: rows for name, rows in panels.items() if name in highest}
    days = readings.span_of(readings.primary(own[own["tally_id"].isin(panels)]))
    if days[0] == days[1]:
        raise NothingToDrawError(_why_nothing(harm, days[0]))
    sums = [readings.last_sums(own, reading) for reading in READINGS]
    if tallies is None:  # those of one party can have parts in common
        sums = [_of_shown(dataset, shown, rows) for rows in readings.totals_of(dataset, harm)]
    about = {"panels": panels, "summed": sums[0], "loosest": sums[1], "ends": ends}
    about |= {"besides": [name for name in every if name not in shown]}
    about["left_out"] = len(strictly & {*shown}) - len(panels)
    about["until"] = readings.primary(own)["date"].max()
    return OverTime(dataset, drawn, common.rests_on(dataset, drawn), harm, days, added, **about)


def _leading_of(
    dataset: Dataset,
    harm: str | None,
    parties: Collection[str],
    tallies: Collection[str] | None,
) -> list[str]:
    """The tallies that are drawn of some parties, or of chosen tallies those of these parties."""
    own = {*tallies_of(dataset, parties, tallies)["tally_id"]}
    harm = harm or bounds.main_harm(dataset)
    found = [name for name in tallies or leading_tallies(dataset, harm) if name in own]
    if not found:
        raise NothingToDrawError(f"nothing to draw: none of these parties is counted ({harm})")
    return found


def _of_shown(dataset: Dataset, tallies: Collection[str], totals: pd.DataFrame) -> pd.DataFrame:
    """Totals of the parties of some tallies by their sources."""
    group = ["source_original", "party_id"]
    shown = dataset.tallies.loc[dataset.tallies["tally_id"].isin(tallies), group]
    keys = pd.MultiIndex.from_frame(shown.fillna(""))
    return totals[pd.MultiIndex.from_frame(totals[group].fillna("")).isin(keys)]


def _why_nothing(harm: str, day: pd.Timestamp) -> str:
    """What an error says of an event of one day."""
    return (
        f"nothing to draw: all that is counted ({harm}) is of one day, {day.date()}; "
        "see plot_reported for how its toll changed from report to report"
    )


def _own_limits(dataset: Dataset, drawn: pd.DataFrame) -> pd.DataFrame:
    """Bounds of tallies, a part without the limits that are only its whole's size.

    A part has a limit of its own where it is known exactly, or a total of itself covers its days.
    """
    stated = standing_rows(dataset, "primary")
    closed = stated[(stated["count_kind"] == "toll") & stated["high"].notna()]
    first = closed.dropna(subset="date_start").groupby("tally_id")["date_start"].min()
    last = closed.groupby("tally_id")["date_end"].max()
    since = drawn.groupby(["tally_id", "reading"])["date"].transform("min")
    own = first.reindex(drawn["tally_id"]).to_numpy() <= since
    own &= last.reindex(drawn["tally_id"]).to_numpy() >= drawn["date"]
    own |= ~drawn["tally_id"].map(lambda name: bool(nesting(dataset).wholes[name]))
    found = drawn.copy()
    for end in ("", "cumulative_"):
        low, high = drawn[f"{end}low"], drawn[f"{end}high"]
        found[f"{end}high"] = high.where(own | (low == high).fillna(False))
    return found


def words(found: OverTime, say: Language) -> common.Telling:
    """The sum in the title, where there is one; where each row ends in the alt text."""
    titles, rows = _titles(found, say), []
    for course in courses(found, say):
        said = say("labelled", label=course.name, count=course.count)
        rows.append(say.join([said, *course.more]))
    about = {"persons": found.added != "shared", "shorter": titles[1:]}
    return common.Telling(titles[0], rows, "what over time", notes=_notes(found, say), **about)


def _titles(found: OverTime, say: Language) -> list[str]:
    """How many by the last day, who says so, and of how many the day is known; shorter ones."""
    people = readings.people_in(found.summed, found.harm, say, found.added)
    if found.added == "shared" or not readings.one_source(found.summed):
        return [people]
    people = readings.people_in(found.summed, found.harm, say)
    source = found.summed["source_original"].iloc[0]
    plain = say("people by day", people=people, date=say.day(found.until, _years(found)))
    if found.added == "all":
        summed = len(found.panels) > 1  # a sum of parties is ours, not said
        told = wording.by_source(plain, source, say, "title counted" if summed else "title says")
        return [_with_known_days(found, told, say), told, plain]
    told = wording.by_source(plain, source, say, "title counted")  # not all that it counted
    told = say("in counts shown", people=plain) if pd.isna(source) else told
    return [_with_known_days(found, told, say), told]


def _notes(found: OverTime, say: Language) -> list[str]:
    """What the loosest reading says, that scales differ, and who else counted."""
    notes = [*_looser(found, say)]
    if own_scales([_reach(own) for own in found.panels.values()]):
        notes.append(say("note scales"))
    if found.besides:
        tallies = found.dataset.tallies.set_index("tally_id")
        sources = tallies.loc[[*found.besides], "source_original"].unique()
        names = [wording.source(name, say) for name in sources]
        notes.append(say("note besides", sources=say.listed(names)))
    return [" ".join(notes)] if notes else []


def _years(found: OverTime) -> bool:
    """Whether days are said with their year."""
    return found.days[0].year != found.days[1].year


def _with_known_days(found: OverTime, title: str, say: Language) -> str:
    """A title that says of how many the day is known, where it is of some and not of all.

    It is where both readings know it: what is certain in the loosest one is in the other too.
    """
    daily = found.numbers[found.numbers["tally_id"].isin(found.panels)]
    key = ["tally_id", "date"]
    high = daily[daily["reading"] == "primary"].set_index(key)["high"]
    known = daily[(daily["reading"] == "wide") & (daily["low"] > 0)]
    low = int(known["low"].sum())
    if not low or low == found.summed["low"].sum():
        return title
    most = high.reindex(pd.MultiIndex.from_frame(known[key])).to_numpy()
    closed = not pd.isna(most).any() and bool((known["low"].to_numpy() == most).all())
    return say("title over time", title=title, known=say.count(low, low if closed else None))


def _looser(found: OverTime, say: Language) -> list[str]:
    """In one sentence of which rows the loosest reading says something else by the last day."""
    labels, rows = _labels(found, say), []
    for row in found.ends.loc[[*found.panels]].itertuples():
        if readings.range_of(row).wide is not None:
            count = say.count(row.wide_low, row.wide_high)
            if row.wide_low == row.low and pd.isna(row.wide_high):
                count = say("or more", low=int(row.low))
            rows.append(say("labelled", label=labels[row.Index], count=count))
    return [say("note loosest", rows=say.join(rows))] if rows else []


def _labels(found: OverTime, say: Language) -> dict[str, str]:
    """What the tallies are called, with their sources where rows are of several."""
    several = not readings.one_source(found.summed)
    return naming.tally_labels(found.dataset, say, found.numbers["tally_id"], sourced=several)


def courses(found: OverTime, say: Language) -> list[Course]:
    """Of each row its bounds by its last day, the parts among them, and its staircase."""
    labels, colours = _labels(found, say), naming.tally_colours(found.dataset)
    rows = []
    for name, drawn in found.panels.items():
        row, link = found.ends.loc[name], common.link_to_last(found.dataset, name, say)
        own = drawn[(drawn["tally_id"] == name) & (drawn["reading"] == "primary")]
        count, parts = say.count(row.low, row.high), _parts(found, name, say)
        if row.date != found.days[1]:
            count = say("people by day", people=count, date=say.day(row.date, _years(found)))
        more = [say("of them", text=say.listed(parts))] * bool(parts)
        course = Course(labels[name], count, more, colours[name], link)
        steps = readings.steps_of(_carried_on(own, found.days[1]))
        rows.append(course._replace(steps=steps, reach=_reach(own)))
    return rows


def _carried_on(rows: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Bounds by day up to the figure's last: after a tally's own days no fewer, maybe more."""
    days = pd.date_range(rows["date"].max(), until, inclusive="right")
    later = rows.tail(1).loc[[rows.index[-1]] * len(days)].assign(date=days)
    later["cumulative_high"] = pd.array([None] * len(days), dtype="Int64")
    return pd.concat([rows, later], ignore_index=True)


def _parts(found: OverTime, tally_id: str, say: Language) -> list[str]:
    """The counts of those parts of a tally that lie in no other of its parts."""
    held = holders(found.dataset)
    return [
        naming.part_in_words(found.dataset, part.Index, (part.low, part.high), say)
        for part in found.ends.itertuples()
        if held.get(part.Index) == tally_id and (part.low > 0 or pd.notna(part.high))
    ]


def _reach(rows: pd.DataFrame) -> float:
    """The greatest count (persons) of a row in the reading that is drawn, at least one."""
    own = readings.primary(rows)
    own = own[own["tally_id"] == own["tally_id"].iloc[0]]
    return max(1.0, float(own[["cumulative_low", "cumulative_high"]].max().max()))


def draw(paper: Paper, found: OverTime) -> None:
    """A row a tally, one below the other over the same days."""
    rows, panels = courses(found, paper.say), []
    days = days_of_panels(paper, found.days, [row.reach for row in rows])
    drawn = draw_courses(paper, days, rows, _TALL)
    for row, (name, own), panel in zip(rows, found.panels.items(), drawn, strict=True):
        _draw_single_days(panel, own[own["tally_id"] == name], row.link)
        panels.append(panel)
    draw_days(paper, days, [panel.band for panel in panels])


def _draw_single_days(panel: Panel, rows: pd.DataFrame, link: str | None) -> None:
    """A few days of which exactly so many are known: the number over the step."""
    rows, say = readings.primary(rows), panel.paper.say
    known = rows[(rows["low"] > 0) & (rows["low"] == rows["high"])]
    for row in known.itertuples() if len(known) <= _FEW else ():
        x, y = panel.x(day_number(row.date)) + panel.days.day / 2, panel.y(row.cumulative_low)
        text = say("known on day", count=int(row.low), window=say.day(row.date, year=False))
        panel.paper.beside(x, y, [text], [(0, -1), (-1, -1), (1, -1)], link=link)


plot_over_time = common.figure("over_time", numbers, words, draw)
