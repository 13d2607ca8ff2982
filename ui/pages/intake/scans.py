"""A scan at the counter while a form is open: a citizen's card is for the form, anything else is not."""

from __future__ import annotations

from datetime import date

from app.domain.citizen_card import CardReading, read_card
from app.domain.scan_kind import ScanKind, scan_kind

_OTHERS = frozenset({ScanKind.DOSSIER_CODE, ScanKind.RESULT, ScanKind.ORIGINAL, ScanKind.PAPER_NUMBER,
                     ScanKind.ITEM_CODE, ScanKind.URL, ScanKind.EMPTY, ScanKind.UNKNOWN})


def read_scan(text: str, today: date, *, is_rewritten: bool = False) -> CardReading | None:
    """The card; None for what the window should look at (our own codes, addresses, anything unknown).

    Raises the refusal of `read_card` for a damaged card and for another card, which it names.
    """
    return None if scan_kind(text) in _OTHERS else read_card(text, today, is_rewritten=is_rewritten)
