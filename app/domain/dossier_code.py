"""The dossier code (mã số hồ sơ): reading both forms in use and comparing them.

Long form, Thông tư 01/2018/TT-VPCP Điều 19: `000.00.15.H47-260921-0001`; short form with identifiers of
Quyết định 20/2020/QĐ-TTg: `H47.15-260921-0001`. Both are in use side by side and may name the same dossier,
so a code has its text as printed and a `key` under which both forms are equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from app.errors import Refusal

_LONGEST = 60                      # the longest code of the grammar has 42 characters
_ORG = r"(?P<zeros>[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?(?P<top>[A-Z][0-9]{2})(?P<units>(?:\.[0-9]{1,4}){0,3})"
_CODE = rf"(?P<org>{_ORG})-(?P<day>[0-9]{{6}})-(?P<number>[0-9]{{4,6}})"
_WHOLE = re.compile(_CODE)
# A code may stand between any signs but letters and digits; a dot before it would be the tail of a longer code.
_INSIDE = re.compile(r"(?<![0-9A-Z.])" + _CODE + r"(?![0-9A-Z])")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_AROUND_SEPARATORS = re.compile(r"\s*([.\-])\s*")


class CodeForm(StrEnum):
    LONG = "long"                  # 000.00.15.H47
    SHORT = "short"                # H47.15
    MIXED = "mixed"                # 000.00.15.H47.3: seen in no law, read all the same


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code taken apart. Two codes of one dossier have equal `key`s; `text` is what is printed and encoded."""

    text: str
    org: str                       # identifier of the agency, as written
    form: CodeForm
    top: str                       # level 1: province (H…) or ministry (G…)
    units: tuple[int, ...]         # the levels below, highest first
    day: date                      # of reception
    sequence: int                  # of that agency on that day

    @property
    def agency_key(self) -> str:
        """Identifier that is the same for both forms: `H47.15`."""
        return ".".join((self.top, *map(str, self.units)))

    @property
    def key(self) -> str:
        """What is compared and unique: `H47.15-260921-0001`, without leading zeros in the units."""
        return f"{self.agency_key}-{self.day:%y%m%d}-{self.sequence:04d}"


@lru_cache(maxsize=512)            # one save reads the same code three times
def parse_code(text: str) -> DossierCode:
    """The code in `text`, however typed: any case, any dash, blanks around dots and dashes.

    Blanks between digits are refused, not closed: two numbers side by side are not one number.
    Raises Refusal `code_not_recognised`, `code_date_impossible` (date), `code_number_zero`.
    """
    found = _WHOLE.fullmatch(_tidy(text)) if len(text) <= _LONGEST * 2 else None
    if found is None:
        raise Refusal("code_not_recognised")
    return _take_apart(found)


def find_codes_in(text: str) -> tuple[DossierCode, ...]:
    """Every valid code inside a scanned address or any text, in order, each once. Never raises."""
    found: dict[str, DossierCode] = {}
    for match in _INSIDE.finditer(_tidy(unquote(text))):
        try:
            code = _take_apart(match)
        except Refusal:
            continue
        found.setdefault(code.text, code)
    return tuple(found.values())


@lru_cache(maxsize=512)
def agency_key(identifier: str) -> str:
    """`H47.15` for both `000.00.15.H47` and `H47.15`. Raises Refusal `agency_identifier_wrong`."""
    found = _WHOLE.fullmatch(f"{_tidy(identifier)}-000101-0001")
    if found is None:
        raise Refusal("agency_identifier_wrong", identifier=identifier[:_LONGEST])
    return _take_apart(found).agency_key


def code_as_json(text: str) -> dict[str, Any]:
    """What `python -m app code` prints: the parts of the code. Raises Refusal as `parse_code`."""
    code = parse_code(text)
    return {
        "code": code.text,
        "key": code.key,
        "form": str(code.form),
        "org": code.org,
        "agency": code.agency_key,
        "top": code.top,
        "units": list(code.units),
        "date": code.day.isoformat(),
        "sequence": code.sequence,
    }


def _tidy(text: str) -> str:
    plain = _DASHES.sub("-", _INVISIBLE.sub("", text))
    return _AROUND_SEPARATORS.sub(r"\1", plain.strip()).upper()


def _take_apart(found: re.Match[str]) -> DossierCode:
    digits = found["day"]
    try:
        day = date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError as error:
        raise Refusal("code_date_impossible", date=digits) from error
    sequence = int(found["number"])
    if sequence == 0:
        raise Refusal("code_number_zero")
    above = [int(group) for group in (found["zeros"] or "").split(".") if group]
    # Only the unused outer levels go: a zero between two used levels tells 001.00.15.H47 from 000.01.15.H47.
    while above and above[0] == 0:
        above.pop(0)
    below = [int(group) for group in found["units"].split(".") if group]
    long, short = found["zeros"] is not None, bool(below)
    form = CodeForm.MIXED if long and short else CodeForm.LONG if long else CodeForm.SHORT
    return DossierCode(found[0], found["org"], form, found["top"], (*reversed(above), *below), day, sequence)
