"""What the post says of an item, written down by a clerk; and the way back to the shelf.

Every word carries the moment at which it was true: a screen shows how old the last one is, and a word from before
what is known is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.item_code import read_item_code
from app.domain.life.facts import FeeTaken, MoneyTaken, Posted, PostSaid, PostWord
from app.domain.life.states import Delivery, MoneyState
from app.domain.posting import Standing
from app.domain.reason_library import finished_reason
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.life.acting import Acted, Line, act
from app.services.life.reading import KnownLife
from app.services.post.pool import why_void, write_void
from app.services.results.known import find_here
from app.services.results.putting_right import shelve_again
from app.services.results.shelves import next_shelf
from app.services.stored_operation import read_operation
from app.store import journal as book
from app.store.queries.post import FoundItem, find_items

COD = "cod"
"""How a fee was taken: by the postman, at the door (thu hộ)."""
CALLED_OFF = "Quầy rút lại: {reason}"
"""What stands as the post's word when a cover was taken out of the bag: printed and sent, so never translated."""


@dataclass(frozen=True, slots=True)
class Word:
    """What the post says. `receiver` is who took it (delivered), `note` why not (undelivered)."""

    word: PostWord
    as_of: datetime
    receiver: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """`is_new` False: the same had been written down before, nothing was added. `fee` was taken at the door."""

    code: str
    item_code: str
    word: PostWord
    fee: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Back:
    """A result that lies on the shelf again; `job` prints its label, `voided` is the code that is void now."""

    code: str
    shelf: str
    job: str
    voided: str = ""


def find_item(connection: Connection, text: str, code: str = "") -> FoundItem:
    """The posting a scanned or typed item code names; `code` chooses where two covers bear one code.

    Raises what `read_item_code` does, `item_code_unknown`, `item_code_is_void` (item, reason),
    `item_code_ambiguous` (item, codes).
    """
    item = read_item_code(text)
    found = find_items(connection, item.text)
    if code:
        found = tuple(each for each in found if each.code == code)
    if not found:
        reason = why_void(connection, item)
        if reason:
            raise Refusal("item_code_is_void", item=item.shown, reason=reason)
        raise Refusal("item_code_unknown", item=item.shown)
    under_way = [each for each in found if each.is_under_way]
    if len({each.code for each in under_way}) > 1:
        raise Refusal("item_code_ambiguous", item=item.shown, codes=tuple(each.code for each in under_way))
    return under_way[0] if under_way else found[0]


def note_word(
    connection: Connection, counter: Counter, clerk: Clerk, item: str, said: Word, *, code: str = "", intent: str,
    now: datetime, randomness: Randomness,
) -> Noted:
    """Keep the post's word on an item. Delivered ends the dossier; money taken at the door is the fee, paid.

    Raises what `find_item` does, `word_in_future`, `word_before_posting` (as_of, posted_at), `word_older` (item,
    as_of: of what is known), `word_needs_receiver`, `reason_empty` and `reason_unfinished` (undelivered),
    `item_delivered_already` (item, as_of, receiver), `item_back_already` (item, as_of), `not_posted`,
    `intent_reused`.
    """
    known = book.by_intent(connection, intent)
    found = find_item(connection, item, code)
    facts = _facts(found, said)
    if known is not None:
        return _noted(act(connection, counter, clerk, [Line(found.code, facts)], intent=intent, now=now,
                          randomness=randomness), facts, 0)
    if _is_said_already(found, facts):
        return Noted(found.code, found.item_code, facts.word, 0, is_new=False)
    _check_time(found, facts, now)
    acted = act(
        connection, counter, clerk, [Line(found.code, facts)], intent=intent, now=now, randomness=randomness
    )
    fee = 0
    if facts.word is PostWord.DELIVERED:
        fee = _take_fee(connection, counter, clerk, found, intent=intent, now=now, randomness=randomness)
    return _noted(acted, facts, fee)


def take_back(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, *, shelf: str = "", reason: str = "",
    as_of: datetime | None = None, intent: str, now: datetime, randomness: Randomness,
) -> Back:
    """The cover came back and lies on the shelf. `reason` is asked while the post's word is not there yet;
    `shelf` empty: the next free place.

    Raises `not_posted`, what `note_word` raises, `shelf_full`, `intent_reused`.
    """
    held = find_here(connection, code)
    known = book.by_intent(connection, f"{intent}:shelf")
    if known is None:
        if held.life.delivery is Delivery.POSTED:
            note_word(
                connection, counter, clerk, held.life.item_code, Word(PostWord.UNDELIVERED, as_of or now,
                                                                     note=reason),
                code=held.code, intent=intent, now=now, randomness=randomness,
            )
        elif held.life.delivery is not Delivery.UNDELIVERED:
            raise Refusal("not_posted", code=held.code)
    return _shelve(connection, counter, clerk, held, shelf, reason, intent=intent, now=now, randomness=randomness)


def call_off(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, reason: str, *, shelf: str = "",
    intent: str, now: datetime, randomness: Randomness,
) -> Back:
    """The cover never left, or was taken out of the bag: the result is on the shelf, its item code is void for
    good, and a list that was printed with it says so when it is printed again.

    Raises `reason_empty`, `reason_unfinished`, `not_posted` (code), `item_left_already` (item, as_of: the post has
    it), `shelf_full`, `intent_reused`.
    """
    why = finished_reason(reason)
    held = find_here(connection, code)
    known = book.by_intent(connection, intent)
    if known is not None:
        event = held.event(known.header.op_id)
        if event is None or not isinstance(event.facts, PostSaid):
            raise Refusal("intent_reused", code=held.code)
        return _shelve(connection, counter, clerk, held, shelf, why, voided=event.facts.item_code, intent=intent,
                       now=now, randomness=randomness)
    if held.life.delivery is not Delivery.POSTED:
        raise Refusal("not_posted", code=held.code)
    item = read_item_code(held.life.item_code)
    if held.life.post is not None:
        raise Refusal("item_left_already", item=item.shown, as_of=held.life.post.as_of)
    facts = PostSaid(item.text, PostWord.UNDELIVERED, now, note=CALLED_OFF.format(reason=why))
    act(connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness)
    write_void(
        connection, counter, clerk, item, why, intent=f"{intent}:void", now=now, randomness=randomness
    )
    return _shelve(connection, counter, clerk, held, shelf, why, voided=item.text, intent=intent, now=now,
                   randomness=randomness)


def _facts(found: FoundItem, said: Word) -> PostSaid:
    receiver = " ".join(said.receiver.split())
    if said.word is PostWord.DELIVERED and not receiver:
        raise Refusal("word_needs_receiver")
    note = finished_reason(said.note) if said.word is PostWord.UNDELIVERED else " ".join(said.note.split())
    return PostSaid(found.item_code, said.word, said.as_of, receiver, note)


def _is_said_already(found: FoundItem, facts: PostSaid) -> bool:
    """The end is known already: the same again is no news, another one is refused."""
    item = read_item_code(found.item_code).shown
    if found.standing is Standing.DELIVERED:
        if facts.word is PostWord.DELIVERED and facts.receiver == found.note and facts.as_of == found.as_of:
            return True
        raise Refusal("item_delivered_already", item=item, as_of=found.as_of, receiver=found.note)
    if found.standing is Standing.UNDELIVERED:
        if facts.word is PostWord.UNDELIVERED and facts.as_of == found.as_of:
            return True
        raise Refusal("item_back_already", item=item, as_of=found.as_of)
    return facts.word is found.word and facts.as_of == found.as_of


def _check_time(found: FoundItem, facts: PostSaid, now: datetime) -> None:
    if facts.as_of > now:
        raise Refusal("word_in_future")
    # The post writes whole minutes; the counter posts to the millisecond.
    if facts.as_of < found.posted_at.replace(second=0, microsecond=0):
        raise Refusal("word_before_posting", as_of=facts.as_of, posted_at=found.posted_at)
    if found.as_of is not None and facts.as_of < found.as_of and facts.word is not PostWord.DELIVERED:
        raise Refusal("word_older", item=read_item_code(found.item_code).shown, as_of=found.as_of)


def _take_fee(
    connection: Connection, counter: Counter, clerk: Clerk, found: FoundItem, *, intent: str, now: datetime,
    randomness: Randomness,
) -> int:
    """What was owed was taken at the door; another counter's posting says as much as ours."""
    held = find_here(connection, found.code)
    posting = held.event(found.op_id)
    if held.life.money is not MoneyState.DUE or posting is None or not isinstance(posting.facts, Posted):
        return 0
    fee = int(read_operation(connection, found.op_id).body.get("about", {}).get("fee", 0))
    if not fee:
        return 0
    if held.is_owed_again:             # its event stands from before the void
        return fee
    facts = FeeTaken(MoneyTaken(fee, COD))
    act(connection, counter, clerk, [Line(found.code, facts)], intent=f"{intent}:fee", now=now,
        randomness=randomness)
    return fee


def _shelve(
    connection: Connection, counter: Counter, clerk: Clerk, held: KnownLife, shelf: str, note: str, *,
    voided: str = "", intent: str, now: datetime, randomness: Randomness,
) -> Back:
    known = book.by_intent(connection, f"{intent}:shelf")
    place = shelf.strip() or (
        str(known.body["lines"][0]["facts"]["shelf"]) if known is not None
        else next_shelf(connection, held.code, today_at_counter(connection, now)))
    if not place:
        raise Refusal("shelf_full", code=held.code)
    job = shelve_again(
        connection, counter, clerk, held.code, shelf=place, note=note.strip(), intent=f"{intent}:shelf", now=now,
        randomness=randomness,
    )
    now_on = find_here(connection, held.code).life.shelf
    return Back(held.code, now_on, job, voided)


def _noted(acted: Acted, facts: PostSaid, fee: int) -> Noted:
    (code,) = acted.codes
    return Noted(code, facts.item_code, facts.word, fee, acted.is_new)
