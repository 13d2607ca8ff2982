"""Names that a spreadsheet takes for its sheets."""

from __future__ import annotations

import re

MOST = 31                          # signs
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = {"", "history"}        # Excel keeps "History" for itself, in any case


def sheet_name(text: str, number: int = 1) -> str:
    """`text` as a sheet may be called; from the second sheet on with its number: "so-ho-so (2)"."""
    tail = f" ({number})" if number > 1 else ""
    plain = " ".join(_FORBIDDEN.sub("-", text).split())[:MOST - len(tail)].strip("' ")
    return ("Báo cáo" if plain.casefold() in _RESERVED else plain) + tail
