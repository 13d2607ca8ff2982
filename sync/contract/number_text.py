"""Light reading of a dossier code: which agency, which day, which number, and the key that both forms share.

`000.00.15.H47-260921-0001` and `H47.15-260921-0001` name one dossier. Tests hold this against
`app.domain.dossier_code`; what is not read here is still kept, only not checked against a lease.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

_IDENTIFIER = re.compile(r"(?:([0-9]{3})\.([0-9]{2})\.([0-9]{2})\.)?([A-Z][0-9]{2})((?:\.[0-9]{1,4}){0,3})")
_NUMBER = re.compile(r"(?P<org>[0-9A-Z.]{3,40})-(?P<day>[0-9]{6})-(?P<number>[0-9]{4,6})")


@dataclass(frozen=True)
class NumberText:
    """A code in parts; equal `key`s are one dossier."""

    agency_key: str                                # H47.15
    day: date
    number: int

    @cached_property
    def key(self) -> str:
        return f"{self.agency_key}-{self.day:%y%m%d}-{self.number:04d}"


@lru_cache(1_024)
def agency_key(identifier: str) -> str | None:
    """`H47.15` for both forms of an agency's identifier; None when it is none."""
    found = _IDENTIFIER.fullmatch(identifier)
    if found is None:
        return None
    above = [int(group) for group in found.groups()[:3] if group is not None]
    while above and above[0] == 0:
        above.pop(0)
    below = [int(group) for group in found[5].split(".") if group]
    return ".".join((found[4], *map(str, (*reversed(above), *below))))


def read_number(text: object) -> NumberText | None:
    """The code exactly as it is printed, in parts; None when it is none."""
    return _read(text) if isinstance(text, str) else None


@lru_cache(4_096)                  # a batch asks for each of its numbers more than once
def _read(text: str) -> NumberText | None:
    found = _NUMBER.fullmatch(text)
    agency = agency_key(found["org"]) if found else None
    if found is None or agency is None or int(found["number"]) == 0:
        return None
    digits = found["day"]
    try:
        day = date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
    return NumberText(agency, day, int(found["number"]))
