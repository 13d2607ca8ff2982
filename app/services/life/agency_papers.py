"""Papers of the settling agency that change a dossier: extension, stop, settled, taken up again.

The agency decides and signs; the counter writes down what its paper says and tells the citizen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.dossier import State
from app.domain.identifiers import Randomness
from app.domain.life.facts import AgencyPaper, Extended, NewDue
from app.domain.life.fold import check
from app.domain.life.states import Source
from app.domain.reason_library import finished_reason
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.life.acting import Line, act
from app.services.life.agency_word import checked_paper, say_for_agency
from app.services.life.past import facts_in, standing
from app.services.life.promises import disputed_pause, resumed, uncounted_pause
from app.services.life.reading import KnownLife, read_life
from app.services.life.true_time import true_time
from app.services.papers.prints import ask_print
from app.services.rules import Rules
from app.store import journal as book

RECOUNT = "recount"
"""Reason of a promise that was counted again after the agency had ended a pause by itself."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A paper as written down; `due` is the promise it makes, None where it makes none."""

    op_id: str
    code: str
    due: NewDue | None
    jobs: tuple[str, ...]
    is_new: bool


def note_extension(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, due_at: datetime, reason: str,
    paper: AgencyPaper, *, intent: str, now: datetime, randomness: Randomness, is_again_meant: bool = False,
) -> Noted:
    """Xin lỗi và gia hạn (form 04): the agency moved the date. The notice for the citizen is printed.

    While the clock stands the new date counts as if it had been promised before the pause. Raises
    `extension_not_later` (due), `extended_before` (times; the law knows one extension, Nghị định 61/2018/NĐ-CP
    Điều 19) until `is_again_meant`, `agency_paper_incomplete`, `agency_paper_future`, `reason_empty`,
    `reason_unfinished`, and what the moves refuse.
    """
    held = read_life(connection, code)
    facts = Extended(NewDue(due_at), finished_reason(reason), paper)
    if book.by_intent(connection, intent) is None:
        check(held.life, facts)
        checked_paper(paper, today_at_counter(connection, now))
        if held.life.due_at is not None and due_at <= held.life.due_at:
            raise Refusal("extension_not_later", due=held.life.due_at.isoformat(), code=held.code)
        times = sum(change.paper is not None and bool(change.paper.number) for change in held.life.due_changes)
        if times and not is_again_meant:
            raise Refusal("extended_before", code=held.code, times=times + 1)
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        source=Source.PAPER, about=standing(held),
    )
    job = ask_print(
        connection, paper="extension_notice", op_id=acted.op_id, code=held.code, clerk_name=clerk.name, now=now
    )
    stated = facts_in(acted.operation, held.code, Extended)
    return Noted(acted.op_id, held.code, stated.due, (job,), acted.is_new)


def note_stop(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, reason: str, paper: AgencyPaper,
    *, intent: str, now: datetime, randomness: Randomness,
) -> Noted:
    """Dừng giải quyết (form 05/2025): the agency stops; the notice names what the citizen gets back here."""
    held, acted = say_for_agency(
        connection, counter, clerk, code, State.STOPPED, finished_reason(reason), paper, intent=intent, now=now,
        randomness=randomness,
    )
    job = ask_print(
        connection, paper="stop_notice", op_id=acted.op_id, code=held.code, clerk_name=clerk.name, now=now
    )
    return Noted(acted.op_id, held.code, None, (job,), acted.is_new)


def note_settled(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, reason: str, paper: AgencyPaper,
    *, intent: str, now: datetime, randomness: Randomness,
) -> Noted:
    """The agency has settled; the result itself is not here yet. Nothing is printed."""
    held, acted = say_for_agency(
        connection, counter, clerk, code, State.DONE, reason.strip(), paper, intent=intent, now=now,
        randomness=randomness,
    )
    return Noted(acted.op_id, held.code, None, (), acted.is_new)


def note_taken_up_again(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, reason: str, paper: AgencyPaper,
    due_at: datetime | None, *, intent: str, now: datetime, randomness: Randomness,
) -> Noted:
    """A stopped dossier goes on. Its date is the one the agency names: no rule says what was left of a stop.

    Raises `not_stopped`, `new_due_missing` where a date had been promised, and as `note_stop`.
    """

    def refuse(held: KnownLife) -> None:
        if held.life.business is not State.STOPPED:
            raise Refusal("not_stopped", code=held.code)
        if due_at is None and held.life.due_at is not None:
            raise Refusal("new_due_missing", code=held.code)

    due = NewDue(due_at) if due_at is not None else None
    held, acted = say_for_agency(
        connection, counter, clerk, code, State.IN_PROCESS, finished_reason(reason), paper, intent=intent,
        now=now, randomness=randomness, due=due, refuse=refuse,
    )
    return Noted(acted.op_id, held.code, due, (), acted.is_new)


def recount_due(
    connection: Connection, counter: Counter, clerk: Clerk, rules: Rules, code: str,
    *, intent: str, now: datetime, randomness: Randomness,
) -> Noted:
    """Count the promise on after a pause that the agency ended without naming a date, or that one counter ended
    while another wrote an extension down.

    The time in which the citizen was waited for is no processing time, whoever told us that it was over. Raises
    `pause_counted` when there is no such pause.
    """
    held = read_life(connection, code)
    facts = Extended(NewDue(None), RECOUNT, AgencyPaper())
    if book.by_intent(connection, intent) is None:
        disputed = disputed_pause(held.life, held.events)
        promise, pause = disputed or (None, uncounted_pause(held.life, held.events))
        if pause is None or pause.until is None:
            raise Refusal("pause_counted", code=held.code)
        due = resumed(
            held.body, held.life, held.events, rules, promise=promise,
            paused_at=true_time(connection, held, pause.since), now=true_time(connection, held, pause.until),
        )
        assert due is not None             # an uncounted pause has a promise
        facts = Extended(due, RECOUNT, AgencyPaper(kind=RECOUNT))
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about=standing(held),
    )
    job = ask_print(
        connection, paper="derivation", op_id=acted.op_id, code=held.code, clerk_name=clerk.name, now=now
    )
    stated = facts_in(acted.operation, held.code, Extended)
    return Noted(acted.op_id, held.code, stated.due, (job,), acted.is_new)
