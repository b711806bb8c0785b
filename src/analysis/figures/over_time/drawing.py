"""The drawing of the figure over time: a staircase a row, all over the same days."""

import pandas as pd

from analysis.charts.days import day_number, draw_days
from analysis.charts.sheet import Paper
from analysis.charts.stairs import Panel, days_of_panels, draw_staircases, name_areas
from analysis.figures import readings
from analysis.figures.over_time.numbers import OverTime
from analysis.figures.over_time.words import staircases

_TALL, _MANY, _FEW = {1: 0.9, 2: 0.62}, 0.44, 3
"""Inches of so many rows, and of more; so many single days have a number of their own."""


def draw(paper: Paper, found: OverTime) -> None:
    """A row a tally, one below the other over the same days."""
    rows, panels = staircases(found, paper.locale), []
    days = days_of_panels(paper, found.days, [row.reach for row in rows])
    drawn = draw_staircases(paper, days, rows, _TALL.get(len(rows), _MANY))
    for row, (name, own), panel in zip(rows, found.panels.items(), drawn, strict=True):
        _draw_single_days(panel, own[own["tally_id"] == name], row.link)
        panels.append(panel)
    name_areas(panels, rows)
    draw_days(paper, days, [panel.band for panel in panels])


def _draw_single_days(panel: Panel, rows: pd.DataFrame, link: str | None) -> None:
    """A few days of which exactly so many are known: the number over the step."""
    rows, locale = readings.primary(rows), panel.paper.locale
    known = rows[(rows["low"] > 0) & (rows["low"] == rows["high"])]
    for row in known.itertuples() if len(known) <= _FEW else ():
        x, y = panel.x(day_number(row.date)) + panel.days.day / 2, panel.y(row.cumulative_low)
        text = locale("known on day", count=int(row.low), window=locale.day(row.date, year=False))
        panel.paper.beside(x, y, [text], [(0, -1), (-1, -1), (1, -1)], link=link)
