"""The text in the code of an original's label: which dossier, which requirement, the how-manieth original of it.

    BG1*000.00.15.H47-260921-0001*2*1*K7V2MX
    mark and version, dossier code, key of the requirement, number of the original, check

An original (sổ đỏ, bằng gốc) is an object of its own: it is listed on each paper it travels with and ticked back
when the citizen has it again. Its label goes on the sleeve it lies in, never on the paper itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.text import nfc
from app.domain.wedge_signs import SIGNS, digest_signs
from app.errors import Refusal

MOST = 99                          # originals of one requirement

_CHECK = 6
_OURS = re.compile(r"BG[0-9]+\*", re.IGNORECASE)
_CODE = re.compile(r"[0-9A-Z.\-]{1,60}")
_PLAIN_KEY = re.compile(rf"[{SIGNS}][{SIGNS}.\-]{{0,11}}")
_TEXT = re.compile(rf"(?P<said>BG1\*(?P<code>[0-9A-Z.\-]{{1,60}})\*(?P<key>[{SIGNS}.\-]{{1,12}}|\+[{SIGNS}]{{10}})"
                   rf"\*(?P<number>[1-9][0-9]?))\*(?P<check>[{SIGNS}]{{{_CHECK}}})")


@dataclass(frozen=True, slots=True)
class OriginalCode:
    """What an original's label says; `key` is compared with `original_key`."""

    code: str                      # of the dossier, as printed
    key: str
    number: int                    # 1 for the first original of that requirement


def original_key(requirement: str) -> str:
    """What stands for a requirement: its code where a scanner types it safely, else "+" and ten signs of a digest.

    Not `separator.requirement_key`: that one is read by a camera only and may hold vowels.
    """
    return requirement if _PLAIN_KEY.fullmatch(requirement) else "+" + digest_signs(nfc(requirement), 10)


def original_text(code: str, requirement: str, number: int = 1) -> str:
    """The text on the label of one original. Raises Refusal `code_not_printable`; ValueError beyond 1 to 99."""
    if not _CODE.fullmatch(code):
        raise Refusal("code_not_printable", dossier_code=code[:60])
    if not 0 < number <= MOST:
        raise ValueError("the number of an original is 1 to 99")
    said = f"BG1*{code}*{original_key(requirement)}*{number}"
    return f"{said}*{digest_signs(said, _CHECK)}"


def read_original(text: str) -> OriginalCode | None:
    """The original on a scanned label; None for any other text and for a damaged one. Never raises."""
    found = _TEXT.fullmatch(text.strip().upper())
    if found is None or digest_signs(found["said"], _CHECK) != found["check"]:
        return None
    return OriginalCode(found["code"], found["key"], int(found["number"]))


def is_original_text(text: str) -> bool:
    """Whether a text says that it is an original's, readable or not: damaged, or of a newer program."""
    return _OURS.match(text.strip()) is not None
