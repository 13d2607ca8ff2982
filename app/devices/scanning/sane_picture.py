"""A page as `scanimage` gives it (PNM, every sample) made into what is stored: whole or not at all.

Colour and grey become JPEG of quality 90 without colour subsampling (a red stamp's edge stays sharp), about
a tenth of the samples; two colours become PNG. Both say their resolution, which PNM cannot.
"""

from __future__ import annotations

import io
import re

from PIL import Image

from app.devices.scanning.port import ScanTrouble, trouble_error

_HEAD = re.compile(rb"(?P<kind>P[456])\s(?:#[^\n]*\n\s*)*(?P<width>\d+)\s+(?P<height>\d+)\s(?:(?P<most>\d+)\s)?")
QUALITY = 90


def encode_page(pnm: bytes | memoryview, dpi: int) -> tuple[bytes, str]:
    """The page's bytes and mime. Raises `IO` when it was cut short or is no PNM."""
    size = _size(pnm)
    if size is None:
        raise trouble_error(ScanTrouble.IO, detail="no_picture")
    if len(pnm) != size:
        raise trouble_error(ScanTrouble.IO, detail="half_picture")
    made = io.BytesIO()
    with Image.open(io.BytesIO(pnm), formats=["PPM"]) as picture:
        if picture.mode == "1":
            picture.save(made, "PNG", dpi=(dpi, dpi))
            return made.getvalue(), "image/png"
        flat = picture if picture.mode in ("L", "RGB") else picture.point(lambda value: value / 256).convert("L")
        flat.save(made, "JPEG", quality=QUALITY, subsampling=0, dpi=(dpi, dpi))
        return made.getvalue(), "image/jpeg"


def is_whole(pnm: bytes | bytearray) -> bool:
    """Whether all that its own head promises has come."""
    return len(pnm) == _size(pnm)


def _size(pnm: bytes | bytearray | memoryview) -> int | None:
    """Bytes of the whole picture by its head; None when it has no head that makes a picture."""
    head = _HEAD.match(pnm)
    if head is None or (head["kind"] != b"P4") != (head["most"] is not None):
        return None
    width, height = int(head["width"]), int(head["height"])
    wide = 2 if int(head["most"] or 1) > 255 else 1
    row = (width + 7) // 8 if head["kind"] == b"P4" else width * wide * (3 if head["kind"] == b"P6" else 1)
    return head.end() + row * height if width and height else None
