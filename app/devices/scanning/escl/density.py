"""The resolution, written into a scanner's JPEG that does not say it: without it the page's true size is lost."""

from __future__ import annotations

import struct

_JFIF = struct.Struct(">2sH5s2sBHH")       # marker, length, "JFIF\0", version, unit, across, down (ITU-T T.871)
_START, _APP0 = b"\xff\xd8", b"\xff\xe0"
_PER_INCH, _PER_CENTIMETRE = 1, 2
_LEAST, _MOST = 75, 1200
"""72 is what those write that do not know."""


def with_dpi(jpeg: bytes, dpi: int) -> bytes:
    """`jpeg` as it is when it says a resolution that paper is scanned with; otherwise saying `dpi`, which was
    asked for and granted. Not one bit of the picture changes."""
    found = _JFIF.unpack_from(jpeg, 2) if len(jpeg) >= 2 + _JFIF.size else None
    if found is None or found[0] != _APP0 or found[2] != b"JFIF\0" or found[1] < 16:
        head = _JFIF.pack(_APP0, 16, b"JFIF\0", b"\x01\x02", _PER_INCH, dpi, dpi) + b"\0\0"
        return _START + head + jpeg[2:]
    *start, unit, across, down = found
    factor = {_PER_INCH: 1.0, _PER_CENTIMETRE: 2.54}.get(unit, 0.0)
    if across == down and _LEAST <= across * factor <= _MOST:
        return jpeg
    return jpeg[:2] + _JFIF.pack(*start, _PER_INCH, dpi, dpi) + jpeg[2 + _JFIF.size:]
