"""VietQR: the text of a QR square with which any Vietnamese banking app fills in a transfer. No network, ever.

EMVCo merchant-presented mode as NAPAS uses it (QR Code Format for NAPAS247): fields of two digits, two digits of
length and the value; service QRIBFTTA is a transfer to an account. That a citizen has paid is not known from it.
"""

from __future__ import annotations

import re

from app.errors import Refusal

MOST_ACCOUNT = 19
MOST_PURPOSE = 25
MOST_AMOUNT = 9_999_999_999_999    # EMVCo field 54 holds 13 signs

_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(rf"[0-9A-Za-z]{{1,{MOST_ACCOUNT}}}")
_PURPOSE = re.compile(rf"[ -~]{{0,{MOST_PURPOSE}}}")


def payload(bin: str, account: str, *, amount: int | None = None, purpose: str = "") -> str:
    """What the square holds. Without `amount` (whole đồng) the payer types it and the square may be used again.

    `bin` is the bank's six digits with NAPAS. Refusals: `vietqr_bin_wrong`, `vietqr_account_wrong` (most),
    `vietqr_amount_wrong` (most), `vietqr_purpose_wrong` (most) for more than 25 signs or any but plain Latin ones:
    the length of a field counts signs of one byte, and banks disagree on anything else.
    """
    if not _BIN.fullmatch(bin):
        raise Refusal("vietqr_bin_wrong")
    if not _ACCOUNT.fullmatch(account):
        raise Refusal("vietqr_account_wrong", most=MOST_ACCOUNT)
    if amount is not None and (isinstance(amount, bool) or not isinstance(amount, int)):
        raise TypeError("money is a whole number of đồng")
    if amount is not None and not 0 < amount <= MOST_AMOUNT:
        raise Refusal("vietqr_amount_wrong", most=MOST_AMOUNT)
    if not _PURPOSE.fullmatch(purpose) or purpose != purpose.strip():
        raise Refusal("vietqr_purpose_wrong", most=MOST_PURPOSE)
    beneficiary = _field("00", bin) + _field("01", account)
    said = _field("00", "01")
    said += _field("01", "11" if amount is None else "12")     # static, dynamic; two public libraries swap them
    said += _field("38", _field("00", "A000000727") + _field("01", beneficiary) + _field("02", "QRIBFTTA"))
    said += _field("53", "704")                                # đồng, ISO 4217
    said += "" if amount is None else _field("54", str(amount))
    said += _field("58", "VN")
    said += _field("62", _field("08", purpose)) if purpose else ""
    said += "6304"                                             # the check covers its own name and length
    return f"{said}{crc16(said.encode('ascii')):04X}"


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 1021, start FFFF, nothing reflected. "123456789" gives 29B1."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ (0x1021 if crc & 0x8000 else 0)
        crc &= 0xFFFF
    return crc


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"
