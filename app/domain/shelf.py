"""Where a result waits for its citizen: the code of a place, found at a glance (vị trí để kết quả)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.text import nfc

LONGEST = 12
_BLANKS = re.compile(r"\s+")


class ShelfWay(StrEnum):
    """How an office finds a result again."""

    FREE = "free"                  # the first free place of its shelves: …
    DAY = "day"                    # by the day it came: 23-01, 23-02 …
    DIGITS = "digits"              # by the last two digits of the dossier code; a place holds several


@dataclass(frozen=True, slots=True)
class ShelfRule:
    """The office's own way. `places` is how many places each of `shelves` has; only FREE asks."""

    way: ShelfWay = ShelfWay.FREE
    shelves: tuple[str, ...] = ("A", "B", "C", "D")
    places: int = 40


def propose_shelf(rule: ShelfRule, code: str, day: date, taken: AbstractSet[str]) -> str:
    """The place for the result of dossier `code` that came on `day`; empty when every place is taken.

    >>> propose_shelf(ShelfRule(), "H47.15-261123-0007", date(2026, 11, 23), {"A-01", "A-02"})
    'A-03'
    """
    if rule.way is ShelfWay.DIGITS:
        digits = [sign for sign in code if sign.isdigit()]
        return "".join(digits[-2:])
    return next((place for place in _places(rule, day) if place not in taken), "")


def tidy_shelf(text: str) -> str:
    """A place as it is kept: NFC, capitals, no blanks, at most twelve signs.

    >>> tidy_shelf(" a - 3 ")
    'A-3'
    """
    return _BLANKS.sub("", nfc(text)).upper()[:LONGEST]


def _places(rule: ShelfRule, day: date) -> Iterator[str]:
    if rule.way is ShelfWay.DAY:
        return (f"{day:%d}-{number:02d}" for number in range(1, 1000))
    return (f"{shelf}-{number:02d}" for shelf in rule.shelves for number in range(1, rule.places + 1))
