"""Words of the figure over time: the sum in the title, where each row ends, what is beside it."""

import pandas as pd

from analysis.bounds.wholes import holders
from analysis.charts.stairs import Staircase, own_scales
from analysis.figures import figure, naming, readings, wording
from analysis.figures.colours import tally_colours
from analysis.figures.over_time.numbers import OverTime
from analysis.language.locales import Locale


def words(found: OverTime, locale: Locale) -> figure.FigureText:
    """The sum in the title, where there is one; where each row ends in the alt text."""
    titles, rows = _titles(found, locale), []
    for staircase in staircases(found, locale):
        said = locale("labelled", label=staircase.name, count=staircase.count)
        rows.append(locale.join([said, *staircase.more]))
    about = {"persons": found.added != "shared", "shorter": titles[1:]}
    return figure.FigureText(
        titles[0], rows, "what over time", notes=_notes(found, locale), **about
    )


def _titles(found: OverTime, locale: Locale) -> list[str]:
    """How many by the last day, who says so, and of how many the day is known; shorter ones.

    Where rows are left out it is about the others, the highest, and says so.
    """
    people = readings.people_in(found.summed, found.harm, locale, found.added)
    if found.added == "shared" or not readings.one_source(found.summed):
        return [people]
    people = readings.people_in(found.summed, found.harm, locale)
    if found.left_out:
        shown = len(found.panels)
        number = shown + found.left_out
        people = locale("in highest", people=people, shown=shown, number=number)
    source = found.summed["source_original"].iloc[0]
    plain = locale("people by day", people=people, date=locale.day(found.days[1], _is_long(found)))
    said = found.added == "all" and len(found.panels) == 1  # a sum of parties is ours, not said
    told = wording.by_source(plain, source, locale, "title says" if said else "title counted")
    if found.added != "all" and pd.isna(source):
        told = locale("in counts shown", people=plain)
    return [_with_known_days(found, told, locale), told, plain]


def _notes(found: OverTime, locale: Locale) -> list[str]:
    """What the loosest reading says, that scales differ, and who else counted."""
    notes = [*_looser(found, locale)]
    if own_scales([_reach(own) for own in found.panels.values()]):
        notes.append(locale("note scales"))
    if _is_running(found):
        notes.append(locale("note running"))
    if found.besides:
        tallies = found.dataset.tallies.set_index("tally_id")
        sources = tallies.loc[[*found.besides], "source_original"].unique()
        names = [wording.source(name, locale) for name in sources]
        notes.append(locale("note besides", sources=locale.listed(names)))
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
    return found.spans_years or found.days[1] - found.days[0] > pd.Timedelta(days=180)


def _with_known_days(found: OverTime, title: str, locale: Locale) -> str:
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
    return locale("title over time", title=title, known=locale.count(low, low if closed else None))


def _looser(found: OverTime, locale: Locale) -> list[str]:
    """In one sentence of which rows the loosest reading says something else by the last day."""
    labels, rows = _labels(found, locale), []
    for row in found.ends.loc[[*found.panels]].itertuples():
        if readings.range_of(row).wide is not None:
            count = locale.count(row.wide_low, row.wide_high)
            if row.wide_low == row.low and pd.isna(row.wide_high):
                count = locale("or more", low=int(row.low))
            label = naming.without_capital(labels[row.Index])
            rows.append(locale("headline row", label=label, count=count))
    return [locale("note loosest", rows=locale.join(rows))] if rows else []


def _labels(found: OverTime, locale: Locale) -> dict[str, str]:
    """What the tallies are called, with their sources where rows are of several."""
    several = not readings.one_source(found.summed)
    return naming.tally_labels(found.dataset, locale, found.numbers["tally_id"], sourced=several)


def staircases(found: OverTime, locale: Locale) -> list[Staircase]:
    """Of each row its bounds by its last day, the parts among them, and its staircase."""
    labels, colours = _labels(found, locale), tally_colours(found.dataset)
    rows = []
    for name, drawn in found.panels.items():
        row, link = found.ends.loc[name], figure.link_to_last(found.dataset, name, locale)
        own = drawn[(drawn["tally_id"] == name) & (drawn["reading"] == "primary")]
        count, parts = locale.count(row.low, row.high), _parts(found, name, locale)
        if row.date != found.days[1]:
            count = locale(
                "people by day", people=count, date=locale.day(row.date, found.spans_years)
            )
        more = [locale("of them", text=locale.listed(parts))] * bool(parts)
        staircase = Staircase(labels[name], count, more, colours[name], link)
        steps = readings.steps_of(_carried_on(own, found.days[1]))
        rows.append(staircase._replace(steps=steps, reach=_reach(own)))
    return rows


def _carried_on(rows: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Bounds by day up to the figure's last: after a tally's own days no fewer, maybe more."""
    days = pd.date_range(rows["date"].max(), until, inclusive="right")
    later = rows.tail(1).loc[[rows.index[-1]] * len(days)].assign(date=days)
    later["cumulative_high"] = pd.array([None] * len(days), dtype="Int64")
    return pd.concat([rows, later], ignore_index=True)


def _parts(found: OverTime, tally_id: str, locale: Locale) -> list[str]:
    """The counts of those parts of a tally that lie in no other of its parts."""
    held = holders(found.dataset)
    return [
        naming.part_in_words(found.dataset, part.Index, (part.low, part.high), locale)
        for part in found.ends.itertuples()
        if held.get(part.Index) == tally_id and (part.low > 0 or pd.notna(part.high))
    ]


def _reach(rows: pd.DataFrame) -> float:
    """The greatest count (persons) of a row in the reading that is drawn, at least one."""
    own = readings.primary(rows)
    own = own[own["tally_id"] == own["tally_id"].iloc[0]]
    return max(1.0, float(own[["cumulative_low", "cumulative_high"]].max().max()))
