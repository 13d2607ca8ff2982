"""The lists of work a dossier stands in because of its life; a count and its list read the same rows."""

from __future__ import annotations

from enum import IntEnum

from app.domain.dossier import State
from app.domain.life.life import Life
from app.domain.life.states import Custody, Delivery, Holder


class Work(IntEnum):
    """Kinds of work lists. Stored as numbers, so a number keeps its meaning for ever."""

    TO_HAND_OVER = 1               # papers are at the counter and belong with the agency
    UNACKNOWLEDGED = 2             # on a manifest that nobody has acknowledged
    SENT_BACK = 3                  # refused by the agency, or missing from the bag
    SUPPLEMENT = 4                 # waiting for the citizen's papers
    PAYMENT = 5                    # waiting for the citizen's payment
    READY = 6                      # result on the shelf, to be given out at the counter
    TO_POST = 7                    # result on the shelf, asked for by post
    POSTED = 8                     # with the post, no end known
    UNDELIVERED = 9                # came back from the post, or recalled and not yet on the shelf
    ORIGINALS = 10                 # the dossier has ended and originals are not with the citizen
    CONFLICT = 11                  # two counters did what cannot both stand
    AWAITED = 12                   # with the agency, no result yet


def work_of(life: Life) -> frozenset[Work]:
    """Where this dossier is to be seen."""
    found: set[Work] = set()
    if life.conflicts:
        found.add(Work.CONFLICT)
    if life.custody is Custody.ON_THE_WAY and life.delivery is Delivery.NONE:
        found.add(Work.UNACKNOWLEDGED)
    if life.custody is Custody.MISSING or (life.sent_back and life.custody is Custody.COUNTER):
        found.add(Work.SENT_BACK)
    if life.custody is Custody.COUNTER and life.business in (State.RECEIVED, State.IN_PROCESS):
        found.add(Work.TO_HAND_OVER)
    if life.business is State.SUPPLEMENT_ASKED:
        found.add(Work.SUPPLEMENT)
    if life.business is State.PAYMENT_ASKED:
        found.add(Work.PAYMENT)
    if life.custody is Custody.AGENCY and life.business is State.IN_PROCESS:
        found.add(Work.AWAITED)
    return frozenset(found | _result_work(life) | _original_work(life))


def _result_work(life: Life) -> set[Work]:
    match life.delivery:
        case Delivery.SHELF:
            return {Work.TO_POST if life.is_posted_back else Work.READY}
        case Delivery.POSTED:
            return {Work.POSTED}
        case Delivery.UNDELIVERED | Delivery.RECALLED:
            return {Work.UNDELIVERED}
        case _:
            return set()


def _original_work(life: Life) -> set[Work]:
    has_ended = life.business in (State.NOT_RECEIVED, State.WITHDRAWN, State.STOPPED, State.RETURNED)
    is_owed = any(one.holder is not Holder.CITIZEN for one in life.originals)
    return {Work.ORIGINALS} if has_ended and is_owed else set()
