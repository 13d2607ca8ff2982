"""What else is done to a result: fetched back, shelved again, its fee taken, its originals moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.life.facts import FeeTaken, MoneyTaken, OriginalMoved, Recalled, Shelved
from app.domain.life.states import Holder
from app.domain.reason_library import finished_reason
from app.domain.till.collection import Taking
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.life.acting import Acted, Line, act
from app.services.papers.prints import ask_print
from app.services.results.known import find_here
from app.services.results.returning import checked_money, with_receipts
from app.services.results.shelves import chosen_shelf
from app.services.results.taking_in import SHELF_LABEL
from app.store import journal as book


def recall_return(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, *, reason: str, intent: str, now: datetime,
    randomness: Randomness,
) -> Acted:
    """Thu hồi: the result went to the wrong person and is being fetched back; the return stays in the story.

    Raises `reason_empty`, `reason_unfinished`, `dossier_not_here` and its like, `not_returned`, `intent_reused`.
    """
    held = find_here(connection, code)
    facts = Recalled(held.life.out, finished_reason(reason))
    return act(connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness)


def shelve_again(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, *, shelf: str, note: str = "",
    originals: Sequence[str] = (), intent: str, now: datetime, randomness: Randomness,
) -> str:
    """The result lies on the shelf: fetched back, undelivered, or only moved. Returns the print of its new label.

    `originals` are those that came back with a result given to the wrong person. Raises `shelf_missing`,
    `reason_empty` (originals without a note), `result_not_here`, `original_elsewhere`, `intent_reused`.
    """
    place = chosen_shelf(shelf)
    if originals:
        finished_reason(note)
    acted = act(
        connection, counter, clerk, [Line(code, Shelved(place, note.strip()))], intent=intent, now=now,
        randomness=randomness,
    )
    for name in originals:
        move_original(connection, counter, clerk, code, name, Holder.COUNTER, reason=note,
                      intent=f"{intent}:{name}", now=now, randomness=randomness)
    return ask_print(
        connection, paper=SHELF_LABEL, op_id=acted.op_id, code=acted.codes[0], clerk_name=clerk.name, now=now
    )


def take_fee(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, money: MoneyTaken, *,
    taking: Taking | None = None, intent: str, now: datetime, randomness: Randomness,
) -> Acted:
    """Thu sau, taken before the result is given out; `taking` puts it into the cash book in the same transaction.

    Raises `money_not_due`, `money_amount_differs` (due, taken), `money_means_unknown`, `intent_reused`, and what
    `collect` raises.
    """
    if book.by_intent(connection, intent) is None:
        held = find_here(connection, code)
        if held.is_owed_again:         # its event stands; only the cash book can say that it is paid again
            raise Refusal("money_not_due", code=held.code)
        money = checked_money(held, money)
    money = with_receipts(connection, counter, clerk, code, money, taking, intent=intent, now=now,
                          randomness=randomness)
    return act(
        connection, counter, clerk, [Line(code, FeeTaken(money))], intent=intent, now=now, randomness=randomness
    )


def move_original(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, original: str, holder: Holder, *,
    reason: str, intent: str, now: datetime, randomness: Randomness,
) -> Acted:
    """One original is with somebody else from now on: given to the citizen, turned up at the agency, lost.

    Raises `reason_empty`, `reason_unfinished`, `original_unknown`, `original_is_there` (it is there by the book
    already), `intent_reused`.
    """
    said = finished_reason(reason)
    if book.by_intent(connection, intent) is None:
        held = find_here(connection, code)
        one = held.life.original(original)
        if one is not None and one.holder is holder:
            raise Refusal("original_is_there", code=held.code, name=one.name)
    facts = OriginalMoved(original, holder, said)
    return act(connection, counter, clerk, [Line(code, facts)], intent=intent, now=now, randomness=randomness)
