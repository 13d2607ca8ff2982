"""What the province lets one clerk do in one office, as it writes and signs it; `app.domain.people.grant` reads
it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

KIND = "grant"
ROLES = frozenset(("intake", "return", "cashier", "shift_lead", "catalogue_admin", "auditor"))
DEFAULT_GRANT_DAYS = 14


@dataclass(frozen=True, slots=True)
class GrantText:
    """`until` is its last day, `made` the one on which the province wrote it. `serial` rises with each personal
    code made out for her; `activation` is the argon2id verifier of that code, "" before the first."""

    clerk: str
    name: str
    office: str
    roles: tuple[str, ...]
    accounts: Mapping[str, str]    # agency id → her account there
    until: date
    serial: int
    activation: str
    made: date | None = None

    def to_payload(self) -> str:
        """The exact text that is signed."""
        fields = asdict(self) | {"kind": KIND, "until": self.until.isoformat(), "roles": sorted(self.roles)}
        if self.made is None:
            del fields["made"]
        else:
            fields["made"] = self.made.isoformat()
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sign_in_off_text(office: str, day: date | None) -> str:
    """What the province signs, on that day, where nobody signs in as herself; `app.services.people.switch` reads
    it. None: as a province wrote it that did not say the day yet."""
    said = {"kind": "sign_in_off", "office": office} | ({} if day is None else {"day": day.isoformat()})
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def grants_digest(payloads: Iterable[str]) -> str:
    """Names a set of grants, in whatever order: a counter that has it needs not hear it again."""
    return hashlib.sha256("\n".join(sorted(payloads)).encode()).hexdigest()
