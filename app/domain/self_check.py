"""What the machine's own test found, part by part; only codes and figures, no word of a person.

The words stand with whoever shows them (`ui.models.self_check_words`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """What is looked at, in the order in which it stands on the page."""

    BOOK = "book"
    BACKUP = "backup"
    DISK = "disk"
    CLOCK = "clock"
    PRINTER = "printer"
    LOOP = "loop"                      # a test page printed, and its bars scanned back
    SCANNER = "scanner"
    GATEWAY = "gateway"
    MEDIUM = "medium"
    RECOVERY = "recovery"


class State(StrEnum):
    GOOD = "good"
    WARN = "warn"                      # the work goes on; somebody should look
    BAD = "bad"                        # the work stops, or will
    OPEN = "open"                      # not tried yet, or nothing is there that could be tried


@dataclass(frozen=True, slots=True)
class Checked:
    """One part: how it stands, and which of its sentences says so. `values` fill it."""

    part: Part
    state: State
    found: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        return {"part": self.part, "state": self.state, "found": self.found, "values": dict(self.values)}


def read_checked(said: Mapping[str, object]) -> Checked:
    """From the line of a check's process. Raises ValueError, KeyError."""
    values = said.get("values")
    if not isinstance(values, Mapping):
        raise ValueError("values")
    return Checked(Part(str(said["part"])), State(str(said["state"])), str(said["found"]), dict(values))
