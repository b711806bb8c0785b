"""How figures look: colours, type and what each kind of fill means.

The colours of parties are distinct for colour-blind readers (Okabe and Ito,
https://jfly.uni-koeln.de/color/) and of different lightness in grey. The typeface is IBM
Plex Sans Arabic, which has both scripts; Matplotlib 3.11 shapes and orders Arabic by itself.
"""

import dataclasses
import functools
from pathlib import Path

from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb

INK, GREY, LIGHT = "#1a1a1a", "#5c5c5c", "#d9d9d9"
PALETTE = ("#0072b2", "#c04f00", "#3d3d3d", "#007a5a", "#a8447f", "#80631a", "#5b3f8c")
FAMILY = "IBM Plex Sans Arabic"
FAMILIES = [FAMILY, "DejaVu Sans"]
FONTS = Path(__file__).parent / "fonts"
_TICKS = {"color": GREY, "labelsize": 7, "major.size": 2.5, "major.width": 0.6}


@functools.cache
def style() -> dict:
    """Matplotlib parameters of all figures; registers the typeface on the first call."""
    import seaborn as sns  # takes a second, so only where something is drawn

    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)
        entries = font_manager.fontManager.ttflist
        # Filed as bold, which is also what a fallback typeface has.
        if path.stem.endswith("SemiBold"):
            entries[-1] = dataclasses.replace(entries[-1], name=FAMILY, weight=700)
    return {
        **sns.axes_style("ticks"),
        "font.family": FAMILIES,
        "font.size": 7.5,
        "text.hinting": "no_hinting",
        "text.parse_math": False,
        "text.color": INK,
        "axes.edgecolor": GREY,
        "axes.linewidth": 0.6,
        "axes.labelcolor": GREY,
        **{f"{axis}tick.{name}": value for axis in "xy" for name, value in _TICKS.items()},
        "figure.dpi": 100,
        "savefig.dpi": 300,
    }


def outlined(colour: str) -> dict:
    """Look of a number that is already inside another."""
    return {"facecolor": "white", "edgecolor": colour, "linewidth": 0.8}


def tint(colour: str, share: float) -> str:
    """A colour mixed with white: ``share`` of it, opaque."""
    # Transparent fills would take the hatching with them in PDF and SVG.
    return to_hex([1 - share * (1 - part) for part in to_rgb(colour)])


def hatched(colour: str, share: float = 0.16) -> dict:
    """Look of what happened within a window, the day unknown."""
    look = {"facecolor": tint(colour, share), "edgecolor": tint(colour, 0.6), "linewidth": 0.6}
    return look | {"hatch": "/////", "hatch_linewidth": 0.4}


def solid(colour: str, edge: str | None = None) -> dict:
    """Look of what is stated for certain."""
    return {"facecolor": colour, "edgecolor": edge or colour, "linewidth": 0.6}


def dotted(colour: str) -> dict:
    """Look of what follows from other numbers."""
    return {"facecolor": "none", "edgecolor": colour, "linewidth": 0.8, "linestyle": (0, (1, 1.5))}


def loose(colour: str) -> dict:
    """Look of the loosest reading."""
    return {"facecolor": tint(colour, 0.13), "edgecolor": "none"}


def plate() -> dict:
    """A white plate behind letters; unlike an outline it leaves them text in PDF and SVG."""
    return {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.8}
