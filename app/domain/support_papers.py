"""Papers that an office prints for itself when something is wrong: no law knows them, nobody signs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One part or one matter: its name, how it stands in a word, what that means, what to do."""

    name: str
    state: str
    meaning: str
    press: str = ""


@dataclass(frozen=True, slots=True)
class SelfCheckSheet:
    """How every part of a machine stood. `support_code` also as a square, for a telephone's camera."""

    unit: str
    counter_name: str
    checked_at: datetime
    program: str
    support_code: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class CrashSlip:
    """What was happening when the program stopped, and what became of each matter.

    `stopped_at`: about when, as far as was noted; `doing`: what lay open; `verdict`: whether that is stored;
    `last_saved`: what was stored last, the newest first.
    """

    unit: str
    counter_name: str
    printed_at: datetime
    stopped_at: datetime | None
    doing: str
    verdict: str
    last_saved: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    support_code: str


@dataclass(frozen=True, slots=True)
class LoopPage:
    """A test page: its bars go back through the scanner."""

    unit: str
    counter_name: str
    printed_at: datetime
    code: str
