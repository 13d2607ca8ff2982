"""What a scanned text is, before anybody tries to read it as something in particular."""

from __future__ import annotations

import re
from enum import StrEnum

from app.domain.card_repair import clean_scan
from app.domain.dossier_code import parse_code
from app.domain.original_code import is_original_text
from app.domain.paper_number import read_paper_number
from app.domain.personal_number import is_personal_number
from app.domain.result_code import is_result_text
from app.errors import Refusal


class ScanKind(StrEnum):
    CITIZEN_CARD = "citizen_card"          # QR of the CCCD or căn cước, whole or damaged
    PERSONAL_NUMBER = "personal_number"    # twelve digits alone: Code 128 or typed
    DOSSIER_CODE = "dossier_code"          # one of our receipts or covers
    RESULT = "result"                      # label of a result, readable or damaged
    ORIGINAL = "original"                  # label of one original, readable or damaged
    PAPER_NUMBER = "paper_number"          # hand-over list, slip, minutes
    ITEM_CODE = "item_code"                # of a postal item, UPU S10: by shape, the check digit is its reader's
    HEALTH_INSURANCE = "health_insurance"  # BHYT card: also bars, but the name is in hexadecimal
    VIETQR = "vietqr"                      # EMVCo payment code
    URL = "url"
    MRZ = "mrz"                            # machine-readable lines on the back of the card, ICAO 9303
    EMPTY = "empty"
    UNKNOWN = "unknown"


_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)", re.IGNORECASE)
_HEALTH_INSURANCE = re.compile(r"(?:[A-Z]{2}[0-9A-Z]{13}|[0-9]{10})\|(?:[0-9A-F]{2}){2,}\|", re.IGNORECASE)
_VIETQR = re.compile(r"000201[0-9]{2}.{6,}")
_MRZ = re.compile(r"I[D<]VNM[0-9<]|[0-9]{7}[MF<][0-9]{7}VNM|[A-Z<]+<<[A-Z<]+$")
_ITEM_CODE = re.compile(r"[A-Z]{2}[0-9]{9}VN", re.IGNORECASE)
_FEWEST_BARS = 3


def scan_kind(text: str) -> ScanKind:
    """The kind of `text`, scanner noise or not.

    Never refuses. A damaged card is still CITIZEN_CARD, so that its reader can say what damaged it.
    """
    try:
        return kind_of_clean(clean_scan(text))
    except Refusal as refused:
        if refused.code == "card_empty":
            return ScanKind.EMPTY
        return ScanKind.CITIZEN_CARD if text.count("|") >= _FEWEST_BARS else ScanKind.UNKNOWN


def kind_of_clean(payload: str) -> ScanKind:
    """The same for a text that `clean_scan` has been through."""
    if is_personal_number(payload):
        return ScanKind.PERSONAL_NUMBER
    for kind, shape in (
        (ScanKind.URL, _URL),
        (ScanKind.HEALTH_INSURANCE, _HEALTH_INSURANCE),
        (ScanKind.VIETQR, _VIETQR),
        (ScanKind.MRZ, _MRZ),
    ):
        if shape.match(payload):
            return kind
    if _is_dossier_code(payload):
        return ScanKind.DOSSIER_CODE
    if payload.count("|") >= _FEWEST_BARS:
        return ScanKind.CITIZEN_CARD
    return _kind_on_the_way(payload)


def _kind_on_the_way(payload: str) -> ScanKind:
    """What else of ours is scanned while a dossier travels; UNKNOWN for the rest."""
    if is_result_text(payload):
        return ScanKind.RESULT
    if is_original_text(payload):
        return ScanKind.ORIGINAL
    if read_paper_number(payload) is not None:
        return ScanKind.PAPER_NUMBER
    return ScanKind.ITEM_CODE if _ITEM_CODE.fullmatch(payload) else ScanKind.UNKNOWN


def _is_dossier_code(payload: str) -> bool:
    try:
        parse_code(payload)
    except Refusal:
        return False
    return True
