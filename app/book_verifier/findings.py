"""Where to look, with what, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Places:
    """`witness`, `seals`, `tries`: beside the keys. `medium`: the folder of the second copy, None for none."""

    book: Path
    scans: Path
    backups: Path
    witness: Path
    seals: Path
    tries: Path
    medium: Path | None = None


@dataclass(frozen=True, slots=True)
class Secrets:
    """`seal` b"": there is none. `machine`: what this machine is called by its system."""

    book: bytes = field(repr=False)
    seal: bytes = field(repr=False)
    machine: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """`where`: a table, a file, a line; `what`: a name of `words.WORDS`; `values` for its sentence."""

    where: str
    what: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Findings:
    """`notes`: what a person should know and is no fault."""

    breaks: list[Break] = field(default_factory=list)
    notes: list[Break] = field(default_factory=list)
    looked: dict[str, int] = field(default_factory=dict)

    def add(self, where: str, what: str, **values: Any) -> None:
        self.breaks.append(Break(where, what, values))

    def note(self, where: str, what: str, **values: Any) -> None:
        self.notes.append(Break(where, what, values))

    def count(self, what: str, amount: int = 1) -> None:
        self.looked[what] = self.looked.get(what, 0) + amount
