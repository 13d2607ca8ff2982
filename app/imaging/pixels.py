"""What a scan is made of before anything is done to it: grey or colour, and how many pixels to the inch."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Bits = NDArray[np.bool_]
Levels = NDArray[np.uint8]
Numbers = NDArray[np.float32]
Picture = Image.Image | Levels

A4_INCHES: Final = (8.268, 11.693)
LEAST_DPI: Final = 200
"""Nghị định 30/2020/NĐ-CP, Phụ lục I."""

LOOK_DPI: Final = 100
"""At which pages are judged: letters are still letters, and the picture is a ninth of 300 dpi."""

_USUAL_DPI = (75, 100, 150, 200, 240, 300, 400, 600, 1200)


def grey_or_colour(picture: Picture) -> Image.Image:
    """`picture` in mode L or RGB; what is transparent becomes paper."""
    page: Any = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    if page.mode in ("L", "RGB"):
        return page  # type: ignore[no-any-return]
    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        clear = page.convert("RGBA")
        ground = Image.new("RGB", page.size, (255, 255, 255))
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    if page.mode.startswith("I;16"):
        return page.point(lambda level: level / 256).convert("L")  # type: ignore[no-any-return]
    return page.convert("L" if page.mode == "1" else "RGB")  # type: ignore[no-any-return]


def grown(mask: Bits, by: int) -> Bits:
    """`mask` with everything within `by` pixels of it, along rows and columns."""
    wider = mask.copy()
    for _ in range(by):
        before = wider.copy()
        wider[1:] |= before[:-1]
        wider[:-1] |= before[1:]
        wider[:, 1:] |= before[:, :-1]
        wider[:, :-1] |= before[:, 1:]
    return wider


def dpi_of(page: Image.Image, said: object) -> int:
    """Pixels to the inch: what the scanner said when it makes a sheet of paper, otherwise guessed from A4.

    Phones and cameras write 72 or 96 whatever they took, so a sheet over 43 cm is not believed.
    """
    try:
        told = float(said[0]) if isinstance(said, (tuple, list)) else float(said)  # type: ignore[arg-type]
    except (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError):
        told = 0.0
    longest = max(page.size)
    if 50 <= told <= 2400 and longest / told <= 17.0:
        return round(told)
    guess = longest / A4_INCHES[1]
    nearest = min(_USUAL_DPI, key=lambda usual: abs(usual / guess - 1))
    return nearest if abs(nearest / guess - 1) < 0.09 else max(1, round(guess))


def millimetres(length: float, dpi: float) -> float:
    """Pixels of a length on paper."""
    return length / 25.4 * dpi
