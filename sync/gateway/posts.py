"""What the province and its agencies say to counters: statuses, aliases, notices, electronic receipts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from sync.contract.feed import Kind
from sync.contract.number_text import read_number
from sync.contract.slip_text import ElectronicReceipt
from sync.gateway.feed import post_entry
from sync.gateway.problem import ProblemRaised
from sync.gateway.slips import bind_receipt
from sync.gateway.tables import KeyKind, feed_entries, offices, operation_keys, operations


def post_status(
    connection: Connection, number: str, status: str, at: str, more: Mapping[str, Any] | None = None,
) -> int:
    """An agency's word on a dossier. Returns the feed position. Raises ProblemRaised `unknown_number`.

    The number may be the printed one or an alias of it.
    """
    row = _dossier(connection, number)
    actor = f"agency:{row.agency}" if row.agency else "province"
    body = {**(more or {}), "number": row.number, "status": status, "at": at}
    return post_entry(connection, row.office, Kind.STATUS, actor, at, row.number, body)


def post_alias(connection: Connection, number: str, alias: str, at: str) -> int:
    """The province's own code for a printed number, which never changes. Raises ProblemRaised `unknown_number`."""
    row = _dossier(connection, number)
    return post_entry(connection, row.office, Kind.ALIAS, "province", at, row.number,
                      {"number": row.number, "alias": alias})


def post_notice(connection: Connection, office: str, notice: str, title: str, text: str, at: str) -> int:
    """A message to one office. Raises ProblemRaised `unknown_office`."""
    if connection.execute(select(offices.c.id).where(offices.c.id == office)).scalar() is None:
        raise ProblemRaised("unknown_office", 404, office=office)
    return post_entry(connection, office, Kind.NOTICE, "province", at, None,
                      {"notice": notice, "title": title, "text": text})


def post_receipt(
    connection: Connection, slip: str, form: str, symbol: str, number: str, lookup: str, at: str,
    collection: str = "",
) -> int:
    """The electronic receipt that a temporary slip stood for. Raises what `bind_receipt` and it do."""
    return bind_receipt(connection, slip, ElectronicReceipt(form, symbol, number, lookup), at, collection)


def _dossier(connection: Connection, number: str) -> Any:
    wanted = select(operations.c.number, operations.c.office, operations.c.agency)
    parts = read_number(number)
    key = parts.key if parts else number
    row = connection.execute(
        wanted.join(operation_keys, (operation_keys.c.office == operations.c.office)
                    & (operation_keys.c.position == operations.c.position))
        .where(operation_keys.c.kind == KeyKind.NUMBER, operation_keys.c.key == key)
    ).one_or_none()
    if row is not None:
        return row
    for entry in connection.execute(
        select(feed_entries.c.number, feed_entries.c.body).where(feed_entries.c.kind == Kind.ALIAS)
    ):
        if json.loads(entry.body)["alias"] == number:
            return _dossier(connection, entry.number)
    raise ProblemRaised("unknown_number", 404, number=number)
