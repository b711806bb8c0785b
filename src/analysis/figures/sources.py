"""The figure of sources side by side: who says what of the same people and days, and when."""

from collections.abc import Iterator

import pandas as pd

from analysis.charts.bars import Range, Row, draw_blocks
from analysis.charts.sheet import Paper
from analysis.figures import figure, naming, wording
from analysis.figures.colours import tally_colours
from analysis.figures.compared import STANDS, Compared, numbers
from analysis.language.locales import Locale

_NEAR = 20
"""Numbers are near where one differs from the other by at most so many per cent."""
_LISTED = 3
"""So many sources are named in a title with their numbers."""


def words(found: Compared, locale: Locale) -> figure.FigureText:
    """Whether sources differ in the title; every source's number and its day in the alt text."""
    rows, rooms = [], []
    for own in found.panels.values():
        said = [_with_source(row, _behind(found, row, locale), locale) for row in own.itertuples()]
        rows.append(locale("labelled", label=_name(found, own, locale), count=locale.join(said)))
        rooms += _rooms(own, locale)
    cites = bool((found.numbers["relies_on"] != "").any())
    notes = [locale("note sources"), *[locale("note relies")] * cites, *rooms]
    source = _sources(found, locale) if found.numbers["of_other"].any() else ""
    about = {"notes": [" ".join(notes)], "source": source, "adds": False}
    return figure.FigureText(_title(found, locale), rows, "what sources", **about)


def _sources(found: Compared, locale: Locale) -> str:
    """Who counted in the dataset, then in the other one, with the days of its numbers."""
    others = found.numbers[found.numbers["of_other"]]
    first = naming.source_line(found.dataset, found.events, locale)
    names = locale.join(naming.source_names(found.other, others["tally_id"], locale), "list")
    days = locale.window(others["date_start"].min(skipna=False), others["date_end"].max())
    return f"{first} {locale('source beside', sources=names or locale('no source'), days=days)}"


def _title(found: Compared, locale: Locale) -> str:
    """How near another dataset is to those whom it cites, else what the sources say."""
    panels = [*found.panels.values()]
    if pairs := [pair for own in panels for pair in _cited(own)]:
        return _how_near(pairs, locale)
    own = next(filter(_differ_on_one_day, panels), panels[0])
    who = wording.who(found.dataset, _tally(own), locale)
    if _differ_on_one_day(own):
        return _on_one_day(found, own, who, locale)
    standing = own[own["status"].isin(STANDS)]
    about = {"who": who, "count": _range(standing, locale)}
    if len(standing) == len(own):
        witnesses = own.loc[own["relies_on"] == "", "source_original"]
        if len(witnesses) == 1:
            source = wording.source(witnesses.iloc[0], locale)
            return locale("title relayed", source=source, **about)
        if len(own[["low", "high"]].drop_duplicates()) == 1:
            return locale("title agree", **about)
    if len(own) > _LISTED:
        return locale("title sources", **about)
    rows = pd.concat([standing, own.drop(standing.index)]).itertuples()
    listed = (_with_source(row, _marks(row, locale), locale) for row in rows)
    return locale("labelled", label=who, count=locale.join(listed, "list"))


def _cited(own: pd.DataFrame) -> Iterator[tuple]:
    """Each number of another dataset with the one that stands of a source that it relies on."""
    standing = own[own["status"].isin(STANDS)]
    for row in standing[standing["of_other"]].itertuples():
        for cited in standing[~standing["of_other"]].itertuples():
            if cited.source_original in row.relies_on.split(";"):
                yield row, cited


def _how_near(pairs: list[tuple], locale: Locale) -> str:
    """In how many comparisons a number is near the one of the source that it relies on."""
    near = sum(_is_near(row.low, cited.low, cited.high) for row, cited in pairs)
    others, cited = (
        locale.listed(dict.fromkeys(wording.source(row.source_original, locale) for row in rows))
        for rows in zip(*pairs, strict=True)
    )
    about = {"number": len(pairs), "share": _NEAR, "source": others, "cited": cited}
    if not near:
        return locale("title far", **about)
    return locale("title near one" if len(pairs) == 1 else "title near", near=near, **about)


def _is_near(number: int, low: int, high: int | None) -> bool:
    """Whether a number is near another, or near a range."""
    high = low if pd.isna(high) else high
    return low * (100 - _NEAR) <= number * 100 <= high * (100 + _NEAR)


def _differ_on_one_day(own: pd.DataFrame) -> bool:
    """Whether what sources said last, on one day, leaves no number that all allow.

    Numbers that others have since left far behind are no news.
    """
    told = own.dropna(subset=["same_day_low"])
    least, most = told["same_day_low"], told["same_day_high"].dropna()
    if most.empty or least.max() <= most.min() or least.ne(told["low"]).any():
        return False
    return _is_near(own["low"].max(), least.max(), None)


def _on_one_day(found: Compared, own: pd.DataFrame, who: str, locale: Locale) -> str:
    """What sources said on one day: each number, of many the lowest and the highest."""
    told = own.dropna(subset=["same_day_low"])
    told = told.assign(low=told["same_day_low"], high=told["same_day_high"], stated="")
    rows = locale.join((_with_source(row, [], locale) for row in told.itertuples()), "list")
    if len(told) > _LISTED:
        rows = _range(told, locale)
    day = locale.day(told["same_day"].iloc[0], _with_year(found))
    return locale("title told", who=who, rows=rows, date=day)


def _range(rows: pd.DataFrame, locale: Locale) -> str:
    """From the lowest number to the highest, which may be one that is open."""
    low, most, high = rows["low"].min(), rows["low"].max(), rows["high"].max()
    if pd.notna(high) and high >= most:
        return locale.count(low, high)
    last = locale.count(most, None)
    return locale("range", low=int(low), high=last) if most > low else last


def _tally(own: pd.DataFrame) -> str:
    """The tally of the dataset that a panel is named by."""
    return own["tally_id"][~own["of_other"]].iloc[0]


def _name(found: Compared, own: pd.DataFrame, locale: Locale) -> str:
    """Whom a panel counts."""
    return naming.tally_name(found.dataset, _tally(own), locale)


def _with_source(row, behind: list[str], locale: Locale) -> str:
    """A number with its source, and what is to be known about it."""
    marks = locale.join([wording.source(row.source_original, locale), *behind], "list")
    return locale("windowed", count=wording.quoted(row, locale), window=marks)


def _marks(row, locale: Locale) -> list[str]:
    """What became of a number, or that no page states it."""
    if pd.notna(row.events):
        return [locale("calculated from", number=row.events)]
    if row.status == "calculated":
        return [locale("calculated")]
    return [] if row.status in STANDS else [locale(f"told {row.status}")]


def _behind(found: Compared, row, locale: Locale) -> list[str]:
    """What stands behind a number: when it was published, who is cited, and of which days it is."""
    years = _with_year(found)
    said = [] if pd.notna(row.events) else [locale.day(row.reported, years)]
    if row.relies_on:
        cited = locale.listed(map(locale.source, row.relies_on.split(";")))
        said.append(locale("relies on", sources=cited))
    said += _marks(row, locale)
    days = locale.window(row.date_start, row.date_end, years)
    if days != locale.window(*found.days, years):
        said.append(locale("days counted", days=days))
    return said


def _with_year(found: Compared) -> bool:
    """Whether days are said with their year: it stands with the days counted where it is one."""
    return bool((found.numbers["reported"].dt.year != found.days[1].year).any())


def _rooms(own: pd.DataFrame, locale: Locale) -> list[str]:
    """Whose earlier numbers leave less room than another source states."""
    limits = own[(own["status"] == "calculated") & (own["high"] < own["low"].max())]
    said = []
    for row in limits.itertuples():
        source, day = wording.source(row.source_original, locale), locale.day(row.reported, False)
        said.append(locale("room", source=source, date=day, most=int(row.high)))
    return said


def draw(paper: Paper, found: Compared) -> None:
    """A row a source, its bar and number, behind it the day; a block for some people and days."""
    others = found.numbers["event_ids"][found.numbers["of_other"]]
    if len(others):
        paper.chart.manifest["other_event_ids"] = ";".join(others).split(";")
        paper.chart.manifest["other_sha256"] = found.other.sha256
    names, blocks = [], []
    for own in found.panels.values():
        names.append(_name(found, own, paper.locale))
        blocks.append([_row(found, own, row, paper.locale) for row in own.itertuples()])
    draw_blocks(paper, names, blocks)
    paper.shown.clear()  # each number stands beside its bar


def _row(found: Compared, own: pd.DataFrame, row, locale: Locale) -> Row:
    """The bar of a source; none of a number that stands no longer, which is struck through."""
    counts = Range(row.low, row.high) if row.status in STANDS else None
    colour = tally_colours(found.dataset)[_tally(own)]
    name = locale.capital(wording.source(row.source_original, locale))
    more = locale.join(_behind(found, row, locale), "list")
    link = None if row.of_other else figure.link_to(locale, row.event_ids.split(";")[0])
    count = wording.quoted(row, locale)
    return Row(counts, count, colour, name, more, link, struck=counts is None)


plot_sources = figure.make_plot("sources", numbers, words, draw)
