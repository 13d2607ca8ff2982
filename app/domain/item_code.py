"""The item code (mã bưu gửi) on a posted cover: UPU standard S10, `EA473124829VN`.

Two letters of the service, eight digits, a check digit, two letters of the country (ISO 3166-1). Which letters a
service uses is the postal operator's matter and changes: none is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.text import nfc
from app.errors import Refusal

MOST_SERIAL = 99_999_999

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_SHAPE = re.compile(r"(?P<service>[A-Z]{2})(?P<serial>[0-9]{8})(?P<check>[0-9]?)(?P<country>[A-Z]{2})")
_FULL_WIDTH = {
    wide: wide - 0xFEE0 for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for wide in range(ord(first), ord(last) + 1)
}
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2014\u2212]+")


@dataclass(frozen=True, slots=True, order=True)
class ItemCode:
    """One item code; its check digit follows from `serial`, so only whole codes exist."""

    service: str
    serial: int
    country: str = "VN"

    @property
    def text(self) -> str:
        """Thirteen signs without blanks: what the barcode holds and what is stored."""
        return f"{self.service}{self.serial:08d}{check_digit(self.serial)}{self.country}"

    @property
    def shown(self) -> str:
        """In groups, as it stands under the barcode: `EA 473 124 829 VN`."""
        text = self.text
        return f"{text[:2]} {text[2:5]} {text[5:8]} {text[8:11]} {text[11:]}"


@dataclass(frozen=True, slots=True)
class ItemRange:
    """The codes from `first` to `last`, both included, of one service and country."""

    first: ItemCode
    last: ItemCode

    def __post_init__(self) -> None:
        """Refusals: `item_range_mixed` (first, last), `item_range_reversed` (first, last)."""
        if (self.first.service, self.first.country) != (self.last.service, self.last.country):
            raise Refusal("item_range_mixed", first=self.first.text, last=self.last.text)
        if self.first.serial > self.last.serial:
            raise Refusal("item_range_reversed", first=self.first.text, last=self.last.text)

    def __len__(self) -> int:
        return self.last.serial - self.first.serial + 1

    def __contains__(self, code: object) -> bool:
        return (isinstance(code, ItemCode) and self._is_of(code)
                and self.first.serial <= code.serial <= self.last.serial)

    def __iter__(self) -> Iterator[ItemCode]:
        for serial in range(self.first.serial, self.last.serial + 1):
            yield ItemCode(self.first.service, serial, self.first.country)

    def overlaps(self, other: ItemRange) -> bool:
        return (self._is_of(other.first) and self.first.serial <= other.last.serial
                and other.first.serial <= self.last.serial)

    def _is_of(self, code: ItemCode) -> bool:
        return (self.first.service, self.first.country) == (code.service, code.country)


def check_digit(serial: int) -> int:
    """The ninth digit: 11 − (8·d1 + 6·d2 + 4·d3 + 2·d4 + 3·d5 + 5·d6 + 9·d7 + 7·d8) mod 11, with 0 for 10 and 5
    for 11 (UPU S10, "Check digit calculation").

    >>> check_digit(47312482), check_digit(12345678), check_digit(8), check_digit(15)
    (9, 5, 0, 5)
    """
    digits = f"{serial:08d}"
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def read_item_code(text: str) -> ItemCode:
    """The code that was typed or scanned; case, blanks, dots and dashes between its signs do not matter.

    Refusals: `item_code_empty`, `item_code_shape`, `item_code_check_missing` (check_digit, right: the whole code
    it would be), `item_code_check_digit` (given, check_digit, right). A letter for a digit is never guessed.
    """
    plain = _BETWEEN.sub("", nfc(text).translate(_FULL_WIDTH)).upper()
    if not plain:
        raise Refusal("item_code_empty")
    found = _SHAPE.fullmatch(plain)
    if found is None:
        raise Refusal("item_code_shape")
    code = ItemCode(found["service"], int(found["serial"]), found["country"])
    right = check_digit(code.serial)
    if not found["check"]:
        raise Refusal("item_code_check_missing", check_digit=right, right=code.text)
    if int(found["check"]) != right:
        raise Refusal("item_code_check_digit", given=int(found["check"]), check_digit=right, right=code.text)
    return code


def item_code_as_json(text: str) -> dict[str, Any]:
    """The parts of a code for the command line. Refusals as `read_item_code`."""
    code = read_item_code(text)
    return {
        "ok": True, "code": code.text, "shown": code.shown, "service": code.service,
        "serial": f"{code.serial:08d}", "check_digit": check_digit(code.serial), "country": code.country,
    }


def read_item_range(first: str, last: str) -> ItemRange:
    """A range by the codes at its two ends. Refusals as `read_item_code` and `ItemRange`."""
    return ItemRange(read_item_code(first), read_item_code(last))
