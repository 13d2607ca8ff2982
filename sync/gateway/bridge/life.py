"""Where a dossier truly stands after all its events, and the story that the national messages tell of it.

The same fold as the counters' (`app.domain.life`), from the texts in custody. What a province folds
together is folded elsewhere.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sync.gateway.bridge.events import Event, in_order
from sync.gateway.bridge.moves import MOVES, Facts, is_late_news, is_old_post_news, may_follow, moment
from sync.gateway.bridge.states import IN_HAND, OPEN, Custody, Delivery, Holder, Money, State

UNFIT = (KeyError, TypeError, ValueError, AttributeError)
"""What an event of another shape raises: counters set such an entry aside, and so it moves nothing here."""


@dataclass(frozen=True, slots=True)
class Step:
    """The business state from `at` on, who made it so, and what was said."""

    at: datetime
    state: State
    by_name: str
    unit: str
    due_at: datetime | None
    note: str = ""


@dataclass(slots=True)
class Supplement:
    """One request for more papers, and its answer once there is one."""

    id: str
    asked_at: datetime
    asked_by: str
    asks: str
    due_before: datetime | None
    received_at: datetime | None = None
    received_by: str = ""
    note: str = ""
    papers: tuple[Mapping[str, Any], ...] = ()
    due_after: datetime | None = None


@dataclass(slots=True)
class Trip:
    """One way to the agency on a manifest; `verdict` "" until the receiving side has said something."""

    manifest: str
    verdict: str = ""


@dataclass(slots=True)
class Life:
    """All of it, moved on by `step`."""

    received_at: datetime
    due_at: datetime | None
    money: Money
    originals: dict[str, Holder]
    business: State = State.RECEIVED
    custody: Custody = Custody.COUNTER
    delivery: Delivery = Delivery.NONE
    paused: bool = False
    resumes: State = State.IN_PROCESS              # where the state that stands paused goes on
    requests: int = 0
    stage: int = 1
    trips: list[Trip] = field(default_factory=list)
    result: Mapping[str, Any] | None = None
    result_event: str = ""
    item_code: str = ""
    post: Mapping[str, Any] | None = None
    out: str = ""                                  # the event that gave the result out
    out_at: datetime | None = None
    ended_at: datetime | None = None               # left the open states; None while it is in them
    paid_by: str = ""                              # how the last money came
    story: list[Step] = field(default_factory=list)
    supplements: list[Supplement] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)         # events that could not follow, or not be read


def begin(dossier: Mapping[str, Any], by_name: str, unit: str) -> Life:
    """As received. Raises one of UNFIT when the text is no dossier."""
    intake = dossier["intake"]
    due = dossier["due"]["at"]
    life = Life(
        moment(dossier["received_at"]), moment(due) if due else None, _money(intake),
        {name: Holder.COUNTER for paper in intake.get("papers", ()) for name in _originals_of(paper)},
    )
    life.story.append(Step(life.received_at, State.RECEIVED, by_name, unit, life.due_at))
    return life


def fold(start: Life, events: Iterable[Event]) -> Life:
    """The life that begins with `start`, after all events in causal order; `start` stays as it is."""
    ordered = in_order(events)
    unread: set[str] = set()
    while True:
        life = copy.deepcopy(start)
        for event in ordered:
            try:
                may = event.id not in unread and may_follow(life, event.kind, event.facts)
                if may:
                    _step(life, event)
            except UNFIT:                          # perhaps half applied: once more from the start, without it
                unread.add(event.id)
                break
            if not may:
                life.set_aside.append(event.id)
        else:
            return life


def _step(life: Life, event: Event) -> None:
    before, was_out = life.business, life.out
    _apply(life, event)
    if life.business is not before:
        note = str(event.facts.get("reason", ""))
        life.story.append(Step(event.at, life.business, event.name, event.unit, life.due_at, note))
    if life.business in OPEN:
        life.ended_at = None
    elif life.ended_at is None:
        life.ended_at = event.at
    if life.out != was_out:
        life.out_at = event.at if life.delivery in IN_HAND else None


def _apply(life: Life, event: Event) -> None:
    facts = event.facts
    match event.kind:
        case "supplement.asked":
            _ask(life, event)
            life.requests = max(life.requests, int(facts["request"]))
        case "supplement.received":
            _supplement(life, event)
        case "payment.done":
            _resume(life, facts.get("due"))
        case "dossier.withdrawn":
            _give(life, facts.get("originals", ()), Holder.CITIZEN)
            if facts.get("papers_given_back") and life.custody is Custody.COUNTER:
                life.custody = Custody.CITIZEN
            life.business, life.paused = State.WITHDRAWN, False
        case "agency.said":
            _agency(life, event)
        case "due.extended":
            _promise(life, facts["due"])
        case "handover.made":
            _give(life, facts.get("originals", ()), Holder.ON_THE_WAY)
            life.custody = Custody.ON_THE_WAY
            life.trips.append(Trip(facts["manifest"]))
        case "handover.undone":
            _give(life, _with(life, Holder.ON_THE_WAY), Holder.COUNTER)
            life.custody = Custody.COUNTER
            del life.trips[-1]
        case "handover.acknowledged":
            _acknowledge(life, facts)
        case "dossier.found":
            life.custody = Custody(facts["where"])
            to = Holder.COUNTER if life.custody is Custody.COUNTER else Holder.AGENCY
            _give(life, _with(life, Holder.MISSING), to)
            _arrived(life)
        case "fee.taken":
            life.money, life.paid_by = Money.TAKEN, str(facts["money"].get("means", ""))
        case "original.moved":
            _give(life, (facts["original"],), Holder(facts["holder"]))
        case "papers.returned":
            _give(life, facts.get("originals", ()), Holder.CITIZEN)
            life.custody = Custody.CITIZEN
        case "conflict.settled":
            _settle(life, facts)
        case _:
            _move_result(life, event)


def _move_result(life: Life, event: Event) -> None:
    facts = event.facts
    life.business = MOVES[event.kind].to or life.business
    match event.kind:
        case "results.taken_in":
            life.paused = False
            _give(life, facts.get("originals", ()), Holder.COUNTER)
            if life.custody in (Custody.ON_THE_WAY, Custody.MISSING):
                life.custody = Custody.AGENCY
            life.delivery, life.result, life.result_event = Delivery.SHELF, facts["result"], event.id
        case "result.shelved":
            life.delivery, life.item_code, life.post = Delivery.SHELF, "", None
        case "result.posted":
            _give(life, facts.get("originals", ()), Holder.POST)
            life.delivery, life.item_code, life.post = Delivery.POSTED, facts["item_code"], None
            life.out = event.id
        case "post.said":
            _post_said(life, event)
        case "result.returned":
            _give(life, facts.get("originals", ()), Holder.CITIZEN)
            if facts.get("money") is not None:
                life.money, life.paid_by = Money.TAKEN, str(facts["money"].get("means", ""))
            life.delivery, life.out = Delivery.RETURNED, event.id
        case "return.recalled":
            life.delivery, life.out = Delivery.RECALLED, ""
        case "stage.begun":
            _take_originals(life, facts.get("papers", ()))
            life.stage, life.custody, life.delivery = 2, Custody.COUNTER, Delivery.NONE
            life.result, life.item_code, life.post, life.out = None, "", None, ""
            life.due_at = None
            _promise(life, facts.get("due"))


def _ask(life: Life, event: Event) -> None:
    """The citizen is asked for papers, or for money; the clock stands."""
    is_payment = event.facts.get("state") == State.PAYMENT_ASKED
    if not life.paused:
        is_running = life.business in (State.RECEIVED, State.IN_PROCESS)
        life.resumes = life.business if is_running else State.IN_PROCESS
    life.paused = True
    life.business = State.PAYMENT_ASKED if is_payment else State.SUPPLEMENT_ASKED
    if not is_payment:
        life.requests += 1
        life.supplements.append(Supplement(event.id, event.at, event.name, _asked_for(event.facts), life.due_at))


def _asked_for(facts: Facts) -> str:
    names = "; ".join(str(gap.get("name", "")) for gap in facts.get("gaps", ()))
    return ". ".join(part for part in (names, str(facts.get("reason", ""))) if part)


def _supplement(life: Life, event: Event) -> None:
    papers = tuple(event.facts.get("papers", ()))
    _take_originals(life, papers)
    if life.custody is Custody.AGENCY and papers:
        life.custody = Custody.COUNTER
    _resume(life, event.facts.get("due"))
    if life.supplements:
        request = life.supplements[-1]
        request.received_at, request.received_by = event.at, event.name
        request.note, request.papers, request.due_after = str(event.facts.get("note", "")), papers, life.due_at


def _resume(life: Life, due: Any) -> None:
    life.business, life.paused = life.resumes, False
    if due is not None:
        _promise(life, due)


def _promise(life: Life, due: Any) -> None:
    life.due_at = moment(due["at"]) if due and due.get("at") else None


def _agency(life: Life, event: Event) -> None:
    state, due = State(event.facts["state"]), event.facts.get("due")
    if is_late_news(life, state):
        return
    if state in (State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED):
        _ask(life, event)
    elif state is State.RETURNED:
        life.business, life.delivery, life.out, life.paused = state, Delivery.ELSEWHERE, event.id, False
    elif state is State.IN_PROCESS and life.paused:
        _resume(life, due)
        life.business = State.IN_PROCESS
    else:
        life.business, life.paused = state, False
        if due is not None:
            _promise(life, due)


def _acknowledge(life: Life, facts: Facts) -> None:
    trip = next((one for one in life.trips if one.manifest == facts["manifest"]), None)
    if trip is not None and trip.verdict:
        return                                     # the same said twice
    if trip is None:
        trip = Trip(facts["manifest"])
        life.trips.append(trip)
    trip.verdict = facts["verdict"]
    moving = _with(life, Holder.ON_THE_WAY)
    match trip.verdict:
        case "accepted" | "extra":
            _give(life, moving, Holder.AGENCY)
            life.custody = Custody.AGENCY
            _arrived(life)
        case "refused":
            _give(life, moving, Holder.COUNTER)
            life.custody = Custody.COUNTER
        case "missing":
            _give(life, moving, Holder.MISSING)
            life.custody = Custody.MISSING


def _arrived(life: Life) -> None:
    if life.custody is Custody.AGENCY and life.business in (State.REGISTERED, State.RECEIVED):
        life.business = State.IN_PROCESS


def _post_said(life: Life, event: Event) -> None:
    facts = event.facts
    if is_old_post_news(life, facts):
        return
    word = facts["word"]
    if life.post is not None and moment(facts["as_of"]) < moment(life.post["as_of"]) and word != "delivered":
        return
    life.post = facts
    if word == "delivered":
        _give(life, _with(life, Holder.POST), Holder.CITIZEN)
        life.business, life.delivery, life.out = State.RETURNED, Delivery.DELIVERED, event.id
    elif word == "undelivered":
        _give(life, _with(life, Holder.POST), Holder.COUNTER)
        life.delivery, life.out = Delivery.UNDELIVERED, ""


def _settle(life: Life, facts: Facts) -> None:
    if facts.get("business") is not None:
        life.business = State(facts["business"])
    if facts.get("custody") is not None:
        life.custody = Custody(facts["custody"])
    if facts.get("delivery") is not None:
        life.delivery = Delivery(facts["delivery"])


def _money(intake: Mapping[str, Any]) -> Money:
    timing = intake.get("fee_timing", "before")
    if timing == "exempt":
        return Money.EXEMPT
    if all(fee.get("amount") == 0 for fee in intake.get("fees", ())):
        return Money.NONE
    return Money.DUE if timing == "after" else Money.TAKEN


def _originals_of(paper: Mapping[str, Any]) -> tuple[str, ...]:
    if paper.get("status") != "present" or not paper.get("keeps_original"):
        return ()
    amount = max(int(paper.get("originals", 0)), 1)
    return tuple(f"{paper['requirement']}#{n}" for n in range(1, amount + 1))


def _take_originals(life: Life, papers: Iterable[Mapping[str, Any]]) -> None:
    for paper in papers:
        for wanted in _originals_of(paper):
            name, n = wanted, 1
            while name in life.originals:          # a second original of the same paper is another object
                n += 1
                name = f"{paper['requirement']}#{n}"
            life.originals[name] = Holder.COUNTER


def _with(life: Life, holder: Holder) -> tuple[str, ...]:
    return tuple(name for name, held in life.originals.items() if held is holder)


def _give(life: Life, names: Iterable[str], to: Holder) -> None:
    for name in names:
        if name in life.originals:
            life.originals[name] = to
