"""What an act was built on: a paper printed again says what the first one said, whatever has been merged since.

Each act of this package notes in its body which version of the dossier and which events its counter knew. For acts
that note nothing it is what stands before them in the order all counters agree on, and the text of their time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from app.domain.body import from_body, to_body
from app.domain.dossier import DossierBody
from app.domain.dossier_code import parse_code
from app.domain.life.event import Event
from app.domain.life.facts import Facts
from app.domain.life.fold import fold, step
from app.domain.life.life import Life, start_of
from app.domain.operation import JsonBody, Operation
from app.errors import Refusal
from app.services.life.reading import KnownLife, read_life
from app.services.stored_dossier import read_body, read_version
from app.store.tables import dossier_versions

F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, slots=True)
class Past:
    """The dossier as an act found it and left it.

    `events` in order, without the act itself; `life` is what they make, and `after` what the act made of it: the
    same, where the act is none of the dossier's life.
    """

    body: DossierBody
    events: tuple[Event, ...]
    life: Life
    after: Life


def standing(held: KnownLife) -> dict[str, Any]:
    """What of the dossier is known here now, to be noted in an operation (`about`)."""
    return {"version": held.body.version, "known": [event.id for event in held.events]}


def past_of(connection: Connection, operation: Operation, code: str) -> Past:
    """The dossier as the counter that wrote `operation` saw it. Raises `dossier_unknown`."""
    held = read_life(connection, code)
    noted = operation.body if "known" in operation.body else operation.body.get("about") or {}
    if "known" in noted:
        known = frozenset(noted["known"])
        events = tuple(event for event in held.events if event.id in known)
    else:                                  # written by a part of the program that notes nothing
        events = tuple(_before(held.events, operation.header.op_id))
    body = _body_at(connection, held, operation, noted.get("version"))
    life = fold(start_of(to_body(body)), events)
    act = held.event(operation.header.op_id)
    return Past(body, events, life, life if act is None else step(life, act))


def line_of(operation: Operation, code: str) -> JsonBody:
    """What `operation` says of the dossier `code`. Raises `operation_unknown` when it says nothing of it."""
    key = parse_code(code).key
    for line in operation.body["lines"]:
        if parse_code(str(line["code"])).key == key:
            found: JsonBody = line
            return found
    raise Refusal("operation_unknown")


def facts_in(operation: Operation, code: str, kind: type[F]) -> F:
    """The same as facts. Raises ValueError when they are of another kind."""
    return from_body(kind, line_of(operation, code)["facts"])


def _body_at(connection: Connection, held: KnownLife, operation: Operation, version: Any) -> DossierBody:
    """The version that was noted, else the one of that time: the first, should a clock have been set back."""
    if version is not None:
        return read_version(connection, held.code, int(version))
    at = datetime.fromisoformat(operation.header.wall_time)
    versions = connection.execute(
        select(dossier_versions.c.op_id, dossier_versions.c.at)
        .where(dossier_versions.c.dossier == held.id).order_by(dossier_versions.c.version)
    ).all()
    first, *later = versions
    return read_body(connection, next((row.op_id for row in reversed(later) if row.at <= at), first.op_id))


def _before(events: Iterable[Event], op_id: str) -> Iterable[Event]:
    for event in events:
        if event.id == op_id:
            return
        yield event
