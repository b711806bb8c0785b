"""How figures look: colours, type, and the look of what is certain and possible.

The colours of parties are distinct for colour-blind readers (Okabe and Ito,
https://jfly.uni-koeln.de/color/) and of different lightness in grey. The typeface is IBM
Plex Sans Arabic, which has both scripts; Matplotlib 3.11 shapes and orders Arabic by itself.
"""

import dataclasses
import functools
from pathlib import Path

import numpy as np
from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb
from matplotlib.ft2font import FT2Font

INK, GREY, LIGHT = "#1a1a1a", "#5c5c5c", "#dedede"
PALETTE = ("#0072b2", "#e08a1e", "#6b1e4b", "#00855f", "#c2649a", "#8a6d1f", "#4a3b8f")
FAMILY = "IBM Plex Sans Arabic"
FAMILIES = [FAMILY, "DejaVu Sans"]
FONTS = Path(__file__).parent / "fonts"
STRIP, ARROW, FADES = 0.16, 0.2, 24
"""What is open: inches of the strip and of the arrow, and in how many steps it fades."""
_TINT, _CONTRAST = 0.24, 4.5


@functools.cache
def style() -> dict:
    """Matplotlib parameters of all figures; registers the typeface on the first call."""
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)
        entries = font_manager.fontManager.ttflist
        # Filed as bold, which is also what a fallback typeface has.
        if path.stem.endswith("SemiBold"):
            entries[-1] = dataclasses.replace(entries[-1], name=FAMILY, weight=700)
    return {
        "font.family": FAMILIES,
        "text.hinting": "no_hinting",
        "text.parse_math": False,
        "text.color": INK,
        "lines.solid_capstyle": "butt",
        "lines.dash_capstyle": "butt",
        "figure.dpi": 100,
        "savefig.dpi": 300,
    }


def typeface(bold: bool) -> FT2Font:
    """The typeface of figures, with the other one for signs that it lacks."""
    style()
    markings = [
        font_manager.FontProperties(family=name, weight="bold" if bold else "normal")
        for name in FAMILIES
    ]
    return font_manager.get_font([*map(font_manager.findfont, markings)])


def tint(colour: str, share: float = _TINT) -> str:
    """A colour mixed with white, opaque: the look of what is possible."""
    return mixed("white", colour, share)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour that has such a ``share`` of another."""
    both = zip(to_rgb(colour), to_rgb(other), strict=True)
    return to_hex([(1 - share) * one + share * two for one, two in both])


def fading(colour: str) -> list[str]:
    """Ever lighter tints, so that what is open has no edge."""
    return [tint(colour, _TINT * (1 - at / FADES)) for at in range(FADES)]


@functools.cache
def letters(colour: str) -> str:
    """A colour dark enough to be read on white (contrast of WCAG 2.2, level AA)."""
    parts = np.array(to_rgb(colour))
    while 1.05 / (_LUMINANCE @ _linear(parts) + 0.05) < _CONTRAST:
        parts = 0.95 * parts
    return to_hex(parts)


@functools.cache
def on_dark(colour: str) -> str:
    """A colour of the same hue, as light as the other is dark: for a page with a dark ground.

    Source: the space Oklab (https://bottosson.github.io/posts/oklab/), whose first axis is how
    light a colour looks.
    """
    light, *hue = _LIGHTNESS @ np.cbrt(_CONES @ _linear(np.array(to_rgb(colour))))
    turned = _GROUND + (_BRIGHT - _GROUND) * (1 - light)
    if np.hypot(*hue) > _STRONG:  # what is certain goes on carrying the ink
        turned = max(turned, _CERTAIN)
    cones = np.linalg.solve(_LIGHTNESS, [turned, *hue]) ** 3
    linear = np.clip(np.linalg.solve(_CONES, cones), 0, 1)
    return to_hex(np.where(linear > 0.0031, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear))


_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LIGHTNESS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_GROUND, _BRIGHT = 0.21, 1.1
_STRONG, _CERTAIN = 0.09, 0.66
"""How light white becomes, and what black would; how light a colour that strong is at least."""


def _linear(parts: np.ndarray) -> np.ndarray:
    """How much light there is of each colour of a screen (sRGB, IEC 61966-2-1)."""
    return np.where(parts > 0.04045, ((parts + 0.055) / 1.055) ** 2.4, parts / 12.92)


_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
