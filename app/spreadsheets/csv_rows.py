"""CSV as banks and Vietnamese Excel write it: UTF-8 or UTF-16, commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from app.domain.text import nfc
from app.errors import Refusal
from app.spreadsheets.limits import Limits

_DELIMITERS = (",", ";", "\t")
_LOOKED_AT = 50                    # rows, to tell the delimiter
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def csv_rows(content: bytes, name: str, limits: Limits) -> tuple[tuple[str | None, ...], ...]:
    """Texts in NFC, blanks around them gone, None for empty ones. Refusals as `read_rows`."""
    text = _decoded(content, name)
    try:
        rows = _rows(text, _delimiter(text), name, limits)
    except csv.Error as error:
        raise Refusal("sheet_unreadable", file=name) from error
    return rows


def _rows(text: str, delimiter: str, name: str, limits: Limits) -> tuple[tuple[str | None, ...], ...]:
    rows: list[tuple[str | None, ...]] = []
    cells = 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        cells += len(row)
        if len(row) > limits.columns or cells > limits.cells or len(rows) == limits.rows:
            raise Refusal("sheet_too_large", file=name, most_rows=limits.rows)
        rows.append(tuple(nfc(cell.strip()) or None for cell in row))
    return tuple(rows)


def _decoded(content: bytes, name: str) -> str:
    """By its mark; without one, UTF-8, or UTF-16 where every other byte of the beginning is zero."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _text(content[len(mark):], encoding, name)
    start = content[:1000]
    if 0 in start:
        return _text(content, "utf-16-le" if start[1::2].count(0) >= start[0::2].count(0) else "utf-16-be", name)
    return _text(content, "utf-8", name)


def _text(content: bytes, encoding: str, name: str) -> str:
    """Refuses what no table is made of: a picture is not told apart from letters by its bytes alone."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refusal("sheet_encoding_unknown", file=name) from error
    if any(sign < " " and sign not in "\t\r\n" for sign in text[:10_000]):
        raise Refusal("sheet_unreadable", file=name)
    return text


def _delimiter(text: str) -> str:
    """The one that divides the first rows into a table: many rows of one width, and that width great."""
    def joints(delimiter: str) -> int:
        try:
            rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _LOOKED_AT))
        except csv.Error:
            return 0
        widths = Counter(map(len, rows))
        return max(((cells - 1) * times for cells, times in widths.items()), default=0)

    return max(_DELIMITERS, key=joints)
