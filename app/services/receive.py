"""Receive a dossier: check, take the number, write the journal, update the tables, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from app.domain.body import from_body, to_body
from app.domain.code_pattern import CodePattern
from app.domain.dossier import DossierBody
from app.domain.identifiers import Randomness, lookup_secret, uuid7
from app.domain.intake import Intake, hindrances
from app.domain.operation import Operation, Type
from app.domain.procedure import Agency
from app.domain.till.collection import Taking
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import time_at_counter, today_at_counter
from app.services.numbers import next_in_register, take_number
from app.services.online import refuse_second
from app.services.promise import promised_date
from app.services.receipts import add_print_job
from app.services.rules import Rules
from app.services.till.collecting import Collected, collect
from app.store import journal as book
from app.store import projection
from app.store.prepared import Prepared
from app.store.tables import drafts

_DROP_DRAFT = Prepared(delete(drafts).where(drafts.c.intent == bindparam("made")))


@dataclass(frozen=True, slots=True)
class Received:
    """The dossier as stored. `is_new` is False when this form had been received before: nothing was added.

    `collected`: the money taken with it, None when none was.
    """

    dossier: DossierBody
    print_job: str
    is_new: bool
    collected: Collected | None = None


def receive_dossier(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    rules: Rules,
    agency: Agency,
    intake: Intake,
    *,
    taking: Taking | None = None,
    now: datetime,
    randomness: Randomness,
) -> Received:
    """Store `intake` as a dossier with a final number; its receipt may be printed once this is committed.

    `taking`: what the citizen pays now; dossier, money and receipts stand in the book together or not at all.
    One intent is one dossier: called again, it returns the dossier already made. Raises `intake_incomplete`
    (values: first hindrance), `intent_reused` (same form, other content), `already_refused`
    (number), `online_already_here` (national_code, code) for one that was filed online and is here, a national
    code's own refusals, `lease_missing`, `lease_exhausted`, and what `collect` raises.
    """
    known = book.by_intent(connection, intake.intent)
    if known is not None:
        again = _again(known, intake)
        return again if taking is None else replace(again, collected=_collect(
            connection, counter, clerk, again.dossier, taking, now=now, randomness=randomness))
    found = hindrances(intake)
    if found or intake.procedure is None:
        first = found[0]
        raise Refusal("intake_incomplete", hindrance=first.code, step=first.step, subject=first.subject)
    if intake.national_code:
        refuse_second(connection, intake.national_code)
    day = today_at_counter(connection, now)
    taken = take_number(connection, counter, intake.procedure.agency, day)
    code = CodePattern(counter.code_pattern).issue(agency.identifiers[0], day, taken.number)
    register, register_number = next_in_register(connection, counter, day.year)
    dossier = DossierBody(
        code=code,
        version=1,
        received_at=now,
        business_date=day,
        book=register,
        book_number=register_number,
        form_set=rules.form_set_on(day),
        clerk=clerk.id,
        clerk_name=clerk.name,
        secret=lookup_secret(randomness),
        due=promised_date(intake.procedure, time_at_counter(connection, now), rules),
        intake=intake,
    )
    event = book.Event(
        op_id=uuid7(now, randomness),
        type=Type.DOSSIER_RECEIVED,
        intent=intake.intent,
        body={
            "dossier": to_body(dossier),
            "clerk_name": clerk.name,
            "lease_id": taken.lease_id,
            "lease_number": taken.number,
        },
        now=now,
        business_date=day,
        number=code,
    )
    operation = book.append(connection, counter.author(clerk, intake.procedure.agency), event)
    projection.apply(connection, operation, is_own=True)
    job = f"print:{intake.intent}:1"
    add_print_job(connection, job, code, 1, 0, now)
    _DROP_DRAFT.run(connection, {"made": intake.intent})
    collected = None
    if taking is not None:
        collected = _collect(connection, counter, clerk, dossier, taking, now=now, randomness=randomness)
    return Received(dossier, job, True, collected)


def _collect(
    connection: Connection, counter: Counter, clerk: Clerk, dossier: DossierBody, taking: Taking, *, now: datetime,
    randomness: Randomness,
) -> Collected:
    return collect(connection, counter, clerk, taking, code=dossier.code, intent=f"{dossier.intake.intent}:money",
                   now=now, randomness=randomness)


def _again(operation: Operation, intake: Intake) -> Received:
    if operation.header.type == Type.REFUSAL_MADE:
        raise Refusal("already_refused", number=int(operation.body["number"]))
    if operation.header.type != Type.DOSSIER_RECEIVED:
        raise Refusal("intent_reused", code="")
    body: dict[str, Any] = operation.body["dossier"]
    dossier = from_body(DossierBody, body)
    if dossier.intake != intake:
        raise Refusal("intent_reused", code=dossier.code)
    return Received(dossier, f"print:{intake.intent}:1", is_new=False)
