"""A dossier (hồ sơ) once received: its states and what a stored row must be able to tell.

Business states are the national list TrangThaiHoSo 1–10 (domain facts, "Life cycle"); the counter itself
only ever sets 2, 3, 7 and 10, the rest comes from the agency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from app.domain.intake import Intake
from app.domain.procedure import ProcessingTime


class State(IntEnum):
    """Trạng thái hồ sơ, national codes."""

    REGISTERED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    IN_PROCESS = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9
    RETURNED = 10


OPEN_STATES = frozenset(
    {State.REGISTERED, State.RECEIVED, State.IN_PROCESS, State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED}
)
"""States in which the same person bringing the same procedure again is worth a warning."""

RUNNING_STATES = OPEN_STATES - {State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED}
"""States in which the agency's time runs: waiting for the citizen does not consume it (domain facts 6.1)."""


@dataclass(frozen=True, slots=True)
class LegDue:
    """One agency's date of an inter-agency procedure; `at` None where its time or one before is not known."""

    name: str
    is_own: bool
    time: ProcessingTime
    at: datetime | None
    steps: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StageDue:
    """The form's "giai đoạn 2": without dates until the citizen has brought what the first result asks."""

    time: ProcessingTime
    received_at: datetime | None = None
    at: datetime | None = None
    steps: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The promised date with its derivation, as stored; `steps` are JSON values of the derivation.

    Of an inter-agency procedure `at` is the date of all agencies together and `legs` holds each one's own.
    """

    at: datetime | None
    steps: tuple[Any, ...]
    warnings: tuple[str, ...]
    calendar_version: str
    policy_version: str
    legs: tuple[LegDue, ...] = ()
    second_stage: StageDue | None = None

    @property
    def own_leg(self) -> LegDue | None:
        """The part of the agency that settles the procedure; None when it is the only one."""
        return next((leg for leg in self.legs if leg.is_own), None)


@dataclass(frozen=True, slots=True)
class DossierBody:
    """The whole dossier as one operation states it: what is printed, shown, sent and rebuilt from."""

    code: str
    version: int
    received_at: datetime          # UTC
    business_date: date
    book: str
    book_number: int
    form_set: str
    clerk: str                     # id of who received it
    clerk_name: str
    secret: str                    # four characters for the public lookup
    due: Due
    intake: Intake
