"""What one contact did, in plain values: shown on the Đồng bộ page and printed by `python -m app sync`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CycleReport:
    """`problem` is the code that ended the contact early, "" when it went through."""

    sent: int = 0                  # operations the province took now
    already: int = 0               # … that it had from before
    set_aside: int = 0             # refused as they stand; visible, counted, nothing lost
    entries: int = 0               # feed entries that were new
    leases: int = 0
    packages: int = 0
    waiting: int = 0               # operations still unconfirmed afterwards
    problem: str = ""
    needs_person: bool = False
    next_try_seconds: float | None = None

    @property
    def is_good(self) -> bool:
        return not self.problem

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"is_good": self.is_good}


@dataclass(slots=True)
class Done:
    """What a contact has done so far, counted as it goes, so that one that breaks off still tells."""

    sent: int = 0
    already: int = 0
    set_aside: int = 0
    entries: int = 0
    leases: int = 0
    packages: int = 0

    def report(
        self, *, waiting: int, problem: str = "", needs_person: bool = False,
        next_try_seconds: float | None = None,
    ) -> CycleReport:
        return CycleReport(
            self.sent, self.already, self.set_aside, self.entries, self.leases, self.packages, waiting, problem,
            needs_person, next_try_seconds,
        )
