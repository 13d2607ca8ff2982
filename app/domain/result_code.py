"""The text in the codes of a result's label: which dossier the result belongs to, and that it is the result.

    KQ1*000.00.15.H47-260921-0001*K7V2MX
    mark and version, dossier code, check

At the return two papers are scanned, the citizen's receipt and the result. Were both codes the bare dossier code,
one paper scanned twice would pass; so the result's text can never be taken for the receipt's
(`app.domain.receipt_code` refuses it). The check is six signs of SHA-256 over all before it.
"""

from __future__ import annotations

import re

from app.domain.dossier_code import parse_code
from app.domain.wedge_signs import SIGNS, digest_signs
from app.errors import Refusal

_CHECK = 6
_OURS = re.compile(r"KQ[0-9]+\*", re.IGNORECASE)
_CODE = re.compile(r"[0-9A-Z.\-]{1,60}")
_TEXT = re.compile(rf"(?P<said>KQ1\*(?P<code>[0-9A-Z.\-]{{1,60}}))\*(?P<check>[{SIGNS}]{{{_CHECK}}})")


def result_text(code: str) -> str:
    """The text on the label of the result of dossier `code`. Raises Refusal `code_not_printable`."""
    if not _CODE.fullmatch(code):
        raise Refusal("code_not_printable", dossier_code=code[:60])
    said = f"KQ1*{code}"
    return f"{said}*{digest_signs(said, _CHECK)}"


def read_result(text: str) -> str | None:
    """The dossier code on a result's label; None for any other text and for a damaged one. Never raises.

    Read in any case: a scanner with Caps Lock on types small letters.
    """
    found = _TEXT.fullmatch(text.strip().upper())
    if found is None or digest_signs(found["said"], _CHECK) != found["check"]:
        return None
    return found["code"]


def is_result_text(text: str) -> bool:
    """Whether a text says that it is a result's, readable or not: damaged, or of a newer program."""
    return _OURS.match(text.strip()) is not None


def is_result_of(text: str, code: str) -> bool:
    """Whether the scanned result belongs to dossier `code`, in whichever of both forms each is written."""
    found = read_result(text)
    if found is None:
        return False
    try:
        return parse_code(found).key == parse_code(code).key
    except Refusal:
        return found == code
