"""Tables from outside (a bank's statement): XLSX or CSV as rows of plain values, or a refusal by code.

Nothing in the file is trusted: its size, what it unpacks to, how far its cells reach and its encoding are measured
before a row is built. No formula is worked out, no link followed, no macro looked at.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import BinaryIO

from app.errors import Refusal
from app.spreadsheets.csv_rows import csv_rows
from app.spreadsheets.limits import MOST, Limits
from app.spreadsheets.xlsx_rows import xlsx_rows

Value = str | int | Decimal | bool | date | datetime | time | None
Rows = tuple[tuple[Value, ...], ...]

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_rows(stream: BinaryIO, name: str, *, limits: Limits = MOST) -> Rows:
    """The rows of the first visible sheet, or of the CSV, from the top and left edge; empty cells are None.

    From XLSX whole numbers come as int, others as Decimal, days and times as such and without an offset. A CSV
    says nothing of types: all its cells are texts. What the file is, its content says; `name` is for refusals.

    Refusals: `sheet_too_large` (file, most_rows), `sheet_unreadable` (file), `sheet_password` (file),
    `sheet_old_format` (file) for .xls, `sheet_encoding_unknown` (file).
    """
    content = stream.read(limits.packed + 1)
    if len(content) > limits.packed:
        raise Refusal("sheet_too_large", file=name, most_rows=limits.rows)
    if content.startswith(_COMPOUND):
        raise Refusal("sheet_password" if _ENCRYPTED in content else "sheet_old_format", file=name)
    if content.startswith(_ZIP):
        return xlsx_rows(content, name, limits)
    return csv_rows(content, name, limits)
