"""The tax code (mã số thuế, MST): 10 digits, 13 for a branch, or since 1 July 2025 the personal number.

Source: Thông tư 86/2024/TT-BTC; the check digit as the tax authority computes it for the first ten digits.
"""

from __future__ import annotations

import re

from app.domain.text import nfc
from app.errors import Refusal

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SHAPE = re.compile(r"(?P<body>[0-9]{10})(?:-?(?P<branch>[0-9]{3}))?")
_FULL_WIDTH = {0xFF10 + digit: ord("0") + digit for digit in range(10)}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"), "-")


def check_digit(body: str) -> int | None:
    """The tenth digit for the first nine; None when no tax code begins with these nine.

    10 − (31·n1 + 29·n2 + 23·n3 + 19·n4 + 17·n5 + 13·n6 + 7·n7 + 5·n8 + 3·n9) mod 11, where 10 is not used.

    >>> check_digit("010010907"), check_digit("030058833"), check_digit("400012345")
    (1, 6, 7)
    """
    digit = 10 - sum(weight * int(number) for weight, number in zip(_WEIGHTS, body, strict=True)) % 11
    return None if digit == 10 else digit


def read_tax_code(text: str) -> str:
    """The tax code in its one written form: `0102595740`, `0102595740-001` or twelve digits.

    Blanks and dots between digits are taken away, any dash before the branch is accepted or may be missing.
    Refusals: `tax_code_empty`, `tax_code_shape` (digits: how many were given), `tax_code_check_digit`,
    `tax_code_branch` (branch 000 does not exist).
    A 12-digit code is a personal number and has no check digit: only its length is known to be right.
    """
    plain = re.sub(r"[\s.]+", "", nfc(text).translate(_FULL_WIDTH).translate(_DASHES))
    if not plain:
        raise Refusal("tax_code_empty")
    if re.fullmatch(r"[0-9]{12}", plain):
        return plain
    found = _SHAPE.fullmatch(plain)
    if found is None:
        raise Refusal("tax_code_shape", digits=sum(letter in "0123456789" for letter in plain))
    body, branch = found["body"], found["branch"]
    if check_digit(body[:9]) != int(body[9]):
        raise Refusal("tax_code_check_digit")
    if branch == "000":
        raise Refusal("tax_code_branch")
    return f"{body}-{branch}" if branch else body
