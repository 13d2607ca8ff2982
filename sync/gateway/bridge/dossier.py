"""All that the province knows of one dossier, before it is told to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sync.gateway.bridge.configuration import CodeUsed, Configuration
from sync.gateway.bridge.life import Life
from sync.gateway.bridge.states import State
from sync.gateway.bridge.values import LONGEST_CODE, Unsayable, text

RESULT = "ket-qua"
"""In place of a requirement's code: the dossier's own result (`app.domain.digitised.RESULT`)."""


@dataclass(frozen=True, slots=True)
class Digitised:
    """One version of one requirement's digital papers, as filed."""

    requirement: str
    version: int
    status: int                                    # TrangThaiSoHoa: 1 digitised, 2 reused paper, 3 reused result
    documents: tuple[str, ...]                     # SHA-256 of each
    name: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """`body`: the newest version of the dossier's text. `stored`: those of its files that are here."""

    number: str                                    # as printed
    body: Mapping[str, Any]
    life: Life
    version: int = 1
    aliases: tuple[str, ...] = ()
    digitised: tuple[Digitised, ...] = ()
    stored: frozenset[str] = frozenset()
    refused_at: datetime | None = None             # not received, though it was filed online

    @property
    def intake(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.body["intake"]
        return found

    @property
    def national_code(self) -> str:
        """Under which the citizen filed it online; "" for what began at the counter."""
        return text(self.intake.get("national_code"))

    def code_there(self, configuration: Configuration) -> str:
        """MaHoSo. Raises Unsayable `alias_missing`, `code_too_long`."""
        code = self.national_code or self.number
        if not self.national_code and configuration.code == CodeUsed.ALIAS:
            if not self.aliases:
                raise Unsayable("alias_missing", "MaHoSo")
            code = self.aliases[0]
        if not code or len(code) > LONGEST_CODE:
            raise Unsayable("code_too_long" if code else "code_missing", "MaHoSo")
        return code

    @property
    def is_finished(self) -> bool:
        """The agency has done, or it ended otherwise."""
        return self.life.ended_at is not None or self.life.business is State.NOT_RECEIVED

    def documents_of(self, requirement: str) -> Digitised | None:
        """The newest version of that paper."""
        found = [each for each in self.digitised if each.requirement == requirement]
        return max(found, key=lambda each: each.version, default=None)

    def replaced_documents(self, requirement: str) -> tuple[str, ...]:
        """Documents of that paper's earlier versions that the newest does not have, in order."""
        newest = self.documents_of(requirement)
        now = frozenset(newest.documents) if newest else frozenset()
        earlier = sorted((each for each in self.digitised if each.requirement == requirement),
                         key=lambda each: each.version)
        return tuple(dict.fromkeys(one for each in earlier for one in each.documents if one not in now))

    @property
    def lacking(self) -> int:
        """Files that are named and not here yet."""
        return len({one for each in self.digitised for one in each.documents} - self.stored)
