"""From operations to what the counter has at the post: item codes, postings, daily lists, pick-ups.

Rows say the same whichever counter's operation arrived first: where a posting stands follows from its dossier's
life, a code that is void anywhere is void, of two lists or two moves the ids decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from app.domain.life.event import Event
from app.domain.life.life import Start
from app.domain.operation import JsonBody, Operation
from app.domain.pickup import PickupState, is_later
from app.domain.posting import items_of
from app.store.prepared import Prepared
from app.store.tables import item_codes, item_ranges, pickups, post_lists, postings

TABLES = (postings, post_lists, item_codes, item_ranges, pickups)
"""Emptied before they are replayed."""
Finder = Callable[[Connection, str], int | None]
"""The row id of a dossier by its code; None when it is not on this counter."""

USED, VOID = "used", "void"
_POSTINGS_OF = Prepared(select(postings.c.op_id).where(postings.c.dossier == bindparam("of")))


def take_range(connection: Connection, operation: Operation, is_own: bool) -> None:
    header, body = operation.header, operation.body
    connection.execute(insert(item_ranges), {
        "id": header.op_id, "device": header.device, "first": str(body["first"]), "last": str(body["last"]),
        "at": datetime.fromisoformat(header.wall_time),
    })


def void_code(connection: Connection, operation: Operation, is_own: bool) -> None:
    _mark_code(connection, operation, str(operation.body["code"]), VOID, str(operation.body["reason"]))


def post(connection: Connection, operation: Operation, find: Finder) -> None:
    """The code is used whether or not its dossier is on this counter; a posting needs its dossier."""
    for line in operation.body["lines"]:
        code, facts = str(line["code"]), line["facts"]
        _mark_code(connection, operation, str(facts["item_code"]), USED, code)
        dossier = find(connection, code)
        if dossier is None:
            continue
        connection.execute(insert(postings), {
            "op_id": operation.header.op_id, "item_code": str(facts["item_code"]), "dossier": dossier,
            "code": code, "receiver": str(facts["receiver"]["name"]), "device": operation.header.device,
            "posted_at": datetime.fromisoformat(operation.header.wall_time), "list_id": "", "standing": "",
            "word": "", "as_of": None, "note": "",
        })


def use_on_bag(connection: Connection, operation: Operation) -> None:
    """A hand-over list that travels by post uses a code as a cover does; the list's number says for what."""
    about = operation.body.get("about") or {}
    if about.get("item_code"):
        _mark_code(connection, operation, str(about["item_code"]), USED, str(about["number"]))


def mark_items(connection: Connection, dossier: int, start: Start, events: Iterable[Event]) -> None:
    """What the dossier's life says of its postings; called whenever the life is folded anew."""
    if _POSTINGS_OF.first(connection, {"of": dossier}) is None:
        return
    for item in items_of(start, events):
        connection.execute(update(postings).where(postings.c.op_id == item.event).values(
            standing=str(item.standing), word=str(item.word or ""), as_of=item.as_of, note=item.note,
        ))


def list_items(connection: Connection, operation: Operation, is_own: bool) -> None:
    """Of two lists with the same item, made apart, the earlier holds it."""
    header, body = operation.header, operation.body
    connection.execute(insert(post_lists), {
        "id": header.op_id, "number": str(body["about"]["number"]), "at": datetime.fromisoformat(header.wall_time),
        "clerk_name": str(body["clerk_name"]), "device": header.device,
        "post_office": str(body["about"]["post_office"]), "items": len(body["lines"]),
    })
    for line in body["lines"]:
        connection.execute(
            update(postings)
            .where(postings.c.op_id == str(line["posting"]),
                   or_(postings.c.list_id == "", postings.c.list_id > header.op_id))
            .values(list_id=header.op_id)
        )


def ask_pickup(connection: Connection, operation: Operation, is_own: bool) -> None:
    header, call = operation.header, operation.body["call"]
    at = datetime.fromisoformat(header.wall_time)
    address = call["address"]
    connection.execute(insert(pickups), {
        "id": header.op_id, "number": str(operation.body["about"]["number"]), "device": header.device, "at": at,
        "clerk_name": str(operation.body["clerk_name"]), "name": str(call["name"]), "phone": str(call["phone"]),
        "address": ", ".join(str(address[part]) for part in ("line", "commune", "province") if address[part]),
        "procedure_code": str(call["procedure"]["code"]), "procedure_name": str(call["procedure"]["name"]),
        "visit": str(call["visit"]), "collector": str(call["collector_name"]), "state": str(PickupState.ASKED),
        "moved": header.op_id, "moved_at": at, "note": str(call["note"]), "code": "", "other_code": "",
    })


def move_pickup(connection: Connection, operation: Operation, is_own: bool) -> None:
    body = operation.body
    values = {"note": str(body["note"])}
    for column, name in (("visit", "visit"), ("collector", "collector_name")):
        if body.get(name):
            values[column] = str(body[name])
    _move(connection, str(body["pickup"]), PickupState(body["to"]), operation, values)


def receive(connection: Connection, dossier: JsonBody, operation: Operation) -> None:
    """The papers of a pick-up were received; of two dossiers made apart the earlier is its own."""
    pickup = str(dossier["intake"].get("pickup", ""))
    if not pickup:
        return
    row = connection.execute(select(pickups.c.code, pickups.c.moved).where(pickups.c.id == pickup)).first()
    if row is None:
        return
    code = str(dossier["code"])
    if not row.code:
        _move(connection, pickup, PickupState.RECEIVED, operation, {"code": code})
        return
    values: dict[str, str | datetime] = {"other_code": code}
    if operation.header.op_id < row.moved:
        at = datetime.fromisoformat(operation.header.wall_time)
        values = {"code": code, "other_code": row.code, "moved": operation.header.op_id, "moved_at": at}
    connection.execute(update(pickups).where(pickups.c.id == pickup).values(values))


def _mark_code(connection: Connection, operation: Operation, code: str, state: str, about: str) -> None:
    """Void stays void; else the first operation that named the code holds it."""
    held = connection.execute(
        select(item_codes.c.state, item_codes.c.op_id).where(item_codes.c.code == code)
    ).first()
    values = {
        "code": code, "state": state, "about": about, "op_id": operation.header.op_id,
        "at": datetime.fromisoformat(operation.header.wall_time),
    }
    if held is None:
        connection.execute(insert(item_codes), values)
    elif (state != VOID, operation.header.op_id) < (held.state != VOID, held.op_id):
        connection.execute(update(item_codes).where(item_codes.c.code == code).values(values))


def _move(
    connection: Connection, pickup: str, to: PickupState, operation: Operation, values: dict[str, str]
) -> None:
    row = connection.execute(select(pickups.c.state, pickups.c.moved).where(pickups.c.id == pickup)).first()
    if row is None or not is_later(to, operation.header.op_id, PickupState(row.state), row.moved):
        return
    connection.execute(update(pickups).where(pickups.c.id == pickup).values(
        **values, state=str(to), moved=operation.header.op_id,
        moved_at=datetime.fromisoformat(operation.header.wall_time),
    ))
