"""Whether a file that somebody else is writing is whole, by its own form, and which of our kinds it is.

A copy that was cut off looks settled for ever; only the file's own end tells. Nothing is decoded here: that is the
light table's, under its limits.
"""

from __future__ import annotations

import struct

MIMES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf",
         b"II*\x00": "image/tiff", b"MM\x00*": "image/tiff"}
_PNG_END = b"IEND\xaeB`\x82"
_STRIP_OFFSETS, _STRIP_COUNTS, _TILE_OFFSETS, _TILE_COUNTS = 273, 279, 324, 325      # TIFF 6.0
_SIZES = {3: 2, 4: 4}                      # SHORT, LONG
_MOST_IFDS = 20_000


def mime_of(start: bytes) -> str:
    """The kind its first bytes say; "" for any we do not take. A PDF may begin a little late."""
    for magic, mime in MIMES.items():
        if start.startswith(magic):
            return mime
    return "application/pdf" if b"%PDF-" in start[:1024] else ""


def is_complete(content: bytes, mime: str) -> bool:
    """Whether the end of the file is there. Bytes behind it do no harm: phones put a film behind the picture."""
    match mime:
        case "image/jpeg":
            return _jpeg_is_complete(content)
        case "image/png":
            return _PNG_END in content
        case "application/pdf":
            return b"%%EOF" in content[-2048:]
        case "image/tiff":
            return _tiff_is_complete(content)
    return False


def _jpeg_is_complete(content: bytes) -> bool:
    """An end marker behind the first scan: those inside an embedded preview lie before it (ISO 10918-1, B.1)."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        if marker == 0xFF:                 # a fill byte
            at += 1
        elif marker == 0xDA:               # start of scan: its data cannot hold FF D9 but as the end
            return content.find(b"\xff\xd9", at + 2 + length) >= 0
        else:
            at += 2 + length
    return False


def _tiff_is_complete(content: bytes) -> bool:
    """Every directory and every strip of every page lies inside the file."""
    order = "<" if content[:2] == b"II" else ">"
    try:
        at = struct.unpack_from(f"{order}I", content, 4)[0]
        for _ in range(_MOST_IFDS):
            if not at:
                return True
            at = _next_directory(content, order, at)
    except (struct.error, ValueError):
        return False
    return True                            # a ring of directories: whole, and the light table's to refuse


def _next_directory(content: bytes, order: str, at: int) -> int:
    count = struct.unpack_from(f"{order}H", content, at)[0]
    tables: dict[int, tuple[int, ...]] = {}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, number = struct.unpack_from(f"{order}HHI", content, entry)
        if tag in (_STRIP_OFFSETS, _STRIP_COUNTS, _TILE_OFFSETS, _TILE_COUNTS) and kind in _SIZES:
            fits = number * _SIZES[kind] <= 4
            start = entry + 8 if fits else struct.unpack_from(f"{order}I", content, entry + 8)[0]
            if start + number * _SIZES[kind] > len(content):
                raise ValueError("cut short")
            tables[tag] = struct.unpack_from(f"{order}{number}{'H' if kind == 3 else 'I'}", content, start)
    for offsets, counts in ((_STRIP_OFFSETS, _STRIP_COUNTS), (_TILE_OFFSETS, _TILE_COUNTS)):
        for start, size in zip(tables.get(offsets, ()), tables.get(counts, ()), strict=False):
            if start + size > len(content):
                raise ValueError("cut short")
    following: int = struct.unpack_from(f"{order}I", content, at + 2 + 12 * count)[0]
    return following
