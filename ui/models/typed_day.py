"""A day as people type it: 5/11/2026, 05.11.26, 05112026; told back as dd/MM/yyyy."""

from __future__ import annotations

import re
from datetime import date

_PARTS = re.compile(r"(\d{1,2})\s*[./\- ]\s*(\d{1,2})(?:\s*[./\- ]\s*(\d{4}|\d{2}))?")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")


def read_day(text: str, today: date) -> date | None:
    """The day, or None when it is none. Without a year it is the nearest such day that is not after `today`."""
    found = _PARTS.fullmatch(text.strip()) or _DIGITS.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = found.groups()
    try:
        if year is not None:
            return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
        this = date(today.year, int(month), int(day))
        return this if this <= today else date(today.year - 1, int(month), int(day))
    except ValueError:
        return None
