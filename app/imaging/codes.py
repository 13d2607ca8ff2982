"""Texts of the barcodes on a page, and which way up a QR code stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import zxingcpp
from PIL import Image

MAX_CODES = 32
_MAX_TEXT = 4096


@dataclass(frozen=True, slots=True)
class FoundCodes:
    """`texts` in reading order, each once: two equal 1D codes come back from the library once anyway.
    `turn`: quarter turns clockwise that put the QR codes upright; None without one, or when they disagree."""

    texts: tuple[str, ...]
    turn: int | None


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
