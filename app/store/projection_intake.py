"""What a reception says beside the dossier: its group, its code on the national portal; help with filing.

A national code is meant to lead to one dossier. Two counters without a line may both receive it; then both claim
it, the earlier of the two is opened by it on every counter, and the other claim shows that a person must decide.
A plain dossier costs no statement here.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from app.domain.dossier_code import parse_code
from app.domain.operation import JsonBody, Operation
from app.store.tables import aliases, assisted_filings, dossier_groups, dossiers, online_claims

TABLES = (dossier_groups, online_claims, assisted_filings)
"""Emptied before they are replayed. Aliases are the caller's."""


def receive(connection: Connection, dossier: int, intake: JsonBody) -> None:
    """The intake of a dossier as it stands in the journal, whatever version wrote it."""
    group, code = intake.get("group"), intake.get("national_code")
    if group:
        connection.execute(insert(dossier_groups), {"group_id": str(group), "dossier": dossier})
    if code:
        _claim(connection, dossier, str(code))


def correct(connection: Connection, dossier: int, intake: JsonBody) -> None:
    """A correction may put the national code right; the one before it then leads here no longer."""
    code = intake.get("national_code") or ""
    held = connection.execute(
        select(online_claims.c.national_key, online_claims.c.national_code)
        .where(online_claims.c.dossier == dossier)
    ).first()
    if held is not None and (not code or parse_code(str(code)).key != held.national_key):
        connection.execute(delete(online_claims).where(online_claims.c.dossier == dossier))
        connection.execute(
            delete(aliases).where(aliases.c.code_key == held.national_key, aliases.c.dossier == dossier)
        )
        _lead_to_earliest(connection, held.national_key, held.national_code)
        held = None
    if code and held is None:
        _claim(connection, dossier, str(code))


def assist(connection: Connection, operation: Operation, is_own: bool) -> None:
    """Help with filing online. Two counters may have written the same down; the earlier word stays."""
    body, header = operation.body, operation.header
    row = {
        "national_key": parse_code(str(body["national_code"])).key,
        "national_code": str(body["national_code"]),
        "op_id": header.op_id,
        "at": datetime.fromisoformat(header.wall_time),
        "name": str(body["person"]["name"]),
        "procedure_code": str(body["procedure"]["code"]),
        "procedure_name": str(body["procedure"]["name"]),
        "clerk_name": str(body["clerk_name"]),
    }
    added = insert_or(assisted_filings).values(row)
    connection.execute(added.on_conflict_do_update(
        index_elements=["national_key"], set_={name: added.excluded[name] for name in row},
        where=added.excluded.op_id < assisted_filings.c.op_id,
    ))


def _claim(connection: Connection, dossier: int, code: str) -> None:
    key = parse_code(code).key
    connection.execute(
        insert(online_claims), {"national_key": key, "dossier": dossier, "national_code": code}
    )
    _lead_to_earliest(connection, key, code)


def _lead_to_earliest(connection: Connection, key: str, code: str) -> None:
    """The same dossier on every counter, in whatever order the two arrived."""
    first = connection.execute(
        select(online_claims.c.dossier).join(dossiers, dossiers.c.id == online_claims.c.dossier)
        .where(online_claims.c.national_key == key).order_by(dossiers.c.received_at, dossiers.c.code).limit(1)
    ).scalar_one_or_none()
    if first is None:
        return
    known = connection.execute(select(aliases.c.dossier).where(aliases.c.code_key == key)).scalar_one_or_none()
    if known is None:
        connection.execute(insert(aliases), {"code_key": key, "code": code, "dossier": first})
    elif known != first:
        connection.execute(update(aliases).where(aliases.c.code_key == key).values(dossier=first))
