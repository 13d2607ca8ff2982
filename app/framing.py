"""Messages between this program and its helper processes: a JSON head and raw bytes, over a pipe.

    4 bytes  length of the head, big endian
    4 bytes  length of the content, big endian
    head     UTF-8 JSON object
    content  bytes as they are (a page, a PDF), may be empty

Whoever reads sets the limits: a helper that has gone mad must not be able to fill this process's memory.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO, NamedTuple

_LENGTHS = struct.Struct(">II")
MAX_HEAD = 1 << 20
MAX_CONTENT = 1 << 28
"""256 MB: an uncompressed A3 page at 600 dpi in colour has 210 MB."""


class Frame(NamedTuple):
    head: dict[str, Any]
    content: bytes


class BrokenFrame(ValueError):
    """The other side ended in the middle of a message, or never spoke this language."""


def write_frame(stream: BinaryIO, head: Mapping[str, Any], content: bytes | memoryview = b"") -> None:
    """Send one message and flush it."""
    text = json.dumps(head, ensure_ascii=False).encode()
    stream.write(_LENGTHS.pack(len(text), len(content)))
    stream.write(text)
    if content:
        stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO, *, max_content: int = MAX_CONTENT) -> Frame | None:
    """The next message; None when the other side has ended between two. Raises BrokenFrame."""
    lengths = _exactly(stream, _LENGTHS.size, may_end=True)
    if lengths is None:
        return None
    head_size, content_size = _LENGTHS.unpack(lengths)
    if head_size > MAX_HEAD or content_size > max_content:
        raise BrokenFrame("too long")
    text = _exactly(stream, head_size)
    content = _exactly(stream, content_size)
    assert text is not None and content is not None
    try:
        head = json.loads(text)
    except ValueError as error:
        raise BrokenFrame("no JSON") from error
    if not isinstance(head, dict):
        raise BrokenFrame("no JSON object")
    return Frame(head, content)


def _exactly(stream: BinaryIO, size: int, *, may_end: bool = False) -> bytes | None:
    parts: list[bytes] = []
    missing = size
    while missing:
        part = stream.read(min(missing, 1 << 20))
        if not part:
            if may_end and missing == size:
                return None
            raise BrokenFrame("cut short")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
