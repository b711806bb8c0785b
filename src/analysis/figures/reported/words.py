"""Words of the toll as reported: what became of it, what each panel is about, what signs mean."""

import numpy as np
import pandas as pd

from analysis.figures import common, naming, wording
from analysis.figures.reported import known_days
from analysis.figures.reported.numbers import Reported
from analysis.figures.standing_still import standing_still_in_words
from analysis.language.languages import Language

_LISTED = 4
"""So many totals of a panel are told in words."""
_TITLES = {
    True: ("title climbed", "title climbed short"),
    False: ("title changed", "title changed short"),
}
"""Titles of several parties, by whether all tolls rose."""
MANY = 60
"""Of more totals only those that have their number have a dot."""


def words(found: Reported, say: Language) -> common.Telling:
    """What became of the toll in the title; every panel in the alt text."""
    names = names_of(found, say)
    if found.asked:
        return known_days.words(found, names, say)
    rows = [
        say("labelled", label=name, count=_in_words(found, own, say))
        for name, own in zip(names, found.panels.values(), strict=True)
    ]
    first = found.panels[0]
    title, *shorter = _titles_of_several(found, say) or _titles(found, first, say)
    days = _days_counted(found, first, say)
    when = say("published", days=say.window(*found.days))
    many = max(map(len, found.panels.values())) > MANY
    what = "what reported many" if many else "what reported"
    about = {"when": when, "adds": False, "shorter": shorter}
    return common.Telling(title, rows, what, {"days": days}, _notes(found, say), **about)


def _days_counted(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """The days that the totals count, as far as they are the same for all."""
    drawn = found.numbers
    if (rows["count_kind"] == "stock").all():
        return say("days stock")
    only_again = drawn["again"].all()
    if only_again and len(drawn[["date_start", "date_end"]].drop_duplicates()) > 1:
        return say("days named")
    counted = (drawn["count_kind"] != "stock") & (only_again | ~drawn["again"])
    starts = drawn.loc[counted, "date_start"]
    first, last = starts.min(), rows["date_end"].max()
    if pd.isna(first):
        return say("days unknown")
    earliest = len(starts.unique()) > 1
    if len(rows["date_end"].unique()) > 1:
        return say("days earliest" if earliest else "days from", date=say.day(first))
    if earliest:
        return say("days earliest to", first=say.day(first), last=say.day(last))
    return say("on one day", date=say.day(last)) if first == last else say.window(first, last)


def _notes(found: Reported, say: Language) -> list[str]:
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
    notes = [say(name) for name, holds in held.items() if holds]
    events = found.dataset.events
    aside = events["tally_id"].isin(drawn["tally_id"]) & (events["reading"] == "aside")
    notes += [say("set aside", number=int(aside.sum()))] if aside.any() else []
    shown = [*drawn["tally_id"].unique()], [*drawn["event_id"]]
    notes += standing_still_in_words(found.dataset, say, *shown)[:1]
    return [" ".join(notes)]


def _is_spread(rows: pd.DataFrame) -> pd.Series:
    """Whether a total was published on one of several days."""
    return rows["published_until"] - rows["published_from"] > pd.Timedelta(days=1)


def _titles(found: Reported, rows: pd.DataFrame, say: Language) -> list[str]:
    """How the first panel's toll went: what was withdrawn, who says what, or from what to what.

    A shorter one leaves who counted, or when it was published, to the lines below it.
    """
    stood = rows[rows["ended"].isna()]
    parts = {"who": _who(found, rows, say)}
    peak = rows.loc[rows["low"].idxmax()]
    if pd.notna(peak["ended"]):
        return _titles_of_ended(found, peak, stood, say, **parts)
    latest = stood.drop_duplicates("tally_id", keep="last").sort_values("low", kind="stable")
    if len(latest) > 1:
        each = [
            say(
                "windowed",
                count=wording.said(row, say),
                window=source_in(rows, row.tally_id, say),
            )
            for row in latest.itertuples()
        ]
        return [say("title by sources", rows=say.join(each, "list"), **parts)]
    first, last = rows.iloc[0], stood.iloc[-1]
    parts |= {"first": wording.said(first, say), "last": wording.said(last, say)}
    parts["until"] = say.day(last["published_until"], found.several_years)
    ways = {1: "rose", 0: "stayed", -1: "fell"}
    title = say(f"title {ways[int(np.sign(last['low'] - first['low']))]}", **parts)
    return [wording.by_source(title, last["source_original"], say), title]


def _who(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """Whom a panel counts, and in which days where these were counted again."""
    who, first = wording.who(found.dataset, rows["tally_id"].iloc[0], say), rows.iloc[0]
    if not first["again"]:
        return who
    days = say.window(first["date_start"], first["date_end"], found.several_years)
    return say.join([who, days], "list")


def _titles_of_ended(
    found: Reported, peak: pd.Series, stood: pd.DataFrame, say: Language, **parts: str
) -> list[str]:
    """That the highest total was lowered or withdrawn, and what was published last."""
    parts |= _said_on(found, peak, say, "most", "peak", "by")
    if stood.empty:
        title = say(f"title only {peak['status']}", **parts)
        return [wording.by_source(title, peak["source_original"], say), title]
    last = stood.iloc[-1]
    parts |= _said_on(found, last, say, "last", "until", "source")
    if parts["by"] != parts["source"]:
        kinds = f"by {peak['status']}", f"short by {peak['status']}", f"short {peak['status']}"
        return [say(f"title {kind}", **parts) for kind in kinds]
    titles = [say(f"title {kind}", **parts) for kind in (peak["status"], f"short {peak['status']}")]
    return [wording.by_source(title, last["source_original"], say) for title in titles]


def _titles_of_several(found: Reported, say: Language) -> list[str]:
    """Of several panels of people to which number each went, and a shorter title; else none."""
    main = [own for own in found.panels.values() if own["harm"].iloc[0] == found.harm]
    main = [own for own in main if not own["again"].iloc[0]]
    if len(main) < 2:
        return []
    stood = [(own, own[own["ended"].isna()]) for own in main]
    ends = [(own.iloc[0], left.iloc[-1]) for own, left in stood if len(left)]
    rose, lasts = all(last["low"] >= first["low"] for first, last in ends), [end[1] for end in ends]
    people = [wording.people(found.dataset, last, say, at_least=True) for last in lasts]
    long, short = _TITLES[rose]
    titles = [say(long, rows=say.join(_with_label(found, last, say) for last in lasts))]
    parties = {own["party_id"].iloc[0] for own in main}
    if rose and all(people) and len(parties) == len(main):
        titles = [say("title climbed to", rows=say.listed(people))]
    sources = pd.concat(main)["source_original"].unique()
    source = sources[0] if len(sources) == 1 else None
    titles.append(say(short))
    return [wording.by_source(title, source, say) for title in titles]


def _with_label(found: Reported, row: pd.Series, say: Language) -> str:
    name = naming.in_sentence(found.dataset, row["tally_id"], say)
    return say("reported row", label=name, last=wording.said(row, say))


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
        return say("on one day", date=say.day(last, found.several_years))
    if first.day == 1 and last == first + pd.offsets.MonthEnd(0):
        month = say.month(first)
        if found.several_years:
            month = say("month of year", month=month, year=str(first.year))
        return say("in month", month=month)
    return say("on some day", days=say.window(first, last, found.several_years))


def _report_days(row) -> tuple[pd.Timestamp, pd.Timestamp]:
    return row.published_from.normalize(), row.published_until.normalize()


def _label(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """The name of those whom a panel counts, and the days where they are counted again."""
    label = wording.label(found.dataset, rows["tally_id"].iloc[0], say)
    if rows.get("again", pd.Series([False])).iloc[0]:
        days = say.window(rows["date_start"].iloc[0], rows["date_end"].iloc[0])
        label = say.join([label, days], "list")
    return label


def names_of(found: Reported, say: Language) -> list[str]:
    """The heading of each panel: whom it counts, and what happened to them where that differs."""
    names = []
    for rows in found.panels.values():
        harm, name = rows["harm"].iloc[0], _label(found, rows, say)
        if harm != found.harm or len({own["harm"].iloc[0] for own in found.panels.values()}) > 1:
            name = wording.with_harm(name, harm, say)
        names.append(name)
    return names


def source_in(rows: pd.DataFrame, tally_id: str, say: Language) -> str:
    """Who counted a tally of a panel, and since when where its sources differ in that."""
    starts = rows.groupby("tally_id", sort=False)["date_start"].agg(lambda days: days.iloc[-1])
    name = rows.loc[rows["tally_id"] == tally_id, "source_original"].iloc[0]
    name, start = wording.source(name, say), starts[tally_id]
    if pd.isna(start) or len(starts.unique()) == 1:
        return name
    return say("since", label=name, date=say.day(start, len(starts.dt.year.unique()) > 1))


def _in_words(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """Totals of a panel; of many the first, the last and those that were lowered or withdrawn."""
    few = ~rows["source_original"].duplicated(keep="last")
    few.iloc[0] = True
    few |= rows["ended"].notna() & (few.sum() + rows["ended"].notna().cumsum() <= _LISTED)
    shown, said = rows if len(rows) <= _LISTED else rows[few], []
    several = len(rows["source_original"].unique()) > 1
    for row in shown.itertuples():
        source = [source_in(rows, row.tally_id, say)] * several
        ended = [say(f"told {row.status}")] if pd.notna(row.ended) else []
        behind = [*source, say.window(*_report_days(row), found.several_years), *ended]
        said.append(say("windowed", count=wording.said(row, say), window=say.join(behind, "list")))
    between = len(rows) - len(shown)
    return say.join([*said, *[say("more counts", number=between)] * (between > 0)])
