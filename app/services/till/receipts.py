"""The numbers of money receipts: never invented.

A number comes from a series that was handed to this counter, or the citizen gets a temporary slip with the
counter's own number, to which the electronic receipt is bound when the province issues it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from app.domain.paper_number import PaperKind
from app.domain.till.accounts import Stream
from app.domain.till.collection import GivenReceipt
from app.domain.till.series import shown_number
from app.services.counter import Counter
from app.services.results.numbering import number_after
from app.services.till.ranges import next_free
from app.store.tables import money_receipts


def numbered(
    connection: Connection, counter: Counter, wanted: Iterable[GivenReceipt], day: date
) -> tuple[GivenReceipt, ...]:
    """Each wanted receipt with its number, in the order given.

    Biên lai are for phí and lệ phí only; postage and other collections always get the counter's own slip.
    """
    given = list(connection.execute(
        select(money_receipts.c.name)
        .where(money_receipts.c.business_date == day.isoformat(), money_receipts.c.device == counter.device)
    ).scalars())
    found: list[GivenReceipt] = []
    for receipt in wanted:
        taken = [(each.symbol, int(each.number)) for each in found if each.number]
        free = next_free(connection, counter, receipt.kind, receipt.owner, taken) if _is_state(receipt) else None
        if free is not None:
            held, number = free
            found.append(replace(receipt, form=held.form, symbol=held.symbol, number=shown_number(number)))
            continue
        slip = number_after(given, counter, PaperKind.SLIP, day)
        given.append(slip)
        found.append(replace(receipt, slip=slip))
    return tuple(found)


def _is_state(receipt: GivenReceipt) -> bool:
    return receipt.stream is Stream.STATE
