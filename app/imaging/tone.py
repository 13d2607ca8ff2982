"""Whether a page has colour worth keeping, and black-and-white where it was asked for."""

from __future__ import annotations

import numpy as np
from PIL import Image

from app.domain.scanning import Colour
from app.imaging.background import Paper
from app.imaging.pixels import Levels

_CHROMA = 46
"""Levels between the strongest and the weakest channel; fringes at the edges of black letters stay under 40."""

_COLOURED_FROM = 0.00012
"""Of the sheet: 7.5 mm², the shortest initials in blue."""

_INK_UNDER = 168
_LINES = [0] * _INK_UNDER + [255] * (256 - _INK_UNDER)


def colour_to_keep(asked: Colour, sample: Levels, paper: Paper) -> Colour:
    """What the page keeps: AUTO becomes COLOUR where there is a stamp, a signature or a picture, else GREY.

    `sample`: single pixels of the scan, as for the paper. A grey scan has no colour to keep.
    """
    if asked in (Colour.BILEVEL, Colour.GREY):
        return asked
    if sample.ndim == 2:
        return Colour.GREY
    if asked is Colour.COLOUR:
        return Colour.COLOUR
    return Colour.COLOUR if coloured_share(sample, paper) >= _COLOURED_FROM else Colour.GREY


def coloured_share(sample: Levels, paper: Paper) -> float:
    """Share of the pixels that have colour of their own, beyond the paper's tint."""
    tint = np.array(paper.tint, np.int16).round().astype(np.int16)
    tint -= tint.min()
    red, green, blue = (sample[..., channel].astype(np.int16) - tint[channel] for channel in range(3))
    chroma = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    return float((chroma > _CHROMA).mean())


def bilevel(clean: Image.Image) -> Image.Image:
    """A cleaned grey page in black and white; its paper is white already, so one level serves the whole page."""
    return clean.point(_LINES, "1")
