"""Telephone numbers at the counter: what was typed is kept, what is dialled is computed.

Source: national numbering plan since 2018 (Thông tư 22/2014/TT-BTTTT and the change-over of 11-digit mobiles).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import nfc
from app.errors import Refusal


class PhoneKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"            # 1800, 1900: cannot receive a text message


@dataclass(frozen=True, slots=True)
class Phone:
    """`e164` is `+84…` for comparing and dialling; `as_typed` is what the clerk or citizen wrote."""

    e164: str
    as_typed: str
    kind: PhoneKind

    @property
    def may_receive_text(self) -> bool:
        return self.kind is PhoneKind.MOBILE


_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_SERVICE = re.compile(r"1[89]00[0-9]{4,6}")
_OLD_MOBILE = re.compile(r"01[0-9]{9}")
_SEPARATORS = re.compile(r"[\s.()\-\u2010-\u2015\u00a0]+")
_FULL_WIDTH = {0xFF10 + digit: ord("0") + digit for digit in range(10)} | {0xFF0B: ord("+")}


def read_phone(text: str) -> Phone:
    """The Vietnamese number in `text`, with or without +84 / 84 / 0084, blanks, dots and dashes.

    Mobile: 10 digits from 03, 05, 07, 08, 09. Landline: 11 digits from 02. Service: 1800/1900 with 8–10 digits.
    Refusals: `phone_empty`, `phone_not_digits`, `phone_old_mobile` (11 digits from 01, out of use since 2018),
    `phone_not_vietnamese` (another country code), `phone_length` (digits: how many were given),
    `phone_prefix` (right length, but no such prefix).
    """
    as_typed = nfc(text).strip()
    plain = _SEPARATORS.sub("", as_typed.translate(_FULL_WIDTH))
    if not plain:
        raise Refusal("phone_empty")
    if not re.fullmatch(r"\+?[0-9]+", plain):
        raise Refusal("phone_not_digits")
    national = _national(plain)
    for kind, shape in (
        (PhoneKind.MOBILE, _MOBILE), (PhoneKind.LANDLINE, _LANDLINE), (PhoneKind.SERVICE, _SERVICE),
    ):
        if shape.fullmatch(national):
            return Phone("+84" + national.removeprefix("0"), as_typed, kind)
    if _OLD_MOBILE.fullmatch(national):
        raise Refusal("phone_old_mobile")
    if len(national) in (10, 11):
        raise Refusal("phone_prefix")
    raise Refusal("phone_length", digits=len(national))


def _national(plain: str) -> str:
    if plain.startswith("0084"):
        plain = "+" + plain[2:]
    if plain.startswith("+"):
        if not plain.startswith("+84"):
            raise Refusal("phone_not_vietnamese")
        return _with_zero(plain[3:])
    # "84…" is the country code only at a length no national number has: none begins with 8.
    if plain.startswith("84") and len(plain) >= 11:
        return _with_zero(plain[2:])
    return plain


def _with_zero(rest: str) -> str:
    """National form of what follows the country code; people write +84 0905… as well as +84 905…"""
    return rest if rest.startswith(("0", "1800", "1900")) else "0" + rest


def format_phone(number: str) -> str:
    """`number` (E.164 or national digits) as people read it; what is no Vietnamese number comes back as it is.

    >>> format_phone("+84905123123"), format_phone("02353851234"), format_phone("+841900123456")
    ('0905 123 123', '0235 385 1234', '1900 123456')
    """
    try:
        phone = read_phone(number)
    except Refusal:
        return number
    national = "0" + phone.e164[3:]
    if phone.kind is PhoneKind.MOBILE:
        return f"{national[:4]} {national[4:7]} {national[7:]}"
    if phone.kind is PhoneKind.SERVICE:
        return f"{national[1:5]} {national[5:]}"
    # Hà Nội 024 and TP.HCM 028 have the only three-digit area codes.
    area = 3 if national[:3] in ("024", "028") else 4
    return f"{national[:area]} {national[area:-4]} {national[-4:]}"
