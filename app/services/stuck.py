"""Everything that does not move by itself, in one list: what, since when, whose turn, and where it is dealt with.

The count on the rail is the length of this list. What the courier tries again by itself and what merely waits for
the line is no part of it; nothing leaves it but by being dealt with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from app.domain.operation import parse
from app.domain.turn import Turn
from app.services import second_copy
from app.services.bundles import bundles
from app.services.counter import Counter
from app.services.courier import confirmed_seq
from app.services.file_courier import asides
from app.services.forks import branches
from app.services.mass_change import held_pull
from app.services.outside_view import OLD_CONTACT, STOPPED
from app.services.reconcile import Standing, standing_differences
from app.services.standing import NEEDS_CODE, Reason, numbers_stopped
from app.store import journal as book
from app.store.queries.outbox import code_of, needs_person
from app.store.settings import read_sync
from app.store.tables import journal, parked_operations


class Kind(StrEnum):
    """What is stuck."""

    NUMBERS = "numbers"            # this counter gives out none
    SENDING = "sending"            # the province takes nothing from here until a person has acted
    PULL = "pull"                  # a landslide of changes waits to be accepted
    BRANCH = "branch"              # kept beside the chain at the province, not adopted yet
    VERDICT = "verdict"            # sent back, or held there
    PARKED = "parked"              # an operation the province breaks on
    FILES = "files"                # documents set aside for one reason
    SECOND_COPY = "second_copy"    # its medium is gone or in trouble
    CONTACT = "contact"            # the province was not reached for days
    BUNDLE = "bundle"              # carried away, no acknowledgement came back
    DAY = "day"                    # counter and province do not agree about a day


@dataclass(frozen=True, slots=True)
class Stuck:
    """`reason`: a code of why. `code`: the dossier it is about, "" when about none. `amount`: of how many."""

    kind: Kind
    reason: str
    turn: Turn
    since: datetime
    code: str = ""
    op_id: str = ""
    amount: int = 1
    values: Mapping[str, Any] = field(default_factory=dict)


def stuck(connection: Connection, counter: Counter, now: datetime) -> tuple[Stuck, ...]:
    """The list, the oldest first."""
    found = [
        *_standing(connection), *_pull(connection), *_branches(connection, counter), *_verdicts(connection),
        *_parked(connection), *_files(connection), *_second_copy(connection), *_contact(connection, now),
        *_bundles(connection, counter), *_days(connection),
    ]
    return tuple(sorted(found, key=lambda each: each.since))


def _standing(connection: Connection) -> Iterator[Stuck]:
    """Why numbers are stopped, or why the province takes nothing: the same cause stands here once."""
    held = numbers_stopped(connection)
    if held is not None:
        yield Stuck(Kind.NUMBERS, held.reason, Turn.COUNTER, held.since, values=held.values)
    problem = read_sync(connection, "problem")
    if problem is None or problem["code"] not in STOPPED or problem["code"] == "mass_change":
        return
    code = str(problem["code"])
    if held is None or held.reason != code:
        turn = Turn.COUNTER if code in NEEDS_CODE else Turn.MACHINE
        yield Stuck(Kind.SENDING, code, turn, datetime.fromisoformat(problem["since"]), values=problem["values"])


def _pull(connection: Connection) -> Iterator[Stuck]:
    held = held_pull(connection)
    if held is not None:
        values = {"changed": held.changed, "open": held.open, "earlier": held.earlier}
        yield Stuck(Kind.PULL, "mass_change", Turn.COUNTER, held.since, amount=held.changed, values=values)


def _branches(connection: Connection, counter: Counter) -> Iterator[Stuck]:
    """Of epochs that have ended: the current one's fork stands above, as why numbers are stopped."""
    held = numbers_stopped(connection)
    for epoch, branch in branches(connection).items():
        head = book.head(connection, counter.device, epoch).seq
        reached = max(branch.seq - 1, confirmed_seq(connection, counter.device, epoch))
        is_said = epoch == counter.epoch and held is not None and held.reason == Reason.FORK
        if head > reached and not is_said:
            values = {"epoch": epoch, "first": reached + 1, "last": head, "kept": branch.kept >= head}
            turn = Turn.PROVINCE if branch.kept >= head else Turn.COUNTER
            yield Stuck(Kind.BRANCH, "branch", turn, branch.since, amount=head - reached, values=values)


def _verdicts(connection: Connection) -> Iterator[Stuck]:
    for line in needs_person(connection):
        turn = Turn.PROVINCE if line.verdict == "held" else Turn.COUNTER
        values = {"verdict": line.verdict, "field": line.field, "why": line.reason, "type": line.type}
        yield Stuck(Kind.VERDICT, line.verdict, turn, line.at, line.code, line.op_id, values=values)


def _parked(connection: Connection) -> Iterator[Stuck]:
    rows = connection.execute(
        select(parked_operations, journal.c.payload).join(journal, journal.c.op_id == parked_operations.c.op_id)
    )
    for row in rows:
        operation = parse(row.payload, b"")
        values = {"attempts": row.attempts, "type": str(operation.header.type)}
        yield Stuck(
            Kind.PARKED, row.reason, Turn.PROVINCE, row.since, code_of(operation), row.op_id, values=values
        )


def _files(connection: Connection) -> Iterator[Stuck]:
    """A line for each reason: a thousand documents with one cause are one thing to do."""
    by_reason: dict[str, list[datetime]] = {}
    for each in asides(connection).values():
        by_reason.setdefault(each.code, []).append(each.since)
    for reason, held in by_reason.items():
        turn = Turn.MACHINE if reason.startswith("blob_") else Turn.PROVINCE
        yield Stuck(Kind.FILES, reason, turn, min(held), amount=len(held))


def _second_copy(connection: Connection) -> Iterator[Stuck]:
    if second_copy.chosen(connection) is None:
        return
    problem = second_copy.problem(connection)
    if problem is not None:
        yield Stuck(Kind.SECOND_COPY, problem.code, Turn.COUNTER, problem.since, values=problem.values)


def _contact(connection: Connection, now: datetime) -> Iterator[Stuck]:
    text = read_sync(connection, "last_contact_at")
    if text and now - (last := datetime.fromisoformat(text)) > OLD_CONTACT:
        yield Stuck(Kind.CONTACT, "contact_old", Turn.COUNTER, last)


def _bundles(connection: Connection, counter: Counter) -> Iterator[Stuck]:
    """On their way, and no word of the province about what lies in them."""
    for line in bundles(connection, counter):
        if line.is_open:
            values = {"number": line.number}
            yield Stuck(Kind.BUNDLE, "bundle", Turn.COUNTER, line.made_at, amount=line.operations, values=values)


def _days(connection: Connection) -> Iterator[Stuck]:
    """A line for each way in which days differ: a hundred dossiers with one cause are one thing to do.

    What goes out by itself, and what stands above by its own cause, is told by the comparison alone.
    """
    by_cause: dict[tuple[str, str], list[Standing]] = {}
    for each in standing_differences(connection):
        if each.difference.is_stuck:
            by_cause.setdefault((each.difference.kind, each.difference.reason), []).append(each)
    for (kind, reason), found in by_cause.items():
        oldest = min(found, key=lambda each: each.since)
        yield Stuck(
            Kind.DAY, f"{kind}.{reason}", oldest.difference.turn, oldest.since, amount=len(found),
            values={"difference": oldest.difference},
        )
