"""Words of the toll as reported: what became of it, what each panel is about, what signs mean."""

import numpy as np
import pandas as pd

from analysis.figures import figure, naming, wording
from analysis.figures.reported import known_days
from analysis.figures.reported.numbers import Reported, is_main
from analysis.figures.standing_still import standing_still_in_words
from analysis.language.locales import Locale

_LISTED = 4
"""So many totals of a panel are given in words."""
_TITLES = {
    True: ("title climbed", "title climbed short"),
    False: ("title changed", "title changed short"),
}
"""Titles of several parties, by whether all tolls rose."""
MANY = 60
"""Of more totals only those that have their number have a dot."""


def words(found: Reported, locale: Locale) -> figure.FigureText:
    """What became of the toll in the title; every panel in the alt text."""
    names = names_of(found, locale)
    if found.asked:
        return known_days.words(found, names, locale)
    rows = [
        locale("labelled", label=name, count=_in_words(found, own, locale))
        for name, own in zip(names, found.panels.values(), strict=True)
    ]
    first = found.panels[0]
    title, *shorter = _titles_of_several(found, locale) or _titles(found, first, locale)
    days = _days_counted(found, first, locale)
    when = locale("published", days=locale.window(*found.days))
    many = max(map(len, found.panels.values())) > MANY
    what = "what reported many" if many else "what reported"
    about = {"when": when, "adds": False, "shorter": shorter}
    return figure.FigureText(title, rows, what, {"days": days}, _notes(found, locale), **about)


def _days_counted(found: Reported, rows: pd.DataFrame, locale: Locale) -> str:
    """The days that the totals count, as far as they are the same for all."""
    drawn = found.numbers
    if (rows["count_kind"] == "stock").all():
        return locale("days stock")
    if drawn["recounted"].all() and len(drawn[["date_start", "date_end"]].drop_duplicates()) > 1:
        return locale("days named")
    counted = (drawn["count_kind"] != "stock") & (drawn["recounted"].all() | ~drawn["recounted"])
    starts = drawn.loc[counted, "date_start"]
    first, last = starts.min(), rows["date_end"].max()
    earliest, is_open = len(starts.unique()) > 1, len(rows["date_end"].unique()) > 1
    if pd.isna(first):
        return locale("days unknown")
    if is_open:
        return locale("days earliest" if earliest else "days from", date=locale.day(first))
    if earliest:
        return locale("days earliest to", first=locale.day(first), last=locale.day(last))
    return (
        locale("on one day", date=locale.day(last)) if first == last else locale.window(first, last)
    )


def _notes(found: Reported, locale: Locale) -> list[str]:
    """What a higher number means, what is struck through and what is left out."""
    drawn = found.numbers
    stock = drawn["count_kind"] == "stock"
    ends = drawn[~stock].groupby("panel")["date_end"].agg(["min", "max"])
    same = (ends["min"] == ends["max"]).all()
    single = (drawn["date_start"] == drawn["date_end"])[~stock].all()
    tolls = drawn[~stock].groupby(["panel", "tally_id"])["low"]
    rises = tolls.diff().gt(0).any()  # who counted more than another did not count later
    held = {
        "note as reported": rises and same and single,
        "note as reported span": rises and same and not single,
        "note as reported days": rises and not same,
        "note struck": drawn["ended"].notna().any(),
        "note tail": drawn[~stock].groupby("panel")["tally_id"].nunique().gt(1).any(),
        "note stock": stock.any(),
        "note time": _is_spread(drawn).any(),
        "note scales": len(found.panels) > 1,
        "note grid": found.grid is not None,
    }
    notes = [locale(name) for name, holds in held.items() if holds]
    events = found.dataset.events
    aside = events["tally_id"].isin(drawn["tally_id"]) & (events["reading"] == "aside")
    notes += [locale("set aside", number=int(aside.sum()))] if aside.any() else []
    shown = [*drawn["tally_id"].unique()], [*drawn["event_id"]]
    notes += standing_still_in_words(found.dataset, locale, *shown)[:1]
    return [" ".join(notes)]


def _is_spread(rows: pd.DataFrame) -> pd.Series:
    """Whether a total was published on one of several days."""
    return rows["published_until"] - rows["published_from"] > pd.Timedelta(days=1)


def _titles(found: Reported, rows: pd.DataFrame, locale: Locale) -> list[str]:
    """How the first panel's toll went: what was withdrawn, who says what, or from what to what.

    A shorter one leaves who counted, or when it was published, to the lines below it.
    """
    stood, peak = rows[rows["ended"].isna()], rows.loc[rows["low"].idxmax()]
    who = wording.who(found.dataset, rows["tally_id"].iloc[0], locale)
    who = _with_days(who, rows, locale, found.spans_years)
    if pd.notna(peak["ended"]):
        return _titles_of_ended(found, peak, stood, locale, who)
    latest = stood.drop_duplicates("tally_id", keep="last").sort_values("low", kind="stable")
    if len(latest) > 1:
        each = [
            _windowed(row, [source_in(rows, row.tally_id, locale)], locale)
            for row in latest.itertuples()
        ]
        return [locale("title by sources", who=who, rows=locale.join(each, "list"))]
    first, last = rows.iloc[0], stood.iloc[-1]
    parts = {"first": wording.quoted(first, locale), "last": wording.quoted(last, locale)}
    parts["until"] = locale.day(last["published_until"], found.spans_years)
    ways = {1: "rose", 0: "stayed", -1: "fell"}
    way = ways[int(np.sign(last["low"] - first["low"]))]
    title = locale(f"title {way}", who=who, **parts)
    return [wording.by_source(title, last["source_original"], locale), title]


def _with_days(name: str, rows: pd.DataFrame, locale: Locale, *years: bool) -> str:
    """A name with the days of a panel where these were counted again."""
    first = rows.iloc[0]
    if not first["recounted"]:
        return name
    return locale.join(
        [name, locale.window(first["date_start"], first["date_end"], *years)], "list"
    )


def _windowed(row, behind: list[str], locale: Locale) -> str:
    """A number with what is said of it in brackets."""
    return locale("windowed", count=wording.quoted(row, locale), window=locale.join(behind, "list"))


def _titles_of_ended(
    found: Reported, peak: pd.Series, stood: pd.DataFrame, locale: Locale, who: str
) -> list[str]:
    """That the highest total was lowered or withdrawn, and what was published last."""
    status, source = peak["status"], peak["source_original"]
    parts = {"who": who, "most": wording.quoted(peak, locale), "peak": _when(found, peak, locale)}
    if stood.empty:
        title = locale(f"title only {status}", **parts)
        return [wording.by_source(title, source, locale), title]
    last = stood.iloc[-1]
    parts |= {"last": wording.quoted(last, locale), "until": _when(found, last, locale)}
    by, after = (wording.source(row["source_original"], locale) for row in (peak, last))
    if by != after:
        kinds, parts = (f"by {status}", f"short by {status}"), parts | {"by": by, "source": after}
        return [locale(f"title {kind}", **parts) for kind in (*kinds, f"short {status}")]
    titles = [locale(f"title {kind}", **parts) for kind in (status, f"short {status}")]
    return [wording.by_source(title, source, locale) for title in titles]


def _titles_of_several(found: Reported, locale: Locale) -> list[str]:
    """Of several panels of people to which number each went, and a shorter title; else none."""
    main = [own for own in found.panels.values() if is_main(own, found.harm)]
    if len(main) < 2:
        return []
    stood = [own[own["ended"].isna()] for own in main]
    ends = [
        (own.iloc[0], left.iloc[-1]) for own, left in zip(main, stood, strict=True) if len(left)
    ]
    rose, lasts = all(last["low"] >= first["low"] for first, last in ends), [end[1] for end in ends]
    people = [wording.people(found.dataset, last, locale, at_least=True) for last in lasts]
    long, short = _TITLES[rose]
    parties = {own["party_id"].iloc[0] for own in main}
    if rose and all(people) and len(parties) == len(main):
        title = locale("title climbed to", rows=locale.listed(people))
    else:
        title = locale(long, rows=locale.join(_with_label(found, last, locale) for last in lasts))
    sources = pd.concat(main)["source_original"].unique()
    source = sources[0] if len(sources) == 1 else None
    brief = wording.by_source(locale(short), source, locale, "title counted")
    return [wording.by_source(title, source, locale), brief]


def _with_label(found: Reported, row: pd.Series, locale: Locale) -> str:
    name = naming.in_sentence(found.dataset, row["tally_id"], locale)
    return locale("reported row", label=name, last=wording.quoted(row, locale))


def _when(found: Reported, row: pd.Series, locale: Locale) -> str:
    """When a total was published: on a day, in a month, or some day of several."""
    first, last = _report_days(row)
    if first == last:
        return locale("on one day", date=locale.day(last, found.spans_years))
    if first.day == 1 and last == first + pd.offsets.MonthEnd(0):
        month = locale.month(first)
        if found.spans_years:
            month = locale("month of year", month=month, year=str(first.year))
        return locale("in month", month=month)
    return locale("on some day", days=locale.window(first, last, found.spans_years))


def _report_days(row) -> tuple[pd.Timestamp, pd.Timestamp]:
    return row.published_from.normalize(), row.published_until.normalize()


def names_of(found: Reported, locale: Locale) -> list[str]:
    """The heading of each panel: whom it counts, and what happened to them where that differs."""
    names, several = [], len({own["harm"].iloc[0] for own in found.panels.values()}) > 1
    for rows in found.panels.values():
        harm, name = rows["harm"].iloc[0], rows["tally_id"].iloc[0]
        name = naming.tally_name(found.dataset, name, locale)
        name = name if found.asked else _with_days(name, rows, locale)
        is_named = several or harm != found.harm
        names.append(wording.with_harm(name, harm, locale) if is_named else name)
    return names


def source_in(rows: pd.DataFrame, tally_id: str, locale: Locale) -> str:
    """Who counted a tally of a panel, and since when where its sources differ in that."""
    starts = rows.groupby("tally_id", sort=False)["date_start"].agg(lambda days: days.iloc[-1])
    name = rows.loc[rows["tally_id"] == tally_id, "source_original"].iloc[0]
    name, start = wording.source(name, locale), starts[tally_id]
    if pd.isna(start) or len(starts.unique()) == 1:
        return name
    return locale("since", label=name, date=locale.day(start, len(starts.dt.year.unique()) > 1))


def _in_words(found: Reported, rows: pd.DataFrame, locale: Locale) -> str:
    """Totals of a panel; of many the first, the last and those that were lowered or withdrawn."""
    few = ~rows["source_original"].duplicated(keep="last")
    few.iloc[0] = True
    few |= rows["ended"].notna() & (few.sum() + rows["ended"].notna().cumsum() <= _LISTED)
    shown, texts = rows if len(rows) <= _LISTED else rows[few], []
    several = len(rows["source_original"].unique()) > 1
    for row in shown.itertuples():
        behind = [source_in(rows, row.tally_id, locale)] if several else []
        behind.append(locale.window(*_report_days(row), found.spans_years))
        behind += [locale(f"told {row.status}")] if pd.notna(row.ended) else []
        texts.append(_windowed(row, behind, locale))
    if len(shown) < len(rows):
        texts.append(locale("more counts", number=len(rows) - len(shown)))
    return locale.join(texts)
