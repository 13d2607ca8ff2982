"""Pages that say which they are: a number in black squares, read back from whatever picture it has become."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

_BITS = 10


@cache
def numbered_page(number: int, dpi: int = 75, is_colour: bool = True) -> bytes:
    """An A4 page as JPEG whose number is drawn in black squares, so that `number_on` reads it back."""
    width, height = round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)
    page = Image.new("RGB" if is_colour else "L", (width, height), "white")
    pen = ImageDraw.Draw(page)
    side = width // (_BITS + 4)
    for bit in range(_BITS):
        if number >> bit & 1:
            pen.rectangle((side * (bit + 2), side * 2, side * (bit + 3) - 1, side * 3 - 1), fill="black")
    pen.line((side * 2, side * 4, width - side * 2, side * 4), fill="black", width=2)
    written = io.BytesIO()
    page.save(written, "JPEG", quality=80, dpi=(dpi, dpi))
    return written.getvalue()


def number_on(content: bytes) -> int:
    """The number of a `numbered_page`, whatever picture format it has become."""
    with Image.open(io.BytesIO(content)) as opened:
        page = opened.convert("L")
    side = page.width // (_BITS + 4)
    return sum(
        1 << bit for bit in range(_BITS)
        if page.getpixel((side * (bit + 2) + side // 2, side * 2 + side // 2)) < 128  # type: ignore[operator]
    )
