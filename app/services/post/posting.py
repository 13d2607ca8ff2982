"""A result leaves the shelf by post: item code, receiver, originals, and the money that the postman takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.intake import ReturnMethod
from app.domain.item_code import read_item_code
from app.domain.life.facts import Posted, Receiver
from app.domain.life.fold import check
from app.domain.life.life import Original
from app.domain.life.states import Holder, MoneyState
from app.domain.notices import Channel, NoticeBook, NoticeText, ResultPosted, Sender, parse_notices
from app.domain.phone import read_phone
from app.domain.postal_address import PostalAddress, address_of_card, write_address
from app.domain.text import nfc
from app.errors import Refusal
from app.paths import resource
from app.services.counter import Clerk, Counter
from app.services.life.acting import Acted, Line, act
from app.services.life.reading import KnownLife
from app.services.papers.prints import ask_print
from app.services.post.pool import next_code, usable_code
from app.services.results.known import find_here
from app.services.results.returning import amount_due
from app.store import journal as book

POST_LABEL = "post_label"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the clerk wrote for one cover. `item_code` as scanned off the label, "" for the next free one.

    `fee` is what is owed for the dossier, asked only where the catalogue does not know the amount; `postage` is
    taken at the door as well. `originals` travel along; None: all that are here.
    """

    name: str
    phone: str
    line: str
    commune: str
    province: str
    old_text: str = ""
    item_code: str = ""
    originals: tuple[str, ...] | None = None
    fee: int | None = None
    postage: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """The posting as stored. `cod` is what the postman takes, đồng; `job` prints the label."""

    op_id: str
    code: str
    item_code: str
    cod: int
    job: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class ToSend:
    """What is known of a result before its cover is written."""

    code: str
    applicant_name: str
    procedure_name: str
    shelf: str
    phone: str
    address: PostalAddress         # as far as the dossier says; the old text as written at reception
    is_asked_by_post: bool         # False: the citizen chose the counter when the dossier was received
    originals: tuple[Original, ...]                # at the counter
    is_money_due: bool
    amount_due: int | None         # đồng; None: due, and the catalogue does not know how much
    next_code: str                 # to be offered; "" when the pool is empty


def prepare_posting(connection: Connection, counter: Counter, code: str) -> ToSend:
    """Everything that can be filled in. Raises `dossier_not_here` and its like, `result_not_here`,
    `result_already_out`."""
    held = find_here(connection, code)
    _refuse_impossible(held)
    intake, life = held.body.intake, held.life
    assert intake.procedure is not None and intake.applicant is not None
    found = next_code(connection, counter)
    return ToSend(
        held.code, intake.applicant.name, intake.procedure.name, life.shelf, intake.applicant.phone,
        address_of_card(intake.return_address or intake.applicant.address),
        intake.return_method is ReturnMethod.POST, _here(held), life.money is MoneyState.DUE, amount_due(held),
        found.text if found is not None else "",
    )


def post_result(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, parcel: Parcel, *, intent: str,
    now: datetime, randomness: Randomness,
) -> Sent:
    """The result of dossier `code` is in a cover that bears the item code; its label may be printed once this is
    committed.

    Raises `receiver_missing`, what `read_phone` and `write_address` raise, what `usable_code` raises,
    `cod_unknown` (code: owed, and nobody said how much), `money_amount_differs` (code, due, taken),
    `money_not_due`, `postage_negative`; of the table `result_not_here`, `result_already_out`,
    `original_elsewhere`; `intent_reused`.
    """
    if book.by_intent(connection, intent) is not None:
        return _again(connection, counter, clerk, code, parcel, intent, now, randomness)
    held = find_here(connection, code)
    _refuse_impossible(held)
    receiver = _receiver(parcel)
    fee = _fee(held, parcel)
    item = usable_code(connection, counter, parcel.item_code)
    originals = parcel.originals if parcel.originals is not None else tuple(one.id for one in _here(held))
    facts = Posted(item.text, receiver, originals, (fee + parcel.postage) or None)
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about={"fee": fee, "postage": parcel.postage},
    )
    return _sent(connection, acted, clerk, now)


def posted_texts(connection: Connection, counter: Counter, clerk: Clerk, code: str) -> tuple[NoticeText, ...]:
    """What the citizen is told once the result is on its way: SMS, Zalo, telephone. Raises `not_posted`."""
    held = find_here(connection, code)
    posted = next((event.facts for event in reversed(held.events)
                   if isinstance(event.facts, Posted) and event.facts.item_code == held.life.item_code), None)
    if posted is None:
        raise Refusal("not_posted", code=held.code)
    head = counter.paper_head
    sender = Sender(counter.office_name, head.contact or head.unit, head.phone, clerk.name)
    notice = ResultPosted(held.code, posted.receiver.name, read_item_code(posted.item_code).shown, posted.cod or 0)
    return tuple(_texts().write(notice, sender, channel) for channel in Channel)


@cache
def _texts() -> NoticeBook:
    return parse_notices(resource("notices.json").read_text(encoding="utf-8"))


def _refuse_impossible(held: KnownLife) -> None:
    try:
        check(held.life, Posted("?", Receiver("?", "?", "?")))
    except Refusal as refusal:
        raise Refusal(refusal.code, **{**refusal.values, "code": held.code}) from None


def _here(held: KnownLife) -> tuple[Original, ...]:
    return tuple(one for one in held.life.originals if one.holder is Holder.COUNTER)


def _receiver(parcel: Parcel) -> Receiver:
    name = " ".join(nfc(parcel.name).split())
    if not name:
        raise Refusal("receiver_missing")
    phone = read_phone(parcel.phone)
    address = write_address(parcel.line, parcel.commune, parcel.province, parcel.old_text)
    old_text = address.old_text if address.has_other_old_text else ""
    return Receiver(name, phone.as_typed, address.line, address.commune, address.province, old_text)


def _fee(held: KnownLife, parcel: Parcel) -> int:
    if parcel.postage < 0:
        raise Refusal("postage_negative")
    if held.life.money is not MoneyState.DUE:
        if parcel.fee:
            raise Refusal("money_not_due", code=held.code)
        return 0
    due = amount_due(held)
    if due is None and not parcel.fee:
        raise Refusal("cod_unknown", code=held.code)
    if parcel.fee is not None and (parcel.fee < 0 or (due is not None and parcel.fee != due)):
        raise Refusal("money_amount_differs", code=held.code, due=due, taken=parcel.fee)
    return due if due is not None else parcel.fee or 0


def _again(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, parcel: Parcel, intent: str, now: datetime,
    randomness: Randomness,
) -> Sent:
    """The same key pressed twice is one cover."""
    facts = Posted(parcel.item_code, Receiver(parcel.name, parcel.phone, parcel.line))
    acted = act(connection, counter, clerk, [Line(code, facts)], intent=intent, now=now, randomness=randomness)
    return _sent(connection, acted, clerk, now)


def _sent(connection: Connection, acted: Acted, clerk: Clerk, now: datetime) -> Sent:
    (line,) = acted.operation.body["lines"]
    code, facts = str(line["code"]), line["facts"]
    job = ask_print(
        connection, paper=POST_LABEL, op_id=acted.op_id, code=code, clerk_name=clerk.name, now=now
    )
    return Sent(acted.op_id, code, str(facts["item_code"]), int(facts["cod"] or 0), job, acted.is_new)
