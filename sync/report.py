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
    offered: int = 0               # of other counters, given back to a province that had lost them
    recovered: int = 0             # of ours, brought back onto an older disk
    entries: int = 0               # feed entries that were new
    leases: int = 0
    packages: int = 0
    files_sent: int = 0            # documents that the province has whole now and had not before
    files_aside: int = 0           # … that it or our disk refused; visible, counted, tried again
    file_bytes: int = 0            # of documents that arrived, also of those that are not whole yet
    waiting: int = 0               # operations still unconfirmed afterwards
    files_waiting: int = 0         # documents still unconfirmed, counted apart
    file_bytes_waiting: int = 0
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
    offered: int = 0
    recovered: int = 0
    entries: int = 0
    leases: int = 0
    packages: int = 0
    files_sent: int = 0
    files_aside: int = 0
    file_bytes: int = 0

    def report(
        self, left: Left, *, problem: str = "", needs_person: bool = False, next_try_seconds: float | None = None,
    ) -> CycleReport:
        return CycleReport(
            **asdict(self), waiting=left.operations, files_waiting=left.files, file_bytes_waiting=left.file_bytes,
            problem=problem, needs_person=needs_person, next_try_seconds=next_try_seconds,
        )


@dataclass(frozen=True, slots=True)
class Left:
    """What the province has not confirmed: "chờ gửi: n hồ sơ, m tệp"."""

    operations: int
    files: int
    file_bytes: int
