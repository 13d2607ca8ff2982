"""Values of a page intake: where pages go, and what the scanner is doing."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import KnownError


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement that pages can lie under, with what chooses how its pages are prepared."""

    code: str
    name: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where pages go: the intake, and its dossier's code once it has been received ("" before)."""

    intent: str
    code: str
    requirements: tuple[Wanted, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(wanted.code for wanted in self.requirements)


@dataclass(frozen=True, slots=True)
class ScanState:
    """What the scanner is doing. `error`: why the last scan ended early; pages before it are safe."""

    is_scanning: bool = False
    source: str = ""               # id
    batch: str = ""
    pages: int = 0                 # kept so far in this batch
    is_cancelling: bool = False
    error: KnownError | None = None
