"""A table as CSV that opens in a spreadsheet as it is: UTF-8 with its mark, every cell quoted, no cell a formula.

Excel takes a file without the mark for the PC's old code page, and takes a cell that begins with = + - @ for a
formula whoever typed it ("CSV injection", OWASP): such a cell gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.practice import WATERMARK, is_practice

MARK = "\ufeff"
_FORMULA = "=+-@＝＋－＠|"
_BLANKS = " \t\r\n\u00a0\u200b\ufeff"


def csv_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Head and rows as UTF-8 with CR LF; commas between cells. What is practised says so in its first line."""
    first = ((WATERMARK,),) if is_practice() else ()
    lines = [",".join(map(_cell, line)) for line in (*first, head, *rows)]
    return (MARK + "\r\n".join(lines) + "\r\n").encode()


def _cell(text: str) -> str:
    plain = " ".join(text.replace("\x00", "").splitlines())
    begins = plain.lstrip(_BLANKS)
    if begins[:1] and begins[0] in _FORMULA:
        plain = "'" + plain
    return '"' + plain.replace('"', '""') + '"'
