"""Giai đoạn 2: a two-stage procedure goes on once the citizen has the first result and brings what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.intake import PaperGiven
from app.domain.life.facts import NewDue, StageBegun
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import time_at_counter
from app.services.life.acting import Line, act
from app.services.life.past import facts_in, standing
from app.services.life.reading import KnownLife, read_life
from app.services.life.supplement import Brought, count_originals, resumption_sheet
from app.services.promise import second_stage_promise
from app.services.rules import Rules
from app.store import journal as book


def begin_second_stage(
    connection: Connection, counter: Counter, clerk: Clerk, rules: Rules, code: str,
    papers: Sequence[PaperGiven], *, intent: str, now: datetime, randomness: Randomness, note: str = "",
) -> Brought:
    """The second stage begins now, with a promise of its own by the time the catalogue named at reception.

    The dossier is to be handed over again; a sheet with the new date is printed. Raises `no_second_stage`, and
    what the table of moves refuses (`stage_not_now` while the first result is not with the citizen,
    `stage_already_begun`).
    """
    held = read_life(connection, code)
    if held.body.due.second_stage is None:
        raise Refusal("no_second_stage", code=held.code)
    is_again = book.by_intent(connection, intent) is not None
    due = None if is_again else _promise(held, rules, time_at_counter(connection, now))
    facts = StageBegun(tuple(papers), due, " ".join(nfc(note).split()))
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about=standing(held),
    )
    stated = facts_in(acted.operation, held.code, StageBegun)
    return Brought(
        acted.op_id, held.code, stated.due, count_originals(stated.papers),
        resumption_sheet(connection, held, acted, clerk, now), acted.is_new,
    )


def _promise(held: KnownLife, rules: Rules, now: datetime) -> NewDue | None:
    assert held.body.intake.procedure is not None
    due = second_stage_promise(held.body.due, held.body.intake.procedure, now, rules)
    stage = due.second_stage
    assert stage is not None
    return NewDue(
        stage.at, stage.steps, due.warnings, rules.calendar.version, rules.policy.version
    ) if stage.at is not None else None
