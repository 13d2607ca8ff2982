"""Personal values as lists show them: enough to recognise, not enough to copy.

The full value is shown only on demand, and that leaves a line in the journal (Luật Bảo vệ dữ liệu cá nhân 2025).
"""

from __future__ import annotations

from app.domain.phone import format_phone, read_phone
from app.errors import Refusal


def mask_identifier(identifier: str) -> str:
    """An identity, passport or tax number with its first three and last two signs; shorter than eight: all hidden.

    >>> mask_identifier("049190004245"), mask_identifier("B1234567"), mask_identifier("12345")
    ('049*******45', 'B12***67', '*****')
    """
    if len(identifier) < 8:
        return "*" * len(identifier)
    return identifier[:3] + "*" * (len(identifier) - 5) + identifier[-2:]


def mask_phone(number: str) -> str:
    """A telephone number with its middle hidden, grouped as people read it.

    >>> mask_phone("+84905123123"), mask_phone("0235 3851234"), mask_phone("123")
    ('0905 *** 123', '0235 *** 1234', '***')
    """
    try:
        read_phone(number)
    except Refusal:
        return mask_identifier(number.strip())
    groups = format_phone(number).split(" ")
    return f"{groups[0]} *** {groups[2]}" if len(groups) == 3 else mask_identifier(number.strip())
