"""The lists of dossiers by name, a line of any list, and what a list needs to know besides the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from app.domain.dossier import State
from app.domain.life.states import Custody, Delivery, MoneyState
from app.domain.life.work import Work

SOON = timedelta(days=3)
"""How far ahead a promise "comes up"."""


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One line of any list. `is_confirmed`: the province has custody (always true for others' dossiers)."""

    id: int
    code: str
    applicant_name: str
    masked_identifier: str
    masked_phone: str
    procedure_code: str
    procedure_name: str
    agency_name: str
    received_at: datetime
    due_at: datetime | None
    state: State
    version: int
    is_own: bool
    is_confirmed: bool
    clerk_name: str
    custody: Custody
    delivery: Delivery
    money: MoneyState
    requests: int                  # supplement requests; more than one counts as overdue
    moved_at: datetime | None      # since when the latest of its states holds; None: since reception
    shelf: str


class DossierList(StrEnum):
    """The lists behind the counts; a count and its list share one condition."""

    ALL = "all"
    RECEIVED_TODAY = "received_today"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"          # after today, up to `SOON`
    OVERDUE = "overdue"
    UNSENT = "unsent"
    TO_SCAN = "to_scan"            # own, open, with papers that are not digitised
    # what the life of dossiers asks for, see `app.domain.life.work`
    TO_HAND_OVER = "to_hand_over"
    UNACKNOWLEDGED = "unacknowledged"
    SENT_BACK = "sent_back"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    READY = "ready"
    TO_POST = "to_post"
    POSTED = "posted"
    UNDELIVERED = "undelivered"
    ORIGINALS = "originals"
    CONFLICT = "conflict"
    AWAITED = "awaited"


WORK_LISTS: Mapping[DossierList, Work] = {DossierList(work.name.lower()): work for work in Work}
"""Lists that stand in the table of work; the rest is told by the dossier's own row."""


PlainList = Literal[
    DossierList.ALL, DossierList.RECEIVED_TODAY, DossierList.DUE_TODAY, DossierList.DUE_SOON, DossierList.OVERDUE,
    DossierList.UNSENT,
]
"""Those that a condition on the dossier's own row tells."""
DUE_LISTS = frozenset({DossierList.DUE_TODAY, DossierList.DUE_SOON, DossierList.OVERDUE})
"""Lists of promises, by their days, the most urgent first; all others newest first."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What lists need to know besides the tables: today, and up to where the province has confirmed us.

    `earlier`: (epoch, confirmed) of former epochs that still have something to send.
    """

    today: str
    device: str
    epoch: int
    confirmed: int
    earlier: tuple[tuple[int, int], ...] = ()

    @property
    def open_epochs(self) -> tuple[tuple[int, int], ...]:
        return (*self.earlier, (self.epoch, self.confirmed))

    def is_unsent(self, device: str, epoch: int, seq: int) -> bool:
        """Whether the province has not confirmed that operation of ours; another's is never unsent."""
        return device == self.device and any(
            epoch == open_epoch and seq > confirmed for open_epoch, confirmed in self.open_epochs
        )

    @property
    def soon(self) -> str:
        """The last day that counts as near."""
        return (date.fromisoformat(self.today) + SOON).isoformat()
