"""The text in the codes of a separator sheet (tờ ngăn cách): which dossier, which requirement, and a check.

    QMC1*000.00.15.H47-260921-0001*2*5*3*K7Q2MX
    mark version, dossier code, key of the requirement, place of the code on the sheet, sheets to follow, check

Only signs of QR's alphanumeric mode, so that it fits version 3 or 4 with error correction Q. The check is 30 bits
of SHA-256 over all before it: damage that the QR's own correction mends wrongly passes once in 10⁹.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from app.domain.dossier_code import parse_code
from app.domain.text import nfc
from app.errors import Refusal

END = "-"                          # instead of a requirement: what follows belongs to none
BARS = 0                           # place of a code: the Code 128
QR_PLACES = (1, 2, 3, 4, 5)        # the four corners and the middle
MOST_SHEETS = 999

_VERSION = "QMC1"
_OURS = re.compile(r"QMC[0-9]+\*")
_CODE = re.compile(r"[0-9A-Z.\-]{1,60}")
_PLAIN_KEY = re.compile(r"[0-9A-Z][0-9A-Z.\-]{0,11}")
_TEXT = re.compile(r"(?P<said>QMC1\*(?P<code>[0-9A-Z.\-]{1,60})\*(?P<key>[0-9A-Z.\-]{1,12}|\+[A-Z2-7]{10})"
                   r"\*(?P<place>[0-5])\*(?P<sheets>[0-9]{0,3}))\*(?P<check>[A-Z2-7]{6})")


@dataclass(frozen=True, slots=True)
class Separator:
    """One code of a separator sheet. `key` is compared with `requirement_key`; END closes the pile."""

    code: str                      # of the dossier, as printed
    key: str
    place: int = BARS
    sheets: int = 0                # how many sheets the clerk declared to follow; 0: not declared


@dataclass(frozen=True, slots=True)
class SeparatorLine:
    """One sheet to print: the requirement, its number in the checklist, its name, the sheets to follow."""

    ordinal: int
    requirement: str
    name: str
    sheets: int = 0                # 0: not declared


def requirement_key(requirement: str) -> str:
    """What stands for a requirement: its code where that is short and plain, else "+" and 50 bits of its digest.

    Codes come from the province and may be long, lower case or Vietnamese. Same code (NFC), same key.
    """
    return requirement if _PLAIN_KEY.fullmatch(requirement) else "+" + _digest(nfc(requirement), 10)


def separator_text(code: str, requirement: str, *, place: int = BARS, sheets: int = 0) -> str:
    """The text of one code on the sheet of `requirement` (or END). Raises Refusal `code_not_printable`."""
    if not _CODE.fullmatch(code):
        raise Refusal("code_not_printable", dossier_code=code[:60])
    key = END if requirement == END else requirement_key(requirement)
    counted = str(sheets) if 0 < sheets <= MOST_SHEETS else ""
    said = f"{_VERSION}*{code}*{key}*{place}*{counted}"
    return f"{said}*{_digest(said, 6)}"


def read_separator(text: str) -> Separator | None:
    """The separator in a scanned code; None for any other code and for one that is damaged. Never raises."""
    found = _TEXT.fullmatch(text)
    if found is None or _digest(found["said"], 6) != found["check"]:
        return None
    return Separator(found["code"], found["key"], int(found["place"]), int(found["sheets"] or 0))


def is_ours(text: str) -> bool:
    """Whether a code says that it is a separator's, readable or not: damaged, or of a newer program."""
    return _OURS.match(text) is not None


def is_same_dossier(one: str, other: str) -> bool:
    """Both forms of a dossier code in use name the same dossier."""
    if one == other:
        return True
    try:
        return parse_code(one).key == parse_code(other).key
    except Refusal:
        return False


def _digest(text: str, signs: int) -> str:
    return base64.b32encode(hashlib.sha256(text.encode()).digest())[:signs].decode()
