"""What a dossier still owes the State: its fees as they were received, less what was collected and stayed."""

from __future__ import annotations

from collections import Counter as Sums
from dataclasses import replace

from sqlalchemy import Connection, func, select

from app.domain.dossier_code import parse_code
from app.domain.till.accounts import Stream
from app.domain.till.collection import MoneyLine
from app.services.results.known import find_here
from app.services.till.collecting import fee_lines
from app.store.tables import money_entries, money_lines


def dues_of(connection: Connection, code: str) -> tuple[MoneyLine, ...]:
    """A line for each fee that is not wholly paid, with what is left of it; () when nothing is owed.

    A fee whose amount nobody filled in is not in it (`unknown_fees`). Raises `dossier_not_here` and its like.
    """
    held = find_here(connection, code)
    paid = _paid(connection, held.code)
    left = []
    for line in fee_lines(held.body.intake):
        covered = min(line.amount, paid[line.kind, line.name])
        paid[line.kind, line.name] -= covered
        if line.amount > covered:
            left.append(replace(line, amount=line.amount - covered))
    return tuple(left)


def collected_for(connection: Connection, code: str) -> int:
    """Đồng of state fees collected for a dossier on any counter known here and not taken back."""
    return sum(_paid(connection, code).values())


def _paid(connection: Connection, code: str) -> Sums[tuple[str, str]]:
    rows = connection.execute(
        select(money_lines.c.kind, money_lines.c.name, func.sum(money_lines.c.amount).label("amount"))
        .join(money_entries, money_entries.c.op_id == money_lines.c.op_id)
        .where(money_entries.c.code_key == parse_code(code).key, money_lines.c.stream == Stream.STATE)
        .group_by(money_lines.c.kind, money_lines.c.name)
    )
    return Sums({(row.kind, row.name): int(row.amount) for row in rows})
