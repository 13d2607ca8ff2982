"""Sizes of files as people read them."""

from __future__ import annotations

from ui.models.counts import shown_count

_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"))
KILOBYTE = 1_000


def shown_size(size: int) -> str:
    """3,4 MB: rounded up, a comma before the tenth below a hundred, in both languages of the window."""
    for unit, name in _UNITS:
        if size >= unit:
            tenths = -(-size * 10 // unit)
            amount = f"{tenths // 10},{tenths % 10}" if tenths < 1_000 else shown_count(-(-size // unit))
            return f"{amount} {name}"
    return f"{shown_count(-(-size // KILOBYTE))} KB"
