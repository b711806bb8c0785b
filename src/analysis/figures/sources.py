"""The figure of sources side by side: who says what of the same people and days, and when."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.bounds.compared import Names
from analysis.bounds.sources import find_sources
from analysis.charts.bars import Range, Row, Rows
from analysis.charts.sheet import Paper
from analysis.data.dataset import Dataset
from analysis.figures import figure, naming, wording
from analysis.figures.colours import tally_colours
from analysis.language.locales import Locale

_NEAR = 20
"""Numbers are near where one differs from the other by at most so many per cent."""
_LISTED = 3
"""So many sources are named in a title with their numbers."""
_STANDS = ("stands", "from_below", "replaced", "calculated")


@dataclass(frozen=True)
class Compared(figure.FigureData):
    """What each source says last, a panel for some people and days; ``other`` is the dataset."""

    other: Dataset | None = None


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    days: tuple[date | str, date | str] | None = None,
    pairs: Mapping[str, Names] | None = None,
    other: Dataset | None = None,
    relies: Mapping[str, Names] | None = None,
) -> Compared:
    """Who says what of the same people and days: a row a source, with the day it said so.

    They are the people (party, harm, group, cause, perpetrator and area) and days of whom most
    sources speak, for each of ``parties`` where they are named. Each of ``pairs`` is a tally with
    those that count the same people under another cause, perpetrator or area; they can be tallies
    of an ``other`` dataset. ``days`` (first, last) are those asked about: where a source states no
    number for just these, what its statements say of them is calculated. ``relies`` names for a
    source those that it cites ({"UCDP": "SOHR"}), so that it is no second witness. There is
    nothing to draw where fewer than two sources speak of the same people and days.

    Examples
    --------
    >>> import analysis
    >>> dataset, other = analysis.load("data/fortnight"), analysis.load("data/ucdp")
    >>> pairs = {"sohr_islamic_state": "ucdp-234-killed-dyad-14620"}
    >>> figure = analysis.plot_sources(dataset, pairs=pairs, other=other)
    >>> figure.numbers["source_original"].tolist()
    ['SOHR', 'UCDP']
    """
    drawn = find_sources(dataset, harm, parties, days, pairs, other, relies)
    span = drawn["date_start"].min(skipna=False), drawn["date_end"].max()
    named = ";".join(drawn["event_ids"][~drawn["of_other"]]).split(";")
    panels = dict([*drawn.groupby("panel")])
    about = {"panels": panels, "other": other}
    return Compared(dataset, drawn, [*dict.fromkeys(named)], drawn["harm"].iloc[0], span, **about)


def words(found: Compared, locale: Locale) -> figure.FigureText:
    """Whether sources differ in the title; every source's number and its day in the alt text."""
    rows = []
    for name, own in zip(_names(found, locale), found.panels.values(), strict=True):
        said = [_with_source(row, _behind(found, row, locale), locale) for row in own.itertuples()]
        rows.append(locale("labelled", label=name, count=locale.join(said)))
    notes = [locale("note sources")]
    notes += [locale("note relies")] * bool((found.numbers["relies_on"] != "").any())
    notes += [text for own in found.panels.values() for text in _rooms(found, own, locale)]
    source = _sources(found, locale) if found.numbers["of_other"].any() else ""
    title, notes = _title(found, locale), [" ".join(notes)]
    return figure.FigureText(title, rows, "what sources", None, notes, source, adds=False)


def _sources(found: Compared, locale: Locale) -> str:
    """Who counted in the dataset, then in the other one, with the days of its numbers."""
    own, others = (found.numbers[found.numbers["of_other"] == of] for of in (False, True))
    first = naming.source_line(found.dataset, [*own["tally_id"]], found.event_ids, locale)
    names = locale.join(naming.source_names(found.other, others["tally_id"], locale), "list")
    days = locale.window(others["date_start"].min(skipna=False), others["date_end"].max())
    return f"{first} {locale('source beside', sources=names or locale('no source'), days=days)}"


def _title(found: Compared, locale: Locale) -> str:
    """How near another dataset is to those whom it cites, else what the sources say."""
    panels = [*found.panels.values()]
    pairs = [pair for own in panels for pair in _cited(own)]
    if pairs:
        return _how_near(pairs, locale)
    own = next(filter(_differ_on_one_day, panels), panels[0])
    who = wording.who(found.dataset, _tally(own), locale)
    if _differ_on_one_day(own):
        return _told_on_one_day(found, own, who, locale)
    standing = own[own["status"].isin(_STANDS)]
    count = _range(standing, locale)
    if len(standing) == len(own):
        witnesses = standing[standing["relies_on"] == ""]
        if len(witnesses) == 1:
            source = wording.source(witnesses["source_original"].iloc[0], locale)
            return locale("title relayed", who=who, count=count, source=source)
        if len(standing[["low", "high"]].drop_duplicates()) == 1:
            return locale("title agree", who=who, count=count)
    if len(own) > _LISTED:
        return locale("title sources", who=who, count=count)
    rows = pd.concat([standing, own.drop(standing.index)]).itertuples()
    listed = (_with_source(row, _marks(row, locale), locale) for row in rows)
    return locale("labelled", label=who, count=locale.join(listed, "list"))


def _cited(own: pd.DataFrame) -> Iterator[tuple]:
    """Each number of another dataset with the one that stands of a source that it relies on."""
    standing = own[own["status"].isin(_STANDS)]
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
    parts = {"number": len(pairs), "share": _NEAR, "source": others, "cited": cited}
    if not near:
        return locale("title far", **parts)
    return locale("title near one" if len(pairs) == 1 else "title near", near=near, **parts)


def _is_near(number: int, low: int, high: int | None) -> bool:
    """Whether a number is near another, or near a range."""
    high = low if pd.isna(high) else high
    return low * (100 - _NEAR) <= number * 100 <= high * (100 + _NEAR)


def _told_on_one_day(found: Compared, own: pd.DataFrame, who: str, locale: Locale) -> str:
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


def _differ_on_one_day(own: pd.DataFrame) -> bool:
    """Whether what sources said last, on one day, leaves no number that all allow.

    Numbers that others have since left far behind are no news.
    """
    told = own.dropna(subset=["same_day_low"])
    least, most = told["same_day_low"], told["same_day_high"].dropna()
    if most.empty or least.max() <= most.min() or least.ne(told["low"]).any():
        return False
    return _is_near(own["low"].max(), least.max(), None)


def _tally(own: pd.DataFrame) -> str:
    """The tally of the dataset that a panel is named by."""
    return own["tally_id"][~own["of_other"]].iloc[0]


def _names(found: Compared, locale: Locale) -> list[str]:
    """Whom each panel counts."""
    return [naming.tally_name(found.dataset, _tally(own), locale) for own in found.panels.values()]


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
    return [] if row.status in _STANDS else [locale(f"told {row.status}")]


def _behind(found: Compared, row, locale: Locale) -> list[str]:
    """What stands behind a number: when it was published, who is cited, and of which days it is."""
    years = _with_year(found)
    said = [] if pd.notna(row.events) else [locale.day(row.reported, years)]
    if row.relies_on:
        said.append(
            locale("relies on", sources=locale.listed(map(locale.source, row.relies_on.split(";"))))
        )
    said += _marks(row, locale)
    days = locale.window(row.date_start, row.date_end, years)
    if days != locale.window(*found.days, years):
        said.append(locale("days counted", days=days))
    return said


def _with_year(found: Compared) -> bool:
    """Whether days are said with their year: it stands with the days counted where it is one."""
    return bool((found.numbers["reported"].dt.year != found.days[1].year).any())


def _rooms(found: Compared, own: pd.DataFrame, locale: Locale) -> list[str]:
    """Whose earlier numbers leave less room than another source states."""
    limits = own[(own["status"] == "calculated") & (own["high"] < own["low"].max())]
    return [
        locale(
            "room",
            source=wording.source(row.source_original, locale),
            date=locale.day(row.reported, year=False),
            most=int(row.high),
        )
        for row in limits.itertuples()
    ]


def draw(paper: Paper, found: Compared) -> None:
    """A row a source, its bar and number, behind it the day; a block for some people and days."""
    locale = paper.locale
    others = found.numbers["event_ids"][found.numbers["of_other"]]
    if len(others):
        about = {"other_event_ids": ";".join(others).split(";")}
        paper.chart.manifest |= about | {"other_sha256": found.other.sha256}
    drawn = [
        [_row(found, own, row, locale) for row in own.itertuples()] for own in found.panels.values()
    ]
    rows = Rows(paper, [row for block in drawn for row in block])
    for name, block in zip(_names(found, locale), drawn, strict=True):
        if len(drawn) > 1:
            paper.heading(name, block[0].colour)
        for row in block:
            rows.draw(row)
    paper.shown.clear()  # each number stands beside its bar


def _row(found: Compared, own: pd.DataFrame, row, locale: Locale) -> Row:
    """The bar of a source; none of a number that stands no longer, which is struck through."""
    counts = Range.of(row.low, row.high) if row.status in _STANDS else None
    colour = tally_colours(found.dataset)[_tally(own)]
    more = locale.join(_behind(found, row, locale), "list")
    link = None if row.of_other else figure.link_to(locale, row.event_ids.split(";")[0])
    name = locale.capital(wording.source(row.source_original, locale))
    said = wording.quoted(row, locale)
    return Row(counts, said, colour, name, more, link, struck=counts is None)


plot_sources = figure.make_plot("sources", numbers, words, draw)
