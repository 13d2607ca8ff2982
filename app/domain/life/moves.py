"""What may follow what: the table of allowed transitions, and the few rules a table cannot say.

`refusal_of` answers for one event at one place of a life: an empty text, or the code of the reason. The same
answer refuses a clerk's act before it is written and finds the conflict when two counters worked apart.
Source: TrangThaiHoSo 1–10 and the buttons of the provincial systems (domain facts 5.1, 5.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.dossier import State
from app.domain.life.facts import (
    Acknowledged,
    AgencySaid,
    Facts,
    Found,
    HandedOver,
    HandoverUndone,
    Kind,
    LineVerdict,
    OriginalMoved,
    PapersReturned,
    Posted,
    PostSaid,
    PostWord,
    Recalled,
    ResultIn,
    Returned,
    StageBegun,
    SupplementAsked,
    SupplementReceived,
    Withdrawn,
    kind_of,
)
from app.domain.life.life import Life
from app.domain.life.states import Custody, Delivery, Holder, MoneyState, PauseCause

_ALL = frozenset(State)
_RUNNING = frozenset({State.REGISTERED, State.RECEIVED, State.IN_PROCESS})
_OPEN = _RUNNING | {State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED}
_ENDED = frozenset({State.NOT_RECEIVED, State.WITHDRAWN, State.STOPPED, State.DONE, State.RETURNED})
_ANYWHERE = frozenset(Custody)
_ANY_DELIVERY = frozenset(Delivery)
_IN_HAND = frozenset({Delivery.DELIVERED, Delivery.RETURNED, Delivery.ELSEWHERE})
_HERE = frozenset({Delivery.SHELF, Delivery.UNDELIVERED})


@dataclass(frozen=True, slots=True)
class Move:
    """From which states an event may come, with the code for each not met. `to`: the new business state."""

    business: frozenset[State]
    code: str
    to: State | None = None
    custody: frozenset[Custody] = _ANYWHERE
    custody_code: str = ""
    delivery: frozenset[Delivery] = _ANY_DELIVERY
    delivery_code: str = ""


MOVES: Mapping[Kind, Move] = {
    Kind.SUPPLEMENT_ASKED: Move(_RUNNING, "supplement_not_now", State.SUPPLEMENT_ASKED),
    Kind.SUPPLEMENT_RECEIVED: Move(frozenset({State.SUPPLEMENT_ASKED}), "no_supplement_open"),
    Kind.PAYMENT_DONE: Move(frozenset({State.PAYMENT_ASKED}), "no_payment_open"),
    Kind.WITHDRAWN: Move(_OPEN, "withdrawal_not_now", State.WITHDRAWN),
    Kind.EXTENDED: Move(_OPEN, "extension_not_now"),
    Kind.HANDED_OVER: Move(
        frozenset({State.RECEIVED, State.IN_PROCESS}), "handover_not_now",
        custody=frozenset({Custody.COUNTER}), custody_code="not_at_counter",
    ),
    Kind.HANDOVER_UNDONE: Move(
        _ALL, "", custody=frozenset({Custody.ON_THE_WAY}), custody_code="not_on_the_way",
    ),
    Kind.ACKNOWLEDGED: Move(_ALL, ""),
    Kind.FOUND: Move(_ALL, "", custody=frozenset({Custody.MISSING}), custody_code="not_missing"),
    Kind.RESULT_IN: Move(
        _OPEN | {State.DONE}, "result_not_now", State.DONE,
        delivery=frozenset({Delivery.NONE}), delivery_code="result_already_in",
    ),
    Kind.SHELVED: Move(
        frozenset({State.DONE}), "result_not_here",
        delivery=_HERE | {Delivery.RECALLED}, delivery_code="result_not_here",
    ),
    Kind.POSTED: Move(
        frozenset({State.DONE}), "result_not_here", delivery=_HERE, delivery_code="result_not_here",
    ),
    Kind.POST_SAID: Move(
        frozenset({State.DONE}), "not_posted", delivery=frozenset({Delivery.POSTED}), delivery_code="not_posted",
    ),
    Kind.RETURNED: Move(
        frozenset({State.DONE}), "result_not_here", State.RETURNED,
        delivery=_HERE, delivery_code="result_not_here",
    ),
    Kind.RECALLED: Move(
        frozenset({State.RETURNED}), "not_returned", State.DONE,
        delivery=_IN_HAND, delivery_code="not_returned",
    ),
    Kind.PAPERS_RETURNED: Move(
        frozenset({State.NOT_RECEIVED, State.WITHDRAWN, State.STOPPED}), "papers_not_now",
    ),
    Kind.ORIGINAL_MOVED: Move(_ALL, ""),
    Kind.FEE_TAKEN: Move(_ALL, ""),
    Kind.STAGE_BEGUN: Move(
        frozenset({State.RETURNED}), "stage_not_now", State.IN_PROCESS,
        delivery=_IN_HAND, delivery_code="stage_not_now",
    ),
    Kind.SETTLED: Move(_ALL, ""),
}
"""AGENCY_SAID is not here: the agency may say any of 4–9 of an open dossier, see `_agency_refusal`."""

AGENCY_STATES = frozenset({
    State.IN_PROCESS, State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED, State.WITHDRAWN, State.STOPPED, State.DONE,
})


def refusal_of(life: Life, facts: Facts) -> str:
    """Why this cannot follow; empty when it may."""
    kind = kind_of(facts)
    if isinstance(facts, AgencySaid):
        return _agency_refusal(life, facts)
    if isinstance(facts, PostSaid) and is_old_post_news(life, facts):
        return ""
    move = MOVES[kind]
    # What is already done says so, before "not now" would.
    if move.delivery_code and life.delivery not in move.delivery:
        return _already(life, kind) or move.delivery_code
    if life.business not in move.business:
        return _already(life, kind) or move.code
    if life.custody not in move.custody:
        return move.custody_code
    return _own_rule(life, facts)


def _already(life: Life, kind: Kind) -> str:
    if kind in (Kind.RETURNED, Kind.POSTED) and life.delivery in _IN_HAND:
        return "result_already_out"
    if kind is Kind.SUPPLEMENT_ASKED and life.business is State.SUPPLEMENT_ASKED:
        return "supplement_already_asked"
    return ""


def is_late_news(life: Life, facts: AgencySaid) -> bool:
    """A word that was true before what is already known: kept in the story, changes nothing."""
    if facts.state is life.business:
        return True
    if life.business in (State.DONE, State.RETURNED):
        return facts.state in (State.REGISTERED, State.RECEIVED, *AGENCY_STATES) and (
            facts.state not in (State.WITHDRAWN, State.STOPPED)
        )
    return facts.state in (State.REGISTERED, State.RECEIVED) and life.business in _OPEN


def is_old_post_news(life: Life, facts: PostSaid) -> bool:
    """The same end of a posting said twice, or a word from before it: kept in the story, changes nothing."""
    said = life.post
    if said is None or facts.item_code != said.item_code:
        return False
    if life.delivery not in (Delivery.DELIVERED, Delivery.UNDELIVERED):
        return False
    is_on_the_way = facts.word in (PostWord.ACCEPTED, PostWord.IN_TRANSIT)
    return facts.word is said.word or (is_on_the_way and facts.as_of <= said.as_of)


def _agency_refusal(life: Life, facts: AgencySaid) -> str:
    if is_late_news(life, facts) or life.business in _OPEN:
        return ""
    if life.business is State.DONE and facts.state is State.RETURNED:
        return ""
    if life.business is State.STOPPED and facts.state in (State.IN_PROCESS, State.DONE):
        return ""                  # a stopped dossier may be taken up again, by the agency alone
    return "agency_word_against_ours"


def _own_rule(life: Life, facts: Facts) -> str:
    match facts:
        case SupplementAsked():
            return "" if facts.gaps else "supplement_empty"
        case SupplementReceived():
            return "" if facts.request == life.requests else "no_supplement_open"
        case HandedOver():
            return _held(life, facts.originals, Holder.COUNTER)
        case HandoverUndone():
            return "" if _trip(life) == facts.manifest else "not_on_manifest"
        case Acknowledged():
            return _acknowledged(life, facts)
        case Found():
            return "" if facts.where in (Custody.COUNTER, Custody.AGENCY) else "found_where"
        case ResultIn():
            return "" if _known(life, facts.originals) else "original_unknown"
        case Posted():
            return _held(life, facts.originals, Holder.COUNTER)
        case PostSaid():
            return "" if facts.item_code == life.item_code else "not_posted"
        case Returned():
            if facts.money is None and life.money is MoneyState.DUE:
                return "money_due"
            if facts.money is not None and life.money is not MoneyState.DUE:
                return "money_not_due"
            return _held(life, facts.originals, Holder.COUNTER)
        case Recalled():
            return "" if facts.of == life.out else "not_returned"
        case Withdrawn() | PapersReturned():
            return _held(life, facts.originals, Holder.COUNTER)
        case StageBegun():
            return "" if life.stage == 1 else "stage_already_begun"
        case OriginalMoved():
            return "" if _known(life, (facts.original,)) else "original_unknown"
        case _:
            return "" if kind_of(facts) is not Kind.FEE_TAKEN or life.money is MoneyState.DUE else "money_not_due"


def _acknowledged(life: Life, facts: Acknowledged) -> str:
    if facts.verdict is LineVerdict.EXTRA:
        return "" if life.custody is Custody.COUNTER else "not_at_counter"
    trip = next((trip for trip in life.handovers if trip.manifest == facts.manifest), None)
    if trip is None:
        return "not_on_manifest"
    if trip.verdict is not None:
        return "" if trip.verdict is facts.verdict else "line_already_acknowledged"
    return "" if life.custody is Custody.ON_THE_WAY and _trip(life) == facts.manifest else "not_on_manifest"


def _trip(life: Life) -> str:
    return life.handovers[-1].manifest if life.handovers else ""


def _known(life: Life, names: tuple[str, ...]) -> bool:
    return all(life.original(name) is not None for name in names)


def _held(life: Life, names: tuple[str, ...], holder: Holder) -> str:
    if not _known(life, names):
        return "original_unknown"
    for name in names:
        one = life.original(name)
        if one is None or one.holder is not holder:
            return "original_elsewhere"
    return ""


def pause_of(facts: Facts) -> PauseCause | None:
    """Why the clock stands from here on, if it does."""
    match facts:
        case SupplementAsked() | AgencySaid(state=State.SUPPLEMENT_ASKED):
            return PauseCause.SUPPLEMENT
        case AgencySaid(state=State.PAYMENT_ASKED):
            return PauseCause.PAYMENT
        case _:
            return None


def delivered_by(facts: Facts) -> bool:
    return isinstance(facts, PostSaid) and facts.word is PostWord.DELIVERED
