"""A figure that carries what it says, in print widths, as notebooks and files show it."""

from collections.abc import Callable

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.charts import style as theme
from analysis.language.locales import locale_of

WIDTHS = {"page": 175, "column": 85}
"""Widths in print, in millimetres."""
CARD, CARD_DPI = "card", 288
"""The width of a card to be passed on, of 1200 x 630 pixels: 7 points are 28 of them."""


class Chart(Figure):
    """A figure that carries what it says: title, caption, alt text and source, in its language.

    Attributes
    ----------
    numbers : DataFrame
        What is drawn (persons, dates).
    event_ids : list of str
        The statements that it rests on, of the dataset whose files have these ``sha256``.
    manifest : dict
        What the manifest says of it besides.
    readable : callable
        Gives the numbers as a table of texts.
    redraw : callable
        Draws it as it was asked for, in another ``language`` or ``width``.
    below_title : float
        Where the title ends, in inches from the top.
    """

    def __init__(self, name: str, language: str, width: str) -> None:
        self.locale = locale_of(language)
        if width not in (*WIDTHS, CARD):
            raise ValueError(f"width is {width!r}; widths are {' and '.join(WIDTHS)}")
        size = (1200 / CARD_DPI, 630 / CARD_DPI) if width == CARD else (WIDTHS[width] / 25.4, 3)
        super().__init__(figsize=size, facecolor="white")
        FigureCanvasAgg(self)
        self.name, self.language, self.width = name, language, width
        self.title = self.caption = self.alt = self.source = self.sha256 = ""
        self.numbers, self.event_ids, self.manifest = pd.DataFrame(), [], {}
        self.readable: Callable[[], pd.DataFrame] = pd.DataFrame
        self.below_title = 0.0
        self.redraw: Callable[..., Chart] | None = None

    def savefig(self, *place: object, **options: object) -> None:
        """Save as Matplotlib does, in the style that the letters were measured in."""
        with mpl.rc_context(theme.style()):
            super().savefig(*place, **options)

    def _repr_html_(self) -> str:
        """What a notebook shows: the picture with its alt text, caption and numbers."""
        from analysis.charts.pictures import chart_html

        return chart_html(self)

    def _ipython_display_(self) -> None:
        """The same and no second picture, which Matplotlib's own way of showing would add."""
        from IPython.display import display

        display({"text/html": self._repr_html_(), "text/plain": self.alt}, raw=True)

    def __repr__(self) -> str:
        """Its name and what it says, in a line."""
        return f"<Chart {self.name}, {self.language}, {self.width}: {self.title}>"
