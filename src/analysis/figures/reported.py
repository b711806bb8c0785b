"""The figure of the toll as reported: how it came to be what it is, from one report to the next.

A dot is a published total. The line is the total that stood; it ends where its source lowered or
withdrew it, and the number is struck through. Sources that count the same people stand in one
plot and are never added. What is counted on a day (the missing) is dots alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.bounds.vintages import vintages
from analysis.charts import style as theme
from analysis.charts.breaks import draw_moments, lay_out
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap
from analysis.charts.stairs import Panel
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import asked_days, published_times
from analysis.figures import common, known_days, naming, wording
from analysis.figures.standing_still import standing_still_in_words
from analysis.figures.vintage_grid import draw_grid
from analysis.language.languages import Language

COLUMNS = ["panel", "tally_id", "source_original", "harm", "count_kind", "event_id", "date_start"]
COLUMNS += ["date_end", "count", "low", "high", "status", "published_from", "published_until"]
COLUMNS += ["ended", "again"]
_PEOPLE = ["party_id", "harm", "victim_group", "cause", "attributed_to", "area"]
_ENDED = ("taken_back", "withdrawn")
_PANELS, _LABELLED, _LISTED = 4, 25, 4
"""So many panels are drawn; so many totals all have their number; so many are told in words."""
_TALL, _BESIDE, _GUTTER = {1: 1.6, 2: 0.95}, 0.55, 1.5
"""Inches of a plot of so many, of what stands beside it, and at most of names behind it."""
_MANY = 60
"""Of more totals only those that have their number have a dot."""
_DENSE = 0.3
"""Where dots are less far apart (inches) their numbers stand before them."""
_POKES = 0.08
"""Where the next total is so near (inches) a stroke at the end would stick out of its dot."""
_LAG = 3
"""Where a total ends more days before its report, its last day stands beside it."""
_EPOCH = pd.Timestamp("1970-01-01")
_DAY, _OPEN = pd.Timedelta(days=1), pd.Timestamp("1900-01-01").as_unit("us")
"""The first day of a total that names none is before all others."""


@dataclass(frozen=True)
class Reported(common.Found):
    """``panels`` are totals by the people and days that they count, in order of publication.

    Where days are ``asked`` about, a row is what was known of them by a day.
    ``grid`` are days that were counted again, where they are too many for panels.
    """

    asked: bool = False
    grid: pd.DataFrame | None = None


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
    days: tuple[date | str, date | str] | None = None,
) -> Reported:
    """How the toll came to be what it is: each published total on its day of publication.

    A panel for each people that are counted, with a line a source: the total that stood, which
    ends where it was lowered or withdrawn. A month or other span that was counted again has a
    panel of its own, as has what is counted besides (injured, missing). With ``days`` (first,
    last) bars say instead what was known of these days at each publication. ``parties`` are those
    who are counted, ``tallies`` those of everybody with totals where nothing is said. Raises
    ValueError when no total was published twice.
    """
    rows = _totals(dataset)
    rows = _asked_for(dataset, rows, harm, parties, tallies)
    main = "killed" if (rows["harm"] == "killed").any() else rows["harm"].iloc[0]
    chosen = _usual(dataset, rows) if tallies is None else [*dict.fromkeys(tallies)]
    rows = rows[rows["tally_id"].isin(chosen)]
    if days is not None:
        return _of_days(dataset, rows[rows["harm"] == main], main, days)
    panels = [own for own in _panels(rows) if len(own) > 1]
    party = [*naming.party_colours(dataset)]
    panels.sort(
        key=lambda own: (
            own["harm"].iloc[0] != main,
            own["again"].iloc[0],
            party.index(own["party_id"].iloc[0]),
        )
    )
    if not panels:
        raise NothingToDrawError(_why_nothing(rows, main))
    panels, grid = _split(panels)
    shown = dict(enumerate(panels[:_PANELS]))
    each = shown if grid is None else {**shown, len(shown): grid}
    drawn = pd.concat(each, names=["panel"]).reset_index("panel").reset_index(drop=True)
    event_ids = [name for cell in drawn["event_ids"] for name in cell.split(";")]
    event_ids = [*dict.fromkeys([*event_ids, *drawn["because"][drawn["ended"].notna()]])]
    span = drawn["published_from"].min().normalize(), drawn["published_until"].max().normalize()
    about = {"panels": shown, "left_out": len(panels) - len(shown), "grid": grid}
    return Reported(dataset, drawn[COLUMNS], event_ids, main, span, **about)


def _why_nothing(rows: pd.DataFrame, harm: str) -> str:
    """What an error says: that there is one total, or that none goes on from another."""
    tolls = rows[rows["count_kind"] == "toll"]
    if (tolls.groupby("tally_id").size() > 1).any():
        return (
            f"nothing to draw: no total ({harm}) goes on from another or counts its days again; "
            "see plot_by_period for months and other days one after the other"
        )
    return f"nothing to draw: no total ({harm}) was published twice"


def _split(panels: list[pd.DataFrame]) -> tuple[list[pd.DataFrame], pd.DataFrame | None]:
    """Panels, and in one frame the days of the first tally that are too often counted again."""
    first = panels[0]["tally_id"].iloc[0]
    again = [own for own in panels if own["again"].iloc[0] and own["tally_id"].iloc[0] == first]
    if len(again) < _PANELS or panels[0]["again"].iloc[0]:
        return panels, None
    return [own for own in panels if not any(own is each for each in again)], pd.concat(again)


def _of_days(
    dataset: Dataset, rows: pd.DataFrame, harm: str, days: tuple[date | str, date | str]
) -> Reported:
    """What was known of some days at each publication, in place of totals."""
    span = asked_days(days)
    panels = known_days.find_known(dataset, rows, span)
    drawn = pd.concat(panels.values(), ignore_index=True)[known_days.COLUMNS]
    events = dataset.events[dataset.events["low"].notna()]
    events = events[events["tally_id"].isin(drawn["tally_id"])]
    about = {"panels": panels, "asked": True}
    return Reported(dataset, drawn, [*events["event_id"]], harm, span, **about)


def _totals(dataset: Dataset) -> pd.DataFrame:
    """Published totals and stocks in order of publication, with whom they count and when.

    ``at`` is where a total stands on the axis (days since 1970): its hour, or the middle of its
    day; it was published ``since`` then at the earliest. ``ended`` is when it stopped to stand.
    """
    rows = vintages(dataset)
    tallies = dataset.tallies.set_index("tally_id")
    rows = rows.join(tallies[[*_PEOPLE, "source_original"]], on="tally_id")
    earliest, latest = (_days(rows[f"published_{end}"]) for end in ("from", "until"))
    whole = latest - earliest > 0.9
    at = latest.where(~whole, latest // 1 + 0.5)
    since = earliest.where(~whole | (latest - earliest > 1), at)
    event_id = rows["event_ids"].str.split(";").str[0]
    when = dataset.events.set_index("event_id")["report_id"].map(_report_times(dataset))
    ended = pd.to_datetime(rows["because"].map(when).where(rows["status"].isin(_ENDED)))
    rows = rows.assign(event_id=event_id, at=at, since=since, ended=ended, stated=rows["count"])
    again = rows.groupby(["tally_id", "thing"])["low"].transform("nunique") > 1
    totals = rows.groupby("tally_id")["count_kind"].transform(lambda kind: (kind == "toll").any())
    told = (rows["count_kind"] != "incident") | (again & ~totals)
    return rows[told].sort_values(["at", "date_end", "low"], ignore_index=True)


def _report_times(dataset: Dataset) -> pd.Series:
    """When each report (index) was published: its minute, or its day."""
    times = published_times(dataset)
    last = times["latest"] - pd.Timedelta("1min")
    return last.where(times["latest"] - times["earliest"] < pd.Timedelta("1D"), last.dt.normalize())


def _days(times: pd.Series) -> pd.Series:
    return (times - _EPOCH) / pd.Timedelta(days=1)


def _asked_for(
    dataset: Dataset,
    rows: pd.DataFrame,
    harm: str | None,
    parties: Collection[str] | None,
    tallies: Collection[str] | None,
) -> pd.DataFrame:
    """The totals asked for; a ValueError where there are none."""
    harms = None if harm is None else [harm]
    for name, column, given in (
        ("tallies", "tally_id", tallies),
        ("parties", "party_id", parties),
        ("harm", "harm", harms),
    ):
        if given is None:
            continue
        if isinstance(given, str) or not given:
            raise ValueError(f"{name} is {given!r}; write a list with at least one")
        known = dataset.tallies[column].unique()
        if missing := [each for each in given if each not in {*known}]:
            there = ", ".join(known)
            raise ValueError(f"no tally with {column} {missing[0]!r}; there are: {there}")
        rows = rows[rows[column].isin(given)]
    if rows.empty:
        raise NothingToDrawError("nothing to draw: no total was published")
    return rows


def _usual(dataset: Dataset, rows: pd.DataFrame) -> list[str]:
    """For each party and harm of each source the widest tallies, those told twice going first."""
    wholes, found = nesting(dataset).wholes, []
    everybody = rows[rows["victim_group"].isna()]
    rows = everybody if len(everybody) else rows
    for _, own in rows.groupby(["party_id", "harm", "source_original"], dropna=False, sort=False):
        told = own.groupby("tally_id", sort=False)["at"].nunique()
        names = [*(told[told > 1] if (told > 1).any() else told).index]
        found += [name for name in names if not wholes[name] & {*names}]
    return found


def _panels(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Totals by whom they count, ``again`` being of days that were counted again."""
    split = [own for name in rows["tally_id"].unique() for own in _courses(rows, name)]
    if not split:
        return
    keys = [*_PEOPLE, "again", "group"]
    drawn = pd.concat(split)
    for _, own in drawn.groupby(keys, dropna=False, sort=False):
        yield own.sort_values(["at", "date_end", "low"], kind="stable", ignore_index=True)


def _courses(rows: pd.DataFrame, tally_id: str) -> Iterator[pd.DataFrame]:
    """The running total of a tally, and each span of days that was counted again."""
    own = rows[rows["tally_id"] == tally_id]
    for kind, of_kind in own.groupby("count_kind", sort=False):
        if kind != "toll":
            yield of_kind.assign(again=False, group=of_kind["thing"] + kind)
            continue
        running = of_kind[_is_running(of_kind)]
        yield running.assign(again=False, group=kind)
        others = of_kind.drop(running.index)
        for days in others[["date_start", "date_end"]].drop_duplicates().itertuples(index=False):
            same = of_kind["date_end"] == days.date_end
            same &= of_kind["date_start"].fillna(_EPOCH) == (
                _EPOCH if pd.isna(days.date_start) else days.date_start
            )
            if len(of_kind.loc[same, "low"].unique()) > 1:
                yield of_kind[same].assign(again=True, group=f"{days}")


def _is_running(rows: pd.DataFrame) -> np.ndarray:
    """Which totals of a tally go on from one another: the same first day, a last day no earlier.

    Of several such threads the longest; none where no total goes on and none holds all others.
    Months of a monthly report are no thread, nor is the first of them the beginning of one.
    """
    start = rows["date_start"].fillna(_OPEN)
    threads = []
    for since in start.unique():
        taken = _thread(rows, start, since)
        own = rows[taken]
        goes_on = len(own) > 1 and not (_is_again(own) and _reach_beyond(rows, own))
        holds = not _reach_beyond(rows, own)
        if goes_on or holds:
            threads.append((goes_on, own["date_end"].max() - since, taken))
    if not threads:
        return np.zeros(len(rows), bool)
    return max(threads, key=lambda each: each[:2])[2]


def _thread(rows: pd.DataFrame, start: pd.Series, since: pd.Timestamp) -> np.ndarray:
    """Totals from a first day on, or from no day that is named: of one page that of most days."""
    report = rows["published_until"].astype("str") + rows["at"].astype("str")
    fits = (start == since) | (start == _OPEN)
    fits &= ~_in_series(rows, start)
    last = rows["date_end"].where(fits).groupby(report).transform("max")
    taken, until = [], None
    for fit, ends, most in zip(fits, rows["date_end"], last, strict=True):
        goes_on = fit and ends == most and (until is None or ends >= until)
        taken.append(bool(goes_on))
        until = ends if goes_on else until
    return np.array(taken)


def _in_series(rows: pd.DataFrame, start: pd.Series) -> np.ndarray:
    """Which totals are periods of a series: days as long follow, told before any that go on."""
    found = []
    for since, row in zip(start, rows.itertuples(), strict=True):
        length = row.date_end - since + _DAY
        follow = (start == row.date_end + _DAY) & (rows["date_end"] - start + _DAY >= length / 2)
        longer = (start == since) & (rows["date_end"] > row.date_end)
        first = rows.loc[follow, "at"].min()
        found.append(bool(follow.any() and not (rows.loc[longer, "at"] <= first).any()))
    return np.array(found)


def _is_again(rows: pd.DataFrame) -> bool:
    """Whether totals are all of the same days."""
    return len(rows[["date_start", "date_end"]].drop_duplicates()) == 1


def _reach_beyond(rows: pd.DataFrame, own: pd.DataFrame) -> bool:
    """Whether any total is about days that some do not hold."""
    if own.empty:
        return True
    since, until = own["date_start"].fillna(_OPEN).min(), own["date_end"].max()
    return bool(((rows["date_start"].fillna(since) < since) | (rows["date_end"] > until)).any())


def words(found: Reported, say: Language) -> common.Telling:
    """What became of the toll in the title; every panel in the alt text."""
    names = _names(found, say)
    if found.asked:
        return known_days.words(found, names, say)
    rows = [
        say("labelled", label=name, count=_in_words(found, own, say))
        for name, own in zip(names, found.panels.values(), strict=True)
    ]
    first = found.panels[0]
    title = _title_of_several(found, names, say) or _title(found, first, say)
    days = _days_counted(found, first, say)
    when = say("published", days=say.window(*found.days))
    many = max(map(len, found.panels.values())) > _MANY
    what = "what reported many" if many else "what reported"
    return common.Telling(
        title, rows, what, {"days": days}, _notes(found, say), when=when, adds=False
    )


def _days_counted(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """The days that the totals count, as far as they are the same for all."""
    drawn = found.numbers
    if (rows["count_kind"] == "stock").all():
        return say("days stock")
    starts = drawn.loc[(drawn["count_kind"] != "stock") & ~drawn["again"], "date_start"]
    first, last = starts.min(), rows["date_end"].max()
    if pd.isna(first):
        return say("days unknown")
    if len(rows["date_end"].unique()) > 1:
        earliest = len(starts.unique()) > 1
        return say("days earliest" if earliest else "days from", date=say.day(first))
    return say("on one day", date=say.day(last)) if first == last else say.window(first, last)


def _notes(found: Reported, say: Language) -> list[str]:
    """What a higher number means, what is struck through and what is left out."""
    drawn = found.numbers
    stock = drawn["count_kind"] == "stock"
    ends = drawn[~stock].groupby("panel")["date_end"].agg(["min", "max"])
    same = (ends["min"] == ends["max"]).all()
    single = (drawn["date_start"] == drawn["date_end"])[~stock].all()
    held = {
        "note as reported": len(ends) and same and single,
        "note as reported span": len(ends) and same and not single,
        "note as reported days": len(ends) and not same,
        "note struck": drawn["ended"].notna().any(),
        "note stock": stock.any(),
        "note time": _is_spread(drawn).any(),
        "note scales": len(found.panels) > 1,
        "note grid": found.grid is not None,
    }
    notes = [say(name) for name, holds in held.items() if holds]
    events = found.dataset.events
    aside = events["tally_id"].isin(drawn["tally_id"]) & (events["reading"] == "aside")
    notes += [say("set aside", number=int(aside.sum()))] if aside.any() else []
    notes += standing_still_in_words(found.dataset, say, [*drawn["tally_id"].unique()])[:1]
    return [" ".join(notes)]


def _is_spread(rows: pd.DataFrame) -> pd.Series:
    """Whether a total was published on one of several days."""
    return rows["published_until"] - rows["published_from"] > _DAY


def _title(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """How the first panel's toll went: what was withdrawn, who says what, or from what to what."""
    stood = rows[rows["ended"].isna()]
    parts = {"who": wording.who(found.dataset, rows["tally_id"].iloc[0], say)}
    peak = rows.loc[rows["low"].idxmax()]
    if len(stood):
        parts |= _said_on(found, stood.iloc[-1], say, "last", "until", "source")
    if pd.notna(peak["ended"]):
        parts |= _said_on(found, peak, say, "most", "peak", "by")
        if stood.empty:
            return say("title only withdrawn", **parts)
        if parts["by"] == parts["source"]:
            return say(f"title {peak['status']}", **parts)
        return say(f"title by {peak['status']}", **parts)
    latest = stood.drop_duplicates("tally_id", keep="last").sort_values("low", kind="stable")
    if len(latest) > 1:
        each = [wording.with_source(row, say) for row in latest.itertuples()]
        return say("title by sources", rows=say.join(each, "list"), **parts)
    first, last = rows.iloc[0], stood.iloc[-1]
    parts["first"] = wording.said(first, say)
    parts["until"] = say.day(last["published_until"], _years(found))
    ways = {1: "rose", 0: "stayed", -1: "fell"}
    return say(f"title {ways[int(np.sign(last['low'] - first['low']))]}", **parts)


def _title_of_several(found: Reported, names: list[str], say: Language) -> str:
    """Of several parties and harms from which number to which each went; else nothing."""
    main = {at: own for at, own in found.panels.items() if own["harm"].iloc[0] == found.harm}
    main = {at: own for at, own in main.items() if not own["again"].iloc[0]}
    if len({own["party_id"].iloc[0] for own in main.values()}) < 2:
        return ""
    rows, rose = [], True
    for at, own in main.items():
        stood = own[own["ended"].isna()]
        if len(stood):
            last = stood.iloc[-1]
            rows.append(say("reported row", label=names[at], last=wording.said(last, say)))
            rose &= bool(last["low"] >= own["low"].iloc[0])
    title = say(
        f"title {'climbed' if rose else 'changed'}",
        harm=say.term("harm", found.harm),
        rows=say.join(rows, "list"),
    )
    sources = pd.concat(main.values())["source_original"].unique()
    if len(sources) > 1:
        return title
    return say("title says", title=title, source=wording.source(sources[0], say))


def _said_on(found: Reported, row: pd.Series, say: Language, *names: str) -> dict[str, str]:
    """A total as it was said, the day of its report and, where asked for, who counted."""
    texts = (
        wording.said(row, say),
        _when(found, row, say),
        wording.source(row["source_original"], say),
    )
    return dict(zip(names, texts, strict=False))


def _when(found: Reported, row: pd.Series, say: Language) -> str:
    """When a total was published: on a day, in a month, or some day of several."""
    first, last = _report_days(row)
    if first == last:
        return say("on one day", date=say.day(last, _years(found)))
    if first.day == 1 and last == first + pd.offsets.MonthEnd(0):
        month = say.month(first)
        if _years(found):
            month = say("month of year", month=month, year=str(first.year))
        return say("in month", month=month)
    return say("on some day", days=say.window(first, last, _years(found)))


def _years(found: Reported) -> bool:
    """Whether days of publication are said with their year."""
    return found.days[0].year != found.days[1].year


def _report_days(row) -> tuple[pd.Timestamp, pd.Timestamp]:
    return row.published_from.normalize(), row.published_until.normalize()


def _label(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """The name of those whom a panel counts, and the days where they are counted again."""
    label = wording.label(found.dataset, rows["tally_id"].iloc[0], say)
    if rows.get("again", pd.Series([False])).iloc[0]:
        days = say.window(rows["date_start"].iloc[0], rows["date_end"].iloc[0])
        label = say.join([label, days], "list")
    return label


def _names(found: Reported, say: Language) -> list[str]:
    """The heading of each panel: whom it counts, and what happened to them where that differs."""
    names = []
    for rows in found.panels.values():
        harm, name = rows["harm"].iloc[0], _label(found, rows, say)
        if harm != found.harm or len({own["harm"].iloc[0] for own in found.panels.values()}) > 1:
            name = wording.with_harm(name, harm, say)
        names.append(name)
    return names


def _in_words(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """Totals of a panel; of many the first, the last and those that were lowered or withdrawn."""
    few = ~rows["source_original"].duplicated(keep="last")
    few.iloc[0] = True
    few |= rows["ended"].notna() & (few.sum() + rows["ended"].notna().cumsum() <= _LISTED)
    shown, said = rows if len(rows) <= _LISTED else rows[few], []
    several = len(rows["source_original"].unique()) > 1
    for row in shown.itertuples():
        count = wording.with_source(row, say) if several else wording.said(row, say)
        if pd.notna(row.ended):
            count = say("windowed", count=count, window=say(f"told {row.status}"))
        day = say.window(*_report_days(row), found.days[0].year != found.days[1].year)
        said.append(say("labelled", label=day, count=count))
    between = len(rows) - len(shown)
    return say.join([*said, *[say("counts between", number=between)] * (between > 0)])


def draw(paper: Paper, found: Reported) -> None:
    """A panel for each people over the same days of publication, or bars of what was known."""
    names = _names(found, paper.say)
    if found.asked:
        known_days.draw(paper, found, names)
        return
    colours = naming.party_colours(found.dataset)
    reaches = [max(1, float(own[["low", "high"]].max().max())) for own in found.panels.values()]
    room = max(text_width(paper.say.number(int(reach)), SMALL) for reach in reaches) + 0.08
    gutter = max(_gutter(paper, own) for own in found.panels.values())
    drawn = pd.concat(found.panels.values())
    times = [*drawn["at"], *_at(drawn["ended"].dropna())]
    moments = lay_out(paper, times, paper.left + room, paper.across - room - gutter)
    bands, talls, sources = [], _heights(found), [*drawn["source_original"].fillna("").unique()]
    for name, own, reach, tall in zip(names, found.panels.values(), reaches, talls, strict=True):
        colour = colours[own["party_id"].iloc[0]]
        if len(talls) > 1:
            paper.heading(name, colour)
        if not paper.page:
            _write_above(paper, own, _shades(own, colour, sources))
        panel = Panel(paper, moments, reach, tall, 0.2, most=4 if tall > 1 else 2)
        below = 0.24 if len(bands) == len(talls) - 1 else 0.1  # labels of the axis, or a heading
        paper.take(moments.x + moments.wide / 2, panel.base + below / 2, moments.wide, below)
        bands.append(panel.band)
        edge = panel.band[0] - 0.2, panel.base
        paper.take((paper.left + moments.x) / 2, sum(edge) / 2, room + 0.02, edge[1] - edge[0])
        _draw_panel(panel, own, _shades(own, colour, sources))
    draw_moments(paper, moments, bands)
    if found.grid is not None:
        first = found.grid["tally_id"].iloc[0]
        name = wording.label(found.dataset, first, paper.say)
        colour = colours[found.grid["party_id"].iloc[0]]
        paper.heading(paper.say("heading grid", label=name), colour)
        draw_grid(paper, found.grid, colour)


def _write_above(paper: Paper, rows: pd.DataFrame, shades: list[str]) -> None:
    """Several sources in a narrow figure: their names, in their colours, with their numbers."""
    say, x, tall = paper.say, paper.left, leading(SMALL)
    groups = [*rows.groupby("tally_id", sort=False)]
    for (_, own), shade in zip(groups, shades, strict=True):
        stood = own[own["ended"].isna()]
        name = wording.source(own["source_original"].iloc[0], say)
        text = name
        if pd.isna(own["ended"].iloc[-1]):
            text = say("headline row", label=name, count=wording.said(stood.iloc[-1], say))
        wide = text_width(text, SMALL, True)
        if x > paper.left and x + wide > paper.left + paper.across:
            x, paper.top = paper.left, paper.top + tall
        if len(groups) > 1:
            look = {"bold": True, "colour": theme.letters(shade)}
            x += paper.write(x, paper.top + tall / 2, text, SMALL, **look) + 0.14
    paper.top += tall * (len(groups) > 1)


def _heights(found: Reported) -> list[float]:
    """Inches of each panel: high where it is what the figure is about."""
    main = [
        own["harm"].iloc[0] == found.harm and not own["again"].iloc[0]
        for own in found.panels.values()
    ]
    tall = _TALL.get(sum(main), 0.8)
    return [tall if each else _BESIDE for each in main]


def _at(times: pd.Series) -> pd.Series:
    """Where times of reports are on the axis: their minute, or the middle of their day."""
    days = _days(times)
    return days.where(days % 1 > 0, days + 0.5)


def _gutter(paper: Paper, rows: pd.DataFrame) -> float:
    """Inches behind a panel for the names of its sources, where it has several."""
    sources = rows["source_original"].unique()
    if len(rows["tally_id"].unique()) < 2 or not paper.page:
        return 0.0
    widest = max(text_width(wording.source(name, paper.say)) for name in sources)
    return min(widest + 0.12, _GUTTER)


def _draw_panel(panel: Panel, rows: pd.DataFrame, shades: list[str]) -> None:
    """Lines of what stood, dots, names of sources, then as many numbers as there are to be."""
    groups, ends = [*rows.groupby("tally_id", sort=False)], []
    for (_, own), shade in zip(groups, shades, strict=True):
        stood = [*_standing(own, panel.days.stop)] if own["count_kind"].iloc[0] != "stock" else []
        _draw_line(panel, stood, shade)
        shown = own.iloc[_numbered(own)] if len(own) > _MANY else own
        for row in shown.itertuples():
            _draw_dot(panel, row, shade, stem=not stood)
        ends.append((own, shade, stood))
    if len(groups) > 1 and panel.paper.page:
        _name_sources(panel, ends)
    for own, shade, _ in ends:
        _number(panel, own, shade, alone=len(groups) == 1)


def _shades(rows: pd.DataFrame, colour: str, sources: list[str]) -> list[str]:
    """A colour for each tally of a panel: that of its people, the same shade of it for a source."""
    dark, light = theme.mixed(colour, theme.INK, 0.6), theme.tint(colour, 0.62)
    shades = [colour, dark, light, theme.INK]
    named = rows.drop_duplicates("tally_id")["source_original"].fillna("")
    return [shades[sources.index(name) % 4] for name in named]


def _standing(rows: pd.DataFrame, stop: float) -> Iterator[tuple[float, float, int, bool]]:
    """Stretches in which a total stood: from, until, how many, and whether it was ended then.

    A vaguer, lower number lowers nothing.
    """
    level, start, end = None, 0.0, stop
    ended = _at(rows["ended"]).fillna(np.inf)
    for at, low, until in zip(rows["at"], rows["low"], ended, strict=True):
        if level is not None and end <= at:
            yield start, end, level, True
            level = None
        if level is not None and low < level:
            continue
        if level is not None:
            yield start, at, level, False
        level, start, end = low, at, until
    if level is not None:
        yield start, min(end, stop), level, end < stop


def _draw_line(panel: Panel, stood: list[tuple[float, float, int, bool]], colour: str) -> None:
    """A line that rises with the total that stood, and ends where one was ended."""
    paper, points = panel.paper, []
    nexts = [(start, level) for start, _, level, _ in [*stood[1:], (np.inf, 0, 0, False)]]
    for (start, stop, level, ended), (since, then) in zip(stood, nexts, strict=False):
        xs, y = [panel.x(start), panel.x(stop)], panel.y(level)
        points += [(x, y) for x in xs]
        paper.take(sum(xs) / 2, y, xs[1] - xs[0], 0.03)
        if ended and (since > stop or abs(panel.y(then) - y) > _POKES):
            paper.take(xs[1], y, 0.04, 0.1)
            paper.line(xs[1:] * 2, [y - 0.05, y + 0.05], "end", colour=theme.INK, thick=1.2)
        if ended or stop == stood[-1][1]:
            paper.line(*zip(*points, strict=True), "total", colour=colour, thick=1.6)
            points = []
    for (_, end, low, ended), (_, _, level, _) in pairwise(stood):
        if not ended:
            middle, tall = (panel.y(low) + panel.y(level)) / 2, panel.y(low) - panel.y(level)
            paper.take(panel.x(end), middle, 0.03, abs(tall))


def _draw_dot(panel: Panel, row, colour: str, stem: bool) -> None:
    """A published total; a range is an upright line, the time it may be of a thin one."""
    paper, x, y = panel.paper, panel.x(row.at), panel.y(row.low)
    if stem:
        paper.line([x, x], [panel.base, y], "stem", colour=theme.tint(colour), thick=2.2)
        paper.take(x, (panel.base + y) / 2, 0.06, panel.base - y)
    if row.at - row.since > 0.01:
        paper.line([panel.x(row.since), x], [y, y], "time", colour=theme.GREY, thick=0.6)
    if pd.notna(row.high) and row.high > row.low:
        top = panel.y(row.high)
        look = {"colour": colour, "thick": 0.9, "marker": "_", "markersize": 4}
        paper.line([x, x], [y, top], "range", **look)
        paper.take(x, (y + top) / 2, 0.08, y - top)
    ended, link = pd.notna(row.ended), common.link_to(paper.say, row.event_id)
    look = {"marker": "o", "markersize": 4.6, "markeredgecolor": colour, "markeredgewidth": 1}
    look["markerfacecolor"] = "white" if ended else colour
    paper.line([x], [y], "ended" if ended else "dot", link, colour=colour, zorder=5, **look)
    paper.take(x, y, 0.08, 0.08)


def _numbered(rows: pd.DataFrame) -> list[int]:
    """Which totals have their number: the first, the last and those ended, then by what changed."""
    order = np.abs(np.diff(rows["low"].astype("float64"), prepend=0))
    order[[0, -1]] = order[rows["ended"].notna().to_numpy()] = np.inf
    chosen = np.argsort(-order, kind="stable").tolist()
    return chosen if len(rows) <= _LABELLED else chosen[: int(np.isinf(order).sum())]


def _number(panel: Panel, rows: pd.DataFrame, colour: str, alone: bool) -> None:
    """The numbers beside the dots: of many totals the first, the last and those ended."""
    paper, say, chosen = panel.paper, panel.paper.say, _numbered(rows)
    ended = rows["ended"].notna().to_numpy()
    if not alone:  # the last stands behind the plot
        chosen = sorted(chosen, key=lambda at: at == len(rows) - 1)
    apart = np.diff([panel.x(at) for at in rows["at"]], prepend=-9, append=99)
    lag = (rows["at"] - _days(rows["date_end"]) > _LAG + 1).any() and paper.page
    lag = lag and len(rows["date_end"].unique()) > 1 and rows["count_kind"].iloc[0] == "toll"
    ways = _BEFORE + _WAYS if apart.min() < _DENSE else _WAYS
    for at in chosen:
        row = rows.iloc[at]
        texts = [wording.said(row, say), wording.said(row, say, short=True)]
        if lag and apart[at : at + 2].min() > 2 * _DENSE:
            date = say.day(row["date_end"], panel.days.years)
            texts.insert(0, say("total to", count=texts[0], date=date))
        look = {"struck": bool(ended[at]), "bold": bool(at == len(rows) - 1 and alone)}
        look |= {"link": common.link_to(say, row["event_id"]), "colour": theme.letters(colour)}
        place = panel.x(row["at"]), panel.y(row["low"] if pd.isna(row["high"]) else row["high"])
        sides = _OVER + ways if ended[at] else ways
        paper.beside(*place, dict.fromkeys(texts), sides, gap=0.07, **look)


_WAYS = ((0, -1), (-1, -1.4), (-1, 0), (1, 1.4), (1, -1.4), (0, 1), (1, 0), (-1, 1.4))
"""Sides of a dot that its number can stand at: the line comes from below and goes on behind."""
_BEFORE = ((-1, 0), (-1, -1.4))
_OVER = ((0, -1), (1, -2))
"""Behind a total that was ended no line goes on upwards; the stroke at its end is small."""


def _name_sources(panel: Panel, ends: list[tuple[pd.DataFrame, str, list]]) -> None:
    """Each source behind its line with its last number; inside the plot where its line ended."""
    paper, say, last = panel.paper, panel.paper.say, []
    for own, shade, stood in ends:
        name, row = wording.source(own["source_original"].iloc[0], say), own.iloc[-1]
        look = {"colour": theme.letters(shade)}
        if stood and stood[-1][3]:
            place = panel.x(stood[-1][1]), panel.y(stood[-1][2])
            paper.beside(*place, [name], ((1, 0), (1, 1), (1, -1), (-1, 0), (0, 1)), **look)
            continue
        level = stood[-1][2] if stood else row["low"]
        stands = own[own["low"] == level].iloc[-1]
        last.append((level, name, wording.said(stands, say), look))
    _write_behind(panel, sorted(last, key=lambda each: each[0]))


def _write_behind(panel: Panel, last: list[tuple[float, str, str, dict]]) -> None:
    """Names and numbers behind the plot at their heights, none on another, from the lowest up."""
    paper, x = panel.paper, panel.days.x + panel.days.wide + 0.07
    across, floor, tops = paper.left + paper.across - x, panel.base + 0.05, []
    texts = [[*wrap(name, across, SMALL), count] for _, name, count, _ in last]
    talls = [leading(SMALL) * (len(lines) - 1) + leading(NORMAL) for lines in texts]
    for (level, *_), tall in zip(last, talls, strict=True):
        floor = min(panel.y(level) - tall / 2, floor - tall)
        tops.append(floor)
    ceiling = panel.base - panel.tall - 0.12
    for at in reversed(range(len(last))):
        top = max(tops[at], ceiling)
        ceiling = top + talls[at]
        for line in texts[at]:
            bold = line is texts[at][-1]
            size = NORMAL if bold else SMALL
            top += leading(size)
            paper.write(x, top - leading(size) / 2, line, size, bold=bold, **last[at][3])
    paper.top = max(paper.top, ceiling)


plot_reported = common.figure("reported", numbers, words, draw)
