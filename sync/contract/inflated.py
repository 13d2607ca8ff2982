"""Deflated bytes of a stranger, unpacked no further than they may reach."""

from __future__ import annotations

import zlib


def inflated(packed: bytes, most: int) -> bytes:
    """What was packed, whole and nothing behind it, of at most so many bytes. Raises ValueError."""
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(packed, most + 1)
    except zlib.error as error:
        raise ValueError("broken") from error
    if not inflater.eof or inflater.unused_data or len(plain) > most:
        raise ValueError("size")
    return plain
