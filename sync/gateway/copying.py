"""Rows as PostgreSQL's COPY takes them in its binary form: half the work of text, where each byte of an operation
is written as two signs and read again (PostgreSQL, "COPY", File Formats)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String

_BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_length = struct.Struct("!i").pack

Write = Callable[[Any], bytes]
"""A value with its length before it."""


def binary_rows(columns: Sequence[Column[Any]], rows: Iterable[Sequence[Any]]) -> bytes:
    """`rows` with one value for each of `columns`: text, bytes, whole numbers, truth values, None."""
    writers = [_writer(column) for column in columns]
    begin = struct.pack("!h", len(columns))
    parts = [_BEGIN]
    for row in rows:
        parts.append(begin)
        parts += [_NULL if value is None else write(value) for write, value in zip(writers, row, strict=True)]
    parts.append(_END)
    return b"".join(parts)


def _writer(column: Column[Any]) -> Write:
    for kind, write in _WRITERS:                   # a BigInteger is an Integer: the first that fits
        if isinstance(column.type, kind):
            return write
    raise TypeError(f"no binary form of {column.type!r}")


def _text(value: str) -> bytes:
    content = value.encode()
    return _length(len(content)) + content


def _bytes(value: bytes) -> bytes:
    return _length(len(value)) + value


def _truth(value: bool) -> bytes:
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def _whole(form: str) -> Write:
    packed = struct.Struct(form)
    size, pack = packed.size - 4, packed.pack
    return lambda value: pack(size, value)


_WRITERS: tuple[tuple[type[Any], Write], ...] = (
    (BigInteger, _whole("!iq")), (Integer, _whole("!ii")), (Boolean, _truth), (LargeBinary, _bytes),
    (String, _text),
)
