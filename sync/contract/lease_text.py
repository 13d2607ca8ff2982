"""The text of a number lease, as the province writes and signs it; `app.domain.lease` reads the same."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from sync.contract.limits import HIGHEST_NUMBER


@dataclass(frozen=True, slots=True)
class LeaseText:
    """Numbers `lo`..`hi` of each day `date_from`..`date_to`, ends included, for one agency and (device, epoch)."""

    lease_id: str
    agency: str
    device: str
    epoch: int
    date_from: date
    date_to: date
    lo: int
    hi: int

    def __post_init__(self) -> None:
        if not (0 < self.lo <= self.hi <= HIGHEST_NUMBER and self.date_from <= self.date_to):
            raise ValueError("not a lease")

    @classmethod
    def from_payload(cls, payload: str) -> LeaseText:
        """Raises ValueError when the text is no lease."""
        try:
            fields = dict(json.loads(payload))
            fields |= {name: date.fromisoformat(fields[name]) for name in ("date_from", "date_to")}
            return cls(**fields)
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError("not a lease") from error

    def to_payload(self) -> str:
        """The exact text that is signed."""
        fields = asdict(self) | {"date_from": self.date_from.isoformat(), "date_to": self.date_to.isoformat()}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
