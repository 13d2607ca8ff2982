"""What a text message costs: letters without marks, counted in the 7-bit alphabet of GSM (3GPP TS 23.038).

Vietnamese letters with marks would force UCS-2, where a message ends after 70 signs; without them it has 160.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

SINGLE, JOINED = 160, 153
"""Septets of a message that stands alone, and of each part of a longer one (its head takes seven)."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("\f^{}\\[~]|€")
_PLAIN = str.maketrans({
    "đ": "d", "Đ": "D", "₫": "d", "…": "...", "–": "-", "—": "-", "‑": "-", "−": "-", "“": '"', "”": '"',
    "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "•": "-", "\u00a0": " ", "\u202f": " ", "\t": " ",
})


@dataclass(frozen=True, slots=True)
class SmsLength:
    """`septets` in all, the `parts` that are paid for, and how many septets the last part has `left`."""

    septets: int
    parts: int
    left: int


def sms_text(text: str) -> str:
    """`text` in signs of the GSM alphabet: marks dropped, typographic signs made plain, anything else a "?".

    >>> sms_text("Mời Ông/Bà đến nhận… “kết quả” – 50.000 ₫")
    'Moi Ong/Ba den nhan... "ket qua" - 50.000 d'
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_PLAIN))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return "".join(sign if sign in _BASIC or sign in _ESCAPED else "?" for sign in bare)


def sms_length(text: str) -> SmsLength:
    """What `text`, as `sms_text` gives it, takes. A sign of two septets is not torn between two parts."""
    widths = [_width(sign) for sign in text]
    septets = sum(widths)
    if septets <= SINGLE:
        return SmsLength(septets, 1, SINGLE - septets)
    parts, used = 1, 0
    for width in widths:
        if used + width > JOINED:
            parts, used = parts + 1, 0
        used += width
    return SmsLength(septets, parts, JOINED - used)


def _width(sign: str) -> int:
    if sign in _BASIC:
        return 1
    if sign in _ESCAPED:
        return 2
    raise ValueError(f"{sign!r} is not in the GSM alphabet")
