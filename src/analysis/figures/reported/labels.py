"""Numbers and names in the toll as reported: beside the dots, behind the lines, above the plot."""

import numpy as np
import pandas as pd

from analysis.charts import style as theme
from analysis.charts.sheet import NORMAL, SMALL, Box, Paper, leading, text_width, wrap
from analysis.charts.stairs import Panel
from analysis.figures import figure, wording
from analysis.figures.reported.numbers import days_since
from analysis.figures.reported.words import source_in

Marking = tuple[str, str]
"""The colour and the marker of a source."""
_LABELLED = 25
"""So many totals all have their number."""
_GUTTER = 1.5
"""Inches at most of names behind a plot."""
_JOINT = 0.16
"""Inches between a plot and the names behind it, for lines that join them."""
_DENSE = 0.3
"""Where dots are less far apart (inches) their numbers stand before them."""
_LAG = 3
"""Where a total ends more days before its report, its last day stands beside it."""
_WAYS = ((0, -1), (-1, -1.4), (-1, 0), (1, 1.4), (1, -1.4), (0, 1), (1, 0), (-1, 1.4))
"""Sides of a dot that its number can stand at: the line comes from below and goes on behind."""
_FAR = (0.16, 0.26, 0.38, 0.55, 0.75)
"""Inches to words that a line joins to their dot, where none are clear beside it."""
_AWAY = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, 2), (-1, 2), (1, -2), (-1, -2), (1, 3), (1, -3))
"""Sides that these can stand at."""
_BEFORE = ((-1, 0), (-1, -1.4))
_AFTER = ((1, 0), (1, 1), (1, -1), (-1, 0), (0, 1))
"""Sides of the end of a line that its name can stand at."""
_OVER = ((0, -1), (1, -2))
"""Behind a total that was ended no line goes on upwards; the stroke at its end is small."""


def gutter(paper: Paper, rows: pd.DataFrame) -> float:
    """Inches behind a panel for the names of its sources, where it has several."""
    tallies = rows["tally_id"].unique()
    if len(tallies) < 2 or not paper.page:
        return 0.0
    names = max(text_width(source_in(rows, name, paper.locale)) for name in tallies)
    last = rows.drop_duplicates("tally_id", keep="last").itertuples()
    counts = max(text_width(wording.quoted(row, paper.locale), NORMAL, True) for row in last)
    return max(min(names + _JOINT + 0.05, _GUTTER), counts + _JOINT + 0.05)


def write_above(paper: Paper, rows: pd.DataFrame, markings: list[Marking]) -> None:
    """Several sources in a narrow figure: their signs and names, with their numbers."""
    locale, x, tall = paper.locale, paper.left, leading(SMALL)
    groups = [*rows.groupby("tally_id", sort=False)]
    for (tally_id, own), (shade, marker) in zip(groups, markings, strict=True):
        stood = own[own["ended"].isna()]
        name = source_in(rows, tally_id, locale)
        text = name
        if pd.isna(own["ended"].iloc[-1]):
            text = locale("headline row", label=name, count=wording.quoted(stood.iloc[-1], locale))
        wide = text_width(text, SMALL, True) + 0.1
        if x > paper.left and x + wide > paper.left + paper.across:
            x, paper.top = paper.left, paper.top + tall
        if len(groups) > 1:
            middle, look = paper.top + tall / 2, {"bold": True, "colour": theme.letters(shade)}
            paper.line([x + 0.04], [middle], "source", colour=shade, marker=marker, markersize=4.2)
            x += 0.1 + paper.write(x + 0.1, middle, text, SMALL, **look) + 0.14
    paper.top += tall * (len(groups) > 1)


def numbered(rows: pd.DataFrame) -> list[int]:
    """Which totals have their number: the first, the last and those ended, then by what changed."""
    order = np.abs(np.diff(rows["low"].astype("float64"), prepend=0))
    order[[0, -1]] = order[rows["ended"].notna().to_numpy()] = np.inf
    chosen = np.argsort(-order, kind="stable").tolist()
    return chosen if len(rows) <= _LABELLED else chosen[: int(np.isinf(order).sum())]


def write_numbers(
    panel: Panel, rows: pd.DataFrame, colour: str, dots: np.ndarray, alone: bool
) -> None:
    """The numbers beside the dots: of many totals the first, the last and those ended."""
    locale, chosen = panel.paper.locale, numbered(rows)
    ended = rows["ended"].notna().to_numpy()
    if not alone:  # the last stands behind the plot
        chosen = sorted(chosen, key=lambda at: at == len(rows) - 1)
    apart = np.diff([panel.x(at) for at in rows["at"]], prepend=-9, append=99)
    lag = (rows["at"] - days_since(rows["date_end"]) > _LAG + 1).any() and panel.paper.page
    lag = lag and len(rows["date_end"].unique()) > 1 and rows["count_kind"].iloc[0] == "toll"
    ways = _BEFORE + _WAYS if apart.min() < _DENSE else _WAYS
    for at in chosen:
        row = rows.iloc[at]
        texts = [wording.quoted(row, locale), wording.quoted(row, locale, short=True)]
        if lag and apart[at : at + 2].min() > 2 * _DENSE:
            date = locale.day(row["date_end"], panel.days.years)
            texts.insert(0, locale("total to", count=texts[0], date=date))
        look = {"struck": bool(ended[at]), "bold": bool(at == len(rows) - 1 and alone)}
        look |= {"link": figure.link_to(locale, row["event_id"]), "colour": theme.letters(colour)}
        place = panel.x(row["at"]), panel.y(row["low"] if pd.isna(row["high"]) else row["high"])
        sides = _OVER + ways if ended[at] else ways
        _write_at(panel, place, [*dict.fromkeys(texts)], sides, dots, **look)


def _write_at(
    panel: Panel,
    place: tuple[float, float],
    texts: list[str],
    ways: tuple,
    dots: np.ndarray,
    **look,
) -> None:
    """Words beside a dot, nearer to it than to any other; else farther off, joined by a line."""
    paper, others = panel.paper, dots[np.abs(dots - place).max(axis=1) > 0.01]

    def is_clear(box: Box) -> bool:
        return not len(others) or _distance(box, np.array([place])) < _distance(box, others) - 0.02

    def is_inside(box: Box) -> bool:
        return box[1] > panel.band[0] - 0.2 and box[3] < panel.base and box[0] > panel.days.x

    if paper.beside(*place, texts, ways, gap=0.065, fits=is_clear, **look):
        return
    for gap in _FAR:
        if box := paper.beside(*place, texts, _AWAY, gap=gap, fits=is_inside, **look):
            left, top, right, bottom = box
            ends = np.clip(place[0], left - 0.01, right + 0.01), np.clip(place[1], top, bottom)
            joined = [place[0], ends[0]], [place[1], ends[1]]
            paper.line(*joined, "leader", colour=look["colour"], thick=0.5)
            return


def _distance(box: Box, dots: np.ndarray) -> float:
    """Inches from a box to the nearest of some dots."""
    left, top, right, bottom = box
    away = np.maximum(0, np.maximum([left, top] - dots, dots - [right, bottom]))
    return float(np.hypot(*away.T).min())


def name_sources(
    panel: Panel,
    rows: pd.DataFrame,
    ends: list[tuple[pd.DataFrame, str, list]],
    dots: np.ndarray,
) -> None:
    """Each source behind its line with its last number; inside the plot where its line ended."""
    locale, last = panel.paper.locale, []
    for own, shade, stood in ends:
        name, row = source_in(rows, own["tally_id"].iloc[0], locale), own.iloc[-1]
        look = {"colour": theme.letters(shade)}
        if stood and stood[-1][3]:
            place = panel.x(stood[-1][1]), panel.y(stood[-1][2])
            _write_at(panel, place, [name], _AFTER, dots, **look)
            continue
        level = stood[-1][2] if stood else row["low"]
        stands = own[own["low"] == level].iloc[-1]
        last.append((level, name, wording.quoted(stands, locale), look))
    _write_behind(panel, sorted(last, key=lambda each: each[0]))


def _write_behind(panel: Panel, last: list[tuple[float, str, str, dict]]) -> None:
    """Names and numbers behind the plot at their heights, none on another, from the lowest up."""
    paper, x = panel.paper, panel.days.x + panel.days.wide + _JOINT
    across, floor, tops = paper.left + paper.across - x, panel.base + 0.05, []
    texts = [[*wrap(name, across, SMALL), count] for _, name, count, _ in last]
    talls = [leading(SMALL) * (len(lines) - 1) + leading(NORMAL) for lines in texts]
    for (level, *_), tall in zip(last, talls, strict=True):
        floor = min(panel.y(level) - tall / 2, floor - tall)
        tops.append(floor)
    ceiling = panel.base - panel.tall - 0.12
    for at in reversed(range(len(last))):
        top = max(tops[at], ceiling)
        ceiling, y = top + talls[at], panel.y(last[at][0])
        ends = [x - _JOINT + 0.01, x - 0.03], [y, top + talls[at] / 2]
        paper.line(*ends, "leader", colour=last[at][3]["colour"], thick=0.5)
        for line in texts[at]:
            bold = line is texts[at][-1]
            size = NORMAL if bold else SMALL
            top += leading(size)
            paper.write(x, top - leading(size) / 2, line, size, bold=bold, **last[at][3])
    paper.top = max(paper.top, ceiling)
