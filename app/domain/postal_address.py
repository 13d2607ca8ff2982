"""Where the post brings a result: province and commune of 2025, and the old address as it was written.

Since 01/07/2025 an address has two levels; cards and memory have three. Nothing is translated here: which new
commune an old one became is often not one answer. The clerk asks and types; what the card or the citizen said
stays beside it, so that the postman can find the house by either.
Source: Nghị quyết 202/2025/QH15; Luật Tổ chức chính quyền địa phương 72/2025/QH15.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.text import fold, nfc
from app.errors import Refusal

LONGEST = 200
"""Signs of one part; a label has room for about that many."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """`line` is house, street, hamlet; `commune` a phường, xã or đặc khu; `old_text` the three-level address as
    written, "" where there is none."""

    line: str
    commune: str
    province: str
    old_text: str = ""

    @property
    def shown(self) -> str:
        """On one line, small before large; the old address is not part of it."""
        return ", ".join(part for part in (self.line, self.commune, self.province) if part)

    @property
    def is_whole(self) -> bool:
        """Whether a postman can find it: all three parts are there."""
        return bool(self.line and self.commune and self.province)

    @property
    def has_other_old_text(self) -> bool:
        """Whether the old address says anything that the new one does not: it is then printed below it."""
        return bool(self.old_text) and _words(self.old_text) != _words(self.shown)


def write_address(line: str, commune: str, province: str, old_text: str = "") -> PostalAddress:
    """The address as typed: NFC, one blank between words, no comma at an end.

    Refusals: `address_part_missing` (part: "line", "commune", "province"), `address_too_long` (part, most).
    """
    typed = {"line": line, "commune": commune, "province": province, "old_text": old_text}
    parts = {name: _tidy(text) for name, text in typed.items()}
    for name, text in parts.items():
        if not text and name != "old_text":
            raise Refusal("address_part_missing", part=name)
        if len(text) > LONGEST:
            raise Refusal("address_too_long", part=name, most=LONGEST)
    return PostalAddress(**parts)


def address_of_card(text: str) -> PostalAddress:
    """The address of a card, kept as written: it may be older than 2025, so no part is taken for a new one."""
    return PostalAddress("", "", "", _tidy(text))


def _tidy(text: str) -> str:
    return " ".join(nfc(text).split()).strip(" ,;")


def _words(text: str) -> list[str]:
    return fold(text.replace(",", " ").replace(";", " ")).split()
