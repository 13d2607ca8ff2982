"""The one way in which a clerk's act enters the life of dossiers: checked, journalled, applied, at once or not.

    act(connection, counter, clerk, Type.DOSSIER_WITHDRAWN, [Line(code, Withdrawn(…))], intent=…, now=…, …)

An act may concern many dossiers (a manifest): all its lines are allowed, or nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.body import to_body
from app.domain.dossier_code import parse_code
from app.domain.identifiers import Randomness, uuid7
from app.domain.life.facts import AgencySaid, Extended, Facts, PaymentDone, SupplementReceived, kind_of
from app.domain.life.fold import check
from app.domain.life.life import Life
from app.domain.life.states import Source
from app.domain.operation import Operation
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.life.reading import KnownLife, read_life
from app.store import journal as book
from app.store import projection


@dataclass(frozen=True, slots=True)
class Line:
    """What happens to one dossier. All lines of an act are of one kind."""

    code: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Acted:
    """`is_new` False: this intent had been carried out before, and nothing was done again."""

    operation: Operation
    is_new: bool

    @property
    def op_id(self) -> str:
        return self.operation.header.op_id

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(str(line["code"]) for line in self.operation.body["lines"])


def act(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    lines: Sequence[Line],
    *,
    intent: str,
    now: datetime,
    randomness: Randomness,
    source: Source = Source.COUNTER,
    about: Mapping[str, Any] | Callable[[str], Mapping[str, Any]] | None = None,
    facts_by_id: Callable[[str, Facts], Facts] | None = None,
) -> Acted:
    """Write one operation about all these dossiers, or nothing.

    `about` goes into the body beside the lines: JSON values, or a function of the new operation's id. Where
    facts name the operation itself (a manifest's lines do), `facts_by_id` completes them with that id. A
    dossier may stand in an act once. Raises what `app.domain.life.moves` answers, with `code` among the
    values; `nothing_to_do`, `dossier_twice`, `dossier_unknown`, `intent_reused`.
    """
    if not lines:
        raise Refusal("nothing_to_do")
    kind = str(kind_of(lines[0].facts))
    known = book.by_intent(connection, intent)
    if known is not None:
        return _again(known, kind, lines)
    op_id = uuid7(now, randomness)
    stated: list[dict[str, Any]] = []
    agencies: set[str] = set()
    seen: set[int] = set()
    for line in lines:
        held = read_life(connection, line.code)
        if held.id in seen:
            raise Refusal("dossier_twice", code=held.code)
        seen.add(held.id)
        facts = facts_by_id(op_id, line.facts) if facts_by_id is not None else line.facts
        facts = _dated(facts, held.life)
        check_line(held, facts)
        stated.append({"code": held.code, "base": held.life.tail, "facts": to_body(facts)})
        assert held.body.intake.procedure is not None
        agencies.add(held.body.intake.procedure.agency)
    body: dict[str, Any] = {"clerk_name": clerk.name, "source": str(source), "lines": stated}
    if about is not None:
        body["about"] = dict(about(op_id) if callable(about) else about)
    event = book.Event(
        op_id=op_id, type=kind, intent=intent, body=body, now=now,
        business_date=today_at_counter(connection, now),
    )
    author = counter.author(clerk, agencies.pop() if len(agencies) == 1 else "")
    operation = book.append(connection, author, event)
    projection.apply(connection, operation, is_own=True)
    return Acted(operation, is_new=True)


def _dated(facts: Facts, life: Life) -> Facts:
    """With the promise and the pause that its new date was worked out from."""
    if isinstance(facts, SupplementReceived | PaymentDone | AgencySaid | Extended) and facts.due is not None:
        return replace(facts, due=replace(facts.due, before=life.due_at, paused_since=life.paused_since))
    return facts


def check_line(held: KnownLife, facts: Facts) -> None:
    """Do nothing when `facts` may happen to this dossier now; else raise what the table answers, with `code`."""
    try:
        check(held.life, facts)
    except Refusal as refusal:
        raise Refusal(refusal.code, **{**refusal.values, "code": held.code}) from None


def _again(known: Operation, kind: str, lines: Sequence[Line]) -> Acted:
    before = [parse_code(str(line["code"])).key for line in known.body.get("lines", ())]
    if known.header.type != kind or before != [parse_code(line.code).key for line in lines]:
        raise Refusal("intent_reused", code=lines[0].code)
    return Acted(known, is_new=False)
