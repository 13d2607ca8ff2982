"""One dossier from all that custody holds of it. Reads, decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from sync.contract.feed import Kind
from sync.gateway.bridge.dossier import Digitised, Dossier
from sync.gateway.bridge.events import AGENCY_SAID, KINDS, Event
from sync.gateway.bridge.life import UNFIT, Life, Step, begin, fold
from sync.gateway.bridge.reading import RECEIVED, REFUSED, key_of
from sync.gateway.bridge.states import Money, State
from sync.gateway.bridge.tables import lines
from sync.gateway.bridge.values import Unsayable, text
from sync.gateway.database import is_one_of
from sync.gateway.file_tables import stored_files
from sync.gateway.tables import feed_entries, offices, operations


@dataclass(slots=True)
class _Held:
    """What was found while reading, before it is put together."""

    received: Mapping[str, Any] | None = None      # fields of the reception
    refused: Mapping[str, Any] | None = None
    newest: Mapping[str, Any] | None = None
    version: int = 0
    events: list[Event] = field(default_factory=list)
    digitised: list[Digitised] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


def read_dossier(connection: Connection, key: str) -> Dossier:
    """Raises Unsayable `dossier_unreadable` when what is held makes no dossier."""
    held = _Held()
    units = _office_names(connection, key)
    for row in _operations_of(connection, key):
        try:
            _take(held, key, row, json.loads(bytes(row.payload)), units)
        except UNFIT:
            continue                               # an operation of another shape stops no dossier
    for row in _entries_of(connection, key):
        try:
            _take_entry(held, row, json.loads(row.body))
        except UNFIT:
            continue
    try:
        return _together(connection, held, units)
    except UNFIT as error:
        raise Unsayable("dossier_unreadable", type(error).__name__) from error


def _operations_of(connection: Connection, key: str) -> Iterable[Any]:
    return connection.execute(
        select(operations.c.office, operations.c.type, operations.c.number_key, operations.c.payload)
        .join(lines, (lines.c.office == operations.c.office) & (lines.c.position == operations.c.position))
        .where(lines.c.number_key == key).order_by(lines.c.office, lines.c.position)
    )


def _entries_of(connection: Connection, key: str) -> Iterable[Any]:
    return connection.execute(
        select(feed_entries, lines.c.incarnation)
        .join(lines, (lines.c.office == feed_entries.c.office) & (lines.c.position == feed_entries.c.position))
        .where(lines.c.number_key == key).order_by(lines.c.office, lines.c.position)
    ).all()


def _office_names(connection: Connection, key: str) -> Mapping[str, str]:
    rows = connection.execute(
        select(offices.c.id, offices.c.content)
        .where(offices.c.id.in_(select(lines.c.office).where(lines.c.number_key == key)))
    )
    return {row.id: text(json.loads(row.content).get("unit")) for row in rows}


def _take(held: _Held, key: str, row: Any, fields: Mapping[str, Any], units: Mapping[str, str]) -> None:
    body = fields["body"]
    if row.type == RECEIVED:
        if row.number_key == key:                  # a second paper with this number is another dossier
            held.received = fields
            _newer(held, body["dossier"])
    elif row.type == REFUSED:
        held.refused = fields
    elif row.type == "dossier.corrected":
        _newer(held, body["dossier"])
    elif row.type == "paper.digitised":
        documents = tuple(str(each["sha256"]) for each in body["documents"])
        held.digitised.append(Digitised(
            str(body["requirement"]), int(body["version"]), int(body["status"]), documents,
            text(body.get("about", {}).get("name"))))
    elif row.type in KINDS:
        for line in body["lines"]:
            if key_of(line["code"]) == key:
                held.events.append(Event(
                    str(fields["op_id"]), str(line["base"]), datetime.fromisoformat(fields["wall_time"]),
                    row.type, line["facts"], text(body["clerk_name"]), units.get(row.office, "")))


def _newer(held: _Held, dossier: Mapping[str, Any]) -> None:
    version = int(dossier.get("version", 1))
    if version > held.version:
        held.newest, held.version = dossier, version


def _take_entry(held: _Held, row: Any, body: Mapping[str, Any]) -> None:
    if row.kind == Kind.ALIAS:
        held.aliases.append(str(body["alias"]))
    elif row.kind == Kind.STATUS:
        said = {"state": int(body["status"])}
        said |= {name: body[name] for name in ("reason", "paper", "due") if body.get(name)}
        # Named as counters name it, so that it stands at the same place among the events.
        held.events.append(Event(
            f"feed:{row.incarnation}:{row.position:012}", "", datetime.fromisoformat(row.at), AGENCY_SAID, said,
            unit=row.actor.removeprefix("agency:") if row.actor.startswith("agency:") else ""))


def _together(connection: Connection, held: _Held, units: Mapping[str, str]) -> Dossier:
    if held.received is None and held.refused is not None:
        return _refused(held.refused, units)
    if held.received is None or held.newest is None:
        raise Unsayable("dossier_unreadable", "no_reception")
    body = held.newest
    unit = units.get(str(held.received["office"]), "")
    life = fold(begin(body, text(body.get("clerk_name")), unit), _named(held.events, body))
    files = {one for each in held.digitised for one in each.documents}
    return Dossier(
        str(held.received["number"]), body, life, held.version, tuple(dict.fromkeys(held.aliases)),
        tuple(held.digitised), _stored(connection, files),
    )


def _named(events: Iterable[Event], body: Mapping[str, Any]) -> list[Event]:
    """The agency by its name, where an entry has its id."""
    procedure = body["intake"]["procedure"]
    names = {str(procedure.get("agency")): text(procedure.get("agency_name"))}
    return [
        Event(each.id, each.base, each.at, each.kind, each.facts, each.name, names.get(each.unit, each.unit))
        for each in events
    ]


def _refused(fields: Mapping[str, Any], units: Mapping[str, str]) -> Dossier:
    """Filed online and not received: state 3 of the national list."""
    body = fields["body"]
    at = datetime.fromisoformat(fields["wall_time"])
    filed = datetime.fromisoformat(body["submitted_at"]) if body.get("submitted_at") else at
    unit = units.get(str(fields["office"]), "")
    reasons = "; ".join(text(each.get("text")) for each in body["reasons"])
    life = Life(filed, None, Money.NONE, {}, business=State.NOT_RECEIVED)
    life.story = [Step(at, State.NOT_RECEIVED, text(body["clerk_name"]), unit, None, reasons)]
    intake = {**body["intake"], "national_code": body["national_code"], "note": reasons}
    return Dossier(str(body["national_code"]), {"intake": intake}, life, refused_at=at)


def _stored(connection: Connection, files: Iterable[str]) -> frozenset[str]:
    wanted = sorted(files)
    if not wanted:
        return frozenset()
    return frozenset(connection.execute(
        select(stored_files.c.sha256).where(is_one_of(connection, stored_files.c.sha256, wanted))
    ).scalars())
