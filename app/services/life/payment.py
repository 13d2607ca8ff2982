"""The financial obligation (nghĩa vụ tài chính, mostly a land tax): asked by the agency, done by the citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.dossier import State
from app.domain.identifiers import Randomness
from app.domain.life.facts import AgencyPaper, NewDue, PaymentDone
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import time_at_counter
from app.services.life.acting import Line, act
from app.services.life.agency_word import say_for_agency
from app.services.life.past import facts_in, standing
from app.services.life.promises import resumed
from app.services.life.reading import read_life
from app.services.life.supplement import resumption_sheet
from app.services.life.true_time import true_pause_start
from app.services.rules import Rules
from app.store import journal as book


@dataclass(frozen=True, slots=True)
class Paid:
    """The obligation is fulfilled; `due` is the promise from here on."""

    op_id: str
    code: str
    due: NewDue | None
    jobs: tuple[str, ...]
    is_new: bool


def note_payment_asked(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, reason: str, paper: AgencyPaper,
    *, intent: str, now: datetime, randomness: Randomness,
) -> str:
    """The agency's notice came: the clock stands until the citizen has paid. Returns the operation's id.

    Raises `agency_paper_incomplete`, `agency_paper_future`, `agency_word_known`, and what the moves refuse.
    """
    _, acted = say_for_agency(
        connection, counter, clerk, code, State.PAYMENT_ASKED, " ".join(nfc(reason).split()), paper,
        intent=intent, now=now, randomness=randomness,
    )
    return acted.op_id


def note_paid(
    connection: Connection, counter: Counter, clerk: Clerk, rules: Rules, code: str, proof: str,
    *, intent: str, now: datetime, randomness: Randomness, amount: int | None = None,
) -> Paid:
    """The citizen shows that it is paid; the clock runs on, and a sheet with the new date is printed.

    `proof`: number of the paper that says so. Raises `payment_proof_missing`, `amount_below_zero`, and what the
    moves refuse.
    """
    held = read_life(connection, code)
    shown = " ".join(nfc(proof).split())
    due = None
    if book.by_intent(connection, intent) is None:
        if not shown:
            raise Refusal("payment_proof_missing")
        if amount is not None and amount < 0:
            raise Refusal("amount_below_zero")
        since = true_pause_start(connection, held)
        if since is not None:
            due = resumed(
                held.body, held.life, held.events, rules, paused_at=since, now=time_at_counter(connection, now)
            )
    acted = act(
        connection, counter, clerk, [Line(held.code, PaymentDone(shown, due, amount))], intent=intent, now=now,
        randomness=randomness, about=standing(held),
    )
    stated = facts_in(acted.operation, held.code, PaymentDone)
    return Paid(acted.op_id, held.code, stated.due, resumption_sheet(connection, held, acted, clerk, now),
                acted.is_new)
