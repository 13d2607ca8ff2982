"""What may follow what, as the counters decide it: an event that may not is kept in their story and moves nothing.

The table is the counters' own (`app.domain.life.moves`), which this end may not import; a test folds random lives
with both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sync.gateway.bridge.events import AGENCY_SAID
from sync.gateway.bridge.states import (
    EVERY,
    HERE,
    IN_HAND,
    OPEN,
    RUNNING,
    Custody,
    Delivery,
    Holder,
    Money,
    State,
)

if TYPE_CHECKING:
    from sync.gateway.bridge.life import Life

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """From which states an event may come; `to`: the business state it leads to, where it is always the same."""

    business: frozenset[State] = EVERY
    to: State | None = None
    custody: frozenset[Custody] = frozenset(Custody)
    delivery: frozenset[Delivery] = frozenset(Delivery)


MOVES: Mapping[str, Move] = {
    "supplement.asked": Move(RUNNING),
    "supplement.received": Move(frozenset({State.SUPPLEMENT_ASKED})),
    "payment.done": Move(frozenset({State.PAYMENT_ASKED})),
    "dossier.withdrawn": Move(OPEN, State.WITHDRAWN),
    "due.extended": Move(OPEN),
    "handover.made": Move(frozenset({State.RECEIVED, State.IN_PROCESS}), custody=frozenset({Custody.COUNTER})),
    "handover.undone": Move(custody=frozenset({Custody.ON_THE_WAY})),
    "handover.acknowledged": Move(),
    "dossier.found": Move(custody=frozenset({Custody.MISSING})),
    "results.taken_in": Move(OPEN | {State.DONE}, State.DONE, delivery=frozenset({Delivery.NONE})),
    "result.shelved": Move(frozenset({State.DONE}), delivery=HERE | {Delivery.RECALLED}),
    "result.posted": Move(frozenset({State.DONE}), delivery=HERE),
    "post.said": Move(frozenset({State.DONE}), delivery=frozenset({Delivery.POSTED})),
    "result.returned": Move(frozenset({State.DONE}), State.RETURNED, delivery=HERE),
    "return.recalled": Move(frozenset({State.RETURNED}), State.DONE, delivery=IN_HAND),
    "papers.returned": Move(frozenset({State.NOT_RECEIVED, State.WITHDRAWN, State.STOPPED})),
    "original.moved": Move(),
    "fee.taken": Move(),
    "stage.begun": Move(frozenset({State.RETURNED}), State.IN_PROCESS, delivery=IN_HAND),
    "conflict.settled": Move(),
}


def may_follow(life: Life, kind: str, facts: Facts) -> bool:
    """Whether this may happen to the dossier as it stands."""
    if kind == AGENCY_SAID:
        return _agency_may(life, State(facts["state"]))
    if kind == "post.said" and is_old_post_news(life, facts):
        return True
    move = MOVES[kind]
    return (life.delivery in move.delivery and life.business in move.business and life.custody in move.custody
            and _own_rule(life, kind, facts))


def is_late_news(life: Life, state: State) -> bool:
    """A word of the agency that was true before what is already known: it changes nothing."""
    if state is life.business:
        return True
    if life.business in (State.DONE, State.RETURNED):
        return state in (State.REGISTERED, State.RECEIVED, State.IN_PROCESS, State.SUPPLEMENT_ASKED,
                         State.PAYMENT_ASKED, State.DONE)
    return state in (State.REGISTERED, State.RECEIVED) and life.business in OPEN


def is_old_post_news(life: Life, facts: Facts) -> bool:
    """The same end of a posting said twice, or a word from before it."""
    said = life.post
    if said is None or facts["item_code"] != said["item_code"]:
        return False
    if life.delivery not in (Delivery.DELIVERED, Delivery.UNDELIVERED):
        return False
    is_on_the_way = facts["word"] in ("accepted", "in_transit")
    return facts["word"] == said["word"] or (is_on_the_way and moment(facts["as_of"]) <= moment(said["as_of"]))


def moment(text: Any) -> datetime:
    """Raises TypeError, ValueError."""
    return datetime.fromisoformat(text)


def _agency_may(life: Life, state: State) -> bool:
    if is_late_news(life, state) or life.business in OPEN:
        return True
    if life.business is State.DONE and state is State.RETURNED:
        return True
    return life.business is State.STOPPED and state in (State.IN_PROCESS, State.DONE)


def _own_rule(life: Life, kind: str, facts: Facts) -> bool:
    match kind:
        case "supplement.asked":
            return bool(facts["gaps"])
        case "supplement.received":
            return bool(facts["request"] == life.requests)
        case "handover.made" | "result.posted" | "dossier.withdrawn" | "papers.returned":
            return _held(life, facts.get("originals", ()))
        case "handover.undone":
            return _is_last_trip(life, facts)
        case "handover.acknowledged":
            return _may_acknowledge(life, facts)
        case "dossier.found":
            return facts["where"] in (Custody.COUNTER, Custody.AGENCY)
        case "results.taken_in":
            return all(name in life.originals for name in facts.get("originals", ()))
        case "post.said":
            return bool(facts["item_code"] == life.item_code)
        case "result.returned":
            is_paid = facts.get("money") is not None
            return is_paid == (life.money is Money.DUE) and _held(life, facts.get("originals", ()))
        case "return.recalled":
            return bool(facts["of"] == life.out)
        case "stage.begun":
            return life.stage == 1
        case "original.moved":
            return facts["original"] in life.originals
        case "fee.taken":
            return life.money is Money.DUE
        case _:
            return True


def _may_acknowledge(life: Life, facts: Facts) -> bool:
    if facts["verdict"] == "extra":
        return life.custody is Custody.COUNTER
    said = next((trip.verdict for trip in life.trips if trip.manifest == facts["manifest"]), None)
    if said:
        return bool(said == facts["verdict"])
    return said is not None and life.custody is Custody.ON_THE_WAY and _is_last_trip(life, facts)


def _is_last_trip(life: Life, facts: Facts) -> bool:
    return bool(facts["manifest"] == (life.trips[-1].manifest if life.trips else ""))


def _held(life: Life, names: Iterable[str]) -> bool:
    return all(life.originals.get(name) is Holder.COUNTER for name in names)
