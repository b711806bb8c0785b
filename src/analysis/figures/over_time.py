"""The figure of the casualties over time: staircases of what is certain and what is possible.

A row a party, counted up to the end of each day. A whole's days are those of its parts too, so that
it is never less than one of them. Of several sources of one party one is drawn, as by party.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.parties import parties_of
from analysis.charts.days import day_number, draw_days
from analysis.charts.sheet import Paper
from analysis.charts.stairs import (
    Panel,
    Staircase,
    Steps,
    days_of_panels,
    draw_staircases,
    name_areas,
    own_scales,
)
from analysis.data.dataset import Dataset
from analysis.data.outcome import nesting
from analysis.data.problems import NothingToDrawError
from analysis.data.statements import standing_rows
from analysis.figures import figure, naming, readings, wording
from analysis.figures.colours import tally_colours
from analysis.figures.panels import tallies_of
from analysis.language.locales import Locale

_ROWS, _CHOSEN = 5, 12
"""So many rows are drawn at most, and of tallies that are asked for."""
_TALL, _MANY, _FEW = {1: 0.9, 2: 0.62}, 0.44, 3
"""Inches of so many rows, and of more; so many single days have a number of their own."""


@dataclass(frozen=True)
class OverTime(figure.FigureData):
    """Bounds in each reading, ``panels`` being those of each row.

    ``added`` says whether the title adds up all, chosen ones, or such as may have people in common;
    where rows are left out it is about those drawn. ``ends`` are the bounds of each tally by its
    last day, ``others`` the sources that are not drawn.
    """

    added: str
    ends: pd.DataFrame
    others: Sequence[str | None] = ()


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
) -> OverTime:
    """Cumulative bounds: at least and at most how many by the end of each day.

    A row for each of ``tallies``, parts of others among them; else for each party (of ``parties``)
    the source that counts most parties up to the latest day. Of many rows the highest are drawn.
    Where all is of one day there is nothing to see over time.

    Examples
    --------
    >>> import analysis
    >>> figure = analysis.plot_over_time(analysis.load("data/report"), parties=["civilians"])
    >>> figure.numbers["cumulative_low"].max().item()
    41
    """
    if parties is not None:
        tallies = _of_parties(dataset, harm, parties, tallies)
    if tallies is None:
        harm = harm or bounds.default_harm(dataset)
        counted = bounds.outermost_counted(dataset, harm)
        shown = bounds.leading_tallies(dataset, harm)
    else:
        counted = shown = [*dict.fromkeys(tallies)]
        harm = bounds.chosen_harm(dataset, shown, harm)
    stated = bounds.counted_tallies(dataset)
    named = [name for name in shown if name in stated]
    if not named:
        raise bounds.no_primary_count(dataset, harm)
    drawn = _own_limits(dataset, bounds.chosen_drawn(dataset, named))
    ends = readings.last_bounds(drawn)
    highest = ends.loc[named, "low"].nlargest(_ROWS if tallies is None else _CHOSEN).index
    kept = [name for name in named if name in highest]
    panels = {name: drawn[drawn["tally_id"] == name] for name in kept}
    own = pd.concat(panels.values())
    days = readings.span_of(readings.primary(own))
    if days[0] == days[1]:
        raise NothingToDrawError(
            f"nothing to draw: all that is counted ({harm}) is of one day, {days[0].date()}; "
            "see plot_reported for how its toll changed from report to report"
        )
    if tallies is None and len(kept) == len(named):  # those of one party can have parts in common
        summed, added = _totals(dataset, harm, kept), "all"
    else:
        nested, summed = nesting(dataset), readings.last_sums(own, "primary")
        alone = len(nested.outermost(kept)) == len(kept) and not nested.may_share(kept)
        added = "chosen" if alone else "shared"
    sources = dataset.tallies.set_index("tally_id")["source_original"]
    others = sources[[name for name in counted if name not in shown]].unique()
    within = pd.concat(bounds.rows_with_descendants(drawn, name)["tally_id"] for name in kept)
    drawn = drawn[drawn["tally_id"].isin(within)]
    about = {"panels": panels, "summed": summed, "left_out": len(named) - len(kept)}
    rests = figure.rests_on(dataset, drawn)
    return OverTime(dataset, drawn, rests, harm, days, added, ends, others, **about)


def _of_parties(
    dataset: Dataset,
    harm: str | None,
    parties: Collection[str],
    tallies: Collection[str] | None,
) -> list[str]:
    """The tallies that are drawn of some parties, or of chosen tallies those of these parties."""
    own = {*tallies_of(dataset, parties, tallies)["tally_id"]}
    harm = harm or bounds.default_harm(dataset)
    named = tallies or bounds.leading_tallies(dataset, harm, parties)
    found = [name for name in named if name in own]
    if not found:
        raise NothingToDrawError(f"nothing to draw: none of these parties is counted ({harm})")
    return found


def _totals(dataset: Dataset, harm: str, tallies: Collection[str]) -> pd.DataFrame:
    """Totals of the parties of some tallies by their sources."""
    shown = dataset.tallies["tally_id"].isin(tallies)
    people = dataset.tallies.loc[shown, ["source_original", "party_id"]].drop_duplicates()
    return readings.totals_of(dataset, harm)[0].merge(people)


def _own_limits(dataset: Dataset, drawn: pd.DataFrame) -> pd.DataFrame:
    """Bounds of tallies, a part without the limits that are only its whole's size.

    A part has a limit of its own where it is known exactly, or a total of itself covers its days.
    """
    stated = standing_rows(dataset, "primary")
    closed = stated[(stated["count_kind"] == "toll") & stated["high"].notna()]
    first = closed.dropna(subset="date_start").groupby("tally_id")["date_start"].min()
    last = closed.groupby("tally_id")["date_end"].max()
    tally = drawn["tally_id"]
    has_limit = {name: parties_of(dataset).has_limit(name) for name in tally.unique()}
    since = drawn.groupby(["tally_id", "reading"])["date"].transform("min")
    own = (first.reindex(tally).to_numpy() <= since) & tally.map(has_limit)
    own &= last.reindex(tally).to_numpy() >= drawn["date"]
    own |= ~tally.map(nesting(dataset).wholes).astype(bool)
    for low, high in (("low", "high"), ("cumulative_low", "cumulative_high")):
        exact = (drawn[low] == drawn[high]).fillna(False)
        drawn = drawn.assign(**{high: drawn[high].where(own | exact)})
    return drawn


def words(found: OverTime, locale: Locale) -> figure.FigureText:
    """The sum in the title, where there is one; where each row ends in the alt text."""
    (title, *shorter), stairs, rows = _titles(found, locale), staircases(found, locale), []
    labels = _labels(found, locale)
    for tally_id, row in zip(found.panels, stairs, strict=True):
        name = labels[tally_id] if row.above else row.name
        count = locale("labelled", label=name, count=row.count)
        rows.append(locale.join([count, *row.more]))
    notes = _looser(found, locale)
    notes += [locale("note scales")] * own_scales(stairs)
    notes += [locale("note running")] * _is_running(found)
    if len(found.others):
        names = [wording.source(name, locale) for name in found.others]
        notes.append(locale("note besides", sources=locale.listed(names)))
    about = {"persons": found.added != "shared", "shorter": shorter}
    notes = [" ".join(notes)] if notes else []
    return figure.FigureText(title, rows, "what over time", notes=notes, **about)


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
    first, last = found.days
    years = found.spans_years or last - first > pd.Timedelta(days=180)
    plain = locale("people by day", people=people, date=locale.day(last, years))
    source = found.summed["source_original"].iloc[0]
    is_stated = found.added == "all" and len(found.panels) == 1  # a sum of parties is ours
    named = wording.by_source(plain, source, locale, "title says" if is_stated else "title counted")
    if found.added != "all" and pd.isna(source):
        named = locale("in counts shown", people=plain)
    return [_with_known_days(found, named, locale), named, plain]


def _with_known_days(found: OverTime, title: str, locale: Locale) -> str:
    """A title that says of how many the day is known, where it is of some and not of all.

    It is where both readings know it: what is certain in the loosest one is in the other too.
    """
    daily, key = pd.concat(found.panels.values()), ["tally_id", "date"]
    low = daily[daily["reading"] == "wide"].set_index(key)["low"]
    low = low[low > 0]
    known = int(low.sum())
    if not known or known == found.summed["low"].sum():
        return title
    high = readings.primary(daily).set_index(key)["high"].reindex(low.index)
    most = known if (low == high).fillna(False).all() else None
    return locale("title over time", title=title, known=locale.count(known, most))


def _looser(found: OverTime, locale: Locale) -> list[str]:
    """In one sentence of which rows the loosest reading says something else by the last day."""
    labels, rows = _labels(found, locale), []
    for row in found.ends.loc[[*found.panels]].itertuples():
        if readings.is_looser(row):
            count = locale.count(row.wide_low, row.wide_high)
            if row.wide_low == row.low and pd.isna(row.wide_high):
                count = locale("or more", low=int(row.low))
            label = naming.without_capital(labels[row.Index])
            rows.append(locale("headline row", label=label, count=count))
    return [locale("note loosest", rows=locale.join(rows))] if rows else []


def _is_running(found: OverTime) -> bool:
    """Whether most totals of a row count from one day, each to a later one."""
    events = found.dataset.events
    rows = events[events["tally_id"].isin(found.panels) & (events["count_kind"] == "toll")]
    days = rows.drop_duplicates(["tally_id", "date_start", "date_end"])
    totals = days.groupby(["tally_id", "date_start"], dropna=False).size()
    every = totals.groupby(level="tally_id").transform("sum")
    return bool(((totals > 1) & (2 * totals > every)).any())


def _labels(found: OverTime, locale: Locale) -> dict[str, str]:
    """What the tallies are called, with their sources where rows are of several."""
    sourced = not readings.one_source(found.summed)
    return naming.tally_labels(found.dataset, locale, found.numbers["tally_id"], sourced=sourced)


def _names(found: OverTime, locale: Locale) -> dict[str, tuple[str, str]]:
    """What each row is called, and above it the party that would be repeated in all its rows."""
    dataset, labels = found.dataset, _labels(found, locale)
    party_ids = dataset.tallies.set_index("tally_id")["party_id"][[*found.panels]]
    parties, names = dataset.parties.set_index("party_id"), {}
    for _, own in party_ids.groupby((party_ids != party_ids.shift()).cumsum()):
        party = naming.label(parties, own.iloc[0], locale)
        whole = labels[own.index[0]] == party
        short = {name: naming.part_name(dataset, name, None, locale) for name in own.index[whole:]}
        is_repeated = len(own) > 1 and readings.one_source(found.summed)
        is_repeated &= all(labels[name].startswith(party) for name in short)
        if is_repeated and len({*short.values(), party}) == len(short) + 1:
            names |= {name: (text, "") for name, text in short.items()}
            names |= {} if whole else {own.index[0]: (short[own.index[0]], party)}
    return {name: names.get(name, (labels[name], "")) for name in found.panels}


def staircases(found: OverTime, locale: Locale) -> list[Staircase]:
    """Of each row its bounds by its last day, the parts among them, and its staircase."""
    names, colours, rows = _names(found, locale), tally_colours(found.dataset), []
    held, last = nesting(found.dataset).holders, found.days[1]
    for tally_id, own in found.panels.items():
        row, link = found.ends.loc[tally_id], figure.link_to_last(found.dataset, tally_id, locale)
        count = locale.count(row.low, row.high)
        if row.date != last:
            date = locale.day(row.date, found.spans_years)
            count = locale("people by day", people=count, date=date)
        parts = [
            naming.part_in_words(found.dataset, part.Index, (part.low, part.high), locale)
            for part in found.ends.itertuples()
            if held.get(part.Index) == tally_id and (part.low > 0 or pd.notna(part.high))
        ]
        more = [locale("of them", text=locale.listed(parts))] if parts else []
        steps = _steps_until(last, readings.primary(own))
        name, above = names[tally_id]
        rows.append(Staircase(name, count, more, colours[tally_id], link, steps, above))
    return rows


def _steps_until(last: pd.Timestamp, rows: pd.DataFrame) -> Steps:
    """Bounds by day up to a last one: after a tally's own days no fewer, maybe more."""
    bounds = rows.set_index("date")[["cumulative_low", "cumulative_high"]]
    bounds = bounds.reindex(pd.date_range(bounds.index[0], last))
    low, high = (bounds[name].to_numpy("float64", na_value=np.nan) for name in bounds)
    low = np.maximum.accumulate(np.nan_to_num(low))
    return Steps.by_day(day_number(bounds.index[0]), low, high)


def draw(paper: Paper, found: OverTime) -> None:
    """A row a tally, one below the other over the same days."""
    rows, panels = staircases(found, paper.locale), []
    days = days_of_panels(paper, found.days, [row.steps.reach for row in rows])
    drawn = draw_staircases(paper, days, rows, _TALL.get(len(rows), _MANY))
    for row, own, panel in zip(rows, found.panels.values(), drawn, strict=True):
        _draw_single_days(panel, readings.primary(own), row.link)
        panels.append(panel)
    name_areas(panels, rows)
    draw_days(paper, days, [panel.band for panel in panels])


def _draw_single_days(panel: Panel, rows: pd.DataFrame, link: str | None) -> None:
    """A few days of which exactly so many are known: the number over the step."""
    known, locale = rows[(rows["low"] > 0) & (rows["low"] == rows["high"])], panel.paper.locale
    for row in known.itertuples() if len(known) <= _FEW else ():
        x, y = panel.x(day_number(row.date)) + panel.days.day / 2, panel.y(row.cumulative_low)
        text = locale("known on day", count=int(row.low), window=locale.day(row.date, year=False))
        panel.paper.beside(x, y, [text], [(0, -1), (-1, -1), (1, -1)], link=link)


plot_over_time = figure.make_plot("over_time", numbers, words, draw)
