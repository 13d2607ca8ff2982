"""Texts of the barcodes on a page, and which way up a QR code stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import zxingcpp
from PIL import Image

from app.imaging.pixels import Bits, millimetres

MAX_CODES = 32
_CELL_MM, _SPARE_MM = 2.0, 14.0
_DENSE = 0.3
_MAX_TEXT = 4096


@dataclass(frozen=True, slots=True)
class FoundCodes:
    """`texts` in reading order, each once: two equal 1D codes come back from the library once anyway.
    `turn`: quarter turns clockwise that put the QR codes upright; None without one, or when they disagree."""

    texts: tuple[str, ...]
    turn: int | None


def dense_part(ink: Bits, dpi: float) -> tuple[float, float, float, float] | None:
    """Where on a page a code can be (left, top, right, bottom as shares of it); None where none can.

    Half of every code's area is ink, and of a line of letters a quarter: a page of text is not searched.
    """
    side = max(2, round(millimetres(_CELL_MM, dpi)))
    rows, columns = ink.shape[0] // side, ink.shape[1] // side
    if rows < 4 or columns < 4:
        return 0.0, 0.0, 1.0, 1.0
    whole = Image.fromarray(ink.view(np.uint8) * np.uint8(255))
    cells = np.asarray(whole.reduce(side, box=(0, 0, columns * side, rows * side))) > _DENSE * 255
    # Codes are at least two cells high and four wide, or the other way round.
    across = cells[:-1] & cells[1:]
    block = across[:, :-3] & across[:, 1:-2] & across[:, 2:-1] & across[:, 3:]
    down = cells[:, :-1] & cells[:, 1:]
    tower = down[:-3] & down[1:-2] & down[2:-1] & down[3:]
    y = np.concatenate((np.nonzero(block)[0], np.nonzero(tower)[0]))
    if len(y) == 0:
        return None
    x = np.concatenate((np.nonzero(block)[1], np.nonzero(tower)[1]))
    # Beyond the densest cells a code goes on, and it needs its quiet zone.
    spare = round(_SPARE_MM / _CELL_MM)
    return (max(0.0, (x.min() - spare) / columns), max(0.0, (y.min() - spare) / rows),
            min(1.0, (x.max() + 4 + spare) / columns), min(1.0, (y.max() + 4 + spare) / rows))


def read_codes(straight: Image.Image, *, is_thorough: bool = False) -> FoundCodes:
    """All codes on a straight grey page of about 150 dpi, of every format.

    1D codes are found along the rows; `is_thorough` also looks for them along the columns, for codes smaller than
    they should be and for white ones on black, at four times the cost.
    """
    found = zxingcpp.read_barcodes(np.asarray(straight), try_rotate=is_thorough, try_downscale=is_thorough,
                                   try_invert=is_thorough)
    texts: dict[str, None] = {}
    turns: set[int] = set()
    for code in sorted(found, key=lambda one: (one.position.top_left.y, one.position.top_left.x)):
        if code.text and len(code.text) <= _MAX_TEXT and len(texts) < MAX_CODES:
            texts[code.text] = None
        if code.format == zxingcpp.BarcodeFormat.QRCode:
            turns.add(-round(code.orientation / 90) * 90 % 360)
    return FoundCodes(tuple(texts), turns.pop() if len(turns) == 1 else None)
