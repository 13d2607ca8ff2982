"""What the barcodes of a receipt hold, and what a scan of one says about the version of the paper.

Code 128 holds the bare dossier code, so that every other system reads it too. The QR holds the bare code on
version 1 and `code/version` from the first correction on: scanning the QR of a corrected receipt tells the
current paper from a replaced one.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.dossier_code import DossierCode, find_codes_in, parse_code
from app.domain.original_code import is_original_text
from app.domain.result_code import is_result_text
from app.errors import Refusal


@dataclass(frozen=True, slots=True)
class ScannedReceipt:
    """`version` is None when the paper did not say it: Code 128, a cover label, or version 1."""

    code: DossierCode
    version: int | None


def qr_text(code: str, version: int) -> str:
    """The QR's content for that version of a receipt."""
    return code if version == 1 else f"{code}/{version}"


def read_receipt_code(text: str) -> ScannedReceipt:
    """The code in a scan: bare, with version, or inside a lookup address. Raises what `parse_code` raises.

    The label of a result or of an original also holds the code, and is no receipt: it is refused.
    """
    if is_result_text(text) or is_original_text(text):
        raise Refusal("code_not_recognised")
    plain, _, version = text.strip().rpartition("/")
    if plain and version.isascii() and version.isdigit() and len(version) <= 3 and int(version) > 1:
        try:
            return ScannedReceipt(parse_code(plain), int(version))
        except Refusal:
            pass                       # an address whose last part is a number: looked at as a whole below
    try:
        return ScannedReceipt(parse_code(text), None)
    except Refusal:
        found = find_codes_in(text)
        if len(found) != 1:            # none, or several: nobody can say which is meant
            raise
        return ScannedReceipt(found[0], None)
