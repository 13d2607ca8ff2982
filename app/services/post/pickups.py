"""Papers fetched at the citizen's door: the call, the slip with its temporary number, the way to a reception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.domain.applicant import Applicant, Person
from app.domain.body import from_body, to_body
from app.domain.identifiers import Randomness, uuid7
from app.domain.intake import Intake, PaperGiven, PaperStatus
from app.domain.new_intake import find_procedure, full_intake
from app.domain.operation import Operation, Type
from app.domain.paper_number import PaperKind
from app.domain.phone import read_phone
from app.domain.pickup import PickupCall, PickupState, check_move
from app.domain.postal_address import write_address
from app.domain.procedure import Catalogue
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.papers.prints import ask_print
from app.services.results.numbering import next_number
from app.services.stored_operation import read_operation
from app.store import journal as book
from app.store import projection
from app.store.queries.pickups import PickupRow, find_pickup

PICKUP_SLIP = "pickup_slip"
POST_CHANNEL = 3
"""KenhThucHien of a dossier that came by post."""


@dataclass(frozen=True, slots=True)
class PickupStored:
    """A pick-up after an act; `number` is the temporary one on its slip. `job` prints the slip, "" for none."""

    id: str
    number: str
    state: PickupState
    job: str
    is_new: bool


def ask_pickup(
    connection: Connection, counter: Counter, clerk: Clerk, call: PickupCall, *, intent: str, now: datetime,
    randomness: Randomness,
) -> PickupStored:
    """Somebody is to fetch papers at a door. No dossier is made and no deadline starts.

    Raises `pickup_name_missing`, what `read_phone` and `write_address` raise, `intent_reused`.
    """
    known = book.by_intent(connection, intent)
    if known is not None:
        if known.header.type != Type.PICKUP_MADE:
            raise Refusal("intent_reused", code="")
        return _stored(connection, known.header.op_id, known, clerk, now, is_new=False)
    tidy = _checked(call)
    day = today_at_counter(connection, now)
    operation = book.append(connection, counter.author(clerk, tidy.procedure.agency), book.Event(
        op_id=uuid7(now, randomness), type=Type.PICKUP_MADE, intent=intent, now=now, business_date=day,
        body={
            "clerk_name": clerk.name, "call": to_body(tidy),
            "about": {"number": next_number(connection, counter, PaperKind.PICKUP, Type.PICKUP_MADE, day)},
        },
    ))
    projection.apply(connection, operation, is_own=True)
    return _stored(connection, operation.header.op_id, operation, clerk, now, is_new=True)


def move_pickup(
    connection: Connection, counter: Counter, clerk: Clerk, pickup: str, to: PickupState, *, reason: str = "",
    collector_name: str = "", visit: str = "", papers: Sequence[PaperGiven] | None = None, intent: str,
    now: datetime, randomness: Randomness,
) -> PickupStored:
    """The next state of a pick-up (id or number). Collected: `papers` are those that were really taken along, and
    the slip is printed with them.

    Raises `pickup_unknown` (number), `pickup_not_now` (number, state, to), `pickup_received` (number, code),
    `reason_missing`, `intent_reused`.
    """
    held = the_pickup(connection, pickup)
    known = book.by_intent(connection, intent)
    if known is not None:
        if (known.header.type, known.body.get("pickup"), known.body.get("to")) != (
                Type.PICKUP_MOVED, held.id, str(to)):
            raise Refusal("intent_reused", code=held.number)
        return _stored(connection, held.id, known, clerk, now, is_new=False)
    check_move(held.state, to, number=held.number, code=held.code, reason=reason)
    body = {
        "clerk_name": clerk.name, "pickup": held.id, "number": held.number, "to": str(to),
        "note": " ".join(nfc(reason).split()), "collector_name": collector_name.strip(), "visit": visit.strip(),
    }
    if to is PickupState.COLLECTED:
        taken = papers if papers is not None else read_call(connection, held.id).papers
        body["papers"] = to_body(tuple(taken))
    # Whatever the clock says, what follows has the later id: on all counters the same move holds.
    operation = book.append(connection, counter.author(clerk), book.Event(
        op_id=uuid7(max(now, _just_after(held.moved)), randomness), type=Type.PICKUP_MOVED, intent=intent,
        body=body, now=now, business_date=today_at_counter(connection, now),
    ))
    projection.apply(connection, operation, is_own=True)
    return _stored(connection, held.id, operation, clerk, now, is_new=True)


def pickup_intake(
    connection: Connection, catalogue: Catalogue, pickup: str, *, intent: str, now: datetime,
) -> Intake:
    """The beginning of a reception from collected papers: under today's catalogue, because the deadline, the
    checklist and the fees are those of the official reception, not of the call.

    Papers that were taken along are filled in by their requirement; what is asked for today and did not come
    stands as missing, for the clerk to see. Raises `pickup_unknown`, `pickup_received` (number, code),
    `pickup_not_collected` (number, state), `procedure_unknown`, `procedure_not_received_here`.
    """
    held = the_pickup(connection, pickup)
    if held.state is PickupState.RECEIVED:
        raise Refusal("pickup_received", number=held.number, code=held.code)
    if held.state is not PickupState.COLLECTED:
        raise Refusal("pickup_not_collected", number=held.number, state=str(held.state))
    call = read_call(connection, held.id)
    day = today_at_counter(connection, now)
    procedure = find_procedure(catalogue, call.procedure.code, day)
    case = next((each for each in procedure.cases if each.code == call.procedure.case), procedure.cases[0])
    agency = next(each for each in catalogue.agencies if each.id == procedure.agency)
    applicant = Applicant(Person(
        call.name, call.identifier, address=call.address.old_text or call.address.shown, phone=call.phone,
    ))
    begun = full_intake(
        catalogue, agency, procedure, case, intent=intent, applicant=applicant, submitter=None, day=day,
    )
    return replace(
        begun, papers=_as_taken(begun.papers, papers_taken(connection, held.id, call)),
        return_method=call.return_method, return_address=call.return_address, note=call.note,
        channel=POST_CHANNEL, pickup=held.id,
    )


def the_pickup(connection: Connection, name: str) -> PickupRow:
    """By id or temporary number. Raises `pickup_unknown` (number)."""
    found = find_pickup(connection, name)
    if found is None:
        raise Refusal("pickup_unknown", number=name[:40])
    return found


def read_call(connection: Connection, pickup: str) -> PickupCall:
    """What the citizen asked for, from the journal or the feed."""
    return from_body(PickupCall, read_operation(connection, pickup).body["call"])


def papers_taken(connection: Connection, pickup: str, call: PickupCall) -> tuple[PaperGiven, ...]:
    """What the collector really took along; before that, what was agreed."""
    row = the_pickup(connection, pickup)
    if row.state is not PickupState.COLLECTED:
        return call.papers
    return tuple(from_body(PaperGiven, each) for each in read_operation(connection, row.moved).body["papers"])


def _just_after(op_id: str) -> datetime:
    """The millisecond after the one that a UUIDv7 holds (RFC 9562, 5.7: its first 48 bits)."""
    held = int(op_id.replace("-", "")[:12], 16)
    return datetime.fromtimestamp(held // 1000, UTC) + timedelta(milliseconds=held % 1000 + 1)


def _as_taken(wanted: Sequence[PaperGiven], taken: Sequence[PaperGiven]) -> tuple[PaperGiven, ...]:
    by_requirement = {each.requirement: each for each in taken}
    known = {each.requirement for each in wanted}
    lines = [
        replace(by_requirement[each.requirement], name=each.name, is_required=each.is_required)
        if each.requirement in by_requirement
        else replace(each, status=PaperStatus.MISSING, originals=0, certified=0, copies=0)
        for each in wanted
    ]
    return (*lines, *(each for each in taken if each.requirement not in known))


def _checked(call: PickupCall) -> PickupCall:
    name = " ".join(nfc(call.name).split())
    if not name:
        raise Refusal("pickup_name_missing")
    address = write_address(
        call.address.line, call.address.commune, call.address.province, call.address.old_text
    )
    return replace(
        call, name=name, phone=read_phone(call.phone).as_typed, address=address,
        identifier=call.identifier.strip(), visit=" ".join(nfc(call.visit).split()),
        note=" ".join(nfc(call.note).split()),
    )


def _stored(
    connection: Connection, pickup: str, operation: Operation, clerk: Clerk, now: datetime, *, is_new: bool
) -> PickupStored:
    held = the_pickup(connection, pickup)
    job = ""
    if operation.header.type == Type.PICKUP_MADE or operation.body.get("to") == PickupState.COLLECTED:
        job = ask_print(
            connection, paper=PICKUP_SLIP, op_id=operation.header.op_id, code=held.number, clerk_name=clerk.name,
            now=now,
        )
    return PickupStored(held.id, held.number, held.state, job, is_new)
