"""Correct a dossier after its receipt was printed: a new version with a reason, never a changed old one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.body import from_body, to_body
from app.domain.dossier import DossierBody
from app.domain.dossier_code import parse_code
from app.domain.identifiers import Randomness, uuid7
from app.domain.intake import Intake, hindrances
from app.domain.operation import Operation, Type
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.life.correcting import refuse_against_life
from app.services.life.reading import read_life
from app.services.life.true_time import true_reception
from app.services.online import refuse_second
from app.services.promise import promised_date
from app.services.receipts import add_print_job
from app.services.rules import Rules
from app.services.stored_dossier import read_dossier
from app.store import journal as book
from app.store import projection


@dataclass(frozen=True, slots=True)
class Corrected:
    dossier: DossierBody
    print_job: str
    changes: tuple[tuple[str, Any, Any], ...]
    is_new: bool


def correct_dossier(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    rules: Rules,
    code: str,
    intake: Intake,
    reason: str,
    *,
    base_version: int,
    intent: str,
    now: datetime,
    randomness: Randomness,
) -> Corrected:
    """Store `intake` as the next version of the dossier and ask for its receipt.

    Number, reception time, register line and agency never change. The promised date is worked out anew only
    when the procedure's case or time changed, from the original reception. Raises `reason_missing`,
    `nothing_changed`, `intake_incomplete`, `base_version_old` (somebody corrected it meanwhile),
    `agency_cannot_change`, `dossier_not_ours`, `online_already_here` (another dossier has the national code),
    `intent_reused` (the form was sent for something else), and `time_fixed_by_pause`, `originals_fixed`,
    `correction_against_life` (reason) where what happened since would no longer be true.
    """
    known = book.by_intent(connection, intent)
    if known is not None:
        return _again(known, code, intent)
    stored = read_dossier(connection, code)
    before = stored.body
    if not stored.is_own:
        raise Refusal("dossier_not_ours", code=before.code)
    if before.version != base_version:
        raise Refusal("base_version_old", code=before.code, current=before.version)
    if not reason.strip():
        raise Refusal("reason_missing")
    # The dossier keeps what it was received by and with.
    intake = replace(intake, intent=before.intake.intent, group=before.intake.group, pickup=before.intake.pickup)
    found = hindrances(intake, before.intake)
    if found or intake.procedure is None:
        raise Refusal(
            "intake_incomplete", hindrance=found[0].code, step=found[0].step, subject=found[0].subject
        )
    assert before.intake.procedure is not None
    if intake.procedure.agency != before.intake.procedure.agency:
        raise Refusal("agency_cannot_change", code=before.code)
    if intake.national_code and intake.national_code != before.intake.national_code:
        refuse_second(connection, intake.national_code, apart_from=before.code)
    changes = tuple(differences("", to_body(before.intake), to_body(intake)))
    if not changes:
        raise Refusal("nothing_changed", code=before.code)
    is_same_time = intake.procedure.timing == before.intake.procedure.timing
    held = read_life(connection, code)
    received = true_reception(connection, held)
    due = before.due if is_same_time else promised_date(intake.procedure, received, rules)
    after = replace(before, version=before.version + 1, intake=intake, due=due)
    refuse_against_life(held, after)
    event = book.Event(
        op_id=uuid7(now, randomness),
        type=Type.DOSSIER_CORRECTED,
        intent=intent,
        body={
            "code": before.code,
            "base_version": base_version,
            "reason": reason.strip(),
            "changes": [list(change) for change in changes],
            "clerk_name": clerk.name,
            "dossier": to_body(after),
        },
        now=now,
        business_date=today_at_counter(connection, now),
    )
    operation = book.append(connection, counter.author(clerk, intake.procedure.agency), event)
    projection.apply(connection, operation, is_own=True)
    job = f"print:{intent}"
    add_print_job(connection, job, before.code, after.version, 0, now)
    return Corrected(after, job, changes, is_new=True)


def _again(known: Operation, code: str, intent: str) -> Corrected:
    is_same = known.header.type == Type.DOSSIER_CORRECTED and (
        parse_code(known.body["code"]).key == parse_code(code).key
    )
    if not is_same:
        raise Refusal("intent_reused", code=parse_code(code).text)
    dossier = from_body(DossierBody, known.body["dossier"])
    changes = tuple((str(path), before, after) for path, before, after in known.body["changes"])
    return Corrected(dossier, f"print:{intent}", changes, is_new=False)


def differences(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Each leaf that differs as (dotted path, before, after); lists are compared place by place."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from differences(f"{path}.{key}" if path else key, before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(f"{path}[{place}]", one, other)
    elif before != after:
        yield path, before, after
