"""The figure of periods: how many in each day, week, month or year, as reports said of it.

A column is what was said of a period. Where a later total of more days left its source room, a
tint above it says how far it may reach. What is known of no period stands apart from the columns.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.bounds.solutions import family_of
from analysis.bounds.totals import tally_totals
from analysis.bounds.vintages import vintages
from analysis.charts import style as theme
from analysis.charts.days import Days, day_number, days_between, draw_days, draw_periods
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap
from analysis.charts.stairs import Panel
from analysis.data.counts import read_count
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.data.problems import NothingToDrawError
from analysis.figures import common, naming, wording
from analysis.language.languages import Language

UNITS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
"""Periods, the shortest first, as pandas calls them."""
BY = ("attributed_to", "area", "victim_group", "cause")
COLUMNS = ["panel", "tally_id", "source_original", "harm", "period_start", "period_end", "said"]
COLUMNS += ["low", "high", "event_id"]
_PANELS = 6
_TALL, _BESIDE, _GUTTER = {"page": 0.95, "column": 0.9}, 0.42, {"page": 0.8, "column": 0.62}
"""Inches of the first panel, of the others, and of what stands apart."""
_SHARE, _CRUSHED, _USUAL = 0.76, 4, 1 / 3
"""Of a period that its column takes; how many times as high another panel crushes one; the share
of statements that lie in periods of a unit which is the usual one."""
_TOTAL = 0.5
"""Of the figure's width that how many in all may take."""
_LEAST, _MOST = {"day": 1, "week": 5, "month": 27, "year": 350}, 62
"""Days that a count of a unit has at least; so many periods are drawn at most."""


@dataclass(frozen=True)
class ByPeriod(common.Found):
    """``panels`` are columns of a tally, last what no period is given of (NaT) where there is any.

    Panels are of the values of ``by``, if any; ``apart`` are tallies without any column. The
    ``axis`` has the periods, ``days`` are all that something shown is about.
    """

    unit: str = "month"
    by: str | None = None
    apart: tuple[str, ...] = ()
    axis: tuple[pd.Timestamp, pd.Timestamp] | None = None


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
    by: str | None = None,
    unit: str | None = None,
) -> ByPeriod:
    """How many in each day, week, month or year: what each period's report said.

    A panel for each party, or with ``by`` ("attributed_to", "area", "victim_group", "cause") for
    each of these, behind everybody. ``parties`` are those who are counted, or with
    ``by="attributed_to"`` those held responsible. The ``unit`` follows from the days of the
    statements where none is given. What no period is given of stands apart. Raises ValueError when
    nothing is stated of any single period.
    """
    if by is not None and by not in BY:
        raise ValueError(f"by is one of {', '.join(BY)}, or None, not {by!r}")
    if unit is not None and unit not in UNITS:
        raise ValueError(f"unit is one of {', '.join(UNITS)}, or None, not {unit!r}")
    rows = _statements(dataset)
    chosen = _chosen(dataset, rows, harm, parties, tallies, by)
    inside = rows[rows["tally_id"].isin(_with_parts(dataset, chosen))]
    main = rows[rows["tally_id"].isin(chosen)]["harm"]
    main = "killed" if (main == "killed").any() else main.iloc[0]
    unit = unit or _unit(inside[inside["harm"] == main])
    span, found = _span(inside, unit), {}
    for name in chosen:
        found[name] = _columns(dataset, rows, name, span)
    panels = [own for own in found.values() if own["period_start"].notna().any()]
    if len({day for own in panels for day in own["period_start"].dropna()}) < 2:
        raise NothingToDrawError(_why_nothing(dataset, chosen, unit, main))
    party = [*naming.party_colours(dataset)]
    panels.sort(key=lambda own: (own["harm"].iloc[0] != main, party.index(own["party_id"].iloc[0])))
    shown = dict(enumerate(panels[:_PANELS]))
    drawn = pd.concat(shown, names=["panel"]).reset_index("panel").reset_index(drop=True)
    about = {"panels": shown, "left_out": len(panels) - len(shown), "unit": unit, "by": by}
    apart = (name for name, own in found.items() if len(own) and own["period_start"].isna().all())
    rests = inside[inside["tally_id"].isin(_with_parts(dataset, drawn["tally_id"]))]
    event_ids = [*dict.fromkeys(name for cell in rests["event_ids"] for name in cell.split(";"))]
    about["axis"] = drawn["period_start"].min(), drawn["period_end"].max()
    days = drawn[["period_start", "since"]].min().min(), drawn[["period_end", "until"]].max().max()
    return ByPeriod(dataset, drawn[COLUMNS], event_ids, main, days, apart=(*apart,), **about)


def _with_parts(dataset: Dataset, tallies: Collection[str]) -> set[str]:
    """Some tallies and all that they hold."""
    return {*tallies}.union(*(nesting(dataset).parts[name] for name in tallies))


def _statements(dataset: Dataset) -> pd.DataFrame:
    """Counts that still say something, with whom they count."""
    rows = vintages(dataset)
    columns = ["harm", "party_id", "source_original", *BY]
    rows = rows.join(dataset.tallies.set_index("tally_id")[columns], on="tally_id")
    event_id = rows["event_ids"].str.split(";").str[0]
    rows = rows.assign(event_id=event_id, stated=rows["count"])
    return rows[(rows["count_kind"] != "stock") & rows["binding_low"].notna()]


def _chosen(
    dataset: Dataset,
    rows: pd.DataFrame,
    harm: str | None,
    parties: Collection[str] | None,
    tallies: Collection[str] | None,
    by: str | None,
) -> list[str]:
    """The tallies of the panels; a ValueError where there are none."""
    for name, given in (("parties", parties), ("tallies", tallies)):
        if isinstance(given, str) or (given is not None and not given):
            raise ValueError(f"{name} is {given!r}; write a list with at least one")
    known = dataset.tallies[dataset.tallies["tally_id"].isin(rows["tally_id"])]
    if tallies is not None:
        if missing := [name for name in tallies if name not in {*known["tally_id"]}]:
            raise ValueError(f"no count of a tally {missing[0]!r} in the dataset")
        return [*dict.fromkeys(tallies)]
    harms = ["killed", *common.CASUALTIES] if harm is None else [harm]
    known = known[known["harm"].isin(harms)]
    whole = known
    if parties is not None:
        column = by if by == "attributed_to" else "party_id"
        known = known[known[column].isin(parties)]
        whole = whole[
            whole["party_id"].isin(parties if column == "party_id" else whole["party_id"])
        ]
    found = [*_wholes(dataset, whole, rows)] if by is None else [*_by(dataset, known, rows, by)]
    if not found:
        raise NothingToDrawError("nothing to draw: no count of what was asked for")
    return found


def _wholes(dataset: Dataset, tallies: pd.DataFrame, rows: pd.DataFrame) -> Iterator[str]:
    """For each party and harm the widest tally of the source with most statements."""
    told, wholes = rows["tally_id"].value_counts(), nesting(dataset).wholes
    everybody = tallies[tallies["victim_group"].isna()]
    tallies = everybody if len(everybody) else tallies
    for _, own in tallies.groupby(["party_id", "harm"], sort=False):
        names = [name for name in own["tally_id"] if not wholes[name] & {*own["tally_id"]}]
        yield max(names, key=lambda name: told[name])


def _by(dataset: Dataset, tallies: pd.DataFrame, rows: pd.DataFrame, by: str) -> Iterator[str]:
    """Tallies that name a value of ``by``, of the source with most, behind what holds them all."""
    others = [name for name in BY if name not in (by, "area")]
    named = tallies[tallies[by].notna()]
    plain = named[named[others].isna().all(axis=1)]
    named, wholes = plain if len(plain) else named, nesting(dataset).wholes
    if named.empty:
        return
    named = named[
        named["source_original"].fillna("") == named["source_original"].fillna("").mode()[0]
    ]
    held = [wholes[name] & {*rows["tally_id"]} for name in named["tally_id"]]
    shared = frozenset.intersection(*held)
    yield from sorted(each for each in shared if not wholes[each] & shared)[:1]
    of = dict(zip(named["tally_id"], named[by], strict=True))
    for name in of:
        if all(of.get(whole) != of[name] for whole in wholes[name]):
            yield name


def _unit(rows: pd.DataFrame) -> str:
    """The shortest unit that many statements are about, in several periods but not too many."""
    known = rows[rows["date_start"].notna()]
    length, best, crowded = (known["date_end"] - known["date_start"]).dt.days + 1, {}, False
    for unit, least in _LEAST.items():
        first, last = (_periods(known[f"date_{end}"], unit) for end in ("start", "end"))
        within = (first == last) & ((length >= least) | crowded)
        periods = last[within].unique()
        best[unit] = int(within.sum()) if 1 < len(periods) <= _MOST else 0
        if best[unit] >= max(2, _USUAL * len(rows)):
            return unit
        crowded |= len(periods) > _MOST
    return max(best, key=best.get) if any(best.values()) else "month"


def _periods(days: pd.Series, unit: str) -> pd.Series:
    return days.dt.to_period(UNITS[unit])


def _span(rows: pd.DataFrame, unit: str) -> pd.PeriodIndex:
    """The periods from the first to the last of which something is stated by itself."""
    first, last = (_periods(rows[f"date_{end}"], unit) for end in ("start", "end"))
    within = last[(first == last) & rows["date_start"].notna()]
    if within.empty:
        return pd.PeriodIndex([], freq=UNITS[unit])
    return pd.period_range(within.min(), within.max(), freq=UNITS[unit])


def _why_nothing(dataset: Dataset, chosen: list[str], unit: str, harm: str) -> str:
    """What an error says: that there are no two periods, or that a later number took them back."""
    told = vintages(dataset)
    told = told[told["tally_id"].isin(chosen) & (told["count_kind"] != "stock")]
    first, last = (_periods(told[f"date_{end}"], unit) for end in ("start", "end"))
    gone = told[(first == last) & told["date_start"].notna() & told["binding_low"].isna()]
    if len(_periods(gone["date_end"], unit).unique()) < 1:
        return f"nothing to draw: no two numbers of one {unit} each ({harm}); see plot_reported"
    names, later = (
        ", ".join(dict.fromkeys(name for cell in gone[of].dropna() for name in cell.split(";")))
        for of in ("event_ids", "because")
    )
    day = gone["published_until"].max().date()
    return (
        f"nothing to draw: no two numbers of one {unit} each ({harm}) still stand; {names} were "
        f"taken back by {later}. With as_of={str(day)!r} they are drawn as first reported"
    )


def _columns(
    dataset: Dataset, rows: pd.DataFrame, tally_id: str, span: pd.PeriodIndex
) -> pd.DataFrame:
    """Periods of which something is known of a tally, and what no period is given of."""
    family = family_of(dataset, tally_id, "primary")
    total = tally_totals(dataset).set_index("tally_id")
    if family is None or family.contradictions or tally_id not in total.index:
        return pd.DataFrame(columns=[*COLUMNS, "party_id"])
    starts, stops = ([day_number(day) for day in days] for days in _edges(span))
    ends = family.between(tally_id, np.array(starts, int), np.array(stops, int))
    parts = nesting(dataset).parts[tally_id]
    own, of_parts = rows[rows["tally_id"] == tally_id], rows[rows["tally_id"].isin(parts)]
    found = [*_known(own, of_parts, span, ends)]
    low, high = total.loc[tally_id, ["low", "high"]]
    left = max(0, int(low) - sum(row[4] for row in found))
    if left or not found:
        most = left if pd.notna(high) and low == high else np.inf
        found.append((pd.NaT, pd.NaT, None, None, left, most, None))
    names = ["period_start", "period_end", "said", "kind", "low", "high", "event_id"]
    frame = pd.DataFrame(found, columns=names).assign(tally_id=tally_id)
    frame = frame.assign(high=frame["high"].where(np.isfinite(frame["high"].astype(float))))
    kinds = dict.fromkeys(["low", "high"], "Int64") | dict.fromkeys(names[:2], "datetime64[us]")
    first = own[["source_original", "harm", "party_id"]].iloc[0]
    days = family.spans([tally_id, *parts])[0]
    since, until = (
        pd.Timestamp(day, unit="D").as_unit("us") for day in (days.first, days.stop - 1)
    )
    about = {"total_low": int(low), "total_high": high, "since": since, "until": until}
    return frame.astype(kinds).assign(**first, **about, opened=days.since < days.first)


def _known(
    own: pd.DataFrame, of_parts: pd.DataFrame, span: pd.PeriodIndex, ends: np.ndarray
) -> Iterator[tuple]:
    """Periods with a number: what was said of one alone, else what is certain of it.

    Incidents are some of a period, never its number. An upper limit is given where a total of that
    period or of more days is; any other would be the whole's.
    """
    tolls, ordered = own[own["count_kind"] == "toll"], own.sort_values("count_kind", kind="stable")
    said = {(row.date_start, row.date_end, row.low): row for row in ordered.itertuples()}
    closed = tolls[tolls["binding_high"].notna()]
    late = of_parts[of_parts["count_kind"] == "incident"]
    for period, low, high in zip(span, *ends, strict=True):
        days = period.start_time, period.end_time.normalize()
        row, told = said.get((*days, low)), _within(own, days)
        if row is not None and row.count_kind == "toll":
            yield (*days, row.stated, "toll", int(low), high, row.event_id)
            continue
        if row is None:  # what counts beside the tally's own total is linked too
            told += _within(late if told else of_parts, days)
        if told or low:
            holds = (closed["date_start"] <= days[0]) & (closed["date_end"] >= days[1])
            most = high if low == high or holds.any() else np.inf
            stated = None if row is None else row.stated
            yield (*days, stated, "incident", int(low), most, ";".join(told) or None)


def _within(rows: pd.DataFrame, days: tuple[pd.Timestamp, pd.Timestamp]) -> list[str]:
    """The statements that are about some days alone."""
    inside = (rows["date_start"] >= days[0]) & (rows["date_end"] <= days[1])
    return [*rows.loc[inside, "event_id"]]


def _edges(span: pd.PeriodIndex) -> tuple[list, list]:
    """First days of periods, and the days after their last."""
    return [each.start_time for each in span], [(each + 1).start_time for each in span]


def words(found: ByPeriod, say: Language) -> common.Telling:
    """The period with most in the title; each panel's total and highest period in the alt text."""
    names, rows = _names(found, say), []
    for name, own in zip(names, found.panels.values(), strict=True):
        top, told = _highest(own), [_total(found, own, say)]
        told.append(say("most in period", period=_period(found, top, say), count=_count(top, say)))
        if (left := own[own["period_start"].isna()]).size:
            told.append(_left(left.iloc[0], found.unit, say))
        rows.append(say("labelled", label=name, count=say.join(told)))
    first = found.panels[0]
    top = _highest(first)
    parts = {"who": wording.who(found.dataset, top["tally_id"], say)}
    parts |= {"period": _period(found, top, say)}
    parts["source"] = wording.source(top["source_original"], say)
    parts["count"] = _count(top, say, certain=True)
    title, what = say(f"title stated {found.unit}", **parts), say(f"each {found.unit}")
    if pd.isna(top["said"]):
        title = say(f"title calculated {found.unit}", **parts)
    if _is_most(found, first, top):
        title = say(f"title most {found.unit}", **parts)
    if found.by:
        what = say(f"by {found.by}", what=what)
    notes = _notes(found, say)
    return common.Telling(title, rows, "what by period", {"what": what}, notes, adds=False)


def _highest(rows: pd.DataFrame) -> pd.Series:
    """The period with most people, of those that are certain."""
    known = rows[rows["period_start"].notna()]
    return known.loc[known["low"].idxmax()]


def _is_most(found: ByPeriod, rows: pd.DataFrame, top: pd.Series) -> bool:
    """Whether no other period can have had as many: each is stated and reaches less."""
    known = rows[rows["period_start"].notna()]
    if len(known) < len(rows) or len(known) < 2:
        return False
    span = pd.period_range(*found.axis, freq=UNITS[found.unit])
    others = known.drop(top.name)
    return len(known) == len(span) and bool((others["high"] < top["low"]).fillna(False).all())


def _count(row: pd.Series, say: Language, *, certain: bool = False) -> str:
    """What was said of a period, else how many it has, or how many are ``certain``."""
    if pd.isna(row["said"]):
        ends = row["low"], row["high"]
        return say.count(*(wording.certain(*ends) if certain else ends))
    return wording.said(_as_stated(row), say)


def _as_stated(row: pd.Series) -> pd.Series:
    """A period's number as its page has it, whatever a later total leaves room for."""
    low, high = read_count(row["said"])
    high = None if row["kind"] == "incident" else high  # some of the period, and no more is said
    return pd.Series({"stated": row["said"], "low": low, "high": pd.NA if high is None else high})


def _total(found: ByPeriod, rows: pd.DataFrame, say: Language, *, short: bool = False) -> str:
    """How many in all; of fewer days than the figure shows with these, or ``short`` as a least."""
    first = rows.iloc[0]
    low, high = first[["total_low", "total_high"]]
    count = say.count(*wording.certain(low, high))
    if first["opened"] or (first["since"], first["until"]) == found.days:
        return say("in all", count=count)
    if short:
        return say("in all", count=say.count(low, None))
    return say("in all of days", count=count, days=say.window(first["since"], first["until"]))


def _left(row: pd.Series, unit: str, say: Language) -> str:
    return say("labelled", label=say(f"without {unit}"), count=_number(row, say))


def _number(row, say: Language) -> str:
    """How many are of no period: so many more, or at least so many."""
    if pd.isna(row.high):
        return say("open short", low=int(row.low))
    return say("more", count=say.number(int(row.low)))


def _period(found: ByPeriod, row: pd.Series, say: Language) -> str:
    first, last = row["period_start"], row["period_end"]
    if found.unit == "month":
        return say("month of year", month=say.month(first), year=str(first.year))
    return str(first.year) if found.unit == "year" else say.window(first, last)


def _names(found: ByPeriod, say: Language) -> list[str]:
    """The name of each panel: its party, or the value of what the figure is by."""
    names, harms = [], {own["harm"].iloc[0] for own in found.panels.values()}
    for own in found.panels.values():
        name, harm = _name(found, own["tally_id"].iloc[0], say), own["harm"].iloc[0]
        names.append(name)
        if len(harms) > 1:
            names[-1] = wording.with_harm(name, harm, say)
    return names


def _name(found: ByPeriod, tally_id: str, say: Language) -> str:
    dataset = found.dataset
    value = dataset.tallies.set_index("tally_id").loc[tally_id].get(found.by) if found.by else None
    if value is None or pd.isna(value):
        return wording.label(dataset, tally_id, say)
    return naming.value_label(dataset, found.by, value, say)


def _notes(found: ByPeriod, say: Language) -> list[str]:
    """What a tint means, what has no period, and that scales differ."""
    drawn, notes = found.numbers, []
    periods = drawn[drawn["period_start"].notna()]
    if (periods["high"] > periods["low"]).any():
        notes.append(say("note tint"))
    if len({*_reaches(found)}) > 1:
        notes.append(say("note scales"))
    if found.apart:
        labels = [_name(found, name, say) for name in found.apart]
        notes.append(
            say(
                "apart periods",
                text=say.capital(say(f"without {found.unit}")),
                labels=say.listed(labels),
            )
        )
    return [" ".join(notes)] if notes else []


def _reaches(found: ByPeriod) -> list[float]:
    """How high each panel goes: as the others, unless one would crush it."""
    own = [max(1.0, float(rows[["low", "high"]].max().max())) for rows in found.panels.values()]
    harms = [rows["harm"].iloc[0] for rows in found.panels.values()]
    for harm in {*harms}:
        of = [reach for reach, each in zip(own, harms, strict=True) if each == harm]
        if min(of) >= max(of) / _CRUSHED:
            own = [
                max(of) if each == harm else reach for reach, each in zip(own, harms, strict=True)
            ]
    return own


def draw(paper: Paper, found: ByPeriod) -> None:
    """A panel for each row, all over the same periods."""
    say, width, reaches, bands = paper.say, paper.chart.width, _reaches(found), []
    room = max(text_width(say.number(int(reach)), SMALL) for reach in reaches) + 0.08
    left = [own["period_start"].isna().any() for own in found.panels.values()]
    behind = _GUTTER[width] * any(left)
    days = days_between(*found.axis, paper.left + room, paper.across - room - behind)
    colours = _colours(found)
    for at, (name, own) in enumerate(zip(_names(found, say), found.panels.values(), strict=True)):
        look = {"bold": True, "colour": theme.letters(colours[at])}
        paper.top += 0.05
        middle = paper.top + leading(NORMAL) / 2
        total = _total(found, own, say)
        if text_width(total, NORMAL, True) > _TOTAL * paper.across:
            total = _total(found, own, say, short=True)
        wide = paper.write(paper.left + paper.across, middle, total, side="end", **look)
        paper.paragraph(name, across=paper.across - wide - 0.15, **look)
        tall = _BESIDE if at else _TALL[width]
        panel = Panel(paper, days, reaches[at], tall, leading(SMALL) + 0.05, most=2 if at else 3)
        bands.append(panel.band)
        _draw_columns(panel, found, own, colours[at])
    top = paper.top + leading(SMALL) * (not paper.page)  # the last label of the axis is long
    if found.unit in ("month", "year"):
        draw_periods(paper, days, bands, months=found.unit == "month")
    else:
        draw_days(paper, days, bands)
    if behind:
        _label_left(paper, found, days, top)


def _label_left(paper: Paper, found: ByPeriod, days: Days, top: float) -> None:
    """Under what stands apart: that no period is given."""
    x = days.x + days.wide + 0.08
    for line in wrap(paper.say(f"without {found.unit}"), paper.left + paper.across - x, SMALL):
        paper.write(x, top + 0.03 + leading(SMALL) / 2, line, SMALL, colour=theme.GREY)
        top += leading(SMALL)
    paper.top = max(paper.top, top + 0.03)


def _draw_columns(panel: Panel, found: ByPeriod, rows: pd.DataFrame, colour: str) -> None:
    """A column a period with its number, and apart from them one of no period."""
    paper, days, texts = panel.paper, panel.days, []
    for row in rows.itertuples():
        if pd.isna(row.period_start):
            x, wide = days.x + days.wide + 0.14, 0.2
        else:
            start, stop = (
                days.at(day_number(row.period_start)),
                days.at(day_number(row.period_end) + 1),
            )
            wide = min((stop - start) * _SHARE, 0.5)
            x = (start + stop - wide) / 2
        top = _draw_column(panel, row, (x, wide), colour)
        paper.take(x + wide / 2, (panel.base + top) / 2, wide, panel.base - top)
        texts.append((x + wide / 2, top, row))
    for x, top, row in sorted(texts, key=lambda each: each[1]):
        link = _link(row, -1, paper.say)
        look = {"colour": theme.letters(colour), "link": link, "bold": pd.isna(row.period_start)}
        paper.beside(x, top, _texts(row, paper.say), [(0, -1)], gap=0.015, **look)


def _texts(row, say: Language) -> list[str]:
    """What can stand above a column: what was said of its period."""
    if pd.isna(row.period_start):
        return [_number(row, say)]
    if pd.isna(row.said):
        exact = pd.notna(row.high) and row.low == row.high
        return [say.number(int(row.low)) if exact else say("open short", low=int(row.low))]
    return [wording.said(_as_stated(pd.Series(row._asdict())), say, short=True)]


def _link(row, which: int, say: Language) -> str | None:
    """Where the words are of one of the statements that a number is made of."""
    return common.link_to(say, None if pd.isna(row.event_id) else row.event_id.split(";")[which])


def _draw_column(panel: Panel, row, place: tuple[float, float], colour: str) -> float:
    """A column, solid as far as it is certain, a tint as far as it may reach; gives its top."""
    paper, (x, wide), top = panel.paper, place, panel.y(row.low)
    link = _link(row, 0, paper.say)
    if not row.low:
        paper.line([x, x + wide], [panel.base] * 2, "zero", link, colour=colour, thick=1.2)
    paper.box(x, top, wide, panel.base - top, colour, "column", link)
    if pd.notna(row.period_start) and pd.notna(row.high) and row.high > row.low:
        upper = panel.y(row.high)
        paper.box(x, upper, wide, top - upper, theme.tint(colour, 0.22), "may be", link)
    return top


def _colours(found: ByPeriod) -> list[str]:
    """Those of parties; where the figure is by something else a colour for each value of it."""
    of_party, used = naming.party_colours(found.dataset), iter(theme.PALETTE[1:])
    tallies = found.dataset.tallies.set_index("tally_id")
    colours = []
    for own in found.panels.values():
        party, value = own["party_id"].iloc[0], None
        if found.by:
            value = tallies.loc[own["tally_id"].iloc[0], found.by]
        plain = value is None or pd.isna(value)
        colours.append(of_party[party] if plain else next(used, theme.PALETTE[-1]))
    return colours


plot_by_period = common.figure("by_period", numbers, words, draw)
