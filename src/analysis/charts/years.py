"""A row of years below an axis of days, for axes too narrow to name them among the days."""

from analysis.charts import style as theme
from analysis.charts.sheet import SMALL, Paper, leading, text_width

_APART = 0.08


def label_years(paper: Paper, begun: dict[float, int]) -> None:
    """Years from where each has ``begun`` (inches), in the second row below ``top``.

    The first and the last are named, and of those between as many as have room.
    """
    y, placed = paper.top + 0.03 + 1.5 * leading(SMALL), []
    first, last, *between = sorted(begun, key=lambda x: x not in (min(begun), max(begun)))
    for x in (first, last, *between):
        text = str(begun[x])
        wide = text_width(text, SMALL)
        start = min(x, paper.left + paper.across - wide)
        if all(start >= end + _APART or start + wide + _APART <= at for at, end in placed):
            placed.append((start, start + wide))
            paper.write(start, y, text, SMALL, colour=theme.GREY)
