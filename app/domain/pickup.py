"""Home pick-up (thu gom hồ sơ tại nhà): from the citizen's call to the official reception.

The slip bears a temporary number; no dossier exists and no deadline runs until the papers are received at the
office, under the rules of that day. States after OpenCPS' collection term: đăng ký, đang đi gom, đã giao, hủy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.intake import ChargedFee, ChosenProcedure, PaperGiven, ReturnMethod
from app.domain.postal_address import PostalAddress
from app.errors import Refusal


class PickupState(StrEnum):
    ASKED = "asked"
    COLLECTING = "collecting"      # somebody is on the way
    COLLECTED = "collected"        # the papers are with the post
    RECEIVED = "received"          # a dossier, with its own receipt and its own date; nothing comes after it
    CANCELLED = "cancelled"


OPEN = (PickupState.ASKED, PickupState.COLLECTING, PickupState.COLLECTED)

# By a clerk. RECEIVED is not here: only a reception makes it. From COLLECTING back to ASKED: nobody was at home.
_MOVES: Mapping[PickupState, frozenset[PickupState]] = {
    PickupState.ASKED: frozenset({PickupState.COLLECTING, PickupState.COLLECTED, PickupState.CANCELLED}),
    PickupState.COLLECTING: frozenset({PickupState.ASKED, PickupState.COLLECTED, PickupState.CANCELLED}),
    PickupState.COLLECTED: frozenset({PickupState.CANCELLED}),
    PickupState.RECEIVED: frozenset(),
    PickupState.CANCELLED: frozenset(),
}
NEED_REASON = frozenset({
    (PickupState.COLLECTING, PickupState.ASKED), (PickupState.ASKED, PickupState.CANCELLED),
    (PickupState.COLLECTING, PickupState.CANCELLED), (PickupState.COLLECTED, PickupState.CANCELLED),
})
"""Moves that somebody will ask about later."""


@dataclass(frozen=True, slots=True)
class PickupCall:
    """What the citizen asked for. `papers` are those to have ready, as the checklist of that day counts them.

    `visit` is when somebody is to come, in words ("Sáng 23/11/2026"); `fees` what the collector takes at the door.
    """

    name: str
    phone: str
    address: PostalAddress
    procedure: ChosenProcedure
    identifier: str = ""
    papers: tuple[PaperGiven, ...] = ()
    fees: tuple[ChargedFee, ...] = ()
    visit: str = ""
    collector_name: str = ""
    return_method: ReturnMethod = ReturnMethod.COUNTER
    return_address: str = ""
    note: str = ""


def moves_from(state: PickupState) -> tuple[PickupState, ...]:
    """What a clerk may make of it, in the order of the day."""
    return tuple(each for each in PickupState if each in _MOVES[state])


def check_move(now: PickupState, to: PickupState, *, number: str, code: str, reason: str) -> None:
    """Refusals: `pickup_received` (number, code: the dossier), `pickup_not_now` (number, state, to),
    `reason_missing`."""
    if now is PickupState.RECEIVED:
        raise Refusal("pickup_received", number=number, code=code)
    if to not in _MOVES[now]:
        raise Refusal("pickup_not_now", number=number, state=str(now), to=str(to))
    if (now, to) in NEED_REASON and not reason.strip():
        raise Refusal("reason_missing")


def is_later(state: PickupState, moved: str, than_state: PickupState, than_moved: str) -> bool:
    """Whether the move with the operation id `moved` holds against another: the same answer on every counter,
    whichever came first there. A reception holds against everything; else the later of the two ids does."""
    if PickupState.RECEIVED in (state, than_state):
        return state is PickupState.RECEIVED and than_state is not PickupState.RECEIVED
    return moved > than_moved
