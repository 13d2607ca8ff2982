"""Signs that a hand-held scanner types unharmed while Telex or VNI is on, and checks made of them.

A hand-held scanner types what it reads. Telex and VNI rewrite keys only after a vowel, D and W also by themselves,
so a text without A E I O U Y D W arrives as it was printed. F J Q S Z are left out too: small print confuses them
with other signs, and 23 signs are a prime number, which a check sign needs.
"""

from __future__ import annotations

import hashlib

SIGNS = "0123456789BCGHKLMNPRTVX"
"""In the order of their values, 0 to 22."""


def digest_signs(text: str, count: int) -> str:
    """`count` signs of SHA-256 over `text` in UTF-8: the same text gives the same signs everywhere."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    found = []
    for _ in range(count):
        number, value = divmod(number, len(SIGNS))
        found.append(SIGNS[value])
    return "".join(found)


def check_sign(text: str) -> str:
    """One sign over the letters and digits of `text`: one wrong sign or two swapped neighbours always show.

    Weights 1, 2, 3 … from the right, modulo 23; a letter beyond SIGNS counts by its ASCII code (of those not every
    mistake shows), dashes and dots not at all. ValueError from 23 letters and digits on: two places would weigh
    the same.
    """
    values = [_value(sign) for sign in text if sign.isalnum()]
    if len(values) >= len(SIGNS):
        raise ValueError("too long for one check sign")
    total = sum(weight * value for weight, value in enumerate(reversed(values), 1))
    return SIGNS[total % len(SIGNS)]


def _value(sign: str) -> int:
    return SIGNS.index(sign) if sign in SIGNS else ord(sign) % len(SIGNS)
