"""Numbers and names in the toll as reported: beside the dots, behind the lines, above the plot."""

import numpy as np
import pandas as pd

from analysis.charts import style as theme
from analysis.charts.sheet import NORMAL, SMALL, Paper, leading, text_width, wrap
from analysis.charts.stairs import Panel
from analysis.figures import common, wording
from analysis.figures.reported.numbers import days_since

_LABELLED = 25
"""So many totals all have their number."""
_GUTTER = 1.5
"""Inches at most of names behind a plot."""
_DENSE = 0.3
"""Where dots are less far apart (inches) their numbers stand before them."""
_LAG = 3
"""Where a total ends more days before its report, its last day stands beside it."""
_WAYS = ((0, -1), (-1, -1.4), (-1, 0), (1, 1.4), (1, -1.4), (0, 1), (1, 0), (-1, 1.4))
"""Sides of a dot that its number can stand at: the line comes from below and goes on behind."""
_BEFORE = ((-1, 0), (-1, -1.4))
_OVER = ((0, -1), (1, -2))
"""Behind a total that was ended no line goes on upwards; the stroke at its end is small."""


def gutter(paper: Paper, rows: pd.DataFrame) -> float:
    """Inches behind a panel for the names of its sources, where it has several."""
    sources = rows["source_original"].unique()
    if len(rows["tally_id"].unique()) < 2 or not paper.page:
        return 0.0
    widest = max(text_width(wording.source(name, paper.say)) for name in sources)
    return min(widest + 0.12, _GUTTER)


def write_above(paper: Paper, rows: pd.DataFrame, shades: list[str]) -> None:
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


def numbered(rows: pd.DataFrame) -> list[int]:
    """Which totals have their number: the first, the last and those ended, then by what changed."""
    order = np.abs(np.diff(rows["low"].astype("float64"), prepend=0))
    order[[0, -1]] = order[rows["ended"].notna().to_numpy()] = np.inf
    chosen = np.argsort(-order, kind="stable").tolist()
    return chosen if len(rows) <= _LABELLED else chosen[: int(np.isinf(order).sum())]


def write_numbers(panel: Panel, rows: pd.DataFrame, colour: str, alone: bool) -> None:
    """The numbers beside the dots: of many totals the first, the last and those ended."""
    paper, say, chosen = panel.paper, panel.paper.say, numbered(rows)
    ended = rows["ended"].notna().to_numpy()
    if not alone:  # the last stands behind the plot
        chosen = sorted(chosen, key=lambda at: at == len(rows) - 1)
    apart = np.diff([panel.x(at) for at in rows["at"]], prepend=-9, append=99)
    lag = (rows["at"] - days_since(rows["date_end"]) > _LAG + 1).any() and paper.page
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


def name_sources(panel: Panel, ends: list[tuple[pd.DataFrame, str, list]]) -> None:
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
