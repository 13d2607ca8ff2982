"""Temporary slips and the electronic receipts bound to them, each slip once and each receipt once.

A counter without numbers of its own gives a slip; when the electronic receipt is issued, the province says so to
the office, whose copy of the slip then names it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    and_,
    insert,
    select,
)

from sync.contract.feed import Kind
from sync.contract.limits import MAX_ID
from sync.contract.slip_text import COLLECTED, ElectronicReceipt, dossier_of, slips_given
from sync.gateway.database import insert_many
from sync.gateway.feed import post_entry
from sync.gateway.problem import ProblemRaised
from sync.gateway.tables import offices, operations, province

metadata = MetaData()

slips = Table(
    "slips", metadata,
    Column("slip", String(MAX_ID), nullable=False),
    Column("office", String(64), nullable=False),
    Column("position", BigInteger, nullable=False),                    # of its collection in the office's feed
    PrimaryKeyConstraint("slip", "office", "position"),
)

bound_receipts = Table(
    "bound_receipts", metadata,
    Column("slip", String(MAX_ID), nullable=False),
    Column("office", String(64), nullable=False),
    Column("position", BigInteger, nullable=False),                    # of the collection
    Column("form", String(64), nullable=False),
    Column("symbol", String(64), nullable=False),
    Column("number", String(64), nullable=False),
    Column("lookup", String(64), nullable=False),
    Column("said_at", BigInteger, nullable=False),                     # position of our word in the office's feed
    PrimaryKeyConstraint("slip", "office", "position"),
    UniqueConstraint("symbol", "number", "form"),
)

APPEND_ONLY = (slips, bound_receipts)

_PAGE = 500


def note_slips(connection: Connection, office: str, taken: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Those of newly taken operations, each with its position."""
    insert_many(connection, slips, ("slip", "office", "position"), [
        (slip, office, position) for position, fields in taken for slip in slips_given(fields)])


def note_earlier_slips(connection: Connection) -> None:
    """Those of every collection in custody, for a database that is older than this table."""
    for office in connection.execute(select(offices.c.id)).scalars().all():
        after = 0
        while held := connection.execute(
            select(operations.c.position, operations.c.payload)
            .where(operations.c.office == office, operations.c.position > after, ~operations.c.sealed,
                   operations.c.type == COLLECTED)
            .order_by(operations.c.position).limit(_PAGE)
        ).all():
            note_slips(connection, office, [(each.position, json.loads(bytes(each.payload))) for each in held])
            after = held[-1].position


def bind_receipt(
    connection: Connection, slip: str, receipt: ElectronicReceipt, at: str, collection: str = "",
) -> int:
    """Tell the office that gave `slip` its electronic receipt; said twice it is one entry. Its feed position.

    `collection` (op_id) tells apart two collections that bear one slip number: counters of two offices may, since
    a number holds four signs of its device. Raises ProblemRaised `unknown_slip`, `slip_ambiguous` (collections),
    `slip_bound` (symbol, number: what it is bound to), `receipt_bound` (slip: the one that has this receipt).
    """
    held = _collection(connection, slip.strip().upper(), collection)
    # One at a time in the whole province: what is looked at next stays so until the word is said.
    connection.execute(select(province.c.id).with_for_update())
    known = connection.execute(select(bound_receipts).where(
        bound_receipts.c.slip == held.slip, bound_receipts.c.office == held.office,
        bound_receipts.c.position == held.position)).one_or_none()
    if known is not None:
        if ElectronicReceipt(known.form, known.symbol, known.number, known.lookup) != receipt:
            raise ProblemRaised("slip_bound", 409, symbol=known.symbol, number=known.number)
        return int(known.said_at)
    other = connection.execute(select(bound_receipts.c.slip).where(
        bound_receipts.c.symbol == receipt.symbol, bound_receipts.c.number == receipt.number,
        bound_receipts.c.form == receipt.form)).scalar()
    if other is not None:
        raise ProblemRaised("receipt_bound", 409, slip=other)
    code = dossier_of(json.loads(bytes(held.payload)))
    said_at = post_entry(connection, held.office, Kind.RECEIPT, "province", at, code, {
        "slip": held.slip, "collection": held.op_id, "form": receipt.form, "symbol": receipt.symbol,
        "receipt": receipt.number, "lookup": receipt.lookup, **({"number": code} if code else {})})
    connection.execute(insert(bound_receipts).values(
        slip=held.slip, office=held.office, position=held.position, form=receipt.form, symbol=receipt.symbol,
        number=receipt.number, lookup=receipt.lookup, said_at=said_at))
    return said_at


def _collection(connection: Connection, slip: str, collection: str) -> Any:
    """The one collection that gave `slip`."""
    rows = connection.execute(
        select(slips.c.slip, slips.c.office, slips.c.position, operations.c.op_id, operations.c.payload)
        .join(operations, and_(operations.c.office == slips.c.office, operations.c.position == slips.c.position))
        .where(slips.c.slip == slip).order_by(slips.c.office, slips.c.position)
    ).all()
    found = [row for row in rows if not collection or row.op_id == collection]
    if not found:
        raise ProblemRaised("unknown_slip", 404, slip=slip)
    if len(found) > 1:
        raise ProblemRaised("slip_ambiguous", 409, collections=[row.op_id for row in found])
    return found[0]
