"""Lines of the toll as reported: the totals of one source, how long each stood, and their look."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.charts import style as theme
from analysis.figures import wording
from analysis.figures.reported.numbers import SOURCES, days_since
from analysis.figures.reported.words import source_in
from analysis.language.locales import Locale

_MARKERS = ("o", "s", "^", "D", "v", "P")
"""Signs of sources, so that they are told apart in grey."""


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
        return locale("headline row", label=self.name, count=wording.said(self.last, locale))


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
