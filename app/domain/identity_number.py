"""What may stand as the number of an identity paper: what is asked at the desk is what is found again later.

Digits alone are the personal number (12) or the one of an old CMND (9); of any other length they are a slip or a
telephone number. A passport's has letters and digits as its country writes them (ICAO 9303: up to nine; papers of
residence have more), and always a digit: letters alone are a name.
"""

from __future__ import annotations

import re

from app.domain.personal_number import is_personal_number

_OLD = re.compile(r"[0-9]{9}")
_PASSPORT = re.compile(r"(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{5,20}")


def is_identity_number(number: str) -> bool:
    """`number` in capital letters, without blanks."""
    return is_personal_number(number) or any(each.fullmatch(number) for each in (_OLD, _PASSPORT))


__all__ = ["is_identity_number"]
