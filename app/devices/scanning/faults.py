"""SANE's own words for what went wrong, as `scanimage` prints them (LC_ALL=C), and which trouble each is.

`sane_strstatus` in SANE's backend/sane_strstatus.c; the numbers are SANE_Status of sane/sane.h, which `scanimage`
also uses as its exit code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.devices.scanning.port import ScanTrouble

_BY_WORDS = (
    ("Document feeder jammed", ScanTrouble.JAMMED),
    ("Document feeder out of documents", ScanTrouble.NO_PAPER),
    ("Scanner cover is open", ScanTrouble.COVER_OPEN),
    ("Device busy", ScanTrouble.BUSY),
    ("Error during device I/O", ScanTrouble.IO),
    ("Access to resource has been denied", ScanTrouble.REFUSED),
    ("Operation was cancel", ScanTrouble.CANCELLED),        # "canceled" and, in older versions, "cancelled"
    ("Operation not supported", ScanTrouble.REFUSED),
    ("Out of memory", ScanTrouble.IO),
    ("Invalid argument", ScanTrouble.REFUSED),
    ("no SANE devices found", ScanTrouble.NOT_FOUND),
)
_BY_NUMBER = {
    1: ScanTrouble.REFUSED, 2: ScanTrouble.CANCELLED, 3: ScanTrouble.BUSY, 4: ScanTrouble.REFUSED,
    6: ScanTrouble.JAMMED, 7: ScanTrouble.NO_PAPER, 8: ScanTrouble.COVER_OPEN, 9: ScanTrouble.IO,
    10: ScanTrouble.IO, 11: ScanTrouble.REFUSED,
}
_LAST_WORDS = "Batch terminated"
_OPEN = re.compile(r"^scanimage: open of device .* failed: (?P<why>.*)$")


def trouble_of(lines: Iterable[str], code: int) -> tuple[ScanTrouble, str] | None:
    """What ended `scanimage`, and its own words for it without a device's name; None: nothing did.

    `lines` is what it said on its way. A code below zero is a signal: it was killed or crashed. That is what
    counts only where it had named no trouble: drivers crash when they are closed, and the clerk can shut a cover.
    """
    for line in reversed(list(lines)):
        if not line.startswith("scanimage:"):
            continue
        if opening := _OPEN.match(line):
            trouble = _by_words(opening["why"])
            is_gone = trouble is None or opening["why"] == "Invalid argument"
            return (ScanTrouble.NOT_FOUND if is_gone or trouble is None else trouble), opening["why"]
        if trouble := _by_words(line):
            return trouble, line.removeprefix("scanimage: ")
    if code < 0:
        return ScanTrouble.DIED, f"signal {-code}"
    if code == 0:
        return None
    return _BY_NUMBER.get(code, ScanTrouble.DIED), f"exit code {code}"


def says_an_end(lines: Iterable[str]) -> bool:
    """Whether these words of `scanimage` are its last about a scan: a trouble, or that the batch is over. What it
    does after them is to give the device back."""
    said = list(lines)
    return trouble_of(said, 0) is not None or any(line.startswith(_LAST_WORDS) for line in said)


def _by_words(text: str) -> ScanTrouble | None:
    return next((trouble for words, trouble in _BY_WORDS if words in text), None)
