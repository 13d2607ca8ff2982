"""XLSX from outside: unpacked under a limit, measured, and only then given to the reader.

The reader lays a sheet out as a full rectangle, so a single cell in the last corner would ask for 17 thousand
million of them; and what a package says of its own sizes may be a lie. Hence the way: every needed part is
unpacked here under the limit, its cells are measured by an XML parser that refuses all declarations, and the parts
are handed on unpacked, in a package of our own making.
"""

from __future__ import annotations

import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.domain.text import nfc
from app.errors import Refusal
from app.spreadsheets.limits import Limits
from app.spreadsheets.sheet_reach import NotASheetError, TooFarError, check_part

_CHUNK = 1 << 16
_MOST_PARTS = 2_000
_NEEDED = (".xml", ".rels")        # pictures, macros and printer settings stay where they are
_ENCRYPTED_PART = 0x1
_TORN = (NotASheetError, CalamineError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError,
         OSError, RuntimeError, LookupError)


def xlsx_rows(content: bytes, name: str, limits: Limits) -> tuple[tuple[Any, ...], ...]:
    """Refusals as `read_rows`."""
    try:
        package = _repacked(content, limits)
        rows = _rows(package)
    except TooFarError as error:
        raise Refusal("sheet_too_large", file=name, most_rows=limits.rows) from error
    except _TORN as error:
        raise Refusal("sheet_unreadable", file=name) from error
    return tuple(tuple(_value(cell) for cell in row) for row in rows)


def _repacked(content: bytes, limits: Limits) -> BytesIO:
    """The parts that say something about cells, stored without packing; each has been looked through."""
    room = limits.unpacked
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w") as clean:
        parts = source.infolist()
        if len(parts) > _MOST_PARTS or len({part.filename for part in parts}) != len(parts):
            raise NotASheetError
        for part in parts:
            if not part.filename.lower().endswith(_NEEDED):
                continue
            if part.flag_bits & _ENCRYPTED_PART:
                raise NotASheetError
            data = _unpacked(source, part, room)
            room -= len(data)
            check_part(data, limits)
            clean.writestr(zipfile.ZipInfo(part.filename), data)
    target.seek(0)
    return target


def _unpacked(source: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    found = bytearray()
    with source.open(part) as packed:
        while chunk := packed.read(_CHUNK):
            found += chunk
            if len(found) > room:
                raise TooFarError
    return bytes(found)


def _rows(package: BytesIO) -> list[list[Any]]:
    try:
        with CalamineWorkbook.from_filelike(package) as book:
            shown = [at for at, sheet in enumerate(book.sheets_metadata)
                     if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet]
            return book.get_sheet_by_index(shown[0]).to_python(skip_empty_area=False) if shown else []
    except BaseException as error:
        if type(error).__name__ == "PanicException":       # the reader's own mistake: a BaseException by its maker
            raise NotASheetError from error
        raise


def _value(cell: Any) -> Any:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else Decimal(repr(cell))
    if isinstance(cell, str):
        return nfc(cell.strip()) or None
    if isinstance(cell, timedelta):
        return str(cell)
    assert isinstance(cell, bool | int | date | datetime | time)
    return cell
