"""What is odd about a result that came: it may be right all the same, but then the clerk says so first."""

from __future__ import annotations

from enum import StrEnum

from app.domain.dossier import State
from app.domain.life.life import Life, Original
from app.domain.life.states import Custody, Holder, Parcel


class Doubt(StrEnum):
    NEVER_HANDED_OVER = "never_handed_over"    # by the book the papers are still at the counter
    SUPPLEMENT_OPEN = "supplement_open"        # the citizen was asked for papers and has not brought them
    PAYMENT_OPEN = "payment_open"              # the agency waits for the citizen's payment


def doubts_of(life: Life) -> tuple[Doubt, ...]:
    """Why this result is not expected now; empty for one that is.

    A list that nobody acknowledged is no doubt: whoever brings the result had the papers.
    """
    found = []
    if life.custody is Custody.COUNTER and life.parcel is Parcel.WHOLE:
        found.append(Doubt.NEVER_HANDED_OVER)
    if life.business is State.SUPPLEMENT_ASKED:
        found.append(Doubt.SUPPLEMENT_OPEN)
    if life.business is State.PAYMENT_ASKED:
        found.append(Doubt.PAYMENT_OPEN)
    return tuple(found)


def out_of_house(life: Life) -> tuple[Original, ...]:
    """Originals that may come back with the result: those that are neither here nor with the citizen."""
    return tuple(one for one in life.originals if one.holder not in (Holder.COUNTER, Holder.CITIZEN))
