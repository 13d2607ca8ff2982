"""From events to the life they make: `fold` for what happened, `check` for what somebody wants to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.domain.body import to_body
from app.domain.dossier import OPEN_STATES, State
from app.domain.intake import PaperGiven
from app.domain.life.event import Event, in_order
from app.domain.life.facts import (
    Acknowledged,
    AgencySaid,
    Extended,
    Facts,
    FeeTaken,
    Found,
    HandedOver,
    HandoverUndone,
    LineVerdict,
    NewDue,
    OriginalMoved,
    PapersReturned,
    PaymentDone,
    Posted,
    PostSaid,
    PostWord,
    Recalled,
    ResultIn,
    Returned,
    Settled,
    Shelved,
    StageBegun,
    SupplementAsked,
    SupplementReceived,
    Withdrawn,
    kind_of,
)
from app.domain.life.life import (
    Conflict,
    DueChange,
    Handover,
    Life,
    Original,
    Pause,
    Start,
    originals_of,
)
from app.domain.life.moves import MOVES, is_late_news, is_old_post_news, pause_of, refusal_of
from app.domain.life.states import Custody, Delivery, Holder, MoneyState, Parcel, PauseCause
from app.errors import Refusal


def begin(start: Start) -> Life:
    """A dossier that was just received: its papers are at the counter, its clock runs."""
    return Life(
        business=State.RECEIVED, money=start.money, custody=Custody.COUNTER, delivery=Delivery.NONE,
        due_at=start.due_at, original_due_at=start.due_at, business_since=start.received_at,
        custody_since=start.received_at, delivery_since=None, originals=start.originals,
        is_posted_back=start.is_posted_back,
    )


def fold(start: Start, events: Iterable[Event]) -> Life:
    """The life these events make, in causal order; the same on every counter that holds the same events."""
    life = begin(start)
    for event in in_order(events):
        life = step(life, event)
    return life


def check(life: Life, facts: Facts) -> None:
    """Raises Refusal with the code of `moves.refusal_of` and the states as values, when this cannot happen now."""
    code = refusal_of(life, facts)
    if code:
        raise Refusal(
            code, kind=str(kind_of(facts)), business=int(life.business), custody=int(life.custody),
            delivery=int(life.delivery),
        )


def step(life: Life, event: Event) -> Life:
    """One event further: applied, or a conflict where the table does not allow it."""
    code = refusal_of(life, event.facts)
    if code:
        conflict = Conflict(event.id, code, _against(life, event.facts))
        return replace(life, conflicts=(*life.conflicts, conflict), tail=event.id)
    after = replace(_apply(life, event), tail=event.id)
    return _dated(life, _dispute(life, after, event), event)


def _dispute(life: Life, after: Life, event: Event) -> Life:
    """The act stands, but its date was worked out from a promise or pause that another counter had changed."""
    due: NewDue | None = getattr(event.facts, "due", None)
    if after.due_changes == life.due_changes or due is None:
        return after
    if due.before in (None, life.due_at) and due.paused_since in (None, life.paused_since):
        return after
    against = life.due_changes[-1].event if life.due_changes else ""
    return replace(after, conflicts=(*after.conflicts, Conflict(event.id, "due_moved_meanwhile", against)))


def _against(life: Life, facts: Facts) -> str:
    """The event that most likely stands in the way: the last that changed what this kind asks for."""
    last = dict(life.last)
    move = MOVES.get(kind_of(facts))
    aspects = ["delivery"] if move and move.delivery_code else []
    aspects += ["custody"] if isinstance(facts, HandedOver | HandoverUndone | Acknowledged | Found) else []
    return next((last[aspect] for aspect in (*aspects, "business") if aspect in last), "")


def _dated(before: Life, after: Life, event: Event) -> Life:
    """Since when each state holds and which event made it so."""
    changed: dict[str, Any] = {}
    last = dict(after.last)
    for aspect in ("business", "custody", "delivery", "money"):
        if getattr(before, aspect) is not getattr(after, aspect):
            last[aspect] = event.id
            if aspect != "money":
                changed[f"{aspect}_since"] = event.at
    if after.business in OPEN_STATES:
        changed["ended_at"] = None
    elif before.ended_at is None:  # "đã xử lý xong" counts, not when the citizen came for it (domain facts 6.4)
        changed["ended_at"] = event.at
    return replace(after, last=tuple(sorted(last.items())), **changed)


def _apply(life: Life, event: Event) -> Life:
    facts = event.facts
    move = MOVES.get(kind_of(facts))
    if move is not None and move.to is not None:
        life = replace(life, business=move.to) if pause_of(facts) is None else life
    match facts:
        case SupplementAsked():
            return replace(_pause(life, event), requests=max(life.requests + 1, facts.request), gaps=facts.gaps)
        case SupplementReceived():
            return _supplement(life, event, facts)
        case PaymentDone():
            return _resume(life, event, facts.due, "payment")
        case Withdrawn():
            life = _give(life, facts.originals, Holder.CITIZEN, event)
            if facts.papers_given_back and life.custody is Custody.COUNTER:
                life = replace(life, custody=Custody.CITIZEN)
            return _stop_clock(life, event)
        case AgencySaid():
            return _agency(life, event, facts)
        case Extended():
            return _promise(life, event, facts.due, facts.reason, facts.paper)
        case HandedOver():
            life = _give(life, facts.originals, Holder.ON_THE_WAY, event)
            trip = Handover(facts.manifest, event.at)
            return replace(life, custody=Custody.ON_THE_WAY, handovers=(*life.handovers, trip), sent_back="")
        case HandoverUndone():
            life = _give(life, _holding(life, Holder.ON_THE_WAY), Holder.COUNTER, event)
            return replace(life, custody=Custody.COUNTER, handovers=life.handovers[:-1])
        case Acknowledged():
            return _acknowledge(life, event, facts)
        case Found():
            holder = Holder.COUNTER if facts.where is Custody.COUNTER else Holder.AGENCY
            life = _give(life, _holding(life, Holder.MISSING), holder, event)
            is_back = facts.where is Custody.COUNTER
            return _arrived(replace(life, custody=facts.where, sent_back=facts.note if is_back else ""))
        case ResultIn():
            return _take_result(life, event, facts)
        case Shelved():
            return replace(life, delivery=Delivery.SHELF, shelf=facts.shelf, item_code="", post=None)
        case Posted():
            life = _give(life, facts.originals, Holder.POST, event)
            return replace(life, delivery=Delivery.POSTED, item_code=facts.item_code, post=None, out=event.id)
        case PostSaid():
            return _post_said(life, event, facts)
        case Returned():
            life = _give(life, facts.originals, Holder.CITIZEN, event)
            money = MoneyState.TAKEN if facts.money is not None else life.money
            return replace(life, delivery=Delivery.RETURNED, money=money, out=event.id)
        case Recalled():
            return replace(life, delivery=Delivery.RECALLED, out="")
        case PapersReturned():
            life = _give(life, facts.originals, Holder.CITIZEN, event)
            return replace(life, custody=Custody.CITIZEN)
        case OriginalMoved():
            return _give(life, (facts.original,), facts.holder, event)
        case FeeTaken():
            return replace(life, money=MoneyState.TAKEN)
        case StageBegun():
            return _begin_stage(life, event, facts)
        case Settled():
            return _settle(life, facts)


def _pause(life: Life, event: Event) -> Life:
    cause = pause_of(event.facts)
    assert cause is not None
    to = State.SUPPLEMENT_ASKED if cause is PauseCause.SUPPLEMENT else State.PAYMENT_ASKED
    if life.paused_since is not None:              # from waiting for one thing to waiting for another
        life = _end_pause(life, event)
        resumes = life.pauses[-1].resumes
    else:
        resumes = life.business if life.business in (State.RECEIVED, State.IN_PROCESS) else State.IN_PROCESS
    return replace(life, business=to, pauses=(*life.pauses, Pause(cause, event.at, None, resumes)))


def _end_pause(life: Life, event: Event) -> Life:
    if life.paused_since is None:
        return life
    ended = replace(life.pauses[-1], until=max(event.at, life.pauses[-1].since))
    return replace(life, pauses=(*life.pauses[:-1], ended))


def _resume(life: Life, event: Event, due: NewDue | None, reason: str) -> Life:
    resumes = life.pauses[-1].resumes if life.pauses else State.IN_PROCESS
    life = replace(_end_pause(life, event), business=resumes, gaps=())
    return _promise(life, event, due, reason, None) if due is not None else life


def _stop_clock(life: Life, event: Event) -> Life:
    return replace(_end_pause(life, event), gaps=())


def _promise(life: Life, event: Event, due: NewDue, reason: str, paper: Any) -> Life:
    change = DueChange(event.at, life.due_at, due.at, reason, event.name, event.source, event.id, paper)
    return replace(life, due_at=due.at, due_changes=(*life.due_changes, change))


def _supplement(life: Life, event: Event, facts: SupplementReceived) -> Life:
    life = _take_originals(life, event, facts.papers)
    if life.custody is Custody.AGENCY and facts.papers:
        life = replace(life, custody=Custody.COUNTER, parcel=Parcel.SUPPLEMENT)
    return _resume(life, event, facts.due, "supplement")


def _begin_stage(life: Life, event: Event, facts: StageBegun) -> Life:
    """The first result is out; what the second stage needs goes to the agency, under a date of its own."""
    life = replace(
        _take_originals(life, event, facts.papers), stage=2, custody=Custody.COUNTER, parcel=Parcel.SUPPLEMENT,
        delivery=Delivery.NONE, result=None, shelf="", item_code="", post=None, out="",
    )
    return _promise(life, event, facts.due or NewDue(None), "second_stage", None)


def _take_originals(life: Life, event: Event, papers: tuple[PaperGiven, ...]) -> Life:
    known = {one.id for one in life.originals}
    taken: list[Original] = []
    for paper in papers:
        for one in originals_of(to_body(paper)):
            name, n = one.id, 1
            while name in known:                   # a second original of the same paper is another object
                n += 1
                name = f"{one.requirement}#{n}"
            known.add(name)
            taken.append(replace(one, id=name, since=event.at, event=event.id))
    return replace(life, originals=(*life.originals, *taken))


def _agency(life: Life, event: Event, facts: AgencySaid) -> Life:
    if is_late_news(life, facts):
        return life
    if facts.state in (State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED):
        life = _pause(life, event)
        asked = facts.state is State.SUPPLEMENT_ASKED
        return replace(life, requests=life.requests + 1) if asked else life
    if facts.state is State.RETURNED:
        life = _stop_clock(life, event)
        return replace(life, business=State.RETURNED, delivery=Delivery.ELSEWHERE, out=event.id)
    if facts.state is State.IN_PROCESS and life.paused_since is not None:
        life = _resume(life, event, facts.due, facts.reason or "agency")
        return _arrived(replace(life, business=State.IN_PROCESS))
    life = replace(_stop_clock(life, event), business=facts.state)
    if facts.due is not None:
        life = _promise(life, event, facts.due, facts.reason or "agency", facts.paper)
    return life


def _acknowledge(life: Life, event: Event, facts: Acknowledged) -> Life:
    trip = next((trip for trip in life.handovers if trip.manifest == facts.manifest), None)
    if trip is not None and trip.verdict is not None:
        return life                                # the same said twice
    said = Handover(
        facts.manifest, trip.at if trip else event.at, facts.verdict, facts.reason, event.at, event.id
    )
    trips = tuple(said if one is trip else one for one in life.handovers) if trip else (*life.handovers, said)
    life = replace(life, handovers=trips)
    moving = _holding(life, Holder.ON_THE_WAY)
    match facts.verdict:
        case LineVerdict.ACCEPTED | LineVerdict.EXTRA:
            life = _give(life, moving, Holder.AGENCY, event)
            return _arrived(replace(life, custody=Custody.AGENCY, parcel=Parcel.WHOLE, sent_back=""))
        case LineVerdict.REFUSED:
            life = _give(life, moving, Holder.COUNTER, event)
            return replace(life, custody=Custody.COUNTER, sent_back=facts.reason or "refused")
        case LineVerdict.MISSING:
            life = _give(life, moving, Holder.MISSING, event)
            return replace(life, custody=Custody.MISSING)


def _arrived(life: Life) -> Life:
    """With the agency, a received dossier is being processed (2 → 4)."""
    is_new = life.custody is Custody.AGENCY and life.business in (State.REGISTERED, State.RECEIVED)
    return replace(life, business=State.IN_PROCESS) if is_new else life


def _take_result(life: Life, event: Event, facts: ResultIn) -> Life:
    life = _give(_stop_clock(life, event), facts.originals, Holder.COUNTER, event)
    # Whoever brings the result had the papers: an acknowledgement that never came is answered by it.
    custody = Custody.AGENCY if life.custody in (Custody.ON_THE_WAY, Custody.MISSING) else life.custody
    return replace(
        life, delivery=Delivery.SHELF, result=facts.result, shelf=facts.shelf, custody=custody, sent_back=""
    )


def _post_said(life: Life, event: Event, facts: PostSaid) -> Life:
    if is_old_post_news(life, facts):
        return life
    if life.post is not None and facts.as_of < life.post.as_of and facts.word is not PostWord.DELIVERED:
        return life                                # older than what is known
    life = replace(life, post=facts)
    in_bag = _holding(life, Holder.POST)
    if facts.word is PostWord.DELIVERED:
        life = _give(life, in_bag, Holder.CITIZEN, event)
        return replace(life, business=State.RETURNED, delivery=Delivery.DELIVERED, out=event.id)
    if facts.word is PostWord.UNDELIVERED:
        life = _give(life, in_bag, Holder.COUNTER, event)
        return replace(life, delivery=Delivery.UNDELIVERED, out="")
    return life


def _settle(life: Life, facts: Settled) -> Life:
    left = tuple(conflict for conflict in life.conflicts if conflict.event not in facts.conflicts)
    return replace(
        life, conflicts=left,
        business=facts.business if facts.business is not None else life.business,
        custody=facts.custody if facts.custody is not None else life.custody,
        delivery=facts.delivery if facts.delivery is not None else life.delivery,
    )


def _holding(life: Life, holder: Holder) -> tuple[str, ...]:
    return tuple(one.id for one in life.originals if one.holder is holder)


def _give(life: Life, names: tuple[str, ...], to: Holder, event: Event) -> Life:
    if not names:
        return life
    return replace(life, originals=tuple(
        replace(one, holder=to, since=event.at, event=event.id)
        if one.id in names and one.holder is not to else one
        for one in life.originals
    ))
