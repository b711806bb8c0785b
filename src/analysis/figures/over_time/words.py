"""Words of the figure over time: the sum in the title, where each row ends, what is beside it."""

import pandas as pd

from analysis.bounds.wholes import holders
from analysis.charts.stairs import Course, own_scales
from analysis.figures import common, naming, readings, wording
from analysis.figures.colours import tally_colours
from analysis.figures.over_time.numbers import OverTime
from analysis.language.languages import Language


def words(found: OverTime, say: Language) -> common.Telling:
    """The sum in the title, where there is one; where each row ends in the alt text."""
    titles, rows = _titles(found, say), []
    for course in courses(found, say):
        said = say("labelled", label=course.name, count=course.count)
        rows.append(say.join([said, *course.more]))
    about = {"persons": found.added != "shared", "shorter": titles[1:]}
    return common.Telling(titles[0], rows, "what over time", notes=_notes(found, say), **about)


def _titles(found: OverTime, say: Language) -> list[str]:
    """How many by the last day, who says so, and of how many the day is known; shorter ones.

    Where rows are left out it is about the others, the highest, and says so.
    """
    people = readings.people_in(found.summed, found.harm, say, found.added)
    if found.added == "shared" or not readings.one_source(found.summed):
        return [people]
    people = readings.people_in(found.summed, found.harm, say)
    if found.left_out:
        shown = len(found.panels)
        number = shown + found.left_out
        people = say("in highest", people=people, shown=shown, number=number)
    source = found.summed["source_original"].iloc[0]
    plain = say("people by day", people=people, date=say.day(found.days[1], _is_long(found)))
    said = found.added == "all" and len(found.panels) == 1  # a sum of parties is ours, not said
    told = wording.by_source(plain, source, say, "title says" if said else "title counted")
    if found.added != "all" and pd.isna(source):
        told = say("in counts shown", people=plain)
    return [_with_known_days(found, told, say), told, plain]


def _notes(found: OverTime, say: Language) -> list[str]:
    """What the loosest reading says, that scales differ, and who else counted."""
    notes = [*_looser(found, say)]
    if own_scales([_reach(own) for own in found.panels.values()]):
        notes.append(say("note scales"))
    if _is_running(found):
        notes.append(say("note running"))
    if found.besides:
        tallies = found.dataset.tallies.set_index("tally_id")
        sources = tallies.loc[[*found.besides], "source_original"].unique()
        names = [wording.source(name, say) for name in sources]
        notes.append(say("note besides", sources=say.listed(names)))
    return [" ".join(notes)] if notes else []


def _is_running(found: OverTime) -> bool:
    """Whether most totals of a row count from one day, each to a later one."""
    events = found.dataset.events
    rows = events[events["tally_id"].isin(found.panels) & (events["count_kind"] == "toll")]
    days = rows.drop_duplicates(["tally_id", "date_start", "date_end"])
    ends = days.groupby(["tally_id", "date_start"], dropna=False).size()
    every = days["tally_id"].value_counts().reindex(ends.index.get_level_values("tally_id"))
    return bool(((ends > 1) & (2 * ends > every.to_numpy())).any())


def _is_long(found: OverTime) -> bool:
    """Whether the title's day is said with its year: the figure is of months or of two years."""
    return found.several_years or found.days[1] - found.days[0] > pd.Timedelta(days=180)


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
            label = naming.without_capital(labels[row.Index])
            rows.append(say("headline row", label=label, count=count))
    return [say("note loosest", rows=say.join(rows))] if rows else []


def _labels(found: OverTime, say: Language) -> dict[str, str]:
    """What the tallies are called, with their sources where rows are of several."""
    several = not readings.one_source(found.summed)
    return naming.tally_labels(found.dataset, say, found.numbers["tally_id"], sourced=several)


def courses(found: OverTime, say: Language) -> list[Course]:
    """Of each row its bounds by its last day, the parts among them, and its staircase."""
    labels, colours = _labels(found, say), tally_colours(found.dataset)
    rows = []
    for name, drawn in found.panels.items():
        row, link = found.ends.loc[name], common.link_to_last(found.dataset, name, say)
        own = drawn[(drawn["tally_id"] == name) & (drawn["reading"] == "primary")]
        count, parts = say.count(row.low, row.high), _parts(found, name, say)
        if row.date != found.days[1]:
            count = say("people by day", people=count, date=say.day(row.date, found.several_years))
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
