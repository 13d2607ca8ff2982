"""What somebody means who types or scans into the one search box: a code, digits, a document number or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from app.domain.dossier_code import parse_code
from app.domain.paper_number import PaperKind, read_paper_number
from app.domain.receipt_code import read_receipt_code
from app.domain.text import fold, nfc
from app.errors import Refusal


class Looking(Enum):
    """How the text is searched for."""

    NOTHING = "nothing"            # the box is empty
    CODE = "code"                  # one whole dossier code, typed or in a scan of ours
    CODE_START = "code_start"
    DAY_NUMBER = "day_number"      # up to four digits: the running number of a dossier of today
    DIGITS = "digits"              # a personal number, a tax code, or the end of a telephone number
    IDENTIFIER = "identifier"      # a passport, or a tax code with its dash
    GROUP = "group"                # "nhóm" and the code of one of its dossiers, or the number of its annex
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Typed:
    """`text` is what the query gets; `version` what a scanned receipt said about itself."""

    looking: Looking
    text: str
    version: int | None = None

    @property
    def has_marks(self) -> bool:
        """Whether a name was typed with its marks, which then count."""
        return fold(self.text) != " ".join(self.text.casefold().split())


GROUP = "nhóm"
"""The word before a code that asks for all that were handed in with it."""

_CODE_START = re.compile(r"(?:[a-z][0-9]{2}[.\-]|000\.)[0-9a-z.\-]*", re.IGNORECASE)
_PASSPORT = re.compile(r"[a-z][0-9]{6,8}", re.IGNORECASE)
_BRANCH_TAX_CODE = re.compile(r"[0-9]{10}-[0-9]{3}")
_BETWEEN_DIGITS = re.compile(r"[\s.\-()]")


def read_typed(text: str) -> Typed:
    """Never refuses: what is nothing else is a name."""
    plain = " ".join(nfc(text).split())
    if not plain:
        return Typed(Looking.NOTHING, "")
    group = _group(plain)
    if group:
        return Typed(Looking.GROUP, group)
    try:
        scanned = read_receipt_code(plain)
    except Refusal:
        pass
    else:
        return Typed(Looking.CODE, scanned.code.text, scanned.version)
    if _CODE_START.fullmatch(plain):
        return Typed(Looking.CODE_START, plain.upper())
    if _PASSPORT.fullmatch(plain) or _BRANCH_TAX_CODE.fullmatch(plain):
        return Typed(Looking.IDENTIFIER, plain.upper())
    digits = _BETWEEN_DIGITS.sub("", plain)
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if digits.isascii() and digits.isdigit():
        return Typed(Looking.DAY_NUMBER if len(digits) <= 4 else Looking.DIGITS, digits)
    return Typed(Looking.NAME, plain)


def _group(plain: str) -> str:
    number = read_paper_number(plain)
    if number is not None:
        return number.text if number.kind is PaperKind.GROUP else ""
    word, _, rest = plain.partition(" ")
    if fold(word) != fold(GROUP):
        return ""
    try:
        return parse_code(rest).text
    except Refusal:
        return ""
