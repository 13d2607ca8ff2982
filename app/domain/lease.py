"""Number leases: which four digits this counter may use for an agency on a day (sync.md, "Numbers").

A lease is signed by the province and never given to anyone else, used or not. A number of it is issued,
void or unused, and is never used a second time.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Lease:
    """Numbers `lo`..`hi` (inclusive) of each day in `date_from`..`date_to`, for one agency and one counter."""

    lease_id: str
    agency: str                    # agency id
    device: str
    epoch: int
    date_from: date
    date_to: date
    lo: int
    hi: int

    def covers(self, day: date) -> bool:
        return self.date_from <= day <= self.date_to

    def to_payload(self) -> str:
        """The exact text the province signs."""
        fields = asdict(self) | {"date_from": self.date_from.isoformat(), "date_to": self.date_to.isoformat()}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_payload(cls, payload: str) -> Lease:
        """Raises ValueError when the text is not a lease."""
        try:
            fields: dict[str, Any] = json.loads(payload)
            fields["date_from"] = date.fromisoformat(fields["date_from"])
            fields["date_to"] = date.fromisoformat(fields["date_to"])
            lease = cls(**fields)
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError("not a lease") from error
        if not 0 < lease.lo <= lease.hi:
            raise ValueError("not a lease")
        return lease
