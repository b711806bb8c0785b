"""A row of years below an axis of days, for axes too narrow to name them among the days."""

from analysis.charts import style as theme
from analysis.charts.sheet import SMALL, Paper, leading, text_width

_APART = 0.08


def label_years(paper: Paper, begun: dict[float, int]) -> None:
    """Years from where each has ``begun`` (inches), in the second row below ``top``.

    The first and the last are named, and of those between as many as have room; a first one that
    is short gives way towards the margin.
    """
    y, placed = paper.top + 0.03 + 1.5 * leading(SMALL), []
    first, *between, last = sorted(begun)
    for x in (first, last, *between):
        text = str(begun[x])
        wide = text_width(text, SMALL)
        start = min(x, paper.left + paper.across - wide)
        if x == first and between:
            start = max(min(start, between[0] - _APART - wide), paper.left)
        if all(start >= end + _APART or start + wide + _APART <= at for at, end in placed):
            placed.append((start, start + wide))
            paper.write(start, y, text, SMALL, colour=theme.GREY)
