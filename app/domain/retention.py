"""How long this machine keeps what it holds of citizens, and what stands in the way of letting it go.

The counter holds scans only until the province has them: paper and the official store are the agency's duty
(Luật Lưu trữ 33/2024/QH15), and personal data is kept no longer than its purpose needs (Luật 91/2025/QH15). The
province says how long in the office file, `retention {scan_days, personal_months}`; without it nothing leaves.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.domain.dossier import State
from app.domain.life.states import Custody, Delivery, MoneyState

NAME = "retention"
"""Of the part of the office file."""

UNLISTED = "(đã gỡ tên)"
"""Stands in lists in place of a person whose term is over."""

LONGEST_SCAN_DAYS = 3_650
LONGEST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Policy:
    """None: kept for as long as nobody says otherwise."""

    scan_days: int | None = None           # after the dossier is finished and the province has every file
    personal_months: int | None = None     # after the dossier is finished: out of lists and search


def read_policy(office: Mapping[str, Any]) -> Policy:
    """What the office file says. A term that is no whole number in its bounds is none: nothing leaves by it."""
    said = office.get(NAME)
    if not isinstance(said, Mapping):
        return Policy()
    return Policy(
        _term(said.get("scan_days"), LONGEST_SCAN_DAYS), _term(said.get("personal_months"), LONGEST_MONTHS),
    )


class Hold(StrEnum):
    """Why scans and names of a dossier stay here; those about which somebody can do something: `OBSTACLES`."""

    NO_TERM = "no_term"            # the province has set none
    NOT_OURS = "not_ours"          # another counter received it
    RUNNING = "running"            # the business is not over, or the result is not in the citizen's hands
    PAPERS = "papers"              # the paper file is on the way, missing, or still to be given back
    WORK = "work"                  # it stands in a work list: originals to give back, two counters disagree …
    UNPAID = "unpaid"
    UNSENT = "unsent"              # the province has not confirmed every line about it
    SENT_BACK = "sent_back"        # the province refuses a line or holds it, or breaks on it
    FILES = "files"                # the province has not confirmed every file
    TRAY = "tray"                  # pages that stand in no document yet
    NOT_DUE = "not_due"            # all is well, its day has not come


OBSTACLES = frozenset(Hold) - {Hold.NO_TERM, Hold.NOT_OURS, Hold.RUNNING, Hold.NOT_DUE}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known here of a dossier whose scans this machine holds.

    `finished_on`: the counter's day of its last change of state. `confirmed_on`: when the last of its files was
    with the province, None where it has none. `has_stage_ahead`: a second stage was promised and has not begun.
    `work`: matters of it that are open. `unsent`, `sent_back`: lines about it that the province has not confirmed,
    or does not accept. `files_open`: files without the province's word. `pages_open`: pages in no document.
    """

    is_own: bool
    has_stage_ahead: bool
    state: State
    delivery: Delivery
    custody: Custody
    money: MoneyState
    finished_on: date | None
    confirmed_on: date | None
    work: int = 0
    unsent: int = 0
    sent_back: int = 0
    files_open: int = 0
    pages_open: int = 0


_WITHOUT_RESULT = frozenset({State.NOT_RECEIVED, State.WITHDRAWN, State.STOPPED})
_IN_CITIZENS_HANDS = frozenset({Delivery.DELIVERED, Delivery.RETURNED, Delivery.ELSEWHERE})


def is_finished(kept: Kept) -> bool:
    """Whether nothing more is to come: ended without a result, or the result is in the citizen's hands."""
    if kept.finished_on is None or kept.has_stage_ahead:
        return False
    if kept.state in _WITHOUT_RESULT:
        return kept.delivery not in (Delivery.SHELF, Delivery.POSTED, Delivery.UNDELIVERED, Delivery.RECALLED)
    return kept.state in (State.DONE, State.RETURNED) and kept.delivery in _IN_CITIZENS_HANDS


def scan_day(kept: Kept, policy: Policy) -> date | None:
    """From which day on its scans may leave, as far as time goes: counted from the end of the dossier and from the
    province's word for its last file, whichever came later. None while there is no such day."""
    if policy.scan_days is None or not is_finished(kept) or kept.finished_on is None or kept.confirmed_on is None:
        return None
    return max(kept.finished_on, kept.confirmed_on) + timedelta(days=policy.scan_days)


def scan_holds(kept: Kept, policy: Policy, today: date) -> frozenset[Hold]:
    """Everything that keeps its scans on this machine; empty: they may leave."""
    found = _standing_holds(kept)
    if policy.scan_days is None:
        found.add(Hold.NO_TERM)
    if kept.confirmed_on is None:
        found.add(Hold.FILES)
    day = scan_day(kept, policy)
    if day is not None and today < day:
        found.add(Hold.NOT_DUE)
    return frozenset(found)


def list_day(kept: Kept, policy: Policy) -> date | None:
    """From which day on its person may leave lists and search, as far as time goes. None while there is none."""
    if policy.personal_months is None or not is_finished(kept) or kept.finished_on is None:
        return None
    return months_after(kept.finished_on, policy.personal_months)


def list_holds(kept: Kept, policy: Policy, today: date) -> frozenset[Hold]:
    """Everything that keeps the person's name and numbers in lists and search; empty: they may leave."""
    found = _standing_holds(kept)
    if policy.personal_months is None:
        found.add(Hold.NO_TERM)
    day = list_day(kept, policy)
    if day is not None and today < day:
        found.add(Hold.NOT_DUE)
    return frozenset(found)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last one of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _standing_holds(kept: Kept) -> set[Hold]:
    """What stands in the way whatever the term is."""
    found: set[Hold] = set()
    if not kept.is_own:
        found.add(Hold.NOT_OURS)
    if not is_finished(kept):
        found.add(Hold.RUNNING)
    if kept.custody in (Custody.ON_THE_WAY, Custody.MISSING) or (
        kept.state in _WITHOUT_RESULT and kept.custody is Custody.COUNTER
    ):
        found.add(Hold.PAPERS)
    if kept.money is MoneyState.DUE:
        found.add(Hold.UNPAID)
    for amount, hold in (
        (kept.work, Hold.WORK), (kept.unsent, Hold.UNSENT), (kept.sent_back, Hold.SENT_BACK),
        (kept.files_open, Hold.FILES), (kept.pages_open, Hold.TRAY),
    ):
        if amount:
            found.add(hold)
    return found


def _term(said: object, longest: int) -> int | None:
    return said if type(said) is int and 1 <= said <= longest else None
