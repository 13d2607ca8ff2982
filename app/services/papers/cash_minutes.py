"""Biên bản chốt quỹ from the operation that closed the session and the entries of the cash book behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.domain.amount_words import amount_words
from app.domain.operation import Operation
from app.domain.till.accounts import Means, Stream
from app.domain.till.entries import EntryKind
from app.domain.till.papers import AmountLine, CashMinutesPaper
from app.domain.vietnam_time import local
from app.services.counter import Counter
from app.services.till.reading import CashSession, Entry, entries_of_session, session
from app.services.till.rule import read_money_rule
from app.store.tables import money_lines

KINDS = {"fee": "phí", "charge": "lệ phí", "postage": "cước bưu chính", "other": "thu hộ"}


def cash_minutes(connection: Connection, counter: Counter, operation: Operation, code: str) -> CashMinutesPaper:
    """The minutes as the session was closed; what went back later stands in a later session's minutes."""
    body, header = operation.body, operation.header
    held = session(connection, str(body["session"]))
    assert held is not None
    entries = entries_of_session(connection, held.id)
    linh = read_money_rule(connection).linh
    difference = body["counted"] - body["expected"]
    return CashMinutesPaper(
        head=counter.paper_head, number=code, counter_name=counter.name, clerk_name=held.clerk_name,
        opened_at=local(held.opened_at), closed_at=local(datetime.fromisoformat(header.wall_time)),
        drawer=_drawer(held, entries, body["expected"]),
        collected=_collected(connection, entries, lambda each: True),
        transfers=_collected(connection, entries, lambda each: each.means is Means.TRANSFER),
        taken_back=_taken_back(entries),
        pieces=tuple(sorted(((int(kind), pieces) for kind, pieces in body["count"].items()), reverse=True)),
        counted=body["counted"], counted_words=amount_words(body["counted"], linh=linh), expected=body["expected"],
        difference=difference, difference_words=amount_words(abs(difference), linh=linh),
        carried=body["carried"], taker_name=str(body["taker_name"]), reason=str(body["reason"]),
        seq=header.seq, head_hash=operation.hash,
    )


def _drawer(held: CashSession, entries: Iterable[Entry], expected: int) -> tuple[AmountLine, ...]:
    sums = dict.fromkeys(EntryKind, 0)
    for each in entries:
        if each.means is Means.CASH:
            sums[each.kind] += each.amount
    moved = [AmountLine("Bỏ thêm vào ngăn" if each.amount > 0 else "Lấy ra khỏi ngăn", each.amount, each.reason)
             for each in entries if each.kind is EntryKind.MOVED]
    return (
        AmountLine("Tiền đầu ca", held.float),
        AmountLine("Thu tiền mặt", sums[EntryKind.COLLECTED]),
        *(AmountLine(name, sums[kind]) for kind, name in (
            (EntryKind.VOIDED, "Hủy khoản thu, trả lại tiền mặt"),
            (EntryKind.REFUNDED, "Hoàn trả bằng tiền mặt")) if sums[kind]),
        *moved,
        AmountLine("Phải có trong ngăn", expected, is_sum=True),
    )


def _collected(
    connection: Connection, entries: Iterable[Entry], wanted: Callable[[Entry], bool]
) -> tuple[AmountLine, ...]:
    """What was collected less what was taken back in this session, by whom it belongs to and kind."""
    ids = [each.op_id for each in entries
           if each.kind in (EntryKind.COLLECTED, EntryKind.VOIDED, EntryKind.REFUNDED) and wanted(each)]
    sums: dict[tuple[str, str, str], int] = {}
    for row in _lines(connection, ids):
        owner = row.owner_name or ("Bưu điện" if row.stream == Stream.POSTAGE else row.owner)
        key = (row.stream, owner, row.kind)
        sums[key] = sums.get(key, 0) + row.amount
    lines = [AmountLine(owner, amount, KINDS.get(kind, kind)) for (_, owner, kind), amount in sorted(sums.items())]
    if len(lines) > 1:
        lines.append(AmountLine("Cộng", sum(sums.values()), is_sum=True))
    return tuple(lines)


def _taken_back(entries: Iterable[Entry]) -> tuple[AmountLine, ...]:
    names = {EntryKind.VOIDED: "Hủy", EntryKind.REFUNDED: "Hoàn trả"}
    return tuple(
        AmountLine(f"{names[each.kind]} {each.code or each.payer}", each.amount,
                   f"{each.reason}; người thứ hai: {each.second_name}")
        for each in entries if each.kind in names
    )


def _lines(connection: Connection, ids: list[str]) -> Iterator[Any]:
    for at in range(0, len(ids), 500):
        yield from connection.execute(select(money_lines).where(money_lines.c.op_id.in_(ids[at:at + 500])))
