"""Names and numbers of the toll as reported: beside the dots, behind the lines, above the plot."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.charts import style as theme
from analysis.charts.sheet import SMALL, Box, Paper, leading, text_width, wrap
from analysis.charts.stairs import Panel
from analysis.figures import figure, wording
from analysis.figures.reported.numbers import SOURCES, days_since
from analysis.figures.reported.words import source_in
from analysis.language.locales import Locale

_MARKERS = ("o", "s", "^", "D", "v", "P")
"""Signs of sources, which differ in grey too."""
_LABELLED = 25
"""So many totals all have their number."""
_GUTTER = 1.75
"""Inches at most of names behind a plot."""
_JOINT = 0.16
"""Inches between a plot and the names behind it, for lines that join them."""
_DENSE = 0.3
"""Where dots are less far apart (inches) their numbers stand before them."""
_LAG = 3
"""Where a total ends more days before its report, its last day stands beside it."""
_WAYS = ((0, -1), (-1, -1.4), (-1, 0), (1, 1.4), (1, -1.4), (0, 1), (1, 0), (-1, 1.4))
"""Sides of a dot that its number can stand at: the line comes from below and goes on behind."""
_BEFORE = ((-1, 0), (-1, -1.4))
_AFTER = ((1, 0), (1, 1), (1, -1), (-1, 0), (0, 1))
"""Sides of the end of a line that its name can stand at."""
_OVER = ((0, -1), (1, -2))
"""Behind a total that was ended no line goes on upwards; the stroke at its end is small."""
_UP, _DOWN = ((0, -1), (-0.4, -0.9)), ((0.4, 0.9), (0.7, 0.7), (0, 1))
_ANYWHERE = (*_UP, *_DOWN, (-0.7, -0.7), (0.4, -0.9), (-0.4, 0.9), (0.7, -0.7), (-0.7, 0.7))
_LENGTHS = np.arange(0.14, 0.9, 0.06)
"""Where lines go that join words to their dot, across and down, and how many inches."""


class Stretch(NamedTuple):
    """Days (since 1970) in which a total stood, and whether it was lowered or withdrawn then."""

    start: float
    stop: float
    level: int
    ended: bool


class Line(NamedTuple):
    """The totals of a source in a panel; ``stretches`` in which one stood, of stocks none."""

    rows: pd.DataFrame
    name: str
    colour: str
    marker: str
    stretches: list[Stretch]

    @property
    def ends(self) -> bool:
        """Whether no total of it stands any more."""
        return bool(self.stretches) and self.stretches[-1].ended

    @property
    def last(self) -> pd.Series:
        """The total that stands at its end."""
        level = self.stretches[-1].level if self.stretches else self.rows["low"].iloc[-1]
        return self.rows[self.rows["low"] == level].iloc[-1]

    def with_count(self, locale: Locale) -> str:
        """Who counted, and the number that stands."""
        if self.ends:
            return self.name
        return locale("headline row", label=self.name, count=wording.quoted(self.last, locale))


def lines_of(
    frames: list[pd.DataFrame], colours: dict[str, str], locale: Locale
) -> list[list[Line]]:
    """The lines of some panels: a source has one look, and in a panel no two have the same."""
    drawn = pd.concat(frames)
    sources = [*drawn["source_original"].fillna("").unique()]
    stop = pd.concat([drawn["at"], days_of(drawn["ended"])]).max() // 1 + 1
    panels = []
    for frame in frames:
        looks, lines = _looks(colours[frame["party_id"].iloc[0]]), []
        for tally_id, rows in frame.groupby("tally_id", sort=False):
            source = rows["source_original"].fillna("").iloc[0]
            own = sources.index(source) % SOURCES
            look = looks.pop(own if own in looks else min(looks))
            stretches = [*_stretches(rows, stop)] if rows["count_kind"].iloc[0] != "stock" else []
            lines.append(Line(rows, source_in(frame, tally_id, locale), *look, stretches))
        panels.append(lines)
    return panels


def _looks(colour: str) -> dict[int, tuple[str, str]]:
    """Shades of a party's colour with a marker each."""
    dark, light = theme.mixed(colour, theme.INK, 0.6), theme.tint(colour, 0.62)
    shades = [colour, dark, light, theme.INK, colour, dark]
    return dict(enumerate(zip(shades, _MARKERS, strict=True)))


def days_of(times: pd.Series) -> pd.Series:
    """Where times of reports are on the axis: their minute, or the middle of their day."""
    days = days_since(times)
    return days.where(days % 1 > 0, days + 0.5)


def _stretches(rows: pd.DataFrame, stop: float) -> Iterator[Stretch]:
    """How long each total stood; a vaguer, lower number lowers nothing."""
    level, start, end = None, 0.0, stop
    ended = days_of(rows["ended"]).fillna(np.inf)
    for at, low, until in zip(rows["at"], rows["low"], ended, strict=True):
        if level is not None and end <= at:
            yield Stretch(start, end, level, True)
            level = None
        if level is not None and low < level:
            continue
        if level is not None:
            yield Stretch(start, at, level, False)
        level, start, end = low, at, until
    if level is not None:
        yield Stretch(start, min(end, stop), level, end < stop)


class _Label(NamedTuple):
    """Words of a place: the ``texts``, the first that has room, at some side (``ways``)."""

    place: tuple[float, float]
    texts: list[str]
    ways: tuple
    look: dict


def gutter(paper: Paper, lines: list[Line]) -> float:
    """Inches behind a panel for the names of its sources, where it has several."""
    if len(lines) < 2 or not paper.page:
        return 0.0
    names = max(text_width(line.with_count(paper.locale), SMALL, True) for line in lines)
    return min(names, _GUTTER) + _JOINT + 0.05


def write_above(paper: Paper, lines: list[Line], locale: Locale) -> None:
    """Several sources in a narrow figure: their signs and names, with their numbers."""
    if len(lines) < 2:
        return
    x, tall = paper.left, leading(SMALL)
    for line in lines:
        text, look = line.with_count(locale), {"bold": True, "colour": theme.letters(line.colour)}
        if x > paper.left and x + text_width(text, SMALL, True) + 0.1 > paper.left + paper.across:
            x, paper.top = paper.left, paper.top + tall
        middle, sign = paper.top + tall / 2, {"marker": line.marker, "markersize": 4.2}
        paper.line([x + 0.04], [middle], "source", colour=line.colour, **sign)
        x += 0.24 + paper.write(x + 0.1, middle, text, SMALL, **look)
    paper.top += tall


def numbered(rows: pd.DataFrame) -> list[int]:
    """Which totals have their number: all, or the first, the last and those ended."""
    ended = rows["ended"].notna()
    ended.iloc[[0, -1]] = True
    return [*range(len(rows))] if len(rows) <= _LABELLED else np.flatnonzero(ended).tolist()


def write_all(panel: Panel, lines: list[Line], dots: np.ndarray, crossed: int) -> None:
    """The names of several sources, then the numbers beside the dots.

    Where nothing else is left a joining line crosses the lines of totals, which are the first that
    are taken, so many (``crossed``).
    """
    labels = []
    if len(lines) > 1 and panel.paper.page:
        for line in [line for line in lines if line.ends]:
            place = panel.x(line.stretches[-1].stop), panel.y(line.stretches[-1].level)
            look = {"colour": theme.letters(line.colour)}
            labels.append(_Label(place, [line.name], _AFTER, look))
        _write_behind(panel, [line for line in lines if not line.ends])
    for line in lines:
        labels += _numbers(panel, line, alone=len(lines) == 1)
    _write_labels(panel, labels, dots, crossed)


def _numbers(panel: Panel, line: Line, alone: bool) -> Iterator[_Label]:
    """The number of each dot; of several sources the last stands behind the plot too."""
    locale, rows = panel.paper.locale, line.rows
    apart = np.diff([panel.x(at) for at in rows["at"]], prepend=-9, append=99)
    lag = (rows["at"] - days_since(rows["date_end"]) > _LAG + 1).any() and panel.paper.page
    lag = lag and len(rows["date_end"].unique()) > 1 and rows["count_kind"].iloc[0] == "toll"
    ways = _BEFORE + _WAYS if apart.min() < _DENSE else _WAYS
    for at in numbered(rows):
        row = rows.iloc[at]
        texts = [wording.quoted(row, locale), wording.quoted(row, locale, short=True)]
        if lag and apart[at : at + 2].min() > 2 * _DENSE:
            date = locale.day(row["date_end"], panel.days.years)
            texts.insert(0, locale("total to", count=texts[0], date=date))
        ended = pd.notna(row["ended"])
        look = {"struck": ended, "bold": bool(at == len(rows) - 1 and alone)}
        look |= {"link": figure.link_to(locale, row["event_id"])}
        look |= {"colour": theme.letters(line.colour)}
        place = panel.x(row["at"]), panel.y(row["low"] if pd.isna(row["high"]) else row["high"])
        yield _Label(place, [*dict.fromkeys(texts)], _OVER + ways if ended else ways, look)


def _write_labels(panel: Panel, labels: list[_Label], dots: np.ndarray, crossed: int) -> None:
    """Words beside their dots, else farther off, joined by a line that crosses nothing.

    Of a line that rises those above it go from its beginning on, each ending over its dot, those
    below it from its end back: so each joining line has the words of its neighbours on one side.
    """
    left = []
    for label in sorted(labels, key=lambda label: not label.look.get("bold")):
        towards = (*_UP, *_DOWN) if label.look.get("bold") else _UP
        if not (_write_beside(panel, label, dots) or _write_joined(panel, label, towards, (-1,))):
            left.append(label)
    left = [label for label in left[::-1] if not _write_joined(panel, label, _DOWN, (1,))]
    for label in left:
        if not _write_joined(panel, label, _ANYWHERE, (-1, 1, 0)):
            _write_joined(panel, label, _ANYWHERE, (-1, 1, 0), crossed)


def _write_beside(panel: Panel, label: _Label, dots: np.ndarray) -> bool:
    """Words beside their dot, where they are nearer to it than to any other."""
    place = np.array([label.place])
    others = dots[np.abs(dots - place).max(axis=1) > 0.01]

    def is_clear(box: Box) -> bool:
        return not len(others) or _distance(box, place) < _distance(box, others) - 0.02

    look = label.look | {"gap": 0.065, "fits": is_clear}
    return panel.paper.beside(*label.place, label.texts, label.ways, **look) is not None


def _write_joined(
    panel: Panel, label: _Label, towards: tuple, sides: tuple, crossed: int = 0
) -> bool:
    """Words at the end of a line from their dot, the shortest that crosses nothing else."""
    paper, days, taken = panel.paper, panel.days, np.array(panel.paper.taken[crossed:])

    def is_inside(box: Box) -> bool:
        return box[1] > panel.band[0] - 0.3 and box[3] < panel.base and box[0] > days.x

    for length, (across, down) in product(_LENGTHS, towards):
        points = np.linspace(label.place, np.add(label.place, (across * length, down * length)), 24)
        away = points[np.abs(points - label.place).max(axis=1) > 0.045]
        if not days.x < points[-1, 0] < days.x + days.wide + 0.01 or _meets(away, taken):
            continue
        ways = [(side, np.sign(down)) for side in sides]
        if paper.beside(*points[-1], label.texts, ways, gap=0, fits=is_inside, **label.look):
            colour = label.look["colour"]
            paper.line(*points[[0, -1]].T, "leader", colour=colour, thick=0.5)
            for x, y in away:
                paper.take(x, y, 0.03, 0.03)
            return True
    return False


def _meets(points: np.ndarray, boxes: np.ndarray) -> bool:
    """Whether any point lies in any box."""
    left, top, right, bottom = boxes.reshape(-1, 4).T
    x, y = points[:, :1], points[:, 1:]
    return bool(((left < x) & (x < right) & (top < y) & (y < bottom)).any())


def _distance(box: Box, dots: np.ndarray) -> float:
    """Inches from a box to the nearest of some dots."""
    left, top, right, bottom = box
    away = np.maximum(0, np.maximum([left, top] - dots, dots - [right, bottom]))
    return float(np.hypot(*away.T).min())


def _write_behind(panel: Panel, lines: list[Line]) -> None:
    """Names and numbers behind the plot at their heights, none on another, from the lowest up."""
    paper, x = panel.paper, panel.days.x + panel.days.wide + _JOINT
    across, floor, placed = paper.left + paper.across - x, panel.base + 0.05, []
    for line in sorted(lines, key=lambda line: line.last["low"]):
        texts = wrap(line.with_count(paper.locale), across, SMALL, True)
        level, tall = panel.y(line.last["low"]), leading(SMALL) * len(texts)
        floor = min(level - tall / 2, floor - tall)
        placed.append((floor, level, texts, theme.letters(line.colour)))
    ceiling = panel.base - panel.tall - 0.12
    for lowest, level, texts, colour in reversed(placed):
        top = max(lowest, ceiling)
        ceiling = top + leading(SMALL) * len(texts)
        ends = [x - _JOINT + 0.01, x - 0.03], [level, (top + ceiling) / 2]
        paper.line(*ends, "leader", colour=colour, thick=0.5)
        for at, text in enumerate(texts):
            y = top + leading(SMALL) * (at + 0.5)
            paper.write(x, y, text, SMALL, bold=True, colour=colour)
    paper.top = max(paper.top, ceiling)
