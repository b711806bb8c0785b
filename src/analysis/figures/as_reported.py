"""The figure of the toll as reported: each count on the day that it was published."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.bounds import reported
from analysis.bounds.drawn import main_harm
from analysis.bounds.revisions import chosen_harm
from analysis.charts.days import draw_days
from analysis.charts.key import Draw, lined
from analysis.charts.sheet import SMALL, Paper
from analysis.charts.stairs import Panel, days_of_panels
from analysis.charts.style import GREY, INK, letters
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures import common, naming
from analysis.language.languages import Language

_LISTED = 8
_TALL, _ROW, _ARROW, _MANY = 1.4, 0.5, 0.14, 60
"""Inches of a figure of one tally, of each of several, of an arrow; so many counts have arrows."""
_FORMS = {"stands": "o", "updated": "o", "lowered": "X", "aside": "s"}


@dataclass(frozen=True)
class Reported(common.Found):
    """``panels`` are counts in order of publication; ``outlets``: who published is named."""

    outlets: bool


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    tallies: Collection[str] | None = None,
    outlets: bool = False,
) -> Reported:
    """The toll as reported: counts by day of publication, and the total that stood.

    A row for each of ``tallies``, else of the (three at most) tallies of everybody whose counts
    were published on most days. With ``outlets`` who published a count stands beside it, where
    there is room. Raises ValueError when no toll was published on two days.
    """
    if tallies is None:
        harm = harm or main_harm(dataset)
        tallies = reported.most_reported(dataset, harm)
    else:
        harm, tallies = chosen_harm(dataset, tallies, harm), [*dict.fromkeys(tallies)]
    drawn = reported.find_reported(dataset, tallies)
    days = reported.published_on(drawn)
    drawn = drawn[drawn["tally_id"].isin(days.index)]
    if not (days > 1).any():
        named = ", ".join(tallies)
        raise NothingToDrawError(f"nothing to draw: no toll of {named} was published on two days")
    told = reported.with_times(drawn)
    event_ids = [name for cell in drawn["event_ids"] for name in cell.split(";")]
    ends = drawn["published_earliest"].min(), drawn["published_latest"].max()
    days, shown = tuple(day.normalize() for day in ends), drawn[reported.COLUMNS]
    return Reported(dataset, shown, event_ids, harm, days, outlets, panels=told)


def words(found: Reported, say: Language) -> common.Telling:
    """From which count to which the total went; the counts, and what became of them, in the alt."""
    labels, drawn = naming.short_names(found.dataset, say, found.panels), found.numbers
    ways = {_change(rows) for rows in found.panels.values()}
    rows = [_rows_in_words(found, counts, say) for counts in found.panels.values()]
    names = [labels[name] for name in found.panels]
    parts = {"harm": say.term("harm", found.harm), "labels": say.listed(names)}
    if len(rows) > 1:
        way = ways.pop() if len(ways) == 1 and "lowered" not in ways else "went"
        title = say(f"title several {way}", **parts)
        told = zip(names, rows, strict=True)
        rows = [say("labelled", label=name, count=text) for name, text in told]
    else:
        (counts,) = found.panels.values()
        source = say.source(counts["source_original"].iloc[0])
        parts |= {"source": source} | _ends(found, counts, say)
        title = say(f"title reported {ways.pop()}", **parts)
    first, last = drawn["date_start"].min(), drawn["date_end"].max()
    same = drawn["date_end"].min() == last
    since = not same and pd.notna(first)  # where they end on different days
    days = say("days from", date=say.day(first)) if since else say.window(first, last)
    # Counts of the same days rise only because more was found.
    note = "note as reported" if same else "note as reported days"
    if same and first != last:
        note = "note as reported span"
    return common.Telling(title, rows, "what as reported", {"days": days}, [say(note)])


def _change(rows: pd.DataFrame) -> str:
    """How the total went; ``lowered`` where it rose before."""
    first, last = rows["level"].iloc[[0, -1]]
    if rows["level"].max() > max(first, last):
        return "lowered"
    return "rose" if last > first else "fell" if last < first else "stayed"


def _ends(found: Reported, rows: pd.DataFrame, say: Language) -> dict[str, str]:
    """First, greatest and last count that stood, with the day on which each was published."""
    first, last = reported.standing_ends(rows).itertuples()
    most = next(rows[rows["status"] != "aside"].nlargest(1, "level").itertuples())
    named = {"first": ("day", first), "most": ("peak", most), "last": ("until", last)}
    counts = {name: say.count(row.low, row.high) for name, (_, row) in named.items()}
    return counts | {day: _published(found, row, say) for day, row in named.values()}


def _published(found: Reported, row, say: Language) -> str:
    """The day of publication, or the days between which it was; its year where they differ."""
    first, last = found.days
    ends = row.published_earliest.normalize(), row.published_latest.normalize()
    return say.window(*ends, first.year != last.year)


def _rows_in_words(found: Reported, rows: pd.DataFrame, say: Language) -> str:
    """Counts of a tally; of many the first, the last and those that are doubtful."""
    doubtful, said = rows["status"].isin(["lowered", "aside"]), []
    few = rows.loc[rows.index[doubtful].union(reported.standing_ends(rows).index)]
    shown = rows if len(rows) <= _LISTED else few
    for row in shown.itertuples():
        count = say.count(row.low, row.high)
        if row.pages > 1:
            count = say("told by", count=count, number=row.pages)
        if doubtful[row.Index]:
            count = say("windowed", count=count, window=say(f"key told {row.status}"))
        hour = [f"{row.published_latest:%H:%M}"] * (row.at % 1 != 0.5)
        day = say.join([_published(found, row, say), *hour], "list")
        said.append(say("labelled", label=day, count=count))
    between = len(rows) - len(shown)
    return say.join([*said, *[say("counts between", number=between)] * (between > 0)])


def draw(paper: Paper, found: Reported) -> dict[str, Draw]:
    """A row a tally, all over the same days, each with its own scale."""
    say, labels = paper.say, naming.tally_labels(found.dataset, paper.say, found.panels)
    colours, several, panels = naming.tally_colours(found.dataset), len(found.panels) > 1, []
    reaches = [max(1, float(rows[["low", "high"]].max().max())) for rows in found.panels.values()]
    days = days_of_panels(paper, found.days, reaches)
    for (name, rows), reach in zip(found.panels.items(), reaches, strict=True):
        if several:
            ends = _ends(found, rows, say)
            alone = say("windowed", count=ends["last"], window=ends["until"])
            message = "from to lowered" if _change(rows) == "lowered" else "from to"
            change = say(message, **ends) if len(rows) > 1 else alone
            change = say.join([change, *[say("own scale")] * (len({*reaches}) > 1)])
            paper.heading(labels[name], colours[name])
            paper.paragraph(change, SMALL)
        panels.append(Panel(paper, days, reach, _ROW if several else _TALL, 0.3))
        _draw_told(panels[-1], rows, letters(colours[name]), _texts(found, rows, say))
    draw_days(paper, days, [panel.band for panel in panels])
    return _SIGNS


def _texts(found: Reported, rows: pd.DataFrame, say: Language) -> list[list[str]]:
    """What can be written beside each count: with who published it, or what became of it."""
    offices = found.dataset.reports.set_index("report_id")["source_office"]
    office = found.dataset.events.set_index("event_id")["report_id"].map(offices)
    changed = (rows["level"].diff() != 0) | (rows["status"] != "updated") | found.outlets
    texts = []
    for row, shown in zip(rows.itertuples(), changed, strict=True):
        count = say.count(row.low, row.high)
        options = [count]
        if row.status in ("lowered", "aside"):
            options.insert(0, say("windowed", count=count, window=say(f"key told {row.status}")))
        if found.outlets and pd.notna(office[row.event_id]):
            options.insert(0, say("windowed", count=count, window=office[row.event_id]))
        texts.append(options if shown else [])
    return texts


def _draw_told(panel: Panel, rows: pd.DataFrame, colour: str, texts: list[list[str]]) -> None:
    """The line of the total that stood, a mark a count, numbers where there is room."""
    paper, days = panel.paper, panel.days
    stood = reported.total_stood(rows)
    xs = [*np.repeat([panel.x(at) for at in stood["at"]], 2)[1:], panel.x(days.stop)]
    ys = [panel.y(level) for level in np.repeat(stood["level"], 2)]
    paper.line(xs, ys, "told total", colour=colour, thick=1.6, zorder=3)
    for start, stop, y, other in zip(xs, xs[1:], ys, ys[1:], strict=False):
        paper.take((start + stop) / 2, (y + other) / 2, abs(stop - start), abs(other - y) + 0.03)
    paper.take(days.x + days.wide / 2, panel.base + 0.12, days.wide, 0.24)  # of the axis
    few = len(rows) <= _MANY
    for row in rows.itertuples():
        _draw_count(panel, row, colour, few)
    order = np.abs(np.diff(rows["level"], prepend=0))
    order[[0, -1]] = np.inf, np.inf
    ways = [(0, -1), (-1, -1), (-1, 0), (1, 1), (0, 1), (1, 0)]
    for at in np.argsort(-order, kind="stable")[: 2 * _MANY]:
        row = rows.iloc[at]
        x, y, link = panel.x(row["at"]), panel.y(row["low"]), row["event_id"]
        link, lift = common.link_to(paper.say, link), _ARROW * (few and pd.isna(row["high"]))
        if texts[at] and not paper.beside(x, y - lift, texts[at], ways[:1], link=link):
            paper.beside(x, y, texts[at], ways[1:], link=link)


def _draw_count(panel: Panel, row, colour: str, few: bool) -> None:
    """When a count was published, how many it leaves open, and a mark; of ``few`` counts all."""
    paper, x, y = panel.paper, panel.x(row.at), panel.y(row.low)
    if row.until > row.since:
        ends, look = [panel.x(row.since), panel.x(row.until)], {"marker": "|", "markersize": 4}
        paper.line(ends, [y, y], "told time", colour=GREY, thick=0.7, **look)
    if pd.isna(row.high) and few:
        paper.arrow(x, y, (0, -_ARROW), GREY, thick=0.8)
        paper.shown.add("told open")
        paper.take(x, y - _ARROW / 2, 0.08, _ARROW)
    elif pd.notna(row.high) and row.high > row.low:
        top = panel.y(row.high)
        paper.line([x, x], [y, top], "told range", colour=GREY, marker="_", markersize=4)
        paper.take(x, (y + top) / 2, 0.08, y - top)
    if few or row.status in ("lowered", "aside"):
        link = common.link_to(paper.say, row.event_id)
        paper.line([x], [y], f"told {row.status}", link, **_mark(row.status, colour))
    paper.take(x, y, 0.08, 0.08)


def _mark(status: str, colour: str) -> dict:
    """A filled dot stands; a hollow one was counted further, a cross lowered, a square aside."""
    filled = status in ("stands", "lowered")
    face = INK if status == "lowered" else colour if filled else "white"
    edge = "white" if filled else colour if status == "updated" else INK
    look = {"marker": _FORMS[status], "markerfacecolor": face, "markeredgecolor": edge}
    size = 6.4 if status == "lowered" else 4.8
    return look | {"markersize": size, "markeredgewidth": 0.5 if filled else 1.1, "zorder": 5}


def _arrow(paper: Paper, x: float, y: float) -> None:
    paper.arrow(x + 0.12, y + 0.06, (0, -0.13), GREY, thick=0.8)


_SIGNS = {f"told {name}": lined(0.5, **_mark(name, GREY)) for name in _FORMS} | {
    "told open": _arrow,
    "told range": lined(0.5, 0.5, upright=True, marker="_", thick=0.8, markersize=4),
    "told time": lined(marker="|", thick=0.8, markersize=4),
    "told total": lined(thick=1.6),
}


plot_as_reported = common.figure("as_reported", numbers, words, draw)
